//! Which of two schedules becomes the plan, and under which certificate.

use std::cmp::Ordering;

use super::folder::Loaded;
use crate::check;
use crate::domain::{Certificate, Event, Level, Open, Priority, Route, Rule, Schedule};
use crate::output::plan::Plan;

/// A schedule with how good it is.
pub struct Choice {
    /// The seats.
    pub schedule: Schedule,
    /// How good they are.
    pub certificate: Certificate,
}

/// What becomes the plan: the newest revision, when it keeps every rule and is no worse than what was solved
/// (`fresh`: when it is better); else what was solved. `before` is the revision before the newest.
pub fn choose(loaded: &Loaded, newest: &Plan, before: Option<&Plan>, solved: Choice, fresh: bool) -> Choice {
    let event = &loaded.event;
    let remaining = newest.remaining(event);
    let proven =
        Proven { certificate: &solved.certificate, against: Against::Plan(Some(&remaining).filter(|_| !fresh)) };
    let standing = newest.schedule(event).ok().filter(|s| *s == solved.schedule || stays(event, s, &solved, fresh));
    let Some(schedule) = standing else {
        let certificate = carried_over(event, &solved.schedule, Some(&remaining), &proven);
        return Choice { schedule: solved.schedule, certificate };
    };
    // A revision is certified against the one before it.
    let previous =
        if newest.shows(event, &schedule) { before.map(|plan| plan.remaining(event)) } else { Some(schedule.clone()) };
    let certificate = carried_over(event, &schedule, previous.as_ref(), &proven);
    let own = newest.certificate().ok().filter(|own| {
        let sound = check::certificate_faults(event, &schedule, own, previous.as_ref()).is_empty();
        newest.inputs == loaded.inputs && sound && !proves_more(&certificate, own)
    });
    Choice { schedule, certificate: own.unwrap_or(certificate) }
}

fn stays(event: &Event, standing: &Schedule, solved: &Choice, fresh: bool) -> bool {
    if !check::breaches(event, standing).is_empty() {
        return false;
    }
    let new = &solved.schedule;
    let order = more_open(event, standing, new).then_with(|| better(event, standing, new, fresh));
    if fresh { order == Ordering::Greater } else { order != Ordering::Less }
}

/// Where the event keeps every table open if it can, a schedule that does goes before one that does not.
fn more_open(event: &Event, standing: &Schedule, new: &Schedule) -> Ordering {
    if event.open != Open::Auto {
        return Ordering::Equal;
    }
    let strict = Event { open: Open::EveryRound, ..event.clone() };
    let opens = |schedule| check::breaches(&strict, schedule).iter().all(|b| b.rule != Rule::EveryRound);
    opens(standing).cmp(&opens(new))
}

/// The values level by level. What changes against the standing plan does not count when that plan is to be ignored.
fn better(event: &Event, standing: &Schedule, new: &Schedule, fresh: bool) -> Ordering {
    let values = |schedule| check::values(event, schedule, Some(standing));
    for ((priority, a), (_, b)) in values(standing).into_iter().zip(values(new)) {
        if priority == Priority::Changes && fresh {
            continue;
        }
        let senses = priority.senses(event);
        let parts = senses.iter().zip(a.iter().zip(&b));
        let order = parts.map(|(sense, (&a, &b))| sense.upwards(a).cmp(&sense.upwards(b))).find(|o| o.is_ne());
        if let Some(order) = order {
            return order;
        }
    }
    Ordering::Equal
}

/// What is proven of a schedule.
struct Proven<'a> {
    certificate: &'a Certificate,
    against: Against<'a>,
}

/// What changes are counted against.
enum Against<'a> {
    /// This plan; without one there are none.
    Plan(Option<&'a Schedule>),
    /// A plan that is not at hand.
    Another,
}

