//! When a form was sent, as the tools write it.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime};

/// How a column writes dates with the year last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayMonth {
    /// `2/28/27`.
    MonthFirst,
    /// `28/2/27`.
    DayFirst,
}

/// How the cells of a column write their dates: the day stands first as soon as any of them cannot be read the
/// other way.
pub(super) fn day_month<'a>(mut cells: impl Iterator<Item = &'a str>) -> DayMonth {
    let day_first = |cell: &str| {
        let date = numbers(cell.split([' ', 'T']).next().unwrap_or_default());
        date.is_some_and(|[first, second, _]| (13..=31).contains(&first) && second <= 12)
    };
    if cells.any(day_first) { DayMonth::DayFirst } else { DayMonth::MonthFirst }
}

/// The moment of a cell, to compare with others of its column: in UTC where the cell says how far from it it is,
/// as written elsewhere. `None` when it cannot be read, or contradicts itself as `15:07 AM` does.
pub(super) fn timestamp(cell: &str, order: DayMonth) -> Option<NaiveDateTime> {
    if let Some(time) = with_offset(cell) {
        return Some(time);
    }
    let (date, rest) = cell.split_once([' ', 'T']).unwrap_or((cell, ""));
    let date = date_of(date.trim_end_matches(','), order)?;
    if rest.trim().is_empty() {
        return Some(date.and_time(NaiveTime::MIN));
    }
    let mut words = rest.split_whitespace();
    let time = words.next()?;
    let half = words.next().map(str::to_ascii_lowercase).unwrap_or_default();
    Some(date.and_time(time_of(time, &half)?))
}

fn with_offset(cell: &str) -> Option<NaiveDateTime> {
    let formats = ["%Y-%m-%d %H:%M:%S%:z", "%Y-%m-%d %H:%M:%S %z"];
    let parsed = DateTime::parse_from_rfc3339(cell).ok();
    let parsed = parsed.or_else(|| formats.iter().find_map(|format| DateTime::parse_from_str(cell, format).ok()));
    parsed.map(|time| time.naive_utc())
}

/// Three numbers with one mark between them.
fn numbers(date: &str) -> Option<[u32; 3]> {
    let parts: Vec<u32> = date.split(['/', '-', '.']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    parts.try_into().ok()
}

fn date_of(date: &str, order: DayMonth) -> Option<NaiveDate> {
    let [a, b, c] = numbers(date)?;
    if a > 31 {
        return NaiveDate::from_ymd_opt(a as i32, b, c);
    }
    let year = if c < 100 { 2000 + c } else { c } as i32;
    let day_first = order == DayMonth::DayFirst || date.contains('.');
    if day_first { NaiveDate::from_ymd_opt(year, b, a) } else { NaiveDate::from_ymd_opt(year, a, b) }
}

fn time_of(time: &str, half: &str) -> Option<NaiveTime> {
    let mut parts = time.split('.').next().unwrap_or_default().trim_end_matches('Z').split(':');
    let mut part = || parts.next().map(|part| part.parse::<u32>().ok());
    let (hour, minute, second) = (part()??, part()??, part().unwrap_or(Some(0))?);
    let hour = match half {
        "am" | "pm" if !(1..=12).contains(&hour) => return None,
        "am" => hour % 12,
        "pm" => hour % 12 + 12,
        _ => hour,
    };
    NaiveTime::from_hms_opt(hour, minute, second)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(cell: &str, order: DayMonth) -> Option<String> {
        timestamp(cell, order).map(|time| time.format("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn the_tools_write_time_in_many_ways() {
        let us = DayMonth::MonthFirst;
        for (cell, want) in [
            ("2027/02/01 8:00:07 AM CST", "2027-02-01 08:00:07"),
            ("2027/02/01 12:05:07 am GMT+1", "2027-02-01 00:05:07"),
            ("2/1/27 18:07", "2027-02-01 18:07:00"),
            ("2/1/2027 6:07:00 PM", "2027-02-01 18:07:00"),
            ("2027-02-01 10:00:00-06:00", "2027-02-01 16:00:00"),
            ("2027-02-01T10:00:00Z", "2027-02-01 10:00:00"),
            ("2027-02-01T10:00:00.123", "2027-02-01 10:00:00"),
            ("31.12.2027 23:59", "2027-12-31 23:59:00"),
            ("2027-02-01", "2027-02-01 00:00:00"),
        ] {
            assert_eq!(shown(cell, us).as_deref(), Some(want), "{cell}");
        }
        assert_eq!(shown("2/1/27 18:07", DayMonth::DayFirst).as_deref(), Some("2027-01-02 18:07:00"));
    }

    #[test]
    fn what_contradicts_itself_is_no_time() {
        for cell in ["2027/02/08 15:07:07 AM CST", "yesterday", "", "2027-13-01 10:00", "1/2", "2027-02-01 25:00"] {
            assert_eq!(shown(cell, DayMonth::MonthFirst), None, "{cell}");
        }
    }

    #[test]
    fn a_column_tells_its_order_by_the_dates_that_fit_only_one() {
        assert_eq!(day_month(["2/1/27 18:07", "28/2/27 1:00"].into_iter()), DayMonth::DayFirst);
        assert_eq!(day_month(["2/1/27 18:07", "2/28/27 1:00"].into_iter()), DayMonth::MonthFirst);
        assert_eq!(day_month(["2027/02/28 18:07"].into_iter()), DayMonth::MonthFirst);
    }
}
