//! Brings a seating that keeps to the standing plan to the values that a fresh plan has, with few cards changed.

use std::collections::BTreeSet;

use crate::domain::{ExpertIx, MenteeIx, Priority, Request, RoundIx, Schedule, Seat};
use crate::pairs::Pairs;
use crate::solve::mixing::{Cost, Tables, Way, cells, could_as_well, wrong_seats};
use crate::solve::random::Random;

/// How many cards more may change for one unit of a value, pass by pass: what is cheap comes first.
const CARDS_A_UNIT: [i64; 8] = [0, 1, 2, 3, 4, 6, 8, 12];

/// After each pass those whose card has changed anyway are moved about so many times.
const FREE_PASSES: usize = 4;

/// Where single moves do not suffice: how many cards one unit of a value is worth, cheap first.
const PRICES: [i64; 3] = [3, 6, 12];

/// A step back by so many cards is taken once in 2^(this + so many).
const STEP_BACK: i64 = 3;

/// What one unit of `even-tables` outweighs of `new-faces`, for which there are far more moves.
const UNEVENNESS: i64 = 5;

/// A mentee's seat in the first round, to go over to the second.
type Wish = (MenteeIx, RoundIx, RoundIx);

/// What a seating is judged by, the most important first; less is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// What it lacks of the target.
    lacking: i64,
    /// While `even-tables` is lacking: the fewest tables that have to change for one unit of it.
    tables: i64,
    /// People whose card changed.
    people: i64,
    /// Seats that changed.
    seats: i64,
    /// The values of the levels after `changes`.
    after: i64,
}

/// Mends a seating.
pub struct Mender<'t, 'e> {
    pairs: &'e Pairs<'e>,
    tables: &'t mut Tables<'e>,
    /// What each level before `changes` is to come down to; those after it have none.
    target: Vec<i64>,
    /// Pairs that were asked for or stand in the standing plan.
    held: BTreeSet<(MenteeIx, ExpertIx)>,
    /// The experts of each topic; of all where there are none.
    experts: Vec<Vec<ExpertIx>>,
    random: Random,
    steps: u64,
    used: u64,
    /// While wandering: what one unit that is lacking is worth in cards.
    price: Option<i64>,
}

impl<'t, 'e> Mender<'t, 'e> {
    /// A mender that tries at most so many moves. `target` is what a fresh plan costs.
    pub fn new(
        pairs: &'e Pairs<'e>,
        tables: &'t mut Tables<'e>,
        standing: &Schedule,
        target: Cost,
        (steps, seed): (u64, u64),
    ) -> Self {
        let event = pairs.event();
        let changes = event.order.iter().position(|&p| p == Priority::Changes).unwrap_or(event.order.len());
        let before = tables.levels.iter().filter(|level| event.order[..changes].contains(level)).count();
        let asked_for = event.requests.iter().filter_map(|request| match *request {
            Request::MustMeet(m, e) => Some((m, e)),
            _ => None,
        });
        let mut experts = vec![Vec::new(); event.topics.len().max(1)];
        for e in event.expert_ixs() {
            event.sitting_topics(e).into_iter().for_each(|t| experts[t.map_or(0, |t| t.index())].push(e));
        }
        Mender {
            pairs,
            target: target[..before].to_vec(),
            held: asked_for.chain(standing.seats().iter().map(|s| (s.mentee, s.expert))).collect(),
            experts,
            random: Random::new(seed),
            tables,
            steps,
            used: 0,
            price: None,
        }
    }

    /// Mends as far as it goes: with moves that each gain something, then, if that does not suffice, with steps back,
    /// too. The moves tried.
    pub fn run(mut self, stop: &dyn Fn() -> bool) -> u64 {
        for most in CARDS_A_UNIT {
            self.settle(most, stop);
            if self.state().lacking == 0 {
                return self.used;
            }
        }
        for price in PRICES {
            self.price = Some(price);
            let until = self.used + (self.steps - self.used) / PRICES.len() as u64;
            while self.used < until && self.state().lacking > 0 && !stop() {
                self.wander(until);
            }
        }
        self.price = None;
        self.settle(0, stop);
        self.used
    }

