//! How large a rounds model would be, before it is built.

use crate::domain::{Event, Priority, Request};

use super::Question;

/// Columns and rows of a program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: u64,
    /// Rows.
    pub rows: u64,
}

/// At most so large is the rounds model of the question, all its priorities included. Counted from the numbers of
/// people and rounds alone, so that it costs nothing for events far beyond any solver.
pub fn size(question: &Question) -> Size {
    let event = question.pairs.event();
    let seats = Counts::of(event);
    let mut size = seats.decisions_and_rules(event);
    for &priority in question.order {
        let of_priority = seats.priority(event, priority);
        size.columns += of_priority.columns;
        size.rows += of_priority.rows + u64::from(event.most_wanted().max(3));
    }
    size
}

/// The numbers that sizes are made of.
struct Counts {
    mentees: u64,
    experts: u64,
    rounds: u64,
    rooms: u64,
    seats: u64,
    sittings: u64,
    /// Seats that mentees want at most.
    wanted: u64,
}

impl Counts {
    fn of(event: &Event) -> Counts {
        let present: Vec<u64> =
            event.round_ixs().map(|r| event.mentees.iter().filter(|m| m.present.contains(r)).count() as u64).collect();
        let mut counts = Counts {
            mentees: event.mentees.len() as u64,
            experts: event.experts.len() as u64,
            rounds: event.rounds.len() as u64,
            rooms: event.rooms.len() as u64,
            seats: 0,
            sittings: 0,
            wanted: event.mentee_ixs().map(|m| u64::from(event.wanted(m))).sum(),
        };
        for e in event.expert_ixs() {
            let topics = event.sitting_topics(e).len() as u64;
            for r in event.expert(e).open_rounds().iter() {
                counts.seats += topics * present[r.index()];
                counts.sittings += topics;
            }
        }
        counts
    }

    fn decisions_and_rules(&self, event: &Event) -> Size {
        let requests = event.requests.iter().map(|request| match request {
            Request::KeptApart(..) => self.rounds * self.experts,
            Request::KeptTogether(..) => self.rounds * (self.experts * event.topics.len().max(1) as u64),
            _ => 1,
        });
        let travel = if event.travel.is_empty() { 0 } else { self.rounds * self.rounds * self.rooms * self.mentees };
        let tables = self.experts * self.rounds;
        Size {
            columns: self.seats + self.sittings,
            rows: self.mentees * (self.rounds + self.experts + 2)
                + requests.sum::<u64>()
                + travel
                + event.frozen.seats.len() as u64
                + 2 * self.sittings
                + 4 * tables
                + self.experts
                + self.rooms * self.rounds,
        }
    }

    fn priority(&self, event: &Event, priority: Priority) -> Size {
        let (mentees, rounds) = (self.mentees, self.rounds);
        let couples = mentees * mentees.saturating_sub(1) / 2;
        let (columns, rows) = match priority {
            Priority::Seats | Priority::FairShare => (self.wanted, mentees),
            Priority::FirstChoices => (mentees, mentees),
            Priority::Courtesies | Priority::Preferences => (0, 0),
            Priority::Variety => (mentees * event.topics.len() as u64, mentees * event.topics.len() as u64),
            Priority::NewFaces => (couples * (rounds + 1), couples * (rounds * self.experts + 1)),
            Priority::EvenTables => (2 * rounds * self.experts, 3 * rounds * self.experts),
            Priority::WorstOff => (1, mentees),
            Priority::IdleGaps => (3 * rounds * (mentees + self.experts), 5 * rounds * (mentees + self.experts)),
            Priority::RoomChanges => (2 * rounds * mentees * self.rooms, 3 * rounds * mentees * self.rooms),
            Priority::Changes => (mentees + self.experts, 2 * rounds * mentees + self.sittings + rounds * self.experts),
        };
        Size { columns, rows }
    }
}
