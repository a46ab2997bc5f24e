//! What holds of the checker on any event.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use tablehop::check;
use tablehop::domain::{Event, ExpertIx, MenteeIx, Priority, RoundIx, Rule, Schedule, Seat, TopicIx};

use super::support::random::{Planted, SMALL, TINY, alike, mixed};
use super::support::recount::broken;

/// Where to change a schedule: which seat, what of it, and to what.
type Edit = (Index, u8, Index);

/// The seats after one change: taken away, doubled at another table, or moved to another person, table, round or
/// topic. There is always a seat to start from.
fn edited(event: &Event, mut seats: Vec<Seat>, (which, what, to): Edit) -> Vec<Seat> {
    if seats.is_empty() {
        let topic = event.sitting_topics(ExpertIx(0)).first().copied().flatten();
        seats.push(Seat { round: RoundIx(0), expert: ExpertIx(0), mentee: MenteeIx(0), topic });
    }
    let at = which.index(seats.len());
    let mut seat = seats[at];
    match what % 6 {
        0 => drop(seats.remove(at)),
        1 => seats.push(Seat { expert: ExpertIx::new(to.index(event.experts.len())), ..seat }),
        2 => seat.mentee = MenteeIx::new(to.index(event.mentees.len())),
        3 => seat.expert = ExpertIx::new(to.index(event.experts.len())),
        4 => seat.round = RoundIx::new(to.index(event.rounds.len())),
        _ if event.topics.is_empty() => seat.topic = None,
        _ => seat.topic = Some(TopicIx::new(to.index(event.topics.len()))),
    }
    if what % 6 > 1 {
        seats[at] = seat;
    }
    seats
}

fn reported(event: &Event, schedule: &Schedule) -> Vec<Rule> {
    let mut rules: Vec<_> = check::breaches(event, schedule).into_iter().map(|b| b.rule).collect();
    rules.dedup();
    rules
}

/// Otherwise `the_rules_reported_are_the_rules_broken` would say nothing of that rule.
#[test]
fn every_rule_gets_broken_by_some_edit() {
    let mut runner = TestRunner::deterministic();
    let case = (mixed(SMALL), vec(any::<Edit>(), 1..6));
    let mut rules = BTreeSet::new();
    for _ in 0..1000 {
        let (planted, edits) = case.new_tree(&mut runner).expect("a case without conditions").current();
        let seats = planted.plant.seats().to_vec();
        rules.extend(broken(&planted.event, &edits.into_iter().fold(seats, |s, edit| edited(&planted.event, s, edit))));
    }
    assert_eq!(rules, BTreeSet::from(Rule::ALL));
}

fn shuffled() -> impl Strategy<Value = (Planted, Vec<Seat>)> {
    mixed(SMALL).prop_flat_map(|planted| {
        let seats = planted.plant.seats().to_vec();
        (Just(planted), Just(seats).prop_shuffle())
    })
}

proptest! {
    #[test]
    fn a_planted_schedule_breaks_no_rule(planted in mixed(SMALL)) {
        prop_assert_eq!(check::breaches(&planted.event, &planted.plant), []);
    }

    #[test]
    fn a_planted_schedule_of_rounds_alike_breaks_no_rule(planted in alike(SMALL)) {
        prop_assert_eq!(check::breaches(&planted.event, &planted.plant), []);
    }

    #[test]
    fn the_rules_reported_are_the_rules_broken(
        planted in mixed(SMALL),
        edits in vec(any::<Edit>(), 1..6),
    ) {
        let event = &planted.event;
        let seats = edits.into_iter().fold(planted.plant.seats().to_vec(), |seats, edit| edited(event, seats, edit));
        let schedule = Schedule::new(seats);
        prop_assert_eq!(reported(event, &schedule), broken(event, schedule.seats()));
    }

    #[test]
    fn the_order_of_seats_does_not_matter((planted, seats) in shuffled(), more in any::<Edit>()) {
        let event = &planted.event;
        let [one, other] = [planted.plant.seats().to_vec(), seats].map(Schedule::new);
        prop_assert_eq!(check::breaches(event, &one), check::breaches(event, &other));
        prop_assert_eq!(check::values(event, &one, None), check::values(event, &other, None));
        let standing = Schedule::new(edited(event, one.seats().to_vec(), more));
        let changes = |schedule| check::value(event, schedule, Priority::Changes, Some(&standing));
        prop_assert_eq!(changes(&one), changes(&other));
    }

    #[test]
    fn every_value_has_the_parts_that_its_priority_says(
        planted in mixed(TINY),
        edits in vec(any::<Edit>(), 0..4),
    ) {
        let event = Event { order: Priority::ALL.to_vec(), ..planted.event };
        let seats = edits.into_iter().fold(planted.plant.seats().to_vec(), |seats, edit| edited(&event, seats, edit));
        let schedule = Schedule::new(seats);
        let values = check::values(&event, &schedule, Some(&planted.plant));
        prop_assert!(values.iter().map(|(priority, _)| *priority).eq(Priority::ALL));
        for (priority, value) in values {
            prop_assert_eq!(value.len(), priority.senses(&event).len());
            prop_assert_eq!(check::value(&event, &schedule, priority, Some(&planted.plant)), value);
        }
    }
}
