//! The route for every other event: construction and search, neighbourhoods of the rounds model in turn with it, and
//! the whole rounds model where it is small enough. The priorities at the end that look at pairs of mentees wait for
//! those before them: regarded from the start, they would only keep the search from better ones.

mod cards;
mod proofs;
mod starts;
mod tail;

use std::cmp::Ordering;
use std::time::Duration;

use super::contradictions::rounds_that_cannot_fill;
use super::models::{
    Effort, Levels, LevelsOutcome, Limits, Question, Sizes, Solver, better_people_both_ways, better_seating, size,
    solve_levels,
};
#[cfg(feature = "highs")]
use super::models::{TableEffort, better_tables};
use super::search::{Found, Quest, Starts, search};
use super::values::{compare, value};
use super::{Options, Outcome, PROGRAM};
use crate::domain::Priority::{Changes, EvenTables, IdleGaps, NewFaces, RoomChanges};
use crate::domain::{Certificate, Level, Open, Priority, Route, Schedule};
use crate::pairs::Pairs;

use proofs::Proofs;

/// The most columns of a rounds model of all priorities.
const MOST_COLUMNS_WITH_PAIRS: u64 = 400;

/// The most columns of one without the priorities that look at pairs of mentees, which make relaxations weak: with
/// more, one relaxation takes longer than a second.
const MOST_COLUMNS: u64 = 3_000;

/// The most columns of one whose neighbourhoods are looked at.
const MOST_COLUMNS_OF_NEIGHBOURHOODS: u64 = 12_000;

/// Steps that a look of HiGHS at neighbourhoods counts for, and the most looks.
#[cfg(feature = "highs")]
const STEPS_A_LOOK: u64 = 20_000;
#[cfg(feature = "highs")]
const MOST_LOOKS: u64 = 100;

/// Nodes of branch and bound for each part of a priority, and while there is no schedule yet.
const NODES: u64 = 8;
const FIRST_NODES: u64 = 400;

/// Work of branch and bound that a step of search stands for, see [`Limits::work`]: in the whole model, in neighbourhoods
/// after the first look, and where everybody is seated anew at the sittings that there are.
const WORK_A_STEP: u64 = 2;
const WORK_AFTER_FIRST: u64 = 5;
const WORK_ON_SEATING: u64 = 8;

/// The so manieth part of the steps goes into a first look, which may be all that is needed, and into a last one.
const FIRST_SHARE: u64 = 6;
const LAST_SHARE: u64 = 6;

/// Of a time limit the priorities after the head have at least the so manieth part, and so has what proves how good all
/// that is.
const RESERVE: u32 = 6;
const RESERVE_OF_PROOFS: u32 = 20;

/// A try that may be given up has the so manieth part of a time limit for its first look.
const SHARE_OF_TENTATIVE: u32 = 3;

/// How many drafts each worker of the search betters before it goes on with the best.
const DRAFTS: usize = 3;

/// Solves any event, as well as the steps allow.
pub fn solve(pairs: &Pairs, options: &Options) -> Outcome {
    let event = pairs.event();
    let attempt = |every_round, tentative| Attempt { pairs, options, every_round, tentative }.run();
    match event.open {
        Open::EveryRound => attempt(true, false),
        Open::AsNeeded => attempt(false, false),
        Open::Auto if !rounds_that_cannot_fill(event).is_empty() => attempt(false, false),
        Open::Auto => match attempt(true, true) {
            solved @ Outcome::Solved(..) => solved,
            Outcome::Impossible(_) | Outcome::NoneFound => attempt(false, false),
        },
    }
}

/// Whether the rounds model of all priorities is small enough to be solved whole.
pub fn is_tiny(pairs: &Pairs) -> bool {
    let question = Question { pairs, order: &pairs.event().order, standing: None, every_round: false };
    size(&question).columns <= MOST_COLUMNS_WITH_PAIRS
}

/// A try with rule `every-round` or without.
struct Attempt<'a> {
    pairs: &'a Pairs<'a>,
    options: &'a Options<'a>,
    every_round: bool,
    /// Whether to give up when a first look finds nothing and the rounds model can't tell.
    tentative: bool,
}

