//! The exact route for rounds that are alike: pair, rotate, mix.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::levels;
use super::flow::{Demand, Pairing, Part, pair, parts};
use super::mixing::mix;
use super::rotation::lay_out;
use super::values::values;
use super::{Options, Outcome, PROGRAM};
use crate::domain::{Certificate, Event, ExpertIx, MenteeIx, Open, Request, Route, Schedule, Seat};
use crate::pairs::Pairs;

/// Solves an event whose rounds are alike, or declines (`None`).
pub fn solve(pairs: &Pairs, options: &Options) -> Option<Outcome> {
    let event = pairs.event();
    let (asked, complete) = parts(pairs);
    if !complete || !rounds_are_alike(event) {
        return None;
    }
    let mut parts = asked;
    parts.extend([Part::LikeLoads, Part::KeptPairs]);
    let demand = |every_round| Demand { pairs, parts: &parts, every_round, standing: options.standing };
    let (pairing, every_round) = match event.open {
        Open::AsNeeded => (pair(&demand(false)), false),
        Open::EveryRound => (pair(&demand(true)), true),
        Open::Auto => match pair(&demand(true)) {
            Some(pairing) => (Some(pairing), true),
            None => (pair(&demand(false)), false),
        },
    };
    let Some(pairing) = pairing else { return Some(Outcome::Impossible(Vec::new())) };
    if !fits_in_rounds(event, &pairing) {
        return None;
    }
    let rotation = rotate(event, &pairing, options.standing);
    let (schedule, moves) = mix(pairs, &rotation, every_round, options);
    let values = values(pairs, &schedule, options.standing);
    let levels = levels(event, &values, |_| Some(pairing.values.clone()))?;
    let certificate = Certificate::new(levels, Route::PairAndRotate, pairing.steps + moves, PROGRAM.to_owned());
    Some(Outcome::Solved(schedule, certificate))
}

/// Whether nothing ties a seat to a round, a mentee to a mentee, or a table to one of several topics (model.md's
/// *alike*).
fn rounds_are_alike(event: &Event) -> bool {
    let all = event.all_rounds();
    let experts = event.experts.iter().all(|e| {
        e.topics.len() <= 1
            && e.open_rounds() == all
            && e.capacity.windows(2).all(|pair| pair.first() == pair.last())
            && e.most_sittings as usize >= event.rounds.len()
            && e.most_in_a_row.is_none_or(|most| most as usize >= event.rounds.len())
    });
    let ties = |r: &Request| matches!(r, Request::PinnedSeat(..) | Request::KeptApart(..) | Request::KeptTogether(..));
    experts
        && event.mentees.iter().all(|m| m.present == all)
        && !event.requests.iter().any(ties)
        && event.frozen.rounds.is_empty()
        && rooms_hold_all(event)
        && !ways_are_long(event)
}

fn rooms_hold_all(event: &Event) -> bool {
    (0..).zip(&event.rooms).all(|(i, room)| {
        let there = event.experts.iter().filter(|e| e.room.is_some_and(|r| r.0 == i)).count();
        room.tables.is_none_or(|tables| there <= tables as usize)
    })
}

fn ways_are_long(event: &Event) -> bool {
    let rooms: BTreeSet<_> = event.experts.iter().filter_map(|e| e.room).collect();
    let shortest = event.round_ixs().zip(event.round_ixs().skip(1)).map(|(a, b)| event.minutes_between(a, b)).min();
    let longest =
        rooms.iter().flat_map(|&a| rooms.iter().map(move |&b| (a, b))).map(|(a, b)| event.travel_minutes(a, b)).max();
    longest.is_some_and(|way| shortest.is_some_and(|gap| gap < i64::from(way)))
}

/// Whether each expert's meetings make groups that are large enough when spread evenly over the rounds.
fn fits_in_rounds(event: &Event, pairing: &Pairing) -> bool {
    let mut loads = vec![0_usize; event.experts.len()];
    pairing.meetings.iter().for_each(|&(_, e, _)| loads[e.index()] += 1);
    event.experts.iter().zip(loads).all(|(expert, load)| {
        expert.smallest_group <= 1 || load == 0 || load >= event.rounds.len() * expert.smallest_group as usize
    })
}

fn rotate(event: &Event, pairing: &Pairing, standing: Option<&Schedule>) -> Schedule {
    let before: BTreeMap<(MenteeIx, ExpertIx), _> =
        standing.iter().flat_map(|s| s.seats()).map(|s| ((s.mentee, s.expert), s.round)).collect();
    let meetings: Vec<_> = pairing.meetings.iter().map(|&(m, e, _)| (m, e)).collect();
    let layout = lay_out(&meetings, event.rounds.len(), |m, e| before.get(&(m, e)).copied());
    let seats = pairing.meetings.iter().zip(layout);
    Schedule::new(seats.map(|(&(mentee, expert, topic), round)| Seat { round, expert, mentee, topic }).collect())
}
