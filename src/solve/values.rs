//! What a schedule reaches in each priority, as the solver counts it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::stops::{Stop, idle_rounds, room_changes};
use crate::domain::{Event, MenteeIx, Priority, RoundIx, Schedule, Seat, Sense};
use crate::pairs::Pairs;

/// The value of one priority; as long as [`Priority::senses`].
pub fn value(pairs: &Pairs, schedule: &Schedule, priority: Priority, standing: Option<&Schedule>) -> Vec<i64> {
    let event = pairs.event();
    match priority {
        Priority::Seats => seats(event, schedule),
        Priority::Courtesies => vec![count(schedule, |s| pairs.avoided(s.mentee, s.expert))],
        Priority::FirstChoices => vec![first_choices(event, schedule)],
        Priority::FairShare => fair_share(event, schedule),
        Priority::Variety => vec![variety(event, schedule)],
        Priority::Preferences => vec![schedule.seats().iter().map(|s| event.score(s.mentee, s.expert, s.topic)).sum()],
        Priority::NewFaces => vec![new_faces(event, schedule)],
        Priority::EvenTables => vec![even_tables(event, schedule)],
        Priority::WorstOff => vec![worst_off(pairs, schedule)],
        Priority::IdleGaps => vec![of_people(event, schedule, idle_rounds)],
        Priority::RoomChanges => vec![of_people(event, schedule, room_changes)],
        Priority::Changes => standing.map_or(vec![0, 0], |standing| changes(event, schedule, standing)),
    }
}

/// The values of all priorities in the event's order.
pub fn values(pairs: &Pairs, schedule: &Schedule, standing: Option<&Schedule>) -> Vec<(Priority, Vec<i64>)> {
    pairs.event().order.iter().map(|&p| (p, value(pairs, schedule, p, standing))).collect()
}

/// Which of two lists of values, priority by priority, is better: `Greater` when `a` is.
pub fn compare(event: &Event, a: &[(Priority, Vec<i64>)], b: &[(Priority, Vec<i64>)]) -> std::cmp::Ordering {
    let upwards = |values: &[(Priority, Vec<i64>)]| -> Vec<i64> {
        let turned = values.iter().flat_map(|(p, value)| {
            let senses: Vec<Sense> = p.senses(event);
            value.iter().zip(senses).map(|(&v, sense)| sense.upwards(v)).collect::<Vec<_>>()
        });
        turned.collect()
    };
    upwards(a).cmp(&upwards(b))
}

/// What two mentees who sit together so many times add to `new-faces`.
pub fn of_pair(event: &Event, a: MenteeIx, b: MenteeIx, times: u32) -> i64 {
    i64::from(times.saturating_sub(1)) + i64::from(times > 0 && event.colleagues(a, b))
}

fn count(schedule: &Schedule, what: impl Fn(&Seat) -> bool) -> i64 {
    schedule.seats().iter().filter(|s| what(s)).count() as i64
}

fn seats(event: &Event, schedule: &Schedule) -> Vec<i64> {
    let mut had = vec![0_i64; event.mentees.len()];
    schedule.seats().iter().for_each(|s| had[s.mentee.index()] += 1);
    let sit_outs: Vec<i64> = event.mentee_ixs().map(|m| i64::from(event.wanted(m)) - had[m.index()]).collect();
    let mut value = vec![schedule.seats().len() as i64, sit_outs.iter().map(|s| s * s).sum()];
    if let Some(weights) = event.precedence() {
        value.push(sit_outs.iter().zip(weights).map(|(s, w)| s * w).sum());
    }
    value
}

fn first_choices(event: &Event, schedule: &Schedule) -> i64 {
    let is_first = |s: &&Seat| event.rank(s.mentee, s.expert, s.topic).is_some_and(|rank| rank <= event.first_choices);
    schedule.seats().iter().filter(is_first).map(|s| s.mentee).collect::<BTreeSet<_>>().len() as i64
}

