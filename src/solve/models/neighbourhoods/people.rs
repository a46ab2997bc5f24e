//! Neighbourhoods in which some people may be seated anew in some rounds, which microlp solves.
//!
//! Their size follows what the solver manages, for each kind by itself: it grows while neighbourhoods are solved in
//! vain, and shrinks when one is not solved within its share of the work. One that has grown to the whole model is
//! looked at once, with more work: solved, it is a proof.

mod abreast;
mod cards;
mod crossings;
mod cuts;
mod following;
mod guide;
mod manners;
mod plateau;
mod scopes;
mod seatings;

use std::time::Duration;
use std::{iter, thread};

use crate::domain::{Level, Schedule, Seat};
use crate::solve::choice::Choice;
use crate::solve::random::Random;
use crate::solve::threads::{joined, side_by_side};

use super::super::levels::Part;
use super::super::outcome::Outcome;
use super::super::program::{Program, Reduced};
use super::super::solver::{self, Budget, Solver, Spent, Task};
use super::super::{Levels, Question};
use super::{AT_ONCE, Aim, Position, better};
use guide::Guide;
use manners::{EVEN, LOOSE, Manner, Patience, TIGHT};
use scopes::{Freed, Ground, Kind};

pub use abreast::{Search, better_people_abreast};
pub use cards::fewer_cards;
pub use crossings::better_crossed;
pub use plateau::{another_as_good, is_only_one};
pub use seatings::better_seating;

/// So few nodes solve a neighbourhood that is easy.
const EASY: u64 = 5;

/// How much larger neighbourhoods get after one that was solved in vain and not easy, and after one that was not solved.
const LARGER: f64 = 1.15;
const SMALLER: f64 = 0.75;

/// The first size of those about which schedule and relaxation differ where sizes begin small: two that are not solved
/// are enough to know that they are too large by themselves.
const GUIDED_AT_FIRST: f64 = 14.0;

/// How large they are at most when the whole model was looked at.
const BELOW_WHOLE: f64 = 0.7;

/// The least work that a look counts for: presolving alone may solve it, and what counts for nothing never ends.
const LEAST_WORK: u64 = 10_000;

/// A look at the whole model has the so manieth part of the work that a part of a priority may take: what it does not
/// solve, neighbourhoods go on with. So it has less of the last part's.
const WHOLE_SHARE: u64 = 2;
const WHOLE_SHARE_OF_LAST: u64 = 4;

/// How much is tried, and who may stop it.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// So many priorities are as good as they get: those after them are bettered.
    pub held: usize,
    /// Work in all: iterations of microlp's simplex times rows. Each part of a priority's value may take a half or a
    /// third of what is left, the last all; where several schedules are bettered abreast a sixth of it is kept for that.
    pub work: u64,
    /// Seed of the order in which neighbourhoods come.
    pub seed: u64,
    /// How long it may still take: microlp can't ask `stop` while it solves a relaxation. `None` without a time limit.
    pub left: &'a (dyn Fn() -> Option<Duration> + Sync),
    /// Asked between neighbourhoods: whether to stop and keep the best so far.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// How large neighbourhoods are that can be solved, by their kind; to be kept from one use to the next.
pub struct Sizes(Vec<f64>);

impl Default for Sizes {
    fn default() -> Self {
        Sizes(Kind::ALL.iter().map(|kind| kind.first_size()).collect())
    }
}

impl Sizes {
    /// None is larger than the first, and those about which schedule and relaxation differ begin anew: what was
    /// too much for one part may not be for the next.
    fn begin_small(&mut self) {
        for (size, kind) in self.0.iter_mut().zip(Kind::ALL) {
            *size = if matches!(kind, Kind::Guided) { GUIDED_AT_FIRST } else { size.min(kind.first_size()) };
        }
    }

    /// Whether what schedule and relaxation differ about is too much by itself.
    fn is_guided_too_large(&self) -> bool {
        self.0[Kind::Guided as usize] <= Kind::Guided.least_size()
    }
}

