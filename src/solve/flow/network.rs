//! The network of the pair model: built from the pairs, solved, and read back as a pairing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::deal::{self, deal};
use super::simplex::{Arc, Class, Network, Node, Simplex};
use super::tree::NONE;
use super::{Demand, Pairing, Part};
use crate::domain::{Event, Expert, ExpertIx, MenteeIx, Priority, Request, TopicIx};

/// Below so many pairs of mentee and topic all arcs are there from the start.
const SMALL: usize = 20_000;

/// How many topics that a mentee did not list have arcs from the start, when the others are priced in.
const SEEDS: usize = 3;

/// How many arcs a mentee gets at once when they are priced in.
const PRICED_AT_ONCE: usize = 3;

/// What flow on an arc means.
#[derive(Clone, Copy, Debug)]
enum Meaning {
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
    demand: &'a Demand<'a>,
    /// Mentees and topics whose arcs run to each expert.
    apart: &'a BTreeSet<(MenteeIx, TopicIx)>,
    /// What the columns of the costs are; [`Part::Musts`] first.
    parts: Vec<Part>,
    /// Experts with a single topic who can have a sitting, by topic, ascending.
    alike: Vec<Vec<ExpertIx>>,
    /// Experts of several topics or absent in some round, ascending.
    irregular: Vec<ExpertIx>,
    must: BTreeSet<(MenteeIx, ExpertIx)>,
    kept: BTreeSet<(MenteeIx, ExpertIx)>,
    network: Network,
    meanings: Vec<Meaning>,
    classes: HashMap<Vec<i64>, Class>,
    /// An arc that leaves each node.
    upward: Vec<u32>,
    /// The mentee's own node, where there is one.
    entrances: Vec<Node>,
    /// By mentee × topic: how many experts a lazy arc stands for; 0 where there is no lazy arc or no longer.
    lazy: Vec<u32>,
    simplex: Option<Simplex>,
}

/// An arc to be, whose tail is the group it belongs to.
#[derive(Clone, Copy)]
struct Offer {
    to: Node,
    capacity: u32,
    class: Class,
    meaning: Meaning,
}

/// The offers to a mentee by the group that they belong to.
#[derive(Default)]
struct Offers {
    others: Vec<Offer>,
    choices: Vec<Offer>,
    first: Vec<Offer>,
}

impl<'a> PairNetwork<'a> {
    /// The network of `demand`, with arcs to each expert for those in `apart`.
    pub fn new(demand: &'a Demand<'a>, apart: &'a BTreeSet<(MenteeIx, TopicIx)>) -> Self {
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
        self.network.nodes = (1 + event.experts.len() + topics) as u32;
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
    }

