//! Lists of topics and people in the cells of a row, in all the ways in which forms write them.

use std::collections::BTreeMap;

use super::columns::Column;
use super::diagnostic::{Diagnostic, Faults};
use super::names::{Found, Names, Piece};
use super::table::Table;
use super::text::{key, quoted};
use super::{ReadOptions, limits};

/// What the names of a list are.
#[derive(Clone, Copy)]
pub(super) struct What {
    /// Such as `topic`.
    pub noun: &'static str,
    /// The code of the fault when nothing is called so.
    pub unknown: &'static str,
    /// What to do when nothing near is known.
    pub hint: &'static str,
}

/// A topic of the event.
pub(super) const TOPIC: What = What {
    noun: "topic",
    unknown: "unknown-topic",
    hint: "write it as it stands in `[topics] offered`, or in the topics of the experts when that is left out",
};
/// An expert of the event.
pub(super) const EXPERT: What = What {
    noun: "expert",
    unknown: "unknown-expert",
    hint: "write an id, an address or a name of the experts' roster",
};
/// A mentee of the event.
pub(super) const MENTEE: What = What {
    noun: "mentee",
    unknown: "unknown-mentee",
    hint: "write an id, an address or a name of the mentees' roster",
};

/// The columns of a list in a table, and the names that can stand in it.
pub(super) struct List<'a> {
    table: &'a Table,
    columns: &'a [Column],
    names: &'a Names,
    what: What,
    layout: Layout,
    lenient: bool,
}

/// How the columns of a list are meant.
enum Layout {
    /// Each cell holds names, all of one rank: the column's position.
    ColumnARank,
    /// One cell holds names, the first of rank 1, the second of rank 2.
    InOrder,
    /// One cell holds names, all of rank 1.
    WithoutOrder,
    /// Each column is a known name, and the cell its rank or a tick.
    ColumnAnOption(Vec<Option<u32>>),
}

impl<'a> List<'a> {
    /// The list in `columns`. Columns an option are told from columns a rank by what their headers say in place of
    /// the wildcard.
    pub fn new(
        table: &'a Table,
        columns: &'a [Column],
        names: &'a Names,
        what: What,
        options: &ReadOptions,
        faults: &mut Faults,
    ) -> Self {
        let mut list = List { table, columns, names, what, layout: Layout::InOrder, lenient: options.lenient };
        // `1st choice` and `Prof1` are ranks, even where somebody's id is `1`.
        let option = |column: &Column| {
            column.wild.as_deref().filter(|wild| ordinal(&key(wild)).is_none()).and_then(|wild| names.find(wild))
        };
        if columns.iter().any(|column| option(column).is_some()) {
            list.layout = Layout::ColumnAnOption(columns.iter().map(|column| list.option(column, faults)).collect());
        } else if columns.len() > 1 {
            list.layout = Layout::ColumnARank;
        }
        list
    }

    /// The same list, when the names in one cell stand in no order.
    pub fn without_order(mut self) -> Self {
        if matches!(self.layout, Layout::InOrder) {
            self.layout = Layout::WithoutOrder;
        }
        self
    }

    /// Whether the list is one cell whose order counts.
    pub fn in_order(&self) -> bool {
        matches!(self.layout, Layout::InOrder) && !self.columns.is_empty()
    }

    /// What a row lists, ascending, each once, with its rank.
    pub fn read(&self, row: usize, faults: &mut Faults) -> BTreeMap<u32, u32> {
        let mut ranks = BTreeMap::new();
        for (i, column) in self.columns.iter().enumerate() {
            let cell = self.table.cell(row, column.index);
            if cell.is_empty() {
                continue;
            }
            if let Layout::ColumnAnOption(options) = &self.layout {
                let rank = self.rank_in(cell, column, row, faults);
                if let (Some(rank), Some(option)) = (rank, options.get(i).copied().flatten()) {
                    self.add(&mut ranks, option, rank, (row, column.index), cell, faults);
                }
                continue;
            }
            let pieces = self.pieces(cell);
            if pieces.len() >= limits::NAMES_IN_CELL {
                let message = format!("more than the {} names that a cell may hold", limits::NAMES_IN_CELL);
                let fault = Diagnostic::error("too-large", message).hint("take some of them out");
                faults.add_at(fault, || self.table.place(row, column.index));
            }
            for (nth, piece) in (1..).zip(pieces) {
                let rank = match self.layout {
                    Layout::ColumnARank => i as u32 + 1,
                    Layout::InOrder => nth,
                    Layout::WithoutOrder | Layout::ColumnAnOption(_) => 1,
                };
                if let Some(position) = self.known(&piece, row, column.index, faults) {
                    self.add(&mut ranks, position, rank, (row, column.index), piece.text, faults);
                }
            }
        }
        ranks
    }

