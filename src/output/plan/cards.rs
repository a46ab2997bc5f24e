//! Whose card differs between two revisions: what each person reads of their rounds, then and now.
//!
//! A card is the person's name, the event's name, zone and venue, and for each round the clock time, the table, the
//! room, the topic and the people met, or that the mentee sits it out. This is what [`Plan::shows`] goes by, person by
//! person. Priority `changes` counts less: not the table or the hour, and for an expert not who is in the group.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{ChangeRow, EventRow, PersonRow, Plan, RevisionRow, RoundRow, SittingRow};
use crate::domain::{Event, Schedule};

/// Whose cards differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The experts, ascending by id.
    pub experts: Vec<Change>,
    /// The mentees, ascending by id.
    pub mentees: Vec<Change>,
}

/// A card that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose it is.
    pub id: String,
    /// The name that it bears now, or bore last.
    pub name: String,
    /// What became of it.
    pub fate: Fate,
    /// The numbers of the rounds that read otherwise, have come or have fallen away, ascending; empty where a person
    /// without any round came or went.
    pub rounds: Vec<u32>,
}

/// What became of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The person was not among the people before.
    New,
    /// It reads otherwise.
    Changed,
    /// The person is not among the people any more.
    Gone,
}

/// Everybody's cards, by id.
#[derive(Debug)]
pub struct Cards<'a> {
    /// Those of the experts.
    pub experts: BTreeMap<&'a str, Card<'a>>,
    /// Those of the mentees.
    pub mentees: BTreeMap<&'a str, Card<'a>>,
}

/// What a person reads.
#[derive(Debug, PartialEq, Eq)]
pub struct Card<'a> {
    /// Of which event.
    pub event: &'a EventRow,
    /// Whose it is.
    pub name: &'a str,
    /// By the number of the round; rounds without a seat that nobody missed have none.
    pub lines: BTreeMap<u32, Line<'a>>,
}

/// What a person reads of a round.
#[derive(Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Start and end; nothing where the plan does not have the round.
    pub time: Option<(&'a str, &'a str)>,
    /// Where and about what; nothing of a round that is sat out.
    pub sitting: Option<Place<'a>>,
    /// Whom they meet, ascending by id.
    pub people: Vec<Met<'a>>,
}

/// Where people meet, and about what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// What the table is called.
    pub table: &'a str,
    /// Where it stands.
    pub room: Option<&'a str>,
    /// What it talks about.
    pub topic: Option<&'a str>,
}

/// Somebody whom a person meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met<'a> {
    /// The id.
    pub id: &'a str,
    /// The name, or the id of somebody whom the plan does not name.
    pub name: &'a str,
    /// The organization as written on the form.
    pub organization: Option<&'a str>,
}

impl Plan {
    /// Everybody's cards.
    pub fn cards(&self) -> Cards<'_> {
        let reading = Reading::new(self);
        Cards { experts: reading.experts(), mentees: reading.mentees() }
    }

    /// Whose cards differ from those of `earlier`.
    pub fn changes_since(&self, earlier: &Plan) -> Changes {
        let (now, before) = (self.cards(), earlier.cards());
        Changes { experts: changes(&now.experts, &before.experts), mentees: changes(&now.mentees, &before.mentees) }
    }

    /// Whose cards would differ from those of this plan in one of this event with these seats.
    pub fn changes_to(&self, event: &Event, schedule: &Schedule) -> Changes {
        self.shown(event, schedule).changes_since(self)
    }

    /// This revision and those before it. A plan that was made before revisions were kept begins with itself.
    pub fn history(&self) -> Vec<RevisionRow> {
        let itself = || RevisionRow { revision: self.revision, made: self.made.clone(), ..RevisionRow::default() };
        if self.revisions.is_empty() { vec![itself()] } else { self.revisions.clone() }
    }

    /// The history of a plan that comes after `previous`.
    pub(super) fn history_after(&self, previous: Option<&Plan>) -> Vec<RevisionRow> {
        let changes = previous.map(|previous| self.changes_since(previous)).unwrap_or_default();
        let rows = |changes: Vec<Change>| changes.into_iter().map(|c| ChangeRow { id: c.id, rounds: c.rounds });
        let mut history = previous.map_or_else(Vec::new, Plan::history);
        history.push(RevisionRow {
            revision: self.revision,
            made: self.made.clone(),
            experts: rows(changes.experts).collect(),
            mentees: rows(changes.mentees).collect(),
        });
        history
    }
}

