//! The spanning tree of the network simplex, with the potentials that hang on it.
//!
//! Some nodes are *hubs*: thousands of others hang directly from them. The potential and depth of any other node
//! are kept relative to the nearest hub above it, so that a hub can change its place without a visit to all that
//! hangs from it: only hubs, and the nodes between them, are visited.

use super::simplex::Node;

/// No node, no arc.
pub const NONE: u32 = u32::MAX;

/// The spanning tree; every list is indexed by node. Node 0 is the root and a hub.
#[derive(Debug)]
pub struct Tree {
    /// Nodes below this number are hubs.
    hubs: u32,
    /// The node above; [`NONE`] for the root.
    pub parent: Vec<Node>,
    /// The arc to the parent.
    pub arc: Vec<u32>,
    /// Whether that arc runs from the node to its parent.
    pub upward: Vec<bool>,
    places: Vec<Place>,
    /// The head of the list of children; of a hub only those with a hub at or below them.
    first_child: Vec<Node>,
    next_sibling: Vec<Node>,
    previous_sibling: Vec<Node>,
    /// How many children of a node that is no hub have a hub at or below them.
    links: Vec<u32>,
    /// How many nodes were visited so far.
    pub visits: u64,
}

/// Where a node hangs. What pricing reads of a node lies side by side.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The potential itself for hubs, less the hub's for others.
    potential: i64,
    /// For hubs the node itself, for others the nearest hub above.
    hub: Node,
    /// Arcs up to the root for hubs, up to the hub for others.
    depth: u32,
}

impl Tree {
    /// A root and nodes that hang nowhere yet; the first `hubs` are hubs.
    pub fn new(nodes: usize, hubs: u32) -> Self {
        Tree {
            hubs,
            parent: vec![NONE; nodes],
            arc: vec![NONE; nodes],
            upward: vec![true; nodes],
            places: (0..nodes as u32).map(|hub| Place { potential: 0, hub, depth: 0 }).collect(),
            first_child: vec![NONE; nodes],
            next_sibling: vec![NONE; nodes],
            previous_sibling: vec![NONE; nodes],
            links: vec![0; nodes],
            visits: 0,
        }
    }

    /// Whether many others may hang from a node.
    pub fn is_hub(&self, node: Node) -> bool {
        node < self.hubs
    }

    /// The potential of a node.
    pub fn potential(&self, node: Node) -> i64 {
        let Place { potential, hub, .. } = self.places[node as usize];
        if node < self.hubs { potential } else { potential + self.places[hub as usize].potential }
    }

    fn depth(&self, node: Node) -> u32 {
        let Place { depth, hub, .. } = self.places[node as usize];
        if node < self.hubs { depth } else { depth + self.places[hub as usize].depth }
    }

    /// Hangs a node, with all below it, below `parent`.
    pub fn attach(&mut self, node: Node, parent: Node) {
        self.parent[node as usize] = parent;
        if parent >= self.hubs || self.is_link(node) {
            self.list(node);
        }
        if parent >= self.hubs && self.is_link(node) {
            self.link(parent);
        }
    }

    /// Whether there is a hub at the node or below it.
    fn is_link(&self, node: Node) -> bool {
        node < self.hubs || self.links[node as usize] > 0
    }

    /// One more child of a node that is no hub has a hub below it.
    fn link(&mut self, node: Node) {
        self.links[node as usize] += 1;
        let parent = self.parent[node as usize];
        if self.links[node as usize] == 1 && parent != NONE {
            if parent < self.hubs {
                self.list(node);
            } else {
                self.link(parent);
            }
        }
    }

    fn unlink(&mut self, node: Node) {
        self.links[node as usize] -= 1;
        let parent = self.parent[node as usize];
        if self.links[node as usize] == 0 && parent != NONE {
            if parent < self.hubs {
                self.unlist(node);
            } else {
                self.unlink(parent);
            }
        }
    }

