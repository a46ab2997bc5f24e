//! Each hard rule by itself: an event and a schedule that breaks that rule alone, and a twin that breaks none.

use tablehop::check::{Breach, breaches};
use tablehop::domain::{Event, Open, Rule, SameOrganization, Schedule, Seat};

use super::support::{EventBuilder, e, m, r, schedule, schedule_on, seats};

/// A breach of so much where so much is allowed.
fn breach(rule: Rule, round: Option<usize>, experts: &[usize], mentees: &[usize], counts: (i64, i64)) -> Breach {
    let (found, allowed) = counts;
    let experts = experts.iter().copied().map(e).collect();
    let mentees = mentees.iter().copied().map(m).collect();
    Breach { rule, round: round.map(r), experts, mentees, found, allowed }
}

/// The broken schedule has exactly this breach, and its twin none.
fn assert_breach(event: &Event, broken: &Schedule, expected: Breach, twin: &Schedule) {
    assert_eq!(breaches(event, broken), [expected]);
    assert_eq!(breaches(event, twin), []);
}

#[test]
fn one_seat_a_round() {
    let event = EventBuilder::new(2, 1, 2).build();
    let broken = schedule(&[(1, 1, &[1]), (1, 2, &[1])]);
    let expected = breach(Rule::OneSeatARound, Some(1), &[1, 2], &[1], (2, 1));
    assert_breach(&event, &broken, expected, &schedule(&[(1, 1, &[1]), (2, 2, &[1])]));
}

#[test]
fn meet_once() {
    let event = EventBuilder::new(1, 2, 2).build();
    let broken = schedule(&[(1, 1, &[1]), (2, 1, &[1, 2])]);
    let expected = breach(Rule::MeetOnce, None, &[1], &[1], (2, 1));
    assert_breach(&event, &broken, expected, &schedule(&[(1, 1, &[1]), (2, 1, &[2])]));
}

#[test]
fn presence_of_the_mentee() {
    let event = EventBuilder::new(1, 1, 2).mentee_away(1, &[1]).build();
    let expected = breach(Rule::Presence, Some(1), &[], &[1], (1, 0));
    assert_breach(&event, &schedule(&[(1, 1, &[1])]), expected, &schedule(&[(2, 1, &[1])]));
}

#[test]
fn presence_of_the_expert() {
    let event = EventBuilder::new(1, 2, 2).expert_away(1, &[1]).build();
    let expected = breach(Rule::Presence, Some(1), &[1], &[], (2, 0));
    assert_breach(&event, &schedule(&[(1, 1, &[1, 2])]), expected, &schedule(&[(2, 1, &[1, 2])]));
}

#[test]
fn table_capacity_can_differ_by_round() {
    let event = EventBuilder::new(1, 3, 2).capacities(1, &[2, 3]).build();
    let expected = breach(Rule::TableCapacity, Some(1), &[1], &[1, 2, 3], (3, 2));
    assert_breach(&event, &schedule(&[(1, 1, &[1, 2, 3])]), expected, &schedule(&[(2, 1, &[1, 2, 3])]));
}

#[test]
fn smallest_group() {
    let event = EventBuilder::new(1, 2, 2).smallest_group(1, 2).build();
    let expected = breach(Rule::SmallestGroup, Some(2), &[1], &[2], (1, 2));
    assert_breach(&event, &schedule(&[(2, 1, &[2])]), expected, &schedule(&[(2, 1, &[1, 2])]));
}

#[test]
fn smallest_group_lets_a_table_stay_empty() {
    let event = EventBuilder::new(1, 2, 2).smallest_group(1, 2).build();
    assert_eq!(breaches(&event, &schedule(&[])), []);
}

#[test]
fn one_topic_a_sitting() {
    let event = EventBuilder::new(1, 2, 1).topics(2).build();
    let broken = schedule_on(&[(1, 1, 1, &[1]), (1, 1, 2, &[2])]);
    let expected = breach(Rule::OneTopicASitting, Some(1), &[1], &[1, 2], (2, 1));
    assert_breach(&event, &broken, expected, &schedule_on(&[(1, 1, 2, &[1, 2])]));
}

