//! Organizations, rooms and tables: what people's rows say of them, brought together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cells::Cells;
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::names::{Effort, nearest};
use super::people::Roster;
use super::text::{key, not_a_name, one_line, quoted};
use super::{limits, meant};
use crate::domain::{Expert, OrganizationIx, Room, RoomIx, Travel};

/// The organizations that people belong to.
pub(super) struct Organizations {
    /// As first written.
    pub names: Vec<String>,
    /// Their keys, in the same order.
    keys: Vec<String>,
    by_key: HashMap<String, OrganizationIx>,
    none: BTreeSet<String>,
    /// By its first words, in every length: for organizations of nearly one name.
    beginnings: HashMap<String, String>,
    effort: Effort,
}

impl Organizations {
    /// None yet; what stands in `none` is no organization.
    pub fn new(none: &[String]) -> Self {
        let none = none.iter().map(|text| key(text)).chain(["-".to_owned(), String::new()]).collect();
        Organizations {
            names: Vec::new(),
            keys: Vec::new(),
            by_key: HashMap::new(),
            none,
            beginnings: HashMap::new(),
            effort: Effort::default(),
        }
    }

    /// The affiliation as written and the organization that it means, with a warning when that is nearly another.
    pub fn read(&mut self, cells: Cells, faults: &mut Faults) -> (Option<String>, Option<OrganizationIx>) {
        let Some(written) = cells.text("organization").map(one_line) else { return (None, None) };
        if let Some(why) = not_a_name(&written) {
            let fault = Diagnostic::error("bad-name", format!("this organization {why}")).hint("shorten it");
            cells.fault("organization", fault, faults);
        }
        let key = key(&written);
        if self.none.contains(&key) {
            return (Some(written), None);
        }
        if let Some(&known) = self.by_key.get(&key) {
            return (Some(written), Some(known));
        }
        if let Some(other) = self.nearly(&key, &written) {
            let message = format!("{} and {} may be one organization", quoted(&written), quoted(&other));
            let fault = Diagnostic::warning("near-organizations", message);
            cells.fault("organization", fault.hint("if they are, write them alike"), faults);
        }
        let ix = OrganizationIx::new(self.names.len());
        self.names.push(written.clone());
        self.keys.push(key.clone());
        self.by_key.insert(key, ix);
        (Some(written), Some(ix))
    }

    /// An organization read before whose name is longer or shorter by words at the end, or a letter or two off.
    fn nearly(&mut self, wanted: &str, written: &str) -> Option<String> {
        let mut near = self.beginnings.get(wanted).cloned();
        let words: Vec<&str> = written.split(' ').collect();
        for count in (1..words.len()).rev().filter(|count| words.len() - count <= 2) {
            let beginning = key(&words[..count].join(" "));
            if beginning.len() < 4 {
                continue;
            }
            near = near.or_else(|| self.by_key.get(&beginning).map(|ix| self.names[ix.index()].clone()));
            self.beginnings.entry(beginning).or_insert_with(|| written.to_owned());
        }
        near.or_else(|| {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let others = self.keys.iter().zip(&self.names).take(limits::ORGANIZATIONS_COMPARED);
            let others = others.map(|(key, name)| (key.as_str(), name.as_str())).filter(|(key, _)| key.len() > 8);
            let near = nearest(wanted, others, &self.effort)?;
            (digits(near) == digits(written)).then(|| near.to_owned())
        })
    }
}

/// The rooms, those of the event file first, then those that only experts' rows name, by name.
pub(super) struct Rooms {
    /// The rooms.
    pub rooms: Vec<Room>,
    by_key: HashMap<String, RoomIx>,
    /// Whether the event file lists them.
    listed: bool,
}

