//! The rules on mentees and on pairs.

use std::collections::BTreeMap;

use crate::domain::{ExpertIx, MenteeIx, Request, RoomIx, RoundIx, Seat, TopicIx};

use super::super::RoundsModel;
use crate::solve::models::sum::{Column, Sum};

/// A mentee has at most one seat in a round.
pub(super) fn one_seat_a_round(model: &mut RoundsModel) {
    for m in model.event.mentee_ixs() {
        for r in model.event.round_ixs() {
            model.program.at_most(model.seats_in(m, r, |_| true), 1);
        }
    }
}

/// A mentee meets an expert at most once.
pub(super) fn meet_once(model: &mut RoundsModel) {
    for m in model.event.mentee_ixs() {
        let mut with: BTreeMap<ExpertIx, Vec<Column>> = BTreeMap::new();
        model.of(m).for_each(|c| with.entry(model.seat(c).expert).or_default().push(c));
        with.into_values().for_each(|columns| model.program.at_most(columns.into_iter().collect(), 1));
    }
}

/// A mentee has at least and at most so many seats.
pub(super) fn meetings_wanted(model: &mut RoundsModel) {
    for m in model.event.mentee_ixs() {
        let seats: Sum = model.of(m).collect();
        let mentee = model.event.mentee(m);
        model.program.at_most(seats.clone(), i64::from(mentee.most));
        model.program.at_least(seats, i64::from(mentee.least));
    }
}

/// The rules on particular people: `must-meet`, `pinned-seat`, `kept-apart`, `kept-together`. (`keep-out` has no
/// decisions, and `avoid` is a priority.)
pub(super) fn requests(model: &mut RoundsModel) {
    for request in &model.event.requests {
        match *request {
            Request::MustMeet(m, e) => must_meet(model, m, e),
            Request::PinnedSeat(m, e, r) => pinned_seat(model, m, e, r),
            Request::KeptApart(a, b) => kept_apart(model, a, b),
            Request::KeptTogether(a, b) => kept_together(model, a, b),
            Request::KeepOut(..) | Request::Avoid(..) => {}
        }
    }
}

/// The pair meets in some round.
fn must_meet(model: &mut RoundsModel, m: MenteeIx, e: ExpertIx) {
    let meetings = model.of(m).filter(|&c| model.seat(c).expert == e).collect();
    model.program.at_least(meetings, 1);
}

/// The pair meets in that round.
fn pinned_seat(model: &mut RoundsModel, m: MenteeIx, e: ExpertIx, r: RoundIx) {
    model.program.at_least(model.seats_in(m, r, |s| s.expert == e), 1);
}

/// The two mentees never share a sitting.
fn kept_apart(model: &mut RoundsModel, a: MenteeIx, b: MenteeIx) {
    for r in model.event.round_ixs() {
        for e in model.event.expert_ixs() {
            let both = model.seats_in(a, r, |s| s.expert == e) + model.seats_in(b, r, |s| s.expert == e);
            model.program.at_most(both, 1);
        }
    }
}

/// The two mentees have the same seats in every round in which both are present.
fn kept_together(model: &mut RoundsModel, a: MenteeIx, b: MenteeIx) {
    for r in model.event.mentee(a).present.and(model.event.mentee(b).present).iter() {
        let mut same: BTreeMap<(ExpertIx, Option<TopicIx>), Sum> = BTreeMap::new();
        for (m, factor) in [(a, 1), (b, -1)] {
            for &(column, _) in model.seats_in(m, r, |_| true).terms() {
                let Seat { expert, topic, .. } = model.seat(column);
                *same.entry((expert, topic)).or_default() += (column, factor);
            }
        }
        same.into_values().for_each(|difference| model.program.exactly(difference, 0));
    }
}

/// Between two rounds in different rooms a mentee has at least the minutes that the event gives for that pair of rooms.
/// An expert's table does not move.
pub(super) fn travel(model: &mut RoundsModel) {
    let event = model.event;
    let rooms: Vec<_> = (0..event.rooms.len()).map(RoomIx::new).collect();
    for later in event.round_ixs() {
        for earlier in event.round_ixs().take_while(|&r| r < later) {
            let minutes = event.minutes_between(earlier, later);
            for &from in &rooms {
                let too_far = |to: RoomIx| to != from && i64::from(event.travel_minutes(from, to)) > minutes;
                if rooms.iter().any(|&to| too_far(to)) {
                    no_way(model, (earlier, from), later, &too_far);
                }
            }
        }
    }
}

fn no_way(
    model: &mut RoundsModel,
    (earlier, from): (RoundIx, RoomIx),
    later: RoundIx,
    too_far: &dyn Fn(RoomIx) -> bool,
) {
    let room = |s: &Seat| model.event.expert(s.expert).room;
    for m in model.event.mentee_ixs() {
        let here = model.seats_in(m, earlier, |s| room(s) == Some(from));
        let there = model.seats_in(m, later, |s| room(s).is_some_and(too_far));
        if !here.is_constant() && !there.is_constant() {
            model.program.at_most(here + there, 1);
        }
    }
}

/// The seats of played rounds stay as they were. (Other seats in those rounds have no decision.)
pub(super) fn frozen_rounds(model: &mut RoundsModel) {
    let frozen = &model.event.frozen;
    for seat in frozen.seats.iter().filter(|s| frozen.rounds.contains(s.round)) {
        let decision = model.decision(seat).map_or_else(Sum::default, Sum::from);
        model.program.at_least(decision, 1);
    }
}
