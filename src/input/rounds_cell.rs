//! Rounds as people write them: `3`, `1-3`, `1,4`, `not 2`, `none`, `13:30-14:15`, `All rounds`, `Rounds 1, 2, 3`.

use chrono::{NaiveDate, NaiveTime};

use super::text;
use crate::domain::{Round, RoundIx, RoundSet};

/// The rounds that a cell means; blank is `blank`. Else what is wrong with it, and what to do.
pub(super) fn rounds(cell: &str, rounds: &[Round], blank: RoundSet) -> Result<RoundSet, (String, String)> {
    let (mut there, mut not_there) = (None, RoundSet::NONE);
    let mut negative = false;
    let plain = plain(cell);
    for part in plain.split([',', ';', '\n', '&']).flat_map(|part| part.split(" and ")) {
        let mut part = part.trim();
        for not in ["not in ", "not ", "all but ", "all except ", "except ", "without "] {
            if let Some(rest) = part.strip_prefix(not) {
                (negative, part) = (true, rest.trim());
            }
        }
        if part.is_empty() {
            continue;
        }
        let set = part_of(part, rounds)?;
        if negative {
            not_there = not_there.or(set);
        } else {
            there = Some(there.unwrap_or(RoundSet::NONE).or(set));
        }
    }
    let all = RoundSet::all(rounds.len());
    let base = there.unwrap_or(if negative { all } else { blank });
    Ok(base.without(not_there))
}

/// One round by its number, as `3` or `Round 3`.
pub(super) fn one_round(cell: &str, count: usize) -> Result<RoundIx, (String, String)> {
    let plain = plain(cell);
    let number: usize = without_word(&plain).parse().map_err(|_| not_understood(cell))?;
    in_range(number, count)
}

