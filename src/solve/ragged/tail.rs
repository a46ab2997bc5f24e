//! The priorities after the head, once that is as good as it gets: annealing with the head held, from schedules that are
//! as good in it, crossings of these, and neighbourhoods of the rounds model.

use std::iter::zip;
use std::thread;

use super::super::models::{Effort, Question, Sizes, another_as_good, better_crossed, better_people, is_only_one};
use super::super::search::{Found, Quest, mingle, mingle_each};
use super::proofs::Proofs;
use super::{Attempt, LAST_SHARE};
use crate::domain::Schedule;

/// The most columns of a rounds model of all priorities that is looked at: pairs of mentees make many rows.
const MOST_COLUMNS: u64 = 2_000;

/// Work of branch and bound that a step of search stands for, see [`Effort::work`].
const WORK_A_STEP: u64 = 10;

/// Whether there is no other schedule is asked for the so manieth part of a time limit.
const SHARE_OF_ONLY: u32 = 3;

/// Annealing has at least the so manieth part of the steps, or so many for each seat, but no more than so many times all.
const LEAST_SHARE: u64 = 3;
const STEPS_A_SEAT: u64 = 300;
const MOST_SHARE: u64 = 2;

/// A turn of wandering comes for so many steps; it cools for so many, and a try for another schedule has so much work.
const STEPS_A_TURN: u64 = 80_000;
const STEPS_A_COOLING: u64 = 20_000;
const WORK_OF_ANOTHER: u64 = 3_000_000;

/// After so many turns that led to worse it goes on from there.
const PATIENCE: usize = 5;

/// A way through schedules that are as good in the head.
#[derive(Clone)]
struct Way {
    at: Schedule,
    /// Turns that led to worse, one after the other.
    vain: usize,
}

