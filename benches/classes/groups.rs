//! Events of groups at tables, which differ in who is there when and how many topics an expert has.
//!
//! Topic *i* is wished for with probability proportional to 1 ∕ (1 + i)^0.7; every mentee ranks five topics and names
//! two experts; a share of the pairs is kept apart.

use oorandom::Rand64;
use tablehop::domain::Priority;

use super::{Class, Kind, Size};

/// The files of the event of a seed.
pub fn files(class: &Class, seed: u64, order: Option<&[Priority]>) -> [(&'static str, String); 4] {
    let mut rng = Rand64::new(seed.into());
    let popularity = Popularity::new(class.size.topics);
    let experts = experts(class, &mut rng, &popularity);
    let (mentees, requests) = mentees(class, &mut rng, &popularity);
    [
        ("event.toml", event_file(class, seed, order)),
        ("experts.csv", experts),
        ("mentees.csv", mentees),
        ("requests.csv", requests),
    ]
}

fn experts(class: &Class, rng: &mut Rand64, popularity: &Popularity) -> String {
    let mut rows = String::from("id,name,email,organization,topics,capacity,smallest_group,available\n");
    let (capacity, smallest) = (class.size.capacity, if class.kind == Kind::Topics { 2 } else { 1 });
    for e in 0..class.size.experts {
        let count = if class.kind == Kind::Topics { [1, 2, 2, 3][below(rng, 4)] } else { 1 };
        let topics: Vec<_> = distinct(count, || popularity.draw(rng)).iter().map(|t| format!("Topic {t:03}")).collect();
        let (topics, clinic, available) = (topics.join("; "), e % 7, available(class.size, absent(class.kind), rng));
        rows += &format!(
            "E{e:05},Expert {e:05},e{e}@example.org,Clinic {clinic},{topics},{capacity},{smallest},{available}\n"
        );
    }
    rows
}

fn mentees(class: &Class, rng: &mut Rand64, popularity: &Popularity) -> (String, String) {
    let size = class.size;
    let mut rows = String::from(
        "id,name,email,organization,topic_1,topic_2,topic_3,topic_4,topic_5,expert_1,expert_2,available\n",
    );
    let mut requests = String::from("kind,mentee,expert\n");
    for m in 0..size.mentees {
        let wished = distinct(size.topics.min(5), || popularity.draw(rng));
        let favourites = distinct(2, || below(rng, size.experts));
        let kept_out = (size.keep_out * size.experts as f64 + rng.rand_float()) as usize;
        for _ in 0..kept_out {
            requests += &format!("keep-out,M{m:06},E{:05}\n", below(rng, size.experts));
        }
        let school = m % 11;
        rows += &format!("M{m:06},Mentee {m:06},m{m}@example.net,School {school}");
        wished.iter().for_each(|t| rows += &format!(",Topic {t:03}"));
        let available = available(size, absent(class.kind) / 2.0, rng);
        rows += &format!(",E{:05},E{:05},{available}\n", favourites[0], favourites[1]);
    }
    (rows, requests)
}

/// The share of the rounds that experts miss; mentees miss half of it.
fn absent(kind: Kind) -> f64 {
    match kind {
        Kind::Absences => 0.2,
        Kind::Topics => 0.1,
        Kind::Alike | Kind::Mixed => 0.0,
    }
}

/// The rounds of somebody who misses such a share of them, and at least one; blank is all.
fn available(size: &Size, absent: f64, rng: &mut Rand64) -> String {
    if absent == 0.0 {
        return String::new();
    }
    let mut rounds: Vec<usize> = (1..=size.rounds).filter(|_| rng.rand_float() >= absent).collect();
    if rounds.is_empty() {
        rounds.push(1 + below(rng, size.rounds));
    }
    rounds.iter().map(usize::to_string).collect::<Vec<_>>().join(";")
}

fn event_file(class: &Class, seed: u64, order: Option<&[Priority]>) -> String {
    let offered: Vec<_> = (0..class.size.topics).map(|t| format!("Topic {t:03}")).collect();
    let names = |order: &[Priority]| order.iter().map(|priority| priority.name()).collect::<Vec<_>>();
    let priorities = order.map_or(String::new(), |order| format!("\n[priorities]\norder = {:?}\n", names(order)));
    format!(
        r#"[event]
id = "{name}-{seed}"
name = "Benchmark: {name}, seed {seed}"
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
        name = class.name(),
        rounds = class.size.rounds,
    )
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
