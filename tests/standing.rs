//! What stands of a plan when its event is scheduled again.

use std::cmp::Ordering;

use oorandom::Rand64;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use proptest::sample::Index;
use tablehop::check;
use tablehop::domain::{
    Certificate, Event, ExpertIx, Level, MenteeIx, Priority, RoundIx, Route, Schedule, Seat, TopicIx,
};
use tablehop::pairs::Pairs;
use tablehop::solve::{Options, Outcome, solve};

use crate::support::EventBuilder;
use crate::support::oracle::upwards;
use crate::support::planted::Planted;
use crate::support::random::{SMALL, alike, mixed};

/// As many steps as the command takes.
const USUAL: u64 = 200_000;

/// Steps that are enough for small events.
const FEW: u64 = 5_000;

/// The schedule around a standing one, and its certificate; the checker accepts both.
fn solved(event: &Event, standing: Option<&Schedule>, steps: u64) -> Option<(Schedule, Certificate)> {
    let pairs = Pairs::new(event);
    match solve(&pairs, &Options { steps, seed: 1, standing, stop: &|| false, left: &|| None, progress: &|_| {} }) {
        Outcome::Solved(schedule, certificate) => {
            assert_eq!(check::breaches(event, &schedule), [], "the solver breaks a rule");
            assert_eq!(check::certificate_faults(event, &schedule, &certificate, standing), []);
            Some((schedule, certificate))
        }
        Outcome::Impossible(_) | Outcome::NoneFound => None,
    }
}

/// So many tables of 6, topics and rounds.
#[derive(Clone, Copy)]
struct Hall {
    experts: usize,
    topics: usize,
    rounds: usize,
}

const SMALL_HALL: Hall = Hall { experts: 15, topics: 8, rounds: 4 };
const LARGE_HALL: Hall = Hall { experts: 40, topics: 15, rounds: 6 };

/// An event in a hall. Topic *i* is wished for with probability proportional to 1 ∕ *i*; a mentee ranks five and names
/// two experts. The same people wish for the same, however many come.
fn hall(of: Hall, mentees: usize) -> Event {
    furnished(of, mentees).build()
}

fn furnished(Hall { experts, topics, rounds }: Hall, mentees: usize) -> EventBuilder {
    let mut rng = Rand64::new(1);
    let popular: Vec<usize> = (1..=topics).flat_map(|t| vec![t; 60 / t]).collect();
    let mut draw = |from: &[usize]| from[rng.rand_range(0..from.len() as u64) as usize];
    let mut builder = EventBuilder::new(experts, mentees, rounds).topics(topics);
    for expert in 1..=experts {
        builder = builder.offers(expert, &[draw(&popular)]).capacity(expert, 6);
    }
    let everybody: Vec<usize> = (1..=experts).collect();
    for mentee in 1..=mentees {
        let mut ranked = |from: &[usize], count: usize| {
            let mut ranks: Vec<(usize, u32)> = Vec::new();
            while ranks.len() < count {
                let drawn = draw(from);
                if ranks.iter().all(|&(other, _)| other != drawn) {
                    ranks.push((drawn, ranks.len() as u32 + 1));
                }
            }
            ranks.sort_unstable();
            ranks
        };
        builder = builder.topic_ranks(mentee, &ranked(&popular, 5)).expert_ranks(mentee, &ranked(&everybody, 2));
    }
    builder
}

/// A hall where every third expert is away in one round.
fn ragged_hall(of: Hall, mentees: usize) -> Event {
    let away = |builder: EventBuilder, expert| builder.expert_away(expert, &[1 + expert % of.rounds]);
    (1..=of.experts).step_by(3).fold(furnished(of, mentees), away).build()
}

fn value(certificate: &Certificate, priority: Priority) -> &[i64] {
    certificate.levels.iter().find(|l| l.priority == priority).map_or(&[], |l| &l.value)
}

/// Of the people who were there before, how many have another card.
fn other_cards(event: &Event, before: &Schedule, after: &Schedule, late: usize) -> i64 {
    let changes = check::value(event, after, Priority::Changes, Some(before));
    changes[0] - late as i64
}

