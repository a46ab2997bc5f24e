//! The solver as a whole, held against the checker and against every schedule of tiny events.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use tablehop::check;
use tablehop::domain::{Certificate, Event, Priority, Route, Schedule};
use tablehop::pairs::Pairs;
use tablehop::solve::{Options, Outcome, solve};

use crate::support::oracle::{best, upwards};
use crate::support::random::{SMALL, TINY, WEE, alike, mixed, orders};

/// Steps that are plenty for a small event.
const STEPS: u64 = 20_000;

fn run(event: &Event, standing: Option<&Schedule>) -> Outcome {
    let pairs = Pairs::new(event);
    solve(&pairs, &Options { steps: STEPS, seed: 1, standing, stop: &|| false, progress: &|_| {} })
}

/// The schedule and its certificate, which the checker accepts; `None` when none was found.
fn solved(event: &Event) -> Option<(Schedule, Certificate)> {
    match run(event, None) {
        Outcome::Solved(schedule, certificate) => {
            assert_eq!(check::breaches(event, &schedule), [], "the solver breaks a rule");
            assert_eq!(check::certificate_faults(event, &schedule, &certificate, None), []);
            Some((schedule, certificate))
        }
        Outcome::Impossible(_) | Outcome::NoneFound => None,
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
        let (_, certificate) = solved(&event).expect("a schedule exists");
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
        if let Some((_, certificate)) = solved(&planted.event) {
            holds(&planted.event, &certificate, &best(&planted.event).expect("the plant is a schedule"));
        }
    }

    #[test]
    fn priorities_come_in_any_order(planted in mixed(WEE), order in orders()) {
        let event = Event { order, ..planted.event };
        if let Some((_, certificate)) = solved(&event) {
            holds(&event, &certificate, &best(&event).expect("the plant is a schedule"));
        }
    }

    #[test]
    fn a_feasible_event_gets_a_schedule(planted in mixed(SMALL)) {
        prop_assert!(solved(&planted.event).is_some());
    }

    #[test]
    fn the_same_event_gets_the_same_schedule(planted in mixed(SMALL)) {
        prop_assert_eq!(solved(&planted.event), solved(&planted.event));
    }
}