fn fair_share(event: &Event, schedule: &Schedule) -> Vec<i64> {
    let mut choices = vec![0_usize; event.mentees.len()];
    for s in schedule.seats().iter().filter(|s| event.rank(s.mentee, s.expert, s.topic).is_some()) {
        choices[s.mentee.index()] += 1;
    }
    (1..=event.most_wanted() as usize).map(|k| choices.iter().filter(|&&n| n >= k).count() as i64).collect()
}

fn variety(event: &Event, schedule: &Schedule) -> i64 {
    let unlisted = |s: &&Seat| s.topic.is_some() && event.mentee(s.mentee).chose_expert(s.expert).is_none();
    let mut topics: Vec<_> = schedule.seats().iter().filter(unlisted).map(|s| (s.mentee, s.topic)).collect();
    let all = topics.len();
    topics.sort_unstable();
    topics.dedup();
    (all - topics.len()) as i64
}

fn new_faces(event: &Event, schedule: &Schedule) -> i64 {
    let mut together: HashMap<(MenteeIx, MenteeIx), u32> = HashMap::new();
    for sitting in schedule.sittings() {
        for (i, a) in sitting.seats.iter().enumerate() {
            for b in &sitting.seats[i + 1..] {
                *together.entry((a.mentee, b.mentee)).or_default() += 1;
            }
        }
    }
    together.iter().map(|(&(a, b), &times)| of_pair(event, a, b, times)).sum()
}

fn even_tables(event: &Event, schedule: &Schedule) -> i64 {
    let mut extremes: BTreeMap<(RoundIx, u32), (i64, i64)> = BTreeMap::new();
    for sitting in schedule.sittings() {
        let size = sitting.seats.len() as i64;
        let class = (sitting.round, event.expert(sitting.expert).capacity_in(sitting.round));
        let (smallest, largest) = extremes.entry(class).or_insert((size, size));
        (*smallest, *largest) = ((*smallest).min(size), (*largest).max(size));
    }
    extremes.values().map(|(smallest, largest)| largest - smallest).sum()
}

/// The satisfaction of who gets all that could be had, in hundredths of a percent.
pub const WHOLE: i64 = 10_000;

fn worst_off(pairs: &Pairs, schedule: &Schedule) -> i64 {
    let event = pairs.event();
    let mut score = vec![0_i64; event.mentees.len()];
    schedule.seats().iter().for_each(|s| score[s.mentee.index()] += event.score(s.mentee, s.expert, s.topic));
    let satisfaction = |m: MenteeIx| {
        let best = event.best_score_alone(m, |e| pairs.exclusion(m, e).is_none());
        (best > 0).then(|| (score[m.index()] * WHOLE).div_euclid(best))
    };
    event.mentee_ixs().filter_map(satisfaction).min().unwrap_or(WHOLE)
}

/// Sums over people what their stops give.
fn of_people(event: &Event, schedule: &Schedule, what: impl Fn(&Event, &[Stop]) -> i64) -> i64 {
    let mut stops: BTreeMap<(bool, u32), Vec<Stop>> = BTreeMap::new();
    for sitting in schedule.sittings() {
        let stop = (sitting.round, event.expert(sitting.expert).room);
        stops.entry((false, sitting.expert.0)).or_default().push(stop);
        sitting.seats.iter().for_each(|s| stops.entry((true, s.mentee.0)).or_default().push(stop));
    }
    stops.values().map(|stops| what(event, stops)).sum()
}

fn changes(event: &Event, schedule: &Schedule, standing: &Schedule) -> Vec<i64> {
    // What stands may have been edited: a sitting of two topics, too.
    let cards = |schedule: &Schedule| {
        let mut experts = vec![BTreeSet::new(); event.experts.len()];
        for seat in schedule.seats() {
            experts[seat.expert.index()].insert((seat.round, seat.topic));
        }
        (schedule.by_mentee(event), experts)
    };
    let (new, old) = (cards(schedule), cards(standing));
    let mentees = new.0.iter().zip(&old.0).filter(|(a, b)| a != b).count();
    let experts = new.1.iter().zip(&old.1).filter(|(a, b)| a != b).count();
    let before: BTreeSet<&Seat> = standing.seats().iter().collect();
    vec![(mentees + experts) as i64, count(schedule, |s| !before.contains(s))]
}
