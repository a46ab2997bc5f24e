//! Figures as data, for `validate` and for the verdict on a schedule; words are made in [`crate::output`].

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Certificate, Event, ExpertIx, MenteeIx, Priority, Schedule, TopicIx};
use crate::pairs::Pairs;
use crate::solve::most_seats;

/// What is wanted and what is possible, before any solving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// How many experts.
    pub experts: u64,
    /// How many mentees.
    pub mentees: u64,
    /// How many rounds.
    pub rounds: u64,
    /// The seats that all mentees want together.
    pub seats_wanted: u64,
    /// The most seats that any schedule could have; `None` when the rules cannot be met.
    pub seats_possible: Option<u64>,
    /// The mentees that listed nothing.
    pub without_choices: u64,
    /// Each topic of the event.
    pub topics: Vec<TopicDemand>,
}

/// What is wanted of one topic and what there is of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicDemand {
    /// Which.
    pub topic: TopicIx,
    /// The mentees that listed it at a rank of a first choice.
    pub first_choices: u64,
    /// The mentees that listed it at any rank.
    pub wishes: u64,
    /// The experts that have it.
    pub experts: u64,
    /// The seats at their tables over all rounds; an expert of several topics counts for each.
    pub seats: u64,
}

/// How good a schedule is for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    /// Seats filled.
    pub seats: u64,
    /// The seats that all mentees want together.
    pub seats_wanted: u64,
    /// The most seats that any schedule could have, when known.
    pub seats_possible: Option<u64>,
    /// How many mentees sit out how often; nobody with 0 is left out.
    pub sit_outs: BTreeMap<u64, u64>,
    /// Mentees with a seat of a rank of a first choice.
    pub first_choices: u64,
    /// Mentees that listed something at such a rank.
    pub first_choices_wanted: u64,
    /// Meetings that their mentee had listed, by topic or by expert.
    pub wished: u64,
    /// The most of them that there could be if each mentee were alone at the event.
    pub wished_possible: u64,
    /// How many mentees that listed something have how many such meetings.
    pub wished_by_mentee: BTreeMap<u64, u64>,
    /// Experts without any sitting, though there in some round.
    pub idle_experts: Vec<ExpertIx>,
    /// Mentees without any seat, though they want one.
    pub unseated: Vec<MenteeIx>,
    /// The sum of scores.
    pub score: i64,
    /// The most that it could be given the priorities above, when known.
    pub score_bound: Option<i64>,
}

impl Demand {
    /// What the event wants and has.
    pub fn new(pairs: &Pairs) -> Self {
        let event = pairs.event();
        let silent = |m: &&crate::domain::Mentee| m.topics.is_empty() && m.experts.is_empty();
        Demand {
            experts: event.experts.len() as u64,
            mentees: event.mentees.len() as u64,
            rounds: event.rounds.len() as u64,
            seats_wanted: seats_wanted(event),
            seats_possible: most_seats(pairs).map(|seats| seats.unsigned_abs()),
            without_choices: event.mentees.iter().filter(silent).count() as u64,
            topics: topics(event),
        }
    }
}

fn seats_wanted(event: &Event) -> u64 {
    event.mentee_ixs().map(|m| u64::from(event.wanted(m))).sum()
}

fn topics(event: &Event) -> Vec<TopicDemand> {
    let empty = |i| TopicDemand { topic: TopicIx::new(i), first_choices: 0, wishes: 0, experts: 0, seats: 0 };
    let mut topics: Vec<_> = (0..event.topics.len()).map(empty).collect();
    for choice in event.mentees.iter().flat_map(|m| &m.topics) {
        let topic = &mut topics[choice.target.index()];
        topic.wishes += 1;
        topic.first_choices += u64::from(choice.rank <= event.first_choices);
    }
    for expert in &event.experts {
        let seats: u64 = expert.open_rounds().iter().map(|r| u64::from(expert.capacity_in(r))).sum();
        for t in &expert.topics {
            topics[t.index()].experts += 1;
            topics[t.index()].seats += seats;
        }
    }
    topics
}

