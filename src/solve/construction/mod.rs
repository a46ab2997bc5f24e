//! Schedules from the pair model, for events whose rounds are not alike: pair, settle, lay out.
//!
//! The pairing of the whole event says how much of each topic is wanted of each expert; so the sittings are settled
//! ([`settled`]). Paired again with just these sittings, everybody meets whom they should, and only the rounds are
//! open: these meetings are laid out as far as it goes ([`layout`]), and the search seats the few that are left. Any
//! part of a schedule can be made anew in the same way ([`part`]).

mod layout;
mod part;
mod settled;

use std::collections::BTreeSet;

use super::flow::{Demand, Part, is_modelled, pair, parts_of};
use super::random::Random;
use super::values::value;
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Schedule, Sense, TopicIx};
use crate::pairs::Pairs;

pub use part::part;
pub use settled::Sittings;

/// Who meets whom about what.
type Meeting = (MenteeIx, ExpertIx, Option<TopicIx>);

/// How often it is tried to keep pairs from meeting about two topics; then the second meetings are left out.
const ATTEMPTS: u32 = 4;

/// Pivots that a change of topic counts for by itself.
const STEPS_A_CHANGE: u64 = 500;

/// What drafts are made of, and the work that they took.
pub struct Drafts<'r> {
    /// Chance.
    pub random: &'r mut Random,
    /// Meetings that would be a pair's second, about another topic; more are found on the way.
    pub banned: BTreeSet<Meeting>,
    /// Pivots and placements.
    pub steps: u64,
}

impl Drafts<'_> {
    /// The meetings that could be laid out with sittings that suit what is wanted; `None` when the rules cannot be met.
    /// Better sittings are looked for until about so many steps are done.
    pub fn first(&mut self, pairs: &Pairs, every_round: bool, steps: u64) -> Option<Schedule> {
        let event = pairs.event();
        let pairing = pair(&Demand { pairs, parts: &all_parts(event), every_round, standing: None })?;
        self.steps += pairing.steps;
        let mut sittings = Sittings::for_pairing(event, &pairing.meetings);
        if event.experts.iter().any(|e| e.topics.len() > 1) {
            self.improve(&mut sittings, pairs, every_round, steps);
        }
        self.draft(pairs, &sittings, every_round, None, false, |_| true)
    }

    /// Gives tables other topics as long as the pair model says that this is no worse.
    fn improve(&mut self, sittings: &mut Sittings, pairs: &Pairs, every_round: bool, steps: u64) {
        let event = pairs.event();
        let parts = all_parts(event);
        let senses: Vec<Sense> = modelled(event).flat_map(|p| p.senses(event)).collect();
        let mut reached: Option<Vec<i64>> = None;
        while self.steps < steps {
            let mut other = sittings.clone();
            if reached.is_some() {
                other.change(event, self.random);
            }
            self.steps += STEPS_A_CHANGE;
            let settled = other.settle(event, &self.banned);
            let hosts = Pairs::new(&settled.event);
            let demand = Demand { pairs: &hosts, parts: &parts, every_round, standing: None };
            let Some(pairing) = pair(&demand) else { continue };
            self.steps += pairing.steps;
            let values: Vec<i64> = senses.iter().zip(&pairing.values).map(|(s, &v)| s.upwards(v)).collect();
            if reached.as_ref().is_some_and(|reached| values < *reached) {
                continue;
            }
            let twice = settled::met_twice(event, settled.meetings(&pairing));
            if twice.is_empty() || reached.is_none() {
                (reached, *sittings) = (Some(values), other);
            }
            self.banned.extend(twice);
        }
        sittings.balance(event);
    }

    /// A schedule with these sittings that keeps to `home`, or else to `own`, where that costs nothing; `None` when the
    /// pair model says that with these sittings none is better than `own` (or as good, when there is a `home`), in the
    /// priorities that it models, or that none is possible.
    pub fn better(
        &mut self,
        pairs: &Pairs,
        sittings: &Sittings,
        own: &Schedule,
        home: Option<&Schedule>,
    ) -> Option<Schedule> {
        let event = pairs.event();
        let head = event.order.iter().copied().take_while(|&p| is_modelled(p));
        let senses: Vec<Sense> = head.clone().flat_map(|p| p.senses(event)).collect();
        let upwards = |values: &[i64]| -> Vec<i64> { senses.iter().zip(values).map(|(s, &v)| s.upwards(v)).collect() };
        let reached = upwards(&head.flat_map(|p| value(pairs, own, p, None)).collect::<Vec<i64>>());
        let is_worth_it = |values: &[i64]| match home {
            Some(_) => upwards(values) >= reached,
            None => upwards(values) > reached,
        };
        self.draft(pairs, sittings, false, Some(home.unwrap_or(own)), home.is_some(), is_worth_it)
    }

    fn draft(
        &mut self,
        pairs: &Pairs,
        sittings: &Sittings,
        every_round: bool,
        standing: Option<&Schedule>,
        faithful: bool,
        is_worth_it: impl Fn(&[i64]) -> bool,
    ) -> Option<Schedule> {
        let event = pairs.event();
        let mut parts = all_parts(event);
        parts.extend(standing.map(|_| Part::KeptPairs));
        for attempt in 1.. {
            let settled = sittings.settle(event, &self.banned);
            let before = standing.map(|standing| settled.hosted(standing));
            let hosts = Pairs::new(&settled.event);
            let pairing = pair(&Demand { pairs: &hosts, parts: &parts, every_round, standing: before.as_ref() })?;
            self.steps += pairing.steps;
            if !is_worth_it(&pairing.values) {
                return None;
            }
            let twice = settled::met_twice(event, settled.meetings(&pairing));
            if twice.is_empty() || attempt == ATTEMPTS {
                let (places, tries) =
                    layout::lay_out(&settled, &pairing.meetings, before.as_ref(), faithful, self.random);
                self.steps += tries;
                return Some(settled.schedule(&pairing, &places));
            }
            self.banned.extend(twice);
        }
        None
    }
}

/// The priorities that a flow can model, in the event's order.
fn modelled(event: &Event) -> impl Iterator<Item = Priority> {
    event.order.iter().copied().filter(|&p| is_modelled(p))
}

/// All their parts.
fn all_parts(event: &Event) -> Vec<Part> {
    parts_of(event, modelled(event))
}
