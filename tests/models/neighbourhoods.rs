//! Neighbourhoods that a solver solves, against the checker and against every schedule of tiny events.

use std::collections::BTreeSet;
use std::iter::zip;

use proptest::collection::vec;
use proptest::prelude::{Just, ProptestConfig, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::Index;
use tablehop::check;
use tablehop::domain::{Event, ExpertIx, Level, Open, Priority, RoundIx, Schedule, Seat, TopicIx};
use tablehop::pairs::Pairs;
use tablehop::solve::models::{
    Effort, Levels, Question, Sizes, another_as_good, better_crossed, better_people, better_people_abreast,
    better_people_both_ways, better_seating, fewer_cards, is_only_one,
};
#[cfg(feature = "highs")]
use tablehop::solve::models::{TableEffort, better_tables};

use super::{MEETINGS, MINUTE, TINY, all_schedules, as_ordered, found, limits, values};
use crate::support::oracle::{best, upwards};
use crate::support::random::{Planted, SMALL, mixed};

/// A way of neighbourhoods, with so much work.
type Way = fn(&Question, &Schedule, &[Level], u64) -> Option<Levels>;

/// More than is needed to seat all people of a tiny event anew, and enough for some in a small one.
const PLENTY: u64 = 1_000_000_000;
const SOME: u64 = 1_000_000;

const WAYS: &[Way] = &[
    |question, start, known, work| people(question, start, 0, known, work),
    |question, start, known, work| people(question, start, 1, known, work),
    in_small_looks,
    |question, start, known, work| abreast(question, start, &[start, start], known, work),
    seating,
    |question, start, known, work| crossed(question, start, std::slice::from_ref(start), known, work),
    #[cfg(feature = "highs")]
    |question, start, known, work| {
        let tries = if work > SOME { 4 } else { 1 };
        better_tables(question, start, known, &TableEffort { tries, seed: 1, left: &|| None, stop: &|| false })
    },
];

/// So much work, so many priorities being held.
fn effort(held: usize, work: u64) -> Effort<'static> {
    Effort { held, work, seed: 1, left: &|| None, stop: &|| false }
}

/// People seated anew, so many priorities being held.
fn people(question: &Question, start: &Schedule, held: usize, known: &[Level], work: u64) -> Option<Levels> {
    better_people(question, start, known, &effort(held, work), &mut Sizes::default())
}

/// People seated anew by many small looks, which is the second of both ways.
fn in_small_looks(question: &Question, start: &Schedule, known: &[Level], work: u64) -> Option<Levels> {
    better_people_both_ways(question, start, known, &effort(0, work), &mut Sizes::default()).into_iter().nth(1)
}

/// People seated anew, from several starts abreast, without search in between.
fn abreast(question: &Question, start: &Schedule, others: &[&Schedule], known: &[Level], work: u64) -> Option<Levels> {
    let (levels, left) = better_people_abreast(question, start, others, known, &effort(0, work), &|_, _| (None, 0))?;
    assert!(left <= work, "{left} of {work}");
    Some(levels)
}

/// The same with search in between that always finds this in one step.
fn with_search(
    question: &Question,
    start: &Schedule,
    others: &[&Schedule],
    finds: &Schedule,
    known: &[Level],
    work: u64,
) -> Option<Levels> {
    let search = |_: &Schedule, _| (Some(finds.clone()), 1);
    better_people_abreast(question, start, others, known, &effort(0, work), &search).map(|(levels, _)| levels)
}

/// All seated anew at the sittings that there are.
fn seating(question: &Question, start: &Schedule, known: &[Level], work: u64) -> Option<Levels> {
    better_seating(question, start, known, &effort(0, work))
}

/// Crossings with others.
fn crossed(question: &Question, start: &Schedule, others: &[Schedule], known: &[Level], work: u64) -> Option<Levels> {
    better_crossed(question, start, others, known, &effort(0, work))
}

/// What a way makes of a schedule of which no bound is known.
fn bettered<W>(way: W, event: &Event, start: &Schedule, work: u64) -> Option<Levels>
where
    W: Fn(&Question, &Schedule, &[Level], u64) -> Option<Levels>,
{
    let known: Vec<Level> = check::values(event, start, None)
        .into_iter()
        .map(|(priority, value)| Level::new(priority, value, None))
        .collect();
    let every_round = event.open == Open::EveryRound;
    let question = Question { pairs: &Pairs::new(event), order: &event.order, standing: None, every_round };
    way(&question, start, &known, work)
}

