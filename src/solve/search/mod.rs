//! Construction and search for events whose rounds are not alike, over one evaluator of moves ([`state`]).
//!
//! A first schedule comes from the pair model ([`construction`](super::construction)). Then rounds are seated anew,
//! each by a minimum-cost flow ([`round`]); sittings get other topics, all meetings following ([`worker`]); and small
//! moves ([`moves`]) better what a flow can't see and mend what breaks rules ([`mending`]). A change stays when the cost
//! is no worse, or for a while little worse ([`slack`]).
//!
//! Two workers search apart, each with its own chance, and go on from the better schedule of both now and then: the
//! result is the same on one core as on two. In small events the second anneals ([`annealing`]), as long as that pays.
//! Priorities that look at pairs of mentees are annealed apart, once those before them are done ([`mingling`]).

mod annealing;
mod mending;
mod mingling;
mod moves;
mod round;
mod scopes;
mod slack;
mod state;
mod terms;
mod worker;

use std::thread;

use crate::domain::{Priority, Schedule};
use crate::pairs::Pairs;
use crate::solve::Options;

pub use mingling::{mingle, mingle_each};
use worker::Worker;

/// How many workers there are, whatever the machine has.
const WORKERS: u64 = 2;

/// How often the workers compare what they have, in the second half of their steps.
const MEETINGS: u64 = 5;

/// What to search for.
pub struct Quest<'a> {
    /// The pairs of the event.
    pub pairs: &'a Pairs<'a>,
    /// The priorities that count.
    pub order: &'a [Priority],
    /// Whether each expert has a sitting in every round when present.
    pub every_round: bool,
    /// What no schedule can do better than.
    pub bounds: &'a [(Priority, Vec<i64>)],
    /// The most steps.
    pub steps: u64,
    /// Seed, standing plan and who watches.
    pub options: &'a Options<'a>,
}

/// What a search starts from.
pub struct Starts<'a> {
    /// A schedule, which need not keep all rules.
    pub given: Option<&'a Schedule>,
    /// Drafts of each worker's own, but for the first worker when a schedule is given; in a small event the second
    /// anneals what is given instead. Without any, all go on from what is given.
    pub drafts: usize,
}

/// What a search found.
#[derive(Clone)]
pub struct Found {
    /// The best schedule.
    pub schedule: Schedule,
    /// How many breaches of hard rules it has; 0 when it can be used.
    pub breaches: i64,
    /// Steps done.
    pub steps: u64,
}

impl Found {
    /// The schedule, when it keeps all rules.
    pub fn usable(&self) -> Option<&Schedule> {
        Some(&self.schedule).filter(|_| self.breaches == 0)
    }
}

/// Betters what it starts from until the steps are done or the bounds are met.
pub fn search(quest: &Quest, starts: &Starts) -> Found {
    let mut workers: Vec<Worker> = (0..WORKERS).map(|i| Worker::new(quest, i)).collect();
    let share = quest.steps / WORKERS;
    let anneals = starts.given.is_some() && starts.drafts > 0 && workers[0].coolings(share / 2) > 0;
    thread::scope(|scope| {
        for (i, worker) in workers.iter_mut().enumerate() {
            let given = starts.given.filter(|_| i == 0 || anneals || starts.drafts == 0);
            let drafts = if given.is_some() { 0 } else { starts.drafts };
            scope.spawn(move || match given.filter(|_| i > 0 && anneals) {
                Some(start) => worker.begin_annealed(start, share / 2),
                None => worker.begin(&Starts { given, drafts }, share / 2),
            });
        }
    });
    let mut before = None;
    for meeting in 1..=MEETINGS {
        if workers.iter().any(Worker::is_done) || (quest.options.stop)() {
            break;
        }
        let leader = leader(&workers);
        let (cost, schedule) = workers[leader].best().clone();
        let pays = leader > 0 || before.as_ref() == Some(&cost);
        thread::scope(|scope| {
            for (i, worker) in workers.iter_mut().enumerate() {
                let (cost, schedule, steps) = (&cost, &schedule, share * (MEETINGS + meeting) / (2 * MEETINGS));
                scope.spawn(move || {
                    worker.join(cost, schedule);
                    match i > 0 && anneals && pays {
                        true => worker.anneal(steps),
                        false => worker.improve(steps),
                    }
                });
            }
        });
        before = Some(cost);
    }
    found(&workers)
}

fn found(workers: &[Worker]) -> Found {
    let steps = workers.iter().map(|worker| worker.steps).sum();
    let (cost, schedule) = workers[leader(workers)].best();
    Found { schedule: schedule.clone(), breaches: cost.first().copied().unwrap_or(0), steps }
}

/// The worker with the best schedule, the first of them when there are several.
fn leader(workers: &[Worker]) -> usize {
    (0..workers.len()).min_by_key(|&i| (&workers[i].best().0, i)).unwrap_or(0)
}
