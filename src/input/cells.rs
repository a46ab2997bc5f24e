//! One cell of a person's row: numbers, rounds and free text, with faults where they cannot be read.

use std::ops::RangeInclusive;

use super::choices::{What, ambiguous, unknown};
use super::columns::Columns;
use super::diagnostic::{Diagnostic, Faults, Place};
use super::names::{Found, Names};
use super::rounds_cell::rounds;
use super::table::Table;
use super::text::quoted;
use crate::domain::{Round, RoundSet};

/// A row whose cells are read by field.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a> {
    /// The table.
    pub table: &'a Table,
    /// What its columns hold.
    pub columns: &'a Columns,
    /// The row.
    pub row: usize,
}

impl<'a> Cells<'a> {
    /// The cell of a field, when it says something.
    pub fn text(&self, field: &str) -> Option<&'a str> {
        self.columns.cell(self.table, self.row, field).map(|(_, cell)| cell)
    }

    /// The place of a field's cell.
    pub fn place(&self, field: &str) -> Place {
        let column = self.columns.cell(self.table, self.row, field).map(|(column, _)| column);
        self.table.place(self.row, column.or_else(|| self.columns.first(field)).unwrap_or(0))
    }

    /// Adds a fault at a field's cell.
    pub fn fault(&self, field: &str, diagnostic: Diagnostic, faults: &mut Faults) {
        faults.add_at(diagnostic, || self.place(field));
    }

    /// The whole number of a field, as `3` or, as spreadsheets write it, `3.0`.
    pub fn number(&self, field: &str, limits: RangeInclusive<i64>, faults: &mut Faults) -> Option<i64> {
        let cell = self.text(field)?;
        let number = whole_number(cell).filter(|number| limits.contains(number));
        if number.is_none() {
            let message = format!("{} is no whole number from {} to {}", quoted(cell), limits.start(), limits.end());
            let hint = "write such a number, or leave the cell empty";
            self.fault(field, Diagnostic::error("bad-number", message).hint(hint), faults);
        }
        number
    }

    /// The position of the one person or topic that a field names; `None` when it is blank, or with a fault.
    pub fn named(&self, field: &str, what: What, names: &Names, faults: &mut Faults) -> Option<u32> {
        let name = self.text(field)?;
        let fault = match names.find(name) {
            Some(Found::One(position)) => return Some(*position),
            Some(Found::Many(positions)) => ambiguous(name, what, names, positions),
            None => unknown(name, what, names),
        };
        self.fault(field, fault, faults);
        None
    }

    /// As [`Cells::named`], and blank is a fault.
    pub fn required(&self, field: &str, what: What, names: &Names, faults: &mut Faults) -> Option<u32> {
        if self.text(field).is_none() {
            let fault = Diagnostic::error("missing-cell", format!("this row names no {}", what.noun)).hint(what.hint);
            self.fault(field, fault, faults);
        }
        self.named(field, what, names, faults)
    }

    /// The rounds of `available`, without those of `unavailable`.
    pub fn present(&self, rounds_of_event: &[Round], faults: &mut Faults) -> RoundSet {
        let all = RoundSet::all(rounds_of_event.len());
        let available = self.rounds("available", rounds_of_event, all, faults);
        let unavailable = self.rounds("unavailable", rounds_of_event, RoundSet::NONE, faults);
        available.without(unavailable)
    }

    fn rounds(&self, field: &str, of_event: &[Round], blank: RoundSet, faults: &mut Faults) -> RoundSet {
        let Some(cell) = self.text(field).filter(|_| !of_event.is_empty()) else { return blank };
        match rounds(cell, of_event, blank) {
            Ok(set) => {
                if set.is_empty() && cell.contains(':') {
                    let fault = Diagnostic::warning("no-rounds", format!("no round is wholly inside {}", quoted(cell)));
                    self.fault(field, fault.hint("see that the time is that of the event's own time zone"), faults);
                }
                set
            }
            Err((message, hint)) => {
                self.fault(field, Diagnostic::error("bad-rounds", message).hint(hint), faults);
                blank
            }
        }
    }
}

/// A whole number, as `3` or, as spreadsheets write it, `3.0`.
pub(super) fn whole_number(cell: &str) -> Option<i64> {
    let whole =
        cell.split_once('.').map_or(cell, |(whole, rest)| if rest.bytes().all(|b| b == b'0') { whole } else { cell });
    whole.parse().ok()
}
