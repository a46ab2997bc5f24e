//! Beside a standing plan: values as good as without one, and few people with another card.

use super::super::models::{Effort, Question, fewer_cards, size};
use super::super::search::{Found, Starts};
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

/// The so manieth part of the steps goes into a search from what was made anew back to the standing plan.
const BACK_SHARE: u64 = 2;

/// What is made anew has the so manieth part of a time limit.
const SHARE_OF_FRESH: u32 = 2;

impl Attempt<'_> {
    /// What [`solve_head`](Self::solve_head) finds, near the standing plan when there is one and changes come last: as
    /// good as what is found without regard to that.
    pub(super) fn solve_near_standing(&self, proofs: &mut Proofs) -> Result<(Found, Route), Outcome> {
        let order: Vec<Priority> = self.head().iter().copied().filter(|&priority| priority != Changes).collect();
        let is_last = self.head().strip_suffix(&[Changes]).unwrap_or(self.head()) == order;
        let Some(standing) = self.options.standing.filter(|_| is_last) else { return self.solve_head(proofs) };
        let near = self.search(proofs, 0, &Starts { given: Some(standing), drafts: 0 });
        let (found, route) = if self.is_best(&near, &order, proofs) {
            (near, Route::Search)
        } else {
            match self.solve_anew(proofs) {
                Ok((fresh, route)) if self.is_better_found(&fresh, &near, &order) => {
                    (self.go_on(fresh, proofs, self.options.steps / BACK_SHARE, 0), route)
                }
                _ => self.solve_head(proofs)?,
            }
        };
        Ok((self.fewer_cards(found, &order, proofs), route))
    }

    /// What is found without regard to the standing plan.
    fn solve_anew(&self, proofs: &mut Proofs) -> Result<(Found, Route), Outcome> {
        let Options { stop, left, .. } = *self.options;
        let reserve = left().map(|left| left - left / SHARE_OF_FRESH).unwrap_or_default();
        let left = || left().map(|left| left.saturating_sub(reserve));
        let stop = || stop() || left().is_some_and(|left| left.is_zero());
        let options = Options { standing: None, stop: &stop, left: &left, ..*self.options };
        Attempt { options: &options, ..*self }.solve_head(proofs)
    }

    /// Whether a schedule is proven to be the best in the priorities of `order`.
    fn is_best(&self, found: &Found, order: &[Priority], proofs: &Proofs) -> bool {
        let levels = found.usable().and_then(|schedule| proofs.levels(schedule));
        levels.is_some_and(|(levels, _)| levels.iter().take(order.len()).all(|level| level.proven))
    }

    /// Whether what was found can be used and is better than another in the priorities of `order`.
    fn is_better_found(&self, found: &Found, than: &Found, order: &[Priority]) -> bool {
        let is_better = |schedule| than.usable().is_none_or(|than| self.is_better(order, schedule, than));
        found.usable().is_some_and(is_better)
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
