//! The parts of the models that no answer shows by itself: exact points, safe bounds, sizes.

use chrono::{TimeDelta, TimeZone};
use chrono_tz::Tz;

use crate::domain::{
    Calendar, Event, Expert, ExpertIx, Frozen, Mentee, MenteeIx, Open, OrganizationIx, Print, Priority, Request, Room,
    RoomIx, Round, RoundSet, SameOrganization, Scores, Sense, Text, TopicIx, Travel,
};
use crate::pairs::Pairs;

use super::levels::Model;
use super::outcome::{Answer, Outcome, safely};
use super::program::{Program, Reduced};
use super::rounds::RoundsModel;
use super::solver::{Budget, Relaxation, Solver, Task, solve};
use super::sum::{Column, Sum};
use super::{Question, Size, size};

/// Three decisions, of which the first two are one person's, who wants one.
fn program() -> (Program, Vec<Column>) {
    let mut program = Program::default();
    let mut columns = vec![program.decision(), program.decision()];
    program.group(0, 1);
    columns.push(program.decision());
    program.group(2, 1);
    (program, columns)
}

#[test]
fn the_decisions_give_the_whole_point() {
    let (mut program, columns) = program();
    let all: Sum = columns.iter().copied().collect();
    let largest = program.largest(vec![all.clone().plus(-1)], (0, 3));
    let smallest = program.smallest(vec![(all.clone() * 10, 3)], (0, 10));
    let pieces = program.pieces(&all, 3, Sense::Max);
    let any = program.any(&all);
    let point = program.point(&[1, 0, 1]);
    assert_eq!(Sum::from(largest).value(&point), 1);
    assert_eq!(Sum::from(smallest).value(&point), 6);
    assert_eq!(pieces.iter().map(|&piece| Sum::from(piece).value(&point)).collect::<Vec<_>>(), [1, 1, 0]);
    assert_eq!(Sum::from(any).value(&point), 1);
    assert!(program.admits(&point));
    assert_eq!(program.point(&[0, 0, 0])[3..], [0, 0, 0, 0, 0, 0]);
}

#[test]
fn a_reduced_program_has_the_points_of_the_whole_that_keep_what_is_held() {
    let (mut program, columns) = program();
    let all: Sum = columns.iter().copied().collect();
    let largest = program.largest(vec![all.clone().plus(-1)], (0, 3));
    program.smallest(vec![(all.clone() * 10, 3)], (0, 10));
    program.pieces(&all, 3, Sense::Max);
    let any = program.any(&(Sum::from(columns[1]) + columns[2]));
    program.at_most(Sum::from(columns[0]) + columns[2] + largest, 2);
    program.at_least(Sum::from(any) + columns[0], 1);
    let points: Vec<Vec<i64>> =
        (0..8).map(|bits| program.point(&[bits & 1, bits >> 1 & 1, bits >> 2])).filter(|p| program.admits(p)).collect();
    for (held, at) in points.iter().flat_map(|point| (0..8).map(move |held| (held, point))) {
        let reduced = Reduced::new(&program, at, |column| held >> column.index() & 1 == 0);
        let kept = |point: &&Vec<i64>| (0..3).all(|i| held >> i & 1 == 0 || point[i] == at[i]);
        for point in points.iter().filter(kept) {
            let within = reduced.within(point);
            assert!(reduced.program.admits(&within));
            assert_eq!((&reduced.program.point(&within), &reduced.whole(&within)), (&within, point));
            assert_eq!(reduced.sum(&all).value(&within), all.value(point));
        }
        for point in (0..8).map(|bits| program.point(&[bits & 1, bits >> 1 & 1, bits >> 2])) {
            let within = reduced.within(&point);
            let has = reduced.whole(&within) == point && reduced.program.admits(&within);
            assert_eq!(has, points.contains(&point) && kept(&&point), "{point:?} when {held:b} of {at:?} is held");
        }
    }
}

#[test]
fn what_rows_decide_is_no_column_of_a_reduced_program() {
    let (mut program, columns) = program();
    let [a, b, c] = columns[..] else { panic!("there are three") };
    let any = program.any(&(Sum::from(b) + c));
    program.at_most(Sum::from(b) + c - Sum::from(any) * 2, 0);
    program.at_least(Sum::from(a) + b, 1);
    program.exactly(Sum::from(b) - c, 0);
    let reduced = |a, b, held: Column| {
        let point = program.point(&[a, b, b]);
        Reduced::new(&program, &point, |column| column != held).program.columns().len()
    };
    assert_eq!(reduced(0, 1, a), 0, "b must be taken, c is the same, and so there is any");
    assert_eq!(reduced(1, 0, a), 2, "b and c are one");
}

