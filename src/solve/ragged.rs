//! The route for every other event: construction and search, bounds from the pair model, and the whole rounds model
//! where it is small enough.

use super::bounds::{natural_bound, tighter};
use super::contradictions::rounds_that_cannot_fill;
use super::flow::{Demand, Part, is_modelled, pair, parts_of};
use super::lagrangian;
use super::missed::levels;
#[cfg(feature = "highs")]
use super::models::{Effort, better_levels};
use super::models::{Levels, LevelsOutcome, Limits, Question, Solver, size, solve_levels};
use super::search::{Found, Quest, Starts, search};
use super::values::{compare, values};
use super::{Options, Outcome, PROGRAM};
use crate::domain::{Certificate, Level, Open, Priority, Route, Schedule};
use crate::pairs::Pairs;

/// The most columns of a rounds model of all priorities.
const MOST_COLUMNS_WITH_PAIRS: u64 = 400;

/// The most columns of one without the priorities that look at pairs of mentees, which make relaxations weak: with
/// more, one relaxation takes longer than a second.
const MOST_COLUMNS: u64 = 3_000;

/// The most columns of one whose neighbourhoods HiGHS solves in a second or two.
#[cfg(feature = "highs")]
const MOST_COLUMNS_OF_NEIGHBOURHOODS: u64 = 12_000;

/// Steps that a look at neighbourhoods counts for, and the most looks.
#[cfg(feature = "highs")]
const STEPS_A_TRY: u64 = 20_000;
#[cfg(feature = "highs")]
const MOST_TRIES: u64 = 100;

/// Steps that one node of branch and bound counts for.
const STEPS_A_NODE: u64 = 4_000;

/// Most nodes for each part of a priority.
const MOST_NODES: u64 = 50;

/// Nodes for each part while there is no schedule yet.
const FIRST_NODES: u64 = 400;

/// The so manieth part of the steps goes into a first look, which may be all that is needed.
const FIRST_SHARE: u64 = 6;

/// How many drafts each worker of the search betters before it goes on with the best.
const DRAFTS: usize = 3;

/// Looks of the Lagrangian that a step of search stands for, and the most of them: a second or two.
const LOOKS_A_STEP: u64 = 1_500;
const MOST_LOOKS: u64 = 300_000_000;

