//! What is proven of an event: the bounds of the pair model, of the rounds model, and of the Lagrangian.

use super::super::bounds::{bound, tighter};
use super::super::flow::{Demand, Part, nearest, parts_of};
use super::super::missed::levels;
use super::super::models::{Levels, Solver};
use super::super::values::values;
use super::super::{Options, lagrangian};
use crate::domain::{Level, Priority, Schedule};
use crate::pairs::Pairs;

/// Looks of the Lagrangian that a step of search stands for, and the most of them: a second or two.
const LOOKS_A_STEP: u64 = 1_500;
const MOST_LOOKS: u64 = 300_000_000;

/// Most passes of the Lagrangian.
const MOST_PASSES: u64 = 20_000;

/// What is proven so far.
pub(super) struct Proofs<'a> {
    pairs: &'a Pairs<'a>,
    every_round: bool,
    options: &'a Options<'a>,
    /// The values of the best pairing in all parts that the pair model knows; none when it was stopped.
    best: Vec<i64>,
    /// By priority, what no schedule can do better than when those above are met.
    pub(super) bounds: Vec<(Priority, Vec<i64>)>,
    /// The levels of schedules with bounds that hold for the values above them.
    of_others: Vec<Vec<Level>>,
    /// Who solved models.
    solvers: Vec<Solver>,
}

impl<'a> Proofs<'a> {
    /// What the pair model proves; `None` when there is no schedule.
    pub(super) fn new(pairs: &'a Pairs<'a>, every_round: bool, options: &'a Options<'a>) -> Option<Self> {
        let event = pairs.event();
        let parts: Vec<Part> = parts_of(event, event.order.iter().copied());
        let pairing = nearest(&Demand { pairs, parts: &parts, every_round, standing: None }, options.stop);
        let best = match (options.stop)() {
            true => Vec::new(),
            false if pairing.unmet > 0 => return None,
            false => pairing.values,
        };
        let (mut left, mut bounds) = (best.iter().copied(), Vec::new());
        for &priority in &event.order {
            let bound = bound(pairs, every_round, &bounds, priority, &mut left);
            bounds.extend(bound.map(|bound| (priority, bound)));
        }
        Some(Proofs { pairs, every_round, options, best, bounds, of_others: Vec::new(), solvers: Vec::new() })
    }

    /// Adds what a model proves. All bounds are those of its schedule then: below a value that is proven but no bound
    /// of the pair model, the pair model's hold no longer.
    pub(super) fn add(&mut self, model: &Levels) {
        self.of_others.push(model.levels.clone());
        self.solvers.push(model.solver);
        if let Some((levels, _)) = self.levels(&model.schedule) {
            self.bounds = levels.into_iter().filter_map(|level| Some((level.priority, level.bound?))).collect();
        }
    }

    /// Adds the Lagrangian's bound on `preferences`, where a schedule meets those above; the steps that it took.
    pub(super) fn relax(&mut self, schedule: &Schedule, steps: u64) -> u64 {
        let values = self.values(schedule);
        let met = self.bounds.iter().zip(&values).take_while(|(bound, value)| bound == value).count();
        let is_next = |(priority, _): &(Priority, Vec<i64>)| *priority == Priority::Preferences;
        let found =
            self.bounds.get(met).filter(|bound| is_next(bound)).and_then(|_| self.lagrangian(&values, met, steps));
        let (Some(found), Some((_, bound))) = (found, self.bounds.get_mut(met)) else { return 0 };
        bound.iter_mut().for_each(|bound| *bound = found.value.min(*bound));
        let levels = values.into_iter().zip(&self.bounds).take(met + 1);
        let with_bounds =
            levels.map(|((priority, value), (_, bound))| Level::new(priority, value, Some(bound.clone())));
        self.of_others.push(with_bounds.collect());
        found.passes
    }

    /// The levels of a schedule with the tightest bounds that are known, and the steps that the flow took; `None` when
    /// there is no schedule.
    pub(super) fn levels(&self, schedule: &Schedule) -> Option<(Vec<Level>, u64)> {
        let values = self.values(schedule);
        let hurry = (self.options.stop)();
        let (mut levels, steps) = levels(self.pairs, self.every_round, &values, Some(&self.best), hurry)?;
        for other in &self.of_others {
            let same = other.iter().zip(&values).take_while(|(level, value)| level.value == value.1).count();
            // A bound holds for the values above it, so for the first level that differs, too.
            for (level, other) in levels.iter_mut().zip(other).take(same + 1) {
                *level = tighter(self.pairs.event(), level.clone(), other);
            }
        }
        Some((levels, steps))
    }

    /// The levels as [`levels`](Self::levels) has them, and the Lagrangian's bound on `preferences` where that is open.
    pub(super) fn all_levels(&self, schedule: &Schedule) -> Option<(Vec<Level>, u64)> {
        let (mut levels, steps) = self.levels(schedule)?;
        let values = self.values(schedule);
        let at = levels.iter().position(|level| level.priority == Priority::Preferences && !level.proven);
        let Some((at, found)) = at.and_then(|at| Some((at, self.lagrangian(&values, at, self.options.steps)?))) else {
            return Some((levels, steps));
        };
        let other = Level::new(Priority::Preferences, levels[at].value.clone(), Some(vec![found.value]));
        levels[at] = tighter(self.pairs.event(), other, &levels[at]);
        Some((levels, steps + found.passes))
    }

    /// The names of the solvers that had a part in it.
    pub(super) fn solvers(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.solvers.iter().map(|solver| solver.name()).collect();
        names.sort_unstable_by(|a, b| b.cmp(a));
        names.dedup();
        names
    }

    fn values(&self, schedule: &Schedule) -> Vec<(Priority, Vec<i64>)> {
        values(self.pairs, schedule, self.options.standing)
    }

    /// The Lagrangian's bound on the value at position `at`, which is that of `preferences`.
    fn lagrangian(&self, values: &[(Priority, Vec<i64>)], at: usize, steps: u64) -> Option<lagrangian::Bound> {
        let looks = steps.saturating_mul(LOOKS_A_STEP).min(MOST_LOOKS);
        let limits = lagrangian::Limits { looks, passes: MOST_PASSES, stop: self.options.stop };
        let (pairs, every_round, above) = (self.pairs, self.every_round, &values[..at]);
        let reached = *values[at].1.first()?;
        lagrangian::bound(&lagrangian::Question { pairs, every_round, above, reached }, &limits)
    }
}
