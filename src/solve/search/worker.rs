//! One worker of the search: its own schedule, its own chance, and everything that it tries.

use std::collections::BTreeSet;

use super::mending::mend;
use super::moves::{seat_requested, small_move};
use super::round::{Seating, best_seating, open_tables};
use super::scopes::{Kind, LEARNING, Scope, other_topic};
use super::slack::Slack;
use super::state::State;
use super::{Quest, Starts, WORKERS};
use crate::domain::{ExpertIx, MenteeIx, RoundIx, Schedule, Seat, TopicIx};
use crate::pairs::Pairs;
use crate::solve::Progress;
use crate::solve::choice::Choice;
use crate::solve::construction::{Drafts, Sittings, Wish, part, tables_asked_for};
use crate::solve::random::Random;

/// How many small moves make one turn.
const MOVES_A_TURN: u64 = 100;

/// The most moves that go into mending a start.
const MOST_MENDING: u64 = 10_000;

/// Seating a round anew counts one step for so many pairs of a mentee and a table, and this at least.
const PAIRS_A_STEP: u64 = 8;
const STEPS_A_SEATING: u64 = 100;

/// A pivot or placement of the construction counts for the so manieth part of a step.
const PIVOTS_A_STEP: u64 = 4;

/// The so manieth part of all steps goes into settling on topics in a draft.
const SETTLING_SHARE: u64 = 32;

/// Without a better schedule for so many seatings of each round and table, a round is stirred up.
const PATIENCE: usize = 6;

/// After so many stirrings in vain the search ends.
const STIRRINGS: usize = 25;

/// Tables whose topic changes when a round is stirred up.
const STIRRED_TABLES: usize = 3;

/// Beyond this share of the steps half of the turns look at what is changed of a standing plan.
const CLOSING: (u64, u64) = (1, 2);

/// A worker with its schedule.
pub struct Worker<'a> {
    pub(super) quest: &'a Quest<'a>,
    pub(super) state: State<'a>,
    choice: Choice<Kind>,
    /// See [`Drafts::banned`].
    banned: BTreeSet<(MenteeIx, ExpertIx, Option<TopicIx>)>,
    /// Experts with a choice of topics.
    several: Vec<ExpertIx>,
    /// Rounds that are not played yet.
    rounds: Vec<RoundIx>,
    pub(super) random: Random,
    /// The cost of the best schedule and the schedule.
    pub(super) best: (Vec<i64>, Schedule),
    /// Turns since the best schedule, and since a round was stirred up.
    idle: usize,
    stirrings: usize,
    slack: Option<Slack>,
    /// Moves since the best schedule was kept.
    pub(super) since_copy: usize,
    /// Steps done.
    pub steps: u64,
}

impl<'a> Worker<'a> {
    /// Nobody has a seat yet.
    pub fn new(quest: &'a Quest<'a>, number: u64) -> Self {
        let event = quest.pairs.event();
        let state = State::new(quest.pairs, quest.order, quest.every_round, quest.options.standing);
        Worker {
            choice: Choice::new(
                Kind::ALL.into_iter().filter(|&k| k != Kind::Changed || quest.options.standing.is_some()),
                LEARNING,
            ),
            banned: BTreeSet::new(),
            several: event.expert_ixs().filter(|&e| event.expert(e).topics.len() > 1).collect(),
            rounds: event.rounds_to_come().iter().collect(),
            random: Random::new(quest.options.seed.wrapping_mul(2).wrapping_add(number)),
            best: (state.cost().to_vec(), state.schedule()),
            idle: 0,
            stirrings: 0,
            slack: None,
            since_copy: 0,
            steps: 0,
            quest,
            state,
        }
    }

    /// The best schedule so far, with its cost.
    pub fn best(&self) -> &(Vec<i64>, Schedule) {
        &self.best
    }

    /// Whether there is nothing left to better.
    pub fn is_done(&self) -> bool {
        self.state.breaches() == 0 && self.state.open_level(self.quest.bounds).is_none()
    }

