use chrono::{TimeZone, Utc};

use super::{Change, ChangeRow, Changes, Fate, Gone, Plan, Revision, SCHEMA, Unreadable};
use crate::domain::{Certificate, Event, Route, Schedule};
use crate::output::sample::{certificate, event, schedule, seat};

fn plan(schedule: &Schedule, previous: Option<&Plan>) -> Plan {
    let made = Utc.with_ymd_and_hms(2027, 3, 1, 20, 15, 0).single().expect("a time");
    let inputs = [("event.toml".to_owned(), format!("sha256:{}", "0".repeat(64)))].into();
    Plan::new(&event(), schedule, &certificate(), Revision { made, inputs, previous, first: 1 })
}

fn text(plan: &Plan) -> String {
    String::from_utf8(plan.to_json()).expect("JSON is UTF-8")
}

const EXPECTED: &str = r#"{
  "format": "tablehop-plan/1",
  "program": "tablehop 0.1.0",
  "revision": 1,
  "made": "2027-03-01T20:15:00Z",
  "event": {"id": "spring", "name": "Spring Mentoring", "timezone": "America/Chicago", "venue": "Hall C"},
  "inputs": {"event.toml": "sha256:0000000000000000000000000000000000000000000000000000000000000000"},
  "rounds": [
    {"round": 1, "start": "2027-03-09T13:30:00-06:00", "end": "2027-03-09T13:42:00-06:00"},
    {"round": 2, "start": "2027-03-09T13:45:00-06:00", "end": "2027-03-09T13:57:00-06:00"}
  ],
  "topics": [
    "Data",
    "Ethics, law"
  ],
  "experts": [
    {"id": "E1", "name": "Dr. Amara Okafor"},
    {"id": "E2", "name": "=HYPERLINK(\"x\")"}
  ],
  "mentees": [
    {"id": "ana", "name": "Ana Brandt", "organization": "Lakeside Health"},
    {"id": "bo", "name": "山田 太郎 👩‍⚕️", "organization": "Lakeside Health"},
    {"id": "cy", "name": "Cy\u001b[31m <b>|", "organization": "Lakeside Health"}
  ],
  "sittings": [
    {"round": 1, "expert": "E1", "table": "T1", "topic": "Data"},
    {"round": 2, "expert": "E1", "table": "T1", "topic": "Data"},
    {"round": 2, "expert": "E2", "table": "T2", "topic": "Ethics, law"}
  ],
  "seats": [
    {"round": 1, "expert": "E1", "mentee": "ana", "topic": "Data", "since": 1},
    {"round": 1, "expert": "E1", "mentee": "bo", "topic": "Data", "since": 1},
    {"round": 2, "expert": "E1", "mentee": "cy", "topic": "Data", "since": 1},
    {"round": 2, "expert": "E2", "mentee": "ana", "topic": "Ethics, law", "since": 1}
  ],
  "sit_outs": [
    {"round": 2, "mentee": "bo"},
    {"round": 1, "mentee": "cy"}
  ],
  "revisions": [
    {"revision": 1, "made": "2027-03-01T20:15:00Z"}
  ],
  "certificate": {"status": "bounded", "proven_through": "courtesies", "route": "rounds-model", "steps": 12, "solver": "microlp 0.6", "priorities": [
    {"name": "seats", "sense": ["max", "min"], "value": [4, 2], "bound": [4, 2], "proven": true},
    {"name": "courtesies", "sense": ["min"], "value": [0], "bound": [0], "proven": true},
    {"name": "first-choices", "sense": ["max"], "value": [2], "bound": null, "proven": false}
  ]}
}
"#;

#[test]
fn a_plan_is_written_a_row_a_line_and_without_an_email() {
    let text = text(&plan(&schedule(), None));
    assert_eq!(text, EXPECTED);
    assert!(!text.contains("example.org"));
}

