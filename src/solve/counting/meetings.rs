//! Bounds on the priorities that look at who meets whom, for when there is no time for the pair model: as many seats
//! as the rounds have room for, and for each mentee the best that the choices alone allow.

use std::cmp::Reverse;
use std::iter::repeat_n;

use super::seating::{Seating, most_seats};
use crate::domain::{Event, MenteeIx, TopicIx};
use crate::pairs::Pairs;

/// The most seats, with the sit-outs spread evenly.
pub fn seats(seating: &Seating) -> Vec<i64> {
    let (pairs, event) = (seating.pairs, seating.event());
    let of_mentees = event.mentee_ixs().map(|m| i64::from(most_seats(pairs, m))).sum();
    so_many_seats(event, (seating.most() as i64).min(of_mentees))
}

/// What `seats` is at best with so many of them: sit-outs are spread evenly, and none weighs less than 1.
pub fn so_many_seats(event: &Event, seats: i64) -> Vec<i64> {
    let wanted: i64 = event.mentee_ixs().map(|m| i64::from(event.wanted(m))).sum();
    let (sit_outs, mentees) = (wanted - seats, event.mentees.len() as i64);
    let (each, more) = (sit_outs / mentees.max(1), sit_outs % mentees.max(1));
    let squares = (mentees - more) * each.pow(2) + more * (each + 1).pow(2);
    [seats, squares].into_iter().chain(event.precedence().map(|_| sit_outs)).collect()
}

/// How many mentees list a first choice and want a seat.
pub fn first_choices(event: &Event) -> i64 {
    let is_first = |&m: &MenteeIx| choices(event, m).any(|rank| rank <= event.first_choices);
    wanting(event, 1).filter(is_first).count() as i64
}

/// For 1, 2, … how many mentees list anything and want so many seats.
pub fn fair_share(event: &Event) -> Vec<i64> {
    let having = |k| wanting(event, k).filter(|&m| choices(event, m).next().is_some()).count() as i64;
    (1..=event.most_wanted()).map(having).collect()
}

fn wanting(event: &Event, seats: u32) -> impl Iterator<Item = MenteeIx> {
    event.mentee_ixs().filter(move |&m| event.wanted(m) >= seats)
}

/// The ranks of what a mentee lists.
fn choices(event: &Event, m: MenteeIx) -> impl Iterator<Item = u32> {
    let mentee = event.mentee(m);
    mentee.topics.iter().map(|choice| choice.rank).chain(mentee.experts.iter().map(|choice| choice.rank))
}

/// Over mentees, the best topics and the best experts, as many of either as seats are wanted.
pub fn preferences(pairs: &Pairs) -> i64 {
    let event = pairs.event();
    let mut offering = vec![0; event.topics.len()];
    event.experts.iter().flat_map(|expert| &expert.topics).for_each(|t| offering[t.index()] += 1);
    event.mentee_ixs().map(|m| best_topics(event, m, &offering) + best_experts(pairs, m)).sum()
}

/// The sum of the best scores of topics, each as often as experts offer it.
fn best_topics(event: &Event, m: MenteeIx, offering: &[usize]) -> i64 {
    let wanted = event.wanted(m) as usize;
    let on = |(t, score): (TopicIx, i64)| repeat_n(score, offering[t.index()].min(wanted));
    let scores = event.mentee(m).topics.iter().map(|choice| (choice.target, event.scores.topic(choice)));
    greatest(scores.flat_map(on).collect(), event.wanted(m))
}

/// The sum of the best scores of experts, wishes of theirs among them.
fn best_experts(pairs: &Pairs, m: MenteeIx) -> i64 {
    let event = pairs.event();
    let can_meet = pairs.particular(m).into_iter().filter(|&e| pairs.exclusion(m, e).is_none());
    greatest(can_meet.map(|e| event.score(m, e, None)).collect(), event.wanted(m))
}

/// The sum of so many scores at most, the greatest first.
fn greatest(mut scores: Vec<i64>, most: u32) -> i64 {
    scores.sort_unstable_by_key(|&score| Reverse(score));
    scores.into_iter().take(most as usize).filter(|&score| score > 0).sum()
}
