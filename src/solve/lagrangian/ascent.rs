//! The search for multipliers: the volume algorithm.

use super::{Bound, Limits, Relaxed, SCALE};

pub(super) struct Ascent<'a> {
    relaxed: Relaxed<'a>,
    target: f64,
    reached: i64,
    best: i128,
    center: Vec<f64>,
    trial: Vec<f64>,
    mean: Vec<f64>,
    multipliers: Vec<i64>,
    slack: Vec<i64>,
}

impl<'a> Ascent<'a> {
    pub(super) fn new(relaxed: Relaxed<'a>, reached: i64) -> Self {
        let n = relaxed.rows.len();
        Ascent { relaxed, target: reached as f64, reached, best: i128::MAX, center: vec![0.0; n], trial: vec![0.0; n],
            mean: vec![0.0; n], multipliers: vec![0; n], slack: vec![0; n] }
    }

    fn env(name: &str, d: f64) -> f64 {
        std::env::var(name).ok().and_then(|s| s.parse().ok()).unwrap_or(d)
    }

    pub(super) fn run(mut self, limits: &Limits) -> Option<Bound> {
        let trace = Self::env("TRACE", 0.0);
        let mut factor = Self::env("FACTOR", 0.5);
        let mut alpha = Self::env("ALPHA", 0.1);
        let redn = Self::env("RED", 20.0) as u32;
        let shrink = Self::env("SHRINK", 0.66);
        let looks = self.relaxed.tables.looks().max(1);
        let most = (limits.looks / looks).min(limits.passes).max(1);
        self.best = self.relaxed.solve(&self.multipliers, &mut self.slack);
        for i in 0..self.mean.len() { self.mean[i] = self.slack[i] as f64; }
        let mut passes = 1;
        let mut reds = 0;
        let mut last = self.best as f64;
        while passes < most && self.relaxed.rounded(self.best) > self.reached && !(limits.stop)() {
            let best = self.best as f64 / SCALE as f64;
            let free = |i: usize, me: &Self| me.center[i] > 0.0 || me.mean[i] < 0.0 || me.relaxed.rows.is_equation(i);
            let norm: f64 = (0..self.mean.len()).filter(|&i| free(i, &self)).map(|i| self.mean[i] * self.mean[i]).sum();
            if norm < 1e-12 { break; }
            let step = factor * (best - self.target) / norm;
            for i in 0..self.mean.len() {
                let moved = self.center[i] - step * self.mean[i];
                let moved = if self.relaxed.rows.is_equation(i) { moved } else { moved.max(0.0) };
                self.trial[i] = moved.clamp(-4e9, 4e9);
                self.multipliers[i] = (self.trial[i] * SCALE as f64).round() as i64;
            }
            let value = self.relaxed.solve(&self.multipliers, &mut self.slack);
            passes += 1;
            let dot: f64 = self.mean.iter().zip(&self.slack).map(|(a, &b)| a * b as f64).sum();
            for i in 0..self.mean.len() { self.mean[i] += alpha * (self.slack[i] as f64 - self.mean[i]); }
            if value < self.best {
                self.best = value;
                std::mem::swap(&mut self.center, &mut self.trial);
                reds = 0;
                if dot > 0.0 { factor = (factor * 1.1f64).min(2.0); }
            } else {
                reds += 1;
                if reds >= redn { reds = 0; factor = (factor * shrink).max(1e-4); }
            }
            if passes % 100 == 0 {
                if (last - self.best as f64) < 0.01 * (self.best as f64 - self.target * SCALE as f64) { alpha = (alpha * 0.85).max(Self::env("AMIN", 1e-3)); }
                last = self.best as f64;
            }
            if trace > 0.0 && passes % (trace as u64) == 0 {
                eprintln!("{passes} best {:.3} value {:.3} factor {factor:.5} alpha {alpha:.4} norm {norm:.3}", self.best as f64 / SCALE as f64, value as f64 / SCALE as f64);
            }
        }
        Some(Bound { value: self.relaxed.rounded(self.best), passes })
    }
}
