//! Events around a planted schedule, at the size of real ones, and as files.

use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};
use tablehop::check;
use tablehop::domain::{Event, Expert, Open, Request, Rule, SameOrganization};
use tablehop::input::{ReadOptions, Source, read, render};

use crate::support::planted::{Dice, Planted, Size, files, mixed, with_pins};
use crate::support::random;

/// As large as an event that an organizer plans by hand.
const M: Size = Size { experts: 40, mentees: 200, rounds: 6, topics: 15 };

/// The event that the program reads from the files of this one.
fn read_back(event: &Event) -> Event {
    let source = |(name, text): (&str, String)| Source { name: name.to_owned(), bytes: text.into_bytes() };
    let mut files = files(event).into_iter().map(source);
    let event_file = files.next().expect("the event file comes first");
    let read = read(&event_file, &files.collect::<Vec<_>>(), &ReadOptions::default());
    read.unwrap_or_else(|faults| panic!("{}", render(&faults, false, 120))).event
}

/// The first lines in which two events differ.
fn difference(one: &Event, other: &Event) -> Option<(String, String)> {
    let [one, other] = [one, other].map(|event| format!("{event:#?}"));
    let mut lines = one.lines().chain([""]).zip(other.lines().chain([""]));
    lines.find(|(a, b)| a != b).map(|(a, b)| (a.to_owned(), b.to_owned()))
}

/// The rules that have something to say in an event, beside those that hold everywhere.
fn at_work(event: &Event) -> BTreeSet<Rule> {
    let request = |request: &Request| match request {
        Request::KeepOut(..) => Some(Rule::KeepOut),
        Request::Avoid(..) => None,
        Request::MustMeet(..) => Some(Rule::MustMeet),
        Request::PinnedSeat(..) => Some(Rule::PinnedSeat),
        Request::KeptApart(..) => Some(Rule::KeptApart),
        Request::KeptTogether(..) => Some(Rule::KeptTogether),
    };
    let rounds = event.rounds.len() as u32;
    let absent = event.mentees.iter().any(|m| m.present != event.all_rounds());
    let rests = |e: &Expert| e.most_in_a_row.is_some_and(|most| most < rounds) || e.most_sittings < rounds;
    let some = [
        (absent, Rule::Presence),
        (event.experts.iter().any(|e| e.smallest_group > 1), Rule::SmallestGroup),
        (event.experts.iter().any(|e| e.topics.len() > 1), Rule::OneTopicASitting),
        (event.mentees.iter().any(|m| m.least > 0), Rule::MeetingsWanted),
        (event.experts.iter().any(rests), Rule::ExpertLoad),
        (event.rooms.iter().any(|room| room.tables.is_some()), Rule::TablesInRoom),
        (!event.travel.is_empty(), Rule::Travel),
        (event.open == Open::EveryRound, Rule::EveryRound),
        (!event.frozen.rounds.is_empty(), Rule::FrozenRounds),
    ];
    let some = some.into_iter().filter(|(at_work, _)| *at_work).map(|(_, rule)| rule);
    event.requests.iter().filter_map(request).chain(some).collect()
}

#[test]
fn plants_of_the_size_of_real_events_break_no_rule() {
    let mut rules = BTreeSet::from([Rule::OneSeatARound, Rule::MeetOnce, Rule::TableCapacity]);
    let mut forbidden = false;
    for seed in 0..40 {
        let Planted { event, plant } = mixed(M, Dice::seeded(seed));
        assert_eq!(check::breaches(&event, &plant), [], "seed {seed}");
        assert!(plant.seats().len() > 400, "seed {seed} is hardly an event: {} seats", plant.seats().len());
        rules.extend(at_work(&event));
        forbidden |= event.same_organization == SameOrganization::Forbid;
    }
    assert_eq!(rules, BTreeSet::from(Rule::ALL));
    assert!(forbidden, "one organization is forbidden in some event");
}

#[test]
fn the_program_reads_large_events_as_they_were_planted() {
    for seed in 0..10 {
        let event = with_pins(&mixed(M, Dice::seeded(seed)).event);
        assert_eq!(difference(&read_back(&event), &event), None, "seed {seed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_read_back_from_files_is_the_event(planted in random::mixed(random::SMALL)) {
        let event = with_pins(&planted.event);
        prop_assert_eq!(difference(&read_back(&event), &event), None);
    }

    #[test]
    fn pins_hold_the_plant_as_played_rounds_do(planted in random::mixed(random::SMALL)) {
        prop_assert_eq!(check::breaches(&with_pins(&planted.event), &planted.plant), []);
    }
}
