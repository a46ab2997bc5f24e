//! A text file with rows and columns, read as tools really write them, and the place of each cell in it.

use std::ops::Range;

use csv::{Position, ReaderBuilder, StringRecord};

use super::decode::decode;
use super::diagnostic::{Diagnostic, Faults, Place};
use super::lines::Text;
use super::{Source, limits, text};

/// What was said about how a table is written.
#[derive(Clone, Copy, Default)]
pub(super) struct Format<'a> {
    /// The encoding.
    pub encoding: Option<&'a str>,
    /// What stands between the cells.
    pub delimiter: Option<u8>,
}

/// A table of cells.
pub(super) struct Table {
    file: Text,
    /// The name of its encoding.
    pub encoding: &'static str,
    /// What stands between its cells.
    pub delimiter: u8,
    headers: Row,
    rows: Vec<Row>,
}

struct Row {
    cells: StringRecord,
    /// Where it starts in the text.
    start: usize,
}

impl Table {
    /// The table of a file; rows without any text are passed over. `None`, with a fault, when there is none.
    pub fn read(source: &Source, format: Format, faults: &mut Faults) -> Option<Table> {
        let (text, encoding) = decode(source, format.encoding, faults)?;
        let file = Text::new(source.name.clone(), text);
        let (mut start, said) = excel_hint(&file.text);
        let delimiter = format.delimiter.or(said).unwrap_or_else(|| found_delimiter(&file.text[start..]));
        let headers = Row { cells: StringRecord::new(), start };
        let mut table = Table { file, encoding, delimiter, headers, rows: Vec::new() };
        for _ in 0..limits::OPEN_QUOTES {
            match table.read_from(start, faults)? {
                Some(next) => start = next,
                None => break,
            }
        }
        if table.rows.is_empty() {
            let message = format!("`{}` is empty", source.name);
            faults.add(Diagnostic::error("empty", message).hint("its first line names the columns"));
            return None;
        }
        table.headers = table.rows.remove(0);
        table.hold_to_sizes(faults)?;
        table.hold_to_header(faults);
        Some(table)
    }

    /// Reads the rows from byte `start`. When a quote stays open to the end of the file, tells where to go on.
    fn read_from(&mut self, start: usize, faults: &mut Faults) -> Option<Option<usize>> {
        let text = self.file.text.get(start..).unwrap_or_default();
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(text.as_bytes());
        let mut cells = StringRecord::new();
        while reader.read_record(&mut cells).unwrap_or(false) {
            let at = start + cells.position().map_or(0, Position::byte) as usize;
            let at = at + self.file.text.get(at..).map_or(0, |t| t.len() - t.trim_start_matches(['\r', '\n']).len());
            if self.rows.len() > limits::ROWS {
                let message =
                    format!("`{}` has more than the {} rows that a table may have", self.file.name, limits::ROWS);
                faults.add(Diagnostic::error("too-large", message).hint("take only the rows of this event"));
                return None;
            }
            if cells.iter().any(|cell| !text::trim(cell).is_empty()) {
                self.rows.push(Row { cells: cells.clone(), start: at });
            }
        }
        Some(self.open_quote(faults))
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

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// The text of a cell without blanks around it; empty when the row has no such cell.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|row| row.cells.get(column)).map_or("", text::trim)
    }

    /// The line in which a row starts, from 1.
    pub fn line(&self, row: usize) -> usize {
        self.rows.get(row).map_or(1, |row| self.file.line(row.start))
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
        let header = self.headers.cells.get(column).map(text::one_line);
        let cell = row.cells.get(column).unwrap_or_default().to_owned();
        self.file.place(self.span(row, column), header, cell)
    }

    fn span(&self, row: &Row, column: usize) -> Range<usize> {
        let mut last = row.start..row.start;
        for (i, cell) in self.cells_from(row.start).enumerate() {
            last = cell.span;
            if i == column {
                return last;
            }
        }
        last.end..last.end
    }

