//! The pair model: who meets whom about what, the rounds summed out. What it reaches bounds the rounds model, and is
//! its optimum where rounds are alike. The routes solve it as a flow; this program is there to hold the flow against.

use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Request, TopicIx};
use crate::pairs::Pairs;

use super::levels::{Model, Part};
use super::priorities::{Meeting, meeting_parts};
use super::program::Program;
use super::sum::Sum;

/// The program of one event.
pub(super) struct PairModel<'a> {
    pairs: &'a Pairs<'a>,
    event: &'a Event,
    program: Program,
    /// By mentee; ascending by expert, topic.
    meetings: Vec<Vec<Meeting>>,
}

impl<'a> PairModel<'a> {
    /// The pair model; with `every_round` each expert has enough meetings for a group in every round when present.
    pub(super) fn new(pairs: &'a Pairs<'a>, every_round: bool) -> Self {
        let event = pairs.event();
        let mut model = PairModel { pairs, event, program: Program::default(), meetings: Vec::new() };
        for m in event.mentee_ixs() {
            let first = model.program.columns().len();
            let experts = event.expert_ixs().filter(|&e| pairs.exclusion(m, e).is_none());
            let meetings = experts.flat_map(|e| event.sitting_topics(e).into_iter().map(move |t| (e, t)));
            let meetings = meetings.map(|(expert, topic)| Meeting { column: model.program.decision(), expert, topic });
            model.meetings.push(meetings.collect());
            model.program.group(first, event.wanted(m) as usize);
        }
        model.meet_once();
        model.meetings_wanted();
        model.table_capacity();
        model.requests();
        if every_round {
            model.every_round();
        }
        model
    }

    /// The meetings at a point.
    pub(super) fn meetings_at(&self, point: &[i64]) -> Vec<(MenteeIx, ExpertIx, Option<TopicIx>)> {
        let of = |m: MenteeIx| {
            let taken = self.meetings[m.index()].iter().filter(|meeting| point[meeting.column.index()] == 1);
            taken.map(move |meeting| (m, meeting.expert, meeting.topic))
        };
        self.event.mentee_ixs().flat_map(of).collect()
    }

    fn of(&self, m: MenteeIx, condition: impl Fn(&Meeting) -> bool) -> Sum {
        self.meetings[m.index()].iter().filter(|meeting| condition(meeting)).map(|meeting| meeting.column).collect()
    }

    fn with(&self, e: ExpertIx) -> Sum {
        self.event.mentee_ixs().map(|m| self.of(m, |meeting| meeting.expert == e)).collect()
    }

    /// A mentee meets an expert at most once, whatever the topic.
    fn meet_once(&mut self) {
        for meetings in &self.meetings {
            for same in meetings.chunk_by(|a, b| a.expert == b.expert) {
                self.program.at_most(same.iter().map(|meeting| meeting.column).collect(), 1);
            }
        }
    }

    /// A mentee has at least and at most so many seats, and at most one a round.
    fn meetings_wanted(&mut self) {
        for m in self.event.mentee_ixs() {
            let seats = self.of(m, |_| true);
            self.program.at_most(seats.clone(), i64::from(self.event.wanted(m)));
            self.program.at_least(seats, i64::from(self.event.mentee(m).least));
        }
    }

    /// Over the expert's best rounds, as many as the expert's load allows.
    fn table_capacity(&mut self) {
        for e in self.event.expert_ixs() {
            let expert = self.event.expert(e);
            let mut capacities: Vec<_> =
                expert.open_rounds().iter().map(|r| i64::from(expert.capacity_in(r))).collect();
            capacities.sort_unstable_by_key(|&capacity| std::cmp::Reverse(capacity));
            self.program.at_most(self.with(e), capacities.iter().take(expert.most_sittings as usize).sum());
        }
    }

    /// `must-meet`, and `pinned-seat` without its round; the meetings of played rounds.
    fn requests(&mut self) {
        for request in &self.event.requests {
            if let Request::MustMeet(m, e) | Request::PinnedSeat(m, e, _) = *request {
                self.program.at_least(self.of(m, |meeting| meeting.expert == e), 1);
            }
        }
        let frozen = &self.event.frozen;
        for seat in frozen.seats.iter().filter(|s| frozen.rounds.contains(s.round)) {
            let same = |meeting: &Meeting| (meeting.expert, meeting.topic) == (seat.expert, seat.topic);
            self.program.at_least(self.of(seat.mentee, same), 1);
        }
    }

    /// Each expert has a smallest group in every round when present.
    fn every_round(&mut self) {
        for e in self.event.expert_ixs() {
            let expert = self.event.expert(e);
            let fewest = expert.present.len() as i64 * i64::from(expert.smallest_group.max(1));
            self.program.at_least(self.with(e), fewest);
        }
    }
}

impl Model for PairModel<'_> {
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
