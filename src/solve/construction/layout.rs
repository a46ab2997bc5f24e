//! Lays meetings out over the rounds, as far as it goes: a partial colouring, bettered by placing what is left and
//! ejecting what is in its way (Blöchliger & Zufferey 2008, PartialCol). A mentee's meeting about a topic may go to any
//! expert of the topic with whom it is worth the same.

use std::collections::BTreeMap;

use super::Meeting;
use super::settled::Settled;
use crate::domain::{ExpertIx, MenteeIx, Request, RoundIx, Schedule, TopicIx};
use crate::pairs::Pairs;
use crate::solve::random::Random;

/// After so many placements without a better layout it ends.
const PATIENCE: u64 = 10_000;

/// At most so many of the meetings that are left are looked at before one is placed.
const LOOKED_AT: usize = 12;

/// The place of each meeting, `None` where none was found, and how many placements were tried. Meetings that
/// `standing` has keep their places as far as these are theirs still; when it is to be kept `faithful`ly, those whose
/// day has changed already make room before others.
pub fn lay_out(
    settled: &Settled,
    meetings: &[Meeting],
    standing: Option<&Schedule>,
    faithful: bool,
    random: &mut Random,
) -> (Vec<Option<Place>>, u64) {
    let mut layout = Layout::new(settled, meetings);
    layout.keep_frozen();
    if let Some(standing) = standing {
        layout.keep(standing);
    }
    if faithful {
        layout.settle_in();
    }
    layout.greedy();
    let mut best = (layout.left.len(), layout.place.clone());
    let patience = if standing.is_some() { PATIENCE / 5 } else { PATIENCE };
    let mut idle = 0;
    while idle < patience && !layout.left.is_empty() {
        layout.step(random);
        idle += 1;
        if layout.left.len() < best.0 {
            best = (layout.left.len(), layout.place.clone());
            idle = 0;
        }
    }
    (best.1, layout.time)
}

/// A table in a round.
pub type Place = (ExpertIx, RoundIx);

struct Layout<'a> {
    settled: &'a Settled,
    meetings: &'a [Meeting],
    rounds: usize,
    /// By meeting: the experts with whom it would be worth the same.
    experts: Vec<Vec<ExpertIx>>,
    /// Rule `pinned-seat`.
    pinned: BTreeMap<(MenteeIx, ExpertIx), RoundIx>,
    /// By meeting.
    place: Vec<Option<Place>>,
    /// Meetings without a place.
    left: Vec<usize>,
    /// By mentee × round.
    seat: Vec<Option<usize>>,
    /// By expert × round.
    groups: Vec<Vec<usize>>,
    /// By meeting: where it is in the plan to keep to.
    home: Vec<Option<Place>>,
    /// By mentee: meetings that are not at home.
    away: Vec<u32>,
    /// By meeting × round: until when it may not go there.
    barred: Vec<u64>,
    time: u64,
}

impl<'a> Layout<'a> {
    fn new(settled: &'a Settled, meetings: &'a [Meeting]) -> Self {
        let event = &settled.event;
        let rounds = event.rounds.len();
        let pinned = event.requests.iter().filter_map(|request| match *request {
            Request::PinnedSeat(m, e, r) => Some(((m, e), r)),
            _ => None,
        });
        Layout {
            settled,
            pinned: pinned.collect(),
            meetings,
            rounds,
            experts: alternatives(settled, meetings),
            place: vec![None; meetings.len()],
            left: Vec::new(),
            seat: vec![None; event.mentees.len() * rounds],
            groups: vec![Vec::new(); event.experts.len() * rounds],
            home: vec![None; meetings.len()],
            away: vec![1; event.mentees.len()],
            barred: vec![0; meetings.len() * rounds],
            time: 0,
        }
    }

    /// Has the present places be home: from now on those who are not at home make room for others first.
    fn settle_in(&mut self) {
        self.home.clone_from(&self.place);
        self.away.fill(0);
        for (&(m, ..), home) in self.meetings.iter().zip(&self.home) {
            self.away[m.index()] += u32::from(home.is_none());
        }
    }

