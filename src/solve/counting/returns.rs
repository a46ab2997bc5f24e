//! A bound on `new-faces` by rounds: those who shared a table in one round cannot all part in another, when there are
//! more of them than tables; nor do they stay with their expert, whom nobody meets twice.
//!
//! Take the rounds one after the other, in any order. Each adds at least the pairs of one organization that meet in
//! it, and at least those who meet in it again after any one round before.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{ExpertIx, MenteeIx, Priority, RoundIx};
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
    let class = |m| seating.event().mentee(m).organization;
    pairs_left(round, class, |_| round.capacities.len())
}

/// The pairs that meet in the round after having met in one of the frozen rounds.
fn played(seating: &Seating, round: &Round) -> usize {
    let again = |frozen: RoundIx| {
        let seats = seating.frozen.seats().iter().filter(|seat| seat.round == frozen);
        let expert: BTreeMap<_, _> = seats.map(|seat| (seat.mentee, seat.expert)).collect();
        // Whom they have met they don't meet again.
        let tables = |&met: &ExpertIx| round.tables.iter().filter(|table| table.expert != met).count();
        pairs_left(round, |m| expert.get(&m).copied(), |met| tables(met).min(round.capacities.len()))
    };
    seating.event().frozen.rounds.iter().map(again).max().unwrap_or(0)
}

/// The pairs of one class that share a table in the round, when each class is spread over so many tables, and those who
/// have no seat are missing where it helps most.
fn pairs_left<C: Ord>(round: &Round, class: impl Fn(MenteeIx) -> Option<C>, tables: impl Fn(&C) -> usize) -> usize {
    let mut sizes: BTreeMap<C, usize> = BTreeMap::new();
    round.people.iter().filter_map(|&m| class(m)).for_each(|class| *sizes.entry(class).or_default() += 1);
    let mut met = Vec::new();
    for (class, size) in sizes {
        let tables = tables(&class).max(1);
        met.extend((0..size).map(|before| before / tables));
    }
    met.sort_unstable();
    met.truncate((met.len() + round.least).saturating_sub(round.people.len()));
    met.into_iter().sum()
}

/// The pairs that meet in both rounds: everybody with a seat in both has one of so many combinations of two experts.
fn met_again(a: &Round, b: &Round) -> usize {
    let both = (a.least + b.least).saturating_sub(union(&a.people, &b.people));
    let experts = |round: &Round| round.tables.iter().map(|table| table.expert).collect::<Vec<_>>();
    let (in_a, in_b) = (a.capacities.len(), b.capacities.len());
    // Some are open in both, if there are no others.
    let in_both = (in_a + in_b).saturating_sub(union(&experts(a), &experts(b)));
    spread(both, (in_a * in_b - in_both).max(1))
}

/// How many there are in one list or the other.
fn union<T: Copy + Ord>(a: &[T], b: &[T]) -> usize {
    a.iter().chain(b).copied().collect::<BTreeSet<_>>().len()
}

/// The pairs that share a place when so many people are spread over so many places.
fn spread(people: usize, places: usize) -> usize {
    let (each, rest) = (people / places, people % places);
    places * (each * each.saturating_sub(1) / 2) + rest * each
}
