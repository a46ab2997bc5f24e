//! An event as an organizer would write it.

use std::iter::once;

use tablehop::domain::{
    Choice, Event, Expert, Frozen, Mentee, Open, Request, Room, Round, RoundSet, SameOrganization, TopicIx, Travel,
};

/// The files of an event's folder, by name, from which the program reads the same event. Played rounds stand in no
/// file: see [`with_pins`]. Wherever the files have one value for all experts, the event has, too.
pub fn files(event: &Event) -> Vec<(&'static str, String)> {
    vec![
        ("event.toml", event_file(event)),
        ("experts.csv", experts(event)),
        ("mentees.csv", mentees(event)),
        ("requests.csv", requests(event)),
        ("ratings.csv", ratings(event)),
    ]
}

/// The event with its played rounds as the files can say them: their seats are pinned, and their tables have no place
/// for anybody else.
pub fn with_pins(event: &Event) -> Event {
    let frozen = &event.frozen;
    let mut pinned = event.clone();
    for (e, expert) in event.expert_ixs().zip(&mut pinned.experts) {
        for r in frozen.rounds.iter() {
            match frozen.seats.iter().filter(|s| (s.expert, s.round) == (e, r)).count() {
                0 => expert.present.remove(r),
                group => expert.capacity[r.index()] = group as u32,
            }
        }
    }
    pinned.requests.extend(frozen.seats.iter().map(|s| Request::PinnedSeat(s.mentee, s.expert, s.round)));
    super::sort(&mut pinned.requests);
    pinned.frozen = Frozen::default();
    pinned
}

fn event_file(event: &Event) -> String {
    let round = |round: &Round| {
        let (start, minutes) = (round.start.format("%FT%T"), (round.end - round.start).num_minutes());
        format!("{{ start = {start}, minutes = {minutes} }}")
    };
    let room = |room: &Room| {
        let tables = room.tables.map_or(String::new(), |tables| format!(", tables = {tables}"));
        format!("{{ name = {:?}{tables} }}", room.name)
    };
    let way = |way: &Travel| {
        let [from, to] = [way.from, way.to].map(|room| &event.rooms[room.index()].name);
        format!("{{ from = {from:?}, to = {to:?}, minutes = {} }}", way.minutes)
    };
    let in_a_row = event.experts.iter().find_map(|expert| expert.most_in_a_row);
    let order: Vec<_> = event.order.iter().map(|priority| priority.name()).collect();
    format!(
        r#"[event]
id = {id:?}
name = {name:?}
timezone = "{timezone}"

[rounds]
list = [{rounds}]

[rosters]
experts = "experts.csv"
mentees = "mentees.csv"
ratings = "ratings.csv"

[topics]
offered = {topics:?}

[tables]
open = "{open}"
rooms = [{rooms}]
travel = [{ways}]

[experts]
{rests}
[columns.mentees]
{topic_columns}experts = "Experts [*]"

[rules]
same_organization = "{same_organization}"

[priorities]
order = {order:?}
first_choices = {first_choices}
"#,
        id = event.id,
        name = event.name,
        timezone = event.timezone,
        rounds = joined(event.rounds.iter().map(round)),
        topics = event.topics,
        open = open(event.open),
        rooms = joined(event.rooms.iter().map(room)),
        ways = joined(event.travel.iter().map(way)),
        rests = in_a_row.map_or(String::new(), |most| format!("most_in_a_row = {most}\n")),
        topic_columns = if event.topics.is_empty() { "" } else { "topics = \"Topics [*]\"\n" },
        same_organization = same_organization(event.same_organization),
        first_choices = event.first_choices,
    )
}

fn open(open: Open) -> &'static str {
    match open {
        Open::EveryRound => "every-round",
        Open::AsNeeded => "as-needed",
        Open::Auto => "auto",
    }
}

fn same_organization(rule: SameOrganization) -> &'static str {
    match rule {
        SameOrganization::Allow => "allow",
        SameOrganization::Avoid => "avoid",
        SameOrganization::Forbid => "forbid",
    }
}

fn experts(event: &Event) -> String {
    let header = "id,name,organization,topics,capacity,smallest_group,most_rounds,available,table,room,wishes,knows";
    let row = |expert: &Expert| {
        vec![
            expert.id.clone(),
            expert.name.clone(),
            expert.affiliation.clone().unwrap_or_default(),
            expert.topics.iter().map(|&t| event.topic(t)).collect::<Vec<_>>().join("; "),
            capacity(&expert.capacity),
            expert.smallest_group.to_string(),
            expert.most_sittings.to_string(),
            available(event, expert.present),
            expert.table.clone(),
            expert.room.map_or(String::new(), |room| event.rooms[room.index()].name.clone()),
            joined(expert.wishes.iter().map(|&m| &event.mentee(m).id)),
            joined(expert.knows.iter().map(|&m| &event.mentee(m).id)),
        ]
    };
    table(header.split(',').map(str::to_owned).collect(), event.experts.iter().map(row))
}

