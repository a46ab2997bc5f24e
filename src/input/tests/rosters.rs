//! Columns, who is who, and what stands in the rows of the rosters.

use proptest::prelude::{Just, Strategy, proptest};

use super::{Folder, HEAD, expert, experts_of, mentee, topics_of};
use crate::domain::RoundIx;

const OFFERED: &str = "[topics]\noffered = [\"AI\", \"Law, and order\", \"Ethics\"]\n";
const EXPERTS: &str =
    "id,name,email,topics\nE2,Bo Li,bo@example.org,Ethics\nE1,Ada Ray,ada@example.org,AI\nE3,Bo Li,li@example.org,AI\n";

fn mentees(columns: &str, mentees: &str) -> Folder {
    Folder::new(&format!("{OFFERED}{columns}")).with("experts.csv", EXPERTS).with("mentees.csv", mentees)
}

fn experts(more: &str, experts: &str) -> Folder {
    Folder::new(more).with("experts.csv", experts).with("mentees.csv", "id,name\nM1,Ben Eze\nM2,Cee Tran\n")
}

#[test]
fn people_stand_in_the_order_of_their_ids() {
    let event = mentees("", "id,name\nM2,Ben\nM1,Ben\nM10,Ben\n").event();
    assert_eq!(event.mentees.iter().map(|m| m.id.as_str()).collect::<Vec<_>>(), ["M1", "M10", "M2"]);
    assert_eq!(event.experts.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["E1", "E2", "E3"]);
}

#[test]
fn headers_are_understood_in_any_case_order_and_spelling() {
    let table = "MOST MEETINGS;Work e-mail;Your Full-Name;Institution;Not available in;expert 2;Expert_1;Topic 1\n\
                 3;ben@example.org;Ben;Clinic A;Round 2;E1;E2;ai\n";
    let event = mentees("", table).event();
    let ben = mentee(&event, "Ben");
    assert_eq!(
        (ben.most, ben.email.as_deref(), ben.affiliation.as_deref()),
        (3, Some("ben@example.org"), Some("Clinic A"))
    );
    assert_eq!(ben.present.iter().map(RoundIx::number).collect::<Vec<_>>(), [1, 3, 4, 5]);
    assert_eq!(
        (experts_of(&event, "Ben"), topics_of(&event, "Ben")),
        (vec!["1 E2".into(), "2 E1".into()], vec!["1 AI".into()])
    );
}

#[test]
fn names_can_be_put_together() {
    let event = mentees("", "FirstName,LastName\nBen,Eze\n").event();
    assert_eq!((event.mentees[0].name.as_str(), event.mentees[0].id.as_str()), ("Ben Eze", "ben-eze"));
    let event = mentees("[columns.mentees]\nname = [\"Given\", \"Family*\"]\n", "Family name,Given\nEze,Ben\n").event();
    assert_eq!(event.mentees[0].name, "Ben Eze");
}

#[test]
fn columns_that_are_not_there_are_told_with_what_was_meant() {
    let folder = mentees("[columns.mentees]\nname = \"Ful name\"\ngoal = \"Anything\"\n", "Full name,Emial\nBen,x\n");
    assert_eq!(
        folder.faults(),
        [
            "error no-such-column event.toml:18 [columns.mentees.name: \"ful name\"] `mentees.csv` has no column `ful name`; \
             did you mean `full name`?",
            "error no-such-column event.toml:19 [columns.mentees.goal: \"anything\"] `mentees.csv` has no column `anything`; \
             its columns are `full name`, `emial`",
            "warning unknown-column mentees.csv:1 [emial: emial] the column `emial` is not understood; did you mean `email`?",
        ]
    );
}

#[test]
fn one_cell_holds_choices_in_order() {
    let event = mentees("", "name,topics,experts\nBen,\"Ethics; Law, and order\",\"ada ray, E2\"\n").event();
    assert_eq!(topics_of(&event, "Ben"), ["1 Ethics", "2 Law, and order"]);
    assert_eq!(experts_of(&event, "Ben"), ["1 E1", "2 E2"]);
    let ticked = "[columns.mentees]\nwithout_order = [\"topics\"]\n";
    let event = mentees(ticked, "name,topics\nBen,\"Ethics, Law, and order\"\n").event();
    assert_eq!(topics_of(&event, "Ben"), ["1 Ethics", "1 Law, and order"]);
}

