//! `[calendar]` of the event file: what calendars hold beside the schedule.

use super::diagnostic::Faults;
use super::limits;
use super::toml_file::Section;
use crate::domain::Calendar;

/// `[calendar]`.
pub(super) fn calendar(mut section: Section, faults: &mut Faults) -> Calendar {
    let alarms = section.integers("alarms", 0..=limits::MINUTES, limits::ALARMS, faults);
    let categories = section.strings("categories", limits::CATEGORIES, faults);
    let mut calendar = Calendar {
        alarms: alarms.map_or_else(Vec::new, |at| at.value.into_iter().map(|minutes| minutes as u32).collect()),
        categories: categories.into_iter().flatten().map(|at| at.value.trim().to_owned()).collect(),
        note: text("note", &mut section, faults),
        ..Calendar::default()
    };
    if let Some(mut prepare) = section.section("prepare", faults) {
        calendar.prepare_experts = text("experts", &mut prepare, faults);
        calendar.prepare_mentees = text("mentees", &mut prepare, faults);
        prepare.close(faults);
    }
    section.close(faults);
    calendar
}

/// A text of several lines, perhaps.
fn text(key: &'static str, section: &mut Section, faults: &mut Faults) -> Option<String> {
    let at = section.string(key, faults)?;
    if at.value.chars().nth(limits::CALENDAR_TEXT).is_some() {
        let message = format!("`{}` is longer than the {} characters that it may have", at.key, limits::CALENDAR_TEXT);
        section.wrong(&at, "too-large", message, "shorten it", faults);
    }
    Some(at.value.trim().to_owned())
}
