//! The rounds model, exact for every rule and priority: a decision for each seat that could be (mentee, expert, topic,
//! round), and where a rule or priority needs it a column for each sitting (expert, round, topic).
//!
//! Presence and keep-outs are decisions that are not there; every other rule is rows (see `rules`).

mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::domain::{Event, ExpertIx, MenteeIx, Priority, RoundIx, RoundSet, Schedule, Seat, TopicIx};
use crate::pairs::Pairs;

use super::Question;
use super::levels::{Model, Part};
use super::priorities::{self, Meeting};
use super::program::Program;
use super::sum::{Column, Sum};

/// The most decisions of a model whose sittings are linked to each of them: the rows make its relaxation much tighter
/// and its simplex slower, which pays in small models.
const MOST_LINKED: usize = 1_000;

/// The program of one event, with what its columns mean.
pub(super) struct RoundsModel<'a> {
    /// Who can meet whom.
    pub(super) pairs: &'a Pairs<'a>,
    /// The event.
    pub(super) event: &'a Event,
    /// The standing plan, for priority `changes`.
    pub(super) standing: Option<&'a Schedule>,
    /// Whether rule `every-round` holds.
    pub(super) every_round: bool,
    /// Columns and rows.
    pub(super) program: Program,
    /// The seat of each decision; ascending by mentee, round, expert, topic.
    seats: Vec<Seat>,
    of_mentee: Vec<Range<usize>>,
    /// By expert, then round.
    at_table: Vec<Vec<Vec<Column>>>,
    sittings: BTreeMap<(ExpertIx, RoundIx, Option<TopicIx>), Column>,
}

impl<'a> RoundsModel<'a> {
    /// The model of the question, with the rows of every rule.
    pub(super) fn new(question: &Question<'a>) -> Self {
        let event = question.pairs.event();
        let mut model = RoundsModel {
            pairs: question.pairs,
            event,
            standing: question.standing,
            every_round: question.every_round,
            program: Program::default(),
            seats: Vec::new(),
            of_mentee: Vec::new(),
            at_table: vec![vec![Vec::new(); event.rounds.len()]; event.experts.len()],
            sittings: BTreeMap::new(),
        };
        model.add_decisions();
        rules::add(&mut model);
        model
    }

    fn add_decisions(&mut self) {
        let topics: Vec<_> = self.event.expert_ixs().map(|e| self.event.sitting_topics(e)).collect();
        let played: BTreeSet<_> = self.event.frozen.seats.iter().collect();
        for m in self.event.mentee_ixs() {
            let first = self.seats.len();
            let rounds: Vec<_> = self.event.expert_ixs().map(|e| self.rounds_of(m, e)).collect();
            for round in self.event.round_ixs() {
                for expert in self.event.expert_ixs().filter(|e| rounds[e.index()].contains(round)) {
                    for &topic in &topics[expert.index()] {
                        let seat = Seat { round, expert, mentee: m, topic };
                        if !self.event.frozen.rounds.contains(round) || played.contains(&seat) {
                            self.seats.push(seat);
                            let column = self.program.decision();
                            self.at_table[expert.index()][round.index()].push(column);
                        }
                    }
                }
            }
            self.of_mentee.push(first..self.seats.len());
            self.program.group(first, self.event.wanted(m) as usize);
        }
    }

    /// The rounds in which the two can meet: rules `presence` and `keep-out`.
    fn rounds_of(&self, m: MenteeIx, e: ExpertIx) -> RoundSet {
        match self.pairs.exclusion(m, e) {
            Some(_) => RoundSet::NONE,
            None => self.event.mentee(m).present.and(self.event.expert(e).open_rounds()),
        }
    }

    /// The seat of a decision.
    pub(super) fn seat(&self, decision: Column) -> Seat {
        self.seats[decision.index()]
    }

    /// The decision for a seat; `None` when it cannot be.
    pub(super) fn decision(&self, seat: &Seat) -> Option<Column> {
        let key = |s: &Seat| (s.mentee, s.round, s.expert, s.topic);
        self.seats.binary_search_by_key(&key(seat), key).ok().map(Column::new)
    }

    /// The decisions for the seats of a mentee, by round.
    pub(super) fn of(&self, m: MenteeIx) -> impl Iterator<Item = Column> + use<> {
        self.of_mentee[m.index()].clone().map(Column::new)
    }

    /// How many seats the mentee has in a round that meet the condition.
    pub(super) fn seats_in(&self, m: MenteeIx, r: RoundIx, condition: impl Fn(&Seat) -> bool) -> Sum {
        let range = self.of_mentee[m.index()].clone();
        let (first, own) = (range.start, &self.seats[range]);
        let in_round = own.partition_point(|s| s.round < r)..own.partition_point(|s| s.round <= r);
        in_round.filter(|&i| condition(&own[i])).map(|i| Column::new(first + i)).collect()
    }

