//! Moves of a whole table: it closes, opens or takes another topic.

use super::Attempt;
use crate::domain::{ExpertIx, MenteeIx, RoundIx};
use crate::solve::random::Random;
use crate::solve::search::state::State;

/// Everybody at a table leaves it; each finds another seat where there is one.
pub fn close_table(state: &mut State, e: ExpertIx, r: RoundIx, random: &mut Random) {
    let group = state.group(e, r).to_vec();
    if group.is_empty() || group.iter().any(|&m| !state.is_movable(m, r)) {
        return;
    }
    let mut attempt = Attempt::new(state, random);
    for &m in &group {
        attempt.rise(m, r);
    }
    for &m in &group {
        find_seat(&mut attempt, m, r, Some(e), random);
    }
    attempt.settle();
}

/// Sits a mentee at the first open table with room from a random one on, other than `but`.
pub fn find_seat(attempt: &mut Attempt, m: MenteeIx, r: RoundIx, but: Option<ExpertIx>, random: &mut Random) -> bool {
    let count = attempt.state.event.experts.len();
    let turn = random.below(count);
    let tables = (0..count).map(|i| ExpertIx::new((i + turn) % count));
    let open: Vec<ExpertIx> = tables.filter(|&e| Some(e) != but && !attempt.state.group(e, r).is_empty()).collect();
    open.into_iter().any(|e| attempt.sit(m, e, r))
}

/// A smallest group, some random people more, sit at an empty table about one of its topics.
pub fn open_table(state: &mut State, e: ExpertIx, r: RoundIx, random: &mut Random) {
    let expert = state.event.expert(e);
    let (capacity, least) = (expert.capacity_in(r), expert.smallest_group.max(1));
    if !state.group(e, r).is_empty() || capacity < least {
        return;
    }
    let topics = state.event.sitting_topics(e);
    let topic = topics[random.below(topics.len().max(1))];
    let size = least as usize + random.below((capacity - least + 1) as usize);
    let able = state.event.mentee_ixs().filter(|&m| state.is_movable(m, r) && state.can_meet(m, e, r));
    let mut ranked: Vec<(bool, i64, u64, MenteeIx)> =
        able.map(|m| (state.seat(m, r).is_some(), -state.event.score(m, e, topic), random.next(), m)).collect();
    ranked.sort_unstable();
    let mut attempt = Attempt::new(state, random);
    attempt.set_topic(e, r, topic);
    for &(_, _, _, m) in ranked.iter().take(size) {
        attempt.rise(m, r);
        attempt.sit(m, e, r);
    }
    attempt.settle();
}

/// A table takes another of its topics, and everybody stays.
pub fn change_topic(state: &mut State, e: ExpertIx, r: RoundIx, random: &mut Random) {
    let group = state.group(e, r).to_vec();
    let mut topics = state.event.sitting_topics(e);
    topics.retain(|&topic| topic != state.topic(e, r));
    if topics.is_empty() || group.is_empty() || group.iter().any(|&m| !state.is_movable(m, r)) {
        return;
    }
    let topic = topics[random.below(topics.len())];
    let mut attempt = Attempt::new(state, random);
    for &m in &group {
        attempt.rise(m, r);
    }
    attempt.set_topic(e, r, topic);
    for &m in &group {
        attempt.sit(m, e, r);
    }
    attempt.settle();
}
