//! The rounds model and the pair model against the checker, and against oracles that try every schedule.

mod neighbourhoods;
mod priorities;
mod rules;

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;
use tablehop::check;
use tablehop::domain::{Event, ExpertIx, Level, MenteeIx, Open, Priority, Request, RoundIx, Schedule};
use tablehop::pairs::Pairs;
use tablehop::solve::models::{
    Levels, LevelsOutcome, Limits, PairOutcome, Question, Solver, relaxation_bounds, solve_levels, solve_pairs,
};

use super::support::oracle::{best, upwards};
use super::support::random::{Planted, SMALL, Size, alike, mixed, orders};
use super::support::recount::broken;

const MEETINGS: [Priority; 6] = [
    Priority::Seats,
    Priority::Courtesies,
    Priority::FirstChoices,
    Priority::FairShare,
    Priority::Variety,
    Priority::Preferences,
];

/// Small enough for the oracle to try a hundred of them with any first priority.
const TINY: Size = Size { experts: 3, mentees: 3, rounds: 3, topics: 2 };

/// Small enough to judge each of its schedules.
const MINUTE: Size = Size { experts: 2, mentees: 3, rounds: 2, topics: 2 };

fn limits(nodes: u64) -> Limits<'static> {
    Limits { solver: Solver::strongest(), nodes, work: 0, time: &|_| None, stop: &|| false }
}

/// What the rounds model finds, with `open = "auto"` as the event's `open` says it; `None` when it is impossible.
fn solved(event: &Event, standing: Option<&Schedule>) -> Option<Levels> {
    let asked = |every_round| found(event, every_round, standing, None, &limits(100_000));
    match event.open {
        Open::EveryRound => asked(true),
        Open::AsNeeded => asked(false),
        Open::Auto => asked(true).or_else(|| asked(false)),
    }
}

fn found(
    event: &Event,
    every_round: bool,
    standing: Option<&Schedule>,
    warm: Option<&Schedule>,
    limits: &Limits,
) -> Option<Levels> {
    let pairs = Pairs::new(event);
    let question = Question { pairs: &pairs, order: &event.order, standing, every_round };
    match solve_levels(&question, warm, limits) {
        LevelsOutcome::Solved(levels) => Some(levels),
        LevelsOutcome::Impossible => None,
        LevelsOutcome::NoneFound(fault) => panic!("nothing found: {fault:?}"),
    }
}

fn values(levels: &[Level]) -> Vec<(Priority, Vec<i64>)> {
    levels.iter().map(|level| (level.priority, level.value.clone())).collect()
}

fn bounds(levels: &[Level]) -> Vec<(Priority, Vec<i64>)> {
    levels.iter().map(|level| (level.priority, level.bound.clone().expect("a bound"))).collect()
}

/// Every schedule that meets the rules.
fn all_schedules(event: &Event) -> Vec<Schedule> {
    let mut all = vec![Vec::new()];
    for mentee in event.mentee_ixs() {
        for round in event.mentee(mentee).present.iter() {
            let mut more = Vec::new();
            for expert in event.expert_ixs() {
                for topic in event.sitting_topics(expert) {
                    let seat = tablehop::domain::Seat { round, expert, mentee, topic };
                    more.extend(all.iter().map(|seats| [&seats[..], &[seat]].concat()));
                }
            }
            all.extend(more);
        }
    }
    all.into_iter().filter(|seats| broken(event, seats).is_empty()).map(Schedule::new).collect()
}

/// A request that the planted schedule need not meet.
fn request(event: &Event, (kind, m, e, other): (u8, Index, Index, Index)) -> Request {
    let mentee = MenteeIx::new(m.index(event.mentees.len()));
    let expert = ExpertIx::new(e.index(event.experts.len()));
    let round = RoundIx::new(other.index(event.rounds.len()));
    match kind % 4 {
        0 => Request::KeepOut(mentee, expert),
        1 => Request::MustMeet(mentee, expert),
        2 => Request::PinnedSeat(mentee, expert, round),
        _ => Request::KeptApart(mentee, MenteeIx::new(other.index(event.mentees.len()))),
    }
}

