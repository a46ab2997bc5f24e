//! Rules that cannot hold together: named where the reason is short, and never said of an event that has a schedule.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, proptest};
use tablehop::check;
use tablehop::domain::{Event, ExpertIx, RoundIx, Rule};
use tablehop::pairs::Pairs;
use tablehop::solve::{Contradiction, Options, Outcome, solve};

use super::support::EventBuilder;
use super::support::oracle::best;

/// What comes of the event; the checker accepts the schedule.
fn outcome(event: &Event) -> Outcome {
    let (steps, seed) = (2_000, 1);
    let options = Options { steps, seed, standing: None, stop: &|| false, left: &|| None, progress: &|_| {} };
    let outcome = solve(&Pairs::new(event), &options);
    if let Outcome::Solved(schedule, certificate) = &outcome {
        assert_eq!(check::breaches(event, schedule), []);
        assert_eq!(check::certificate_faults(event, schedule, certificate, None), []);
    }
    outcome
}

/// Rules, mentees, experts and a round, all but the rules by number.
type Named = (Vec<Rule>, Vec<usize>, Vec<usize>, Option<usize>);

/// The contradictions of an event that is proven to be impossible.
fn contradictions(event: EventBuilder) -> Vec<Named> {
    let found = match outcome(&event.build()) {
        Outcome::Impossible(found) => found,
        outcome => panic!("{outcome:?}"),
    };
    let named = |Contradiction { rules, mentees, experts, round }: Contradiction| {
        let mentees = mentees.iter().map(|m| m.index() + 1).collect();
        let experts = experts.iter().map(|e: &ExpertIx| e.index() + 1).collect();
        (rules, mentees, experts, round.map(|r: RoundIx| r.index() + 1))
    };
    found.into_iter().map(named).collect()
}

#[test]
fn pinned_seats_against_each_other_are_named() {
    use Rule::{MeetOnce, OneSeatARound, PinnedSeat, TableCapacity};
    let event = EventBuilder::new(2, 2, 2).pinned_seat(1, 1, 1).pinned_seat(1, 2, 1).pinned_seat(1, 1, 2);
    let expected = [
        (vec![PinnedSeat, OneSeatARound], vec![1], vec![1, 2], Some(1)),
        (vec![PinnedSeat, MeetOnce], vec![1], vec![1], Some(2)),
    ];
    assert_eq!(contradictions(event), expected);
    let event = EventBuilder::new(1, 2, 1).capacity(1, 1).pinned_seat(1, 1, 1).pinned_seat(2, 1, 1);
    assert_eq!(contradictions(event)[0], (vec![PinnedSeat, TableCapacity], vec![1, 2], vec![1], Some(1)));
}

#[test]
fn a_pinned_seat_at_a_table_that_has_none_in_that_round_is_named() {
    let event = EventBuilder::new(2, 2, 2).capacities(1, &[2, 0]).pinned_seat(1, 1, 2);
    let expected = (vec![Rule::PinnedSeat, Rule::TableCapacity], vec![1], vec![1], Some(2));
    assert_eq!(contradictions(event), [expected]);
}

#[test]
fn pinned_seats_of_two_who_are_kept_apart_are_named() {
    let event = EventBuilder::new(2, 3, 2).kept_apart(1, 2).pinned_seat(1, 1, 2).pinned_seat(2, 1, 2);
    let expected = (vec![Rule::PinnedSeat, Rule::KeptApart], vec![1, 2], vec![1], Some(2));
    assert_eq!(contradictions(event), [expected]);
}

