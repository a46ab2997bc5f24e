//! `print`.

use tablehop::domain::{Labels, Sentences};

use super::{LONE_EVENT, lone, pair};
use crate::support::command::Trial;

const PIECES: [&str; 9] = [
    "table-signs",
    "table-cards",
    "expert-sheets",
    "mentee-cards",
    "badges",
    "door-list",
    "run-of-show",
    "sit-outs",
    "spare-blanks",
];

/// The plan that was made by hand, with `more` at the end of its event file.
fn planned(more: &str) -> Trial {
    let trial = pair();
    let event = trial.read("event.toml");
    trial.write("event.toml", &format!("{event}{more}"));
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    trial
}

/// The text between two marks, the first time.
#[track_caller]
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no `{from}`"));
    rest.split_once(to).unwrap_or_else(|| panic!("no `{to}`")).0
}

#[test]
fn every_piece_is_a_file_that_says_what_it_is() {
    let trial = planned("");
    let said: String = PIECES.map(|piece| format!("wrote `out/{piece}.html`\n")).concat();
    trial.run(&["print"]).is(0, "", &said);
    let mut files = PIECES.map(|piece| format!("{piece}.html"));
    files.sort();
    assert_eq!(trial.files_of("out"), files);
    for piece in PIECES {
        let page = trial.read(&format!("out/{piece}.html"));
        assert!(page.contains(&format!("<title>One Table · {piece}</title>")), "{piece}");
        assert!(page.contains("default-src 'none'") && !page.contains("<script"), "{piece} runs or fetches nothing");
        assert!(!page.contains("example.org") && !page.contains("://"), "{piece} names an address");
    }
}

#[test]
fn pieces_are_chosen_by_name_and_all_of_them_fit_one_file() {
    let trial = planned("");
    let said = "wrote `out/badges.html`\nwrote `out/run-of-show.html`\n";
    trial.run(&["print", "--only", "run-of-show,badges"]).is(0, "", said);
    trial.run(&["print", "--all"]).is(0, "", "wrote `out/venue-kit.html`\n");
    let all = trial.read("out/venue-kit.html");
    let sections: Vec<_> =
        all.split("<section class=\"").skip(1).map(|rest| &rest[..rest.find('"').unwrap()]).collect();
    let expected = [&PIECES[..8], &["mentee-cards", "badges", "table-signs"]].concat();
    assert_eq!(sections, expected);
    let unknown = trial.run(&["print", "--only", "posters"]);
    assert_eq!(unknown.status, Some(2));
    assert!(unknown.stderr.contains("possible values: table-signs, table-cards"), "{}", unknown.stderr);
}

#[test]
fn a_mentee_card_shows_the_way_and_what_is_sat_out() {
    let trial = planned("");
    trial.run(&["print", "-q", "--only", "mentee-cards"]).done();
    let page = trial.read("out/mentee-cards.html");
    // By surname: Brandt, Costa, Dubois, Eswaran.
    let names: Vec<_> = page.split("<h2 ").skip(1).map(|rest| between(rest, "<bdi>", "</bdi>")).collect();
    assert_eq!(names, ["Ana Brandt", "Beatriz Costa", "Chloé Dubois", "Divya Eswaran"]);
    let divya = page.rsplit("<article").next().expect("a card");
    let texts: Vec<_> = divya.split("<li ").skip(1).map(|li| between(li, "<time>", "</li>")).map(plain).collect();
    assert_eq!(texts, ["13:30 Round 1 T02 Ingrid Sørensen Ethics", "13:45 Round 2 You sit out this round"]);
    assert!(divya.contains("My next step") && !divya.contains("class=\"qr\""));
}