    /// Goes on from a schedule that is better than the own best.
    pub fn join(&mut self, cost: &[i64], schedule: &Schedule) {
        if cost < &self.best.0[..] {
            self.best = (cost.to_vec(), schedule.clone());
            (self.idle, self.stirrings) = (0, 0);
        }
        self.go_back();
    }

    /// Betters what there is to start from, one after the other, until so many steps are done.
    pub fn begin(&mut self, starts: &Starts, steps: u64) {
        let drafts = (0..starts.drafts).map(|_| None);
        let starts: Vec<Option<&Schedule>> = starts.given.map(Some).into_iter().chain(drafts).collect();
        let mut best: Option<(Vec<i64>, Schedule)> = None;
        for (i, start) in (1..).zip(&starts) {
            self.construct(*start);
            self.improve(steps * i / starts.len() as u64);
            if best.as_ref().is_none_or(|best| self.best.0 < best.0) {
                best = Some(self.best.clone());
            }
            if self.is_done() || self.steps >= steps || (self.quest.options.stop)() {
                break;
            }
        }
        self.best = best.unwrap_or_else(|| self.best.clone());
        self.go_back();
    }

    /// Takes over `start` or drafts a schedule; what was asked for by name comes next, then round by round all who
    /// have no seat yet.
    pub(super) fn construct(&mut self, start: Option<&Schedule>) {
        self.seat_anew(&Schedule::default());
        match start {
            Some(start) => self.take_over(&self.state.offered(start)),
            None => self.draft(),
        }
        seat_requested(&mut self.state, &mut self.random);
        for r in self.rounds.clone() {
            self.spread_topics(r);
            self.reseat(r, Seating::of(&self.state, r), None);
        }
        self.steps += mend(&mut self.state, &mut self.random, MOST_MENDING);
        self.best = (self.state.cost().to_vec(), self.state.schedule());
        (self.idle, self.stirrings) = (0, 0);
    }

    fn draft(&mut self) {
        let budget = self.quest.steps / SETTLING_SHARE * PIVOTS_A_STEP;
        let mut drafts =
            Drafts { random: &mut self.random, stop: self.quest.options.stop, banned: BTreeSet::new(), steps: 0 };
        let draft = drafts.first(self.quest.pairs, self.quest.every_round, budget);
        self.steps += drafts.steps / PIVOTS_A_STEP;
        self.banned = drafts.banned;
        if let Some(draft) = draft {
            self.take_over(&draft);
        }
    }

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

    /// Gives the tables of a round the topics in turn, so that all of an expert's come up.
    fn spread_topics(&mut self, r: RoundIx) {
        for e in self.state.event.expert_ixs() {
            let topics = self.state.event.sitting_topics(e);
            let turn = (r.index() + e.index()) % topics.len().max(1);
            self.state.set_topic(e, r, topics.get(turn).copied().flatten());
        }
    }

    /// Seats some people of a round anew where that is no worse, one table with another topic if `change` says so.
    fn reseat(&mut self, r: RoundIx, before: Seating, change: Option<(ExpertIx, Option<TopicIx>)>) {
        let cost = self.state.cost().to_vec();
        let open = open_tables(&self.state, r, &mut self.random);
        let old = change.map(|(e, _)| (e, self.state.topic(e, r)));
        self.set_topic(r, &before, change);
        let best = best_seating(&mut self.state, r, &before, &open, &mut self.random);
        best.apply(&mut self.state, r);
        if !self.is_acceptable(&cost) {
            self.set_topic(r, &before, old);
            before.apply(&mut self.state, r);
        }
        self.count_seating(before.len() * open.len());
    }

    fn count_seating(&mut self, pairs: usize) {
        self.steps += (pairs as u64 / PAIRS_A_STEP).max(STEPS_A_SEATING);
    }

    /// Gives a table another topic, everybody who can having left their seats.
    fn set_topic(&mut self, r: RoundIx, people: &Seating, change: Option<(ExpertIx, Option<TopicIx>)>) {
        if let Some((e, topic)) = change {
            people.cleared().apply(&mut self.state, r);
            self.state.set_topic(e, r, topic);
        }
    }

