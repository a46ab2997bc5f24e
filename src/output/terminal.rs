//! Tables for a terminal, as wide as it is.

use tabled::Table;
use tabled::builder::Builder;
use tabled::settings::formatting::{AlignmentStrategy, TrimStrategy};
use tabled::settings::object::Columns;
use tabled::settings::{Modify, Style, Width};
use unicode_width::UnicodeWidthStr;

use super::markdown::heading;
use super::text::printable;
use super::{Cell, Section, Sheet};

/// The narrowest that a table is fitted to, in columns of the terminal.
pub const NARROWEST: usize = 40;

/// Stands for the blanks that a line is not to be broken at, until the table is laid out.
const UNBROKEN: char = '\u{A0}';

/// The sheet as tables of at most `width` columns (at least [`NARROWEST`]), each section under its title; the titles
/// stand out when `colour`. Where the words of a table do not fit side by side, each row becomes a list.
pub fn terminal(sheet: &Sheet, width: usize, colour: bool) -> String {
    let sections: Vec<_> = sheet.sections.iter().map(|section| one(&sheet.columns, section, width, colour)).collect();
    sections.join("\n")
}

fn one(columns: &[String], section: &Section, width: usize, colour: bool) -> String {
    let width = width.max(NARROWEST);
    let headings: Vec<_> = columns.iter().map(|c| heading(c)).collect();
    let rows: Vec<Vec<_>> = section.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
    let table = match widths(&headings, &rows, width) {
        Some(widths) => grid(headings, rows, &widths),
        None => lists(&headings, &rows, width),
    };
    format!("{}{}", title(&section.title, colour), table.replace(UNBROKEN, " "))
}

/// A cell in one line; the names of a list stay whole.
fn shown(cell: &Cell) -> String {
    match cell {
        Cell::List(texts) => {
            let whole = |text: &String| printable(text).replace(' ', &UNBROKEN.to_string());
            texts.iter().map(whole).collect::<Vec<_>>().join(", ")
        }
        cell => printable(&cell.shown("")),
    }
}

/// How wide each column may be for the table to fit, the widest giving way first and no word being broken; `None`
/// when that cannot be.
fn widths(headings: &[String], rows: &[Vec<String>], width: usize) -> Option<Vec<usize>> {
    let room = width.checked_sub(3 * headings.len() + 1)?;
    let cells = |i: usize| rows.iter().filter_map(move |row| row.get(i)).chain(&headings[i..=i]);
    let longest_word = |text: &String| text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
    let least: Vec<_> = (0..headings.len()).map(|i| cells(i).map(longest_word).max().unwrap_or(0)).collect();
    let mut widths: Vec<_> = (0..headings.len()).map(|i| cells(i).map(|c| c.width()).max().unwrap_or(0)).collect();
    while widths.iter().sum::<usize>() > room {
        let wide = (0..widths.len()).filter(|&i| widths[i] > least[i]).max_by_key(|&i| widths[i])?;
        widths[wide] -= 1;
    }
    Some(widths)
}

/// Columns side by side.
fn grid(headings: Vec<String>, rows: Vec<Vec<String>>, widths: &[usize]) -> String {
    let mut table = Builder::from_iter(std::iter::once(headings).chain(rows)).build();
    table.with(Style::rounded());
    for (i, &width) in widths.iter().enumerate() {
        wrap(&mut table, i, width);
    }
    format!("{table}\n")
}

/// Each row as a list of headings and values, parted by blank lines.
fn lists(headings: &[String], rows: &[Vec<String>], width: usize) -> String {
    let label = headings.iter().map(|h| h.width()).max().unwrap_or(0);
    let list = |row: &Vec<String>| {
        let mut table = Builder::from_iter(headings.iter().zip(row).map(|(h, value)| [h, value])).build();
        table.with(Style::blank());
        wrap(&mut table, 1, width.saturating_sub(label + "     ".len()));
        table.to_string().lines().map(|line| format!("{}\n", line.trim_end())).collect::<String>()
    };
    rows.iter().map(list).collect::<Vec<_>>().join("\n")
}

/// Breaks the cells of a column between words; no line begins with the blank that it was broken at.
fn wrap(table: &mut Table, column: usize, width: usize) {
    table.with(Modify::new(Columns::one(column)).with(Width::wrap(width).keep_words(true)));
    table.with(AlignmentStrategy::PerLine).with(TrimStrategy::Horizontal);
}

fn title(text: &str, colour: bool) -> String {
    match (printable(text), colour) {
        (text, _) if text.is_empty() => text,
        (text, true) => format!("\u{1b}[1m{text}\u{1b}[0m\n"),
        (text, false) => format!("{text}\n"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;
    use crate::output::sample::{event, schedule};
    use crate::output::views::by_round;

    #[test]
    fn a_round_is_a_table() {
        let expected = "\
Round 1 · 13:30-13:42
╭───────┬──────────────────┬───────┬──────────────────────────╮
│ table │ expert           │ topic │ mentees                  │
├───────┼──────────────────┼───────┼──────────────────────────┤
│ T1    │ Dr. Amara Okafor │ Data  │ Ana Brandt, 山田 太郎 👩‍⚕️ │
╰───────┴──────────────────┴───────┴──────────────────────────╯
";
        let shown = terminal(&by_round(&event(), &schedule()), 80, false);
        assert!(shown.starts_with(expected), "{shown}");
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }

    #[test]
    fn names_stay_whole_and_rows_become_lists_when_it_is_narrow() {
        let group = Cell::List(vec!["Ana Brandt".into(), "Katarzyna Lewandowska".into()]);
        let row = vec!["T1".into(), "Dr. Amara Okafor".into(), "Interoperability (HL7, FHIR)".into(), group];
        let sheet = Sheet::plain(&["table", "expert", "topic", "mentees"], vec![row]);
        let wrapped = "\
╭───────┬────────────┬──────────────────┬───────────────────────╮
│ table │ expert     │ topic            │ mentees               │
├───────┼────────────┼──────────────────┼───────────────────────┤
│ T1    │ Dr. Amara  │ Interoperability │ Ana Brandt,           │
│       │ Okafor     │ (HL7, FHIR)      │ Katarzyna Lewandowska │
╰───────┴────────────┴──────────────────┴───────────────────────╯
";
        assert_eq!(terminal(&sheet, 65, false), wrapped);
        let listed = "
 table     T1
 expert    Dr. Amara Okafor
 topic     Interoperability (HL7, FHIR)
 mentees   Ana Brandt,
           Katarzyna Lewandowska
";
        assert_eq!(format!("\n{}", terminal(&sheet, 40, false)), listed);
    }

    proptest! {
        #[test]
        fn every_line_fits(names in prop::collection::vec("[a-z 山é👩‍⚕️\u{301}]{0,70}", 1..5), width in 40usize..120) {
            let rows = names.iter().map(|n| vec!["T1".into(), n.as_str().into(), "13:30-13:42".into(), n.as_str().into()]);
            let sheet = Sheet::plain(&["table", "expert", "time", "mentees"], rows.collect());
            for line in terminal(&sheet, width, false).lines() {
                prop_assert!(line.width() <= width, "{} > {width}: {line}", line.width());
            }
        }
    }
}
