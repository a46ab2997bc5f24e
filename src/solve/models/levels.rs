//! Level by level: each part of each priority is optimized with all parts before it held as rows at what they reached.

use crate::domain::{Level, Priority, Sense};

use super::Limits;
use super::outcome::{Outcome, safely};
use super::program::Program;
use super::solver::{self, Budget, Solver, Task};
use super::sum::Sum;

/// One number of a priority's value.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Which way is better.
    pub(super) sense: Sense,
    /// What is optimized.
    pub(super) objective: Sum,
    /// Whether the objective is the total of this part's value and those of the parts before it in its priority.
    pub(super) running: bool,
}

/// A program whose priorities are added one after the other.
pub(super) trait Model {
    /// The program.
    fn program(&self) -> &Program;
    /// The program, to hold what was reached.
    fn program_mut(&mut self) -> &mut Program;
    /// Adds what the priority needs; gives the parts of its value.
    fn parts(&mut self, priority: Priority) -> Vec<Part>;
}

/// What came of a climb.
pub(super) enum Climbed {
    /// The best decisions found and how good they are.
    Solved(Summit),
    /// The rules contradict each other.
    Impossible,
    /// Nothing was found, and why if the solver failed.
    NoneFound(Option<String>),
}

/// The best decisions found.
pub(super) struct Summit {
    /// The point in the model's program.
    pub(super) point: Vec<i64>,
    /// Each priority's value and bound.
    pub(super) levels: Vec<Level>,
    /// Nodes of branch and bound.
    pub(super) steps: u64,
    /// What the solver failed at, if it did; the level then has the bound that the columns give.
    pub(super) fault: Option<String>,
}

impl Part {
    /// A part whose value is its objective.
    pub(super) fn of(sense: Sense, objective: Sum) -> Part {
        Part { sense, objective, running: false }
    }

    /// What no schedule passes, from the columns alone: nothing that is to be small is ever counted below 0.
    pub(super) fn extreme(&self, program: &Program) -> i64 {
        let extreme = program.extreme(&self.objective, self.sense);
        if self.sense == Sense::Min { extreme.max(0) } else { extreme }
    }

    /// Holds the objective at a value that was reached, or better.
    pub(super) fn hold(&self, program: &mut Program, value: i64) {
        match self.sense {
            Sense::Max => program.at_least(self.objective.clone(), value),
            Sense::Min => program.at_most(self.objective.clone(), value),
        }
    }

    /// Whether a value is better than what is said to be its bound.
    pub(super) fn passes(&self, value: i64, bound: i64) -> bool {
        self.sense.upwards(value) > self.sense.upwards(bound)
    }

    /// The tighter of two bounds.
    pub(super) fn tighter(&self, a: i64, b: i64) -> i64 {
        match self.sense {
            Sense::Max => a.min(b),
            Sense::Min => a.max(b),
        }
    }
}

/// A priority with its parts and the bounds of their values.
pub(super) struct Rung {
    /// The priority.
    pub(super) priority: Priority,
    /// Each part with the bound of its value.
    pub(super) parts: Vec<(Part, i64)>,
}

impl Rung {
    /// The level at a point.
    pub(super) fn level(&self, point: &[i64]) -> Level {
        let objectives: Vec<_> = self.parts.iter().map(|(part, _)| part.objective.value(point)).collect();
        let before = |i: usize| if i > 0 && self.parts[i].0.running { objectives[i - 1] } else { 0 };
        let value = objectives.iter().enumerate().map(|(i, objective)| objective - before(i)).collect();
        Level::new(self.priority, value, Some(self.parts.iter().map(|&(_, bound)| bound).collect()))
    }
}

struct Climber<'a, M> {
    model: M,
    limits: &'a Limits<'a>,
    decisions: Option<Vec<i64>>,
    steps: u64,
    /// See [`Limits::work`].
    work: u64,
    fault: Option<String>,
}

/// Climbs the priorities of `order` from the decisions of `start`, which are forgotten if they break a rule. The point
/// is never lexicographically worse than the start.
pub(super) fn climb<M: Model>(model: &mut M, order: &[Priority], start: Option<Vec<i64>>, limits: &Limits) -> Climbed {
    let start = start.filter(|start| model.program().admits(&model.program().point(start)));
    let mut climber = Climber { model, limits, decisions: start, steps: 0, work: limits.work, fault: None };
    let mut rungs = Vec::new();
    for &priority in order {
        let mut rung = Rung { priority, parts: Vec::new() };
        let mut total = 0;
        for part in climber.model.parts(priority) {
            let Ok(bound) = climber.optimize(priority, &part) else {
                return Climbed::Impossible;
            };
            let Some(value) = climber.value(&part) else {
                return Climbed::NoneFound(climber.fault);
            };
            part.hold(climber.model.program_mut(), value);
            let before = if part.running { std::mem::replace(&mut total, value) } else { 0 };
            rung.parts.push((part, bound - before));
        }
        rungs.push(rung);
    }
    // No part may have asked for a point, when nobody wants a seat.
    if climber.decisions.is_none() && climber.optimize(Priority::Seats, &Part::of(Sense::Max, Sum::default())).is_err()
    {
        return Climbed::Impossible;
    }
    climber.summit(rungs)
}