    /// Whether all of a meeting's mentee's meetings are at home.
    fn is_calm(&self, i: usize) -> bool {
        self.away[self.meetings[i].0.index()] == 0
    }

    /// Puts what was played already in its place, from which nothing ejects it.
    fn keep_frozen(&mut self) {
        let by_pair: BTreeMap<_, usize> = (0..).zip(self.meetings).map(|(i, &(m, e, _))| ((m, e), i)).collect();
        for seat in &self.settled.event.frozen.seats {
            if let Some(&i) = by_pair.get(&(seat.mentee, seat.expert)) {
                self.put(i, (seat.expert, seat.round));
            }
        }
    }

    /// Places what stands already: with the same expert, then with one who is worth the same.
    fn keep(&mut self, standing: &Schedule) {
        let mut by_mentee: BTreeMap<MenteeIx, Vec<usize>> = BTreeMap::new();
        (0..self.meetings.len()).for_each(|i| by_mentee.entry(self.meetings[i].0).or_default().push(i));
        for exactly in [true, false] {
            for seat in standing.seats() {
                let place = (seat.expert, seat.round);
                let fits = |&&i: &&usize| {
                    let same = self.meetings[i].1 == seat.expert;
                    let may = self.meetings[i].2 == seat.topic && self.places(i).any(|p| p == place);
                    self.place[i].is_none() && (same || !exactly) && may && self.conflicts(i, place) == 0
                };
                if let Some(&i) = by_mentee.get(&seat.mentee).and_then(|own| own.iter().find(fits)) {
                    self.put(i, place);
                }
            }
        }
    }

    /// The meetings with the fewest possible places first.
    fn greedy(&mut self) {
        let mut order: Vec<usize> = (0..self.meetings.len()).filter(|&i| self.place[i].is_none()).collect();
        order.sort_by_cached_key(|&i| (self.places(i).count(), i));
        for i in order {
            let free = self.places(i).find(|&place| self.conflicts(i, place) == 0);
            match free {
                Some(place) => self.put(i, place),
                None => self.left.push(i),
            }
        }
    }

    /// Where a meeting could go, were it not for others.
    fn places(&self, i: usize) -> impl Iterator<Item = Place> + use<'_, 'a> {
        let event = &self.settled.event;
        let (m, e, _) = self.meetings[i];
        let free = event.mentee(m).present.without(event.frozen.rounds);
        let present = self.pinned.get(&(m, e)).map_or(free, |&r| free.and([r].into_iter().collect()));
        self.experts[i]
            .iter()
            .flat_map(move |&e| present.and(event.expert(e).open_rounds()).iter().map(move |r| (e, r)))
    }

    fn cell(&self, (e, r): Place) -> usize {
        e.index() * self.rounds + r.index()
    }

    fn chair(&self, i: usize, r: RoundIx) -> usize {
        self.meetings[i].0.index() * self.rounds + r.index()
    }

    fn is_full(&self, place: Place) -> bool {
        self.groups[self.cell(place)].len() >= self.settled.event.expert(place.0).capacity_in(place.1) as usize
    }

    /// The meeting of the same mentee and expert in another round, if there is one.
    fn met(&self, i: usize, (e, r): Place) -> Option<usize> {
        let origin = |e: ExpertIx| self.settled.origin[e.index()];
        let day = self.meetings[i].0.index() * self.rounds;
        let same = |other: &usize| self.place[*other].is_some_and(|(f, at)| at != r && origin(f) == origin(e));
        self.seat[day..day + self.rounds].iter().flatten().copied().find(same)
    }

    fn conflicts(&self, i: usize, place: Place) -> usize {
        let seated = self.seat[self.chair(i, place.1)];
        usize::from(seated.is_some()) + usize::from(self.is_full(place)) + usize::from(self.met(i, place).is_some())
    }

    fn put(&mut self, i: usize, place: Place) {
        let (cell, chair) = (self.cell(place), self.chair(i, place.1));
        if self.home[i] == Some(place) {
            self.away[self.meetings[i].0.index()] -= 1;
        }
        self.place[i] = Some(place);
        self.seat[chair] = Some(i);
        self.groups[cell].push(i);
    }