fn as_ordered(most: Size) -> impl Strategy<Value = (Event, Schedule)> {
    (mixed(most), orders()).prop_map(|(Planted { event, plant }, order)| (Event { order, ..event }, plant))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn the_rounds_model_reaches_what_trying_all_schedules_reaches((event, _) in as_ordered(TINY)) {
        let levels = solved(&event, None).expect("a planted event is feasible");
        prop_assert_eq!(&levels.fault, &None);
        prop_assert_eq!(check::breaches(&event, &levels.schedule), []);
        prop_assert_eq!(check::values(&event, &levels.schedule, None), values(&levels.levels));
        prop_assert!(levels.levels.iter().all(|level| level.proven), "{:?}", levels.levels);
        prop_assert_eq!(Some(values(&levels.levels)), best(&event));
    }

    #[test]
    fn the_rounds_model_is_impossible_when_no_schedule_meets_the_rules(
        planted in mixed(TINY),
        more in vec(any::<(u8, Index, Index, Index)>(), 1..5),
    ) {
        let mut event = Event { order: vec![Priority::Seats], ..planted.event };
        event.requests.extend(more.into_iter().map(|more| request(&event, more)).collect::<Vec<_>>());
        prop_assert_eq!(solved(&event, None).map(|levels| values(&levels.levels)), best(&event));
    }

    #[test]
    fn fewest_changes_are_those_of_trying_all_schedules(
        (event, _) in as_ordered(MINUTE),
        which in any::<Index>(),
        first in any::<bool>(),
    ) {
        let mut event = Event { open: Open::AsNeeded, ..event };
        event.order.retain(|&p| p != Priority::Changes);
        event.order.truncate(2);
        event.order.insert(if first { 0 } else { event.order.len() }, Priority::Changes);
        let all = all_schedules(&event);
        // The standing plan is of the event before its people and rounds were changed.
        let plain = Event { requests: Vec::new(), frozen: Default::default(), ..event.clone() };
        let older = all_schedules(&plain);
        let standing = &older[which.index(older.len())];
        let best = all.iter().map(|s| upwards(&event, &check::values(&event, s, Some(standing)))).max();
        let levels = solved(&event, Some(standing)).expect("a planted event is feasible");
        prop_assert_eq!(check::values(&event, &levels.schedule, Some(standing)), values(&levels.levels));
        prop_assert_eq!(Some(upwards(&event, &values(&levels.levels))), best);
    }

    #[test]
    fn whatever_the_limit_the_warm_start_is_kept_and_the_bounds_hold(
        (event, plant) in as_ordered(TINY),
        nodes in 0_u64..4,
    ) {
        let event = Event { open: if event.open == Open::Auto { Open::AsNeeded } else { event.open }, ..event };
        let every_round = event.open == Open::EveryRound;
        let levels = found(&event, every_round, None, Some(&plant), &limits(nodes)).expect("the plant meets the rules");
        prop_assert_eq!(check::breaches(&event, &levels.schedule), []);
        prop_assert_eq!(check::values(&event, &levels.schedule, None), values(&levels.levels));
        let reached = upwards(&event, &values(&levels.levels));
        let best = upwards(&event, &best(&event).expect("a planted event is feasible"));
        prop_assert!(reached >= upwards(&event, &check::values(&event, &plant, None)));
        prop_assert!(reached <= best);
        prop_assert!(upwards(&event, &bounds(&levels.levels)) >= best);
    }

    #[test]
    fn work_does_what_nodes_do((event, plant) in as_ordered(TINY)) {
        let event = Event { open: if event.open == Open::Auto { Open::AsNeeded } else { event.open }, ..event };
        let limits = Limits { solver: Solver::Microlp, work: u64::MAX, ..limits(1) };
        let every_round = event.open == Open::EveryRound;
        let levels = found(&event, every_round, None, Some(&plant), &limits).expect("the plant meets the rules").levels;
        prop_assert!(levels.iter().all(|level| level.proven), "{levels:?}");
        prop_assert_eq!(Some(values(&levels)), best(&event));
    }

    #[test]
    fn a_relaxation_bounds_what_is_reached((event, plant) in as_ordered(TINY)) {
        let event = Event { open: if event.open == Open::Auto { Open::AsNeeded } else { event.open }, ..event };
        let pairs = Pairs::new(&event);
        let every_round = event.open == Open::EveryRound;
        let question = Question { pairs: &pairs, order: &event.order, standing: None, every_round };
        let reached: Vec<_> = check::values(&event, &plant, None).into_iter().map(|(_, value)| value).collect();
        let bounds = relaxation_bounds(&question, &reached, Solver::strongest(), &|| false);
        let bounds: Vec<_> = event.order.iter().copied().zip(bounds).collect();
        let best = best(&event).expect("a planted event is feasible");
        prop_assert!(upwards(&event, &bounds) >= upwards(&event, &best), "{bounds:?} {best:?}");
    }

    #[test]
    fn the_pair_model_bounds_the_rounds_model(planted in mixed(TINY)) {
        let event = Event { order: MEETINGS.to_vec(), open: Open::AsNeeded, ..planted.event };
        let pairing = paired(&event, false).expect("what is feasible with rounds is feasible without");
        let best = best(&event).expect("a planted event is feasible");
        prop_assert!(upwards(&event, &values(&pairing)) >= upwards(&event, &best));
    }

    #[test]
    fn the_pair_model_is_the_rounds_model_when_rounds_are_alike(planted in alike(SMALL)) {
        let mut event = Event { order: MEETINGS.to_vec(), open: Open::AsNeeded, ..planted.event };
        event.experts.iter_mut().for_each(|expert| expert.smallest_group = 1);
        let pairing = paired(&event, false).expect("a planted event is feasible");
        prop_assert!(pairing.iter().all(|level| level.proven));
        let levels = solved(&event, None).expect("a planted event is feasible");
        prop_assert_eq!(values(&pairing), values(&levels.levels));
    }

    #[test]
    fn the_pair_model_is_the_rounds_model_when_tables_open_in_every_round(planted in alike(SMALL)) {
        let event = Event { order: MEETINGS.to_vec(), open: Open::EveryRound, ..planted.event };
        let levels = solved(&event, None).map(|levels| values(&levels.levels));
        prop_assert_eq!(paired(&event, true).map(|levels| values(&levels)), levels);
    }
}

fn paired(event: &Event, every_round: bool) -> Option<Vec<Level>> {
    match solve_pairs(&Pairs::new(event), &event.order, every_round, &limits(100_000)) {
        PairOutcome::Solved { levels, .. } => Some(levels),
        PairOutcome::Impossible => None,
        PairOutcome::NoneFound => panic!("no pairing found"),
    }
}
