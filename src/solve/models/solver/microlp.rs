//! microlp, asked directly for its bound and with a limit by nodes.

use good_lp::microlp as model;
use microlp::{
    Error, OptimizationDirection, Problem, ResumeOptions, SolveOptions, SolveOutcome, TerminationReason, Variable,
};

use crate::domain::Sense;

use super::super::outcome::Answer;
use super::{Budget, Run, Task, formulated};

/// Nodes between two questions whether to stop. After each slice the search jumps to the most promising node, so it
/// must be long enough for a dive to a solution; and a node takes time that grows with the square of the rows, so it
/// must be short when there are many.
fn slice(task: &Task) -> u64 {
    let rows = task.program.rows().len() as u64;
    (600_000_000 / (rows * rows).max(1)).clamp(8, 256)
}

pub(super) fn search(task: &Task, budget: Budget) -> Run {
    let model = formulated(task, true, model);
    let columns = handles(task);
    let mut left = budget.nodes;
    let most = slice(task);
    let mut slice = left.min(most);
    let mut options = SolveOptions::default();
    options.node_limit = Some(slice);
    options.time_limit = budget.time;
    options.tolerances.prune_epsilon = prune(task);
    options.warm_start =
        task.start.map(|start| columns.iter().zip(start).map(|(&column, &value)| (column, value as f64)).collect());
    let mut outcome = model.as_inner().solve_with(options);
    loop {
        match outcome {
            Err(Error::Infeasible) => return Run::Infeasible,
            Err(error) => return Run::Failed(error.to_string()),
            Ok(solved) => {
                left -= slice;
                slice = left.min(most);
                let paused = solved.termination_reason() == TerminationReason::NodeLimit;
                if !paused || slice == 0 || (budget.stop)() {
                    return answered(&solved, &columns);
                }
                let mut options = ResumeOptions::default();
                options.node_limit = Some(slice);
                options.time_limit = budget.time;
                outcome = solved.resume_with(options);
            }
        }
    }
}

fn answered(outcome: &SolveOutcome, columns: &[Variable]) -> Run {
    let stats = outcome.stats();
    let values = outcome.solution().map(|solution| columns.iter().map(|&c| solution.var_value_raw(c)).collect());
    Run::Answered(Answer { values, bound: stats.best_bound }, stats.nodes_solved)
}

pub(super) fn relaxation(task: &Task) -> Option<f64> {
    let model = formulated(task, false, model);
    let outcome = model.as_inner().solve_with(SolveOptions::default()).ok()?;
    outcome.solution().map(|solution| solution.objective())
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
