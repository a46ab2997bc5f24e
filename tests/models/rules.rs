//! Each rule changes what the rounds model can reach.

use tablehop::domain::{Open, Priority, SameOrganization};

use super::solved;
use crate::support::{EventBuilder, seats};

/// The most that a schedule reaches in the first number of a priority; `None` when the rules contradict each other.
fn most_of(priority: Priority, event: EventBuilder) -> Option<i64> {
    let levels = solved(&event.order(&[priority]).build(), None)?.levels;
    assert!(levels[0].proven);
    Some(levels[0].value[0])
}

fn most_seats(event: EventBuilder) -> Option<i64> {
    most_of(Priority::Seats, event)
}

#[test]
fn one_seat_a_round() {
    assert_eq!(most_seats(EventBuilder::new(2, 1, 1)), Some(1));
}

#[test]
fn meet_once() {
    assert_eq!(most_seats(EventBuilder::new(1, 1, 2)), Some(1));
    assert_eq!(most_seats(EventBuilder::new(1, 1, 2).topics(2)), Some(1));
}

#[test]
fn presence() {
    assert_eq!(most_seats(EventBuilder::new(1, 1, 2).expert_away(1, &[1])), Some(1));
    assert_eq!(most_seats(EventBuilder::new(1, 1, 2).expert_away(1, &[1]).mentee_away(1, &[2])), Some(0));
}

#[test]
fn table_capacity() {
    assert_eq!(most_seats(EventBuilder::new(1, 3, 2).capacities(1, &[1, 1])), Some(2));
    assert_eq!(most_seats(EventBuilder::new(1, 3, 2).capacities(1, &[1, 2])), Some(3));
    assert_eq!(most_seats(EventBuilder::new(1, 3, 1).topics(2).capacity(1, 2)), Some(2));
}

#[test]
fn smallest_group() {
    assert_eq!(most_seats(EventBuilder::new(1, 3, 2).capacity(1, 2).smallest_group(1, 2)), Some(2));
    assert_eq!(most_seats(EventBuilder::new(1, 4, 2).capacity(1, 2).smallest_group(1, 2)), Some(4));
}

#[test]
fn one_topic_a_sitting() {
    let event = |rounds| EventBuilder::new(1, 2, rounds).topics(2).topic_ranks(1, &[(1, 1)]).topic_ranks(2, &[(2, 1)]);
    assert_eq!(most_of(Priority::Preferences, event(1)), Some(100));
    assert_eq!(most_of(Priority::Preferences, event(2)), Some(200));
    assert_eq!(most_of(Priority::Preferences, event(2).offers(1, &[2])), Some(100));
}

#[test]
fn keep_out() {
    assert_eq!(most_seats(EventBuilder::new(1, 1, 1).keep_out(1, 1)), Some(0));
    assert_eq!(most_seats(EventBuilder::new(1, 1, 1).expert_knows(1, &[1])), Some(0));
    let of_one = EventBuilder::new(1, 1, 1).organization(&[1], &[1]);
    assert_eq!(most_seats(of_one.same_organization(SameOrganization::Forbid)), Some(0));
}

#[test]
fn must_meet() {
    let event = || EventBuilder::new(1, 2, 1).capacity(1, 1).wishes(1, &[1]);
    assert_eq!(most_of(Priority::Preferences, event()), Some(40));
    assert_eq!(most_of(Priority::Preferences, event().must_meet(2, 1)), Some(0));
    assert_eq!(most_of(Priority::Preferences, event().must_meet(2, 1).must_meet(1, 1)), None);
    assert_eq!(most_seats(event().must_meet(1, 1).keep_out(1, 1)), None);
}

#[test]
fn pinned_seat() {
    let event = || EventBuilder::new(1, 2, 2).capacity(1, 1).pinned_seat(1, 1, 2);
    assert_eq!(most_seats(event()), Some(2));
    assert_eq!(most_seats(event().pinned_seat(2, 1, 1)), Some(2));
    assert_eq!(most_seats(event().pinned_seat(2, 1, 2)), None);
    assert_eq!(most_seats(event().mentee_away(2, &[1])), Some(1));
}

