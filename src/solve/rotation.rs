//! Lays a pairing out over rounds that are alike: equitable edge colouring of a bipartite graph.
//!
//! Each expert's meetings are cut into as many hands of at most R as are needed, all full but the last; a proper
//! colouring with R colours, which exists because no node has more than R edges (König 1916), then gives each
//! expert ⌊d/R⌋ or ⌈d/R⌉ people in every round (de Werra 1971). Edges are coloured one by one along alternating
//! paths.

use std::collections::BTreeMap;

use super::flow::Pairing;
use crate::domain::{Event, ExpertIx, MenteeIx, RoundIx, RoundSet, Schedule, Seat};

const NONE: u32 = u32::MAX;

/// The pairing laid out over the rounds. A pair of the standing plan keeps its round where that fits.
pub fn rotate(event: &Event, pairing: &Pairing, standing: Option<&Schedule>) -> Schedule {
    let before: BTreeMap<(MenteeIx, ExpertIx), _> =
        standing.iter().flat_map(|s| s.seats()).map(|s| ((s.mentee, s.expert), s.round)).collect();
    let meetings: Vec<_> = pairing.meetings.iter().map(|&(m, e, _)| (m, e)).collect();
    let layout = lay_out(&meetings, event.rounds.len(), |m, e| before.get(&(m, e)).copied());
    let seats = pairing.meetings.iter().zip(layout);
    Schedule::new(seats.map(|(&(mentee, expert, topic), round)| Seat { round, expert, mentee, topic }).collect())
}

/// The round of each meeting. No mentee has more than `rounds` meetings, `rounds` ≥ 1. A meeting goes to the round
/// that `preferred` names where that fits; those who have one should come early in the list.
pub fn lay_out(
    meetings: &[(MenteeIx, ExpertIx)],
    rounds: usize,
    preferred: impl Fn(MenteeIx, ExpertIx) -> Option<RoundIx>,
) -> Vec<RoundIx> {
    let wishes: Vec<Option<RoundIx>> = meetings.iter().map(|&(m, e)| preferred(m, e)).collect();
    let mentees = meetings.iter().map(|&(m, _)| m.index() + 1).max().unwrap_or(0);
    let (hands, count) = hands(meetings, rounds, &wishes);
    let mut colouring = Colouring {
        rounds,
        ends: meetings.iter().zip(&hands).map(|(&(m, _), &hand)| [m.0, mentees as u32 + hand]).collect(),
        colour: vec![NONE; meetings.len()],
        edge: vec![NONE; (mentees + count) * rounds],
        free: vec![RoundSet::all(rounds); mentees + count],
    };
    let (wishing, others): (Vec<u32>, Vec<u32>) =
        (0..meetings.len() as u32).partition(|&i| wishes[i as usize].is_some());
    for i in wishing.into_iter().chain(others) {
        colouring.insert(i, wishes[i as usize]);
    }
    colouring.colour.into_iter().map(RoundIx).collect()
}

/// The hand of each meeting, and their number. Meetings of one expert that wish for the same round go to different
/// hands as far as the hands go.
fn hands(meetings: &[(MenteeIx, ExpertIx)], rounds: usize, wishes: &[Option<RoundIx>]) -> (Vec<u32>, usize) {
    let experts = meetings.iter().map(|&(_, e)| e.index() + 1).max().unwrap_or(0);
    let mut of_expert: Vec<Vec<u32>> = vec![Vec::new(); experts];
    for (i, &(_, e)) in (0..).zip(meetings) {
        of_expert[e.index()].push(i);
    }
    let mut hand = vec![0; meetings.len()];
    let mut count = 0;
    for list in &mut of_expert {
        let mut seen = vec![0_u32; rounds];
        let turn = |i: &u32, seen: &mut Vec<u32>| {
            wishes[*i as usize].and_then(|r| seen.get_mut(r.index())).map_or(NONE, |n| {
                *n += 1;
                *n
            })
        };
        let turns: Vec<u32> = list.iter().map(|i| turn(i, &mut seen)).collect();
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|&k| (turns[k], k));
        for chunk in order.chunks(rounds) {
            chunk.iter().for_each(|&k| hand[list[k] as usize] = count);
            count += 1;
        }
    }
    (hand, count as usize)
}

/// A proper colouring of some of the edges.
struct Colouring {
    rounds: usize,
    /// The two nodes of each edge: mentee and hand.
    ends: Vec<[u32; 2]>,
    /// By edge.
    colour: Vec<u32>,
    /// By node × colour.
    edge: Vec<u32>,
    /// By node: the colours without an edge.
    free: Vec<RoundSet>,
}

