//! A text file with rows and columns, read as tools really write them, and the place of each cell in it.

use std::ops::Range;

use csv::{Position, ReaderBuilder, StringRecord};

use super::{Format, Row};
use crate::input::decode::decode;
use crate::input::diagnostic::{Diagnostic, Faults, Place};
use crate::input::lines::Text;
use crate::input::{Source, limits, text};

/// How the text of a table is written.
pub(super) struct Delimited {
    /// All of it.
    pub file: Text,
    /// The name of its encoding.
    pub encoding: &'static str,
    /// What stands between its cells.
    pub delimiter: u8,
}

impl Delimited {
    /// The text of a file and its rows, the header among them; `None`, with a fault, when it is no text.
    pub fn read(source: &Source, format: Format, faults: &mut Faults) -> Option<(Delimited, Vec<Row>)> {
        let (text, encoding) = decode(source, format.encoding, faults)?;
        let file = Text::new(source.name.clone(), text);
        let (mut start, said) = excel_hint(&file.text);
        let delimiter = format.delimiter.or(said).unwrap_or_else(|| found_delimiter(&file.text[start..]));
        let delimited = Delimited { file, encoding, delimiter };
        let mut rows = Vec::new();
        for _ in 0..limits::OPEN_QUOTES {
            match delimited.read_from(start, &mut rows, faults)? {
                Some(next) => start = next,
                None => break,
            }
        }
        Some((delimited, rows))
    }

    /// Reads the rows from byte `start`. When a quote stays open to the end of the file, tells where to go on.
    fn read_from(&self, start: usize, rows: &mut Vec<Row>, faults: &mut Faults) -> Option<Option<usize>> {
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
            if rows.len() > limits::ROWS {
                let message =
                    format!("`{}` has more than the {} rows that a table may have", self.file.name, limits::ROWS);
                faults.add(Diagnostic::error("too-large", message).hint("take only the rows of this event"));
                return None;
            }
            if cells.iter().any(|cell| !text::trim(cell).is_empty()) {
                rows.push(Row { cells: cells.clone(), at });
            }
        }
        Some(self.open_quote(rows, faults))
    }

    /// The line in which a row starts, from 1.
    pub fn line(&self, row: &Row) -> usize {
        self.file.line(row.at)
    }

    /// The place of a cell under a header.
    pub fn place(&self, row: &Row, column: usize, header: Option<String>) -> Place {
        let cell = row.cells.get(column).unwrap_or_default().to_owned();
        self.file.place(self.span(row, column), header, cell)
    }

    fn span(&self, row: &Row, column: usize) -> Range<usize> {
        let mut last = row.at..row.at;
        for (i, cell) in self.cells_from(row.at).enumerate() {
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
    fn open_quote(&self, rows: &mut Vec<Row>, faults: &mut Faults) -> Option<usize> {
        let row = rows.last()?;
        let (column, open) = self.cells_from(row.at).enumerate().find(|(_, cell)| cell.open)?;
        let line = self.file.line(open.span.start);
        let fault = Diagnostic::error("open-quote", format!("the quote in line {line} is never closed"))
            .hint("put a `\"` at the end of the cell, or take the one at its start away");
        let first_line = open.span.start..self.file.next_line(open.span.start);
        let cell = text::trim(self.file.text.get(first_line.clone()).unwrap_or_default()).to_owned();
        let header = rows.first().and_then(|headers| headers.cells.get(column)).map(text::one_line);
        faults.add_at(fault, || self.file.place(first_line.clone(), header, cell));
        rows.pop();
        Some(first_line.end)
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

    use super::super::{Origin, Sheet, Table};
    use super::*;

    fn table(text: &str) -> (Option<Table>, Vec<Diagnostic>) {
        let mut faults = Faults::default();
        let source = Source { name: "t.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        let table = Table::read(&source, Sheet::First, Format::default(), &mut faults);
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
            if let Some(Table { origin: Origin::Text(written), headers, rows }) = table(&text).0 {
                for row in std::iter::once(&headers).chain(&rows) {
                    let raw: Vec<RawCell> = written.cells_from(row.at).collect();
                    assert_eq!(raw.len(), row.cells.len(), "{text:?}");
                    for (raw, cell) in raw.iter().zip(&row.cells) {
                        let shown = &written.file.text[raw.span.clone()];
                        let plain = |text: &str| text.replace('"', "");
                        assert_eq!(plain(shown), plain(cell), "{text:?}");
                    }
                }
            }
        }
    }
}