#[test]
fn columns_an_option_hold_ranks_or_ticks() {
    let columns = "[columns.mentees]\ntopics = \"Rank [*]\"\nexperts = \"Meet – *\"\n";
    let table = "name,Rank [AI],\"Rank [Law, and order]\",Rank [Ethics],Meet - Ada Ray,Meet - E2\n\
                 Ben,2nd choice,1,,Yes,No\nCee,,,3,no,E2\n";
    let event = mentees(columns, table).event();
    assert_eq!(topics_of(&event, "Ben"), ["1 Law, and order", "2 AI"]);
    assert_eq!(
        (experts_of(&event, "Ben"), experts_of(&event, "Cee")),
        (vec!["1 E1".to_owned()], vec!["1 E2".to_owned()])
    );
    assert_eq!(topics_of(&event, "Cee"), ["3 Ethics"]);
    let table = "name,Rank [AI],Rank [Ethix],Meet – Ada Ray\nBen,maybe,1,\n";
    assert_eq!(
        mentees(columns, table).faults(),
        [
            "error unknown-topic mentees.csv:1 [rank [ethix]: rank [ethix]] `ethix` is no topic of this event; write it as \
             it stands in `[topics] offered`, or in the topics of the experts when that is left out",
            "error bad-rank mentees.csv:2 [rank [ai]: maybe] `maybe` is neither a rank nor a tick; write `1` for the first \
             choice, or `yes` and `no`",
        ]
    );
}

#[test]
fn columns_a_rank_stand_in_the_order_said() {
    let table = "Name,Prof1,Prof2,Area1,Area2\nBen,Ada Ray,E2,,Ethics\n";
    for experts in ["\"Prof*\"", "[\"Prof1\", \"Prof2\"]"] {
        let event = mentees(&format!("[columns.mentees]\nexperts = {experts}\ntopics = \"Area*\"\n"), table).event();
        assert_eq!(
            (experts_of(&event, "Ben"), topics_of(&event, "Ben")),
            (vec!["1 E1".into(), "2 E2".into()], vec!["2 Ethics".into()])
        );
    }
    let event = mentees("[columns.mentees]\nexperts = [\"Prof2\", \"Prof1\"]\n", table).event();
    assert_eq!(experts_of(&event, "Ben"), ["1 E2", "2 E1"]);
}

#[test]
fn a_name_of_several_is_ambiguous() {
    assert_eq!(
        mentees("", "name,experts\nBen,bo li\n").faults(),
        ["error ambiguous-name mentees.csv:2 [experts: bo li] `bo li` can be 2 experts; write which one: `e2`, `e3`"]
    );
    assert_eq!(experts_of(&mentees("", "name,experts\nBen,LI@example.org\n").event(), "Ben"), ["1 E3"]);
}

#[test]
fn people_alike_are_faults_and_answers_again_are_not() {
    let twice = "name,email\nBen Eze,ben@example.org\nBen Eze,BEN@example.org\n";
    let answered = "mentees.csv:2 [email: ben@example.org] `ben eze` answered in line 2 and in line 3;";
    assert_eq!(
        mentees("", twice).faults(),
        [format!("warning answered-twice {answered} the later answer counts: line 3")]
    );
    assert_eq!(mentees("", twice).event().mentees.len(), 1);
    let rosters = |policy: &str| HEAD.replace("[rosters]", &format!("[rosters]\nduplicates = \"{policy}\""));
    let strict = Folder { event: rosters("error") + OFFERED, ..mentees("", twice) };
    assert_eq!(
        strict.faults(),
        [format!(
            "error answered-twice {answered} take one of them out, or write `duplicates = \"latest\"` under `[rosters]`"
        )]
    );
    let timed = "timestamp,name,email,goal\n2027-02-02 10:00,Ben,b@example.org,later\n2027-02-01 10:00,Ben,b@example.org,first\n";
    let goal = |folder: Folder| folder.event().mentees[0].goal.clone().unwrap_or_default();
    assert_eq!(goal(mentees("", timed)), "later");
    assert_eq!(goal(Folder { event: rosters("first") + OFFERED, ..mentees("", timed) }), "first");
    assert_eq!(
        mentees("", "name\nBen Eze\nben  eze\n").faults(),
        [
            "error alike mentees.csv:3 [name: ben  eze] `ben eze` cannot be told from `ben eze`, in line 2; add a column `id`, \
          or the e-mail address of each"
        ]
    );
    assert_eq!(
        mentees("", "name,email\nBen Eze,x@example.org\nCee Tran,x@example.org\n").faults(),
        [
            "warning shared-email mentees.csv:3 [email: x@example.org] `x@example.org` is the address of `ben eze` too, in \
          line 2; they are taken to be two people; if they are one, write the name alike"
        ]
    );
}

