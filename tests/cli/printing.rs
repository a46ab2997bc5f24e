//! `show` and `export`.

use super::pair;
use crate::support::command::Trial;

/// The plan that was made by hand.
fn planned() -> Trial {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    trial
}

#[test]
fn a_plan_is_shown_by_round() {
    planned().run(&["show"]).is(0, "", "");
}

#[test]
fn a_table_fits_a_narrow_terminal() {
    let shown = planned().run_with("COLUMNS", "40", &["show", "--by", "table"]).done();
    assert_eq!(shown, "");
}

#[test]
fn a_person_is_found_by_id_and_by_name() {
    let trial = planned();
    let card = "";
    trial.run(&["show", "--person", "M4"]).is(0, card, "");
    trial.run(&["show", "--person", "divya  eswaran"]).is(0, card, "");
    trial.run(&["show", "--person", "Divya"]).is(0, card, "");
    let said = "error: nobody at this event is called `Divya Eswarran`\nhint: did you mean `Divya Eswaran`?\n";
    trial.run(&["show", "--person", "Divya Eswarran"]).fails(2, said);
}

#[test]
fn every_view_has_every_format() {
    let trial = planned();
    for by in ["round", "table", "expert", "mentee", "topic"] {
        for format in ["table", "json", "csv", "markdown"] {
            let shown = trial.run(&["show", "--by", by, "--format", format]).done();
            assert!(shown.contains("Chloé Dubois") && !shown.contains('@'), "{by} {format}: {shown}");
        }
    }
}

#[test]
fn export_gives_a_row_a_seat_or_a_row_a_person() {
    let trial = planned();
    trial.run(&["export"]).is(0, "", "");
    trial.run(&["export", "--people"]).is(0, "", "");
    trial.run(&["export", "--format", "json", "-q"]).is(0, "", "");
}
