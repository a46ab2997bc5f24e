//! From pairs to a schedule and its certificate: one entry that picks the route; a route declines what it does
//! not model, and the next one takes it.

mod alike;
mod bounds;
mod choice;
mod construction;
mod contradictions;
pub mod counting;
pub mod flow;
mod keeping;
pub mod lagrangian;
pub mod missed;
pub mod mixing;
pub mod models;
mod ragged;
mod random;
pub mod rotation;
mod search;
mod sizes;
mod stops;
mod threads;
mod together;
mod values;

use std::cmp::Ordering;
use std::time::Duration;

use crate::domain::{Certificate, ExpertIx, MenteeIx, Open, Priority, RoundIx, Rule, Schedule, Status};
use crate::pairs::Pairs;
pub use contradictions::contradictions;
use values::{compare, value, values};

/// This program and its version, as certificates name it.
const PROGRAM: &str = concat!("tablehop ", env!("CARGO_PKG_VERSION"));

/// What the caller wishes of the search.
pub struct Options<'a> {
    /// Steps of the search, about: its parts are measured by them, and what comes last has some by the event's size. The
    /// same number gives the same schedule.
    pub steps: u64,
    /// Seed of the search.
    pub seed: u64,
    /// The standing plan: the last tie-break is to change little of it.
    pub standing: Option<&'a Schedule>,
    /// Asked now and then: whether to stop and keep the best so far (Ctrl-C, a time limit).
    pub stop: &'a (dyn Fn() -> bool + Sync),
    /// How long it may still take, for solvers that can't ask `stop`; `None` without a time limit.
    pub left: &'a (dyn Fn() -> Option<Duration> + Sync),
    /// Told now and then how far the search is.
    pub progress: &'a (dyn Fn(&Progress) + Sync),
}

/// How far a search is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The level being worked on.
    pub priority: Priority,
    /// The best value so far, when there is a schedule.
    pub best: Option<Vec<i64>>,
    /// Its bound, when known.
    pub bound: Option<Vec<i64>>,
    /// Steps done.
    pub steps: u64,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A schedule that meets every rule.
    Solved(Schedule, Certificate),
    /// The rules cannot all be met: proven. Each contradiction alone suffices; empty when the solver proved it
    /// without a short reason.
    Impossible(Vec<Contradiction>),
    /// None was found, which proves nothing.
    NoneFound,
}

/// Rules that cannot hold together, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The rules.
    pub rules: Vec<Rule>,
    /// The mentees concerned.
    pub mentees: Vec<MenteeIx>,
    /// The experts concerned.
    pub experts: Vec<ExpertIx>,
    /// The round concerned.
    pub round: Option<RoundIx>,
}

/// The best schedule of the event that the routes find.
pub fn solve(pairs: &Pairs, options: &Options) -> Outcome {
    let contradictions = contradictions(pairs);
    if !contradictions.is_empty() {
        return Outcome::Impossible(contradictions);
    }
    let Some(found) = alike::solve(pairs, options) else { return ragged::solve(pairs, options) };
    match &found {
        Outcome::Solved(_, certificate) if certificate.status != Status::Optimal && ragged::is_tiny(pairs) => {
            better(pairs, options.standing, found, ragged::solve(pairs, options))
        }
        _ => found,
    }
}

/// What was found, or another outcome where that is better, or as good and proven.
fn better(pairs: &Pairs, standing: Option<&Schedule>, found: Outcome, other: Outcome) -> Outcome {
    let (Outcome::Solved(own, _), Outcome::Solved(schedule, certificate)) = (&found, &other) else { return found };
    let reached = |schedule: &Schedule| {
        let changes = (Priority::Changes, value(pairs, schedule, Priority::Changes, standing));
        [values(pairs, schedule, standing), vec![changes]].concat()
    };
    let is_better = match compare(pairs.event(), &reached(schedule), &reached(own)) {
        Ordering::Greater => true,
        Ordering::Equal => certificate.status == Status::Optimal,
        Ordering::Less => false,
    };
    if is_better { other } else { found }
}

/// The most seats that any schedule could have: the bound of the pair model, before any solving of rounds; `None`
/// when the rules cannot be met.
pub fn most_seats(pairs: &Pairs) -> Option<i64> {
    let every_round = pairs.event().open == Open::EveryRound;
    let demand = flow::Demand { pairs, parts: &[flow::Part::Of(Priority::Seats, 0)], every_round, standing: None };
    flow::pair(&demand).and_then(|pairing| pairing.values.first().copied())
}
