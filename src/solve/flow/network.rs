//! The network of the pair model: built from the pairs, solved, and read back as a pairing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::deal::{self, deal};
use super::offers::Offer;
use super::simplex::{Arc, Class, Network, Node, Simplex};
use super::tree::NONE;
use super::{Demand, Pairing, Part, Sum};
use crate::domain::{Event, Expert, ExpertIx, MenteeIx, Priority, Request, TopicIx};

/// Below so many pairs of mentee and topic all arcs are there from the start.
const SMALL: usize = 20_000;

/// How many arcs a mentee gets at once when they are priced in.
const PRICED_AT_ONCE: usize = 3;

/// So many arcs take as long to build as a pivot.
const ARCS_A_PIVOT: u64 = 4;

/// What flow on an arc means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Meaning {
    /// Nothing by itself.
    Inner,
    /// A meeting.
    Meeting(MenteeIx, ExpertIx, TopicIx),
    /// A meeting with one of the experts of the topic who are alike to the mentee.
    Alike(MenteeIx, TopicIx),
    /// Seats of the topic that an expert takes.
    Load(TopicIx, ExpertIx),
}

/// The network with what its arcs mean.
pub struct PairNetwork<'a> {
    pub(super) demand: &'a Demand<'a>,
    sums: &'a [Sum],
    /// Mentees and topics whose arcs run to each expert.
    pub(super) apart: &'a BTreeSet<(MenteeIx, TopicIx)>,
    /// What the columns of the costs are; [`Part::Musts`] first.
    parts: Vec<Part>,
    /// Experts with a single topic who can have a sitting, by topic, ascending.
    pub(super) alike: Vec<Vec<ExpertIx>>,
    /// Experts of several topics or absent in some round, ascending.
    pub(super) irregular: Vec<ExpertIx>,
    pub(super) must: BTreeSet<(MenteeIx, ExpertIx)>,
    pub(super) kept: BTreeSet<(MenteeIx, ExpertIx)>,
    network: Network,
    meanings: Vec<Meaning>,
    classes: HashMap<Vec<i64>, Class>,
    /// An arc that leaves each node.
    upward: Vec<u32>,
    /// The mentee's own node, where there is one.
    entrances: Vec<Node>,
    /// By mentee × topic: how many experts a lazy arc stands for; 0 where there is no lazy arc or no longer.
    pub(super) lazy: Vec<u32>,
    simplex: Option<Simplex>,
}

impl<'a> PairNetwork<'a> {
    /// The network of `demand`, with arcs to each expert for those in `apart`.
    pub fn new(demand: &'a Demand<'a>, sums: &'a [Sum], apart: &'a BTreeSet<(MenteeIx, TopicIx)>) -> Self {
        let event = demand.pairs.event();
        let topics = event.topics.len().max(1);
        let mut alike = vec![Vec::new(); topics];
        for e in event.expert_ixs() {
            if let [t] = topics_of(event, e)[..]
                && !event.expert(e).open_rounds().is_empty()
            {
                alike[t.index()].push(e);
            }
        }
        let irregular = |e: &ExpertIx| {
            let expert = event.expert(*e);
            expert.topics.len() > 1 || expert.open_rounds() != event.all_rounds()
        };
        let must = event.requests.iter().filter_map(|r| match *r {
            Request::MustMeet(m, e) | Request::PinnedSeat(m, e, _) => Some((m, e)),
            _ => None,
        });
        let must = must.chain(event.frozen.seats.iter().map(|s| (s.mentee, s.expert))).collect();
        let kept = demand.standing.iter().flat_map(|s| s.seats()).map(|s| (s.mentee, s.expert)).collect();
        let mut new = PairNetwork {
            demand,
            sums,
            apart,
            parts: std::iter::once(Part::Musts).chain(demand.parts.iter().copied()).collect(),
            alike,
            irregular: event.expert_ixs().filter(irregular).collect(),
            must,
            kept,
            network: Network::default(),
            meanings: Vec::new(),
            classes: HashMap::new(),
            upward: Vec::new(),
            entrances: Vec::new(),
            lazy: Vec::new(),
            simplex: None,
        };
        new.build(event, topics);
        new
    }

    fn build(&mut self, event: &Event, topics: usize) {
        self.network.nodes = (2 + event.experts.len() + topics) as u32;
        self.upward = vec![NONE; self.network.nodes as usize];
        event.expert_ixs().for_each(|e| self.add_expert(event, e));
        (0..topics).map(TopicIx::new).for_each(|t| self.add_topic(event, t));
        if event.mentees.len() * topics > SMALL {
            self.lazy = vec![0; event.mentees.len() * topics];
        }
        let weights = event.precedence();
        for m in event.mentee_ixs() {
            let entrance = self.add_groups(event, m);
            self.entrances.push(entrance);
            if entrance != NONE {
                self.add_mentee(event, m, entrance, weights.as_ref().map_or(0, |w| w[m.index()]));
            }
        }
        self.dead_end(gate(event));
        let class = self.class(&[]);
        self.add(0, gate(event), seats_by_round(event), class, Meaning::Inner);
    }

