//! A cell of a workbook as text, as a person sees it and as the other tables write it.

use calamine::{DataRef, ExcelDateTime, Style};

/// Digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// The text of a cell; `zeros` is how many digits its style fills up with zeros.
pub(super) fn shown(value: &DataRef, zeros: usize) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::Int(number) => format!("{number:0zeros$}"),
        DataRef::Float(number) => self::number(*number, zeros),
        DataRef::DateTime(time) if time.is_duration() => duration(time.as_f64()),
        DataRef::DateTime(time) => self::time(time),
        DataRef::Error(error) => error.to_string(),
    }
}

/// How many digits a style fills up with zeros: 5 for `00000`, as ids and postal codes are shown.
pub(super) fn zeros(style: &Style) -> usize {
    let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    if code.bytes().all(|b| b == b'0') { code.len().min(DIGITS) } else { 0 }
}

/// A number without `.0`, and without the noise past the digits that a spreadsheet keeps.
fn number(number: f64, zeros: usize) -> String {
    if number.fract() == 0.0 {
        // 0 is written without a sign.
        return format!("{:0zeros$}", number + 0.0);
    }
    let rounded: f64 = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
    rounded.to_string()
}

/// `2027-02-28`, `13:30`, or both; seconds where there are any.
fn time(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let clock = match second {
        0 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    match time.as_f64() {
        days if (0.0..1.0).contains(&days) => clock,
        days if days.fract() == 0.0 => date,
        _ => format!("{date} {clock}"),
    }
}

/// `36:15`, of what is shown as `[h]:mm`.
fn duration(days: f64) -> String {
    let seconds = (days * 86_400.0).round() as i64;
    let clock = format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
    if seconds % 60 == 0 { clock } else { format!("{clock}:{:02}", seconds % 60) }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn at(value: f64, kind: ExcelDateTimeType) -> String {
        shown(&DataRef::DateTime(ExcelDateTime::new(value, kind, false)), 0)
    }

    #[test]
    fn numbers_read_as_a_person_sees_them() {
        let numbers = [3.0, -2.0, 0.1 + 0.2, 1.5, 1e15, 12_345_678_901.0, -0.0];
        let read = numbers.map(|n| shown(&DataRef::Float(n), 0));
        assert_eq!(read, ["3", "-2", "0.3", "1.5", "1000000000000000", "12345678901", "0"]);
        assert_eq!(shown(&DataRef::Float(7.0), 3), "007");
        assert_eq!(shown(&DataRef::Bool(true), 0), "TRUE");
    }

    #[test]
    fn dates_and_times_read_as_the_intake_takes_them() {
        let moment = ExcelDateTimeType::DateTime;
        assert_eq!(at(46_446.0, moment), "2027-02-28");
        assert_eq!(at(46_446.0 + 785.0 / 1440.0, moment), "2027-02-28 13:05");
        assert_eq!(at(46_446.0 + 47_107.0 / 86_400.0, moment), "2027-02-28 13:05:07");
        assert_eq!(at(13.5 / 24.0, moment), "13:30");
        assert_eq!(at(36.25 / 24.0, ExcelDateTimeType::TimeDelta), "36:15");
        for odd in [f64::NAN, f64::INFINITY, -1.0, 1e300] {
            assert!(!at(odd, moment).is_empty() && !at(odd, ExcelDateTimeType::TimeDelta).is_empty());
        }
    }
}
