//! The value of each priority, counted from the seats.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;

use crate::domain::{
    Event, ExpertIx, MenteeIx, Priority, Request, RoundIx, SameOrganization, Schedule, Seat, Sitting, TopicIx,
};

use super::requests::KeptOut;
use super::{Seating, group, sorted};

/// What the schedule reaches in a priority; as long as [`Priority::senses`]. Without a standing plan nothing has
/// changed.
pub fn value(event: &Event, schedule: &Schedule, priority: Priority, standing: Option<&Schedule>) -> Vec<i64> {
    of_priority(priority, &Seating::new(event, schedule), standing)
}

/// What the schedule reaches in each of the event's priorities, in their order.
pub fn values(event: &Event, schedule: &Schedule, standing: Option<&Schedule>) -> Vec<(Priority, Vec<i64>)> {
    let seating = Seating::new(event, schedule);
    event.order.iter().map(|&priority| (priority, of_priority(priority, &seating, standing))).collect()
}

fn of_priority(priority: Priority, seating: &Seating, standing: Option<&Schedule>) -> Vec<i64> {
    match priority {
        Priority::Seats => seats(seating),
        Priority::Courtesies => vec![courtesies(seating)],
        Priority::FirstChoices => vec![first_choices(seating)],
        Priority::FairShare => fair_share(seating),
        Priority::Variety => vec![variety(seating)],
        Priority::Preferences => vec![preferences(seating)],
        Priority::NewFaces => vec![new_faces(seating)],
        Priority::EvenTables => vec![even_tables(seating)],
        Priority::WorstOff => vec![worst_off(seating)],
        Priority::IdleGaps => vec![idle_gaps(seating)],
        Priority::RoomChanges => vec![room_changes(seating)],
        Priority::Changes => standing.map_or_else(|| vec![0, 0], |standing| changes(seating, standing)),
    }
}

fn seats(seating: &Seating) -> Vec<i64> {
    let event = seating.event;
    let sit_outs = |(m, seats): (MenteeIx, &[Seat])| (i64::from(event.wanted(m)) - count(seats)).max(0);
    let sit_outs: Vec<i64> = seating.by_mentee().map(sit_outs).collect();
    let uneven = sit_outs.iter().map(|n| n * n).sum();
    let mut value = vec![count(seating.schedule.seats()), uneven];
    if let Some(precedence) = event.precedence() {
        value.push(sit_outs.iter().zip(precedence).map(|(n, weight)| n * weight).sum());
    }
    value
}

fn courtesies(seating: &Seating) -> i64 {
    let event = seating.event;
    let avoid = |request: &Request| if let Request::Avoid(m, e) = *request { Some((m, e)) } else { None };
    let avoid: HashSet<_> = event.requests.iter().filter_map(avoid).collect();
    let of_one = event.same_organization == SameOrganization::Avoid;
    let avoided =
        |s: &&Seat| of_one && event.same_organization(s.mentee, s.expert) || avoid.contains(&(s.mentee, s.expert));
    seating.schedule.seats().iter().filter(avoided).count() as i64
}

fn first_choices(seating: &Seating) -> i64 {
    let first = |s: &Seat| rank(seating.event, s).is_some_and(|rank| rank <= seating.event.first_choices);
    seating.by_mentee().filter(|(_, seats)| seats.iter().any(first)).count() as i64
}

fn fair_share(seating: &Seating) -> Vec<i64> {
    let choices = |seats: &[Seat]| seats.iter().filter(|s| rank(seating.event, s).is_some()).count();
    let choices: Vec<_> = seating.by_mentee().map(|(_, seats)| choices(seats)).collect();
    let at_least = |n: usize| choices.iter().filter(|&&c| c >= n).count() as i64;
    (1..=seating.event.most_wanted() as usize).map(at_least).collect()
}

fn variety(seating: &Seating) -> i64 {
    let mut repeated = 0;
    for (m, seats) in seating.by_mentee() {
        let listed = |s: &&Seat| seating.event.mentee(m).chose_expert(s.expert).is_some();
        let topics: Vec<TopicIx> = seats.iter().filter(|s| !listed(s)).filter_map(|s| s.topic).collect();
        repeated += count(&topics) - count(&sorted(topics));
    }
    repeated
}

fn preferences(seating: &Seating) -> i64 {
    seating.schedule.seats().iter().map(|s| score(seating.event, s)).sum()
}

