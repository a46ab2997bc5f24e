//! The rounds of the event file as moments in its time zone.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use toml::value::Datetime;

use super::diagnostic::{Diagnostic, Faults};
use super::limits;
use super::toml_file::{At, Section};
use crate::domain::{Break, Round, RoundIx, RoundSet};

/// When the event takes place.
#[derive(Default)]
pub(super) struct Times {
    /// The rounds in the order of time; empty when they were not understood.
    pub rounds: Vec<Round>,
    /// The breaks between them.
    pub breaks: Vec<Break>,
}

/// The rounds and breaks of `[rounds]`, on `date` and in `zone`, as far as those were understood.
pub(super) fn times(mut section: Section, date: Option<NaiveDate>, zone: Option<Tz>, faults: &mut Faults) -> Times {
    let times = if section.has("list") {
        for key in ["start", "count", "minutes", "transition_minutes", "breaks"] {
            section.refuse(key, "`list` says already when the rounds are, and so the breaks between them", faults);
        }
        Times { rounds: listed(&mut section, zone, faults), breaks: Vec::new() }
    } else {
        evenly_spaced(&mut section, date, zone, faults).unwrap_or_default()
    };
    section.close(faults);
    times
}

/// The rounds from `start`, `count`, `minutes` and the pauses between them: a break stands in for the transition,
/// unless that is longer.
fn evenly_spaced(
    section: &mut Section,
    date: Option<NaiveDate>,
    zone: Option<Tz>,
    faults: &mut Faults,
) -> Option<Times> {
    let start = section.datetime("start", "a time of day, such as 13:30:00", is_time, faults);
    let count = section.integer("count", 1..=RoundSet::MOST as i64, faults);
    let minutes = section.integer("minutes", 1..=limits::MINUTES, faults);
    let transition = section.integer("transition_minutes", 0..=limits::MINUTES, faults).map_or(0, |at| at.value);
    let breaks = breaks(section, count.as_ref().map_or(0, |count| count.value), faults);
    section.require("start", "start = 13:30:00", faults);
    section.require("count", "count = 5", faults);
    section.require("minutes", "minutes = 12", faults);
    section.known("list");
    let (start, count, minutes) = (start?, count?.value, minutes?.value);
    let mut next = moment(section, &start, date?.and_time(time_of(&start.value)?), zone?, faults)?;
    let mut rounds = Vec::new();
    for round in (0..count as usize).map(RoundIx::new) {
        let end = next.checked_add_signed(TimeDelta::minutes(minutes))?;
        rounds.push(Round { start: next, end });
        let pause =
            breaks.iter().find(|b| b.after == round).map_or(transition, |b| transition.max(i64::from(b.minutes)));
        next = end.checked_add_signed(TimeDelta::minutes(pause))?;
    }
    Some(Times { rounds, breaks })
}

fn breaks(section: &mut Section, count: i64, faults: &mut Faults) -> Vec<Break> {
    let mut breaks: Vec<Break> = Vec::new();
    for mut entry in section.sections("breaks", faults) {
        let after = entry.integer("after_round", 1..=RoundSet::MOST as i64, faults);
        let minutes = entry.integer("minutes", 1..=limits::MINUTES, faults);
        let label = entry.string("label", faults).map(|at| at.value);
        entry.require("after_round", "after_round = 3", faults);
        entry.require("minutes", "minutes = 15", faults);
        if let (Some(after), Some(minutes)) = (after, minutes) {
            let ix = RoundIx::new(after.value as usize - 1);
            if count > 0 && after.value >= count {
                let message = format!("there is no round after round {}", after.value);
                entry.wrong(&after, "no-such-round", message, "a break stands between two rounds", faults);
            } else if breaks.iter().any(|b| b.after == ix) {
                let message = format!("two breaks follow round {}", after.value);
                entry.wrong(&after, "two-ways", message, "make one of them", faults);
            } else {
                breaks.push(Break { after: ix, minutes: minutes.value as u32, label });
            }
        }
        entry.close(faults);
    }
    breaks.sort_by_key(|b| b.after);
    breaks
}

