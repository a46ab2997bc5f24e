//! The terms of the cost, by what they hang on: a mentee's day, an expert's day, a round.
//!
//! A move subtracts the terms of all that it touches, changes the seats, and adds them again; so each term is
//! written once, as it is defined.

use std::ops::Range;

use super::state::State;
use crate::domain::{ExpertIx, MenteeIx, Priority, RoomIx, RoundIx};
use crate::pairs::Pairs;
use crate::solve::stops::{idle_rounds, room_changes};
use crate::solve::values::WHOLE;

/// Where in the cost vector each term stands; `None` for what the quest does not ask for.
#[derive(Clone, Debug)]
pub struct Terms {
    len: usize,
    /// Each priority with where its parts begin, in order.
    starts: Vec<(Priority, usize)>,
    seats: Option<usize>,
    courtesies: Option<usize>,
    first_choices: Option<usize>,
    fair_share: Option<usize>,
    /// How many parts `fair-share` has.
    most_wanted: usize,
    variety: Option<usize>,
    preferences: Option<usize>,
    /// Who sits together: kept up to date by [`State`] itself.
    pub new_faces: Option<usize>,
    even_tables: Option<usize>,
    worst_off: Option<usize>,
    idle_gaps: Option<usize>,
    room_changes: Option<usize>,
    changes: Option<usize>,
    /// The weight of a sit-out, by mentee.
    precedence: Option<Vec<i64>>,
    /// The best score that each mentee could get alone; empty unless `worst_off` is asked for.
    best_alone: Vec<i64>,
}

impl Terms {
    /// The terms of some priorities, with `changes` at the end where there is a standing plan.
    pub fn new(pairs: &Pairs, order: &[Priority], standing: bool) -> Self {
        let event = pairs.event();
        let mut starts = Vec::new();
        let mut len = 1;
        let last = (standing && !order.contains(&Priority::Changes)).then_some(Priority::Changes);
        for priority in order.iter().copied().chain(last) {
            starts.push((priority, len));
            len += if priority == Priority::WorstOff { WORST_BANDS } else { priority.senses(event).len() };
        }
        let find = |p: Priority| starts.iter().find(|(priority, _)| *priority == p).map(|&(_, at)| at);
        let best = |m| event.best_score_alone(m, |e| pairs.exclusion(m, e).is_none());
        let worst_off = find(Priority::WorstOff);
        Terms {
            len,
            seats: find(Priority::Seats),
            courtesies: find(Priority::Courtesies),
            first_choices: find(Priority::FirstChoices),
            fair_share: find(Priority::FairShare),
            most_wanted: event.most_wanted() as usize,
            variety: find(Priority::Variety),
            preferences: find(Priority::Preferences),
            new_faces: find(Priority::NewFaces),
            even_tables: find(Priority::EvenTables),
            worst_off,
            idle_gaps: find(Priority::IdleGaps),
            room_changes: find(Priority::RoomChanges),
            changes: find(Priority::Changes).filter(|_| standing),
            precedence: event.precedence(),
            best_alone: if worst_off.is_some() { event.mentee_ixs().map(best).collect() } else { Vec::new() },
            starts,
        }
    }

    /// How many entries the cost has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Each priority with its parts of the cost, in order.
    pub fn parts(&self) -> impl Iterator<Item = (Priority, Range<usize>)> {
        let ends = self.starts.iter().skip(1).map(|&(_, at)| at).chain([self.len]);
        self.starts.iter().zip(ends).map(|(&(priority, at), end)| (priority, at..end))
    }

    /// Where the first part of a priority stands in the cost.
    pub fn part_of(&self, priority: Priority) -> Option<usize> {
        self.starts.iter().find(|start| start.0 == priority).map(|start| start.1)
    }
}

impl State<'_> {
    /// The first priority whose value has not met its bound, with the value: what the search works on.
    pub fn open_level(&self, bounds: &[(Priority, Vec<i64>)]) -> Option<(Priority, Vec<i64>)> {
        self.open_part(bounds).map(|(priority, at)| (priority, self.value(priority, at)))
    }

    /// The first priority whose value has not met its bound, with the position of its first part in the cost.
    pub fn open_part(&self, bounds: &[(Priority, Vec<i64>)]) -> Option<(Priority, usize)> {
        let is_open = |&&(priority, at): &&(Priority, usize)| {
            let value = self.value(priority, at);
            !bounds.iter().any(|(p, bound)| *p == priority && meets(priority, &value, bound))
        };
        self.terms.starts.iter().find(is_open).copied()
    }

    /// The value of a priority whose parts begin at `at`; of `worst-off`, what everybody has at least.
    fn value(&self, priority: Priority, at: usize) -> Vec<i64> {
        let parts = self.cost().get(at..).unwrap_or_default();
        if priority == Priority::WorstOff {
            let bands = parts.iter().take(WORST_BANDS).take_while(|&&below| below == 0).count();
            return vec![bands as i64 * BAND];
        }
        priority.senses(self.event).iter().zip(parts).map(|(sense, &cost)| -sense.upwards(cost)).collect()
    }
}

