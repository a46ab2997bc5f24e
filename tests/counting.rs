//! Bounds by counting: exact on events made by hand, and never beyond the best of all schedules.

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use tablehop::check::values;
use tablehop::domain::{Event, Open, Priority};
use tablehop::pairs::Pairs;
use tablehop::solve::counting::{even_tables, fair_share, first_choices, new_faces, preferences, seats as most_seats};

use super::support::oracle::{best, upwards};
use super::support::random::{Planted, SMALL, TINY, WEE, mixed, orders};
use super::support::{EventBuilder, seats};

/// Both bounds, given the values of the levels above each.
fn bounds(event: &Event, every_round: bool, values: &[(Priority, Vec<i64>)]) -> [i64; 2] {
    let above = |priority| {
        let end = values.iter().position(|(p, _)| *p == priority).unwrap_or(values.len());
        &values[..end]
    };
    let pairs = Pairs::new(event);
    [
        new_faces(&pairs, every_round, above(Priority::NewFaces)),
        even_tables(&pairs, every_round, above(Priority::EvenTables)),
    ]
}

/// Asserts both bounds where everybody has all the seats they want, and that a schedule of each meets them.
#[track_caller]
fn assert_exact(event: &Event, expected: [i64; 2]) {
    let wanted = event.mentee_ixs().map(|m| i64::from(event.wanted(m))).sum();
    assert_exact_with(event, vec![wanted, 0], expected);
}

/// The same where `seats` has that value.
#[track_caller]
fn assert_exact_with(event: &Event, seats: Vec<i64>, expected: [i64; 2]) {
    let found = bounds(event, event.open == Open::EveryRound, &[(Priority::Seats, seats.clone())]);
    let best = [Priority::NewFaces, Priority::EvenTables].map(|priority| {
        let event = Event { order: vec![Priority::Seats, priority], ..event.clone() };
        let best = best(&event).expect("there is a schedule");
        assert_eq!(best[0].1, seats);
        best[1].1[0]
    });
    assert_eq!((found, best), (expected, expected));
}

/// An event in one room with so many tables.
fn in_a_room(tables: u32, experts: usize, mentees: usize, rounds: usize) -> EventBuilder {
    let event = EventBuilder::new(experts, mentees, rounds).rooms(&[Some(tables)]);
    (1..=experts).fold(event, |event, expert| event.in_room(expert, 1))
}

#[test]
fn few_tables_in_a_room_bring_the_same_people_together() {
    // One table holds everybody, in both rounds: three pairs meet again.
    assert_exact(&in_a_room(1, 2, 3, 2).build(), [3, 0]);
    // At two of three tables two of three are a pair, and there are three pairs for two rounds.
    assert_exact(&in_a_room(2, 3, 3, 2).build(), [0, 0]);
    // Who was at one of two tables has to go to the other.
    assert_exact(&in_a_room(2, 2, 3, 2).build(), [1, 0]);
    assert_exact(&in_a_room(2, 2, 5, 2).build(), [4, 0]);
}

#[test]
fn small_groups_are_as_good_as_few_tables() {
    // Three of a group of three at least, whatever tables there are, and then again.
    let event = (1..=3).fold(EventBuilder::new(3, 3, 2), |event, expert| event.smallest_group(expert, 3));
    assert_exact(&event.build(), [3, 0]);
}

#[test]
fn a_few_sittings_are_as_good_as_few_tables() {
    // Two experts with a sitting each: all come to both.
    let event = EventBuilder::new(2, 3, 3).most_sittings(1, 1).most_sittings(2, 1).build();
    assert_exact_with(&event, vec![6, 3], [3, 0]);
}

#[test]
fn seats_that_cannot_be_dealt_evenly_cost_1_a_round() {
    // Seven at three tables.
    let event = EventBuilder::new(3, 7, 1).open(Open::EveryRound).build();
    assert_exact(&event, [0, 1]);
    // As needed, one of them can stay empty, but seven is odd: all at one table are even.
    let event = EventBuilder::new(3, 7, 1).build();
    assert_exact(&event, [0, 0]);
    // Unless they don't fit.
    let event = (1..=3).fold(EventBuilder::new(3, 7, 1), |event, expert| event.capacity(expert, 4));
    assert_exact(&event.build(), [0, 1]);
    // Groups of two and of four at least, of six people: another is not to be had.
    let event = EventBuilder::new(2, 6, 1).smallest_group(1, 2).smallest_group(2, 4).open(Open::EveryRound);
    assert_exact(&event.build(), [0, 2]);
}

