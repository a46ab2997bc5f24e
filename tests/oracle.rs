//! The oracle by itself, before anything is held against it.

use proptest::prelude::{ProptestConfig, proptest};
use tablehop::check;
use tablehop::domain::{Event, Open, Priority};

use super::support::oracle::{best, upwards};
use super::support::random::{Planted, TINY, WEE, alike, mixed, orders};
use super::support::{EventBuilder, schedule};

#[test]
fn the_best_of_an_event_solved_by_hand() {
    // Everybody wants E01, whose table seats one: two rounds, so M01 and M02 get it, who list it first.
    let lists = EventBuilder::new(2, 3, 2).capacity(1, 1).capacity(2, 2).topics(0);
    let event = lists.expert_ranks(1, &[(1, 1)]).expert_ranks(2, &[(1, 1)]).expert_ranks(3, &[(1, 2)]).build();
    // Five seats, for E02 meets each once and E01 twice; M03 sits out once.
    let expected = [
        (Priority::Seats, vec![5, 1]),
        (Priority::Courtesies, vec![0]),
        (Priority::FirstChoices, vec![2]),
        (Priority::FairShare, vec![2, 0]),
        (Priority::Variety, vec![0]),
        (Priority::Preferences, vec![120]),
        (Priority::NewFaces, vec![0]),
        (Priority::EvenTables, vec![0]),
    ];
    assert_eq!(best(&event), Some(expected.to_vec()));
}

#[test]
fn the_order_of_priorities_decides() {
    // One seat a round: with E01, whom M01 is to avoid and lists, or with E02.
    let event =
        |order: &[Priority]| EventBuilder::new(2, 1, 1).avoid(1, 1).expert_ranks(1, &[(1, 1)]).order(order).build();
    let courteous = vec![(Priority::Courtesies, vec![0]), (Priority::Preferences, vec![0])];
    let choosy = vec![(Priority::Preferences, vec![60]), (Priority::Courtesies, vec![1])];
    assert_eq!(best(&event(&[Priority::Courtesies, Priority::Preferences])), Some(courteous));
    assert_eq!(best(&event(&[Priority::Preferences, Priority::Courtesies])), Some(choosy));
}

#[test]
fn rules_that_cannot_be_met_have_no_best() {
    assert_eq!(best(&EventBuilder::new(1, 1, 1).must_meet(1, 1).keep_out(1, 1).build()), None);
}

#[test]
fn auto_is_every_round_where_that_can_be_and_as_needed_elsewhere() {
    // M01 alone cannot keep two tables open; with M02 they can.
    let event = |mentees, open| {
        let event = EventBuilder::new(2, mentees, 1).open(open).order(&[Priority::EvenTables]);
        event.pinned_seat(1, 1, 1).build()
    };
    assert_eq!(best(&event(1, Open::EveryRound)), None);
    assert_eq!(best(&event(1, Open::Auto)), Some(vec![(Priority::EvenTables, vec![0])]));
    assert_eq!(best(&event(2, Open::Auto)), best(&event(2, Open::EveryRound)));
}

/// There is a best, and the plant is no better, unless `auto` opens tables that the plant leaves empty.
fn assert_best(planted: &Planted) {
    let Planted { event, plant } = planted;
    let best = best(event).expect("the plant meets the rules");
    let reached = check::values(event, plant, None);
    let as_open = Event { open: Open::EveryRound, ..event.clone() };
    if event.open != Open::Auto || check::breaches(&as_open, plant).is_empty() {
        assert!(upwards(event, &best) >= upwards(event, &reached), "{best:?} is worse than {reached:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_planted_schedule_is_better_than_the_best(planted in mixed(TINY)) {
        assert_best(&planted);
    }

    #[test]
    fn no_planted_schedule_is_better_in_any_order(planted in mixed(WEE), order in orders()) {
        let event = Event { order, ..planted.event };
        assert_best(&Planted { event, ..planted });
    }

    #[test]
    fn no_planted_schedule_of_rounds_alike_is_better_than_the_best(planted in alike(TINY)) {
        assert_best(&planted);
    }
}

#[test]
fn an_empty_event_of_one_person_each_has_a_best() {
    let event = EventBuilder::new(1, 1, 1).order(&[Priority::Seats]).build();
    assert_eq!(best(&event), Some(vec![(Priority::Seats, vec![1, 0])]));
    assert_eq!(check::breaches(&event, &schedule(&[])), []);
}