#[test]
fn a_capacity_can_differ_by_round() {
    let table = "id,name,topics,capacity,smallest_group,most_rounds\nE1,Ada,AI,6; 3-5: 4,2,3\nE2,Bo,AI,\"2: 1\",,\n";
    let event = experts("", table).event();
    assert_eq!((&event.experts[0].capacity[..], event.experts[0].most_sittings), (&[6, 6, 4, 4, 4][..], 3));
    assert_eq!(event.experts[1].capacity, [6, 1, 6, 6, 6]);
    let table = "id,name,topics,capacity,smallest_group\nE1,Ada,AI,many,\nE2,Bo,AI,3,4\nE3,Cy,AI,3; 7: 1,0\n";
    assert_eq!(
        experts("", table).faults(),
        [
            "error bad-capacity experts.csv:2 [capacity: many] `many` is no capacity; write seats from 1 to 10000, such as \
             `6`, or `6; 3-5: 4` for other rounds",
            "error group-above-capacity experts.csv:3 [smallest_group: 4] a group of 4 never fits at a table for 3; make the \
             capacity larger or the group smaller",
            "error bad-capacity experts.csv:4 [capacity: 3; 7: 1] there is no round 7; the event has rounds 1 to 5",
            "error bad-number experts.csv:4 [smallest_group: 0] `0` is no whole number from 1 to 10000; write such a number, \
             or leave the cell empty",
        ]
    );
}

#[test]
fn times_that_hold_no_round_are_worth_a_warning() {
    assert_eq!(
        mentees("", "id,name,available,unavailable\nM1,Ben,14:00-14:05,\nM2,Cee,13:30-14:00,Round 1\n").faults(),
        [
            "warning no-rounds mentees.csv:2 [available: 14:00-14:05] no round is wholly inside `14:00-14:05`; see that the \
          time is that of the event's own time zone"
        ]
    );
}

#[test]
fn rows_without_a_name_are_told_once_each() {
    let faults = mentees("", "name,topics\n,AI\n,AI\nBen,AI\n").faults();
    assert_eq!(faults.iter().filter(|fault| fault.contains("this row has no name")).count(), 2);
    assert_eq!(faults.len(), 2);
}

#[test]
fn meetings_that_contradict_their_row_are_faults() {
    let table = "id,name,least,most,available\nM1,Ben,3,2,\nM2,Cee,3,,1-2\nM3,Dee,2,2,none\n";
    assert_eq!(
        mentees("", table).faults(),
        [
            "error least-above-most mentees.csv:2 [least: 3] at least 3 meetings are more than at most 2; make `most` larger \
             or `least` smaller",
            "error least-above-most mentees.csv:3 [least: 3] at least 3 meetings do not fit in 2 rounds; make `least` \
             smaller, or more rounds available",
            "error least-above-most mentees.csv:4 [least: 2] at least 2 meetings do not fit in 0 rounds; make `least` \
             smaller, or more rounds available",
        ]
    );
}

#[test]
fn topics_are_what_the_experts_offer_by_name() {
    let table = "name,topics\nAda,\"Law; AI\"\nBo,\"Interoperability (HL7, FHIR), AI\"\n";
    let folder = experts("", table);
    assert_eq!(folder.event().topics, ["AI", "Interoperability (HL7, FHIR)", "Law"]);
    assert_eq!(
        folder.faults(),
        [
            "warning split-at-commas experts.csv:3 [topics: interoperability (hl7, fhir), ai] topics are taken to end at \
          commas; where the name of a topic holds a comma, list the topics as `offered` under `[topics]`"
        ]
    );
    assert_eq!(
        experts("", "name,topics\nAda,AI\nBo,\n").faults(),
        ["error no-topic experts.csv:3 [topics: ] `bo` has no topic; write at least one of the topics of the event"]
    );
    assert!(experts("", "name,topics\nAda,\nBo,\n").event().topics.is_empty());
}

