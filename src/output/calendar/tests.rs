use chrono::{Duration, TimeZone, Utc};
use chrono_tz::Europe::Berlin;

use super::ics::clean;
use super::names::Names;
use super::{Edition, File, Invitations, Owner, files, invitations, listing};
use crate::domain::{Calendar, Event, Mentee, Room, RoomIx, Round, Schedule};
use crate::output::csv::csv;
use crate::output::plan::{Plan, Revision, Unreadable};
use crate::output::sample::{certificate, event, schedule, seat};

/// A revision that came to be on that day of March at noon.
fn plan(event: &Event, schedule: &Schedule, day: u32, previous: Option<&Plan>) -> Plan {
    let made = Utc.with_ymd_and_hms(2027, 3, day, 12, 0, 0).single().expect("a time");
    Plan::new(event, schedule, &certificate(), Revision { made, inputs: [].into(), previous })
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
DESCRIPTION:Round 1: Tuesday 9 March 2027\\, 13:30–13:42\\, America/Chicago (UTC-06:00)\\n\
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
    let description = "Hall C\\n\\nTuesday 9 March 2027\\, America/Chicago (UTC-06:00)\\n13:30–13:42 · Round 1: Table T1 · \
                       Data\\nWith Dr. Amara Okafor\\n13:45–13:57 · Round 2: no meeting\\n\\nQuestions: Committee\\, \
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
    let first: Vec<_> = values(&ana, "DESCRIPTION").into_iter().filter_map(|d| d.split("\\n").next()).collect();
    let expected = [
        "Round 1: Saturday 30 October 2027\\, 23:50–00:10 (Sunday 31 October)\\, Europe/Berlin (UTC+02:00)",
        "Round 2: Sunday 31 October 2027\\, 00:30–02:50\\, Europe/Berlin (UTC+02:00\\, then UTC+01:00)",
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

/// UID, SEQUENCE, DTSTAMP and STATUS of each entry.
fn states(text: &str) -> Vec<(String, String, String, String)> {
    let of = |property| values(text, property).into_iter().map(str::to_owned);
    let parts = of("UID").zip(of("SEQUENCE")).zip(of("DTSTAMP")).zip(of("STATUS"));
    parts.map(|(((uid, sequence), stamp), status)| (uid, sequence, stamp, status)).collect()
}

#[test]
fn a_later_revision_updates_what_changed_and_takes_back_what_fell_away() {
    let event = event();
    let first = plan(&event, &schedule(), 1, None);
    let second = plan(&event, &moved(), 2, Some(&first));
    let third = plan(&event, &moved(), 3, Some(&second));
    let before = written(edition(&event, &first, None));
    let after = written(edition(&event, &third, None));
    let changes = written(edition(&event, &third, Some(&first)));
    let owners: Vec<_> = changes.iter().map(|file| file.path.rsplit_once('-').map_or("", |(name, _)| name)).collect();
    assert_eq!(
        owners,
        ["experts/dr-amara-okafor", "experts/hyperlink-x", "mentees/ana-brandt", "mentees/cy-31m-b", ""]
    );

    let [was, is, sent] = [&before, &after, &changes].map(|files| states(&text(files, "mentees/ana-")));
    assert_eq!(was[0], is[0], "what stays keeps its bytes");
    assert_eq!((was[1].0.as_str(), was[1].1.as_str()), (is[1].0.as_str(), "1"));
    assert_eq!((is[1].1.as_str(), is[1].2.as_str()), ("2", "20270302T120000Z"));
    assert_eq!(sent, is[1..]);

    let (was, sent) = (states(&text(&before, "mentees/cy-")), states(&text(&changes, "mentees/cy-")));
    let cancelled = (was[0].0.clone(), "2".to_owned(), "20270302T120000Z".to_owned(), "CANCELLED".to_owned());
    assert_eq!(sent, [cancelled]);
    assert!(!after.iter().any(|file| file.path.starts_with("mentees/cy-")));
    assert_eq!(states(&text(&changes, "everything.ics")).len(), 2);
    assert_eq!(written(edition(&event, &third, Some(&second))), []);
}

#[test]
fn who_left_the_rosters_is_taken_back_too() {
    let first = plan(&event(), &schedule(), 1, None);
    let mut event = event();
    event.mentees.remove(2);
    let fewer = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 1, 0)]);
    let second = plan(&event, &fewer, 2, Some(&first));
    let changes = written(edition(&event, &second, Some(&first)));
    assert_eq!(states(&text(&changes, "mentees/cy-"))[0].3, "CANCELLED");
    let all = invited(edition(&event, &second, Some(&first)));
    assert_eq!((all.gone, all.without_address), (vec!["Cy\u{1b}[31m <b>|".to_owned()], vec![]));
    assert!(!all.files.iter().any(|file| file.path.starts_with("mentees/")), "nothing else changed for a mentee");
}

#[test]
fn a_clock_that_was_put_back_makes_nothing_look_older() {
    let event = event();
    let first = plan(&event, &schedule(), 9, None);
    let second = plan(&event, &moved(), 2, Some(&first));
    let ana = states(&text(&written(edition(&event, &second, None)), "mentees/ana-"));
    assert_eq!((ana[0].2.as_str(), ana[1].2.as_str()), ("20270309T120000Z", "20270309T120001Z"));
}