/// The rules contradict each other.
struct Contradiction;

impl<M: Model> Climber<'_, &mut M> {
    fn point(&self) -> Option<Vec<i64>> {
        self.decisions.as_ref().map(|decisions| self.model.program().point(decisions))
    }

    fn value(&self, part: &Part) -> Option<i64> {
        self.point().map(|point| part.objective.value(&point))
    }

    /// Takes better decisions if there are any; gives the bound of the objective.
    fn optimize(&mut self, priority: Priority, part: &Part) -> Result<i64, Contradiction> {
        let program = self.model.program();
        let extreme = part.extreme(program);
        let start = self.point();
        let reached = start.as_ref().map(|point| part.objective.value(point));
        if reached == Some(extreme) || (self.limits.stop)() {
            return Ok(extreme);
        }
        let task = Task { program, objective: &part.objective, sense: part.sense, start: start.as_deref() };
        let limits = self.limits;
        let (nodes, work) = (limits.nodes, self.work / 2);
        let budget = Budget { nodes, work, time: (limits.time)(priority), stop: limits.stop };
        let (outcome, spent) = solver::solve(self.limits.solver, &task, budget);
        self.steps += spent.nodes;
        self.work = self.work.saturating_sub(spent.work);
        let (point, bound) = match outcome {
            Outcome::Optimal(point) => (Some(point.clone()), Some(part.objective.value(&point))),
            Outcome::Feasible(point, bound) => (Some(point), bound),
            Outcome::Stopped(bound) => (None, bound),
            Outcome::Infeasible if start.is_none() => return Err(Contradiction),
            Outcome::Infeasible => {
                self.fault.get_or_insert_with(|| "the solver denied a point that meets every row".into());
                (None, None)
            }
            Outcome::Fault(message) => {
                self.fault.get_or_insert(message);
                (None, None)
            }
        };
        // A bound that the point in hand passes is none.
        let holds = |bound: &i64| reached.is_none_or(|value| !part.passes(value, *bound));
        let bound = bound.filter(holds).map_or(extreme, |bound| part.tighter(bound, extreme));
        let upwards = |point: &Vec<i64>| part.sense.upwards(part.objective.value(point));
        if let Some(point) = point.filter(|new| start.as_ref().is_none_or(|old| upwards(new) > upwards(old))) {
            self.decisions = Some(point);
        }
        Ok(bound)
    }

    fn summit(self, rungs: Vec<Rung>) -> Climbed {
        let Some(point) = self.point() else {
            return Climbed::NoneFound(self.fault);
        };
        let levels = rungs.iter().map(|rung| rung.level(&point)).collect();
        Climbed::Solved(Summit { point, levels, steps: self.steps, fault: self.fault })
    }
}

/// For each priority of `order` the bounds of its parts with all parts before held at `reached` (for each priority its
/// value). `bound` gives the bound of a part and what was reached in it; where it knows none, it is what the columns
/// give.
pub(super) fn bounds<M: Model>(
    model: &mut M,
    order: &[Priority],
    reached: &[Vec<i64>],
    mut bound: impl FnMut(&M, (Priority, usize), &Part, i64) -> Option<i64>,
) -> Vec<Vec<i64>> {
    let mut bounds = Vec::new();
    for (&priority, values) in order.iter().zip(reached) {
        let mut total = 0;
        let mut of_level = Vec::new();
        for ((i, part), &value) in model.parts(priority).iter().enumerate().zip(values) {
            let before = if part.running { total } else { 0 };
            total = before + value;
            let extreme = part.extreme(model.program());
            let own = if total == extreme { None } else { bound(model, (priority, i), part, total) };
            // A bound that what was reached passes is none.
            let own = own.filter(|&own| !part.passes(total, own));
            of_level.push(own.map_or(extreme, |own| part.tighter(own, extreme)) - before);
            part.hold(model.program_mut(), total);
        }
        bounds.push(of_level);
    }
    bounds
}

/// The same where the linear relaxation gives the bounds, rounded safely; none after `stop`.
pub(super) fn relax<M: Model>(
    model: &mut M,
    order: &[Priority],
    reached: &[Vec<i64>],
    solver: Solver,
    stop: &dyn Fn() -> bool,
) -> Vec<Vec<i64>> {
    bounds(model, order, reached, |model, _, part, _| {
        let task = Task { program: model.program(), objective: &part.objective, sense: part.sense, start: None };
        let bound = if stop() { None } else { solver::relaxation(solver, &task) };
        bound.and_then(|bound| safely(bound, &part.objective, part.sense))
    })
}