/// Most passes of the Lagrangian.
const MOST_PASSES: u64 = 20_000;

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
        let Some(mut bounds) = self.bounds() else { return Outcome::Impossible(Vec::new()) };
        let (pairs, every_round, options) = (self.pairs, self.every_round, self.options);
        let first = options.steps / FIRST_SHARE;
        let drafts = if self.tentative || options.standing.is_some() { 1 } else { DRAFTS };
        let start = search(
            &Quest { pairs, every_round, bounds: &bounds, steps: first, options },
            &Starts { given: options.standing, drafts },
        );
        if self.tentative && start.breaches > 0 && self.modelled().is_none() {
            return Outcome::NoneFound;
        }
        let looked = self.tighten(&mut bounds, &start, first);
        let quest = Quest { pairs, every_round, bounds: &bounds, steps: options.steps - first, options };
        let drafts = if options.standing.is_some() && start.breaches == 0 { 0 } else { 1 };
        let mut found = search(&quest, &Starts { given: Some(&start.schedule), drafts });
        found.steps += start.steps + looked;
        let own = Some(found.schedule).filter(|_| found.breaches == 0);
        match (self.rounds_model(own.as_ref()), own) {
            (Some(LevelsOutcome::Impossible), _) => Outcome::Impossible(Vec::new()),
            (Some(LevelsOutcome::Solved(model)), Some(own)) if !self.is_better(&model.schedule, &own) => {
                self.certify(&own, Some(&model), found.steps)
            }
            (Some(LevelsOutcome::Solved(model)), _) => {
                #[cfg(feature = "highs")]
                let quest = Quest { bounds: &self.tightened(&bounds, &model), ..quest };
                let more = search(&quest, &Starts { given: Some(&model.schedule), drafts: 0 });
                let better = more.breaches == 0 && self.is_better(&more.schedule, &model.schedule);
                let best = if better { &more.schedule } else { &model.schedule };
                self.certify(best, Some(&model), found.steps + more.steps)
            }
            (_, Some(own)) => self.certify(&own, None, found.steps),
            (_, None) => Outcome::NoneFound,
        }
    }

    fn is_better(&self, schedule: &Schedule, than: &Schedule) -> bool {
        let values = |schedule| values(self.pairs, schedule, self.options.standing);
        compare(self.pairs.event(), &values(schedule), &values(than)).is_gt()
    }

    /// What the whole rounds model makes of it, when it is small enough.
    fn rounds_model(&self, warm: Option<&Schedule>) -> Option<LevelsOutcome> {
        #[cfg(feature = "highs")]
        if self.modelled().is_none() {
            return self.neighbourhoods(warm?);
        }
        let nodes = if warm.is_some() { (self.options.steps / STEPS_A_NODE).clamp(1, MOST_NODES) } else { FIRST_NODES };
        let limits = Limits { solver: Solver::strongest(), nodes, time: &|_| None, stop: self.options.stop };
        self.modelled().map(|question| solve_levels(&question, warm, &limits))
    }

    /// What neighbourhoods of the rounds model make of a schedule, when it is small enough for those.
    #[cfg(feature = "highs")]
    fn neighbourhoods(&self, start: &Schedule) -> Option<LevelsOutcome> {
        let order = &self.pairs.event().order;
        let question = self.question(before_pairs(order), MOST_COLUMNS_OF_NEIGHBOURHOODS)?;
        let values = values(self.pairs, start, self.options.standing);
        let (known, _) = levels(self.pairs, self.every_round, &values)?;
        if known.iter().take(question.order.len()).all(|level| level.proven) {
            return None;
        }
        let Options { steps, seed, left, stop, .. } = *self.options;
        let tries = (steps / STEPS_A_TRY).min(MOST_TRIES) as usize;
        let effort = Effort { tries, seed, left, stop };
        better_levels(&question, start, &known, &effort).map(LevelsOutcome::Solved)
    }

    /// The question to the rounds model, when it is small enough: of all priorities or, since pairs of mentees make it
    /// large, of those before they come in.
    fn modelled(&self) -> Option<Question<'_>> {
        let order = &self.pairs.event().order;
        let orders = [(&order[..], MOST_COLUMNS_WITH_PAIRS), (before_pairs(order), MOST_COLUMNS)];
        orders.into_iter().find_map(|(order, most)| self.question(order, most))
    }

    /// The question to the rounds model, when it has no more columns.
    fn question<'a>(&'a self, order: &'a [Priority], most: u64) -> Option<Question<'a>> {
        let (standing, every_round) = (self.options.standing, self.every_round);
        let question = Question { pairs: self.pairs, order, standing, every_round };
        (size(&question).columns <= most).then_some(question)
    }

    /// What no schedule can do better than, priority by priority; `None` when there is no schedule.
    fn bounds(&self) -> Option<Vec<(Priority, Vec<i64>)>> {
        let event = self.pairs.event();
        let mut best = self.flow(&parts_of(event, event.order.iter().copied()))?.into_iter();
        let mut bounds = Vec::new();
        for &priority in &event.order {
            let length = priority.senses(event).len();
            let modelled = is_modelled(priority).then(|| best.by_ref().take(length).collect());
            let bound = modelled.or_else(|| natural_bound(self.pairs, self.every_round, &bounds, priority));
            bounds.extend(bound.map(|bound| (priority, bound)));
        }
        Some(bounds)
    }

    /// The bounds, those that the model met in place of the ones of the pair model, and what counts on them anew.
    #[cfg(feature = "highs")]
    fn tightened(&self, bounds: &[(Priority, Vec<i64>)], model: &Levels) -> Vec<(Priority, Vec<i64>)> {
        let met = model.levels.iter().take_while(|level| level.proven).count();
        let mut tightened: Vec<(Priority, Vec<i64>)> = Vec::new();
        for (i, (priority, bound)) in bounds.iter().enumerate() {
            let known = model.levels[..met].get(i).map(|level| level.value.clone());
            let counted = match known {
                None if !is_modelled(*priority) => natural_bound(self.pairs, self.every_round, &tightened, *priority),
                known => known,
            };
            tightened.push((*priority, counted.unwrap_or_else(|| bound.clone())));
        }
        tightened
    }

    fn flow(&self, parts: &[Part]) -> Option<Vec<i64>> {
        let demand = Demand { pairs: self.pairs, parts, every_round: self.every_round, standing: None };
        pair(&demand).map(|pairing| pairing.values)
    }

    /// The schedule with the tighter of the bounds of pair model and rounds model.
    fn certify(&self, schedule: &Schedule, model: Option<&Levels>, steps: u64) -> Outcome {
        let event = self.pairs.event();
        let values = values(self.pairs, schedule, self.options.standing);
        let Some((by_pairs, pivots)) = levels(self.pairs, self.every_round, &values) else {
            return Outcome::Impossible(Vec::new());
        };
        let same =
            model.map_or(0, |model| model.levels.iter().zip(&values).take_while(|(l, v)| l.value == v.1).count());
        // A bound holds for the values above it, so for the first level that differs from the model's, too.
        let tightest = |(i, level): (usize, Level)| match model.and_then(|model| model.levels.get(i)) {
            Some(other) if i <= same => tighter(event, level, other),
            _ => level,
        };
        let mut levels: Vec<Level> = by_pairs.into_iter().enumerate().map(tightest).collect();
        let steps = steps + pivots + self.bound_preferences(&values, &mut levels);
        let (route, solver, more) = match model {
            Some(model) => (Route::RoundsModel, format!("{PROGRAM}, {}", Solver::strongest().name()), model.steps),
            None => (Route::Search, PROGRAM.to_owned(), 0),
        };
        Outcome::Solved(schedule.clone(), Certificate::new(levels, route, steps + more, solver))
    }

    /// Tightens the bound on `preferences`, where a schedule meets those above; the steps that it took.
    fn tighten(&self, bounds: &mut [(Priority, Vec<i64>)], found: &Found, steps: u64) -> u64 {
        let values = values(self.pairs, &found.schedule, self.options.standing);
        let met = bounds.iter().zip(&values).take_while(|(bound, value)| bound == value).count();
        let (Some((Priority::Preferences, bound)), 0) = (bounds.get_mut(met), found.breaches) else { return 0 };
        let Some(lagrangian) = self.lagrangian(&values, met, steps) else { return 0 };
        bound.iter_mut().for_each(|bound| *bound = lagrangian.value.min(*bound));
        lagrangian.passes
    }

    /// Tightens the bound on `preferences` where it is not met yet; the steps that it took.
    fn bound_preferences(&self, values: &[(Priority, Vec<i64>)], levels: &mut [Level]) -> u64 {
        let at = levels.iter().position(|level| level.priority == Priority::Preferences && !level.proven);
        let Some((at, found)) = at.and_then(|at| Some((at, self.lagrangian(values, at, self.options.steps)?))) else {
            return 0;
        };
        let other = Level::new(Priority::Preferences, levels[at].value.clone(), Some(vec![found.value]));
        levels[at] = tighter(self.pairs.event(), other, &levels[at]);
        found.passes
    }

    /// The Lagrangian's bound on the value at position `at`, which is that of `preferences`.
    fn lagrangian(&self, values: &[(Priority, Vec<i64>)], at: usize, steps: u64) -> Option<lagrangian::Bound> {
        let looks = steps.saturating_mul(LOOKS_A_STEP).min(MOST_LOOKS);
        let limits = lagrangian::Limits { looks, passes: MOST_PASSES, stop: self.options.stop };
        let (pairs, every_round, above) = (self.pairs, self.every_round, &values[..at]);
        let reached = *values[at].1.first()?;
        lagrangian::bound(&lagrangian::Question { pairs, every_round, above, reached }, &limits)
    }
}

/// The priorities before those that look at pairs of mentees.
fn before_pairs(order: &[Priority]) -> &[Priority] {
    let pairs = |priority: &Priority| matches!(priority, Priority::NewFaces | Priority::EvenTables);
    &order[..order.iter().position(pairs).unwrap_or(order.len())]
}
