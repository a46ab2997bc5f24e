//! Pinned seats that cannot be: with each other, or with those who are kept together with their mentees and so sit
//! there as well.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Contradiction;
use super::of_pair;
use crate::domain::{Event, ExpertIx, MenteeIx, Request, RoundIx, Rule};
use crate::pairs::{Exclusion, Pairs};

/// A seat that is to be had, because this or another mentee is pinned there.
struct Held {
    mentee: MenteeIx,
    expert: ExpertIx,
    round: RoundIx,
    pinned: MenteeIx,
}

/// All that are found, in a fixed order.
pub(super) fn contradictions(pairs: &Pairs) -> Vec<Contradiction> {
    let event = pairs.event();
    let held = held_seats(event);
    let mut found = pinned_while_absent(event);
    found.extend(excluded(pairs, &held));
    found.extend(clashing(&held));
    found.extend(crowded(event, &held));
    found.extend(kept_apart(event, &held));
    found
}

/// Who sits where in any case, ordered by round and expert: those who are pinned, and their companies.
fn held_seats(event: &Event) -> Vec<Held> {
    let mut by_seat: BTreeMap<(RoundIx, ExpertIx, MenteeIx), MenteeIx> =
        event.pinned_seats().map(|(m, e, r)| ((r, e, m), m)).collect();
    for round in event.round_ixs() {
        let companies = event.companies(round);
        for (pinned, expert, _) in event.pinned_seats().filter(|&(_, _, r)| r == round) {
            for &mentee in companies.iter().find(|company| company.contains(&pinned)).into_iter().flatten() {
                by_seat.entry((round, expert, mentee)).or_insert(pinned);
            }
        }
    }
    by_seat.into_iter().map(|((round, expert, mentee), pinned)| Held { mentee, expert, round, pinned }).collect()
}

/// What cannot hold together with these seats: the rules, and the mentees concerned.
fn against(held: &[&Held], rule: Rule) -> (Vec<Rule>, Vec<MenteeIx>) {
    let follows = held.iter().any(|seat| seat.mentee != seat.pinned).then_some(Rule::KeptTogether);
    let mentees: BTreeSet<MenteeIx> = held.iter().flat_map(|seat| [seat.mentee, seat.pinned]).collect();
    ([Rule::PinnedSeat].into_iter().chain(follows).chain([rule]).collect(), mentees.into_iter().collect())
}

fn pinned_while_absent(event: &Event) -> Vec<Contradiction> {
    let there = |m, e, r| event.mentee(m).present.contains(r) && event.expert(e).present.contains(r);
    let absent = event.pinned_seats().filter(|&(m, e, r)| !there(m, e, r));
    absent.map(|(m, e, r)| of_pair([Rule::PinnedSeat, Rule::Presence], m, e, Some(r))).collect()
}

/// Companies of pinned mentees who must not meet the expert.
fn excluded(pairs: &Pairs, held: &[Held]) -> Vec<Contradiction> {
    let is_excluded = |seat: &&Held| {
        let exclusion = pairs.exclusion(seat.mentee, seat.expert);
        seat.mentee != seat.pinned && exclusion.is_some_and(|why| why != Exclusion::NeverThereTogether)
    };
    let contradiction = |seat: &Held| {
        let (rules, mentees) = against(&[seat], Rule::KeepOut);
        Contradiction { rules, mentees, experts: vec![seat.expert], round: Some(seat.round) }
    };
    held.iter().filter(is_excluded).map(contradiction).collect()
}

/// Two such seats of a mentee in one round, or with one expert in two; of a company all have the same.
fn clashing(held: &[Held]) -> Vec<Contradiction> {
    let mut by_round: BTreeMap<(MenteeIx, RoundIx), &Held> = BTreeMap::new();
    let mut by_expert: BTreeMap<(MenteeIx, ExpertIx), &Held> = BTreeMap::new();
    let mut found: Vec<Contradiction> = Vec::new();
    let mut add = |other: &Held, seat: &Held, rule| {
        let (rules, mentees) = against(&[other, seat], rule);
        let experts = BTreeSet::from([other.expert, seat.expert]).into_iter().collect();
        let contradiction = Contradiction { rules, mentees, experts, round: Some(seat.round) };
        if !found.contains(&contradiction) {
            found.push(contradiction);
        }
    };
    for seat in held {
        let other = *by_round.entry((seat.mentee, seat.round)).or_insert(seat);
        if other.expert != seat.expert {
            add(other, seat, Rule::OneSeatARound);
        }
        let other = *by_expert.entry((seat.mentee, seat.expert)).or_insert(seat);
        if other.round != seat.round {
            add(other, seat, Rule::MeetOnce);
        }
    }
    found
}

/// More such seats at a table than it has.
fn crowded(event: &Event, held: &[Held]) -> Vec<Contradiction> {
    let tables = held.chunk_by(|a, b| (a.round, a.expert) == (b.round, b.expert));
    let contradiction = |table: &[Held]| {
        let Held { expert, round, .. } = *table.first()?;
        let capacity = event.expert(expert).capacity_in(round) as usize;
        let (rules, mentees) = against(&table.iter().collect::<Vec<_>>(), Rule::TableCapacity);
        let is_crowded = event.expert(expert).present.contains(round) && table.len() > capacity;
        is_crowded.then_some(Contradiction { rules, mentees, experts: vec![expert], round: Some(round) })
    };
    tables.filter_map(contradiction).collect()
}

/// Two at one table who are to be kept apart.
fn kept_apart(event: &Event, held: &[Held]) -> Vec<Contradiction> {
    let mut by_mentee: BTreeMap<MenteeIx, Vec<&Held>> = BTreeMap::new();
    held.iter().for_each(|seat| by_mentee.entry(seat.mentee).or_default().push(seat));
    let of = |m: &MenteeIx| by_mentee.get(m).into_iter().flatten();
    let mut found = Vec::new();
    for request in &event.requests {
        let Request::KeptApart(a, b) = request else { continue };
        let shared = of(a).flat_map(|&seat| of(b).map(move |&other| (seat, other)));
        for (seat, other) in shared.filter(|(a, b)| (a.round, a.expert) == (b.round, b.expert)) {
            let (rules, mentees) = against(&[seat, other], Rule::KeptApart);
            found.push(Contradiction { rules, mentees, experts: vec![seat.expert], round: Some(seat.round) });
        }
    }
    found
}
