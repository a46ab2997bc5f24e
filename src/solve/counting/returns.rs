//! A bound on `new-faces` by rounds: those who shared a table in one round cannot all part in another, when there are
//! more of them than tables.
//!
//! Take the rounds one after the other, in any order. Each adds at least the pairs of one organization that meet in
//! it, and at least those who meet in it again after any one round before.

use std::collections::BTreeMap;

use crate::domain::{MenteeIx, Priority, RoundIx};
use crate::solve::values::value;

use super::seating::{Round, Seating};

/// The least that `new-faces` can be.
pub fn bound(seating: &Seating) -> i64 {
    let mut left: Vec<(usize, &Round)> =
        seating.rounds.iter().map(|round| (colleagues(seating, round).max(played(seating, round)), round)).collect();
    let mut sum: i64 = value(seating.pairs, &seating.frozen, Priority::NewFaces, None).iter().sum();
    while let Some(next) = (0..left.len()).max_by_key(|&i| left[i].0) {
        let (pairs, round) = left.swap_remove(next);
        sum += pairs as i64;
        left.iter_mut().for_each(|(pairs, other)| *pairs = met_again(round, other).max(*pairs));
    }
    sum
}

/// The pairs of one organization that meet in the round.
fn colleagues(seating: &Seating, round: &Round) -> usize {
    pairs_left(round, |m| seating.event().mentee(m).organization)
}

/// The pairs that meet in the round after having met in one of the frozen rounds.
fn played(seating: &Seating, round: &Round) -> usize {
    let again = |frozen: RoundIx| {
        let seats = seating.frozen.seats().iter().filter(|seat| seat.round == frozen);
        let table: BTreeMap<_, _> = seats.map(|seat| (seat.mentee, seat.expert)).collect();
        pairs_left(round, |m| table.get(&m).copied())
    };
    seating.event().frozen.rounds.iter().map(again).max().unwrap_or(0)
}

/// The pairs of one class that share a table in the round, when all classes are spread over the tables and those who
/// have no seat are missing where it helps most.
fn pairs_left<C: Ord>(round: &Round, class: impl Fn(MenteeIx) -> Option<C>) -> usize {
    let tables = round.capacities.len();
    let mut sizes: BTreeMap<C, usize> = BTreeMap::new();
    round.people.iter().filter_map(|&m| class(m)).for_each(|class| *sizes.entry(class).or_default() += 1);
    let mut met: Vec<usize> =
        sizes.into_values().flat_map(|size| (0..size).map(move |i| i.checked_div(tables).unwrap_or(0))).collect();
    met.sort_unstable();
    met.truncate((met.len() + round.least).saturating_sub(round.people.len()));
    met.into_iter().sum()
}

/// The pairs that meet in both rounds: everybody with a seat in both has one of so many combinations of tables.
fn met_again(a: &Round, b: &Round) -> usize {
    let mut people: Vec<MenteeIx> = a.people.iter().chain(&b.people).copied().collect();
    people.sort_unstable();
    people.dedup();
    let both = (a.least + b.least).saturating_sub(people.len());
    let combinations = a.capacities.len() * b.capacities.len();
    spread(both, combinations)
}

/// The pairs that share a place when so many people are spread over so many places.
fn spread(people: usize, places: usize) -> usize {
    let (Some(each), Some(rest)) = (people.checked_div(places), people.checked_rem(places)) else { return 0 };
    places * (each * each.saturating_sub(1) / 2) + rest * each
}
