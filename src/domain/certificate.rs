//! How good a schedule is, and how far that is proven.

use super::Priority;

/// How good a schedule provably is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// What can be said of the whole.
    pub status: Status,
    /// The last priority of the unbroken run of proven ones from the first; `None` when not even the first is.
    pub proven_through: Option<Priority>,
    /// The way that found it.
    pub route: Route,
    /// The work done, in the route's own steps; the same for the same input.
    pub steps: u64,
    /// The solver and its version.
    pub solver: String,
    /// Each priority in the event's order.
    pub levels: Vec<Level>,
}

/// What a schedule reached in one priority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Which.
    pub priority: Priority,
    /// What was reached; as long as [`Priority::senses`].
    pub value: Vec<i64>,
    /// No schedule that reaches the values of all levels above is better than this; `None` when none is known.
    pub bound: Option<Vec<i64>>,
    /// Whether value and bound meet.
    pub proven: bool,
}

/// What can be said of a schedule as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every level is proven.
    Optimal,
    /// At least one level has a bound.
    Bounded,
    /// It meets the rules; no level has a bound.
    Feasible,
}

/// The way that found a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Exact: minimum-cost flow, equitable edge colouring, Kempe swaps.
    PairAndRotate,
    /// The rounds model as an integer program, warm-started.
    RoundsModel,
    /// Construction and search, with bounds from relaxations.
    Search,
    /// Made elsewhere or edited by hand, and checked.
    Adopted,
}

impl Level {
    /// A level with what was reached and what bounds it.
    pub fn new(priority: Priority, value: Vec<i64>, bound: Option<Vec<i64>>) -> Self {
        let proven = bound.as_ref() == Some(&value);
        Level { priority, value, bound, proven }
    }
}

impl Certificate {
    /// The certificate of these levels.
    pub fn new(levels: Vec<Level>, route: Route, steps: u64, solver: String) -> Self {
        let proven_through = levels.iter().take_while(|l| l.proven).last().map(|l| l.priority);
        let status = if levels.iter().all(|l| l.proven) {
            Status::Optimal
        } else if levels.iter().any(|l| l.bound.is_some()) {
            Status::Bounded
        } else {
            Status::Feasible
        };
        Certificate { status, proven_through, route, steps, solver, levels }
    }
}

impl Status {
    /// The name, everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Status::Optimal => "optimal",
            Status::Bounded => "bounded",
            Status::Feasible => "feasible",
        }
    }
}

impl Route {
    /// All routes.
    pub const ALL: [Route; 4] = [Route::PairAndRotate, Route::RoundsModel, Route::Search, Route::Adopted];

    /// The name, everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Route::PairAndRotate => "pair-and-rotate",
            Route::RoundsModel => "rounds-model",
            Route::Search => "search",
            Route::Adopted => "adopted",
        }
    }
}
