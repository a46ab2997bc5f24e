//! The rows of the requests: who must, must not, or had better not meet whom.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::choices::{EXPERT, MENTEE};
use super::columns::{Columns, FieldSet};
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::meant;
use super::names::Names;
use super::note::Note;
use super::rounds_cell::one_round;
use super::table::Table;
use super::text::{header_key, quoted};
use crate::domain::{ExpertIx, MenteeIx, Request, RoundIx};

const KINDS: [&str; 6] = ["keep-out", "avoid", "must-meet", "pinned-seat", "kept-apart", "kept-together"];

/// The requests of a table.
pub(super) struct Requests {
    table: Table,
    columns: Columns,
    /// The first row of each, in an order that does not hang on that of the rows.
    pub rows: BTreeMap<Request, usize>,
}

impl Requests {
    /// Reads them, with faults for what is none.
    pub fn read(
        table: Table,
        mentees: &Names,
        experts: &Names,
        settings: &Settings,
        faults: &mut Faults,
        notes: &mut Vec<String>,
    ) -> Self {
        let columns = Columns::find(&table, FieldSet::Requests, &settings.columns.requests, settings, faults);
        columns.require(&table, &["kind", "mentee"], faults);
        let mut note = Note::new(&table);
        let mut rows = BTreeMap::new();
        for row in 0..table.len() {
            match columns.left_out(&table, row) {
                Some(why) => note.left_out(why),
                None => {
                    let cells = Cells { table: &table, columns: &columns, row };
                    if let Some(request) = request(cells, mentees, experts, settings, faults) {
                        rows.entry(request).or_insert(row);
                    }
                }
            }
        }
        notes.push(note.end(&table, &columns));
        Requests { table, columns, rows }
    }

    /// Adds a fault at the row of a request.
    pub fn fault(&self, request: &Request, diagnostic: Diagnostic, faults: &mut Faults) {
        if let Some(&row) = self.rows.get(request) {
            Cells { table: &self.table, columns: &self.columns, row }.fault("with", diagnostic, faults);
        }
    }
}

fn request(
    cells: Cells,
    mentees: &Names,
    experts: &Names,
    settings: &Settings,
    faults: &mut Faults,
) -> Option<Request> {
    let kind = kind(cells, faults);
    let mentee = cells.required("mentee", MENTEE, mentees, faults).map(MenteeIx);
    let kind = kind?;
    let needed: &[&str] = match kind {
        "pinned-seat" => &["expert", "round"],
        "kept-apart" | "kept-together" => &["with"],
        _ => &["expert"],
    };
    for field in ["expert", "round", "with"].into_iter().filter(|field| !needed.contains(field)) {
        if cells.text(field).is_some() {
            let message = format!("`{field}` means nothing in a request of the kind `{kind}`");
            let fault = Diagnostic::error("idle-cell", message);
            cells.fault(field, fault.hint("empty the cell, or write the kind that is meant"), faults);
        }
    }
    if needed.contains(&"with") {
        let other = other_mentee(cells, mentee, mentees, faults);
        let (a, b) = (mentee?.min(other?), mentee?.max(other?));
        return Some(if kind == "kept-apart" { Request::KeptApart(a, b) } else { Request::KeptTogether(a, b) });
    }
    let expert = cells.required("expert", EXPERT, experts, faults).map(ExpertIx);
    let round = if kind == "pinned-seat" { round(cells, settings.times.rounds.len(), faults) } else { None };
    let (mentee, expert) = (mentee?, expert?);
    match kind {
        "keep-out" => Some(Request::KeepOut(mentee, expert)),
        "avoid" => Some(Request::Avoid(mentee, expert)),
        "must-meet" => Some(Request::MustMeet(mentee, expert)),
        _ => round.map(|round| Request::PinnedSeat(mentee, expert, round)),
    }
}

fn kind(cells: Cells, faults: &mut Faults) -> Option<&'static str> {
    let Some(written) = cells.text("kind") else {
        let fault = Diagnostic::error("missing-cell", "this request has no kind");
        cells.fault("kind", fault.hint(format!("write one of {}", KINDS.join(", "))), faults);
        return None;
    };
    let kind = KINDS.into_iter().find(|kind| header_key(kind) == header_key(written));
    if kind.is_none() {
        let hint = meant(written, KINDS.into_iter()).unwrap_or_else(|| format!("write one of {}", KINDS.join(", ")));
        let message = format!("{} is no kind of request", quoted(written));
        cells.fault("kind", Diagnostic::error("unknown-kind", message).hint(hint), faults);
    }
    kind
}

fn other_mentee(cells: Cells, mentee: Option<MenteeIx>, mentees: &Names, faults: &mut Faults) -> Option<MenteeIx> {
    let other = cells.required("with", MENTEE, mentees, faults).map(MenteeIx)?;
    if Some(other) == mentee {
        let fault = Diagnostic::error("same-person", "this request names one mentee twice");
        cells.fault("with", fault.hint("write the other mentee"), faults);
        return None;
    }
    Some(other)
}

fn round(cells: Cells, count: usize, faults: &mut Faults) -> Option<RoundIx> {
    let Some(cell) = cells.text("round") else {
        let fault = Diagnostic::error("missing-cell", "a pinned seat needs its round");
        cells.fault("round", fault.hint("write the number of the round"), faults);
        return None;
    };
    if count == 0 {
        return None;
    }
    let round = one_round(cell, count);
    round
        .map_err(|(message, hint)| cells.fault("round", Diagnostic::error("bad-rounds", message).hint(hint), faults))
        .ok()
}
