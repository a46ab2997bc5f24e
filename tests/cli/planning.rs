//! `init`, `validate` and `schedule`.

use super::{LONE_EVENT, lone};
use crate::support::command::Trial;

#[test]
fn the_starter_schedules_as_it_is_and_its_plan_is_accepted() {
    let trial = Trial::new();
    let said = "wrote a starter event to `mine`: event.toml, experts.csv, mentees.csv\n\
                next: `tablehop schedule mine`, then make the files yours\n";
    trial.run(&["init", "mine"]).is(0, "", said);
    let shown = trial.run(&["schedule", "mine"]).done();
    assert!(shown.contains("240 seats: every meeting wanted.\n"), "{shown}");
    assert!(shown.contains("Proven through `preferences`"), "{shown}");
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
    lone().run(&["validate"]).is(0, "", "");
}

#[test]
fn schedule_prints_the_rounds_and_the_verdict_and_writes_the_plan() {
    let trial = lone();
    trial.run(&["schedule"]).is(0, "", "wrote `./plan.json`: revision 1\n");
    assert_eq!(trial.files(), ["event.toml", "experts.csv", "mentees.csv", "plan.json"]);
    assert_eq!(trial.read("plan.json"), "");
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
    trial.write("event.toml", &format!("{LONE_EVENT}# a remark\n"));
    let said = trial.run(&["schedule", "--format", "csv"]).stderr;
    assert!(said.contains("`./plan.json` has the same seats: revision 1, its certificate renewed\n"), "{said}");
    let second = trial.read("plan.json");
    assert_ne!(second, first);
    let but_inputs = |plan: &str| plan.lines().filter(|line| !line.contains("sha256")).collect::<Vec<_>>().join("\n");
    assert_eq!(but_inputs(&second), but_inputs(&first));
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
fn rules_that_cannot_be_met_are_an_answer() {
    let trial = lone().with("requests.csv", "kind,mentee,expert\nkeep-out,M1,E1\nmust-meet,M1,E1\n");
    trial.run(&["schedule"]).fails(1, "");
    assert!(!trial.files().contains(&"plan.json".to_owned()));
}
