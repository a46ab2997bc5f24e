//! The route for every other event: construction and search, bounds from relaxations, and the whole rounds model
//! where it is small enough.

use super::bounds::levels;
use super::flow::{Demand, Part, pair};
use super::search::{Found, search};
use super::values::value;
use super::{Options, Outcome};
use crate::domain::{Certificate, Event, Open, Route};
use crate::pairs::Pairs;

/// Solves any event, as well as the steps allow.
pub fn solve(pairs: &Pairs, options: &Options) -> Outcome {
    let event = pairs.event();
    let must_open = event.open == Open::EveryRound;
    if pair(&Demand { pairs, parts: &[], every_round: must_open, standing: None }).is_none() {
        return Outcome::Impossible(Vec::new());
    }
    let mut best = None;
    if event.open != Open::AsNeeded && enough_for_all_tables(event) {
        best = Some(search(pairs, true, options.standing, options)).filter(|found| found.breaches == 0);
    }
    if best.is_none() && !must_open {
        best = Some(search(pairs, false, options.standing, options));
    }
    match best {
        Some(found) if found.breaches == 0 => certify(pairs, found, options),
        _ => Outcome::NoneFound,
    }
}

/// Whether in every round there are people enough for each expert present to have a group.
fn enough_for_all_tables(event: &Event) -> bool {
    event.round_ixs().all(|r| {
        let there = event.mentees.iter().filter(|m| m.present.contains(r)).count();
        let needed: u32 = event.experts.iter().filter(|e| e.present.contains(r)).map(|e| e.smallest_group.max(1)).sum();
        needed as usize <= there
    })
}

fn certify(pairs: &Pairs, found: Found, options: &Options) -> Outcome {
    let event = pairs.event();
    let values: Vec<_> = event.order.iter().map(|&p| (p, value(pairs, &found.schedule, p, options.standing))).collect();
    let bound = |parts: &[Part]| {
        pair(&Demand { pairs, parts, every_round: event.open == Open::EveryRound, standing: None }).map(|p| p.values)
    };
    let Some(levels) = levels(event, &values, bound) else {
        return Outcome::Impossible(Vec::new());
    };
    let solver = format!("tablehop {}", env!("CARGO_PKG_VERSION"));
    let certificate = Certificate::new(levels, Route::Search, found.steps, solver);
    Outcome::Solved(found.schedule, certificate)
}
