//! The rows of the experts' roster as experts of the event.

use std::collections::{BTreeMap, HashMap};

use super::cells::{Cells, whole_number};
use super::choices::{List, MENTEE, TOPIC};
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::names::{Kind, Names};
use super::people::{Person, Roster};
use super::places::{Organizations, Rooms};
use super::rounds_cell::rounds;
use super::text::{key, not_a_name, one_line, quoted};
use super::toml_file::At;
use super::{ReadOptions, limits};
use crate::domain::{Expert, MenteeIx, RoundSet, TopicIx};

/// The topics of the event: as offered, else what the experts offer, by name.
pub(super) fn topics(roster: &Roster, settings: &Settings, faults: &mut Faults) -> Vec<String> {
    let topics = settings.offered.as_ref().map(|offered| as_offered(offered, settings, faults));
    let topics = topics.unwrap_or_else(|| gathered(roster, faults));
    if topics.len() > limits::TOPICS {
        let message = format!("{} topics are more than the {} that an event may have", topics.len(), limits::TOPICS);
        faults.add(Diagnostic::error("too-large", message).hint("see that the right column is taken for the topics"));
    }
    topics
}

fn as_offered(offered: &[At<String>], settings: &Settings, faults: &mut Faults) -> Vec<String> {
    let mut names: HashMap<String, ()> = HashMap::new();
    for topic in offered {
        if names.insert(key(&topic.value), ()).is_some() {
            let fault = Diagnostic::error("twice", format!("the topic {} is offered twice", quoted(&topic.value)));
            faults.add_at(fault.hint("list each topic once"), || settings.place(topic));
        }
        if let Some(why) = not_a_name(&topic.value) {
            let fault = Diagnostic::error("bad-name", format!("this topic {why}")).hint("shorten it");
            faults.add_at(fault, || settings.place(topic));
        }
    }
    offered.iter().map(|topic| one_line(&topic.value)).collect()
}

/// The topics in the rows of the experts, split where names are likely to end.
fn gathered(roster: &Roster, faults: &mut Faults) -> Vec<String> {
    let mut topics: BTreeMap<String, String> = BTreeMap::new();
    let mut commas = None;
    for person in &roster.people {
        for column in roster.columns.of("topics") {
            let cell = roster.table.cell(person.row, column.index);
            let parts = split_unknown(cell);
            if commas.is_none() && parts.len() > 1 && !cell.contains([';', '|', '\n']) {
                commas = Some((person.row, column.index));
            }
            for topic in parts {
                if let Some(why) = not_a_name(&topic) {
                    let fault = Diagnostic::error("bad-name", format!("this topic {why}")).hint("shorten it");
                    faults.add_at(fault, || roster.table.place(person.row, column.index));
                }
                topics.entry(key(&topic)).or_insert(topic);
            }
        }
    }
    if let Some((row, column)) = commas {
        let fault = Diagnostic::warning("split-at-commas", "topics are taken to end at commas");
        let hint = "where the name of a topic holds a comma, list the topics as `offered` under `[topics]`";
        faults.add_at(fault.hint(hint), || roster.table.place(row, column));
    }
    let mut topics: Vec<String> = topics.into_values().collect();
    topics.sort_unstable();
    topics
}

/// The parts of a cell of unknown names: between semicolons, bars and line ends, or else commas outside brackets.
fn split_unknown(cell: &str) -> Vec<String> {
    let marked = cell.contains([';', '|', '\n']);
    let mut depth = 0_i32;
    let ends = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if marked { matches!(c, ';' | '|' | '\n') } else { c == ',' && depth <= 0 }
    };
    cell.split(ends).map(one_line).filter(|part| !part.is_empty()).collect()
}

/// The names of the topics.
pub(super) fn topic_names(topics: &[String]) -> Names {
    let mut names = Names::default();
    (0..).zip(topics).for_each(|(position, topic)| names.add(Kind::Name, topic, position));
    names
}

/// What the rows of experts are read with.
pub(super) struct Context<'a> {
    pub settings: &'a Settings<'a>,
    pub options: &'a ReadOptions,
    pub topics: &'a Names,
    pub mentees: &'a Names,
    pub rooms: &'a Rooms,
}

