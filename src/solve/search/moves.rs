//! Small moves: one mentee, or a few who are tied together, changes a seat; others make room.

use std::collections::BTreeSet;

use super::state::{Placed, State};
use crate::domain::{ExpertIx, MenteeIx, RoundIx, TopicIx};
use crate::solve::random::Random;

/// One thing done, to be undone.
#[derive(Clone, Copy)]
enum Done {
    Sat(MenteeIx, RoundIx),
    Rose(MenteeIx, RoundIx, Placed),
    Topic(ExpertIx, RoundIx, Option<TopicIx>),
}

/// A move under way: everything it did, and the cost before.
struct Attempt<'s, 'a> {
    state: &'s mut State<'a>,
    done: Vec<Done>,
    before: Vec<i64>,
    /// Whether only the breaches count: to get out of a dead end while there are any.
    lenient: bool,
}

/// One in so many moves looks at breaches only, while there are any.
const LENIENT: usize = 4;

impl<'s, 'a> Attempt<'s, 'a> {
    fn new(state: &'s mut State<'a>, random: &mut Random) -> Self {
        let before = state.cost().to_vec();
        let lenient = state.breaches() > 0 && random.below(LENIENT) == 0;
        Attempt { state, done: Vec::new(), before, lenient }
    }

    fn rise(&mut self, m: MenteeIx, r: RoundIx) -> Option<Placed> {
        let placed = self.state.rise(m, r)?;
        self.done.push(Done::Rose(m, r, placed));
        Some(placed)
    }

    /// Seats a mentee without a seat in the round, when that is possible.
    fn sit(&mut self, m: MenteeIx, e: ExpertIx, r: RoundIx) -> bool {
        let possible = self.state.seat(m, r).is_none() && self.state.can_meet(m, e, r) && self.state.has_room(e, r);
        if possible {
            let placed = self.state.placed(m, e, self.state.topic(e, r));
            self.state.sit(m, r, placed);
            self.done.push(Done::Sat(m, r));
        }
        possible
    }

    fn set_topic(&mut self, e: ExpertIx, r: RoundIx, topic: Option<TopicIx>) {
        if self.state.group(e, r).is_empty() && self.state.topic(e, r) != topic {
            self.done.push(Done::Topic(e, r, self.state.topic(e, r)));
            self.state.set_topic(e, r, topic);
        }
    }

    /// Keeps the move when the cost is no worse, else takes all of it back.
    fn settle(mut self) {
        let compared = if self.lenient { 1 } else { self.before.len() };
        if self.state.cost()[..compared] > self.before[..compared] {
            self.undo();
        }
    }

    fn undo(&mut self) {
        while let Some(done) = self.done.pop() {
            match done {
                Done::Sat(m, r) => {
                    self.state.rise(m, r);
                }
                Done::Rose(m, r, placed) => {
                    self.state.set_topic(placed.expert, r, placed.topic);
                    self.state.sit(m, r, placed);
                }
                Done::Topic(e, r, topic) => self.state.set_topic(e, r, topic),
            }
        }
    }
}

impl State<'_> {
    /// Whether a mentee's seat in a round may change by itself: there, not played yet, and not tied to others.
    pub fn is_movable(&self, m: MenteeIx, r: RoundIx) -> bool {
        self.event.mentee(m).present.contains(r)
            && !self.event.frozen.rounds.contains(r)
            && !self.is_tied(m)
            && !self.is_pinned(m, r)
    }

    /// Whether somebody is kept together with a mentee.
    pub fn is_tied(&self, m: MenteeIx) -> bool {
        !self.tied[m.index()].is_empty()
    }

    fn is_pinned(&self, m: MenteeIx, r: RoundIx) -> bool {
        let seated = self.seat(m, r).map(|p| p.expert);
        self.musts[m.index()].iter().any(|&(e, round)| round == Some(r) && seated == Some(e))
    }
}

/// Tries one small move, chosen by chance, and keeps it when the cost is no worse.
pub fn small_move(state: &mut State, random: &mut Random) {
    let r = RoundIx::new(random.below(state.event.rounds.len()));
    if state.event.frozen.rounds.contains(r) {
        return;
    }
    let m = MenteeIx::new(random.below(state.event.mentees.len()));
    let e = ExpertIx::new(random.below(state.event.experts.len()));
    match random.below(11) {
        0..=4 => change_seat(state, m, e, r, random),
        5..=7 => exchange_rounds(state, m, r, random),
        8 => close_table(state, e, r, random),
        9 => open_table(state, e, r, random),
        _ => {
            let tied: Vec<MenteeIx> = state.event.mentee_ixs().filter(|&m| state.is_tied(m)).collect();
            if !tied.is_empty() {
                change_seats_of_tied(state, tied[random.below(tied.len())], e, r, random);
            }
        }
    }
}

