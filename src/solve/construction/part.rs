//! A part of an event: some mentees in some rounds, while everybody else and all other rounds stay as they are.

use crate::domain::{Event, ExpertIx, Frozen, MenteeIx, Request, RoundIx, RoundSet, Schedule, Seat};

/// The event in which only `mentees` (ascending) change seats, only in `rounds`, and only at the chairs that the
/// others leave in `schedule`. All positions stay as they are; those who take no part are never present.
pub fn part(event: &Event, schedule: &Schedule, mentees: &[MenteeIx], rounds: RoundSet) -> Event {
    let takes_part = |m: MenteeIx| mentees.binary_search(&m).is_ok();
    let (own, others): (Vec<Seat>, Vec<Seat>) = schedule.seats().iter().partition(|s| takes_part(s.mentee));
    let fixed: Vec<Seat> = own.into_iter().filter(|s| !rounds.contains(s.round)).collect();
    let cell = |e: ExpertIx, r: RoundIx| e.index() * event.rounds.len() + r.index();
    let mut taken = vec![0_u32; event.experts.len() * event.rounds.len()];
    others.iter().filter(|s| rounds.contains(s.round)).for_each(|s| taken[cell(s.expert, s.round)] += 1);
    let mut kept = vec![0_u32; taken.len()];
    fixed.iter().for_each(|s| kept[cell(s.expert, s.round)] += 1);
    let mut seated = vec![RoundSet::NONE; event.mentees.len()];
    fixed.iter().for_each(|s| seated[s.mentee.index()].insert(s.round));

    let mut part = event.clone();
    for (e, expert) in event.expert_ixs().zip(&mut part.experts) {
        expert.capacity = event
            .round_ixs()
            .map(|r| match rounds.contains(r) {
                true => event.expert(e).capacity_in(r).saturating_sub(taken[cell(e, r)]),
                false => kept[cell(e, r)],
            })
            .collect();
        expert.present = event.round_ixs().filter(|r| expert.capacity[r.index()] > 0).collect();
        // Others may sit there already; the search looks at whole tables afterwards.
        expert.smallest_group = 1;
    }
    for (m, mentee) in event.mentee_ixs().zip(&mut part.mentees) {
        mentee.present = if takes_part(m) { mentee.present.and(rounds).or(seated[m.index()]) } else { RoundSet::NONE };
        mentee.least = if takes_part(m) { mentee.least } else { 0 };
    }
    part.requests.retain(|request| match *request {
        Request::MustMeet(m, _) | Request::PinnedSeat(m, ..) => takes_part(m),
        _ => true,
    });
    part.frozen = Frozen { rounds: event.all_rounds().without(rounds), seats: fixed };
    part
}
