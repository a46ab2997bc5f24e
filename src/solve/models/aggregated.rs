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

use crate::domain::{Event, ExpertIx, Level, RoomIx, RoundSet, TopicIx};
use crate::pairs::Pairs;
use crate::solve::counting::Seating;

use super::Limits;
use super::levels::bounds;
use super::meetings::MeetingsModel;
use super::priorities::Meeting;
use super::solver::{self, Budget, Task};
use super::sum::{Column, Sum};

/// See [`spans`].
const MOST_SPANS: usize = 2;

/// Sittings of an expert on a topic in a span, by its position.
type Sittings = (ExpertIx, Option<TopicIx>, usize);

/// The program of one event.
struct AggregatedModel<'a> {
    /// The meetings of each mentee ascend by span, expert, topic.
    base: MeetingsModel<'a>,
    every_round: bool,
    /// Each round is in one of them.
    spans: Vec<RoundSet>,
    /// The span of each meeting's decision.
    span_of: Vec<usize>,
    /// How many there are.
    sittings: BTreeMap<Sittings, Column>,
}

impl<'a> AggregatedModel<'a> {
    /// The model; with `every_round` each expert has a sitting in every round when present.
    fn new(pairs: &'a Pairs<'a>, every_round: bool) -> Self {
        let mut model = AggregatedModel {
            base: MeetingsModel::new(pairs),
            every_round,
            spans: spans(pairs),
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
        let MeetingsModel { pairs, event, .. } = self.base;
        for m in event.mentee_ixs() {
            let mut meetings = Vec::new();
            for (i, &span) in self.spans.iter().enumerate() {
                for expert in event.expert_ixs().filter(|&e| pairs.exclusion(m, e).is_none()) {
                    let together = event.mentee(m).present.and(event.expert(expert).open_rounds()).and(span);
                    for topic in event.sitting_topics(expert).into_iter().filter(|_| !together.is_empty()) {
                        meetings.push((expert, topic));
                        self.span_of.push(i);
                    }
                }
            }
            self.base.add(m, meetings.into_iter());
        }
    }

    fn add_sittings(&mut self) {
        for e in self.base.event.expert_ixs() {
            for topic in self.base.event.sitting_topics(e) {
                for i in 0..self.spans.len() {
                    let sittings = self.base.program.number(self.open(e, i).len() as i64);
                    self.sittings.insert((e, topic, i), sittings);
                }
            }
        }
    }

    /// The rounds of a span in which an expert's table can be open.
    fn open(&self, e: ExpertIx, span: usize) -> RoundSet {
        self.base.event.expert(e).open_rounds().and(self.spans[span])
    }

    fn span_of(&self, meeting: &Meeting) -> usize {
        self.span_of[meeting.column.index()]
    }

    fn sittings(&self, condition: impl Fn(Sittings) -> bool) -> Sum {
        self.sittings.iter().filter(|&(&sittings, _)| condition(sittings)).map(|(_, &column)| column).collect()
    }

    /// A mentee meets an expert at most once, has at most one seat a round, and at least and at most so many seats.
    fn seats_of_mentees(&mut self) {
        for m in self.base.event.mentee_ixs() {
            self.base.meet_once(m);
            for (i, span) in self.spans.iter().enumerate() {
                let within = self.base.of(m, |meeting| self.span_of(meeting) == i);
                let rounds = self.base.event.mentee(m).present.and(*span);
                self.base.program.at_most(within, rounds.len() as i64);
            }
            self.base.meetings_wanted(m);
        }
    }

    /// Sittings have between the smallest group and the greatest capacity each.
    fn groups(&mut self) {
        let mut groups: BTreeMap<Sittings, Sum> = BTreeMap::new();
        for meeting in self.base.meetings.iter().flatten() {
            *groups.entry((meeting.expert, meeting.topic, self.span_of(meeting))).or_default() += meeting.column;
        }
        for (&(e, topic, i), &sittings) in &self.sittings {
            let expert = self.base.event.expert(e);
            let capacity = self.open(e, i).iter().map(|r| expert.capacity_in(r)).max().unwrap_or(0);
            let group = groups.remove(&(e, topic, i)).unwrap_or_default();
            self.base.program.at_most(group.clone() - Sum::from(sittings) * i64::from(capacity), 0);
            self.base.program.at_least(group - Sum::from(sittings) * i64::from(expert.smallest_group.max(1)), 0);
        }
    }

    /// An expert has at most one sitting a round, and so many sittings and seats in all.
    fn loads(&mut self) {
        for e in self.base.event.expert_ixs() {
            let expert = self.base.event.expert(e);
            for i in 0..self.spans.len() {
                let sittings = self.sittings(|of| (of.0, of.2) == (e, i));
                if self.every_round {
                    let fewest = expert.present.and(self.spans[i]).len();
                    self.base.program.at_least(sittings.clone(), fewest as i64);
                }
                self.base.program.at_most(sittings, self.open(e, i).len() as i64);
            }
            self.base.program.at_most(self.sittings(|of| of.0 == e), i64::from(expert.most_sittings));
            self.base.table_capacity(e);
        }
    }

    /// At most so many sittings in a room in each round.
    fn rooms(&mut self) {
        let event = self.base.event;
        for (room, most) in event.rooms.iter().enumerate().filter_map(|(i, room)| Some((i, room.tables?))) {
            for (i, span) in self.spans.iter().enumerate() {
                let sittings = self.sittings(|of| of.2 == i && event.expert(of.0).room == Some(RoomIx::new(room)));
                self.base.program.at_most(sittings, i64::from(most) * span.len() as i64);
            }
        }
    }

    /// `must-meet` and `pinned-seat`; the seats of played rounds, each in the span of its round.
    fn requests(&mut self) {
        let (spans, span_of) = (&self.spans, &self.span_of);
        self.base.requests(|meeting, r| spans[span_of[meeting.column.index()]].contains(r));
    }

    /// The number of sittings that an expert has on a topic, where there is a choice, and its most.
    fn counts(&self) -> Vec<(Sum, i64)> {
        let mut numbers: BTreeMap<(ExpertIx, Option<TopicIx>), Sum> = BTreeMap::new();
        for (&(e, topic, _), &sittings) in &self.sittings {
            *numbers.entry((e, topic)).or_default() += sittings;
        }
        let has_choice = |e| self.base.event.sitting_topics(e).len() > 1;
        let most = |e| self.base.event.expert(e).open_rounds().len() as i64;
        numbers.into_iter().filter(|&((e, _), _)| has_choice(e)).map(|((e, _), sum)| (sum, most(e))).collect()
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
/// aggregated model knows, and the nodes of microlp's branch and bound; `None` for a priority that does not look at
/// meetings alone.
pub fn bound(pairs: &Pairs, every_round: bool, levels: &[Level], limits: &Limits) -> Option<(Vec<i64>, u64)> {
    let last = levels.last()?;
    let (order, reached): (Vec<_>, Vec<_>) = levels.iter().map(|level| (level.priority, level.value.clone())).unzip();
    let is_met = |parts: usize| last.bound.as_ref().is_some_and(|bound| bound.get(..parts) == last.value.get(..parts));
    let (mut nodes, mut work, mut is_open) = (0, limits.work, false);
    let model = AggregatedModel::new(pairs, every_round);
    let (counts, mut base) = (model.counts(), model.base);
    let bounds = bounds(&mut base, &order, &reached, |base, (priority, i), part, reached| {
        if priority != last.priority || is_open || (limits.stop)() {
            return None;
        }
        if is_met(i + 1) {
            return Some(reached);
        }
        let program = base.program.relaxed_but(counts.clone());
        let task = Task { program: &program, objective: &part.objective, sense: part.sense, start: None };
        let budget = Budget { nodes: limits.nodes, work, time: (limits.time)(priority), stop: limits.stop };
        let (bound, spent) = solver::bound(&task, budget);
        (nodes, work) = (nodes + spent.nodes, work.saturating_sub(spent.work));
        is_open = bound != Some(reached);
        bound
    });
    bounds.into_iter().next_back().filter(|bound| !bound.is_empty()).map(|bound| (bound, nodes))
}
