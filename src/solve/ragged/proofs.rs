//! What is proven of an event: the bounds of the pair model, of the rounds model, of the aggregated model, and of the
//! Lagrangian.

use super::super::bounds::{bound, tighter};
use super::super::flow::{Demand, Part, is_modelled, nearest, parts_of};
use super::super::missed::levels;
use super::super::models::{Levels, Limits, Solver, aggregated_bound, columns_of_aggregated};
use super::super::values::values;
use super::super::{Options, lagrangian};
use crate::domain::{Level, Priority, Schedule};
use crate::pairs::Pairs;

/// Looks of the Lagrangian that a step of search stands for, and the most of them: a second or two.
const LOOKS_A_STEP: u64 = 1_500;
const MOST_LOOKS: u64 = 300_000_000;

/// Most passes of the Lagrangian.
const MOST_PASSES: u64 = 20_000;

/// The most columns of an aggregated model that is solved, and the work of branch and bound that a step of search
/// stands for there, see [`Limits::work`].
const MOST_COLUMNS: usize = 6_000;
const WORK_A_STEP: u64 = 12;

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
    /// For which values of the levels above, and of parts that are met, the aggregated model was asked.
    asked: Vec<Vec<Vec<i64>>>,
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
            bounds.push((priority, bound));
        }
        Some(Proofs {
            pairs,
            every_round,
            options,
            best,
            bounds,
            of_others: Vec::new(),
            asked: Vec::new(),
            solvers: Vec::new(),
        })
    }

    /// Adds what a model proves.
    pub(super) fn add(&mut self, model: &Levels) {
        self.learn(&model.schedule, model.levels.clone(), model.solver);
    }

    /// Adds that no other schedule is as good: it is the best in whatever comes after.
    pub(super) fn add_only(&mut self, schedule: &Schedule) {
        let level = |(priority, value): (Priority, Vec<i64>)| Level::new(priority, value.clone(), Some(value));
        self.learn(schedule, self.values(schedule).into_iter().map(level).collect(), Solver::Microlp);
    }

    /// Adds what a solver proves of the levels of a schedule.
    fn learn(&mut self, schedule: &Schedule, levels: Vec<Level>, solver: Solver) {
        self.of_others.push(levels);
        self.solvers.push(solver);
        self.renew(schedule);
    }

    /// All bounds are those of a schedule then: below a value that is proven but no bound of the pair model, the pair
    /// model's hold no longer.
    pub(super) fn renew(&mut self, schedule: &Schedule) {
        if let Some((levels, _)) = self.levels(schedule) {
            self.bounds = levels.into_iter().filter_map(|level| Some((level.priority, level.bound?))).collect();
        }
    }

    /// Adds a closer bound on the first level that a schedule does not meet; the steps that it took.
    pub(super) fn relax(&mut self, schedule: &Schedule, steps: u64) -> u64 {
        let levels = self.values(schedule).into_iter().zip(&self.bounds);
        let mut levels: Vec<Level> = levels
            .map_while(|((priority, value), (of, bound))| {
                (priority == *of).then(|| Level::new(priority, value, Some(bound.clone())))
            })
            .collect();
        let met = levels.iter().take_while(|level| level.proven).count();
        levels.truncate(met + 1);
        let Some((level, steps)) = self.closer(&levels, steps) else { return 0 };
        self.bounds.splice(met..=met, level.bound.clone().map(|bound| (level.priority, bound)));
        levels.truncate(met);
        levels.push(level);
        self.of_others.push(levels);
        if self.bounds.iter().skip(met + 1).any(|(priority, _)| is_modelled(*priority)) {
            self.renew(schedule);
        }
        steps
    }

    /// The levels of a schedule with the tightest bounds that are known, and the steps that the flow took; `None` when
    /// there is no schedule.
    pub(super) fn levels(&self, schedule: &Schedule) -> Option<(Vec<Level>, u64)> {
        let values = self.values(schedule);
        let (pairs, every_round) = (self.pairs, self.every_round);
        let (mut levels, steps) = levels(pairs, every_round, &values, Some(&self.best), self.options.stop)?;
        for other in &self.of_others {
            let same = other.iter().zip(&values).take_while(|(level, value)| level.value == value.1).count();
            // A bound holds for the values above it, so for the first level that differs, too.
            for (level, other) in levels.iter_mut().zip(other).take(same + 1) {
                *level = tighter(self.pairs.event(), level.clone(), other);
            }
        }
        Some((levels, steps))
    }

    /// The levels as [`levels`](Self::levels) has them, with closer bounds on those that are open.
    pub(super) fn all_levels(&mut self, schedule: &Schedule) -> Option<(Vec<Level>, u64)> {
        let (mut levels, mut steps) = self.levels(schedule)?;
        for at in 0..levels.len() {
            if let Some((closer, more)) = self.closer(&levels[..=at], self.options.steps) {
                levels[at] = closer;
                steps += more;
            }
        }
        Some((levels, steps))
    }

    /// The last of these levels with a closer bound, where it is open, and the steps that it took: the first that is,
    /// by the aggregated model where that is small enough, and `preferences` by the Lagrangian.
    fn closer(&mut self, levels: &[Level], steps: u64) -> Option<(Level, u64)> {
        let last = levels.last().filter(|level| !level.proven && !(self.options.stop)())?;
        let event = self.pairs.event();
        let is_first = levels.iter().filter(|level| !level.proven).count() == 1;
        let (bound, steps) = match columns_of_aggregated(event) <= MOST_COLUMNS {
            true if is_first && is_modelled(last.priority) => self.aggregated(levels)?,
            _ if last.priority == Priority::Preferences => self.lagrangian(levels, steps)?,
            _ => return None,
        };
        Some((tighter(event, Level::new(last.priority, last.value.clone(), Some(bound)), last), steps))
    }

    /// The aggregated model's bound on the last of these levels, unless that was looked for before. It takes a quarter
    /// of a time limit at most.
    fn aggregated(&mut self, levels: &[Level]) -> Option<(Vec<i64>, u64)> {
        let (last, above) = levels.split_last()?;
        let met = last.bound.iter().flatten().zip(&last.value).take_while(|(bound, value)| bound == value);
        let held: Vec<Vec<i64>> =
            above.iter().map(|level| level.value.clone()).chain([met.map(|(bound, _)| *bound).collect()]).collect();
        if self.asked.contains(&held) {
            return None;
        }
        self.asked.push(held);
        let Options { steps, stop, left, .. } = *self.options;
        let others = left().map(|left| left * 3 / 4);
        let stop = || stop() || others.is_some_and(|others| left().is_some_and(|left| left < others));
        let work = steps.saturating_mul(WORK_A_STEP);
        let limits = Limits { solver: Solver::Microlp, nodes: 1, work, time: &|_| left(), stop: &stop };
        let found = aggregated_bound(self.pairs, self.every_round, levels, &limits)?;
        self.solvers.push(Solver::Microlp);
        Some(found)
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

    /// The Lagrangian's bound on the last of these levels, which is `preferences`.
    fn lagrangian(&self, levels: &[Level], steps: u64) -> Option<(Vec<i64>, u64)> {
        let (last, above) = levels.split_last()?;
        let above: Vec<_> = above.iter().map(|level| (level.priority, level.value.clone())).collect();
        let looks = steps.saturating_mul(LOOKS_A_STEP).min(MOST_LOOKS);
        let limits = lagrangian::Limits { looks, passes: MOST_PASSES, stop: self.options.stop };
        let (pairs, every_round, reached) = (self.pairs, self.every_round, *last.value.first()?);
        let question = lagrangian::Question { pairs, every_round, above: &above, reached };
        lagrangian::bound(&question, &limits).map(|found| (vec![found.value], found.passes))
    }
}