#[test]
fn one_topic_a_sitting_is_one_of_the_experts() {
    let event = EventBuilder::new(1, 2, 1).topics(2).offers(1, &[2]).build();
    let expected = breach(Rule::OneTopicASitting, Some(1), &[1], &[1, 2], (2, 0));
    assert_breach(&event, &schedule_on(&[(1, 1, 1, &[1, 2])]), expected, &schedule_on(&[(1, 1, 2, &[1, 2])]));
}

#[test]
fn one_topic_a_sitting_wants_a_topic_where_there_are_topics() {
    let event = EventBuilder::new(1, 1, 1).topics(1).build();
    let expected = breach(Rule::OneTopicASitting, Some(1), &[1], &[1], (1, 0));
    assert_breach(&event, &schedule(&[(1, 1, &[1])]), expected, &schedule_on(&[(1, 1, 1, &[1])]));
}

#[test]
fn keep_out_as_requested() {
    let event = EventBuilder::new(2, 1, 1).keep_out(1, 1).build();
    let expected = breach(Rule::KeepOut, Some(1), &[1], &[1], (1, 0));
    assert_breach(&event, &schedule(&[(1, 1, &[1])]), expected, &schedule(&[(1, 2, &[1])]));
}

#[test]
fn keep_out_of_those_who_know_each_other_whoever_says_so() {
    let event = EventBuilder::new(2, 2, 1).mentee_knows(1, &[1]).expert_knows(2, &[2]).build();
    let broken = schedule(&[(1, 1, &[1]), (1, 2, &[2])]);
    let first = breach(Rule::KeepOut, Some(1), &[1], &[1], (1, 0));
    let second = breach(Rule::KeepOut, Some(1), &[2], &[2], (1, 0));
    assert_eq!(breaches(&event, &broken), [first, second]);
    assert_eq!(breaches(&event, &schedule(&[(1, 1, &[2]), (1, 2, &[1])])), []);
}

#[test]
fn keep_out_of_one_organization_where_the_event_forbids_it() {
    let event = |rule| EventBuilder::new(1, 2, 1).organization(&[1], &[1]).same_organization(rule).build();
    let forbidding = event(SameOrganization::Forbid);
    let expected = breach(Rule::KeepOut, Some(1), &[1], &[1], (1, 0));
    assert_breach(&forbidding, &schedule(&[(1, 1, &[1, 2])]), expected, &schedule(&[(1, 1, &[2])]));
    assert_eq!(breaches(&event(SameOrganization::Avoid), &schedule(&[(1, 1, &[1, 2])])), []);
}

#[test]
fn must_meet() {
    let event = EventBuilder::new(2, 1, 2).must_meet(1, 2).build();
    let expected = breach(Rule::MustMeet, None, &[2], &[1], (0, 1));
    assert_breach(&event, &schedule(&[(1, 1, &[1])]), expected, &schedule(&[(2, 2, &[1])]));
}

#[test]
fn pinned_seat() {
    let event = EventBuilder::new(1, 1, 2).pinned_seat(1, 1, 2).build();
    let expected = breach(Rule::PinnedSeat, Some(2), &[1], &[1], (0, 1));
    assert_breach(&event, &schedule(&[(1, 1, &[1])]), expected, &schedule(&[(2, 1, &[1])]));
}

#[test]
fn kept_apart() {
    let event = EventBuilder::new(2, 2, 1).kept_apart(2, 1).build();
    let expected = breach(Rule::KeptApart, Some(1), &[2], &[1, 2], (1, 0));
    assert_breach(&event, &schedule(&[(1, 2, &[1, 2])]), expected, &schedule(&[(1, 1, &[1]), (1, 2, &[2])]));
}

#[test]
fn kept_apart_may_take_turns_at_one_table() {
    let event = EventBuilder::new(1, 2, 2).kept_apart(1, 2).build();
    assert_eq!(breaches(&event, &schedule(&[(1, 1, &[1]), (2, 1, &[2])])), []);
}

