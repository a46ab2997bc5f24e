//! What was relaxed: each row has a multiplier and a slack, at one position of flat lists.

use crate::domain::{Event, ExpertIx, MenteeIx, Priority, RoundIx, TopicIx};

/// Where the rows of each kind begin. Kinds that nothing asks for have no rows.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    mentees: usize,
    meet_once: usize,
    seats: usize,
    choices: usize,
    first: usize,
    topics: usize,
    totals: usize,
    /// The parts of the levels above that are held, each with its value; their rows come last.
    pub(super) held: Vec<(Priority, usize, i64)>,
}

impl Rows {
    /// The rows of an event whose levels above reached these values. Levels that are not modelled have none.
    pub(super) fn new(event: &Event, above: &[(Priority, Vec<i64>)]) -> Self {
        let (mentees, is_held) = (event.mentees.len(), |priority| above.iter().any(|(p, _)| *p == priority));
        let of = |priority, rows: usize| if is_held(priority) { rows } else { 0 };
        let meet_once = event.rounds.len() * mentees;
        let seats = meet_once + event.experts.len() * mentees;
        let choices = seats + mentees;
        let first = choices + of(Priority::FairShare, mentees);
        let topics = first + of(Priority::FirstChoices, mentees);
        let totals = topics + of(Priority::Variety, event.topics.len() * mentees);
        let modelled = above.iter().filter(|(p, _)| is_modelled(*p));
        let held = modelled.flat_map(|(p, value)| value.iter().enumerate().map(|(i, &v)| (*p, i, v))).collect();
        Rows { mentees, meet_once, seats, choices, first, topics, totals, held }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.totals + self.held.len()
    }

    /// A mentee has at most one seat in a round.
    pub(super) fn seat_a_round(&self, r: RoundIx, m: MenteeIx) -> usize {
        r.index() * self.mentees + m.index()
    }

    /// A mentee meets an expert at most once.
    pub(super) fn meet_once(&self, e: ExpertIx, m: MenteeIx) -> usize {
        self.meet_once + e.index() * self.mentees + m.index()
    }

    /// A mentee's seats are as many as were counted.
    pub(super) fn seats(&self, m: MenteeIx) -> usize {
        self.seats + m.index()
    }

    /// How many rows come first that allow 1 each: those of `seat_a_round` and `meet_once`.
    pub(super) fn limits(&self) -> usize {
        self.seats
    }

    /// Whether the multiplier of a row may be negative: those of counts of seats, which are equations.
    pub(super) fn is_equation(&self, row: usize) -> bool {
        (self.seats..self.choices).contains(&row)
    }

    /// A mentee's seats that are choices are at least as many as were counted.
    pub(super) fn choices(&self, m: MenteeIx) -> Option<usize> {
        (self.choices < self.first).then(|| self.choices + m.index())
    }

    /// A mentee who counts for `first-choices` has a seat that does.
    pub(super) fn first(&self, m: MenteeIx) -> Option<usize> {
        (self.first < self.topics).then(|| self.first + m.index())
    }

    /// A mentee's seats on a topic that count for `variety` are at most as many as were counted.
    pub(super) fn topic(&self, t: TopicIx, m: MenteeIx) -> Option<usize> {
        (self.topics < self.totals).then(|| self.topics + t.index() * self.mentees + m.index())
    }

    /// Seats of pairs to avoid are at most as many as they were.
    pub(super) fn courtesies(&self) -> Option<usize> {
        self.part(Priority::Courtesies, 0)
    }

    /// The row that holds a part of a level above.
    pub(super) fn part(&self, priority: Priority, part: usize) -> Option<usize> {
        self.held.iter().position(|&(p, i, _)| (p, i) == (priority, part)).map(|i| self.totals + i)
    }

    /// The value at which a part of a level above is held.
    pub(super) fn value(&self, priority: Priority, part: usize) -> Option<i64> {
        self.held.iter().find(|&&(p, i, _)| (p, i) == (priority, part)).map(|&(.., value)| value)
    }

    /// The rows of `held`, in its order.
    pub(super) fn parts(&self) -> impl Iterator<Item = (usize, &(Priority, usize, i64))> {
        (self.totals..).zip(&self.held)
    }
}

fn is_modelled(priority: Priority) -> bool {
    use Priority::{Courtesies, FairShare, FirstChoices, Seats, Variety};
    matches!(priority, Seats | Courtesies | FirstChoices | FairShare | Variety)
}
