//! Priority `changes`: how much differs from the standing plan.

use std::collections::BTreeSet;

use crate::domain::{ExpertIx, MenteeIx, RoundIx, Schedule, Seat, Sense, TopicIx};
use crate::solve::models::levels::Part;
use crate::solve::models::rounds::RoundsModel;
use crate::solve::models::sum::Sum;

/// People whose card differs from the standing plan (a mentee's seats; an expert's sittings by round and topic); then
/// seats that the standing plan does not have. Without a standing plan there is nothing to change.
pub(super) fn changes(model: &mut RoundsModel) -> Vec<Part> {
    let Some(standing) = model.standing else {
        return vec![Part::of(Sense::Min, Sum::default()), Part::of(Sense::Min, Sum::default())];
    };
    let mut cards = Sum::default();
    for m in model.event.mentee_ixs() {
        cards += card_of_mentee(model, standing, m);
    }
    for e in model.event.expert_ixs() {
        cards += card_of_expert(model, standing, e);
    }
    let old: BTreeSet<_> = standing.seats().iter().copied().collect();
    let all = model.event.mentee_ixs().flat_map(|m| model.of(m));
    let new = all.filter(|&c| !old.contains(&model.seat(c))).collect();
    vec![Part::of(Sense::Min, cards), Part::of(Sense::Min, new)]
}

fn card_of_mentee(model: &mut RoundsModel, standing: &Schedule, m: MenteeIx) -> Sum {
    let old: BTreeSet<Seat> = standing.seats().iter().copied().filter(|s| s.mentee == m).collect();
    let gone = |seat: &Seat| Sum::constant_of(1) - model.decision(seat).map_or_else(Sum::default, Sum::from);
    let mut differences: Vec<Sum> = old.iter().map(gone).collect();
    // Where there was a seat, another takes its place.
    let free = model.event.round_ixs().filter(|&r| old.iter().all(|seat| seat.round != r));
    differences.extend(free.map(|r| model.seats_in(m, r, |_| true)));
    any_of(model, differences)
}

fn card_of_expert(model: &mut RoundsModel, standing: &Schedule, e: ExpertIx) -> Sum {
    let own = standing.seats().iter().filter(|s| s.expert == e);
    let old: BTreeSet<(RoundIx, Option<TopicIx>)> = own.map(|s| (s.round, s.topic)).collect();
    let topics = model.event.sitting_topics(e);
    let mut differences = Vec::new();
    for r in model.event.round_ixs() {
        for &t in &topics {
            let sitting = model.sitting(e, r, t);
            differences.push(if old.contains(&(r, t)) { Sum::constant_of(1) - sitting } else { sitting });
        }
    }
    let lost = old.iter().filter(|(_, t)| !topics.contains(t));
    differences.extend(lost.map(|_| Sum::constant_of(1)));
    any_of(model, differences)
}

/// 1 when any of the differences is.
fn any_of(model: &mut RoundsModel, mut differences: Vec<Sum>) -> Sum {
    differences.retain(|sum| *sum != Sum::default());
    if differences.iter().any(|sum| *sum == Sum::constant_of(1)) {
        return Sum::constant_of(1);
    }
    if differences.is_empty() { Sum::default() } else { model.program.largest(differences, (0, 1)).into() }
}