    fn cells_from(&self, start: usize) -> Cells<'_> {
        Cells { bytes: self.file.text.as_bytes(), delimiter: self.delimiter, next: Some(start) }
    }

    /// Takes out a last row whose quote stays open to the end of the file, and tells where the line after it starts.
    fn open_quote(&mut self, faults: &mut Faults) -> Option<usize> {
        let row = self.rows.last()?;
        let (column, open) = self.cells_from(row.start).enumerate().find(|(_, cell)| cell.open)?;
        let line = self.file.line(open.span.start);
        let fault = Diagnostic::error("open-quote", format!("the quote in line {line} is never closed"))
            .hint("put a `\"` at the end of the cell, or take the one at its start away");
        let first_line = open.span.start..self.file.next_line(open.span.start);
        let cell = text::trim(self.file.text.get(first_line.clone()).unwrap_or_default()).to_owned();
        let header = self.rows.first().and_then(|headers| headers.cells.get(column)).map(text::one_line);
        faults.add_at(fault, || self.file.place(first_line.clone(), header, cell));
        self.rows.pop();
        Some(first_line.end)
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
                let hint = "a cell that holds what stands between cells needs quotes around it";
                faults.add_at(Diagnostic::error("too-many-cells", message).hint(hint), || self.place(i, extra));
            }
            let too_long = |cell: &str| cell.len() > limits::CELL && cell.chars().nth(limits::CELL).is_some();
            if let Some(column) = row.cells.iter().position(too_long) {
                let message = format!("this cell is longer than the {} characters that a cell may have", limits::CELL);
                let hint = "look for a quote that was opened and never closed";
                faults.add_at(Diagnostic::error("too-large", message).hint(hint), || self.place(i, column));
            }
        }
    }
}

/// A cell as it stands in the text.
struct RawCell {
    /// Without the quotes around it.
    span: Range<usize>,
    /// Whether its quote stays open to the end of the file.
    open: bool,
}

/// The cells of one row as they stand in the text, by the same reading of quotes as the `csv` crate's.
struct Cells<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// Where the next cell starts; `None` past the last one.
    next: Option<usize>,
}

impl Iterator for Cells<'_> {
    type Item = RawCell;

    fn next(&mut self) -> Option<RawCell> {
        let start = self.next.take()?;
        let quoted = self.bytes.get(start) == Some(&b'"');
        let closed = if quoted { self.closing_quote(start + 1) } else { Some(start) };
        let end = closed.map_or(self.bytes.len(), |at| self.end_of_plain(at));
        if self.bytes.get(end) == Some(&self.delimiter) {
            self.next = Some(end + 1);
        }
        let inner = match closed {
            _ if !quoted => start..end,
            Some(at) if at + 1 == end => start + 1..at,
            Some(_) => start..end,
            None => start + 1..end,
        };
        Some(RawCell { span: inner, open: closed.is_none() })
    }
}

impl Cells<'_> {
    /// The quote that closes a cell whose text starts at `at`; two in a row stand for one in the text.
    fn closing_quote(&self, mut at: usize) -> Option<usize> {
        loop {
            at += self.bytes.get(at..)?.iter().position(|b| *b == b'"')?;
            if self.bytes.get(at + 1) != Some(&b'"') {
                return Some(at);
            }
            at += 2;
        }
    }

    fn end_of_plain(&self, at: usize) -> usize {
        let ends = |b: &u8| *b == self.delimiter || matches!(b, b'\n' | b'\r');
        self.bytes.get(at..).and_then(|rest| rest.iter().position(ends)).map_or(self.bytes.len(), |n| at + n)
    }
}

/// A first line `sep=;`, as Excel takes it: where the table starts, and what stands between its cells.
fn excel_hint(text: &str) -> (usize, Option<u8>) {
    let line = text.lines().next().unwrap_or_default();
    match line.trim_end().as_bytes() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] if delimiter.is_ascii_punctuation() => {
            (line.len(), Some(*delimiter))
        }
        _ => (0, None),
    }
}

