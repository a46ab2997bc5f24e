//! The event as an integer program, solved by a solver that proves what it finds.
//!
//! Three programs: the rounds model (exact for every rule and priority), the pair model (rounds summed out) and, for
//! bounds between the two, the aggregated model (rounds taken together, sittings counted). They are exact data
//! (`program`); a solver behind good_lp (`solver`, the only place that knows it) is asked level by level (`levels`), and
//! nothing that it says is believed unchecked: points are held against every row in integers, values are recomputed,
//! bounds are rounded safely (`outcome`).
//!
//! Between search and whole model there are neighbourhoods of it (`neighbourhoods`).
//!
//! Ask [`size`] before solving: a model is written down whole.

mod aggregated;
mod levels;
mod meetings;
mod neighbourhoods;
mod outcome;
mod pair;
mod priorities;
mod program;
mod rounds;
mod size;
mod solver;
mod sum;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::domain::{ExpertIx, Level, MenteeIx, Priority, Schedule, TopicIx};
use crate::pairs::Pairs;

use levels::{Climbed, climb, relax};
use pair::PairModel;
use rounds::RoundsModel;

pub use aggregated::{bound as aggregated_bound, columns as columns_of_aggregated};
pub use neighbourhoods::{
    Effort, Search, Sizes, another_as_good, better_crossed, better_people, better_people_abreast,
    better_people_both_ways, better_seating, fewer_cards, is_only_one,
};
#[cfg(feature = "highs")]
pub use neighbourhoods::{TableEffort, better_tables};
pub use size::{Size, size};
pub use solver::Solver;

/// What the rounds model is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// Who can meet whom, and the event.
    pub pairs: &'a Pairs<'a>,
    /// The priorities to optimize, from the first to the last.
    pub order: &'a [Priority],
    /// The standing plan, for priority `changes`.
    pub standing: Option<&'a Schedule>,
    /// Whether rule `every-round` holds; the event's own wish is not looked at, because `auto` takes two questions.
    pub every_round: bool,
}

/// When to stop, and who solves.
#[derive(Clone, Copy)]
pub struct Limits<'a> {
    /// The solver.
    pub solver: Solver,
    /// Nodes of branch and bound that each part of a priority's value may take in any case.
    pub nodes: u64,
    /// Beyond them each part may take half of what is left of this: iterations of microlp's simplex times rows, of which
    /// ten million take about a second. HiGHS takes none.
    pub work: u64,
    /// Asked before each part of a priority's value: how long it may take at most; `None` gives the same answer every
    /// time. For HiGHS, which asks `stop` between parts; microlp holds its nodes between two questions to it.
    pub time: &'a dyn Fn(Priority) -> Option<Duration>,
    /// Asked now and then: whether to stop and keep the best so far. microlp asks between nodes, HiGHS between parts.
    pub stop: &'a dyn Fn() -> bool,
}

/// What came of the rounds model.
#[derive(Clone, Debug)]
pub enum LevelsOutcome {
    /// A schedule that meets every rule.
    Solved(Levels),
    /// The rules contradict each other: proven.
    Impossible,
    /// Nothing was found, which proves nothing; with what the solver failed at, if it did.
    NoneFound(Option<String>),
}

/// A schedule and how good it provably is.
#[derive(Clone, Debug)]
pub struct Levels {
    /// The best found.
    pub schedule: Schedule,
    /// Each priority's value and bound.
    pub levels: Vec<Level>,
    /// Nodes of branch and bound.
    pub steps: u64,
    /// Who solved it.
    pub solver: Solver,
    /// What the solver failed at, if it did. The schedule and the bounds hold all the same.
    pub fault: Option<String>,
}

/// What came of the pair model.
#[derive(Clone, Debug)]
pub enum PairOutcome {
    /// A pairing.
    Solved {
        /// The meetings, ascending.
        meetings: Vec<(MenteeIx, ExpertIx, Option<TopicIx>)>,
        /// Each priority's value and bound.
        levels: Vec<Level>,
    },
    /// The rules contradict each other, and so they do with rounds: proven.
    Impossible,
    /// Nothing was found, which proves nothing.
    NoneFound,
}

/// Solves the rounds model level by level, from `warm` if that meets the rules. The schedule is never lexicographically
/// worse than `warm`; a part whose proof is not reached within the limits keeps its value and the solver's bound.
pub fn solve_levels(question: &Question, warm: Option<&Schedule>, limits: &Limits) -> LevelsOutcome {
    let mut model = RoundsModel::new(question);
    let start = warm.and_then(|warm| model.decisions(warm));
    match climb(&mut model, question.order, start, limits) {
        Climbed::Impossible => LevelsOutcome::Impossible,
        Climbed::NoneFound(fault) => LevelsOutcome::NoneFound(fault),
        Climbed::Solved(summit) => LevelsOutcome::Solved(Levels {
            schedule: model.schedule(&summit.point),
            levels: summit.levels,
            steps: summit.steps,
            solver: limits.solver,
            fault: summit.fault,
        }),
    }
}

/// For each priority of the question the bound that the rounds model's linear relaxation gives, with all parts above
/// held at `reached` (for each priority its value, as a schedule that meets the rules has them). Never none: after
/// `stop`, or where the solver fails, it is what the columns' own bounds give.
pub fn relaxation_bounds(
    question: &Question,
    reached: &[Vec<i64>],
    solver: Solver,
    stop: &dyn Fn() -> bool,
) -> Vec<Vec<i64>> {
    relax(&mut RoundsModel::new(question), question.order, reached, solver, stop)
}

/// Solves the pair model for the leading priorities of `order` that look at meetings alone.
pub fn solve_pairs(pairs: &Pairs, order: &[Priority], every_round: bool, limits: &Limits) -> PairOutcome {
    let of_meetings = |priority: &&Priority| {
        let known = [Priority::Seats, Priority::Courtesies, Priority::FirstChoices];
        let more = [Priority::FairShare, Priority::Variety, Priority::Preferences];
        known.contains(priority) || more.contains(priority)
    };
    let order: Vec<_> = order.iter().take_while(of_meetings).copied().collect();
    let mut model = PairModel::new(pairs, every_round);
    match climb(&mut model.base, &order, None, limits) {
        Climbed::Impossible => PairOutcome::Impossible,
        Climbed::NoneFound(_) => PairOutcome::NoneFound,
        Climbed::Solved(summit) => {
            PairOutcome::Solved { meetings: model.meetings_at(&summit.point), levels: summit.levels }
        }
    }
}
