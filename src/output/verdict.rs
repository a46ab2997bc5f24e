//! What is wanted, what is possible and how good a schedule is, in plain words: a sentence a line.

use std::collections::BTreeMap;

use super::text::{count, grouped, listed};
use super::words::{experts, mentees, numbers};
use super::{Cell, Sheet};
use crate::domain::{Certificate, Event, Level, Status};
use crate::report::{Demand, Figures};

/// What the rosters want and have.
pub fn demand(demand: &Demand) -> Vec<String> {
    let experts = count(demand.experts, "expert", "experts");
    let mentees = count(demand.mentees, "mentee", "mentees");
    let rounds = count(demand.rounds, "round", "rounds");
    let mut lines = vec![format!("{experts}, {mentees} and {rounds}."), wanted(demand)];
    if demand.without_choices > 0 {
        let who = count(demand.without_choices, "mentee lists", "mentees list");
        lines.push(format!("{who} no topic and no expert, and will sit where there is room."));
    }
    lines
}

fn wanted(demand: &Demand) -> String {
    let wanted = seats(demand.seats_wanted);
    match demand.seats_possible {
        None => format!("{wanted} wanted, and the rules cannot all be met."),
        Some(possible) if possible >= demand.seats_wanted => format!("{wanted} wanted, and all of them are possible."),
        Some(possible) => {
            let short = count(demand.seats_wanted - possible, "sit-out", "sit-outs");
            format!("{wanted} wanted, at most {} possible: {short} or more.", grouped(possible as i64))
        }
    }
}

/// What is wanted of each topic and what there is of it.
pub fn topics(event: &Event, demand: &Demand) -> Sheet {
    let row = |t: &crate::report::TopicDemand| {
        let numbers = [t.first_choices, t.wishes, t.experts, t.seats].map(|n| Cell::Number(n as i64));
        std::iter::once(event.topic(t.topic).into()).chain(numbers).collect()
    };
    let columns = ["topic", "first_choices", "wishes", "experts", "seats"];
    Sheet::plain(&columns, demand.topics.iter().map(row).collect())
}

/// How good the schedule is.
pub fn verdict(event: &Event, figures: &Figures, certificate: &Certificate) -> Vec<String> {
    let mut lines = vec![filled(figures)];
    lines.extend(sit_outs(figures));
    if !figures.unseated.is_empty() {
        lines.push(format!("Without any seat: {}.", mentees(event, &figures.unseated)));
    }
    if !figures.idle_experts.is_empty() {
        lines.push(format!("Without any sitting: {}.", experts(event, &figures.idle_experts)));
    }
    lines.extend(wishes(event, figures));
    lines.extend(score(figures));
    lines.push(proof(certificate));
    lines.extend(certificate.levels.iter().filter(|level| !level.proven).map(open_level));
    lines
}

fn filled(figures: &Figures) -> String {
    let filled = seats(figures.seats);
    if figures.seats == figures.seats_wanted {
        return format!("{filled}: every meeting wanted.");
    }
    let wanted = grouped(figures.seats_wanted as i64);
    match figures.seats_possible {
        Some(possible) => format!("{filled} of {wanted} wanted; at most {} are possible.", grouped(possible as i64)),
        None => format!("{filled} of {wanted} wanted; how many are possible is not known."),
    }
}

fn sit_outs(figures: &Figures) -> Option<String> {
    let often: Vec<_> = figures.sit_outs.iter().filter(|&(&often, _)| often > 0).collect();
    let clause = |(&often, &who): (&u64, &u64)| {
        format!("{} {}", count(who, "mentee", "mentees"), if often == 1 { "once".into() } else { times(often) })
    };
    let clauses: Vec<_> = often.into_iter().map(clause).collect();
    (!clauses.is_empty()).then(|| format!("Sitting out: {}.", listed(&clauses)))
}

fn wishes(event: &Event, figures: &Figures) -> Vec<String> {
    if figures.wished_possible == 0 {
        return Vec::new();
    }
    let first = format!(
        "First choices: {} of {} with a seat of rank {} or better.",
        grouped(figures.first_choices as i64),
        count(figures.first_choices_wanted, "mentee", "mentees"),
        event.first_choices
    );
    let wished = format!(
        "Wished-for meetings: {} of the {} that each mentee alone could have; {}.",
        grouped(figures.wished as i64),
        grouped(figures.wished_possible as i64),
        evenness(&figures.wished_by_mentee)
    );
    vec![first, wished]
}

