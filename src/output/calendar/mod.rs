//! Calendars: a file a person, a room and the event to import, and invitations to mail (iCalendar, RFC 5545; iTIP,
//! RFC 5546).
//!
//! The way through it: the cards of a plan become slots with moments (`agenda`); what of them is an entry, or has
//! fallen away since an earlier revision, and since when it is as it is, is settled next (`entries`, `version`); what
//! it says is put into `words`; and `ics` and `mail` write it. `names` makes identities and names of files.
//!
//! Files to import hold no METHOD, ORGANIZER or ATTENDEE: calendar programs then neither ask, nor mail, nor drop all
//! entries but the first. Times are in UTC, which every program reads alike; the local time stands in the words.

mod agenda;
mod entries;
mod ics;
mod mail;
mod names;
#[cfg(test)]
mod tests;
mod version;
mod words;

use super::plan::{Plan, Unreadable};
use super::{Cell, Sheet};
use crate::domain::Event;

pub use agenda::Role;

use agenda::Agenda;
use entries::{Earlier, Entries};
use ics::{Entry, Manner, Party};
use names::Names;
use version::Versions;
use words::Words;

/// What calendars are made from. The event and the plan say the same (see [`Plan::changes_to`]).
#[derive(Clone, Copy)]
pub struct Edition<'a> {
    /// The event, for what a plan does not hold: addresses, stages, questions and the organizer's texts.
    pub event: &'a Event,
    /// The plan.
    pub plan: &'a Plan,
    /// An earlier revision, which people have: then only what changed since, and what fell away.
    pub earlier: Option<&'a Plan>,
    /// One entry a person, its rounds in its description, instead of one a round.
    pub single: bool,
    /// Makes names of files that cannot be guessed.
    pub secret: Option<&'a [u8; 32]>,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its path from the folder of all, with `/`.
    pub path: String,
    /// Whose it is.
    pub owner: Owner,
    /// How many entries it holds.
    pub entries: usize,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Whose a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A person's.
    Person {
        /// Who they are at the event.
        role: Role,
        /// The id.
        id: String,
        /// The name.
        name: String,
    },
    /// A room's, by its name.
    Room(String),
    /// The organizer's: every table.
    Organizer,
}

/// Invitations, and who gets none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitations {
    /// The messages.
    pub files: Vec<File>,
    /// The names of those whose address is not known.
    pub without_address: Vec<String>,
    /// The names of those who are gone from the rosters, and their addresses with them.
    pub gone: Vec<String>,
}

/// The calendars of an edition: of each expert, mentee and room that has an entry, and of everything.
pub fn files(edition: &Edition) -> Result<Vec<File>, Unreadable> {
    let entries = edition.entries()?;
    let manner = edition.manner();
    let mut names = Names::new(edition.secret);
    let mut files = Vec::new();
    let event = &edition.plan.event.name;
    for (role, id, name) in everybody(&entries) {
        let own = edition.of_person(&entries, role, id);
        let called = format!("{event}: {name}");
        let owner = Owner::Person { role, id: id.to_owned(), name: name.to_owned() };
        files.extend(ics_file(names.of(role.name(), id, name), owner, &own, &called, manner));
    }
    for room in entries.rooms() {
        let owner = Owner::Room(room.to_owned());
        let called = format!("{event}: {room}");
        let path = names.of("room", room, room);
        files.extend(ics_file(path, owner, &entries.of_tables(Some(room)), &called, manner));
    }
    files.extend(ics_file(names.of_all(), Owner::Organizer, &entries.of_tables(None), event, manner));
    Ok(files)
}

