//! `init`, `validate` and `schedule`.

use super::{LONE_EVENT, lone};
use crate::support::command::Trial;

/// The plan of the event with one schedule.
const LONE_PLAN: &str = r#"{
  "format": "tablehop-plan/1",
  "program": "tablehop 0.1.0",
  "revision": 1,
  "made": "2027-03-01T20:00:00Z",
  "event": {"id": "lone", "name": "One Table", "timezone": "America/Chicago"},
  "inputs": {"event.toml": "sha256:2a37a70121b42010e423fd5a2f38079c44e56d3c8c0bf68fa3016006fadf165c", "experts.csv": "sha256:a964cf4a66fedeb9b91ac00bddd665fd04ac55b944df0795eb03828947e46705", "mentees.csv": "sha256:81b047eb5499c67cb4092dc3be14919e8aa38de5bb0331ea9cac98d85fb509bb"},
  "rounds": [
    {"round": 1, "start": "2027-03-09T13:30:00-06:00", "end": "2027-03-09T13:42:00-06:00"}
  ],
  "topics": [
    "Data"
  ],
  "experts": [
    {"id": "E1", "name": "Dr. Amara Okafor"}
  ],
  "mentees": [
    {"id": "M1", "name": "Ana Brandt"},
    {"id": "M2", "name": "山田 太郎"}
  ],
  "sittings": [
    {"round": 1, "expert": "E1", "table": "T01", "topic": "Data"}
  ],
  "seats": [
    {"round": 1, "expert": "E1", "mentee": "M1", "topic": "Data", "since": 1},
    {"round": 1, "expert": "E1", "mentee": "M2", "topic": "Data", "since": 1}
  ],
  "sit_outs": [],
  "revisions": [
    {"revision": 1, "made": "2027-03-01T20:00:00Z"}
  ],
  "certificate": {"status": "optimal", "proven_through": "even-tables", "route": "pair-and-rotate", "steps": 6, "solver": "tablehop 0.1.0", "priorities": [
    {"name": "seats", "sense": ["max", "min"], "value": [2, 0], "bound": [2, 0], "proven": true},
    {"name": "courtesies", "sense": ["min"], "value": [0], "bound": [0], "proven": true},
    {"name": "first-choices", "sense": ["max"], "value": [2], "bound": [2], "proven": true},
    {"name": "fair-share", "sense": ["max"], "value": [2], "bound": [2], "proven": true},
    {"name": "variety", "sense": ["min"], "value": [0], "bound": [0], "proven": true},
    {"name": "preferences", "sense": ["max"], "value": [200], "bound": [200], "proven": true},
    {"name": "new-faces", "sense": ["min"], "value": [0], "bound": [0], "proven": true},
    {"name": "even-tables", "sense": ["min"], "value": [0], "bound": [0], "proven": true}
  ]}
}
"#;

#[test]
fn the_starter_schedules_as_it_is_and_its_plan_is_accepted() {
    let trial = Trial::new();
    let said = "wrote `mine/event.toml`\nwrote `mine/experts.csv`\nwrote `mine/mentees.csv`\n\
                next: `tablehop schedule mine`, then make the files yours\n";
    trial.run(&["init", "mine"]).is(0, "", said);
    let shown = trial.run(&["schedule", "mine"]).done();
    assert!(shown.contains("240 seats: every meeting wanted.\n"), "{shown}");
    assert!(shown.contains("Proven: no plan is better, in any priority.\n"), "{shown}");
    let accepted = trial.run(&["check", "mine"]).done();
    assert!(accepted.starts_with("Every rule is kept.\n"), "{accepted}");
}

#[test]
fn init_writes_over_nothing() {
    let trial = Trial::new().with("mine/experts.csv", "precious");
    let said = "error: `mine/experts.csv` is there already\nhint: give another folder; nothing was written\n";
    trial.run(&["init", "mine"]).fails(2, said);
    assert_eq!(trial.read("mine/experts.csv"), "precious");
    assert!(!trial.files_of("mine").contains(&"event.toml".to_owned()));
}

#[test]
fn validate_says_what_is_wanted_and_possible() {
    let expected = "\
1 expert, 2 mentees and 1 round.
2 seats wanted, and all of them are possible.

╭───────┬───────────────┬────────┬─────────┬───────╮
│ topic │ first choices │ wishes │ experts │ seats │
├───────┼───────────────┼────────┼─────────┼───────┤
│ Data  │ 2             │ 2      │ 1       │ 2     │
╰───────┴───────────────┴────────┴─────────┴───────╯
";
    let said = lone().run(&["validate"]);
    assert_eq!((said.status, said.stdout.as_str()), (Some(0), expected));
    assert!(said.stderr.starts_with("experts.csv: UTF-8, `,` between"), "{}", said.stderr);
    let expected = r#"{
  "experts": 1,
  "mentees": 2,
  "rounds": 1,
  "seats_wanted": 2,
  "seats_possible": 2,
  "mentees_without_choices": 0,
  "topics": [
    {"topic": "Data", "first_choices": 2, "wishes": 2, "experts": 1, "seats": 2}
  ]
}
"#;
    lone().run(&["validate", "--format", "json", "-q"]).is(0, expected, "");
}

#[test]
fn validate_says_which_rules_cannot_be_kept_together() {
    let trial = lone().with("requests.csv", "kind,mentee,expert\nkeep-out,M1,E1\nmust-meet,M1,E1\n");
    let said = trial.run(&["validate"]);
    let error = "error: `must-meet` and `keep-out` cannot be kept together for Ana Brandt and Dr. Amara Okafor\n";
    assert_eq!(said.status, Some(1));
    assert!(said.stdout.starts_with("1 expert, 2 mentees and 1 round.\n"), "{}", said.stdout);
    assert!(said.stderr.contains(error), "{}", said.stderr);
}