    /// Arcs from an expert to the root: the seats, in blocks of one more in every round.
    fn add_expert(&mut self, event: &Event, e: ExpertIx) {
        let expert = event.expert(e);
        let (mut least, mut left) = (least_seats(expert, self.demand.every_round), expert.most_seats());
        let largest = expert.open_rounds().iter().map(|r| expert.capacity_in(r)).max().unwrap_or(0);
        for size in 1..=largest {
            let rounds = expert.open_rounds().iter().filter(|&r| expert.capacity_in(r) >= size).count() as u32;
            let block = rounds.min(expert.most_sittings).min(left);
            let bound = block.min(least);
            for (capacity, musts) in [(bound, -1), (block - bound, 0)] {
                let class = self.class(&[(Part::Musts, musts), (Part::LikeLoads, 2 * i64::from(size) - 1)]);
                self.add(expert_node(e), 0, capacity, class, Meaning::Inner);
            }
            (least, left) = (least - bound, left - block);
        }
        self.dead_end(expert_node(e));
    }

    fn add_topic(&mut self, event: &Event, t: TopicIx) {
        let class = self.class(&[]);
        for e in self.alike[t.index()].clone() {
            let most = event.expert(e).most_seats();
            self.add(topic_node(event, t), expert_node(e), most, class, Meaning::Load(t, e));
        }
        self.dead_end(topic_node(event, t));
    }

    /// A node that nothing runs into still needs its place in the tree.
    fn dead_end(&mut self, node: Node) {
        if self.upward[node as usize] == NONE {
            let class = self.class(&[]);
            self.add(node, 0, 1, class, Meaning::Inner);
        }
    }

    /// Arcs from the gate to a mentee, one a seat: what a seat more is worth falls with their number.
    fn add_mentee(&mut self, event: &Event, m: MenteeIx, entrance: Node, weight: i64) {
        let wanted = event.wanted(m);
        for seat in 0..wanted {
            let sit_outs = i64::from(wanted - seat);
            let seats = |part| Part::Of(Priority::Seats, part);
            let musts = if seat < event.mentee(m).least { -1 } else { 0 };
            let squares = 1 - 2 * sit_outs;
            let class = self.class(&[(Part::Musts, musts), (seats(0), -1), (seats(1), squares), (seats(2), -weight)]);
            self.add(gate(event), entrance, 1, class, Meaning::Inner);
        }
    }

    pub(super) fn class(&mut self, parts: &[(Part, i64)]) -> Class {
        let of = |part: Part| parts.iter().filter(|&&(p, _)| p == part).map(|&(_, cost)| cost).sum::<i64>();
        let cost: Vec<i64> = self.parts.iter().map(|&part| self.weighed(part, of)).collect();
        let next = self.network.costs.len() as Class;
        let costs = &mut self.network.costs;
        *self.classes.entry(cost).or_insert_with_key(|cost| {
            costs.push(cost.clone());
            next
        })
    }

    /// What a part comes to, of what each part that is no sum comes to.
    fn weighed(&self, part: Part, of: impl Fn(Part) -> i64) -> i64 {
        match part {
            Part::Sum(i) => self.sums[i].iter().map(|&(part, weight)| weight * of(part)).sum(),
            part => of(part),
        }
    }

    /// A node with arcs, which are not empty.
    pub(super) fn node(&mut self, offers: &[Offer]) -> Node {
        let node = self.network.nodes;
        self.network.nodes += 1;
        self.upward.push(NONE);
        for offer in offers {
            self.add(node, offer.to, offer.capacity, offer.class, offer.meaning);
        }
        node
    }

    fn add(&mut self, from: Node, to: Node, capacity: u32, class: Class, meaning: Meaning) {
        if capacity == 0 {
            return;
        }
        if self.upward[from as usize] == NONE {
            self.upward[from as usize] = self.network.arcs.len() as u32;
        }
        self.network.arcs.push(Arc { from, to, capacity, class });
        self.meanings.push(meaning);
    }

