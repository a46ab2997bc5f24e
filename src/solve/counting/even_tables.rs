//! A bound on `even-tables`: seats that cannot be dealt evenly to the open tables of like capacity.
//!
//! For each round and number of seats there is a least sum of differences over the kinds of tables; and the rounds
//! share the seats of the day. What is left out: that tables of unlike capacity can share a room.

use std::collections::BTreeMap;

use crate::domain::Priority;
use crate::solve::values::value;

use super::seating::{Round, Seating, Table, open_at_once};

/// The most work on the tables of one kind, or to put two kinds or two rounds together.
const MOST_WORK: usize = 20_000_000;

/// For each number, from 0, the least sum of differences; `None` where the number cannot be.
type Least = Vec<Option<usize>>;

/// The least that `even-tables` can be.
pub fn bound(seating: &Seating) -> i64 {
    let played: i64 = value(seating.pairs, &seating.frozen, Priority::EvenTables, None).iter().sum();
    let spare = seating.rounds.iter().map(|round| round.most).sum::<usize>().saturating_sub(seating.seats);
    let rounds: Vec<Least> = seating.rounds.iter().map(|round| by_empty_seats(seating, round, spare)).collect();
    let together = rounds.iter().try_fold(vec![Some(0)], |sum, round| both(&sum, round, spare));
    let least = match together {
        Some(sums) if seating.exact => sums.get(spare).copied().flatten(),
        Some(sums) => sums.into_iter().flatten().min(),
        None => Some(rounds.iter().filter_map(|round| round.iter().flatten().min()).sum()),
    };
    played + least.unwrap_or(0) as i64
}

/// The least of a round by the seats that it has fewer than the most, up to so many.
fn by_empty_seats(seating: &Seating, round: &Round, spare: usize) -> Least {
    let mut kinds: BTreeMap<usize, Vec<Table>> = BTreeMap::new();
    round.tables.iter().for_each(|table| kinds.entry(table.capacity).or_default().push(*table));
    let of_kind = |(capacity, tables): (usize, Vec<Table>)| {
        let most = open_at_once(seating.event(), &tables).len().min(round.capacities.len());
        let open = if seating.every_round { (tables.len(), tables.len()) } else { (0, most) };
        by_seats(capacity, &tables, open, round.most)
    };
    let by_seats = kinds.into_iter().map(of_kind).try_fold(vec![Some(0)], |sum, kind| both(&sum, &kind, round.most));
    let by_seats = by_seats.unwrap_or_else(|| vec![Some(0); round.most + 1]);
    (0..=spare.min(round.most)).map(|empty| by_seats.get(round.most - empty).copied().flatten()).collect()
}

/// The least of tables of one capacity, of which from so many to so many are open, by their seats.
fn by_seats(capacity: usize, tables: &[Table], (fewest, most): (usize, usize), seats: usize) -> Least {
    let end = seats.min(most * capacity);
    if (most - fewest + 1).saturating_mul(most * capacity).saturating_mul(capacity) > MOST_WORK {
        return vec![Some(0); end + 1];
    }
    let mut smallest: Vec<usize> = tables.iter().map(|table| table.smallest).collect();
    smallest.sort_unstable();
    let mut least: Least = vec![None; end + 1];
    least[0] = (fewest == 0).then_some(0);
    for open in fewest.max(1)..=most {
        let smallest = &smallest[..open];
        for low in 1..=capacity {
            let mut next = smallest.iter().map(|&smallest| smallest.max(low)).sum();
            for high in smallest.iter().fold(low, |high, &smallest| high.max(smallest))..=capacity {
                for seats in least.iter_mut().take(open * high + 1).skip(next) {
                    *seats = Some(seats.map_or(high - low, |least| least.min(high - low)));
                }
                next = open * high + 1;
            }
        }
    }
    least
}

/// The least of both together, by the sum of their numbers up to the last; `None` when that takes too long.
fn both(a: &Least, b: &Least, last: usize) -> Option<Least> {
    let mut least = vec![None; (a.len() + b.len() - 1).min(last + 1)];
    if a.len().saturating_mul(b.len()) > MOST_WORK {
        return None;
    }
    for (i, a) in a.iter().enumerate() {
        for (sum, b) in least.iter_mut().skip(i).zip(b) {
            if let (Some(a), Some(b)) = (a, b) {
                *sum = Some(sum.map_or(a + b, |sum: usize| sum.min(a + b)));
            }
        }
    }
    Some(least)
}
