//! Chains of mentees who exchange two rounds (Kempe chains), found from table to table.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::tables::Tables;
use crate::domain::{ExpertIx, MenteeIx, RoundIx};

/// How many tables a chain may reach before it is given up.
const REACH: usize = 400;

/// Where a chain leads: in round `a` somebody more comes to the table `from` (`None`: those who have no seat), so
/// that one of its group has to go over to round `b`, and so on.
pub struct Way<'t, 'e> {
    /// The seating.
    pub tables: &'t Tables<'e>,
    /// The round that is left.
    pub a: RoundIx,
    /// The round that is gone to.
    pub b: RoundIx,
    /// The first table.
    pub from: Option<ExpertIx>,
    /// Who comes to the first table, and so is no part of the way.
    pub start: Option<MenteeIx>,
}

impl Way<'_, '_> {
    /// The mentees of a shortest way to a table for which `ends` is true, the last first; nobody when the first table
    /// is one. Mentees who are `near` make it no longer. `turn` gives, for each table, who of its group is asked
    /// first.
    pub fn find(
        &self,
        ends: impl Fn(Option<ExpertIx>) -> bool,
        near: impl Fn(MenteeIx) -> bool,
        mut turn: impl FnMut() -> u64,
    ) -> Option<Vec<MenteeIx>> {
        if ends(self.from) {
            return Some(Vec::new());
        }
        let mut came_by: FxHashMap<Option<ExpertIx>, (MenteeIx, Option<ExpertIx>)> = FxHashMap::default();
        let mut queue = VecDeque::from([self.from]);
        while let Some(table) = queue.pop_front() {
            let turn = turn() as usize;
            let group = table.map_or(self.tables.idle(self.a), |e| self.tables.group(e, self.a));
            for i in 0..group.len().min(REACH) {
                let mentee = group[i.wrapping_add(turn) % group.len()];
                let next = self.tables.table(mentee, self.b);
                if self.start == Some(mentee) || next == self.from || came_by.contains_key(&next) {
                    continue;
                }
                came_by.insert(next, (mentee, table));
                if ends(next) {
                    return Some(self.walk_back(next, &came_by));
                }
                if near(mentee) {
                    queue.push_front(next);
                } else {
                    queue.push_back(next);
                }
            }
            if came_by.len() > REACH {
                return None;
            }
        }
        None
    }

    fn walk_back(
        &self,
        end: Option<ExpertIx>,
        came_by: &FxHashMap<Option<ExpertIx>, (MenteeIx, Option<ExpertIx>)>,
    ) -> Vec<MenteeIx> {
        let mut chain = Vec::new();
        let mut table = end;
        while table != self.from {
            let Some(&(mentee, before)) = came_by.get(&table) else { break };
            chain.push(mentee);
            table = before;
        }
        chain
    }

    /// Whether a way can end at a table: one more in round `a`, one less in `b`.
    pub fn absorbs(&self, table: Option<ExpertIx>) -> bool {
        table.is_none_or(|e| {
            let size = |r| self.tables.group(e, r).len();
            self.tables.has_room(e, self.a)
                && self.tables.is_enough(e, size(self.a) + 1)
                && self.tables.is_enough(e, size(self.b).saturating_sub(1))
        })
    }
}
