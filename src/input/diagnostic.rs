//! What is wrong with the files, as data: where, what, and what to do about it.

use std::ops::Range;

use super::limits;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is scheduled until it is mended.
    Error,
    /// The event can be scheduled as it was understood.
    Warning,
}

/// One fault or warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A short stable name of the kind of fault, such as `unknown-topic`.
    pub code: &'static str,
    /// Where it is; `None` when it concerns no particular place.
    pub place: Option<Place>,
    /// What is wrong. Holds text of the files as it is: [`render`](super::render) makes it harmless.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the file in the event folder, with the sheet of a workbook as `people.xlsx#Mentees`.
    pub file: String,
    /// Line of the file, or row of the sheet, from 1.
    pub line: usize,
    /// Header of the column, for a cell of a table; the key, in the event file.
    pub column: Option<String>,
    /// The text of the cell or value, without the quotes around it.
    pub cell: String,
    /// The line itself, or the part of it around the span when it is very long.
    pub source: String,
    /// The cell in `source`, in bytes. Of a cell of several lines only the first.
    pub span: Range<usize>,
    /// What a spreadsheet calls the cell, such as `D5`; `None` in a text.
    pub reference: Option<String>,
}

impl Diagnostic {
    /// A fault that stops.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Error, code, place: None, message: message.into(), hint: None }
    }

    /// Something to know, which does not stop.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, message) }
    }

    /// With what to do about it.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Diagnostic { hint: Some(hint.into()), ..self }
    }

    /// With what to do about it, when that is known.
    pub fn maybe_hint(self, hint: Option<String>) -> Self {
        Diagnostic { hint, ..self }
    }

    /// With where it is.
    pub fn at(self, place: Place) -> Self {
        Diagnostic { place: Some(place), ..self }
    }
}

/// Gathers the faults of all files.
#[derive(Default)]
pub(super) struct Faults {
    errors: Tally,
    warnings: Tally,
}

#[derive(Default)]
struct Tally {
    kept: Vec<Diagnostic>,
    more: usize,
}

impl Faults {
    /// Adds a fault of no particular place.
    pub fn add(&mut self, diagnostic: Diagnostic) {
        if let Some(kept) = self.room(&diagnostic) {
            kept.push(diagnostic);
        }
    }

    /// Adds a fault at a place, which is only looked up while the fault is one of those that are shown.
    pub fn add_at(&mut self, diagnostic: Diagnostic, place: impl FnOnce() -> Place) {
        if let Some(kept) = self.room(&diagnostic) {
            kept.push(diagnostic.at(place()));
        }
    }

    /// How many faults stop.
    pub fn errors(&self) -> usize {
        self.errors.kept.len() + self.errors.more
    }

    /// All of them by file in the order of `files`, then line, then as they were found: errors and warnings apart.
    pub fn into_lists(self, files: &[&str]) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        (self.errors.in_order(files, "faults"), self.warnings.in_order(files, "warnings"))
    }

    fn room(&mut self, diagnostic: &Diagnostic) -> Option<&mut Vec<Diagnostic>> {
        let tally = match diagnostic.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        if tally.kept.len() >= limits::DIAGNOSTICS {
            tally.more += 1;
            return None;
        }
        Some(&mut tally.kept)
    }
}

impl Tally {
    fn in_order(mut self, files: &[&str], what: &str) -> Vec<Diagnostic> {
        let of = |file: &str, name: &str| file.strip_prefix(name).is_some_and(|r| r.is_empty() || r.starts_with('#'));
        let rank = |file: &str| files.iter().position(|name| of(file, name)).unwrap_or(files.len());
        let place = |p: &Place| (rank(&p.file), p.file.clone(), p.line);
        self.kept.sort_by_cached_key(|d| d.place.as_ref().map_or((usize::MAX, String::new(), 0), place));
        if let (Some(last), 1..) = (self.kept.last(), self.more) {
            let message = format!("{} {what} more than the {} that are shown", self.more, limits::DIAGNOSTICS);
            let rest = Diagnostic { severity: last.severity, ..Diagnostic::error("more", message) };
            self.kept.push(rest.hint("mend those above and run it again"));
        }
        self.kept
    }
}
