//! Input that nobody meant well: nothing panics, nothing hangs, and limits are told.

use std::time::{Duration, Instant};

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};

use super::super::{ReadOptions, Source, read, read_seats, render, roster_files};
use super::{Folder, HEAD};

/// Bytes that mean something to a table, an event file or a name.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&[u8]; 18] = [
        b",",
        b";",
        b"\"",
        b"\n",
        b"\r\n",
        b"\t",
        b"name,topics,experts,available,knows,capacity,id,email\n",
        b"Ana Brandt",
        b"ana@example.org",
        b"not 1-3, 13:30-14:00",
        b"6; 3-5: 4",
        b"AI, Law",
        "\u{202e}Müge 渡辺\u{301}".as_bytes(),
        b"\xff\xfe",
        b"\0",
        b"[rounds]\nlist = [{ start = 2027-03-14T02:30:00, minutes = 9 }]\n",
        b"[columns.mentees]\ntopics = \"*\"\nname = [\"*\", 3]\n",
        b"= {",
    ];
    let piece = prop_oneof![4 => prop::sample::select(&PIECES[..]).prop_map(<[u8]>::to_vec), 1 => prop::collection::vec(any::<u8>(), 0..8)];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn source(name: &str, bytes: Vec<u8>) -> Source {
    Source { name: name.to_owned(), bytes }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(head in any::<bool>(), event in bytes(), experts in bytes(), mentees in bytes(), more in bytes()) {
        let head = if head { HEAD.as_bytes() } else { b"" };
        let event = source("event.toml", [head, &event].concat());
        let files = [source("experts.csv", experts), source("mentees.csv", mentees), source("requests.csv", more.clone())];
        let _ = roster_files(&event);
        match read(&event, &files, &ReadOptions::default()) {
            Err(faults) => assert!(!faults.is_empty() && !render(&faults, false, 80).contains(['\u{1b}', '\u{202e}'])),
            Ok(intake) => drop(read_seats(&intake.event, &source("seats.csv", more), &ReadOptions::default())),
        }
    }

    #[test]
    fn no_table_makes_it_panic(experts in bytes(), mentees in bytes(), requests in bytes(), lenient in any::<bool>()) {
        let table = |header: &str, bytes: Vec<u8>| [header.as_bytes(), &bytes].concat();
        let folder = Folder::new("[topics]\noffered = [\"AI\", \"Law; order\"]\n")
            .with("experts.csv", table("name,topics,capacity,available,wishes,knows\nAna,AI,6; 3-5: 4,1-3,,\n", experts))
            .with("mentees.csv", table("name,topic_1,topics [AI],experts,least,most\nBen,AI,2,Ana,1,2\n", mentees))
            .with("requests.csv", table("kind,mentee,expert,round,with\nkeep-out,Ben,Ana,,\n", requests));
        let folder = if lenient { folder.lenient() } else { folder };
        folder.faults();
    }
}

#[track_caller]
fn soon(folder: &Folder) -> Vec<String> {
    let start = Instant::now();
    let faults = folder.faults();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    faults
}

#[test]
fn absurd_tables_fail_clearly_and_fast() {
    let experts = "name,topics\nAda,AI\n";
    let folder = |mentees: &str| Folder::new("").with("experts.csv", experts).with("mentees.csv", mentees);
    let wide = format!("name,{}\n", "x,".repeat(5000));
    assert!(soon(&folder(&wide))[0].contains("5002 cells and 5004 bytes: 4096 and 1024 kib are allowed"));
    let long = format!("name,topics\nBen,\"{}\"\n", "x".repeat(40_000));
    assert!(soon(&folder(&long)).iter().any(|f| f.contains("longer than the 32767 characters that a cell may have")));
    let quotes = format!("name,topics\n{}", "\"a\n\"\"b\n".repeat(20_000));
    assert!(!soon(&folder(&quotes)).is_empty());
    let commas = format!("name,topics\n{}", "Ben,\"AI,AI,AI,AI,AI,AI,AI,AI,Al,AI,AI,AI,AI,A\"\n".repeat(20_000));
    assert!(!soon(&folder(&commas)).is_empty());
}

#[test]
fn deep_event_files_are_refused() {
    for deep in [
        "a = ".to_owned() + &"[".repeat(100_000),
        "a=".to_owned() + &"{a=".repeat(100_000),
        "a.".repeat(100_000) + "a=1",
    ] {
        let folder = Folder { event: format!("{deep}\n{HEAD}"), ..Folder::new("") };
        assert!(!soon(&folder).is_empty());
    }
}