/// What came of a look at a neighbourhood.
struct Look {
    /// A better point of the whole model, if there is one.
    point: Option<Vec<i64>>,
    /// What no point of the neighbourhood does better than, if that is known.
    bound: Option<i64>,
    solved: bool,
    spent: Spent,
}

/// How much a look may take, and who may stop it.
#[derive(Clone, Copy)]
struct Most<'a> {
    work: u64,
    /// See [`Manner::most_on_relaxation`].
    on_relaxation: u64,
    left: &'a (dyn Fn() -> Option<Duration> + Sync),
    stop: &'a (dyn Fn() -> bool + Sync),
}

struct Climber<'a> {
    effort: &'a Effort<'a>,
    manner: &'static Manner,
    random: Random,
    sizes: &'a mut Sizes,
    choice: Choice<Kind>,
    /// Nodes so far.
    nodes: u64,
    /// Work that is left.
    work: u64,
}

/// What to look at next.
enum Next {
    /// Neighbourhoods side by side.
    Some(Vec<(Kind, Freed)>),
    /// Everybody is seated anew.
    Whole(Kind),
}

/// Betters a schedule priority by priority. `known` are its levels with bounds that hold. The schedule is never
/// lexicographically worse than `start`; `None` when that breaks a rule.
pub fn better_people(
    question: &Question,
    start: &Schedule,
    known: &[Level],
    effort: &Effort,
    sizes: &mut Sizes,
) -> Option<Levels> {
    let position = Position::new(question, start)?;
    Some(Climber::new(effort, manner(&position, &LOOSE), sizes).better(question, position, known))
}

/// The same as [`better_people`] does it, and beside that by many small looks where the relaxation of the model is tight:
/// either finds what the other does not. They share nothing, so that both cores have work.
pub fn better_people_both_ways(
    question: &Question,
    start: &Schedule,
    known: &[Level],
    effort: &Effort,
    sizes: &mut Sizes,
) -> Vec<Levels> {
    let Some(position) = Position::new(question, start) else { return Vec::new() };
    let is_tight = position.model.is_tight();
    let evenly = || {
        let position = Position::new(question, start)?;
        Some(Climber::new(effort, &EVEN, &mut Sizes::default()).better(question, position, known))
    };
    thread::scope(|scope| {
        let evenly = is_tight.then(|| scope.spawn(evenly));
        let first = Climber::new(effort, manner(&position, &LOOSE), sizes).better(question, position, known);
        iter::once(first).chain(evenly.and_then(joined)).collect()
    })
}

