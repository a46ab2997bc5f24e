//! A small event for the tests of the formats: two rounds, two experts, three mentees, hostile names.

use chrono::{Duration, TimeZone};
use chrono_tz::America::Chicago;

use crate::domain::{
    Calendar, Certificate, Choice, Event, Expert, ExpertIx, Frozen, Level, Mentee, MenteeIx, Open, Organizer, Print,
    Priority, Round, RoundIx, RoundSet, Route, SameOrganization, Schedule, Scores, Seat, Text, TopicIx,
};

pub fn event() -> Event {
    let start = Chicago.with_ymd_and_hms(2027, 3, 9, 13, 30, 0).single().expect("a time that exists once");
    let round = |n: i64| {
        let start = start + Duration::minutes(15 * n);
        Round { start, end: start + Duration::minutes(12) }
    };
    Event {
        id: "spring".into(),
        name: "Spring Mentoring".into(),
        timezone: Chicago,
        venue: Some("Hall C".into()),
        organizer: Some(Organizer { name: "Committee".into(), email: Some("committee@example.org".into()) }),
        rounds: vec![round(0), round(1)],
        breaks: Vec::new(),
        topics: vec!["Data".into(), "Ethics, law".into()],
        rooms: Vec::new(),
        travel: Vec::new(),
        organizations: Vec::new(),
        experts: vec![expert("E1", "Dr. Amara Okafor", "T1", 0), expert("E2", "=HYPERLINK(\"x\")", "T2", 1)],
        mentees: vec![mentee("ana", "Ana Brandt"), mentee("bo", "山田 太郎 👩‍⚕️"), mentee("cy", "Cy\u{1b}[31m <b>|")],
        requests: Vec::new(),
        open: Open::AsNeeded,
        same_organization: SameOrganization::Allow,
        scores: Scores::default(),
        order: Priority::default_order(),
        first_choices: 3,
        frozen: Frozen::default(),
        print: Print::default(),
        text: Text::default(),
        calendar: Calendar::default(),
    }
}

fn expert(id: &str, name: &str, table: &str, topic: u32) -> Expert {
    Expert {
        id: id.into(),
        name: name.into(),
        surname: None,
        email: Some(format!("{id}@example.org")),
        affiliation: None,
        organization: None,
        topics: vec![TopicIx(topic)],
        capacity: vec![2, 2],
        smallest_group: 1,
        present: RoundSet::all(2),
        most_sittings: 2,
        most_in_a_row: None,
        table: table.into(),
        room: None,
        wishes: Vec::new(),
        knows: Vec::new(),
    }
}

fn mentee(id: &str, name: &str) -> Mentee {
    Mentee {
        id: id.into(),
        name: name.into(),
        surname: None,
        email: Some(format!("{id}@example.org")),
        affiliation: Some("Lakeside Health".into()),
        organization: None,
        topics: vec![Choice { target: TopicIx(0), rank: 1, stars: None }],
        experts: Vec::new(),
        present: RoundSet::all(2),
        least: 0,
        most: 2,
        stage: None,
        goal: None,
        priority: None,
        submitted: None,
        knows: Vec::new(),
    }
}

pub fn seat(round: u32, expert: u32, mentee: u32) -> Seat {
    let topic = Some(TopicIx(expert));
    Seat { round: RoundIx(round), expert: ExpertIx(expert), mentee: MenteeIx(mentee), topic }
}

/// Ana and Bo with E1, then Ana with E2 and Cy with E1; Bo and Cy sit out once each.
pub fn schedule() -> Schedule {
    Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 0, 2), seat(1, 1, 0)])
}

pub fn certificate() -> Certificate {
    let levels = vec![
        Level::new(Priority::Seats, vec![4, 2], Some(vec![4, 2])),
        Level::new(Priority::Courtesies, vec![0], Some(vec![0])),
        Level::new(Priority::FirstChoices, vec![2], None),
    ];
    Certificate::new(levels, Route::RoundsModel, 12, "microlp 0.6".into())
}