impl Rooms {
    /// The rooms of the event file and those that `written`, cells of experts' rows, name.
    pub fn new<'a>(settings: &Settings, written: impl Iterator<Item = &'a str>, faults: &mut Faults) -> Rooms {
        let mut rooms = Rooms { rooms: Vec::new(), by_key: HashMap::new(), listed: !settings.tables.rooms.is_empty() };
        for (name, tables) in &settings.tables.rooms {
            if rooms.by_key.contains_key(&key(&name.value)) {
                let fault = Diagnostic::error("twice", format!("the room {} is listed twice", quoted(&name.value)));
                faults.add_at(fault.hint("list each room once"), || settings.place(name));
            }
            rooms.add(&name.value, *tables);
        }
        if !rooms.listed {
            let names: BTreeMap<String, &str> = written.map(|name| (key(name), name)).collect();
            names.values().for_each(|name| rooms.add(name, None));
        }
        rooms
    }

    fn add(&mut self, name: &str, tables: Option<u32>) {
        let ix = RoomIx::new(self.rooms.len());
        self.by_key.insert(key(name), ix);
        self.rooms.push(Room { name: one_line(name), tables });
    }

    /// The room of an expert's row, or a fault.
    pub fn read(&self, cells: Cells, faults: &mut Faults) -> Option<RoomIx> {
        let name = cells.text("room")?;
        let found = self.by_key.get(&key(name)).copied();
        if found.is_none() {
            let hint = self.meant(name);
            let fault = Diagnostic::error("unknown-room", format!("{} is no room of this event", quoted(name)));
            cells.fault("room", fault.hint(hint), faults);
        }
        found
    }

    fn meant(&self, name: &str) -> String {
        let near = meant(name, self.rooms.iter().map(|room| room.name.as_str()));
        near.unwrap_or_else(|| "list it under `[tables] rooms`".to_owned())
    }

    /// The ways of the event file, with faults for rooms that are not there.
    pub fn travel(&self, settings: &Settings, faults: &mut Faults) -> Vec<Travel> {
        let mut ways = Vec::new();
        for (from, to, minutes) in &settings.tables.travel {
            let ends = [from, to].map(|end| {
                let found = self.by_key.get(&key(&end.value)).copied();
                if found.is_none() {
                    let message = format!("{} is no room of this event", quoted(&end.value));
                    let fault = Diagnostic::error("unknown-room", message).hint(self.meant(&end.value));
                    faults.add_at(fault, || settings.place(end));
                }
                found
            });
            if let [Some(from), Some(to)] = ends {
                ways.push(Travel { from, to, minutes: *minutes });
            }
        }
        ways
    }

    /// Gives every expert without a room the first room with tables left, else the first; in order of `experts`.
    pub fn fill(&self, experts: &mut [Expert]) {
        let mut taken = vec![0_u32; self.rooms.len()];
        experts.iter().filter_map(|expert| expert.room).for_each(|room| taken[room.index()] += 1);
        for expert in experts.iter_mut().filter(|expert| expert.room.is_none()) {
            let left = |room: &usize| self.rooms[*room].tables.is_none_or(|tables| taken[*room] < tables);
            let room = (0..self.rooms.len()).find(left).or((!self.rooms.is_empty()).then_some(0));
            expert.room = room.map(RoomIx::new);
            room.iter().for_each(|&room| taken[room] += 1);
        }
    }
}

/// Warns of experts who have one table at one time; `experts` are those of `roster`, in its order.
pub(super) fn warn_of_shared_tables(experts: &[Expert], roster: &Roster, faults: &mut Faults) {
    let mut at_table: HashMap<(Option<RoomIx>, String), &Expert> = HashMap::new();
    for (expert, person) in experts.iter().zip(&roster.people).filter(|(expert, _)| !expert.table.is_empty()) {
        let other = *at_table.entry((expert.room, key(&expert.table))).or_insert(expert);
        if other.id != expert.id && !other.present.and(expert.present).is_empty() {
            let (table, name) = (quoted(&expert.table), quoted(&other.name));
            let fault = Diagnostic::warning("shared-table", format!("the table {table} is that of {name} too"));
            let cells = Cells { table: &roster.table, columns: &roster.columns, row: person.row };
            cells.fault("table", fault.hint("give each of them a table, or rounds apart"), faults);
        }
    }
}

/// Gives every expert without a table the label of its place among `experts`, `T01`, `T02`, …, or the next free one.
pub(super) fn label_tables(experts: &mut [Expert]) {
    let width = experts.len().to_string().len().max(2);
    let mut taken: BTreeSet<String> = experts.iter().map(|expert| key(&expert.table)).collect();
    let mut next_free = experts.len() + 1;
    for (place, expert) in (1..).zip(experts.iter_mut()).filter(|(_, expert)| expert.table.is_empty()) {
        let mut label = format!("T{place:0width$}");
        while taken.contains(&key(&label)) {
            label = format!("T{next_free:0width$}");
            next_free += 1;
        }
        taken.insert(key(&label));
        expert.table = label;
    }
}