impl Figures {
    /// The figures of a schedule with its certificate.
    pub fn new(pairs: &Pairs, schedule: &Schedule, certificate: &Certificate) -> Self {
        let event = pairs.event();
        let wishes = Wishes::new(pairs, schedule);
        let by_mentee = schedule.by_mentee(event);
        let sit_out = |m: MenteeIx| u64::from(event.wanted(m)).saturating_sub(by_mentee[m.index()].len() as u64);
        let sitting: BTreeSet<_> = schedule.seats().iter().map(|seat| seat.expert).collect();
        let hosts = |e: &ExpertIx| !event.expert(*e).open_rounds().is_empty() && !sitting.contains(e);
        let score = schedule.seats().iter().map(|s| event.score(s.mentee, s.expert, s.topic)).sum();
        let bound_of = |priority: Priority| {
            let level = certificate.levels.iter().find(|level| level.priority == priority)?;
            level.bound.as_ref()?.first().copied()
        };
        Figures {
            seats: schedule.seats().len() as u64,
            seats_wanted: seats_wanted(event),
            seats_possible: bound_of(Priority::Seats).map(i64::unsigned_abs),
            sit_outs: counts(event.mentee_ixs().map(sit_out)),
            first_choices: wishes.first_choices,
            first_choices_wanted: wishes.first_choices_wanted,
            wished: wishes.had.iter().sum(),
            wished_possible: wishes.possible,
            wished_by_mentee: counts(wishes.had.iter().copied()),
            idle_experts: event.expert_ixs().filter(hosts).collect(),
            unseated: event.mentee_ixs().filter(|&m| event.wanted(m) > 0 && by_mentee[m.index()].is_empty()).collect(),
            score,
            score_bound: bound_of(Priority::Preferences),
        }
    }
}

/// How many are at each number.
fn counts(numbers: impl Iterator<Item = u64>) -> BTreeMap<u64, u64> {
    let mut counts = BTreeMap::new();
    numbers.for_each(|n| *counts.entry(n).or_insert(0) += 1);
    counts
}

/// What became of the mentees' lists.
struct Wishes {
    first_choices: u64,
    first_choices_wanted: u64,
    /// Wished-for meetings of each mentee that listed something.
    had: Vec<u64>,
    possible: u64,
}

impl Wishes {
    fn new(pairs: &Pairs, schedule: &Schedule) -> Self {
        let event = pairs.event();
        let by_mentee = schedule.by_mentee(event);
        let experts_of = experts_of_topics(event);
        let mut wishes = Wishes { first_choices: 0, first_choices_wanted: 0, had: Vec::new(), possible: 0 };
        for m in event.mentee_ixs() {
            let mentee = event.mentee(m);
            let listed: Vec<u32> =
                mentee.topics.iter().map(|c| c.rank).chain(mentee.experts.iter().map(|c| c.rank)).collect();
            if listed.is_empty() {
                continue;
            }
            let ranks: Vec<u32> =
                by_mentee[m.index()].iter().filter_map(|s| event.rank(m, s.expert, s.topic)).collect();
            let first = |rank: &u32| *rank <= event.first_choices;
            wishes.first_choices += u64::from(ranks.iter().any(first));
            wishes.first_choices_wanted += u64::from(listed.iter().any(first));
            wishes.had.push(ranks.len() as u64);
            wishes.possible += wished_alone(pairs, m, &experts_of);
        }
        wishes
    }
}

fn experts_of_topics(event: &Event) -> Vec<Vec<ExpertIx>> {
    let mut experts = vec![Vec::new(); event.topics.len()];
    for e in event.expert_ixs() {
        event.expert(e).topics.iter().for_each(|t| experts[t.index()].push(e));
    }
    experts
}

/// How many wished-for meetings a mentee could have alone: experts that are listed or have a listed topic and can be
/// met, up to the meetings wanted.
fn wished_alone(pairs: &Pairs, m: MenteeIx, experts_of: &[Vec<ExpertIx>]) -> u64 {
    let mentee = pairs.event().mentee(m);
    let wanted = pairs.event().wanted(m) as usize;
    let mut met = BTreeSet::new();
    let by_topic = mentee.topics.iter().flat_map(|c| &experts_of[c.target.index()]).copied();
    for e in mentee.experts.iter().map(|c| c.target).chain(by_topic) {
        if met.len() >= wanted {
            break;
        }
        if pairs.exclusion(m, e).is_none() {
            met.insert(e);
        }
    }
    met.len() as u64
}
