//! Network simplex for minimum-cost circulations with lexicographic costs.
//!
//! The costs of an arc are a vector, the first part being the most important. Parts are packed into 64-bit
//! integers as far as they fit without touching (a *phase*); phases are solved one after the other, and only arcs
//! of zero reduced cost in all phases before may enter the tree in the next, so that what was reached stays
//! reached. The potentials of all phases together are the proof of optimality ([`Simplex::proves`]).
//!
//! Sources: Dantzig 1951; Cunningham 1976 (strongly feasible trees, against cycling); block search and the data
//! layout after Kovács 2015, "Minimum-cost flow algorithms: an experimental evaluation".

use std::cmp::Ordering;
use std::ops::Range;

use super::packing::{dot, pack};
use super::tree::Tree;

/// A node of the network; node 0 is the root through which all circulation passes.
pub type Node = u32;

/// Position of a vector in the list of distinct cost vectors.
pub type Class = u32;

/// The arcs and costs of a network. Flow runs from 0 to an arc's capacity.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// Number of nodes, the root included.
    pub nodes: u32,
    /// The arcs.
    pub arcs: Vec<Arc>,
    /// Distinct cost vectors, each with one entry a part; less is better.
    pub costs: Vec<Vec<i64>>,
}

/// An arc.
#[derive(Clone, Copy, Debug)]
pub struct Arc {
    /// Where it starts.
    pub from: Node,
    /// Where it ends.
    pub to: Node,
    /// Most units of flow, at least 1.
    pub capacity: u32,
    /// Its costs a unit.
    pub class: Class,
}

/// Parts of the cost vectors that are solved together, with the optimal potentials.
#[derive(Clone, Debug, Default)]
struct Phase {
    /// Packed cost of each class.
    costs: Vec<i64>,
    /// By node; empty while the phase is being solved and they hang on the tree.
    potentials: Vec<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Tree,
    Lower,
    Upper,
}

/// How many arcs are looked at before the best of them enters the tree, at least.
const SMALLEST_BLOCK: usize = 64;

/// From so many arcs on those between hubs are looked at first.
const LARGE: usize = 20_000;

/// After so many pivots the number of arcs looked at is set anew.
const PIVOTS_A_BLOCK: u64 = 256;

/// As much time goes into looking as into moving when so many arcs are looked at for each node of the tree visited.
const ARCS_A_VISIT: u64 = 2;

/// A network with a spanning tree, a flow, and the phases solved so far.
#[derive(Debug)]
pub struct Simplex {
    network: Network,
    flow: Vec<u32>,
    state: Vec<State>,
    /// Arcs that may enter the tree in the present phase, ascending.
    alive: Vec<u32>,
    tree: Tree,
    phases: Vec<Phase>,
    present: Phase,
    /// How many arcs at the head of `alive` run between hubs and are looked at first; none in a small network.
    between_hubs: usize,
    /// Where their next block begins.
    next_hub: usize,
    /// Where the next block of the others begins.
    next: usize,
    /// How many arcs are looked at before the best of them enters the tree.
    block: usize,
    /// Pivots so far.
    pub pivots: u64,
}

impl Simplex {
    /// Starts with no flow. The first `hubs` nodes are those that many others may hang from. Needs, for each node but
    /// the root, an arc in `upward` (by node; the root's entry is ignored) that leaves it, such that following them
    /// leads to the root: a strongly feasible tree.
    pub fn new(network: Network, hubs: u32, upward: &[u32]) -> Self {
        let nodes = network.nodes as usize;
        let mut state = vec![State::Lower; network.arcs.len()];
        let mut tree = Tree::new(nodes, hubs);
        for node in 1..network.nodes {
            let arc = upward[node as usize];
            state[arc as usize] = State::Tree;
            tree.arc[node as usize] = arc;
            tree.attach(node, network.arcs[arc as usize].to);
        }
        let alive = (0..network.arcs.len() as u32).collect();
        let flow = vec![0; network.arcs.len()];
        Simplex {
            network,
            flow,
            state,
            alive,
            tree,
            phases: Vec::new(),
            present: Phase::default(),
            between_hubs: 0,
            next_hub: 0,
            next: 0,
            block: SMALLEST_BLOCK,
            pivots: 0,
        }
    }

    /// The flow on an arc.
    pub fn flow(&self, arc: u32) -> u32 {
        self.flow[arc as usize]
    }

    /// Optimizes all parts of the costs in their order. After each phase `price` is asked for arcs that are not in
    /// the network yet: it gets a way to tell whether an arc would improve the flow, and adds those that would.
    /// `ranges` bounds, for each part, the cost of any simple cycle of the whole network, absent arcs included.
    pub fn solve(&mut self, ranges: &[i64], price: impl FnMut(&mut Simplex) -> bool) {
        self.solve_until(ranges, &|| false, |_, _| {}, price);
    }

