//! XLSX, for spreadsheets: a workbook of sheets that can be filtered and printed.
//!
//! Text is written as text and never as a formula or a link, so that what came from a form stays what it is; where a
//! spreadsheet would run it once somebody edits the cell, the cell is marked as text.

use chrono::{DateTime, Datelike, NaiveDateTime, Timelike, Utc};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::csv::is_formula;
use super::markdown::heading;
use super::{Cell, Sheet};

/// What the cell of a spreadsheet holds, in UTF-16 units.
const CELL: usize = 32_767;
/// The narrowest and the widest that a column is made for its cells, in characters; what is longer is broken.
const WIDTH: (usize, usize) = (6, 60);
/// The room of the button that filters a column, in characters.
const BUTTON: usize = 3;
/// How a moment is shown: in a form that sorts right and that no locale misreads.
const MOMENT: &str = "yyyy-mm-dd hh:mm";
/// How wide that is.
const MOMENT_WIDTH: usize = 16;

/// A sheet and what it is called.
pub type Named = (&'static str, Sheet);

/// The sheets as a workbook that is called `title`. The same sheets, title and moment (`made`, of the plan) give the
/// same bytes. Fails when a sheet has more than 1,048,575 rows or 16,384 columns.
pub fn xlsx(sheets: &[Named], title: &str, made: DateTime<Utc>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new().set_title(safe(title));
    if let Ok(made) = moment(made.naive_utc()) {
        properties = properties.set_creation_datetime(&made);
    }
    workbook.set_properties(&properties);
    let formats = Formats::new();
    for (name, sheet) in sheets {
        // Rows go to a temporary file as they are written: cells of a large event need not all be held.
        write(workbook.add_worksheet_with_constant_memory()?.set_name(*name)?, sheet, &formats)?;
    }
    workbook.save_to_buffer()
}

/// How cells look.
struct Formats {
    header: Format,
    cell: Format,
    /// Of text that would be a formula if it were typed.
    guarded: Format,
    moment: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = Format::new().set_align(FormatAlign::Top).set_align(FormatAlign::Left).set_text_wrap();
        let header = cell.clone().set_bold().set_background_color(Color::RGB(0x00E7_ECF1));
        Formats {
            header: header.set_border_bottom(FormatBorder::Thin),
            guarded: cell.clone().set_quote_prefix(),
            moment: cell.clone().set_num_format(MOMENT),
            cell,
        }
    }
}