    /// Solves all parts. Before each run through some of them `begin` is told the first, and the pivots so far.
    /// When `stop` says so, it is left at the flow that there is.
    pub fn solve(&mut self, stop: &dyn Fn() -> bool, begin: &dyn Fn(Part, u64)) {
        let event = self.demand.pairs.event();
        let ranges = self.ranges(event);
        let (first, further) = self.topic_classes(0);
        let hubs = 1 + gate(event);
        let mut simplex = Simplex::new(std::mem::take(&mut self.network), hubs, &self.upward);
        let parts = self.parts.clone();
        let begin = |part: usize, simplex: &Simplex| begin(parts[part], simplex.pivots);
        let price = |simplex: &mut Simplex| self.price(event, simplex, first, further);
        let is_optimal = simplex.solve_until(&ranges, stop, begin, price);
        assert!(!is_optimal || simplex.proves(), "the potentials of the pair model do not prove its flow");
        self.simplex = Some(simplex);
    }

    fn lower_bounds(&self, event: &Event) -> i64 {
        let experts = event.experts.iter().map(|e| i64::from(least_seats(e, self.demand.every_round)));
        let mentees = event.mentees.iter().map(|m| i64::from(m.least));
        experts.sum::<i64>() + mentees.sum::<i64>() + self.must.len() as i64
    }

    /// For each part the most that a simple cycle can cost, lazy arcs included (at most two a mentee).
    fn ranges(&self, event: &Event) -> Vec<i64> {
        let mut ranges = vec![0_i64; self.parts.len()];
        for arc in &self.network.arcs {
            for (range, cost) in ranges.iter_mut().zip(&self.network.costs[arc.class as usize]) {
                *range += cost.abs();
            }
        }
        let again = |part| if part == Part::Of(Priority::Variety, 0) { 2 * event.mentees.len() as i64 } else { 0 };
        for (range, &part) in ranges.iter_mut().zip(&self.parts) {
            *range += self.weighed(part, again);
        }
        ranges
    }

    /// Brings in the arcs from mentees to topics that would improve the flow, the best few of each mentee.
    fn price(&mut self, event: &Event, simplex: &mut Simplex, first: Class, further: Class) -> bool {
        if self.lazy.is_empty() {
            return false;
        }
        let topics = self.alike.len();
        let mut best_first: Vec<TopicIx> = (0..topics).map(TopicIx::new).collect();
        best_first.sort_by_key(|&t| (std::cmp::Reverse(simplex.potential(topic_node(event, t))), t));
        let mut added = false;
        for m in event.mentee_ixs() {
            let from = self.entrances[m.index()];
            if from == NONE {
                continue;
            }
            let mut room = PRICED_AT_ONCE;
            for &t in &best_first {
                let alike = self.lazy[m.index() * topics + t.index()];
                let to = topic_node(event, t);
                if room == 0 || alike == 0 || simplex.reduced_cost(from, to, first).is_ge() {
                    continue;
                }
                self.lazy[m.index() * topics + t.index()] = 0;
                let more = (alike - 1).min(event.wanted(m) - 1);
                for (capacity, class) in [(1, first), (more, further)].into_iter().filter(|&(capacity, _)| capacity > 0)
                {
                    simplex.add(Arc { from, to, capacity, class });
                    self.meanings.push(Meaning::Alike(m, t));
                }
                (added, room) = (true, room - 1);
            }
        }
        added
    }

    /// Pivots of the simplex, and what it took to build the network.
    pub fn steps(&self) -> u64 {
        self.simplex.as_ref().map_or(0, |s| s.pivots) + self.meanings.len() as u64 / ARCS_A_PIVOT
    }

    /// The pairing that the flow stands for, or the mentees and topics that need arcs to each expert.
    pub fn pairing(&self) -> Result<Pairing, Vec<(MenteeIx, TopicIx)>> {
        let Some(simplex) = &self.simplex else { return Ok(Pairing::default()) };
        let event = self.demand.pairs.event();
        let mut meetings = Vec::new();
        let mut wanted: Vec<BTreeMap<MenteeIx, u32>> = vec![BTreeMap::new(); self.alike.len()];
        let mut loads: Vec<Vec<(ExpertIx, u32)>> = vec![Vec::new(); self.alike.len()];
        for (arc, meaning) in (0..).zip(&self.meanings) {
            let flow = simplex.flow(arc);
            match *meaning {
                Meaning::Meeting(m, e, t) if flow > 0 => meetings.push((m, e, event_topic(event, t))),
                Meaning::Alike(m, t) if flow > 0 => *wanted[t.index()].entry(m).or_default() += flow,
                Meaning::Load(t, e) if flow > 0 => loads[t.index()].push((e, flow)),
                _ => {}
            }
        }
        let mut unmet = Vec::new();
        for (t, (wanted, loads)) in (0..).map(TopicIx).zip(wanted.iter().zip(&loads)) {
            match self.deal_topic(event, wanted, loads) {
                Ok(dealt) => meetings.extend(dealt.into_iter().map(|(m, e)| (m, e, event_topic(event, t)))),
                Err(mentees) => unmet.extend(mentees.into_iter().map(|m| (m, t))),
            }
        }
        if !unmet.is_empty() {
            return Err(unmet);
        }
        meetings.sort_unstable();
        let unmet = self.lower_bounds(event) + simplex.total(0);
        Ok(Pairing { meetings, unmet, values: self.values(event, simplex), steps: self.steps() })
    }

