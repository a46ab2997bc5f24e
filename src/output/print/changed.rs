//! Whose cards differ from an earlier revision's, piece by piece.

use std::collections::{BTreeMap, BTreeSet};

use super::{Owner, Piece};
use crate::domain::{Event, Expert, Schedule};
use crate::output::plan::{Change, PersonRow, Plan};

/// Whose part of each piece differs from an earlier revision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// Whose rounds, name or organization read otherwise, and who is new.
    cards: BTreeSet<Owner>,
    /// The experts whose name, organization, table, room or topics read otherwise.
    signs: BTreeSet<Owner>,
    /// Those whose name or organization reads otherwise, and the experts with another table.
    badges: BTreeSet<Owner>,
    /// The names of those who are gone, whose cards are void.
    pub gone: Vec<String>,
}

/// What an earlier revision says of an expert's table: its names, rooms and topics.
type Tables<'a> = BTreeMap<&'a str, BTreeSet<(&'a str, Option<&'a str>, Option<&'a str>)>>;

impl Changed {
    /// What differs in this event with these seats from an earlier revision.
    pub fn since(earlier: &Plan, event: &Event, schedule: &Schedule) -> Changed {
        let mut changed = Changed::default();
        let changes = earlier.changes_to(event, schedule);
        let experts =
            changes.experts.iter().map(|change| (change, event.expert_with_id(&change.id).map(Owner::Expert)));
        let mentees =
            changes.mentees.iter().map(|change| (change, event.mentee_with_id(&change.id).map(Owner::Mentee)));
        for (change, owner) in experts.chain(mentees) {
            changed.add_card(change, owner);
        }
        changed.add_people(earlier, event);
        changed.add_tables(earlier, event, schedule);
        changed
    }

    /// Whose part of a piece differs.
    pub(super) fn of(&self, piece: Piece) -> &BTreeSet<Owner> {
        match piece {
            Piece::TableSigns => &self.signs,
            Piece::Badges => &self.badges,
            _ => &self.cards,
        }
    }

    /// Whether nobody's part of a piece differs; of lists, whether nothing at all does.
    pub fn is_empty(&self, piece: Piece) -> bool {
        let of = self.of(piece);
        match piece {
            Piece::TableSigns | Piece::TableCards | Piece::ExpertSheets => {
                !of.iter().any(|owner| matches!(owner, Owner::Expert(_)))
            }
            Piece::MenteeCards => !of.iter().any(|owner| matches!(owner, Owner::Mentee(_))),
            _ => of.is_empty(),
        }
    }

    fn add_card(&mut self, change: &Change, owner: Option<Owner>) {
        match owner {
            Some(owner) => drop(self.cards.insert(owner)),
            None => self.gone.push(change.name.clone()),
        }
    }

    /// Those whose name or organization is another one, and who is new; all, when the event is called otherwise.
    fn add_people(&mut self, earlier: &Plan, event: &Event) {
        let renamed = earlier.event.name != event.name;
        let (experts, mentees) = (by_id(&earlier.experts), by_id(&earlier.mentees));
        let differs = |before: Option<&&PersonRow>, name: &str, affiliation: &Option<String>| {
            renamed || before.is_none_or(|row| row.name != name || row.organization != *affiliation)
        };
        let of_expert = |(owner, e): (Owner, &Expert)| {
            differs(experts.get(e.id.as_str()), &e.name, &e.affiliation).then_some(owner)
        };
        let hosts = event.expert_ixs().map(Owner::Expert).zip(&event.experts).filter_map(of_expert);
        let hosts: BTreeSet<Owner> = hosts.collect();
        let guests = event
            .mentee_ixs()
            .map(Owner::Mentee)
            .zip(&event.mentees)
            .filter_map(|(owner, m)| differs(mentees.get(m.id.as_str()), &m.name, &m.affiliation).then_some(owner));
        self.badges.extend(hosts.iter().copied().chain(guests));
        self.cards.extend(&self.badges);
        self.signs.extend(hosts);
    }

    /// The experts whose table stands or is called otherwise, or talks about something else.
    fn add_tables(&mut self, earlier: &Plan, event: &Event, schedule: &Schedule) {
        let mut before = Tables::new();
        for row in &earlier.sittings {
            let table = (row.table.as_str(), row.room.as_deref(), row.topic.as_deref());
            before.entry(&row.expert).or_default().insert(table);
        }
        let mut now = Tables::new();
        for sitting in schedule.sittings() {
            let expert = event.expert(sitting.expert);
            let room = expert.room.map(|room| event.rooms[room.index()].name.as_str());
            let topic = sitting.seats.first().and_then(|seat| seat.topic).map(|t| event.topic(t));
            now.entry(&expert.id).or_default().insert((&expert.table, room, topic));
        }
        for (owner, expert) in event.expert_ixs().map(Owner::Expert).zip(&event.experts) {
            let (Some(before), Some(now)) = (before.get(expert.id.as_str()), now.get(expert.id.as_str())) else {
                continue;
            };
            if before != now {
                self.signs.insert(owner);
            }
            if before.iter().any(|(table, ..)| *table != expert.table) {
                self.badges.insert(owner);
            }
        }
    }
}

fn by_id(people: &[PersonRow]) -> BTreeMap<&str, &PersonRow> {
    people.iter().map(|person| (person.id.as_str(), person)).collect()
}
