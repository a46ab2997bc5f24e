//! What a strong solver makes of the same event when it is given the rounds model whole, level by level and without a
//! start: the usual way, for comparison. In a process of its own, because the memory of this one would count for the
//! programs that it starts.

use std::cmp::Ordering;
use std::env;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use tablehop::check;
use tablehop::domain::{Event, Open, Priority};
use tablehop::pairs::Pairs;
use tablehop::solve::models::{LevelsOutcome, Limits, Question, Solver, size, solve_levels};

use crate::measure::Reached;
use crate::reading;

/// The argument of the process that solves.
pub const ARGUMENT: &str = "--one-shot";

/// The most columns and rows of a model that is worth building: more take minutes, and gigabytes.
const LARGEST: u64 = 1_500_000;

/// Each priority with its value.
type Values = Vec<(Priority, Vec<i64>)>;

/// How a plan compares with what the solver came to.
pub enum Against {
    /// This benchmark was built without the solver.
    Nothing,
    /// Not even the model of the first priority is worth building.
    TooLarge,
    /// It found no schedule in that time, or says that there is none.
    NoneFound,
    /// All values are the same.
    Same,
    /// The plan is better in this priority, and has this value, and the other that.
    Better(Priority, i64, i64),
    /// The plan is worse in this priority, and has this value, and the other that.
    Worse(Priority, i64, i64),
}

/// Compares the plan in a folder with what the solver makes of the event in so many seconds.
pub fn against(folder: &Path, reached: &Reached, seconds: f64) -> Result<Against> {
    if !cfg!(feature = "highs") {
        return Ok(Against::Nothing);
    }
    let mut solver = Command::new(env::current_exe()?);
    solver.arg(ARGUMENT).arg(folder).args([seconds.to_string(), reached.sittings.to_string()]);
    let answer = solver.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    ensure!(answer.status.success(), "the solver of {}: {}", folder.display(), answer.status);
    let values: Option<Vec<Vec<i64>>> = match String::from_utf8_lossy(&answer.stdout).trim() {
        TOO_LARGE => return Ok(Against::TooLarge),
        values => serde_json::from_str(values)?,
    };
    let Some(values) = values else { return Ok(Against::NoneFound) };
    let event = reading::event(folder)?;
    let theirs = event.order.iter().copied().zip(values).collect();
    Ok(match compare(&event, &reached.values(), &theirs) {
        None => Against::Same,
        Some((Ordering::Less, priority, ours, theirs)) => Against::Worse(priority, ours, theirs),
        Some((_, priority, ours, theirs)) => Against::Better(priority, ours, theirs),
    })
}

/// What the process prints of a model that is too large.
const TOO_LARGE: &str = "too large";

/// The process that solves: prints the values of the schedule that the solver found, or `null`.
pub fn answer(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    let mut next = || arguments.next().context("a folder, seconds and a number of sittings");
    let (folder, seconds, sittings) = (next()?, next()?.parse()?, next()?.parse()?);
    let event = reading::event(Path::new(&folder))?;
    println!("{}", solve(&event, every_round(&event, sittings), seconds)?);
    Ok(())
}

/// Whether rule `every-round` holds: the event has it, or leaves it to the program, which found a plan that does.
fn every_round(event: &Event, sittings: usize) -> bool {
    let tables: usize = event.experts.iter().map(|expert| expert.present.len()).sum();
    event.open == Open::EveryRound || event.open == Open::Auto && sittings == tables
}

/// Solves the rounds model of an event in so many seconds: each part of a priority may take half of what is left of
/// them, the last priority's all. Priorities that would make the model too large are left out of it.
fn solve(event: &Event, every_round: bool, seconds: f64) -> Result<String> {
    let pairs = Pairs::new(event);
    let question = |levels| Question { pairs: &pairs, order: &event.order[..levels], standing: None, every_round };
    let fits = |levels: &usize| {
        let size = size(&question(*levels));
        size.columns + size.rows <= LARGEST
    };
    let Some(levels) = (1..=event.order.len()).rev().find(fits) else { return Ok(TOO_LARGE.to_owned()) };
    let start = Instant::now();
    let left = || Duration::from_secs_f64(seconds).saturating_sub(start.elapsed());
    let last = event.order[levels - 1];
    let time = |priority| Some(if priority == last { left() } else { left() / 2 });
    let stop = || left().is_zero();
    let limits = Limits { solver: Solver::strongest(), nodes: u64::MAX, work: 0, time: &time, stop: &stop };
    let values = match solve_levels(&question(levels), None, &limits) {
        LevelsOutcome::Solved(found) => Some(check::values(event, &found.schedule, None)),
        LevelsOutcome::NoneFound(_) | LevelsOutcome::Impossible => None,
    };
    let values = values.map(|values| values.into_iter().map(|(_, value)| value).collect::<Vec<_>>());
    Ok(serde_json::to_string(&values)?)
}

/// How one schedule of an event compares with another, greater when it is better, and the first priority in which they
/// differ, with the parts of its values that do.
fn compare(event: &Event, one: &Values, other: &Values) -> Option<(Ordering, Priority, i64, i64)> {
    for ((priority, a), (_, b)) in one.iter().zip(other) {
        for ((a, b), sense) in a.iter().zip(b).zip(priority.senses(event)) {
            if a != b {
                return Some((sense.upwards(*a).cmp(&sense.upwards(*b)), *priority, *a, *b));
            }
        }
    }
    None
}
