//! Which column of a table holds what: by its header, or as `[columns]` of the event file says.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::meant;
use super::table::Table;
use super::text::{header_key, key, quoted, trim};
use super::toml_file::At;

/// Something that a column can hold.
pub(super) struct Field {
    /// The canonical name.
    pub name: &'static str,
    /// What headers call it, each as a [`header_key`].
    headers: &'static [&'static str],
}

/// What the columns of one kind of file can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldSet {
    Experts,
    Mentees,
    Requests,
    Ratings,
    Seats,
}

const fn field(name: &'static str, headers: &'static [&'static str]) -> Field {
    Field { name, headers }
}

const BOTH: [Field; 10] = [
    field("id", &["id"]),
    field("name", &["name", "fullname", "yourname", "yourfullname"]),
    field("first_name", &["firstname", "givenname", "forename"]),
    field("last_name", &["lastname", "surname", "familyname"]),
    field("email", &["email", "emailaddress", "workemail", "youremail", "workemailaddress"]),
    field(
        "organization",
        &[
            "organization",
            "organisation",
            "affiliation",
            "employer",
            "company",
            "school",
            "institution",
            "organizationorschool",
            "organisationorschool",
        ],
    ),
    field("available", &["available", "rounds", "availability"]),
    field("unavailable", &["unavailable", "notavailablein"]),
    field("knows", &["knows", "peoplethispersonknowsalready"]),
    field("timestamp", &["timestamp", "submitted", "completiontime", "orderdate"]),
];
const EXPERTS: [Field; 7] = [
    field("topics", &["topics", "topic", "expertise", "tabletopic", "tabletopics"]),
    field("capacity", &["capacity", "seats", "maximumload"]),
    field("smallest_group", &["smallestgroup", "minimum"]),
    field("most_rounds", &["mostrounds"]),
    field("table", &["table"]),
    field("room", &["room"]),
    field("wishes", &["wishes", "menteestheywouldliketomeet"]),
];
const MENTEES: [Field; 7] = [
    field("topics", &["topics", "topic"]),
    field("experts", &["experts", "expert"]),
    field("least", &["least", "leastmeetings"]),
    field("most", &["most", "mostmeetings"]),
    field("stage", &["stage", "careerstage"]),
    field("goal", &["goal", "question"]),
    field("priority", &["priority"]),
];
const REQUESTS: [Field; 6] = [
    field("kind", &["kind"]),
    field("mentee", &["mentee"]),
    field("expert", &["expert"]),
    field("round", &["round"]),
    field("with", &["with"]),
    field("note", &["note"]),
];
const RATINGS: [Field; 3] =
    [field("person", &["person"]), field("target", &["target"]), field("rating", &["rating", "stars"])];
const SEATS: [Field; 4] = [
    field("round", &["round"]),
    field("expert", &["expert", "expertid"]),
    field("mentee", &["mentee", "menteeid"]),
    field("topic", &["topic"]),
];

impl FieldSet {
    /// All fields of the set.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        let (shared, own): (&[Field], &[Field]) = match self {
            FieldSet::Experts => (&BOTH, &EXPERTS),
            FieldSet::Mentees => (&BOTH, &MENTEES),
            FieldSet::Requests => (&[], &REQUESTS),
            FieldSet::Ratings => (&[], &RATINGS),
            FieldSet::Seats => (&[], &SEATS),
        };
        shared.iter().chain(own)
    }

    /// What the column of names may be called after the people in it.
    fn people(self) -> &'static [&'static str] {
        match self {
            FieldSet::Experts => &["expert", "mentor"],
            FieldSet::Mentees => &["mentee"],
            _ => &[],
        }
    }

    /// The field that a header speaks of by itself, with the number at its end: `topic_2` is the second of `topics`.
    fn field_of(self, header: &str) -> Option<(&'static Field, Option<u32>)> {
        let header = match header_key(header) {
            header if self.people().contains(&header.as_str()) => "name".to_owned(),
            header => header,
        };
        if let Some(field) = self.fields().find(|field| field.headers.contains(&header.as_str())) {
            return Some((field, None));
        }
        let name = header.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = header[name.len()..].parse().ok()?;
        let numbered = match name {
            "topic" | "topics" => "topics",
            "expert" | "experts" => "experts",
            _ => return None,
        };
        self.fields().find(|field| field.name == numbered).map(|field| (field, Some(number)))
    }
}

/// `[columns]` of one file.
#[derive(Default)]
pub(super) struct ColumnRules {
    /// The headers of a field; `*` in them stands for anything.
    pub named: Vec<(&'static str, Vec<At<String>>)>,
    /// Rows to take: a header and what its cells say.
    pub rows: Vec<(At<String>, Vec<At<String>>)>,
    /// Lists of choices that were ticked without an order.
    pub without_order: Vec<&'static str>,
}

/// A column of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    /// Its position in the table.
    pub index: usize,
    /// What the wildcard of its pattern stands for.
    pub wild: Option<String>,
}

