//! The priorities that look at who meets whom about what, and not at the round: alike in both models.

use std::collections::BTreeMap;

use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Sense, TopicIx};
use crate::pairs::Pairs;
use crate::solve::models::levels::Part;
use crate::solve::models::program::Program;
use crate::solve::models::sum::{Column, Sum};

/// A decision of a mentee: to meet an expert about a topic.
#[derive(Clone, Copy, Debug)]
pub(in crate::solve::models) struct Meeting {
    /// The decision.
    pub(in crate::solve::models) column: Column,
    /// With whom.
    pub(in crate::solve::models) expert: ExpertIx,
    /// About what.
    pub(in crate::solve::models) topic: Option<TopicIx>,
}

/// The meetings of each mentee, and the program that they are decisions of.
struct Meetings<'a> {
    program: &'a mut Program,
    pairs: &'a Pairs<'a>,
    event: &'a Event,
    by_mentee: &'a [Vec<Meeting>],
}

/// How many of these meetings there are that meet the condition.
pub(in crate::solve::models) fn sum_of(meetings: &[Meeting], condition: impl Fn(&Meeting) -> bool) -> Sum {
    meetings.iter().filter(|meeting| condition(meeting)).map(|meeting| meeting.column).collect()
}

/// The parts of a priority that looks at meetings alone; `None` for one that does not.
pub(in crate::solve::models) fn parts(
    program: &mut Program,
    pairs: &Pairs,
    by_mentee: &[Vec<Meeting>],
    priority: Priority,
) -> Option<Vec<Part>> {
    let meetings = &mut Meetings { program, pairs, event: pairs.event(), by_mentee };
    Some(match priority {
        Priority::Seats => seats(meetings),
        Priority::Courtesies => courtesies(meetings),
        Priority::FirstChoices => first_choices(meetings),
        Priority::FairShare => fair_share(meetings),
        Priority::Variety => variety(meetings),
        Priority::Preferences => preferences(meetings),
        _ => return None,
    })
}

impl Meetings<'_> {
    /// The mentee's meetings that meet the condition.
    fn of(&self, m: MenteeIx, condition: impl Fn(&Meeting) -> bool) -> Sum {
        sum_of(&self.by_mentee[m.index()], condition)
    }

    /// Over all mentees.
    fn all(&self, condition: impl Fn(MenteeIx, &Meeting) -> bool) -> Sum {
        self.event.mentee_ixs().map(|m| self.of(m, |meeting| condition(m, meeting))).collect()
    }

    fn rank(&self, m: MenteeIx, meeting: &Meeting) -> Option<u32> {
        self.event.rank(m, meeting.expert, meeting.topic)
    }
}

/// Number of seats; then the sum over mentees of sit-outs squared; then of sit-outs × precedence.
fn seats(meetings: &mut Meetings) -> Vec<Part> {
    let event = meetings.event;
    let mut squares = Sum::default();
    for m in event.mentee_ixs() {
        let wanted = event.wanted(m);
        let sit_outs = Sum::constant_of(i64::from(wanted)) - meetings.of(m, |_| true);
        let pieces = meetings.program.pieces(&sit_outs, wanted, Sense::Min);
        squares += pieces.into_iter().zip((1..).step_by(2)).collect::<Sum>();
    }
    let mut parts = vec![Part::of(Sense::Max, meetings.all(|_, _| true)), Part::of(Sense::Min, squares)];
    if let Some(weights) = event.precedence() {
        let sit_outs = |(m, weight): (MenteeIx, i64)| {
            (Sum::constant_of(i64::from(event.wanted(m))) - meetings.of(m, |_| true)) * weight
        };
        parts.push(Part::of(Sense::Min, event.mentee_ixs().zip(weights).map(sit_outs).collect()));
    }
    parts
}

/// Seats of pairs to avoid.
fn courtesies(meetings: &mut Meetings) -> Vec<Part> {
    let avoided = meetings.all(|m, meeting| meetings.pairs.avoided(m, meeting.expert));
    vec![Part::of(Sense::Min, avoided)]
}

/// Mentees with a seat of rank at most the event's first choices.
fn first_choices(meetings: &mut Meetings) -> Vec<Part> {
    let event = meetings.event;
    let mut happy = Sum::default();
    for m in event.mentee_ixs() {
        let is_first = |rank: u32| rank <= event.first_choices;
        let first = meetings.of(m, |meeting| meetings.rank(m, meeting).is_some_and(is_first));
        if !first.is_constant() {
            happy += meetings.program.pieces(&first, 1, Sense::Max).into_iter().collect::<Sum>();
        }
    }
    vec![Part::of(Sense::Max, happy)]
}

/// Mentees with at least 1, 2, … seats that are choices. Each part is optimized together with those before it: the
/// running total is concave in the seats, and lexicographically greater means the same for running totals.
fn fair_share(meetings: &mut Meetings) -> Vec<Part> {
    let event = meetings.event;
    let mut at_least = vec![Sum::default(); event.most_wanted() as usize];
    for m in event.mentee_ixs() {
        let chosen = meetings.of(m, |meeting| meetings.rank(m, meeting).is_some());
        if !chosen.is_constant() {
            let pieces = meetings.program.pieces(&chosen, event.wanted(m), Sense::Max);
            for (sum, piece) in at_least.iter_mut().zip(pieces) {
                *sum += piece;
            }
        }
    }
    let total = |total: &mut Sum, sum: Sum| {
        *total += sum;
        Some(Part { sense: Sense::Max, objective: total.clone(), running: true })
    };
    at_least.into_iter().scan(Sum::default(), total).collect()
}

/// Seats on a topic that the mentee has had already; seats with listed experts do not count, on either side.
fn variety(meetings: &mut Meetings) -> Vec<Part> {
    let mut repeats = Sum::default();
    for m in meetings.event.mentee_ixs() {
        let mut on: BTreeMap<TopicIx, Vec<&Meeting>> = BTreeMap::new();
        for meeting in &meetings.by_mentee[m.index()] {
            if let Some(topic) = meeting.topic
                && meetings.event.mentee(m).chose_expert(meeting.expert).is_none()
            {
                on.entry(topic).or_default().push(meeting);
            }
        }
        for on_topic in on.into_values() {
            if on_topic.iter().any(|meeting| meeting.expert != on_topic[0].expert) {
                let again = on_topic.iter().map(|meeting| meeting.column).collect::<Sum>().plus(-1);
                let most = i64::from(meetings.event.wanted(m));
                repeats += meetings.program.largest(vec![again], (0, most));
            }
        }
    }
    vec![Part::of(Sense::Min, repeats)]
}

/// Sum of scores.
fn preferences(meetings: &mut Meetings) -> Vec<Part> {
    let event = meetings.event;
    let score = |m: MenteeIx, meeting: &Meeting| (meeting.column, event.score(m, meeting.expert, meeting.topic));
    let of = |m: MenteeIx| meetings.by_mentee[m.index()].iter().map(move |meeting| score(m, meeting));
    vec![Part::of(Sense::Max, event.mentee_ixs().flat_map(of).collect())]
}
