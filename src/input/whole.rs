//! All files of an event together: from settings and tables to the event.

use super::cells::Cells;
use super::choices::{EXPERT, MENTEE};
use super::columns::FieldSet;
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::experts::{topic_names, topics};
use super::knows::knows;
use super::people::Roster;
use super::places::{Organizations, Rooms, label_tables};
use super::ratings::{Known, Ratings};
use super::requests::requests;
use super::table::Table;
use super::text::quoted;
use super::toml_file::At;
use super::{ReadOptions, Source, experts, mentees};
use crate::domain::{Event, ExpertIx, Frozen, MenteeIx};

/// Where the tables of an event come from.
struct Files<'a> {
    settings: &'a Settings<'a>,
    files: &'a [Source],
    options: &'a ReadOptions,
}

/// The event of `settings` and `files`; `None`, with a fault, when a roster is missing.
pub(super) fn event(
    settings: &Settings,
    files: &[Source],
    options: &ReadOptions,
    faults: &mut Faults,
    notes: &mut Vec<String>,
) -> Option<Event> {
    let files = Files { settings, files, options };
    let rules = &settings.columns;
    let tables = [&settings.rosters.experts, &settings.rosters.mentees].map(|file| files.table(file.as_ref(), faults));
    let asked = files.requests(faults);
    let rated = files.table(settings.rosters.ratings.as_ref(), faults);
    let [experts, mentees] = tables;
    let experts =
        experts.and_then(|table| Roster::read(table, FieldSet::Experts, &rules.experts, settings, faults, notes));
    let mentees =
        mentees.and_then(|table| Roster::read(table, FieldSet::Mentees, &rules.mentees, settings, faults, notes));
    let (experts, mentees) = (experts?, mentees?);
    let topics = topics(&experts, settings, faults);
    let topic_names = topic_names(&topics);
    let known = Known { mentees: &mentees.names, experts: &experts.names, topics: &topic_names };
    let ratings = rated.map(|table| Ratings::read(&table, known, settings, faults)).unwrap_or_default();
    let requests = asked.map(|table| requests(&table, &mentees.names, &experts.names, settings, faults));
    let mut event = empty_event(settings, topics);
    event.requests = requests.unwrap_or_default();
    let rooms = rooms(&experts, settings, faults);
    event.travel = rooms.travel(settings, faults);
    let mut organizations = Organizations::new(&settings.rules.not_an_organization);
    let context = experts::Context { settings, options, topics: &topic_names, mentees: &mentees.names, rooms: &rooms };
    event.experts = context.experts(&experts, &mut organizations, faults);
    let context =
        mentees::Context { settings, options, topics: &topic_names, experts: &experts.names, ratings: &ratings };
    event.mentees = context.mentees(&mentees, &mut organizations, faults, notes);
    for (expert, known) in event.experts.iter_mut().zip(knows(&experts, &mentees.names, MENTEE, faults)) {
        expert.knows = known.into_iter().map(MenteeIx).collect();
    }
    for (mentee, known) in event.mentees.iter_mut().zip(knows(&mentees, &experts.names, EXPERT, faults)) {
        mentee.knows = known.into_iter().map(ExpertIx).collect();
    }
    label_tables(&mut event.experts);
    rooms.fill(&mut event.experts);
    event.rooms = rooms.rooms;
    event.organizations = organizations.names;
    Some(event)
}

/// The event without its people and places.
fn empty_event(settings: &Settings, topics: Vec<String>) -> Event {
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
    }
}

fn rooms(experts: &Roster, settings: &Settings, faults: &mut Faults) -> Rooms {
    let cell = |row| Cells { table: &experts.table, columns: &experts.columns, row }.text("room");
    Rooms::new(settings, experts.people.iter().filter_map(|person| cell(person.row)), faults)
}

impl Files<'_> {
    /// The table of a file that the event file names.
    fn table(&self, file: Option<&At<String>>, faults: &mut Faults) -> Option<Table> {
        let file = file?;
        let Some(source) = self.files.iter().find(|source| source.name == file.value) else {
            let fault = Diagnostic::error("no-such-file", format!("there is no file {}", quoted(&file.value)));
            faults.add_at(fault.hint("put it into the folder of the event, or mend its name"), || {
                self.settings.place(file)
            });
            return None;
        };
        Table::read(source, self.settings.format(self.options), faults)
    }

    /// The requests, which need not be named.
    fn requests(&self, faults: &mut Faults) -> Option<Table> {
        match &self.settings.rosters.requests {
            Some(file) => self.table(Some(file), faults),
            None => {
                let source = self.files.iter().find(|source| source.name == "requests.csv")?;
                Table::read(source, self.settings.format(self.options), faults)
            }
        }
    }
}