#[test]
fn a_table_that_moves_leaves_one_room_and_enters_another() {
    let mut event = event();
    event.rooms = ["Annex", "Gallery"].map(|name| Room { name: name.into(), tables: None }).into();
    event.experts.iter_mut().for_each(|expert| expert.room = Some(RoomIx(0)));
    let first = plan(&event, &schedule(), 1, None);
    event.experts[1].room = Some(RoomIx(1));
    let second = plan(&event, &schedule(), 2, Some(&first));
    let changes = written(edition(&event, &second, Some(&first)));
    let (left, entered) = (states(&text(&changes, "rooms/annex-")), states(&text(&changes, "rooms/gallery-")));
    assert_eq!((left[0].3.as_str(), entered[0].3.as_str()), ("CANCELLED", "CONFIRMED"));
    assert_ne!(left[0].0, entered[0].0);
    assert_eq!(states(&text(&changes, "everything.ics")).len(), 1);
}

#[test]
fn an_invitation_names_its_organizer_and_one_guest_alone() {
    let mut event = event();
    event.experts[1].email = None;
    event.mentees[0].email = Some("ana+50%@example.org".into());
    event.mentees[0].name = "Ana \"B\"; X=1\u{202e}".into();
    let plan = plan(&event, &schedule(), 1, None);
    let all = invited(Edition { single: true, ..edition(&event, &plan, None) });
    assert_eq!(all.without_address, ["=HYPERLINK(\"x\")"]);
    let ana = text(&all.files, "mentees/ana-b-x-1-").replace("=\n", "").replace("=3D", "=");
    let head = "From: \"Committee\" <committee@example.org>\nTo: \"Ana \\\"B\\\"; X=1\" <ana+50%@example.org>\n\
                Subject: Spring Mentoring\nDate: Mon, 1 Mar 2027 12:00:00 +0000\nMessage-ID: <";
    assert!(ana.starts_with(head), "{ana}");
    assert_eq!(values(&ana, "METHOD"), ["REQUEST"]);
    let attendee = "ATTENDEE;CN=\"Ana 'B'; X=1\";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:\
                    mailto:ana+50%25@example.org";
    assert!(ana.contains(attendee), "{ana}");
    assert_eq!(ana.matches("\nATTENDEE").count(), 1);
    let addresses = ana.match_indices("@example.org").map(|(at, _)| ana[..at].rsplit([' ', '<', ':']).next());
    let addresses: std::collections::BTreeSet<_> = addresses.flatten().collect();
    assert!(addresses.into_iter().eq(["ana+50%", "ana+50%25", "committee"]), "{ana}");
    assert_eq!(invited(Edition { single: true, ..edition(&event, &plan, None) }).files, all.files);
}

#[test]
fn nobody_reads_the_address_of_somebody_else() {
    let event = event();
    let plan = plan(&event, &schedule(), 1, None);
    for single in [false, true] {
        let edition = Edition { single, ..edition(&event, &plan, None) };
        let all = [written(edition), invited(edition).files].concat();
        assert!(all.len() > 10);
        for file in all {
            let own = match &file.owner {
                Owner::Person { id, .. } if file.path.ends_with(".eml") => id.as_str(),
                _ => "",
            };
            let said = String::from_utf8(file.bytes).expect("UTF-8").replace("\r\n ", "").replace("=\r\n", "");
            let known =
                ["E1", "E2", "ana", "bo", "cy"].into_iter().filter(|id| said.contains(&format!("{id}@example.org")));
            assert_eq!(known.collect::<String>(), own, "{}", file.path);
        }
    }
}

#[test]
fn what_fell_away_is_taken_back_by_mail() {
    let calendar = Calendar { alarms: vec![5], note: Some("Be early.".into()), ..Calendar::default() };
    let event = Event { calendar, ..event() };
    let first = plan(&event, &schedule(), 1, None);
    let second = plan(&event, &moved(), 2, Some(&first));
    let all = invited(Edition { single: true, ..edition(&event, &second, Some(&first)) });
    let cy = text(&all.files, "mentees/cy-");
    assert!(cy.contains("\nSubject: Cancelled: Spring Mentoring\n"), "{cy}");
    assert_eq!((values(&cy, "METHOD"), values(&cy, "STATUS")), (vec!["CANCEL"], vec!["CANCELLED"]));
    assert!(!cy.contains("Be early.") && !cy.contains("VALARM"), "{cy}");
    let ana = text(&all.files, "mentees/ana-");
    assert!(ana.contains("Be early.") && ana.contains("VALARM"), "{ana}");
    assert!(ana.contains("\nSubject: Changed: Spring Mentoring\n"), "{ana}");
    let each = invited(edition(&event, &second, Some(&first)));
    assert_eq!(each.files.iter().filter(|file| file.path.contains("-round-2.eml")).count(), each.files.len());
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

#[test]
fn a_person_who_came_late_has_entries_since_then() {
    let first = plan(&event(), &schedule(), 1, None);
    let mut event = event();
    event.mentees.push(Mentee { id: "dee".into(), name: "Dee".into(), ..event.mentees[0].clone() });
    let more = Schedule::new([schedule().seats(), &[seat(1, 1, 3)]].concat());
    let second = plan(&event, &more, 2, Some(&first));
    let changes = written(edition(&event, &second, Some(&first)));
    assert_eq!(states(&text(&changes, "mentees/dee-"))[0].1, "2");
    assert_eq!(states(&text(&changes, "experts/hyperlink-"))[0].1, "2");
    assert!(!changes.iter().any(|file| file.path.starts_with("mentees/ana-")), "her card is as it was");
    let messages = invited(Edition { single: true, ..edition(&event, &second, Some(&first)) }).files;
    assert!(text(&messages, "mentees/dee-").contains("\nSubject: Spring Mentoring\n"));
    assert!(text(&messages, "experts/hyperlink-").contains("\nSubject: Changed: Spring Mentoring\n"));
}