    fn deal_topic(
        &self,
        event: &Event,
        wanted: &BTreeMap<MenteeIx, u32>,
        loads: &[(ExpertIx, u32)],
    ) -> Result<Vec<(MenteeIx, ExpertIx)>, Vec<MenteeIx>> {
        let wanted: Vec<(MenteeIx, u32)> = wanted.iter().map(|(&m, &n)| (m, n)).collect();
        let particular: HashMap<MenteeIx, Vec<ExpertIx>> =
            wanted.iter().map(|&(m, _)| (m, self.particular(event, m))).collect();
        let allowed = |m, e| particular.get(&m).is_some_and(|experts| experts.binary_search(&e).is_err());
        let dealt = deal(&deal::Topic { wanted: &wanted, loads, allowed: &allowed })?;
        Ok(wanted.iter().zip(dealt).flat_map(|(&(m, _), experts)| experts.into_iter().map(move |e| (m, e))).collect())
    }

    /// What was reached in each part that was asked for, in the priority's own sense.
    fn values(&self, event: &Event, simplex: &Simplex) -> Vec<i64> {
        let squares: i64 = event.mentee_ixs().map(|m| i64::from(event.wanted(m)).pow(2)).sum();
        let weights = event.precedence().unwrap_or_default();
        let late: i64 = event.mentee_ixs().zip(weights).map(|(m, w)| i64::from(event.wanted(m)) * w).sum();
        let none = |part| match part {
            Part::Of(Priority::Seats, 1) => squares,
            Part::Of(Priority::Seats, 2) => late,
            _ => 0,
        };
        let value = |(i, &part): (usize, &Part)| {
            let cost = simplex.total(i) + self.weighed(part, none);
            let is_cost = match part {
                Part::Of(Priority::Seats, part) => part > 0,
                _ => matches!(part, Part::Of(Priority::Courtesies | Priority::Variety, _) | Part::LikeLoads),
            };
            if is_cost { cost } else { -cost }
        };
        self.parts.iter().enumerate().skip(1).map(value).collect()
    }
}

pub(super) fn expert_node(e: ExpertIx) -> Node {
    1 + e.0
}

pub(super) fn topic_node(event: &Event, t: TopicIx) -> Node {
    1 + event.experts.len() as Node + t.0
}

/// The node that all seats run through, before they part to the mentees.
fn gate(event: &Event) -> Node {
    1 + (event.experts.len() + event.topics.len().max(1)) as Node
}

/// No schedule has more seats than, round by round, people present or seats at the tables that may open.
fn seats_by_round(event: &Event) -> u32 {
    let of_round = |r| {
        let present = event.mentees.iter().filter(|m| m.present.contains(r) && m.most > 0).count() as u32;
        let mut rooms: BTreeMap<_, Vec<u32>> = BTreeMap::new();
        for expert in event.experts.iter().filter(|e| e.open_rounds().contains(r)) {
            rooms.entry(expert.room).or_default().push(expert.capacity_in(r));
        }
        let seats = rooms.into_iter().map(|(room, mut tables)| {
            tables.sort_unstable_by(|a, b| b.cmp(a));
            let most = room.and_then(|room| event.rooms[room.index()].tables).unwrap_or(u32::MAX);
            tables.iter().take(most as usize).sum::<u32>()
        });
        present.min(seats.sum())
    };
    event.round_ixs().map(of_round).sum()
}

/// An expert's topics; where the event has none, one that stands for all.
pub(super) fn topics_of(event: &Event, e: ExpertIx) -> Vec<TopicIx> {
    if event.topics.is_empty() { vec![TopicIx(0)] } else { event.expert(e).topics.clone() }
}

pub(super) fn event_topic(event: &Event, t: TopicIx) -> Option<TopicIx> {
    (!event.topics.is_empty()).then_some(t)
}

/// The fewest seats that an expert must have.
fn least_seats(expert: &Expert, every_round: bool) -> u32 {
    if every_round { expert.present.len() as u32 * expert.smallest_group.max(1) } else { 0 }
}