#[test]
fn schedule_prints_the_rounds_and_the_verdict_and_writes_the_plan() {
    let trial = lone();
    let expected = "\
Round 1 · 13:30-13:42
╭───────┬──────────────────┬───────┬───────────────────────╮
│ table │ expert           │ topic │ mentees               │
├───────┼──────────────────┼───────┼───────────────────────┤
│ T01   │ Dr. Amara Okafor │ Data  │ Ana Brandt, 山田 太郎 │
╰───────┴──────────────────┴───────┴───────────────────────╯

2 seats: every meeting wanted.
First choices: 2 of 2 mentees with a seat of rank 3 or better.
Wished-for meetings: 2 of the 2 that each mentee alone could have; 1 for 2 mentees.
Preferences: 200 points of at most 200.
Proven: no plan is better, in any priority.
";
    trial.run(&["schedule"]).is(0, expected, "wrote `plan.json`: revision 1\n");
    assert_eq!(trial.files(), ["event.toml", "experts.csv", "mentees.csv", "plan.json"]);
    assert_eq!(trial.read("plan.json"), LONE_PLAN);
}

#[test]
fn an_unchanged_plan_is_no_new_revision() {
    let trial = lone();
    trial.run(&["schedule"]).done();
    let first = trial.read("plan.json");
    let again = trial.run_with("SOURCE_DATE_EPOCH", "1900000000", &["schedule", "--format", "csv", "--quiet"]);
    again.is(
        0,
        "round,time,table,expert,topic,mentees\n1,13:30-13:42,T01,Dr. Amara Okafor,Data,Ana Brandt; 山田 太郎\n",
        "",
    );
    assert_eq!(trial.read("plan.json"), first);
}

#[test]
fn the_same_seats_of_other_files_renew_the_certificate_of_the_revision() {
    let trial = lone();
    trial.run(&["schedule"]).done();
    let first = trial.read("plan.json");
    trial.write("event.toml", &format!("{LONE_EVENT}[rules]\nsame_organization = \"avoid\"\n"));
    let said = trial.run(&["schedule", "--format", "csv"]).stderr;
    assert!(said.contains("`plan.json` has the same seats: revision 1, its certificate renewed\n"), "{said}");
    let second = trial.read("plan.json");
    assert_ne!(second, first);
    // How long the solver took differs, since now there is a plan to keep to.
    let differs = |line: &&str| line.contains("sha256") || line.contains("\"steps\": ");
    let rest = |plan: &str| plan.lines().filter(|line| !differs(line)).collect::<Vec<_>>().join("\n");
    assert_eq!(rest(&second), rest(&first));
}

#[test]
fn new_times_are_a_new_revision_whose_seats_are_those_of_old() {
    let trial = lone();
    trial.run(&["schedule"]).done();
    let first = trial.read("plan.json");
    trial.write("event.toml", &LONE_EVENT.replace("13:30", "14:30"));
    trial.run(&["schedule"]).done();
    assert_eq!(trial.read("plan.1.json"), first);
    let second = trial.read("plan.json");
    assert!(second.contains("\"revision\": 2,"), "{second}");
    assert_eq!(second.matches("\"since\": 1}").count(), 2);
}

#[test]
fn revisions_count_on_where_the_plan_was_moved_away() {
    let trial = lone();
    trial.run(&["schedule"]).done();
    let first = trial.read("plan.json");
    for (time, revision) in [("14:30", 3), ("15:30", 4)] {
        trial.write("event.toml", &LONE_EVENT.replace("13:30", time));
        if revision == 3 {
            trial.write("plan.1.json", &first);
            std::fs::remove_file(trial.path("plan.json")).expect("it is there");
        }
        let said = trial.run(&["schedule"]).stderr;
        assert!(said.ends_with(&format!("wrote `plan.json`: revision {revision}\n")), "{said}");
    }
    assert_eq!(trial.read("plan.1.json"), first);
    assert!(trial.read("plan.3.json").contains("14:30"));
}

#[test]
fn a_plan_without_a_seat_is_none_where_seats_are_wanted() {
    let trial = lone();
    trial.run(&["schedule"]).done();
    let first = trial.read("plan.json");
    let experts = "id,name,email,topics,available\nE1,Dr. Amara Okafor,amara@example.org,Data,none\n";
    trial.write("experts.csv", experts);
    let said = "error: nobody would have a seat in the best plan that was found\n\
                hint: look at who is there when, who is kept from whom, and how small groups may be; \
                nothing was written\n";
    trial.run(&["schedule"]).fails(1, said);
    assert_eq!(trial.read("plan.json"), first);
    assert!(!trial.files().contains(&"plan.1.json".to_owned()));
}

#[test]
fn rules_that_cannot_be_met_are_an_answer() {
    let trial = lone().with("requests.csv", "kind,mentee,expert\nkeep-out,M1,E1\nmust-meet,M1,E1\n");
    let said = trial.run(&["schedule"]);
    assert_eq!((said.status, said.stdout.as_str()), (Some(1), ""));
    assert!(said.stderr.starts_with("error: ") && said.stderr.contains("nothing was written\n"), "{}", said.stderr);
    assert!(!trial.files().contains(&"plan.json".to_owned()));
}