#[test]
fn a_plan_meets_the_schema_and_a_broken_one_does_not() {
    let schema = serde_json::from_str(SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is a schema");
    let mut value = serde_json::from_str(EXPECTED).expect("a plan is JSON");
    assert!(validator.is_valid(&value));
    let second = plan(&Schedule::new(vec![seat(0, 0, 0)]), Some(&plan(&schedule(), None)));
    let second: serde_json::Value = serde_json::from_slice(&second.to_json()).expect("a plan is JSON");
    assert!(second["revisions"][1]["mentees"].is_array() && validator.is_valid(&second));
    value["seats"][0]["email"] = "ana@example.org".into();
    assert!(!validator.is_valid(&value));
}

#[test]
fn what_was_written_is_read_back() {
    let event = event();
    let plan = plan(&schedule(), None);
    assert_eq!(Plan::parse(&plan.to_json()), Ok(plan.clone()));
    assert_eq!(plan.schedule(&event), Ok(schedule()));
    assert_eq!(plan.certificate(), Ok(certificate()));
}

#[test]
fn a_seat_that_stays_keeps_the_revision_it_came_with() {
    let first = plan(&schedule(), None);
    let moved = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 0, 2), seat(1, 1, 1)]);
    let second = plan(&moved, Some(&first));
    assert_eq!(second.revision, 2);
    assert_eq!(second.seats.iter().map(|s| s.since).collect::<Vec<_>>(), [1, 1, 1, 2]);
}

#[test]
fn a_plan_shows_an_event_and_its_seats_whatever_else_changed() {
    let mut event = event();
    let plan = plan(&schedule(), None);
    assert!(plan.shows(&event, &schedule()));
    assert!(!plan.shows(&event, &Schedule::new(vec![seat(0, 0, 0)])));
    let certificate = Certificate::new(Vec::new(), Route::Search, 1, "other".into());
    let renewed = plan.renewed(&event, &certificate, [("a".into(), "sha256:".into())].into());
    assert!(renewed != plan && renewed.shows(&event, &schedule()));
    event.mentees[0].name = "Anna Brandt".into();
    assert!(!plan.shows(&event, &schedule()));
}

fn card(id: &str, name: &str, fate: Fate, rounds: &[u32]) -> Change {
    Change { id: id.into(), name: name.into(), fate, rounds: rounds.to_vec() }
}

#[test]
fn a_card_differs_where_its_people_differ() {
    let first = plan(&schedule(), None);
    assert_eq!(first.changes_to(&event(), &schedule()), Changes::default());
    // Bo sits in round 2 with Ana and E2, and no more in round 1; Ana's own card stays as it is.
    let moved = Schedule::new(vec![seat(0, 0, 0), seat(1, 0, 2), seat(1, 1, 0), seat(1, 1, 1)]);
    let changes = plan(&moved, Some(&first)).changes_since(&first);
    let okafor = card("E1", "Dr. Amara Okafor", Fate::Changed, &[1]);
    let other = card("E2", "=HYPERLINK(\"x\")", Fate::Changed, &[2]);
    assert_eq!(changes.experts, [okafor, other]);
    assert_eq!(changes.mentees, [card("bo", "山田 太郎 👩‍⚕️", Fate::Changed, &[1, 2])]);
    assert_eq!(changes, first.changes_to(&event(), &moved));
}

#[test]
fn a_card_differs_where_time_table_room_topic_or_a_name_differs() {
    let first = plan(&schedule(), None);
    let changed = |change: &dyn Fn(&mut Event)| {
        let mut event = event();
        change(&mut event);
        let changes = first.changes_to(&event, &schedule());
        let rounds = |of: Vec<Change>| of.into_iter().map(|c| (c.id, c.rounds)).collect::<Vec<_>>();
        (rounds(changes.experts), rounds(changes.mentees))
    };
    let of = |ids: &[(&str, &[u32])]| ids.iter().map(|(id, r)| ((*id).to_owned(), r.to_vec())).collect::<Vec<_>>();
    let second_round = (of(&[("E1", &[2]), ("E2", &[2])]), of(&[("ana", &[2]), ("bo", &[2]), ("cy", &[2])]));
    assert_eq!(changed(&|e| e.rounds[1].end += chrono::Duration::minutes(1)), second_round);
    let table_of_second = (of(&[("E2", &[2])]), of(&[("ana", &[2])]));
    assert_eq!(changed(&|e| e.experts[1].table = "T9".into()), table_of_second);
    assert_eq!(changed(&|e| e.experts[1].name = "Ed".into()), table_of_second);
    assert_eq!(changed(&|e| e.topics[1] = "Law".into()), table_of_second);
    let bo = (of(&[("E1", &[1])]), of(&[("bo", &[1, 2])]));
    assert_eq!(changed(&|e| e.mentees[1].name = "Bo".into()), bo);
    let all = (of(&[("E1", &[1, 2]), ("E2", &[2])]), of(&[("ana", &[1, 2]), ("bo", &[1, 2]), ("cy", &[1, 2])]));
    assert_eq!(changed(&|e| e.venue = None), all);
}

