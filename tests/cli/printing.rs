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
    let expected = "\
Round 1 · 13:30-13:42
╭───────┬─────────────────┬────────┬──────────────────────────────╮
│ table │ expert          │ topic  │ mentees                      │
├───────┼─────────────────┼────────┼──────────────────────────────┤
│ T01   │ Amara Okafor    │ Data   │ Ana Brandt, Chloé Dubois     │
│ T02   │ Ingrid Sørensen │ Ethics │ Beatriz Costa, Divya Eswaran │
╰───────┴─────────────────┴────────┴──────────────────────────────╯

Round 2 · 13:45-13:57
╭───────┬─────────────────┬────────┬──────────────────────────╮
│ table │ expert          │ topic  │ mentees                  │
├───────┼─────────────────┼────────┼──────────────────────────┤
│ T01   │ Amara Okafor    │ Data   │ Beatriz Costa            │
│ T02   │ Ingrid Sørensen │ Ethics │ Ana Brandt, Chloé Dubois │
╰───────┴─────────────────┴────────┴──────────────────────────╯
";
    planned().run(&["show"]).is(0, expected, "");
}

#[test]
fn a_table_fits_a_narrow_terminal() {
    let shown = planned().run_with("COLUMNS", "40", &["show", "--by", "table"]).done();
    let expected = "\
T01
 round     1
 time      13:30-13:42
 expert    Amara Okafor
 topic     Data
 mentees   Ana Brandt, Chloé Dubois

 round     2
";
    assert!(shown.starts_with(expected), "{shown}");
}

#[test]
fn a_person_is_found_by_id_and_by_name() {
    let trial = planned();
    let card = "\
Divya Eswaran
╭───────┬─────────────┬──────────┬─────────────────┬────────╮
│ round │ time        │ table    │ expert          │ topic  │
├───────┼─────────────┼──────────┼─────────────────┼────────┤
│ 1     │ 13:30-13:42 │ T02      │ Ingrid Sørensen │ Ethics │
│ 2     │ 13:45-13:57 │ sits out │                 │        │
╰───────┴─────────────┴──────────┴─────────────────┴────────╯
";
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
    let seats = "\
round,start,end,table,expert,expert_name,mentee,mentee_name,topic
1,2027-03-09T13:30:00-06:00,2027-03-09T13:42:00-06:00,T01,E1,Amara Okafor,M1,Ana Brandt,Data
1,2027-03-09T13:30:00-06:00,2027-03-09T13:42:00-06:00,T01,E1,Amara Okafor,M3,Chloé Dubois,Data
1,2027-03-09T13:30:00-06:00,2027-03-09T13:42:00-06:00,T02,E2,Ingrid Sørensen,M2,Beatriz Costa,Ethics
1,2027-03-09T13:30:00-06:00,2027-03-09T13:42:00-06:00,T02,E2,Ingrid Sørensen,M4,Divya Eswaran,Ethics
2,2027-03-09T13:45:00-06:00,2027-03-09T13:57:00-06:00,T01,E1,Amara Okafor,M2,Beatriz Costa,Data
2,2027-03-09T13:45:00-06:00,2027-03-09T13:57:00-06:00,T02,E2,Ingrid Sørensen,M1,Ana Brandt,Ethics
2,2027-03-09T13:45:00-06:00,2027-03-09T13:57:00-06:00,T02,E2,Ingrid Sørensen,M3,Chloé Dubois,Ethics
";
    trial.run(&["export"]).is(0, seats, "");
    let people = "\
role,id,name,email,round_1_time,round_1_table,round_1_with,round_1_topic,\
round_2_time,round_2_table,round_2_with,round_2_topic
expert,E1,Amara Okafor,amara@example.org,13:30-13:42,T01,Ana Brandt; Chloé Dubois,Data,\
13:45-13:57,T01,Beatriz Costa,Data
expert,E2,Ingrid Sørensen,,13:30-13:42,T02,Beatriz Costa; Divya Eswaran,Ethics,\
13:45-13:57,T02,Ana Brandt; Chloé Dubois,Ethics
mentee,M1,Ana Brandt,ana@example.org,13:30-13:42,T01,Amara Okafor,Data,13:45-13:57,T02,Ingrid Sørensen,Ethics
mentee,M2,Beatriz Costa,bea@example.org,13:30-13:42,T02,Ingrid Sørensen,Ethics,13:45-13:57,T01,Amara Okafor,Data
mentee,M3,Chloé Dubois,chloe@example.org,13:30-13:42,T01,Amara Okafor,Data,13:45-13:57,T02,Ingrid Sørensen,Ethics
mentee,M4,Divya Eswaran,divya@example.org,13:30-13:42,T02,Ingrid Sørensen,Ethics,,,,
";
    trial.run(&["export", "--people"]).is(0, people, "");
}

