//! The rounds in which somebody has a seat or a sitting, and what waiting and walking there is between them.

use crate::domain::{Event, RoomIx, RoundIx};

/// A round in which somebody has a seat or a sitting, and where.
pub(super) type Stop = (RoundIx, Option<RoomIx>);

/// Rounds without a seat between the first and the last of each calendar day; `stops` by round.
pub(super) fn idle_rounds(event: &Event, stops: &[Stop]) -> i64 {
    let gap = |pair: &[Stop]| match pair {
        [a, b] if same_day(event, a.0, b.0) => i64::from(b.0.0 - a.0.0) - 1,
        _ => 0,
    };
    stops.windows(2).map(gap).sum()
}

/// Changes of room between consecutive seats of a calendar day.
pub(super) fn room_changes(event: &Event, stops: &[Stop]) -> i64 {
    let change = |pair: &[Stop]| match pair {
        [(a, Some(from)), (b, Some(to))] => i64::from(from != to && same_day(event, *a, *b)),
        _ => 0,
    };
    stops.windows(2).map(change).sum()
}

fn same_day(event: &Event, a: RoundIx, b: RoundIx) -> bool {
    let day = |r: RoundIx| event.rounds[r.index()].start.date_naive();
    day(a) == day(b)
}
