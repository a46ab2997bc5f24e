//! The value of each priority, calculated by hand.

use tablehop::check;
use tablehop::domain::{Event, Priority, SameOrganization, Schedule};

use super::support::{EventBuilder, m, schedule, schedule_on};

fn value(event: &Event, schedule: &Schedule, priority: Priority) -> Vec<i64> {
    check::value(event, schedule, priority, None)
}

#[test]
fn seats_counts_seats_then_sit_outs_squared() {
    let event = EventBuilder::new(2, 3, 3).mentee_away(3, &[1]).most(2, 1).build();
    // Sit-outs: M01 has 1 of 3, M02 has 1 of 1, M03 has 0 of 2.
    let plan = schedule(&[(1, 1, &[1]), (2, 2, &[2])]);
    assert_eq!(value(&event, &plan, Priority::Seats), [2, 4 + 4]);
}

#[test]
fn seats_has_no_sit_outs_where_more_was_given_than_wanted() {
    let event = EventBuilder::new(2, 1, 2).most(1, 0).build();
    assert_eq!(value(&event, &schedule(&[(1, 1, &[1])]), Priority::Seats), [1, 0]);
}

#[test]
fn seats_weighs_sit_outs_by_who_goes_first_where_the_rosters_tell() {
    let event = EventBuilder::new(1, 3, 2).priority(1, 5).priority(2, 1).build();
    // M02 goes first, M01 second, M03 last: weights 3, 2, 1. Sit-outs: M01 1, M02 2, M03 1.
    assert_eq!(event.precedence(), Some(vec![2, 3, 1]));
    let plan = schedule(&[(1, 1, &[1, 3])]);
    assert_eq!(value(&event, &plan, Priority::Seats), [2, 1 + 4 + 1, 2 + 2 * 3 + 1]);
}

#[test]
fn who_sent_the_form_earlier_goes_first_among_alike_priorities() {
    let sent = EventBuilder::new(1, 3, 1).submitted(1, "2027-01-31T08:01").submitted(2, "2027-01-31T08:00");
    assert_eq!(sent.priority(3, 9).build().precedence(), Some(vec![1, 2, 3]));
}

#[test]
fn courtesies_counts_seats_of_pairs_to_avoid_each_once() {
    let event = |rule| {
        let event = EventBuilder::new(2, 2, 2).avoid(1, 1).avoid(2, 2).organization(&[1, 2], &[1]);
        event.same_organization(rule).build()
    };
    // M01 meets E01 (asked to be avoided, and a colleague) and E02 (a colleague); M02 meets E01 (neither).
    let plan = schedule(&[(1, 1, &[1]), (2, 2, &[1]), (2, 1, &[2])]);
    assert_eq!(value(&event(SameOrganization::Avoid), &plan, Priority::Courtesies), [2]);
    assert_eq!(value(&event(SameOrganization::Allow), &plan, Priority::Courtesies), [1]);
}

#[test]
fn first_choices_counts_mentees_by_the_rank_of_their_best_seat() {
    let event = |rank| {
        let lists = EventBuilder::new(3, 3, 2).expert_ranks(1, &[(1, 1), (2, 2)]).expert_ranks(2, &[(1, 3)]);
        lists.first_choices(rank).build()
    };
    let plan = schedule(&[(1, 1, &[1]), (2, 2, &[1]), (2, 1, &[2]), (1, 3, &[3])]);
    assert_eq!([1, 2, 3].map(|rank| value(&event(rank), &plan, Priority::FirstChoices)), [[1], [1], [2]]);
}

#[test]
fn fair_share_counts_mentees_with_at_least_so_many_choices() {
    let all = [(1, 1), (2, 2), (3, 3)];
    let event = EventBuilder::new(3, 3, 3).expert_ranks(1, &all).expert_ranks(2, &all[..1]).build();
    // Choices: M01 has 3, M02 has 1 of 2 seats, M03 has none.
    let plan = schedule(&[(1, 1, &[1, 3]), (2, 2, &[1, 2]), (3, 3, &[1]), (3, 1, &[2])]);
    assert_eq!(value(&event, &plan, Priority::FairShare), [2, 1, 1]);
}

#[test]
fn fair_share_is_as_long_as_the_most_meetings_that_anybody_wants() {
    let event = EventBuilder::new(1, 2, 3).most(1, 2).mentee_away(2, &[1, 2]).build();
    assert_eq!(value(&event, &schedule(&[]), Priority::FairShare), [0, 0]);
}

