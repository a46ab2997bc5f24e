//! What the tests share: a builder of events, random events around a planted schedule, a slow and obvious count of
//! the rules, and an oracle that tries every schedule.
//!
//! People, rounds, topics and rooms are numbered from 1, as their ids are: `e(1)` is `E01`.

pub mod builder;
pub mod command;
pub mod oracle;
pub mod planted;
pub mod random;
pub mod recount;

use tablehop::domain::{ExpertIx, MenteeIx, RoomIx, RoundIx, Schedule, Seat, TopicIx};

pub use builder::EventBuilder;

/// The expert of a number.
pub fn e(number: usize) -> ExpertIx {
    ExpertIx::new(number - 1)
}

/// The mentee of a number.
pub fn m(number: usize) -> MenteeIx {
    MenteeIx::new(number - 1)
}

/// The round of a number.
pub fn r(number: usize) -> RoundIx {
    RoundIx::new(number - 1)
}

/// The topic of a number.
pub fn t(number: usize) -> TopicIx {
    TopicIx::new(number - 1)
}

/// The room of a number.
pub fn room(number: usize) -> RoomIx {
    RoomIx::new(number - 1)
}

/// The seats of sittings without a topic: round, expert, group.
pub fn seats(sittings: &[(usize, usize, &[usize])]) -> Vec<Seat> {
    let of = |&(round, expert, group): &(usize, usize, &[usize])| {
        group
            .iter()
            .map(|&g| Seat { round: r(round), expert: e(expert), mentee: m(g), topic: None })
            .collect::<Vec<_>>()
    };
    sittings.iter().flat_map(of).collect()
}

/// The seats of sittings with a topic: round, expert, topic, group.
pub fn seats_on(sittings: &[(usize, usize, usize, &[usize])]) -> Vec<Seat> {
    let of = |&(round, expert, topic, group): &(usize, usize, usize, &[usize])| {
        let seats = seats(&[(round, expert, group)]);
        seats.into_iter().map(|s| Seat { topic: Some(t(topic)), ..s }).collect::<Vec<_>>()
    };
    sittings.iter().flat_map(of).collect()
}

/// The schedule of sittings without topics: round, expert, group.
pub fn schedule(sittings: &[(usize, usize, &[usize])]) -> Schedule {
    Schedule::new(seats(sittings))
}

/// The schedule of sittings with topics: round, expert, topic, group.
pub fn schedule_on(sittings: &[(usize, usize, usize, &[usize])]) -> Schedule {
    Schedule::new(seats_on(sittings))
}
