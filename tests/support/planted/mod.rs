//! Feasible events that mix all rules, around a planted schedule: the schedule comes first, and every rule is drawn
//! so that it holds.
//!
//! Tests and benchmarks share this. What is asked for grows rarer as events grow: people of large events ask for
//! about as much each as those of small ones, not for a share of all that there is.

mod after;
mod before;
mod dice;
mod files;
pub mod plain;
mod seats;

use tablehop::domain::{Event, Request, RoundSet, Schedule, Seat, TopicIx};

pub use dice::Dice;
pub use files::{files, with_pins};

/// A feasible event, and a schedule that meets its rules.
#[derive(Clone, Debug)]
pub struct Planted {
    /// The event.
    pub event: Event,
    /// The schedule.
    pub plant: Schedule,
}

/// How many of each an event has.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub experts: usize,
    pub mentees: usize,
    pub rounds: usize,
    pub topics: usize,
}

/// Mentees of an event that is not large.
const FEW: usize = 12;

/// An event that mixes all rules.
pub fn mixed(size: Size, dice: Dice) -> Planted {
    let mut garden = Garden::new(size, dice);
    garden.mentees_come_and_go();
    garden.spread_over_days();
    garden.place_tables();
    garden.found_organizations();
    garden.narrow_topics();
    garden.rest_experts();
    garden.plant();
    garden.count_tables();
    garden.shape_experts();
    garden.shape_mentees();
    garden.draw_requests();
    garden.freeze();
    garden.planted()
}

/// An event in the making.
pub struct Garden {
    /// What decides.
    pub dice: Dice,
    /// The event so far.
    pub event: Event,
    /// The seats, by mentee.
    seats: Vec<Vec<Seat>>,
    /// By expert, the rounds in which nobody sits at the table.
    off: Vec<RoundSet>,
    /// Mentees 1 and 2, 3 and 4, … of so many couples go together.
    couples: usize,
    /// So many times as many mentees as few.
    crowd: usize,
}

impl Garden {
    /// An event where nothing is special yet, and nobody has a seat.
    pub fn new(size: Size, dice: Dice) -> Self {
        let mut event = plain::event(size.experts, size.mentees, size.rounds);
        event.topics = (1..=size.topics).map(|n| format!("Topic {n}")).collect();
        let offered: Vec<_> = (0..size.topics).map(TopicIx::new).collect();
        event.experts.iter_mut().for_each(|expert| expert.topics.clone_from(&offered));
        Garden {
            dice,
            event,
            seats: vec![Vec::new(); size.mentees],
            off: vec![RoundSet::NONE; size.experts],
            couples: 0,
            crowd: (size.mentees / FEW).max(1),
        }
    }

    /// Event and schedule.
    pub fn planted(mut self) -> Planted {
        sort(&mut self.event.requests);
        Planted { event: self.event, plant: Schedule::new(self.seats.concat()) }
    }

    fn is_large(&self) -> bool {
        self.crowd > 1
    }

    /// How many times rarer than in a small event particular people are asked for.
    fn rarity(&self) -> usize {
        self.crowd.div_ceil(4)
    }
}

/// Brings requests into the order in which they are read, each once.
fn sort(requests: &mut Vec<Request>) {
    requests.sort();
    requests.dedup();
}