#[test]
fn variety_counts_repeated_topics_and_passes_over_listed_experts_on_either_side() {
    let event = EventBuilder::new(4, 1, 4).topics(2).expert_ranks(1, &[(1, 1)]).build();
    let about = |topics: [usize; 4]| {
        let [a, b, c, d] = topics;
        let plan = schedule_on(&[(1, 1, a, &[1]), (2, 2, b, &[1]), (3, 3, c, &[1]), (4, 4, d, &[1])]);
        value(&event, &plan, Priority::Variety)
    };
    assert_eq!(about([1, 1, 1, 1]), [2]);
    assert_eq!(about([1, 2, 1, 2]), [1]);
    let once = schedule_on(&[(1, 1, 1, &[1]), (2, 2, 1, &[1]), (3, 3, 2, &[1])]);
    assert_eq!(value(&event, &once, Priority::Variety), [0]);
}

#[test]
fn variety_is_void_without_topics() {
    let event = EventBuilder::new(2, 1, 2).build();
    assert_eq!(value(&event, &schedule(&[(1, 1, &[1]), (2, 2, &[1])]), Priority::Variety), [0]);
}

#[test]
fn preferences_sums_the_scores() {
    let lists = EventBuilder::new(2, 2, 1).topics(2).topic_ranks(1, &[(1, 1)]).expert_ranks(2, &[(2, 2)]);
    let event = lists.wishes(2, &[2]).build();
    // M01 on a topic of rank 1; M02 with an expert of rank 2 who wishes it.
    let plan = schedule_on(&[(1, 1, 1, &[1]), (1, 2, 2, &[2])]);
    assert_eq!(value(&event, &plan, Priority::Preferences), [100 + 40 + 40]);
}

#[test]
fn new_faces_counts_meeting_again_and_colleagues_once() {
    let event = EventBuilder::new(3, 4, 3).organization(&[], &[2, 3]).organization(&[], &[1, 4]).build();
    // M01 and M02 sit together three times; M02 and M03, colleagues, once; M01 and M04, colleagues, never.
    let plan = schedule(&[(1, 1, &[1, 2, 3]), (2, 2, &[1, 2]), (3, 3, &[1, 2]), (3, 1, &[4])]);
    assert_eq!(value(&event, &plan, Priority::NewFaces), [2 + 1]);
    let often = schedule(&[(1, 1, &[2, 3]), (2, 2, &[2, 3]), (3, 3, &[2, 3])]);
    assert_eq!(value(&event, &often, Priority::NewFaces), [2 + 1]);
}

#[test]
fn even_tables_compares_open_tables_of_one_capacity_in_a_round() {
    let tables = EventBuilder::new(4, 6, 2).capacities(1, &[3, 5]).capacity(2, 3).capacity(3, 5).capacity(4, 5);
    let event = tables.build();
    // Round 1: of three seats E01 with 3 and E02 with 1; of five seats E03 with 2, and E04 closed.
    // Round 2: of five seats E01 with 1, E03 with 3 and E04 with 2; of three seats none.
    let first: [(usize, usize, &[usize]); 3] = [(1, 1, &[1, 2, 3]), (1, 2, &[4]), (1, 3, &[5, 6])];
    let second: [(usize, usize, &[usize]); 3] = [(2, 1, &[4]), (2, 3, &[1, 2, 3]), (2, 4, &[5, 6])];
    assert_eq!(value(&event, &schedule(&first), Priority::EvenTables), [2]);
    assert_eq!(value(&event, &schedule(&[first, second].concat()), Priority::EvenTables), [2 + 2]);
}

#[test]
fn worst_off_is_the_smallest_share_of_a_mentees_own_best_rounded_down() {
    let lists = EventBuilder::new(3, 3, 2).expert_ranks(1, &[(1, 1), (3, 3)]).expert_ranks(2, &[(2, 2)]);
    let event = lists.build();
    // M01 gets 60 of 60 + 30, M02 all of 40, and M03, who lists nobody, does not count.
    let plan = schedule(&[(1, 1, &[1]), (1, 2, &[2])]);
    assert_eq!(value(&event, &plan, Priority::WorstOff), [6666]);
    assert_eq!(value(&event, &schedule(&[(1, 1, &[1])]), Priority::WorstOff), [0]);
}

#[test]
fn worst_off_leaves_out_experts_whom_the_mentee_never_meets() {
    let lists = || EventBuilder::new(4, 1, 4).expert_ranks(1, &[(1, 1), (2, 1), (3, 1), (4, 3)]);
    let plan = schedule(&[(1, 4, &[1])]);
    assert_eq!(value(&lists().build(), &plan, Priority::WorstOff), [1428]);
    let kept_out = lists().keep_out(1, 1).mentee_knows(1, &[2]).expert_knows(3, &[1]);
    assert_eq!(value(&kept_out.build(), &plan, Priority::WorstOff), [10_000]);
    let colleagues = |rule| lists().organization(&[1, 2, 3], &[1]).same_organization(rule).build();
    assert_eq!(value(&colleagues(SameOrganization::Forbid), &plan, Priority::WorstOff), [10_000]);
    assert_eq!(value(&colleagues(SameOrganization::Avoid), &plan, Priority::WorstOff), [1428]);
}

