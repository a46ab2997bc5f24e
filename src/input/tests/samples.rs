//! Roster files in the shapes that organizers' tools export them.

use super::{Folder, HEAD, experts_of, mentee, shown, topics_of};
use crate::domain::RoundIx;

const TOPICS: &str = r#"
[topics]
offered = ["Clinical informatics", "Interoperability (HL7, FHIR)", "Changing careers, and getting hired", "Leadership & management",
  "Research and publishing", "AI in patient care", "Cybersecurity; privacy", "Work-life balance"]
"#;
const GOOGLE: &str = r#"
[columns.mentees]
organization = "Organization or school"
topics = "Rank the topics you want to discuss [*]"
experts = "Experts you would especially like to meet (up to 3)"
available = "Which rounds can you attend?"
goal = "What do you hope to get out of it?"
without_order = ["experts"]
"#;

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/data/intake/", $name))
    };
}

fn folder(columns: &str, mentees: &[u8]) -> Folder {
    let experts = sample!("excel-unicode-experts.txt");
    Folder::new(&format!("{TOPICS}{columns}")).with("experts.csv", experts).with("mentees.csv", mentees)
}

#[test]
fn experts_of_excel_unicode_text() {
    let intake = folder("", b"name\nAna\n").intake();
    let event = intake.event;
    assert_eq!(intake.notes[0], "experts.csv: UTF-16LE, tabs between fields, 12 rows");
    assert_eq!(event.experts.len(), 12);
    let grace = super::expert(&event, "Grace O'Neill, RN, MPH");
    let topics: Vec<&str> = grace.topics.iter().map(|&t| event.topic(t)).collect();
    assert_eq!(topics, ["Changing careers, and getting hired", "Work-life balance"]);
    let soren = super::expert(&event, "Søren Østergaard");
    let topics: Vec<&str> = soren.topics.iter().map(|&t| event.topic(t)).collect();
    assert_eq!(topics, ["Interoperability (HL7, FHIR)", "Cybersecurity; privacy"]);
    assert_eq!((soren.capacity[0], soren.smallest_group, soren.most_sittings, soren.present.len()), (6, 2, 4, 3));
    assert_eq!((soren.table.as_str(), soren.email.as_deref()), ("T05", Some("expert5@example.org")));
    assert_eq!(super::expert(&event, "Kenji Watanabe 渡辺健二").id.split_at(21).0, "kenji-watanabe-渡辺");
}

