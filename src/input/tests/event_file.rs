//! The event file: what it says, and every fault of it in one pass.

use super::super::{ReadOptions, Source, planned, read, roster_files};
use super::{Folder, HEAD, shown};
use crate::domain::{Calendar, Open, Priority, RoundIx, SameOrganization, Scores};

const EXPERTS: &str = "id,name,topics\nE1,Ada,AI\n";
const MENTEES: &str = "id,name\nM1,Ben\n";

/// The faults of an event file, with rosters that are right.
fn faults(event: &str) -> Vec<String> {
    folder(event).faults()
}

fn folder(event: &str) -> Folder {
    let folder = Folder { event: event.to_owned(), files: Vec::new(), options: ReadOptions::default() };
    folder.with("experts.csv", EXPERTS).with("mentees.csv", MENTEES)
}

fn starts(event: &str) -> Vec<String> {
    folder(event).event().rounds.iter().map(|r| format!("{} {}", r.start.to_rfc3339(), r.end.format("%H:%M"))).collect()
}

#[test]
fn the_smallest_event_file_has_defaults() {
    let event = folder(HEAD).event();
    assert_eq!((event.id.as_str(), event.name.as_str(), event.timezone.name()), ("e", "Event", "America/Chicago"));
    assert_eq!((event.open, event.same_organization, event.first_choices), (Open::Auto, SameOrganization::Avoid, 3));
    assert_eq!((event.order, event.scores), (Priority::default_order(), Scores::default()));
    assert_eq!((event.topics, event.rooms.len(), event.breaks.len()), (vec!["AI".to_owned()], 0, 0));
    let ada = &event.experts[0];
    assert_eq!(
        (&ada.capacity[..], ada.smallest_group, ada.most_sittings, ada.most_in_a_row),
        (&[6; 5][..], 1, 5, None)
    );
    assert_eq!((ada.table.as_str(), ada.room), ("T01", None));
    let ben = &event.mentees[0];
    assert_eq!((ben.least, ben.most, ben.present.len(), ben.priority, ben.submitted), (0, 5, 5, None, None));
}

#[test]
fn everything_can_be_said() {
    let event = folder(&format!(
        "{HEAD}{}",
        r#"
[topics]
offered = ["Law", "AI"]
[tables]
capacity = 4
smallest_group = 2
open = "every-round"
rooms = [{ name = "Hall C", tables = 12 }, { name = "Annex" }]
travel = [{ from = "Hall C", to = "annex", minutes = 10 }]
[experts]
most_rounds = 4
most_in_a_row = 2
[mentees]
least = 1
most = 3
[scores]
topic_ranks = [9, 5]
expert_ranks = [7]
expert_wish = 0
stars = [0, 1]
[rules]
same_organization = "forbid"
not_an_organization = "independent"
[priorities]
order = ["preferences", "seats"]
first_choices = 1
"#
    ))
    .event();
    assert_eq!(event.topics, ["Law", "AI"]);
    let (ada, ben) = (&event.experts[0], &event.mentees[0]);
    assert_eq!(
        (&ada.capacity[..], ada.smallest_group, ada.most_sittings, ada.most_in_a_row),
        (&[4; 5][..], 2, 4, Some(2))
    );
    assert_eq!((ben.least, ben.most, event.open), (1, 3, Open::EveryRound));
    let rooms: Vec<_> = event.rooms.iter().map(|room| (room.name.as_str(), room.tables)).collect();
    assert_eq!(rooms, [("Hall C", Some(12)), ("Annex", None)]);
    assert_eq!((event.travel[0].from.0, event.travel[0].to.0, event.travel[0].minutes), (0, 1, 10));
    assert_eq!((event.scores.topic_ranks, event.scores.stars, event.scores.expert_wish), (vec![9, 5], vec![0, 1], 0));
    assert_eq!((event.same_organization, event.first_choices), (SameOrganization::Forbid, 1));
    assert_eq!(event.order, [Priority::Preferences, Priority::Seats]);
}

#[test]
fn rounds_follow_each_other_with_breaks_in_place_of_the_transition() {
    let breaks = "breaks = [{ after_round = 3, minutes = 15, label = \"Coffee\" }]\n[rosters]";
    let event = HEAD.replace("[rosters]", breaks);
    assert_eq!(
        starts(&event),
        [
            "2027-03-09T13:30:00-06:00 13:42",
            "2027-03-09T13:45:00-06:00 13:57",
            "2027-03-09T14:00:00-06:00 14:12",
            "2027-03-09T14:27:00-06:00 14:39",
            "2027-03-09T14:42:00-06:00 14:54",
        ]
    );
    let coffee = &folder(&event).event().breaks[0];
    assert_eq!((coffee.after, coffee.minutes, coffee.label.as_deref()), (RoundIx(2), 15, Some("Coffee")));
}

