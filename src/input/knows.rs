//! Who knows whom already, as people's own rows say.

use super::choices::{What, ambiguous, unknown};
use super::diagnostic::{Diagnostic, Faults};
use super::names::{Found, Names};
use super::people::Roster;
use super::text::quoted;

/// For each person of `roster`, in order, the positions in the other roster of those that the person knows,
/// ascending. People of the person's own roster are understood and mean nothing; somebody who is in neither is
/// worth a warning, and a fault when nearly somebody's name stands there.
pub(super) fn knows(roster: &Roster, others: &Names, what: What, faults: &mut Faults) -> Vec<Vec<u32>> {
    let columns = roster.columns.of("knows");
    let mut known = Vec::with_capacity(roster.people.len());
    for person in &roster.people {
        let mut positions = Vec::new();
        for column in columns {
            for piece in others.split(roster.table.cell(person.row, column.index)) {
                let fault = match &piece.found {
                    Some(Found::One(position)) => {
                        positions.push(*position);
                        continue;
                    }
                    Some(Found::Many(alike)) => ambiguous(piece.text, what, others, alike),
                    None if roster.names.find(piece.text).is_some() => continue,
                    None if others.meant(piece.text).is_some() => unknown(piece.text, what, others),
                    None => {
                        Diagnostic::warning("unknown-person", format!("{} is nobody of this event", quoted(piece.text)))
                            .hint("if it is somebody, write the name as it stands in the rosters")
                    }
                };
                faults.add_at(fault, || roster.table.place(person.row, column.index));
            }
        }
        positions.sort_unstable();
        positions.dedup();
        known.push(positions);
    }
    known
}
