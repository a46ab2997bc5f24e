//! What was found out about a table and what was left out of it, in a line for people.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::table::Table;
use super::text::quoted;

/// As many headers that nothing understood are named.
const UNUSED: usize = 30;

/// What is said about a table.
pub(super) struct Note {
    text: String,
    rows: usize,
    left_out: BTreeMap<String, usize>,
}

impl Note {
    /// How the table is written.
    pub fn new(table: &Table) -> Self {
        let text = format!("{}: {}", table.name(), table.written());
        Note { text, rows: table.len(), left_out: BTreeMap::new() }
    }

    /// Something else that was found out.
    pub fn add(&mut self, what: &str) {
        self.text += ", ";
        self.text += what;
    }

    /// One more row that is not taken, and why.
    pub fn left_out(&mut self, why: &str) {
        match self.left_out.get_mut(why) {
            Some(count) => *count += 1,
            None => drop(self.left_out.insert(why.to_owned(), 1)),
        }
    }

    /// All of it.
    pub fn end(mut self, table: &Table, columns: &Columns) -> String {
        self.add(&format!("{} rows", self.rows));
        for (why, count) in &self.left_out {
            self.text += &format!("; left out: {count} {why}");
        }
        if !columns.unused.is_empty() {
            let unused: Vec<String> =
                columns.unused.iter().take(UNUSED).map(|&column| quoted(table.header(column))).collect();
            self.text += &format!("; columns not used: {}", unused.join(", "));
        }
        self.text
    }
}