/// How the model of a position is gone about, where its relaxation is `loose` or tight.
fn manner(position: &Position, loose: &'static Manner) -> &'static Manner {
    if position.model.is_tight() { &TIGHT } else { loose }
}

impl<'a> Climber<'a> {
    fn new(effort: &'a Effort<'a>, manner: &'static Manner, sizes: &'a mut Sizes) -> Self {
        let (random, choice) = (Random::new(effort.seed), manner.choice());
        Climber { effort, manner, random, sizes, choice, nodes: 0, work: effort.work }
    }

    /// Betters a position in the priorities that are not held.
    fn better(mut self, question: &Question, position: Position, known: &[Level]) -> Levels {
        let levels = better(question, position, known, Solver::Microlp, |position, aim| {
            if aim.at.0 < self.effort.held { aim.bound } else { self.climb(position, aim) }
        });
        Levels { steps: self.nodes, ..levels }
    }

    fn most(&self, work: u64) -> Most<'a> {
        Most { work, on_relaxation: self.manner.most_on_relaxation, left: self.effort.left, stop: self.effort.stop }
    }

    /// Betters the position until the bound is met, the share of the work is done or nothing comes of it; gives the
    /// bound.
    fn climb(&mut self, position: &mut Position, aim: &Aim) -> i64 {
        let manner = self.manner;
        let is_last = aim.left == 1;
        let patience = if is_last { manner.patience_with_last.as_ref() } else { Some(&manner.patience) };
        let reserve = manner.last_share.filter(|_| !is_last).map_or(0, |share| self.effort.work / share);
        let share = manner.share.map_or(1 + aim.open_after, |share| aim.left.min(share));
        let until = (self.work - self.work / share as u64).max(reserve).min(self.work);
        let (mut bound, mut was_whole) = (aim.bound, false);
        if manner.begins_small {
            self.sizes.begin_small();
        }
        self.choice = manner.choice();
        let mut guide = self.guide(position, aim, until, &mut bound);
        let (mut vain, mut since) = (0, self.work);
        while self.goes_on(position, aim, bound, until) {
            let is_vain = patience.is_some_and(|patience| match patience {
                Patience::Looks(most) => vain >= *most,
                Patience::Share(share) => since - self.work >= self.effort.work / share,
                Patience::Work(most) => since - self.work >= *most,
            });
            if is_vain
                && !is_last
                && let Some(behind) = guide.take_if(|guide| guide.can_turn(position, aim.part))
            {
                guide = self.turn(behind, position, aim, until, &mut bound);
                (vain, since) = (0, self.work);
                continue;
            }
            if is_vain && (was_whole || !manner.ends_with_whole) {
                break;
            }
            let next = if is_vain { Next::Whole(Kind::Days) } else { self.next(position, guide.as_ref(), was_whole) };
            let better = match next {
                Next::Some(freed) => {
                    let most = self.most(self.manner.most_on_some);
                    let looks = look_side_by_side(position, aim.part, freed.iter().map(|(_, freed)| freed), most);
                    let better = freed.iter().zip(looks).map(|(&(kind, _), look)| self.take(position, aim, kind, look));
                    better.fold(false, |any, better| any | better)
                }
                Next::Whole(kind) => {
                    was_whole = true;
                    let share = if is_last { WHOLE_SHARE_OF_LAST } else { WHOLE_SHARE };
                    let work = ((self.work - until) / share).min(manner.most_on_whole);
                    // The first relaxation is solved to its end, however long it takes.
                    let most = Most { on_relaxation: work, ..self.most(work) };
                    let look = look(position, aim.part, &|_| true, most);
                    bound = look.bound.map_or(bound, |own| aim.part.tighter(own, bound));
                    self.take(position, aim, kind, look)
                }
            };
            (vain, since) = if better { (0, self.work) } else { (vain + 1, since) };
        }
        bound
    }

    /// Whether a part goes on to be bettered until so much work is left.
    fn goes_on(&self, position: &Position, aim: &Aim, bound: i64, until: u64) -> bool {
        position.value(aim.part) != bound && self.work > until && !(self.effort.stop)()
    }

    /// Counts what a look took.
    fn count(&mut self, spent: Spent) {
        self.nodes += spent.nodes;
        self.work = self.work.saturating_sub(spent.work.max(LEAST_WORK));
    }

    /// Counts a look, learns from it and takes what is better; whether anything is.
    fn take(&mut self, position: &mut Position, aim: &Aim, kind: Kind, look: Look) -> bool {
        self.count(look.spent);
        self.choice.learn(kind, look.point.is_some(), look.spent.work.max(LEAST_WORK));
        let factor = match look.solved {
            true if look.point.is_some() => 1.0,
            true if look.spent.nodes <= EASY => self.manner.much_larger,
            true => LARGER,
            false => SMALLER,
        };
        let size = &mut self.sizes.0[kind as usize];
        *size = (*size * factor).max(kind.least_size());
        look.point.is_some_and(|point| position.take(aim.part, point))
    }

    /// What to look at next, by chance; no more the whole model when that was looked at.
    fn next(&mut self, position: &Position, guide: Option<&Guide>, was_whole: bool) -> Next {
        // Where sizes do not begin anew with a part, what is too large would never come back.
        let guide = guide.filter(|_| !self.manner.begins_small || !self.sizes.is_guided_too_large());
        let most = if was_whole { BELOW_WHOLE } else { 1.0 };
        let ground = Ground::of(position);
        let mut freed = Vec::new();
        for _ in 0..AT_ONCE {
            let kind = self.kind(guide.is_some());
            let astray = guide.filter(|_| matches!(kind, Kind::Guided)).map(|guide| guide.astray(position));
            let astray = astray.unwrap_or_default();
            let size = &mut self.sizes.0[kind as usize];
            let whole = kind.whole(&ground) as f64;
            *size = size.min(most * whole);
            if *size >= whole {
                return Next::Whole(kind);
            }
            freed.push((kind, scopes::some(kind, &ground, *size as usize, astray, &mut self.random)));
        }
        Next::Some(freed)
    }

    /// A kind of neighbourhood by chance.
    fn kind(&mut self, is_guided: bool) -> Kind {
        let is_offered = |kind| is_guided || kind != Kind::Guided;
        self.choice.pick(is_offered, &mut self.random).unwrap_or(Kind::Days)
    }
}