fn new_faces(seating: &Seating) -> i64 {
    let mut together = Vec::new();
    for sitting in seating.schedule.sittings() {
        let group = group(&sitting);
        for (i, &a) in group.iter().enumerate() {
            together.extend(group[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    together.sort_unstable();
    let cost = |times: &[(MenteeIx, MenteeIx)]| {
        let (a, b) = times[0];
        count(times) - 1 + i64::from(seating.event.colleagues(a, b))
    };
    together.chunk_by(|a, b| a == b).map(cost).sum()
}

fn even_tables(seating: &Seating) -> i64 {
    let capacity = |e: ExpertIx, r: RoundIx| seating.event.expert(e).capacity.get(r.index()).copied().unwrap_or(0);
    let mut groups: Vec<_> =
        seating.schedule.sittings().map(|s| (s.round, capacity(s.expert, s.round), group(&s).len() as i64)).collect();
    groups.sort_unstable();
    let uneven = |alike: &[(RoundIx, u32, i64)]| alike[alike.len() - 1].2 - alike[0].2;
    groups.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(uneven).sum()
}

fn worst_off(seating: &Seating) -> i64 {
    let kept_out = KeptOut::new(seating.event);
    let mut worst = None;
    for (m, seats) in seating.by_mentee() {
        let best = seating.event.best_score_alone(m, |e| !kept_out.contains(m, e));
        if best > 0 {
            let score: i64 = seats.iter().map(|s| score(seating.event, s)).sum();
            let satisfaction = (10_000 * score).div_euclid(best);
            worst = Some(worst.map_or(satisfaction, |worst: i64| worst.min(satisfaction)));
        }
    }
    worst.unwrap_or(10_000)
}

fn idle_gaps(seating: &Seating) -> i64 {
    let days = days(seating.event);
    let mentees = seating.by_mentee().map(|(_, seats)| sorted(seats.iter().map(|s| s.round)));
    let experts = seating.by_expert().map(|(_, sittings)| sorted(sittings.iter().map(|s| s.round)));
    let idle = |day: &[RoundIx]| (day[day.len() - 1].index() - day[0].index() + 1 - day.len()) as i64;
    let of_person =
        |busy: Vec<RoundIx>| busy.chunk_by(|a, b| days[a.index()] == days[b.index()]).map(idle).sum::<i64>();
    mentees.chain(experts).map(of_person).sum()
}

/// An expert keeps one table, and so never changes rooms; a table without a room is nowhere in particular.
fn room_changes(seating: &Seating) -> i64 {
    let days = days(seating.event);
    let room = |s: &Seat| seating.event.expert(s.expert).room;
    let changed = |a: &Seat, b: &Seat| room(a).zip(room(b)).is_some_and(|(from, to)| from != to);
    let mut changes = 0;
    for (_, seats) in seating.by_mentee() {
        for day in seats.chunk_by(|a, b| days[a.round.index()] == days[b.round.index()]) {
            changes += day.windows(2).filter(|pair| changed(&pair[0], &pair[1])).count() as i64;
        }
    }
    changes
}

fn changes(seating: &Seating, standing: &Schedule) -> Vec<i64> {
    let old = Seating::new(seating.event, standing);
    let mentees = seating.seats.iter().zip(&old.seats).filter(|(new, old)| new != old).count();
    let cards = |seating: &Seating| -> Vec<BTreeSet<(RoundIx, Option<TopicIx>)>> {
        let card = |s: &[Sitting]| s.iter().flat_map(|s| s.seats).map(|s| (s.round, s.topic)).collect();
        seating.by_expert().map(|(_, sittings)| card(sittings)).collect()
    };
    let experts = cards(seating).iter().zip(&cards(&old)).filter(|(new, old)| new != old).count();
    let standing: HashSet<_> = standing.seats().iter().collect();
    let seats = seating.schedule.seats().iter().filter(|s| !standing.contains(s)).count();
    vec![(mentees + experts) as i64, seats as i64]
}

/// The calendar day of each round, where the event is.
fn days(event: &Event) -> Vec<NaiveDate> {
    event.rounds.iter().map(|round| round.start.with_timezone(&event.timezone).date_naive()).collect()
}

fn rank(event: &Event, seat: &Seat) -> Option<u32> {
    event.rank(seat.mentee, seat.expert, seat.topic)
}

fn score(event: &Event, seat: &Seat) -> i64 {
    event.score(seat.mentee, seat.expert, seat.topic)
}

fn count<T>(list: &[T]) -> i64 {
    list.len() as i64
}