#[test]
fn tables_of_unlike_capacity_are_not_compared() {
    // Two and one, at tables for three and for two; and four at three tables, of which two are for two.
    let event = EventBuilder::new(2, 3, 1).capacity(2, 2).open(Open::EveryRound).build();
    assert_exact(&event, [0, 0]);
    let event = EventBuilder::new(3, 4, 1).capacity(2, 2).capacity(3, 2).open(Open::EveryRound).build();
    assert_exact(&event, [0, 0]);
    // Eight chairs, four of each kind, one empty.
    let event = (1..=4).fold(EventBuilder::new(4, 7, 1), |event, expert| event.capacity(expert, 1 + expert as u32 / 3));
    assert_exact_with(&event.build(), vec![6, 1], [0, 0]);
}

#[test]
fn colleagues_at_one_table_count_each_time() {
    // Three of one organization at two tables, twice.
    let event = in_a_room(2, 2, 3, 2).organization(&[], &[1, 2, 3]).build();
    assert_exact(&event, [2, 0]);
}

#[test]
fn those_who_are_kept_together_meet_again_in_every_seat_that_they_share() {
    let event = EventBuilder::new(3, 2, 3).kept_together(1, 2);
    assert_exact(&event.build(), [2, 0]);
    // In one of three rounds one of them is alone.
    let event = EventBuilder::new(3, 2, 3).kept_together(1, 2).mentee_away(2, &[2]).organization(&[], &[1, 2]);
    assert_exact(&event.build(), [2, 0]);
}

#[test]
fn those_who_cannot_meet_leave_fewer_to_meet() {
    // M02 and M03 are a pair in both rounds, and M01 is alone.
    let event = in_a_room(2, 3, 3, 2).capacity(1, 2).capacity(2, 2).capacity(3, 2).kept_apart(1, 2).kept_apart(1, 3);
    assert_exact(&event.build(), [1, 2]);
}

#[test]
fn frozen_rounds_are_known() {
    // Round 1: M01, M02 and M03 at one table, M04 at the other. Four at two tables again, and a pair of the three.
    let event = EventBuilder::new(4, 4, 2).frozen(&[1], seats(&[(1, 1, &[1, 2, 3]), (1, 2, &[4])]));
    let event = event.expert_away(1, &[2]).expert_away(2, &[2]).build();
    assert_exact(&event, [1, 2]);
}

#[test]
fn without_seats_above_only_what_is_asked_for_is_there() {
    let event = || in_a_room(1, 2, 3, 2).order(&[Priority::NewFaces, Priority::EvenTables]);
    let least = |event: Event| bounds(&event, event.open == Open::EveryRound, &[]);
    assert_eq!(least(event().build()), [0, 0]);
    assert_eq!(least(event().least(1, 2).least(2, 2).least(3, 2).build()), [3, 0]);
    assert_eq!(
        least(event().pinned_seat(1, 1, 1).pinned_seat(2, 1, 1).pinned_seat(1, 2, 2).pinned_seat(2, 2, 2).build()),
        [1, 0]
    );
    let event = EventBuilder::new(2, 3, 2).smallest_group(1, 2).open(Open::EveryRound).build();
    assert_eq!(least(event), [1, 2]);
}

#[test]
fn without_the_pair_model_capacities_and_choices_are_counted() {
    // Two tables of one chair, twice: two of six seats are missing, for two mentees best.
    let event = EventBuilder::new(2, 3, 2).topics(2).offers(1, &[1]).offers(2, &[1, 2]).capacity(1, 1).capacity(2, 1);
    // M01 would have E01, and the first topic with both; M02 the second topic once; M03 nothing.
    let event = event.expert_stars(1, &[(1, 5)]).topic_ranks(1, &[(1, 1)]).topic_ranks(2, &[(2, 4)]).first_choices(3);
    let event = event.build();
    let at_best = [vec![4, 2], vec![1], vec![2, 2], vec![100 + 2 * 100 + 35]];
    assert_eq!(bounds_of_meetings(&event, false).into_iter().map(|(_, bound)| bound).collect::<Vec<_>>(), at_best);
}

/// Small events with little room: few tables, small groups, colleagues, kept together, frozen rounds. Many can't be.
fn crowded() -> impl Strategy<Value = Event> {
    let size = prop_oneof![Just((2, 4, 2)), Just((2, 5, 2)), Just((3, 4, 2)), Just((2, 3, 3)), Just((3, 7, 1))];
    let orders = [
        vec![Priority::Seats, Priority::NewFaces, Priority::EvenTables],
        vec![Priority::Seats, Priority::EvenTables, Priority::NewFaces],
        vec![Priority::NewFaces, Priority::EvenTables],
        vec![Priority::EvenTables, Priority::NewFaces],
    ];
    (size, select(orders.to_vec()), vec(any::<u8>(), 32))
        .prop_map(|(size, order, rolls)| crowd(size, rolls).order(&order).build())
}