impl Context<'_> {
    /// The experts of the roster, in the order of their ids.
    pub fn experts(&self, roster: &Roster, organizations: &mut Organizations, faults: &mut Faults) -> Vec<Expert> {
        let list = |field, names, what, faults: &mut Faults| {
            List::new(&roster.table, roster.columns.of(field), names, what, self.options, faults)
        };
        let topics = list("topics", self.topics, TOPIC, faults);
        let wishes = list("wishes", self.mentees, MENTEE, faults);
        let mut experts = Vec::with_capacity(roster.people.len());
        for person in &roster.people {
            let cells = Cells { table: &roster.table, columns: &roster.columns, row: person.row };
            let errors = faults.errors();
            let topics: Vec<_> = topics.read(person.row, faults).into_keys().map(TopicIx).collect();
            if topics.is_empty() && !self.topics.is_empty() && faults.errors() == errors {
                let fault = Diagnostic::error("no-topic", format!("{} has no topic", quoted(&person.name)));
                cells.fault("topics", fault.hint("write at least one of the topics of the event"), faults);
            }
            let wishes = wishes.read(person.row, faults).into_keys().map(MenteeIx).collect();
            experts.push(Expert { topics, wishes, ..self.expert(person, cells, organizations, faults) });
        }
        experts
    }

    /// An expert without the lists.
    fn expert(&self, person: &Person, cells: Cells, organizations: &mut Organizations, faults: &mut Faults) -> Expert {
        let of_event = &self.settings.times.rounds;
        let count = of_event.len() as i64;
        let (affiliation, organization) = organizations.read(cells, faults);
        let (capacity, smallest_group) = self.group(cells, faults);
        let most = cells.number("most_rounds", 0..=RoundSet::MOST as i64, faults).map(|most| most as u32);
        let table = cells.text("table").map(one_line).unwrap_or_default();
        if let Some(why) = not_a_name(&table) {
            cells.fault("table", Diagnostic::error("bad-name", format!("this table {why}")).hint("shorten it"), faults);
        }
        Expert {
            id: person.id.clone(),
            name: person.name.clone(),
            surname: person.surname.clone(),
            email: person.email.clone(),
            affiliation,
            organization,
            topics: Vec::new(),
            capacity,
            smallest_group,
            present: cells.present(of_event, faults),
            most_sittings: most.or(self.settings.loads.most_rounds).unwrap_or(count as u32).min(count as u32),
            most_in_a_row: self.settings.loads.most_in_a_row,
            table,
            room: self.rooms.read(cells, faults),
            wishes: Vec::new(),
            knows: Vec::new(),
        }
    }

    /// The capacity by round and the smallest group.
    fn group(&self, cells: Cells, faults: &mut Faults) -> (Vec<u32>, u32) {
        let tables = &self.settings.tables;
        let count = self.settings.times.rounds.len();
        let said = cells.text("capacity").map(|cell| self.capacity(cell));
        let capacity = said.unwrap_or_else(|| Ok(vec![tables.capacity; count])).unwrap_or_else(|(message, hint)| {
            cells.fault("capacity", Diagnostic::error("bad-capacity", message).hint(hint), faults);
            vec![tables.capacity; count]
        });
        let smallest = cells.number("smallest_group", 1..=limits::SEATS, faults).map(|smallest| smallest as u32);
        let group = smallest.unwrap_or(tables.smallest_group);
        let most = capacity.iter().copied().max().unwrap_or(u32::MAX);
        if group > most {
            let message = format!("a group of {group} never fits at a table for {most}");
            match smallest {
                Some(_) => {
                    let fault = Diagnostic::error("group-above-capacity", message);
                    cells.fault("smallest_group", fault.hint("make the capacity larger or the group smaller"), faults);
                }
                None => {
                    let fault = Diagnostic::warning("group-above-capacity", message);
                    let hint = "this table stays empty; write its `smallest_group`, or another one under `[tables]`";
                    cells.fault("capacity", fault.hint(hint), faults);
                }
            }
        }
        (capacity, group)
    }

    /// A capacity as `6`, or `6; 3-5: 4` where it differs in some rounds.
    fn capacity(&self, cell: &str) -> Result<Vec<u32>, (String, String)> {
        let of_event = &self.settings.times.rounds;
        let hint = || format!("write seats from 1 to {}, such as `6`, or `6; 3-5: 4` for other rounds", limits::SEATS);
        let seats = |text: &str, least: i64| {
            let number = whole_number(text.trim()).filter(|number| (least..=limits::SEATS).contains(number));
            number.map(|number| number as u32).ok_or_else(|| (format!("{} is no capacity", quoted(text)), hint()))
        };
        let mut capacity = vec![self.settings.tables.capacity; of_event.len()];
        for part in cell.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            match part.rsplit_once(':') {
                None => capacity.fill(seats(part, 1)?),
                Some(_) if of_event.is_empty() => {}
                Some((which, number)) => {
                    let number = seats(number, 0)?;
                    for round in rounds(which, of_event, RoundSet::NONE)?.iter() {
                        capacity[round.index()] = number;
                    }
                }
            }
        }
        Ok(capacity)
    }
}
