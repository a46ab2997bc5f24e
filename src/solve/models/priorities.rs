//! The priorities as linear expressions with auxiliary columns, one function each.
//!
//! Where an auxiliary column is not told to be an integer, its rows leave it no better value at integral decisions
//! than the integer that it stands for.

mod days;
mod meetings;
mod satisfaction;
mod standing;
mod tables;

use crate::domain::Priority;

use super::levels::Part;
use super::rounds::RoundsModel;

pub(super) use meetings::parts as meeting_parts;
pub(super) use meetings::{Meeting, sum_of};

/// Adds the columns and rows that the priority needs; gives the parts of its value, in their order.
pub(super) fn parts(model: &mut RoundsModel, priority: Priority) -> Vec<Part> {
    let meetings = model.meetings();
    if let Some(parts) = meeting_parts(&mut model.program, model.pairs, &meetings, priority) {
        return parts;
    }
    match priority {
        Priority::NewFaces => tables::new_faces(model),
        Priority::EvenTables => tables::even_tables(model),
        Priority::WorstOff => satisfaction::worst_off(model, &meetings),
        Priority::IdleGaps => days::idle_gaps(model),
        Priority::RoomChanges => days::room_changes(model),
        _ => standing::changes(model),
    }
}
