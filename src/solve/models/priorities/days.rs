//! The priorities on a person's day: `idle-gaps` and `room-changes`.

use crate::domain::{MenteeIx, RoomIx, RoundIx, Seat, Sense};
use crate::solve::models::levels::Part;
use crate::solve::models::rounds::RoundsModel;
use crate::solve::models::sum::Sum;

/// Rounds without a seat between a person's first and last of a day; an expert's sittings count likewise.
pub(super) fn idle_gaps(model: &mut RoundsModel) -> Vec<Part> {
    let mut gaps = Sum::default();
    for day in days(model) {
        for m in model.event.mentee_ixs() {
            let busy = day.iter().map(|&r| model.seats_in(m, r, |_| true)).collect();
            gaps += gaps_of(model, busy);
        }
        for e in model.event.expert_ixs() {
            let busy = day.iter().map(|&r| model.sits(e, r)).collect();
            gaps += gaps_of(model, busy);
        }
    }
    vec![Part::of(Sense::Min, gaps)]
}

/// The rounds of each day, in the event's own clock.
fn days(model: &RoundsModel) -> Vec<Vec<RoundIx>> {
    let day = |r: &RoundIx| model.event.rounds[r.index()].start.date_naive();
    let rounds: Vec<_> = model.event.round_ixs().collect();
    rounds.chunk_by(|a, b| day(a) == day(b)).map(<[_]>::to_vec).collect()
}

/// How many rounds of a day are idle, given for each whether the person is busy.
fn gaps_of(model: &mut RoundsModel, busy: Vec<Sum>) -> Sum {
    let first = busy.iter().position(|sum| *sum != Sum::default());
    let last = busy.iter().rposition(|sum| *sum != Sum::default());
    let (Some(first), Some(last)) = (first, last) else {
        return Sum::default();
    };
    let busy = &busy[first..=last];
    let before = running(model, busy.iter());
    let mut after = running(model, busy.iter().rev());
    after.reverse();
    // In the first and in the last round of these nobody waits.
    let inner = 1..busy.len().saturating_sub(1);
    let idle = |r: usize| before[r - 1].clone() + after[r + 1].clone() - busy[r].clone();
    inner.map(|r| Sum::from(model.program.largest(vec![idle(r).plus(-1)], (0, 1)))).collect()
}

/// For each round whether the person was busy in it or in one before it.
fn running<'s>(model: &mut RoundsModel, busy: impl Iterator<Item = &'s Sum>) -> Vec<Sum> {
    let mut so_far: Option<Sum> = None;
    let mut all = Vec::new();
    for sum in busy {
        let now = match so_far {
            None => sum.clone(),
            Some(before) => model.program.largest(vec![before, sum.clone()], (0, 1)).into(),
        };
        all.push(now.clone());
        so_far = Some(now);
    }
    all
}

/// Changes of room between consecutive seats of a day. An expert's table does not move.
pub(super) fn room_changes(model: &mut RoundsModel) -> Vec<Part> {
    let mut changes = Sum::default();
    for day in days(model) {
        for m in model.event.mentee_ixs() {
            changes += changes_of(model, m, &day);
        }
    }
    vec![Part::of(Sense::Min, changes)]
}

/// The mentee's changes of room on a day: a seat in a room when the seat before it was in another.
fn changes_of(model: &mut RoundsModel, m: MenteeIx, day: &[RoundIx]) -> Sum {
    let event = model.event;
    let rooms: Vec<_> = (0..event.rooms.len()).map(RoomIx::new).collect();
    let room = |s: &Seat| event.expert(s.expert).room;
    let mut latest = vec![Sum::default(); rooms.len()];
    let mut changes = Sum::default();
    for &r in day {
        let here: Vec<Sum> = rooms.iter().map(|&own| model.seats_in(m, r, |s| room(s) == Some(own))).collect();
        for (i, seats) in here.iter().enumerate() {
            let elsewhere: Sum =
                latest.iter().enumerate().filter(|&(j, _)| j != i).map(|(_, sum)| sum.clone()).collect();
            if !seats.is_constant() && !elsewhere.is_constant() {
                let change = (seats.clone() + elsewhere).plus(-1);
                changes += model.program.largest(vec![change], (0, 1));
            }
        }
        for (i, seats) in here.into_iter().enumerate() {
            latest[i] = match latest[i].is_constant() {
                true => seats,
                false => {
                    let moved = model.seats_in(m, r, |s| room(s) != Some(rooms[i]));
                    let stayed = latest[i].clone() - moved;
                    model.program.largest(vec![seats, stayed], (0, 1)).into()
                }
            };
        }
    }
    changes
}