#[test]
fn a_workbook_is_the_same_wherever_it_goes() {
    let trial = planned();
    trial.run(&["export", "--output", "plan.xlsx"]).is(0, "", "wrote `plan.xlsx`\n");
    let written = std::fs::read(trial.path("plan.xlsx")).expect("it was written");
    // The times in a ZIP have steps of two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(trial.bytes(&["export", "--format", "xlsx"]), written);
    trial.run(&["export", "--people", "--output", "plan.xlsx", "--quiet"]).is(0, "", "");
    assert_ne!(std::fs::read(trial.path("plan.xlsx")).expect("it was written"), written);
}

#[test]
fn the_name_of_the_file_tells_the_format_and_the_event_is_spared() {
    let trial = planned();
    for (name, format) in [("a.JSON", "json"), ("a.md", "markdown"), ("a.csv", "csv"), ("a", "csv")] {
        trial.run(&["export", "--output", name, "-q"]).done();
        assert_eq!(trial.read(name), trial.run(&["export", "--format", format]).done(), "{name}");
    }
    trial.run(&["export", "--output", "a.json", "--format", "csv", "-q"]).done();
    assert_eq!(trial.read("a.json"), trial.read("a.csv"));
    for own in ["mentees.csv", "./plan.json", "event.toml"] {
        let before = trial.read(own);
        let shown = own.trim_start_matches("./");
        let said = format!(
            "error: `{shown}` is one of the event's own files, and was not written over\n\
             hint: give another file to `--output`\n"
        );
        trial.run(&["export", "--output", own]).fails(2, &said);
        assert_eq!(trial.read(own), before);
    }
    let said = "error: the name of the file does not tell its format\n\
                hint: end it in `.csv`, `.xlsx`, `.json` or `.md`, or say `--format`\n";
    trial.run(&["export", "--output", "plan.pdf"]).fails(2, said);
    assert!(!trial.path("plan.pdf").exists());
    let said = "error: there is no folder `gone`\nhint: give another file to `--output`\n";
    trial.run(&["export", "--output", "gone/a.csv"]).fails(2, said);
    trial.run(&["export", "--output", "."]).fails(2, &said.replace("there is no folder `gone`", "`.` is a folder"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_workbook_is_not_printed_on_a_terminal() {
    let trial = planned();
    let call = format!("{} export --format xlsx", env!("CARGO_BIN_EXE_tablehop"));
    let mut script = std::process::Command::new("script");
    let script = script.args(["-qec", &call, "/dev/null"]).current_dir(trial.path(".")).env("NO_COLOR", "1");
    let output = script.output().expect("util-linux has `script`");
    let said = "error: a workbook is not text, and standard output is a terminal\r\n\
                hint: give a file, as `--output plan.xlsx`\r\n";
    assert_eq!((String::from_utf8_lossy(&output.stdout).as_ref(), output.status.code()), (said, Some(2)));
}

#[test]
fn of_a_plan_made_from_other_files_the_bounds_do_not_hold() {
    let trial = planned();
    let values = |trial: &Trial| {
        trial.run(&["export", "--output", "plan.xlsx", "-q"]).done();
        let mut workbook: calamine::Xlsx<_> = calamine::open_workbook(trial.path("plan.xlsx")).expect("a workbook");
        let range = calamine::Reader::worksheet_range(&mut workbook, "Certificate").expect("a sheet");
        range.rows().skip(1).map(|row| row[3..].iter().map(ToString::to_string).collect()).collect::<Vec<Vec<_>>>()
    };
    trial.run(&["schedule", "-q"]).done();
    assert_eq!(values(&trial)[0], ["8", "8", "yes"]);
    trial.write("mentees.csv", &trial.read("mentees.csv").replace("Chloé", "Chloe"));
    assert_eq!(values(&trial)[0], ["8", "not known", "no"]);
}