/// Looks at neighbourhoods side by side.
fn look_side_by_side<'f>(
    position: &Position,
    part: &Part,
    freed: impl Iterator<Item = &'f Freed>,
    most: Most,
) -> Vec<Look> {
    side_by_side(freed, |freed| look_at(position, part, freed, most))
}

/// Looks at neighbourhoods one after the other until about so much work is done.
fn look_in_turn(position: &Position, part: &Part, freed: &[(Kind, Freed)], work: u64, most: Most) -> Vec<(Kind, Look)> {
    let mut done = 0;
    let look = |(kind, freed): &(Kind, Freed)| {
        let look = (done < work).then(|| look_at(position, part, freed, most))?;
        done += look.spent.work;
        Some((*kind, look))
    };
    freed.iter().map_while(look).collect()
}

/// Looks at a neighbourhood.
fn look_at(position: &Position, part: &Part, freed: &Freed, most: Most) -> Look {
    look(position, part, &|seat| freed.contains(seat), most)
}

/// Looks at the neighbourhood of the seats that are free.
fn look(position: &Position, part: &Part, is_free: &dyn Fn(&Seat) -> bool, most: Most) -> Look {
    look_in(&position.model.program, position, part, is_free, most)
}

/// The same in a program with more rows than the model's, which the position meets.
fn look_in(program: &Program, position: &Position, part: &Part, is_free: &dyn Fn(&Seat) -> bool, most: Most) -> Look {
    let (model, point) = (&position.model, position.point());
    let reduced = Reduced::new(program, &point, |decision| is_free(&model.seat(decision)));
    if Guide::least_work(&reduced.program) > most.on_relaxation {
        return Look { point: None, bound: None, solved: false, spent: Spent::default() };
    }
    let (objective, start) = (reduced.sum(&part.objective), reduced.within(&point));
    let task = Task { program: &reduced.program, objective: &objective, sense: part.sense, start: Some(&start) };
    let budget = Budget { nodes: 1, work: most.work, time: (most.left)(), stop: most.stop };
    let (outcome, spent) = solver::solve(Solver::Microlp, &task, budget);
    let (point, bound, solved) = match outcome {
        Outcome::Optimal(point) => {
            let value = objective.value(&point);
            (Some(point), Some(value), true)
        }
        Outcome::Feasible(point, bound) => (Some(point), bound, false),
        Outcome::Stopped(bound) => (None, bound, false),
        Outcome::Infeasible | Outcome::Fault(_) => (None, None, false),
    };
    let value = |point: &[i64]| part.sense.upwards(objective.value(point));
    let point = point.filter(|point| value(point) > value(&start)).map(|point| reduced.whole(&point));
    Look { point, bound, solved, spent }
}
