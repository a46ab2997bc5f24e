//! Simulated annealing by small moves (Kirkpatrick, Gelatt, Vecchi 1983), for events that are small enough for many
//! moves a seat: what hangs together by many rules, no single neighbourhood gets over.
//!
//! Each part of the cost weighs a fraction of the one before, so that they freeze one after the other while it cools.
//! What is frozen is worth nothing beyond the best schedule's, or it would be bought with breaches. What a breach
//! weighs follows how often all rules are kept, so that the walk crosses that border again and again (strategic
//! oscillation: Glover 1977; Gendreau, Hertz, Laporte 1994).

use super::moves::small_move;
use super::state::State;
use super::terms::Terms;
use super::worker::Worker;
use crate::domain::{Priority, Schedule};
use crate::solve::random::Random;

/// How many moves count for a step.
pub(super) const MOVES_A_STEP: u64 = 3;

/// How many moves one cooling takes for each seat that is wanted; with fewer in all, annealing brings less than the
/// neighbourhoods.
const MOVES_A_SEAT: u64 = 2_000;

/// A priority weighs the so manieth part of the one before, and a part of it of the part before.
const BETWEEN_PRIORITIES: f64 = 8.0;
const BETWEEN_PARTS: f64 = 4.0;

/// Of the score that a seat has on average, the so manieth part weighs as much as one of anything else.
const SHARE_OF_SCORE: f64 = 4.0;

/// The temperature at first, in weights of the first part that is open, and at last, in weights of the last.
pub(super) const HOTTEST: f64 = 3.0;
pub(super) const COLDEST: f64 = 0.1;

/// A part is frozen when it weighs so many temperatures.
const FROZEN: f64 = 10.0;

/// What a breach weighs at first and at least, in temperatures; how much less after moves that met a schedule without
/// any, and how much more after others.
const BREACH: f64 = 6.0;
const LEAST_BREACH: f64 = 2.0;
const EASE: f64 = 1.02;
const PRESSURE: f64 = 1.05;

/// Moves between two looks at the temperature.
const MOVES_A_LOOK: u64 = 100;

/// A copy of a schedule takes as long as a move for each so many seats; not more time goes into copies than into moves.
const SEATS_A_MOVE: usize = 10;

/// After so many looks without a schedule that keeps all rules it goes on from the best.
const LOST: u32 = 200;

/// Makes a move, by chance.
pub(super) type Moves = fn(&mut State, &mut Random);

/// How a schedule is cooled.
pub(super) struct Cooling {
    /// The temperature at first and at last.
    pub hottest: f64,
    pub coldest: f64,
    /// So many parts of the cost, breaches among them, must not become worse.
    pub held: usize,
    /// The least that a card weighs which is not the standing plan's.
    pub card: f64,
    /// What makes a move.
    pub moves: Moves,
}

/// How much worse a move may make a schedule now.
#[derive(Clone, Debug)]
pub struct Heat {
    /// What each part of the cost weighs; that of the breaches changes.
    weights: Vec<f64>,
    /// See [`Cooling::held`].
    held: usize,
    /// By part of the cost, what to be better than is worth nothing.
    caps: Vec<i64>,
    temperature: f64,
}

impl Heat {
    /// Whether a move from one cost to another is kept, by a chance above 0 and at most 1.
    pub fn allows(&self, before: &[i64], after: &[i64], chance: f64) -> bool {
        let (head, before_head) = (&after[..self.held], &before[..self.held]);
        if head != before_head {
            return head < before_head;
        }
        let parts = before.iter().zip(after).zip(self.weights.iter().zip(&self.caps));
        let worse: f64 = parts.map(|((&b, &a), (w, &cap))| w * (a.max(cap) - b.max(cap)) as f64).sum();
        worse <= -self.temperature * libm::log(chance)
    }

    fn cool(&mut self, temperature: f64, best: &[i64]) {
        self.temperature = temperature;
        for (i, cap) in self.caps.iter_mut().enumerate().skip(1) {
            *cap = if self.weights[i] > FROZEN * temperature { best[i] } else { i64::MIN };
        }
    }

    fn weigh_breaches(&mut self, kept: bool) {
        let least = LEAST_BREACH * self.temperature;
        self.weights[0] = if kept { (self.weights[0] / EASE).max(least) } else { self.weights[0] * PRESSURE };
    }
}

/// What one of anything weighs in each part of the cost; a score weighs less.
pub(super) fn levels(terms: &Terms) -> Vec<f64> {
    let mut levels = vec![0.0; terms.len()];
    let mut level = 1.0;
    for (_, parts) in terms.parts() {
        for part in parts.clone() {
            levels[part] = level;
            level /= if part + 1 < parts.end { BETWEEN_PARTS } else { BETWEEN_PRIORITIES };
        }
    }
    levels
}