    /// The names in a cell. Where each column has its rank, a cell without any known name is one name.
    fn pieces<'c>(&self, cell: &'c str) -> Vec<Piece<'c>> {
        let pieces = self.names.split(cell);
        if matches!(self.layout, Layout::ColumnARank) && pieces.iter().all(|piece| piece.found.is_none()) {
            return vec![Piece { text: cell, found: None }];
        }
        pieces
    }

    fn add(
        &self,
        ranks: &mut BTreeMap<u32, u32>,
        position: u32,
        rank: u32,
        (row, column): (usize, usize),
        name: &str,
        faults: &mut Faults,
    ) {
        let better = ranks.get(&position).map_or(rank, |&other| other.min(rank));
        if ranks.insert(position, better).is_some() {
            let message = format!("{} is named twice", quoted(name));
            let fault = Diagnostic::warning("named-twice", message).hint("it counts once, with the better rank");
            faults.add_at(fault, || self.table.place(row, column));
        }
    }

    /// The position of a piece of a cell, or a fault.
    fn known(&self, piece: &Piece, row: usize, column: usize, faults: &mut Faults) -> Option<u32> {
        match &piece.found {
            Some(Found::One(position)) => return Some(*position),
            Some(Found::Many(positions)) => {
                let fault = ambiguous(piece.text, self.what, self.names, positions);
                faults.add_at(fault, || self.table.place(row, column));
            }
            None => {
                let fault = unknown(piece.text, self.what, self.names);
                let fault = if self.lenient { dropped(fault) } else { fault };
                faults.add_at(fault, || self.table.place(row, column));
            }
        }
        None
    }

    /// The position that a column's header means.
    fn option(&self, column: &Column, faults: &mut Faults) -> Option<u32> {
        let text = column.wild.as_deref().unwrap_or_default();
        match self.names.find(text) {
            Some(Found::One(position)) => return Some(*position),
            Some(Found::Many(positions)) => {
                let fault = ambiguous(text, self.what, self.names, positions);
                faults.add_at(fault, || self.table.header_place(column.index));
            }
            None => {
                let fault = unknown(text, self.what, self.names);
                let fault = if self.lenient { dropped(fault) } else { fault };
                faults.add_at(fault, || self.table.header_place(column.index));
            }
        }
        None
    }

    /// The rank in the cell of an option; a tick is rank 1.
    fn rank_in(&self, cell: &str, column: &Column, row: usize, faults: &mut Faults) -> Option<u32> {
        let cell_key = key(cell);
        let itself = || column.wild.as_deref().is_some_and(|wild| key(wild) == cell_key);
        match cell_key.as_str() {
            "yes" | "y" | "x" | "true" | "ja" | "oui" | "sí" | "si" | "sim" | "✓" | "✔" | "☑" | "☒" => Some(1),
            "no" | "n" | "false" | "nein" | "non" | "não" | "nao" | "0" | "-" | "☐" => None,
            _ if itself() => Some(1),
            text => {
                let rank = ordinal(text);
                if rank.is_none() {
                    let message = format!("{} is neither a rank nor a tick", quoted(cell));
                    let fault = Diagnostic::error("bad-rank", message)
                        .hint("write `1` for the first choice, or `Yes` and `No`");
                    faults.add_at(fault, || self.table.place(row, column.index));
                }
                rank
            }
        }
    }
}

/// The rank of a text such as `1`, `2nd choice`, `rank 3` or `first`, without blanks.
fn ordinal(text: &str) -> Option<u32> {
    let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(rank) = (1..).zip(words).find_map(|(rank, word)| text.starts_with(word).then_some(rank)) {
        return Some(rank);
    }
    let text = ["rank", "choice", "#"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    let rest = ["st", "nd", "rd", "th", "."].iter().find_map(|ending| rest.strip_prefix(ending)).unwrap_or(rest);
    let rank = number.parse().ok().filter(|rank| (1..=limits::RANKS as u32).contains(rank))?;
    ["", "choice", "rank", "preference"].contains(&rest).then_some(rank)
}

/// The fault that nothing is called so.
pub(super) fn unknown(text: &str, what: What, names: &Names) -> Diagnostic {
    let message = format!("{} is no {} of this event", quoted(text), what.noun);
    let hint = names.meant(text).map(|near| format!("did you mean {}?", quoted(near)));
    Diagnostic::error(what.unknown, message).hint(hint.unwrap_or_else(|| what.hint.to_owned()))
}

/// The fault that several are called so.
pub(super) fn ambiguous(text: &str, what: What, names: &Names, positions: &[u32]) -> Diagnostic {
    let message = format!("{} can be {} {}s", quoted(text), positions.len(), what.noun);
    let ids: Vec<String> = positions.iter().take(10).filter_map(|&position| names.id(position)).map(quoted).collect();
    Diagnostic::error("ambiguous-name", message).hint(match ids.is_empty() {
        true => "give each a name of its own".to_owned(),
        false => format!("write which one: {}", ids.join(", ")),
    })
}

fn dropped(fault: Diagnostic) -> Diagnostic {
    let hint = fault.hint.as_deref().map_or(String::new(), |hint| format!("; {hint}"));
    let message = format!("{}, and is dropped", fault.message);
    Diagnostic::warning(fault.code, message).hint(format!("it counts for nothing{hint}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_are_written_in_many_ways() {
        for (text, rank) in [("1", 1), ("2ndchoice", 2), ("3.", 3), ("rank4", 4), ("firstchoice", 1), ("10th", 10)] {
            assert_eq!(ordinal(text), Some(rank), "{text}");
        }
        for text in ["", "0", "maybe", "1x", "99999999999"] {
            assert_eq!(ordinal(text), None, "{text}");
        }
    }
}
