//! Rows under headings: what every list-like format writes.

use chrono::DateTime;
use chrono_tz::Tz;

use super::text::timestamp;

/// Rows in sections. For people each section is a table under its title; for programs all rows stand in one table,
/// with the section's key in front.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Headings of the sections' keys; empty when there is one section without a title.
    pub keys: Vec<String>,
    /// Headings of the rows.
    pub columns: Vec<String>,
    /// The sections.
    pub sections: Vec<Section>,
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// What people read above the rows; may be empty.
    pub title: String,
    /// What programs read in front of each row; as long as [`Sheet::keys`].
    pub key: Vec<Cell>,
    /// The rows, each as long as [`Sheet::columns`].
    pub rows: Vec<Vec<Cell>>,
}

/// One value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text, maybe from a form.
    Text(String),
    /// A number.
    Number(i64),
    /// A moment.
    Time(DateTime<Tz>),
    /// Several texts.
    List(Vec<String>),
    /// Nothing, and what people read in its place; programs read nothing.
    Nothing(&'static str),
}

impl Sheet {
    /// The sheet of one section without a title.
    pub fn plain(columns: &[&str], rows: Vec<Vec<Cell>>) -> Self {
        let columns = columns.iter().map(|&c| c.to_owned()).collect();
        Sheet { keys: Vec::new(), columns, sections: vec![Section { rows, ..Section::default() }] }
    }

    /// All headings, as programs read them.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().chain(&self.columns).map(String::as_str)
    }

    /// All rows, each with its section's key in front, as programs read them.
    pub fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = &Cell>> {
        self.sections.iter().flat_map(|s| s.rows.iter().map(|row| s.key.iter().chain(row)))
    }
}

impl Cell {
    /// Text, or nothing.
    pub fn optional(text: Option<&str>) -> Self {
        text.map_or(Cell::Nothing(""), Cell::from)
    }

    /// What people read; a list is parted by `between`.
    pub fn shown(&self, between: &str) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::Time(time) => timestamp(*time),
            Cell::List(texts) => texts.join(between),
            Cell::Nothing(instead) => (*instead).to_owned(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Cell::Number(number.into())
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Cell::Number(number as i64)
    }
}