    /// The same; before each phase `begin` is told its first part. Ends with the flow that there is when `stop`, asked
    /// now and then, says so; whether the flow is optimal.
    pub fn solve_until(
        &mut self,
        ranges: &[i64],
        stop: &dyn Fn() -> bool,
        mut begin: impl FnMut(usize, &Simplex),
        mut price: impl FnMut(&mut Simplex) -> bool,
    ) -> bool {
        for parts in pack(ranges) {
            begin(parts.first, self);
            self.between_hubs = if self.alive.len() < LARGE { 0 } else { self.count_between_hubs() };
            let weights = &parts.weights;
            let costs = self.network.costs.iter().map(|cost| dot(&cost[parts.first..], weights)).collect();
            self.present = Phase { costs, potentials: Vec::new() };
            let (arcs, costs) = (&self.network.arcs, &self.present.costs);
            self.tree.update_all(|arc| costs[arcs[arc as usize].class as usize]);
            loop {
                if !self.pivot_to_optimum(stop) {
                    return false;
                }
                if !price(self) {
                    break;
                }
            }
            self.retire();
        }
        true
    }

    /// The reduced cost of an arc in each phase so far, lexicographically compared with zero: whether a unit more
    /// on it would be better (`Less`), alike or worse.
    pub fn reduced_cost(&self, from: Node, to: Node, class: Class) -> Ordering {
        let before = self.phases.iter().map(|phase| phase.reduced_cost(from, to, class).cmp(&0)).find(|o| o.is_ne());
        let now =
            || if self.present.costs.is_empty() { Ordering::Equal } else { self.present_cost(from, to, class).cmp(&0) };
        before.unwrap_or_else(now)
    }

    /// The potential of a node in the present phase.
    pub fn potential(&self, node: Node) -> i64 {
        self.tree.potential(node)
    }

    fn present_cost(&self, from: Node, to: Node, class: Class) -> i64 {
        self.present.costs[class as usize] + self.tree.potential(from) - self.tree.potential(to)
    }

    /// Adds an arc without flow; it may enter the tree at once.
    pub fn add(&mut self, arc: Arc) {
        self.alive.push(self.network.arcs.len() as u32);
        self.network.arcs.push(arc);
        self.flow.push(0);
        self.state.push(State::Lower);
    }

    /// Whether the potentials prove the flow optimal: no arc with room has a reduced cost below zero, no arc with
    /// flow one above. Recomputed from nothing but flow, costs and potentials.
    pub fn proves(&self) -> bool {
        let mut balance = vec![0_i64; self.network.nodes as usize];
        for (arc, &flow) in self.network.arcs.iter().zip(&self.flow) {
            let sign = self.reduced_cost(arc.from, arc.to, arc.class);
            if flow > arc.capacity || (flow < arc.capacity && sign.is_lt()) || (flow > 0 && sign.is_gt()) {
                return false;
            }
            balance[arc.from as usize] -= i64::from(flow);
            balance[arc.to as usize] += i64::from(flow);
        }
        balance.iter().all(|&b| b == 0)
    }

    /// Σ flow × cost of one part.
    pub fn total(&self, part: usize) -> i64 {
        let costs = &self.network.costs;
        self.network
            .arcs
            .iter()
            .zip(&self.flow)
            .map(|(arc, &flow)| costs[arc.class as usize][part] * i64::from(flow))
            .sum()
    }

    fn count_between_hubs(&self) -> usize {
        let is_between = |&&arc: &&u32| {
            let Arc { from, to, .. } = self.network.arcs[arc as usize];
            self.tree.is_hub(from) && self.tree.is_hub(to)
        };
        self.alive.iter().take_while(is_between).count()
    }

    /// Whether the optimum was reached before `stop` said so.
    fn pivot_to_optimum(&mut self, stop: &dyn Fn() -> bool) -> bool {
        while let Some(arc) = self.entering() {
            self.pivots += 1;
            self.pivot(arc);
            if self.pivots.is_multiple_of(PIVOTS_A_BLOCK) {
                self.balance();
                if stop() {
                    return false;
                }
            }
        }
        true
    }

    /// Looks at more arcs a pivot where moving is dear, and at fewer where it is cheap.
    fn balance(&mut self) {
        let moved = std::mem::take(&mut self.tree.visits) * ARCS_A_VISIT;
        let looked = self.block as u64 * PIVOTS_A_BLOCK;
        let block = if looked < moved { self.block * 5 / 4 } else { self.block * 4 / 5 };
        self.block = block.clamp(SMALLEST_BLOCK, self.alive.len().max(SMALLEST_BLOCK));
    }

    /// The arc whose entry gains most in the next block that has one. Arcs between hubs are looked at first: as long
    /// as one of them could enter, thousands of others only seem to gain.
    fn entering(&mut self) -> Option<u32> {
        let (hubs, all) = (self.between_hubs, self.alive.len());
        let first = self.best(0..hubs, self.next_hub, self.block.min(hubs));
        self.next_hub = first.1;
        if first.0.is_some() {
            return first.0;
        }
        let (found, next) = self.best(hubs..all, self.next, all - hubs);
        self.next = next;
        found.or_else(|| self.best(0..hubs, 0, hubs).0)
    }