/// The invitations of an edition, one entry a message. `organizer` is the address that they come from.
pub fn invitations(edition: &Edition, organizer: &str) -> Result<Invitations, Unreadable> {
    let entries = edition.entries()?;
    let mut names = Names::new(edition.secret);
    let mut all = Invitations { files: Vec::new(), without_address: Vec::new(), gone: Vec::new() };
    let name = edition.event.organizer.as_ref().map_or("", |organizer| &organizer.name);
    let organizer = Party { name, email: organizer };
    for (role, id, name) in everybody(&entries) {
        let own = edition.of_person(&entries, role, id);
        let path = names.of(role.name(), id, name);
        let Some(email) = address(edition.event, role, id) else {
            let known = entries.now.people(role).contains_key(id);
            let list = if known { &mut all.without_address } else { &mut all.gone };
            list.extend((!own.is_empty()).then(|| name.to_owned()));
            continue;
        };
        let guest = Party { name, email };
        for entry in &own {
            let letter = mail::Letter {
                entry,
                organizer,
                guest,
                event: &edition.plan.event.name,
                sentences: &edition.event.text.sentences,
                update: entries.before(role, id).is_some_and(|person| person.meets_in(entry.round)),
            };
            let path = entry.round.map_or_else(|| format!("{path}.eml"), |n| format!("{path}-round-{n}.eml"));
            let owner = Owner::Person { role, id: id.to_owned(), name: name.to_owned() };
            all.files.push(File { path, owner, entries: 1, bytes: mail::message(&letter, edition.manner()) });
        }
    }
    Ok(all)
}

/// Whose file is which, a row a file.
pub fn listing(files: &[File]) -> Sheet {
    let row = |file: &File| {
        let (whose, id, name) = match &file.owner {
            Owner::Person { role, id, name } => (role.name(), Some(id.as_str()), Some(name.as_str())),
            Owner::Room(room) => ("room", None, Some(room.as_str())),
            Owner::Organizer => ("organizer", None, None),
        };
        vec![
            whose.into(),
            Cell::optional(id),
            Cell::optional(name),
            file.path.as_str().into(),
            Cell::Number(file.entries as i64),
        ]
    };
    Sheet::plain(&["of", "id", "name", "file", "entries"], files.iter().map(row).collect())
}

impl<'a> Edition<'a> {
    fn entries(&self) -> Result<Entries<'a>, Unreadable> {
        Ok(Entries {
            now: Agenda::new(self.plan)?,
            earlier: self.earlier.map(earlier).transpose()?,
            versions: Versions::new(self.plan)?,
            words: Words::new(self.event),
        })
    }

    fn of_person(&self, entries: &Entries<'a>, role: Role, id: &'a str) -> Vec<Entry> {
        if self.single { entries.of_person(role, id).into_iter().collect() } else { entries.by_round(role, id) }
    }

    fn manner(&self) -> Manner<'a> {
        Manner { alarms: &self.event.calendar.alarms, categories: &self.event.calendar.categories }
    }
}

fn earlier(plan: &Plan) -> Result<Earlier<'_>, Unreadable> {
    Ok(Earlier { revision: plan.revision, agenda: Agenda::new(plan)? })
}

/// Role, id and name of everybody, by role and id.
fn everybody<'a>(entries: &Entries<'a>) -> Vec<(Role, &'a str, &'a str)> {
    let of =
        |role| entries.ids(role).into_iter().filter_map(move |id| Some((role, id, entries.person(role, id)?.name)));
    [Role::Expert, Role::Mentee].into_iter().flat_map(of).collect()
}

/// A file of these entries, which a calendar must have.
fn ics_file(path: String, owner: Owner, entries: &[Entry], called: &str, manner: Manner) -> Option<File> {
    let file = || File {
        path: format!("{path}.ics"),
        owner,
        entries: entries.len(),
        bytes: ics::file(entries, called, manner),
    };
    (!entries.is_empty()).then(file)
}

/// A person's address. People of the event stand in ascending order of their ids.
fn address<'a>(event: &'a Event, role: Role, id: &str) -> Option<&'a str> {
    match role {
        Role::Expert => {
            let at = event.experts.binary_search_by(|e| e.id.as_str().cmp(id)).ok()?;
            event.experts.get(at)?.email.as_deref()
        }
        Role::Mentee => {
            let at = event.mentees.binary_search_by(|m| m.id.as_str().cmp(id)).ok()?;
            event.mentees.get(at)?.email.as_deref()
        }
    }
}
