//! How many companions mentees have, at least: everybody at a table has all others there, so that few large groups
//! make many companions.
//!
//! A group of n people has n (n − 1) companions, each of two counting the other. That is convex, and it stays convex
//! with a straight line from no group to the smallest one. So the least over tables, and over rounds or experts, comes
//! of taking the cheapest further seat each time.

use std::cmp::Reverse;

use crate::domain::{Expert, RoundIx};

use super::seating::{Round, Seating};

/// A table, for as long as one round.
#[derive(Clone, Copy)]
struct Table {
    capacity: usize,
    smallest: usize,
}

/// What further seats add to the companions, the cheapest first.
struct Steps {
    /// Of seats that there are in any case.
    forced: Vec<usize>,
    /// Of more seats; ascending.
    free: Vec<usize>,
}

impl Steps {
    /// Of tables which all are open, or each of which can be.
    fn of(tables: &[Table], all_open: bool) -> Self {
        let first = tables.iter().flat_map(|table| (0..table.smallest).map(|_| table.smallest - 1));
        let more = tables.iter().flat_map(|table| (table.smallest..table.capacity).map(|people| 2 * people));
        let (forced, mut free): (Vec<_>, Vec<_>) =
            if all_open { (first.collect(), more.collect()) } else { (Vec::new(), first.chain(more).collect()) };
        free.sort_unstable();
        Steps { forced, free }
    }

    /// With so many seats at most.
    fn at_most(mut self, seats: usize) -> Self {
        self.free.truncate(seats.saturating_sub(self.forced.len()));
        self
    }

    /// With so many seats in any case.
    fn at_least(mut self, seats: usize) -> Self {
        let more = seats.saturating_sub(self.forced.len()).min(self.free.len());
        self.forced.extend(self.free.drain(..more));
        self
    }

    /// For each number of seats the larger of both, neither of which has forced ones; convex, as both are.
    fn or_more(self, other: Steps) -> Self {
        let larger: Vec<usize> = sums(&self.free).zip(sums(&other.free)).map(|(a, b)| a.max(b)).collect();
        let before = std::iter::once(0).chain(larger.iter().copied());
        Steps { forced: Vec::new(), free: larger.iter().zip(before).map(|(sum, before)| sum - before).collect() }
    }
}

/// The sum of the first step, of the first two, …
fn sums(steps: &[usize]) -> impl Iterator<Item = usize> {
    steps.iter().scan(0, |sum, step| {
        *sum += step;
        Some(*sum)
    })
}

/// The least for so many seats.
fn least(all: Vec<Steps>, seats: usize) -> usize {
    let (forced, free): (Vec<_>, Vec<_>) = all.into_iter().map(|steps| (steps.forced, steps.free)).unzip();
    let (forced, mut free) = (forced.concat(), free.concat());
    free.sort_unstable();
    free.truncate(seats.saturating_sub(forced.len()));
    forced.into_iter().chain(free).sum()
}

/// The fewest companions of all mentees together in rounds that are not frozen; two who sit together count two.
pub fn fewest(seating: &Seating) -> usize {
    let mut played = vec![0; seating.event().experts.len()];
    seating.frozen.sittings().for_each(|sitting| played[sitting.expert.index()] += 1);
    let by_rounds = seating.rounds.iter().map(|round| of_round(seating, round)).collect();
    let by_experts =
        seating.event().experts.iter().zip(played).map(|(e, played)| of_expert(seating, e, played)).collect();
    least(by_rounds, seating.seats).max(least(by_experts, seating.seats))
}

fn of_round(seating: &Seating, round: &Round) -> Steps {
    let table = |table: &super::seating::Table| Table { capacity: table.capacity, smallest: table.smallest };
    let tables: Vec<Table> = round.tables.iter().map(table).collect();
    let steps = Steps::of(&tables, seating.every_round).at_most(round.most);
    if seating.every_round {
        return steps.at_least(round.least);
    }
    let smallest = tables.iter().map(|table| table.smallest).min().unwrap_or(1);
    let at_once: Vec<Table> = round.capacities.iter().map(|&capacity| Table { capacity, smallest }).collect();
    steps.or_more(Steps::of(&at_once, false)).at_least(round.least)
}

/// The largest tables of an expert, as many as there are sittings.
fn of_expert(seating: &Seating, expert: &Expert, played: usize) -> Steps {
    let open: Vec<RoundIx> = expert.open_rounds().without(seating.event().frozen.rounds).iter().collect();
    let runs = open.chunk_by(|a, b| a.0 + 1 == b.0).map(<[RoundIx]>::len);
    let rested = |run: usize| expert.most_in_a_row.map_or(run, |most| run - run / (most as usize + 1));
    let sittings = runs.map(rested).sum::<usize>().min((expert.most_sittings as usize).saturating_sub(played));
    let table =
        |round| Table { capacity: expert.capacity_in(round) as usize, smallest: expert.smallest_group.max(1) as usize };
    let mut tables: Vec<Table> = open.into_iter().map(table).collect();
    tables.sort_by_key(|table| Reverse(table.capacity));
    tables.truncate(sittings);
    Steps::of(&tables, seating.every_round).at_most(seating.event().mentees.len())
}