impl Attempt<'_> {
    fn run(&self) -> Outcome {
        let Some(mut proofs) = Proofs::new(self.pairs, self.every_round, self.options) else {
            return Outcome::Impossible(Vec::new());
        };
        let has_tail = self.head().len() < self.pairs.event().order.len();
        let left = (self.options.left)();
        let of_proofs = left.map(|left| left / RESERVE_OF_PROOFS);
        let of_tail = left.filter(|_| has_tail).map(|left| left / RESERVE);
        match self.without(of_tail.or(of_proofs), |attempt| attempt.solve_near_standing(&mut proofs)) {
            Ok((found, route)) => {
                let found = match found.usable() {
                    None if left.is_some() => self.go_on(found, &proofs, self.options.steps, 1),
                    _ if has_tail => self.without(of_proofs, |attempt| attempt.tail(found, &mut proofs)),
                    _ => found,
                };
                let solved = found.usable().map(|schedule| certify(schedule, &mut proofs, route, found.steps));
                solved.unwrap_or(Outcome::NoneFound)
            }
            Err(outcome) => outcome,
        }
    }

    /// What an attempt does that has the so manieth part of the time that is left.
    fn in_part_of_time<T>(&self, share: u32, work: impl FnOnce(&Attempt) -> T) -> T {
        self.without((self.options.left)().map(|left| left - left / share), work)
    }

    /// What an attempt does that leaves so much of a time limit.
    fn without<T>(&self, reserve: Option<Duration>, work: impl FnOnce(&Attempt) -> T) -> T {
        let left = || (self.options.left)().map(|left| left.saturating_sub(reserve.unwrap_or_default()));
        let stop = || (self.options.stop)() || left().is_some_and(|left| left.is_zero());
        work(&Attempt { options: &Options { stop: &stop, left: &left, ..*self.options }, ..*self })
    }

    /// The best schedule that is found in the priorities of the head, and by which route; else why there is none.
    fn solve_head(&self, proofs: &mut Proofs) -> Result<(Found, Route), Outcome> {
        let (steps, standing) = (self.options.steps, self.options.standing);
        let (first, last) = (steps / FIRST_SHARE, steps / LAST_SHARE);
        let drafts = if self.tentative || standing.is_some() { 1 } else { DRAFTS };
        let part = if self.tentative { SHARE_OF_TENTATIVE } else { 1 };
        let starts = Starts { given: standing, drafts };
        let mut found = self.in_part_of_time(part, |attempt| attempt.search(proofs, first, &starts));
        let (mut route, mut sizes) = (Route::Search, Sizes::default());
        found.steps += found.usable().map_or(0, |schedule| proofs.relax(schedule, first));
        match self.rounds_model(&found, proofs) {
            Some(LevelsOutcome::Impossible) => return Err(Outcome::Impossible(Vec::new())),
            Some(LevelsOutcome::Solved(model)) => {
                found = take(&found, model, proofs);
                route = Route::RoundsModel;
            }
            Some(LevelsOutcome::NoneFound(_)) | None => {}
        }
        if self.tentative && found.breaches > 0 {
            return Err(Outcome::NoneFound);
        }
        found = self.neighbourhoods(found, proofs, WORK_AFTER_FIRST, &mut sizes);
        found = self.main_search(found, proofs, &mut sizes);
        #[cfg(feature = "highs")]
        {
            found = self.tables(found, proofs);
        }
        found = self.go_on(found, proofs, last, 0);
        Ok((self.better_seating(found, proofs), route))
    }

    /// See [`head`].
    fn head(&self) -> &[Priority] {
        head(&self.pairs.event().order)
    }

    fn search(&self, proofs: &Proofs, steps: u64, starts: &Starts) -> Found {
        self.search_within(&proofs.bounds, steps, starts)
    }

    fn search_within(&self, bounds: &[(Priority, Vec<i64>)], steps: u64, starts: &Starts) -> Found {
        let Attempt { pairs, every_round, options, .. } = *self;
        search(&Quest { pairs, order: self.head(), every_round, bounds, steps, options }, starts)
    }

    /// What search makes of what was found, unless it is to stop and that can be used.
    fn go_on(&self, found: Found, proofs: &Proofs, steps: u64, drafts: usize) -> Found {
        if self.is_over(&found) {
            return found;
        }
        let more = self.search(proofs, steps, &Starts { given: Some(&found.schedule), drafts });
        self.better_of(found, more)
    }

    /// Whether there is no time to better what was found.
    fn is_over(&self, found: &Found) -> bool {
        found.usable().is_some() && (self.options.stop)()
    }

    /// What was found, or what became of it when that is no worse in any priority, the tail's among them.
    fn better_of(&self, found: Found, more: Found) -> Found {
        self.better_in(&self.pairs.event().order, found, more)
    }

    /// The same with regard to the priorities of `order`.
    fn better_in(&self, order: &[Priority], found: Found, more: Found) -> Found {
        let steps = found.steps + more.steps;
        Found { steps, ..if self.is_better_found(order, &found, &more) { found } else { more } }
    }

    /// Whether what was found can be used and is better than another in the priorities of `order`.
    fn is_better_found(&self, order: &[Priority], found: &Found, than: &Found) -> bool {
        let is_better = |schedule| than.usable().is_none_or(|than| self.is_better(order, schedule, than));
        found.usable().is_some_and(is_better)
    }

    /// Whether a schedule is better in the priorities of `order`.
    fn is_better(&self, order: &[Priority], schedule: &Schedule, than: &Schedule) -> bool {
        self.compared(order, schedule, than).is_gt()
    }

    /// How a schedule compares with another in the priorities of `order`, greater when it is better.
    fn compared(&self, order: &[Priority], schedule: &Schedule, with: &Schedule) -> Ordering {
        let (pairs, standing) = (self.pairs, self.options.standing);
        let values = |schedule| -> Vec<_> {
            order.iter().map(|&priority| (priority, value(pairs, schedule, priority, standing))).collect()
        };
        compare(pairs.event(), &values(schedule), &values(with))
    }

    /// Whether a schedule is proven to be the best in the priorities of `order`.
    fn is_best(&self, found: &Found, order: &[Priority], proofs: &Proofs) -> bool {
        let meets = |schedule, &priority: &Priority| {
            proofs.bounds.contains(&(priority, value(self.pairs, schedule, priority, self.options.standing)))
        };
        found.usable().is_some_and(|schedule| order.iter().all(|priority| meets(schedule, priority)))
    }

    /// Whether there is no time to better what was found, or it is proven to be the best in the priorities of `order`.
    fn is_done(&self, found: &Found, order: &[Priority], proofs: &Proofs) -> bool {
        self.is_over(found) || self.is_best(found, order, proofs)
    }

    /// What the whole rounds model makes of it, when it is small enough and that is not proven to be the best.
    fn rounds_model(&self, found: &Found, proofs: &Proofs) -> Option<LevelsOutcome> {
        let question = self.modelled().filter(|question| !self.is_best(found, question.order, proofs))?;
        let Options { steps, stop, left, .. } = *self.options;
        let warm = found.usable();
        let nodes = if warm.is_some() { NODES } else { FIRST_NODES };
        let work = steps.saturating_mul(WORK_A_STEP);
        let limits = Limits { solver: Solver::strongest(), nodes, work, time: &|_| left(), stop };
        Some(solve_levels(&question, warm, &limits))
    }

    /// What neighbourhoods of the rounds model make of the head, when it is small enough for those.
    fn neighbourhoods(&self, found: Found, proofs: &mut Proofs, work_a_step: u64, sizes: &mut Sizes) -> Found {
        let effort = self.effort(0, work_a_step);
        self.better_by(found, proofs, self.question_of_neighbourhoods(), |question, start, known| {
            better_people_both_ways(question, start, known, &effort, sizes)
        })
    }

    /// What seating everybody anew at the sittings that there are makes of the head.
    fn better_seating(&self, found: Found, proofs: &mut Proofs) -> Found {
        let effort = self.effort(0, WORK_ON_SEATING);
        self.better_by(found, proofs, self.modelled_in_parts(), |question, start, known| {
            better_seating(question, start, known, &effort)
        })
    }

    /// What HiGHS makes of neighbourhoods of the rounds model in which tables may change.
    #[cfg(feature = "highs")]
    fn tables(&self, found: Found, proofs: &mut Proofs) -> Found {
        let Options { steps, seed, left, stop, .. } = *self.options;
        let tries = (steps / STEPS_A_LOOK).min(MOST_LOOKS) as usize;
        self.better_by(found, proofs, self.modelled_in_parts(), |question, start, known| {
            let is_open = known.iter().take(question.order.len()).any(|level| !level.proven);
            let effort = TableEffort { tries, seed, left, stop };
            is_open.then(|| better_tables(question, start, known, &effort)).flatten()
        })
    }

    /// What ways to better schedules by the rounds model make of what was found, when there is a question and time: the
    /// best of that, and what all of it proves.
    fn better_by<W: IntoIterator<Item = Levels>>(
        &self,
        found: Found,
        proofs: &mut Proofs,
        question: Option<Question>,
        ways: impl FnOnce(&Question, &Schedule, &[Level]) -> W,
    ) -> Found {
        let start = found.usable().filter(|_| !(self.options.stop)());
        let (Some(start), Some(question)) = (start, question) else { return found };
        let Some((known, _)) = proofs.levels(start) else { return found };
        let mut models: Vec<Levels> = ways(&question, start, &known).into_iter().collect();
        models.sort_by(|a, b| self.compared(question.order, &a.schedule, &b.schedule));
        models.into_iter().fold(found, |found, model| take(&found, model, proofs))
    }

    /// What an attempt does that has a seed so much larger.
    fn by_seed<T>(&self, further: u64, work: impl FnOnce(&Attempt) -> T) -> T {
        let options = &Options { seed: self.options.seed.wrapping_add(further), ..*self.options };
        work(&Attempt { options, ..*self })
    }

    fn effort(&self, held: usize, work_a_step: u64) -> Effort<'_> {
        let Options { steps, seed, left, stop, .. } = *self.options;
        Effort { held, work: steps.saturating_mul(work_a_step), seed, left, stop }
    }

    /// The question to the rounds model, when it is small enough: of all priorities or, since pairs of mentees make it
    /// large, of those before they come in.
    fn modelled(&self) -> Option<Question<'_>> {
        let order = &self.pairs.event().order;
        let orders = [(&order[..], MOST_COLUMNS_WITH_PAIRS), (before_pairs(order), MOST_COLUMNS)];
        orders.into_iter().find_map(|(order, most)| self.question(order, most))
    }

    /// The question to the rounds model of the head, when that is small enough for its neighbourhoods, and was not for
    /// being solved whole.
    fn modelled_in_parts(&self) -> Option<Question<'_>> {
        match self.modelled() {
            Some(_) => None,
            None => self.question_of_neighbourhoods(),
        }
    }

    /// The question to the rounds model of the head, when that is small enough for its neighbourhoods.
    fn question_of_neighbourhoods(&self) -> Option<Question<'_>> {
        self.question(before_pairs(&self.pairs.event().order), MOST_COLUMNS_OF_NEIGHBOURHOODS)
    }

    /// The question to the rounds model, when it has no more columns.
    fn question<'a>(&'a self, order: &'a [Priority], most: u64) -> Option<Question<'a>> {
        let (standing, every_round) = (self.options.standing, self.every_round);
        let question = Question { pairs: self.pairs, order, standing, every_round };
        (size(&question).columns <= most).then_some(question)
    }
}