#[test]
fn google_forms_with_a_ranked_grid() {
    let folder = folder(GOOGLE, sample!("google-forms-mentees.csv"));
    let header = "rank the topics you want to discuss";
    let warnings = [
        "warning bad-timestamp mentees.csv:8 [timestamp: 2027/02/06 13:05:07 am cst] this time cannot be read, so when \
         forms were sent does not count for anybody; write it as `2027-02-28 13:05`",
        "warning answered-twice mentees.csv:10 [email address: muge.sato@example.org] `müge sato` answered in line 10 \
         and in line 56; the later answer counts: line 56",
        "warning near-organizations mentees.csv:16 [organization or school: lakeside health] `lakeside health` and \
         `lakeside health system` may be one organization; if they are, write them alike",
    ];
    let twice = format!(
        "warning named-twice mentees.csv:17 [{header} [2nd choice]: work-life balance] `work-life balance` is named twice; it counts once, with the better rank"
    );
    let cell = format!(
        "mentees.csv:12 [{header} [1st choice]: clinical informatcs] `clinical informatcs` is no topic of this event"
    );
    let error = format!("error unknown-topic {cell}; did you mean `clinical informatics`?");
    assert_eq!(folder.faults(), [&error, warnings[0], warnings[1], warnings[2], &twice]);

    let folder = folder.lenient();
    let dropped = format!(
        "warning unknown-topic {cell}, and is dropped; it counts for nothing; did you mean `clinical informatics`?"
    );
    assert_eq!(folder.faults(), [warnings[0], warnings[1], &dropped, warnings[2], &twice]);
    let event = folder.event();
    assert_eq!(event.mentees.len(), 48);
    assert_eq!(topics_of(&event, "Elif Brandt"), ["2 Clinical informatics", "3 Changing careers, and getting hired"]);
    assert_eq!(topics_of(&event, "Łukasz D'Souza"), ["1 Work-life balance", "3 Cybersecurity; privacy"]);
    let later = ["1 AI in patient care", "2 Clinical informatics", "3 Leadership & management"];
    assert_eq!(topics_of(&event, "Müge Sato"), later);
    let hugo = mentee(&event, "Hugo Park");
    assert_eq!(hugo.email.as_deref(), Some("HUGO.PARK@EXAMPLE.ORG"));
    assert_eq!(hugo.id, super::super::text::handle("Hugo Park", Some("hugo.park@example.org")));
    assert_eq!(
        mentee(&event, "Renée Castillo").goal.as_deref(),
        Some("I want to publish my first paper.\nWhere do I start?")
    );
    assert_eq!(mentee(&event, "Ines Mbeki").goal.as_deref(), Some("=not sure yet"));
    assert_eq!(mentee(&event, "Zsófia Park").organization, None);
    assert_eq!(mentee(&event, "Jonas Ueda").organization, None);
    let dana: Vec<String> = experts_of(&event, "Dana Quist").iter().map(|e| e[..e.len() - 5].to_owned()).collect();
    assert_eq!(dana, ["1 grace-oneill-rn-mph", "1 hannah-weiss", "1 soren-ostergaard"]);
    let rounds = |name| mentee(&event, name).present.iter().map(RoundIx::number).collect::<Vec<_>>();
    assert_eq!((rounds("Renée Castillo"), rounds("Hugo Zhang")), (vec![1, 2, 3], vec![2, 3, 4, 5]));
    assert_eq!((rounds("Ines Hansen"), rounds("Zsófia Park")), (vec![1, 2, 3, 4], vec![1, 2, 3, 4, 5]));
}

#[test]
fn microsoft_forms_saved_by_excel() {
    let columns = "[columns.mentees]\ntopics = \"Please rank the topics\"";
    let intake = folder(columns, sample!("microsoft-forms-mentees.csv")).intake();
    let event = intake.event;
    assert_eq!(event.mentees.len(), 30);
    assert_eq!(
        intake.notes[1..],
        [
            "mentees.csv: Windows-1252, `;` between fields, its ID holds the form's response numbers, so ids come from names \
             and addresses, 30 rows; columns not used: `Start time`, `Last modified time`",
            "mentees.csv: in `Please rank the topics` the order counts, the first is rank 1",
        ]
    );
    assert_eq!(mentee(&event, "Aoife García-López").email.as_deref(), Some("aoife.garcialopez@example.org"));
    assert_eq!(topics_of(&event, "Renée Castillo"), ["1 Clinical informatics", "2 Cybersecurity; privacy"]);
    assert_eq!(
        topics_of(&event, "Hugo Park"),
        ["1 Cybersecurity; privacy", "2 Changing careers, and getting hired", "3 Leadership & management"]
    );
    assert!(event.mentees.iter().all(|m| !m.topics.is_empty() && m.submitted.is_some()));
    let rounds = |name| mentee(&event, name).present.iter().map(RoundIx::number).collect::<Vec<_>>();
    assert_eq!((rounds("Jonas Ueda"), rounds("Zsófia Park")), (vec![3, 4, 5], vec![1, 2, 3, 4]));
    assert_eq!(rounds("Dana Quist"), [1, 2, 3, 4, 5]);
}