/// The text of a piece of HTML.
fn plain(html: &str) -> String {
    let text: String =
        html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_experts_sheet_shows_stage_and_question_only_where_the_roster_has_them() {
    let trial = lone();
    trial.run(&["schedule", "-q", "--format", "csv"]).done();
    trial.run(&["print", "-q", "--only", "expert-sheets"]).done();
    let page = trial.read("out/expert-sheets.html");
    assert!(!page.contains("Question") && !page.contains("class=\"stage\""), "{page}");
    let trial = lone().with(
        "mentees.csv",
        "id,name,email,topic_1,stage,goal\nM1,Ana Brandt,ana@example.org,Data,Student,\n\
         M2,Bo Berg,bo@example.org,Data,,Which <b>certificate</b>? Mail bo@example.org!\n",
    );
    trial.run(&["schedule", "-q", "--format", "csv"]).done();
    trial.run(&["print", "-q"]).done();
    let page = trial.read("out/expert-sheets.html");
    let rows: Vec<_> = between(&page, "<tbody>", "</tbody>").split("<tr>").skip(1).map(plain).collect();
    assert_eq!(rows, ["Bo Berg Which &lt;b&gt;certificate&lt;/b&gt;? Mail …", "Ana Brandt Student"].map(escaped));
    for piece in PIECES.iter().filter(|piece| **piece != "expert-sheets") {
        let page = trial.read(&format!("out/{piece}.html"));
        assert!(!page.contains("certificate") && !page.contains("Student"), "{piece}");
        assert!(!page.contains("example.org"), "{piece}");
    }
}

/// As templates escape.
fn escaped(text: &str) -> String {
    text.replace("&lt;", "&#60;").replace("&gt;", "&#62;")
}

#[test]
fn words_and_formats_are_the_organizers() {
    let text = "\n[text]\nlanguage = \"de\"\nclock = \"%H.%M Uhr\"\nround = \"Runde\"\nstop = \"Schluss\"\n\
                date = \"%A, %-d. %B %Y\"\nmove_on = \"Wechseln\"\nnext = \"danach {}\"\nminutes = \"{} Minuten\"\n\
                weekdays = [\"Montag\", \"Dienstag\", \"Mittwoch\", \"Donnerstag\", \"Freitag\", \"Samstag\", \"Sonntag\"]\n\
                months = [\"Januar\", \"Februar\", \"März\", \"April\", \"Mai\", \"Juni\", \"Juli\", \"August\", \"September\", \"Oktober\", \"November\", \"Dezember\"]\n";
    let trial = planned(text);
    trial.run(&["print", "-q", "--only", "run-of-show"]).done();
    let page = trial.read("out/run-of-show.html");
    assert!(page.contains("<html lang=\"de\" dir=\"ltr\">") && page.contains("Dienstag, 9. März 2027"), "{page}");
    let cues: Vec<_> = page.split("<tr class=").skip(1).map(|row| plain(between(row, ">", "</tr>"))).collect();
    assert_eq!(cues[2..4], ["13.42 Uhr Schluss", "13.42 Uhr Wechseln 3 Minuten · danach Runde 2, 13.45 Uhr"]);
}

#[test]
fn the_readme_names_every_word() {
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).expect("the README is there");
    let said = between(&readme, "The words that `[text]` can say", "\n\n");
    let (mut labels, mut sentences) = <(Labels, Sentences)>::default();
    for (name, _) in labels.by_name().into_iter().chain(sentences.by_name()) {
        assert!(said.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn faults_of_print_and_text_are_told_together() {
    let more = "\n[print]\npaper = \"a5\"\naccent = \"teal\"\nlogo = \"logo.png\"\nbase_address = \"example.org\"\n\
                acent = \"#123456\"\n[text]\nclock = \"%Q\"\nrond = \"Runde\"\nmonths = [\"Januar\"]\n";
    let trial = lone().with("event.toml", &format!("{LONE_EVENT}{more}"));
    let said = trial.run(&["validate"]);
    assert_eq!(said.status, Some(2));
    for expected in [
        "`print.paper` cannot be `\"a5\"`",
        "`teal` is no colour",
        "there is no file `logo.png`",
        "`example.org` is no address of a folder on the web",
        "nothing is called `print.acent` here",
        "did you mean `accent`?",
        "`%Q` is no format of times",
        "did you mean `round`?",
        "`text.months` must have 12 names, and has 1",
    ] {
        assert!(said.stderr.contains(expected), "{expected}\n{}", said.stderr);
    }
}

#[test]
fn a_logo_stands_in_every_page_and_is_no_part_of_the_plan() {
    const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let trial = pair().with("logo.svg", LOGO);
    trial.write(
        "event.toml",
        &format!("{}\n[print]\nlogo = \"logo.svg\"\naccent = \"#ABC\"\n", trial.read("event.toml")),
    );
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    trial.write("logo.svg", "a picture, says its name");
    assert!(trial.run(&["print"]).stderr.contains("`logo.svg` is no picture that every browser shows"));
    trial.write("logo.svg", LOGO);
    trial.run(&["print", "--only", "badges"]).is(0, "", "wrote `out/badges.html`\n");
    let page = trial.read("out/badges.html");
    assert!(page.contains("data:image/svg+xml;base64,PHN2ZyB4") && page.contains("--accent:#abc"));
    assert!(!trial.read("plan.json").contains("logo"));
    std::fs::remove_file(trial.path("logo.svg")).expect("the logo is there");
    assert!(trial.run(&["print"]).stderr.contains("there is no file `logo.svg`"));
}

#[test]
fn a_qr_code_is_printed_only_where_there_is_an_address() {
    let trial = planned("\n[print]\nbase_address = \"https://example.org/pair\"\n");
    trial.run(&["print", "-q"]).done();
    let codes = |piece: &str| trial.read(&format!("out/{piece}.html")).matches("class=\"qr\"").count();
    assert_eq!(PIECES.map(codes), [0, 2, 0, 4, 0, 0, 0, 0, 0]);
    let before = trial.read("out/mentee-cards.html");
    trial.run(&["calendar", "-q", "--unguessable"]).done();
    trial.run(&["print", "-q"]).done();
    assert_ne!(trial.read("out/mentee-cards.html"), before, "codes lead to the names that cannot be guessed");
}

#[test]
fn only_the_cards_of_those_for_whom_something_changed() {
    let trial = planned("");
    trial.run(&["print", "--changed-since", "1"]).is(0, "", "no card changed since revision 1: nothing was written\n");
    assert!(!trial.path("out").exists());
    // Divya comes to Amara's table in round 2, where Beatriz is.
    let seats = trial.read("seats.csv") + "2,E1,M4\n";
    trial.write("seats.csv", &seats);
    trial.run(&["check", ".", "seats.csv", "--adopt", "-q"]).done();
    let said = "wrote `out/table-cards.changed-since-1.html`\nwrote `out/expert-sheets.changed-since-1.html`\n\
                wrote `out/mentee-cards.changed-since-1.html`\n";
    trial.run(&["print", "--changed-since", "1"]).is(0, "", said);
    let mentees = trial.read("out/mentee-cards.changed-since-1.html");
    assert!(mentees.contains("Divya Eswaran") && !mentees.contains("Beatriz Costa") && mentees.contains("Plan 2"));
    let tables = trial.read("out/table-cards.changed-since-1.html");
    assert!(tables.contains("<bdi>T01</bdi>") && !tables.contains("<bdi>T02</bdi>"));
    let none = "error: there is no revision 7 of the plan at `plan.7.json`\nhint: give one that is there: 1 or 2\n";
    trial.run(&["print", "--changed-since", "7"]).fails(2, none);
}

#[test]
fn without_a_plan_or_a_browser_nothing_is_written() {
    let trial = lone();
    let said = "error: there is no plan at `plan.json`\nhint: run `tablehop schedule` to make one\n";
    trial.run(&["print"]).fails(2, said);
    let trial = planned("");
    let said = "error: PDF needs Chromium, Chrome or Edge, and none of them was found\nhint: install one, name it with \
                `--browser PATH`, or leave `--pdf` out and print the pages from any browser\n";
    if !cfg!(target_os = "macos") && !cfg!(windows) {
        trial.run_with("PATH", "", &["print", "--pdf"]).fails(2, said);
    }
    let said = "error: there is no browser at `firefox`\n\
                hint: give the path of Chromium, Chrome or Edge, or leave `--browser` out\n";
    trial.run(&["print", "--pdf", "--browser", "firefox"]).fails(2, said);
    trial.write("firefox", "#!/bin/sh\n");
    let failed = trial.run(&["print", "--pdf", "--browser", "firefox"]);
    assert_eq!((failed.status, failed.stdout.as_str()), (Some(3), ""), "{}", failed.stderr);
    assert!(!trial.path("out").exists());
}

#[test]
fn what_is_printed_and_sent_is_no_part_of_the_plan() {
    let trial = planned("");
    let event = trial.read("event.toml");
    let more = "\n[print]\naccent = \"#123456\"\n[text]\nround = \"Runde\"\n[calendar]\nnote = \"Be early.\"\n";
    trial.write("event.toml", &format!("{event}{more}"));
    trial.run(&["print", "--only", "badges"]).is(0, "", "wrote `out/badges.html`\n");
    trial.write("event.toml", &event.replace("minutes = 12", "minutes = 11"));
    let said = "warning: `event.toml` changed since this plan was made\n\
                hint: run `tablehop schedule` to bring the plan up to date\nwrote `out/badges.html`\n";
    trial.run(&["print", "--only", "badges"]).is(0, "", said);
}

#[test]
fn pages_are_written_all_or_none() {
    let trial = planned("");
    trial.write("out/sit-outs.html/notes.txt", "mine");
    let said = trial.run(&["print"]);
    assert_eq!(
        (said.status, said.stderr.as_str()),
        (Some(3), "error: cannot write `out/sit-outs.html`: is a directory\n")
    );
    assert_eq!(trial.files_of("out"), ["sit-outs.html"]);
    let trial = planned("");
    trial.write("out", "a file");
    let said = "error: the pages go to the folder `out`, and what is there is no folder\n\
                hint: move it away, or make a folder of it\n";
    trial.run(&["print"]).fails(2, said);
}

#[test]
fn a_password_is_not_printed_in_codes() {
    let print = "\n[print]\nbase_address = \"https://ana:secret@example.org/x\"\n";
    let trial = lone().with("event.toml", &format!("{LONE_EVENT}{print}"));
    assert!(trial.run(&["validate"]).stderr.contains("is no address of a folder on the web"));
}

#[test]
fn a_plan_of_another_event_or_one_that_breaks_rules_does_not_go_unnoticed() {
    let trial = planned("");
    let plan = trial.read("plan.json");
    let first = between(&plan, "\"seats\": [", "}").to_owned() + "},";
    trial.write("plan.json", &plan.replace("\"seats\": [", &format!("\"seats\": [{}", first.replace("E1", "E2"))));
    let said = trial.run(&["print", "--only", "badges"]);
    let warned = "warning: this plan breaks the rules\nhint: run `tablehop check` to see where, before you print\n";
    assert_eq!((said.status, said.stderr), (Some(0), format!("{warned}wrote `out/badges.html`\n")));
    let id = between(&plan, "\"id\": \"", "\"");
    trial.write("plan.json", &plan.replacen(&format!("\"{id}\""), "\"autumn\"", 1));
    let said = format!(
        "error: the plan is of the event `autumn`, and this is `{id}`\n\
         hint: take back the id, or move the plan away and run `tablehop schedule`\n"
    );
    trial.run(&["print"]).fails(2, &said);
}
