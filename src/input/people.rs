//! Who is who: the people of a roster, each once, with an id that stays the same when rows move.

use std::collections::HashMap;

use chrono::NaiveDateTime;

use super::columns::{ColumnRules, Columns, FieldSet};
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::{Duplicates, Settings};
use super::limits;
use super::names::{Kind, Names};
use super::note::Note;
use super::table::Table;
use super::text::{email_key, handle, header_key, is_email, key, not_a_name, one_line, quoted};
use super::timestamp::{DayMonth, day_month, timestamp};

/// The people of a roster.
pub(super) struct Roster {
    /// Its table.
    pub table: Table,
    /// What its columns hold.
    pub columns: Columns,
    /// Ascending by id.
    pub people: Vec<Person>,
    /// Their ids, addresses and names, by position in `people`.
    pub names: Names,
}

/// Somebody of a roster.
pub(super) struct Person {
    /// The row of the table.
    pub row: usize,
    /// The id, unique in the roster.
    pub id: String,
    /// The full name.
    pub name: String,
    /// The last name, where it has a column of its own.
    pub surname: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// When the form was sent.
    pub submitted: Option<NaiveDateTime>,
    /// Whether the id stands in the roster.
    has_id: bool,
}

/// The rows of a roster before it is known who is who.
struct Rows<'a> {
    table: &'a Table,
    columns: &'a Columns,
    duplicates: Duplicates,
}

impl Roster {
    /// The people of `table`, with faults for whom it does not tell, and notes on what was left out. `None` when it
    /// has no names.
    pub fn read(
        table: Table,
        set: FieldSet,
        rules: &ColumnRules,
        settings: &Settings,
        faults: &mut Faults,
        notes: &mut Vec<String>,
    ) -> Option<Roster> {
        let mut columns = Columns::find(&table, set, rules, settings, faults);
        let mut note = Note::new(&table);
        if holds_response_numbers(&table, &columns, rules) {
            columns.pass_over("id");
            note.add("its ID holds the form's response numbers, so ids come from names and addresses");
        }
        hold_to_size(&table, faults)?;
        require_names(&table, &columns, rules, faults)?;
        let rows = Rows { table: &table, columns: &columns, duplicates: settings.rosters.duplicates };
        let (people, timed) = rows.people(&mut note, faults);
        let mut people = rows.told_apart(people, faults);
        if !timed {
            people.iter_mut().for_each(|person| person.submitted = None);
        }
        let mut names = Names::default();
        for (position, person) in (0..).zip(&people) {
            names.add(Kind::Id, &person.id, position);
            names.add(Kind::Name, &person.name, position);
            person.email.iter().for_each(|email| names.add(Kind::Email, email, position));
        }
        if people.is_empty() {
            let fault = Diagnostic::error("no-people", format!("`{}` has nobody in it", table.name()));
            faults.add_at(fault.hint("write a row for each of them, or see which rows `where` takes"), || {
                table.header_place(0)
            });
        }
        notes.push(note.end(&table, &columns));
        Some(Roster { table, columns, people, names })
    }
}

fn hold_to_size(table: &Table, faults: &mut Faults) -> Option<()> {
    let fits = table.len() <= limits::PEOPLE;
    if !fits {
        let message = format!("{} people are more than the {} that a roster may have", table.len(), limits::PEOPLE);
        let fault = Diagnostic::error("too-large", message).hint("take only the people of this event");
        faults.add_at(fault, || table.place(limits::PEOPLE, 0));
    }
    fits.then_some(())
}

/// A column of names is there; `None`, with a fault, when it is not.
fn require_names(table: &Table, columns: &Columns, rules: &ColumnRules, faults: &mut Faults) -> Option<()> {
    let there = !columns.of("name").is_empty() || !columns.of("first_name").is_empty();
    // Of a column that `[columns]` names and the table lacks there is a fault already.
    if !there && !rules.named.iter().any(|(field, _)| *field == "name") {
        let message = format!("`{}` has no column of names", table.name());
        let hint = "say which one it is, such as `name = \"Your full name\"`, under `[columns]` of the event file";
        faults.add_at(Diagnostic::error("no-such-column", message).hint(hint), || table.header_place(0));
    }
    there.then_some(())
}

/// Whether the `ID` that nobody asked for holds the numbers that a form gave to its responses.
fn holds_response_numbers(table: &Table, columns: &Columns, rules: &ColumnRules) -> bool {
    let asked_for = rules.named.iter().any(|(field, _)| *field == "id");
    let form = table.headers().any(|header| header_key(header) == "completiontime");
    let number = |row| columns.cell(table, row, "id").is_none_or(|(_, id)| id.bytes().all(|b| b.is_ascii_digit()));
    form && !asked_for && (0..table.len()).all(number)
}

