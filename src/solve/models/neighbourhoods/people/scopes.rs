//! Whom a neighbourhood seats anew, and in which rounds.

use std::collections::BTreeSet;

use crate::domain::{Event, MenteeIx, RoundIx, Schedule};
use crate::solve::random::Random;

/// Whom a neighbourhood seats anew, and in which rounds.
pub(super) type Freed = BTreeSet<(MenteeIx, RoundIx)>;

/// About so many of the seats in these rounds, by chance: whole days of some people, some people in two or three rounds,
/// or some tables in two to five rounds with those who have no seat in them.
pub(super) fn some(event: &Event, schedule: &Schedule, rounds: &[RoundIx], size: usize, random: &mut Random) -> Freed {
    match random.below(3) {
        0 => people(event, rounds, size, random),
        1 => {
            let count = 2 + random.below(2);
            people(event, &shuffled(rounds, random)[..count.min(rounds.len())], size, random)
        }
        _ => {
            let count = 2 + random.below(4);
            tables(event, schedule, &shuffled(rounds, random)[..count.min(rounds.len())], size, random)
        }
    }
}

fn people(event: &Event, rounds: &[RoundIx], size: usize, random: &mut Random) -> Freed {
    let mut freed = Freed::new();
    for m in shuffled(&event.mentee_ixs().collect::<Vec<_>>(), random) {
        if freed.len() >= size {
            break;
        }
        freed.extend(rounds.iter().map(|&r| (m, r)));
    }
    freed
}

/// At most half of them are people without a seat.
fn tables(event: &Event, schedule: &Schedule, rounds: &[RoundIx], size: usize, random: &mut Random) -> Freed {
    let seated: Freed = schedule.seats().iter().map(|seat| (seat.mentee, seat.round)).collect();
    let all = rounds.iter().flat_map(|&r| event.mentee_ixs().map(move |m| (m, r)));
    let idle: Vec<_> = all.filter(|seat| !seated.contains(seat)).collect();
    let mut freed: Freed = shuffled(&idle, random).into_iter().take(size / 2).collect();
    for e in shuffled(&event.expert_ixs().collect::<Vec<_>>(), random) {
        if freed.len() >= size {
            break;
        }
        let at_table = schedule.seats().iter().filter(|seat| seat.expert == e && rounds.contains(&seat.round));
        freed.extend(at_table.map(|seat| (seat.mentee, seat.round)));
    }
    freed
}

/// All of them in an order by chance.
fn shuffled<T: Copy>(all: &[T], random: &mut Random) -> Vec<T> {
    let mut left = all.to_vec();
    let mut shuffled = Vec::with_capacity(left.len());
    while !left.is_empty() {
        shuffled.push(left.swap_remove(random.below(left.len())));
    }
    shuffled
}
