//! Seats a pairing around the standing plan: who keeps a meeting keeps its round, and the meetings that are new are
//! put where they fit, others exchanging two of their rounds where nothing else helps.

use std::collections::BTreeMap;

use crate::domain::{ExpertIx, MenteeIx, RoundIx, Schedule, Seat};
use crate::solve::flow::Pairing;
use crate::solve::mixing::{Cost, Tables, Way};

/// When one in so many meetings or more is new, hardly a card can stay as it is.
const MOSTLY_KEPT: usize = 4;

/// A meeting without its round yet.
type Meeting = Seat;

/// Seats the pairing, with few cards changed; whether that kept every rule. The tables are empty before.
pub fn seat(tables: &mut Tables, pairing: &Pairing, standing: &Schedule) -> bool {
    let rounds: BTreeMap<_, RoundIx> = standing.seats().iter().map(|s| ((s.mentee, s.expert), s.round)).collect();
    let mut new: BTreeMap<MenteeIx, Vec<Meeting>> = BTreeMap::new();
    let mut kept = Vec::new();
    for &(mentee, expert, topic) in &pairing.meetings {
        let round = rounds.get(&(mentee, expert)).copied();
        let seat = Seat { round: round.unwrap_or(RoundIx(0)), expert, mentee, topic };
        if round.is_some() { kept.push(seat) } else { new.entry(mentee).or_default().push(seat) }
    }
    for seat in kept {
        if tables.seat(seat.mentee, seat.round).is_none() && tables.has_room(seat.expert, seat.round) {
            tables.sit(seat);
        } else {
            new.entry(seat.mentee).or_default().push(seat);
        }
    }
    if new.values().map(Vec::len).sum::<usize>() * MOSTLY_KEPT > pairing.meetings.len() {
        return false;
    }
    let seated = new.into_values().all(|meetings| Newcomer { tables, meetings }.sit());
    let event = tables.event;
    seated && event.expert_ixs().all(|e| event.round_ixs().all(|r| tables.fits(e, r)))
}

/// A mentee with meetings to be seated.
struct Newcomer<'t, 'e> {
    tables: &'t mut Tables<'e>,
    meetings: Vec<Meeting>,
}

impl Newcomer<'_, '_> {
    /// Seats all, the one with the fewest rounds to choose from first; whether that worked out.
    fn sit(mut self) -> bool {
        while let Some((i, rounds)) =
            self.meetings.iter().map(|s| self.rounds(s)).enumerate().min_by_key(|(_, rounds)| rounds.len())
        {
            let meeting = self.meetings.swap_remove(i);
            let found = if rounds.is_empty() { self.make_room(meeting) } else { self.cheapest(meeting, &rounds) };
            let Some(round) = found else { return false };
            self.tables.sit(Seat { round, ..meeting });
        }
        true
    }

    /// The rounds in which both could meet as it is.
    fn rounds(&self, meeting: &Meeting) -> Vec<RoundIx> {
        let both = |&r: &RoundIx| self.is_free(meeting.mentee, r) && self.tables.has_room(meeting.expert, r);
        self.tables.event.round_ixs().filter(both).collect()
    }

    fn is_free(&self, m: MenteeIx, r: RoundIx) -> bool {
        self.tables.seat(m, r).is_none()
    }

    /// The round in which the meeting does least harm: fewest changed cards, then the levels of mixing.
    fn cheapest(&mut self, meeting: Meeting, rounds: &[RoundIx]) -> Option<RoundIx> {
        let mut harm = |round: RoundIx| -> (i64, Cost) {
            self.tables.sit(Seat { round, ..meeting });
            let people = self.tables.changes.as_ref().map_or(0, |changes| changes.people);
            let harm = (people, self.tables.cost());
            self.tables.stand_up(meeting.mentee, round);
            harm
        };
        rounds.iter().copied().min_by_key(|&r| (harm(r), r))
    }

    /// Has others exchange two of their rounds, as few as possible whose card is still the standing plan's, until
    /// both can meet in some round.
    fn make_room(&mut self, meeting: Meeting) -> Option<RoundIx> {
        let free = self.tables.event.round_ixs().filter(|&r| self.is_free(meeting.mentee, r));
        let ways = free.flat_map(|a| {
            let roomy = self.tables.event.round_ixs().filter(|&b| self.tables.has_room(meeting.expert, b));
            roomy.flat_map(move |b| [(a, b, true), (a, b, false)]).collect::<Vec<_>>()
        });
        let chains = ways.filter_map(|(a, b, at_table)| {
            let chain = if at_table { self.leave_table(meeting, a, b) } else { self.move_own(meeting, a, b) }?;
            let changed = chain.iter().filter(|&&m| !self.has_changed(m)).count();
            Some(((changed, chain.len(), a, b, at_table), chain))
        });
        let ((_, _, a, b, at_table), chain) = chains.min()?;
        self.tables.exchange(&chain, a, b);
        Some(if at_table { a } else { b })
    }

    /// Somebody at the expert's table leaves round `a`, in which the mentee is free, for round `b`.
    fn leave_table(&self, meeting: Meeting, a: RoundIx, b: RoundIx) -> Option<Vec<MenteeIx>> {
        self.way(meeting, meeting.expert, a, b)
    }

    /// The mentee's own meeting in round `b`, in which the expert has room, goes over to round `a`.
    fn move_own(&self, meeting: Meeting, a: RoundIx, b: RoundIx) -> Option<Vec<MenteeIx>> {
        let way = self.way(meeting, self.tables.table(meeting.mentee, b)?, a, b)?;
        Some([vec![meeting.mentee], way].concat())
    }

    fn way(&self, meeting: Meeting, from: ExpertIx, a: RoundIx, b: RoundIx) -> Option<Vec<MenteeIx>> {
        let way = Way { tables: self.tables, a, b, from: Some(from), start: Some(meeting.mentee) };
        way.find(|table| way.absorbs(table), |m| self.has_changed(m), || 0)
    }

    fn has_changed(&self, m: MenteeIx) -> bool {
        self.tables.changes.as_ref().is_none_or(|changes| changes.has_changed(m))
    }
}
