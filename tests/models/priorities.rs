//! Each priority decides between schedules that are alike in everything above it.

use tablehop::domain::{Event, Priority, Schedule};

use super::{solved, values};
use crate::support::{EventBuilder, schedule};

/// The values of these priorities, all proven.
fn best(event: EventBuilder, order: &[Priority]) -> Vec<Vec<i64>> {
    of(&event.order(order).build(), None)
}

fn of(event: &Event, standing: Option<&Schedule>) -> Vec<Vec<i64>> {
    let levels = solved(event, standing).expect("the rules can be met").levels;
    assert!(levels.iter().all(|level| level.proven), "{levels:?}");
    values(&levels).into_iter().map(|(_, value)| value).collect()
}

/// Two tables of one seat: the first in round 1, the second in round 2.
fn two_seats(mentees: usize) -> EventBuilder {
    EventBuilder::new(2, mentees, 2).capacity(1, 1).capacity(2, 1).expert_away(1, &[2]).expert_away(2, &[1])
}

#[test]
fn seats_are_shared_evenly_then_by_precedence() {
    assert_eq!(best(two_seats(2), &[Priority::Seats]), [[2, 2]]);
    let one = || EventBuilder::new(1, 2, 1).capacity(1, 1);
    assert_eq!(best(one().priority(1, 2).priority(2, 1), &[Priority::Seats]), [[1, 1, 1]]);
    let earlier = one().submitted(1, "2027-01-31T08:00").submitted(2, "2027-01-31T07:59");
    let levels = solved(&earlier.order(&[Priority::Seats]).build(), None).expect("the rules can be met");
    assert_eq!(levels.schedule, schedule(&[(1, 1, &[2])]));
}

#[test]
fn courtesies() {
    let order = [Priority::Seats, Priority::Courtesies];
    assert_eq!(best(EventBuilder::new(2, 1, 1).avoid(1, 1), &order), [vec![1, 0], vec![0]]);
    assert_eq!(best(EventBuilder::new(1, 1, 1).avoid(1, 1), &order), [vec![1, 0], vec![1]]);
}

#[test]
fn first_choices() {
    let event = || EventBuilder::new(1, 2, 1).expert_ranks(1, &[(1, 3)]).expert_ranks(2, &[(1, 4)]);
    assert_eq!(best(event(), &[Priority::FirstChoices]), [[1]]);
    assert_eq!(best(event().first_choices(4), &[Priority::FirstChoices]), [[2]]);
    assert_eq!(best(event().first_choices(4).capacity(1, 1), &[Priority::FirstChoices]), [[1]]);
}

#[test]
fn fair_share_gives_to_those_who_have_less() {
    let event = || two_seats(2).expert_ranks(1, &[(1, 1), (2, 1)]).expert_ranks(2, &[(2, 9)]);
    assert_eq!(best(event(), &[Priority::FairShare]), [[2, 0]]);
    assert_eq!(best(event().capacity(2, 2), &[Priority::FairShare]), [[2, 1]]);
}

#[test]
fn variety_does_not_count_seats_with_listed_experts() {
    let order = [Priority::Seats, Priority::Variety];
    let event = || EventBuilder::new(2, 1, 2).topics(2).offers(1, &[1]);
    assert_eq!(best(event().offers(2, &[1]), &order), [vec![2, 0], vec![1]]);
    assert_eq!(best(event(), &order), [vec![2, 0], vec![0]]);
    assert_eq!(best(event().offers(2, &[1]).expert_ranks(1, &[(2, 1)]), &order), [vec![2, 0], vec![0]]);
}

#[test]
fn preferences() {
    let event = EventBuilder::new(1, 2, 1).capacity(1, 1).topics(2);
    let event = event.topic_ranks(1, &[(1, 2)]).topic_ranks(2, &[(2, 3)]).wishes(1, &[2]);
    assert_eq!(best(event, &[Priority::Preferences]), [[90]]);
}

