//! microlp, asked directly for its bound and with a limit by nodes.

use good_lp::microlp as model;
use microlp::{
    ComparisonOp, Error, OptimizationDirection, Problem, ResumeOptions, Solution, SolveOptions, SolveOutcome,
    TerminationReason, Variable,
};

use crate::domain::Sense;

use super::super::outcome::Answer;
use super::super::sum::{Column, Sum};
use super::{Budget, Run, Spent, Task, formulated};

/// Nodes between two questions whether to stop, at most and at least. After each slice the search jumps to the most
/// promising node, so without a start it must be long enough for a dive to a solution; and a node takes time that grows
/// with the square of the rows, so it must be short when there are many.
fn slice(task: &Task) -> u64 {
    let rows = task.program.rows().len() as u64;
    (600_000_000 / (rows * rows).max(1)).clamp(LEAST_SLICE, 256)
}

const LEAST_SLICE: u64 = 8;

/// The same for a bound: where it jumps more often it takes more nodes in all.
const BOUND_SLICE: u64 = 32;

pub(super) fn search(task: &Task, budget: Budget) -> Run {
    let most = slice(task);
    let first = if task.start.is_some() { LEAST_SLICE } else { most };
    branch(task, budget, [first, most], prune(task))
}

/// For the bound: no node is closed that may promise more.
pub(super) fn bound(task: &Task, budget: Budget) -> Run {
    branch(task, budget, [BOUND_SLICE; 2], SolveOptions::default().tolerances.prune_epsilon)
}

/// Branch and bound in slices of nodes: the first, and the others. See [`prune`] for `prune_epsilon`.
fn branch(task: &Task, budget: Budget, [first, most]: [u64; 2], prune_epsilon: f64) -> Run {
    let model = formulated(task, true, model);
    let columns = handles(task);
    let mut options = SolveOptions::default();
    options.node_limit = Some(affordable(Spent::default(), budget).min(first));
    options.time_limit = budget.time;
    options.tolerances.prune_epsilon = prune_epsilon;
    options.warm_start =
        task.start.map(|start| columns.iter().zip(start).map(|(&column, &value)| (column, value as f64)).collect());
    let mut outcome = model.as_inner().solve_with(options);
    loop {
        match outcome {
            Err(Error::Infeasible) => return Run::Infeasible,
            Err(error) => return Run::Failed(error.to_string()),
            Ok(solved) => {
                let spent = spent(&solved, task);
                let slice = affordable(spent, budget).min(most);
                let paused = solved.termination_reason() == TerminationReason::NodeLimit;
                if !paused || slice == 0 || (budget.stop)() {
                    return answered(&solved, spent, &columns);
                }
                let mut options = ResumeOptions::default();
                options.node_limit = Some(slice);
                options.time_limit = budget.time;
                outcome = solved.resume_with(options);
            }
        }
    }
}

/// How many more nodes the budget allows, when they take as much as those so far.
fn affordable(spent: Spent, budget: Budget) -> u64 {
    let a_node = (spent.work / spent.nodes.max(1)).max(1);
    let by_work = budget.work.saturating_sub(spent.work).div_ceil(a_node);
    by_work.max(budget.nodes.saturating_sub(spent.nodes))
}

fn spent(outcome: &SolveOutcome, task: &Task) -> Spent {
    let stats = outcome.stats();
    let rows = task.program.rows().len() as u64;
    Spent { nodes: stats.nodes_solved.saturating_add(1), work: stats.lp_iterations.saturating_mul(rows) }
}

fn answered(outcome: &SolveOutcome, spent: Spent, columns: &[Variable]) -> Run {
    let values = outcome.solution().map(|solution| columns.iter().map(|&c| solution.var_value_raw(c)).collect());
    Run::Answered(Answer { values, bound: outcome.stats().best_bound }, spent)
}

pub(super) fn relaxation(task: &Task) -> Option<f64> {
    relaxed(task).map(|solution| solution.objective())
}

fn relaxed(task: &Task) -> Option<Solution> {
    formulated(task, false, model).as_inner().solve_with(SolveOptions::default()).ok()?.into_solution().ok()
}

/// A linear relaxation that is solved again for every row that it is to meet.
#[derive(Clone)]
pub(in super::super) struct Relaxation {
    solution: Solution,
    columns: Vec<Variable>,
    /// Those of the program.
    rows: u64,
}

impl Relaxation {
    /// That of a task, solved to its end; `None` when the solver has none.
    pub(in super::super) fn new(task: &Task) -> Option<Self> {
        if task.program.contradictory() || task.program.columns().is_empty() {
            return None;
        }
        Some(Relaxation { solution: relaxed(task)?, columns: handles(task), rows: task.program.rows().len() as u64 })
    }

    /// The same with a row, its sum being at most `high`; `None` when the solver has none.
    pub(in super::super) fn at_most(self, sum: &Sum, high: i64) -> Option<Self> {
        let (sum, constant) = sum.clone().tidied();
        let term = |&(column, factor): &(Column, i64)| (self.columns[column.index()], factor as f64);
        let row: Vec<_> = sum.terms().iter().map(term).collect();
        let bounded = self.solution.add_constraint(row, ComparisonOp::Le, (high - constant) as f64);
        Some(Relaxation { solution: bounded.ok()?.into_solution().ok()?, ..self })
    }

    /// The same with a column that is 0; `None` when the solver has none.
    pub(in super::super) fn without(self, column: Column) -> Option<Self> {
        let fixed = self.solution.fix_var(self.columns[column.index()], 0.0);
        Some(Relaxation { solution: fixed.ok()?.into_solution().ok()?, ..self })
    }

    /// The value of a column.
    pub(in super::super) fn value(&self, column: Column) -> f64 {
        self.solution.var_value_raw(self.columns[column.index()])
    }

    /// The objective, without its constant.
    pub(in super::super) fn objective(&self) -> f64 {
        self.solution.objective()
    }

    /// The work so far, as that of a [`Budget`].
    pub(in super::super) fn work(&self) -> u64 {
        self.solution.stats().lp_iterations.saturating_mul(self.rows)
    }
}

/// microlp's handles are positions that only a problem hands out; those of any problem do.
fn handles(task: &Task) -> Vec<Variable> {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    task.program.columns().iter().map(|_| problem.add_var(0.0, (0.0, 1.0))).collect()
}

/// Objectives step by whole grains, so a node that promises less than one more is as good as closed. microlp takes the
/// slack relative to its best objective, hence the division by the greatest that it could have.
fn prune(task: &Task) -> f64 {
    let size = |sense: Sense| (task.program.extreme(task.objective, sense) - task.objective.constant()).unsigned_abs();
    let largest = size(Sense::Max).max(size(Sense::Min)).max(1);
    0.9 * task.objective.grain() as f64 / largest as f64
}
