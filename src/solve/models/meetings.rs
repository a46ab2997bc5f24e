//! What the pair model and the aggregated model have in common: decisions of who meets whom about what, and the rules on
//! them that say nothing of rounds, or only in which a meeting can be.

use std::collections::BTreeMap;

use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Request, RoundIx, TopicIx};
use crate::pairs::Pairs;

use super::levels::{Model, Part};
use super::priorities::{Meeting, meeting_parts, sum_of};
use super::program::Program;
use super::sum::Sum;

/// A program of meetings, without any rule yet.
pub(super) struct MeetingsModel<'a> {
    /// Who can meet whom.
    pub(super) pairs: &'a Pairs<'a>,
    /// The event.
    pub(super) event: &'a Event,
    /// Columns and rows.
    pub(super) program: Program,
    /// By mentee, in the order of their columns.
    pub(super) meetings: Vec<Vec<Meeting>>,
}

impl<'a> MeetingsModel<'a> {
    /// Nobody has a decision yet.
    pub(super) fn new(pairs: &'a Pairs<'a>) -> Self {
        MeetingsModel { pairs, event: pairs.event(), program: Program::default(), meetings: Vec::new() }
    }

    /// Adds the decisions of the next mentee.
    pub(super) fn add(&mut self, m: MenteeIx, meetings: impl Iterator<Item = (ExpertIx, Option<TopicIx>)>) {
        let first = self.program.columns().len();
        let decided = meetings.map(|(expert, topic)| Meeting { column: self.program.decision(), expert, topic });
        self.meetings.push(decided.collect());
        self.program.group(first, self.event.wanted(m) as usize);
    }

    /// The mentee's meetings that meet the condition.
    pub(super) fn of(&self, m: MenteeIx, condition: impl Fn(&Meeting) -> bool) -> Sum {
        sum_of(&self.meetings[m.index()], condition)
    }

    /// All meetings with an expert.
    pub(super) fn with(&self, e: ExpertIx) -> Sum {
        self.event.mentee_ixs().map(|m| self.of(m, |meeting| meeting.expert == e)).collect()
    }

    /// The mentee meets an expert at most once, whatever the topic.
    pub(super) fn meet_once(&mut self, m: MenteeIx) {
        let mut with: BTreeMap<ExpertIx, Sum> = BTreeMap::new();
        self.meetings[m.index()].iter().for_each(|meeting| *with.entry(meeting.expert).or_default() += meeting.column);
        with.into_values().for_each(|seats| self.program.at_most(seats, 1));
    }

    /// The mentee has at least and at most so many seats, and at most one a round.
    pub(super) fn meetings_wanted(&mut self, m: MenteeIx) {
        let seats = self.of(m, |_| true);
        self.program.at_most(seats.clone(), i64::from(self.event.wanted(m)));
        self.program.at_least(seats, i64::from(self.event.mentee(m).least));
    }

    /// Over the expert's best rounds, as many as the expert's load allows.
    pub(super) fn table_capacity(&mut self, e: ExpertIx) {
        self.program.at_most(self.with(e), i64::from(self.event.expert(e).most_seats()));
    }

    /// `must-meet` and `pinned-seat`; the seats of played rounds. `may_be` says whether a meeting can be in a round.
    pub(super) fn requests(&mut self, may_be: impl Fn(&Meeting, RoundIx) -> bool) {
        for request in &self.event.requests {
            let asked_for = match *request {
                Request::MustMeet(m, e) => self.of(m, |meeting| meeting.expert == e),
                Request::PinnedSeat(m, e, r) => self.of(m, |meeting| meeting.expert == e && may_be(meeting, r)),
                _ => continue,
            };
            self.program.at_least(asked_for, 1);
        }
        let frozen = &self.event.frozen;
        for seat in frozen.seats.iter().filter(|s| frozen.rounds.contains(s.round)) {
            let same = |meeting: &Meeting| (meeting.expert, meeting.topic) == (seat.expert, seat.topic);
            let seats = self.of(seat.mentee, |meeting| same(meeting) && may_be(meeting, seat.round));
            self.program.at_least(seats, 1);
        }
    }
}

impl Model for MeetingsModel<'_> {
    fn program(&self) -> &Program {
        &self.program
    }

    fn program_mut(&mut self) -> &mut Program {
        &mut self.program
    }

    fn parts(&mut self, priority: Priority) -> Vec<Part> {
        meeting_parts(&mut self.program, self.pairs, &self.meetings, priority).unwrap_or_default()
    }
}