/// In small letters, with plain dashes, without what stands in brackets.
fn plain(cell: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::with_capacity(cell.len());
    for c in cell.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => plain.push('-'),
            '\n' | '\r' => plain.push('\n'),
            c if text::is_blank(c) => plain.push(' '),
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

/// Without the word `round` or `rounds` before or after it.
fn without_word(part: &str) -> &str {
    let part = part.trim();
    let part = ["rounds", "round"].iter().find_map(|word| part.strip_prefix(word)).unwrap_or(part);
    let part = ["rounds", "round"].iter().find_map(|word| part.strip_suffix(word)).unwrap_or(part);
    part.trim().trim_start_matches('#')
}

fn part_of(part: &str, rounds: &[Round]) -> Result<RoundSet, (String, String)> {
    let said = without_word(part);
    match said {
        "all" | "any" | "every" | "all of them" | "" => return Ok(RoundSet::all(rounds.len())),
        "none" | "no" | "never" | "none of them" => return Ok(RoundSet::NONE),
        _ => {}
    }
    if let Ok(number) = said.parse() {
        return in_range(number, rounds.len()).map(|round| [round].into_iter().collect());
    }
    if let Some((from, to)) = said.split_once('-').or_else(|| said.split_once(" to "))
        && let (Ok(from), Ok(to)) = (without_word(from).parse::<usize>(), without_word(to).parse::<usize>())
    {
        if from > to {
            return Err((format!("rounds {from} to {to} run backwards"), format!("write `{to}-{from}`")));
        }
        let count = rounds.len();
        if from > 0 && to > count.max(from) {
            let message = format!("there are no rounds {} to {to}", from.max(count + 1));
            return Err((message, format!("the event has rounds 1 to {count}")));
        }
        let (first, last) = (in_range(from, count)?, in_range(to, count)?);
        return Ok((first.index()..=last.index()).map(RoundIx::new).collect());
    }
    match said.parse::<NaiveDate>() {
        Ok(date) if rounds.iter().all(|round| round.start.date_naive() != date) => {
            let hint =
                "if a spreadsheet made a date of rounds such as `1-3`, format the column as text and write them again";
            Err((format!("the event has no round on {date}"), hint.to_owned()))
        }
        _ => by_clock(said, rounds).ok_or_else(|| not_understood(part)),
    }
}

fn in_range(number: usize, count: usize) -> Result<RoundIx, (String, String)> {
    if (1..=count).contains(&number) {
        return Ok(RoundIx::new(number - 1));
    }
    Err((format!("there is no round {number}"), format!("the event has rounds 1 to {count}")))
}

fn not_understood(part: &str) -> (String, String) {
    let hint = "write rounds as `3`, `1-3`, `1, 4`, `not 2`, `none`, `13:30-14:15` or `all`; blank is all";
    (format!("{} are no rounds", text::quoted(part)), hint.to_owned())
}

/// The rounds wholly inside `13:30-14:15`, on every day or, as `2027-03-09 13:30-14:15`, on one; a date alone is
/// that whole day.
fn by_clock(said: &str, rounds: &[Round]) -> Option<RoundSet> {
    let (date, span) = match said.get(..10).and_then(|date| date.parse::<NaiveDate>().ok()) {
        Some(date) => (Some(date), said.get(10..)?.trim()),
        None => (None, said),
    };
    let (from, to) = match span {
        "" => (NaiveTime::MIN, None),
        span => {
            let (from, to) = span.split_once('-').or_else(|| span.split_once(" to "))?;
            (clock(from)?, Some(clock(to)?))
        }
    };
    let inside = |round: &Round| {
        let (start, end) = (round.start.naive_local(), round.end.naive_local());
        date.is_none_or(|date| start.date() == date)
            && from <= start.time()
            && to.is_none_or(|to| start.date() == end.date() && end.time() <= to)
    };
    Some(rounds.iter().enumerate().filter(|(_, round)| inside(round)).map(|(i, _)| RoundIx::new(i)).collect())
}

/// A time of day, as `13:30`, `1:30 pm` or `1 pm`.
fn clock(said: &str) -> Option<NaiveTime> {
    let said = said.trim();
    let (digits, half) = match said.strip_suffix("am").or_else(|| said.strip_suffix("a.m.")) {
        Some(digits) => (digits, Some(0)),
        None => match said.strip_suffix("pm").or_else(|| said.strip_suffix("p.m.")) {
            Some(digits) => (digits, Some(12)),
            None => (said, None),
        },
    };
    let (hour, minute) = match digits.trim().split_once(':') {
        Some((hour, minute)) => (hour.parse::<u32>().ok()?, minute.parse().ok()?),
        None => (digits.trim().parse().ok().filter(|_| half.is_some())?, 0),
    };
    let hour = match half {
        Some(half) => (1..=12).contains(&hour).then_some(hour % 12 + half)?,
        None => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, 0)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;
    use chrono_tz::America::Chicago;

    use super::*;

    fn five() -> Vec<Round> {
        let start = Chicago.with_ymd_and_hms(2027, 3, 9, 13, 30, 0).unwrap();
        let round = |i: i64| start + chrono::TimeDelta::minutes(15 * i);
        (0..5).map(|i| Round { start: round(i), end: round(i) + chrono::TimeDelta::minutes(12) }).collect()
    }

    #[track_caller]
    fn read(cell: &str) -> Vec<u32> {
        rounds(cell, &five(), RoundSet::all(5)).unwrap().iter().map(RoundIx::number).collect()
    }

    #[test]
    fn rounds_are_written_in_many_ways() {
        assert_eq!(read("3"), [3]);
        assert_eq!(read("1-3"), [1, 2, 3]);
        assert_eq!(read("1 – 2, 4"), [1, 2, 4]);
        assert_eq!(read("not 2"), [1, 3, 4, 5]);
        assert_eq!(read("not 2, 3"), [1, 4, 5]);
        assert_eq!(read("1-4, not 2"), [1, 3, 4]);
        assert!(read("none").is_empty());
        assert_eq!(read("All rounds"), [1, 2, 3, 4, 5]);
        assert_eq!(read("Rounds 1, 2, 3"), [1, 2, 3]);
        assert_eq!(read("Round 1;Round 2"), [1, 2]);
        assert_eq!(read("Round 1 (13:30), Round 4 (14:15)"), [1, 4]);
        assert_eq!(read("Rounds 2 to 3 and 5"), [2, 3, 5]);
        assert_eq!(read(" "), [1, 2, 3, 4, 5]);
    }

    #[test]
    fn clock_times_take_the_rounds_wholly_inside() {
        assert_eq!(read("13:30-14:15"), [1, 2, 3]);
        assert_eq!(read("13:31-14:12"), [2, 3]);
        assert_eq!(read("1:30 PM - 2 pm"), [1, 2]);
        assert_eq!(read("2027-03-09"), [1, 2, 3, 4, 5]);
        assert_eq!(read("2027-03-09 14:00-14:30"), [3, 4]);
        assert!(read("2027-03-10 14:00-14:30").is_empty());
    }

    #[test]
    fn what_the_event_lacks_is_told() {
        let wrong = |cell| rounds(cell, &five(), RoundSet::all(5)).unwrap_err().0;
        assert_eq!(wrong("1-9"), "there are no rounds 6 to 9");
        assert_eq!(wrong("6-6"), "there is no round 6");
        assert_eq!(wrong("0"), "there is no round 0");
        assert_eq!(wrong("3-1"), "rounds 3 to 1 run backwards");
        assert_eq!(wrong("2027-01-03"), "the event has no round on 2027-01-03");
        assert_eq!(wrong("maybe"), "`maybe` are no rounds");
        assert_eq!(wrong("99999999999999999999"), "`99999999999999999999` are no rounds");
        assert_eq!(one_round("Round 3", 5), Ok(RoundIx(2)));
        assert_eq!(one_round("1-2", 5).unwrap_err().0, "`1-2` are no rounds");
    }
}