fn with_rounds(rounds: &str) -> String {
    let (head, rest) = HEAD.split_once("[rounds]").unwrap();
    format!("{head}[rounds]\n{rounds}\n[rosters]{}", rest.split_once("[rosters]").unwrap().1)
}

#[test]
fn rounds_can_be_listed_over_several_days() {
    let event = with_rounds(
        "list = [{ start = 2027-03-09T13:30:00, minutes = 25 }, { start = 2027-03-15T09:00:00, minutes = 25 }]",
    )
    .replace("date = 2027-03-09\n", "");
    assert_eq!(starts(&event), ["2027-03-09T13:30:00-06:00 13:55", "2027-03-15T09:00:00-05:00 09:25"]);
    let both = with_rounds("count = 2\nlist = [{ start = 2027-03-09T13:30:00, minutes = 25 }]");
    assert_eq!(
        faults(&both),
        [
            "error two-ways event.toml:8 [rounds.count: 2] `list` says already when the rounds are, and so the breaks between \
          them; take `count` or the other one away"
        ]
    );
    let overlap = with_rounds(
        "list = [{ start = 2027-03-09T13:30, minutes = 25 }, { start = 2027-03-09T13:54:00, minutes = 5 }]",
    );
    assert_eq!(
        faults(&overlap),
        [
            "error rounds-overlap event.toml:8 [rounds.list[2].start: 2027-03-09t13:54:00] this round starts before the one \
          above it ends; list the rounds in the order of time"
        ]
    );
}

#[test]
fn times_that_the_clocks_do_not_show_once_are_faults() {
    let gap = with_rounds("list = [{ start = 2027-03-14T02:30:00, minutes = 25 }]");
    assert_eq!(
        faults(&gap),
        [
            "error no-such-time event.toml:8 [rounds.list[1].start: 2027-03-14t02:30:00] 2027-03-14 02:30 does not exist in \
          america/chicago: clocks are put forward then; start before or after the time that is left out"
        ]
    );
    let fold = with_rounds("list = [{ start = 2027-11-07T01:30:00, minutes = 25 }]");
    assert_eq!(
        faults(&fold),
        [
            "error time-comes-twice event.toml:8 [rounds.list[1].start: 2027-11-07t01:30:00] 2027-11-07 01:30 comes twice in \
          america/chicago: clocks are put back then; start before or after that hour"
        ]
    );
}

#[test]
fn rounds_across_a_change_of_clocks_keep_their_lengths() {
    let event = HEAD.replace("2027-03-09", "2027-03-14").replace("13:30:00", "01:50:00");
    let shown = starts(&event);
    assert_eq!(shown[..2], ["2027-03-14T01:50:00-06:00 03:02", "2027-03-14T03:05:00-05:00 03:17"]);
}

