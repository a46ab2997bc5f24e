//! `calendar`.

use super::pair;
use crate::support::command::Trial;

const ORGANIZER: &str = "organizer = { name = \"Committee\", email = \"committee@example.org\" }\n\n[rounds]";

/// The plan that was made by hand, with somebody to write to.
fn planned() -> Trial {
    let trial = pair();
    trial.write("event.toml", &trial.read("event.toml").replace("[rounds]", ORGANIZER));
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    trial
}

/// The plan with a second revision, in which M4 meets E1 in the second round.
fn replanned() -> Trial {
    let trial = planned();
    trial.write("seats.csv", &format!("{}2,E1,M4\n", trial.read("seats.csv")));
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    trial
}

#[test]
fn everybody_has_a_file_and_so_has_the_event() {
    let trial = planned();
    let said = "wrote `out/calendar`: 7 files, of 2 experts, 4 mentees and the whole event\n";
    trial.run(&["calendar"]).is(0, "", said);
    assert_eq!(trial.files_of("out/calendar"), ["everything.ics", "experts", "mentees"]);
    assert_eq!(trial.files_of("out/calendar/experts"), ["amara-okafor-29b1c7.ics", "ingrid-sorensen-87dee9.ics"]);
    let before = trial.read("out/calendar/mentees/ana-brandt-7909b8.ics");
    trial.run(&["calendar", "--quiet"]).is(0, "", "");
    assert_eq!(trial.read("out/calendar/mentees/ana-brandt-7909b8.ics"), before);
    assert_eq!(trial.files_of("out"), ["calendar"]);
}

#[test]
fn it_is_printed_whose_file_is_which() {
    let rows = planned().run(&["calendar", "--format", "csv", "--single"]).done();
    let rows: Vec<_> = rows.lines().collect();
    assert_eq!((rows.len(), rows[0]), (8, "of,id,name,file,entries"));
    assert_eq!(rows[3], "mentee,M1,Ana Brandt,mentees/ana-brandt-7909b8.ics,1");
}

#[test]
fn only_what_changed_is_written_on_request() {
    let trial = replanned();
    trial.run(&["calendar", "-q"]).done();
    let said = "wrote `out/calendar-since-1`: 3 files, of 1 expert, 1 mentee and the whole event\n";
    trial.run(&["calendar", "--changed-since", "1"]).is(0, "", said);
    assert_eq!(trial.files_of("out/calendar-since-1/mentees").len(), 1);
    assert_eq!(trial.files_of("out/calendar/mentees").len(), 4);
    let said = "nothing changed since revision 2: `out/calendar-since-2` is empty\n";
    trial.run(&["calendar", "--changed-since", "2"]).is(0, "", said);
    let said = "error: there is no revision 3 of the plan at `plan.3.json`\nhint: give one that is there: 1 or 2\n";
    trial.run(&["calendar", "--changed-since", "3"]).fails(2, said);
    std::fs::remove_file(trial.path("plan.1.json")).expect("it is there");
    let said = "error: there is no revision 1 of the plan at `plan.1.json`\nhint: give one that is there: 2\n";
    trial.run(&["calendar", "--changed-since", "1"]).fails(2, said);
}

#[test]
fn invitations_are_messages_to_those_whose_address_is_known() {
    let trial = planned();
    let said = "warning: no address is known, and no message made, for Ingrid Sørensen\n\
                hint: write the addresses into the rosters, or give them their files without `--invitations`\n\
                wrote `out/invitations`: 5 messages, to 1 expert and 4 mentees\n";
    trial.run(&["calendar", "--invitations"]).is(0, "", said);
    let names = trial.files_of("out/invitations/mentees");
    assert!(names[3].starts_with("divya-eswaran-") && names[3].ends_with(".eml"), "{names:?}");
    let divya = trial.read(&format!("out/invitations/mentees/{}", names[3]));
    assert!(divya.contains("\r\nTo: \"Divya Eswaran\" <divya@example.org>\r\n"), "{divya}");
    trial.run(&["calendar", "--invitations", "--each-round", "-q"]).done();
    assert_eq!(trial.files_of("out/invitations/mentees").len(), 7);
    assert!(!trial.read("plan.json").contains('@'));
}

#[test]
fn the_words_are_those_of_the_event_file() {
    let trial = planned();
    let event = trial.read("event.toml");
    let long = "dies ist Ihre Zeit bei {}; bitte bringen Sie zu jedem Gespräch eine Frage mit:";
    trial.write("event.toml", &format!("{event}\n[text]\ntable = \"Tisch\"\ninvited = \"{long}\"\n"));
    trial.run(&["calendar", "--invitations", "-q"]).done();
    let names = trial.files_of("out/invitations/mentees");
    let said = trial.read(&format!("out/invitations/mentees/{}", names[0])).replace("=\r\n", "");
    assert!(said.contains("bei One Table; bitte bringen Sie zu jedem Gespr=C3=A4ch eine Frage mit:"), "{said}");
    assert!(said.contains(": Tisch T"), "{said}");
    trial.write("event.toml", &format!("{event}\n[text]\ninvited = \"{}\"\n", "x".repeat(301)));
    let said = trial.run(&["calendar"]).stderr;
    assert!(said.contains("error: `text.invited` is longer than the 300 characters that it may have\n"), "{said}");
}

#[test]
fn invitations_come_from_somebody() {
    let trial = pair();
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let said = "error: nobody is named from whom invitations could come\n\
                hint: write `organizer = { name = \"Program Committee\", email = \"mentoring@example.org\" }` under \
                `[event]` in event.toml\n";
    trial.run(&["calendar", "--invitations"]).fails(2, said);
}

