//! What people wrote and what the organizer called things, as pages and calendars have them.

use std::fmt::{Display, Write};

use chrono::DateTime;
use chrono::Datelike;
use chrono::format::{Fixed, Item, StrftimeItems};
use chrono_tz::Tz;
use unicode_normalization::char::is_combining_mark;

use crate::domain::Text;

/// Marks on a letter that are printed: scripts need no more, and a tower of them lies on the lines around it.
const MARKS: usize = 6;

/// Text that came from a form, without what no page shows (line ends and control characters), what turns the
/// direction of writing, towers of marks, and addresses: nobody's e-mail is for others.
pub(super) fn shown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !shown.is_empty() {
            shown.push(' ');
        }
        match holds_address(word) {
            true => shown.push('…'),
            false => extend(&mut shown, word),
        }
    }
    shown
}

fn extend(shown: &mut String, word: &str) {
    let mut marks = 0;
    for c in word.chars().filter(|c| !c.is_control() && !turns(*c)) {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MARKS {
            shown.push(c);
        }
    }
}

/// Whether a character turns the direction of what comes after it, whatever its script.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether an `@` of the word has a name before it and a host with a dot behind it.
fn holds_address(word: &str) -> bool {
    word.match_indices('@').any(|(at, _)| {
        let named = word[..at].ends_with(|c: char| c.is_alphanumeric() || "._%+-".contains(c));
        let mut parts = word[at + 1..].split('.');
        let host = parts.next().is_some_and(|part| part.starts_with(char::is_alphanumeric));
        named && host && parts.next().is_some_and(|part| part.starts_with(char::is_alphanumeric))
    })
}

/// A label about a value: `Round {}` about 3 is `Round 3`.
pub(super) fn about(label: &str, value: impl Display) -> String {
    match label.split_once("{}") {
        Some((before, after)) => format!("{before}{value}{after}"),
        None => format!("{label} {value}").trim_start().to_owned(),
    }
}

/// A clock time in the organizer's format.
pub(super) fn clock(text: &Text, time: DateTime<Tz>) -> String {
    formatted(text, &text.clock, time)
}

/// A date in the organizer's format.
pub(super) fn date(text: &Text, time: DateTime<Tz>) -> String {
    formatted(text, &text.date, time)
}

fn formatted(text: &Text, format: &str, time: DateTime<Tz>) -> String {
    let weekday = text.weekdays.get(time.weekday().num_days_from_monday() as usize);
    let month = text.months.get(time.month0() as usize);
    let mut words = String::new();
    for item in StrftimeItems::new(format) {
        let own = match &item {
            Item::Fixed(Fixed::LongWeekdayName) => weekday,
            Item::Fixed(Fixed::LongMonthName) => month,
            _ => None,
        };
        match own {
            Some(own) => words.push_str(own),
            // A format is checked when it is read, and then a part of it cannot fail.
            None => drop(write!(words, "{}", time.format_with_items(std::iter::once(item)))),
        }
    }
    words
}

/// A text as a string of CSS, with nothing in it that a style sheet or a page would obey.
pub(super) fn css_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c.is_ascii_alphanumeric() || c == ' ' {
            true => quoted.push(c),
            false => drop(write!(quoted, "\\{:x} ", u32::from(c))),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use chrono_tz::Europe::Berlin;

    use super::*;

    #[test]
    fn addresses_and_control_characters_are_not_printed() {
        assert_eq!(shown("write to ana@example.org, please"), "write to … please");
        assert_eq!(shown("(ana.b+x@mail.example.org)"), "…");
        assert_eq!(shown("Ana \u{202e}gnp\u{202c}.exe \u{2067}x"), "Ana gnp.exe x");
        assert_eq!(shown(&format!("Z{}al Thị", "\u{301}".repeat(40))), format!("Z{}al Thị", "\u{301}".repeat(MARKS)));
        assert_eq!(shown("Ana\u{1b}[2J\r\nB\u{0}"), "Ana[2J B");
        assert_eq!(shown("=SUM(A1) @home <b> a@b"), "=SUM(A1) @home <b> a@b");
    }

    #[test]
    fn a_label_stands_about_its_value() {
        assert_eq!(about("Round {}", 3), "Round 3");
        assert_eq!(about("第{}回", 3), "第3回");
        assert_eq!(about("Runde", 3), "Runde 3");
        assert_eq!(about("", 3), "3");
    }

    #[test]
    fn dates_have_the_names_that_the_organizer_gave() {
        let time = Berlin.with_ymd_and_hms(2027, 3, 9, 13, 5, 0).single().expect("a time that exists once");
        let mut text = Text::default();
        assert_eq!((clock(&text, time), date(&text, time)), ("13:05".into(), "Tuesday, 9 March 2027".into()));
        text.weekdays = ["Montag", "Dienstag", "Mittwoch", "", "", "", ""].map(str::to_owned).to_vec();
        text.months = vec!["März".to_owned(); 12];
        text.date = "%A, %-d. %B %Y".to_owned();
        text.clock = "%-I:%M %p".to_owned();
        assert_eq!((clock(&text, time), date(&text, time)), ("1:05 PM".into(), "Dienstag, 9. März 2027".into()));
    }

    #[test]
    fn a_string_of_css_cannot_end_itself() {
        assert_eq!(css_string("A</style>\"\\"), r#""A\3c \2f style\3e \22 \5c ""#);
    }
}
