//! The venue kit: everything that is printed for the day, as pages that print themselves.
//!
//! Each [`Piece`] is a view, plain data made from the event and its schedule (one file a piece), and a template beside
//! it that lays the view out; [`document`] puts one or several of them into a page of HTML that needs nothing else:
//! no network, no script, no fonts but those of the machine. Where text must stay within a card, `fit` chooses its
//! size; `paper` knows where cards, cuts and folds are. What came from a form is escaped by the templates, and each
//! name is isolated, so that no script turns the direction of another's line.

mod badges;
mod changed;
mod document;
mod door_list;
mod expert_sheets;
mod facts;
mod fit;
mod mentee_cards;
mod paper;
mod qr;
mod run_of_show;
mod sit_outs;
mod spare_blanks;
mod surname;
mod table_cards;
mod table_signs;

#[cfg(test)]
mod tests;

pub use changed::Changed;
pub use document::document;

use super::wording;
use crate::domain::{Event, ExpertIx, MenteeIx, Schedule};

/// Around pages that flow, in millimetres.
const MARGIN: f64 = 15.0;

/// What is printed: one kind of card, sheet or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Piece {
    /// Tent cards with the table, the expert and the topics.
    TableSigns,
    /// For each table its rounds and who comes.
    TableCards,
    /// For each expert the groups, with stage and question, and room for notes.
    ExpertSheets,
    /// For each mentee the way through the rounds.
    MenteeCards,
    /// A name badge for everybody.
    Badges,
    /// Everybody by surname, with a box to tick.
    DoorList,
    /// The timekeeper's cues.
    RunOfShow,
    /// Who sits out in which round, and which tables are free.
    SitOuts,
    /// Cards without names, for whoever comes unannounced.
    SpareBlanks,
}

/// What the kit is made from.
pub struct Kit<'a> {
    /// The event.
    pub event: &'a Event,
    /// Who sits where.
    pub schedule: &'a Schedule,
    /// The revision of the plan that the schedule is.
    pub revision: u32,
    /// Whose cards are printed; everybody's when `None`.
    pub changed: Option<&'a Changed>,
    /// The address of a person's calendar file, for a QR code; `None` where there is none.
    pub calendar: &'a dyn Fn(Owner) -> Option<String>,
}

/// Whose card it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// An expert's.
    Expert(ExpertIx),
    /// A mentee's.
    Mentee(MenteeIx),
}

impl Kit<'_> {
    /// Whether somebody's part of a piece is printed.
    fn wants(&self, piece: Piece, owner: Owner) -> bool {
        self.changed.is_none_or(|changed| changed.of(piece).contains(&owner))
    }
}

impl Piece {
    /// All pieces, in the order in which they are needed.
    pub const ALL: [Piece; 9] = [
        Piece::TableSigns,
        Piece::TableCards,
        Piece::ExpertSheets,
        Piece::MenteeCards,
        Piece::Badges,
        Piece::DoorList,
        Piece::RunOfShow,
        Piece::SitOuts,
        Piece::SpareBlanks,
    ];

    /// The name, everywhere, also of its file.
    pub fn name(self) -> &'static str {
        match self {
            Piece::TableSigns => "table-signs",
            Piece::TableCards => "table-cards",
            Piece::ExpertSheets => "expert-sheets",
            Piece::MenteeCards => "mentee-cards",
            Piece::Badges => "badges",
            Piece::DoorList => "door-list",
            Piece::RunOfShow => "run-of-show",
            Piece::SitOuts => "sit-outs",
            Piece::SpareBlanks => "spare-blanks",
        }
    }

    /// Whether it is a set of cards of one person or table each.
    pub fn is_cards(self) -> bool {
        !matches!(self, Piece::DoorList | Piece::RunOfShow | Piece::SitOuts | Piece::SpareBlanks)
    }
}