#[test]
fn kept_together() {
    let event = EventBuilder::new(2, 2, 1).kept_together(1, 2).build();
    let broken = schedule(&[(1, 1, &[1]), (1, 2, &[2])]);
    let expected = breach(Rule::KeptTogether, Some(1), &[1, 2], &[1, 2], (2, 0));
    assert_breach(&event, &broken, expected, &schedule(&[(1, 2, &[1, 2])]));
}

#[test]
fn kept_together_only_where_both_are_present() {
    let event = EventBuilder::new(1, 2, 1).kept_together(1, 2).build();
    let away = EventBuilder::new(1, 2, 1).kept_together(1, 2).mentee_away(2, &[1]).build();
    let alone = schedule(&[(1, 1, &[1])]);
    assert_eq!(breaches(&event, &alone), [breach(Rule::KeptTogether, Some(1), &[1], &[1, 2], (1, 0))]);
    assert_eq!(breaches(&away, &alone), []);
}

#[test]
fn meetings_wanted_at_least() {
    let event = EventBuilder::new(2, 1, 2).least(1, 2).build();
    let expected = breach(Rule::MeetingsWanted, None, &[], &[1], (1, 2));
    assert_breach(&event, &schedule(&[(1, 1, &[1])]), expected, &schedule(&[(1, 1, &[1]), (2, 2, &[1])]));
}

#[test]
fn meetings_wanted_at_most() {
    let event = EventBuilder::new(2, 1, 2).most(1, 1).build();
    let expected = breach(Rule::MeetingsWanted, None, &[], &[1], (2, 1));
    assert_breach(&event, &schedule(&[(1, 1, &[1]), (2, 2, &[1])]), expected, &schedule(&[(2, 2, &[1])]));
}

#[test]
fn expert_load_in_all() {
    let event = EventBuilder::new(1, 3, 5).most_sittings(1, 2).build();
    let broken = schedule(&[(1, 1, &[1]), (3, 1, &[2]), (5, 1, &[3])]);
    let expected = breach(Rule::ExpertLoad, None, &[1], &[], (3, 2));
    assert_breach(&event, &broken, expected, &schedule(&[(1, 1, &[1]), (3, 1, &[2, 3])]));
}

#[test]
fn expert_load_in_a_row() {
    let event = EventBuilder::new(1, 3, 4).most_in_a_row(1, 2).build();
    let broken = schedule(&[(2, 1, &[1]), (3, 1, &[2]), (4, 1, &[3])]);
    let expected = breach(Rule::ExpertLoad, Some(2), &[1], &[], (3, 2));
    assert_breach(&event, &broken, expected, &schedule(&[(1, 1, &[1]), (2, 1, &[2]), (4, 1, &[3])]));
}

#[test]
fn tables_in_room() {
    let rooms = EventBuilder::new(3, 2, 2).rooms(&[Some(1), None]);
    let event = rooms.in_room(1, 1).in_room(2, 1).in_room(3, 2).build();
    let expected = breach(Rule::TablesInRoom, Some(1), &[1, 2], &[], (2, 1));
    assert_breach(&event, &schedule(&[(1, 1, &[1]), (1, 2, &[2])]), expected, &schedule(&[(1, 1, &[1]), (1, 3, &[2])]));
}

#[test]
fn travel() {
    // Rounds of 12 minutes every 15: 3 minutes to the next round, 18 to the one after it.
    let rooms = EventBuilder::new(2, 1, 3).rooms(&[None, None]).in_room(1, 1).in_room(2, 2);
    let event = rooms.travel(2, 1, 4).build();
    let expected = breach(Rule::Travel, Some(2), &[1, 2], &[1], (3, 4));
    assert_breach(&event, &schedule(&[(1, 1, &[1]), (2, 2, &[1])]), expected, &schedule(&[(1, 1, &[1]), (3, 2, &[1])]));
}