/// At most one card in so many changes.
fn three_late_mentees_change_few_cards(of: Hall, there: usize, share: i64) {
    let (standing, _) = solved(&hall(of, there), None, USUAL).expect("everybody finds a seat");
    let event = hall(of, there + 3);
    let (fresh, unkept) = solved(&event, None, USUAL).expect("everybody finds a seat");
    let (schedule, certificate) = solved(&event, Some(&standing), USUAL).expect("everybody finds a seat");
    assert_eq!(certificate.route, Route::PairAndRotate);
    assert_eq!(value(&certificate, Priority::Seats), [((there + 3) * of.rounds) as i64, 0]);
    for (kept, fresh) in certificate.levels.iter().zip(&unkept.levels) {
        let turned = |value: &[i64]| upwards(&event, &[(kept.priority, value.to_vec())]);
        assert!(turned(&kept.value) >= turned(&fresh.value), "{kept:?} is worse than {fresh:?}");
    }
    assert!(other_cards(&event, &standing, &fresh, 3) * 2 > there as i64, "then nothing would have to be kept");
    let (changed, people) = (other_cards(&event, &standing, &schedule, 3), (there + of.experts) as i64);
    assert!(changed * share <= people, "{changed} of the {people} people who were there have another card");
}

#[test]
fn three_late_mentees_of_63_change_few_cards() {
    three_late_mentees_change_few_cards(SMALL_HALL, 60, 5);
}

#[test]
fn three_late_mentees_of_203_change_few_cards() {
    three_late_mentees_change_few_cards(LARGE_HALL, 200, 10);
}

/// At most one card in so many changes, and no priority before those that look at pairs of mentees becomes worse.
fn three_late_mentees_of_a_ragged_event(order: &[Priority], share: i64) {
    let (of, there) = (SMALL_HALL, 60);
    let event_of = |mentees| Event { order: order.to_vec(), ..ragged_hall(of, mentees) };
    let (standing, _) = solved(&event_of(there), None, USUAL).expect("everybody finds a seat");
    let event = event_of(there + 3);
    let (fresh, unkept) = solved(&event, None, USUAL).expect("everybody finds a seat");
    let (schedule, certificate) = solved(&event, Some(&standing), USUAL).expect("everybody finds a seat");
    assert_ne!(certificate.route, Route::PairAndRotate);
    let is_before =
        |level: &&Level| !matches!(level.priority, Priority::NewFaces | Priority::EvenTables | Priority::Changes);
    let reached = |certificate: &Certificate| -> Vec<_> {
        certificate.levels.iter().take_while(is_before).map(|l| (l.priority, l.value.clone())).collect()
    };
    let (kept, anew) = (reached(&certificate), reached(&unkept));
    assert!(upwards(&event, &kept) >= upwards(&event, &anew), "{kept:?} is worse than {anew:?}");
    assert!(other_cards(&event, &standing, &fresh, 3) * 2 > there as i64, "then nothing would have to be kept");
    let (changed, people) = (other_cards(&event, &standing, &schedule, 3), (there + of.experts) as i64);
    assert!(changed * share <= people, "{changed} of the {people} people who were there have another card");
}

#[test]
fn three_late_mentees_of_a_ragged_event_change_few_cards() {
    three_late_mentees_of_a_ragged_event(&[Priority::Seats, Priority::Preferences], 10);
}

#[test]
fn they_do_where_changes_are_asked_for_last() {
    three_late_mentees_of_a_ragged_event(&[Priority::Seats, Priority::Preferences, Priority::Changes], 10);
}

#[test]
fn they_do_where_company_counts() {
    three_late_mentees_of_a_ragged_event(&Priority::default_order(), 10);
}

#[test]
fn one_who_stays_away_changes_few_cards() {
    let (standing, _) = solved(&hall(LARGE_HALL, 200), None, USUAL).expect("everybody finds a seat");
    let event = hall(LARGE_HALL, 199);
    let left = Schedule::new(standing.seats().iter().filter(|s| s.mentee != MenteeIx(199)).copied().collect());
    let (schedule, _) = solved(&event, Some(&left), USUAL).expect("everybody finds a seat");
    let changed = other_cards(&event, &left, &schedule, 0);
    assert!(changed * 10 <= 239, "{changed} of 239 people have another card");
}

