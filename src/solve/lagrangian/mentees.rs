//! The relaxed problem of the mentees: how many seats of each group are counted for each of them.

use super::rows::Rows;
use crate::domain::{Event, MenteeIx, Priority, TopicIx};

/// How many seats each mentee can have, and what they weigh.
#[derive(Debug)]
pub(super) struct Counts {
    /// By mentee: fewest and most.
    ranges: Vec<(i64, i64)>,
    precedence: Vec<i64>,
    topics: usize,
}

impl Counts {
    /// The counts of an event, given the values held.
    pub(super) fn new(event: &Event, rows: &Rows) -> Self {
        let wanted: i64 = event.mentee_ixs().map(|m| i64::from(event.wanted(m))).sum();
        let held = |part| rows.value(Priority::Seats, part);
        let by_seats = held(0).map_or(wanted, |seats| wanted - seats);
        let by_squares = held(1).map_or(wanted, |squares| (squares.max(0) as u64).isqrt() as i64);
        let sit_outs = by_seats.min(by_squares).max(0);
        let range = |m: MenteeIx| {
            let most = i64::from(event.wanted(m));
            ((most - sit_outs).max(i64::from(event.mentee(m).least)).min(most), most)
        };
        let ranges = event.mentee_ixs().map(range).collect();
        Counts { ranges, precedence: event.precedence().unwrap_or_default(), topics: event.topics.len() }
    }

    /// The most that the counts are worth at these multipliers, with what the values held ask for; adds what they
    /// leave to the slack of each row.
    pub(super) fn solve(&self, rows: &Rows, multipliers: &[i64], slack: &mut [i64]) -> i128 {
        let mut total = 0;
        for (row, &(priority, part, value)) in rows.parts() {
            let allowed = if is_most(priority, part) { value } else { -value };
            slack[row] += allowed;
            total += i128::from(multipliers[row]) * i128::from(allowed);
        }
        total += self.seats(rows, multipliers, slack) + self.choices(rows, multipliers, slack);
        total + self.first(rows, multipliers, slack) + self.variety(rows, multipliers, slack)
    }

    fn mentees(&self) -> impl Iterator<Item = (MenteeIx, i64)> {
        (0..).map(MenteeIx).zip(self.ranges.iter().map(|&(_, most)| most))
    }

    fn seats(&self, rows: &Rows, multipliers: &[i64], slack: &mut [i64]) -> i128 {
        let parts = [0, 1, 2].map(|part| rows.part(Priority::Seats, part));
        let weights = parts.map(|row| row.map_or(0, |row| i128::from(multipliers[row])));
        let mut total = 0;
        for (i, &(fewest, most)) in self.ranges.iter().enumerate() {
            let m = MenteeIx::new(i);
            let precedence = self.precedence.get(i).copied().unwrap_or(0);
            let counts = |n: i64| [n, -(most - n) * (most - n), -precedence * (most - n)];
            let price = i128::from(multipliers[rows.seats(m)]);
            let worth = |n: i64| {
                let weighed = counts(n).into_iter().zip(weights).map(|(count, weight)| i128::from(count) * weight);
                weighed.sum::<i128>() - price * i128::from(n)
            };
            let best = (fewest..=most).rev().max_by_key(|&n| worth(n)).unwrap_or(most);
            total += worth(best);
            slack[rows.seats(m)] -= best;
            parts
                .into_iter()
                .zip(counts(best))
                .for_each(|(row, count)| row.into_iter().for_each(|r| slack[r] += count));
        }
        total
    }

    fn choices(&self, rows: &Rows, multipliers: &[i64], slack: &mut [i64]) -> i128 {
        let shares: Vec<usize> = (0..).map_while(|k| rows.part(Priority::FairShare, k)).collect();
        let mut total = 0;
        for (m, most) in self.mentees() {
            let Some(row) = rows.choices(m) else { return 0 };
            let (mut worth, mut best) = (0, (0, 0));
            for (k, &share) in (1..=most).zip(&shares) {
                worth += i128::from(multipliers[share]) - i128::from(multipliers[row]);
                best = best.max((worth, k));
            }
            total += best.0;
            slack[row] -= best.1;
            shares.iter().take(best.1 as usize).for_each(|&share| slack[share] += 1);
        }
        total
    }

    fn first(&self, rows: &Rows, multipliers: &[i64], slack: &mut [i64]) -> i128 {
        let Some(all) = rows.part(Priority::FirstChoices, 0) else { return 0 };
        let mut total = 0;
        for (m, _) in self.mentees() {
            let Some(row) = rows.first(m) else { return 0 };
            let worth = multipliers[all] - multipliers[row];
            if worth > 0 {
                total += i128::from(worth);
                slack[row] -= 1;
                slack[all] += 1;
            }
        }
        total
    }

    fn variety(&self, rows: &Rows, multipliers: &[i64], slack: &mut [i64]) -> i128 {
        let Some(all) = rows.part(Priority::Variety, 0) else { return 0 };
        let weight = i128::from(multipliers[all]);
        let mut total = 0;
        for t in (0..self.topics).map(TopicIx::new) {
            for (m, most) in self.mentees() {
                let Some(row) = rows.topic(t, m) else { return 0 };
                let price = i128::from(multipliers[row]);
                let count = if price > weight { most } else { most.min(1) };
                let again = (count - 1).max(0);
                total += price * i128::from(count) - weight * i128::from(again);
                slack[row] += count;
                slack[all] -= again;
            }
        }
        total
    }
}

/// Whether the value of a part is a limit from above.
fn is_most(priority: Priority, part: usize) -> bool {
    match priority {
        Priority::Seats => part > 0,
        _ => matches!(priority, Priority::Courtesies | Priority::Variety),
    }
}
