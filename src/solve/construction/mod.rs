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

use super::flow::{Demand, Pairing, Part, is_modelled, nearest, parts_of};
use super::random::Random;
use super::values::value;
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Schedule, Sense, TopicIx};
use crate::pairs::Pairs;

pub use part::part;
pub use settled::{Sittings, tables_asked_for};

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
    /// Asked now and then: whether to do with what there is.
    pub stop: &'r dyn Fn() -> bool,
    /// Meetings that would be a pair's second, about another topic; more are found on the way.
    pub banned: BTreeSet<Meeting>,
    /// Pivots and placements.
    pub steps: u64,
}

/// What a schedule is wished for that takes the place of another.
pub struct Wish<'a> {
    /// The schedule that there is: another must be better, and keeps to it where that costs nothing.
    pub own: &'a Schedule,
    /// What to keep to instead; then it may also be as good.
    pub home: Option<&'a Schedule>,
    /// Whether any will do, since this one breaks rules: it may be a way to mend them.
    pub broken: bool,
    /// How much less than this one's it may be in value of a priority of one part.
    pub slack: Option<(Priority, i64)>,
}

impl Drafts<'_> {
    /// The meetings that could be laid out with sittings that suit what is wanted. Better sittings are looked for until
    /// about so many steps are done.
    pub fn first(&mut self, pairs: &Pairs, every_round: bool, steps: u64) -> Option<Schedule> {
        let event = pairs.event();
        let pairing = nearest(&Demand { pairs, parts: &all_parts(event), every_round, standing: None }, self.stop);
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
        let mut other = sittings.clone();
        while self.steps < steps && !(self.stop)() {
            let settled = other.settle(event, &self.banned);
            let hosts = Pairs::new(&settled.event);
            let pairing = nearest(&Demand { pairs: &hosts, parts: &parts, every_round, standing: None }, self.stop);
            self.steps += STEPS_A_CHANGE + pairing.steps;
            let values = upwards(&senses, &pairing);
            if reached.as_ref().is_none_or(|reached| values >= *reached) {
                let twice = settled::met_twice(event, settled.meetings(&pairing));
                if !twice.is_empty() {
                    self.banned.extend(twice);
                    continue;
                }
                (reached, *sittings) = (Some(values), other);
            }
            other = sittings.clone();
            other.change(event, self.random);
        }
        sittings.balance(event);
    }

    /// A schedule with these sittings; `None` when the pair model says that none with them is what is wished for, in
    /// the priorities that it models.
    pub fn better(&mut self, pairs: &Pairs, sittings: &Sittings, wish: &Wish) -> Option<Schedule> {
        let event = pairs.event();
        let head: Vec<Priority> = event.order.iter().copied().take_while(|&p| is_modelled(p)).collect();
        let senses: Vec<Sense> = head.iter().flat_map(|p| p.senses(event)).collect();
        let reached = |&p: &Priority| {
            let slack = wish.slack.filter(|slack| slack.0 == p).map_or(0, |slack| slack.1);
            value(pairs, wish.own, p, None).into_iter().map(move |value| value - slack)
        };
        let reached = head.iter().flat_map(reached).collect();
        let reached = upwards(&senses, &Pairing { values: reached, ..Pairing::default() });
        let is_worth_it = |pairing: &Pairing| {
            let values = upwards(&senses, pairing);
            wish.broken || values > reached || wish.home.is_some() && values == reached
        };
        self.draft(pairs, sittings, false, Some(wish.home.unwrap_or(wish.own)), wish.home.is_some(), is_worth_it)
    }

    fn draft(
        &mut self,
        pairs: &Pairs,
        sittings: &Sittings,
        every_round: bool,
        standing: Option<&Schedule>,
        faithful: bool,
        is_worth_it: impl Fn(&Pairing) -> bool,
    ) -> Option<Schedule> {
        let event = pairs.event();
        let mut parts = all_parts(event);
        parts.extend(standing.map(|_| Part::KeptPairs));
        for attempt in 1.. {
            let settled = sittings.settle(event, &self.banned);
            let before = standing.map(|standing| settled.hosted(standing));
            let hosts = Pairs::new(&settled.event);
            let pairing =
                nearest(&Demand { pairs: &hosts, parts: &parts, every_round, standing: before.as_ref() }, self.stop);
            self.steps += pairing.steps;
            if !is_worth_it(&pairing) {
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

/// What a pairing reached, turned so that more is better: the lower bounds first, then parts of these senses.
fn upwards(senses: &[Sense], pairing: &Pairing) -> Vec<i64> {
    let values = senses.iter().zip(&pairing.values).map(|(sense, &value)| sense.upwards(value));
    std::iter::once(-pairing.unmet).chain(values).collect()
}

/// All their parts.
fn all_parts(event: &Event) -> Vec<Part> {
    parts_of(event, modelled(event))
}
