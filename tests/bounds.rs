//! Bounds: never beyond what some schedule reaches, and worth having.

use proptest::prelude::{ProptestConfig, proptest};
use tablehop::check::{value, values};
use tablehop::domain::{Event, Level, Open, Priority, Schedule, Scores};
use tablehop::pairs::Pairs;
use tablehop::solve::flow::{Demand, Part, pair};
use tablehop::solve::lagrangian::{Bound, Limits, Question, bound};
use tablehop::solve::missed::levels;
use tablehop::solve::models::{self, Solver, aggregated_bound};

use super::support::oracle::{best, upwards};
use super::support::random::{Planted, SMALL, TINY, WEE, mixed, orders};
use super::support::{EventBuilder, schedule, schedule_on};

/// The Lagrangian bound on `preferences`, given the values above it, after so many passes.
fn lagrangian(event: &Event, values: &[(Priority, Vec<i64>)], reached: i64, passes: u64) -> Option<i64> {
    let at = values.iter().position(|(priority, _)| *priority == Priority::Preferences)?;
    let (pairs, every_round) = (Pairs::new(event), event.open == Open::EveryRound);
    let question = Question { pairs: &pairs, every_round, above: &values[..at], reached };
    let limits = Limits { looks: u64::MAX, passes, stop: &|| false };
    let Bound { value, passes: taken } = bound(&question, &limits).expect("small scores and no limit");
    assert!(taken <= passes);
    Some(value)
}

/// The pair model's bound on `preferences` alone.
fn by_pairs(event: &Event) -> i64 {
    let parts = [Part::Of(Priority::Preferences, 0)];
    let demand = Demand { pairs: &Pairs::new(event), parts: &parts, every_round: false, standing: None };
    pair(&demand).expect("a pairing").values[0]
}

/// No number of passes leads below what a schedule with these values reaches, and more of them never to a worse bound.
fn assert_bounded(event: &Event, values: &[(Priority, Vec<i64>)]) {
    let Some((_, reached)) = values.iter().find(|(priority, _)| *priority == Priority::Preferences) else { return };
    // Looking for less than was reached keeps it looking when it has proven that.
    let bounds = [1, 10, 300].map(|passes| lagrangian(event, values, reached[0] - 50, passes));
    assert!(bounds[0] >= bounds[1] && bounds[1] >= bounds[2], "{bounds:?} loosens");
    assert!(bounds[2] >= Some(reached[0]), "{bounds:?}, and {values:?} can be reached");
}

/// The level of each priority bounds what was reached, given that the levels above were.
fn assert_levels_bounded(event: &Event, values: &[(Priority, Vec<i64>)]) {
    let every_round = event.open == Open::EveryRound;
    let (levels, _) = levels(&Pairs::new(event), every_round, values, None, &|| false).expect("there is a schedule");
    for level in levels {
        let up = |value: &[i64]| upwards(event, &[(level.priority, value.to_vec())]);
        let bound = level.bound.as_ref().map(|bound| up(bound));
        assert!(bound.is_none_or(|bound| bound >= up(&level.value)), "{level:?}, and {values:?} can be reached");
    }
}

/// The aggregated model's bound on the level at a position after so many nodes, the level being all open; `None` where
/// it knows nothing of the priority.
fn aggregated(event: &Event, values: &[(Priority, Vec<i64>)], at: usize, nodes: u64) -> Option<Vec<i64>> {
    let (pairs, every_round) = (Pairs::new(event), event.open == Open::EveryRound);
    let level = |(priority, value): &(Priority, Vec<i64>)| Level::new(*priority, value.clone(), None);
    let levels: Vec<Level> = values[..=at].iter().map(level).collect();
    let limits = models::Limits { solver: Solver::Microlp, nodes, work: 0, time: &|_| None, stop: &|| false };
    aggregated_bound(&pairs, every_round, &levels, &limits).map(|(bound, _)| bound)
}