/// The rounds of `rounds.list`; empty when any of them was not understood.
fn listed(section: &mut Section, zone: Option<Tz>, faults: &mut Faults) -> Vec<Round> {
    let entries = section.sections("list", faults);
    if let Some(entry) = entries.get(RoundSet::MOST) {
        let message = format!("{} rounds are more than the {} that an event may have", entries.len(), RoundSet::MOST);
        let fault = Diagnostic::error("too-large", message).hint("make several events of it");
        faults.add_at(fault, || entry.here());
        return Vec::new();
    }
    if entries.is_empty() {
        let fault = Diagnostic::error("no-rounds", "`rounds.list` holds no round");
        faults.add_at(fault.hint("write `list = [{ start = 2027-03-09T13:30:00, minutes = 25 }]`"), || section.here());
    }
    let wanted = entries.len();
    let mut rounds: Vec<Round> = Vec::new();
    for entry in entries {
        rounds.extend(one_listed(entry, rounds.last().copied(), zone, faults));
    }
    if rounds.len() == wanted { rounds } else { Vec::new() }
}

fn one_listed(mut entry: Section, before: Option<Round>, zone: Option<Tz>, faults: &mut Faults) -> Option<Round> {
    let start =
        entry.datetime("start", "a date and time without a zone, such as 2027-03-09T13:30:00", is_local, faults);
    let minutes = entry.integer("minutes", 1..=limits::MINUTES, faults);
    entry.require("start", "start = 2027-03-09T13:30:00", faults);
    entry.require("minutes", "minutes = 25", faults);
    let round = start.zip(minutes).zip(zone).and_then(|((said, minutes), zone)| {
        let local = date_of(&said.value)?.and_time(time_of(&said.value)?);
        let start = moment(&entry, &said, local, zone, faults)?;
        if before.is_some_and(|before| start < before.end) {
            let message = "this round starts before the one above it ends".to_owned();
            entry.wrong(&said, "rounds-overlap", message, "list the rounds in the order of time", faults);
        }
        Some(Round { start, end: start.checked_add_signed(TimeDelta::minutes(minutes.value))? })
    });
    entry.close(faults);
    round
}

/// The moment of a local time, which must be there once on the clocks of the zone.
fn moment<T>(
    section: &Section,
    said: &At<T>,
    local: NaiveDateTime,
    zone: Tz,
    faults: &mut Faults,
) -> Option<DateTime<Tz>> {
    let shown = local.format("%Y-%m-%d %H:%M");
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) => return Some(moment),
        LocalResult::None => {
            let message = format!("{shown} does not exist in {zone}: clocks are put forward then");
            section.wrong(said, "no-such-time", message, "start before or after the time that is left out", faults);
        }
        LocalResult::Ambiguous(..) => {
            let message = format!("{shown} comes twice in {zone}: clocks are put back then");
            section.wrong(said, "time-comes-twice", message, "start before or after that hour", faults);
        }
    }
    None
}

/// The date of `event.date`.
pub(super) fn date_of(value: &Datetime) -> Option<NaiveDate> {
    let date = value.date?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

fn time_of(value: &Datetime) -> Option<NaiveTime> {
    let time = value.time?;
    NaiveTime::from_hms_opt(time.hour.into(), time.minute.into(), time.second.unwrap_or(0).into())
}

/// Whether the value is a date alone.
pub(super) fn is_date(value: &Datetime) -> bool {
    value.time.is_none() && date_of(value).is_some()
}

fn is_time(value: &Datetime) -> bool {
    value.date.is_none() && time_of(value).is_some()
}

fn is_local(value: &Datetime) -> bool {
    value.offset.is_none() && date_of(value).is_some() && time_of(value).is_some()
}
