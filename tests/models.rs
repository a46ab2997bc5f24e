//! The rounds model and the pair model against the checker and against the oracle that tries every schedule.

use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, proptest};
use tablehop::check;
use tablehop::domain::{Event, Level, Open, Priority, Schedule, Sense};
use tablehop::pairs::Pairs;
use tablehop::solve::models::{
    Levels, LevelsOutcome, Limits, PairOutcome, Question, Solver, relaxation_bounds, size, solve_levels, solve_pairs,
};

use super::support::oracle;
use super::support::random::{Planted, SMALL, TINY, alike, mixed, orders};

const ENOUGH: Limits = Limits { solver: Solver::Microlp, nodes: 100_000, stop: &|| false };

/// What the rounds model finds; `open = "auto"` is every round if that can be, else as needed.
pub fn solved(event: &Event, standing: Option<&Schedule>, limits: &Limits) -> Option<Levels> {
    let pairs = Pairs::new(event);
    let question = |every_round| Question { pairs: &pairs, order: &event.order, standing, every_round };
    let asked = |every_round| match solve_levels(&question(every_round), None, limits) {
        LevelsOutcome::Solved(levels) => Some(levels),
        LevelsOutcome::Impossible => None,
        LevelsOutcome::NoneFound(fault) => panic!("nothing found: {fault:?}"),
    };
    match event.open {
        Open::EveryRound => asked(true),
        Open::AsNeeded => asked(false),
        Open::Auto => asked(true).or_else(|| asked(false)),
    }
}

fn values(levels: &[Level]) -> Vec<(Priority, Vec<i64>)> {
    levels.iter().map(|level| (level.priority, level.value.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_rounds_model_reaches_what_trying_all_schedules_reaches(planted in mixed(TINY), order in orders()) {
        let event = Event { order, ..planted.event };
        let levels = solved(&event, None, &ENOUGH).expect("a planted event is feasible");
        prop_assert_eq!(&levels.fault, &None);
        prop_assert_eq!(check::breaches(&event, &levels.schedule), []);
        prop_assert_eq!(check::values(&event, &levels.schedule, None), values(&levels.levels));
        prop_assert!(levels.levels.iter().all(|level| level.proven), "{:?}", levels.levels);
        prop_assert_eq!(Some(values(&levels.levels)), oracle::best(&event));
    }
}
