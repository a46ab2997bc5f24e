//! What a strong solver makes of the same event when it is given the rounds model whole, level by level and without a
//! start: the usual way, for comparison.

use std::cmp::Ordering;
use std::time::{Duration, Instant};

use tablehop::check;
use tablehop::domain::{Event, Priority};
use tablehop::pairs::Pairs;
use tablehop::solve::models::{LevelsOutcome, Limits, Question, Solver, size, solve_levels};

/// The most columns and rows of a model that is worth building: more take minutes, and gigabytes.
const LARGEST: u64 = 1_500_000;

/// Each priority with its value.
pub type Values = Vec<(Priority, Vec<i64>)>;

/// What it came to.
pub enum OneShot {
    /// Not even the model of the first priority is worth building.
    TooLarge,
    /// No schedule in that time.
    NoneFound,
    /// There is none, it says.
    Impossible,
    /// A schedule with these values.
    Solved(Values),
}

/// Solves the rounds model of an event in so many seconds: each part of a priority may take half of what is left of
/// them, the last priority's all. Priorities that would make the model too large are left out of it.
pub fn solve(event: &Event, every_round: bool, seconds: f64) -> OneShot {
    let pairs = Pairs::new(event);
    let question = |levels| Question { pairs: &pairs, order: &event.order[..levels], standing: None, every_round };
    let fits = |levels: &usize| {
        let size = size(&question(*levels));
        size.columns + size.rows <= LARGEST
    };
    let Some(levels) = (1..=event.order.len()).rev().find(fits) else { return OneShot::TooLarge };
    let start = Instant::now();
    let left = || Duration::from_secs_f64(seconds).saturating_sub(start.elapsed());
    let last = event.order[levels - 1];
    let time = |priority| Some(if priority == last { left() } else { left() / 2 });
    let stop = || left().is_zero();
    let limits = Limits { solver: Solver::strongest(), nodes: u64::MAX, time: &time, stop: &stop };
    match solve_levels(&question(levels), None, &limits) {
        LevelsOutcome::Solved(found) => OneShot::Solved(check::values(event, &found.schedule, None)),
        LevelsOutcome::NoneFound(_) => OneShot::NoneFound,
        LevelsOutcome::Impossible => OneShot::Impossible,
    }
}

/// How one schedule of an event compares with another, greater when it is better, and the first priority in which they
/// differ, with the better and the worse of its parts that differ.
pub fn compare(event: &Event, one: &Values, other: &Values) -> Option<(Ordering, Priority, i64, i64)> {
    for ((priority, a), (_, b)) in one.iter().zip(other) {
        for ((a, b), sense) in a.iter().zip(b).zip(priority.senses(event)) {
            if a != b {
                return Some((sense.upwards(*a).cmp(&sense.upwards(*b)), *priority, *a, *b));
            }
        }
    }
    None
}
