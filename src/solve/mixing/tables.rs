//! Who sits where in each round, what `new-faces` and `even-tables` make of it, and what it changes of a standing plan.
//!
//! Every count is kept up to date seat by seat, so that a move costs what it touches, however large the event.

use super::changes::Changes;
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, RoundIx, Schedule, Seat};
use crate::solve::sizes::Sizes;
use crate::solve::together::Together;
use crate::solve::values::of_pair;

/// The values of `new-faces` and `even-tables`, as far as the event asks for them, in its order; less is better.
pub type Cost = [i64; 2];

/// A seating of an event whose rounds are alike.
pub struct Tables<'a> {
    /// The event.
    pub event: &'a Event,
    /// Which of `new-faces` and `even-tables` the event asks for, in its order.
    pub levels: Vec<Priority>,
    every_round: bool,
    /// By mentee × round.
    seats: Vec<Option<Seat>>,
    /// By expert × round, unordered.
    groups: Vec<Vec<MenteeIx>>,
    /// By round: those who have a seat in some round but not in this one.
    idle: Vec<Vec<MenteeIx>>,
    together: Together,
    faces: i64,
    sizes: Sizes,
    /// By round: largest − smallest group of the open tables of each class, summed up.
    uneven: Vec<i64>,
    /// Against the standing plan, when there is one.
    pub changes: Option<Changes>,
}

impl<'a> Tables<'a> {
    /// Tables where nobody sits yet.
    pub fn new(event: &'a Event, every_round: bool, standing: Option<&Schedule>) -> Self {
        let levels = event.order.iter().copied().filter(|p| matches!(p, Priority::NewFaces | Priority::EvenTables));
        let rounds = event.rounds.len();
        Tables {
            event,
            levels: levels.collect(),
            every_round,
            seats: vec![None; event.mentees.len() * rounds],
            groups: vec![Vec::new(); event.experts.len() * rounds],
            idle: vec![Vec::new(); rounds],
            together: Together::none(event.mentees.len()),
            faces: 0,
            sizes: Sizes::none(event),
            uneven: vec![0; rounds],
            changes: standing.map(|plan| Changes::new(event, plan)),
        }
    }

    /// Seats everybody so, whatever was before.
    pub fn seat_all(&mut self, seats: &[Seat]) {
        self.seats.fill(None);
        self.groups.iter_mut().chain(&mut self.idle).for_each(Vec::clear);
        self.sizes.clear();
        self.uneven.fill(0);
        self.together.clear();
        self.faces = 0;
        if let Some(changes) = &mut self.changes {
            changes.clear();
        }
        seats.iter().for_each(|&seat| self.sit(seat));
        for m in self.event.mentee_ixs() {
            let (seated, idle): (Vec<RoundIx>, Vec<RoundIx>) =
                self.event.round_ixs().partition(|&r| self.table(m, r).is_some());
            if !seated.is_empty() {
                idle.into_iter().for_each(|r| self.idle[r.index()].push(m));
            }
        }
    }

    /// The seating as a schedule.
    pub fn schedule(&self) -> Schedule {
        Schedule::new(self.seats.iter().flatten().copied().collect())
    }

    /// What it costs.
    pub fn cost(&self) -> Cost {
        let mut cost = [0, 0];
        for (cost, level) in cost.iter_mut().zip(&self.levels) {
            *cost = if *level == Priority::NewFaces { self.faces } else { self.uneven.iter().sum() };
        }
        cost
    }

    /// Largest − smallest group of the open tables of like capacity in a round.
    pub fn unevenness(&self, round: RoundIx) -> i64 {
        self.uneven[round.index()]
    }

    /// The sizes of the smallest and the largest open table of an expert's capacity in a round.
    pub fn extremes(&self, e: ExpertIx, round: RoundIx) -> (usize, usize) {
        self.sizes.extremes(self.cell(e, round))
    }

    /// The fewest tables of one size, at either end of a round whose tables of like capacity are uneven, that have to
    /// get another one before `even-tables` gets better; 0 where all are even.
    pub fn fewest_apart(&self) -> i64 {
        self.sizes.fewest_apart()
    }

    /// Whether `new-faces` counts two mentees who share a table.
    pub fn is_wrong(&self, a: MenteeIx, b: MenteeIx) -> bool {
        self.levels.contains(&Priority::NewFaces) && (self.together.times(a, b) > 1 || self.event.colleagues(a, b))
    }

    /// A mentee's seat in a round.
    pub fn seat(&self, m: MenteeIx, r: RoundIx) -> Option<Seat> {
        self.seats[self.place(m, r)]
    }