/// The certificate of a schedule when `from` is that of another one, or of the same against another revision before
/// it: values are counted, and a bound holds as far as all levels above have the values that it was proven with. One on
/// `changes`, or below it, does against the same revision; one below it always, where changes were none whatever the
/// schedule. Where nothing changes against a revision, no other schedule has that value.
fn carried_over(event: &Event, schedule: &Schedule, previous: Option<&Schedule>, from: &Proven) -> Certificate {
    let same = matches!(from.against, Against::Plan(plan) if plan == previous);
    let without = matches!(from.against, Against::Plan(None));
    let (mut held, mut is_only) = (true, false);
    let mut levels = Vec::new();
    for (i, (priority, value)) in check::values(event, schedule, previous).into_iter().enumerate() {
        let known = from.certificate.levels.get(i).filter(|level| held && level.priority == priority);
        let recounted = priority == Priority::Changes && !same;
        let bound = match known {
            _ if is_only => Some(value.clone()),
            _ if recounted => Some(vec![0; value.len()]),
            known => known.and_then(|level| level.bound.clone()),
        };
        held = known.is_some_and(|level| if recounted { without } else { level.value == value });
        is_only |= priority == Priority::Changes && previous.is_some() && value.iter().all(|&changes| changes == 0);
        levels.push(Level::new(priority, value, bound));
    }
    let Certificate { route, steps, ref solver, .. } = *from.certificate;
    Certificate::new(levels, route, steps, solver.clone())
}

/// The certificate of a plan that was made elsewhere: values are counted; bounds are those of `newest`, as far as
/// they still hold, when it was made from the same files. What was proven with every table open says nothing about a
/// plan with fewer.
pub fn adopted(loaded: &Loaded, schedule: &Schedule, newest: Option<&Plan>) -> Certificate {
    let event = &loaded.event;
    let bounds_it = |plan: &Plan| {
        let is_as_open = |standing: &Schedule| more_open(event, standing, schedule).is_le();
        plan.inputs == loaded.inputs && plan.schedule(event).is_ok_and(|standing| is_as_open(&standing))
    };
    let levels = newest
        .filter(|plan| bounds_it(plan))
        .and_then(|plan| plan.certificate().ok())
        .map_or(Vec::new(), |known| known.levels);
    let from = Certificate::new(levels, Route::Adopted, 0, "none".to_owned());
    let proven = Proven { certificate: &from, against: Against::Another };
    carried_over(event, schedule, newest.map(|plan| plan.remaining(event)).as_ref(), &proven)
}

/// Whether `a` proves more than `b` of the same schedule: more levels in a row, then more bounds.
fn proves_more(a: &Certificate, b: &Certificate) -> bool {
    let proven = |c: &Certificate| c.levels.iter().take_while(|level| level.proven).count();
    let bounds = |c: &Certificate| c.levels.iter().filter(|level| level.bound.is_some()).count();
    (proven(a), bounds(a)) > (proven(b), bounds(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample::{event, schedule, seat};

    fn levels(values: Vec<(Priority, Vec<i64>)>) -> Certificate {
        let proven = |(priority, value): (Priority, Vec<i64>)| Level::new(priority, value.clone(), Some(value));
        Certificate::new(values.into_iter().map(proven).collect(), Route::Search, 1, "solver".into())
    }

    #[test]
    fn bounds_hold_as_far_as_the_levels_above_have_their_values() {
        let event = event();
        let certificate = levels(check::values(&event, &schedule(), None));
        let proven = Proven { certificate: &certificate, against: Against::Plan(None) };
        assert_eq!(carried_over(&event, &schedule(), None, &proven), certificate);

        let fewer = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 0, 2)]);
        let carried = carried_over(&event, &fewer, None, &proven);
        assert_eq!(carried.levels[0].bound, certificate.levels[0].bound);
        assert!(!carried.levels[0].proven);
        assert!(carried.levels[1..].iter().all(|level| level.bound.is_none()));
    }

    #[test]
    fn what_is_proven_below_changes_holds_against_the_same_plan_or_where_there_was_none() {
        let event = Event { order: vec![Priority::Seats, Priority::Changes, Priority::Variety], ..event() };
        let (plan, fewer) = (schedule(), Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 0, 2)]));
        let certificate = levels(check::values(&event, &plan, Some(&plan)));
        let bounds = |previous: &Schedule, against| -> Vec<_> {
            let proven = Proven { certificate: &certificate, against };
            let carried = carried_over(&event, &plan, Some(previous), &proven);
            carried.levels.into_iter().map(|level| level.bound).collect()
        };
        let all: Vec<_> = certificate.levels.iter().map(|level| level.bound.clone()).collect();
        assert_eq!(bounds(&plan, Against::Plan(Some(&plan))), all);
        assert_eq!(bounds(&fewer, Against::Plan(None)), all);
        assert_eq!(bounds(&fewer, Against::Plan(Some(&plan)))[1..], [Some(vec![0, 0]), None]);
        assert_eq!(bounds(&fewer, Against::Another)[1..], [Some(vec![0, 0]), None]);
        assert_eq!(bounds(&plan, Against::Another)[1..], all[1..], "nothing changes, so there is no other");
    }
}
