//! The spanning tree of the network simplex, as parent pointers with lists of children.

use super::simplex::Node;

/// No node, no arc.
pub const NONE: u32 = u32::MAX;

/// The spanning tree; every list is indexed by node.
#[derive(Debug)]
pub struct Tree {
    /// The node above; [`NONE`] for the root.
    pub parent: Vec<Node>,
    /// The arc to the parent.
    pub arc: Vec<u32>,
    /// Whether that arc runs from the node to its parent.
    pub upward: Vec<bool>,
    /// Arcs up to the root.
    pub depth: Vec<u32>,
    /// The head of the list of children.
    pub first_child: Vec<Node>,
    /// The next child of the same parent.
    pub next_sibling: Vec<Node>,
    previous_sibling: Vec<Node>,
}

impl Tree {
    /// A root and nodes that hang nowhere yet.
    pub fn new(nodes: usize) -> Self {
        Tree {
            parent: vec![NONE; nodes],
            arc: vec![NONE; nodes],
            upward: vec![true; nodes],
            depth: vec![0; nodes],
            first_child: vec![NONE; nodes],
            next_sibling: vec![NONE; nodes],
            previous_sibling: vec![NONE; nodes],
        }
    }

    /// Hangs a node, with all below it, below `parent`.
    pub fn attach(&mut self, node: Node, parent: Node) {
        self.parent[node as usize] = parent;
        let first = self.first_child[parent as usize];
        self.next_sibling[node as usize] = first;
        self.previous_sibling[node as usize] = NONE;
        if first != NONE {
            self.previous_sibling[first as usize] = node;
        }
        self.first_child[parent as usize] = node;
    }

    fn detach(&mut self, node: Node) {
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

    /// The lowest node that is above or equal to both.
    pub fn apex(&self, mut a: Node, mut b: Node) -> Node {
        while a != b {
            if self.depth[a as usize] >= self.depth[b as usize] {
                a = self.parent[a as usize];
            } else {
                b = self.parent[b as usize];
            }
        }
        a
    }

    /// Cuts the subtree of `out` off, turns it so that `inside` is its top, and hangs it below `outside` by `arc`.
    pub fn exchange(&mut self, out: Node, inside: Node, outside: Node, arc: u32, upward: bool) {
        let (mut node, mut parent, mut arc, mut upward) = (inside, outside, arc, upward);
        loop {
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
}
