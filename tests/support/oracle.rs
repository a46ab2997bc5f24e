//! The best that any schedule of a tiny event can reach, by trying them all.

use std::cmp::Ordering;

use tablehop::check;
use tablehop::domain::{Event, MenteeIx, Open, Priority, RoundIx, Rule, Schedule, Seat};

use super::recount::{breaks, broken};

/// Rules that a further seat never mends.
const LASTING: [Rule; 10] = [
    Rule::OneSeatARound,
    Rule::MeetOnce,
    Rule::Presence,
    Rule::TableCapacity,
    Rule::OneTopicASitting,
    Rule::KeepOut,
    Rule::KeptApart,
    Rule::ExpertLoad,
    Rule::TablesInRoom,
    Rule::Travel,
];

/// The lexicographically best values of the event's priorities in their order, over every schedule that meets the
/// rules; `None` when none does. A second or so for [`TINY`](super::random::TINY) events where `seats` comes first,
/// and for [`WEE`](super::random::WEE) ones in any order. `open = "auto"` is every round where some schedule does that, else as needed.
pub fn best(event: &Event) -> Option<Vec<(Priority, Vec<i64>)>> {
    let opened = |open| Event { open, ..event.clone() };
    match event.open {
        Open::Auto => best(&opened(Open::EveryRound)).or_else(|| best(&opened(Open::AsNeeded))),
        Open::EveryRound | Open::AsNeeded => {
            let slots = event.mentee_ixs().flat_map(|m| event.mentee(m).present.iter().map(move |r| (m, r))).collect();
            let mut search = Search { event, slots, best: None };
            search.fill(0, &mut Vec::new());
            search.best
        }
    }
}

struct Search<'a> {
    event: &'a Event,
    /// Each mentee in each round when present: at some table or at none.
    slots: Vec<(MenteeIx, RoundIx)>,
    best: Option<Vec<(Priority, Vec<i64>)>>,
}

impl Search<'_> {
    fn fill(&mut self, from: usize, seats: &mut Vec<Seat>) {
        let Some(&(mentee, round)) = self.slots.get(from) else {
            return self.judge(seats);
        };
        let first = self.best.as_ref().and_then(|best| best.first());
        if first.is_some_and(|first| self.too_few(first, from, seats)) {
            return;
        }
        for expert in self.event.expert_ixs() {
            for topic in self.event.sitting_topics(expert) {
                seats.push(Seat { round, expert, mentee, topic });
                if !LASTING.into_iter().any(|rule| breaks(self.event, seats, rule)) {
                    self.fill(from + 1, seats);
                }
                seats.pop();
            }
        }
        self.fill(from + 1, seats);
    }

    /// Whether seats come first, and what is left to fill cannot catch up, by the chairs of each round or by the
    /// meetings that each mentee wants: all that is ever cut off.
    fn too_few(&self, (first, best): &(Priority, Vec<i64>), from: usize, seats: &[Seat]) -> bool {
        let left = &self.slots[from..];
        let chairs = |r: RoundIx| self.event.experts.iter().map(|e| e.capacity_in(r) as usize).sum::<usize>();
        let in_round = |r: RoundIx| {
            let taken = seats.iter().filter(|s| s.round == r).count();
            chairs(r).min(taken + left.iter().filter(|slot| slot.1 == r).count())
        };
        let of_mentee = |m: MenteeIx| {
            let taken = seats.iter().filter(|s| s.mentee == m).count();
            let most = self.event.experts.len().min(self.event.mentee(m).most as usize);
            most.min(taken + left.iter().filter(|slot| slot.0 == m).count())
        };
        let by_round: usize = self.event.round_ixs().map(in_round).sum();
        let by_mentee: usize = self.event.mentee_ixs().map(of_mentee).sum();
        *first == Priority::Seats && (by_round.min(by_mentee) as i64) < best[0]
    }

    fn judge(&mut self, seats: &[Seat]) {
        if !broken(self.event, seats).is_empty() {
            return;
        }
        let schedule = Schedule::new(seats.to_vec());
        if self.best.as_ref().is_none_or(|best| self.beats(&schedule, best)) {
            self.best = Some(check::values(self.event, &schedule, None));
        }
    }

    /// Level by level, as most schedules lose early.
    fn beats(&self, schedule: &Schedule, best: &[(Priority, Vec<i64>)]) -> bool {
        let level = |(priority, best): &(Priority, Vec<i64>)| {
            let reached = (*priority, check::value(self.event, schedule, *priority, None));
            upwards(self.event, &[reached]).cmp(&upwards(self.event, &[(*priority, best.clone())]))
        };
        best.iter().map(level).find(|&level| level != Ordering::Equal) == Some(Ordering::Greater)
    }
}

/// The values turned so that more is better, in one list.
pub fn upwards(event: &Event, values: &[(Priority, Vec<i64>)]) -> Vec<i64> {
    let up = |(priority, value): &(Priority, Vec<i64>)| {
        let senses = priority.senses(event);
        assert_eq!(senses.len(), value.len(), "`{}` has a sense for each part", priority.name());
        senses.into_iter().zip(value.clone()).map(|(sense, part)| sense.upwards(part)).collect::<Vec<_>>()
    };
    values.iter().flat_map(up).collect()
}
