//! The aggregated model: the rounds model with rounds taken together as a few spans (aggregation of variables and rows:
//! Rogers, Plante, Wong, Evans 1991). Every schedule is a point of it, so what it reaches is a bound.
//!
//! Where experts have several topics the pair model is weak: a third of a sitting would have two seats there. Here
//! sittings are counted by expert, topic and span, and over all spans an expert has a whole number of them on each
//! topic. Nothing else needs to be an integer.
//!
//! Rounds that are short of seats are a span apart, since some must sit out just then. Little else is lost with the
//! rounds, and the model is a fraction of theirs.

use std::collections::BTreeMap;

use crate::domain::{Event, ExpertIx, Level, MenteeIx, Priority, Request, RoomIx, RoundIx, RoundSet, TopicIx};
use crate::pairs::Pairs;
use crate::solve::counting::Seating;

use super::Limits;
use super::levels::{Model, Part, bounds};
use super::priorities::{Meeting, meeting_parts};
use super::program::Program;
use super::solver::{self, Budget, Task};
use super::sum::{Column, Sum};

/// See [`spans`].
const MOST_SPANS: usize = 2;

/// Sittings of an expert on a topic in a span, by its position.
type Sittings = (ExpertIx, Option<TopicIx>, usize);

/// The program of one event.
struct AggregatedModel<'a> {
    pairs: &'a Pairs<'a>,
    event: &'a Event,
    every_round: bool,
    /// Each round is in one of them.
    spans: Vec<RoundSet>,
    program: Program,
    /// By mentee; ascending by span, expert, topic.
    meetings: Vec<Vec<Meeting>>,
    /// The span of each meeting's decision.
    span_of: Vec<usize>,
    /// How many there are.
    sittings: BTreeMap<Sittings, Column>,
}

impl<'a> AggregatedModel<'a> {
    /// The model; with `every_round` each expert has a sitting in every round when present.
    fn new(pairs: &'a Pairs<'a>, every_round: bool) -> Self {
        let event = pairs.event();
        let mut model = AggregatedModel {
            pairs,
            event,
            every_round,
            spans: spans(pairs),
            program: Program::default(),
            meetings: Vec::new(),
            span_of: Vec::new(),
            sittings: BTreeMap::new(),
        };
        model.add_meetings();
        model.add_sittings();
        model.seats_of_mentees();
        model.groups();
        model.loads();
        model.rooms();
        model.requests();
        model
    }

    fn add_meetings(&mut self) {
        let event = self.event;
        for m in event.mentee_ixs() {
            let first = self.span_of.len();
            let mut meetings = Vec::new();
            for (i, &span) in self.spans.iter().enumerate() {
                for expert in event.expert_ixs().filter(|&e| self.pairs.exclusion(m, e).is_none()) {
                    let together = event.mentee(m).present.and(event.expert(expert).open_rounds()).and(span);
                    for topic in event.sitting_topics(expert).into_iter().filter(|_| !together.is_empty()) {
                        meetings.push(Meeting { column: self.program.decision(), expert, topic });
                        self.span_of.push(i);
                    }
                }
            }
            self.meetings.push(meetings);
            self.program.group(first, event.wanted(m) as usize);
        }
    }

    fn add_sittings(&mut self) {
        for e in self.event.expert_ixs() {
            for topic in self.event.sitting_topics(e) {
                for i in 0..self.spans.len() {
                    let sittings = self.program.number(self.open(e, i).len() as i64);
                    self.sittings.insert((e, topic, i), sittings);
                }
            }
        }
    }

    /// The rounds of a span in which an expert's table can be open.
    fn open(&self, e: ExpertIx, span: usize) -> RoundSet {
        self.event.expert(e).open_rounds().and(self.spans[span])
    }

    fn span_of(&self, meeting: &Meeting) -> usize {
        self.span_of[meeting.column.index()]
    }