#[test]
fn kept_apart() {
    assert_eq!(most_seats(EventBuilder::new(1, 2, 1).kept_apart(1, 2)), Some(1));
    assert_eq!(most_seats(EventBuilder::new(1, 2, 2).kept_apart(1, 2)), Some(2));
}

#[test]
fn kept_together() {
    let event = || EventBuilder::new(2, 2, 1).capacity(1, 1).capacity(2, 1);
    assert_eq!(most_seats(event().kept_together(1, 2)), Some(0));
    assert_eq!(most_seats(event().kept_together(1, 2).capacity(2, 2)), Some(2));
    assert_eq!(most_seats(event().kept_together(1, 2).mentee_away(1, &[1])), Some(1));
}

#[test]
fn meetings_wanted() {
    let event = || EventBuilder::new(2, 2, 2).capacity(1, 1).capacity(2, 1);
    assert_eq!(most_seats(event()), Some(4));
    assert_eq!(most_seats(event().most(1, 1)), Some(3));
    assert_eq!(most_seats(event().least(1, 2).keep_out(1, 2)), None);
}

#[test]
fn expert_load() {
    let event = || EventBuilder::new(1, 3, 3).capacity(1, 1);
    assert_eq!(most_seats(event()), Some(3));
    assert_eq!(most_seats(event().most_sittings(1, 1)), Some(1));
    assert_eq!(most_seats(event().most_in_a_row(1, 1)), Some(2));
    assert_eq!(most_seats(event().most_in_a_row(1, 0)), Some(0));
    assert_eq!(most_seats(event().most_in_a_row(1, 2)), Some(2));
}

#[test]
fn tables_in_room() {
    let event = |tables| EventBuilder::new(2, 2, 1).capacity(1, 1).capacity(2, 1).rooms(&[tables]).in_room(1, 1);
    assert_eq!(most_seats(event(Some(1)).in_room(2, 1)), Some(1));
    assert_eq!(most_seats(event(Some(1))), Some(2));
    assert_eq!(most_seats(event(None).in_room(2, 1)), Some(2));
}

#[test]
fn travel() {
    // Three minutes lie between one round and the next.
    let event = |minutes| {
        let rooms = EventBuilder::new(2, 1, 2).rooms(&[None, None]).in_room(1, 1).in_room(2, 2);
        rooms.travel(2, 1, minutes)
    };
    assert_eq!(most_seats(event(3)), Some(2));
    assert_eq!(most_seats(event(4)), Some(1));
    assert_eq!(most_seats(event(4).in_room(2, 1)), Some(2));
}

#[test]
fn every_round() {
    let event = |mentees| EventBuilder::new(2, mentees, 1).open(Open::EveryRound);
    assert_eq!(most_seats(event(1)), None);
    assert_eq!(most_seats(event(1).expert_away(2, &[1])), Some(1));
    assert_eq!(most_seats(event(2)), Some(2));
    assert_eq!(most_seats(event(3).smallest_group(1, 2).smallest_group(2, 2)), None);
    assert_eq!(most_seats(event(1).topics(2)), None);
}

#[test]
fn frozen_rounds() {
    let event = || EventBuilder::new(1, 2, 1).capacity(1, 1).wishes(1, &[2]);
    assert_eq!(most_of(Priority::Preferences, event()), Some(40));
    assert_eq!(most_of(Priority::Preferences, event().frozen(&[1], seats(&[(1, 1, &[1])]))), Some(0));
    assert_eq!(most_seats(event().frozen(&[1], Vec::new())), Some(0));
    assert_eq!(most_seats(event().frozen(&[1], seats(&[(1, 1, &[1])])).keep_out(1, 1)), None);
}