#[test]
fn absurd_event_files_are_refused_fast() {
    let texts = |count: usize, text: &str| format!("[{}]", format!("\"{text}\",").repeat(count));
    let headers: String = (0..4000).map(|i| format!("Some header number {i},")).collect();
    let folder = |more: &str| {
        let folder = Folder::new(more).with("experts.csv", "name,topics\nAda,AI\n");
        folder.with("mentees.csv", format!("name,{headers}\nBen\n"))
    };
    for (more, said) in [
        (
            format!("[columns.mentees]\ntopics = {}", texts(501, "Sum header*")),
            "has 501 entries, more than the 500 that it may have",
        ),
        (
            format!("[columns.mentees]\ntopics = {}", texts(500, "Sum header nunber 12")),
            "has no column `sum header nunber 12`",
        ),
        (format!("[topics]\noffered = {}", texts(5001, "AI")), "has 5001 entries, more than the 5000 that it may have"),
        (format!("[tables]\nrooms = [{}]", "{ name = \"A\" },".repeat(501)), "has 501 entries"),
        (format!("[rounds]\nlist = [{}]", "{ },".repeat(129)), "duplicate key"),
    ] {
        let faults = soon(&folder(&more));
        assert!(faults.iter().any(|fault| fault.contains(said)), "{said}: {}", faults[0]);
    }
}

#[test]
fn many_unlike_names_are_read_fast() {
    let experts: String = (0..5000).map(|i| format!("Expert number {i},AI\n")).collect();
    let mentees: String = (0..20_000)
        .map(|i| format!("Mentee {i},Exbert numper {}; Nobody {i},Organization {i} of {}\n", i % 5000, i * 7))
        .collect();
    let folder = Folder::new("")
        .with("experts.csv", format!("name,topics\n{experts}"))
        .with("mentees.csv", format!("name,experts,organization\n{mentees}"));
    let faults = soon(&folder);
    assert!(faults[0].contains("did you mean"));
    assert!(faults.iter().any(|fault| fault.contains("faults more than the 1000 that are shown")));
}

#[test]
fn messages_are_harmless_on_a_terminal() {
    let experts = "name,topics\nAda,AI\n\u{1b}[31mEve\u{7},\u{202e}LA\n";
    let folder =
        Folder::new("[topics]\noffered = [\"AI\"]\n").with("experts.csv", experts).with("mentees.csv", "name\nBen\n");
    let shown = render(&folder.read().unwrap_err(), false, 100);
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown}");
    assert!(shown.contains("[31mEve"), "{shown}");
}

#[test]
fn an_encoding_that_is_none_is_told_once_with_its_place() {
    let event = HEAD.replace("[rosters]", "[rosters]\nencoding = \"klingon\"");
    let folder =
        Folder { event, ..Folder::new("") }.with("experts.csv", "name\nAda\n").with("mentees.csv", "name\nBen\n");
    let hint = "write `utf-8`, `utf-16le`, `windows-1252` or another name of the encoding standard";
    let said = format!("error encoding event.toml:13 [rosters.encoding: \"klingon\"] `klingon` is no encoding; {hint}");
    assert_eq!(folder.faults(), [said]);
}

#[test]
fn a_file_pasted_together_from_two_encodings_is_told() {
    let folder = Folder::new("").with("experts.csv", "name\nAda\n");
    let folder = folder.with("mentees.csv", b"name\nJos\xc3\xa9\nRen\xe9\n");
    let said = "warning encoding - `mentees.csv` is partly utf-8 and partly windows-1252, and was read as the latter; \
                look for garbled names, and save it as utf-8 or say its encoding";
    assert_eq!(folder.faults(), [said]);
}

#[test]
fn a_character_that_no_text_has_is_found_in_its_line() {
    let folder = Folder::new("").with("experts.csv", "name,topics\nAda,AI\n").with("mentees.csv", "name\nBo\nA\0na\n");
    let said = "error not-text - `mentees.csv` is no text: read as utf-8, line 3 holds a nul character; export it as csv (utf-8) \
                again";
    assert_eq!(folder.faults(), [said]);
}

#[test]
fn a_title_above_the_columns_is_told_once() {
    let mentees = "Our mentees of 2027,,\n,,\nname,topic_1,goal\nBo,AI,x\nCy,AI,y\n";
    let folder = Folder::new("").with("experts.csv", "name,topics\nAda,AI\n").with("mentees.csv", mentees);
    let said = "error title-above mentees.csv:1 [our mentees of 2027: our mentees of 2027] this row has one cell and the rows \
                below it have more: it does not name the columns; take out what stands above the row with the names of \
                the columns";
    assert_eq!(folder.faults(), [said]);
}
