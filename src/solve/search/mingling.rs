//! Betters the last priorities, which look at pairs of mentees, once those before them are as good as they get: a move
//! that keeps all of those is rare for a neighbourhood and soon found by chance.
//!
//! Simulated annealing with the priorities before held. In turn with that some of them melt too, to get to another hill.

use std::{slice, thread};

use super::annealing::{COLDEST, Cooling, HOTTEST, MOVES_A_STEP, Moves, levels};
use super::moves::{exchange, small_move};
use super::worker::Worker;
use super::{Found, Quest, WORKERS, found, leader};
use crate::domain::Schedule;

/// How many moves one cooling takes for each seat.
const MOVES_A_SEAT: u64 = 2_000;

/// The temperature at first while the priorities before are held, in weights of the first part after them.
const HOTTEST_HELD: f64 = 0.3;

/// What a card weighs that is not the standing plan's, in the same weights: much more than as the last tie-break, since
/// at these temperatures it would count for nothing.
const CARD: f64 = 1.0;

/// In so many ways what is before is gone about: held, or some parts of it melting, or none.
const WAYS: u64 = 4;

/// Betters what comes after so many priorities of a schedule that keeps all rules; those don't become
/// worse, as far as the cost tells: `worst-off` may within a band.
pub fn mingle(quest: &Quest, start: &Schedule, held: usize) -> Found {
    let mut workers: Vec<Worker> = (0..WORKERS).map(|i| Worker::new(quest, i)).collect();
    let share = quest.steps / WORKERS;
    let coolings = (share * MOVES_A_STEP / (MOVES_A_SEAT * start.seats().len().max(1) as u64)).max(1);
    for worker in &mut workers {
        worker.construct(Some(start));
    }
    for cooling in 1..=coolings {
        if workers.iter().any(Worker::is_done) || (quest.options.stop)() {
            break;
        }
        let (cost, schedule) = workers[leader(&workers)].best().clone();
        thread::scope(|scope| {
            for (i, worker) in (0..).zip(&mut workers) {
                let (cost, schedule, steps) = (&cost, &schedule, share * cooling / coolings);
                let way = if cooling == coolings { 0 } else { (cooling + i) % WAYS };
                scope.spawn(move || {
                    worker.join(cost, schedule);
                    worker.mingle(held, way as usize, steps);
                });
            }
        });
    }
    found(&workers)
}

/// Cools each of two schedules once by a worker of its own, what comes before so many priorities being held.
pub fn mingle_each(quest: &Quest, starts: &[Schedule; 2], held: usize) -> Vec<Found> {
    let mut workers: Vec<Worker> = (0..WORKERS).map(|i| Worker::new(quest, i)).collect();
    thread::scope(|scope| {
        for (worker, start) in workers.iter_mut().zip(starts) {
            scope.spawn(move || {
                worker.construct(Some(start));
                worker.mingle(held, 0, quest.steps / WORKERS);
            });
        }
    });
    workers.iter().map(|worker| found(slice::from_ref(worker))).collect()
}

impl Worker<'_> {
    /// Cools the best schedule once until so many steps are done in all.
    fn mingle(&mut self, held: usize, way: usize, steps: u64) {
        let Some((_, parts)) = self.state.terms.parts().nth(held) else { return };
        let (first, levels) = (parts.start, levels(&self.state.terms));
        let (hottest, held, moves): (f64, usize, Moves) = match way {
            0 => (HOTTEST_HELD * levels[first], first, exchange),
            _ => (HOTTEST * levels[(first + 1).saturating_sub(way).max(1)], 0, small_move),
        };
        let card = CARD * levels[first];
        self.cool(&Cooling { hottest, coldest: COLDEST * levels[first], held, card, moves }, steps);
    }
}