#[test]
fn calendars_do_not_say_what_the_plan_did_not() {
    let trial = planned();
    let event = trial.read("event.toml");
    trial.write("event.toml", &event.replace("minutes = 12", "minutes = 13"));
    let said = "warning: `event.toml` changed since this plan was made\n\
                hint: run `tablehop schedule` to bring the plan up to date\n\
                error: revision 1 of the plan is out of date: it reads otherwise for Amara Okafor, Ingrid Sørensen, \
                Ana Brandt, Beatriz Costa, Chloé Dubois and Divya Eswaran\n\
                hint: run `tablehop schedule`: it makes the next revision, with the same seats where they are still \
                right\n";
    trial.run(&["calendar"]).fails(2, said);
    trial.write("event.toml", &format!("{event}\n[calendar]\nalarms = [5]\n"));
    let said = trial.run(&["calendar"]);
    assert!(said.status == Some(0) && said.stderr.starts_with("wrote `out/calendar`"), "{}", said.stderr);
}

#[test]
fn who_left_is_told_by_the_organizer() {
    let trial = planned();
    let mentees = trial.read("mentees.csv").replace("M4,Divya Eswaran,divya@example.org,Ethics\n", "");
    trial.write("mentees.csv", &mentees);
    let said = "error: the plan has seats for Divya Eswaran (`M4`), who is gone from the mentees\n\
                hint: run `tablehop schedule` to make a plan without them\n";
    trial.run(&["calendar"]).fails(2, said);
    trial.run(&["schedule", "-q"]).done();
    let said = trial.run(&["calendar", "--changed-since", "1", "--invitations"]).stderr;
    let told = "warning: gone from the rosters, and their addresses with them: Divya Eswaran\n\
                hint: tell them yourself that their meetings do not take place\n";
    assert!(said.contains(told), "{said}");
}

#[test]
fn runs_at_once_make_one_secret() {
    let trial = planned();
    std::thread::scope(|scope| {
        let run = || trial.run(&["calendar", "--unguessable", "-q"]).is(0, "", "");
        (0..4).for_each(|_| drop(scope.spawn(run)));
    });
    let names = trial.files_of("out/calendar/mentees");
    trial.run(&["calendar", "--unguessable", "-q"]).is(0, "", "");
    assert_eq!(trial.files_of("out/calendar/mentees"), names);
    assert_eq!(trial.files_of("out"), ["calendar"]);
}

#[test]
fn what_is_in_the_place_of_the_folder_is_named() {
    let trial = planned().with("out", "mine");
    let said = "error: `out` is no folder\n\
                hint: move it away, or give another folder with `--output`; nothing was written\n";
    trial.run(&["calendar"]).fails(2, said);
    assert_eq!(trial.read("out"), "mine");
    let said = trial.run(&["calendar", "--output", "."]).stderr;
    assert!(said.starts_with("error: `.` holds `"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_secret_is_made_once_and_its_owner_alone_can_open_it() {
    use std::os::unix::fs::PermissionsExt;
    let trial = planned();
    let said = "wrote `calendar.secret`: keep it, or the names of files become other ones\n\
                wrote `out/calendar`: 7 files, of 2 experts, 4 mentees and the whole event\n";
    trial.run(&["calendar", "--unguessable"]).is(0, "", said);
    let mode = |name: &str| std::fs::metadata(trial.path(name)).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode("calendar.secret"), 0o600);
    let names = trial.files_of("out/calendar/mentees");
    assert!(names.iter().all(|name| name.len() > 36), "{names:?}");
    assert!(!trial.files_of("out/calendar").contains(&"everything.ics".to_owned()));
    trial.run(&["calendar", "--unguessable", "-q"]).is(0, "", "");
    assert_eq!(trial.files_of("out/calendar/mentees"), names);
    std::fs::set_permissions(trial.path("calendar.secret"), PermissionsExt::from_mode(0o644)).expect("its owner may");
    let said = trial.run(&["calendar", "--unguessable"]).stderr;
    assert!(said.starts_with("warning: others than its owner can open `calendar.secret`\n"), "{said}");
    trial.write("calendar.secret", "swordfish\n");
    let said = trial.run(&["calendar", "--unguessable"]);
    assert_eq!((said.status, trial.files_of("out/calendar/mentees")), (Some(2), names));
}

#[test]
fn files_of_others_are_not_taken_away() {
    let trial = planned().with("out/calendar/mentees/notes.txt", "mine");
    let said = "error: `out/calendar` holds `out/calendar/mentees/notes.txt`, which this command did not write\n\
                hint: move it away, or give another folder with `--output`; nothing was written\n";
    trial.run(&["calendar"]).fails(2, said);
    trial.run(&["calendar", "--output", "elsewhere/new", "-q"]).is(0, "", "");
    assert_eq!(trial.files_of("elsewhere/new/mentees").len(), 4);
    assert_eq!(trial.read("out/calendar/mentees/notes.txt"), "mine");
}

#[test]
fn revisions_of_another_event_are_not_compared() {
    let trial = replanned();
    trial.write("event.toml", &trial.read("event.toml").replace("id = \"pair\"", "id = \"other\""));
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let said = "error: revision 2 is of the event `pair`, and the plan of `other`\n\
                hint: calendars hang on the id of the event: give it back its first one\n";
    trial.run(&["calendar", "--changed-since", "2"]).fails(2, said);
}