/// What is answered about a schedule when it is asked for others that are as good in the first priorities of an event.
fn of_others<T>(
    ask: fn(&Question, &Schedule, &Effort) -> T,
    event: &Event,
    held: usize,
    from: &Schedule,
    seed: u64,
    work: u64,
) -> T {
    let (pairs, every_round) = (Pairs::new(event), event.open == Open::EveryRound);
    let question = Question { pairs: &pairs, order: &event.order[..held], standing: None, every_round };
    ask(&question, from, &Effort { seed, ..effort(0, work) })
}

/// Another schedule that is as good in the first priorities of an event.
fn as_good(event: &Event, held: usize, from: &Schedule, seed: u64, work: u64) -> Option<Schedule> {
    of_others(another_as_good, event, held, from, seed, work)
}

/// The event with `changes` as its last priority, after those that look at meetings.
fn with_changes_last(event: Event) -> Event {
    decided(Event { order: MEETINGS.into_iter().chain([Priority::Changes]).collect(), ..event })
}

/// What becomes of a schedule beside a standing plan, with so much work.
fn with_fewer_cards(event: &Event, standing: &Schedule, start: &Schedule, work: u64) -> Option<Levels> {
    let known: Vec<Level> = check::values(event, start, Some(standing))
        .into_iter()
        .map(|(priority, value)| Level::new(priority, value, None))
        .collect();
    let every_round = event.open == Open::EveryRound;
    let question = Question { pairs: &Pairs::new(event), order: &event.order, standing: Some(standing), every_round };
    fewer_cards(&question, start, &known, &effort(event.order.len() - 1, work))
}

/// The event, one whose tables need not be open in every round where it leaves that to the program.
fn decided(event: Event) -> Event {
    let open = if event.open == Open::Auto { Open::AsNeeded } else { event.open };
    Event { open, ..event }
}