/// Moves a mentee to a table; when it is full, somebody there takes the seat that becomes free.
pub(super) fn change_seat(state: &mut State, m: MenteeIx, e: ExpertIx, r: RoundIx, random: &mut Random) {
    if !state.is_movable(m, r) || !state.can_meet(m, e, r) {
        return;
    }
    let mut attempt = Attempt::new(state, random);
    let old = attempt.rise(m, r);
    let full = !attempt.state.has_room(e, r);
    let group = attempt.state.group(e, r);
    let other = if group.is_empty() { None } else { Some(group[random.below(group.len())]) };
    if let Some(other) = other.filter(|_| full || random.below(2) == 0)
        && attempt.state.is_movable(other, r)
    {
        attempt.rise(other, r);
        attempt.sit(m, e, r);
        if let Some(old) = old {
            attempt.sit(other, old.expert, r);
        }
    } else {
        attempt.sit(m, e, r);
    }
    attempt.settle();
}

/// A mentee's meetings of two rounds change places; where a table is full, somebody there does the reverse.
pub(super) fn exchange_rounds(state: &mut State, m: MenteeIx, a: RoundIx, random: &mut Random) {
    let b = RoundIx::new(random.below(state.event.rounds.len()));
    if a == b || !state.is_movable(m, a) || !state.is_movable(m, b) {
        return;
    }
    let mut attempt = Attempt::new(state, random);
    let (in_a, in_b) = (attempt.rise(m, a), attempt.rise(m, b));
    for (placed, from, to) in [(in_a, a, b), (in_b, b, a)] {
        let Some(placed) = placed else { continue };
        if !attempt.state.has_room(placed.expert, to) || random.below(2) == 0 {
            let group = attempt.state.group(placed.expert, to).to_vec();
            if let Some(&other) = group.get(random.below(group.len().max(1)))
                && attempt.state.is_movable(other, to)
                && attempt.state.seat(other, from).is_none_or(|_| attempt.state.is_movable(other, from))
            {
                let (theirs, elsewhere) = (attempt.rise(other, to), attempt.rise(other, from));
                attempt.sit(m, placed.expert, to);
                if let Some(theirs) = theirs {
                    attempt.sit(other, theirs.expert, from);
                }
                if let Some(elsewhere) = elsewhere {
                    attempt.sit(other, elsewhere.expert, to);
                }
                continue;
            }
        }
        attempt.sit(m, placed.expert, to);
    }
    attempt.settle();
}

