//! How many tables of like capacity have each size, round by round.

use std::collections::BTreeMap;

use crate::domain::{Event, ExpertIx, RoundIx};

/// The sizes of open tables.
pub struct Sizes {
    /// By expert × round: where those of like capacity are counted.
    class: Vec<usize>,
    /// By class: the number of open tables by size.
    counts: Vec<Vec<u32>>,
}

impl Sizes {
    /// No table is open.
    pub fn none(event: &Event) -> Self {
        let mut classes: BTreeMap<(RoundIx, u32), usize> = BTreeMap::new();
        let mut class = |e: ExpertIx, r: RoundIx| {
            let next = classes.len();
            *classes.entry((r, event.expert(e).capacity_in(r))).or_insert(next)
        };
        let cells = event.expert_ixs().flat_map(|e| event.round_ixs().map(move |r| (e, r)));
        let class: Vec<usize> = cells.map(|(e, r)| class(e, r)).collect();
        Sizes { class, counts: vec![Vec::new(); classes.len()] }
    }

    /// The table in a cell has now so many people.
    pub fn change(&mut self, cell: usize, before: usize, now: usize) {
        let counts = &mut self.counts[self.class[cell]];
        counts.resize(counts.len().max(before.max(now) + 1), 0);
        if before > 0 {
            counts[before] -= 1;
        }
        if now > 0 {
            counts[now] += 1;
        }
    }

    /// No table is open any more.
    pub fn clear(&mut self) {
        self.counts.iter_mut().for_each(Vec::clear);
    }

    /// The sizes of the smallest and the largest of the open tables that are like the one in a cell; 0 when none is
    /// open.
    pub fn extremes(&self, cell: usize) -> (usize, usize) {
        ends(&self.counts[self.class[cell]]).unwrap_or_default()
    }

    /// The largest less the smallest of the open tables that are like the one in a cell.
    pub fn spread(&self, cell: usize) -> i64 {
        let (smallest, largest) = self.extremes(cell);
        (largest - smallest) as i64
    }

    /// The fewest tables of one size, at either end of a class whose tables are uneven; 0 where all are even.
    pub fn fewest_apart(&self) -> i64 {
        let fewest = |counts: &Vec<u32>| {
            let (smallest, largest) = ends(counts).filter(|(smallest, largest)| smallest < largest)?;
            Some(counts[smallest].min(counts[largest]))
        };
        self.counts.iter().filter_map(fewest).min().map_or(0, i64::from)
    }
}

/// The smallest and the largest size of which there are tables.
fn ends(counts: &[u32]) -> Option<(usize, usize)> {
    counts.iter().position(|&n| n > 0).zip(counts.iter().rposition(|&n| n > 0))
}