fn crowd((experts, mentees, rounds): (usize, usize, usize), rolls: Vec<u8>) -> EventBuilder {
    let mut rolls = rolls.into_iter().cycle();
    // One of so many.
    let mut below = |n: usize| rolls.next().map_or(0, |roll| usize::from(roll) % n);
    let mut event = EventBuilder::new(experts, mentees, rounds);
    if below(2) == 0 {
        event = event.open(Open::EveryRound);
    }
    if below(2) == 0 {
        event = event.rooms(&[Some(1 + below(2) as u32)]);
        event = (1..=experts).fold(event, |event, expert| event.in_room(expert, 1));
    }
    let capacity = (mentees - below(mentees - 1)) as u32;
    for expert in 1..=experts {
        event = match below(4) {
            0 => event.capacity(expert, 1 + below(mentees) as u32),
            1 => event.capacities(expert, &[capacity, 1, capacity][..rounds]),
            _ => event.capacity(expert, capacity),
        };
        event = event.smallest_group(expert, 1 + below(3) as u32);
        event = match below(8) {
            0 => event.most_sittings(expert, 1),
            1 => event.most_in_a_row(expert, 1),
            2 => event.expert_away(expert, &[1 + below(rounds)]),
            3 => event.keep_out(1 + below(mentees), expert),
            _ => event,
        };
    }
    for mentee in 1..=mentees {
        let expert = 1 + below(experts);
        event = match below(12) {
            0 => event.mentee_away(mentee, &[1 + below(rounds)]),
            1 => event.most(mentee, 1),
            2 => event.least(mentee, 1),
            3 => event.must_meet(mentee, expert),
            4 => event.pinned_seat(mentee, expert, 1 + below(rounds)),
            _ => event,
        };
    }
    match below(6) {
        0 => event.kept_together(1, 2),
        1 => event.kept_apart(1, 2),
        2 => event.organization(&[], &[1, 2, 3]),
        3 => event.frozen(&[1], seats(&[(1, 1, &[1, 2, 3])])),
        4 => event.frozen(&[rounds], seats(&[(rounds, 1, &[1]), (rounds, 2, &[2, 3])])),
        _ => event,
    }
}

/// The bounds on the priorities that the pair model knows.
fn bounds_of_meetings(event: &Event, every_round: bool) -> Vec<(Priority, Vec<i64>)> {
    let pairs = Pairs::new(event);
    vec![
        (Priority::Seats, most_seats(&pairs, every_round)),
        (Priority::FirstChoices, vec![first_choices(event)]),
        (Priority::FairShare, fair_share(event)),
        (Priority::Preferences, vec![preferences(&pairs)]),
    ]
}

/// No bound is beyond what a schedule with these values reaches.
fn assert_bounded(event: &Event, values: &[(Priority, Vec<i64>)]) {
    let every_round = event.open == Open::EveryRound;
    let [new_faces, even_tables] = bounds(event, every_round, values);
    let of_pairs = [(Priority::NewFaces, vec![new_faces]), (Priority::EvenTables, vec![even_tables])];
    for (priority, bound) in bounds_of_meetings(event, every_round).into_iter().chain(of_pairs) {
        let up = |value: &Vec<i64>| upwards(event, &[(priority, value.clone())]);
        let reached = values.iter().find(|(p, _)| *p == priority);
        assert!(reached.is_none_or(|(_, value)| up(&bound) >= up(value)), "{bound:?}, and {values:?} can be reached");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bound_is_beyond_the_best_of_a_crowded_event(event in crowded()) {
        if let Some(best) = best(&event) {
            assert_bounded(&event, &best);
        }
    }

    #[test]
    fn no_bound_is_beyond_what_a_schedule_reaches(planted in mixed(SMALL), order in orders()) {
        let Planted { event, plant } = planted;
        let event = Event { order, ..event };
        assert_bounded(&event, &values(&event, &plant, None));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bound_is_beyond_the_best(planted in mixed(TINY)) {
        assert_bounded(&planted.event, &best(&planted.event).expect("the plant meets the rules"));
    }

    #[test]
    fn no_bound_is_beyond_the_best_in_any_order(planted in mixed(WEE), order in orders()) {
        let event = Event { order, ..planted.event };
        assert_bounded(&event, &best(&event).expect("the plant meets the rules"));
    }
}
