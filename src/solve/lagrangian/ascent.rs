//! The search for multipliers: the volume algorithm (Barahona and Anbil 2000).
//!
//! It steps from the best multipliers so far against the mean slack, which forgets slowly, by a share of what Polyak's
//! step for the value reached would be. Steps are floating point, and the same everywhere; what they lead to is
//! evaluated exactly.

use super::{Bound, Limits, Relaxed, SCALE};

/// The share of Polyak's step at first, and the least.
const SHARES: (f64, f64) = (1.0, 0.001);

/// How much of the newest slack goes into the mean at first, and the least.
const WEIGHTS: (f64, f64) = (0.02, 0.001);

/// After so many failures in a row steps get shorter.
const FAILURES: u32 = 20;
const SHORTER: f64 = 0.66;
const LONGER: f64 = 1.1;
const LONGEST: f64 = 2.0;

/// Every so many passes the mean gets longer memory, unless this share of the gap was closed in them.
const PERIOD: u64 = 100;
const CLOSED: f64 = 0.01;
const MEMORY: f64 = 0.85;

/// After so many passes without a better bound there will be none.
const PATIENCE: u64 = 1_500;

/// With fewer passes than this nothing comes of it.
const FEWEST: u64 = 1_000;

/// Multipliers in units of score stay within this.
const LARGEST: f64 = (1_u64 << 31) as f64;

/// A search under way.
pub(super) struct Ascent<'a> {
    relaxed: Relaxed<'a>,
    reached: i64,
    best: i128,
    /// The best multipliers, in units of score.
    center: Vec<f64>,
    trial: Vec<f64>,
    /// The mean slack of each row.
    mean: Vec<f64>,
    multipliers: Vec<i64>,
    slack: Vec<i64>,
    share: f64,
    weight: f64,
    failures: u32,
}

impl<'a> Ascent<'a> {
    /// Starts with all multipliers 0.
    pub(super) fn new(mut relaxed: Relaxed<'a>, reached: i64) -> Self {
        let rows = relaxed.rows.len();
        let (multipliers, mut slack) = (vec![0; rows], vec![0; rows]);
        let best = relaxed.solve(&multipliers, &mut slack);
        Ascent {
            relaxed,
            reached,
            best,
            center: vec![0.0; rows],
            trial: vec![0.0; rows],
            mean: slack.iter().map(|&slack| slack as f64).collect(),
            multipliers,
            slack,
            share: SHARES.0,
            weight: WEIGHTS.0,
            failures: 0,
        }
    }

    /// The best bound that is found within the limits; `None` where they are too tight for a good one.
    pub(super) fn run(mut self, limits: &Limits) -> Option<Bound> {
        let most = limits.passes.min(limits.looks / self.relaxed.tables.looks().max(1));
        if most < limits.passes.min(FEWEST) {
            return None;
        }
        let (mut passes, mut improved, mut before) = (1, 1, self.gap());
        while passes < most && passes - improved < PATIENCE && !self.is_tight() && !(limits.stop)() {
            if !self.step() {
                break;
            }
            passes += 1;
            if self.evaluate() {
                improved = passes;
            }
            if passes % PERIOD == 0 {
                let closed = before - self.gap() > CLOSED * self.gap();
                self.weight = if closed { self.weight } else { (self.weight * MEMORY).max(WEIGHTS.1) };
                before = self.gap();
            }
        }
        Some(Bound { value: self.relaxed.rounded(self.best), passes })
    }

    fn is_tight(&self) -> bool {
        self.relaxed.rounded(self.best) <= self.reached
    }

    fn gap(&self) -> f64 {
        (self.best - i128::from(self.reached) * i128::from(SCALE)) as f64 / SCALE as f64
    }

    /// The next multipliers to try; `false` when the mean slack says that there are no better ones.
    fn step(&mut self) -> bool {
        let rows = &self.relaxed.rows;
        let moves = |row: usize, center: f64, mean: f64| center > 0.0 || mean < 0.0 || rows.is_equation(row);
        let both = (0..).zip(self.center.iter().zip(&self.mean));
        let square: f64 = both.map(|(row, (&c, &mean))| if moves(row, c, mean) { mean * mean } else { 0.0 }).sum();
        let step = self.share * self.gap() / square;
        let from = self.center.iter().zip(&self.mean);
        let to = self.trial.iter_mut().zip(&mut self.multipliers);
        for (row, ((center, mean), (trial, multiplier))) in (0..).zip(from.zip(to)) {
            let least = if rows.is_equation(row) { -LARGEST } else { 0.0 };
            *trial = (center - step * mean).clamp(least, LARGEST);
            *multiplier = (*trial * SCALE as f64) as i64;
        }
        step.is_finite()
    }

    /// Whether the multipliers to try are better.
    fn evaluate(&mut self) -> bool {
        let value = self.relaxed.solve(&self.multipliers, &mut self.slack);
        let mut along = 0.0;
        for (mean, &slack) in self.mean.iter_mut().zip(&self.slack) {
            along += *mean * slack as f64;
            *mean += self.weight * (slack as f64 - *mean);
        }
        let better = value < self.best;
        if better {
            self.best = value;
            std::mem::swap(&mut self.center, &mut self.trial);
            self.failures = 0;
            if along > 0.0 {
                self.share = (self.share * LONGER).min(LONGEST);
            }
        } else {
            self.failures += 1;
            if self.failures == FAILURES {
                self.failures = 0;
                self.share = (self.share * SHORTER).max(SHARES.1);
            }
        }
        better
    }
}