/// The columns of a table by field.
#[derive(Default)]
pub(super) struct Columns {
    by_field: BTreeMap<&'static str, Vec<Column>>,
    /// Fields whose cells are put together from several columns: `name` by `[columns]`.
    joined: Vec<&'static str>,
    /// Rows to take: a column, its texts as [`key`]s, and what to say of the rows that are left out.
    wanted: Vec<(usize, Vec<String>, String)>,
    /// Columns that nothing understood.
    pub unused: Vec<usize>,
}

impl Columns {
    /// The columns of `table`, with faults for what `rules` name and the table lacks.
    pub fn find(
        table: &Table,
        set: FieldSet,
        rules: &ColumnRules,
        settings: &Settings,
        faults: &mut Faults,
    ) -> Columns {
        let mut columns = Columns::default();
        let mut used = vec![false; table.headers().count()];
        let mut asked = used.clone();
        for (field, patterns) in &rules.named {
            let found: Vec<Column> = patterns.iter().flat_map(|p| named(table, p, settings, faults)).collect();
            found.iter().for_each(|column| used[column.index] = true);
            columns.by_field.insert(field, found);
            if *field == "name" {
                columns.joined.push(field);
            }
        }
        for (header, texts) in &rules.rows {
            for column in named(table, header, settings, faults) {
                let wanted: Vec<String> = texts.iter().map(|at| key(&at.value)).collect();
                let shown: Vec<String> = texts.iter().map(|at| quoted(&at.value)).collect();
                let unlike = format!("where {} is not {}", quoted(table.header(column.index)), shown.join(" or "));
                asked[column.index] = true;
                columns.wanted.push((column.index, wanted, unlike));
            }
        }
        columns.find_by_headers(table, set, &used);
        columns.unused.retain(|&index| !asked[index]);
        columns.warn_of_slips(table, set, faults);
        columns
    }

    /// The columns of `table` by their headers alone.
    pub fn by_headers(table: &Table, set: FieldSet, faults: &mut Faults) -> Columns {
        let mut columns = Columns::default();
        columns.find_by_headers(table, set, &vec![false; table.headers().count()]);
        columns.warn_of_slips(table, set, faults);
        columns
    }

    fn find_by_headers(&mut self, table: &Table, set: FieldSet, used: &[bool]) {
        let named: Vec<&str> = self.by_field.keys().copied().collect();
        let mut numbered: BTreeMap<&'static str, Vec<(u32, usize)>> = BTreeMap::new();
        for (index, header) in table.headers().enumerate().filter(|(index, _)| !used[*index]) {
            match set.field_of(header) {
                Some((field, _)) if named.contains(&field.name) => self.unused.push(index),
                Some((field, Some(number))) => numbered.entry(field.name).or_default().push((number, index)),
                Some((field, None)) => self.by_field.entry(field.name).or_default().push(Column { index, wild: None }),
                None if header.is_empty() => {}
                None => self.unused.push(index),
            }
        }
        for (field, mut found) in numbered {
            found.sort_unstable();
            let found = found.into_iter().map(|(_, index)| Column { index, wild: None });
            self.by_field.entry(field).or_default().extend(found);
        }
    }

    /// Warns of headers that are nearly the name of a field which neither a header nor `[columns]` names.
    fn warn_of_slips(&self, table: &Table, set: FieldSet, faults: &mut Faults) {
        let lacking = || set.fields().map(|field| field.name).filter(|field| !self.by_field.contains_key(field));
        for &index in &self.unused {
            let header = table.header(index);
            if let Some(hint) = meant(header, lacking()) {
                let message = format!("the column {} is not understood", quoted(header));
                let fault = Diagnostic::warning("unknown-column", message).hint(hint);
                faults.add_at(fault, || table.header_place(index));
            }
        }
    }

    /// The columns of a field, in order.
    pub fn of(&self, field: &str) -> &[Column] {
        self.by_field.get(field).map_or(&[], Vec::as_slice)
    }

    /// Faults for fields that no column holds.
    pub fn require(&self, table: &Table, fields: &[&str], faults: &mut Faults) {
        for field in fields.iter().filter(|field| self.of(field).is_empty()) {
            let fault = Diagnostic::error("no-such-column", format!("`{}` has no column `{field}`", table.name()));
            let hint = format!(
                "call one of its columns `{field}`, or say under `[columns]` of the event file which one it is"
            );
            faults.add_at(fault.hint(hint), || table.header_place(0));
        }
    }

    /// Takes the columns away from a field.
    pub fn pass_over(&mut self, field: &str) {
        self.by_field.remove(field);
    }

    /// The column to show for a field, whose cell may be empty.
    pub fn first(&self, field: &str) -> Option<usize> {
        self.of(field).first().map(|column| column.index)
    }