    /// The group of an expert in a round, on any topic.
    pub(super) fn group(&self, e: ExpertIx, r: RoundIx) -> Sum {
        self.at_table[e.index()][r.index()].iter().copied().collect()
    }

    fn group_on(&self, e: ExpertIx, r: RoundIx, topic: Option<TopicIx>) -> Sum {
        let decisions = &self.at_table[e.index()][r.index()];
        decisions.iter().copied().filter(|&c| self.seat(c).topic == topic).collect()
    }

    /// Whether the sitting takes place; its column is made when it is first asked for. No constant 0 when no seat
    /// could be there: then the sum is.
    pub(super) fn sitting(&mut self, e: ExpertIx, r: RoundIx, topic: Option<TopicIx>) -> Sum {
        if let Some(&column) = self.sittings.get(&(e, r, topic)) {
            return column.into();
        }
        let group = self.group_on(e, r, topic);
        if group.is_constant() {
            return group;
        }
        let column = self.program.any(&group);
        self.sittings.insert((e, r, topic), column);
        let expert = self.event.expert(e);
        let (most, fewest) = (i64::from(expert.capacity_in(r)), i64::from(expert.smallest_group.max(1)));
        self.program.at_most(group.clone() - Sum::from(column) * most, 0);
        self.program.at_least(group.clone() - Sum::from(column) * fewest, 0);
        if self.is_tight() {
            group.terms().iter().for_each(|&(decision, _)| self.program.at_most(link(decision, column), 0));
        }
        column.into()
    }

    /// The column of a sitting, if it has one.
    pub(super) fn column_of(&self, sitting: &(ExpertIx, RoundIx, Option<TopicIx>)) -> Option<Column> {
        self.sittings.get(sitting).copied()
    }

    /// The link of each decision whose sitting has a column: a sum that is at most 0.
    pub(super) fn links(&self) -> Vec<Sum> {
        let of = |(&(e, r, topic), &sitting)| {
            let group = self.group_on(e, r, topic);
            group.terms().iter().map(|&(decision, _)| link(decision, sitting)).collect::<Vec<_>>()
        };
        self.sittings.iter().flat_map(of).collect()
    }

    /// Whether sittings are linked to each of their decisions, so that the relaxation is tight.
    pub(super) fn is_tight(&self) -> bool {
        self.seats.len() <= MOST_LINKED
    }

    /// Whether the expert has a sitting in the round, on any topic.
    pub(super) fn sits(&mut self, e: ExpertIx, r: RoundIx) -> Sum {
        let topics = self.event.sitting_topics(e);
        if self.every_round && topics.len() == 1 && self.event.expert(e).present.contains(r) {
            return Sum::constant_of(1);
        }
        topics.into_iter().map(|t| self.sitting(e, r, t)).collect()
    }

    /// For each mentee the meetings that the seats are.
    pub(super) fn meetings(&self) -> Vec<Vec<Meeting>> {
        let meeting = |column| {
            let Seat { expert, topic, .. } = self.seat(column);
            Meeting { column, expert, topic }
        };
        self.event.mentee_ixs().map(|m| self.of(m).map(meeting).collect()).collect()
    }

    /// The schedule at a point.
    pub(super) fn schedule(&self, point: &[i64]) -> Schedule {
        Schedule::new(self.seats.iter().zip(point).filter(|&(_, &taken)| taken == 1).map(|(&seat, _)| seat).collect())
    }

    /// The decisions of a schedule; `None` when it has a seat that cannot be.
    pub(super) fn decisions(&self, schedule: &Schedule) -> Option<Vec<i64>> {
        let mut decisions = vec![0; self.seats.len()];
        for seat in schedule.seats() {
            decisions[self.decision(seat)?.index()] = 1;
        }
        Some(decisions)
    }
}

/// What is at most 0, since nobody sits where there is no sitting, mentee by mentee: the strong formulation of plant
/// location (Krarup, Pruzan 1983). The row of the capacity says the same of integers.
fn link(decision: Column, sitting: Column) -> Sum {
    Sum::from(decision) - Sum::from(sitting)
}

impl Model for RoundsModel<'_> {
    fn program(&self) -> &Program {
        &self.program
    }

    fn program_mut(&mut self) -> &mut Program {
        &mut self.program
    }

    fn parts(&mut self, priority: Priority) -> Vec<Part> {
        priorities::parts(self, priority)
    }
}