    /// Tries what is worth trying in random order, steps back included, until nothing is lacking any more.
    fn wander(&mut self, until: u64) {
        let wishes = self.wishes(1);
        self.used += 1;
        for _ in 0..wishes.len() {
            if self.used >= until || self.state().lacking == 0 {
                return;
            }
            self.used += 1;
            let (mentee, from, to) = wishes[self.random.below(wishes.len())];
            self.exchange(mentee, (from, to), 0);
            self.change_expert(mentee, from, 0);
        }
    }

    /// Passes until nothing gets better.
    fn settle(&mut self, most: i64, stop: &dyn Fn() -> bool) {
        let mut best = self.reached();
        loop {
            let before = best;
            for most in [most].into_iter().chain([0; FREE_PASSES]) {
                self.pass(most, stop);
                best = best.min(self.reached());
            }
            if best == before {
                return;
            }
        }
    }

    /// The state, without what may go up and down as long as something is lacking.
    fn reached(&self) -> State {
        let state = self.state();
        if state.lacking > 0 { State { seats: 0, after: 0, ..state } } else { state }
    }

    /// Tries what is worth trying once.
    fn pass(&mut self, most: i64, stop: &dyn Fn() -> bool) {
        for (mentee, from, to) in self.wishes(most) {
            let is_fine = !self.has_changed(mentee) && self.state().lacking == 0;
            if is_fine {
                continue;
            }
            if self.used >= self.steps || stop() {
                return;
            }
            self.used += 1;
            self.exchange(mentee, (from, to), most);
            self.change_expert(mentee, from, most);
        }
    }

    fn state(&self) -> State {
        let (cost, levels) = (self.tables.cost(), &self.tables.levels);
        let (mut lacking, mut tables) = (0, 0);
        for ((cost, target), level) in cost.iter().zip(&self.target).zip(levels) {
            let (lacks, is_even) = ((cost - target).max(0), *level == Priority::EvenTables);
            lacking += if is_even { UNEVENNESS * lacks } else { lacks };
            if is_even && lacks > 0 {
                tables = self.tables.fewest_apart();
            }
        }
        let (people, seats) = self.tables.changes.as_ref().map_or((0, 0), |changes| (changes.people, changes.seats));
        State { lacking, tables, people, seats, after: cost[self.target.len()..].iter().sum() }
    }

    fn has_changed(&self, m: MenteeIx) -> bool {
        self.tables.changes.as_ref().is_some_and(|changes| changes.has_changed(m))
    }

    /// What could make it better, in a fixed order: other rounds for those whose card has changed anyway and, as long
    /// as something is lacking and cards may change for it, for those who cause it.
    fn wishes(&self, most: i64) -> Vec<Wish> {
        let event = self.tables.event;
        let changed: Vec<MenteeIx> = self.tables.changes.iter().flat_map(|changes| changes.changed()).collect();
        let own = changed.into_iter().flat_map(|m| event.round_ixs().map(move |r| (m, r)));
        let is_lacking = most > 0 && self.state().lacking > 0;
        let wrong = if is_lacking { wrong_seats(self.tables) } else { Vec::new() };
        let elsewhere =
            |(m, a): (MenteeIx, RoundIx)| event.round_ixs().filter(move |&b| b != a).map(move |b| (m, a, b));
        let mut wishes: Vec<Wish> = own.chain(wrong).flat_map(elsewhere).collect();
        if is_lacking {
            wishes.extend(self.to_small_tables());
        }
        wishes
    }

