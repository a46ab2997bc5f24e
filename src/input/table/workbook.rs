//! A sheet of an XLSX workbook as rows of text.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use csv::StringRecord;

use super::sheet::{ErrorInCell, SheetOfWorkbook, reference};
use super::{Row, Sheet, package, shown};
use crate::input::decode::too_large;
use crate::input::diagnostic::{Diagnostic, Faults};
use crate::input::text::{key, quoted, trim};
use crate::input::{Source, limits, meant};

/// What a ZIP package starts with.
const ZIP: &[u8] = b"PK\x03\x04";
/// What older Office files start with, and those that are locked with a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0";
/// How the names of workbooks end.
const ENDINGS: [&str; 2] = [".xlsx", ".xlsm"];

/// A workbook in memory.
type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;
/// Why a workbook cannot be read.
type Fault = Box<Diagnostic>;

/// A cell with text: the number of its row from 1, and the position of its column from 0.
struct Cell {
    row: usize,
    column: usize,
    text: String,
}

/// Whether a file is a workbook, or should be one by its name.
pub(super) fn is_meant(source: &Source) -> bool {
    let name = source.name.to_ascii_lowercase();
    source.bytes.starts_with(ZIP) || source.bytes.starts_with(OLE) || ENDINGS.iter().any(|end| name.ends_with(end))
}

/// The file and the sheet of a name such as `people.xlsx#Mentees`.
pub(in crate::input) fn file_and_sheet(name: &str) -> (&str, Sheet<'_>) {
    let lower = name.to_ascii_lowercase();
    let end = ENDINGS.iter().filter_map(|end| Some(lower.find(&format!("{end}#"))? + end.len())).min();
    match end.and_then(|end| Some((name.get(..end)?, name.get(end + 1..)?))) {
        Some((file, sheet)) => (file, Sheet::Called(sheet)),
        None => (name, Sheet::First),
    }
}

/// The rows of a sheet, the header among them, and its cells that hold errors; `None`, with a fault, when it cannot
/// be read.
pub(super) fn read(
    source: &Source,
    sheet: Sheet,
    faults: &mut Faults,
) -> Option<(SheetOfWorkbook, Vec<Row>, Vec<ErrorInCell>)> {
    if let Some(fault) = too_large(source).or_else(|| locked_or_old(source)).or_else(|| package::fault(source)) {
        faults.add(fault);
        return None;
    }
    let read = open(source).and_then(|mut workbook| {
        let (name, first_of) = chosen(&workbook, source, sheet)?;
        let origin = SheetOfWorkbook { name: format!("{}#{name}", source.name), first_of };
        let (cells, errors) = cells(&mut workbook, &name, &origin, source)?;
        Ok((rows(cells, &origin)?, errors, origin))
    });
    match read {
        Ok((rows, errors, origin)) => Some((origin, rows, errors)),
        Err(fault) => {
            faults.add(*fault);
            None
        }
    }
}

/// What is wrong with a file of another kind than a ZIP package.
fn locked_or_old(source: &Source) -> Option<Diagnostic> {
    let name = &source.name;
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let fault = |message: String| Diagnostic::error("not-a-table", message);
    if !source.bytes.starts_with(OLE) {
        let other = || fault(format!("`{name}` is no XLSX file, whatever its name says"));
        let hint = "save it as XLSX in a spreadsheet, or name it `.csv` if it is text";
        return (!source.bytes.starts_with(ZIP)).then(|| other().hint(hint));
    }
    Some(match source.bytes.windows(locked.len()).any(|window| window == locked) {
        true => fault(format!("`{name}` is locked with a password")).hint("save it without one, or as CSV (UTF-8)"),
        false => fault(format!("`{name}` is an old spreadsheet (.xls), which is not read"))
            .hint("save it as XLSX or as CSV (UTF-8) and name that file"),
    })
}

fn open(source: &Source) -> Result<Workbook<'_>, Fault> {
    Xlsx::new(Cursor::new(source.bytes.as_slice())).map_err(|_| package::damaged(source).into())
}