    /// Arcs from an expert to the root: the seats, in blocks of one more in every round.
    fn add_expert(&mut self, event: &Event, e: ExpertIx) {
        let expert = event.expert(e);
        let (mut least, mut left) = (least_seats(expert, self.demand.every_round), most_seats(expert));
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
            let most = most_seats(event.expert(e));
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

    /// The nested groups of a mentee; their outermost node, or `NONE` where nobody can be met.
    fn add_groups(&mut self, event: &Event, m: MenteeIx) -> Node {
        let wanted = event.wanted(m);
        if wanted == 0 {
            return NONE;
        }
        let mut offers = self.offers(event, m);
        if !offers.first.is_empty() {
            let (group, plain) = (self.node(&offers.first), self.class(&[]));
            let first = self.class(&[(Part::Of(Priority::FirstChoices, 0), -1)]);
            for (capacity, class) in [(1, first), (wanted - 1, plain)] {
                offers.choices.push(Offer { to: group, capacity, class, meaning: Meaning::Inner });
            }
        }
        if !offers.choices.is_empty() {
            let group = self.node(&offers.choices);
            for k in 0..wanted {
                let class = self.class(&[(Part::Of(Priority::FairShare, k as usize), -1)]);
                offers.others.push(Offer { to: group, capacity: 1, class, meaning: Meaning::Inner });
            }
        }
        if offers.others.is_empty() { NONE } else { self.node(&offers.others) }
    }

    /// Arcs from the root to a mentee, one a seat: what a seat more is worth falls with their number.
    fn add_mentee(&mut self, event: &Event, m: MenteeIx, entrance: Node, weight: i64) {
        let wanted = event.wanted(m);
        for seat in 0..wanted {
            let sit_outs = i64::from(wanted - seat);
            let seats = |part| Part::Of(Priority::Seats, part);
            let musts = if seat < event.mentee(m).least { -1 } else { 0 };
            let squares = 1 - 2 * sit_outs;
            let class = self.class(&[(Part::Musts, musts), (seats(0), -1), (seats(1), squares), (seats(2), -weight)]);
            self.add(0, entrance, 1, class, Meaning::Inner);
        }
    }

    /// Everybody whom a mentee could meet: by name those whom something sets apart, the others by topic.
    fn offers(&mut self, event: &Event, m: MenteeIx) -> Offers {
        let particular = self.particular(event, m);
        let mut offers = Offers::default();
        let mut by_topic: BTreeMap<TopicIx, Vec<Offer>> = BTreeMap::new();
        let mut named: BTreeMap<TopicIx, u32> = BTreeMap::new();
        for &e in &particular {
            let topics = topics_of(event, e);
            if let [t] = topics[..] {
                *named.entry(t).or_default() += 1;
            }
            if self.demand.pairs.exclusion(m, e).is_some() {
                continue;
            }
            let to = self.meeting_node(m, e, &topics);
            let listed = event.mentee(m).chose_expert(e).is_some();
            for &t in &topics {
                let class = self.meeting_class(event, m, e, t);
                let offer = Offer { to, capacity: 1, class, meaning: Meaning::Meeting(m, e, t) };
                if listed {
                    offers.group(event, event.rank(m, e, event_topic(event, t))).push(offer);
                } else {
                    by_topic.entry(t).or_default().push(offer);
                }
            }
        }
        for t in (0..self.alike.len()).map(TopicIx::new) {
            self.offer_topic(event, m, t, named.get(&t).copied().unwrap_or(0), by_topic.remove(&t), &mut offers);
        }
        offers
    }

    fn offer_topic(
        &mut self,
        event: &Event,
        m: MenteeIx,
        t: TopicIx,
        named: u32,
        apart: Option<Vec<Offer>>,
        offers: &mut Offers,
    ) {
        let rank = event_topic(event, t).and_then(|t| event.mentee(m).chose_topic(t)).map(|c| c.rank);
        let mut apart = apart.unwrap_or_default();
        let mut alike = self.alike[t.index()].len() as u32 - named;
        if self.apart.contains(&(m, t)) {
            let particular = self.particular(event, m);
            for e in self.alike[t.index()].clone() {
                if particular.binary_search(&e).is_err() {
                    let class = self.meeting_class(event, m, e, t);
                    apart.push(Offer { to: expert_node(e), capacity: 1, class, meaning: Meaning::Meeting(m, e, t) });
                }
            }
            alike = 0;
        }
        let score =
            event_topic(event, t).and_then(|t| event.mentee(m).chose_topic(t)).map_or(0, |c| event.scores.topic(c));
        let (first, further) = self.topic_classes(score);
        let most = event.wanted(m);
        let meaning = Meaning::Alike(m, t);
        let to = topic_node(event, t);
        if apart.is_empty() {
            if rank.is_none() && self.put_off(m, t, alike) {
                return;
            }
            for (capacity, class) in [(alike.min(1), first), (alike.saturating_sub(1).min(most - most.min(1)), further)]
            {
                offers.group(event, rank).push(Offer { to, capacity, class, meaning });
            }
        } else {
            apart.push(Offer { to, capacity: alike.min(most), class: first, meaning });
            let group = self.node(&apart);
            let (once, again) = self.topic_classes(0);
            for (capacity, class) in [(1, once), (most - most.min(1), again)] {
                offers.group(event, rank).push(Offer { to: group, capacity, class, meaning: Meaning::Inner });
            }
        }
        offers.drop_empty();
    }

    /// Whether the arcs from a mentee to a topic wait until they are priced in.
    fn put_off(&mut self, m: MenteeIx, t: TopicIx, alike: u32) -> bool {
        let topics = self.alike.len();
        let turn = (t.index() + topics - m.index() % topics) % topics;
        let later = !self.lazy.is_empty() && turn >= SEEDS;
        if later {
            self.lazy[m.index() * topics + t.index()] = alike;
        }
        later
    }

    /// The classes of a mentee's first seat of a topic and of further ones.
    fn topic_classes(&mut self, score: i64) -> (Class, Class) {
        let preferences = (Part::Of(Priority::Preferences, 0), -score);
        let again = if self.demand.pairs.event().topics.is_empty() { 0 } else { 1 };
        (self.class(&[preferences]), self.class(&[preferences, (Part::Of(Priority::Variety, 0), again)]))
    }

    fn meeting_class(&mut self, event: &Event, m: MenteeIx, e: ExpertIx, t: TopicIx) -> Class {
        let single = topics_of(event, e).len() == 1;
        let courtesy = i64::from(self.demand.pairs.avoided(m, e));
        let score = event.score(m, e, event_topic(event, t));
        let mut parts =
            vec![(Part::Of(Priority::Courtesies, 0), courtesy), (Part::Of(Priority::Preferences, 0), -score)];
        if single {
            parts.extend(self.pair_parts(m, e));
        }
        self.class(&parts)
    }

    /// What hangs on the pair, whatever the topic.
    fn pair_parts(&self, m: MenteeIx, e: ExpertIx) -> [(Part, i64); 2] {
        let of = |set: &BTreeSet<(MenteeIx, ExpertIx)>| -i64::from(set.contains(&(m, e)));
        [(Part::Musts, of(&self.must)), (Part::KeptPairs, of(&self.kept))]
    }

    /// Where the seats of a pair come together: the expert, or a node of the pair where there are several topics.
    fn meeting_node(&mut self, m: MenteeIx, e: ExpertIx, topics: &[TopicIx]) -> Node {
        if topics.len() == 1 {
            return expert_node(e);
        }
        let class = self.class(&self.pair_parts(m, e));
        self.node(&[Offer { to: expert_node(e), capacity: 1, class, meaning: Meaning::Inner }])
    }

    /// The experts who are not like any other of their topic to a mentee, ascending.
    fn particular(&self, event: &Event, m: MenteeIx) -> Vec<ExpertIx> {
        let mut experts = self.demand.pairs.particular(m);
        for set in [&self.must, &self.kept] {
            experts.extend(set.range((m, ExpertIx(0))..=(m, ExpertIx(u32::MAX))).map(|&(_, e)| e));
        }
        let present = event.mentee(m).present;
        let differs = |e: &&ExpertIx| {
            let expert = event.expert(**e);
            expert.topics.len() > 1 || present.and(expert.open_rounds()).is_empty()
        };
        experts.extend(self.irregular.iter().filter(differs));
        experts.sort_unstable();
        experts.dedup();
        experts.retain(|&e| !event.expert(e).open_rounds().is_empty());
        experts
    }

    fn class(&mut self, parts: &[(Part, i64)]) -> Class {
        let of = |part: &Part| parts.iter().filter(|(p, _)| p == part).map(|(_, cost)| cost).sum();
        let cost: Vec<i64> = self.parts.iter().map(of).collect();
        let next = self.network.costs.len() as Class;
        let costs = &mut self.network.costs;
        *self.classes.entry(cost).or_insert_with_key(|cost| {
            costs.push(cost.clone());
            next
        })
    }

    /// A node with arcs, which are not empty.
    fn node(&mut self, offers: &[Offer]) -> Node {
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

    /// Solves all parts; whether the lower bounds are all met.
    pub fn solve(&mut self) -> bool {
        let event = self.demand.pairs.event();
        let needed = self.lower_bounds(event);
        let ranges = self.ranges(event);
        let (first, further) = self.topic_classes(0);
        let hubs = (1 + event.experts.len() + self.alike.len()) as Node;
        let mut simplex = Simplex::new(std::mem::take(&mut self.network), hubs, &self.upward);
        simplex.solve(&ranges, |simplex| self.price(event, simplex, first, further));
        debug_assert!(simplex.proves());
        let met = -simplex.total(0) == needed;
        self.simplex = Some(simplex);
        met
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
        for (range, part) in ranges.iter_mut().zip(&self.parts) {
            if *part == Part::Of(Priority::Variety, 0) {
                *range += 2 * event.mentees.len() as i64;
            }
        }
        ranges
    }

    /// Brings in the arcs from mentees to topics that would improve the flow, the best few of each mentee.
    fn price(&mut self, event: &Event, simplex: &mut Simplex, first: Class, further: Class) -> bool {
        let topics = self.alike.len();
        let mut best_first: Vec<TopicIx> = (0..topics).map(TopicIx::new).collect();
        best_first.sort_by_key(|&t| (std::cmp::Reverse(simplex.potential(topic_node(event, t))), t));
        if self.lazy.is_empty() {
            return false;
        }
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

    /// Pivots of the simplex.
    pub fn steps(&self) -> u64 {
        self.simplex.as_ref().map_or(0, |s| s.pivots)
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
        Ok(Pairing { meetings, values: self.values(event, simplex), steps: simplex.pivots })
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
        let value = |(i, part): (usize, &Part)| match (part, simplex.total(i)) {
            (Part::Of(Priority::Seats, 1), total) => squares + total,
            (Part::Of(Priority::Seats, 2), total) => late + total,
            (Part::Of(Priority::Courtesies | Priority::Variety, _) | Part::LikeLoads, total) => total,
            (_, total) => -total,
        };
        self.parts.iter().enumerate().skip(1).map(value).collect()
    }
}

impl Offers {
    /// The group that a seat of this rank belongs to.
    fn group(&mut self, event: &Event, rank: Option<u32>) -> &mut Vec<Offer> {
        match rank {
            None => &mut self.others,
            Some(rank) if rank <= event.first_choices => &mut self.first,
            Some(_) => &mut self.choices,
        }
    }

    fn drop_empty(&mut self) {
        for group in [&mut self.others, &mut self.choices, &mut self.first] {
            group.retain(|offer| offer.capacity > 0);
        }
    }
}

fn expert_node(e: ExpertIx) -> Node {
    1 + e.0
}

fn topic_node(event: &Event, t: TopicIx) -> Node {
    1 + event.experts.len() as Node + t.0
}

/// An expert's topics; where the event has none, one that stands for all.
fn topics_of(event: &Event, e: ExpertIx) -> Vec<TopicIx> {
    if event.topics.is_empty() { vec![TopicIx(0)] } else { event.expert(e).topics.clone() }
}

fn event_topic(event: &Event, t: TopicIx) -> Option<TopicIx> {
    (!event.topics.is_empty()).then_some(t)
}

/// The most seats that an expert can have: the largest capacities of as many rounds as there are sittings.
fn most_seats(expert: &Expert) -> u32 {
    let mut capacities: Vec<u32> = expert.open_rounds().iter().map(|r| expert.capacity_in(r)).collect();
    capacities.sort_unstable_by(|a, b| b.cmp(a));
    capacities.iter().take(expert.most_sittings as usize).sum()
}

/// The fewest seats that an expert must have.
fn least_seats(expert: &Expert, every_round: bool) -> u32 {
    if every_round { expert.present.len() as u32 * expert.smallest_group.max(1) } else { 0 }
}
