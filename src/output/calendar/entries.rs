//! Which entries there are: of a person, a room or the whole event, as they are now, and, against an earlier
//! revision, those alone that changed, with those that fell away.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::agenda::{Agenda, Person, Role, Slot};
use super::ics::Entry;
use super::names::uid;
use super::version::{Version, Versions};
use super::words::Words;
use crate::output::plan::Place;

/// An entry over all rounds that is longer than this takes in a night, and so does not keep the time.
const LONGEST_DAY: TimeDelta = TimeDelta::hours(16);

/// What entries are made from.
pub(super) struct Entries<'a> {
    /// The plan.
    pub now: Agenda<'a>,
    /// An earlier revision: only what changed since counts.
    pub earlier: Option<Earlier<'a>>,
    /// Since when each of them is as it is.
    pub versions: Versions<'a>,
    /// What they say.
    pub words: Words<'a>,
}

/// What people have.
pub(super) struct Earlier<'a> {
    /// The number of the revision.
    pub revision: u32,
    /// What it said.
    pub agenda: Agenda<'a>,
}

/// A slot that is told of.
struct Picked<'s, 'a> {
    /// Whose it is.
    person: &'s Person<'a>,
    /// As it is now or, where it is cancelled, was.
    slot: &'s Slot<'a>,
    /// Whether it has fallen away.
    cancelled: bool,
}

