//! Bytes to domain, or every fault: encodings, tables, columns, rosters, event file.

mod diagnostic;
mod limits;

pub use diagnostic::{Diagnostic, Place, Severity};

use crate::domain::{Event, Schedule};

/// A file of the event folder, as it is.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its name, as people read it in messages.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// What the user said about reading.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Drop topics and experts that nobody knows from what people chose, with a warning, instead of stopping.
    pub lenient: bool,
    /// The encoding of all tables; found out by itself when left out.
    pub encoding: Option<String>,
    /// What stands between the cells; found out by itself when left out.
    pub delimiter: Option<u8>,
}

/// The files that an event file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterFiles {
    /// The roster of experts.
    pub experts: String,
    /// The roster of mentees.
    pub mentees: String,
    /// The requests, when named; `requests.csv` may be there all the same.
    pub requests: Option<String>,
    /// The ratings in long form.
    pub ratings: Option<String>,
}

/// An event that was understood.
#[derive(Clone, Debug)]
pub struct Intake {
    /// The event.
    pub event: Event,
    /// What to know about the files, by file and line.
    pub warnings: Vec<Diagnostic>,
    /// What was found out about the files and what was left out of them.
    pub notes: Vec<String>,
}

/// The files that the event file names, so that the caller can bring them. Faults that concern other parts of the
/// event file are left to [`read`].
pub fn roster_files(event_toml: &Source) -> Result<RosterFiles, Vec<Diagnostic>> {
    Err(vec![Diagnostic::error("event-file", format!("`{}` cannot be read yet", event_toml.name))])
}

/// The event of an event file and the tables that it names, or every fault of all of them.
pub fn read(event_toml: &Source, files: &[Source], options: &ReadOptions) -> Result<Intake, Vec<Diagnostic>> {
    let _ = (files, options);
    Err(vec![Diagnostic::error("event-file", format!("`{}` cannot be read yet", event_toml.name))])
}

/// The seats of a table with the columns `round`, `expert`, `mentee` (ids or names) and, if need be, `topic`.
pub fn read_seats(event: &Event, source: &Source, options: &ReadOptions) -> Result<Schedule, Vec<Diagnostic>> {
    let _ = (event, options);
    Err(vec![Diagnostic::error("seats", format!("`{}` cannot be read yet", source.name))])
}

/// The diagnostics as text for people, underlined in their files; `width` is in columns of the terminal.
pub fn render(diagnostics: &[Diagnostic], colour: bool, width: usize) -> String {
    let _ = (colour, width);
    diagnostics.iter().map(|d| format!("{}\n", d.message)).collect()
}
