//! The exact neighbourhood of one round: everybody in it takes a new seat, all other rounds and the topics of the
//! tables staying as they are. With one seat a mentee at the most, every term of a mentee's day is linear, so the
//! best seats are a minimum-cost flow; what hangs on pairs of mentees is judged afterwards.

use std::collections::HashMap;

use super::state::{Placed, State};
use crate::domain::{ExpertIx, MenteeIx, RoundIx};
use crate::solve::flow::simplex::{Arc, Class, Network, Node, Simplex};
use crate::solve::random::Random;

/// Ties are broken by chance: a last part of the cost, below this.
const DICE: usize = 8;

/// Who may change seats in a round, and where they sit.
pub struct Seating {
    /// All who take part, ascending.
    mentees: Vec<MenteeIx>,
    /// Those of them who have a seat.
    seats: Vec<(MenteeIx, Placed)>,
}

impl Seating {
    /// The present seats of all who may change theirs.
    pub fn of(state: &State, r: RoundIx) -> Self {
        let mentees: Vec<MenteeIx> = state.event.mentee_ixs().filter(|&m| state.is_movable(m, r)).collect();
        let seats = mentees.iter().filter_map(|&m| state.seat(m, r).map(|p| (m, p))).collect();
        Seating { mentees, seats }
    }

    /// Those of them who are among `some`, ascending.
    pub fn among(&self, some: &[MenteeIx]) -> Self {
        let is = |m: MenteeIx| some.binary_search(&m).is_ok();
        Seating {
            mentees: self.mentees.iter().copied().filter(|&m| is(m)).collect(),
            seats: self.seats.iter().copied().filter(|seat| is(seat.0)).collect(),
        }
    }

    /// How many take part.
    pub fn len(&self) -> usize {
        self.mentees.len()
    }

    /// The same people without seats.
    pub fn cleared(&self) -> Self {
        Seating { mentees: self.mentees.clone(), seats: Vec::new() }
    }

    /// Seats these people so, in place of how they sit.
    pub fn apply(&self, state: &mut State, r: RoundIx) {
        for &m in &self.mentees {
            state.rise(m, r);
        }
        for &(m, placed) in &self.seats {
            if state.group(placed.expert, r).is_empty() {
                state.set_topic(placed.expert, r, placed.topic);
            }
            state.sit(m, r, placed);
        }
    }
}

/// The best seating of a round at the tables in `open`.
pub fn best_seating(
    state: &mut State,
    r: RoundIx,
    people: &Seating,
    open: &[ExpertIx],
    random: &mut Random,
) -> Seating {
    let fixed = |e| state.group(e, r).iter().filter(|m| people.mentees.binary_search(m).is_err()).count() as u32;
    let room = |e| state.event.expert(e).capacity_in(r).saturating_sub(fixed(e));
    let open: Vec<(ExpertIx, u32, u32)> = open.iter().map(|&e| (e, fixed(e), room(e))).filter(|t| t.2 > 0).collect();
    let mut build = Build::new(state.cost().len(), open.len());
    for (i, &(e, fixed, room)) in (0..).zip(&open) {
        let least = state.event.expert(e).smallest_group.max(1).saturating_sub(fixed).min(room);
        build.table(i, least, room);
    }
    let mut meant = Vec::new();
    for &m in &people.mentees {
        let base = state.mentee_terms_with(m, r, None);
        let mut offers = Vec::new();
        for (i, &(e, ..)) in (0..).zip(&open) {
            if state.can_meet(m, e, r) {
                let placed = state.placed(m, e, state.topic(e, r));
                let with = state.mentee_terms_with(m, r, Some(placed));
                let cost = with.iter().zip(&base).map(|(a, b)| a - b).chain([random.below(DICE) as i64]);
                offers.push((i, cost.collect::<Vec<i64>>(), placed));
            }
        }
        build.mentee(&offers);
        meant.extend(offers.into_iter().map(|(_, _, placed)| (m, placed)));
    }
    let (simplex, meetings) = build.solve();
    let seats = meetings.iter().zip(meant).filter(|(arc, _)| simplex.flow(**arc) > 0).map(|(_, seat)| seat);
    Seating { mentees: people.mentees.clone(), seats: seats.collect() }
}

/// A network in the making: root → mentee → table → root.
struct Build {
    network: Network,
    upward: Vec<u32>,
    classes: HashMap<Vec<i64>, Class>,
    ranges: Vec<i64>,
    /// The arcs that mean meetings.
    meetings: Vec<u32>,
    hubs: u32,
}

