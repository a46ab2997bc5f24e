//! A schedule bettered by neighbourhoods of the rounds model that HiGHS solves exactly, and a bound that it proves.
//!
//! What makes the rounds model hard is which table has which topic when; with that given, who sits where takes HiGHS
//! a tenth of a second for 70 people. So the tables of one expert after the other, of each round and of two experts at
//! a time are free to have other topics, everybody being seated anew each time. For the bound nothing needs to be an
//! integer but how many sittings each expert has on each topic, over all rounds: rounds are nearly alike, so that
//! halves of a sitting hide in them, but hardly in their sum.
//!
//! Two neighbourhoods are looked at side by side, and the better schedule is taken, so that one core comes to the same
//! as two.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};
use std::time::Duration;

use crate::domain::{ExpertIx, Level, RoundIx, Schedule, TopicIx};
use crate::solve::random::Random;

use super::levels::{Model, Part, Rung};
use super::outcome::Outcome;
use super::program::Program;
use super::rounds::RoundsModel;
use super::solver::{self, Budget, Solver, Task};
use super::sum::{Column, Sum};
use super::{Levels, Question};

/// How many neighbourhoods are looked at side by side, whatever the machine has.
const AT_ONCE: usize = 2;

/// Most nodes of branch and bound in a neighbourhood.
const NODES: u64 = 20;

/// How much is tried, and who may stop it.
#[derive(Clone, Copy)]
pub struct Effort<'a> {
    /// Most neighbourhoods of two experts for each part of a priority's value.
    pub tries: usize,
    /// Most nodes of branch and bound for a bound.
    pub nodes: u64,
    /// Seed of the order in which neighbourhoods come.
    pub seed: u64,
    /// How long it may still take; `None` gives the same answer every time.
    pub left: &'a (dyn Fn() -> Option<Duration> + Sync),
    /// Asked between neighbourhoods: whether to stop and keep the best so far.
    pub stop: &'a (dyn Fn() -> bool + Sync),
}

/// Tables that may have another topic, or be opened.
#[derive(Clone, Debug, Default)]
struct Freed {
    experts: Vec<ExpertIx>,
    round: Option<RoundIx>,
}

struct Climber<'a> {
    model: RoundsModel<'a>,
    effort: &'a Effort<'a>,
    decisions: Vec<i64>,
    /// Experts with a choice of topics.
    several: Vec<ExpertIx>,
    random: Random,
    steps: u64,
}

/// Betters a schedule priority by priority. `known` are its levels with bounds that hold. The schedule is never
/// lexicographically worse than `start`; `None` when that breaks a rule.
pub fn better_levels(question: &Question, start: &Schedule, known: &[Level], effort: &Effort) -> Option<Levels> {
    let model = RoundsModel::new(question);
    let decisions = model.decisions(start)?;
    if !model.program.admits(&model.program.point(&decisions)) {
        return None;
    }
    let event = question.pairs.event();
    let several = event.expert_ixs().filter(|&e| event.sitting_topics(e).len() > 1).collect();
    let mut climber = Climber { model, effort, decisions, several, random: Random::new(effort.seed), steps: 0 };
    let mut rungs = Vec::new();
    // Bounds that are known hold as long as what they were reckoned for is unchanged.
    let mut same = true;
    for (&priority, known) in question.order.iter().zip(known) {
        let mut rung = Rung { priority, parts: Vec::new() };
        let mut total = 0;
        for (i, part) in climber.model.parts(priority).into_iter().enumerate() {
            let before = if part.running { total } else { 0 };
            let bound = known.bound.as_ref().filter(|_| same).map(|bound| bound[i] + before);
            let bound = climber.climb(&part, bound);
            total = climber.value(&part);
            same &= total - before == known.value[i];
            part.hold(&mut climber.model.program, total);
            rung.parts.push((part, bound - before));
        }
        rungs.push(rung);
    }
    let point = climber.point();
    Some(Levels {
        schedule: climber.model.schedule(&point),
        levels: rungs.iter().map(|rung| rung.level(&point)).collect(),
        steps: climber.steps,
        fault: None,
    })
}

