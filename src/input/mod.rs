//! Bytes to domain, or every fault: encodings, tables, columns, rosters, event file.
//!
//! The way through it: the event file becomes `event_file::Settings`; each table is decoded (`decode`), split into
//! cells that know their places (`table`), and its columns are told (`columns`). Then it is settled who is who
//! (`people`), so that the lists in the rows can name them (`names`, `choices`), and `whole` brings the event
//! together. Nothing stops at the first fault: each part takes what it understood, says what it did not
//! (`diagnostic`), and goes on. What people wrote is compared by keys (`text`), never by position in a file, so that
//! the order of rows does not matter.

mod calendar;
mod cells;
mod choices;
mod columns;
mod companies;
mod decode;
mod diagnostic;
mod event_file;
mod event_print;
mod event_rules;
mod experts;
mod knows;
mod limits;
mod lines;
mod mentees;
mod names;
mod note;
mod people;
mod places;
mod ratings;
mod render;
mod requests;
mod rounds_cell;
mod seats;
mod table;
mod text;
mod times;
mod timestamp;
mod toml_file;
mod whole;

pub use decode::is_encoding;
pub use diagnostic::{Diagnostic, Place, Severity};
pub use render::render;

use crate::domain::{Event, Schedule};
use diagnostic::Faults;
use event_file::Settings;
use table::{Format, Sheet, Table, file_and_sheet};

/// The most bytes of a file that are worth reading: more are refused.
pub const MOST_BYTES: usize = limits::TABLE_BYTES + 1;

/// The sheet of a workbook that holds a row a seat.
pub const SEATS: &str = "Seats";

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
    /// The picture of `[print]`, which no plan depends on.
    pub logo: Option<String>,
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
    let mut faults = Faults::default();
    let text = toml_file::text_of(event_toml)?;
    let Settings { rosters, print, .. } = Settings::read(&text, &mut faults);
    let of = |file: toml_file::At<String>| file_and_sheet(&file.value).0.to_owned();
    let name = |file: Option<toml_file::At<String>>| file.map(of);
    match (name(rosters.experts), name(rosters.mentees)) {
        (Some(experts), Some(mentees)) => {
            let (requests, ratings) = (name(rosters.requests), name(rosters.ratings));
            Ok(RosterFiles { experts, mentees, requests, ratings, logo: print.logo.map(|file| file.value) })
        }
        _ => Err(faults.into_lists(&[&event_toml.name]).0),
    }
}

/// What of an event file a plan is made from: all but the tables that say how it is printed and sent, and without
/// comments and blanks. As it is where it is no TOML.
pub fn planned(event_toml: &Source) -> Vec<u8> {
    event_file::planned(&event_toml.bytes).unwrap_or_else(|| event_toml.bytes.clone())
}

/// The event of an event file and the tables that it names, or every fault of all of them, and then the warnings.
/// A `requests.csv` among `files` is read though the event file does not name it.
pub fn read(event_toml: &Source, files: &[Source], options: &ReadOptions) -> Result<Intake, Vec<Diagnostic>> {
    let text = toml_file::text_of(event_toml)?;
    let mut faults = Faults::default();
    let settings = Settings::read(&text, &mut faults);
    let mut notes = Vec::new();
    let event = whole::event(&settings, files, options, &mut faults, &mut notes);
    let mut names = vec![event_toml.name.as_str()];
    names.extend(files.iter().map(|file| file.name.as_str()));
    let stop = faults.errors() > 0;
    let (mut errors, warnings) = faults.into_lists(&names);
    match event {
        Some(event) if !stop => Ok(Intake { event, warnings, notes }),
        _ => {
            errors.extend(warnings);
            Err(errors)
        }
    }
}

/// The seats of a table with the columns `round`, `expert`, `mentee` (ids or names) and, if need be, `topic`, which
/// may be left out where the expert has one topic or others at the sitting tell it. Other columns are passed over.
/// Of a workbook it is the sheet [`SEATS`], else the first.
pub fn read_seats(event: &Event, source: &Source, options: &ReadOptions) -> Result<Schedule, Vec<Diagnostic>> {
    let mut faults = Faults::default();
    let format = Format { encoding: options.encoding.as_deref(), delimiter: options.delimiter };
    let table = Table::read(source, Sheet::CalledIfThere(SEATS), format, &mut faults);
    let schedule = table.map(|table| seats::seats(event, &table, &mut faults));
    let stop = faults.errors() > 0;
    schedule.filter(|_| !stop).ok_or_else(|| faults.into_lists(&[&source.name]).0)
}

/// "Did you mean …?", when one of `known` is a letter or two off.
fn meant<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let known: Vec<(String, &str)> = known.map(|name| (text::key(name), name)).collect();
    let pairs = known.iter().map(|(key, name)| (key.as_str(), *name));
    names::nearest(&text::key(name), pairs, &names::Effort::of_one_name()).map(|near| format!("did you mean `{near}`?"))
}

#[cfg(test)]
mod tests;