/// `2 for 1 mentee, 4 for 30 and 5 for 17`.
fn evenness(by_mentee: &BTreeMap<u64, u64>) -> String {
    let mut clauses: Vec<_> =
        by_mentee.iter().map(|(had, who)| format!("{had} for {}", grouped(*who as i64))).collect();
    if let (Some(first), Some(&who)) = (clauses.first_mut(), by_mentee.values().next()) {
        first.push_str(if who == 1 { " mentee" } else { " mentees" });
    }
    listed(&clauses)
}

fn score(figures: &Figures) -> Option<String> {
    let total = grouped(figures.score);
    match figures.score_bound {
        _ if figures.score == 0 && figures.score_bound.is_none_or(|bound| bound == 0) => None,
        Some(bound) => Some(format!("Preferences: {total} points of at most {}.", grouped(bound))),
        None => Some(format!("Preferences: {total} points; how many are possible is not known.")),
    }
}

fn proof(certificate: &Certificate) -> String {
    match (certificate.status, certificate.proven_through) {
        (Status::Optimal, _) => "Proven: no plan is better, in any priority.".to_owned(),
        (_, Some(last)) => format!("Proven through `{}`: so far down the order, no plan is better.", last.name()),
        (_, None) => "Not proven: a better plan may exist.".to_owned(),
    }
}

/// `Not proven: `new-faces` is 3, at best 0.`
fn open_level(level: &Level) -> String {
    let value = numbers(&level.value);
    let bound = level.bound.as_ref().map_or_else(|| "no bound is known".into(), |b| format!("at best {}", numbers(b)));
    format!("Not proven: `{}` is {value}, {bound}.", level.priority.name())
}

fn seats(n: u64) -> String {
    count(n, "seat", "seats")
}

fn times(n: u64) -> String {
    match n {
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ExpertIx, MenteeIx, Priority, Route};
    use crate::output::sample::{certificate, event};

    fn figures() -> Figures {
        Figures {
            seats: 236,
            seats_wanted: 240,
            seats_possible: Some(238),
            sit_outs: [(0, 45), (1, 2), (2, 1)].into(),
            first_choices: 46,
            first_choices_wanted: 48,
            wished: 1_180,
            wished_possible: 1_200,
            wished_by_mentee: [(3, 1), (5, 47)].into(),
            idle_experts: vec![ExpertIx(0)],
            unseated: vec![MenteeIx(0), MenteeIx(1)],
            score: 12_345,
            score_bound: Some(12_400),
        }
    }

    #[test]
    fn a_verdict_tells_what_is_short_and_what_is_open() {
        let expected = [
            "236 seats of 240 wanted; at most 238 are possible.",
            "Sitting out: 2 mentees once and 1 mentee twice.",
            "Without any seat: Ana Brandt and 山田 太郎 👩‍⚕️.",
            "Without any sitting: Dr. Amara Okafor.",
            "First choices: 46 of 48 mentees with a seat of rank 3 or better.",
            "Wished-for meetings: 1,180 of the 1,200 that each mentee alone could have; 3 for 1 mentee and 5 for 47.",
            "Preferences: 12,345 points of at most 12,400.",
            "Proven through `courtesies`: so far down the order, no plan is better.",
            "Not proven: `first-choices` is 2, no bound is known.",
        ];
        assert_eq!(verdict(&event(), &figures(), &certificate()), expected);
    }

    #[test]
    fn a_verdict_without_a_shortage_is_short() {
        let figures = Figures {
            seats: 240,
            sit_outs: BTreeMap::new(),
            wished_possible: 0,
            idle_experts: Vec::new(),
            unseated: Vec::new(),
            score: 0,
            score_bound: None,
            ..figures()
        };
        let levels = vec![Level::new(Priority::Seats, vec![240, 0], Some(vec![240, 0]))];
        let certificate = Certificate::new(levels, Route::PairAndRotate, 1, "none".into());
        let expected = ["240 seats: every meeting wanted.", "Proven: no plan is better, in any priority."];
        assert_eq!(verdict(&event(), &figures, &certificate), expected);
    }
}
