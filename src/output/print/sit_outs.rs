//! Who sits out in which round, and which tables are free then.

use askama::Template;

use super::Owner;
use super::facts::{Facts, Time};
use super::wording::shown;
use crate::domain::RoundIx;

/// Every round.
#[derive(Template)]
#[template(path = "print/sit_outs.html")]
pub(super) struct SitOuts<'a> {
    facts: &'a Facts<'a>,
    event: String,
    days: String,
    rounds: Vec<Round<'a>>,
}

struct Round<'a> {
    time: &'a Time,
    people: Vec<String>,
    /// Tables whose expert is there and has no group.
    free: Vec<String>,
}

impl<'a> SitOuts<'a> {
    /// The sit-outs of a schedule.
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let rounds = facts.event.round_ixs().map(|r| round(facts, r)).collect();
        SitOuts { facts, event: shown(&facts.event.name), days: facts.days(), rounds }
    }
}

fn round<'a>(facts: &'a Facts<'a>, r: RoundIx) -> Round<'a> {
    let mut people: Vec<_> = facts.event.mentee_ixs().filter(|&m| facts.sit_outs(m).contains(&r)).collect();
    people.sort_by_cached_key(|&m| facts.order(Owner::Mentee(m)));
    let free = facts.experts(|owner| match owner {
        Owner::Expert(e) => facts.event.expert(e).present.contains(r) && facts.group(e, r).is_empty(),
        Owner::Mentee(_) => false,
    });
    Round {
        time: facts.time(r),
        people: people.into_iter().map(|m| facts.name(Owner::Mentee(m))).collect(),
        free: free.into_iter().map(|e| facts.place(facts.event.expert(e))).collect(),
    }
}
