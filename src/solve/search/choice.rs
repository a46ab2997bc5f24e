//! Which kind of neighbourhood to try next: each in proportion to what it has brought for its steps of late.

use super::scopes::Kind;
use crate::solve::random::Random;

/// Steps after which what was brought before counts half.
const MEMORY: f64 = 100_000.0;

/// Steps that every kind is taken to have had at the start, for one success.
const CREDIT: f64 = 2_000.0;

/// The least share of the turns that a kind gets, in hundredths, before its weight.
const FLOOR: usize = 20;

/// What each kind has brought.
pub struct Choice {
    /// By kind: successes and steps.
    record: Vec<(Kind, f64, f64)>,
}

impl Choice {
    /// Nothing is known yet.
    pub fn new(kinds: impl Iterator<Item = Kind>) -> Self {
        Choice { record: kinds.map(|kind| (kind, 1.0, CREDIT)).collect() }
    }

    /// The next kind to try.
    pub fn pick(&self, random: &mut Random) -> Kind {
        let (first, ..) = self.record[0];
        if random.below(100) < FLOOR {
            return self.record[random.below(self.record.len())].0;
        }
        let all: f64 = self.record.iter().map(|(_, won, steps)| won / steps).sum();
        let mut left = random.below(1 << 30) as f64 / f64::from(1 << 30) * all;
        let chosen = self.record.iter().find(|(_, won, steps)| {
            left -= won / steps;
            left < 0.0
        });
        chosen.map_or(first, |record| record.0)
    }

    /// A kind has had a turn.
    pub fn learn(&mut self, kind: Kind, won: bool, steps: u64) {
        let fade = libm::pow(0.5, steps as f64 / MEMORY);
        for (of, wins, taken) in &mut self.record {
            (*wins, *taken) = (*wins * fade, *taken * fade);
            if *of == kind {
                *wins += f64::from(u8::from(won));
                *taken += steps as f64;
            }
            (*wins, *taken) = (wins.max(0.01), taken.max(1.0));
        }
    }
}
