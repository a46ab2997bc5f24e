//! A schedule bettered by neighbourhoods of the rounds model that a solver solves exactly, priority by priority.
//!
//! Some people are seated anew in some rounds while everybody else stays ([`people`]): what is left of the model is
//! small, and microlp solves it in a moment. With feature `highs` tables get other topics while all are seated anew
//! (`tables`).
//!
//! Two neighbourhoods are looked at side by side, whatever the machine has: the result is the same on one core as on
//! two.

mod people;
#[cfg(feature = "highs")]
mod tables;

use std::iter;

use crate::domain::{Level, Priority, Schedule};
use crate::solve::counting::so_many_seats;

use super::levels::{Model, Part, Rung};
use super::rounds::RoundsModel;
use super::{Levels, Question, Solver};

pub use people::{
    Effort, Search, Sizes, another_as_good, better_crossed, better_people, better_people_abreast,
    better_people_both_ways, better_seating, fewer_cards, is_only_one,
};
#[cfg(feature = "highs")]
pub use tables::{TableEffort, better_tables};

/// How many neighbourhoods are looked at side by side, whatever the machine has.
const AT_ONCE: usize = 2;

/// A part of a priority to be bettered while what comes before it is held.
struct Aim<'p> {
    part: &'p Part,
    /// The place of its priority in the question, and its own in that.
    at: (usize, usize),
    /// What no schedule does better than.
    bound: i64,
    /// How many parts are left, this one among them.
    left: usize,
    /// How many parts after this one are not known to be proven.
    open_after: usize,
}

/// A schedule as decisions of the rounds model.
struct Position<'a> {
    model: RoundsModel<'a>,
    decisions: Vec<i64>,
}

impl<'a> Position<'a> {
    /// A schedule in the model of a question; `None` when it breaks a rule.
    fn new(question: &Question<'a>, schedule: &Schedule) -> Option<Self> {
        let model = RoundsModel::new(question);
        let decisions = model.decisions(schedule)?;
        let position = Position { model, decisions };
        position.model.program.admits(&position.point()).then_some(position)
    }

    fn point(&self) -> Vec<i64> {
        self.model.program.point(&self.decisions)
    }

    fn value(&self, part: &Part) -> i64 {
        part.objective.value(&self.point())
    }

    fn schedule(&self) -> Schedule {
        self.model.schedule(&self.decisions)
    }

    /// Goes on from a schedule, when that breaks no rule and is as good as what is held.
    fn go_on_from(&mut self, schedule: &Schedule) {
        let decisions = self.model.decisions(schedule);
        if let Some(decisions) = decisions.filter(|own| self.model.program.admits(&self.model.program.point(own))) {
            self.decisions = decisions;
        }
    }

    /// Takes a point of the model when it is better; whether it is.
    fn take(&mut self, part: &Part, mut point: Vec<i64>) -> bool {
        let upwards = |value| part.sense.upwards(value);
        let better = upwards(part.objective.value(&point)) > upwards(self.value(part));
        if better {
            point.truncate(self.decisions.len());
            self.decisions = point;
        }
        better
    }
}

/// Positions of one question that get better abreast: each may get stuck where another does not.
struct Abreast<'a> {
    first: Position<'a>,
    others: Vec<Position<'a>>,
}

impl<'a> Abreast<'a> {
    fn all(&mut self) -> impl Iterator<Item = &mut Position<'a>> {
        iter::once(&mut self.first).chain(&mut self.others)
    }

    /// The parts of a priority, which are the same for all.
    fn parts(&mut self, priority: Priority) -> Vec<Part> {
        for position in &mut self.others {
            position.model.parts(priority);
        }
        self.first.model.parts(priority)
    }

    /// Those that are worse in a part than the best go on from there, and what was reached is held; gives that.
    fn meet(&mut self, part: &Part) -> i64 {
        for other in &self.others {
            self.first.take(part, other.point());
        }
        let best = self.first.point();
        let value = part.objective.value(&best);
        for position in &mut self.others {
            position.take(part, best.clone());
        }
        self.all().for_each(|position| part.hold(&mut position.model.program, value));
        value
    }
}

/// Betters a position part by part of the priorities. `climb` betters it in one part and gives its bound or a tighter
/// one. `known` are the levels of the schedule with bounds that hold. The steps are the caller's to count.
fn better(
    question: &Question,
    position: Position,
    known: &[Level],
    solver: Solver,
    mut climb: impl FnMut(&mut Position, &Aim) -> i64,
) -> Levels {
    let one = Abreast { first: position, others: Vec::new() };
    better_abreast(question, one, known, solver, |abreast, aim| climb(&mut abreast.first, aim))
}

/// The same with positions abreast, all of which `climb` betters; `known` are the levels of the first.
fn better_abreast(
    question: &Question,
    mut abreast: Abreast,
    known: &[Level],
    solver: Solver,
    mut climb: impl FnMut(&mut Abreast, &Aim) -> i64,
) -> Levels {
    let mut rungs = Vec::new();
    // Bounds that are known hold as long as what they were reckoned for is unchanged.
    let mut same = true;
    let asked = known.iter().take(question.order.len());
    let mut left = asked.clone().map(|level| level.value.len()).sum();
    let is_open = |level: &Level, i| level.bound.as_ref().is_none_or(|bound| bound.get(i) != level.value.get(i));
    let open = |level: &Level| (0..level.value.len()).filter(move |&i| is_open(level, i)).count();
    let mut open_after: usize = asked.map(open).sum();
    for (place, (&priority, known)) in question.order.iter().zip(known).enumerate() {
        let mut rung = Rung { priority, parts: Vec::new() };
        let mut total = 0;
        // The bound of a part holds for the bounds of those before it in its priority.
        let mut met = same;
        for (i, part) in abreast.parts(priority).into_iter().enumerate() {
            let before = if part.running { total } else { 0 };
            let own = known.bound.as_ref().filter(|_| met).and_then(|bound| bound.get(i)).map(|bound| bound + before);
            let extreme = part.extreme(&abreast.first.model.program);
            let bound = own.map_or(extreme, |own| part.tighter(own, extreme));
            open_after -= usize::from(is_open(known, i));
            let bound = match counted(&abreast.first, &rung, &part) {
                Counted::Proven => abreast.first.value(&part),
                Counted::Best => bound,
                Counted::No => climb(&mut abreast, &Aim { part: &part, at: (place, i), bound, left, open_after }),
            };
            left -= 1;
            total = abreast.meet(&part);
            met &= own == Some(total);
            same &= known.value.get(i) == Some(&(total - before));
            rung.parts.push((part, bound - before));
        }
        rungs.push(rung);
    }
    let point = abreast.first.point();
    Levels {
        schedule: abreast.first.model.schedule(&point),
        levels: rungs.iter().map(|rung| rung.level(&point)).collect(),
        steps: 0,
        solver,
        fault: None,
    }
}

/// What counting says of the part of a priority that comes next.
enum Counted {
    /// No schedule is better in it.
    Proven,
    /// None with as many seats is.
    Best,
    /// One may be.
    No,
}

fn counted(position: &Position, rung: &Rung, part: &Part) -> Counted {
    let first = rung.parts.first().filter(|_| rung.priority == Priority::Seats);
    let Some((first, bound)) = first else { return Counted::No };
    let seats = position.value(first);
    match so_many_seats(position.model.event, seats).get(rung.parts.len()) == Some(&position.value(part)) {
        true if seats == *bound => Counted::Proven,
        true => Counted::Best,
        false => Counted::No,
    }
}
