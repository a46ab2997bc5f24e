//! Rules that cannot hold together, found without any solving: short reasons that an organizer understands. That
//! none is found proves nothing.

mod pins;

use std::collections::{BTreeMap, BTreeSet};

use super::Contradiction;
use super::counting::Seating;
use crate::domain::{Event, ExpertIx, MenteeIx, Open, Request, RoundIx, Rule};
use crate::pairs::{Exclusion, Pairs};

/// All that are found, in a fixed order.
pub fn contradictions(pairs: &Pairs) -> Vec<Contradiction> {
    let mut found = Vec::new();
    found.extend(excluded_musts(pairs));
    found.extend(pins::contradictions(pairs));
    found.extend(overfull_experts(pairs.event()));
    found.extend(too_few_meetings(pairs));
    found.extend(too_few_seats(pairs));
    if pairs.event().open == Open::EveryRound {
        found.extend(tables_that_cannot_open(pairs.event()));
        found.extend(rounds_that_cannot_fill(pairs.event()));
    }
    found
}

fn of_pair(rules: [Rule; 2], m: MenteeIx, e: ExpertIx, round: Option<RoundIx>) -> Contradiction {
    Contradiction { rules: rules.to_vec(), mentees: vec![m], experts: vec![e], round }
}

/// Pairs that are to meet and never can.
fn excluded_musts(pairs: &Pairs) -> Vec<Contradiction> {
    let contradiction = |request: &Request| {
        let (rule, m, e) = match *request {
            Request::MustMeet(m, e) => (Rule::MustMeet, m, e),
            Request::PinnedSeat(m, e, _) => (Rule::PinnedSeat, m, e),
            _ => return None,
        };
        let against = match pairs.exclusion(m, e)? {
            Exclusion::NeverThereTogether => Rule::Presence,
            Exclusion::Requested | Exclusion::Known | Exclusion::OneOrganization => Rule::KeepOut,
        };
        Some(of_pair([rule, against], m, e, None))
    };
    pairs.event().requests.iter().filter_map(contradiction).collect()
}

/// More people who are to meet an expert than all tables of that expert together can take.
fn overfull_experts(event: &Event) -> Vec<Contradiction> {
    let mut waiting: BTreeMap<ExpertIx, BTreeSet<MenteeIx>> = BTreeMap::new();
    for request in &event.requests {
        if let Request::MustMeet(m, e) | Request::PinnedSeat(m, e, _) = *request {
            waiting.entry(e).or_default().insert(m);
        }
    }
    let overfull = waiting.into_iter().filter(|(e, mentees)| mentees.len() > event.expert(*e).most_seats() as usize);
    let contradiction = |(e, mentees): (ExpertIx, BTreeSet<MenteeIx>)| Contradiction {
        rules: vec![Rule::MustMeet, Rule::TableCapacity],
        mentees: mentees.into_iter().collect(),
        experts: vec![e],
        round: None,
    };
    overfull.map(contradiction).collect()
}

/// Mentees who want more meetings, or are to have more, than they can.
fn too_few_meetings(pairs: &Pairs) -> Vec<Contradiction> {
    let event = pairs.event();
    let mut musts: BTreeMap<MenteeIx, Vec<ExpertIx>> = BTreeMap::new();
    for request in &event.requests {
        if let Request::MustMeet(m, e) | Request::PinnedSeat(m, e, _) = *request {
            let experts = musts.entry(m).or_default();
            if !experts.contains(&e) {
                experts.push(e);
            }
        }
    }
    let mut found = Vec::new();
    for m in event.mentee_ixs() {
        let (wanted, least) = (event.wanted(m), event.mentee(m).least);
        let contradiction = |rules, experts| Contradiction { rules, mentees: vec![m], experts, round: None };
        if least > wanted {
            found.push(contradiction(vec![Rule::MeetingsWanted, Rule::Presence], Vec::new()));
        } else if least > 0 && event.expert_ixs().filter(|&e| pairs.exclusion(m, e).is_none()).count() < least as usize
        {
            found.push(contradiction(vec![Rule::MeetingsWanted, Rule::KeepOut], Vec::new()));
        }
        if let Some(experts) = musts.get(&m).filter(|experts| experts.len() > wanted as usize) {
            found.push(contradiction(vec![Rule::MustMeet, Rule::MeetingsWanted], experts.clone()));
        }
    }
    found
}

/// Fewer seats in all rounds together than mentees are to have at least.
fn too_few_seats(pairs: &Pairs) -> Option<Contradiction> {
    let event = pairs.event();
    let least: usize = event.mentees.iter().map(|mentee| mentee.least as usize).sum();
    if least == 0 {
        return None;
    }
    let seating = Seating::new(pairs, false, &[]);
    let in_rooms = event.rooms.iter().any(|room| room.tables.is_some()).then_some(Rule::TablesInRoom);
    let contradiction = || Contradiction {
        rules: [Rule::MeetingsWanted, Rule::TableCapacity].into_iter().chain(in_rooms).collect(),
        mentees: event.mentee_ixs().filter(|&m| event.mentee(m).least > 0).collect(),
        experts: Vec::new(),
        round: None,
    };
    (seating.most() < least).then(contradiction)
}

/// Experts who are to sit in every round and can't.
fn tables_that_cannot_open(event: &Event) -> Vec<Contradiction> {
    let mut found = Vec::new();
    for e in event.expert_ixs() {
        let expert = event.expert(e);
        let contradiction = |rule, round| Contradiction {
            rules: vec![Rule::EveryRound, rule],
            mentees: Vec::new(),
            experts: vec![e],
            round,
        };
        if (expert.most_sittings as usize) < expert.present.len() {
            found.push(contradiction(Rule::ExpertLoad, None));
        }
        if let Some(round) = expert.present.without(expert.open_rounds()).iter().next() {
            found.push(contradiction(Rule::TableCapacity, Some(round)));
        }
    }
    found
}

/// Rounds with fewer people than the smallest groups of all tables take, if all tables are to be open.
pub fn rounds_that_cannot_fill(event: &Event) -> Vec<Contradiction> {
    let short = |r: &RoundIx| {
        let there = event.mentees.iter().filter(|m| m.present.contains(*r)).count();
        let needed = event.experts.iter().filter(|e| e.present.contains(*r)).map(|e| e.smallest_group.max(1) as usize);
        needed.sum::<usize>() > there
    };
    let contradiction = |r| Contradiction {
        rules: vec![Rule::EveryRound, Rule::SmallestGroup],
        mentees: Vec::new(),
        experts: Vec::new(),
        round: Some(r),
    };
    event.round_ixs().filter(short).map(contradiction).collect()
}
