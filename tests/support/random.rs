//! Random events for property tests, around a planted schedule.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::subsequence;
use tablehop::domain::{Open, Priority};

use super::planted::{self, Dice, Garden};

pub use super::planted::{Planted, Size};

/// Small enough for the oracle, whatever the order of the priorities.
pub const WEE: Size = Size { experts: 3, mentees: 3, rounds: 2, topics: 2 };

/// Small enough for the oracle where `seats` comes first.
pub const TINY: Size = Size { experts: 3, mentees: 4, rounds: 3, topics: 2 };

/// Large enough for every rule to matter.
pub const SMALL: Size = Size { experts: 5, mentees: 12, rounds: 5, topics: 3 };

/// Events that mix all rules.
pub fn mixed(most: Size) -> impl Strategy<Value = Planted> {
    made(most, planted::mixed)
}

/// Events whose rounds are alike: all present, one topic an expert, capacities the same in all rounds, and no rule
/// that ties a seat to a round, a mentee to another mentee, or a table to a room.
pub fn alike(most: Size) -> impl Strategy<Value = Planted> {
    made(most, |size, dice| {
        let mut garden = Garden::new(size, dice);
        garden.found_organizations();
        one_topic_an_expert(&mut garden);
        garden.plant();
        fit_alike_tables(&mut garden);
        garden.shape_mentees();
        garden.draw_pair_requests();
        garden.planted()
    })
}

/// Some priorities in some order.
pub fn orders() -> impl Strategy<Value = Vec<Priority>> {
    subsequence(Priority::ALL.to_vec(), 1..=Priority::ALL.len()).prop_shuffle()
}

fn made(most: Size, make: fn(Size, Dice) -> Planted) -> impl Strategy<Value = Planted> {
    // Often the most, for there the rules have something to do.
    let count = |most: usize| prop_oneof![1..=most, Just(most)];
    let rolls = vec(any::<u8>(), 800);
    let counts = (count(most.experts), count(most.mentees), count(most.rounds), 0..=most.topics, rolls);
    counts.prop_map(move |(experts, mentees, rounds, topics, rolls)| {
        make(Size { experts, mentees, rounds, topics }, Dice::new(rolls.into_iter()))
    })
}

fn one_topic_an_expert(garden: &mut Garden) {
    for expert in &mut garden.event.experts {
        let kept = garden.dice.below(expert.topics.len().max(1));
        expert.topics = expert.topics.get(kept).copied().into_iter().collect();
    }
}

fn fit_alike_tables(garden: &mut Garden) {
    let mut full = true;
    for e in garden.event.expert_ixs() {
        let groups = garden.groups(e);
        let largest = groups.iter().copied().max().unwrap_or(0);
        let capacity = (largest + garden.dice.below(3) as u32).max(1);
        garden.event.experts[e.index()].capacity.fill(capacity);
        full &= groups.iter().all(|&n| n > 0);
    }
    let choices = [Open::AsNeeded, Open::Auto, Open::EveryRound];
    garden.event.open = choices[garden.dice.below(if full { 3 } else { 2 })];
}