#[test]
fn new_faces() {
    // Everybody changes tables, so whoever sits together does so twice.
    let order = [Priority::Seats, Priority::NewFaces];
    let event = || EventBuilder::new(2, 4, 2).capacity(1, 2).capacity(2, 2);
    assert_eq!(best(event(), &order), [vec![8, 0], vec![2]]);
    assert_eq!(best(event().organization(&[], &[1, 2]), &order), [vec![8, 0], vec![2]]);
    assert_eq!(best(event().organization(&[], &[1, 2, 3]), &order), [vec![8, 0], vec![3]]);
}

#[test]
fn even_tables_among_open_tables_of_like_capacity() {
    let order = [Priority::Seats, Priority::EvenTables];
    let event = |mentees| EventBuilder::new(2, mentees, 1);
    assert_eq!(best(event(4), &order), [vec![4, 0], vec![0]]);
    assert_eq!(best(event(3), &order), [vec![3, 0], vec![0]]);
    let uneven = || event(4).must_meet(1, 1).must_meet(2, 1).must_meet(3, 1).must_meet(4, 2);
    assert_eq!(best(uneven(), &order), [vec![4, 0], vec![2]]);
    assert_eq!(best(uneven().capacity(1, 3), &order), [vec![4, 0], vec![0]]);
}

#[test]
fn worst_off_is_rounded_down() {
    let event = EventBuilder::new(2, 3, 1).capacity(1, 1).capacity(2, 1).most(3, 0);
    let event = event.expert_ranks(1, &[(1, 1), (2, 2)]).expert_ranks(2, &[(1, 1), (2, 2)]);
    assert_eq!(best(event, &[Priority::WorstOff]), [[6666]]);
    assert_eq!(best(EventBuilder::new(1, 1, 1), &[Priority::WorstOff]), [[10_000]]);
}

#[test]
fn idle_gaps_of_mentees_and_experts() {
    let order = [Priority::Seats, Priority::IdleGaps];
    let event = || EventBuilder::new(2, 1, 3).expert_away(1, &[2, 3]);
    assert_eq!(best(event().expert_away(2, &[1, 2]), &order), [vec![2, 1], vec![1]]);
    assert_eq!(best(event(), &order), [vec![2, 1], vec![0]]);
    let days = ["2027-03-09T13:30", "2027-03-09T13:45", "2027-03-10T13:30"];
    assert_eq!(best(event().expert_away(2, &[1, 2]).starts(&days), &order), [vec![2, 1], vec![0]]);
    let of_expert = EventBuilder::new(1, 2, 3).pinned_seat(1, 1, 1).pinned_seat(2, 1, 3);
    assert_eq!(best(of_expert, &order), [vec![2, 8], vec![1]]);
}

#[test]
fn room_changes() {
    let order = [Priority::Seats, Priority::RoomChanges];
    let rooms = || EventBuilder::new(4, 1, 4).rooms(&[None, None]).in_room(1, 1).in_room(2, 2).in_room(3, 1);
    let event = || rooms().in_room(4, 2);
    assert_eq!(best(event(), &order), [vec![4, 0], vec![1]]);
    let there_and_back = |event: EventBuilder| event.pinned_seat(1, 1, 1).pinned_seat(1, 2, 2).pinned_seat(1, 3, 3);
    assert_eq!(best(there_and_back(event()), &order), [vec![4, 0], vec![3]]);
    // A table without a room is nowhere in particular.
    assert_eq!(best(there_and_back(rooms()), &order), [vec![4, 0], vec![2]]);
}

#[test]
fn changes_are_cards_then_seats() {
    let order = [Priority::Seats, Priority::Changes];
    let standing = schedule(&[(1, 1, &[1, 2]), (1, 2, &[3])]);
    let event = || EventBuilder::new(2, 3, 1).order(&order);
    assert_eq!(of(&event().build(), Some(&standing)), [[3, 0], [0, 0]]);
    assert_eq!(of(&event().keep_out(1, 1).build(), Some(&standing)), [[3, 0], [1, 1]]);
    // The third must move too, and no card of a mentee at the first table stays: the second expert has no sitting.
    assert_eq!(of(&event().keep_out(3, 2).build(), Some(&standing)), [[3, 0], [2, 1]]);
    assert_eq!(of(&event().build(), None), [[3, 0], [0, 0]]);
}
