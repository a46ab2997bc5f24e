//! Text that came from a form, made fit to be shown.

use chrono::{DateTime, SecondsFormat};
use chrono_tz::Tz;

use crate::domain::{Event, RoundIx};

/// `text` without anything that a terminal would obey: control characters, and the marks that turn the direction
/// of what follows, each become `�`; line ends and tabs become blanks.
pub fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() || turns_direction(c) => '\u{FFFD}',
        c => c,
    };
    text.replace("\r\n", "\n").chars().map(shown).collect()
}

/// Bidirectional embeddings, overrides and isolates, which could make a line read as another one.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The time as other programs read it: `2027-03-09T13:30:00-06:00`.
pub fn timestamp(time: DateTime<Tz>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// A round's clock time as people read it: `13:30-13:42`, after its date where the event has several days.
pub fn clock(event: &Event, round: RoundIx) -> String {
    let round = event.rounds[round.index()];
    let first_day = event.rounds.first().map(|r| r.start.date_naive());
    let one_day = event.rounds.iter().all(|r| Some(r.start.date_naive()) == first_day);
    let start = if one_day { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    format!("{}-{}", round.start.format(start), round.end.format("%H:%M"))
}

/// `1 seat`, `2 seats`, `1,234 seats`; `many` is the plural.
pub fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n as i64), if n == 1 { one } else { many })
}

/// A number with its thousands set apart: `-12,345`.
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut text = String::from(if n < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `a`, `a and b`, `a, b and c`.
pub fn listed<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(printable("Ana\u{1b}[2J\tB\r\nC\u{202E}D\u{9b}"), "Ana\u{FFFD}[2J B C\u{FFFD}D\u{FFFD}");
        assert_eq!(printable("Zoë 山田 👩‍⚕️"), "Zoë 山田 👩‍⚕️");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        let shown: Vec<_> = [0, 999, 1_000, -1_234_567].into_iter().map(grouped).collect();
        assert_eq!(shown, ["0", "999", "1,000", "-1,234,567"]);
        assert_eq!(count(1, "seat", "seats"), "1 seat");
        assert_eq!(count(1_200, "seat", "seats"), "1,200 seats");
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["a"]), "a");
        assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
    }
}
