//! Construction and search for events whose rounds are not alike, over one evaluator of moves ([`state`]).
//!
//! Rounds are filled one after the other, each by a minimum-cost flow ([`round`]); then rounds are seated anew,
//! tables change their topic, open or close, and small moves ([`moves`]) repair what a flow can't see. A change
//! stays when the cost is no worse.

mod moves;
mod round;
mod state;
mod terms;

use crate::domain::{ExpertIx, Priority, RoundIx, Schedule, TopicIx};
use crate::pairs::Pairs;
use crate::solve::random::Random;
use crate::solve::{Options, Progress};

use moves::small_move;
use round::{Seating, best_seating};
use state::State;

/// How many small moves go with one new seating of a round.
const MOVES_A_SEATING: usize = 60;

/// How many steps a new seating counts for.
const STEPS_A_SEATING: u64 = 100;

/// Without a better schedule for so many seatings of each round and table, a round is stirred up.
const PATIENCE: usize = 6;

/// After so many stirrings in vain the search ends.
const STIRRINGS: usize = 25;

/// Tables whose topic changes when a round is stirred up.
const STIRRED_TABLES: usize = 3;

/// What a search found.
pub struct Found {
    /// The best schedule.
    pub schedule: Schedule,
    /// How many breaches of hard rules it has; 0 when it can be used.
    pub breaches: i64,
    /// Steps done.
    pub steps: u64,
}

/// Builds a schedule, from the seats of the standing plan where there is one, and betters it by at most
/// `options.steps` steps, or until it meets `bounds`.
pub fn search<'a>(
    pairs: &'a Pairs<'a>,
    every_round: bool,
    bounds: &'a [(Priority, Vec<i64>)],
    options: &Options,
) -> Found {
    let mut search = Search {
        state: State::new(pairs, every_round, options.standing),
        bounds,
        random: Random::new(options.seed),
        steps: 0,
    };
    if let Some(standing) = options.standing {
        search.take_over(standing);
    }
    search.construct();
    search.improve(options);
    Found { schedule: search.state.schedule(), breaches: search.state.breaches(), steps: search.steps }
}

struct Search<'a> {
    state: State<'a>,
    /// What no schedule can do better than.
    bounds: &'a [(Priority, Vec<i64>)],
    random: Random,
    steps: u64,
}

