//! A schedule in the making, and the one evaluator of moves: what sits where, and what it costs.
//!
//! The cost is a vector, less is better: first the breaches of hard rules that can be repaired, then the parts of
//! each priority in the quest's order, then the differences from the standing plan. Rules that a move can be
//! stopped from breaking (presence, capacity, meet-once, keep-out, one topic, frozen rounds) never are broken.

use rustc_hash::FxHashSet;

use super::annealing::Heat;
use super::terms::Terms;
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Request, RoundIx, Schedule, Seat, TopicIx};
use crate::pairs::Pairs;
use crate::solve::sizes::Sizes;
use crate::solve::together::Together;
use crate::solve::values::of_pair;

/// A seat with what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    pub expert: ExpertIx,
    pub topic: Option<TopicIx>,
    pub first: bool,
    pub choice: bool,
    pub listed: bool,
    pub avoided: bool,
    pub score: i64,
}

/// Where the standing plan seats somebody in a round, if it does.
type Standing = Option<(ExpertIx, Option<TopicIx>)>;

/// Who sits where, with all that the cost needs.
pub struct State<'a> {
    pub pairs: &'a Pairs<'a>,
    pub event: &'a Event,
    pub every_round: bool,
    pub(super) terms: Terms,
    /// By mentee × round.
    seats: Vec<Option<Placed>>,
    /// By expert × round, unordered.
    groups: Vec<Vec<MenteeIx>>,
    /// The topic of each sitting, by expert × round; what it was last where there is none.
    pub(super) topics: Vec<Option<TopicIx>>,
    met: FxHashSet<(MenteeIx, ExpertIx)>,
    together: Together,
    pub(super) sizes: Sizes,
    /// By room × round.
    pub(super) open_in_room: Vec<u32>,
    /// By mentee.
    pub(super) musts: Vec<Vec<(ExpertIx, Option<RoundIx>)>>,
    pub(super) apart: Vec<Vec<MenteeIx>>,
    pub(super) tied: Vec<Vec<MenteeIx>>,
    /// Everybody who is kept together with others.
    pub(super) all_tied: Vec<MenteeIx>,
    /// The standing plan, by mentee × round.
    pub(super) standing: Option<Vec<Standing>>,
    /// The sittings of the standing plan with their topics, by expert × round.
    pub(super) standing_sittings: Option<Vec<Option<Option<TopicIx>>>>,
    /// The sum of all terms.
    cost: Vec<i64>,
    /// How much worse a small move may make it, while annealing.
    pub(super) heat: Option<Heat>,
}

impl<'a> State<'a> {
    /// Nobody has a seat yet but in frozen rounds.
    pub fn new(pairs: &'a Pairs<'a>, order: &[Priority], every_round: bool, standing: Option<&Schedule>) -> Self {
        let event = pairs.event();
        let (mentees, experts, rounds) = (event.mentees.len(), event.experts.len(), event.rounds.len());
        let mut state = State {
            pairs,
            event,
            every_round,
            terms: Terms::new(pairs, order, standing.is_some()),
            seats: vec![None; mentees * rounds],
            groups: vec![Vec::new(); experts * rounds],
            topics: vec![None; experts * rounds],
            met: FxHashSet::default(),
            together: Together::none(mentees),
            sizes: Sizes::none(event),
            open_in_room: vec![0; event.rooms.len() * rounds],
            musts: vec![Vec::new(); mentees],
            apart: vec![Vec::new(); mentees],
            tied: vec![Vec::new(); mentees],
            all_tied: Vec::new(),
            standing: None,
            standing_sittings: None,
            cost: Vec::new(),
            heat: None,
        };
        state.read_requests();
        state.all_tied = event.mentee_ixs().filter(|&m| state.is_tied(m)).collect();
        state.standing = standing.map(|plan| state.by_place(plan));
        state.standing_sittings = standing.map(|plan| state.by_cell(plan));
        for cell in 0..experts * rounds {
            let e = ExpertIx::new(cell / rounds);
            state.topics[cell] = event.sitting_topics(e).first().copied().flatten();
        }
        state.cost = state.recount();
        for seat in &event.frozen.seats {
            state.sit(seat.mentee, seat.round, state.placed(seat.mentee, seat.expert, seat.topic));
        }
        state
    }

