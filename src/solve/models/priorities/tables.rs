//! The priorities on who sits at one table: `new-faces` and `even-tables`.

use std::collections::BTreeMap;

use crate::domain::{ExpertIx, MenteeIx, RoundIx, Sense};
use crate::solve::models::levels::Part;
use crate::solve::models::rounds::RoundsModel;
use crate::solve::models::sum::Sum;

/// Σ over pairs of mentees of max(0, times together − 1), plus pairs of one organization that meet at a table. It needs
/// a column for each two mentees and round, so it is for small events.
pub(super) fn new_faces(model: &mut RoundsModel) -> Vec<Part> {
    let rounds = model.event.rounds.len() as i64;
    let mut again = Sum::default();
    for a in model.event.mentee_ixs() {
        for b in model.event.mentee_ixs().filter(|&b| b > a) {
            let times: Sum = model.event.round_ixs().map(|r| together(model, a, b, r)).collect();
            if times.is_constant() {
                continue;
            }
            // max(0, times − 1) and 1 if they meet at all: the two make the times.
            if model.event.colleagues(a, b) {
                again += times;
            } else {
                again += model.program.largest(vec![times.plus(-1)], (0, rounds));
            }
        }
    }
    vec![Part::of(Sense::Min, again)]
}

/// Whether the two share a sitting in the round.
fn together(model: &mut RoundsModel, a: MenteeIx, b: MenteeIx, r: RoundIx) -> Sum {
    let mut at: BTreeMap<ExpertIx, (Sum, Sum)> = BTreeMap::new();
    for &(column, _) in model.seats_in(a, r, |_| true).terms() {
        at.entry(model.seat(column).expert).or_default().0 += column;
    }
    for &(column, _) in model.seats_in(b, r, |_| true).terms() {
        at.entry(model.seat(column).expert).or_default().1 += column;
    }
    let possible = at.into_values().filter(|(a, b)| !a.is_constant() && !b.is_constant());
    let both: Vec<Sum> = possible.map(|(a, b)| (a + b).plus(-1)).collect();
    if both.is_empty() { Sum::default() } else { model.program.largest(both, (0, 1)).into() }
}

/// Σ over rounds of largest − smallest group among open tables of like capacity.
pub(super) fn even_tables(model: &mut RoundsModel) -> Vec<Part> {
    let event = model.event;
    let mut spread = Sum::default();
    for r in event.round_ixs() {
        let mut alike: BTreeMap<u32, Vec<ExpertIx>> = BTreeMap::new();
        for e in event.expert_ixs().filter(|&e| !model.group(e, r).is_constant()) {
            alike.entry(event.expert(e).capacity_in(r)).or_default().push(e);
        }
        for (capacity, experts) in alike.into_iter().filter(|(_, experts)| experts.len() > 1) {
            spread += spread_of(model, &experts, r, i64::from(capacity));
        }
    }
    vec![Part::of(Sense::Min, spread)]
}

/// Largest − smallest group of these tables in the round; 0 when none is open.
fn spread_of(model: &mut RoundsModel, experts: &[ExpertIx], r: RoundIx, capacity: i64) -> Sum {
    let groups: Vec<Sum> = experts.iter().map(|&e| model.group(e, r)).collect();
    let largest = Sum::from(model.program.largest(groups.clone(), (0, capacity)));
    // An empty table must not count as the smallest group.
    let mut open: Vec<_> = (experts.iter().zip(groups))
        .map(|(&e, group)| (group + (Sum::constant_of(1) - model.sits(e, r)) * capacity, 1))
        .collect();
    open.push((largest.clone(), 1));
    largest - model.program.smallest(open, (0, capacity))
}
