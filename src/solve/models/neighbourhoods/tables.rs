//! Neighbourhoods in which some tables may have other topics, which HiGHS solves.
//!
//! What makes the rounds model hard is which table has which topic when; with that given, HiGHS seats 70 people in a
//! tenth of a second. So the tables of a few experts, by chance, are free to have other topics, everybody being seated
//! anew each time.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::domain::{ExpertIx, Level, RoundIx, Schedule, TopicIx};
use crate::solve::random::Random;
use crate::solve::threads::side_by_side;

use super::super::levels::Part;
use super::super::outcome::Outcome;
use super::super::program::Program;
use super::super::solver::{self, Budget, Solver, Task};
use super::super::sum::Sum;
use super::super::{Levels, Question};
use super::{AT_ONCE, Position, better};

/// Most nodes of branch and bound in a neighbourhood.
const NODES: u64 = 200;

/// How much is tried, and who may stop it.
#[derive(Clone, Copy)]
pub struct TableEffort<'a> {
    /// Most times that neighbourhoods are looked at; each part of a priority's value may take half of what is left.
    pub tries: usize,
    /// Seed of the order in which neighbourhoods come.
    pub seed: u64,
    /// How long it may still take; `None` gives the same answer every time.
    pub left: &'a (dyn Fn() -> Option<Duration> + Sync),
    /// Asked between neighbourhoods: whether to stop and keep the best so far.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// What is freed in a neighbourhood: the tables of so many experts in so many rounds, and whether each expert keeps the
/// number of sittings on each topic.
const SHAPES: [(usize, usize, bool); 5] =
    [(2, usize::MAX, false), (3, 3, false), (3, usize::MAX, true), (5, 3, true), (7, 3, true)];

/// The tables of these experts in these rounds may have another topic, or be opened.
#[derive(Clone, Debug, Default)]
struct Freed {
    /// Ascending.
    experts: Vec<ExpertIx>,
    rounds: Vec<RoundIx>,
    counted: bool,
}

struct Climber<'p, 'a> {
    position: &'p mut Position<'a>,
    effort: &'p TableEffort<'p>,
    /// Experts with a choice of topics.
    several: &'p [ExpertIx],
    work: Work,
}

/// Steps done, and how often neighbourhoods may still be looked at.
#[derive(Clone, Copy)]
struct Work {
    steps: u64,
    tries: usize,
}

/// Betters a schedule priority by priority. `known` are its levels with bounds that hold. The schedule is never
/// lexicographically worse than `start`; `None` when that breaks a rule.
pub fn better_tables(question: &Question, start: &Schedule, known: &[Level], effort: &TableEffort) -> Option<Levels> {
    let event = question.pairs.event();
    let several: Vec<ExpertIx> = event.expert_ixs().filter(|&e| event.sitting_topics(e).len() > 1).collect();
    let mut work = Work { steps: 0, tries: effort.tries };
    let position = Position::new(question, start)?;
    let levels = better(question, position, known, Solver::Highs, |position, aim| {
        let mut climber = Climber { position, effort, several: &several, work };
        climber.climb(aim.part, aim.bound);
        work = climber.work;
        aim.bound
    });
    Some(Levels { steps: work.steps, ..levels })
}

impl Climber<'_, '_> {
    /// Betters the position until the bound is met or half of the tries are gone.
    fn climb(&mut self, part: &Part, bound: i64) {
        if self.several.is_empty() || self.is_over(part, bound) {
            return;
        }
        self.look(part, &[Freed::default()]);
        let mut random = Random::new(self.effort.seed);
        for _ in 0..self.work.tries.div_ceil(2) {
            if self.is_over(part, bound) {
                break;
            }
            let freed: Vec<Freed> = (0..AT_ONCE).map(|_| self.freed(&mut random)).collect();
            self.look(part, &freed);
            self.work.tries -= 1;
        }
    }

    fn is_over(&self, part: &Part, bound: i64) -> bool {
        self.position.value(part) == bound || (self.effort.stop)()
    }

    /// A neighbourhood by chance.
    fn freed(&self, random: &mut Random) -> Freed {
        let rounds: Vec<RoundIx> = self.position.model.event.round_ixs().collect();
        let (experts, in_rounds, counted) = SHAPES[random.below(SHAPES.len())];
        let mut freed =
            Freed { experts: some(self.several, experts, random), rounds: some(&rounds, in_rounds, random), counted };
        freed.experts.sort_unstable();
        freed
    }

    /// Looks at neighbourhoods side by side and takes the best point that is better.
    fn look(&mut self, part: &Part, freed: &[Freed]) {
        let programs: Vec<Program> = freed.iter().map(|freed| self.restricted(freed)).collect();
        let start = self.position.point();
        let (start, effort) = (&start, self.effort);
        let answers = side_by_side(&programs, |program| {
            let task = Task { program, objective: &part.objective, sense: part.sense, start: Some(start) };
            solver::neighbourhood(&task, budget(effort))
        });
        for (outcome, spent) in answers {
            self.work.steps += spent.nodes;
            if let Outcome::Optimal(point) | Outcome::Feasible(point, _) = outcome {
                self.position.take(part, point);
            }
        }
    }

    /// The rounds model in which the tables that are not freed have the topics that they have.
    fn restricted(&mut self, freed: &Freed) -> Program {
        let mut topics: BTreeMap<(ExpertIx, RoundIx), Option<TopicIx>> = BTreeMap::new();
        for seat in self.position.model.schedule(&self.position.decisions).seats() {
            topics.insert((seat.expert, seat.round), seat.topic);
        }
        let is_free = |e, r| freed.experts.contains(&e) && freed.rounds.contains(&r);
        let mut program = self.position.model.program.restricted(|decision| {
            let seat = self.position.model.seat(decision);
            self.several.binary_search(&seat.expert).is_err()
                || is_free(seat.expert, seat.round)
                || topics.get(&(seat.expert, seat.round)) == Some(&seat.topic)
        });
        for &e in freed.experts.iter().filter(|_| freed.counted) {
            for topic in self.position.model.event.sitting_topics(e) {
                let sittings: Sum = freed.rounds.iter().map(|&r| self.position.model.sitting(e, r, topic)).collect();
                let now = freed.rounds.iter().filter(|&&r| topics.get(&(e, r)) == Some(&topic)).count();
                program.exactly(sittings, now as i64);
            }
        }
        program
    }
}

/// So many of all, by chance, or all.
fn some<T: Copy>(all: &[T], most: usize, random: &mut Random) -> Vec<T> {
    let mut left = all.to_vec();
    while left.len() > most {
        left.swap_remove(random.below(left.len()));
    }
    left
}

fn budget<'a>(effort: &'a TableEffort) -> Budget<'a> {
    Budget { nodes: NODES, work: 0, time: (effort.left)(), stop: effort.stop }
}
