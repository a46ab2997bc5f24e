//! Beside a standing plan: values as good as without one, and few people with another card.

use super::super::models::fewer_cards;
use super::super::search::{Found, Starts};
use super::super::values::value;
use super::super::{Options, Outcome};
use super::Attempt;
use super::proofs::Proofs;
use crate::domain::Priority::Changes;
use crate::domain::{Level, Priority, Route, Schedule};

/// The most columns of a rounds model in which cards are looked after.
const MOST_COLUMNS: u64 = 150_000;

/// Work of branch and bound for that which a seat is worth, and which a step of search stands for, see [`Effort::work`].
const WORK_A_SEAT: u64 = 150_000;
const WORK_A_STEP: u64 = 100;

/// The so manieth part of the steps goes into a second search near the standing plan, and into one from what was made
/// anew back to it.
const MORE_SHARE: u64 = 2;
const BACK_SHARE: u64 = 2;

/// What is searched for near the standing plan has the so manieth part of a time limit, and what is made anew of the
/// rest.
const SHARE_OF_NEAR: u32 = 3;
const SHARE_OF_FRESH: u32 = 2;

impl Attempt<'_> {
    /// What [`solve_head`](Self::solve_head) finds, near the standing plan when there is one and changes come last: as
    /// good as what is found without regard to that.
    pub(super) fn solve_near_standing(&self, proofs: &mut Proofs) -> Result<(Found, Route), Outcome> {
        let order: Vec<Priority> = self.head().iter().copied().filter(|&priority| priority != Changes).collect();
        let is_last = self.head().strip_suffix(&[Changes]).unwrap_or(self.head()) == order;
        let Some(standing) = self.options.standing.filter(|_| is_last) else { return self.solve_head(proofs) };
        let near = self.search_near(standing, &order, proofs);
        let (found, route) = match self.is_done(&near, &order, proofs) {
            true => (near, Route::Search),
            false => self.near_or_anew(near, &order, proofs)?,
        };
        Ok((self.fewer_cards(found, &order, proofs), route))
    }

    /// What was found near the standing plan, or what is found without regard to that and then nearer, when that is
    /// better.
    fn near_or_anew(&self, near: Found, order: &[Priority], proofs: &mut Proofs) -> Result<(Found, Route), Outcome> {
        let anew = Attempt { options: &Options { standing: None, ..*self.options }, ..*self };
        match anew.in_part_of_time(SHARE_OF_FRESH, |attempt| attempt.solve_head(proofs)) {
            Ok((fresh, route)) if self.is_better_found(order, &fresh, &near) => {
                Ok((self.go_nearer(fresh, order, proofs, self.options.steps / BACK_SHARE), route))
            }
            anew if near.usable().is_some() => Ok((near, anew.map_or(Route::Search, |(_, route)| route))),
            _ => self.solve_head(proofs),
        }
    }

    /// What is found from the standing plan with newcomers seated in it; without more than that, if it is the best.
    fn search_near(&self, standing: &Schedule, order: &[Priority], proofs: &Proofs) -> Found {
        let near = self.search(proofs, 0, &Starts { given: Some(standing), drafts: 0 });
        if self.is_done(&near, order, proofs) {
            return near;
        }
        self.in_part_of_time(SHARE_OF_NEAR, |attempt| {
            let near = attempt.go_nearer(near, order, proofs, self.options.steps);
            if self.is_best(&near, order, proofs) {
                return near;
            }
            attempt.go_nearer(near, order, proofs, self.options.steps / MORE_SHARE)
        })
    }

    /// What search makes of what was found, nearer the standing plan: as good in the priorities of `order`.
    fn go_nearer(&self, found: Found, order: &[Priority], proofs: &Proofs, steps: u64) -> Found {
        if self.is_over(&found) {
            return found;
        }
        let more = self.search(proofs, steps, &Starts { given: Some(&found.schedule), drafts: 0 });
        self.better_in(order, found, more)
    }

    /// As good in the priorities of `order`, with fewer cards that are not the standing plan's, when the rounds model is
    /// small enough.
    fn fewer_cards(&self, found: Found, order: &[Priority], proofs: &Proofs) -> Found {
        let order: Vec<Priority> = order.iter().copied().chain([Changes]).collect();
        let Some(question) = self.question(&order, MOST_COLUMNS).filter(|_| !self.is_over(&found)) else {
            return found;
        };
        let better = found.usable().and_then(|start| {
            let by_size = start.seats().len() as u64 * WORK_A_SEAT;
            let mut effort = self.effort(order.len() - 1, WORK_A_STEP);
            effort.work = effort.work.min(by_size);
            let mut known = proofs.levels(start)?.0;
            known.truncate(order.len() - 1);
            known.push(Level::new(Changes, value(self.pairs, start, Changes, self.options.standing), None));
            fewer_cards(&question, start, &known, &effort)
        });
        match better {
            Some(better) => Found { schedule: better.schedule, breaches: 0, steps: found.steps + better.steps },
            None => found,
        }
    }
}
