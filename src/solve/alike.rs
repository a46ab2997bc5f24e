//! The exact route for rounds that are alike: pair, rotate, mix.

use std::collections::BTreeSet;
use std::thread;

use super::bounds::levels;
use super::flow::{Demand, Pairing, Part, pair_telling, parts};
use super::keeping::keep;
use super::mixing::mix;
use super::rotation::rotate;
use super::threads::joined;
use super::values::{compare, values};
use super::{Options, Outcome, PROGRAM, Progress};
use crate::domain::{Certificate, Event, Open, Priority, Request, Route, Schedule};
use crate::pairs::Pairs;

/// Solves an event whose rounds are alike, or declines (`None`).
pub fn solve(pairs: &Pairs, options: &Options) -> Option<Outcome> {
    let event = pairs.event();
    let (mut parts, complete) = parts(pairs);
    if !complete || !rounds_are_alike(event) {
        return None;
    }
    parts.extend([Part::LikeLoads, Part::KeptPairs]);
    let (fresh, keeping) = pair_up(pairs, &parts, options);
    let Some(fresh) = fresh else { return Some(Outcome::Impossible(Vec::new())) };
    if !fits_in_rounds(event, &fresh.pairing) {
        return None;
    }
    let rotation = rotate(event, &fresh.pairing, None);
    let free = Options { standing: None, ..*options };
    let (mut schedule, moves) = mix(pairs, &rotation, fresh.every_round, &free);
    let mut steps = fresh.pairing.steps + moves;
    let keeping = keeping.filter(|keeping| fits_in_rounds(event, &keeping.pairing));
    if let Some((standing, keeping)) = options.standing.zip(keeping) {
        let (kept, moves) = keep(pairs, &keeping.pairing, (standing, &schedule), keeping.every_round, options);
        let [a, b] = [&kept, &schedule].map(|schedule| values(pairs, schedule, options.standing));
        if compare(event, &a, &b).is_ge() {
            // The fresh plan was only a yardstick.
            (schedule, steps) = (kept, keeping.pairing.steps + moves);
        }
    }
    let values = values(pairs, &schedule, options.standing);
    let levels = levels(pairs, fresh.every_round, &values, |_| Some(fresh.pairing.values.clone()))?;
    let certificate = Certificate::new(levels, Route::PairAndRotate, steps, PROGRAM.to_owned());
    Some(Outcome::Solved(schedule, certificate))
}

/// A pairing, and whether each table is open in every round.
struct Paired {
    pairing: Pairing,
    every_round: bool,
}

/// The best pairing and, beside it, the one that keeps the most pairs of the standing plan; `None` when the rules
/// cannot be met, or where there is no standing plan.
fn pair_up(pairs: &Pairs, parts: &[Part], options: &Options) -> (Option<Paired>, Option<Paired>) {
    let first = pairs.event().order.first().copied().unwrap_or(Priority::Seats);
    let tell = |part, steps| {
        let priority = match part {
            Part::Musts | Part::Sum(_) => first,
            Part::Of(priority, _) => priority,
            Part::LikeLoads => Priority::EvenTables,
            Part::KeptPairs => Priority::Changes,
        };
        (options.progress)(&Progress { priority, best: None, bound: None, steps });
    };
    thread::scope(|scope| {
        let keep = |standing| scope.spawn(move || pair_around(pairs, parts, Some(standing), &|_, _| {}));
        let keeping = options.standing.map(keep);
        let fresh = pair_around(pairs, parts, None, &tell);
        (fresh, keeping.and_then(joined))
    })
}

fn pair_around(pairs: &Pairs, parts: &[Part], standing: Option<&Schedule>, tell: &dyn Fn(Part, u64)) -> Option<Paired> {
    let paired = |every_round| {
        let pairing = pair_telling(&Demand { pairs, parts, every_round, standing }, tell)?;
        Some(Paired { pairing, every_round })
    };
    match pairs.event().open {
        Open::AsNeeded => paired(false),
        Open::EveryRound => paired(true),
        Open::Auto => paired(true).or_else(|| paired(false)),
    }
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