impl Rows<'_> {
    /// Somebody for each row that is to be taken, and whether all their times could be read.
    fn people(&self, note: &mut Note, faults: &mut Faults) -> (Vec<Person>, bool) {
        let mut people = Vec::new();
        let order = match self.columns.first("timestamp") {
            Some(column) => day_month((0..self.table.len()).map(|row| self.table.cell(row, column))),
            None => DayMonth::MonthFirst,
        };
        let mut unread = None;
        for row in 0..self.table.len() {
            if let Some(why) = self.columns.left_out(self.table, row) {
                note.left_out(why);
                continue;
            }
            let time = self.columns.cell(self.table, row, "timestamp");
            let submitted = time.and_then(|(_, cell)| timestamp(cell, order));
            if let (Some((column, _)), None, None) = (time, submitted, unread) {
                unread = Some((row, column));
            }
            people.push(self.person(row, submitted, faults));
        }
        if let Some((row, column)) = unread {
            let message = "this time cannot be read, so when forms were sent does not count for anybody";
            let fault = Diagnostic::warning("bad-timestamp", message).hint("write it as `2027-02-28 13:05`");
            faults.add_at(fault, || self.table.place(row, column));
        }
        (people, unread.is_none())
    }

    fn person(&self, row: usize, submitted: Option<NaiveDateTime>, faults: &mut Faults) -> Person {
        let (table, columns) = (self.table, self.columns);
        let name = match columns.text(table, row, "name") {
            name if name.is_empty() => {
                let parts = ["first_name", "last_name"].map(|part| columns.text(table, row, part));
                one_line(&parts.join(" "))
            }
            name => one_line(&name),
        };
        let mut wrong = |field, diagnostic| {
            let column = columns.cell(table, row, field).map(|(column, _)| column).or_else(|| columns.first(field));
            faults.add_at(diagnostic, || table.place(row, column.unwrap_or(0)));
        };
        if let Some(why) = not_a_name(&name) {
            wrong("name", Diagnostic::error("bad-name", format!("this name {why}")).hint("shorten it"));
        }
        let email = columns.cell(table, row, "email").map(|(_, email)| email.to_owned());
        if let Some(email) = email.as_ref().filter(|email| !is_email(email)) {
            let fault = Diagnostic::error("bad-email", format!("{} is no e-mail address", quoted(email)));
            wrong("email", fault.hint("write it as `name@example.org`, or leave the cell empty"));
        }
        let id = columns.cell(table, row, "id").map(|(_, id)| one_line(id));
        if let Some(why) = id.as_deref().and_then(not_a_name) {
            wrong("id", Diagnostic::error("bad-id", format!("this id {why}")).hint("shorten it"));
        }
        if name.is_empty() {
            let fault = Diagnostic::error("no-name", "this row has no name");
            wrong("name", fault.hint("write the name, or take the row out"));
        }
        let has_id = id.is_some();
        let id = id.unwrap_or_else(|| handle(&name, email.as_deref()));
        let surname = Some(one_line(&columns.text(table, row, "last_name"))).filter(|surname| !surname.is_empty());
        Person { row, id, name, surname, email, submitted, has_id }
    }

    /// Each person once, ascending by id.
    fn told_apart(&self, people: Vec<Person>, faults: &mut Faults) -> Vec<Person> {
        let mut alike: HashMap<String, usize> = HashMap::new();
        let mut groups: Vec<Vec<Person>> = Vec::new();
        for person in people {
            let by = match &person.email {
                _ if person.has_id => key(&person.id),
                Some(email) => format!("@{}", email_key(email)),
                None => {
                    groups.push(vec![person]);
                    continue;
                }
            };
            let group = *alike.entry(by).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            groups[group].push(person);
        }
        let mut one_each = Vec::with_capacity(groups.len());
        for group in groups {
            one_each.extend(self.one_of_each(group, faults));
        }
        one_each.sort_by(|a: &Person, b: &Person| a.id.cmp(&b.id).then(a.row.cmp(&b.row)));
        self.hold_apart(&mut one_each, faults);
        one_each
    }
}

