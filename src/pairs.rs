//! Who could meet whom: each pair of a mentee and an expert with its rank and score for each topic, or the
//! reason why the two never meet.

use crate::domain::{Event, ExpertIx, MenteeIx, Request, SameOrganization, TopicIx};

/// Why a pair never meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exclusion {
    /// A request of kind `keep-out`.
    Requested,
    /// One of them said to know the other.
    Known,
    /// They are of one organization, and the event forbids that.
    OneOrganization,
    /// There is no round in which both are there and the table can hold a group.
    NeverThereTogether,
}

/// What a seat of a pair would be, about one topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prospect {
    /// Rank of the seat; `None` when it is no choice.
    pub rank: Option<u32>,
    /// Its score.
    pub score: i64,
    /// Whether priority `courtesies` counts it.
    pub avoided: bool,
}

/// The pairs of an event. Holds only what particular people cause, so that 10⁹ pairs cost nothing.
#[derive(Debug)]
pub struct Pairs<'a> {
    event: &'a Event,
    /// By mentee, ascending by expert, each expert once.
    keep_out: Vec<Vec<(ExpertIx, Exclusion)>>,
    /// By mentee, ascending.
    avoid: Vec<Vec<ExpertIx>>,
    /// By organization, ascending.
    experts_of: Vec<Vec<ExpertIx>>,
    /// By expert, ascending.
    wished_by: Vec<Vec<ExpertIx>>,
}

impl<'a> Pairs<'a> {
    /// The pairs of `event`.
    pub fn new(event: &'a Event) -> Self {
        let mut keep_out = vec![Vec::new(); event.mentees.len()];
        let mut avoid = vec![Vec::new(); event.mentees.len()];
        let mut wished_by = vec![Vec::new(); event.mentees.len()];
        let mut experts_of = vec![Vec::new(); event.organizations.len()];
        for request in &event.requests {
            match *request {
                Request::KeepOut(m, e) => keep_out[m.index()].push((e, Exclusion::Requested)),
                Request::Avoid(m, e) => avoid[m.index()].push(e),
                _ => {}
            }
        }
        for m in event.mentee_ixs() {
            keep_out[m.index()].extend(event.mentee(m).knows.iter().map(|&e| (e, Exclusion::Known)));
        }
        for e in event.expert_ixs() {
            let expert = event.expert(e);
            expert.knows.iter().for_each(|m| keep_out[m.index()].push((e, Exclusion::Known)));
            expert.wishes.iter().for_each(|m| wished_by[m.index()].push(e));
            if let Some(organization) = expert.organization {
                experts_of[organization.index()].push(e);
            }
        }
        for list in &mut keep_out {
            list.sort_unstable();
            list.dedup_by_key(|&mut (e, _)| e);
        }
        for list in &mut avoid {
            list.sort_unstable();
            list.dedup();
        }
        Pairs { event, keep_out, avoid, experts_of, wished_by }
    }

    /// The event whose pairs these are.
    pub fn event(&self) -> &'a Event {
        self.event
    }

    /// Why the pair never meets, or `None` when it can.
    pub fn exclusion(&self, m: MenteeIx, e: ExpertIx) -> Option<Exclusion> {
        let kept_out = &self.keep_out[m.index()];
        if let Ok(i) = kept_out.binary_search_by_key(&e, |&(e, _)| e) {
            return Some(kept_out[i].1);
        }
        if self.event.same_organization == SameOrganization::Forbid && self.event.same_organization(m, e) {
            return Some(Exclusion::OneOrganization);
        }
        let together = self.event.mentee(m).present.and(self.event.expert(e).open_rounds());
        together.is_empty().then_some(Exclusion::NeverThereTogether)
    }

    /// Whether priority `courtesies` counts a seat of the pair.
    pub fn avoided(&self, m: MenteeIx, e: ExpertIx) -> bool {
        let by_organization =
            self.event.same_organization == SameOrganization::Avoid && self.event.same_organization(m, e);
        by_organization || self.avoid[m.index()].binary_search(&e).is_ok()
    }

    /// What a seat of the pair about `topic` would be, or why the two never meet.
    pub fn prospect(&self, m: MenteeIx, e: ExpertIx, topic: Option<TopicIx>) -> Result<Prospect, Exclusion> {
        let prospect = Prospect {
            rank: self.event.rank(m, e, topic),
            score: self.event.score(m, e, topic),
            avoided: self.avoided(m, e),
        };
        self.exclusion(m, e).map_or(Ok(prospect), Err)
    }

    /// The experts that something sets apart for this mentee, so that a seat with them is not like a seat with any
    /// other expert of the topic: listed, wishing for the mentee, kept out, or of pairs to avoid. Ascending.
    pub fn particular(&self, m: MenteeIx) -> Vec<ExpertIx> {
        let mentee = self.event.mentee(m);
        let mut experts: Vec<_> = mentee.experts.iter().map(|c| c.target).collect();
        experts.extend(&self.wished_by[m.index()]);
        experts.extend(self.keep_out[m.index()].iter().map(|&(e, _)| e));
        experts.extend(&self.avoid[m.index()]);
        if self.event.same_organization != SameOrganization::Allow
            && let Some(organization) = mentee.organization
        {
            experts.extend(&self.experts_of[organization.index()]);
        }
        experts.sort_unstable();
        experts.dedup();
        experts
    }
}