/// Whether a value is as good as its bound, as far as the search can tell.
fn meets(priority: Priority, value: &[i64], bound: &[i64]) -> bool {
    match priority {
        Priority::WorstOff => value.iter().zip(bound).all(|(value, bound)| value / BAND >= bound / BAND),
        _ => value == bound,
    }
}

/// `worst-off` is a minimum over mentees, which no sum of terms is; the search counts instead the mentees below each
/// twentieth of satisfaction, the lowest first, and the true value is counted at the end.
const WORST_BANDS: usize = 20;

/// A twentieth, as values of `worst-off` are given.
const BAND: i64 = WHOLE / WORST_BANDS as i64;

impl State<'_> {
    /// Adds `sign` × the terms of a mentee's day.
    pub(super) fn mentee_terms(&self, m: MenteeIx, sign: i64, cost: &mut [i64]) {
        let terms = &self.terms;
        let (mut seats, mut choices, mut score, mut avoided, mut first) = (0_i64, 0_usize, 0, 0, false);
        for placed in self.day(m).filter_map(|(_, placed)| placed) {
            seats += 1;
            choices += usize::from(placed.choice);
            score += placed.score;
            avoided += i64::from(placed.avoided);
            first |= placed.first;
        }
        let mut add = |part: Option<usize>, offset: usize, amount: i64| {
            if let Some(part) = part {
                cost[part + offset] += sign * amount;
            }
        };
        let sit_outs = i64::from(self.event.wanted(m)) - seats;
        add(terms.seats, 0, -seats);
        add(terms.seats, 1, sit_outs * sit_outs);
        if let Some(weight) = terms.precedence.as_ref().map(|w| w[m.index()]) {
            add(terms.seats, 2, weight * sit_outs);
        }
        add(terms.courtesies, 0, avoided);
        add(terms.first_choices, 0, -i64::from(first));
        (0..choices.min(terms.most_wanted)).for_each(|k| add(terms.fair_share, k, -1));
        add(terms.preferences, 0, -score);
        if terms.variety.is_some() {
            add(terms.variety, 0, self.repeated_topics(m));
        }
        if let Some(best) = terms.best_alone.get(m.index()).filter(|&&best| best > 0) {
            let band = (score * WORST_BANDS as i64 / best).clamp(0, WORST_BANDS as i64) as usize;
            (band..WORST_BANDS).for_each(|k| add(terms.worst_off, k, 1));
        }
        if terms.idle_gaps.is_some() || terms.room_changes.is_some() {
            let stops: Vec<_> =
                self.day(m).filter_map(|(r, p)| p.map(|p| (r, self.event.expert(p.expert).room))).collect();
            add(terms.idle_gaps, 0, idle_rounds(self.event, &stops));
            add(terms.room_changes, 0, room_changes(self.event, &stops));
        }
        if terms.changes.is_some() {
            let new = self.day(m).filter(|&(r, placed)| placed.is_some() && self.differs(m, r)).count() as i64;
            add(terms.changes, 0, i64::from(self.is_changed(m)));
            add(terms.changes, 1, new);
        }
        add(Some(0), 0, self.broken_in_day(m));
    }

    /// Breaches of rules that a mentee's day can show by itself.
    pub(super) fn broken_in_day(&self, m: MenteeIx) -> i64 {
        let mentee = self.event.mentee(m);
        let seats = self.day(m).filter(|(_, placed)| placed.is_some()).count() as i64;
        let wrong = (i64::from(mentee.least) - seats).max(0) + (seats - i64::from(mentee.most)).max(0);
        wrong + self.unmet(m) + self.parted(m) + self.short_ways(m)
    }

    /// Whether a mentee's card is not that of the standing plan, where there is one.
    pub(super) fn is_changed(&self, m: MenteeIx) -> bool {
        self.event.round_ixs().any(|r| self.differs(m, r))
    }

    fn differs(&self, m: MenteeIx, r: RoundIx) -> bool {
        let seat = self.seat(m, r).map(|p| (p.expert, p.topic));
        self.standing.as_ref().is_some_and(|standing| seat != standing[self.place(m, r)])
    }

    /// A mentee's rounds, each with the seat if there is one.
    fn day(&self, m: MenteeIx) -> impl Iterator<Item = (RoundIx, Option<super::state::Placed>)> {
        self.event.round_ixs().map(move |r| (r, self.seat(m, r)))
    }

    fn repeated_topics(&self, m: MenteeIx) -> i64 {
        let unlisted = |(r, placed): (RoundIx, Option<super::state::Placed>)| {
            placed.filter(|p| p.topic.is_some() && !p.listed).map(|p| (r, p.topic))
        };
        let again = |&(r, topic): &(RoundIx, _)| {
            self.day(m).filter_map(unlisted).take_while(|&(before, _)| before < r).any(|(_, t)| t == topic)
        };
        self.day(m).filter_map(unlisted).filter(again).count() as i64
    }

    /// Rules `must-meet` and `pinned-seat`.
    fn unmet(&self, m: MenteeIx) -> i64 {
        let meets = |&(e, round): &(ExpertIx, Option<RoundIx>)| {
            self.day(m).any(|(r, placed)| placed.is_some_and(|p| p.expert == e) && round.is_none_or(|round| round == r))
        };
        self.musts[m.index()].iter().filter(|must| !meets(must)).count() as i64
    }

    /// Rule `kept-together`.
    fn parted(&self, m: MenteeIx) -> i64 {
        let parted = |&other: &MenteeIx| {
            let both = self.event.mentee(m).present.and(self.event.mentee(other).present);
            let place = |m, r| self.seat(m, r).map(|p| p.expert);
            both.iter().filter(|&r| place(m, r) != place(other, r)).count() as i64
        };
        self.tied[m.index()].iter().map(parted).sum()
    }

    /// Rule `travel`.
    fn short_ways(&self, m: MenteeIx) -> i64 {
        if self.event.travel.is_empty() {
            return 0;
        }
        let stops = || self.day(m).filter_map(|(r, p)| Some((r, self.event.expert(p?.expert).room?)));
        let mut short = 0;
        for (earlier, from) in stops() {
            for (later, to) in stops().filter(|stop| stop.0 > earlier && stop.1 != from) {
                let way = i64::from(self.event.travel_minutes(from, to));
                short += i64::from(self.event.minutes_between(earlier, later) < way);
            }
        }
        short
    }

    /// Adds `sign` × the terms of an expert's day, which hang on the rounds in which the table is open.
    pub(super) fn expert_terms(&self, e: ExpertIx, sign: i64, cost: &mut [i64]) {
        let expert = self.event.expert(e);
        cost[0] += sign * self.overload(e);
        if let Some(part) = self.terms.idle_gaps {
            let open = self.event.round_ixs().filter(|&r| !self.group(e, r).is_empty());
            let stops: Vec<_> = open.map(|r| (r, expert.room)).collect();
            cost[part] += sign * idle_rounds(self.event, &stops);
        }
        if let (Some(part), Some(standing)) = (self.terms.changes, &self.standing_sittings) {
            let sitting = |r| (!self.group(e, r).is_empty()).then(|| self.topic(e, r));
            cost[part] += sign * i64::from(self.event.round_ixs().any(|r| sitting(r) != standing[self.cell(e, r)]));
        }
    }

    /// How many more must come to a table: rules `smallest-group` and `every-round`.
    pub(super) fn missing_at(&self, e: ExpertIx, r: RoundIx) -> i64 {
        let expert = self.event.expert(e);
        let size = self.group(e, r).len() as i64;
        let must_open = self.every_round && expert.present.contains(r);
        if size > 0 || must_open { (i64::from(expert.smallest_group.max(1)) - size).max(0) } else { 0 }
    }

    /// Sittings that are too many for an expert: rule `expert-load`.
    pub(super) fn overload(&self, e: ExpertIx) -> i64 {
        let expert = self.event.expert(e);
        let (mut sittings, mut in_a_row, mut tired) = (0_u32, 0_u32, 0);
        for r in self.event.round_ixs() {
            let sits = !self.group(e, r).is_empty();
            (sittings, in_a_row) = if sits { (sittings + 1, in_a_row + 1) } else { (sittings, 0) };
            tired += i64::from(expert.most_in_a_row.is_some_and(|most| in_a_row > most));
        }
        tired + i64::from(sittings.saturating_sub(expert.most_sittings))
    }

    /// Tables that are open in a table's room beyond what it holds: rule `tables-in-room`.
    pub(super) fn too_many_in_room(&self, e: ExpertIx, r: RoundIx) -> i64 {
        let most = |room: RoomIx| Some((room, self.event.rooms[room.index()].tables?));
        self.event.expert(e).room.and_then(most).map_or(0, |(room, most)| {
            let open = self.open_in_room[room.index() * self.event.rounds.len() + r.index()];
            i64::from(open.saturating_sub(most))
        })
    }

    /// Adds `sign` × the terms of a round as far as one table can change them: `smallest-group`, `every-round`,
    /// `tables-in-room`, `even-tables`.
    pub(super) fn round_terms(&self, e: ExpertIx, r: RoundIx, sign: i64, cost: &mut [i64]) {
        cost[0] += sign * (self.missing_at(e, r) + self.too_many_in_room(e, r));
        let Some(part) = self.terms.even_tables else { return };
        cost[part] += sign * self.sizes.spread(self.cell(e, r));
    }
}
