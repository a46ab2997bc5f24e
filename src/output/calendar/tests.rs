mod languages;
mod mail;
mod updates;

use chrono::{Duration, TimeZone, Utc};
use chrono_tz::Europe::Berlin;

use super::ics::clean;
use super::names::Names;
use super::{Edition, File, Invitations, Owner, files, invitations, listing};
use crate::domain::{Calendar, Event, Room, RoomIx, Round, Schedule};
use crate::output::csv::csv;
use crate::output::plan::{Plan, Revision, Unreadable};
use crate::output::sample::{certificate, event, schedule, seat};

/// A revision that came to be on that day of March at noon.
fn plan(event: &Event, schedule: &Schedule, day: u32, previous: Option<&Plan>) -> Plan {
    let made = Utc.with_ymd_and_hms(2027, 3, day, 12, 0, 0).single().expect("a time");
    Plan::new(event, schedule, &certificate(), Revision { made, inputs: [].into(), previous, first: 1 })
}

fn edition<'a>(event: &'a Event, plan: &'a Plan, earlier: Option<&'a Plan>) -> Edition<'a> {
    Edition { event, plan, earlier, single: false, secret: None }
}

fn written(edition: Edition) -> Vec<File> {
    files(&edition).expect("a plan with times")
}

fn invited(edition: Edition) -> Invitations {
    invitations(&edition, "committee@example.org").expect("a plan with times")
}

/// The one file whose path begins so, its lines unfolded.
fn text(files: &[File], path: &str) -> String {
    let found: Vec<_> = files.iter().filter(|file| file.path.starts_with(path)).collect();
    let [file] = found[..] else { panic!("{} files are called {path}…", found.len()) };
    String::from_utf8(file.bytes.clone()).expect("UTF-8").replace("\r\n ", "").replace("\r\n", "\n")
}

/// The values of a property, in the order of the file.
fn values<'a>(text: &'a str, property: &str) -> Vec<&'a str> {
    text.lines().filter_map(|line| line.strip_prefix(property)?.strip_prefix(':')).collect()
}

const ANA: &str = "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//tablehop//tablehop//EN
CALSCALE:GREGORIAN
X-WR-CALNAME:Spring Mentoring: Ana Brandt
BEGIN:VEVENT
CATEGORIES:Mentoring\\, spring
DESCRIPTION:Spring Mentoring\\nRound 1: Tuesday\\, 9 March 2027\\, 13:30–13:42\\, America/Chicago (UTC-06:00)\\n\
Table T1\\, Hall C\\nTopic: Data\\nWith Dr. Amara Okafor\\n\\nBring a question.\\n\\nQuestions: Committee\\, \
committee@example.org
DTEND:20270309T194200Z
DTSTAMP:20270301T120000Z
DTSTART:20270309T193000Z
LOCATION:Table T1\\, Hall C
SEQUENCE:1
STATUS:CONFIRMED
SUMMARY:Dr. Amara Okafor · Data
TRANSP:OPAQUE
UID:c8b52741edde83bc921ec4bd112780b1@tablehop
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Dr. Amara Okafor · Data
DTSTAMP:20270301T120000Z
TRIGGER:-PT10M
UID:10-c8b52741edde83bc921ec4bd112780b1@tablehop
END:VALARM
END:VEVENT
";

#[test]
fn an_entry_says_who_what_where_and_when() {
    let calendar = Calendar {
        alarms: vec![10],
        categories: vec!["Mentoring, spring".into()],
        prepare_mentees: Some("Bring a question.".into()),
        ..Calendar::default()
    };
    let event = Event { calendar, ..event() };
    let plan = plan(&event, &schedule(), 1, None);
    let files = written(edition(&event, &plan, None));
    let ana = text(&files, "mentees/ana-brandt-");
    assert!(ana.starts_with(ANA), "{ana}");
    assert_eq!(values(&ana, "DTSTART"), ["20270309T193000Z", "20270309T194500Z"]);
    assert_eq!(written(edition(&event, &plan, None)), files);
}