#[test]
fn rooms_and_tables_are_given_in_the_order_of_ids() {
    let rooms = "[tables]\nrooms = [{ name = \"Hall\", tables = 2 }, { name = \"Annex\", tables = 1 }]\n";
    let event = experts(rooms, "id,name,room,table\nE1,Ada,,\nE2,Bo,hall,T03\nE3,Cy,,\nE4,Di,,\n").event();
    let given: Vec<_> = event.experts.iter().map(|e| (e.room.map(|r| r.0), e.table.as_str())).collect();
    assert_eq!(given, [(Some(0), "T01"), (Some(0), "T03"), (Some(1), "T05"), (Some(0), "T04")]);
    assert_eq!(
        experts(rooms, "id,name,room\nE1,Ada,Hal\n").faults(),
        ["error unknown-room experts.csv:2 [room: hal] `hal` is no room of this event; did you mean `hall`?"]
    );
    let event = experts("", "id,name,room\nE1,Ada,South\nE2,Bo,North\n").event();
    assert_eq!(event.rooms.iter().map(|room| room.name.as_str()).collect::<Vec<_>>(), ["North", "South"]);
}

#[test]
fn organizations_are_one_whatever_their_spelling() {
    let table = "id,name,employer\nM1,Ben,St. Mary & Sons\nM2,Cee,st. mary and  sons\nM3,Dee,N/A\nM4,Eve,Clinic 1\nM5,Fay,Clinic 2\n\
                 M6,Gus,General Hospitl\nM7,Hal,General Hospital\n";
    let folder = mentees("", table);
    let event = folder.event();
    assert_eq!(event.organizations, ["St. Mary & Sons", "Clinic 1", "Clinic 2", "General Hospitl", "General Hospital"]);
    assert_eq!(event.mentees[0].organization, event.mentees[1].organization);
    assert_eq!((event.mentees[2].organization, event.mentees[2].affiliation.as_deref()), (None, Some("N/A")));
    assert_eq!(
        folder.faults(),
        [
            "warning near-organizations mentees.csv:8 [employer: general hospital] `general hospital` and `general hospitl` may \
          be one organization; if they are, write them alike"
        ]
    );
}

#[test]
fn wishes_and_acquaintances_name_people_of_the_other_roster() {
    let folder = Folder::new("")
        .with("experts.csv", "id,name,wishes,knows\nE1,Ada Ray,\"M2, Ben Eze\",cee tran\n")
        .with("mentees.csv", "id,name,knows\nM1,Ben Eze,\"Ada Ray, Cee Tran, Somebody Else\"\nM2,Cee Tran,Ada Rai\n");
    assert_eq!(
        folder.faults(),
        [
            "error unknown-expert mentees.csv:3 [knows: ada rai] `ada rai` is no expert of this event; did you mean `ada ray`?",
            "warning unknown-person mentees.csv:2 [knows: ada ray, cee tran, somebody else] `somebody else` is nobody of this \
             event; if it is somebody, write the name as it stands in the rosters",
        ]
    );
    let files = "id,name,knows\nM1,Ben Eze,Ada Ray\nM2,Cee Tran,\n";
    let event = Folder { files: vec![folder.files[0].clone()], ..folder }.with("mentees.csv", files).event();
    let ada = expert(&event, "E1");
    assert_eq!((ada.wishes.len(), ada.knows[0].0, event.mentees[0].knows[0].0), (2, 1, 0));
}

#[test]
fn ids_that_are_numbers_do_not_make_ranks_options() {
    let folder = |columns: &str, table: &str| {
        let experts = "id,name\n1,Ada Ray\n2,Bo Li\n";
        Folder::new(columns).with("experts.csv", experts).with("mentees.csv", table).event()
    };
    assert_eq!(experts_of(&folder("", "name,expert_1,expert_2\nBen,2,1\n"), "Ben"), ["1 2", "2 1"]);
    let columns = "[columns.mentees]\nexperts = \"Prof*\"\n";
    assert_eq!(experts_of(&folder(columns, "name,Prof1,Prof2\nBen,Bo Li,1\n"), "Ben"), ["1 2", "2 1"]);
}

#[test]
fn a_roster_without_people_is_a_fault() {
    let where_ = "[columns.mentees.where]\nstatus = [\"yes\", \"maybe\"]\n";
    assert_eq!(
        mentees(where_, "name,status\nBen,no\n").faults(),
        [
            "error no-people mentees.csv:1 [name: name] `mentees.csv` has nobody in it; write a row for each of them, or see \
          which rows `where` takes"
        ]
    );
    assert_eq!(mentees(where_, "name,status\nBen,no\nCee,MAYBE\nDee,Yes\n").event().mentees.len(), 2);
}