impl Attempt<'_> {
    /// What becomes of a schedule in the priorities after the head.
    pub(super) fn tail(&self, found: Found, proofs: &mut Proofs) -> Found {
        if let Some(schedule) = self.only_one(&found, proofs) {
            proofs.add_only(schedule);
            return found;
        }
        let mingled = self.mingle(found, proofs);
        let (found, met) = self.wander(mingled, proofs);
        let found = self.cross(found, &met, proofs);
        self.neighbourhoods_of_tail(found, proofs)
    }

    /// The schedule, when no other is as good in the head, as far as little work proves that: then none is better in what
    /// comes after it. For small events, unless all is proven already.
    fn only_one<'f>(&self, found: &'f Found, proofs: &Proofs) -> Option<&'f Schedule> {
        let (question, schedule) = (self.question_to_wander()?, found.usable()?);
        let is_done = self.is_done(found, &self.pairs.event().order, proofs);
        let is_only = |attempt: &Attempt| is_only_one(&question, schedule, &attempt.effort(0, WORK_A_STEP));
        (!is_done && self.in_part_of_time(SHARE_OF_ONLY, is_only)).then_some(schedule)
    }

    /// What annealing makes of it, with the steps that are left.
    fn mingle(&self, found: Found, proofs: &Proofs) -> Found {
        let Some(start) = found.usable().filter(|_| !(self.options.stop)()) else { return found };
        let all = self.options.steps;
        let left = (all + all / LAST_SHARE).saturating_sub(found.steps);
        let by_size = (start.seats().len() as u64 * STEPS_A_SEAT).min(all * MOST_SHARE);
        let quest = self.quest_of_all(proofs, left.max(all / LEAST_SHARE).max(by_size));
        let mingled = mingle(&quest, start, self.head().len());
        self.better_of(found, mingled)
    }

    /// What annealing makes of other schedules that are as good in the head: iterated local search (Lourenço, Martin,
    /// Stützle 2003), two at a time. With everything before held, small moves do not get from one of these to the next,
    /// and integer programs of the head alone are small. With all schedules on the way. For small events.
    fn wander(&self, found: Found, proofs: &Proofs) -> (Found, Vec<Schedule>) {
        let (order, mut met) = (&self.pairs.event().order, Vec::new());
        let (Some(question), Some(start)) = (self.question_to_wander(), found.usable()) else { return (found, met) };
        let way = Way { at: start.clone(), vain: 0 };
        let (mut ways, mut best) = ([way.clone(), way], found);
        for turn in 0..self.options.steps / STEPS_A_TURN {
            if self.is_done(&best, order, proofs) {
                break;
            }
            let founds = self.beside(&question, &ways, proofs, turn);
            for (way, found) in zip(&mut ways, founds) {
                self.go_along(way, &found);
                if !met.contains(&found.schedule) {
                    met.push(found.schedule.clone());
                }
                best = self.better_of(found, best);
            }
        }
        (best, met)
    }

    /// What crossings with the schedules on the way make of it.
    fn cross(&self, found: Found, met: &[Schedule], proofs: &mut Proofs) -> Found {
        let effort = self.effort(self.head().len(), WORK_A_STEP);
        self.better_by(found, proofs, self.question_of_all().filter(|_| !met.is_empty()), |question, start, known| {
            better_crossed(question, start, met, known, &effort)
        })
    }

    /// What annealing makes of another schedule beside each of these.
    fn beside(&self, question: &Question, ways: &[Way; 2], proofs: &Proofs, turn: u64) -> Vec<Found> {
        let mut starts = ways.each_ref().map(|way| way.at.clone());
        let seeds = (0..).map(|way| self.options.seed.wrapping_add(1 + 2 * turn + way));
        thread::scope(|scope| {
            for (start, seed) in starts.iter_mut().zip(seeds) {
                let effort = Effort { work: WORK_OF_ANOTHER, seed, ..self.effort(0, 0) };
                scope.spawn(move || {
                    if let Some(another) = another_as_good(question, start, &effort) {
                        *start = another;
                    }
                });
            }
        });
        self.by_seed(1 + turn, |attempt| {
            mingle_each(&attempt.quest_of_all(proofs, STEPS_A_COOLING), &starts, self.head().len())
        })
    }

    /// Goes on from what was found when that is no worse, or nothing else is for a while; in the head it never is.
    fn go_along(&self, way: &mut Way, found: &Found) {
        let is_worse = |order, schedule: &Schedule| self.is_better(order, &way.at, schedule);
        let Some(schedule) = found.usable().filter(|schedule| !is_worse(self.head(), schedule)) else { return };
        *way = match is_worse(&self.pairs.event().order, schedule) && way.vain < PATIENCE {
            true => Way { vain: way.vain + 1, at: way.at.clone() },
            false => Way { at: schedule.clone(), vain: 0 },
        };
    }

    /// What neighbourhoods of the rounds model of all priorities make of it, in small events.
    fn neighbourhoods_of_tail(&self, found: Found, proofs: &mut Proofs) -> Found {
        let effort = self.effort(self.head().len(), WORK_A_STEP);
        self.better_by(found, proofs, self.question_of_all(), |question, start, known| {
            better_people(question, start, known, &effort, &mut Sizes::default())
        })
    }

    /// The question of all priorities to the rounds model, in small events.
    pub(super) fn question_of_all(&self) -> Option<Question<'_>> {
        self.question(&self.pairs.event().order, MOST_COLUMNS)
    }

    /// The question of the head to the rounds model, in small events.
    fn question_to_wander(&self) -> Option<Question<'_>> {
        self.question_of_all().map(|all| Question { order: self.head(), ..all })
    }

    fn quest_of_all<'b>(&'b self, proofs: &'b Proofs, steps: u64) -> Quest<'b> {
        let Attempt { pairs, every_round, options, .. } = *self;
        Quest { pairs, order: &pairs.event().order, every_round, bounds: &proofs.bounds, steps, options }
    }
}