impl Worker<'_> {
    /// How many times so many steps suffice to cool a schedule.
    pub fn coolings(&self, steps: u64) -> u64 {
        let event = self.state.event;
        let seats: u64 = event.mentee_ixs().map(|m| u64::from(event.wanted(m))).sum();
        steps * MOVES_A_STEP / (MOVES_A_SEAT * seats).max(1)
    }

    /// Cools a schedule again and again until so many steps are done in all.
    pub fn begin_annealed(&mut self, start: &Schedule, steps: u64) {
        self.construct(Some(start));
        let begin = self.steps;
        let left = steps.saturating_sub(begin);
        let coolings = self.coolings(left).max(1);
        for cooling in 1..=coolings {
            if self.is_done() || (self.quest.options.stop)() {
                break;
            }
            self.anneal(begin + left * cooling / coolings);
        }
    }

    /// Cools the best schedule once until so many steps are done in all.
    pub fn anneal(&mut self, steps: u64) {
        let levels = levels(&self.state.terms);
        let open = self.state.open_part(self.quest.bounds);
        let (Some((_, open)), Some(last)) = (open, levels.last()) else {
            return;
        };
        let (hottest, coldest) = (HOTTEST * levels[open], COLDEST * last);
        self.cool(&Cooling { hottest, coldest, held: 0, card: 0.0, moves: small_move }, steps);
    }

    /// Cools the schedule at hand until so many steps are done in all; then it is the best.
    pub(super) fn cool(&mut self, cooling: &Cooling, steps: u64) {
        let Cooling { hottest, coldest, .. } = *cooling;
        let mut heat = self.heat(cooling);
        let (all, mut lost) = (steps.saturating_sub(self.steps), 0);
        while self.steps < steps && !self.is_done() && !(self.quest.options.stop)() {
            let left = (steps - self.steps) as f64 / all as f64;
            heat.cool(coldest * libm::pow(hottest / coldest, left), &self.best.0);
            self.state.heat = Some(heat.clone());
            lost = if self.walk(cooling.moves) { 0 } else { lost + 1 };
            heat.weigh_breaches(lost == 0);
            if lost > LOST {
                self.go_back();
                heat.weights[0] = BREACH * heat.temperature;
                lost = 0;
            }
        }
        self.state.heat = None;
        self.keep_best();
        self.go_back();
    }

    fn heat(&self, &Cooling { hottest: temperature, held, card, .. }: &Cooling) -> Heat {
        let mut weights = levels(&self.state.terms);
        if let Some(part) = self.state.terms.part_of(Priority::Preferences) {
            let seats = self.best.1.seats().len().max(1) as f64;
            weights[part] /= (self.best.0[part].abs() as f64 / seats / SHARE_OF_SCORE).max(1.0);
        }
        if let Some(part) = self.state.terms.part_of(Priority::Changes) {
            weights[part] = weights[part].max(card);
        }
        weights[0] = BREACH * temperature;
        Heat { caps: vec![i64::MIN; weights.len()], weights, temperature, held }
    }

    /// Makes some moves; whether all rules were kept after any of them.
    fn walk(&mut self, moves: Moves) -> bool {
        let mut kept = false;
        for _ in 0..MOVES_A_LOOK {
            moves(&mut self.state, &mut self.random);
            kept |= self.state.breaches() == 0;
            self.since_copy += 1;
            if self.since_copy > self.best.1.seats().len() / SEATS_A_MOVE && self.keep_best() {
                self.since_copy = 0;
            }
        }
        self.steps += MOVES_A_LOOK / MOVES_A_STEP;
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::{FROZEN, Heat, LEAST_BREACH};

    /// Two parts beside the breaches, the first eight times the second.
    fn heat(temperature: f64) -> Heat {
        Heat { weights: vec![2.0, 1.0, 0.125], caps: vec![i64::MIN; 3], temperature, held: 0 }
    }

    #[test]
    fn what_is_no_worse_is_kept_whatever_the_chance() {
        assert!(heat(1.0).allows(&[0, 5, 5], &[0, 5, 5], 1.0));
        assert!(heat(1.0).allows(&[0, 5, 5], &[0, 4, 13], 1.0));
        assert!(!heat(1.0).allows(&[0, 5, 5], &[0, 4, 14], 1.0));
    }

    #[test]
    fn what_is_worse_is_kept_as_often_as_the_temperature_says() {
        // e^-1 is the chance at a temperature of 1.
        assert!(heat(1.0).allows(&[0, 5, 5], &[0, 6, 5], 0.367));
        assert!(!heat(1.0).allows(&[0, 5, 5], &[0, 6, 5], 0.369));
        assert!(!heat(0.5).allows(&[0, 5, 5], &[0, 6, 5], 0.367));
    }

    #[test]
    fn what_is_held_becomes_no_worse_whatever_the_chance_and_may_become_better_at_any_cost() {
        let held = Heat { held: 2, ..heat(1_000.0) };
        assert!(!held.allows(&[0, 5, 5], &[0, 6, 0], 0.001));
        assert!(held.allows(&[0, 5, 5], &[0, 4, 900], 1.0));
        assert!(held.allows(&[0, 5, 5], &[0, 5, 900], 0.5));
    }

    #[test]
    fn a_frozen_part_pays_for_no_breach() {
        let mut heat = heat(1.0);
        assert!(heat.allows(&[0, 5, 5], &[1, 2, 5], 1.0));
        heat.cool(0.9 / FROZEN, &[0, 5, 5]);
        assert!(!heat.allows(&[0, 5, 5], &[1, 2, 5], 0.001));
        assert!(heat.allows(&[0, 7, 5], &[0, 5, 5], 1.0));
    }

    #[test]
    fn breaches_weigh_less_after_a_schedule_without_any_and_more_after_others() {
        let mut heat = heat(0.01);
        heat.weigh_breaches(false);
        assert!(heat.weights[0] > 2.0);
        for _ in 0..1_000 {
            heat.weigh_breaches(true);
        }
        assert!((heat.weights[0] - LEAST_BREACH * 0.01).abs() < 1e-9);
    }
}
