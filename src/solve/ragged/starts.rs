//! The main search and the neighbourhoods after it, from several starts: chance leads each somewhere else, and some get
//! stuck where others do not.

use super::super::models::{Effort, Question, Sizes, better_people_abreast};
use super::super::search::{Found, Starts};
use super::proofs::Proofs;
use super::{Attempt, FIRST_SHARE, Options};
use crate::domain::{Priority, Schedule};

/// How many other starts there are in small events, and the work that a step of search stands for from each, see
/// [`Effort::work`](super::Effort::work).
const OTHER_STARTS: u64 = 2;
const WORK_FROM_EACH_START: u64 = 9;

/// The so manieth part of the main search comes before each of the starts that are bettered abreast, and the work of
/// each.
const SHARE_OF_START: u64 = 4;
const WORK_ABREAST: u64 = 48;

/// The so manieth part of the steps goes into search between neighbourhoods, each time.
const SHARE_BETWEEN: u64 = 12;

/// More starts are tried when at least the so manieth part of the work is left, up to so many in all.
const SHARE_LEFT: u64 = 4;
const MOST_STARTS: u64 = 8;

impl Attempt<'_> {
    /// What becomes of the head after the first look: in small events from starts one after the other, in those whose
    /// neighbourhoods are looked at from two at a time abreast, else from what was found.
    pub(super) fn main_search(&self, found: Found, proofs: &mut Proofs, sizes: &mut Sizes) -> Found {
        let (steps, standing) = (self.options.steps, self.options.standing);
        let (first, drafts) = (steps / FIRST_SHARE, if standing.is_some() && found.breaches == 0 { 0 } else { 1 });
        let main = steps - first;
        if self.question_of_all().is_some() {
            let found = self.go_on(found, proofs, main, drafts);
            let found = self.neighbourhoods(found, proofs, WORK_FROM_EACH_START, sizes);
            return (1..=OTHER_STARTS).fold(found, |found, start| self.start_anew(found, proofs, first, start));
        }
        match self.question_of_neighbourhoods() {
            Some(question) => {
                let part = main / SHARE_OF_START;
                let found = self.go_on(found, proofs, part, drafts);
                match found.usable().is_some() && !self.is_done(&found, question.order, proofs) {
                    true => self.abreast(found, proofs, question, first + part),
                    false => self.go_on(found, proofs, main - part, drafts),
                }
            }
            None => self.go_on(found, proofs, main, drafts),
        }
    }

    /// The better of what was found and of what neighbourhoods make of a schedule by another seed, which may lead to what
    /// they don't get to from the one at hand; unless that is proven to be the best in the head.
    fn start_anew(&self, found: Found, proofs: &mut Proofs, steps: u64, start: u64) -> Found {
        if self.is_done(&found, self.head(), proofs) {
            return found;
        }
        let another = self.by_seed(start, |other| {
            let another = other.draft(proofs, steps);
            other.neighbourhoods(another, proofs, WORK_FROM_EACH_START, &mut Sizes::default())
        });
        self.or_better(found, another, proofs)
    }

    /// What neighbourhoods make of what was found and another start abreast; and of two more starts as long as all are
    /// stuck with much work left, until what was found is proven to be the best that the question asks for.
    fn abreast(&self, found: Found, proofs: &mut Proofs, question: Question, steps: u64) -> Found {
        let all = self.effort(0, WORK_ABREAST).work;
        let (mut found, mut work) = (found, all);
        for start in (0..MOST_STARTS).step_by(2) {
            let better;
            (better, work) = self.by_seed(start, |attempt| {
                let first = match start {
                    0 => Found { steps: 0, ..found.clone() },
                    _ => attempt.draft(proofs, steps),
                };
                attempt.beside_another(first, proofs, question, steps, work)
            });
            found = self.or_better(found, better, proofs);
            if work < all / SHARE_LEFT || self.is_done(&found, question.order, proofs) {
                break;
            }
        }
        found
    }

    /// What neighbourhoods make of a start and of another abreast, each with so much work, and how much of it is left.
    fn beside_another(
        &self,
        first: Found,
        proofs: &mut Proofs,
        question: Question,
        steps: u64,
        work: u64,
    ) -> (Found, u64) {
        let another = self.by_seed(1, |other| other.draft(proofs, steps));
        let is_worse = self.is_better_found(question.order, &another, &first);
        let (mut best, other) = if is_worse { (another, first) } else { (first, another) };
        best.steps += other.steps;
        let (effort, mut left) = (Effort { work, ..self.effort(0, WORK_ABREAST) }, 0);
        let bounds = proofs.bounds.clone();
        let search = |start: &Schedule, seed| self.search_between(start, &bounds, seed);
        let better = self.better_by(best, proofs, Some(question), |question, start, known| {
            let others = other.usable();
            let (levels, of_each) = better_people_abreast(question, start, others.as_slice(), known, &effort, &search)?;
            left = of_each;
            Some(levels)
        });
        (better, left)
    }

    /// What search makes of a schedule by a seed between neighbourhoods, unless that is worse, and the steps it takes.
    fn search_between(&self, start: &Schedule, bounds: &[(Priority, Vec<i64>)], seed: u64) -> (Option<Schedule>, u64) {
        let attempt = Attempt { options: &Options { seed, ..*self.options }, ..*self };
        let steps = self.options.steps / SHARE_BETWEEN;
        let found = attempt.search_within(bounds, steps, &Starts { given: Some(start), drafts: 0 });
        let better = found.usable().filter(|found| !self.is_better(self.head(), start, found));
        (better.cloned(), found.steps)
    }

    /// The better of what was found and of another, and what is proven with regard to that.
    fn or_better(&self, found: Found, another: Found, proofs: &mut Proofs) -> Found {
        let better = self.better_of(found, another);
        if let Some(schedule) = better.usable() {
            proofs.renew(schedule);
        }
        better
    }

    /// A schedule that search finds without another to start from.
    fn draft(&self, proofs: &Proofs, steps: u64) -> Found {
        self.search(proofs, steps, &Starts { given: None, drafts: 1 })
    }
}