    fn read_requests(&mut self) {
        for request in &self.event.requests {
            match *request {
                Request::MustMeet(m, e) => self.musts[m.index()].push((e, None)),
                Request::PinnedSeat(m, e, r) => self.musts[m.index()].push((e, Some(r))),
                Request::KeptApart(a, b) => {
                    self.apart[a.index()].push(b);
                    self.apart[b.index()].push(a);
                }
                Request::KeptTogether(a, b) => {
                    self.tied[a.index()].push(b);
                    self.tied[b.index()].push(a);
                }
                Request::KeepOut(..) | Request::Avoid(..) => {}
            }
        }
    }

    fn by_place(&self, plan: &Schedule) -> Vec<Standing> {
        let mut places = vec![None; self.seats.len()];
        for s in plan.seats() {
            places[self.place(s.mentee, s.round)] = Some((s.expert, s.topic));
        }
        places
    }

    fn by_cell(&self, plan: &Schedule) -> Vec<Option<Option<TopicIx>>> {
        let mut cells = vec![None; self.groups.len()];
        for sitting in plan.sittings() {
            cells[self.cell(sitting.expert, sitting.round)] = sitting.seats.first().map(|s| s.topic);
        }
        cells
    }

    /// The cost of all terms counted anew.
    fn recount(&self) -> Vec<i64> {
        let mut cost = vec![0; self.terms.len()];
        self.event.mentee_ixs().for_each(|m| self.mentee_terms(m, 1, &mut cost));
        for e in self.event.expert_ixs() {
            self.expert_terms(e, 1, &mut cost);
            self.event.round_ixs().for_each(|r| self.round_terms(e, r, 1, &mut cost));
        }
        cost
    }

    /// The cost; less is better, the first entry first.
    pub fn cost(&self) -> &[i64] {
        &self.cost
    }

    /// Breaches of hard rules that are left.
    pub fn breaches(&self) -> i64 {
        self.cost.first().copied().unwrap_or(0)
    }

    /// The seats as a schedule.
    pub fn schedule(&self) -> Schedule {
        let rounds = self.event.rounds.len();
        let seat = |(place, placed): (usize, &Option<Placed>)| {
            placed.map(|p| Seat {
                round: RoundIx::new(place % rounds),
                expert: p.expert,
                mentee: MenteeIx::new(place / rounds),
                topic: p.topic,
            })
        };
        Schedule::new(self.seats.iter().enumerate().filter_map(seat).collect())
    }

    /// The seats of another schedule whose topics are still offered.
    pub fn offered(&self, other: &Schedule) -> Schedule {
        let is_offered = |seat: &&Seat| self.event.sitting_topics(seat.expert).contains(&seat.topic);
        Schedule::new(other.seats().iter().filter(is_offered).copied().collect())
    }

    /// Where a mentee sits in a round.
    pub fn seat(&self, m: MenteeIx, r: RoundIx) -> Option<Placed> {
        self.seats[self.place(m, r)]
    }

    /// Who sits with an expert in a round.
    pub fn group(&self, e: ExpertIx, r: RoundIx) -> &[MenteeIx] {
        &self.groups[self.cell(e, r)]
    }

    /// The topic that a sitting has, or had last.
    pub fn topic(&self, e: ExpertIx, r: RoundIx) -> Option<TopicIx> {
        self.topics[self.cell(e, r)]
    }

    /// Sets the topic of a table where nobody sits.
    pub fn set_topic(&mut self, e: ExpertIx, r: RoundIx, topic: Option<TopicIx>) {
        let cell = self.cell(e, r);
        if self.groups[cell].is_empty() {
            self.topics[cell] = topic;
        }
    }

    /// A seat of a pair about a topic, with what it is worth.
    pub fn placed(&self, m: MenteeIx, expert: ExpertIx, topic: Option<TopicIx>) -> Placed {
        let rank = self.event.rank(m, expert, topic);
        Placed {
            expert,
            topic,
            first: rank.is_some_and(|rank| rank <= self.event.first_choices),
            choice: rank.is_some(),
            listed: self.event.mentee(m).chose_expert(expert).is_some(),
            avoided: self.pairs.avoided(m, expert),
            score: self.event.score(m, expert, topic),
        }
    }

    /// Whether a mentee could sit with an expert in a round if there is room: both there, not kept out, not met in
    /// another round, the round not played yet.
    pub fn can_meet(&self, m: MenteeIx, e: ExpertIx, r: RoundIx) -> bool {
        let present = self.event.mentee(m).present.contains(r) && self.event.expert(e).capacity_in(r) > 0;
        present
            && !self.event.frozen.rounds.contains(r)
            && (!self.met.contains(&(m, e)) || self.seat(m, r).is_some_and(|p| p.expert == e))
            && self.pairs.exclusion(m, e).is_none()
    }

