//! Table signs: tent cards that are read across a room.

use askama::Template;

use super::Piece;
use super::facts::Facts;
use super::fit::{Fitted, Room, size};
use super::paper::{Layout, Size, Spot, path};
use super::wording::shown;
use crate::domain::{Event, Expert, SignStock};

/// Tent cards on their sheets.
#[derive(Template)]
#[template(path = "print/table_signs.html")]
pub(super) struct TableSigns<'a> {
    table: &'a str,
    event: String,
    sheet_size: Size,
    card: Size,
    marks: String,
    measures: Measures,
    sheets: Vec<Vec<(Spot, Sign)>>,
}

/// What a sign shows on both of its faces. Texts of a blank one are empty.
struct Sign {
    table: Fitted,
    room: String,
    expert: Fitted,
    affiliation: Fitted,
    topics: Vec<String>,
    topics_size: f64,
}

/// The parts of a face, in millimetres.
#[derive(Clone, Copy)]
struct Measures {
    side: f64,
    upper: f64,
    /// The column of the table's name.
    column: f64,
    gap: f64,
    table: Room,
    expert: Room,
    affiliation: Room,
    topics: Room,
    small: f64,
}

impl<'a> TableSigns<'a> {
    /// The signs of the experts whose are wanted.
    pub fn new(facts: &'a Facts) -> Self {
        let measures = measures(facts.event);
        let sign = |e| sign(facts, facts.event.expert(e), &measures);
        let signs = facts.experts(|owner| facts.kit.wants(Piece::TableSigns, owner)).into_iter().map(sign);
        Self::laid_out(facts, signs.collect())
    }

    /// One sheet of signs to be filled in by hand.
    pub fn blank(facts: &'a Facts) -> Self {
        let measures = measures(facts.event);
        let blank = |room| Fitted::new(String::new(), room);
        let sign = || Sign {
            table: blank(measures.table),
            room: String::new(),
            expert: blank(measures.expert),
            affiliation: blank(measures.affiliation),
            topics: Vec::new(),
            topics_size: measures.topics.largest,
        };
        Self::laid_out(facts, layout(facts.event).spots.iter().map(|_| sign()).collect())
    }

    fn laid_out(facts: &'a Facts, signs: Vec<Sign>) -> Self {
        let layout = layout(facts.event);
        let marks = path(&layout.folds);
        TableSigns {
            table: &facts.labels.table,
            event: shown(&facts.event.name),
            sheet_size: layout.sheet,
            card: layout.card,
            marks,
            measures: measures(facts.event),
            sheets: layout.sheets(signs),
        }
    }
}

/// How signs are on their sheets.
pub(super) fn layout(event: &Event) -> Layout {
    match event.print.table_signs {
        SignStock::Page => Layout::tent(event.print.paper),
        SignStock::Avery5305 => Layout::avery_5305(),
    }
}

fn measures(event: &Event) -> Measures {
    let card = layout(event).card;
    let face = card.height / 2.0;
    let room = |width: f64, part: f64, largest: f64| Room { width, height: part * face, largest: largest * face };
    let (side, gap) = (0.13 * face, 0.09 * face);
    let column = 0.36 * card.width;
    let beside = card.width - 2.0 * side - column - 2.0 * gap;
    Measures {
        side,
        upper: 0.085 * face,
        column,
        gap,
        table: room(column, 0.64, 0.6),
        expert: room(beside, 0.34, 0.17),
        affiliation: room(beside, 0.09, 0.063),
        topics: room(beside, 0.25, 0.1),
        small: 0.042 * face,
    }
}

fn sign(facts: &Facts, expert: &Expert, measures: &Measures) -> Sign {
    let topics: Vec<String> = expert.topics.iter().map(|&t| shown(facts.event.topic(t))).collect();
    let lines: Vec<&str> = topics.iter().map(String::as_str).collect();
    let topics_size = size(&lines, measures.topics);
    Sign {
        table: Fitted::new(shown(&expert.table), measures.table),
        room: facts.room(expert),
        expert: Fitted::new(shown(&expert.name), measures.expert),
        affiliation: Fitted::new(expert.affiliation.as_deref().map(shown).unwrap_or_default(), measures.affiliation),
        topics,
        topics_size,
    }
}