#[test]
fn worst_off_is_whole_where_nobody_lists_anything() {
    assert_eq!(value(&EventBuilder::new(1, 1, 1).build(), &schedule(&[]), Priority::WorstOff), [10_000]);
}

#[test]
fn idle_gaps_counts_rounds_between_a_persons_first_and_last_of_a_day() {
    let starts = ["2027-03-09T13:30", "2027-03-09T13:45", "2027-03-09T14:00", "2027-03-10T09:00", "2027-03-10T09:15"];
    let event = EventBuilder::new(3, 2, 5).starts(&starts).build();
    // M01 waits in round 2, and not overnight; E01 waits in round 2.
    let plan = schedule(&[(1, 1, &[1]), (3, 2, &[1]), (5, 3, &[1]), (3, 1, &[2])]);
    assert_eq!(value(&event, &plan, Priority::IdleGaps), [1 + 1]);
}

#[test]
fn idle_gaps_goes_by_the_day_where_the_event_is() {
    // Midnight in UTC falls between rounds 1 and 2.
    let starts = ["2027-03-09T17:45", "2027-03-09T18:00", "2027-03-09T18:15"];
    let event = EventBuilder::new(2, 1, 3).starts(&starts).build();
    assert_eq!(value(&event, &schedule(&[(1, 1, &[1]), (3, 2, &[1])]), Priority::IdleGaps), [1]);
}

#[test]
fn room_changes_counts_between_seats_of_a_day_that_follow_each_other() {
    let starts = ["2027-03-09T13:30", "2027-03-09T13:45", "2027-03-09T14:00", "2027-03-10T09:00"];
    let rooms = EventBuilder::new(4, 3, 4).starts(&starts).rooms(&[None, None]);
    let event = rooms.in_room(1, 1).in_room(2, 2).in_room(4, 2).build();
    // M01 changes once, then stays, then comes back another day.
    let of_one: [(usize, usize, &[usize]); 4] = [(1, 1, &[1]), (2, 2, &[1]), (3, 4, &[1]), (4, 1, &[1])];
    assert_eq!(value(&event, &schedule(&of_one), Priority::RoomChanges), [1]);
    // M02 goes by E03, who has no room; M03 changes with a round off in between.
    let of_others: [(usize, usize, &[usize]); 5] =
        [(1, 1, &[2]), (2, 3, &[2]), (3, 2, &[2]), (1, 4, &[3]), (3, 1, &[3])];
    assert_eq!(value(&event, &schedule(&of_others), Priority::RoomChanges), [1]);
}

#[test]
fn changes_counts_people_whose_card_differs_then_seats() {
    let event = EventBuilder::new(2, 3, 2).topics(2).build();
    let standing = schedule_on(&[(1, 1, 1, &[1]), (1, 2, 1, &[2]), (2, 1, 1, &[3])]);
    let changes = |plan: &Schedule| check::value(&event, plan, Priority::Changes, Some(&standing));
    assert_eq!(changes(&standing), [0, 0]);
    // M01 and M02 swap, which their experts' cards don't show.
    assert_eq!(changes(&schedule_on(&[(1, 1, 1, &[2]), (1, 2, 1, &[1]), (2, 1, 1, &[3])])), [2, 2]);
    // M03 goes to E02: E01 and E02 have other sittings.
    assert_eq!(changes(&schedule_on(&[(1, 1, 1, &[1]), (1, 2, 1, &[2]), (2, 2, 1, &[3])])), [3, 1]);
    // E01's second sitting is about another topic.
    assert_eq!(changes(&schedule_on(&[(1, 1, 1, &[1]), (1, 2, 1, &[2]), (2, 1, 2, &[3])])), [2, 1]);
    // E01's second sitting falls away.
    assert_eq!(changes(&schedule_on(&[(1, 1, 1, &[1]), (1, 2, 1, &[2])])), [2, 0]);
}

#[test]
fn without_a_standing_plan_nothing_has_changed() {
    let event = EventBuilder::new(1, 1, 1).build();
    assert_eq!(value(&event, &schedule(&[(1, 1, &[1])]), Priority::Changes), [0, 0]);
}

#[test]
fn values_come_in_the_events_order() {
    let order = [Priority::Preferences, Priority::Changes, Priority::Seats];
    let event = EventBuilder::new(1, 1, 1).expert_ranks(1, &[(1, 1)]).order(&order).build();
    let expected = [(Priority::Preferences, vec![60]), (Priority::Changes, vec![2, 1]), (Priority::Seats, vec![1, 0])];
    assert_eq!(check::values(&event, &schedule(&[(1, 1, &[1])]), Some(&schedule(&[]))), expected);
    assert_eq!(event.wanted(m(1)), 1);
}