    /// Betters the schedule until so many steps are done in all.
    pub fn improve(&mut self, steps: u64) {
        let event = self.state.event;
        if self.rounds.is_empty() || event.experts.is_empty() || event.mentees.is_empty() {
            return;
        }
        let patience = PATIENCE * (self.rounds.len() + event.experts.len());
        while self.steps < steps && !self.is_done() && !(self.quest.options.stop)() {
            let r = self.rounds[self.random.below(self.rounds.len())];
            self.loosen();
            self.turn(r);
            self.idle += 1;
            if !self.keep_best() && self.idle > patience {
                if self.stirrings >= STIRRINGS && self.best.0.first() == Some(&0) {
                    break;
                }
                self.go_back();
                self.stir(r);
                (self.idle, self.stirrings) = (0, self.stirrings + 1);
                self.report();
            }
        }
        self.go_back();
    }

    /// Keeps the schedule at hand if it is the best so far; whether it is.
    pub(super) fn keep_best(&mut self) -> bool {
        let better = self.state.cost() < &self.best.0[..];
        if better {
            self.best = (self.state.cost().to_vec(), self.state.schedule());
            (self.idle, self.stirrings) = (0, 0);
            self.report();
        }
        better
    }

    /// Tries one neighbourhood.
    fn turn(&mut self, r: RoundIx) {
        let (steps, cost) = (self.steps, self.state.cost().to_vec());
        let closing =
            self.quest.options.standing.is_some() && steps > self.quest.steps / WORKERS * CLOSING.0 / CLOSING.1;
        let kind = match closing && self.random.below(2) == 0 {
            true => Kind::Changed,
            false => self.choice.pick(|_| true, &mut self.random).unwrap_or(Kind::Moves),
        };
        match kind {
            Kind::Moves => {
                self.steps += mend(&mut self.state, &mut self.random, MOVES_A_TURN);
                for _ in 0..MOVES_A_TURN {
                    small_move(&mut self.state, &mut self.random);
                    self.steps += 1;
                }
            }
            Kind::Round => {
                let scope = Scope::pick(kind, &self.state, &self.several, &mut self.random);
                let r = scope.change.map_or(r, |change| change.1);
                let people = Seating::of(&self.state, r).among(&scope.mentees);
                self.reseat(r, people, scope.change.map(|(e, _, topic)| (e, topic)));
            }
            _ => {
                let scope = Scope::pick(kind, &self.state, &self.several, &mut self.random);
                self.rearrange(&scope);
            }
        }
        self.choice.learn(kind, self.state.cost() < &cost[..], self.steps - steps);
    }

    /// Lays the best meetings of a scope out anew where the pair model does not say that this is in vain, and keeps
    /// that where it is no worse. Where there is a standing plan, every other time as close to that as can be.
    fn rearrange(&mut self, scope: &Scope) {
        let (cost, before) = (self.state.cost().to_vec(), self.state.schedule());
        let mut sittings = self.sittings();
        scope.settle(&mut sittings, &self.state, &mut self.random);
        let event = part(self.state.event, &before, &scope.mentees, scope.rounds);
        let of_scope = |schedule: &Schedule| {
            let takes_part = |s: &&Seat| scope.mentees.binary_search(&s.mentee).is_ok();
            Schedule::new(schedule.seats().iter().filter(takes_part).copied().collect())
        };
        let own = of_scope(&before);
        let home = self
            .quest
            .options
            .standing
            .filter(|_| scope.kind == Kind::Changed || self.random.below(2) == 0)
            .map(of_scope);
        let mut drafts =
            Drafts { random: &mut self.random, stop: self.quest.options.stop, banned: self.banned.clone(), steps: 0 };
        let broken = cost.first().is_some_and(|&breaches| breaches > 0);
        let slack = self.slack.map(|slack| (slack.priority, slack.of(&cost, &self.best.0)));
        let wish = Wish { own: &own, home: home.as_ref(), broken, slack };
        let draft = drafts.better(&Pairs::new(&event), &sittings, &wish);
        let (steps, banned) = (drafts.steps, drafts.banned);
        self.steps += (steps / PIVOTS_A_STEP).max(STEPS_A_SEATING);
        let Some(draft) = draft else { return };
        self.seat_scope(scope, &draft);
        for r in scope.rounds.iter() {
            let people = Seating::of(&self.state, r).among(&scope.mentees);
            let open = open_tables(&self.state, r, &mut self.random);
            best_seating(&mut self.state, r, &people, &open, &mut self.random).apply(&mut self.state, r);
            self.count_seating(people.len() * open.len());
        }
        match self.is_acceptable(&cost) {
            true => self.banned = banned,
            false => self.seat_scope(scope, &own),
        }
    }

