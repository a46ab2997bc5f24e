//! The best that any schedule of a tiny event can reach, by trying them all.

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
/// rules; `None` when none does. `open = "auto"` is every round where some schedule does that, else as needed.
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
        if self.too_few(seats.len() + self.slots.len() - from) {
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

    /// Whether no more than so many seats lose already, which is all that is ever cut off.
    fn too_few(&self, seats: usize) -> bool {
        let first = self.best.as_ref().and_then(|best| best.first());
        first.is_some_and(|(priority, value)| *priority == Priority::Seats && (seats as i64) < value[0])
    }

    fn judge(&mut self, seats: &[Seat]) {
        if !broken(self.event, seats).is_empty() {
            return;
        }
        let values = check::values(self.event, &Schedule::new(seats.to_vec()), None);
        if self.best.as_ref().is_none_or(|best| upwards(self.event, &values) > upwards(self.event, best)) {
            self.best = Some(values);
        }
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
