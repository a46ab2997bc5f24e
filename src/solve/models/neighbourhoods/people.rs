//! Neighbourhoods in which some people may be seated anew in some rounds, which microlp solves.
//!
//! Their size follows what the solver manages: it grows while neighbourhoods are solved in vain, and shrinks when one
//! is not solved within its share of the work.

mod scopes;

use std::thread;

use crate::domain::{Level, RoundIx, Schedule};
use crate::solve::random::Random;

use super::super::levels::Part;
use super::super::outcome::Outcome;
use super::super::program::Reduced;
use super::super::solver::{self, Budget, Solver, Spent, Task};
use super::super::{Levels, Question};
use super::{AT_ONCE, Position, better, joined};
use scopes::Freed;

/// Seats that are free at first, and at least.
const FIRST_SIZE: f64 = 40.0;
const LEAST_SIZE: f64 = 10.0;

/// How much larger neighbourhoods get after one that was solved in vain, in a few nodes or in more, and after one that
/// was not solved.
const MUCH_LARGER: f64 = 1.5;
const EASY: u64 = 5;
const LARGER: f64 = 1.15;
const SMALLER: f64 = 0.75;

/// A part of a priority is left after so many looks in vain.
const PATIENCE: usize = 8;

/// The most work of one neighbourhood.
const MOST_WORK: u64 = 3_000_000;

/// How much is tried, and who may stop it.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Work in all: iterations of microlp's simplex times rows. Each part of a priority's value may take half of what
    /// is left.
    pub work: u64,
    /// Seed of the order in which neighbourhoods come.
    pub seed: u64,
    /// Asked between neighbourhoods: whether to stop and keep the best so far.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// What came of a look at a neighbourhood.
struct Look {
    /// A better point of the whole model, if there is one.
    point: Option<Vec<i64>>,
    solved: bool,
    spent: Spent,
}

struct Climber<'a> {
    effort: &'a Effort<'a>,
    random: Random,
    size: f64,
    /// Nodes so far.
    nodes: u64,
    /// Work that is left.
    work: u64,
}

/// Betters a schedule priority by priority. `known` are its levels with bounds that hold. The schedule is never
/// lexicographically worse than `start`; `None` when that breaks a rule.
pub fn better_people(question: &Question, start: &Schedule, known: &[Level], effort: &Effort) -> Option<Levels> {
    let random = Random::new(effort.seed);
    let mut climber = Climber { effort, random, size: FIRST_SIZE, nodes: 0, work: effort.work };
    let levels =
        better(question, start, known, Solver::Microlp, |position, part, bound| climber.climb(position, part, bound))?;
    Some(Levels { steps: climber.nodes, ..levels })
}

impl Climber<'_> {
    /// Betters the position until the bound is met, half of the work is done or nothing comes of it; gives the bound.
    fn climb(&mut self, position: &mut Position, part: &Part, bound: i64) -> i64 {
        let (until, mut vain) = (self.work / 2, 0);
        while position.value(part) != bound && vain < PATIENCE && self.work > until && !(self.effort.stop)() {
            let freed = self.freed(position);
            let is_whole = freed.len() < AT_ONCE;
            let (mut better, mut proven) = (false, false);
            for look in self.look(position, part, &freed) {
                self.nodes += look.spent.nodes;
                self.work = self.work.saturating_sub(look.spent.work);
                proven |= is_whole && look.solved;
                self.learn(&look);
                better |= look.point.is_some_and(|point| position.take(part, point));
            }
            if proven {
                return position.value(part);
            }
            vain = if better { 0 } else { vain + 1 };
        }
        bound
    }

    fn learn(&mut self, look: &Look) {
        let factor = match look.solved {
            true if look.point.is_some() => 1.0,
            true if look.spent.nodes <= EASY => MUCH_LARGER,
            true => LARGER,
            false => SMALLER,
        };
        self.size = (self.size * factor).max(LEAST_SIZE);
    }

    /// Looks at neighbourhoods side by side.
    fn look(&self, position: &Position, part: &Part, freed: &[Freed]) -> Vec<Look> {
        let (point, stop) = (&position.point(), self.effort.stop);
        let look = |freed| look(position, part, point, freed, stop);
        thread::scope(|scope| {
            let running: Vec<_> = freed.iter().map(|freed| scope.spawn(move || look(freed))).collect();
            running.into_iter().map(joined).collect()
        })
    }

    /// Neighbourhoods by chance; a single one when they are so large that everybody is seated anew.
    fn freed(&mut self, position: &Position) -> Vec<Freed> {
        let event = position.model.event;
        let rounds: Vec<RoundIx> = event.round_ixs().filter(|&r| !event.frozen.rounds.contains(r)).collect();
        let all: Freed = event.mentee_ixs().flat_map(|m| rounds.iter().map(move |&r| (m, r))).collect();
        self.size = self.size.min(all.len() as f64);
        let size = self.size as usize;
        if size == all.len() {
            return vec![all];
        }
        let schedule = position.model.schedule(&position.decisions);
        (0..AT_ONCE).map(|_| scopes::some(event, &schedule, &rounds, size, &mut self.random)).collect()
    }
}

fn look(position: &Position, part: &Part, point: &[i64], freed: &Freed, stop: &dyn Fn() -> bool) -> Look {
    let model = &position.model;
    let is_free = |decision| {
        let seat = model.seat(decision);
        freed.contains(&(seat.mentee, seat.round))
    };
    let reduced = Reduced::new(&model.program, point, is_free);
    let (objective, start) = (reduced.sum(&part.objective), reduced.within(point));
    let task = Task { program: &reduced.program, objective: &objective, sense: part.sense, start: Some(&start) };
    let budget = Budget { nodes: 1, work: MOST_WORK, time: None, stop };
    let (outcome, spent) = solver::solve(Solver::Microlp, &task, budget);
    let solved = matches!(outcome, Outcome::Optimal(_));
    let value = |point: &Vec<i64>| part.sense.upwards(objective.value(point));
    let point = match outcome {
        Outcome::Optimal(point) | Outcome::Feasible(point, _) if value(&point) > value(&start) => {
            Some(reduced.whole(&point))
        }
        _ => None,
    };
    Look { point, solved, spent }
}