/// What a model found instead of what search did, and what it proves.
fn take(found: &Found, model: Levels, proofs: &mut Proofs) -> Found {
    proofs.add(&model);
    Found { schedule: model.schedule, breaches: 0, steps: found.steps + model.steps }
}

fn certify(schedule: &Schedule, proofs: &mut Proofs, route: Route, steps: u64) -> Outcome {
    let Some((levels, more)) = proofs.all_levels(schedule) else {
        return Outcome::Impossible(Vec::new());
    };
    let solvers: Vec<&str> = [PROGRAM].into_iter().chain(proofs.solvers()).collect();
    Outcome::Solved(schedule.clone(), Certificate::new(levels, route, steps + more, solvers.join(", ")))
}

/// The priorities that are searched for first: all but those at the end that annealing betters best.
fn head(order: &[Priority]) -> &[Priority] {
    let before = before_pairs(order);
    let is_light = |priority: &Priority| matches!(priority, NewFaces | EvenTables | IdleGaps | RoomChanges | Changes);
    if order[before.len()..].iter().all(is_light) { before } else { order }
}

/// The priorities before those that look at pairs of mentees.
fn before_pairs(order: &[Priority]) -> &[Priority] {
    let pairs = |priority: &Priority| matches!(priority, NewFaces | EvenTables);
    &order[..order.iter().position(pairs).unwrap_or(order.len())]
}

#[cfg(test)]
mod tests {
    use super::head;
    use crate::domain::Priority::{EvenTables, IdleGaps, NewFaces, Preferences, Seats};

    #[test]
    fn the_head_ends_before_what_looks_at_pairs_unless_something_weighty_comes_after() {
        assert_eq!(head(&[Seats, Preferences, NewFaces, IdleGaps, EvenTables]), [Seats, Preferences]);
        assert_eq!(head(&[Seats, Preferences]), [Seats, Preferences]);
        assert_eq!(head(&[Seats, NewFaces, Preferences]), [Seats, NewFaces, Preferences]);
        assert_eq!(head(&[EvenTables, NewFaces]), []);
    }
}