impl<'a> Entries<'a> {
    /// The ids of a role, also of people who have gone since.
    pub fn ids(&self, role: Role) -> BTreeSet<&'a str> {
        self.agendas().flat_map(|agenda| agenda.people(role).keys().copied()).collect()
    }

    /// The rooms, also those that are not used any more.
    pub fn rooms(&self) -> BTreeSet<&'a str> {
        let slots = self.agendas().flat_map(|agenda| agenda.experts.values().flat_map(|person| &person.slots));
        slots.filter_map(|slot| slot.place?.room).collect()
    }

    /// The person as they are now, or were last.
    pub fn person(&self, role: Role, id: &str) -> Option<&Person<'a>> {
        self.now.people(role).get(id).or_else(|| self.before(role, id))
    }

    /// The person in the earlier revision.
    pub fn before(&self, role: Role, id: &str) -> Option<&Person<'a>> {
        self.earlier.as_ref().and_then(|earlier| earlier.agenda.people(role).get(id))
    }

    /// The agenda, and before it the earlier one.
    fn agendas(&self) -> impl Iterator<Item = &Agenda<'a>> {
        self.earlier.iter().map(|earlier| &earlier.agenda).chain([&self.now])
    }

    /// An entry for each round of a person.
    pub fn by_round(&self, role: Role, id: &'a str) -> Vec<Entry> {
        let entry = |Picked { person, slot, cancelled }| Entry {
            uid: self.uid(&[role.name(), id, &slot.round.to_string()]),
            title: self.words.title(slot),
            description: self.words.of_round(person, slot, self.venue(cancelled), cancelled),
            ..self.of_slot(self.versions.of(role, id, Some(slot.round)), slot, cancelled)
        };
        self.picked(role, id, &|_| true).into_iter().map(entry).collect()
    }

    /// One entry for all rounds of a person, from the first to the last; none for whom nothing changed.
    pub fn of_person(&self, role: Role, id: &'a str) -> Option<Entry> {
        let version = self.versions.of(role, id, None);
        let meets = |person: &&Person<'a>| person.meets_in(None);
        let now = self.now.people(role).get(id).filter(meets);
        let person = now.or_else(|| self.before(role, id).filter(meets)).filter(|_| self.counts(version))?;
        let cancelled = now.is_none();
        let (first, last) = (person.meetings().next()?, person.meetings().last()?);
        let venue = self.venue(cancelled);
        let one_place = person.meetings().all(|slot| slot.place.map(spot) == first.place.map(spot));
        let place = first.place.filter(|_| one_place).map(|place| self.words.location(venue, &place));
        Some(Entry {
            uid: self.uid(&[role.name(), id]),
            round: None,
            end: last.end.to_utc(),
            title: self.now.event.name.clone(),
            description: self.words.of_all_rounds(person, venue, cancelled),
            location: place.or_else(|| venue.map(str::to_owned)),
            busy: last.end - first.start <= LONGEST_DAY,
            ..self.of_slot(version, first, cancelled)
        })
    }

    /// An entry for each table and round of a room, or of the whole event.
    pub fn of_tables(&self, room: Option<&str>) -> Vec<Entry> {
        let here = |slot: &Slot| room.is_none() || slot.place.is_some_and(|place| place.room == room);
        let mut entries = Vec::new();
        for id in self.ids(Role::Expert) {
            for Picked { person: host, slot, cancelled } in self.picked(Role::Expert, id, &here) {
                let round = slot.round.to_string();
                // A table that moves falls away in one room and is new in the other: two entries, not one.
                let parts = ["table", id, &round].into_iter().chain(room).collect::<Vec<_>>();
                entries.push(Entry {
                    uid: self.uid(&parts),
                    title: self.words.title_of_table(host, slot),
                    description: self.words.of_table(host, slot, self.venue(cancelled)),
                    ..self.of_slot(self.versions.of(Role::Expert, id, Some(slot.round)), slot, cancelled)
                });
            }
        }
        entries.sort_by_key(|entry| entry.start);
        entries
    }

    /// Whether something that is as it is since `version` is to be told: what changed since the earlier revision,
    /// also where it came to be as it was then, as people may have heard of what was between.
    fn counts(&self, version: Version) -> bool {
        self.earlier.as_ref().is_none_or(|earlier| version.revision > earlier.revision)
    }

    /// The slots with a meeting that hold `here`: all as they are now, or those that changed since the earlier
    /// revision with those that fell away.
    fn picked<'s>(&'s self, role: Role, id: &'a str, here: &dyn Fn(&Slot) -> bool) -> Vec<Picked<'s, 'a>> {
        let now = self.now.people(role).get(id);
        let meetings = |person: &'s Person<'a>| person.meetings().filter(|slot| here(slot));
        let stands = |round: u32| now.is_some_and(|now| meetings(now).any(|slot| slot.round == round));
        let mut picked = Vec::new();
        for (cancelled, person) in [(false, now), (true, self.before(role, id))] {
            let Some(person) = person else { continue };
            let slots = meetings(person).filter(|slot| !(cancelled && stands(slot.round)));
            let slots = slots.filter(|slot| self.counts(self.versions.of(role, id, Some(slot.round))));
            picked.extend(slots.map(|slot| Picked { person, slot, cancelled }));
        }
        picked.sort_by_key(|picked| picked.slot.round);
        picked
    }

    /// What all entries take from a slot, with nothing said yet.
    fn of_slot(&self, version: Version, slot: &Slot, cancelled: bool) -> Entry {
        let venue = self.venue(cancelled);
        Entry {
            uid: String::new(),
            round: Some(slot.round),
            version,
            start: slot.start.to_utc(),
            end: slot.end.to_utc(),
            title: String::new(),
            description: String::new(),
            location: slot.place.map(|place| self.words.location(venue, &place)),
            cancelled,
            busy: true,
        }
    }

    fn uid(&self, parts: &[&str]) -> String {
        let event = [self.now.event.id.as_str()];
        uid(&event.iter().chain(parts).copied().collect::<Vec<_>>())
    }

    fn venue(&self, cancelled: bool) -> Option<&str> {
        let agenda = if cancelled { &self.earlier.as_ref()?.agenda } else { &self.now };
        agenda.event.venue.as_deref()
    }
}

fn spot<'p>(place: Place<'p>) -> (&'p str, Option<&'p str>) {
    (place.table, place.room)
}