#[test]
fn a_table_of_two_experts_at_one_time_is_worth_a_warning() {
    let table = "id,name,table,available\nE1,Ada,T1,1-3\nE2,Bo,t1,4-5\nE3,Cy,T1,3\n";
    assert_eq!(
        experts("", table).faults(),
        [
            "warning shared-table experts.csv:4 [table: t1] the table `t1` is that of `ada` too; give each of them a table, or \
          rounds apart"
        ]
    );
}

#[test]
fn an_expert_keeps_a_topic_even_when_faults_are_forgiven() {
    let folder = experts("[topics]\noffered = [\"AI\"]\n", "id,name,topics\nE1,Ada,AJ\n").lenient();
    let codes: Vec<&str> = folder.read().unwrap_err().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, ["no-topic", "unknown-topic"]);
}

#[test]
fn encoding_and_delimiter_can_be_said() {
    let rosters = HEAD.replace("[rosters]", "[rosters]\nencoding = \"windows-1252\"\ndelimiter = \"|\"");
    let mut folder = Folder { event: rosters + OFFERED, ..mentees("", "") };
    folder.files.clear();
    folder = folder.with("experts.csv", "name|topics\nAda|AI\n").with("mentees.csv", b"name|goal\nJos\xe9|a,b;c\n");
    assert_eq!(mentee(&folder.event(), "José").goal.as_deref(), Some("a,b;c"));
    folder.options.encoding = Some("iso-8859-2".to_owned());
    assert_eq!(folder.event().mentees[0].name, "José");
    folder.options.encoding = Some("utf-8".to_owned());
    assert_eq!(
        folder.faults()[0],
        "error encoding - `mentees.csv` holds bytes that are not utf-8; say its encoding, such as `windows-1252`, or save it as utf-8"
    );
}

proptest! {
    #[test]
    fn the_order_of_rows_never_matters(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let experts = ["E1,Ada Ray,AI; Law,Hall,Clinic A,M2", "E2,Bo Li,Law,,clinic a,", "E3,Cy Fox,Ethics; AI,annex,N/A,",
            "E4,Di Gil,AI,Annex,Clinic B,M1; M3", "E5,Ed Hay,Ethics,,,", "E6,Flo Ito,Law,,Clinic Bb,"];
        let mentees = ["M1,Ben,AI,E2", "M2,Cee,Ethics,Ada Ray", "M3,Dee,,", "M4,Eve,Law,E6", "M5,Fay,AI,Di Gil", "M6,Gus,AI,E1"];
        let requests = ["keep-out,M1,E2,", "must-meet,M2,E2,", "kept-apart,M1,,M2", "kept-apart,M2,,M1", "avoid,M3,E1,", "must-meet,M5,E2,"];
        let table = |header: &str, rows: [&str; 6], order: &[usize]| {
            order.iter().fold(header.to_owned(), |table, &row| table + "\n" + rows[row])
        };
        let event = |order: &[usize]| {
            let folder = Folder::new("")
                .with("experts.csv", table("id,name,topics,room,organization,wishes", experts, order))
                .with("mentees.csv", table("id,name,topic_1,experts", mentees, order))
                .with("requests.csv", table("kind,mentee,expert,with", requests, order));
            format!("{:?}", folder.event())
        };
        assert_eq!(event(&order), event(&[0, 1, 2, 3, 4, 5]));
    }
}

#[test]
fn a_column_that_chooses_rows_still_means_what_it_means() {
    let rules = "[columns.mentees.where]\norganization = \"Clinic\"\n";
    let folder = mentees(rules, "name,organization\nBen,clinic\nCee,Elsewhere\n");
    let event = folder.event();
    assert_eq!(event.mentees.len(), 1);
    assert_eq!(mentee(&event, "Ben").affiliation.as_deref(), Some("clinic"));
}

#[test]
fn a_column_is_not_said_to_be_meant_by_its_own_name() {
    let faults = mentees("[columns.mentees]\nname = \"Nope\"\n", "name\nBen\n").faults();
    assert!(faults[0].contains("has no column `nope`"), "{faults:?}");
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn a_name_that_is_ambiguous_without_ids_still_has_a_hint() {
    let folder = Folder::new("[topics]\noffered = [\"AI\", \"ai\"]\n");
    let faults = folder.with("experts.csv", "name,topics\nAda,AI\n").with("mentees.csv", "name\nBen\n").faults();
    assert!(faults[1].ends_with("`ai` can be 2 topics; give each a name of its own"), "{faults:?}");
}
