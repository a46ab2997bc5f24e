//! HiGHS, told to close every gap, on one thread and with a fixed seed, so that it answers alike every time.

use good_lp::ResolutionError;
use good_lp::highs as model;
use highs::{HighsModelStatus, HighsSolutionStatus, Model, SolvedModel};

use super::super::outcome::Answer;
use super::{Budget, Run, Spent, Task, formulated};

/// What takes most of the time of a program that branch and bound solves in a few nodes.
const HEURISTICS: [&str; 6] = [
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
    "mip_heuristic_run_feasibility_jump",
    "mip_detect_symmetry",
    "mip_allow_restart",
];

/// HiGHS cannot be paused from safe code, so `budget.stop` is asked only before it starts.
pub(super) fn search(task: &Task, budget: Budget) -> Run {
    run(task, budget, prepared(task, true))
}

/// Without heuristics: for programs that are solved in a few nodes.
pub(super) fn branch(task: &Task, budget: Budget) -> Run {
    let plain = prepared(task, true).and_then(|mut model| {
        let unknown = |_| "it does not know a heuristic".to_string();
        model.try_set_option("mip_heuristic_effort", 0.0).map_err(unknown)?;
        HEURISTICS.iter().try_for_each(|&name| model.try_set_option(name, false).map_err(unknown))?;
        Ok(model)
    });
    run(task, budget, plain)
}

fn run(task: &Task, budget: Budget, model: Result<Model, String>) -> Run {
    if (budget.stop)() {
        return Run::Answered(Answer { values: start(task), bound: None }, Spent { nodes: 1, work: 0 });
    }
    let solved = model.and_then(|mut model| {
        let nodes = i32::try_from(budget.nodes).unwrap_or(i32::MAX);
        model.try_set_option("mip_max_nodes", nodes).map_err(|_| "it does not know `mip_max_nodes`".to_string())?;
        if let Some(time) = budget.time {
            model
                .try_set_option("time_limit", time.as_secs_f64())
                .map_err(|_| "it does not know `time_limit`".to_string())?;
        }
        if let Some(start) = start(task) {
            model.try_set_solution(Some(&start), None, None, None).map_err(|status| format!("{status:?}"))?;
        }
        model.try_solve().map_err(|status| format!("{status:?}"))
    });
    match solved {
        Err(message) => Run::Failed(message),
        Ok(solved) => answered(task, &solved),
    }
}

fn start(task: &Task) -> Option<Vec<f64>> {
    task.start.map(|start| start.iter().map(|&value| value as f64).collect())
}

fn answered(task: &Task, solved: &SolvedModel) -> Run {
    match solved.status() {
        HighsModelStatus::Infeasible | HighsModelStatus::UnboundedOrInfeasible => Run::Infeasible,
        // A limit by nodes is reported as one of these two.
        HighsModelStatus::Optimal
        | HighsModelStatus::ReachedSolutionLimit
        | HighsModelStatus::ReachedTimeLimit
        | HighsModelStatus::ReachedIterationLimit => {
            let found = solved.primal_solution_status() == HighsSolutionStatus::Feasible;
            let values = found.then(|| solved.get_solution().columns().to_vec());
            // Without an integral column it solves a linear program, whose value is its bound.
            let bound = match task.program.columns().iter().any(|bounds| bounds.integral) {
                true => solved.double_info_value(c"mip_dual_bound").ok().filter(|bound| bound.is_finite()),
                false => optimum(solved),
            };
            let nodes = solved.int_info_value(c"mip_node_count").unwrap_or(0);
            Run::Answered(
                Answer { values, bound },
                Spent { nodes: u64::try_from(nodes).unwrap_or(0).saturating_add(1), work: 0 },
            )
        }
        status => Run::Failed(format!("HiGHS stopped with {status:?}")),
    }
}

pub(super) fn relaxation(task: &Task) -> Option<f64> {
    optimum(&prepared(task, false).ok()?.try_solve().ok()?)
}

fn optimum(solved: &SolvedModel) -> Option<f64> {
    (solved.status() == HighsModelStatus::Optimal).then(|| solved.objective_value())
}

fn prepared(task: &Task, integral: bool) -> Result<Model, String> {
    let mut model = formulated(task, integral, model).try_into_inner().map_err(|e: ResolutionError| e.to_string())?;
    let unknown = |_| "it does not know an option".to_string();
    model.try_set_option("threads", 1).map_err(unknown)?;
    model.try_set_option("random_seed", 0).map_err(unknown)?;
    model.try_set_option("mip_rel_gap", 0.0).map_err(unknown)?;
    model.try_set_option("mip_abs_gap", 0.0).map_err(unknown)?;
    Ok(model)
}