    /// Whose table a mentee sits at in a round.
    pub fn table(&self, m: MenteeIx, r: RoundIx) -> Option<ExpertIx> {
        self.seat(m, r).map(|seat| seat.expert)
    }

    /// The mentees at a table in a round, in no order.
    pub fn group(&self, e: ExpertIx, r: RoundIx) -> &[MenteeIx] {
        &self.groups[self.cell(e, r)]
    }

    /// Those who have a seat in some round but not in this one.
    pub fn idle(&self, r: RoundIx) -> &[MenteeIx] {
        &self.idle[r.index()]
    }

    /// Whether a table has room for one more in a round.
    pub fn has_room(&self, e: ExpertIx, r: RoundIx) -> bool {
        self.group(e, r).len() < self.event.expert(e).capacity_in(r) as usize
    }

    /// Whether a group is within the rules.
    pub fn fits(&self, e: ExpertIx, r: RoundIx) -> bool {
        let size = self.group(e, r).len();
        size <= self.event.expert(e).capacity_in(r) as usize && self.is_enough(e, size)
    }

    /// Whether a table may have so few people, or none.
    pub fn is_enough(&self, e: ExpertIx, size: usize) -> bool {
        if size == 0 { !self.every_round } else { size >= self.event.expert(e).smallest_group as usize }
    }

    /// Swaps the two rounds of each mentee of the chain; doing it twice undoes it.
    pub fn exchange(&mut self, chain: &[MenteeIx], a: RoundIx, b: RoundIx) {
        for &m in chain {
            for (from, to) in [(a, b), (b, a)] {
                if self.table(m, from).is_none() {
                    self.idle[from.index()].retain(|&other| other != m);
                    self.idle[to.index()].push(m);
                    break;
                }
            }
        }
        let lifted: Vec<Seat> =
            chain.iter().flat_map(|&m| [(m, a), (m, b)]).filter_map(|(m, r)| self.stand_up(m, r)).collect();
        for seat in lifted {
            self.sit(Seat { round: if seat.round == a { b } else { a }, ..seat });
        }
    }

    /// Lets two mentees at tables of a round change places.
    pub fn change_places(&mut self, a: Seat, b: Seat) {
        self.stand_up(a.mentee, a.round);
        self.stand_up(b.mentee, b.round);
        self.sit(Seat { expert: b.expert, ..a });
        self.sit(Seat { expert: a.expert, ..b });
    }

    /// Puts a mentee who has no seat in this round into this one.
    pub fn sit(&mut self, seat: Seat) {
        let cell = self.cell(seat.expert, seat.round);
        for i in 0..self.groups[cell].len() {
            self.count(seat.mentee, self.groups[cell][i], true);
        }
        self.groups[cell].push(seat.mentee);
        self.resized(seat.expert, seat.round, self.groups[cell].len() - 1);
        let place = self.place(seat.mentee, seat.round);
        self.seats[place] = Some(seat);
        if let Some(changes) = &mut self.changes {
            changes.seat(seat.mentee, place, None, Some(seat));
        }
    }

    /// Takes a mentee's seat in a round away.
    pub fn stand_up(&mut self, m: MenteeIx, r: RoundIx) -> Option<Seat> {
        let place = self.place(m, r);
        let seat = self.seats[place].take()?;
        let cell = self.cell(seat.expert, r);
        self.groups[cell].retain(|&other| other != m);
        for i in 0..self.groups[cell].len() {
            self.count(m, self.groups[cell][i], false);
        }
        self.resized(seat.expert, r, self.groups[cell].len() + 1);
        if let Some(changes) = &mut self.changes {
            changes.seat(m, place, Some(seat), None);
        }
        Some(seat)
    }

    /// Counts two mentees together once more or once less.
    fn count(&mut self, a: MenteeIx, b: MenteeIx, more: bool) {
        let (before, now) = self.together.change(a, b, more);
        self.faces += of_pair(self.event, a, b, now) - of_pair(self.event, a, b, before);
    }

    /// Counts a table with its new size.
    fn resized(&mut self, e: ExpertIx, r: RoundIx, before: usize) {
        let cell = self.cell(e, r);
        let now = self.groups[cell].len();
        self.uneven[r.index()] -= self.sizes.spread(cell);
        self.sizes.change(cell, before, now);
        self.uneven[r.index()] += self.sizes.spread(cell);
        if let Some(changes) = &mut self.changes {
            changes.table(e, cell, before > 0, now > 0);
        }
    }

    fn cell(&self, e: ExpertIx, r: RoundIx) -> usize {
        e.index() * self.event.rounds.len() + r.index()
    }

    fn place(&self, m: MenteeIx, r: RoundIx) -> usize {
        m.index() * self.event.rounds.len() + r.index()
    }
}
