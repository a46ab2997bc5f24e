//! A bound on `new-faces` by companions: those whom mentees have, less those whom they can have for nothing.
//!
//! The first meeting of two mentees costs nothing unless they are of one organization; every other costs 1. Those who
//! are together so often in any case (in frozen rounds, kept together, pinned to one table) cost that for certain, and
//! whoever a mentee has beyond costs 1 for the two of them: a half each.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Event, ExpertIx, MenteeIx, OrganizationIx, Request, RoundIx, Schedule};

use super::companions;
use super::seating::Seating;

/// The most looks at two mentees and 64 tables, each in a round; with more, any two are taken to meet.
const MOST_LOOKS: usize = 20_000_000;

/// How often two mentees, in ascending order, are together.
type Times = BTreeMap<(MenteeIx, MenteeIx), usize>;

/// The least that `new-faces` can be.
pub fn bound(seating: &Seating) -> i64 {
    let event = seating.event();
    let played = together(&seating.frozen);
    let certain = in_any_case(seating, &played);
    let least = fewest_of_each(seating, &played);
    let free = for_nothing(seating, &certain);
    let sure: usize = least.iter().zip(&free).map(|(least, free)| least.saturating_sub(*free)).sum();
    let had: usize = least.iter().zip(&free).map(|(least, free)| *least.max(free)).sum();
    let all = companions::fewest(seating) + 2 * played.values().sum::<usize>();
    cost(event, &certain) + (sure + all.saturating_sub(had)).div_ceil(2) as i64
}

/// What these meetings add to `new-faces`.
fn cost(event: &Event, times: &Times) -> i64 {
    let of_pair = |(&(a, b), &times): (&(MenteeIx, MenteeIx), &usize)| {
        if event.colleagues(a, b) { times } else { times.saturating_sub(1) }
    };
    times.iter().map(of_pair).sum::<usize>() as i64
}

/// How often mentees share a table in these seats.
fn together(seats: &Schedule) -> Times {
    let mut times = Times::new();
    for sitting in seats.sittings() {
        for (i, a) in sitting.seats.iter().enumerate() {
            sitting.seats[i + 1..].iter().for_each(|b| *times.entry((a.mentee, b.mentee)).or_default() += 1);
        }
    }
    times
}

/// How often mentees are together at least, for those of whom anything is known.
fn in_any_case(seating: &Seating, played: &Times) -> Times {
    let event = seating.event();
    let mut to_come = Times::new();
    let mut pinned: BTreeMap<(RoundIx, ExpertIx), BTreeSet<MenteeIx>> = BTreeMap::new();
    for request in &event.requests {
        match *request {
            Request::PinnedSeat(m, e, r) if !event.frozen.rounds.contains(r) => {
                pinned.entry((r, e)).or_default().insert(m);
            }
            Request::KeptTogether(a, b) => {
                to_come.insert((a.min(b), a.max(b)), seats_together(seating, a, b));
            }
            _ => {}
        }
    }
    let mut at_pins = Times::new();
    for group in pinned.values() {
        for (i, &a) in group.iter().enumerate() {
            group.iter().skip(i + 1).for_each(|&b| *at_pins.entry((a, b)).or_default() += 1);
        }
    }
    for (pair, times) in at_pins {
        let known = to_come.entry(pair).or_default();
        *known = times.max(*known);
    }
    let mut certain = played.clone();
    to_come.into_iter().for_each(|(pair, times)| *certain.entry(pair).or_default() += times);
    certain.retain(|_, times| *times > 0);
    certain
}

/// How many seats two who are kept together share at least in rounds that are not frozen.
fn seats_together(seating: &Seating, a: MenteeIx, b: MenteeIx) -> usize {
    let to_come = |m| {
        let rounds = seating.rounds.iter().map(|round| round.round);
        rounds.filter(|&r| seating.event().mentee(m).present.contains(r)).collect::<BTreeSet<_>>()
    };
    let shared = |a: MenteeIx, b| seating.least[a.index()].saturating_sub(to_come(a).difference(&to_come(b)).count());
    if a == b { 0 } else { shared(a, b).max(shared(b, a)) }
}

