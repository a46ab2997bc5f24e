//! What each person does when: the cards of a plan with moments in place of written times.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono_tz::Tz;

use crate::output::plan::{Card, EventRow, Line, Met, Place, Plan, Unreadable};

/// Everybody's slots.
pub(super) struct Agenda<'a> {
    /// Of which event.
    pub event: &'a EventRow,
    /// By id.
    pub experts: BTreeMap<&'a str, Person<'a>>,
    /// By id.
    pub mentees: BTreeMap<&'a str, Person<'a>>,
}

/// An expert or a mentee.
pub(super) struct Person<'a> {
    /// Which of the two.
    pub role: Role,
    /// Full name.
    pub name: &'a str,
    /// By round.
    pub slots: Vec<Slot<'a>>,
}

/// What a person does in a round.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slot<'a> {
    /// The number of the round.
    pub round: u32,
    /// When it starts.
    pub start: DateTime<Tz>,
    /// When it ends.
    pub end: DateTime<Tz>,
    /// Where, and about what; `None` when the person sits it out.
    pub place: Option<Place<'a>>,
    /// Whom the person meets.
    pub people: Vec<Met<'a>>,
}

/// Who somebody is at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Hosts a table.
    Expert,
    /// Comes to the tables.
    Mentee,
}

impl Role {
    /// The name, everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Role::Expert => "expert",
            Role::Mentee => "mentee",
        }
    }
}

impl<'a> Agenda<'a> {
    /// What everybody does when; a plan that was changed by hand can hold times that are none.
    pub fn new(plan: &'a Plan) -> Result<Self, Unreadable> {
        let zone = &plan.event.timezone;
        let zone = zone.parse().map_err(|_| Unreadable::Name { field: "timezone", found: zone.clone() })?;
        let cards = plan.cards();
        let people = |role, cards: BTreeMap<&'a str, Card<'a>>| {
            cards.into_iter().map(|(id, card)| Ok((id, person(role, card, zone)?))).collect::<Result<_, _>>()
        };
        Ok(Agenda {
            event: &plan.event,
            experts: people(Role::Expert, cards.experts)?,
            mentees: people(Role::Mentee, cards.mentees)?,
        })
    }

    /// The people of a role, by id.
    pub fn people(&self, role: Role) -> &BTreeMap<&'a str, Person<'a>> {
        match role {
            Role::Expert => &self.experts,
            Role::Mentee => &self.mentees,
        }
    }
}

impl<'a> Person<'a> {
    /// The slots in which the person meets somebody, by round.
    pub fn meetings(&self) -> impl Iterator<Item = &Slot<'a>> {
        self.slots.iter().filter(|slot| slot.place.is_some())
    }

    /// Whether the person meets somebody in a round, or without one in any.
    pub fn meets_in(&self, round: Option<u32>) -> bool {
        self.meetings().any(|slot| round.is_none_or(|round| slot.round == round))
    }
}

fn person<'a>(role: Role, card: Card<'a>, zone: Tz) -> Result<Person<'a>, Unreadable> {
    let slots = card.lines.into_iter().map(|(round, line)| slot(round, line, zone));
    Ok(Person { role, name: card.name, slots: slots.collect::<Result<_, _>>()? })
}

fn slot(round: u32, line: Line, zone: Tz) -> Result<Slot, Unreadable> {
    let (start, end) = line.time.ok_or_else(|| Unreadable::Name { field: "round", found: round.to_string() })?;
    Ok(Slot {
        round,
        start: moment(start)?.with_timezone(&zone),
        end: moment(end)?.with_timezone(&zone),
        place: line.sitting,
        people: line.people,
    })
}

/// The moment of a text such as `2027-03-09T13:30:00-06:00`.
pub(super) fn moment(written: &str) -> Result<DateTime<chrono::FixedOffset>, Unreadable> {
    DateTime::parse_from_rfc3339(written).map_err(|_| Unreadable::Name { field: "time", found: written.to_owned() })
}