    /// Whether there is a free seat at a table.
    pub fn has_room(&self, e: ExpertIx, r: RoundIx) -> bool {
        self.group(e, r).len() < self.event.expert(e).capacity_in(r) as usize
    }

    /// Gives a mentee who has none in that round a seat. The caller has seen to [`State::can_meet`] and
    /// [`State::has_room`], and the topic is that of the table.
    pub fn sit(&mut self, m: MenteeIx, r: RoundIx, placed: Placed) {
        let (cell, place) = (self.cell(placed.expert, r), self.place(m, r));
        let opens = self.groups[cell].is_empty();
        self.count_terms(m, placed.expert, r, opens, -1);
        for i in 0..self.groups[cell].len() {
            self.meet(m, self.groups[cell][i], true);
        }
        if self.groups[cell].is_empty() {
            self.topics[cell] = placed.topic;
            self.open(placed.expert, r, 1);
        }
        self.groups[cell].push(m);
        let size = self.groups[cell].len();
        self.sizes.change(cell, size - 1, size);
        self.seats[place] = Some(placed);
        self.met.insert((m, placed.expert));
        self.count_terms(m, placed.expert, r, opens, 1);
    }

    /// Takes a mentee's seat of a round away.
    pub fn rise(&mut self, m: MenteeIx, r: RoundIx) -> Option<Placed> {
        let place = self.place(m, r);
        let placed = self.seats[place]?;
        let cell = self.cell(placed.expert, r);
        let closes = self.groups[cell].len() == 1;
        self.count_terms(m, placed.expert, r, closes, -1);
        self.seats[place] = None;
        self.groups[cell].retain(|&other| other != m);
        let size = self.groups[cell].len();
        self.sizes.change(cell, size + 1, size);
        for i in 0..self.groups[cell].len() {
            self.meet(m, self.groups[cell][i], false);
        }
        if self.groups[cell].is_empty() {
            self.open(placed.expert, r, -1);
        }
        self.met.remove(&(m, placed.expert));
        self.count_terms(m, placed.expert, r, closes, 1);
        Some(placed)
    }

    /// Everything that a change of this seat can change, but for who sits together; `turns` says whether the table opens
    /// or closes by it.
    fn count_terms(&mut self, m: MenteeIx, e: ExpertIx, r: RoundIx, turns: bool, sign: i64) {
        let mut cost = std::mem::take(&mut self.cost);
        self.mentee_terms(m, sign, &mut cost);
        if turns {
            self.expert_terms(e, sign, &mut cost);
        }
        self.round_terms(e, r, sign, &mut cost);
        self.cost = cost;
    }

    /// Two mentees sit together once more or once less.
    fn meet(&mut self, a: MenteeIx, b: MenteeIx, more: bool) {
        if self.apart[a.index()].contains(&b) {
            self.cost[0] += if more { 1 } else { -1 };
        }
        let Some(part) = self.terms.new_faces else { return };
        let (before, now) = self.together.change(a, b, more);
        self.cost[part] += of_pair(self.event, a, b, now) - of_pair(self.event, a, b, before);
    }

    fn open(&mut self, e: ExpertIx, r: RoundIx, more: i32) {
        if let Some(room) = self.event.expert(e).room {
            let cell = room.index() * self.event.rounds.len() + r.index();
            self.open_in_room[cell] = self.open_in_room[cell].saturating_add_signed(more);
        }
    }

    pub(super) fn cell(&self, e: ExpertIx, r: RoundIx) -> usize {
        e.index() * self.event.rounds.len() + r.index()
    }

    pub(super) fn place(&self, m: MenteeIx, r: RoundIx) -> usize {
        m.index() * self.event.rounds.len() + r.index()
    }

    /// For a mentee the terms that a seat in a round would cause, in place of the one that there is.
    pub fn mentee_terms_with(&mut self, m: MenteeIx, r: RoundIx, placed: Option<Placed>) -> Vec<i64> {
        let place = self.place(m, r);
        let before = std::mem::replace(&mut self.seats[place], placed);
        let mut cost = vec![0; self.terms.len()];
        self.mentee_terms(m, 1, &mut cost);
        self.seats[place] = before;
        cost
    }
}