#[test]
fn those_who_are_kept_together_with_a_pinned_mentee_are_pinned() {
    use Rule::{KeepOut, KeptApart, KeptTogether, MeetOnce, OneSeatARound, PinnedSeat, TableCapacity};
    // M01, pinned in round 2, is kept together with M02, and M02 with M03.
    let event = || EventBuilder::new(2, 3, 2).pinned_seat(1, 1, 2).kept_together(1, 2).kept_together(2, 3);
    let named = |rule, mentees: &[usize], experts: &[usize]| {
        vec![(vec![PinnedSeat, KeptTogether, rule], mentees.to_vec(), experts.to_vec(), Some(2))]
    };
    assert_eq!(contradictions(event().keep_out(3, 1)), named(KeepOut, &[1, 3], &[1]));
    assert_eq!(contradictions(event().kept_apart(1, 3)), named(KeptApart, &[1, 3], &[1]));
    assert_eq!(contradictions(event().kept_apart(2, 3)), named(KeptApart, &[1, 2, 3], &[1]));
    assert_eq!(contradictions(event().capacity(1, 2)), named(TableCapacity, &[1, 2, 3], &[1]));
    assert_eq!(contradictions(event().pinned_seat(3, 2, 2)), {
        let of_one = named(OneSeatARound, &[1, 3], &[1, 2]);
        let of_two = named(OneSeatARound, &[1, 2, 3], &[1, 2]);
        [of_one, of_two].concat()
    });
    let again = contradictions(event().pinned_seat(3, 1, 1).mentee_away(2, &[1]));
    assert_eq!(again, named(MeetOnce, &[1, 3], &[1]));
    // Without M02 nobody ties M03 to M01, and in another round nobody is tied at all.
    let free = event().keep_out(3, 1).mentee_away(2, &[2]).build();
    assert!(matches!(outcome(&free), Outcome::Solved(..)));
    let free = event().kept_apart(1, 3).mentee_away(3, &[2]).build();
    assert!(matches!(outcome(&free), Outcome::Solved(..)));
}

#[test]
fn fewer_seats_than_mentees_are_to_have_are_named() {
    let event = |least, rooms: &[Option<u32>]| {
        let event = EventBuilder::new(2, 3, 1).capacity(1, 2).capacity(2, 1).rooms(rooms).in_room(1, 1).in_room(2, 1);
        event.least(1, 1).least(2, 1).least(3, least)
    };
    for enough in [event(1, &[None]), event(0, &[Some(1)])] {
        assert!(matches!(outcome(&enough.build()), Outcome::Solved(..)));
    }
    let rules = vec![Rule::MeetingsWanted, Rule::TableCapacity, Rule::TablesInRoom];
    assert_eq!(contradictions(event(1, &[Some(1)])), [(rules, vec![1, 2, 3], vec![], None)]);
}

/// Tiny events with requests at random, and little room.
fn demanding() -> impl Strategy<Value = Event> {
    vec(any::<u8>(), 40).prop_map(|rolls| {
        let mut rolls = rolls.into_iter();
        let mut below = |n: usize| rolls.next().map_or(0, |roll| usize::from(roll) % n);
        let mut event = EventBuilder::new(2, 3, 2);
        for expert in 1..=2 {
            event = event.capacity(expert, 1 + below(3) as u32);
        }
        for _ in 0..2 + below(4) {
            let (mentee, expert, round) = (1 + below(3), 1 + below(2), 1 + below(2));
            let other = 1 + (mentee + below(2)) % 3;
            event = match below(8) {
                0 => event.must_meet(mentee, expert),
                1 | 2 => event.pinned_seat(mentee, expert, round),
                3 => event.kept_apart(mentee, other),
                4 | 5 => event.kept_together(mentee, other),
                6 => event.mentee_away(mentee, &[round]),
                _ => event.keep_out(mentee, expert),
            };
        }
        event.build()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_proven_impossible_has_no_schedule(event in demanding()) {
        match (outcome(&event), best(&event)) {
            (Outcome::Impossible(found), Some(_)) => prop_assert!(false, "{:?}, and there is a schedule", found),
            (Outcome::Solved(schedule, _), None) => prop_assert!(false, "{:?}, and no schedule meets the rules", schedule),
            _ => {}
        }
    }
}