/// Mentees rank in a column an option.
fn mentees(event: &Event) -> String {
    let header = ["id", "name", "organization", "available", "least", "most", "priority", "knows"].map(str::to_owned);
    let topics = event.topics.iter().map(|topic| format!("Topics [{topic}]"));
    let experts = event.experts.iter().map(|expert| format!("Experts [{}]", expert.id));
    let row = |mentee: &Mentee| {
        let about = [
            mentee.id.clone(),
            mentee.name.clone(),
            mentee.affiliation.clone().unwrap_or_default(),
            available(event, mentee.present),
            mentee.least.to_string(),
            mentee.most.to_string(),
            mentee.priority.map_or(String::new(), |priority| priority.to_string()),
            joined(mentee.knows.iter().map(|&e| &event.expert(e).id)),
        ];
        let topics = (0..event.topics.len()).map(|t| rank(mentee.chose_topic(TopicIx::new(t))));
        let experts = event.expert_ixs().map(|e| rank(mentee.chose_expert(e)));
        about.into_iter().chain(topics).chain(experts).collect()
    };
    table(header.into_iter().chain(topics).chain(experts).collect(), event.mentees.iter().map(row))
}

/// The rank of what was not rated.
fn rank<T>(choice: Option<&Choice<T>>) -> String {
    choice.filter(|choice| choice.stars.is_none()).map_or(String::new(), |choice| choice.rank.to_string())
}

fn ratings(event: &Event) -> String {
    let mut rows = Vec::new();
    for mentee in &event.mentees {
        let topics = mentee.topics.iter().map(|c| (event.topic(c.target).to_owned(), c.stars));
        let experts = mentee.experts.iter().map(|c| (event.expert(c.target).id.clone(), c.stars));
        let rated = topics.chain(experts).filter_map(|(target, stars)| Some((target, stars?)));
        rows.extend(rated.map(|(target, stars)| vec![mentee.id.clone(), target, stars.to_string()]));
    }
    table(["person", "target", "rating"].map(str::to_owned).to_vec(), rows.into_iter())
}

fn requests(event: &Event) -> String {
    let row = |request: &Request| {
        let (kind, m, expert, round, with) = match *request {
            Request::KeepOut(m, e) => ("keep-out", m, Some(e), None, None),
            Request::Avoid(m, e) => ("avoid", m, Some(e), None, None),
            Request::MustMeet(m, e) => ("must-meet", m, Some(e), None, None),
            Request::PinnedSeat(m, e, r) => ("pinned-seat", m, Some(e), Some(r), None),
            Request::KeptApart(m, other) => ("kept-apart", m, None, None, Some(other)),
            Request::KeptTogether(m, other) => ("kept-together", m, None, None, Some(other)),
        };
        vec![
            kind.to_owned(),
            event.mentee(m).id.clone(),
            expert.map_or(String::new(), |e| event.expert(e).id.clone()),
            round.map_or(String::new(), |r| r.number().to_string()),
            with.map_or(String::new(), |m| event.mentee(m).id.clone()),
        ]
    };
    table(["kind", "mentee", "expert", "round", "with"].map(str::to_owned).to_vec(), event.requests.iter().map(row))
}

/// `6`, or `6; 3: 4` where it differs in some rounds.
fn capacity(by_round: &[u32]) -> String {
    let usual = by_round.iter().copied().max().unwrap_or(1);
    let other = by_round.iter().zip(1..).filter(|&(&seats, _)| seats != usual);
    other.fold(usual.to_string(), |cell, (seats, number)| format!("{cell}; {number}: {seats}"))
}

fn available(event: &Event, present: RoundSet) -> String {
    match present {
        RoundSet::NONE => "none".to_owned(),
        all if all == event.all_rounds() => String::new(),
        some => joined(some.iter().map(|r| r.number())),
    }
}

fn joined<T: ToString>(items: impl Iterator<Item = T>) -> String {
    items.map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

fn table(header: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in once(header).chain(rows) {
        writer.write_record(row).expect("a row is as long as the header, and memory takes it");
    }
    let bytes = writer.into_inner().expect("memory takes it");
    String::from_utf8(bytes).expect("it was written as UTF-8")
}
