//! Which kind of neighbourhood to try next: each in proportion to what it has brought for its effort (adaptive large
//! neighbourhood search: Ropke and Pisinger 2006, here with the effort).

use super::random::Random;

/// How it is learnt what kinds bring. Effort is counted in whatever whoever chooses counts.
#[derive(Clone, Copy)]
pub struct Learning {
    /// In so many of a hundred turns all kinds come alike: in all of them nothing is learnt.
    pub floor: usize,
    /// Effort that every kind is taken to have had at the start, for one success.
    pub credit: f64,
    /// Effort after which what was brought before counts half; none is forgotten where it is infinite.
    pub half_life: f64,
}

impl Learning {
    /// All kinds come alike.
    pub const NONE: Learning = Learning { floor: 100, credit: 1.0, half_life: f64::INFINITY };
}

/// What each kind has brought.
pub struct Choice<K> {
    learning: Learning,
    /// By kind: successes and effort.
    record: Vec<(K, f64, f64)>,
}

impl<K: Copy + PartialEq> Choice<K> {
    /// A choice among these kinds, of which there is at least one. Nothing is known yet.
    pub fn new(kinds: impl Iterator<Item = K>, learning: Learning) -> Self {
        Choice { learning, record: kinds.map(|kind| (kind, 1.0, learning.credit)).collect() }
    }

    /// The next kind to try of those that are offered; `None` when none is.
    pub fn pick(&self, is_offered: impl Fn(K) -> bool, random: &mut Random) -> Option<K> {
        let offered: Vec<_> = self.record.iter().filter(|(kind, ..)| is_offered(*kind)).collect();
        let first = offered.first()?;
        let is_alike = match self.learning.floor {
            0 => false,
            100 => true,
            floor => random.below(100) < floor,
        };
        if is_alike {
            return offered.get(random.below(offered.len())).map(|record| record.0);
        }
        let all: f64 = offered.iter().map(|(_, won, effort)| won / effort).sum();
        let mut left = random.below(1 << 30) as f64 / f64::from(1 << 30) * all;
        let chosen = offered.iter().find(|(_, won, effort)| {
            left -= won / effort;
            left < 0.0
        });
        Some(chosen.unwrap_or(first).0)
    }

    /// A kind has had a turn.
    pub fn learn(&mut self, kind: K, won: bool, effort: u64) {
        let fade = libm::pow(0.5, effort as f64 / self.learning.half_life);
        for (of, wins, taken) in &mut self.record {
            (*wins, *taken) = (*wins * fade, *taken * fade);
            if *of == kind {
                *wins += f64::from(u8::from(won));
                *taken += effort as f64;
            }
            (*wins, *taken) = (wins.max(0.01), taken.max(1.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_lead_to_more_for_their_work_are_chosen_more_often_and_none_is_left_out() {
        let learning = Learning { floor: 0, credit: 2_000_000.0, half_life: f64::INFINITY };
        let mut choice = Choice::new("tdgrx".chars(), learning);
        for _ in 0..3 {
            choice.learn('d', true, 1_000_000);
            choice.learn('r', true, 4_000_000);
            choice.learn('t', false, 4_000_000);
        }
        let mut random = Random::new(0);
        let picked: Vec<_> = (0..10_000).filter_map(|_| choice.pick(|kind| kind != 'x', &mut random)).collect();
        let times = |kind| picked.iter().filter(|&&picked| picked == kind).count();
        let [days, rounds, tables, guided] = ['d', 'r', 't', 'g'].map(times);
        assert!(days > guided && guided > rounds && rounds > tables && tables > 0, "{days} {guided} {rounds} {tables}");
        assert_eq!(days + rounds + tables + guided, 10_000, "others were not asked for");
    }

    #[test]
    fn all_come_alike_where_nothing_is_learnt() {
        let mut choice = Choice::new("ab".chars(), Learning::NONE);
        (0..100).for_each(|_| choice.learn('a', true, 1));
        let mut random = Random::new(0);
        let times = (0..10_000).filter(|_| choice.pick(|_| true, &mut random) == Some('a')).count();
        assert!((4_800..5_200).contains(&times), "{times}");
        assert_eq!(choice.pick(|_| false, &mut random), None);
    }
}