    /// People of the smallest tables of uneven rounds, to come there from their other rounds.
    fn to_small_tables(&self) -> Vec<Wish> {
        let event = self.tables.event;
        let mut wishes = Vec::new();
        for r in event.round_ixs().filter(|&r| self.tables.unevenness(r) > 0) {
            for e in event.expert_ixs() {
                let (smallest, largest) = self.tables.extremes(e, r);
                if smallest < largest && self.tables.group(e, r).len() == smallest {
                    let others = event.round_ixs().filter(|&other| other != r);
                    wishes.extend(others.flat_map(|a| self.tables.group(e, a).iter().map(move |&m| (m, a, r))));
                }
            }
        }
        wishes
    }

    /// Moves a seat to the other round with the chain that this takes, closed or not.
    fn exchange(&mut self, mentee: MenteeIx, (a, b): (RoundIx, RoundIx), most: i64) {
        let Some(table) = self.tables.table(mentee, a) else { return };
        let before = self.state();
        let way = Way { tables: self.tables, a, b, from: self.tables.table(mentee, b), start: Some(mentee) };
        let turn = self.random.next();
        let near = |m| self.has_changed(m);
        let closed = way.find(|other| other == Some(table), near, || turn);
        let open = way.find(|other| way.absorbs(other), near, || turn);
        for rest in [closed, open].into_iter().flatten() {
            let chain = [vec![mentee], rest].concat();
            let cells = cells(self.tables, &chain, a, b);
            self.tables.exchange(&chain, a, b);
            let fits = cells.iter().all(|&(e, r)| self.tables.fits(e, r));
            if fits && self.accepts(before, most) {
                return;
            }
            self.tables.exchange(&chain, a, b);
        }
    }

    /// Lets a mentee whose meeting is new have it with another expert who is as good, alone or by changing places.
    fn change_expert(&mut self, mentee: MenteeIx, round: RoundIx, most: i64) {
        let Some(seat) = self.tables.seat(mentee, round) else { return };
        let experts = &self.experts[seat.topic.map_or(0, |t| t.index())];
        let other = experts[self.random.below(experts.len())];
        if !self.could_change(seat, other) {
            return;
        }
        let before = self.state();
        let group = self.tables.group(other, round);
        let partner = group.get(self.random.below(group.len() + 1)).copied();
        let Some(partner) = partner.and_then(|m| self.tables.seat(m, round)) else {
            return self.join(seat, other, before, most);
        };
        if !self.could_change(partner, seat.expert) {
            return;
        }
        self.tables.change_places(seat, partner);
        if !self.accepts(before, most) {
            self.tables.change_places(Seat { expert: other, ..seat }, Seat { expert: seat.expert, ..partner });
        }
    }

    fn join(&mut self, seat: Seat, other: ExpertIx, before: State, most: i64) {
        let Seat { mentee, round, expert, .. } = seat;
        self.tables.stand_up(mentee, round);
        self.tables.sit(Seat { expert: other, ..seat });
        let fits = self.tables.fits(expert, round) && self.tables.fits(other, round);
        if !(fits && self.accepts(before, most)) {
            self.tables.stand_up(mentee, round);
            self.tables.sit(seat);
        }
    }

    fn could_change(&self, seat: Seat, other: ExpertIx) -> bool {
        !self.held.contains(&(seat.mentee, seat.expert)) && could_as_well(self.pairs, self.tables, seat, other)
    }

    /// Whether a move may stay: one that gains something may change at most so many cards for each unit. What is
    /// alike may stay, too, as long as something is lacking: it can open the way.
    fn accepts(&mut self, before: State, most: i64) -> bool {
        let after = self.state();
        if let Some(price) = self.price {
            let worth = |state: State| price * state.lacking + state.people;
            let worse = worth(after) - worth(before);
            return worse <= 0 || i64::from(self.random.next().trailing_zeros()) >= STEP_BACK + worse;
        }
        let gained = match before.lacking - after.lacking {
            0 => before.tables - after.tables,
            gained => gained,
        };
        match gained {
            1.. => after.people - before.people <= most * gained,
            0 if after.lacking > 0 => after.people <= before.people,
            0 => after < before,
            _ => false,
        }
    }
}