#[test]
fn an_expert_with_another_topic_has_no_table_about_the_old_one() {
    let event = ragged_hall(SMALL_HALL, 60);
    let (standing, _) = solved(&event, None, FEW).expect("everybody finds a seat");
    for expert in 0..event.experts.len() {
        let mut event = event.clone();
        let topic = event.experts[expert].topics[0];
        event.experts[expert].topics = vec![TopicIx::new((topic.index() + 1) % event.topics.len())];
        assert!(solved(&event, Some(&standing), FEW).is_some());
    }
}

/// Moves a seat to another mentee, expert or round, whether that makes sense or not.
fn misplaced(event: &Event, seat: Seat, what: usize, to: Index) -> Seat {
    match what % 3 {
        0 => Seat { mentee: MenteeIx::new(to.index(event.mentees.len())), ..seat },
        1 => {
            let expert = ExpertIx::new(to.index(event.experts.len()));
            let topic = event.sitting_topics(expert).first().copied().flatten();
            Seat { expert, topic, ..seat }
        }
        _ => Seat { round: RoundIx::new(to.index(event.rounds.len())), ..seat },
    }
}

/// The seats of a plan, some of them misplaced, some sittings about what the expert may not offer any more.
fn edited(event: &Event, plan: &Schedule, edits: Vec<(usize, usize, Index)>) -> Schedule {
    let mut seats = plan.seats().to_vec();
    for (which, what, to) in edits {
        let Some(at) = which.checked_rem(seats.len()) else { continue };
        let seat = seats[at];
        if what % 2 == 0 && !event.topics.is_empty() {
            let topic = Some(TopicIx::new(to.index(event.topics.len())));
            let is_there = |other: &&mut Seat| (other.expert, other.round) == (seat.expert, seat.round);
            seats.iter_mut().filter(is_there).for_each(|other| other.topic = topic);
        } else {
            seats[at] = misplaced(event, seat, what / 2, to);
        }
    }
    Schedule::new(seats)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn an_unchanged_event_keeps_its_plan(planted in alike(SMALL)) {
        let (standing, first) = solved(&planted.event, None, FEW).expect("the plant is a schedule");
        let (again, second) = solved(&planted.event, Some(&standing), FEW).expect("the plant is a schedule");
        if first.route == Route::PairAndRotate {
            prop_assert_eq!(again, standing);
            prop_assert_eq!(second.levels, first.levels);
        }
    }

    #[test]
    fn whatever_stands_the_plan_of_a_ragged_event_keeps_the_rules(
        planted in mixed(SMALL),
        edits in proptest::collection::vec(any::<(usize, usize, Index)>(), 0..6),
    ) {
        let Planted { event, plant } = planted;
        solved(&event, Some(&edited(&event, &plant, edits)), FEW);
    }

    #[test]
    fn whatever_stands_the_plan_keeps_the_rules_and_is_no_worse(
        planted in alike(SMALL),
        edits in proptest::collection::vec(any::<(usize, usize, Index)>(), 0..6),
        changes_at in any::<Index>(),
    ) {
        let mut event = planted.event;
        let at = changes_at.index(event.order.len() + 1);
        event.order.insert(at, Priority::Changes);
        let standing = edited(&event, &planted.plant, edits);
        let fresh = solved(&event, None, FEW);
        let kept = solved(&event, Some(&standing), FEW);
        prop_assert_eq!(kept.is_some(), fresh.is_some());
        if let Some(((_, kept), (fresh, unkept))) = kept.zip(fresh)
            && unkept.route == Route::PairAndRotate
        {
            let kept: Vec<_> = kept.levels.into_iter().map(|l| (l.priority, l.value)).collect();
            let fresh = check::values(&event, &fresh, Some(&standing));
            prop_assert!(upwards(&event, &kept).cmp(&upwards(&event, &fresh)) != Ordering::Less);
        }
    }
}
