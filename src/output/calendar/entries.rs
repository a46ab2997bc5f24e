//! Which entries there are: of a person, a room or the whole event, as they are now, and, against an earlier
//! revision, those alone that changed, with those that fell away.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::agenda::{Agenda, Person, Role, Slot};
use super::ics::Entry;
use super::names::uid;
use super::version::{Version, Versions};
use super::words::Words;
use crate::output::plan::{Changes, Place};

/// An entry over all rounds that is longer than this takes in a night, and so does not keep the time.
const ONE_DAY: TimeDelta = TimeDelta::hours(16);

/// What entries are made from.
pub(super) struct Entries<'a> {
    /// The plan.
    pub now: Agenda<'a>,
    /// An earlier revision, against which only what changed counts.
    pub earlier: Option<Agenda<'a>>,
    /// By person, the rounds that changed since then.
    pub changed: BTreeMap<(Role, String), Vec<u32>>,
    /// Since when each of them is as it is.
    pub versions: Versions<'a>,
    /// What they say.
    pub words: Words<'a>,
}

/// The rounds of each card that changed.
pub(super) fn rounds_changed(changes: Changes) -> BTreeMap<(Role, String), Vec<u32>> {
    let experts = changes.experts.into_iter().map(|change| ((Role::Expert, change.id), change.rounds));
    experts.chain(changes.mentees.into_iter().map(|change| ((Role::Mentee, change.id), change.rounds))).collect()
}

impl<'a> Entries<'a> {
    /// The ids of a role, also of people who have gone since.
    pub fn ids(&self, role: Role) -> BTreeSet<&'a str> {
        let agendas = [Some(&self.now), self.earlier.as_ref()].into_iter().flatten();
        agendas.flat_map(|agenda| agenda.people(role).keys().copied()).collect()
    }

    /// The rooms, also those that are not used any more.
    pub fn rooms(&self) -> BTreeSet<&'a str> {
        let agendas = [Some(&self.now), self.earlier.as_ref()].into_iter().flatten();
        let slots = agendas.flat_map(|agenda| agenda.experts.values().flat_map(|person| &person.slots));
        slots.filter_map(|slot| slot.place?.room).collect()
    }

    /// The person as they are now, or were last.
    pub fn person(&self, role: Role, id: &str) -> Option<&Person<'a>> {
        self.now.people(role).get(id).or_else(|| self.before(role, id))
    }

    /// The person in the earlier revision.
    pub fn before(&self, role: Role, id: &str) -> Option<&Person<'a>> {
        self.earlier.as_ref().and_then(|earlier| earlier.people(role).get(id))
    }

    /// An entry for each round of a person.
    pub fn by_round(&self, role: Role, id: &'a str) -> Vec<Entry> {
        let entry = |person: &Person<'a>, slot: &Slot, cancelled: bool| {
            let venue = self.venue(cancelled);
            Entry {
                uid: self.uid(&[role.name(), id, &slot.round.to_string()]),
                title: self.words.title(role, slot),
                description: self.words.of_round(person, slot, venue, cancelled),
                ..self.of_slot(self.versions.of(role, id, Some(slot.round)), slot, cancelled)
            }
        };
        self.picked(role, id, &|_| true).into_iter().map(|(p, slot, cancelled)| entry(p, slot, cancelled)).collect()
    }

    /// One entry for all rounds of a person, from the first to the last; none for whom nothing changed.
    pub fn of_person(&self, role: Role, id: &'a str) -> Option<Entry> {
        if self.earlier.is_some() && !self.changed.contains_key(&(role, id.to_owned())) {
            return None;
        }
        let meets = |person: &&Person<'a>| person.meets_in(None);
        let now = self.now.people(role).get(id).filter(meets);
        let person = now.or_else(|| self.before(role, id).filter(meets))?;
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
            busy: last.end - first.start <= ONE_DAY,
            ..self.of_slot(self.versions.of(role, id, None), first, cancelled)
        })
    }

    /// An entry for each table and round of a room, or of the whole event.
    pub fn of_tables(&self, room: Option<&str>) -> Vec<Entry> {
        let here = |slot: &Slot| room.is_none() || slot.place.is_some_and(|place| place.room == room);
        let mut entries = Vec::new();
        for id in self.ids(Role::Expert) {
            for (host, slot, cancelled) in self.picked(Role::Expert, id, &here) {
                let round = slot.round.to_string();
                // A table that moves falls away in one room and is new in the other: two entries, not one.
                let parts = ["table", id, &round].into_iter().chain(room).collect::<Vec<_>>();
                let venue = self.venue(cancelled);
                entries.push(Entry {
                    uid: self.uid(&parts),
                    title: self.words.title_of_table(host, slot),
                    description: self.words.of_table(host, slot, venue),
                    ..self.of_slot(self.versions.of(Role::Expert, id, Some(slot.round)), slot, cancelled)
                });
            }
        }
        entries.sort_by_key(|entry| entry.start);
        entries
    }

    /// The slots with a meeting that hold `here`: all as they are now, or those that changed since the earlier
    /// revision with those that fell away (`true`).
    fn picked<'s>(
        &'s self,
        role: Role,
        id: &str,
        here: &dyn Fn(&Slot) -> bool,
    ) -> Vec<(&'s Person<'a>, &'s Slot<'a>, bool)> {
        let changed = self.changed.get(&(role, id.to_owned()));
        let counts = |round: u32| self.earlier.is_none() || changed.is_some_and(|rounds| rounds.contains(&round));
        let now = self.now.people(role).get(id);
        let meetings = |person: &'s Person<'a>| person.meetings().filter(|slot| here(slot));
        let stands = |round: u32| now.is_some_and(|now| meetings(now).any(|slot| slot.round == round));
        let mut picked = Vec::new();
        for (cancelled, person) in [(false, now), (true, self.before(role, id))] {
            let Some(person) = person else { continue };
            let slots = meetings(person).filter(|slot| counts(slot.round) && !(cancelled && stands(slot.round)));
            picked.extend(slots.map(|slot| (person, slot, cancelled)));
        }
        picked.sort_by_key(|(_, slot, _)| slot.round);
        picked
    }

    /// What all entries take from a slot.
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
        let agenda = if cancelled { self.earlier.as_ref()? } else { &self.now };
        agenda.event.venue.as_deref()
    }
}

fn spot<'p>(place: Place<'p>) -> (&'p str, Option<&'p str>) {
    (place.table, place.room)
}
