//! The rules that come from what was asked about particular people, and from what was played already.

use std::collections::HashSet;

use crate::domain::{Event, ExpertIx, MenteeIx, Request, RoundIx, RoundSet, Rule, SameOrganization, Seat, TopicIx};

use super::{Breach, Seating};

/// The pairs that never meet.
pub struct KeptOut<'a> {
    event: &'a Event,
    /// By mentee, ascending: requested, or one of the two said to know the other.
    experts: Vec<Vec<ExpertIx>>,
}

impl<'a> KeptOut<'a> {
    /// The pairs of `event` that never meet.
    pub fn new(event: &'a Event) -> Self {
        let mut experts: Vec<_> = event.mentees.iter().map(|m| m.knows.clone()).collect();
        for e in event.expert_ixs() {
            event.expert(e).knows.iter().for_each(|m| experts[m.index()].push(e));
        }
        for request in &event.requests {
            if let Request::KeepOut(m, e) = *request {
                experts[m.index()].push(e);
            }
        }
        experts.iter_mut().for_each(|list| list.sort_unstable());
        KeptOut { event, experts }
    }

    /// Whether the pair never meets.
    pub fn contains(&self, m: MenteeIx, e: ExpertIx) -> bool {
        let forbidden = self.event.same_organization == SameOrganization::Forbid;
        forbidden && self.event.same_organization(m, e) || self.experts[m.index()].binary_search(&e).is_ok()
    }
}

/// A breach for each seat of a pair that never meets.
pub fn keep_out(seating: &Seating) -> Vec<Breach> {
    let kept_out = KeptOut::new(seating.event);
    let seats = seating.schedule.seats().iter().filter(|s| kept_out.contains(s.mentee, s.expert));
    seats.map(|s| of_seat(Breach::new(Rule::KeepOut, 1, 0), s)).collect()
}

/// A breach for each pair that has to meet and does not.
pub fn must_meet(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for request in &seating.event.requests {
        if let Request::MustMeet(m, e) = *request
            && !seating.of_mentee(m).iter().any(|s| s.expert == e)
        {
            breaches.push(Breach::new(Rule::MustMeet, 0, 1).of_mentees([m]).of_experts([e]));
        }
    }
    breaches
}

/// A breach for each pinned seat that is not there.
pub fn pinned_seat(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for request in &seating.event.requests {
        if let Request::PinnedSeat(m, e, round) = *request
            && !seating.of_mentee(m).iter().any(|s| (s.expert, s.round) == (e, round))
        {
            breaches.push(Breach::new(Rule::PinnedSeat, 0, 1).in_round(round).of_mentees([m]).of_experts([e]));
        }
    }
    breaches
}

/// A breach for each round in which two mentees who are kept apart sit at one table.
pub fn kept_apart(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for request in &seating.event.requests {
        let Request::KeptApart(a, b) = *request else { continue };
        let tables: HashSet<_> = seating.of_mentee(a).iter().map(|s| (s.round, s.expert)).collect();
        for seat in seating.of_mentee(b).iter().filter(|s| tables.contains(&(s.round, s.expert))) {
            breaches.push(of_seat(Breach::new(Rule::KeptApart, 1, 0), seat).of_mentees([a, b]));
        }
    }
    breaches
}

/// A breach for each round in which two mentees who are kept together are both present and not seated alike; it
/// names the experts with whom only one of them, or each about another topic, sits (the number of their seats).
pub fn kept_together(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for request in &seating.event.requests {
        let Request::KeptTogether(a, b) = *request else { continue };
        let both = seating.event.mentee(a).present.and(seating.event.mentee(b).present);
        for round in both.iter() {
            let [of_a, of_b] = [a, b].map(|m| tables(seating.of_mentee(m), round));
            let apart: Vec<_> = of_a.symmetric_difference(&of_b).map(|&(e, _)| e).collect();
            if !apart.is_empty() {
                let breach = Breach::new(Rule::KeptTogether, apart.len(), 0).in_round(round);
                breaches.push(breach.of_mentees([a, b]).of_experts(apart));
            }
        }
    }
    breaches
}

/// A breach for each seat of a played round that is gone (0 found, 1 allowed) or new (1 found, 0 allowed).
pub fn frozen_rounds(seating: &Seating) -> Vec<Breach> {
    let frozen = &seating.event.frozen;
    let played = in_rounds(&frozen.seats, frozen.rounds);
    let now = in_rounds(seating.schedule.seats(), frozen.rounds);
    let gone = played.difference(&now).map(|s| of_seat(Breach::new(Rule::FrozenRounds, 0, 1), s));
    let new = now.difference(&played).map(|s| of_seat(Breach::new(Rule::FrozenRounds, 1, 0), s));
    gone.chain(new).collect()
}

fn of_seat(breach: Breach, seat: &Seat) -> Breach {
    breach.in_round(seat.round).of_mentees([seat.mentee]).of_experts([seat.expert])
}

fn tables(seats: &[Seat], round: RoundIx) -> HashSet<(ExpertIx, Option<TopicIx>)> {
    seats.iter().filter(|s| s.round == round).map(|s| (s.expert, s.topic)).collect()
}

fn in_rounds(seats: &[Seat], rounds: RoundSet) -> HashSet<Seat> {
    seats.iter().filter(|s| rounds.contains(s.round)).copied().collect()
}
