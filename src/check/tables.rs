//! The rules on tables: who fits at one, what it talks about, how often it opens and where.

use std::collections::BTreeMap;

use crate::domain::{ExpertIx, Open, RoomIx, RoundIx, Rule, Seat, Sitting};

use super::{Breach, Seating, group, sorted};

/// A breach for each sitting with more people than the table holds in that round.
pub fn table_capacity(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for sitting in seating.schedule.sittings() {
        let capacities = &seating.event.expert(sitting.expert).capacity;
        let capacity = capacities.get(sitting.round.index()).copied().unwrap_or(0);
        let group = group(&sitting);
        if group.len() > capacity as usize {
            breaches.push(at_table(Breach::new(Rule::TableCapacity, group.len(), capacity), &sitting));
        }
    }
    breaches
}

/// A breach for each sitting with fewer people than the expert's smallest group.
pub fn smallest_group(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for sitting in seating.schedule.sittings() {
        let smallest = seating.event.expert(sitting.expert).smallest_group;
        let group = group(&sitting);
        if group.len() < smallest as usize {
            breaches.push(at_table(Breach::new(Rule::SmallestGroup, group.len(), smallest), &sitting));
        }
    }
    breaches
}

/// A breach for each sitting of several topics (the number of topics, of which 1 is allowed), and one for each
/// sitting with seats that are not on one of the expert's topics (the number of seats, of which 0 are allowed).
pub fn one_topic_a_sitting(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if seating.event.topics.is_empty() {
        return breaches;
    }
    for sitting in seating.schedule.sittings() {
        let topics = sorted(sitting.seats.iter().map(|s| s.topic));
        if topics.len() > 1 {
            breaches.push(at_table(Breach::new(Rule::OneTopicASitting, topics.len(), 1), &sitting));
        }
        let offered = &seating.event.expert(sitting.expert).topics;
        let astray = |s: &&Seat| s.topic.is_none_or(|t| !offered.contains(&t));
        let astray: Vec<_> = sitting.seats.iter().filter(astray).map(|s| s.mentee).collect();
        if !astray.is_empty() {
            let breach = at_table(Breach::new(Rule::OneTopicASitting, astray.len(), 0), &sitting);
            breaches.push(breach.of_mentees(astray));
        }
    }
    breaches
}

/// A breach for each expert with too many sittings (without a round), and one for each run of rounds that is too
/// long without a round off (with the first round of the run).
pub fn expert_load(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (e, sittings) in seating.by_expert() {
        let expert = seating.event.expert(e);
        if sittings.len() > expert.most_sittings as usize {
            breaches.push(Breach::new(Rule::ExpertLoad, sittings.len(), expert.most_sittings).of_experts([e]));
        }
        let Some(most_in_a_row) = expert.most_in_a_row else { continue };
        for run in sittings.chunk_by(|a, b| a.round.index() + 1 == b.round.index()) {
            if run.len() > most_in_a_row as usize {
                let breach = Breach::new(Rule::ExpertLoad, run.len(), most_in_a_row);
                breaches.push(breach.in_round(run[0].round).of_experts([e]));
            }
        }
    }
    breaches
}

/// A breach for each round and room with more sittings than the room has tables; it names their experts.
pub fn tables_in_room(seating: &Seating) -> Vec<Breach> {
    let mut open: BTreeMap<(RoundIx, RoomIx), Vec<ExpertIx>> = BTreeMap::new();
    for sitting in seating.schedule.sittings() {
        if let Some(room) = seating.event.expert(sitting.expert).room {
            open.entry((sitting.round, room)).or_default().push(sitting.expert);
        }
    }
    let mut breaches = Vec::new();
    for ((round, room), experts) in open {
        if let Some(tables) = seating.event.rooms[room.index()].tables
            && experts.len() > tables as usize
        {
            let breach = Breach::new(Rule::TablesInRoom, experts.len(), tables);
            breaches.push(breach.in_round(round).of_experts(experts));
        }
    }
    breaches
}

/// A breach for each expert and round without a sitting although present, where the event keeps every table open.
pub fn every_round(seating: &Seating) -> Vec<Breach> {
    if seating.event.open != Open::EveryRound {
        return Vec::new();
    }
    let mut breaches = Vec::new();
    for (e, sittings) in seating.by_expert() {
        let open = sittings.iter().map(|s| s.round).collect();
        for round in seating.event.expert(e).present.without(open).iter() {
            breaches.push(Breach::new(Rule::EveryRound, 0, 1).in_round(round).of_experts([e]));
        }
    }
    breaches
}

fn at_table(breach: Breach, sitting: &Sitting) -> Breach {
    breach.in_round(sitting.round).of_experts([sitting.expert]).of_mentees(group(sitting))
}