#[test]
fn every_fault_of_the_event_file_comes_in_one_pass() {
    let event = r#"
[event]
id = "my event"
nmae = "Event"
date = "2027-03-09"
timezone = "America/Chicgo"
organizer = { name = "PC", email = "pc" }
[rounds]
start = 13:30:00
count = 129
minutes = 12
[rosters]
experts = "../experts.csv"
mentees = "mentees.csv"
delimiter = "ab"
duplicates = "newest"
[tables]
capacity = 0
open = "Auto"
travel = [{ from = "Hall", to = "Annex", minutes = 3 }]
[mentees]
least = 3
most = 2
[columns.mentees]
topix = "Topics"
name = ["Full name", 3]
[scores]
topic_ranks = [1, "2"]
[priorities]
order = ["seats", "first-choice", "seats"]
[kitchen]
paper = "A4"
"#;
    assert_eq!(
        faults(event),
        [
            "error missing-key event.toml:2 [event: [event]] `event.name` is missing; write `name = \"my event\"`",
            "error wrong-value event.toml:3 [event.id: \"my event\"] `my event` cannot be the id of an event; write up to \
             100 letters, digits, `-`, `_` and `.`, such as `my-event-2027`",
            "error unknown-key event.toml:4 [event.nmae: nmae] nothing is called `event.nmae` here; did you \
             mean `name`?",
            "error wrong-value event.toml:5 [event.date: \"2027-03-09\"] `event.date` cannot be `\"2027-03-09\"`; \
             write a date without quotes, such as 2027-03-09",
            "error unknown-timezone event.toml:6 [event.timezone: \"america/chicgo\"] `america/chicgo` is no \
             time zone; did you mean `america/chicago`?",
            "error bad-email event.toml:7 [event.organizer.email: \"pc\"] `pc` is no e-mail address; write it \
             as `name@example.org`",
            "error wrong-value event.toml:10 [rounds.count: 129] `rounds.count` cannot be `129`; write a \
             whole number from 1 to 128",
            "error outside event.toml:13 [rosters.experts: \"../experts.csv\"] `../experts.csv` is not in the \
             folder of the event; put the file beside the event file and write its name",
            "error wrong-value event.toml:15 [rosters.delimiter: \"ab\"] `ab` cannot stand between cells; write \
             `,`, `;`, `tab` or another single mark",
            "error wrong-value event.toml:16 [rosters.duplicates: \"newest\"] `rosters.duplicates` cannot be \
             `\"newest\"`; write one of `latest`, `first`, `error`",
            "error wrong-value event.toml:18 [tables.capacity: 0] `tables.capacity` cannot be `0`; write a \
             whole number from 1 to 10000",
            "error wrong-value event.toml:19 [tables.open: \"auto\"] `tables.open` cannot be `\"auto\"`; write \
             one of `every-round`, `as-needed`, `auto`",
            "error least-above-most event.toml:22 [mentees.least: 3] `least` is 3, and `most` only 2; make \
             `most` larger or this smaller",
            "error unknown-key event.toml:25 [columns.mentees.topix: topix] nothing is called \
             `columns.mentees.topix` here; these are understood here: id, name, first_name, last_name, email, \
             organization, available, unavailable, knows, timestamp, topics, experts, least, most, stage, \
             goal, priority, where, without_order",
            "error wrong-value event.toml:26 [columns.mentees.name: 3] `columns.mentees.name` cannot be `3`; \
             write text in quotes, or a list of texts",
            "error wrong-value event.toml:28 [scores.topic_ranks: [1, \"2\"]] `scores.topic_ranks` cannot be \
             `[1, \"2\"]`; write a list of 1 to 1000 whole numbers from -1000000 to 1000000",
            "error unknown-priority event.toml:30 [priorities.order: \"first-choice\"] `first-choice` is no \
             priority; did you mean `first-choices`?",
            "error twice event.toml:30 [priorities.order: \"seats\"] `seats` stands twice in the order; keep \
             the place where it belongs",
            "error unknown-key event.toml:31 [kitchen: kitchen] nothing is called `kitchen` here; these are \
             understood here: event, rounds, rosters, topics, tables, experts, mentees, columns, scores, \
             rules, priorities, print, text, calendar",
        ]
    );
}

#[test]
fn what_is_no_toml_is_told_with_its_place() {
    assert_eq!(
        faults(&HEAD.replace("count = 5", "count = 5 6")),
        [
            "error toml event.toml:9 [: 5 6] string values must be quoted, expected literal string; see https://toml.io \
             for how values are written",
            "error wrong-value event.toml:9 [rounds.count: 5 6] `rounds.count` cannot be `5 6`; write a whole number from 1 \
             to 128",
        ]
    );
}

#[test]
fn the_files_to_bring_are_told() {
    let source = |event: &str| Source { name: "event.toml".to_owned(), bytes: event.as_bytes().to_vec() };
    let files = roster_files(&source(&format!("{HEAD}ratings = \"stars.csv\"\n[nonsense]\n"))).unwrap();
    assert_eq!((files.experts.as_str(), files.mentees.as_str()), ("experts.csv", "mentees.csv"));
    assert_eq!((files.requests, files.ratings.as_deref()), (None, Some("stars.csv")));
    let faults = roster_files(&source("[event]\n")).unwrap_err();
    assert!(shown(&faults).iter().any(|f| f.contains("`rosters` is missing")));
    let missing = read(&source(HEAD), &[], &ReadOptions::default()).unwrap_err();
    assert_eq!(
        shown(&missing),
        [
            "error no-such-file event.toml:13 [rosters.experts: \"experts.csv\"] there is no file `experts.csv`; put it into \
             the folder of the event, or mend its name",
            "error no-such-file event.toml:14 [rosters.mentees: \"mentees.csv\"] there is no file `mentees.csv`; put it into \
             the folder of the event, or mend its name",
        ]
    );
}