/// However far branch and bound goes, the aggregated model's bounds are none that these values pass; and further on they
/// are no worse.
fn assert_aggregated_bounded(event: &Event, values: &[(Priority, Vec<i64>)]) {
    for (at, (priority, value)) in values.iter().enumerate() {
        let bounds = [1, 10_000].map(|nodes| aggregated(event, values, at, nodes));
        if let [Some(first), Some(last)] = bounds {
            let [first, last, reached] = [first, last, value.clone()].map(|v| upwards(event, &[(*priority, v)]));
            assert!(first >= last && last >= reached, "{priority:?}: {first:?} {last:?}, {reached:?} can be reached");
        }
    }
}

/// Two of three tables are open in one round only, and M01 would like to be at both.
fn rounds_clash() -> Event {
    let event = EventBuilder::new(3, 2, 2).expert_away(1, &[2]).expert_away(2, &[2]);
    event.expert_ranks(1, &[(1, 1), (2, 2)]).order(&[Priority::Preferences]).build()
}

/// One table in one round, for two mentees with a topic each.
fn topics_clash() -> Event {
    let event = EventBuilder::new(1, 2, 1).topics(2).topic_ranks(1, &[(1, 1)]).topic_ranks(2, &[(2, 1)]);
    event.order(&[Priority::Preferences]).build()
}

#[test]
fn a_lagrangian_knows_of_rounds() {
    let event = rounds_clash();
    let plan = schedule(&[(1, 1, &[1])]);
    assert_eq!(value(&event, &plan, Priority::Preferences, None), [60]);
    assert_eq!((by_pairs(&event), lagrangian(&event, &values(&event, &plan, None), 60, 1000)), (100, Some(60)));
}

#[test]
fn a_lagrangian_knows_of_one_topic_a_sitting() {
    let event = topics_clash();
    let plan = schedule_on(&[(1, 1, 1, &[1, 2])]);
    assert_eq!(value(&event, &plan, Priority::Preferences, None), [100]);
    assert_eq!((by_pairs(&event), lagrangian(&event, &values(&event, &plan, None), 100, 1000)), (200, Some(100)));
}

#[test]
fn an_aggregated_model_knows_of_one_topic_a_sitting() {
    let event = topics_clash();
    let values = values(&event, &schedule_on(&[(1, 1, 1, &[1, 2])]), None);
    assert_eq!((by_pairs(&event), aggregated(&event, &values, 0, 100)), (200, Some(vec![100])));
}

#[test]
fn an_aggregated_model_knows_of_rounds_that_are_short_of_seats() {
    // In round 1 there is one seat for two, in round 2 nobody can make up for it, and round 3 has none that is wanted.
    let event = EventBuilder::new(3, 2, 3).capacity(1, 1).capacity(2, 2).capacity(3, 1);
    let event = event.expert_away(1, &[3]).expert_away(2, &[1, 3]).expert_away(3, &[1, 2]);
    let event = event.expert_stars(1, &[(1, 5), (2, 5)]).expert_stars(2, &[(1, 5), (2, 5)]);
    let event = event.order(&[Priority::Preferences]).build();
    let values = values(&event, &schedule(&[(1, 1, &[1]), (2, 1, &[2]), (2, 2, &[1])]), None);
    assert_eq!(values, [(Priority::Preferences, vec![300])]);
    assert_eq!((by_pairs(&event), aggregated(&event, &values, 0, 100)), (400, Some(vec![300])));
}

#[test]
fn a_lagrangian_holds_what_the_levels_above_reached() {
    // M01 is to avoid E01 and lists it.
    let order = [Priority::Courtesies, Priority::Preferences];
    let event = EventBuilder::new(2, 1, 1).avoid(1, 1).expert_ranks(1, &[(1, 1)]).order(&order).build();
    let bound_at = |event: &Event, above: Vec<i64>| {
        let values = [(event.order[0], above), (Priority::Preferences, Vec::new())];
        lagrangian(event, &values, -50, 1000)
    };
    assert_eq!((bound_at(&event, vec![0]), bound_at(&event, vec![1])), (Some(0), Some(60)));
    // E01, who seats one, is all that M02 chose, and what M01 likes best.
    let order = [Priority::FairShare, Priority::Preferences];
    let event = EventBuilder::new(2, 2, 1).capacity(1, 1).order(&order);
    let event = event.expert_stars(1, &[(1, 5), (2, 2)]).expert_stars(2, &[(1, 1)]).build();
    assert_eq!((bound_at(&event, vec![2]), bound_at(&event, vec![1])), (Some(10), Some(100)));
    // Two tables of one topic that M01 likes, and one of a topic that M01 does not.
    let order = [Priority::Variety, Priority::Preferences];
    let event = EventBuilder::new(3, 1, 2).topics(2).offers(1, &[1]).offers(2, &[1]).offers(3, &[2]).order(&order);
    let event = event.topic_ranks(1, &[(1, 1)]).build();
    assert_eq!((bound_at(&event, vec![0]), bound_at(&event, vec![1])), (Some(100), Some(200)));
    // The second choice of M01 is no first choice, and is liked better.
    let order = [Priority::FirstChoices, Priority::Preferences];
    let event =
        EventBuilder::new(2, 1, 1).first_choices(1).scores(Scores { expert_ranks: vec![10, 60], ..Scores::default() });
    let event = event.expert_ranks(1, &[(1, 1), (2, 2)]).order(&order).build();
    assert_eq!((bound_at(&event, vec![1]), bound_at(&event, vec![0])), (Some(10), Some(60)));
}

