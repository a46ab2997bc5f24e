//! A sheet of a workbook: what it is called, and where its cells are.

use super::Row;
use crate::input::diagnostic::Place;
use crate::input::lines::excerpt;
use crate::input::text;

/// A sheet of a workbook.
pub(super) struct SheetOfWorkbook {
    /// The file and the sheet, as `people.xlsx#Mentees`.
    pub name: String,
    /// How many sheets there are, when this one was taken because it is the first.
    pub first_of: Option<usize>,
}

/// A cell whose formula came to an error.
pub(super) struct ErrorInCell {
    /// The number of its row, from 1.
    pub row: usize,
    /// The position of its column, from 0.
    pub column: usize,
    /// The error as a person sees it, such as `#REF!`.
    pub shown: String,
}

impl SheetOfWorkbook {
    /// How it is written, for people.
    pub fn written(&self) -> String {
        match self.first_of {
            Some(count) if count > 1 => format!("XLSX, the first of {count} sheets"),
            _ => "XLSX".to_owned(),
        }
    }

    /// The place of a cell under a header; the line that people are shown is the row, its cells parted by bars.
    pub fn place(&self, row: &Row, column: usize, header: Option<String>) -> Place {
        let (mut source, mut span) = (String::new(), 0..0);
        for (i, cell) in row.cells.iter().enumerate() {
            if i > 0 {
                source += " | ";
            }
            let start = source.len();
            source += &text::one_line(cell);
            if i == column {
                span = start..source.len();
            }
        }
        if column >= row.cells.len() {
            span = source.len()..source.len();
        }
        let (source, span) = excerpt(&source, span);
        let cell = row.cells.get(column).unwrap_or_default().to_owned();
        let reference = Some(reference(row.at, column));
        Place { file: self.name.clone(), line: row.at, column: header, cell, source, span, reference }
    }
}

/// What a spreadsheet calls a cell: `D5` for row 5 and column 3.
pub(super) fn reference(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    format!("{}{row}", letters.iter().rev().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_spreadsheets_call_them() {
        let called: Vec<_> = [0, 25, 26, 701, 702, 16_383].into_iter().map(|column| reference(7, column)).collect();
        assert_eq!(called, ["A7", "Z7", "AA7", "ZZ7", "AAA7", "XFD7"]);
    }

    #[test]
    fn a_cell_is_found_in_its_row() {
        let sheet = SheetOfWorkbook { name: "p.xlsx#S".into(), first_of: None };
        let row = Row { cells: csv::StringRecord::from(vec!["Ana", "two\nlines", ""]), at: 9 };
        let place = sheet.place(&row, 1, Some("goal".into()));
        assert_eq!((place.source.as_str(), &place.source[place.span.clone()]), ("Ana | two lines | ", "two lines"));
        assert_eq!((place.line, place.cell.as_str(), place.reference.as_deref()), (9, "two\nlines", Some("B9")));
        assert_eq!(sheet.place(&row, 7, None).span, 18..18);
    }
}
