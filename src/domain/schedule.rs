//! The decision: who sits where in each round.

use std::collections::BTreeSet;

use super::{Event, ExpertIx, MenteeIx, RoundIx, RoundSet, TopicIx};

/// One decision: a mentee meets an expert about a topic in a round. Ordered by round, expert, mentee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seat {
    /// When.
    pub round: RoundIx,
    /// With whom.
    pub expert: ExpertIx,
    /// Who.
    pub mentee: MenteeIx,
    /// About what; `None` only where the event has no topics.
    pub topic: Option<TopicIx>,
}

/// All seats of an event, in ascending order, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    seats: Vec<Seat>,
}

/// The seats that share a table in a round, in ascending order of mentees. Never empty.
#[derive(Clone, Copy, Debug)]
pub struct Sitting<'a> {
    /// When.
    pub round: RoundIx,
    /// With whom.
    pub expert: ExpertIx,
    /// The group.
    pub seats: &'a [Seat],
}

/// Rounds that were played already, and their seats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frozen {
    /// Which rounds.
    pub rounds: RoundSet,
    /// Their seats, which stay as they were.
    pub seats: Vec<Seat>,
}

impl Schedule {
    /// The schedule of these seats, in any order; what stands twice counts once.
    pub fn new(mut seats: Vec<Seat>) -> Self {
        seats.sort_unstable();
        seats.dedup();
        Schedule { seats }
    }

    /// The seats by round, expert, mentee.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The sittings by round, expert.
    pub fn sittings(&self) -> impl Iterator<Item = Sitting<'_>> {
        self.seats
            .chunk_by(|a, b| (a.round, a.expert) == (b.round, b.expert))
            .filter_map(|seats| seats.first().map(|first| Sitting { round: first.round, expert: first.expert, seats }))
    }

    /// For each mentee of the event the seats by round.
    pub fn by_mentee(&self, event: &Event) -> Vec<Vec<Seat>> {
        let mut by_mentee = vec![Vec::new(); event.mentees.len()];
        for &seat in &self.seats {
            by_mentee[seat.mentee.index()].push(seat);
        }
        by_mentee
    }

    /// The rounds in which a mentee is present and has no seat, though more were wanted than there are: the last
    /// rounds without a seat, as many as the mentee's sit-outs. By mentee, then round.
    pub fn sit_outs(&self, event: &Event) -> Vec<(MenteeIx, RoundIx)> {
        let by_mentee = self.by_mentee(event);
        let of = |m: MenteeIx| {
            let seats = &by_mentee[m.index()];
            let seated: BTreeSet<RoundIx> = seats.iter().map(|s| s.round).collect();
            let missing = (event.wanted(m) as usize).saturating_sub(seats.len());
            let mut free: Vec<_> = event.mentee(m).present.iter().filter(|r| !seated.contains(r)).collect();
            free.drain(..free.len().saturating_sub(missing));
            free.into_iter().map(move |r| (m, r))
        };
        event.mentee_ixs().flat_map(of).collect()
    }
}