impl Build {
    /// `parts` is the length of the cost without the dice.
    fn new(parts: usize, tables: usize) -> Self {
        let hubs = 1 + tables as u32;
        Build {
            network: Network { nodes: hubs, arcs: Vec::new(), costs: Vec::new() },
            upward: vec![0; hubs as usize],
            classes: HashMap::new(),
            ranges: vec![0; parts + 2],
            meetings: Vec::new(),
            hubs,
        }
    }

    /// The first part of each cost is whether the lower bound of a table is met.
    fn class(&mut self, bound: i64, cost: &[i64]) -> Class {
        let mut whole = vec![bound];
        whole.extend(cost);
        whole.resize(self.ranges.len(), 0);
        for (range, part) in self.ranges.iter_mut().zip(&whole) {
            *range += part.abs();
        }
        let next = self.network.costs.len() as Class;
        let costs = &mut self.network.costs;
        *self.classes.entry(whole).or_insert_with_key(|cost| {
            costs.push(cost.clone());
            next
        })
    }

    /// A table with room for at least one.
    fn table(&mut self, i: Node, least: u32, room: u32) {
        self.upward[1 + i as usize] = self.network.arcs.len() as u32;
        let (must, may) = (self.class(-1, &[]), self.class(0, &[]));
        for (capacity, class) in [(least, must), (room - least, may)] {
            if capacity > 0 {
                self.network.arcs.push(Arc { from: 1 + i, to: 0, capacity, class });
            }
        }
    }

    fn mentee(&mut self, offers: &[(Node, Vec<i64>, Placed)]) {
        if offers.is_empty() {
            return;
        }
        let node = self.network.nodes;
        self.network.nodes += 1;
        self.upward.push(self.network.arcs.len() as u32);
        for (i, cost, _) in offers {
            let class = self.class(0, cost);
            self.meetings.push(self.network.arcs.len() as u32);
            self.network.arcs.push(Arc { from: node, to: 1 + i, capacity: 1, class });
        }
        let free = self.class(0, &[]);
        self.network.arcs.push(Arc { from: 0, to: node, capacity: 1, class: free });
    }

    fn solve(self) -> (Simplex, Vec<u32>) {
        let mut simplex = Simplex::new(self.network, self.hubs, &self.upward);
        simplex.solve(&self.ranges, |_| false);
        (simplex, self.meetings)
    }
}

/// The tables that may be open in a round within the rules: those that are, then others by chance, as long as room,
/// the experts' loads and the smallest groups allow.
pub fn open_tables(state: &State, r: RoundIx, random: &mut Random) -> Vec<ExpertIx> {
    let event = state.event;
    let mut candidates: Vec<(bool, usize, u64, ExpertIx)> = event
        .expert_ixs()
        .filter(|&e| event.expert(e).open_rounds().contains(r))
        .map(|e| {
            let sittings = event.round_ixs().filter(|&r| !state.group(e, r).is_empty()).count();
            (state.group(e, r).is_empty(), sittings, random.next(), e)
        })
        .collect();
    candidates.sort_unstable();
    let mut seats = event.mentee_ixs().filter(|&m| event.mentee(m).present.contains(r)).count();
    let mut in_room = vec![0_u32; event.rooms.len()];
    let mut open = Vec::new();
    for (closed, sittings, _, e) in candidates {
        let expert = event.expert(e);
        let least = expert.smallest_group.max(1) as usize;
        let room_left = expert
            .room
            .is_none_or(|room| event.rooms[room.index()].tables.is_none_or(|tables| in_room[room.index()] < tables));
        let load_left = !closed || sittings < expert.most_sittings as usize && !would_tire(state, e, r);
        if room_left && load_left && (seats >= least || !closed) {
            open.push(e);
            seats = seats.saturating_sub(least);
            if let Some(room) = expert.room {
                in_room[room.index()] += 1;
            }
        }
    }
    open.sort_unstable();
    open
}

/// Whether a sitting in this round would make too many in a row.
fn would_tire(state: &State, e: ExpertIx, r: RoundIx) -> bool {
    let Some(most) = state.event.expert(e).most_in_a_row else { return false };
    let sits = |r: &RoundIx| !state.group(e, *r).is_empty();
    let before = (0..r.0).rev().map(RoundIx).take_while(sits).count();
    let after = (r.0 + 1..state.event.rounds.len() as u32).map(RoundIx).take_while(sits).count();
    (before + after + 1) > most as usize
}
