//! Neighbourhoods that HiGHS solves, against the checker and against every schedule of tiny events.

use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};
use tablehop::check;
use tablehop::domain::{Event, Level, Open, Priority, Schedule};
use tablehop::pairs::Pairs;
use tablehop::solve::models::{Effort, Levels, Question, better_levels};

use super::{TINY, as_ordered, values};
use crate::support::oracle::{best, upwards};

/// What so many looks make of a schedule of which no bound is known.
fn bettered(event: &Event, start: &Schedule, tries: usize) -> Option<Levels> {
    let known: Vec<Level> = check::values(event, start, None)
        .into_iter()
        .map(|(priority, value)| Level::new(priority, value, None))
        .collect();
    let every_round = event.open == Open::EveryRound;
    let question = Question { pairs: &Pairs::new(event), order: &event.order, standing: None, every_round };
    better_levels(&question, start, &known, &Effort { tries, seed: 1, left: &|| None, stop: &|| false })
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
        let found = bettered(&event, &plant, 4).expect("the plant keeps the rules");
        let reached = check::values(&event, &found.schedule, None);
        prop_assert_eq!(check::breaches(&event, &found.schedule), []);
        prop_assert_eq!(&reached, &values(&found.levels));
        prop_assert!(upwards(&event, &reached) >= upwards(&event, &check::values(&event, &plant, None)));
        let best = best(&event).expect("the plant is a schedule");
        prop_assert!(holds(&event, &found.levels, &best), "{:?}, at best {:?}", found.levels, best);
    }

    #[test]
    fn a_schedule_is_bettered_when_it_keeps_the_rules((event, _) in as_ordered(TINY)) {
        let (event, nobody) = (decided(event), Schedule::default());
        prop_assert_eq!(bettered(&event, &nobody, 1).is_some(), check::breaches(&event, &nobody).is_empty());
    }

    #[test]
    fn neighbourhoods_answer_alike_every_time((event, plant) in as_ordered(TINY)) {
        let event = decided(event);
        let [one, other] = [(); 2].map(|()| bettered(&event, &plant, 4).expect("the plant keeps the rules"));
        prop_assert_eq!(one.schedule, other.schedule);
        prop_assert_eq!(one.steps, other.steps);
        prop_assert_eq!(one.levels, other.levels);
    }
}