    fn seats(&self, m: MenteeIx, condition: impl Fn(&Meeting) -> bool) -> Sum {
        self.meetings[m.index()].iter().filter(|meeting| condition(meeting)).map(|meeting| meeting.column).collect()
    }

    fn sittings(&self, condition: impl Fn(Sittings) -> bool) -> Sum {
        self.sittings.iter().filter(|&(&sittings, _)| condition(sittings)).map(|(_, &column)| column).collect()
    }

    /// A mentee meets an expert at most once, has at most one seat a round, and at least and at most so many seats.
    fn seats_of_mentees(&mut self) {
        for m in self.event.mentee_ixs() {
            let mut with: BTreeMap<ExpertIx, Sum> = BTreeMap::new();
            let mut within = vec![Sum::default(); self.spans.len()];
            for meeting in &self.meetings[m.index()] {
                *with.entry(meeting.expert).or_default() += meeting.column;
                within[self.span_of(meeting)] += meeting.column;
            }
            with.into_values().for_each(|seats| self.program.at_most(seats, 1));
            for (seats, &span) in within.into_iter().zip(&self.spans) {
                self.program.at_most(seats, self.event.mentee(m).present.and(span).len() as i64);
            }
            let seats = self.seats(m, |_| true);
            self.program.at_most(seats.clone(), i64::from(self.event.wanted(m)));
            self.program.at_least(seats, i64::from(self.event.mentee(m).least));
        }
    }

    /// Sittings have between the smallest group and the greatest capacity each.
    fn groups(&mut self) {
        let mut groups: BTreeMap<Sittings, Sum> = BTreeMap::new();
        for meeting in self.meetings.iter().flatten() {
            *groups.entry((meeting.expert, meeting.topic, self.span_of(meeting))).or_default() += meeting.column;
        }
        for (&(e, topic, i), &sittings) in &self.sittings {
            let expert = self.event.expert(e);
            let capacity = self.open(e, i).iter().map(|r| expert.capacity_in(r)).max().unwrap_or(0);
            let group = groups.remove(&(e, topic, i)).unwrap_or_default();
            self.program.at_most(group.clone() - Sum::from(sittings) * i64::from(capacity), 0);
            self.program.at_least(group - Sum::from(sittings) * i64::from(expert.smallest_group.max(1)), 0);
        }
    }

    /// An expert has at most one sitting a round, and so many sittings and seats in all.
    fn loads(&mut self) {
        for e in self.event.expert_ixs() {
            let expert = self.event.expert(e);
            for i in 0..self.spans.len() {
                let sittings = self.sittings(|of| (of.0, of.2) == (e, i));
                if self.every_round {
                    let fewest = expert.present.and(self.spans[i]).len();
                    self.program.at_least(sittings.clone(), fewest as i64);
                }
                self.program.at_most(sittings, self.open(e, i).len() as i64);
            }
            self.program.at_most(self.sittings(|of| of.0 == e), i64::from(expert.most_sittings));
            let seats = self.event.mentee_ixs().map(|m| self.seats(m, |meeting| meeting.expert == e)).collect();
            self.program.at_most(seats, i64::from(expert.most_seats()));
        }
    }

    /// At most so many sittings in a room in each round.
    fn rooms(&mut self) {
        let event = self.event;
        for (room, most) in event.rooms.iter().enumerate().filter_map(|(i, room)| Some((i, room.tables?))) {
            for (i, span) in self.spans.iter().enumerate() {
                let sittings = self.sittings(|of| of.2 == i && event.expert(of.0).room == Some(RoomIx::new(room)));
                self.program.at_most(sittings, i64::from(most) * span.len() as i64);
            }
        }
    }

