//! `[calendar]` of the event file: what calendars hold beside the schedule.

use std::collections::BTreeSet;

use super::diagnostic::Faults;
use super::event_print::short;
use super::toml_file::Section;
use super::{limits, text};
use crate::domain::Calendar;

/// `[calendar]`.
pub(super) fn calendar(mut section: Section, faults: &mut Faults) -> Calendar {
    let alarms = section.integers("alarms", 0..=limits::MINUTES, limits::ALARMS, faults);
    // An alarm that is said twice is one alarm, which has one identity.
    let alarms: BTreeSet<u32> = alarms.into_iter().flat_map(|at| at.value).map(|minutes| minutes as u32).collect();
    let categories = section.strings("categories", limits::CATEGORIES, faults).unwrap_or_default();
    let categories = categories.into_iter().filter_map(|at| short(at, limits::NAME, &section, faults));
    let categories = categories.map(|at| text::one_line(&at.value)).collect();
    let note = several_lines("note", &mut section, faults);
    let mut prepare = section.section("prepare", faults);
    let mut prepared = |key| several_lines(key, prepare.as_mut()?, faults);
    let (prepare_experts, prepare_mentees) = (prepared("experts"), prepared("mentees"));
    prepare.into_iter().for_each(|prepare| prepare.close(faults));
    section.close(faults);
    Calendar { alarms: alarms.into_iter().collect(), categories, prepare_experts, prepare_mentees, note }
}

/// A text of several lines, perhaps.
fn several_lines(key: &'static str, section: &mut Section, faults: &mut Faults) -> Option<String> {
    let at = section.string(key, faults)?;
    Some(short(at, limits::CALENDAR_TEXT, section, faults)?.value.trim().to_owned())
}