#[test]
fn an_expert_reads_the_stages_and_questions_of_the_group_and_rooms_do_not() {
    let mut event = event();
    event.mentees[0].stage = Some("Student".into());
    event.mentees[0].goal = Some("Which\r\n  way?".into());
    event.rooms = vec![Room { name: "Annex".into(), tables: None }];
    event.experts[0].room = Some(RoomIx(0));
    let plan = plan(&event, &schedule(), 1, None);
    let files = written(edition(&event, &plan, None));
    let said = "Table T1\\, Annex\\, Hall C\\nTopic: Data\\n- Ana Brandt\\, Lakeside Health (Student): Which way?\\n\
                - 山田 太郎 👩‍⚕️\\, Lakeside Health\\n\\n";
    assert!(text(&files, "experts/dr-amara-okafor-").contains(said));
    for of_all in ["everything.ics", "rooms/annex-"] {
        let text = text(&files, of_all);
        assert!(text.contains("\\n- Ana Brandt\\, Lakeside Health\\n- 山田"), "{text}");
        assert!(!text.contains("Which") && !text.contains("example.org"), "{text}");
    }
    assert_eq!(values(&text(&files, "rooms/annex-"), "SUMMARY").len(), 2);
    assert_eq!(values(&text(&files, "everything.ics"), "SUMMARY").len(), 3);
}

#[test]
fn a_person_can_have_one_entry_for_all_rounds() {
    let event = event();
    let plan = plan(&event, &schedule(), 1, None);
    let files = written(Edition { single: true, ..edition(&event, &plan, None) });
    let bo = text(&files, "mentees/shan-tian-tai-lang");
    assert_eq!(values(&bo, "SUMMARY"), ["Spring Mentoring"]);
    assert_eq!(values(&bo, "DTEND"), ["20270309T194200Z"]);
    let description = "Hall C\\n\\nTuesday\\, 9 March 2027\\, America/Chicago (UTC-06:00)\\n13:30–13:42 · Round 1: Table T1 · \
                       Data\\nWith Dr. Amara Okafor\\n13:45–13:57 · Round 2: You sit out this round\\n\\nQuestions: Committee\\, \
                       committee@example.org";
    assert_eq!(values(&bo, "DESCRIPTION"), [description]);
    assert!(!bo.contains("X-WR-CALNAME"), "one entry needs no calendar of its own");
}

#[test]
fn midnight_and_a_clock_that_is_put_back_are_told() {
    let start = Berlin.with_ymd_and_hms(2027, 10, 31, 0, 30, 0).single().expect("a time that comes once");
    let mut event = Event { timezone: Berlin, ..event() };
    event.rounds = vec![
        Round { start: start - Duration::minutes(40), end: start - Duration::minutes(20) },
        Round { start, end: start + Duration::minutes(200) },
    ];
    let plan = plan(&event, &schedule(), 1, None);
    let ana = text(&written(edition(&event, &plan, None)), "mentees/ana-");
    let first: Vec<_> = values(&ana, "DESCRIPTION").into_iter().filter_map(|d| d.split("\\n").nth(1)).collect();
    let expected = [
        "Round 1: Saturday\\, 30 October 2027\\, 23:50–00:10 (Sunday\\, 31 October 2027)\\, Europe/Berlin (UTC+02:00)",
        "Round 2: Sunday\\, 31 October 2027\\, 00:30–02:50\\, Europe/Berlin (UTC+02:00 → UTC+01:00)",
    ];
    assert_eq!(first, expected);
    assert_eq!(values(&ana, "DTEND"), ["20271030T221000Z", "20271031T015000Z"]);
}

#[test]
fn one_entry_over_several_days_does_not_keep_the_nights() {
    let mut event = event();
    event.rounds[1] =
        Round { start: event.rounds[0].start + Duration::days(1), end: event.rounds[0].end + Duration::days(1) };
    let plan = plan(&event, &schedule(), 1, None);
    let files = written(Edition { single: true, ..edition(&event, &plan, None) });
    assert_eq!(values(&text(&files, "mentees/ana-"), "TRANSP"), ["TRANSPARENT"]);
    assert_eq!(values(&text(&files, "mentees/shan-tian-tai-lang"), "TRANSP"), ["OPAQUE"]);
}