#[test]
fn an_event_file_with_everything_an_organizer_writes() {
    let event = r#"
[event]
id = "wihit-2027"
name = "Women in Health IT: Speed Mentoring"
date = 2027-03-09
timezone = "America/Chicago"
venue = "Hall C"
organizer = { name = "Program Committee", email = "mentoring@example.org" }
[rounds]
start = 13:30:00
count = 5
minutes = 12
transition_minutes = 3
[rosters]
experts = "experts.csv"
mentees = "mentees.csv"
[topics]
offered = ["Clinical informatics", "Interoperability (HL7, FHIR)"]
[tables]
capacity = 6
smallest_group = 2
open = "auto"
[experts]
[mentees]
[columns.mentees]
name = "Your full name"
topics = "Rank the topics you want to discuss [*]"
where = { "Attendee Status" = "Attending" }
[columns.experts]
[scores]
topic_ranks = [100, 70, 50, 35, 25]
expert_ranks = [60, 40, 30]
expert_wish = 40
stars = [0, 10, 30, 60, 100]
[rules]
same_organization = "avoid"
not_an_organization = ["self-employed", "none", "n/a"]
[priorities]
order = ["seats", "courtesies", "first-choices", "fair-share", "variety", "preferences", "new-faces", "even-tables"]
first_choices = 3
"#;
    let mentees =
        "Your full name,Rank the topics you want to discuss [1st choice],Attendee Status\nBen,,Attending\nCee,,Gone\n";
    let folder = Folder { event: event.to_owned(), files: Vec::new(), options: ReadOptions::default() }
        .with("experts.csv", "name,topics\nAda,Clinical informatics\n")
        .with("mentees.csv", mentees);
    assert_eq!(folder.faults(), [""; 0]);
    let event = folder.event();
    let organizer = event.organizer.unwrap();
    assert_eq!(
        (organizer.name.as_str(), organizer.email.as_deref()),
        ("Program Committee", Some("mentoring@example.org"))
    );
    assert_eq!((event.venue.as_deref(), event.mentees.len(), event.topics.len()), (Some("Hall C"), 1, 2));
}

#[test]
fn calendars_have_alarms_categories_and_texts() {
    let folder = Folder::new(
        "[calendar]\nalarms = [10, 0, 10]\ncategories = \"Mentoring\"\nnote = \"\"\"\nOne\nTwo\n\"\"\"\n\
         prepare = { mentees = \"Bring a question.\" }\n",
    );
    let expected = Calendar {
        alarms: vec![0, 10],
        categories: vec!["Mentoring".to_owned()],
        prepare_experts: None,
        prepare_mentees: Some("Bring a question.".to_owned()),
        note: Some("One\nTwo".to_owned()),
    };
    assert_eq!(
        folder.with("experts.csv", "name\nAda Ray\n").with("mentees.csv", "name\nBen Eze\n").event().calendar,
        expected
    );
}

#[test]
fn faults_of_calendars_come_all_at_once() {
    let long = "x".repeat(2001);
    let text = format!(
        "[calendar]\nalarm = 10\nalarms = [-1]\nprepare = {{ mentee = \"x\" }}\nnote = \"{long}\"\n\
                        categories = [\"{long}\"]\n"
    );
    let folder = Folder::new(&text).with("experts.csv", "name\nAda Ray\n").with("mentees.csv", "name\nBen Eze\n");
    let faults: Vec<_> = folder.faults().iter().map(|f| f.split(" [").next().unwrap_or_default().to_owned()).collect();
    let hints: Vec<_> = folder.faults().iter().map(|f| f.rsplit("; ").next().unwrap_or_default().to_owned()).collect();
    let at = |code: &str, line: u32| format!("error {code} event.toml:{line}");
    assert_eq!(
        faults,
        [at("unknown-key", 16), at("wrong-value", 17), at("unknown-key", 18), at("too-large", 19), at("too-large", 20)]
    );
    let expected = [
        "did you mean `alarms`?",
        "write a list of 1 to 5 whole numbers from 0 to 10080",
        "did you mean `mentees`?",
        "shorten it",
        "shorten it",
    ];
    assert_eq!(hints, expected);
}

#[test]
fn a_plan_depends_on_all_but_how_it_is_printed_and_sent() {
    let planned = |text: &str| planned(&Source { name: "event.toml".to_owned(), bytes: text.as_bytes().to_vec() });
    let event = planned(HEAD);
    let more = ["\n# a comment\n[print]\npaper = \"a4\"\n[text]\nround = \"Runde\"\n", "[calendar]\nnote = \"x\"\n"];
    more.iter().for_each(|more| assert_eq!(planned(&format!("\u{feff}{HEAD}{more}")), event, "{more}"));
    for other in [HEAD.replace("count = 5", "count = 4"), format!("{HEAD}[tables]\ncapacity = 4\n"), "no TOML".into()] {
        assert_ne!(planned(&other), event, "{other}");
    }
}