/// The name of the sheet that is meant, and how many there are when it is taken for being the first.
fn chosen(workbook: &Workbook, source: &Source, sheet: Sheet) -> Result<(String, Option<usize>), Fault> {
    let all = workbook.sheets_metadata();
    let sheets: Vec<_> = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    let called = |name: &str| {
        let alike = || sheets.iter().find(|sheet| key(&sheet.name) == key(name));
        sheets.iter().find(|sheet| sheet.name == name).or_else(alike).map(|sheet| sheet.name.clone())
    };
    let first = || {
        let seen: Vec<_> = sheets.iter().filter(|sheet| sheet.visible == SheetVisible::Visible).collect();
        let first = seen.first().map(|sheet| (sheet.name.clone(), Some(seen.len())));
        let none = Diagnostic::error("no-such-sheet", format!("`{}` has no sheet that can be seen", source.name));
        first.ok_or_else(|| none.hint("show the sheet that is meant, or name it, as `people.xlsx#Mentees`").into())
    };
    match sheet {
        Sheet::First => first(),
        Sheet::CalledIfThere(name) => called(name).map_or_else(first, |name| Ok((name, None))),
        Sheet::Called(name) => called(name).map(|name| (name, None)).ok_or_else(|| {
            let message = format!("`{}` has no sheet {}", source.name, quoted(name));
            let names = || sheets.iter().map(|sheet| sheet.name.as_str());
            let hint = meant(name, names()).unwrap_or_else(|| {
                let names: Vec<_> = names().take(30).map(quoted).collect();
                format!("its sheets are {}", names.join(", "))
            });
            Diagnostic::error("no-such-sheet", message).hint(hint).into()
        }),
    }
}

/// The cells that hold text, in their order, and those that hold errors.
fn cells(
    workbook: &mut Workbook,
    name: &str,
    origin: &SheetOfWorkbook,
    source: &Source,
) -> Result<(Vec<Cell>, Vec<ErrorInCell>), Fault> {
    let damaged = |error: XlsxError| match error {
        // Those that the library does not know are newer than it.
        XlsxError::CellError(error) => Diagnostic::error(
            "error-in-cell",
            format!("a cell of `{}` holds the error {}", origin.name, quoted(&error)),
        )
        .hint("mend its formula, or write what it should say"),
        _ => package::damaged(source),
    };
    let mut reader = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let zeros: Vec<usize> = reader.styles().iter().map(shown::zeros).collect();
    let (mut cells, mut errors, mut bytes) = (Vec::new(), Vec::new(), 0);
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize + 1, column as usize);
        let text = shown::shown(cell.get_value(), zeros.get(style).copied().unwrap_or(0));
        if trim(&text).is_empty() {
            continue;
        }
        if row > limits::ROWS || column >= limits::COLUMNS {
            let message = format!("the cell {} of `{}` is too far off", reference(row, column), origin.name);
            let hint = format!("a table may have {} rows and {} columns: clear it", limits::ROWS, limits::COLUMNS);
            return Err(Diagnostic::error("too-large", message).hint(hint).into());
        }
        bytes += text.len();
        if bytes > limits::TABLE_BYTES {
            return Err(too_much(origin, &format!("{} MiB of text", limits::TABLE_BYTES >> 20)));
        }
        if matches!(cell.get_value(), DataRef::Error(_)) {
            errors.push(ErrorInCell { row, column, shown: text.clone() });
        }
        cells.push(Cell { row, column, text });
    }
    cells.sort_by_key(|cell: &Cell| (cell.row, cell.column));
    Ok((cells, errors))
}

fn too_much(origin: &SheetOfWorkbook, most: &str) -> Fault {
    let message = format!("`{}` holds more than the {most} that a table may have", origin.name);
    Diagnostic::error("too-large", message).hint("take only the rows and columns of this event").into()
}

/// The rows that hold text, each as long as the header at least: a sheet does not tell blank cells from missing ones.
fn rows(cells: Vec<Cell>, origin: &SheetOfWorkbook) -> Result<Vec<Row>, Fault> {
    let mut rows: Vec<Row> = Vec::new();
    let mut count = 0;
    for cells in cells.chunk_by(|a, b| a.row == b.row) {
        let Some((first, last)) = cells.first().zip(cells.last()) else { continue };
        let width = rows.first().map_or(0, |header| header.cells.len()).max(last.column + 1);
        count += width;
        if count > limits::CELLS {
            return Err(too_much(origin, &format!("{} cells", limits::CELLS)));
        }
        let mut record = StringRecord::new();
        for cell in cells {
            // Of two cells in one place, which no spreadsheet writes, the first counts.
            if cell.column >= record.len() {
                (record.len()..cell.column).for_each(|_| record.push_field(""));
                record.push_field(&cell.text);
            }
        }
        (record.len()..width).for_each(|_| record.push_field(""));
        rows.push(Row { cells: record, at: first.row });
    }
    Ok(rows)
}
