//! Deals the seats that run through a topic's node out to its experts.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::domain::{ExpertIx, MenteeIx};

/// Seats of one topic to deal out.
pub struct Topic<'a> {
    /// Each mentee with a number of seats, ascending, each once.
    pub wanted: &'a [(MenteeIx, u32)],
    /// Each expert with a number of seats, ascending, each once; as many in all.
    pub loads: &'a [(ExpertIx, u32)],
    /// Whether a mentee may get a seat with an expert here.
    pub allowed: &'a dyn Fn(MenteeIx, ExpertIx) -> bool,
}

/// Deals the seats so that no mentee meets an expert twice; the experts of each mentee, in the order of `wanted`.
/// When that is impossible, the mentees who want too much of too few experts.
///
/// Greedy with the fullest expert first, which is exact when nobody is kept apart (Gale 1957, Ryser 1957), then
/// augmenting paths.
pub fn deal(topic: &Topic) -> Result<Vec<Vec<ExpertIx>>, Vec<MenteeIx>> {
    let mut hand = Hand {
        topic,
        given: vec![BTreeSet::new(); topic.wanted.len()],
        left: topic.loads.iter().copied().collect(),
        takers: topic.loads.iter().map(|&(e, _)| (e, BTreeSet::new())).collect(),
    };
    let mut order: Vec<usize> = (0..topic.wanted.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(topic.wanted[i].1), i));
    hand.greedy(&order);
    for &i in &order {
        while hand.given[i].len() < topic.wanted[i].1 as usize {
            hand.augment(i)?;
        }
    }
    Ok(hand.given.into_iter().map(|experts| experts.into_iter().collect()).collect())
}

struct Hand<'a> {
    topic: &'a Topic<'a>,
    /// By position in `wanted`.
    given: Vec<BTreeSet<ExpertIx>>,
    left: BTreeMap<ExpertIx, u32>,
    /// Positions in `wanted` of those who sit with an expert.
    takers: BTreeMap<ExpertIx, BTreeSet<usize>>,
}

impl Hand<'_> {
    fn greedy(&mut self, order: &[usize]) {
        let mut fullest: BTreeSet<(u32, ExpertIx)> =
            self.left.iter().filter(|&(_, &n)| n > 0).map(|(&e, &n)| (n, e)).collect();
        for &i in order {
            let (mentee, count) = self.topic.wanted[i];
            let free = fullest.iter().rev().filter(|&&(_, e)| (self.topic.allowed)(mentee, e));
            let picked: Vec<(u32, ExpertIx)> = free.take(count as usize).copied().collect();
            for (n, e) in picked {
                fullest.remove(&(n, e));
                if n > 1 {
                    fullest.insert((n - 1, e));
                }
                self.left.insert(e, n - 1);
                self.give(i, e);
            }
        }
    }

    fn give(&mut self, i: usize, e: ExpertIx) {
        self.given[i].insert(e);
        self.takers.entry(e).or_default().insert(i);
    }

    fn take(&mut self, i: usize, e: ExpertIx) {
        self.given[i].remove(&e);
        self.takers.entry(e).or_default().remove(&i);
    }

    /// One more seat for the mentee at position `start`, others changing their expert where needed; or everybody
    /// who was reached in vain.
    fn augment(&mut self, start: usize) -> Result<(), Vec<MenteeIx>> {
        let mut came_from: BTreeMap<ExpertIx, usize> = BTreeMap::new();
        let mut gave_up: BTreeMap<usize, ExpertIx> = BTreeMap::new();
        let mut queue = VecDeque::from([start]);
        let mut reached = BTreeSet::from([start]);
        while let Some(i) = queue.pop_front() {
            let mentee = self.topic.wanted[i].0;
            for &(e, _) in self.topic.loads {
                if came_from.contains_key(&e) || self.given[i].contains(&e) || !(self.topic.allowed)(mentee, e) {
                    continue;
                }
                came_from.insert(e, i);
                if self.left.get(&e).is_some_and(|&n| n > 0) {
                    self.hand_over(e, &came_from, &gave_up);
                    return Ok(());
                }
                for &taker in self.takers.get(&e).into_iter().flatten() {
                    if reached.insert(taker) {
                        gave_up.insert(taker, e);
                        queue.push_back(taker);
                    }
                }
            }
        }
        Err(reached.into_iter().map(|i| self.topic.wanted[i].0).collect())
    }

    fn hand_over(
        &mut self,
        last: ExpertIx,
        came_from: &BTreeMap<ExpertIx, usize>,
        gave_up: &BTreeMap<usize, ExpertIx>,
    ) {
        if let Some(left) = self.left.get_mut(&last) {
            *left -= 1;
        }
        let mut expert = last;
        while let Some(&i) = came_from.get(&expert) {
            self.give(i, expert);
            let Some(&before) = gave_up.get(&i) else { return };
            self.take(i, before);
            expert = before;
        }
    }
}