    /// The best arc of the first block that has one, of at most so many arcs from `at` on around the range; and where
    /// the next block begins.
    fn best(&self, range: Range<usize>, mut at: usize, most: usize) -> (Option<u32>, usize) {
        let (mut best, mut gain, mut left) = (None, 0, self.block);
        for _ in 0..most {
            if !range.contains(&at) {
                at = range.start;
            }
            let arc = self.alive[at];
            at += 1;
            let state = self.state[arc as usize];
            if state != State::Tree {
                let Arc { from, to, class, .. } = self.network.arcs[arc as usize];
                let reduced = self.present_cost(from, to, class);
                let this = if state == State::Lower { -reduced } else { reduced };
                if this > gain {
                    (best, gain) = (Some(arc), this);
                }
            }
            left -= 1;
            if left == 0 {
                if best.is_some() {
                    break;
                }
                left = self.block;
            }
        }
        (best, at)
    }

    /// Sends as much flow as fits around the cycle that `entering` closes, and exchanges it for the blocking arc.
    fn pivot(&mut self, entering: u32) {
        let arc = self.network.arcs[entering as usize];
        let from_lower = self.state[entering as usize] == State::Lower;
        let (tail, head) = if from_lower { (arc.from, arc.to) } else { (arc.to, arc.from) };
        let apex = self.tree.apex(tail, head);
        let (amount, leaving) = self.blocking(tail, head, apex, arc.capacity);
        if amount > 0 {
            self.augment(tail, head, apex, amount);
            self.shift(entering, from_lower, amount);
        }
        let Some((out, on_tail_side)) = leaving else {
            self.state[entering as usize] = if from_lower { State::Upper } else { State::Lower };
            return;
        };
        let old = self.tree.arc[out as usize];
        self.state[old as usize] = if self.flow[old as usize] == 0 { State::Lower } else { State::Upper };
        self.state[entering as usize] = State::Tree;
        let (inside, outside) = if on_tail_side { (tail, head) } else { (head, tail) };
        self.tree.exchange(out, inside, outside, entering, self.network.arcs[entering as usize].from == inside);
        let (arcs, costs) = (&self.network.arcs, &self.present.costs);
        self.tree.update_exchanged(out, inside, |arc| costs[arcs[arc as usize].class as usize]);
    }

    /// How much flow fits around the cycle, and the node below the arc that blocks it (with whether it is on the
    /// tail's side), or `None` when the entering arc blocks itself. The last blocking arc along the cycle from the
    /// apex is chosen, which keeps the tree strongly feasible.
    fn blocking(&self, tail: Node, head: Node, apex: Node, capacity: u32) -> (u32, Option<(Node, bool)>) {
        let (mut amount, mut leaving) = (capacity, None);
        let mut node = tail;
        while node != apex {
            let room = self.room(node, !self.tree.upward[node as usize]);
            if room < amount {
                (amount, leaving) = (room, Some((node, true)));
            }
            node = self.tree.parent[node as usize];
        }
        node = head;
        while node != apex {
            let room = self.room(node, self.tree.upward[node as usize]);
            if room <= amount {
                (amount, leaving) = (room, Some((node, false)));
            }
            node = self.tree.parent[node as usize];
        }
        (amount, leaving)
    }

    /// How much the flow on a node's tree arc can grow (`more`) or shrink.
    fn room(&self, node: Node, more: bool) -> u32 {
        let arc = self.tree.arc[node as usize] as usize;
        if more { self.network.arcs[arc].capacity - self.flow[arc] } else { self.flow[arc] }
    }

    fn augment(&mut self, tail: Node, head: Node, apex: Node, amount: u32) {
        for (end, with_flow) in [(tail, false), (head, true)] {
            let mut node = end;
            while node != apex {
                let arc = self.tree.arc[node as usize];
                self.shift(arc, self.tree.upward[node as usize] == with_flow, amount);
                node = self.tree.parent[node as usize];
            }
        }
    }

    fn shift(&mut self, arc: u32, more: bool, amount: u32) {
        let flow = &mut self.flow[arc as usize];
        *flow = if more { *flow + amount } else { *flow - amount };
    }

    /// Keeps alive only the arcs of reduced cost 0: others can't change without undoing what this phase reached.
    fn retire(&mut self) {
        let mut phase = std::mem::take(&mut self.present);
        phase.potentials = (0..self.network.nodes).map(|node| self.tree.potential(node)).collect();
        let (network, state) = (&self.network, &self.state);
        self.alive.retain(|&a| {
            let arc = network.arcs[a as usize];
            state[a as usize] == State::Tree || phase.reduced_cost(arc.from, arc.to, arc.class) == 0
        });
        self.phases.push(phase);
        (self.next_hub, self.next) = (0, 0);
    }
}

impl Phase {
    fn reduced_cost(&self, from: Node, to: Node, class: Class) -> i64 {
        self.costs[class as usize] + self.potentials[from as usize] - self.potentials[to as usize]
    }
}