    /// The first cell of a field in a row that says something, with its column; an account column that says
    /// `anonymous` says nothing.
    pub fn cell<'t>(&self, table: &'t Table, row: usize, field: &str) -> Option<(usize, &'t str)> {
        let cells = self.of(field).iter().map(|column| (column.index, table.cell(row, column.index)));
        cells.into_iter().find(|(_, cell)| !cell.is_empty() && !cell.eq_ignore_ascii_case("anonymous"))
    }

    /// The text of a field in a row, put together where `[columns]` says so; empty when there is none.
    pub fn text(&self, table: &Table, row: usize, field: &str) -> String {
        if !self.joined.contains(&field) {
            return self.cell(table, row, field).map_or(String::new(), |(_, cell)| cell.to_owned());
        }
        let cells: Vec<&str> = self.of(field).iter().map(|column| table.cell(row, column.index)).collect();
        cells.join(" ").trim().to_owned()
    }

    /// Why a row is not to be taken, or `None` when it is.
    pub fn left_out(&self, table: &Table, row: usize) -> Option<&str> {
        let unlike =
            |(column, texts, _): &&(usize, Vec<String>, String)| !texts.contains(&key(table.cell(row, *column)));
        self.wanted.iter().find(unlike).map(|(_, _, why)| why.as_str())
    }
}

/// The columns whose headers a pattern of the event file fits; a fault when there are none.
fn named(table: &Table, pattern: &At<String>, settings: &Settings, faults: &mut Faults) -> Vec<Column> {
    let fits = |(index, header)| wildcard(&pattern.value, header).map(|wild| Column { index, wild });
    let found: Vec<Column> = table.headers().enumerate().filter_map(fits).collect();
    if found.is_empty() {
        let message = format!("`{}` has no column {}", table.name(), quoted(&pattern.value));
        let hint = meant(&pattern.value, table.headers()).unwrap_or_else(|| {
            let headers: Vec<String> = table.headers().take(30).map(quoted).collect();
            format!("its columns are {}", headers.join(", "))
        });
        faults.add_at(Diagnostic::error("no-such-column", message).hint(hint), || settings.place(pattern));
    }
    found
}

/// Whether `pattern`, in which one `*` stands for anything, fits a header; if so, what the `*` stands for.
fn wildcard(pattern: &str, header: &str) -> Option<Option<String>> {
    let Some((before, after)) = pattern.split_once('*') else {
        return (key(pattern) == key(header)).then_some(None);
    };
    // Character by character, so that the text under the wildcard comes out as it was written.
    let header: String = header.nfc().collect();
    let start = end_of_prefix(&header, &by_characters(before))?;
    let end = start_of_suffix(&header[start..], &by_characters(after))? + start;
    Some(Some(trim(&header[start..end]).to_owned()))
}

fn by_characters(text: &str) -> String {
    text.nfc().map(|c| key(c.encode_utf8(&mut [0; 4]))).collect()
}

fn end_of_prefix(text: &str, mut prefix: &str) -> Option<usize> {
    for (i, c) in text.char_indices() {
        if prefix.is_empty() {
            return Some(i);
        }
        prefix = prefix.strip_prefix(key(c.encode_utf8(&mut [0; 4])).as_str())?;
    }
    prefix.is_empty().then_some(text.len())
}

fn start_of_suffix(text: &str, mut suffix: &str) -> Option<usize> {
    for (i, c) in text.char_indices().rev() {
        if suffix.is_empty() {
            return Some(i + c.len_utf8());
        }
        suffix = suffix.strip_suffix(key(c.encode_utf8(&mut [0; 4])).as_str())?;
    }
    suffix.is_empty().then_some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_gives_what_it_stands_for() {
        let fit = |pattern, header| wildcard(pattern, header);
        assert_eq!(fit("Rank [*]", "rank  [1st choice]"), Some(Some("1st choice".to_owned())));
        assert_eq!(fit("Prof*", "Prof12"), Some(Some("12".to_owned())));
        assert_eq!(fit("Prof*", "Professor"), Some(Some("essor".to_owned())));
        assert_eq!(
            fit("Topics – *", "Topics - Changing careers, and getting hired"),
            Some(Some("Changing careers, and getting hired".to_owned()))
        );
        assert_eq!(fit("Name", "name "), Some(None));
        assert_eq!(fit("Name", "Full name"), None);
        assert_eq!(fit("a*a", "a"), None);
    }

    #[test]
    fn headers_speak_for_themselves() {
        let of = |set: FieldSet, header| set.field_of(header).map(|(field, number)| (field.name, number));
        assert_eq!(of(FieldSet::Mentees, "E-mail"), Some(("email", None)));
        assert_eq!(of(FieldSet::Mentees, "Organization or school"), Some(("organization", None)));
        assert_eq!(of(FieldSet::Mentees, "Topic 2"), Some(("topics", Some(2))));
        assert_eq!(of(FieldSet::Experts, "Table topic(s)"), Some(("topics", None)));
        assert_eq!(of(FieldSet::Experts, "expert_1"), None);
        assert_eq!(of(FieldSet::Mentees, "Order #"), None);
    }
}
