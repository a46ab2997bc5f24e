//! Moves of mentees who are kept together, and of those who were promised a meeting.

use std::collections::BTreeSet;

use super::Attempt;
use super::tables::find_seat;
use crate::domain::{ExpertIx, MenteeIx, RoundIx};
use crate::solve::random::Random;
use crate::solve::search::state::State;

/// Brings about a meeting that a mentee was promised and has not got.
pub fn meet_request(state: &mut State, m: MenteeIx, random: &mut Random) {
    let musts = &state.musts[m.index()];
    if state.breaches() == 0 || musts.is_empty() {
        return;
    }
    let (e, round) = musts[random.below(musts.len())];
    let both = state.event.mentee(m).present.and(state.event.expert(e).open_rounds());
    let rounds: Vec<RoundIx> = both.without(state.event.frozen.rounds).iter().collect();
    if rounds.is_empty() {
        return;
    }
    let r = round.unwrap_or_else(|| rounds[random.below(rounds.len())]);
    let met = state.event.round_ixs().find(|&r| state.seat(m, r).is_some_and(|p| p.expert == e));
    if met == Some(r) || (met.is_some() && round.is_none()) {
        return;
    }
    let group = tied_group(state, m);
    let mut attempt = Attempt::new(state, random);
    if let Some(met) = met {
        seat_tied(&mut attempt, &group, None, met, random);
    }
    seat_tied(&mut attempt, &group, Some(e), r, random);
    attempt.settle();
}

/// Somebody who is not in `group` leaves a full table until all of them fit, and finds another seat.
fn make_room(attempt: &mut Attempt, group: &[MenteeIx], e: ExpertIx, r: RoundIx, random: &mut Random) {
    let capacity = attempt.state.event.expert(e).capacity_in(r) as usize;
    let here = attempt.state.group(e, r).to_vec();
    let coming = group.iter().filter(|m| !here.contains(m)).count();
    let mut leave = (here.len() + coming).saturating_sub(capacity);
    let turn = random.below(here.len().max(1));
    for i in 0..here.len() {
        let other = here[(i + turn) % here.len()];
        if leave > 0 && !group.contains(&other) && attempt.state.is_movable(other, r) {
            attempt.rise(other, r);
            find_seat(attempt, other, r, Some(e), random);
            leave -= 1;
        }
    }
}

/// A mentee and those who are kept together with them move together: to a table, away from any, or with their meeting
/// of another round.
pub fn change_seats_of_tied(state: &mut State, m: MenteeIx, e: ExpertIx, r: RoundIx, random: &mut Random) {
    if !state.is_tied(m) {
        return;
    }
    let group = tied_group(state, m);
    let other = RoundIx::new(random.below(state.event.rounds.len()));
    let seated = group.iter().find_map(|&m| state.seat(m, other)).map(|p| p.expert);
    let mut attempt = Attempt::new(state, random);
    match random.below(4) {
        0 => seat_tied(&mut attempt, &group, None, r, random),
        1 if other != r => {
            let before = group.iter().find_map(|&m| attempt.state.seat(m, r)).map(|p| p.expert);
            seat_tied(&mut attempt, &group, None, other, random);
            seat_tied(&mut attempt, &group, seated, r, random);
            seat_tied(&mut attempt, &group, before, other, random);
        }
        _ => {
            let met = |r| group.iter().any(|&m| attempt.state.seat(m, r).is_some_and(|p| p.expert == e));
            let met: Vec<RoundIx> = attempt.state.event.round_ixs().filter(|&at| at != r && met(at)).collect();
            met.into_iter().for_each(|at| seat_tied(&mut attempt, &group, None, at, random));
            seat_tied(&mut attempt, &group, Some(e), r, random);
        }
    }
    attempt.settle();
}

/// Takes the seats of a round from mentees who are kept together, and seats those who are there at a table.
fn seat_tied(attempt: &mut Attempt, group: &[MenteeIx], e: Option<ExpertIx>, r: RoundIx, random: &mut Random) {
    if attempt.state.event.frozen.rounds.contains(r) {
        return;
    }
    let present = |m: &&MenteeIx| attempt.state.event.mentee(**m).present.contains(r);
    let there: Vec<MenteeIx> = group.iter().filter(present).copied().collect();
    for &m in &there {
        attempt.rise(m, r);
    }
    if let Some(e) = e {
        make_room(attempt, &there, e, r, random);
        for &m in &there {
            attempt.sit(m, e, r);
        }
    }
}

/// A mentee with all who are kept together with them.
fn tied_group(state: &State, m: MenteeIx) -> Vec<MenteeIx> {
    let (mut group, mut next) = (BTreeSet::from([m]), vec![m]);
    while let Some(m) = next.pop() {
        for &other in &state.tied[m.index()] {
            if group.insert(other) {
                next.push(other);
            }
        }
    }
    group.into_iter().collect()
}

/// Seats what was asked for by name, pinned seats first, and those who are kept together.
pub fn seat_requested(state: &mut State, random: &mut Random) {
    for m in state.event.mentee_ixs() {
        for _ in 0..20 * state.musts[m.index()].len() {
            meet_request(state, m, random);
        }
    }
    for m in state.event.mentee_ixs() {
        if tied_group(state, m).first() != Some(&m) || !state.is_tied(m) {
            continue;
        }
        for r in state.event.rounds_to_come().iter() {
            for _ in 0..2 * state.event.experts.len() {
                let e = ExpertIx::new(random.below(state.event.experts.len()));
                change_seats_of_tied(state, m, e, r, random);
            }
        }
    }
}