impl Rows<'_> {
    /// The people among the rows of one id or one address: those of one name are one person who answered more
    /// than once.
    fn one_of_each(&self, group: Vec<Person>, faults: &mut Faults) -> Vec<Person> {
        if group.len() == 1 {
            return group;
        }
        let mut apart: Vec<Person> = Vec::new();
        for answers in by_name(group) {
            let other = self.the_answer(answers, faults);
            let Some(first) = apart.first() else {
                apart.push(other);
                continue;
            };
            if other.has_id {
                let (id, name, at) = (quoted(&other.id), quoted(&first.name), self.whereabouts(first));
                let message = format!("{id} is the id of {name} already, in {at}");
                let fault = Diagnostic::error("duplicate-id", message).hint("give each of them an id of their own");
                faults.add_at(fault, || self.place(&other, "id"));
                continue;
            }
            let (at, address) = (self.whereabouts(first), quoted(other.email.as_deref().unwrap_or_default()));
            let message = format!("{address} is the address of {} too, in {at}", quoted(&first.name));
            let fault = Diagnostic::warning("shared-email", message);
            let hint = "they are taken to be two people; if they are one, write the name alike";
            faults.add_at(fault.hint(hint), || self.place(&other, "email"));
            apart.push(other);
        }
        apart
    }

    /// The answer that counts of one person's.
    fn the_answer(&self, mut answers: Vec<Person>, faults: &mut Faults) -> Person {
        let timed = answers.iter().all(|answer| answer.submitted.is_some());
        answers.sort_by_key(|answer| (answer.submitted.filter(|_| timed), answer.row));
        let (counts, which) = match self.duplicates {
            Duplicates::First => (0, "first"),
            Duplicates::Latest | Duplicates::Error => (answers.len() - 1, "later"),
        };
        let person = answers.swap_remove(counts);
        let by = if person.has_id { "id" } else { "email" };
        for other in &answers {
            let (at, counts) = (self.whereabouts(other), self.whereabouts(&person));
            let message = format!("{} answered in {at} and in {counts}", quoted(&person.name));
            let fault = if self.duplicates == Duplicates::Error {
                let hint = "take one of them out, or write `duplicates = \"latest\"` under `[rosters]`";
                Diagnostic::error("answered-twice", message).hint(hint)
            } else {
                let hint = format!("the {which} answer counts: {counts}");
                Diagnostic::warning("answered-twice", message).hint(hint)
            };
            faults.add_at(fault, || self.place(other, by));
        }
        person
    }

    /// Takes out people whose ids are alike, with a fault; warns of those who share an address.
    fn hold_apart(&self, people: &mut Vec<Person>, faults: &mut Faults) {
        // By row and name of whom they belong to.
        let mut ids: HashMap<String, (usize, String)> = HashMap::new();
        let mut addresses: HashMap<String, (usize, String)> = HashMap::new();
        people.retain(|person| {
            if let Some((row, name)) = ids.get(&key(&person.id)) {
                // That a name is missing was told.
                if person.name.is_empty() {
                    return false;
                }
                let other = self.table.whereabouts(*row);
                let message = format!("{} cannot be told from {}, in {other}", quoted(&person.name), quoted(name));
                let hint = "add a column `id`, or the e-mail address of each";
                faults.add_at(Diagnostic::error("alike", message).hint(hint), || self.place(person, "name"));
                return false;
            }
            ids.insert(key(&person.id), (person.row, person.name.clone()));
            if let Some(email) = person.email.as_ref().filter(|_| person.has_id) {
                if let Some((row, name)) = addresses.get(&email_key(email)) {
                    let other = self.table.whereabouts(*row);
                    let message = format!("{} is the address of {} too, in {other}", quoted(email), quoted(name));
                    let fault = Diagnostic::warning("shared-email", message)
                        .hint("their ids differ: they are taken to be two people");
                    faults.add_at(fault, || self.place(person, "email"));
                }
                addresses.entry(email_key(email)).or_insert((person.row, person.name.clone()));
            }
            true
        });
    }

    fn whereabouts(&self, person: &Person) -> String {
        self.table.whereabouts(person.row)
    }

    fn place(&self, person: &Person, field: &str) -> super::Place {
        let column = self.columns.cell(self.table, person.row, field).map(|(column, _)| column);
        self.table.place(person.row, column.or_else(|| self.columns.first(field)).unwrap_or(0))
    }
}

/// The rows by name, in their order; names that are nearly alike are one.
fn by_name(rows: Vec<Person>) -> Vec<Vec<Person>> {
    /// As many names of one id or address are compared with others letter by letter.
    const COMPARED: usize = 3;
    let mut names: Vec<String> = Vec::new();
    let mut groups: Vec<Vec<Person>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for person in rows {
        let name = key(&person.name);
        let nearly = || names.iter().position(|other| names.len() <= COMPARED && near(other, &name));
        let group = known.get(&name).copied().or_else(nearly).unwrap_or(groups.len());
        if group == groups.len() {
            names.push(name.clone());
            groups.push(Vec::new());
        }
        known.insert(name, group);
        groups[group].push(person);
    }
    groups
}

/// Whether two names, as keys, can be one person's: a slip of the finger, or a part left out.
fn near(a: &str, b: &str) -> bool {
    let (shorter, longer) = (a.len().min(b.len()), a.len().max(b.len()));
    a == b || longer <= 64 && strsim::osa_distance(a, b) <= (shorter / 4).min(2)
}
