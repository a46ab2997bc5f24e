//! Which kinds of neighbourhoods lead somewhere: those are chosen more often (adaptive large neighbourhood search: Ropke
//! and Pisinger 2006, here with the work that a look takes).

use crate::solve::random::Random;

use super::scopes::Kind;
use super::{LEAST_WORK, Look};

/// Work of a kind that was not looked at, as if it had led to one better schedule.
const WORK_AT_FIRST: u64 = 2_000_000;

/// The weight of a kind is what it leads to for so much work.
const SCALE: u64 = 1_000_000_000_000;

/// What came of a kind's neighbourhoods.
#[derive(Clone, Copy, Default)]
struct Yield {
    /// How many were better.
    better: u64,
    /// Work of all.
    work: u64,
}

/// What came of neighbourhoods since the part began, by their kind.
#[derive(Default)]
pub(super) struct Yields([Yield; Kind::ALL.len()]);

impl Yields {
    /// Counts a look.
    pub(super) fn count(&mut self, kind: Kind, look: &Look) {
        let own = &mut self.0[kind as usize];
        own.better += u64::from(look.point.is_some());
        own.work += look.spent.work.max(LEAST_WORK);
    }

    /// One of these kinds by chance, the likelier the more it led to for its work.
    pub(super) fn choose(&self, kinds: &[Kind], random: &mut Random) -> Kind {
        let mut at = random.below(kinds.iter().map(|&kind| self.weight(kind)).sum());
        let is_it = |&kind: &Kind| {
            let weight = self.weight(kind);
            let is_it = at < weight;
            at = at.saturating_sub(weight);
            is_it
        };
        kinds.iter().copied().find(is_it).unwrap_or(Kind::Days)
    }

    fn weight(&self, kind: Kind) -> usize {
        let Yield { better, work } = self.0[kind as usize];
        ((1 + better) * SCALE / (WORK_AT_FIRST + work)).max(1) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::models::solver::Spent;

    #[test]
    fn kinds_that_lead_to_more_for_their_work_are_chosen_more_often_and_none_is_left_out() {
        let mut yields = Yields::default();
        let look = |better: bool, work| {
            let spent = Spent { work, ..Spent::default() };
            Look { point: better.then(Vec::new), bound: None, solved: true, spent }
        };
        for _ in 0..3 {
            yields.count(Kind::Days, &look(true, 1_000_000));
            yields.count(Kind::Rounds, &look(true, 4_000_000));
            yields.count(Kind::Tables, &look(false, 4_000_000));
        }
        let kinds = [Kind::Tables, Kind::Days, Kind::Guided, Kind::Rounds];
        let mut random = Random::new(0);
        let mut times = [0; Kind::ALL.len()];
        (0..10_000).for_each(|_| times[yields.choose(&kinds, &mut random) as usize] += 1);
        let [days, rounds, tables, guided] =
            [Kind::Days, Kind::Rounds, Kind::Tables, Kind::Guided].map(|kind| times[kind as usize]);
        assert!(days > guided && guided > rounds && rounds > tables && tables > 0, "{times:?}");
        assert_eq!(days + rounds + tables + guided, 10_000, "others were not asked for");
    }
}
