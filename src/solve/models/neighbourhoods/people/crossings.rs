//! Crossings of schedules: seats that one of several has may be in the next, and no others (polishing: Rothberg 2007).
//! What none of several good ones has is rarely in a better one, so that as much is free at once as these differ about.

use std::iter;

use crate::domain::{Level, Schedule};
use crate::solve::models::neighbourhoods::{AT_ONCE, Aim, Position, better};
use crate::solve::models::{Levels, Question, Solver};
use crate::solve::random::Random;

use super::scopes::{Freed, shuffled};
use super::{Effort, LEAST_WORK, Most, look_side_by_side};

/// The most work of a look.
const MOST_WORK: u64 = 1_000_000;

/// How many schedules are crossed with the one at hand at first, how many more after a look in vain, and how many fewer
/// after one that was not solved.
const FIRST_COUNT: f64 = 3.0;
const MORE: f64 = 1.1;
const FEWER: f64 = 0.8;

/// Betters a schedule by crossings with others, priority by priority after those that are held: each part of a value
/// within half of the work that is left, the last within all. `known` are its levels with bounds that hold. It is never
/// lexicographically worse than `start`; `None` when that breaks a rule.
pub fn better_crossed(
    question: &Question,
    start: &Schedule,
    others: &[Schedule],
    known: &[Level],
    effort: &Effort,
) -> Option<Levels> {
    let position = Position::new(question, start)?;
    let (random, work) = (Random::new(effort.seed), effort.work);
    let others = iter::once(start).chain(others).collect();
    let mut crossing = Crossing { effort, others, random, count: FIRST_COUNT, nodes: 0, work };
    let levels = better(question, position, known, Solver::Microlp, |position, aim| {
        if aim.at.0 >= effort.held {
            crossing.climb(position, aim);
        }
        aim.bound
    });
    Some(Levels { steps: crossing.nodes, ..levels })
}

struct Crossing<'a> {
    effort: &'a Effort<'a>,
    others: Vec<&'a Schedule>,
    random: Random,
    /// How many are crossed with the schedule at hand.
    count: f64,
    /// Nodes so far.
    nodes: u64,
    /// Work that is left.
    work: u64,
}

impl Crossing<'_> {
    /// Betters the position until the bound is met, all are crossed at once, or the part's share of the work is done.
    fn climb(&mut self, position: &mut Position, aim: &Aim) {
        let until = if aim.left == 1 { 0 } else { self.work / 2 };
        let (most, mut all_at_once) = (self.others.len() as f64, false);
        while position.value(aim.part) != aim.bound && !all_at_once && self.work > until && !(self.effort.stop)() {
            let freed = [(); AT_ONCE].map(|()| self.some(position));
            all_at_once = self.count >= most;
            for look in look_side_by_side(position, aim.part, freed.iter(), self.most()) {
                self.nodes += look.spent.nodes;
                self.work = self.work.saturating_sub(look.spent.work.max(LEAST_WORK));
                all_at_once &= look.solved;
                let factor = match look.solved {
                    true if look.point.is_some() => 1.0,
                    true => MORE,
                    false => FEWER,
                };
                self.count = (self.count * factor).min(most).max(1.0);
                look.point.map(|point| position.take(aim.part, point));
            }
        }
    }

    /// The seats of the schedule at hand and of some others, by chance.
    fn some(&mut self, position: &Position) -> Freed {
        let own = position.schedule();
        let others = shuffled(&self.others, &mut self.random);
        let others = others.into_iter().take(self.count as usize).flat_map(|other| other.seats());
        Freed::of(own.seats().iter().chain(others).copied().collect())
    }

    fn most(&self) -> Most<'_> {
        let Effort { left, stop, .. } = *self.effort;
        Most { work: MOST_WORK.min(self.work), on_relaxation: u64::MAX, left, stop }
    }
}
