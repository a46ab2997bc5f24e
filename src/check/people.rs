//! The rules on a person's day: where they sit, how often, whether they are there and can get there.

use crate::domain::{Rule, Seat};

use super::{Breach, Seating, group};

/// A breach for each mentee and round with several seats.
pub fn one_seat_a_round(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (m, seats) in seating.by_mentee() {
        for seats in seats.chunk_by(|a, b| a.round == b.round).filter(|seats| seats.len() > 1) {
            let breach = Breach::new(Rule::OneSeatARound, seats.len(), 1).of_mentees([m]);
            breaches.push(breach.in_round(seats[0].round).of_experts(seats.iter().map(|s| s.expert)));
        }
    }
    breaches
}

/// A breach for each pair with several seats.
pub fn meet_once(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (m, seats) in seating.by_mentee() {
        let mut experts: Vec<_> = seats.iter().map(|s| s.expert).collect();
        experts.sort_unstable();
        for same in experts.chunk_by(|a, b| a == b).filter(|same| same.len() > 1) {
            breaches.push(Breach::new(Rule::MeetOnce, same.len(), 1).of_mentees([m]).of_experts([same[0]]));
        }
    }
    breaches
}

/// A breach for each person and round with seats while away; it names who is away, not whom they would have met.
pub fn presence(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (m, seats) in seating.by_mentee() {
        let away = |s: &&Seat| !seating.event.mentee(m).present.contains(s.round);
        for seat in seats.iter().filter(away) {
            breaches.push(Breach::new(Rule::Presence, 1, 0).in_round(seat.round).of_mentees([m]));
        }
    }
    for (e, sittings) in seating.by_expert() {
        for sitting in sittings.iter().filter(|s| !seating.event.expert(e).present.contains(s.round)) {
            let found = group(sitting).len();
            breaches.push(Breach::new(Rule::Presence, found, 0).in_round(sitting.round).of_experts([e]));
        }
    }
    breaches
}

/// A breach for each mentee with fewer seats than `least`, or more than `most`.
pub fn meetings_wanted(seating: &Seating) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (m, seats) in seating.by_mentee() {
        let mentee = seating.event.mentee(m);
        if seats.len() < mentee.least as usize {
            breaches.push(Breach::new(Rule::MeetingsWanted, seats.len(), mentee.least).of_mentees([m]));
        }
        if seats.len() > mentee.most as usize {
            breaches.push(Breach::new(Rule::MeetingsWanted, seats.len(), mentee.most).of_mentees([m]));
        }
    }
    breaches
}

/// A breach for each two seats of a mentee that leave too few minutes for the way between their rooms; its round
/// is that of the later one. An expert keeps one table, and so never walks.
pub fn travel(seating: &Seating) -> Vec<Breach> {
    let event = seating.event;
    let longest = event.travel.iter().map(|t| i64::from(t.minutes)).max().unwrap_or(0);
    let mut breaches = Vec::new();
    for (m, seats) in seating.by_mentee() {
        for (i, later) in seats.iter().enumerate() {
            for earlier in seats[..i].iter().rev().filter(|s| s.round < later.round) {
                let minutes = event.minutes_between(earlier.round, later.round);
                if minutes >= longest {
                    break;
                }
                let rooms = event.expert(earlier.expert).room.zip(event.expert(later.expert).room);
                let walk = rooms.map_or(0, |(from, to)| event.travel_minutes(from, to));
                if minutes < i64::from(walk) {
                    let breach = Breach { found: minutes, ..Breach::new(Rule::Travel, 0, walk) };
                    breaches
                        .push(breach.in_round(later.round).of_mentees([m]).of_experts([earlier.expert, later.expert]));
                }
            }
        }
    }
    breaches
}
