//! What every command has in common.

use super::lone;
use crate::support::command::Trial;

#[test]
fn a_folder_without_an_event_or_a_roster_is_an_error_of_the_input() {
    let said = "error: there is no event at `event.toml`\n\
                hint: run `tablehop init` to write a starter event, or give the event's folder\n";
    Trial::new().run(&["schedule"]).fails(2, said);
    let trial = Trial::new().with("event.toml", super::LONE_EVENT);
    let said = "error: there is no file `experts.csv`\nerror: there is no file `mentees.csv`\n\
                hint: put it there, or mend `[rosters]` in `event.toml`\n";
    trial.run(&["validate"]).fails(2, said);
    assert_eq!(trial.files(), ["event.toml"]);
}

#[test]
fn a_plan_that_is_missing_or_broken_is_an_error_of_the_input() {
    let trial = lone();
    let said = "error: there is no plan at `plan.json`\nhint: run `tablehop schedule` to make one\n";
    trial.run(&["show"]).fails(2, said);
    trial.run(&["check"]).fails(2, said);
    trial.write("plan.json", "{\"format\": \"tablehop-plan/9\"}");
    let said = "error: `plan.json` has the format `tablehop-plan/9`, and this program reads `tablehop-plan/1`\n\
                hint: use the version of tablehop that wrote it\n";
    trial.run(&["export"]).fails(2, said);
    trial.write("plan.json", "{\"format\": \"tablehop-plan/1\",\n \"program\": 3}");
    let said = "error: `plan.json` is not a whole plan: line 2, column 13: \
                invalid type: integer `3`, expected a string\n\
                hint: take back what was changed in it, or move it away and run `tablehop schedule` again\n";
    trial.run(&["schedule"]).fails(2, said);
    assert_eq!(trial.read("plan.json"), "{\"format\": \"tablehop-plan/1\",\n \"program\": 3}");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let trial = lone();
    let said = trial.run_unread(&["schedule"]);
    assert_eq!((said.status, said.stderr.as_str()), (Some(0), "wrote `plan.json`: revision 1\n"));
    assert_eq!(trial.run_unread(&["export"]).status, Some(0));
    assert_eq!(trial.run_unread(&["--help"]).status, Some(0));
}

#[test]
fn quiet_says_nothing_and_verbose_says_more() {
    let trial = lone();
    assert_eq!(trial.run(&["-q", "schedule"]).stderr, "");
    let said = trial.run(&["schedule", "--verbose"]).stderr;
    assert!(said.contains("route `pair-and-rotate`"), "{said}");
}

#[test]
fn what_a_terminal_obeys_never_reaches_it() {
    let trial = lone();
    let mentees = trial.read("mentees.csv").replace("Ana Brandt", "Ana\u{1b}[2JBrandt\u{202E}");
    trial.write("mentees.csv", &mentees);
    for arguments in [&["validate"][..], &["schedule"], &["show", "--person", "\u{1b}[2J"], &["schedule", "\u{1b}]0;x"]]
    {
        let said = trial.run(arguments);
        let text = said.stdout + &said.stderr;
        assert!(!text.contains(['\u{1b}', '\u{202E}']), "{arguments:?}: {text:?}");
    }
}

#[test]
fn a_wrong_call_is_an_error_of_the_input() {
    let trial = Trial::new();
    let said = trial.run(&["shedule"]);
    assert_eq!(said.status, Some(2));
    assert!(said.stderr.starts_with("error: unrecognized subcommand 'shedule'\n"), "{}", said.stderr);
    assert_eq!(trial.run(&["schedule", "--delimiter", "ab"]).status, Some(2));
    let said = trial.run_with("SOURCE_DATE_EPOCH", "soon", &["schedule"]);
    assert_eq!(said.status, Some(2));
}

#[test]
fn a_time_that_is_none_stops_before_anything_is_written() {
    let trial = lone();
    let said = "error: SOURCE_DATE_EPOCH is `soon`, which is no time\n\
                hint: give whole seconds since 1970, or unset it\n";
    trial.run_with("SOURCE_DATE_EPOCH", "soon", &["schedule"]).fails(2, said);
    assert_eq!(trial.files(), ["event.toml", "experts.csv", "mentees.csv"]);
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let trial = Trial::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(trial.run(&["completions", shell]).done().contains("tablehop"));
    }
    assert!(trial.run(&["man"]).done().contains("tablehop"));
    assert!(trial.run(&["man", "schedule"]).done().contains("time\\-limit"));
    trial
        .run(&["man", "dance"])
        .fails(2, "error: there is no command `dance`\nhint: `tablehop --help` lists the commands\n");
}

#[cfg(unix)]
#[test]
fn a_roster_that_cannot_be_opened_or_never_ends_is_an_error_of_the_input() {
    let trial = lone();
    std::fs::remove_file(trial.path("mentees.csv")).expect("it is there");
    std::os::unix::fs::symlink("mentees.csv", trial.path("mentees.csv")).expect("a link");
    let said = trial.run(&["schedule"]);
    assert_eq!(said.status, Some(2));
    assert!(said.stderr.starts_with("error: cannot open `mentees.csv`: "), "{}", said.stderr);
    assert!(said.stderr.ends_with("\nhint: put it there, or mend `[rosters]` in `event.toml`\n"), "{}", said.stderr);
    std::fs::remove_file(trial.path("mentees.csv")).expect("it is there");
    std::os::unix::fs::symlink("/dev/zero", trial.path("mentees.csv")).expect("a link");
    let said = "error: `mentees.csv` is larger than the 256 MiB that a table may have\n\
                hint: take only the rows and columns of this event\n";
    trial.run(&["schedule"]).fails(2, said);
}

#[cfg(unix)]
#[test]
fn a_plan_that_never_ends_is_no_plan() {
    let trial = lone();
    std::os::unix::fs::symlink("/dev/zero", trial.path("plan.json")).expect("a link");
    let said = trial.run(&["schedule"]);
    assert_eq!(said.status, Some(2));
    assert!(said.stderr.starts_with("error: `plan.json` is not a whole plan: line 1, column 1: "), "{}", said.stderr);
}

#[test]
fn a_starter_is_not_written_into_a_file() {
    let trial = Trial::new().with("notes", "");
    let said = "error: `notes` is no folder\nhint: give another one; nothing was written\n";
    trial.run(&["init", "notes"]).fails(2, said);
    trial.run(&["init", "notes/event"]).fails(2, said);
}
