//! What a strong solver makes of the same event when it is given the rounds model whole, without a start: the usual
//! way, for comparison. It stops after so many nodes of branch and bound in each part of a priority's value.

use std::path::Path;
use std::time::Instant;

use anyhow::{Result, bail};
use tablehop::domain::Level;
use tablehop::pairs::Pairs;
use tablehop::solve::models::{LevelsOutcome, Limits, Question, Solver, solve_levels};

use crate::reading;

/// What it came to.
pub struct OneShot {
    pub solver: &'static str,
    pub seconds: f64,
    pub levels: Vec<Level>,
}

/// Solves the rounds model of the event in a folder.
pub fn solve(folder: &Path, nodes: u64) -> Result<OneShot> {
    let event = reading::event(folder)?;
    let pairs = Pairs::new(&event);
    let solver = Solver::strongest();
    let question = Question { pairs: &pairs, order: &event.order, standing: None, every_round: false };
    let start = Instant::now();
    let outcome = solve_levels(&question, None, &Limits { solver, nodes, stop: &|| false });
    let seconds = start.elapsed().as_secs_f64();
    match outcome {
        LevelsOutcome::Solved(found) => Ok(OneShot { solver: solver.name(), seconds, levels: found.levels }),
        LevelsOutcome::NoneFound(_) => bail!("{} found nothing within {nodes} nodes", solver.name()),
        LevelsOutcome::Impossible => bail!("the rules of a class can be met"),
    }
}