impl Climber<'_> {
    fn point(&self) -> Vec<i64> {
        self.model.program.point(&self.decisions)
    }

    fn value(&self, part: &Part) -> i64 {
        part.objective.value(&self.point())
    }

    /// Betters the decisions; gives the bound of the objective.
    fn climb(&mut self, part: &Part, known: Option<i64>) -> i64 {
        let extreme = part.extreme(&self.model.program);
        let bound = known.map_or(extreme, |known| part.tighter(known, extreme));
        if self.several.is_empty() || self.is_over(part, bound) {
            return bound;
        }
        let counted = self.counted();
        let start = counted.point(&self.decisions);
        let effort = self.effort;
        let mut look = Vec::from([Freed::default()]);
        look.extend(self.several.iter().map(|&e| Freed { experts: vec![e], round: None }));
        look.extend(self.model.event.round_ixs().map(|r| Freed { experts: Vec::new(), round: Some(r) }));
        let (proven, steps) = thread::scope(|scope| {
            let task = Task { program: &counted, objective: &part.objective, sense: part.sense, start: Some(&start) };
            let proof = scope.spawn(move || solver::bound(&task, budget(effort, effort.nodes)));
            self.try_all(part, bound, &look, 1);
            joined(proof)
        });
        self.steps += steps;
        let holds = |proven: &i64| part.sense.upwards(*proven) >= part.sense.upwards(self.value(part));
        let bound = proven.filter(holds).map_or(bound, |proven| part.tighter(proven, bound));
        let look = self.couples();
        self.try_all(part, bound, &look, AT_ONCE);
        bound
    }

    fn is_over(&self, part: &Part, bound: i64) -> bool {
        self.value(part) == bound || (self.effort.stop)()
    }

    /// The rounds model in which only the numbers of sittings need to be integers.
    fn counted(&mut self) -> Program {
        let event = self.model.event;
        let mut counts = Vec::new();
        for &e in &self.several {
            for topic in event.sitting_topics(e) {
                let sittings: Sum = event.round_ixs().map(|r| self.model.sitting(e, r, topic)).collect();
                counts.push((sittings, event.rounds.len() as i64));
            }
        }
        self.model.program.relaxed_but(counts)
    }

    /// The tables of two experts each, in an order by chance.
    fn couples(&mut self) -> Vec<Freed> {
        let experts = self.several.iter().enumerate();
        let mut couples: Vec<Freed> = experts
            .flat_map(|(i, &a)| self.several[i + 1..].iter().map(move |&b| Freed { experts: vec![a, b], round: None }))
            .collect();
        for i in (1..couples.len()).rev() {
            couples.swap(i, self.random.below(i + 1));
        }
        couples.truncate(self.effort.tries);
        couples
    }

    /// Goes through neighbourhoods, so many side by side, until the bound is met.
    fn try_all(&mut self, part: &Part, bound: i64, look: &[Freed], at_once: usize) {
        for freed in look.chunks(at_once) {
            if self.is_over(part, bound) {
                return;
            }
            let programs: Vec<Program> = freed.iter().map(|freed| self.restricted(freed)).collect();
            let start = self.point();
            let (start, effort) = (&start, self.effort);
            let answers: Vec<(Outcome, u64)> = thread::scope(|scope| {
                let solve = |program| {
                    let task = Task { program, objective: &part.objective, sense: part.sense, start: Some(start) };
                    scope.spawn(move || solver::solve(Solver::Highs, &task, budget(effort, NODES)))
                };
                let running: Vec<_> = programs.iter().map(solve).collect();
                running.into_iter().map(joined).collect()
            });
            for (outcome, steps) in answers {
                self.steps += steps;
                self.take(part, outcome);
            }
        }
    }

    /// Takes the point when it is better.
    fn take(&mut self, part: &Part, outcome: Outcome) {
        let (Outcome::Optimal(point) | Outcome::Feasible(point, _)) = outcome else { return };
        let upwards = |value| part.sense.upwards(value);
        if upwards(part.objective.value(&point)) > upwards(self.value(part)) {
            self.decisions = point;
        }
    }

    /// The rounds model in which the tables that are not freed have the topics that they have.
    fn restricted(&self, freed: &Freed) -> Program {
        let mut topics: BTreeMap<(ExpertIx, RoundIx), Option<TopicIx>> = BTreeMap::new();
        for seat in self.model.schedule(&self.decisions).seats() {
            topics.insert((seat.expert, seat.round), seat.topic);
        }
        self.model.program.restricted(|decision: Column| {
            let seat = self.model.seat(decision);
            freed.round == Some(seat.round)
                || freed.experts.contains(&seat.expert)
                || self.several.binary_search(&seat.expert).is_err()
                || topics.get(&(seat.expert, seat.round)) == Some(&seat.topic)
        })
    }
}

/// What the thread came to; its panic goes on here.
fn joined<T>(thread: ScopedJoinHandle<T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}

fn budget<'a>(effort: &'a Effort, nodes: u64) -> Budget<'a> {
    Budget { nodes, time: (effort.left)(), stop: effort.stop }
}