/// Ana's second round moves to E1 and Cy's falls away; E2 has nobody any more.
fn moved() -> Schedule {
    Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 0, 0)])
}

#[test]
fn names_of_files_are_safe_everywhere() {
    let mut names = Names::new(None);
    let of = |names: &mut Names, id: &str, name: &str| names.of("mentee", id, name);
    let mut given: Vec<_> = ["CON", "con", "../../etc/passwd", "a\\b:c*?\"<>|", "山田", "", "Zoë-.", "…"]
        .iter()
        .map(|name| of(&mut names, name, name))
        .collect();
    given.push(of(&mut names, "long", &"Ab ".repeat(70)));
    for path in &given {
        let (folder, name) = path.split_once('/').expect("a folder");
        assert_eq!(folder, "mentees");
        assert!(name.len() <= 60 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        assert!(name.rsplit_once('-').is_some_and(|(word, mark)| !word.is_empty() && mark.len() == 6), "{name}");
    }
    let apart: std::collections::BTreeSet<_> = given.iter().collect();
    assert_eq!(apart.len(), given.len());
    assert_eq!(of(&mut names, "CON", "CON"), format!("{}-2", given[0]));
}

#[test]
fn a_secret_makes_names_that_nobody_guesses() {
    let event = event();
    let plan = plan(&event, &schedule(), 1, None);
    let with = |secret: &[u8; 32]| {
        let files = written(Edition { secret: Some(secret), ..edition(&event, &plan, None) });
        files.into_iter().map(|file| file.path).collect::<Vec<_>>()
    };
    let (one, other) = (with(&[1; 32]), with(&[2; 32]));
    assert_eq!(one, with(&[1; 32]));
    let token = |path: &String| path.trim_end_matches(".ics").rsplit_once('-').map_or(0, |(_, token)| token.len());
    assert!(one.iter().all(|path| token(path) == 32) && one.iter().all(|path| !other.contains(path)), "{one:?}");
}

#[test]
fn it_is_listed_whose_file_is_which() {
    let event = event();
    let plan = plan(&event, &schedule(), 1, None);
    let rows = csv(&listing(&written(edition(&event, &plan, None))));
    let rows: Vec<_> = rows.lines().collect();
    assert_eq!(rows[0], "of,id,name,file,entries");
    assert!(rows[1].starts_with("expert,E1,Dr. Amara Okafor,experts/dr-amara-okafor-"), "{}", rows[1]);
    assert_eq!(rows[rows.len() - 1], "organizer,,,everything.ics,3");
}

#[test]
fn who_meets_nobody_has_no_file() {
    let event = event();
    let plan = plan(&event, &Schedule::new(vec![seat(0, 0, 0)]), 1, None);
    let owners: Vec<_> = written(edition(&event, &plan, None)).into_iter().map(|file| file.owner).collect();
    let named = |owner: &Owner| matches!(owner, Owner::Person { id, .. } if id == "E1" || id == "ana");
    assert!(owners.len() == 3 && owners[..2].iter().all(named), "{owners:?}");
}

#[test]
fn a_plan_with_times_that_are_none_is_not_read() {
    let event = event();
    let mut plan = plan(&event, &schedule(), 1, None);
    plan.rounds[1].end = "soon".into();
    let fault = Unreadable::Name { field: "time", found: "soon".into() };
    assert_eq!(files(&edition(&event, &plan, None)), Err(fault));
}

#[test]
fn nothing_that_could_end_or_hide_a_line_is_left_in_a_text() {
    assert_eq!(clean("Zoë 山田 👩‍⚕️\nשלום"), "Zoë 山田 👩‍⚕️\nשלום");
    assert_eq!(clean("a\r\nb\rc\u{b}d\u{85}e\u{2028}f\tg\u{0}h\u{7f}i\u{202e}j\u{feff}"), "a\nb\nc\nd\ne\nf ghij");
    assert_eq!(clean(&"ö".repeat(20_000)).chars().count(), 16_001);
}
