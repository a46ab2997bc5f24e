//! Small moves: one mentee, or a few who are tied together, changes a seat; others make room.

mod days;
mod tables;
mod tied;

use super::state::{Placed, State};
use crate::domain::{ExpertIx, MenteeIx, RoundIx, TopicIx};
use crate::solve::random::Random;

use days::{change_day, exchange_people, exchange_seats};
pub use days::{change_seat, exchange_rounds, leave_seat};
use tables::change_topic;
pub use tables::{close_table, open_table};
pub use tied::{change_seats_of_tied, meet_request, seat_requested};

/// One thing done, to be undone.
#[derive(Clone, Copy)]
enum Done {
    Sat(MenteeIx, RoundIx),
    Rose(MenteeIx, RoundIx, Placed),
    Topic(ExpertIx, RoundIx, Option<TopicIx>),
}

/// A move under way: everything it did, and the cost before.
struct Attempt<'s, 'a> {
    state: &'s mut State<'a>,
    done: Vec<Done>,
    before: Vec<i64>,
    /// Whether only the breaches count: to get out of a dead end while there are any.
    lenient: bool,
    /// The chance that decides while annealing.
    chance: f64,
}

/// One in so many moves looks at breaches only, while there are any.
const LENIENT: usize = 4;

/// Beside a standing plan all but one in so many exchanges are of somebody with another card, if so many looks find one.
const NEARNESS: usize = 4;
const LOOKS: usize = 32;

impl<'s, 'a> Attempt<'s, 'a> {
    fn new(state: &'s mut State<'a>, random: &mut Random) -> Self {
        let before = state.cost().to_vec();
        let lenient = state.breaches() > 0 && random.below(LENIENT) == 0;
        let chance = if state.heat.is_some() { random.chance() } else { 0.0 };
        Attempt { state, done: Vec::new(), before, lenient, chance }
    }

    fn rise(&mut self, m: MenteeIx, r: RoundIx) -> Option<Placed> {
        let placed = self.state.rise(m, r)?;
        self.done.push(Done::Rose(m, r, placed));
        Some(placed)
    }

    /// Seats a mentee without a seat in the round, when that is possible.
    fn sit(&mut self, m: MenteeIx, e: ExpertIx, r: RoundIx) -> bool {
        let possible = self.state.seat(m, r).is_none() && self.state.can_meet(m, e, r) && self.state.has_room(e, r);
        if possible {
            let placed = self.state.placed(m, e, self.state.topic(e, r));
            self.state.sit(m, r, placed);
            self.done.push(Done::Sat(m, r));
        }
        possible
    }

    fn set_topic(&mut self, e: ExpertIx, r: RoundIx, topic: Option<TopicIx>) {
        if self.state.group(e, r).is_empty() && self.state.topic(e, r) != topic {
            self.done.push(Done::Topic(e, r, self.state.topic(e, r)));
            self.state.set_topic(e, r, topic);
        }
    }

    /// Keeps the move when the cost is no worse, or as the heat allows; else takes all of it back.
    fn settle(mut self) {
        let after = self.state.cost();
        let compared = if self.lenient { 1 } else { self.before.len() };
        let keeps = match &self.state.heat {
            Some(heat) => heat.allows(&self.before, after, self.chance),
            None => after[..compared] <= self.before[..compared],
        };
        if !keeps {
            self.undo();
        }
    }

    fn undo(&mut self) {
        while let Some(done) = self.done.pop() {
            match done {
                Done::Sat(m, r) => {
                    self.state.rise(m, r);
                }
                Done::Rose(m, r, placed) => {
                    self.state.set_topic(placed.expert, r, placed.topic);
                    self.state.sit(m, r, placed);
                }
                Done::Topic(e, r, topic) => self.state.set_topic(e, r, topic),
            }
        }
    }
}

impl State<'_> {
    /// Whether a mentee's seat in a round may change by itself: there, not played yet, and not tied to others.
    pub fn is_movable(&self, m: MenteeIx, r: RoundIx) -> bool {
        self.event.mentee(m).present.contains(r)
            && !self.event.frozen.rounds.contains(r)
            && !self.is_tied(m)
            && !self.is_pinned(m, r)
    }

    /// Whether somebody is kept together with a mentee.
    pub fn is_tied(&self, m: MenteeIx) -> bool {
        !self.tied[m.index()].is_empty()
    }

    fn is_pinned(&self, m: MenteeIx, r: RoundIx) -> bool {
        let seated = self.seat(m, r).map(|p| p.expert);
        self.musts[m.index()].iter().any(|&(e, round)| round == Some(r) && seated == Some(e))
    }
}

/// Mostly, beside a standing plan, somebody with another card than there, by chance: who has one already may move on at no
/// cost in cards.
fn changed(state: &State, random: &mut Random) -> Option<MenteeIx> {
    if state.standing.is_none() || random.below(NEARNESS) == 0 {
        return None;
    }
    let mut somebody = || MenteeIx::new(random.below(state.event.mentees.len()));
    (0..LOOKS).map(|_| somebody()).find(|&m| state.is_changed(m))
}

/// Tries one small move, mostly one of those that often keep what all seats are worth.
pub fn exchange(state: &mut State, random: &mut Random) {
    let kind = random.below(16);
    if kind == 0 {
        small_move(state, random);
    } else if let Some((m, e, r)) = pick(state, random) {
        let m = changed(state, random).unwrap_or(m);
        match kind {
            1..=11 => exchange_seats(state, m, e, r, random),
            _ => exchange_rounds(state, m, r, random),
        }
    }
}

/// Tries one small move, chosen by chance, and keeps it when the cost is no worse or the heat allows it.
pub fn small_move(state: &mut State, random: &mut Random) {
    let Some((m, e, r)) = pick(state, random) else { return };
    match random.below(14) {
        0..=4 => change_seat(state, m, e, r, random),
        5..=7 => exchange_rounds(state, m, r, random),
        8 => close_table(state, e, r, random),
        9 => open_table(state, e, r, random),
        10 => change_topic(state, e, r, random),
        11 => exchange_people(state, m, r, random),
        12 => change_day(state, m, r, random),
        _ => {
            if !state.all_tied.is_empty() {
                let m = state.all_tied[random.below(state.all_tied.len())];
                change_seats_of_tied(state, m, e, r, random);
            }
        }
    }
}

/// Somebody, a table and a round that is not played yet, by chance.
fn pick(state: &State, random: &mut Random) -> Option<(MenteeIx, ExpertIx, RoundIx)> {
    let r = RoundIx::new(random.below(state.event.rounds.len()));
    let is_played = state.event.frozen.rounds.contains(r);
    (!is_played).then(|| {
        let m = MenteeIx::new(random.below(state.event.mentees.len()));
        (m, ExpertIx::new(random.below(state.event.experts.len())), r)
    })
}