impl Search<'_> {
    /// Takes over the seats of another schedule that can be had here.
    fn take_over(&mut self, start: &Schedule) {
        for seat in start.seats() {
            let (m, e, r) = (seat.mentee, seat.expert, seat.round);
            let free = self.state.seat(m, r).is_none() && self.state.can_meet(m, e, r) && self.state.has_room(e, r);
            if self.state.group(e, r).is_empty() {
                self.state.set_topic(e, r, seat.topic);
            }
            if free && self.state.topic(e, r) == seat.topic {
                let placed = self.state.placed(m, e, seat.topic);
                self.state.sit(m, r, placed);
            }
        }
    }

    /// What was asked for by name first, then round by round.
    fn construct(&mut self) {
        moves::seat_requested(&mut self.state, &mut self.random);
        let rounds: Vec<RoundIx> = self.state.event.round_ixs().filter(|&r| !self.is_frozen(r)).collect();
        for &r in &rounds {
            self.spread_topics(r);
            self.reseat(r, None);
        }
    }

    fn is_frozen(&self, r: RoundIx) -> bool {
        self.state.event.frozen.rounds.contains(r)
    }

    /// Gives the tables of a round the topics in turn, so that all of an expert's come up.
    fn spread_topics(&mut self, r: RoundIx) {
        for e in self.state.event.expert_ixs() {
            let topics = self.state.event.sitting_topics(e);
            let turn = (r.index() + e.index()) % topics.len().max(1);
            self.state.set_topic(e, r, topics.get(turn).copied().flatten());
        }
    }

    /// Seats a round anew where that is no worse, one table with another topic if `change` says so.
    fn reseat(&mut self, r: RoundIx, change: Option<(ExpertIx, Option<TopicIx>)>) {
        let (before, cost) = (Seating::of(&self.state, r), self.state.cost().to_vec());
        let open = moves::open_tables(&self.state, r, &mut self.random);
        let old = change.map(|(e, _)| (e, self.state.topic(e, r)));
        self.set_topic(r, &before, change);
        let best = best_seating(&mut self.state, r, &before, &open, &mut self.random);
        best.apply(&mut self.state, r);
        if self.state.cost() > &cost[..] {
            self.set_topic(r, &before, old);
            before.apply(&mut self.state, r);
        }
        self.steps += STEPS_A_SEATING;
    }

    /// Gives a table another topic, everybody who can having left their seats.
    fn set_topic(&mut self, r: RoundIx, people: &Seating, change: Option<(ExpertIx, Option<TopicIx>)>) {
        if let Some((e, topic)) = change {
            people.cleared().apply(&mut self.state, r);
            self.state.set_topic(e, r, topic);
        }
    }

    /// An expert by chance with another topic for a round, where there is a choice.
    fn other_topic(&mut self, r: RoundIx) -> Option<(ExpertIx, Option<TopicIx>)> {
        let e = ExpertIx::new(self.random.below(self.state.event.experts.len()));
        let mut topics = self.state.event.sitting_topics(e);
        topics.retain(|&t| t != self.state.topic(e, r));
        (!topics.is_empty()).then(|| (e, topics[self.random.below(topics.len())]))
    }

    fn improve(&mut self, options: &Options) {
        let rounds: Vec<RoundIx> = self.state.event.round_ixs().filter(|&r| !self.is_frozen(r)).collect();
        if rounds.is_empty() || self.state.event.experts.is_empty() || self.state.event.mentees.is_empty() {
            return;
        }
        let patience = PATIENCE * (rounds.len() + self.state.event.experts.len());
        let mut best = (self.state.cost().to_vec(), self.state.schedule());
        let (mut idle, mut stirrings) = (0, 0);
        while self.steps < options.steps && !self.is_done() && !(options.stop)() {
            let r = rounds[self.random.below(rounds.len())];
            self.step(r);
            idle += 1;
            if self.state.cost() < &best.0[..] {
                best = (self.state.cost().to_vec(), self.state.schedule());
                (idle, stirrings) = (0, 0);
                self.report(options);
            } else if idle > patience {
                if stirrings >= STIRRINGS && best.0.first() == Some(&0) {
                    break;
                }
                self.go_back(&best.1);
                self.stir(r);
                (idle, stirrings) = (0, stirrings + 1);
                self.report(options);
            }
        }
        self.go_back(&best.1);
    }

    /// One round is seated anew, and small moves are tried everywhere.
    fn step(&mut self, r: RoundIx) {
        let change = if self.random.below(2) == 0 { self.other_topic(r) } else { None };
        self.reseat(r, change);
        for _ in 0..MOVES_A_SEATING {
            small_move(&mut self.state, &mut self.random);
            self.steps += 1;
        }
    }

    fn is_done(&self) -> bool {
        self.state.breaches() == 0 && self.state.open_level(self.bounds).is_none()
    }

    fn report(&self, options: &Options) {
        let Some((priority, value)) = self.state.open_level(self.bounds) else { return };
        let bound = self.bounds.iter().find(|(p, _)| *p == priority).map(|(_, bound)| bound.clone());
        let best = Some(value).filter(|_| self.state.breaches() == 0);
        (options.progress)(&Progress { priority, best, bound, steps: self.steps });
    }

    /// Seats everybody as in a schedule that the search had before.
    fn go_back(&mut self, schedule: &Schedule) {
        for r in self.state.event.round_ixs().filter(|&r| !self.is_frozen(r)).collect::<Vec<_>>() {
            for m in self.state.event.mentee_ixs() {
                self.state.rise(m, r);
            }
        }
        self.take_over(schedule);
    }

    /// Seats a round anew with other topics at some tables, whether that is better or not.
    fn stir(&mut self, r: RoundIx) {
        let people = Seating::of(&self.state, r);
        for _ in 0..STIRRED_TABLES {
            let change = self.other_topic(r);
            self.set_topic(r, &people, change);
        }
        let open = moves::open_tables(&self.state, r, &mut self.random);
        best_seating(&mut self.state, r, &people, &open, &mut self.random).apply(&mut self.state, r);
        self.steps += STEPS_A_SEATING;
    }
}
