//! Moves of a mentee's day: one seat or several change, others make room.

use super::Attempt;
use super::tables::find_seat;
use crate::domain::{ExpertIx, MenteeIx, RoundIx};
use crate::solve::random::Random;
use crate::solve::search::state::State;

/// Moves a mentee to a table; when it is full, somebody there takes the seat that becomes free.
pub fn change_seat(state: &mut State, m: MenteeIx, e: ExpertIx, r: RoundIx, random: &mut Random) {
    if !state.is_movable(m, r) || !state.can_meet(m, e, r) {
        return;
    }
    let mut attempt = Attempt::new(state, random);
    let old = attempt.rise(m, r);
    let full = !attempt.state.has_room(e, r);
    let group = attempt.state.group(e, r);
    let other = if group.is_empty() { None } else { Some(group[random.below(group.len())]) };
    if let Some(other) = other.filter(|_| full || random.below(2) == 0)
        && attempt.state.is_movable(other, r)
    {
        attempt.rise(other, r);
        attempt.sit(m, e, r);
        if let Some(old) = old {
            attempt.sit(other, old.expert, r);
        }
    } else {
        attempt.sit(m, e, r);
    }
    attempt.settle();
}

/// A mentee takes a free seat, or exchanges seats with somebody, where both together are served no worse by that.
pub fn exchange_seats(state: &mut State, m: MenteeIx, e: ExpertIx, r: RoundIx, random: &mut Random) {
    let Some(old) = state.seat(m, r).filter(|old| old.expert != e) else { return };
    let group = state.group(e, r);
    let swaps = !state.has_room(e, r) || random.below(2) == 0;
    let other = group.get(random.below(group.len().max(1))).copied().filter(|_| swaps);
    let score = |m, e| state.event.score(m, e, state.topic(e, r));
    let pays = match other {
        Some(other) => {
            state.is_movable(other, r)
                && state.can_meet(other, old.expert, r)
                && score(m, e) + score(other, old.expert) >= old.score + score(other, e)
        }
        None => score(m, e) >= old.score,
    };
    if !pays || !state.is_movable(m, r) || !state.can_meet(m, e, r) {
        return;
    }
    let mut attempt = Attempt::new(state, random);
    attempt.rise(m, r);
    if let Some(other) = other {
        attempt.rise(other, r);
        attempt.sit(other, old.expert, r);
    }
    attempt.sit(m, e, r);
    attempt.settle();
}

/// A mentee's meetings of two rounds change places; where a table is full, somebody there does the reverse.
pub fn exchange_rounds(state: &mut State, m: MenteeIx, a: RoundIx, random: &mut Random) {
    let b = RoundIx::new(random.below(state.event.rounds.len()));
    if a == b || !state.is_movable(m, a) || !state.is_movable(m, b) {
        return;
    }
    let mut attempt = Attempt::new(state, random);
    let (in_a, in_b) = (attempt.rise(m, a), attempt.rise(m, b));
    for (placed, from, to) in [(in_a, a, b), (in_b, b, a)] {
        let Some(placed) = placed else { continue };
        if !attempt.state.has_room(placed.expert, to) || random.below(2) == 0 {
            let group = attempt.state.group(placed.expert, to).to_vec();
            if let Some(&other) = group.get(random.below(group.len().max(1)))
                && attempt.state.is_movable(other, to)
                && attempt.state.seat(other, from).is_none_or(|_| attempt.state.is_movable(other, from))
            {
                let (theirs, elsewhere) = (attempt.rise(other, to), attempt.rise(other, from));
                attempt.sit(m, placed.expert, to);
                if let Some(theirs) = theirs {
                    attempt.sit(other, theirs.expert, from);
                }
                if let Some(elsewhere) = elsewhere {
                    attempt.sit(other, elsewhere.expert, to);
                }
                continue;
            }
        }
        attempt.sit(m, placed.expert, to);
    }
    attempt.settle();
}

/// A mentee leaves a seat and takes none.
pub fn leave_seat(state: &mut State, m: MenteeIx, r: RoundIx, random: &mut Random) {
    if state.is_movable(m, r) {
        let mut attempt = Attempt::new(state, random);
        attempt.rise(m, r);
        attempt.settle();
    }
}

/// Two mentees exchange their seats from a round on, or up to it.
pub fn exchange_people(state: &mut State, m: MenteeIx, r: RoundIx, random: &mut Random) {
    let other = MenteeIx::new(random.below(state.event.mentees.len()));
    let mut rounds = part_of_day(state, m, r, random);
    rounds.retain(|&r| state.is_movable(other, r));
    if m == other {
        return;
    }
    let mut attempt = Attempt::new(state, random);
    let seats: Vec<_> = rounds.iter().map(|&r| (r, attempt.rise(m, r), attempt.rise(other, r))).collect();
    for (r, own, theirs) in seats {
        if let Some(theirs) = theirs {
            attempt.sit(m, theirs.expert, r);
        }
        if let Some(own) = own {
            attempt.sit(other, own.expert, r);
        }
    }
    attempt.settle();
}

/// A mentee leaves all seats from a round on, or up to it, and takes free ones.
pub fn change_day(state: &mut State, m: MenteeIx, r: RoundIx, random: &mut Random) {
    let rounds = part_of_day(state, m, r, random);
    let mut attempt = Attempt::new(state, random);
    for &r in &rounds {
        attempt.rise(m, r);
    }
    for &r in &rounds {
        find_seat(&mut attempt, m, r, None, random);
    }
    attempt.settle();
}

/// The rounds from one on, or up to it, in which a mentee's seat may change by itself.
fn part_of_day(state: &State, m: MenteeIx, r: RoundIx, random: &mut Random) -> Vec<RoundIx> {
    let later = random.below(2) == 0;
    let takes_part = |&at: &RoundIx| if later { at >= r } else { at <= r };
    state.event.round_ixs().filter(takes_part).filter(|&at| state.is_movable(m, at)).collect()
}
