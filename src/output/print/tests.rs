use super::{Kit, Owner};
use crate::domain::{Event, Schedule};

/// The kit of a plan's first revision, without calendars.
pub(super) fn kit<'a>(event: &'a Event, schedule: &'a Schedule) -> Kit<'a> {
    Kit { event, schedule, revision: 1, changed: None, calendar: &|_: Owner| None }
}
