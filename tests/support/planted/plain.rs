//! Events in which nothing is special yet.

use chrono::{DateTime, TimeDelta, TimeZone};
use chrono_tz::Tz;
use tablehop::domain::{
    Calendar, Event, Expert, Frozen, Mentee, Open, Print, Priority, Round, RoundSet, SameOrganization, Scores, Text,
};

/// An event of experts E01, E02, …, mentees M01, M02, … and rounds of 12 minutes every 15 from 13:30: everybody is
/// present, a table holds all mentees and opens for one, nobody lists anything, there are no topics and no rooms, and
/// `open` is as needed.
pub fn event(experts: usize, mentees: usize, rounds: usize) -> Event {
    let all = RoundSet::all(rounds);
    Event {
        id: "test".to_string(),
        name: "Test".to_string(),
        timezone: Tz::America__Chicago,
        venue: None,
        organizer: None,
        rounds: (0..rounds).map(round).collect(),
        breaks: Vec::new(),
        topics: Vec::new(),
        rooms: Vec::new(),
        travel: Vec::new(),
        organizations: Vec::new(),
        experts: (1..=experts).map(|n| expert(n, width(experts), all, vec![mentees as u32; rounds])).collect(),
        mentees: (1..=mentees).map(|n| mentee(n, width(mentees), all)).collect(),
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

/// A round that starts then.
pub fn round_from(start: DateTime<Tz>) -> Round {
    Round { start, end: start + TimeDelta::minutes(12) }
}

fn round(position: usize) -> Round {
    let first = Tz::America__Chicago.with_ymd_and_hms(2027, 3, 9, 13, 30, 0).single();
    round_from(first.expect("an hour without a leap") + TimeDelta::minutes(15 * position as i64))
}

/// Digits in the ids of so many people, whose order is then that of their numbers.
fn width(people: usize) -> usize {
    people.to_string().len().max(2)
}

fn expert(number: usize, width: usize, present: RoundSet, capacity: Vec<u32>) -> Expert {
    Expert {
        id: format!("E{number:0width$}"),
        name: format!("Expert {number}"),
        surname: None,
        email: None,
        affiliation: None,
        organization: None,
        topics: Vec::new(),
        most_sittings: capacity.len() as u32,
        capacity,
        smallest_group: 1,
        present,
        most_in_a_row: None,
        table: format!("T{number:0width$}"),
        room: None,
        wishes: Vec::new(),
        knows: Vec::new(),
    }
}

fn mentee(number: usize, width: usize, present: RoundSet) -> Mentee {
    Mentee {
        id: format!("M{number:0width$}"),
        name: format!("Mentee {number}"),
        surname: None,
        email: None,
        affiliation: None,
        organization: None,
        topics: Vec::new(),
        experts: Vec::new(),
        present,
        least: 0,
        most: present.len() as u32,
        stage: None,
        goal: None,
        priority: None,
        submitted: None,
        knows: Vec::new(),
    }
}
