//! All files of an event together: from settings and tables to the event.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::choices::{EXPERT, MENTEE};
use super::columns::FieldSet;
use super::companies::tell_of_companies;
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::experts::{topic_names, topics};
use super::knows::knows;
use super::names::Names;
use super::people::Roster;
use super::places::{Organizations, Rooms, label_tables, warn_of_shared_tables};
use super::ratings::{Known, Ratings};
use super::requests::Requests;
use super::table::{Sheet, Table, file_and_sheet};
use super::text::{email_key, quoted};
use super::toml_file::At;
use super::{ReadOptions, Source, event_print, experts, mentees};
use crate::domain::{Event, Expert, ExpertIx, Frozen, Logo, Mentee, MenteeIx};

/// The event of `settings` and `files`; `None`, with a fault, when a roster is missing.
pub(super) fn event(
    settings: &Settings,
    files: &[Source],
    options: &ReadOptions,
    faults: &mut Faults,
    notes: &mut Vec<String>,
) -> Option<Event> {
    let tables = Tables::read(settings, files, options, faults);
    let columns = &settings.columns;
    let logo = logo(settings, files, faults);
    let mut roster = |table: Option<Table>, set, rules| {
        table.and_then(|table| Roster::read(table, set, rules, settings, faults, notes))
    };
    let experts = roster(tables.experts, FieldSet::Experts, &columns.experts);
    let mentees = roster(tables.mentees, FieldSet::Mentees, &columns.mentees);
    let (experts, mentees) = (experts?, mentees?);
    let mut event = without_people(settings, topics(&experts, settings, faults));
    let topics = topic_names(&event.topics);
    let known = Known { mentees: &mentees.names, experts: &experts.names, topics: &topics };
    let ratings = tables.ratings.map(|table| Ratings::read(&table, known, settings, faults, notes)).unwrap_or_default();
    let requests =
        (tables.requests).map(|table| Requests::read(table, known.mentees, known.experts, settings, faults, notes));
    event.requests = requests.iter().flat_map(|requests| requests.rows.keys().copied()).collect();
    let rooms = rooms(&experts, settings, faults);
    event.travel = rooms.travel(settings, faults);
    let mut organizations = Organizations::new(&settings.rules.not_an_organization);
    let context = experts::Context { settings, options, topics: &topics, mentees: known.mentees, rooms: &rooms };
    event.experts = context.experts(&experts, &mut organizations, faults);
    let context = mentees::Context { settings, options, topics: &topics, experts: known.experts, ratings: &ratings };
    event.mentees = context.mentees(&mentees, &mut organizations, faults, notes);
    experts_know(&mut event.experts, &experts, known.mentees, faults);
    mentees_know(&mut event.mentees, &mentees, known.experts, faults);
    both_roles(&mut event, &mentees, faults);
    if let Some(requests) = requests {
        tell_of_companies(&requests, &event, faults);
    }
    warn_of_shared_tables(&event.experts, &experts, faults);
    label_tables(&mut event.experts);
    rooms.fill(&mut event.experts);
    event.rooms = rooms.rooms;
    event.organizations = organizations.names;
    event.print.logo = logo;
    Some(event)
}

/// The event without its people and places.
fn without_people(settings: &Settings, topics: Vec<String>) -> Event {
    let head = &settings.head;
    Event {
        id: head.id.clone(),
        name: head.name.clone(),
        timezone: head.timezone.unwrap_or_default(),
        venue: head.venue.clone(),
        organizer: head.organizer.clone(),
        rounds: settings.times.rounds.clone(),
        breaks: settings.times.breaks.clone(),
        topics,
        rooms: Vec::new(),
        travel: Vec::new(),
        organizations: Vec::new(),
        experts: Vec::new(),
        mentees: Vec::new(),
        requests: Vec::new(),
        open: settings.tables.open,
        same_organization: settings.rules.same_organization,
        scores: settings.scores.clone(),
        order: settings.priorities.order.clone(),
        first_choices: settings.priorities.first_choices,
        frozen: Frozen::default(),
        print: settings.print.print.clone(),
        text: settings.words.clone(),
        calendar: settings.calendar.clone(),
    }
}