#[test]
fn eventbrite_takes_the_rows_that_the_event_selects() {
    let rules = "[columns.mentees.where]\n\"Attendee Status\" = \"Attending\"\n\"Ticket Type\" = \"Mentee seat\"";
    let intake = folder(rules, sample!("eventbrite-attendees.csv")).intake();
    assert_eq!(intake.event.mentees.len(), 17);
    assert_eq!(
        intake.notes[1],
        "mentees.csv: UTF-8, `,` between fields, 25 rows; left out: 2 where `Attendee Status` is not `Attending`; left \
         out: 6 where `Ticket Type` is not `Mentee seat`; columns not used: `Order #`, `Quantity`, `Order Type`"
    );
    let zsofia = mentee(&intake.event, "Zsófia Park");
    assert_eq!(zsofia.submitted.map(|t| t.to_string()).as_deref(), Some("2027-02-01 16:00:00"));
    let first = ["1 Research and publishing", "2 Leadership & management", "3 Interoperability (HL7, FHIR)"];
    assert_eq!(topics_of(&intake.event, "Zsófia Park"), first);
}

#[test]
fn broken_mentees_tell_every_fault_in_one_pass() {
    let experts: String = (1..=12).map(|e| format!("E{e},Expert {e},Clinical informatics\n")).collect();
    let folder = Folder { event: format!("{HEAD}{TOPICS}"), files: Vec::new(), options: Default::default() }
        .with("experts.csv", format!("id,name,topics\n{experts}"))
        .with("mentees.csv", sample!("broken-mentees.csv"));
    let faults = folder.read().unwrap_err();
    assert_eq!(
        shown(&faults),
        [
            "error duplicate-id mentees.csv:3 [id: m1] `m1` is the id of `ana brandt` already, in line 2; give each of \
             them an id of their own",
            "error no-name mentees.csv:4 [name: ] this row has no name; write the name, or take the row out",
            "error bad-email mentees.csv:5 [email: not-an-address] `not-an-address` is no e-mail address; write it as \
             `name@example.org`, or leave the cell empty",
            "error unknown-topic mentees.csv:5 [topic_1: leadership and managment] `leadership and managment` is no topic \
             of this event; did you mean `leadership & management`?",
            "error unknown-expert mentees.csv:5 [experts: e99] `e99` is no expert of this event; did you mean `e9`?",
            "error bad-rounds mentees.csv:5 [available: 1-9] there are no rounds 6 to 9; the event has rounds 1 to 5",
            "error open-quote mentees.csv:7 [name: farid park,farid@example.org,clinical informatics,,,] the quote in \
             line 7 is never closed; put a `\"` at the end of the cell, or take the one at its start away",
            "warning named-twice mentees.csv:6 [topic_2: clinical informatics] `clinical informatics` is named twice; \
             it counts once, with the better rank",
        ]
    );
    let rendered = super::super::render(&faults[3..4], false, 100);
    let expected = "\
error: `Leadership and managment` is no topic of this event
 --> mentees.csv:5:27
  |
5 | M4,Dana Xu,not-an-address,Leadership and managment,,E99,1-9
  |                           ^^^^^^^^^^^^^^^^^^^^^^^^ `topic_1`
  |
hint: did you mean `Leadership & management`?

";
    assert_eq!(rendered, expected);
}

#[test]
fn ragged_rows_are_named() {
    assert_eq!(
        folder("", sample!("ragged-mentees.csv")).faults(),
        [
            "error too-many-cells mentees.csv:4 [: extra] this row has 5 cells, the header 4; a cell that holds what stands \
             between cells needs quotes around it",
            "warning too-few-cells mentees.csv:3 [topic_1: ] this row has 3 cells, the header 4; the missing cells are \
             taken to be empty; check that none was lost before them",
        ]
    );
    let mended = "id,name,email,topic_1\nM2,Ben Eze,ben@example.org\nM3,Cee Tran,cee@example.org,Work-life balance,,\n";
    let event = folder("", mended.as_bytes()).event();
    assert_eq!((topics_of(&event, "M2").len(), topics_of(&event, "M3").len()), (0, 1));
}