#[test]
fn travel_may_take_all_the_minutes_there_are() {
    let rooms = EventBuilder::new(3, 1, 2).rooms(&[None, None, None]).in_room(1, 1).in_room(2, 2).in_room(3, 3);
    let event = rooms.travel(1, 2, 3).travel(1, 3, 20).build();
    assert_eq!(breaches(&event, &schedule(&[(1, 1, &[1]), (2, 2, &[1])])), []);
}

#[test]
fn travel_looks_past_the_next_seat() {
    let rooms = EventBuilder::new(3, 1, 3).rooms(&[None, None, None]).in_room(1, 1).in_room(2, 2).in_room(3, 3);
    let event = rooms.travel(1, 3, 20).build();
    let broken = schedule(&[(1, 1, &[1]), (2, 2, &[1]), (3, 3, &[1])]);
    let expected = breach(Rule::Travel, Some(3), &[1, 3], &[1], (18, 20));
    assert_breach(&event, &broken, expected, &schedule(&[(1, 1, &[1]), (2, 2, &[1])]));
}

#[test]
fn every_round() {
    let event = |open| EventBuilder::new(1, 2, 3).expert_away(1, &[3]).open(open).build();
    let once = schedule(&[(1, 1, &[1, 2])]);
    let expected = breach(Rule::EveryRound, Some(2), &[1], &[], (0, 1));
    assert_breach(&event(Open::EveryRound), &once, expected, &schedule(&[(1, 1, &[1]), (2, 1, &[2])]));
    assert_eq!(breaches(&event(Open::Auto), &once), []);
    assert_eq!(breaches(&event(Open::AsNeeded), &once), []);
}

#[test]
fn frozen_rounds() {
    let event = EventBuilder::new(2, 2, 2).frozen(&[1], seats(&[(1, 1, &[1]), (1, 2, &[2])])).build();
    let twin = schedule(&[(1, 1, &[1]), (1, 2, &[2]), (2, 1, &[2])]);
    let gone = breach(Rule::FrozenRounds, Some(1), &[2], &[2], (0, 1));
    assert_breach(&event, &schedule(&[(1, 1, &[1]), (2, 1, &[2])]), gone, &twin);
    let new = breach(Rule::FrozenRounds, Some(1), &[1], &[2], (1, 0));
    let unplayed = EventBuilder::new(2, 2, 2).frozen(&[1], seats(&[(1, 1, &[1])])).build();
    assert_eq!(breaches(&unplayed, &schedule(&[(1, 1, &[1, 2])])), [new]);
}

#[test]
fn all_breaches_come_at_once_in_the_order_of_the_rules() {
    let event = EventBuilder::new(2, 2, 2).capacity(1, 1).keep_out(2, 1).must_meet(1, 2).must_meet(1, 2).build();
    let broken = schedule(&[(2, 1, &[1, 2]), (1, 1, &[1])]);
    let expected = [
        breach(Rule::MeetOnce, None, &[1], &[1], (2, 1)),
        breach(Rule::TableCapacity, Some(2), &[1], &[1, 2], (2, 1)),
        breach(Rule::KeepOut, Some(2), &[1], &[2], (1, 0)),
        breach(Rule::MustMeet, None, &[2], &[1], (0, 1)),
    ];
    assert_eq!(breaches(&event, &broken), expected);
}

#[test]
fn a_pair_seated_twice_at_one_table_is_one_person_at_it() {
    let event = EventBuilder::new(1, 1, 1).topics(2).capacity(1, 1).build();
    let twice = [1, 2].into_iter().flat_map(|topic| schedule_on(&[(1, 1, topic, &[1])]).seats().to_vec());
    let broken = Schedule::new(twice.collect::<Vec<Seat>>());
    let expected = [
        breach(Rule::OneSeatARound, Some(1), &[1], &[1], (2, 1)),
        breach(Rule::MeetOnce, None, &[1], &[1], (2, 1)),
        breach(Rule::OneTopicASitting, Some(1), &[1], &[1], (2, 1)),
        // `most` is one meeting, as there is one round.
        breach(Rule::MeetingsWanted, None, &[], &[1], (2, 1)),
    ];
    assert_eq!(breaches(&event, &broken), expected);
}