impl Colouring {
    fn insert(&mut self, edge: u32, wish: Option<RoundIx>) {
        let [mentee, hand] = self.ends[edge as usize];
        let both = self.free[mentee as usize].and(self.free[hand as usize]);
        let at_once = wish.filter(|&r| both.contains(r)).or_else(|| both.iter().next());
        let colour = at_once.or_else(|| {
            let a = self.free[mentee as usize].iter().next()?;
            let b = self.free[hand as usize].iter().next()?;
            self.flip(hand, a, b);
            Some(a)
        });
        if let Some(colour) = colour {
            self.paint(edge, colour);
        }
    }

    /// Exchanges colours `a` and `b` along the path that starts at `node` with an edge of colour `a`.
    fn flip(&mut self, node: u32, a: RoundIx, b: RoundIx) {
        let mut path = Vec::new();
        let (mut node, mut colour, mut next) = (node, a, b);
        loop {
            let edge = self.edge[node as usize * self.rounds + colour.index()];
            if edge == NONE {
                break;
            }
            path.push((edge, next));
            let [mentee, hand] = self.ends[edge as usize];
            node = if node == mentee { hand } else { mentee };
            std::mem::swap(&mut colour, &mut next);
        }
        path.iter().for_each(|&(edge, _)| self.clear(edge));
        path.into_iter().for_each(|(edge, colour)| self.paint(edge, colour));
    }

    fn paint(&mut self, edge: u32, colour: RoundIx) {
        self.colour[edge as usize] = colour.0;
        for node in self.ends[edge as usize] {
            self.edge[node as usize * self.rounds + colour.index()] = edge;
            self.free[node as usize].remove(colour);
        }
    }

    fn clear(&mut self, edge: u32) {
        let colour = RoundIx(self.colour[edge as usize]);
        for node in self.ends[edge as usize] {
            self.edge[node as usize * self.rounds + colour.index()] = NONE;
            self.free[node as usize].insert(colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert, proptest};
    use std::collections::{BTreeMap, BTreeSet};

    proptest! {
        #[test]
        fn every_layout_is_proper_and_equitable(
            rounds in 1_usize..7,
            wanted in proptest::collection::vec(proptest::collection::btree_set(0_u32..8, 0..7), 1..30),
            shift in any::<u32>(),
        ) {
            let meetings: Vec<_> = (0..).zip(&wanted)
                .flat_map(|(m, experts)| experts.iter().take(rounds).map(move |&e| (MenteeIx(m), ExpertIx(e))))
                .collect();
            let wish = |m: MenteeIx, e: ExpertIx| {
                let r = (m.0 * 5 + e.0 * 3).wrapping_add(shift) % 9;
                ((r as usize) < rounds).then_some(RoundIx(r))
            };
            let layout = lay_out(&meetings, rounds, wish);
            let mut taken = BTreeSet::new();
            let mut groups: BTreeMap<(ExpertIx, RoundIx), usize> = BTreeMap::new();
            for (&(m, e), &r) in meetings.iter().zip(&layout) {
                prop_assert!(r.index() < rounds && taken.insert((m, r)));
                *groups.entry((e, r)).or_default() += 1;
            }
            for e in (0..8).map(ExpertIx) {
                let d = meetings.iter().filter(|&&(_, expert)| expert == e).count();
                for r in (0..rounds).map(RoundIx::new) {
                    let group = groups.get(&(e, r)).copied().unwrap_or(0);
                    prop_assert!(group == d / rounds || group == d.div_ceil(rounds));
                }
            }
        }

        #[test]
        fn a_layout_that_is_already_right_is_kept(
            rounds in 1_usize..6, wanted in proptest::collection::vec(proptest::collection::btree_set(0_u32..6, 0..6), 1..20),
        ) {
            let meetings: Vec<_> = (0..).zip(&wanted)
                .flat_map(|(m, experts)| experts.iter().take(rounds).map(move |&e| (MenteeIx(m), ExpertIx(e))))
                .collect();
            let layout = lay_out(&meetings, rounds, |_, _| None);
            let standing: BTreeMap<_, _> = meetings.iter().copied().zip(layout.iter().copied()).collect();
            let again = lay_out(&meetings, rounds, |m, e| standing.get(&(m, e)).copied());
            prop_assert!(again == layout);
        }
    }
}