/// The picture that the event file names, or a fault.
fn logo(settings: &Settings, files: &[Source], faults: &mut Faults) -> Option<Logo> {
    let file = settings.print.logo.as_ref()?;
    match event_print::logo(file, files) {
        Ok(logo) => Some(logo),
        Err((message, hint)) => {
            faults.add_at(Diagnostic::error("bad-logo", message).hint(hint), || settings.place(file));
            None
        }
    }
}

fn rooms(experts: &Roster, settings: &Settings, faults: &mut Faults) -> Rooms {
    let cell = |row| Cells { table: &experts.table, columns: &experts.columns, row }.text("room");
    Rooms::new(settings, experts.people.iter().filter_map(|person| cell(person.row)), faults)
}

fn experts_know(experts: &mut [Expert], roster: &Roster, mentees: &Names, faults: &mut Faults) {
    for (expert, known) in experts.iter_mut().zip(knows(roster, mentees, MENTEE, faults)) {
        expert.knows = known.into_iter().map(MenteeIx).collect();
    }
}

fn mentees_know(mentees: &mut [Mentee], roster: &Roster, experts: &Names, faults: &mut Faults) {
    for (mentee, known) in mentees.iter_mut().zip(knows(roster, experts, EXPERT, faults)) {
        mentee.knows = known.into_iter().map(ExpertIx).collect();
    }
}

/// Keeps those who are in both rosters, by their addresses, from meeting themselves, and warns when they would be
/// needed at two tables at once.
fn both_roles(event: &mut Event, roster: &Roster, faults: &mut Faults) {
    let addresses = event.experts.iter().zip(0..);
    let addresses: BTreeMap<String, u32> =
        addresses.filter_map(|(expert, e)| Some((email_key(expert.email.as_deref()?), e))).collect();
    for (mentee, person) in event.mentees.iter_mut().zip(&roster.people) {
        let Some(&e) = mentee.email.as_deref().and_then(|email| addresses.get(&email_key(email))) else { continue };
        let expert = ExpertIx(e);
        if let Err(at) = mentee.knows.binary_search(&expert) {
            mentee.knows.insert(at, expert);
        }
        if !mentee.present.and(event.experts[expert.index()].present).is_empty() {
            let message =
                format!("{} is an expert and a mentee, at two tables in one round perhaps", quoted(&mentee.name));
            let hint = "say under `available` in which rounds as an expert, and in which as a mentee";
            let column = roster.columns.first("email").unwrap_or(0);
            let fault = Diagnostic::warning("both-roles", message).hint(hint);
            faults.add_at(fault, || roster.table.place(person.row, column));
        }
    }
}

/// The tables of an event, as far as they are there.
struct Tables {
    experts: Option<Table>,
    mentees: Option<Table>,
    requests: Option<Table>,
    ratings: Option<Table>,
}

impl Tables {
    /// The tables that the event file names, with faults for files that are not there, and `requests.csv`, which
    /// need not be named.
    fn read(settings: &Settings, files: &[Source], options: &ReadOptions, faults: &mut Faults) -> Tables {
        let format = settings.format(options);
        let mut named = |file: &Option<At<String>>| {
            let file = file.as_ref()?;
            let (name, sheet) = file_and_sheet(&file.value);
            let source = files.iter().find(|source| source.name == name);
            if source.is_none() {
                let fault = Diagnostic::error("no-such-file", format!("there is no file {}", quoted(name)));
                let hint = "put it into the folder of the event, or mend its name";
                faults.add_at(fault.hint(hint), || settings.place(file));
            }
            Table::read(source?, sheet, format, faults)
        };
        let rosters = &settings.rosters;
        let (experts, mentees) = (named(&rosters.experts), named(&rosters.mentees));
        let (asked, ratings) = (named(&rosters.requests), named(&rosters.ratings));
        let unnamed = files.iter().find(|source| source.name == "requests.csv" && rosters.requests.is_none());
        let requests = asked.or_else(|| Table::read(unnamed?, Sheet::First, format, faults));
        Tables { experts, mentees, requests, ratings }
    }
}