/// What stands most often in the header line outside of quotes; of alikes the rarer one in plain text.
fn found_delimiter(text: &str) -> u8 {
    let candidates = [b',', b';', b'\t'];
    let mut counts = [0; 3];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\r' | b'\n' if !quoted => break,
            _ if quoted => {}
            byte => counts.iter_mut().zip(candidates).for_each(|(count, c)| *count += usize::from(c == byte)),
        }
    }
    // Of those that stand there alike the last one counts.
    candidates.into_iter().zip(counts).max_by_key(|(_, count)| *count).map_or(b',', |(candidate, _)| candidate)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::*;

    fn table(text: &str) -> (Option<Table>, Vec<Diagnostic>) {
        let mut faults = Faults::default();
        let source = Source { name: "t.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        let table = Table::read(&source, Format::default(), &mut faults);
        (table, faults.into_lists(&[]).0)
    }

    #[track_caller]
    fn rows(text: &str) -> Vec<Vec<String>> {
        let table = table(text).0.unwrap();
        let cells = |row| (0..table.headers().count()).map(|column| table.cell(row, column).to_owned()).collect();
        (0..table.len()).map(cells).collect()
    }

    #[test]
    fn lines_end_and_cells_are_parted_in_many_ways() {
        for text in [
            "a,b\nx,y\n",
            "a,b\r\nx,y",
            "a,b\rx,y\r",
            "a;b\nx;y\n",
            "a\tb\nx\ty",
            "\n\nsep=|\na|b\nx|y",
            "sep=;\r\na;b\r\nx;y",
        ] {
            let text = text.trim_start_matches('\n');
            assert_eq!(rows(text), [["x", "y"]], "{text:?}");
        }
        assert_eq!(rows("a;\"b, c, d\"\nx;y\n"), [["x", "y"]]);
        assert_eq!(rows("a,b\n ,\n,\n\n\"x \n1\", y\u{a0}\n"), [["x \n1", "y"]]);
    }

    #[test]
    fn places_are_lines_and_cells_of_the_file() {
        let text = "a,b\r\n\r\n\"x\r\ny\",\"say \"\"hi\"\"\"\r\n,z\r\n";
        let table = table(text).0.unwrap();
        let place = table.place(0, 1);
        assert_eq!(
            (place.line, &place.source[place.span.clone()], place.cell.as_str()),
            (4, "say \"\"hi\"\"", "say \"hi\"")
        );
        let place = table.place(0, 0);
        assert_eq!((place.line, &place.source[place.span]), (3, "x"));
        assert_eq!((table.place(1, 1).line, table.place(1, 1).column.as_deref()), (5, Some("b")));
        let missing = table.place(1, 7);
        assert_eq!((missing.line, missing.span), (5, 2..2));
    }

    #[test]
    fn an_open_quote_does_not_hide_what_stands_below() {
        let (table, faults) = table("a,b\n1,\"x\n2,y\n3,\"z\n4,w\n5,\"v\n6,u\n");
        let table = table.unwrap();
        assert_eq!(
            faults.iter().map(|f| (f.code, f.place.as_ref().unwrap().line)).collect::<Vec<_>>(),
            [("open-quote", 6)]
        );
        assert_eq!(table.cell(table.len() - 1, 0), "6");
    }

    proptest! {
        #[test]
        fn cells_stand_where_their_text_is(pieces in prop::collection::vec(prop::sample::select(&["a", "é", ",", "\"", "\n", "\r\n", " "][..]), 0..40)) {
            let text = pieces.concat();
            if let Some(table) = table(&text).0 {
                for row in std::iter::once(&table.headers).chain(&table.rows) {
                    let raw: Vec<RawCell> = table.cells_from(row.start).collect();
                    assert_eq!(raw.len(), row.cells.len(), "{text:?}");
                    for (raw, cell) in raw.iter().zip(&row.cells) {
                        let shown = &table.file.text[raw.span.clone()];
                        let plain = |text: &str| text.replace('"', "");
                        assert_eq!(plain(shown), plain(cell), "{text:?}");
                    }
                }
            }
        }
    }
}