/// Everybody at a table leaves it; each finds another seat where there is one.
pub(super) fn close_table(state: &mut State, e: ExpertIx, r: RoundIx, random: &mut Random) {
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
fn find_seat(attempt: &mut Attempt, m: MenteeIx, r: RoundIx, but: Option<ExpertIx>, random: &mut Random) -> bool {
    let count = attempt.state.event.experts.len();
    let turn = random.below(count);
    let tables = (0..count).map(|i| ExpertIx::new((i + turn) % count));
    let open: Vec<ExpertIx> = tables.filter(|&e| Some(e) != but && !attempt.state.group(e, r).is_empty()).collect();
    open.into_iter().any(|e| attempt.sit(m, e, r))
}

/// A smallest group, some random people more, sit at an empty table about one of its topics.
pub(super) fn open_table(state: &mut State, e: ExpertIx, r: RoundIx, random: &mut Random) {
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

/// A mentee leaves a seat and takes none.
pub(super) fn leave_seat(state: &mut State, m: MenteeIx, r: RoundIx, random: &mut Random) {
    if state.is_movable(m, r) {
        let mut attempt = Attempt::new(state, random);
        attempt.rise(m, r);
        attempt.settle();
    }
}

/// Brings about a meeting that a mentee was promised and has not got.
pub(super) fn meet_request(state: &mut State, m: MenteeIx, random: &mut Random) {
    let musts = &state.musts[m.index()];
    if state.breaches() == 0 || musts.is_empty() {
        return;
    }
    let (e, round) = musts[random.below(musts.len())];
    let both = state.event.mentee(m).present.and(state.event.expert(e).open_rounds());
    let rounds: Vec<RoundIx> = both.without(state.event.frozen.rounds).iter().collect();
    if rounds.is_empty() {
        return;
    }
    let r = round.unwrap_or_else(|| rounds[random.below(rounds.len())]);
    let met = state.event.round_ixs().find(|&r| state.seat(m, r).is_some_and(|p| p.expert == e));
    if met == Some(r) || (met.is_some() && round.is_none()) {
        return;
    }
    let group = tied_group(state, m);
    let mut attempt = Attempt::new(state, random);
    if let Some(met) = met {
        seat_tied(&mut attempt, &group, None, met, random);
    }
    seat_tied(&mut attempt, &group, Some(e), r, random);
    attempt.settle();
}

/// Somebody who is not in `group` leaves a full table until all of them fit, and finds another seat.
fn make_room(attempt: &mut Attempt, group: &[MenteeIx], e: ExpertIx, r: RoundIx, random: &mut Random) {
    let capacity = attempt.state.event.expert(e).capacity_in(r) as usize;
    let here = attempt.state.group(e, r).to_vec();
    let coming = group.iter().filter(|m| !here.contains(m)).count();
    let mut leave = (here.len() + coming).saturating_sub(capacity);
    let turn = random.below(here.len().max(1));
    for i in 0..here.len() {
        let other = here[(i + turn) % here.len()];
        if leave > 0 && !group.contains(&other) && attempt.state.is_movable(other, r) {
            attempt.rise(other, r);
            find_seat(attempt, other, r, Some(e), random);
            leave -= 1;
        }
    }
}

/// A mentee and those who are kept together with them move together: to a table, away from any, or with their meeting
/// of another round.
pub(super) fn change_seats_of_tied(state: &mut State, m: MenteeIx, e: ExpertIx, r: RoundIx, random: &mut Random) {
    if !state.is_tied(m) {
        return;
    }
    let group = tied_group(state, m);
    let other = RoundIx::new(random.below(state.event.rounds.len()));
    let seated = group.iter().find_map(|&m| state.seat(m, other)).map(|p| p.expert);
    let mut attempt = Attempt::new(state, random);
    match random.below(4) {
        0 => seat_tied(&mut attempt, &group, None, r, random),
        1 if other != r => {
            let before = group.iter().find_map(|&m| attempt.state.seat(m, r)).map(|p| p.expert);
            seat_tied(&mut attempt, &group, None, other, random);
            seat_tied(&mut attempt, &group, seated, r, random);
            seat_tied(&mut attempt, &group, before, other, random);
        }
        _ => {
            let met = |r| group.iter().any(|&m| attempt.state.seat(m, r).is_some_and(|p| p.expert == e));
            let met: Vec<RoundIx> = attempt.state.event.round_ixs().filter(|&at| at != r && met(at)).collect();
            met.into_iter().for_each(|at| seat_tied(&mut attempt, &group, None, at, random));
            seat_tied(&mut attempt, &group, Some(e), r, random);
        }
    }
    attempt.settle();
}

/// Takes the seats of a round from mentees who are kept together, and seats those who are there at a table.
fn seat_tied(attempt: &mut Attempt, group: &[MenteeIx], e: Option<ExpertIx>, r: RoundIx, random: &mut Random) {
    if attempt.state.event.frozen.rounds.contains(r) {
        return;
    }
    let present = |m: &&MenteeIx| attempt.state.event.mentee(**m).present.contains(r);
    let there: Vec<MenteeIx> = group.iter().filter(present).copied().collect();
    for &m in &there {
        attempt.rise(m, r);
    }
    if let Some(e) = e {
        make_room(attempt, &there, e, r, random);
        for &m in &there {
            attempt.sit(m, e, r);
        }
    }
}

/// A mentee with all who are kept together with them.
fn tied_group(state: &State, m: MenteeIx) -> Vec<MenteeIx> {
    let (mut group, mut next) = (BTreeSet::from([m]), vec![m]);
    while let Some(m) = next.pop() {
        for &other in &state.tied[m.index()] {
            if group.insert(other) {
                next.push(other);
            }
        }
    }
    group.into_iter().collect()
}

/// Seats what was asked for by name, pinned seats first, and those who are kept together.
pub fn seat_requested(state: &mut State, random: &mut Random) {
    for m in state.event.mentee_ixs() {
        for _ in 0..20 * state.musts[m.index()].len() {
            meet_request(state, m, random);
        }
    }
    for m in state.event.mentee_ixs() {
        if tied_group(state, m).first() != Some(&m) || !state.is_tied(m) {
            continue;
        }
        for r in state.event.round_ixs().filter(|&r| !state.event.frozen.rounds.contains(r)) {
            for _ in 0..2 * state.event.experts.len() {
                let e = ExpertIx::new(random.below(state.event.experts.len()));
                change_seats_of_tied(state, m, e, r, random);
            }
        }
    }
}
