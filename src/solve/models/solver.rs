//! The one place that knows good_lp and the solvers behind it.
//!
//! good_lp writes the program down for each solver; solving goes through the solver's own interface, because good_lp
//! hides bounds and limits by nodes, and calls every limit a time limit. Objective constants, which good_lp drops,
//! never reach it. No limit is by the clock unless the caller asks for one,
//! so that the same question gets the same answer.

#[cfg(feature = "highs")]
mod highs;
mod microlp;

use std::time::Duration;

use good_lp::constraint::{eq, geq, leq};
use good_lp::{Expression, ProblemVariables, SolverModel, Variable, variable};

use crate::domain::Sense;

use super::outcome::{Answer, Outcome, safely};
use super::program::Program;
use super::sum::Sum;

pub(super) use microlp::Relaxation;

/// A solver of integer programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solver {
    /// Pure Rust; always there.
    Microlp,
    /// The strong one, with feature `highs`.
    #[cfg(feature = "highs")]
    Highs,
}

impl Solver {
    /// The strongest solver that this program was built with.
    pub fn strongest() -> Self {
        #[cfg(feature = "highs")]
        return Solver::Highs;
        #[cfg(not(feature = "highs"))]
        Solver::Microlp
    }

    /// Its name and version.
    pub fn name(self) -> &'static str {
        match self {
            Solver::Microlp => "microlp 0.6",
            #[cfg(feature = "highs")]
            Solver::Highs => "HiGHS 1.15",
        }
    }
}

/// A program to be solved for an objective.
pub(super) struct Task<'a> {
    /// The program.
    pub(super) program: &'a Program,
    /// What is to be large or small.
    pub(super) objective: &'a Sum,
    /// Which of the two.
    pub(super) sense: Sense,
    /// A point to start from, if there is one; it meets every row.
    pub(super) start: Option<&'a [i64]>,
}

/// When a solver gives up.
#[derive(Clone, Copy)]
pub(super) struct Budget<'a> {
    /// Nodes of branch and bound that it may take in any case.
    pub(super) nodes: u64,
    /// Work that it may take beyond them, see [`Spent`]; HiGHS takes none.
    pub(super) work: u64,
    /// How long it may take at most.
    pub(super) time: Option<Duration>,
    /// Asked now and then: whether to stop.
    pub(super) stop: &'a dyn Fn() -> bool,
}

/// What an answer took.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    /// Nodes of branch and bound, the root among them.
    pub(super) nodes: u64,
    /// Iterations of microlp's simplex times rows, which its time goes with: ten million take about a second.
    pub(super) work: u64,
}

/// How an answer came about.
enum Run {
    /// With an answer.
    Answered(Answer, Spent),
    /// There is no point.
    Infeasible,
    /// The solver failed.
    Failed(String),
}

/// Solves the program; gives the outcome and what it took.
pub(super) fn solve(solver: Solver, task: &Task, budget: Budget) -> (Outcome, Spent) {
    let run = match solver {
        _ if task.program.contradictory() => Run::Infeasible,
        _ if task.program.columns().is_empty() => {
            Run::Answered(Answer { values: Some(Vec::new()), bound: Some(0.0) }, Spent::default())
        }
        Solver::Microlp => microlp::search(task, budget),
        #[cfg(feature = "highs")]
        Solver::Highs => highs::search(task, budget),
    };
    amounted(run, task)
}

/// Solves a small program that has a point by HiGHS's branch and bound alone; gives the same as [`solve`].
#[cfg(feature = "highs")]
pub(super) fn neighbourhood(task: &Task, budget: Budget) -> (Outcome, Spent) {
    amounted(highs::branch(task, budget), task)
}

fn amounted(run: Run, task: &Task) -> (Outcome, Spent) {
    let root = Spent { nodes: 1, work: 0 };
    match run {
        Run::Answered(answer, spent) => (Outcome::of(answer, task.program, task.objective, task.sense), spent),
        Run::Infeasible => (Outcome::Infeasible, root),
        Run::Failed(message) => (Outcome::Fault(message), root),
    }
}

/// The bound that the linear relaxation gives, in floating point and without the objective's constant; `None` when
/// the solver has none.
pub(super) fn relaxation(solver: Solver, task: &Task) -> Option<f64> {
    match solver {
        _ if task.program.contradictory() || task.program.columns().is_empty() => None,
        Solver::Microlp => microlp::relaxation(task),
        #[cfg(feature = "highs")]
        Solver::Highs => highs::relaxation(task),
    }
}

/// The bound that microlp's branch and bound proves, which is all that there is to know of a program whose decisions
/// need not be integers; `None` when it has none. With what it took.
pub(super) fn bound(task: &Task, budget: Budget) -> (Option<i64>, Spent) {
    let run = match task.program.contradictory() || task.program.columns().is_empty() {
        true => Run::Infeasible,
        false => microlp::bound(task, budget),
    };
    match run {
        Run::Answered(answer, spent) => {
            (answer.bound.and_then(|bound| safely(bound, task.objective, task.sense)), spent)
        }
        Run::Infeasible | Run::Failed(_) => (None, Spent { nodes: 1, work: 0 }),
    }
}

/// The program as a solver's model; `integral` says whether columns are told to be integers at all.
fn formulated<S: good_lp::Solver>(task: &Task, integral: bool, solver: S) -> S::Model {
    let mut variables = ProblemVariables::new();
    let columns: Vec<Variable> = (task.program.columns().iter())
        .map(|bounds| {
            let variable = variable().clamp(bounds.low as f64, bounds.high as f64);
            variables.add(if integral && bounds.integral { variable.integer() } else { variable })
        })
        .collect();
    let objective = expression(task.objective, &columns);
    let problem = match task.sense {
        Sense::Max => variables.maximise(objective),
        Sense::Min => variables.minimise(objective),
    };
    let mut model = problem.using(solver);
    for row in task.program.rows() {
        let sum = expression(&row.sum, &columns);
        match (row.low, row.high) {
            (Some(low), Some(high)) if low == high => {
                model.add_constraint(eq(sum, low as f64));
            }
            (low, high) => {
                if let Some(low) = low {
                    model.add_constraint(geq(sum.clone(), low as f64));
                }
                if let Some(high) = high {
                    model.add_constraint(leq(sum, high as f64));
                }
            }
        }
    }
    model
}

fn expression(sum: &Sum, columns: &[Variable]) -> Expression {
    let mut expression = Expression::with_capacity(sum.terms().len());
    for &(column, factor) in sum.terms() {
        expression.add_mul(factor as f64, columns[column.index()]);
    }
    expression
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_versions_are_those_of_the_lock_file() {
        let lock = include_str!("../../../Cargo.lock");
        assert!(lock.contains("name = \"microlp\"\nversion = \"0.6."), "update `Solver::name`");
        assert!(lock.contains("name = \"highs-sys\"\nversion = \"1.15."), "update `Solver::name`");
    }
}