#[test]
fn people_who_came_and_went_are_told() {
    let first = plan(&schedule(), None);
    let mut event = event();
    event.mentees.remove(2);
    event.mentees.push(crate::domain::Mentee { id: "dee".into(), name: "Dee".into(), ..event.mentees[0].clone() });
    let fewer = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 1, 0)]);
    let changes = first.changes_to(&event, &fewer);
    assert_eq!(changes.experts, [card("E1", "Dr. Amara Okafor", Fate::Changed, &[2])]);
    let gone = card("cy", "Cy\u{1b}[31m <b>|", Fate::Gone, &[1, 2]);
    assert_eq!(changes.mentees, [gone, card("dee", "Dee", Fate::New, &[1, 2])]);
}

#[test]
fn a_plan_keeps_when_its_revisions_came_and_whose_cards_they_changed() {
    let first = plan(&schedule(), None);
    let moved = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 0, 2), seat(1, 1, 1)]);
    let second = plan(&moved, Some(&first));
    let rows = |of: &[ChangeRow]| of.iter().map(|c| (c.id.clone(), c.rounds.clone())).collect::<Vec<_>>();
    assert_eq!(second.revisions.iter().map(|r| r.revision).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(rows(&second.revisions[1].experts), [("E2".to_owned(), vec![2])]);
    assert_eq!(rows(&second.revisions[1].mentees), [("ana".to_owned(), vec![2]), ("bo".to_owned(), vec![2])]);
    // A plan of a program that did not keep it begins with the revision that it is.
    let old = Plan { revision: 3, revisions: Vec::new(), ..first.clone() };
    assert_eq!(plan(&schedule(), Some(&old)).revisions.iter().map(|r| r.revision).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(Plan::parse(&second.to_json()), Ok(second));
}

#[test]
fn who_is_gone_is_named_and_the_rest_remains() {
    let plan = plan(&schedule(), None);
    let mut event = event();
    event.mentees.remove(0);
    event.rounds.truncate(1);
    let ana = Gone::Mentee { id: "ana".into(), name: Some("Ana Brandt".into()) };
    assert_eq!(plan.schedule(&event), Err(vec![ana, Gone::Round(2)]));
    assert_eq!(plan.remaining(&event), Schedule::new(vec![seat(0, 0, 0)]));
}

#[test]
fn other_formats_and_broken_files_are_refused() {
    let other = EXPECTED.replace("tablehop-plan/1", "tablehop-plan/2");
    assert_eq!(Plan::parse(other.as_bytes()), Err(Unreadable::Format { found: Some("tablehop-plan/2".into()) }));
    assert_eq!(Plan::parse(b"{}"), Err(Unreadable::Format { found: None }));
    let cut = Plan::parse(b"{\n  \"format\": ");
    assert_eq!(cut, Err(Unreadable::Shape { line: 2, column: 12, reason: "EOF while parsing a value".into() }));
    let mut plan = plan(&schedule(), None);
    plan.certificate.route = "magic".into();
    assert_eq!(plan.certificate(), Err(Unreadable::Name { field: "route", found: "magic".into() }));
}

#[test]
fn times_and_zones_that_there_are_not_make_no_plan() {
    let text = text(&plan(&schedule(), None));
    let faulty = [
        ("timezone", "America/Chicago", "Mars"),
        ("end", "2027-03-09T13:57:00-06:00", "soon"),
        ("made", "2027-03-01T20:15:00Z", "2027-03-01"),
    ];
    for (field, right, wrong) in faulty {
        let fault = Unreadable::Name { field, found: wrong.into() };
        assert_eq!(Plan::parse(text.replace(right, wrong).as_bytes()), Err(fault));
    }
}
