//! The classes of events, and how one of them is made from a seed: the same on every machine.
//!
//! In all of them rounds are alike: everybody is there in every round, and an expert has one topic. Topic *i* is
//! wished for with probability proportional to 1 ∕ (1 + i)^0.7; every mentee ranks five topics and names two
//! experts; a share of the pairs is kept apart.

use std::fs;
use std::io;
use std::path::Path;

use oorandom::Rand64;

/// A class of events.
pub struct Class {
    /// What it is called.
    pub name: &'static str,
    pub experts: usize,
    pub mentees: usize,
    pub rounds: usize,
    pub topics: usize,
    pub capacity: usize,
    /// The share of pairs with a request of kind `keep-out`.
    pub keep_out: f64,
}

/// From a small group to a hundred thousand people.
pub const CLASSES: [Class; 5] = [
    Class { name: "S", experts: 12, mentees: 60, rounds: 5, topics: 8, capacity: 6, keep_out: 0.02 },
    Class { name: "M", experts: 40, mentees: 200, rounds: 6, topics: 15, capacity: 6, keep_out: 0.02 },
    Class { name: "L", experts: 300, mentees: 2000, rounds: 8, topics: 30, capacity: 8, keep_out: 0.001 },
    Class { name: "XL", experts: 2500, mentees: 20000, rounds: 8, topics: 60, capacity: 9, keep_out: 0.0004 },
    Class { name: "XXL", experts: 12000, mentees: 100000, rounds: 8, topics: 120, capacity: 9, keep_out: 0.0001 },
];

impl Class {
    /// Writes the event of a seed into a folder. `order` are the priorities; the program's own when `None`.
    pub fn write(&self, folder: &Path, seed: u64, order: Option<&[&str]>) -> io::Result<()> {
        let mut rng = Rand64::new(seed.into());
        let popularity = Popularity::new(self.topics);
        fs::write(folder.join("event.toml"), self.event_file(seed, order))?;
        fs::write(folder.join("experts.csv"), self.experts(&mut rng, &popularity))?;
        let (mentees, requests) = self.mentees(&mut rng, &popularity);
        fs::write(folder.join("mentees.csv"), mentees)?;
        fs::write(folder.join("requests.csv"), requests)
    }

    fn experts(&self, rng: &mut Rand64, popularity: &Popularity) -> String {
        let mut rows = String::from("id,name,email,organization,topics,capacity,smallest_group\n");
        for e in 0..self.experts {
            let topic = popularity.draw(rng);
            let clinic = e % 7;
            rows += &format!(
                "E{e:05},Expert {e:05},e{e}@example.org,Clinic {clinic},Topic {topic:03},{},1\n",
                self.capacity
            );
        }
        rows
    }

    fn mentees(&self, rng: &mut Rand64, popularity: &Popularity) -> (String, String) {
        let mut rows =
            String::from("id,name,email,organization,topic_1,topic_2,topic_3,topic_4,topic_5,expert_1,expert_2\n");
        let mut requests = String::from("kind,mentee,expert\n");
        for m in 0..self.mentees {
            let wished = distinct(self.topics.min(5), || popularity.draw(rng));
            let favourites = distinct(2, || below(rng, self.experts));
            let kept_out = (self.keep_out * self.experts as f64 + rng.rand_float()) as usize;
            for _ in 0..kept_out {
                requests += &format!("keep-out,M{m:06},E{:05}\n", below(rng, self.experts));
            }
            let school = m % 11;
            rows += &format!("M{m:06},Mentee {m:06},m{m}@example.net,School {school}");
            wished.iter().for_each(|t| rows += &format!(",Topic {t:03}"));
            rows += &format!(",E{:05},E{:05}\n", favourites[0], favourites[1]);
        }
        (rows, requests)
    }

    fn event_file(&self, seed: u64, order: Option<&[&str]>) -> String {
        let offered: Vec<_> = (0..self.topics).map(|t| format!("Topic {t:03}")).collect();
        let priorities = order.map_or(String::new(), |order| format!("\n[priorities]\norder = {order:?}\n"));
        format!(
            r#"[event]
id = "alike-{name}-{seed}"
name = "Benchmark: alike {name}, seed {seed}"
date = 2027-03-09
timezone = "America/Chicago"

[rounds]
start = 08:00:00
count = {rounds}
minutes = 10
transition_minutes = 2

[rosters]
experts = "experts.csv"
mentees = "mentees.csv"
requests = "requests.csv"

[topics]
offered = {offered:?}

[tables]
open = "as-needed"

[scores]
expert_ranks = [60, 60]

[rules]
same_organization = "allow"
{priorities}"#,
            name = self.name,
            rounds = self.rounds,
        )
    }
}

/// How much each topic is wished for.
struct Popularity {
    /// By topic, the sum of the weights up to and with it.
    up_to: Vec<f64>,
}

impl Popularity {
    fn new(topics: usize) -> Self {
        let weights = (0..topics).map(|i| 1.0 / (1.0 + i as f64).powf(0.7));
        let up_to = weights.scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Popularity { up_to: up_to.collect() }
    }

    fn draw(&self, rng: &mut Rand64) -> usize {
        let all = self.up_to.last().copied().unwrap_or(0.0);
        let at = rng.rand_float() * all;
        self.up_to.partition_point(|&up_to| up_to <= at).min(self.up_to.len() - 1)
    }
}

/// One of `0..count`.
fn below(rng: &mut Rand64, count: usize) -> usize {
    rng.rand_range(0..count as u64) as usize
}

/// `take` different ones of those that `draw` gives, in the order drawn.
fn distinct(take: usize, mut draw: impl FnMut() -> usize) -> Vec<usize> {
    let mut drawn = Vec::with_capacity(take);
    while drawn.len() < take {
        let one = draw();
        if !drawn.contains(&one) {
            drawn.push(one);
        }
    }
    drawn
}
