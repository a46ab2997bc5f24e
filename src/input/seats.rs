//! A schedule from a table with one row a seat: what `export` prints, or made elsewhere.

use std::collections::BTreeMap;

use super::choices::{EXPERT, MENTEE, TOPIC, What, ambiguous, unknown};
use super::columns::{Columns, FieldSet};
use super::diagnostic::{Diagnostic, Faults};
use super::experts::topic_names;
use super::names::{Found, Kind, Names};
use super::rounds_cell::one_round;
use super::table::Table;
use super::text::{quoted, without_guard};
use crate::domain::{Event, ExpertIx, MenteeIx, RoundIx, Schedule, Seat, TopicIx};

/// What the rows of seats are read with.
struct Reader<'a> {
    event: &'a Event,
    table: &'a Table,
    columns: Columns,
    experts: Names,
    mentees: Names,
    topics: Names,
}

/// A seat whose topic may still be open, and its row.
struct Open {
    row: usize,
    round: RoundIx,
    expert: ExpertIx,
    mentee: MenteeIx,
    topic: Option<TopicIx>,
}

/// The seats of a table with the columns `round`, `expert`, `mentee` and maybe `topic`; others are passed over.
pub(super) fn seats(event: &Event, table: &Table, faults: &mut Faults) -> Schedule {
    let columns = Columns::by_headers(table, FieldSet::Seats, faults);
    columns.require(table, &["round", "expert", "mentee"], faults);
    let people = |ids: &mut dyn Iterator<Item = (&String, &String, &Option<String>)>| {
        let mut names = Names::default();
        for (position, (id, name, email)) in (0..).zip(ids) {
            names.add(Kind::Id, id, position);
            names.add(Kind::Name, name, position);
            email.iter().for_each(|email| names.add(Kind::Email, email, position));
        }
        names
    };
    let experts = people(&mut event.experts.iter().map(|expert| (&expert.id, &expert.name, &expert.email)));
    let mentees = people(&mut event.mentees.iter().map(|mentee| (&mentee.id, &mentee.name, &mentee.email)));
    let reader = Reader { event, table, columns, experts, mentees, topics: topic_names(&event.topics) };
    let mut open = Vec::with_capacity(table.len());
    for row in 0..table.len() {
        open.extend(reader.seat(row, faults));
    }
    reader.hold_to_once(&open, faults);
    Schedule::new(reader.with_topics(open, faults))
}

impl Reader<'_> {
    fn cell(&self, row: usize, field: &str) -> &str {
        self.columns.cell(self.table, row, field).map_or("", |(_, cell)| cell)
    }

    fn fault(&self, row: usize, field: &str, fault: Diagnostic, faults: &mut Faults) {
        faults.add_at(fault, || self.table.place(row, self.columns.first(field).unwrap_or(0)));
    }

    fn seat(&self, row: usize, faults: &mut Faults) -> Option<Open> {
        let round = one_round(self.cell(row, "round"), self.event.rounds.len());
        let round = round.map_err(|(message, hint)| {
            self.fault(row, "round", Diagnostic::error("bad-rounds", message).hint(hint), faults);
        });
        let expert = self.position(row, "expert", EXPERT, &self.experts, faults).map(ExpertIx);
        let mentee = self.position(row, "mentee", MENTEE, &self.mentees, faults).map(MenteeIx);
        let topic = match self.cell(row, "topic") {
            "" => None,
            _ => Some(self.position(row, "topic", TOPIC, &self.topics, faults).map(TopicIx)?),
        };
        let (round, expert, mentee) = (round.ok()?, expert?, mentee?);
        let only = match self.event.expert(expert).topics[..] {
            [only] => Some(only),
            _ => None,
        };
        Some(Open { row, round, expert, mentee, topic: topic.or(only) })
    }

    /// A row that stands twice is a slip of the hand: somebody else was meant.
    fn hold_to_once(&self, open: &[Open], faults: &mut Faults) {
        let mut first = BTreeMap::new();
        for seat in open {
            let row = *first.entry((seat.round, seat.expert, seat.mentee, seat.topic)).or_insert(seat.row);
            if row != seat.row {
                let message = format!("this seat stands in {} already", self.table.whereabouts(row));
                let fault = Diagnostic::error("named-twice", message).hint("take one of them out, or mend the name");
                self.fault(seat.row, "mentee", fault, faults);
            }
        }
    }

    fn position(&self, row: usize, field: &str, what: What, names: &Names, faults: &mut Faults) -> Option<u32> {
        let name = self.cell(row, field);
        // A sheet needs no guard, but may have been made of a text that has one.
        let plain = without_guard(name);
        let name = if self.table.is_sheet() && names.find(name).is_some() { name } else { &plain };
        let fault = match names.find(name) {
            Some(Found::One(position)) => return Some(*position),
            Some(Found::Many(positions)) => ambiguous(name, what, names, positions),
            None if name.is_empty() => {
                Diagnostic::error("missing-cell", format!("this row names no {}", what.noun)).hint(what.hint)
            }
            None => unknown(name, what, names),
        };
        self.fault(row, field, fault, faults);
        None
    }

    /// The seats with the topics that their sittings tell where their rows do not.
    fn with_topics(&self, open: Vec<Open>, faults: &mut Faults) -> Vec<Seat> {
        let mut told: BTreeMap<(RoundIx, ExpertIx), Option<TopicIx>> = BTreeMap::new();
        for seat in open.iter().filter(|seat| seat.topic.is_some()) {
            let sitting = told.entry((seat.round, seat.expert)).or_insert(seat.topic);
            if *sitting != seat.topic {
                *sitting = None;
            }
        }
        let mut seats = Vec::with_capacity(open.len());
        for Open { row, round, expert, mentee, topic } in open {
            let topic = topic.or_else(|| told.get(&(round, expert)).copied().flatten());
            if topic.is_none() && !self.event.topics.is_empty() {
                let name = quoted(&self.event.expert(expert).name);
                let message = format!("this row does not say on which of the topics of {name} the seat is");
                let fault = Diagnostic::error("missing-cell", message).hint("write it into a column `topic`");
                self.fault(row, "topic", fault, faults);
            }
            seats.push(Seat { round, expert, mentee, topic });
        }
        seats
    }
}
