//! `check`, on plans and on CSVs, and `--adopt`.

use super::{SEATS, pair};

#[test]
fn a_csv_that_keeps_every_rule_is_accepted() {
    let said = "a CSV has no certificate: how far from the best it is was not looked at\n";
    pair().run(&["check", ".", "seats.csv"]).is(0, "", said);
}

#[test]
fn every_breach_is_told() {
    let trial = pair();
    trial.write("seats.csv", &format!("{SEATS}2,E2,M2\n2,E1,M1\n"));
    trial.run(&["check", "seats.csv", "--adopt"]).is(1, "", "");
    trial.run(&["check", "seats.csv", "--format", "csv"]).is(1, "", "");
    assert!(!trial.files().contains(&"plan.json".to_owned()));
}

#[test]
fn an_adopted_csv_is_the_next_revision_and_comes_back_from_export() {
    let trial = pair();
    trial.run(&["schedule", "-q"]).done();
    let first = trial.read("plan.json");
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    assert_eq!(trial.read("plan.1.json"), first);
    let second = trial.read("plan.json");
    assert!(second.contains("\"route\": \"adopted\""), "{second}");

    let exported = trial.run(&["export"]).done();
    trial.write("back.csv", &exported);
    let said = trial.run(&["check", "back.csv", "--adopt"]).stderr;
    assert!(said.ends_with("these are the seats of revision 2 already\n"), "{said}");
    assert_eq!(trial.read("plan.json"), second);
    assert!(trial.run(&["check"]).done().starts_with("Every rule is kept.\n"));
}

#[test]
fn a_certificate_that_says_too_much_is_refused() {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let plan = trial.read("plan.json").replace("\"value\": [7, 1]", "\"value\": [8, 0]");
    trial.write("plan.json", &plan);
    trial.run(&["check"]).is(1, "", "");
}

#[test]
fn who_is_gone_is_named_and_what_changed_is_said() {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let mentees = trial.read("mentees.csv");
    trial.write("mentees.csv", &mentees.replace("Divya Eswaran", "Divya E."));
    trial.run(&["show", "--person", "M4"]).is(0, "", "");
    trial.write("mentees.csv", &mentees.replace("M4,Divya Eswaran,divya@example.org,Ethics\n", ""));
    trial.run(&["show"]).fails(2, "");
    trial.run(&["check", "plan.json"]).fails(2, "");
}
