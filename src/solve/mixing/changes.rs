//! What a seating changes of the standing plan, counted as priority `changes` counts it.

use crate::domain::{Event, ExpertIx, MenteeIx, Schedule, Seat};

/// The cards of the standing plan, and who has another one.
pub struct Changes {
    /// By mentee × round.
    seats_before: Vec<Option<Seat>>,
    /// By expert × round.
    open_before: Vec<bool>,
    rounds: usize,
    /// By mentee: the rounds that differ.
    of_mentee: Vec<u32>,
    /// By expert: the rounds that differ.
    of_expert: Vec<u32>,
    /// People whose card differs.
    pub people: i64,
    /// Seats that the standing plan has not.
    pub seats: i64,
}

impl Changes {
    /// Against `standing`, while nobody sits.
    pub fn new(event: &Event, standing: &Schedule) -> Self {
        let rounds = event.rounds.len();
        let mut seats_before = vec![None; event.mentees.len() * rounds];
        let mut open_before = vec![false; event.experts.len() * rounds];
        for &seat in standing.seats() {
            seats_before[seat.mentee.index() * rounds + seat.round.index()] = Some(seat);
            open_before[seat.expert.index() * rounds + seat.round.index()] = true;
        }
        let (of_mentee, of_expert) = (Vec::new(), Vec::new());
        let mut changes = Changes { seats_before, open_before, rounds, of_mentee, of_expert, people: 0, seats: 0 };
        changes.clear();
        changes
    }

    /// Nobody sits any more.
    pub fn clear(&mut self) {
        let count = |there: usize| there as u32;
        let seats = self.seats_before.chunks(self.rounds);
        self.of_mentee = seats.map(|card| count(card.iter().flatten().count())).collect();
        let tables = self.open_before.chunks(self.rounds);
        self.of_expert = tables.map(|card| count(card.iter().filter(|&&open| open).count())).collect();
        self.people = self.of_mentee.iter().chain(&self.of_expert).filter(|&&differing| differing > 0).count() as i64;
        self.seats = 0;
    }

    /// Whether a mentee's card differs.
    pub fn has_changed(&self, m: MenteeIx) -> bool {
        self.of_mentee[m.index()] > 0
    }

    /// Mentees whose card differs, ascending.
    pub fn changed(&self) -> impl Iterator<Item = MenteeIx> {
        (0..).map(MenteeIx).zip(&self.of_mentee).filter(|&(_, &differing)| differing > 0).map(|(m, _)| m)
    }

    /// A mentee's seat in a round became another; `place` is its position in mentee × round.
    pub fn seat(&mut self, m: MenteeIx, place: usize, old: Option<Seat>, new: Option<Seat>) {
        let before = self.seats_before[place];
        let more = |seat: Option<Seat>| i64::from(seat.is_some() && seat != before);
        self.seats += more(new) - more(old);
        self.people += recount(&mut self.of_mentee[m.index()], old != before, new != before);
    }

    /// A table opened or closed in a round; `cell` is its position in expert × round.
    pub fn table(&mut self, e: ExpertIx, cell: usize, was_open: bool, is_open: bool) {
        let before = self.open_before[cell];
        self.people += recount(&mut self.of_expert[e.index()], was_open != before, is_open != before);
    }
}

/// Counts a round that differed or now differs; how many more people differ (−1, 0 or 1).
fn recount(differing: &mut u32, old: bool, new: bool) -> i64 {
    let before = i64::from(*differing > 0);
    *differing = *differing + u32::from(new) - u32::from(old);
    i64::from(*differing > 0) - before
}