    /// `must-meet` and `pinned-seat`; the seats of played rounds.
    fn requests(&mut self) {
        for request in &self.event.requests {
            let asked_for = match *request {
                Request::MustMeet(m, e) => self.seats(m, |meeting| meeting.expert == e),
                Request::PinnedSeat(m, e, r) => self.seats_at(m, r, |meeting| meeting.expert == e),
                _ => continue,
            };
            self.program.at_least(asked_for, 1);
        }
        let frozen = &self.event.frozen;
        for seat in frozen.seats.iter().filter(|s| frozen.rounds.contains(s.round)) {
            let same = |meeting: &Meeting| (meeting.expert, meeting.topic) == (seat.expert, seat.topic);
            self.program.at_least(self.seats_at(seat.mentee, seat.round, same), 1);
        }
    }

    /// Seats of a mentee in the span of a round.
    fn seats_at(&self, m: MenteeIx, r: RoundIx, condition: impl Fn(&Meeting) -> bool) -> Sum {
        self.seats(m, |meeting| self.spans[self.span_of(meeting)].contains(r) && condition(meeting))
    }

    /// The program in which nothing needs to be an integer but the number of sittings that an expert has on a topic.
    fn counted(&self) -> Program {
        let mut numbers: BTreeMap<(ExpertIx, Option<TopicIx>), Sum> = BTreeMap::new();
        for (&(e, topic, _), &sittings) in &self.sittings {
            *numbers.entry((e, topic)).or_default() += sittings;
        }
        let has_choice = |e| self.event.sitting_topics(e).len() > 1;
        let most = |e| self.event.expert(e).open_rounds().len() as i64;
        let counts = numbers.into_iter().filter(|&((e, _), _)| has_choice(e)).map(|((e, _), sum)| (sum, most(e)));
        self.program.relaxed_but(counts.collect())
    }
}

impl Model for AggregatedModel<'_> {
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

/// The rounds in which some must sit out, and the others.
fn spans(pairs: &Pairs) -> Vec<RoundSet> {
    let seating = Seating::new(pairs, false, &[]);
    let short = seating.rounds.iter().filter(|round| round.most < round.people.len());
    let short: RoundSet = short.map(|round| round.round).collect();
    [short, pairs.event().all_rounds().without(short)].into_iter().filter(|span| !span.is_empty()).collect()
}

/// How many columns the aggregated model has at most, before it is built.
pub fn columns(event: &Event) -> usize {
    let topics: usize = event.expert_ixs().map(|e| event.sitting_topics(e).len()).sum();
    (event.mentees.len() + 1) * topics * MOST_SPANS
}

/// What no schedule that is as good in the levels above can do better than in the last of `levels`, as far as the
/// aggregated model knows, and the nodes of microlp's branch and bound; `None` for a priority that does not look at meetings alone.
pub fn bound(pairs: &Pairs, every_round: bool, levels: &[Level], limits: &Limits) -> Option<(Vec<i64>, u64)> {
    let last = levels.last()?;
    let (order, reached): (Vec<_>, Vec<_>) = levels.iter().map(|level| (level.priority, level.value.clone())).unzip();
    let is_met = |parts: usize| last.bound.as_ref().is_some_and(|bound| bound[..parts] == last.value[..parts]);
    let (mut nodes, mut work, mut is_open) = (0, limits.work, false);
    let mut model = AggregatedModel::new(pairs, every_round);
    let bounds = bounds(&mut model, &order, &reached, |model, (priority, i), part, reached| {
        if priority != last.priority || is_open || (limits.stop)() {
            return None;
        }
        if is_met(i + 1) {
            return Some(reached);
        }
        let program = model.counted();
        let task = Task { program: &program, objective: &part.objective, sense: part.sense, start: None };
        let budget = Budget { nodes: limits.nodes, work, time: (limits.time)(priority), stop: limits.stop };
        let (bound, spent) = solver::bound(&task, budget);
        (nodes, work) = (nodes + spent.nodes, work.saturating_sub(spent.work));
        is_open = bound != Some(reached);
        bound
    });
    bounds.into_iter().next_back().filter(|bound| !bound.is_empty()).map(|bound| (bound, nodes))
}