#[test]
fn a_relaxation_meets_the_rows_that_it_is_given() {
    let (mut program, columns) = program();
    let all: Sum = columns.iter().copied().collect();
    let any = program.any(&all);
    program.at_most(all.clone() - Sum::from(any) * 3, 0);
    let objective = Sum::from(columns[0]) * 3 - Sum::from(any) * 2;
    let task = Task { program: &program, objective: &objective, sense: Sense::Max, start: None };
    let relaxation = Relaxation::new(&task).expect("there is a point");
    let bound = |relaxation: &Relaxation| safely(relaxation.objective(), &objective, Sense::Max);
    assert_eq!((bound(&relaxation), relaxation.value(columns[0])), (Some(2), 1.0));
    let linked = relaxation.at_most(&(Sum::from(columns[0]) - Sum::from(any)), 0).expect("there is another");
    assert_eq!((bound(&linked), linked.value(any)), (Some(1), 1.0));
    let without = linked.without(columns[0]).expect("there is one without it");
    assert_eq!((bound(&without), without.value(any)), (Some(0), 0.0));
    assert!(without.at_most(&(all * -1), -3).is_none());
}

#[test]
fn a_row_that_the_bounds_imply_is_left_out_and_one_that_they_deny_is_noted() {
    let (mut program, columns) = program();
    let all: Sum = columns.iter().copied().collect();
    program.at_most(all.clone(), 3);
    program.at_least(all.clone().plus(2), 2);
    assert!(program.rows().is_empty() && !program.contradictory());
    program.at_most(all.clone(), 2);
    assert!(program.admits(&program.point(&[1, 0, 1])) && !program.admits(&program.point(&[1, 1, 1])));
    program.at_least(all, 4);
    assert!(program.contradictory());
}

#[test]
fn an_extreme_takes_no_more_of_a_group_than_it_allows() {
    let (program, columns) = program();
    let [a, b, c] = columns[..] else { panic!("three columns") };
    let sum: Sum = [(a, 5), (b, 7), (c, -2)].into_iter().collect::<Sum>().plus(1);
    assert_eq!(program.extreme(&sum, Sense::Max), 8);
    assert_eq!(program.extreme(&sum, Sense::Min), -1);
}

#[test]
fn bounds_are_rounded_to_what_can_be_and_never_past_it() {
    let (_, columns) = program();
    let sum = |factor| Sum::from((columns[0], factor)).plus(3);
    assert_eq!(safely(9.999_999_9, &sum(1), Sense::Max), Some(13));
    assert_eq!(safely(10.4, &sum(1), Sense::Max), Some(13));
    assert_eq!(safely(10.000_000_1, &sum(1), Sense::Min), Some(13));
    assert_eq!(safely(10.4, &sum(1), Sense::Min), Some(14));
    assert_eq!(safely(19.0, &sum(-10), Sense::Max), Some(13));
    assert_eq!(safely(f64::NAN, &sum(1), Sense::Max), None);
    assert_eq!(safely(f64::INFINITY, &sum(1), Sense::Max), None);
}

#[test]
fn no_answer_is_believed_unchecked() {
    let (mut program, columns) = program();
    let all: Sum = columns.iter().copied().collect();
    program.at_most(all.clone(), 2);
    let outcome = |values: &[f64], bound| {
        let answer = Answer { values: Some(values.to_vec()), bound };
        Outcome::of(answer, &program, &all, Sense::Max)
    };
    assert_eq!(outcome(&[0.999_999, 0.0, 1.0], Some(2.0)), Outcome::Optimal(vec![1, 0, 1]));
    assert_eq!(outcome(&[1.0, 0.0, 0.0], Some(2.3)), Outcome::Feasible(vec![1, 0, 0], Some(2)));
    assert_eq!(outcome(&[1.0, 0.0, 1.0], Some(1.0)), Outcome::Feasible(vec![1, 0, 1], None));
    assert!(matches!(outcome(&[1.0, 1.0, 1.0], Some(3.0)), Outcome::Fault(_)));
    let none = Answer { values: None, bound: Some(2.5) };
    assert_eq!(Outcome::of(none, &program, &all, Sense::Max), Outcome::Stopped(Some(2)));
}

fn solvers() -> Vec<Solver> {
    let mut solvers = vec![Solver::Microlp, Solver::strongest()];
    solvers.dedup();
    solvers
}