/// The fewest companions of each mentee: those of frozen rounds, and as many as the smallest groups of so many experts
/// have.
fn fewest_of_each(seating: &Seating, played: &Times) -> Vec<usize> {
    let event = seating.event();
    let mut fewest = vec![0; event.mentees.len()];
    for (&(a, b), &times) in played {
        fewest[a.index()] += times;
        fewest[b.index()] += times;
    }
    let mut experts: Vec<(usize, ExpertIx)> =
        event.expert_ixs().map(|e| (event.expert(e).smallest_group.max(1) as usize - 1, e)).collect();
    experts.sort_unstable();
    let met = seating.frozen.by_mentee(event);
    for m in event.mentee_ixs() {
        let new = |e: ExpertIx| {
            seating.pairs.exclusion(m, e).is_none() && !met[m.index()].iter().any(|seat| seat.expert == e)
        };
        let groups = experts.iter().filter(|&&(_, e)| new(e)).map(|&(others, _)| others);
        fewest[m.index()] += groups.take(seating.least[m.index()]).sum::<usize>();
    }
    fewest
}

/// For each mentee the most companions at no cost but that of those who are there in any case.
fn for_nothing(seating: &Seating, certain: &Times) -> Vec<usize> {
    let event = seating.event();
    let words = seating.rounds.iter().map(|round| round.tables.len()).sum::<usize>().div_ceil(64);
    let few = event.mentees.len().pow(2).saturating_mul(words) / 2 <= MOST_LOOKS;
    let mut companions = if few { who_could_meet(seating, certain) } else { all_but_colleagues(event) };
    for (&(a, b), &times) in certain {
        let more = if event.colleagues(a, b) { times } else { times - 1 };
        companions[a.index()] += more;
        companions[b.index()] += more;
    }
    companions
}

fn all_but_colleagues(event: &Event) -> Vec<usize> {
    let mut of_organization: BTreeMap<OrganizationIx, usize> = BTreeMap::new();
    event.mentees.iter().filter_map(|m| m.organization).for_each(|o| *of_organization.entry(o).or_default() += 1);
    let colleagues = |organization| of_organization.get(&organization).copied().unwrap_or(1);
    let others = |organization: Option<_>| event.mentees.len() - organization.map_or(1, colleagues);
    event.mentees.iter().map(|m| others(m.organization)).collect()
}

/// For each mentee how many of other organizations could share a table with them.
fn who_could_meet(seating: &Seating, certain: &Times) -> Vec<usize> {
    let event = seating.event();
    let apart: BTreeSet<_> = event.requests.iter().filter_map(kept_apart).collect();
    let seats = places(seating);
    let mut companions = vec![0; event.mentees.len()];
    for a in event.mentee_ixs() {
        for b in (a.0 + 1..event.mentees.len() as u32).map(MenteeIx) {
            let shared = || seats[a.index()].iter().zip(&seats[b.index()]).any(|(a, b)| a & b != 0);
            let meet =
                !event.colleagues(a, b) && (certain.contains_key(&(a, b)) || shared() && !apart.contains(&(a, b)));
            companions[a.index()] += usize::from(meet);
            companions[b.index()] += usize::from(meet);
        }
    }
    companions
}

fn kept_apart(request: &Request) -> Option<(MenteeIx, MenteeIx)> {
    if let Request::KeptApart(a, b) = *request { Some((a.min(b), a.max(b))) } else { None }
}

/// For each mentee the tables of rounds that are not frozen at which a seat is possible: a set of bits.
fn places(seating: &Seating) -> Vec<Vec<u64>> {
    let event = seating.event();
    let tables: Vec<_> =
        seating.rounds.iter().flat_map(|round| round.tables.iter().map(|table| (round.round, table.expert))).collect();
    let pinned: BTreeMap<_, _> = event.pinned_seats().map(|(m, e, r)| ((m, r), e)).collect();
    let met = seating.frozen.by_mentee(event);
    let of_mentee = |m: MenteeIx| {
        let mut bits = vec![0_u64; tables.len().div_ceil(64)];
        for (i, &(r, e)) in tables.iter().enumerate() {
            let possible = event.mentee(m).present.contains(r)
                && seating.pairs.exclusion(m, e).is_none()
                && pinned.get(&(m, r)).is_none_or(|&pinned| pinned == e)
                && !met[m.index()].iter().any(|seat| seat.expert == e);
            bits[i / 64] |= u64::from(possible) << (i % 64);
        }
        bits
    };
    event.mentee_ixs().map(of_mentee).collect()
}
