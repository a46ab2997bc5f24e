//! The rules on experts, tables and rooms.

use crate::domain::{ExpertIx, RoomIx, RoundIx};

use super::super::RoundsModel;
use crate::solve::models::sum::Sum;

/// Everyone at a table in a round is there for one topic, and it is one of the expert's.
pub(super) fn one_topic_a_sitting(model: &mut RoundsModel) {
    for (e, r) in tables(model) {
        if model.event.sitting_topics(e).len() > 1 {
            let topics = model.sits(e, r);
            model.program.at_most(topics, 1);
        }
    }
}

/// A sitting has at least the expert's smallest group, or does not take place: with the row of the sitting.
pub(super) fn smallest_group(model: &mut RoundsModel) {
    for (e, r) in tables(model) {
        if model.event.expert(e).smallest_group > 1 {
            model.sits(e, r);
        }
    }
}

/// Each expert has a sitting in every round when present.
pub(super) fn every_round(model: &mut RoundsModel) {
    if !model.every_round {
        return;
    }
    for (e, r) in tables(model) {
        let expert = model.event.expert(e);
        if expert.present.contains(r) {
            let fewest = i64::from(expert.smallest_group.max(1));
            model.program.at_least(model.group(e, r), fewest);
        }
    }
}

/// An expert has at most so many sittings, and at most so many in a row without a round off.
pub(super) fn expert_load(model: &mut RoundsModel) {
    for e in model.event.expert_ixs() {
        let expert = model.event.expert(e);
        if (expert.most_sittings as usize) < expert.open_rounds().len() {
            at_most_sittings(model, e, model.event.round_ixs(), expert.most_sittings);
        }
        if let Some(most) = expert.most_in_a_row {
            for first in model.event.round_ixs() {
                let window = (first.0..=first.0.saturating_add(most)).map(RoundIx);
                if window.clone().all(|r| expert.open_rounds().contains(r)) {
                    at_most_sittings(model, e, window, most);
                }
            }
        }
    }
}

fn at_most_sittings(model: &mut RoundsModel, e: ExpertIx, rounds: impl Iterator<Item = RoundIx>, most: u32) {
    let sittings: Sum = rounds.map(|r| model.sits(e, r)).collect();
    model.program.at_most(sittings, i64::from(most));
}

/// At most so many sittings in a room in a round.
pub(super) fn tables_in_room(model: &mut RoundsModel) {
    for (room, most) in model.event.rooms.iter().enumerate().filter_map(|(i, room)| room.tables.map(|t| (i, t))) {
        let own = |e: &ExpertIx| model.event.expert(*e).room == Some(RoomIx::new(room));
        let experts: Vec<_> = model.event.expert_ixs().filter(own).collect();
        if experts.len() <= most as usize {
            continue;
        }
        for r in model.event.round_ixs() {
            let sittings: Sum = experts.iter().map(|&e| model.sits(e, r)).collect();
            model.program.at_most(sittings, i64::from(most));
        }
    }
}

/// A sitting has at most the expert's capacity. A sitting with a column has this in its own row already, unless
/// another topic of the table has none.
pub(super) fn table_capacity(model: &mut RoundsModel) {
    for (e, r) in tables(model) {
        let topics = model.event.sitting_topics(e);
        if !topics.iter().all(|&t| model.sittings.contains_key(&(e, r, t))) {
            model.program.at_most(model.group(e, r), i64::from(model.event.expert(e).capacity_in(r)));
        }
    }
}

fn tables(model: &RoundsModel) -> Vec<(ExpertIx, RoundIx)> {
    let event = model.event;
    event.expert_ixs().flat_map(|e| event.round_ixs().map(move |r| (e, r))).collect()
}
