//! What a certificate may say of a schedule, and what not.

use tablehop::check::{CertificateFault, certificate_faults};
use tablehop::domain::{Certificate, Event, Level, Priority, Route, Schedule, Status};

use super::support::{EventBuilder, schedule};

/// One mentee between two experts in one round, of whom the first is the better choice.
fn event() -> Event {
    EventBuilder::new(2, 1, 1)
        .expert_ranks(1, &[(1, 1), (2, 2)])
        .order(&[Priority::Seats, Priority::Preferences, Priority::NewFaces])
        .build()
}

fn plan() -> Schedule {
    schedule(&[(1, 2, &[1])])
}

/// The levels of [`plan`]: proven, short of the bound, and without one.
fn levels() -> Vec<Level> {
    vec![
        Level::new(Priority::Seats, vec![1, 0], Some(vec![1, 0])),
        Level::new(Priority::Preferences, vec![40], Some(vec![60])),
        Level::new(Priority::NewFaces, vec![0], None),
    ]
}

fn certificate(levels: Vec<Level>) -> Certificate {
    Certificate::new(levels, Route::RoundsModel, 7, "microlp".to_string())
}

fn faults(certificate: &Certificate) -> Vec<CertificateFault> {
    certificate_faults(&event(), &plan(), certificate, None)
}

#[test]
fn what_is_so_may_be_said() {
    assert_eq!(faults(&certificate(levels())), []);
}

#[test]
fn the_status_follows_from_the_levels() {
    let made = certificate(levels());
    assert_eq!((made.status, made.proven_through), (Status::Bounded, Some(Priority::Seats)));
    let said = Certificate { status: Status::Optimal, ..made };
    assert_eq!(faults(&said), [CertificateFault::Status { said: Status::Optimal, found: Status::Bounded }]);
    let unbound = |level: Level| Level { bound: None, proven: false, ..level };
    let feasible = certificate(levels().into_iter().map(unbound).collect());
    assert_eq!(feasible.status, Status::Feasible);
    assert_eq!(faults(&feasible), []);
    let tight = |level: Level| Level::new(level.priority, level.value.clone(), Some(level.value));
    let optimal = certificate(levels().into_iter().map(tight).collect());
    assert_eq!((optimal.status, optimal.proven_through), (Status::Optimal, Some(Priority::NewFaces)));
    assert_eq!(faults(&optimal), []);
    let said = Certificate { status: Status::Bounded, ..optimal };
    assert_eq!(faults(&said), [CertificateFault::Status { said: Status::Bounded, found: Status::Optimal }]);
}

#[test]
fn proven_through_ends_before_the_first_gap() {
    let mut levels = levels();
    levels[2] = Level::new(Priority::NewFaces, vec![0], Some(vec![0]));
    let said = Certificate { proven_through: Some(Priority::NewFaces), ..certificate(levels) };
    let expected = CertificateFault::ProvenThrough { said: Some(Priority::NewFaces), found: Some(Priority::Seats) };
    assert_eq!(faults(&said), [expected]);
}

#[test]
fn a_value_is_what_the_schedule_reaches() {
    let mut levels = levels();
    levels[1] = Level::new(Priority::Preferences, vec![50], Some(vec![60]));
    let expected = CertificateFault::Value { priority: Priority::Preferences, said: vec![50], found: vec![40] };
    assert_eq!(faults(&certificate(levels)), [expected]);
}

#[test]
fn no_value_is_better_than_its_bound() {
    let mut levels = levels();
    levels[1] = Level::new(Priority::Preferences, vec![40], Some(vec![39]));
    let expected = CertificateFault::BeyondBound { priority: Priority::Preferences, value: vec![40], bound: vec![39] };
    assert_eq!(faults(&certificate(levels)), [expected]);
}

#[test]
fn better_is_what_the_priority_says_part_by_part() {
    // More seats are better and fewer sit-outs; the first part that differs decides.
    let with = |bound: Vec<i64>| {
        let mut levels = levels();
        levels[0] = Level::new(Priority::Seats, vec![1, 0], Some(bound));
        faults(&certificate(levels))
    };
    let beyond = |bound| [CertificateFault::BeyondBound { priority: Priority::Seats, value: vec![1, 0], bound }];
    assert_eq!(with(vec![2, 5]), []);
    assert_eq!(with(vec![1, -1]), []);
    assert_eq!(with(vec![1, 1]), beyond(vec![1, 1]));
    assert_eq!(with(vec![0, 0]), beyond(vec![0, 0]));
}

#[test]
fn a_bound_has_as_many_parts_as_its_priority() {
    let mut levels = levels();
    levels[0] = Level::new(Priority::Seats, vec![1, 0], Some(vec![1]));
    let expected = CertificateFault::BoundLength { priority: Priority::Seats, bound: vec![1] };
    assert_eq!(faults(&certificate(levels)), [expected]);
}

#[test]
fn proven_is_said_only_where_value_and_bound_meet() {
    for unproven in [1, 2] {
        let mut levels = levels();
        levels[unproven].proven = true;
        let priority = levels[unproven].priority;
        assert_eq!(faults(&certificate(levels)), [CertificateFault::NotProven { priority }]);
    }
}

#[test]
fn the_levels_are_the_events_priorities_in_their_order() {
    let mut swapped = levels();
    swapped.swap(1, 2);
    let said = vec![Priority::Seats, Priority::NewFaces, Priority::Preferences];
    assert_eq!(faults(&certificate(swapped)), [CertificateFault::Levels { said, wanted: event().order }]);
    let short = certificate(levels()[..2].to_vec());
    let said = vec![Priority::Seats, Priority::Preferences];
    assert_eq!(faults(&short), [CertificateFault::Levels { said, wanted: event().order }]);
}

#[test]
fn changes_may_follow_as_the_last_tie_break() {
    let mut levels = levels();
    levels.push(Level::new(Priority::Changes, vec![3, 1], None));
    // The standing plan had the mentee with the other expert: three cards and one seat differ.
    let standing = schedule(&[(1, 1, &[1])]);
    assert_eq!(certificate_faults(&event(), &plan(), &certificate(levels.clone()), Some(&standing)), []);
    let expected = CertificateFault::Value { priority: Priority::Changes, said: vec![3, 1], found: vec![0, 0] };
    assert_eq!(faults(&certificate(levels.clone())), [expected]);
    levels[3] = Level::new(Priority::Changes, vec![0, 0], None);
    levels.push(levels[3].clone());
    let said: Vec<_> = levels.iter().map(|l| l.priority).collect();
    assert_eq!(faults(&certificate(levels)), [CertificateFault::Levels { said, wanted: event().order }]);
}
