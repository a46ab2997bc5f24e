//! Events for the tests of the solver.

use chrono::{Duration, TimeZone};
use chrono_tz::Tz;

use super::random::Random;
use crate::domain::{
    Choice, Event, Expert, ExpertIx, Frozen, Mentee, MenteeIx, Open, Priority, Request, Round, RoundSet,
    SameOrganization, Scores, TopicIx,
};

/// How large an event is to be.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub experts: usize,
    pub mentees: usize,
    pub rounds: usize,
    pub topics: usize,
    pub capacity: u32,
    pub keep_out: f64,
}

/// An event like class *alike* of the benchmark: all present, one topic an expert, five topics and two experts
/// listed, topics wished for with probability proportional to 1 / (1 + i)^0.7.
pub fn alike(size: Size, seed: u64) -> Event {
    let mut random = Random::new(seed);
    let start = Tz::UTC.with_ymd_and_hms(2027, 3, 9, 8, 0, 0).unwrap();
    let rounds = (0..size.rounds as i64).map(|r| {
        let start = start + Duration::minutes(12 * r);
        Round { start, end: start + Duration::minutes(10) }
    });
    let popularity: Vec<f64> = (0..size.topics).map(|i| (1.0 + i as f64).powf(-0.7)).collect();
    let experts = (0..size.experts).map(|e| expert(e, size, pick(&mut random, &popularity)));
    let experts: Vec<Expert> = experts.collect();
    let mentees: Vec<Mentee> = (0..size.mentees).map(|m| mentee(m, size, &popularity, &mut random)).collect();
    let mut requests = Vec::new();
    for m in 0..size.mentees {
        let count = (size.keep_out * size.experts as f64 + random.below(1000) as f64 / 1000.0) as usize;
        requests
            .extend((0..count).map(|_| Request::KeepOut(MenteeIx::new(m), ExpertIx::new(random.below(size.experts)))));
    }
    Event {
        id: "alike".into(),
        name: "Alike".into(),
        timezone: Tz::UTC,
        venue: None,
        organizer: None,
        rounds: rounds.collect(),
        breaks: vec![],
        topics: (0..size.topics).map(|t| format!("Topic {t:02}")).collect(),
        rooms: vec![],
        travel: vec![],
        organizations: vec![],
        experts,
        mentees,
        requests,
        open: Open::AsNeeded,
        same_organization: SameOrganization::Allow,
        scores: Scores { expert_ranks: vec![60, 60], ..Scores::default() },
        order: Priority::default_order(),
        first_choices: 3,
        frozen: Frozen::default(),
    }
}

fn expert(e: usize, size: Size, topic: usize) -> Expert {
    Expert {
        id: format!("E{e:05}"),
        name: format!("Expert {e:05}"),
        email: None,
        affiliation: None,
        organization: None,
        topics: if size.topics == 0 { vec![] } else { vec![TopicIx::new(topic)] },
        capacity: vec![size.capacity; size.rounds],
        smallest_group: 1,
        present: RoundSet::all(size.rounds),
        most_sittings: size.rounds as u32,
        most_in_a_row: None,
        table: format!("T{e:05}"),
        room: None,
        wishes: vec![],
        knows: vec![],
    }
}

fn mentee(m: usize, size: Size, popularity: &[f64], random: &mut Random) -> Mentee {
    let mut wished: Vec<usize> = Vec::new();
    while wished.len() < size.topics.min(5) {
        let topic = pick(random, popularity);
        if !wished.contains(&topic) {
            wished.push(topic);
        }
    }
    let mut favourites: Vec<usize> = (0..2.min(size.experts)).map(|_| random.below(size.experts)).collect();
    favourites.sort_unstable();
    favourites.dedup();
    let mut topics: Vec<_> =
        (1..).zip(&wished).map(|(rank, &t)| Choice { target: TopicIx::new(t), rank, stars: None }).collect();
    topics.sort_by_key(|c| c.target);
    Mentee {
        id: format!("M{m:06}"),
        name: format!("Mentee {m:06}"),
        email: None,
        affiliation: None,
        organization: None,
        topics,
        experts: (1..)
            .zip(&favourites)
            .map(|(rank, &e)| Choice { target: ExpertIx::new(e), rank, stars: None })
            .collect(),
        present: RoundSet::all(size.rounds),
        least: 0,
        most: size.rounds as u32,
        stage: None,
        goal: None,
        priority: None,
        submitted: None,
        knows: vec![],
    }
}

fn pick(random: &mut Random, popularity: &[f64]) -> usize {
    let total: f64 = popularity.iter().sum();
    let mut at = random.below(1 << 30) as f64 / f64::from(1 << 30) * total;
    for (i, weight) in popularity.iter().enumerate() {
        at -= weight;
        if at < 0.0 {
            return i;
        }
    }
    popularity.len().saturating_sub(1)
}
