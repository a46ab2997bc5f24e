//! Tables for a terminal, as wide as it is.

use tabled::builder::Builder;
use tabled::settings::formatting::{AlignmentStrategy, TrimStrategy};
use tabled::settings::peaker::PriorityMax;
use tabled::settings::{Style, Width};

use super::markdown::heading;
use super::text::printable;
use super::{Section, Sheet};

/// The narrowest that a table is fitted to, in columns of the terminal.
pub const NARROWEST: usize = 40;

/// The sheet as tables of at most `width` columns (at least [`NARROWEST`]), each section under its title; the titles
/// stand out when `colour`.
pub fn terminal(sheet: &Sheet, width: usize, colour: bool) -> String {
    let sections: Vec<_> = sheet.sections.iter().map(|section| one(&sheet.columns, section, width, colour)).collect();
    sections.join("\n")
}

fn one(columns: &[String], section: &Section, width: usize, colour: bool) -> String {
    let mut builder = Builder::default();
    builder.push_record(columns.iter().map(|c| heading(c)));
    for cells in &section.rows {
        builder.push_record(cells.iter().map(|cell| printable(&cell.shown(", "))));
    }
    let mut table = builder.build();
    let width = width.max(NARROWEST);
    table.with(Style::rounded()).with(Width::wrap(width).keep_words(true).priority(PriorityMax::right()));
    // A cell that was wrapped between words begins no line with the blank.
    table.with(AlignmentStrategy::PerLine).with(TrimStrategy::Horizontal);
    format!("{}{table}\n", title(&section.title, colour))
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
