//! Construction and search for events whose rounds are not alike, over one evaluator of moves ([`state`]).
//!
//! Rounds are filled one after the other, each by a minimum-cost flow ([`round`]); then rounds are seated anew,
//! tables change their topic, open or close, and small moves ([`moves`]) repair what a flow can't see. A change
//! stays when the cost is no worse.

mod moves;
mod round;
mod state;
mod terms;

use crate::domain::{ExpertIx, RoundIx, Schedule, TopicIx};
use crate::pairs::Pairs;
use crate::solve::Options;
use crate::solve::random::Random;

use moves::small_move;
use round::{Seating, best_seating};
use state::State;

/// How many small moves go with one new seating of a round.
const MOVES_A_SEATING: usize = 60;

/// How many steps a new seating counts for.
const STEPS_A_SEATING: u64 = 100;

/// Without a better schedule for so many seatings of each round the search ends.
const PATIENCE: usize = 30;

/// What a search found.
pub struct Found {
    /// The best schedule.
    pub schedule: Schedule,
    /// How many breaches of hard rules it has; 0 when it can be used.
    pub breaches: i64,
    /// Steps done.
    pub steps: u64,
}

/// Builds a schedule and betters it by at most `options.steps` steps. `start` gives seats to begin with.
pub fn search(pairs: &Pairs, every_round: bool, start: Option<&Schedule>, options: &Options) -> Found {
    let mut search =
        Search { state: State::new(pairs, every_round, options.standing), random: Random::new(options.seed), steps: 0 };
    if let Some(start) = start {
        search.take_over(start);
    }
    search.construct();
    search.improve(options);
    Found { schedule: search.state.schedule(), breaches: search.state.breaches(), steps: search.steps }
}

struct Search<'a> {
    state: State<'a>,
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
        let (mut best, mut idle) = (self.state.cost().to_vec(), 0);
        while self.steps < options.steps && (idle < patience || self.state.breaches() > 0) && !(options.stop)() {
            let r = rounds[self.random.below(rounds.len())];
            let change = if self.random.below(2) == 0 { self.other_topic(r) } else { None };
            self.reseat(r, change);
            for _ in 0..MOVES_A_SEATING {
                small_move(&mut self.state, &mut self.random);
                self.steps += 1;
            }
            idle += 1;
            if self.state.cost() < &best[..] {
                best = self.state.cost().to_vec();
                idle = 0;
            }
        }
    }
}