/// As long as the values are those of the best schedule, the bounds hold and what is proven is the best.
fn holds(event: &Event, levels: &[Level], best: &[(Priority, Vec<i64>)]) -> bool {
    let turned = |priority: Priority, value: &[i64]| upwards(event, &[(priority, value.to_vec())]);
    let differs = levels.iter().zip(best).position(|(level, best)| level.value != best.1).unwrap_or(levels.len());
    let mut looked_at = levels.iter().zip(best).take(differs + 1);
    looked_at.all(|(level, (priority, value))| {
        let bound = level.bound.as_ref().expect("a bound");
        turned(*priority, bound) >= turned(*priority, value) && (!level.proven || level.value == *value)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn neighbourhoods_better_a_schedule_within_the_rules((event, plant) in as_ordered(TINY)) {
        let event = decided(event);
        let best = best(&event).expect("the plant is a schedule");
        for &way in WAYS {
            let found = bettered(way, &event, &plant, PLENTY).expect("the plant keeps the rules");
            let reached = check::values(&event, &found.schedule, None);
            prop_assert_eq!(check::breaches(&event, &found.schedule), []);
            prop_assert_eq!(&reached, &values(&found.levels));
            prop_assert!(upwards(&event, &reached) >= upwards(&event, &check::values(&event, &plant, None)));
            prop_assert!(holds(&event, &found.levels, &best), "{:?}, at best {:?}", found.levels, best);
        }
    }

    #[test]
    fn people_of_a_tiny_event_are_all_seated_anew_at_once((event, plant) in as_ordered(TINY)) {
        let event = decided(event);
        let found = bettered(WAYS[0], &event, &plant, PLENTY).expect("the plant keeps the rules");
        prop_assert_eq!(values(&found.levels), best(&event).expect("the plant is a schedule"));
        prop_assert!(found.levels.iter().all(|level| level.proven), "{:?}", found.levels);
    }

    #[test]
    fn a_seating_is_the_best_of_its_sittings((event, _) in as_ordered(MINUTE), which in any::<Index>()) {
        let event = decided(Event { order: MEETINGS.to_vec(), ..event });
        let sittings = |schedule: &Schedule| -> BTreeSet<(RoundIx, ExpertIx, Option<TopicIx>)> {
            schedule.seats().iter().map(|seat| (seat.round, seat.expert, seat.topic)).collect()
        };
        let value = |schedule: &Schedule| upwards(&event, &check::values(&event, schedule, None));
        let all = all_schedules(&event);
        let start = &all[which.index(all.len())];
        let found = bettered(seating, &event, start, PLENTY).expect("it keeps the rules").schedule;
        prop_assert!(sittings(&found).is_subset(&sittings(start)));
        let with_all = all.iter().filter(|schedule| sittings(schedule) == sittings(start)).map(value).max();
        // Where no rule asks which sittings take place, one may be left out.
        let with_some = all.iter().filter(|schedule| sittings(schedule).is_subset(&sittings(start))).map(value).max();
        prop_assert!(with_all <= Some(value(&found)) && Some(value(&found)) <= with_some);
    }

    #[test]
    fn crossings_are_the_best_of_what_some_schedules_have(
        (event, _) in as_ordered(MINUTE), of in vec(any::<Index>(), 2..8),
    ) {
        let event = decided(Event { order: MEETINGS.to_vec(), ..event });
        let value = |schedule: &Schedule| upwards(&event, &check::values(&event, schedule, None));
        let all = all_schedules(&event);
        let some: Vec<Schedule> = of.iter().map(|which| all[which.index(all.len())].clone()).collect();
        let seats: BTreeSet<&Seat> = some.iter().flat_map(|schedule| schedule.seats()).collect();
        let way = |question: &Question, start: &Schedule, known: &[Level], work| {
            crossed(question, start, &some[1..], known, work)
        };
        let found = bettered(way, &event, &some[0], PLENTY).expect("it keeps the rules").schedule;
        prop_assert_eq!(check::breaches(&event, &found), []);
        prop_assert!(found.seats().iter().all(|seat| seats.contains(seat)));
        let crossings = all.iter().filter(|schedule| schedule.seats().iter().all(|seat| seats.contains(seat)));
        prop_assert_eq!(Some(value(&found)), crossings.map(value).max());
    }

    #[test]
    fn of_several_starts_the_best_is_gone_on_from(
        (event, _) in as_ordered(MINUTE), of in vec(any::<Index>(), 2..5), work in prop_oneof![Just(0), Just(SOME)],
    ) {
        let event = decided(Event { order: MEETINGS.to_vec(), ..event });
        let value = |schedule: &Schedule| upwards(&event, &check::values(&event, schedule, None));
        let all = all_schedules(&event);
        let starts: Vec<&Schedule> = of.iter().map(|which| &all[which.index(all.len())]).collect();
        let way = |question: &Question, start: &Schedule, known: &[Level], work| {
            abreast(question, start, &starts[1..], known, work)
        };
        let found = bettered(way, &event, starts[0], work).expect("they keep the rules").schedule;
        prop_assert_eq!(check::breaches(&event, &found), []);
        let best = starts.iter().map(|start| value(start)).max();
        prop_assert!(Some(value(&found)) >= best);
        prop_assert!(work > 0 || Some(value(&found)) == best);
    }

    #[test]
    fn what_search_finds_in_between_is_gone_on_from_when_it_breaks_no_rule(
        (event, _) in as_ordered(MINUTE), of in vec(any::<Index>(), 2..4),
    ) {
        let event = decided(Event { order: MEETINGS.to_vec(), ..event });
        let value = |schedule: &Schedule| upwards(&event, &check::values(&event, schedule, None));
        let all = all_schedules(&event);
        let starts: Vec<&Schedule> = of.iter().map(|which| &all[which.index(all.len())]).collect();
        let best = all.iter().max_by_key(|schedule| value(schedule)).expect("there are some");
        for finds in [best, &Schedule::default()] {
            let way = |question: &Question, start: &Schedule, known: &[Level], work| {
                with_search(question, start, &starts[1..], finds, known, work)
            };
            let found = bettered(way, &event, starts[0], 0).expect("they keep the rules");
            prop_assert_eq!(check::breaches(&event, &found.schedule), []);
            let (own, finds) = (value(&found.schedule), value(finds));
            let in_all = |start: &&Schedule| zip(&finds, value(start)).all(|(own, start)| *own >= start);
            let expected = match found.steps > 0 && starts.iter().all(in_all) {
                true => Some(finds),
                false => starts.iter().map(|start| value(start)).max(),
            };
            prop_assert!(Some(own) >= expected);
        }
    }

    #[test]
    fn some_people_are_seated_anew_within_the_rules(Planted { event, plant } in mixed(SMALL)) {
        let event = decided(Event { order: MEETINGS.to_vec(), ..event });
        for &way in WAYS {
            let found = bettered(way, &event, &plant, SOME).expect("the plant keeps the rules");
            let reached = check::values(&event, &found.schedule, None);
            prop_assert_eq!(check::breaches(&event, &found.schedule), []);
            prop_assert!(upwards(&event, &reached) >= upwards(&event, &check::values(&event, &plant, None)));
        }
    }

    #[test]
    fn another_schedule_is_as_good_within_the_rules(
        Planted { event, plant } in mixed(SMALL), held in 0..MEETINGS.len(), seed in any::<u64>(),
    ) {
        let event = decided(Event { order: MEETINGS.to_vec(), ..event });
        if let Some(another) = as_good(&event, held, &plant, seed, SOME) {
            prop_assert_eq!(check::breaches(&event, &another), []);
            let reached = |schedule| upwards(&event, &check::values(&event, schedule, None)[..held]);
            prop_assert!(reached(&another) >= reached(&plant));
            prop_assert!(another != plant);
        }
    }

    #[test]
    fn another_schedule_is_found_where_there_is_one((event, _) in as_ordered(MINUTE), which in any::<Index>()) {
        let event = decided(Event { order: MEETINGS.to_vec(), ..event });
        let reached = |schedule: &Schedule| upwards(&event, &check::values(&event, schedule, None)[..1]);
        let all = all_schedules(&event);
        let from = &all[which.index(all.len())];
        let others = all.iter().filter(|&other| other != from && reached(other) >= reached(from)).count();
        let found = (0..100).filter_map(|seed| as_good(&event, 1, from, seed, PLENTY)).next();
        prop_assert_eq!(found.is_some(), others > 0);
        prop_assert_eq!(of_others(is_only_one, &event, 1, from, 1, PLENTY), others == 0);
    }

    #[test]
    fn of_a_tiny_event_as_few_cards_change_as_can_be(Planted { event, plant: standing } in mixed(TINY)) {
        let event = with_changes_last(event);
        let start = bettered(WAYS[0], &event, &standing, PLENTY).expect("the plant keeps the rules").schedule;
        let near = with_fewer_cards(&event, &standing, &start, PLENTY).expect("the start keeps the rules");
        prop_assert_eq!(check::breaches(&event, &near.schedule), []);
        let every_round = event.open == Open::EveryRound;
        let best = found(&event, every_round, Some(&standing), None, &limits(100_000)).expect("the plant is a schedule");
        prop_assert_eq!(values(&near.levels), values(&best.levels));
    }

    #[test]
    fn fewer_cards_cost_nothing_before(Planted { event, plant: standing } in mixed(SMALL)) {
        let event = with_changes_last(event);
        let start = bettered(WAYS[0], &event, &standing, SOME).expect("the plant keeps the rules").schedule;
        let near = with_fewer_cards(&event, &standing, &start, SOME).expect("the start keeps the rules");
        prop_assert_eq!(check::breaches(&event, &near.schedule), []);
        let reached = |schedule| upwards(&event, &check::values(&event, schedule, Some(&standing)));
        prop_assert!(reached(&near.schedule) >= reached(&start));
    }

    #[test]
    fn a_schedule_is_bettered_when_it_keeps_the_rules((event, _) in as_ordered(TINY)) {
        let (event, nobody) = (decided(event), Schedule::default());
        let keeps = check::breaches(&event, &nobody).is_empty();
        for &way in WAYS {
            prop_assert_eq!(bettered(way, &event, &nobody, SOME).is_some(), keeps);
        }
    }

    #[test]
    fn neighbourhoods_answer_alike_every_time((event, plant) in as_ordered(TINY)) {
        let event = decided(event);
        for &way in WAYS {
            let [one, other] = [(); 2].map(|()| bettered(way, &event, &plant, PLENTY).expect("the plant keeps the rules"));
            prop_assert_eq!(one.schedule, other.schedule);
            prop_assert_eq!(one.steps, other.steps);
            prop_assert_eq!(one.levels, other.levels);
        }
    }
}