#[test]
fn a_lagrangian_opens_only_as_many_tables_as_there_are() {
    let order = [Priority::Preferences];
    let event = EventBuilder::new(2, 2, 1).rooms(&[Some(1)]).in_room(1, 1).in_room(2, 1).order(&order);
    let event = event.expert_ranks(1, &[(1, 1)]).expert_ranks(2, &[(2, 1)]).build();
    assert_eq!(lagrangian(&event, &values(&event, &Schedule::default(), None), 0, 1000), Some(60));
    let load = EventBuilder::new(1, 2, 2).most_sittings(1, 1).mentee_away(1, &[1]).mentee_away(2, &[2]).order(&order);
    let event = load.expert_ranks(1, &[(1, 1)]).expert_ranks(2, &[(1, 1)]).build();
    assert_eq!(lagrangian(&event, &values(&event, &Schedule::default(), None), 0, 1000), Some(60));
}

#[test]
fn what_a_missed_level_reached_is_held_below_it() {
    // All three are to avoid E01 and list it; no seat with it would be best, and one there is.
    let order = [Priority::Seats, Priority::Courtesies, Priority::Preferences];
    let event = EventBuilder::new(2, 3, 1).avoid(1, 1).avoid(2, 1).avoid(3, 1).order(&order);
    let event = (1..=3).fold(event, |event, mentee| event.expert_ranks(mentee, &[(1, 1)])).build();
    let values = values(&event, &schedule(&[(1, 1, &[1]), (1, 2, &[2, 3])]), None);
    let (levels, _) = levels(&Pairs::new(&event), false, &values, None, &|| false).expect("there is a schedule");
    let bounds: Vec<_> = levels.into_iter().map(|level| level.bound).collect();
    assert_eq!(bounds, [Some(vec![3, 0]), Some(vec![0]), Some(vec![60])]);
}

#[test]
fn limits_that_are_too_tight_give_none() {
    let (event, limits) = (rounds_clash(), Limits { looks: 2_000, passes: 5_000, stop: &|| false });
    let question = Question { pairs: &Pairs::new(&event), every_round: false, above: &[], reached: 0 };
    assert_eq!(bound(&question, &limits), None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bound_is_below_the_best(planted in mixed(TINY)) {
        let best = best(&planted.event).expect("the plant meets the rules");
        assert_bounded(&planted.event, &best);
        assert_levels_bounded(&planted.event, &best);
        assert_aggregated_bounded(&planted.event, &best);
    }

    #[test]
    fn no_bound_is_below_the_best_in_any_order(planted in mixed(WEE), order in orders()) {
        let event = Event { order, ..planted.event };
        let best = best(&event).expect("the plant meets the rules");
        assert_bounded(&event, &best);
        assert_levels_bounded(&event, &best);
        assert_aggregated_bounded(&event, &best);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bound_is_below_what_a_schedule_with_these_values_reaches(planted in mixed(SMALL), order in orders()) {
        let Planted { event, plant } = planted;
        let event = Event { order, ..event };
        assert_bounded(&event, &values(&event, &plant, None));
        assert_levels_bounded(&event, &values(&event, &plant, None));
        assert_aggregated_bounded(&event, &values(&event, &plant, None));
    }
}