    fn list(&mut self, node: Node) {
        let parent = self.parent[node as usize] as usize;
        let first = self.first_child[parent];
        self.next_sibling[node as usize] = first;
        self.previous_sibling[node as usize] = NONE;
        if first != NONE {
            self.previous_sibling[first as usize] = node;
        }
        self.first_child[parent] = node;
    }

    fn unlist(&mut self, node: Node) {
        let (previous, next) = (self.previous_sibling[node as usize], self.next_sibling[node as usize]);
        if previous == NONE {
            self.first_child[self.parent[node as usize] as usize] = next;
        } else {
            self.next_sibling[previous as usize] = next;
        }
        if next != NONE {
            self.previous_sibling[next as usize] = previous;
        }
    }

    fn detach(&mut self, node: Node) {
        let parent = self.parent[node as usize];
        if parent >= self.hubs || self.is_link(node) {
            self.unlist(node);
        }
        self.parent[node as usize] = NONE;
        if parent >= self.hubs && self.is_link(node) {
            self.unlink(parent);
        }
    }

    /// The lowest node that is above or equal to both.
    pub fn apex(&self, mut a: Node, mut b: Node) -> Node {
        let (mut depth_a, mut depth_b) = (self.depth(a), self.depth(b));
        while a != b {
            if depth_a >= depth_b {
                a = self.parent[a as usize];
                depth_a -= 1;
            } else {
                b = self.parent[b as usize];
                depth_b -= 1;
            }
        }
        a
    }

    /// Cuts the subtree of `out` off, turns it so that `inside` is its top, and hangs it below `outside` by `arc`.
    pub fn exchange(&mut self, out: Node, inside: Node, outside: Node, arc: u32, upward: bool) {
        let (mut node, mut parent, mut arc, mut upward) = (inside, outside, arc, upward);
        loop {
            self.visits += 1;
            let (next, next_arc, next_upward) =
                (self.parent[node as usize], self.arc[node as usize], self.upward[node as usize]);
            self.detach(node);
            self.arc[node as usize] = arc;
            self.upward[node as usize] = upward;
            self.attach(node, parent);
            if node == out {
                return;
            }
            (parent, arc, upward) = (node, next_arc, !next_upward);
            node = next;
        }
    }

    /// Sets potentials and depths after an exchange, so that all tree arcs have reduced cost 0; `cost` is that of
    /// an arc.
    pub fn update_exchanged(&mut self, out: Node, inside: Node, cost: impl Fn(u32) -> i64) {
        self.update(inside, &cost);
        let mut node = out;
        loop {
            let parent = self.parent[node as usize];
            if parent < self.hubs && !self.is_link(node) {
                self.update(node, &cost);
            }
            if node == inside {
                return;
            }
            node = parent;
        }
    }

    /// Sets potential and depth of `top` (unless it is the root) and of all below it that the lists reach.
    fn update(&mut self, top: Node, cost: impl Fn(u32) -> i64) {
        let mut stack = vec![top];
        while let Some(node) = stack.pop() {
            self.visits += 1;
            let i = node as usize;
            let parent = self.parent[i];
            if parent != NONE {
                let step = if self.upward[i] { -cost(self.arc[i]) } else { cost(self.arc[i]) };
                self.places[i] = if node < self.hubs {
                    Place { potential: self.potential(parent) + step, hub: node, depth: self.depth(parent) + 1 }
                } else if parent < self.hubs {
                    Place { potential: step, hub: parent, depth: 1 }
                } else {
                    let above = self.places[parent as usize];
                    Place { potential: above.potential + step, hub: above.hub, depth: above.depth + 1 }
                };
            }
            let mut child = self.first_child[i];
            while child != NONE {
                stack.push(child);
                child = self.next_sibling[child as usize];
            }
        }
    }

    /// Sets potential and depth of all nodes, likewise.
    pub fn update_all(&mut self, cost: impl Fn(u32) -> i64) {
        self.update(0, &cost);
        for node in self.hubs..self.parent.len() as u32 {
            if self.parent[node as usize] < self.hubs && !self.is_link(node) {
                self.update(node, &cost);
            }
        }
    }
}
