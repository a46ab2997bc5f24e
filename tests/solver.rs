//! The solver as a whole, held against the checker and against every schedule of tiny events.

use std::sync::atomic::{AtomicU64, Ordering};

use proptest::prelude::{ProptestConfig, TestCaseError, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;
use tablehop::check;
use tablehop::domain::{Certificate, Event, Open, Priority, Request, Route, Schedule, Scores};
use tablehop::pairs::Pairs;
use tablehop::solve::flow::{self, Demand};
use tablehop::solve::models::{Limits, PairOutcome, Solver, solve_pairs};
use tablehop::solve::{Options, Outcome, solve};

use crate::support::builder::EventBuilder;
use crate::support::oracle::{best, upwards};
use crate::support::planted::{self, Dice};
use crate::support::random::{SMALL, TINY, WEE, alike, mixed, orders};

/// Steps that are enough where any schedule will do.
const FEW: u64 = 20_000;

/// Enough to anneal a small event.
const USUAL: u64 = 200_000;

/// The schedule and its certificate, which the checker accepts; `None` when none was found.
fn solved(event: &Event, steps: u64) -> Option<(Schedule, Certificate)> {
    let pairs = Pairs::new(event);
    match solve(&pairs, &Options { steps, seed: 1, standing: None, stop: &|| false, left: &|| None, progress: &|_| {} })
    {
        Outcome::Solved(schedule, certificate) => {
            assert_eq!(check::breaches(event, &schedule), [], "the solver breaks a rule");
            assert_eq!(check::certificate_faults(event, &schedule, &certificate, None), []);
            Some((schedule, certificate))
        }
        Outcome::Impossible(_) | Outcome::NoneFound => None,
    }
}

#[test]
fn however_many_steps_there_are_it_ends_when_it_is_told_to() {
    for (seed, patience) in [(1, 0), (1, 30), (2, 100), (3, 300)] {
        let event = planted::mixed(SMALL, Dice::seeded(seed)).event;
        let asked = AtomicU64::new(0);
        let stop = || asked.fetch_add(1, Ordering::Relaxed) >= patience;
        let steps = 100_000_000_000;
        let options = Options { steps, seed, standing: None, stop: &stop, left: &|| None, progress: &|_| {} };
        if let Outcome::Solved(schedule, certificate) = solve(&Pairs::new(&event), &options) {
            assert_eq!(check::breaches(&event, &schedule), []);
            assert_eq!(check::certificate_faults(&event, &schedule, &certificate, None), []);
        }
    }
}

#[test]
fn it_ends_by_itself_where_nothing_is_open_but_what_the_rounds_model_is_not_asked_for() {
    let size = planted::Size { experts: 12, mentees: 60, rounds: 5, topics: 8 };
    let order = vec![Priority::Seats, Priority::NewFaces, Priority::Preferences];
    let event = Event { order, ..planted::mixed(size, Dice::seeded(20)).event };
    let asked = AtomicU64::new(0);
    let stop = || asked.fetch_add(1, Ordering::Relaxed) >= 100_000;
    let options = Options { steps: USUAL, seed: 20, standing: None, stop: &stop, left: &|| None, progress: &|_| {} };
    let Outcome::Solved(schedule, certificate) = solve(&Pairs::new(&event), &options) else {
        panic!("the plant is a schedule")
    };
    assert_eq!(check::breaches(&event, &schedule), []);
    let proven: Vec<bool> = certificate.levels.iter().map(|level| level.proven).collect();
    assert!(proven[0] && proven.contains(&false), "{certificate:?}");
    assert!(!stop(), "it does not end by itself");
}

#[test]
fn who_must_meet_an_expert_of_negative_worth_is_worse_off_than_with_nobody() {
    let scores = Scores { expert_ranks: vec![60, -40], ..Scores::default() };
    let event = EventBuilder::new(2, 1, 1).scores(scores).expert_ranks(1, &[(1, 1), (2, 2)]).must_meet(1, 2).build();
    for order in [vec![Priority::WorstOff], vec![Priority::Seats, Priority::WorstOff, Priority::NewFaces]] {
        let event = Event { order, ..event.clone() };
        let (_, certificate) = solved(&event, FEW).expect("a schedule exists");
        let level = certificate.levels.iter().find(|level| level.priority == Priority::WorstOff).unwrap();
        assert_eq!((level.value.as_slice(), level.proven), ([-6_667].as_slice(), true));
    }
}

/// The certificate against the best of all schedules: as long as the values agree, the bound is a bound, and what is
/// proven is the best.
fn holds(event: &Event, certificate: &Certificate, best: &[(Priority, Vec<i64>)]) {
    for (level, (priority, value)) in certificate.levels.iter().zip(best) {
        assert_eq!(level.priority, *priority);
        let turned = |value: &[i64]| upwards(event, &[(*priority, value.to_vec())]);
        if let Some(bound) = &level.bound {
            assert!(turned(bound) >= turned(value), "{}: bound {bound:?}, yet {value:?} can be had", priority.name());
        }
        if level.proven {
            assert_eq!(&level.value, value, "{} is said to be proven", priority.name());
        }
        if level.value != *value {
            return;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn alike_rounds_are_solved_exactly(planted in alike(TINY)) {
        let event = planted.event;
        let best = best(&event).expect("the plant is a schedule");
        let (_, certificate) = solved(&event, FEW).expect("a schedule exists");
        holds(&event, &certificate, &best);
        if certificate.route == Route::PairAndRotate {
            let pairs = [Priority::NewFaces, Priority::EvenTables];
            for (level, (_, value)) in certificate.levels.iter().zip(&best).take_while(|(l, _)| !pairs.contains(&l.priority)) {
                prop_assert_eq!(&level.value, value);
                prop_assert!(level.proven);
            }
        }
    }

    #[test]
    fn what_is_proven_of_a_mixed_event_is_the_best(planted in mixed(TINY)) {
        if let Some((_, certificate)) = solved(&planted.event, FEW) {
            holds(&planted.event, &certificate, &best(&planted.event).expect("the plant is a schedule"));
        }
    }

    #[test]
    fn a_tiny_event_gets_the_best_schedule_there_is(planted in mixed(TINY)) {
        let best = best(&planted.event).expect("the plant is a schedule");
        let (_, certificate) = solved(&planted.event, USUAL).expect("a schedule exists");
        let reached: Vec<_> = certificate.levels.iter().map(|level| (level.priority, level.value.clone())).collect();
        prop_assert_eq!(reached, best);
    }

    #[test]
    fn priorities_come_in_any_order(planted in mixed(WEE), order in orders()) {
        let event = Event { order, ..planted.event };
        if let Some((_, certificate)) = solved(&event, FEW) {
            holds(&event, &certificate, &best(&event).expect("the plant is a schedule"));
        }
    }

    #[test]
    fn a_feasible_event_gets_a_schedule(planted in mixed(SMALL)) {
        prop_assert!(solved(&planted.event, USUAL).is_some());
    }

    #[test]
    fn the_same_event_gets_the_same_schedule(planted in mixed(SMALL)) {
        prop_assert_eq!(solved(&planted.event, FEW), solved(&planted.event, FEW));
    }

    #[test]
    fn flow_and_pair_model_agree(planted in alike(SMALL)) {
        let event = &planted.event;
        let pairs = Pairs::new(event);
        let (parts, _) = flow::parts(&pairs);
        let every_round = event.open == Open::EveryRound;
        let paired = flow::pair(&Demand { pairs: &pairs, parts: &parts, every_round, standing: None });
        let limits = Limits { solver: Solver::Microlp, nodes: 1_000, work: 0, time: &|_| None, stop: &|| false };
        let PairOutcome::Solved { levels, .. } = solve_pairs(&pairs, &event.order, every_round, &limits) else {
            return Err(TestCaseError::fail("the plant is a pairing"));
        };
        if levels.iter().all(|level| level.proven) {
            let values: Vec<i64> = levels.into_iter().flat_map(|level| level.value).collect();
            prop_assert_eq!(paired.map(|p| p.values), Some(values));
        }
    }

    #[test]
    fn a_seat_more_or_a_keep_out_less_never_hurts(planted in alike(SMALL), at in any::<Index>()) {
        let event = planted.event;
        let mut roomier = event.clone();
        let expert = at.index(event.experts.len());
        roomier.experts[expert].capacity.iter_mut().for_each(|seats| *seats += 1);
        let mut freer = event.clone();
        if let Some(i) = event.requests.iter().position(|r| matches!(r, Request::KeepOut(..))) {
            freer.requests.remove(i);
        }
        let before = proven(&event);
        for eased in [roomier, freer] {
            let after = proven(&eased);
            let both = before.len().min(after.len());
            prop_assert!(upwards(&eased, &after[..both]) >= upwards(&event, &before[..both]));
        }
    }
}

/// The values of the levels down to which all is proven, those of even tables and new faces excepted: a table with a
/// seat more belongs to another class.
fn proven(event: &Event) -> Vec<(Priority, Vec<i64>)> {
    let (_, certificate) = solved(event, FEW).expect("a schedule exists");
    let levels = certificate.levels.into_iter();
    levels.take_while(|l| l.proven && flow::is_modelled(l.priority)).map(|l| (l.priority, l.value)).collect()
}