fn changes(now: &BTreeMap<&str, Card>, before: &BTreeMap<&str, Card>) -> Vec<Change> {
    let ids: BTreeSet<&str> = now.keys().chain(before.keys()).copied().collect();
    ids.into_iter().filter_map(|id| change(id, now.get(id), before.get(id))).collect()
}

fn change(id: &str, now: Option<&Card>, before: Option<&Card>) -> Option<Change> {
    let (fate, name) = match (now, before) {
        (Some(now), Some(before)) if now == before => return None,
        (Some(now), Some(_)) => (Fate::Changed, now.name),
        (Some(now), None) => (Fate::New, now.name),
        (None, before) => (Fate::Gone, before?.name),
    };
    let same_head = now.map(|card| (card.event, card.name)) == before.map(|card| (card.event, card.name));
    let read_alike = |round: &u32| {
        let lines = (now.and_then(|card| card.lines.get(round)), before.and_then(|card| card.lines.get(round)));
        same_head && lines.0 == lines.1
    };
    let rounds: BTreeSet<u32> = [now, before].into_iter().flatten().flat_map(|c| c.lines.keys().copied()).collect();
    let rounds = rounds.into_iter().filter(|round| !read_alike(round)).collect();
    Some(Change { id: id.to_owned(), name: name.to_owned(), fate, rounds })
}

/// A plan with its rows by what they are about.
struct Reading<'a> {
    plan: &'a Plan,
    rounds: HashMap<u32, &'a RoundRow>,
    sittings: HashMap<(u32, &'a str), &'a SittingRow>,
}

impl<'a> Reading<'a> {
    fn new(plan: &'a Plan) -> Self {
        Reading {
            plan,
            rounds: plan.rounds.iter().map(|row| (row.round, row)).collect(),
            sittings: plan.sittings.iter().map(|row| ((row.round, row.expert.as_str()), row)).collect(),
        }
    }

    fn experts(&self) -> BTreeMap<&'a str, Card<'a>> {
        let names = by_id(&self.plan.mentees);
        let mut cards = self.empty(&self.plan.experts);
        for seat in &self.plan.seats {
            let Some(card) = cards.get_mut(seat.expert.as_str()) else { continue };
            let line = card.lines.entry(seat.round).or_insert_with(|| self.line(seat.round, Some(&seat.expert)));
            line.people.push(person(&seat.mentee, &names));
        }
        cards.values_mut().flat_map(|card| card.lines.values_mut()).for_each(|line| line.people.sort_unstable());
        cards
    }

    fn mentees(&self) -> BTreeMap<&'a str, Card<'a>> {
        let names = by_id(&self.plan.experts);
        let mut cards = self.empty(&self.plan.mentees);
        for seat in &self.plan.seats {
            let Some(card) = cards.get_mut(seat.mentee.as_str()) else { continue };
            let line = Line { people: vec![person(&seat.expert, &names)], ..self.line(seat.round, Some(&seat.expert)) };
            card.lines.insert(seat.round, line);
        }
        for sit_out in &self.plan.sit_outs {
            if let Some(card) = cards.get_mut(sit_out.mentee.as_str()) {
                card.lines.entry(sit_out.round).or_insert_with(|| self.line(sit_out.round, None));
            }
        }
        cards
    }

    fn empty(&self, people: &'a [PersonRow]) -> BTreeMap<&'a str, Card<'a>> {
        let card = |p: &'a PersonRow| Card { event: &self.plan.event, name: &p.name, lines: BTreeMap::new() };
        people.iter().map(|person| (person.id.as_str(), card(person))).collect()
    }

    /// A round at the table of an expert, or sat out, with nobody there yet.
    fn line(&self, round: u32, expert: Option<&str>) -> Line<'a> {
        let sitting = expert.and_then(|expert| self.sittings.get(&(round, expert)));
        Line {
            time: self.rounds.get(&round).map(|row| (row.start.as_str(), row.end.as_str())),
            sitting: sitting.map(|row| Place {
                table: &row.table,
                room: row.room.as_deref(),
                topic: row.topic.as_deref(),
            }),
            people: Vec::new(),
        }
    }
}

fn by_id(people: &[PersonRow]) -> HashMap<&str, &PersonRow> {
    people.iter().map(|person| (person.id.as_str(), person)).collect()
}

fn person<'a>(id: &'a str, names: &HashMap<&str, &'a PersonRow>) -> Met<'a> {
    let row = names.get(id);
    Met { id, name: row.map_or(id, |row| &row.name), organization: row.and_then(|row| row.organization.as_deref()) }
}
