//! A table of cells, from a text file or from a sheet of a workbook, and the place of each cell in it.

mod delimited;
mod package;
mod sheet;
mod shown;
mod workbook;

use csv::StringRecord;

use super::diagnostic::{Diagnostic, Faults, Place};
use super::{Source, limits, text};
use delimited::Delimited;
use sheet::SheetOfWorkbook;

pub(super) use workbook::file_and_sheet;

/// What was said about how a text is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Format<'a> {
    /// The encoding.
    pub encoding: Option<&'a str>,
    /// What stands between the cells.
    pub delimiter: Option<u8>,
}

/// Which sheet of a workbook is meant; of a text there is but one table.
#[derive(Clone, Copy)]
pub(super) enum Sheet<'a> {
    /// The first that is not hidden.
    First,
    /// The one of this name.
    Called(&'a str),
    /// The one of this name when there is one, else the first.
    CalledIfThere(&'a str),
}

/// A table of cells.
pub(super) struct Table {
    origin: Origin,
    headers: Row,
    rows: Vec<Row>,
}

/// Where the cells stand.
enum Origin {
    Text(Delimited),
    Sheet(SheetOfWorkbook),
}

struct Row {
    cells: StringRecord,
    /// Where it starts: the byte of the text, or the number of the row of the sheet.
    at: usize,
}

impl Table {
    /// The table of a file; rows without any text are passed over. `None`, with a fault, when there is none.
    pub fn read(source: &Source, sheet: Sheet, format: Format, faults: &mut Faults) -> Option<Table> {
        let (origin, mut rows, errors) = if workbook::is_meant(source) {
            let (origin, rows, errors) = workbook::read(source, sheet, faults)?;
            (Origin::Sheet(origin), rows, errors)
        } else {
            let (origin, rows) = Delimited::read(source, format, faults)?;
            (Origin::Text(origin), rows, Vec::new())
        };
        if rows.is_empty() {
            let message = format!("`{}` is empty", origin.name());
            faults.add(Diagnostic::error("empty", message).hint("write the names of the columns first, then the rows"));
            return None;
        }
        let table = Table { origin, headers: rows.remove(0), rows };
        table.hold_to_sizes(faults)?;
        table.hold_to_first_row(faults)?;
        table.hold_to_header(faults);
        errors.iter().for_each(|error| table.error_in_cell(error, faults));
        Some(table)
    }
}

impl Origin {
    fn name(&self) -> &str {
        match self {
            Origin::Text(written) => &written.file.name,
            Origin::Sheet(sheet) => &sheet.name,
        }
    }

    fn place(&self, row: &Row, column: usize, header: Option<String>) -> Place {
        match self {
            Origin::Text(written) => written.place(row, column, header),
            Origin::Sheet(sheet) => sheet.place(row, column, header),
        }
    }
}

impl Table {
    /// The headers, in order.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.headers.cells.iter().map(text::trim)
    }

    /// The header of a column.
    pub fn header(&self, column: usize) -> &str {
        text::trim(self.headers.cells.get(column).unwrap_or_default())
    }

    /// How many rows there are below the header.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// The name of the file, or of the sheet in its file as `people.xlsx#Mentees`.
    pub fn name(&self) -> &str {
        self.origin.name()
    }

    /// Whether it is a sheet, where text stays text and needs no guard.
    pub fn is_sheet(&self) -> bool {
        matches!(self.origin, Origin::Sheet(_))
    }

    /// How it is written, for people.
    pub fn written(&self) -> String {
        match &self.origin {
            Origin::Text(written) if written.delimiter == b'\t' => format!("{}, tabs between fields", written.encoding),
            Origin::Text(written) => {
                format!("{}, `{}` between fields", written.encoding, char::from(written.delimiter))
            }
            Origin::Sheet(sheet) => sheet.written(),
        }
    }

    /// The text of a cell without blanks around it; empty when the row has no such cell.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.cells.get(column)).map_or("", text::trim)
    }

    /// Where a row is, for people: `line 9` of a text, where it starts, or `row 9` of a sheet.
    pub fn whereabouts(&self, row: usize) -> String {
        let row = self.rows.get(row).unwrap_or(&self.headers);
        match &self.origin {
            Origin::Text(written) => format!("line {}", written.line(row)),
            Origin::Sheet(_) => format!("row {}", row.at),
        }
    }

    /// The place of a cell.
    pub fn place(&self, row: usize, column: usize) -> Place {
        self.rows.get(row).map_or_else(|| self.header_place(column), |row| self.place_in(row, column))
    }

    /// The place of a header.
    pub fn header_place(&self, column: usize) -> Place {
        self.place_in(&self.headers, column)
    }

    fn place_in(&self, row: &Row, column: usize) -> Place {
        self.origin.place(row, column, self.headers.cells.get(column).map(text::one_line))
    }

    /// A cell whose formula came to an error has nothing to say.
    fn error_in_cell(&self, error: &sheet::ErrorInCell, faults: &mut Faults) {
        let fault = Diagnostic::error("error-in-cell", format!("this cell holds the error `{}`", error.shown))
            .hint("mend its formula, or write what it should say");
        faults.add_at(fault, || {
            let row = self.rows.binary_search_by_key(&error.row, |row| row.at);
            self.place_in(row.map_or(&self.headers, |row| &self.rows[row]), error.column)
        });
    }

    /// No row is absurdly large; `None`, with a fault, when one is.
    fn hold_to_sizes(&self, faults: &mut Faults) -> Option<()> {
        let large = |row: &&Row| row.cells.len() > limits::COLUMNS || row.cells.as_slice().len() > limits::ROW_BYTES;
        let Some(row) = std::iter::once(&self.headers).chain(&self.rows).find(large) else { return Some(()) };
        let (cells, bytes) = (row.cells.len(), row.cells.as_slice().len());
        let (most, most_bytes) = (limits::COLUMNS, limits::ROW_BYTES >> 10);
        let message = format!("this row has {cells} cells and {bytes} bytes: {most} and {most_bytes} KiB are allowed");
        let fault = Diagnostic::error("too-large", message).hint("take only the columns of this event");
        faults.add_at(fault, || self.place_in(row, 0));
        None
    }

    /// The first row names the columns: where it is one cell and most rows below have more, it is a title; `None`,
    /// with a fault, when it is.
    fn hold_to_first_row(&self, faults: &mut Faults) -> Option<()> {
        let filled = |row: &Row| row.cells.iter().filter(|cell| !text::trim(cell).is_empty()).count();
        let wider = self.rows.iter().filter(|row| filled(row) > 1).count();
        if filled(&self.headers) > 1 || wider < 2 || 2 * wider < self.rows.len() {
            return Some(());
        }
        let message = "this row has one cell and the rows below it have more: it does not name the columns";
        let hint = "take out what stands above the row with the names of the columns";
        faults.add_at(Diagnostic::error("title-above", message).hint(hint), || self.header_place(0));
        None
    }

    /// Every row has as many cells as the header.
    fn hold_to_header(&self, faults: &mut Faults) {
        let width = self.headers.cells.len();
        for (i, row) in self.rows.iter().enumerate() {
            let cells = row.cells.len();
            if cells < width {
                let message = format!("this row has {cells} cells, the header {width}");
                let hint = "the missing cells are taken to be empty; check that none was lost before them";
                faults.add_at(Diagnostic::warning("too-few-cells", message).hint(hint), || self.place(i, cells));
            }
            if let Some(extra) = (width..cells).find(|&column| !self.cell(i, column).is_empty()) {
                let message = format!("this row has {cells} cells, the header {width}");
                let hint = match self.is_sheet() {
                    true => "name its column in the header, or clear the cell",
                    false => "a cell that holds what stands between cells needs quotes around it",
                };
                faults.add_at(Diagnostic::error("too-many-cells", message).hint(hint), || self.place(i, extra));
            }
            let too_long = |cell: &str| cell.len() > limits::CELL && cell.chars().nth(limits::CELL).is_some();
            if let Some(column) = row.cells.iter().position(too_long) {
                let message = format!("this cell is longer than the {} characters that a cell may have", limits::CELL);
                let hint = match self.is_sheet() {
                    true => "shorten it",
                    false => "look for a quote that was opened and never closed",
                };
                faults.add_at(Diagnostic::error("too-large", message).hint(hint), || self.place(i, column));
            }
        }
    }
}