fn write(worksheet: &mut Worksheet, sheet: &Sheet, formats: &Formats) -> Result<(), XlsxError> {
    let mut widths = Vec::new();
    for (column, name) in (0..).zip(sheet.headings()) {
        let name = heading(name);
        widths.push(name.width() + BUTTON);
        worksheet.write_string_with_format(0, column, name, &formats.header)?;
    }
    let mut last = 0;
    for (row, cells) in (1..).zip(sheet.rows()) {
        for ((column, cell), width) in (0..).zip(cells).zip(&mut widths) {
            *width = (*width).max(write_cell(worksheet, row, column, cell, formats)?);
        }
        last = row;
    }
    for (column, width) in (0..).zip(&widths) {
        worksheet.set_column_width(column, (*width).clamp(WIDTH.0, WIDTH.1) as f64 + 1.0)?;
    }
    if let Some(rightmost) = widths.len().checked_sub(1) {
        worksheet.autofilter(0, 0, last, u16::try_from(rightmost).unwrap_or(u16::MAX))?;
    }
    worksheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Writes a cell and gives its width in characters.
fn write_cell(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<usize, XlsxError> {
    match cell {
        Cell::Number(number) => {
            worksheet.write_number_with_format(row, column, *number as f64, &formats.cell)?;
            return Ok(number.to_string().len());
        }
        Cell::Time(time) => {
            if let Ok(moment) = moment(time.naive_local()) {
                worksheet.write_datetime_with_format(row, column, &moment, &formats.moment)?;
                return Ok(MOMENT_WIDTH);
            }
        }
        Cell::Text(_) | Cell::List(_) | Cell::Nothing(_) => {}
    }
    let text = safe(&cell.shown("; "));
    let format = if is_formula(&text) { &formats.guarded } else { &formats.cell };
    let width = text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    worksheet.write_string_with_format(row, column, text, format)?;
    Ok(width)
}

/// The moment as spreadsheets count it: from 1900 on, in whole seconds.
fn moment(time: NaiveDateTime) -> Result<ExcelDateTime, XlsxError> {
    let [month, day, hour, minute, second] =
        [time.month(), time.day(), time.hour(), time.minute(), time.second()].map(|part| part as u8);
    let year = u16::try_from(time.year()).unwrap_or(0);
    ExcelDateTime::from_ymd(year, month, day)?.and_hms(hour.into(), minute, second)
}

/// `text` without characters that XML does not have or that nobody typed, and as long as a cell may be.
fn safe(text: &str) -> String {
    let tame = |c: char| match c {
        '\n' | '\t' => c,
        c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    let text: String = text.replace("\r\n", "\n").chars().map(tame).collect();
    if text.len() <= CELL || text.encode_utf16().count() <= CELL {
        return text;
    }
    let mut left = CELL - 1;
    let fits = |c: &char| {
        let fits = left >= c.len_utf16();
        left -= if fits { c.len_utf16() } else { left };
        fits
    };
    text.chars().take_while(fits).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Range, Reader, Xlsx};

    use super::*;
    use crate::output::sample::{event, schedule};
    use crate::output::{exports, views};

    fn workbook(sheets: &[Named]) -> Xlsx<Cursor<Vec<u8>>> {
        let bytes = xlsx(sheets, "Event <&>", DateTime::UNIX_EPOCH).expect("it fits");
        Xlsx::new(Cursor::new(bytes)).expect("it is a workbook")
    }

    fn cells(range: &Range<Data>) -> Vec<Vec<String>> {
        range.rows().map(|row| row.iter().map(Data::to_string).collect()).collect()
    }

    #[test]
    fn a_sheet_reads_back_as_it_was() {
        let (event, schedule) = (event(), schedule());
        let sheets = [("Rounds", views::by_round(&event, &schedule)), ("Seats", exports::seats(&event, &schedule))];
        let mut read = workbook(&sheets);
        assert_eq!(read.sheet_names(), ["Rounds", "Seats"]);
        let rounds = cells(&read.worksheet_range("Rounds").unwrap());
        assert_eq!(rounds[0], ["round", "time", "table", "expert", "topic", "mentees"]);
        assert_eq!(rounds[1], ["1", "13:30-13:42", "T1", "Dr. Amara Okafor", "Data", "Ana Brandt; 山田 太郎 👩‍⚕️"]);
        assert_eq!(rounds[2][5], "Cy\u{fffd}[31m <b>|");
        assert_eq!(rounds[3][3], "=HYPERLINK(\"x\")");
        let seats = read.worksheet_range("Seats").unwrap();
        let Some(Data::DateTime(start)) = seats.get_value((1, 1)) else { panic!("{:?}", seats.get_value((1, 1))) };
        assert_eq!(start.to_ymd_hms_milli(), (2027, 3, 9, 13, 30, 0, 0));
        for sheet in ["Rounds", "Seats"] {
            assert_eq!(read.worksheet_formula(sheet).unwrap().used_cells().count(), 0);
        }
    }

    #[test]
    fn what_a_spreadsheet_cannot_hold_is_cut_or_replaced() {
        assert_eq!(safe("a\r\nb\tc\0\u{9b}\u{ffff}"), "a\nb\tc\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(safe(&"x".repeat(CELL)), "x".repeat(CELL));
        let long = safe(&"👩".repeat(CELL));
        assert_eq!((long.encode_utf16().count(), long.ends_with("👩…")), (CELL, true));
        let odd = safe(&format!("x{}", "👩".repeat(CELL)));
        assert_eq!((odd.encode_utf16().count(), odd.ends_with("👩…")), (CELL - 1, true));
        let texts = ["_x0041_", " kept ", "", "http://example.org", "'=x", &"é".repeat(40_000)].map(Cell::from);
        let mut read = workbook(&[("S", Sheet::plain(&["a", "b", "c", "d", "e", "f"], vec![texts.to_vec()]))]);
        let row = cells(&read.worksheet_range("S").unwrap()).remove(1);
        assert_eq!(row[..5], ["_x0041_", " kept ", "", "http://example.org", "'=x"]);
        assert_eq!(row[5].chars().count(), CELL);
    }

    #[test]
    fn an_empty_sheet_has_its_headings_and_too_large_a_sheet_is_refused() {
        let mut read = workbook(&[("S", Sheet::plain(&["a", "b"], Vec::new()))]);
        assert_eq!(cells(&read.worksheet_range("S").unwrap()), [["a", "b"]]);
        let wide = Sheet::plain(&vec!["a"; 16_385], Vec::new());
        let refused = xlsx(&[("S", wide)], "", DateTime::UNIX_EPOCH);
        assert!(matches!(refused, Err(XlsxError::RowColumnLimitError)), "{refused:?}");
    }
}