    /// Whether the schedule at hand may take the place of one that costs `before`.
    fn is_acceptable(&self, before: &[i64]) -> bool {
        let cost = self.state.cost();
        cost <= before || self.slack.is_some_and(|slack| slack.allows(cost, &self.best.0))
    }

    /// Sets the slack for now. There is none while rules are broken, nor beside a standing plan, from which it would
    /// lead away.
    fn loosen(&mut self) {
        let steps = self.quest.steps / WORKERS;
        let left = steps.saturating_sub(self.steps);
        let free = self.quest.options.standing.is_none() && self.best.0.first() == Some(&0);
        self.slack = free.then(|| Slack::when(&self.state, self.quest.bounds, &self.best.0, left, steps)).flatten();
    }

    /// Seats those of a scope as in a schedule.
    fn seat_scope(&mut self, scope: &Scope, schedule: &Schedule) {
        for r in scope.rounds.iter() {
            for &m in &scope.mentees {
                self.state.rise(m, r);
            }
        }
        self.take_over(schedule);
    }

    /// Which tables are open, or could be without regard to what the others do, and about what.
    fn sittings(&self) -> Sittings {
        let event = self.state.event;
        let mut sittings = Sittings::none(event);
        let asked_for: BTreeSet<_> = tables_asked_for(event).collect();
        for (e, r) in event.expert_ixs().flat_map(|e| event.round_ixs().map(move |r| (e, r))) {
            let expert = event.expert(e);
            let free = expert.most_sittings as usize >= event.rounds.len()
                && expert.most_in_a_row.is_none()
                && expert.room.is_none_or(|room| event.rooms[room.index()].tables.is_none());
            let open = !self.state.group(e, r).is_empty() || asked_for.contains(&(e, r));
            if open || free && expert.open_rounds().contains(r) && !event.frozen.rounds.contains(r) {
                sittings.set(e, r, Some(self.state.topic(e, r)));
            }
        }
        sittings
    }

    fn report(&self) {
        let Some((priority, value)) = self.state.open_level(self.quest.bounds) else { return };
        let bound = self.quest.bounds.iter().find(|(p, _)| *p == priority).map(|(_, bound)| bound.clone());
        let best = Some(value).filter(|_| self.state.breaches() == 0);
        (self.quest.options.progress)(&Progress { priority, best, bound, steps: self.steps });
    }

    /// Seats everybody as in the best schedule.
    pub(super) fn go_back(&mut self) {
        let best = std::mem::take(&mut self.best.1);
        self.seat_anew(&best);
        self.best.1 = best;
    }

    /// Seats everybody as in a schedule, but in played rounds.
    fn seat_anew(&mut self, schedule: &Schedule) {
        for &r in &self.rounds {
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
            let change = other_topic(&self.state, r, &self.several, &mut self.random);
            self.set_topic(r, &people, change.map(|(e, _, topic)| (e, topic)));
        }
        let open = open_tables(&self.state, r, &mut self.random);
        best_seating(&mut self.state, r, &people, &open, &mut self.random).apply(&mut self.state, r);
        self.count_seating(people.len() * open.len());
    }
}
