//! `check`, on plans and on CSVs, and `--adopt`.

use super::{SEATS, pair};
use crate::support::command::Trial;

#[test]
fn a_csv_that_keeps_every_rule_is_accepted() {
    let said = "a table of seats has no certificate: how far from the best it is was not looked at\n";
    let expected = "\
Every rule is kept.
╭───────────────┬────────┬──────────────────╮
│ priority      │ value  │ better           │
├───────────────┼────────┼──────────────────┤
│ seats         │ (7, 1) │ more, then fewer │
│ courtesies    │ 0      │ fewer            │
│ first-choices │ 4      │ more             │
│ fair-share    │ (4, 0) │ more             │
│ variety       │ 0      │ fewer            │
│ preferences   │ 400    │ more             │
│ new-faces     │ 1      │ fewer            │
│ even-tables   │ 1      │ fewer            │
╰───────────────┴────────┴──────────────────╯
";
    pair().run(&["check", ".", "seats.csv"]).is(0, expected, said);
}

#[test]
fn every_breach_is_told() {
    let trial = pair();
    trial.write("seats.csv", &format!("{SEATS}2,E2,M2\n"));
    let expected = "\
one-seat-a-round: Beatriz Costa has 2 seats in round 2, with Amara Okafor and Ingrid Sørensen.
meet-once: Beatriz Costa meets Ingrid Sørensen 2 times.
table-capacity: 3 sit with Ingrid Sørensen in round 2, where 2 fit.
meetings-wanted: Beatriz Costa has 3 seats, and wants at most 2.
";
    let rows = "\
rule,round,mentees,experts,found,allowed,message
one-seat-a-round,2,M2,E1; E2,2,1,\"Beatriz Costa has 2 seats in round 2, with Amara Okafor and Ingrid Sørensen\"
meet-once,,M2,E2,2,1,Beatriz Costa meets Ingrid Sørensen 2 times
table-capacity,2,M1; M2; M3,E2,3,2,\"3 sit with Ingrid Sørensen in round 2, where 2 fit\"
meetings-wanted,,M2,,3,2,\"Beatriz Costa has 3 seats, and wants at most 2\"
";
    let said = "error: `seats.csv` breaks 4 rules in 4 places\n\
                hint: mend the seats and check again, or run `tablehop schedule` for a plan that keeps every rule\n";
    trial.run(&["check", "seats.csv", "--adopt"]).is(1, expected, said);
    trial.run(&["check", "seats.csv", "--format", "csv"]).is(1, rows, said);
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

/// Eva, Ed and Eo cannot all have somebody in each round, unless a wish is given up for it.
#[test]
fn what_was_proven_with_every_table_open_says_nothing_about_an_adopted_plan_with_fewer() {
    let event = "\
[event]
id = \"open\"
name = \"Open\"
date = 2027-03-09
timezone = \"UTC\"
[rounds]
start = 09:00:00
count = 2
minutes = 10
[rosters]
experts = \"experts.csv\"
mentees = \"mentees.csv\"
[priorities]
order = [\"preferences\"]
";
    let seats = "round,expert,mentee\n1,E2,M1\n1,E1,M2\n1,E1,M3\n2,E1,M1\n2,E2,M2\n";
    let trial = Trial::new()
        .with("event.toml", event)
        .with("experts.csv", "id,name,available,capacity\nE1,Eva,,2\nE2,Ed,,1\nE3,Eo,1,2\n")
        .with("mentees.csv", "id,name,experts,available\nM1,Mia,E1;E2,\nM2,Max,E1;E2,\nM3,Moe,E1,1\n")
        .with("seats.csv", seats);
    trial.run(&["schedule", "-q"]).done();
    assert!(trial.read("plan.json").contains("\"proven\": true"));
    trial.run(&["check", "seats.csv", "--adopt", "-q"]).done();
    trial.run(&["check"]).done();
    assert!(!trial.read("plan.json").contains("\"proven\": true"));
}

#[test]
fn a_plan_as_good_as_the_best_stays() {
    let trial = pair();
    trial.run(&["schedule", "-q"]).done();
    let turned = |row: &str| {
        let cells: Vec<_> = row.split(',').collect();
        let round = if cells[0] == "1" { "2" } else { "1" };
        format!("{round},{},{}\n", cells[4], cells[6])
    };
    let rows: String = trial.run(&["export"]).done().lines().skip(1).map(turned).collect();
    trial.write("turned.csv", &format!("round,expert,mentee\n{rows}"));
    trial.run(&["check", "turned.csv", "--adopt", "-q"]).done();
    let second = trial.read("plan.json");
    let said = trial.run(&["schedule"]).stderr;
    assert_eq!(said, "`plan.json` is unchanged: revision 2\n");
    assert_eq!(trial.read("plan.json"), second);
    trial.run(&["schedule", "--fresh", "-q"]).done();
    assert!(trial.read("plan.json").contains("\"revision\": 3,"));
}

#[test]
fn a_plan_that_is_worse_gives_way() {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let said = trial.run(&["schedule"]).stderr;
    assert_eq!(said, "wrote `plan.json`: revision 2\n");
    assert!(trial.read("plan.json").contains("\"value\": [8, 0]"));
}

#[test]
fn a_certificate_that_says_too_much_is_refused() {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let plan = trial.read("plan.json").replace("\"value\": [7, 1]", "\"value\": [8, 0]");
    trial.write("plan.json", &plan);
    let expected = "certificate: the certificate says (8, 0) for `seats`, and it is (7, 1).\n";
    let said = "error: the certificate of `plan.json` is not right\n\
                hint: mend the seats and check again, or run `tablehop schedule` for a plan that keeps every rule\n";
    trial.run(&["check"]).is(1, expected, said);
}

#[test]
fn who_is_gone_is_named_and_what_changed_is_said() {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let mentees = trial.read("mentees.csv");
    trial.write("mentees.csv", &mentees.replace("Divya Eswaran", "Divya E."));
    let card = "\
Divya E.
╭───────┬─────────────┬──────────┬─────────────────┬────────╮
│ round │ time        │ table    │ expert          │ topic  │
├───────┼─────────────┼──────────┼─────────────────┼────────┤
│ 1     │ 13:30-13:42 │ T02      │ Ingrid Sørensen │ Ethics │
│ 2     │ 13:45-13:57 │ sits out │                 │        │
╰───────┴─────────────┴──────────┴─────────────────┴────────╯
";
    let said = "warning: `mentees.csv` changed since this plan was made\n\
                hint: run `tablehop schedule` to bring the plan up to date\n";
    trial.run(&["show", "--person", "M4"]).is(0, card, said);
    trial.write("mentees.csv", &mentees.replace("M4,Divya Eswaran,divya@example.org,Ethics\n", ""));
    let said = "error: the plan has seats for Divya Eswaran (`M4`), who is gone from the mentees\n\
                hint: run `tablehop schedule` to make a plan without them\n";
    trial.run(&["show"]).fails(2, said);
    trial.run(&["check", "plan.json"]).fails(2, said);
}

#[test]
fn parts_that_are_not_what_the_seats_come_to_are_told() {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let plan = trial.read("plan.json").replace("\"table\": \"T01\"", "\"table\": \"T77\"");
    trial.write("plan.json", &plan);
    let said = trial.run(&["check"]);
    let warning = "warning: `sittings` of `plan.json`: changed by hand, and not what the seats come to\n\
                   hint: run `tablehop schedule` to write it anew\n";
    assert!(said.stderr.starts_with(warning), "{}", said.stderr);
    assert_eq!(said.status, Some(0));
}

#[test]
fn an_empty_plan_is_no_csv() {
    let trial = pair().with("plan.json", "");
    let said = trial.run(&["check"]);
    assert!(said.stderr.starts_with("error: `plan.json` is not a whole plan: line 1, column 0"), "{}", said.stderr);
    trial.write("plan.json", "null");
    let said = "error: `plan.json` is not a whole plan: line 1, column 4: invalid type: null, expected an object\n\
                hint: take back what was changed in it, or move it away and run `tablehop schedule` again\n";
    trial.run(&["check"]).fails(2, said);
}