    fn eject(&mut self, i: usize, random: &mut Random) {
        let is_movable = |place: &mut Place| !self.settled.event.frozen.rounds.contains(place.1);
        let Some(place) = self.place[i].take_if(is_movable) else { return };
        let (cell, chair) = (self.cell(place), self.chair(i, place.1));
        if self.home[i] == Some(place) {
            self.away[self.meetings[i].0.index()] += 1;
        }
        self.seat[chair] = None;
        self.groups[cell].retain(|&other| other != i);
        let tenure = (self.left.len() * 6 / 10 + 1 + random.below(10)) as u64;
        self.barred[i * self.rounds + place.1.index()] = self.time + tenure;
        self.left.push(i);
    }

    /// One of the meetings that are left gets a place, those in its way lose theirs.
    fn step(&mut self, random: &mut Random) {
        self.time += 1;
        let Some((at, place)) = self.easiest(random) else { return };
        let i = self.left.swap_remove(at);
        let in_the_way = [self.seat[self.chair(i, place.1)], self.met(i, place)];
        in_the_way.into_iter().flatten().for_each(|other| self.eject(other, random));
        if self.is_full(place) {
            let other = self.guest_to_move(place, random);
            self.eject(other, random);
        }
        self.put(i, place);
    }

    /// A position in `left` and a place for it with the least in its way.
    fn easiest(&self, random: &mut Random) -> Option<(usize, Place)> {
        let turn = random.below(self.left.len());
        let mut best: Option<(usize, bool, u64, usize, Place)> = None;
        for at in (0..self.left.len().min(LOOKED_AT)).map(|k| (k + turn) % self.left.len()) {
            let i = self.left[at];
            for place in self.places(i) {
                let conflicts = self.conflicts(i, place);
                if conflicts == 0 || self.barred[i * self.rounds + place.1.index()] <= self.time {
                    let calm = self.is_full(place) && self.groups[self.cell(place)].iter().all(|&i| self.is_calm(i));
                    let candidate = (conflicts, calm, random.next(), at, place);
                    best = Some(best.map_or(candidate, |best| best.min(candidate)));
                }
            }
        }
        best.map(|(.., at, place)| (at, place))
    }

    /// Somebody at a full table: one whose day has changed already, and who has another place to go to, if there is any.
    fn guest_to_move(&self, place: Place, random: &mut Random) -> usize {
        let group = &self.groups[self.cell(place)];
        let turn = random.below(group.len());
        let has_other = |&guest: &usize| {
            let free = |to: Place| match to.1 == place.1 {
                true => !self.is_full(to) && self.met(guest, to).is_none(),
                false => self.conflicts(guest, to) == 0,
            };
            self.places(guest).any(free)
        };
        let guests = (0..group.len()).map(|k| group[(k + turn) % group.len()]);
        guests.min_by_key(|guest| (self.is_calm(*guest), !has_other(guest))).unwrap_or(group[turn])
    }
}

/// By meeting, the experts with whom it would be worth the same: where nothing sets the pair apart, all of the topic
/// of whom that is true.
fn alternatives(settled: &Settled, meetings: &[Meeting]) -> Vec<Vec<ExpertIx>> {
    let event = &settled.event;
    let pairs = Pairs::new(event);
    let mut of_topic: BTreeMap<Option<TopicIx>, Vec<ExpertIx>> = BTreeMap::new();
    for e in event.expert_ixs() {
        of_topic.entry(event.expert(e).topics.first().copied()).or_default().push(e);
    }
    let mut apart: Vec<Vec<ExpertIx>> = event.mentee_ixs().map(|m| pairs.particular(m)).collect();
    event.frozen.seats.iter().for_each(|s| apart[s.mentee.index()].push(s.expert));
    for request in &event.requests {
        if let Request::MustMeet(m, e) | Request::PinnedSeat(m, e, _) = *request {
            apart[m.index()].push(e);
        }
    }
    let of_meeting = |&(m, e, topic): &Meeting| {
        let apart = &apart[m.index()];
        if apart.contains(&e) {
            return vec![e];
        }
        let alike = of_topic.get(&topic).into_iter().flatten().copied();
        alike.filter(|other| !apart.contains(other)).collect()
    };
    meetings.iter().map(of_meeting).collect()
}
