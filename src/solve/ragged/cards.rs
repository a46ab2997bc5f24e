//! Beside a standing plan: values as good as without one, and few people with another card.

use super::super::models::{Effort, Question, fewer_cards, size};
use super::super::search::Found;
use super::super::values::value;
use super::super::{Options, Outcome};
use super::Attempt;
use super::proofs::Proofs;
use crate::domain::Priority::Changes;
use crate::domain::{Level, Priority, Route};

/// The most columns of a rounds model in which cards are looked after.
const MOST_COLUMNS: u64 = 150_000;

/// Work of branch and bound for that which a seat is worth, and which a step of search stands for, see [`Effort::work`].
const WORK_A_SEAT: u64 = 300_000;
const WORK_A_STEP: u64 = 200;

/// Within a time limit a plan is made anew only when so many times as long is left as the kept one took.
const TIMES_AS_LONG: u32 = 3;

impl Attempt<'_> {
    /// What [`solve_head`](Self::solve_head) finds, near the standing plan when there is one and changes come last.
    pub(super) fn solve_near_standing(&self, proofs: &mut Proofs) -> Result<(Found, Route), Outcome> {
        let left = self.options.left;
        let before = left();
        let (kept, route) = self.solve_head(proofs)?;
        let order: Vec<Priority> = self.head().iter().copied().filter(|&priority| priority != Changes).collect();
        let is_last = self.head().strip_suffix(&[Changes]).unwrap_or(self.head()) == order;
        if self.options.standing.is_none() || !is_last {
            return Ok((kept, route));
        }
        // Within a time limit cards come first: what is done anew takes as long again, and more after it.
        let has_time =
            left().zip(before).is_none_or(|(left, before)| left > before.saturating_sub(left) * TIMES_AS_LONG);
        let found = if has_time { self.as_good_as_fresh(kept, &order, proofs) } else { kept };
        Ok((self.fewer_cards(found, &order, proofs), route))
    }

    /// What was found, or something that is as good in the priorities of `order` as what is found without regard to the
    /// standing plan.
    fn as_good_as_fresh(&self, kept: Found, order: &[Priority], proofs: &mut Proofs) -> Found {
        let is_best = |proofs: &Proofs| {
            let levels = kept.usable().and_then(|schedule| proofs.levels(schedule));
            levels.is_some_and(|(levels, _)| levels.iter().take(order.len()).all(|level| level.proven))
        };
        if is_best(proofs) || (self.options.stop)() {
            return kept;
        }
        let anew = Attempt { options: &Options { standing: None, ..*self.options }, ..*self };
        let Ok((fresh, _)) = anew.solve_head(proofs) else { return kept };
        let steps = kept.steps + fresh.steps;
        let is_good = |found: &Found| match (found.usable(), fresh.usable()) {
            (Some(found), Some(fresh)) => !self.is_better(order, fresh, found),
            (found, fresh) => found.is_some() || fresh.is_none(),
        };
        if is_good(&kept) {
            return Found { steps, ..kept };
        }
        let more = anew.go_on(Found { steps, ..kept }, proofs, self.options.steps, 0);
        if is_good(&more) { more } else { Found { steps: more.steps, ..fresh } }
    }

    /// As good in the priorities of `order`, with fewer cards that are not the standing plan's, when the rounds model is
    /// small enough.
    fn fewer_cards(&self, found: Found, order: &[Priority], proofs: &Proofs) -> Found {
        let Options { steps, seed, left, stop, standing, .. } = *self.options;
        let order: Vec<Priority> = order.iter().copied().chain([Changes]).collect();
        let question = Question { pairs: self.pairs, order: &order, standing, every_round: self.every_round };
        if size(&question).columns > MOST_COLUMNS || stop() {
            return found;
        }
        let better = found.usable().and_then(|start| {
            let by_size = start.seats().len() as u64 * WORK_A_SEAT;
            let effort = Effort { work: steps.saturating_mul(WORK_A_STEP).min(by_size), seed, left, stop };
            let mut known = proofs.levels(start)?.0;
            known.truncate(order.len() - 1);
            known.push(Level::new(Changes, value(self.pairs, start, Changes, standing), None));
            fewer_cards(&question, start, &known, &effort)
        });
        match better {
            Some(better) => Found { schedule: better.schedule, breaches: 0, steps: found.steps + better.steps },
            None => found,
        }
    }
}