#[test]
fn solvers_tell_optimal_from_infeasible() {
    let (mut program, columns) = program();
    let all: Sum = columns.iter().copied().collect();
    let budget = Budget { nodes: 100, work: 0, time: None, stop: &|| false };
    // Each two of the three: one and a half of them in the relaxation, one in truth.
    for pair in [[0, 1], [0, 2], [1, 2]] {
        program.at_most(pair.map(|i| columns[i]).into_iter().collect(), 1);
    }
    for solver in solvers() {
        let task = Task { program: &program, objective: &all, sense: Sense::Max, start: None };
        let (Outcome::Optimal(point), _) = solve(solver, &task, budget) else { panic!("{solver:?} has no optimum") };
        assert_eq!(all.value(&point), 1);
        let task = Task { start: Some(&point), ..task };
        assert!(matches!(solve(solver, &task, budget).0, Outcome::Optimal(_)), "{solver:?}");
        let mut program = program.clone();
        program.at_least(all.clone(), 2);
        let task = Task { program: &program, objective: &all, sense: Sense::Max, start: None };
        assert_eq!(solve(solver, &task, budget).0, Outcome::Infeasible, "{solver:?}");
    }
}

/// Four experts in two rooms, six mentees, four rounds, and something for every rule and priority.
pub(super) fn event() -> Event {
    let (rounds, all) = (4, RoundSet::all(4));
    let start = Tz::UTC.with_ymd_and_hms(2027, 3, 9, 13, 0, 0).single().expect("an hour without a leap");
    let expert = |i: usize| Expert {
        id: format!("E{i}"),
        name: String::new(),
        surname: None,
        email: None,
        affiliation: None,
        organization: Some(OrganizationIx(0)),
        topics: if i == 0 { vec![TopicIx(0), TopicIx(1)] } else { vec![TopicIx(1)] },
        capacity: vec![3; rounds],
        smallest_group: 1 + i as u32 / 3,
        present: all,
        most_sittings: 3,
        most_in_a_row: Some(2),
        table: String::new(),
        room: Some(RoomIx::new(i % 2)),
        wishes: vec![MenteeIx(0)],
        knows: Vec::new(),
    };
    let mentee = |i: usize| Mentee {
        id: format!("M{i}"),
        name: String::new(),
        surname: None,
        email: None,
        affiliation: None,
        organization: (i < 3).then_some(OrganizationIx(0)),
        topics: Vec::new(),
        experts: Vec::new(),
        present: all,
        least: 1,
        most: 3,
        stage: None,
        goal: None,
        priority: Some(i as i64),
        submitted: None,
        knows: Vec::new(),
    };
    let round = |i: usize| {
        let start = start + TimeDelta::minutes(15 * i as i64);
        Round { start, end: start + TimeDelta::minutes(12) }
    };
    Event {
        id: "test".into(),
        name: "Test".into(),
        timezone: Tz::UTC,
        venue: None,
        organizer: None,
        rounds: (0..rounds).map(round).collect(),
        breaks: Vec::new(),
        topics: vec!["A".into(), "B".into()],
        rooms: vec![Room { name: "X".into(), tables: Some(1) }, Room { name: "Y".into(), tables: None }],
        travel: vec![Travel { from: RoomIx(0), to: RoomIx(1), minutes: 10 }],
        organizations: vec!["O".into()],
        experts: (0..4).map(expert).collect(),
        mentees: (0..6).map(mentee).collect(),
        requests: vec![
            Request::MustMeet(MenteeIx(1), ExpertIx(1)),
            Request::KeptApart(MenteeIx(0), MenteeIx(1)),
            Request::KeptTogether(MenteeIx(2), MenteeIx(3)),
        ],
        open: Open::AsNeeded,
        same_organization: SameOrganization::Avoid,
        scores: Scores::default(),
        order: Priority::ALL.to_vec(),
        first_choices: 3,
        frozen: Frozen::default(),
        print: Print::default(),
        text: Text::default(),
        calendar: Calendar::default(),
    }
}

#[test]
fn a_model_is_at_most_as_large_as_foretold_and_not_far_below() {
    let event = event();
    let pairs = Pairs::new(&event);
    for every_round in [false, true] {
        for order in [&[][..], &[Priority::Seats], &Priority::ALL] {
            let question = Question { pairs: &pairs, order, standing: None, every_round };
            let mut model = RoundsModel::new(&question);
            order.iter().for_each(|&priority| drop(model.parts(priority)));
            let program = model.program();
            let built = Size { columns: program.columns().len() as u64, rows: program.rows().len() as u64 };
            let foretold = size(&question);
            assert!(
                built.columns <= foretold.columns && foretold.columns <= 2 * built.columns,
                "{built:?} {foretold:?}"
            );
            assert!(built.rows <= foretold.rows && foretold.rows <= 3 * built.rows, "{built:?} {foretold:?}");
        }
    }
}
