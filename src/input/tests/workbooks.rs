//! Rosters as sheets of workbooks, right and wrong.

use std::io::{Cursor, Read, Write};

use proptest::prelude::{Strategy, any, prop, proptest};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::{ReadOptions, Source, read, read_seats, render};
use super::{Folder, HEAD, experts_of, mentee, topics_of};

/// An event whose rosters are the sheets of one workbook.
fn folder(people: Vec<u8>) -> Folder {
    let event = HEAD.replace("experts.csv", "people.xlsx#Experts").replace("mentees.csv", "people.xlsx#Mentees");
    Folder { event, ..Folder::new("") }.with("people.xlsx", people)
}

/// The workbook of these sheets, of text.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    with_more(sheets, |_| {})
}

/// The workbook of these sheets, the last of which is changed.
fn with_more(sheets: &[(&str, &[&[&str]])], change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(*cells) {
                sheet.write_string(row, column, *cell).unwrap();
            }
        }
    }
    change(workbook.worksheet_from_index(sheets.len() - 1).unwrap());
    workbook.save_to_buffer().unwrap()
}

const EXPERTS: (&str, &[&[&str]]) =
    ("Experts", &[&["id", "name", "topics"], &["E1", "Ada", "AI"], &["E2", "Bo", "Law"]]);

/// The parts of a package, changed, as a package again.
fn changed(package: &[u8], mut change: impl FnMut(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut parts = ZipArchive::new(Cursor::new(package)).unwrap();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..parts.len() {
        let mut part = parts.by_index(i).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        writer.start_file(&*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&change(&name, bytes)).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A package of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What is said of a file of mentees that is called `mentees.xlsx`.
fn said_of(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let event = HEAD.replace("mentees.csv", "mentees.xlsx");
    Folder { event, ..Folder::new("") }
        .with("experts.csv", "name,topics\nAda,AI\n")
        .with("mentees.xlsx", bytes)
        .faults()
}

#[test]
fn both_rosters_are_sheets_of_one_workbook() {
    let mentees: &[&[&str]] = &[&[], &["", "name", "topic_1", "experts"], &[], &["", "Cy", "AI", "Bo; Ada"]];
    let intake = folder(workbook(&[("Read me", &[&["hello"]]), EXPERTS, ("Mentees", mentees)])).intake();
    assert_eq!(topics_of(&intake.event, "Cy"), ["1 AI"]);
    assert_eq!(experts_of(&intake.event, "Cy"), ["1 E2", "2 E1"]);
    assert_eq!(intake.notes[..2], ["people.xlsx#Experts: XLSX, 2 rows", "people.xlsx#Mentees: XLSX, 1 rows"]);
}

#[test]
fn the_first_sheet_that_is_seen_counts_and_a_sheet_is_found_by_its_name() {
    let mut sheets = Workbook::new();
    sheets.add_worksheet().set_name("Old").unwrap().write_string(0, 0, "nothing").unwrap();
    for (name, person) in [("List", "Cy"), ("More", "Di")] {
        let sheet = sheets.add_worksheet().set_name(name).unwrap();
        sheet.write_string(0, 0, "name").unwrap().write_string(1, 0, person).unwrap();
    }
    sheets.worksheet_from_index(1).unwrap().set_active(true);
    sheets.worksheet_from_index(0).unwrap().set_hidden(true);
    let bytes = sheets.save_to_buffer().unwrap();
    let of = |name: &str| {
        let event = HEAD.replace("mentees.csv", name);
        let folder = Folder { event, ..Folder::new("") }.with("experts.csv", "name,topics\nAda,AI\n");
        folder.with("Mentees.XLSX", bytes.clone())
    };
    let first = of("Mentees.XLSX").intake();
    assert_eq!(first.notes[1], "Mentees.XLSX#List: XLSX, the first of 2 sheets, 1 rows");
    assert_eq!(mentee(&first.event, "Cy").name, "Cy");
    assert_eq!(mentee(&of("Mentees.XLSX#more").event(), "Di").name, "Di");
    let missing = "error no-such-sheet - `mentees.xlsx` has no sheet `mroe`; did you mean `more`?";
    assert_eq!(of("Mentees.XLSX#Mroe").faults(), [missing]);
    let missing = "error no-such-sheet - `mentees.xlsx` has no sheet ``; its sheets are `old`, `list`, `more`";
    assert_eq!(of("Mentees.XLSX#").faults(), [missing]);
}

#[test]
fn cells_read_as_a_person_sees_them() {
    let headers: &[&[&str]] = &[&["id", "name", "most", "timestamp", "available", "topics", "goal", "priority"]];
    let bytes = with_more(&[EXPERTS, ("Mentees", headers)], |sheet| {
        let format = |code: &str| Format::new().set_num_format(code);
        let moment = ExcelDateTime::parse_from_str("2027-02-28 13:05:07").unwrap();
        sheet.write_number_with_format(1, 0, 7, &format("000")).unwrap();
        sheet.write_string(1, 1, "Cy").unwrap();
        sheet.write_number(1, 2, 3).unwrap();
        sheet.write_datetime_with_format(1, 3, &moment, &format("m/d/yy h:mm")).unwrap();
        sheet.write_number(1, 4, 2).unwrap();
        sheet.write_formula(1, 5, Formula::new("\"A\"&\"I\"").set_result("AI")).unwrap();
        sheet.merge_range(1, 6, 2, 6, "one\ntwo", &Format::new()).unwrap();
        sheet.write_formula(1, 7, Formula::new("1+1").set_result("2")).unwrap();
        sheet.write_string(2, 1, "Di").unwrap();
        sheet.write_boolean(2, 0, true).unwrap();
    });
    let event = folder(bytes).event();
    let cy = mentee(&event, "Cy");
    assert_eq!((cy.id.as_str(), cy.most, cy.present.len(), cy.priority), ("007", 3, 1, Some(2)));
    assert_eq!(cy.submitted.map(|t| t.to_string()).as_deref(), Some("2027-02-28 13:05:07"));
    assert_eq!((topics_of(&event, "Cy"), cy.goal.as_deref()), (vec!["1 AI".to_owned()], Some("one\ntwo")));
    let di = mentee(&event, "Di");
    assert_eq!((di.id.as_str(), di.goal.as_deref()), ("TRUE", None));
}

#[test]
fn faults_name_the_sheet_the_row_and_the_cell() {
    let rows: &[&[&str]] = &[&["name", "email", "topics"], &["Cy", "cy@example.org", "AIX"], &["Di", "", "Law", "x"]];
    let bytes = with_more(&[EXPERTS, ("Mentees", rows)], |sheet| {
        let bad = Formula::new("1/0").set_result("#DIV/0!");
        sheet.write_formula(1, 1, bad).unwrap();
    });
    // The library writes such a result as text.
    let bytes = changed(&bytes, |name, part| match name.ends_with("sheet2.xml") {
        true => String::from_utf8(part).unwrap().replace("t=\"str\"><f>1/0", "t=\"e\"><f>1/0").into_bytes(),
        false => part,
    });
    let faults = folder(bytes).read().unwrap_err();
    assert_eq!(
        super::shown(&faults),
        [
            "error error-in-cell people.xlsx#mentees:2 [email: #div/0!] this cell holds the error `#div/0!`; mend its \
             formula, or write what it should say",
            "error bad-email people.xlsx#mentees:2 [email: #div/0!] `#div/0!` is no e-mail address; write it as \
             `name@example.org`, or leave the cell empty",
            "error unknown-topic people.xlsx#mentees:2 [topics: aix] `aix` is no topic of this event; did you mean `ai`?",
            "error too-many-cells people.xlsx#mentees:3 [: x] this row has 4 cells, the header 3; name its column in the \
             header, or clear the cell",
        ]
    );
    let expected = "\
error: `AIX` is no topic of this event
 --> people.xlsx#Mentees:2:16
  |
2 | Cy | #DIV/0! | AIX
  |                ^^^ `topics`, cell C2
  |
hint: did you mean `AI`?

";
    assert_eq!(render(&faults[2..3], false, 100), expected);
}

#[test]
fn rounds_that_became_a_date_are_told() {
    let bytes = with_more(&[EXPERTS, ("Mentees", &[&["name", "available"], &["Cy"]])], |sheet| {
        let date = ExcelDateTime::from_ymd(2027, 1, 3).unwrap();
        sheet.write_datetime_with_format(1, 1, &date, &Format::new().set_num_format("d-mmm")).unwrap();
    });
    let said = "error bad-rounds people.xlsx#mentees:2 [available: 2027-01-03] the event has no round on 2027-01-03; if \
                a spreadsheet made a date of rounds such as `1-3`, format the column as text and write them again";
    assert_eq!(folder(bytes).faults(), [said]);
}

#[test]
fn what_is_no_workbook_is_refused() {
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ole = |more: &[u8]| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", more].concat();
    let right = workbook(&[("S", &[&["name"], &["Cy"]])]);
    for (bytes, said) in [
        (Vec::new(), "is no xlsx file, whatever its name says"),
        (b"name\nCy\n".to_vec(), "is no xlsx file, whatever its name says"),
        (ole(&[0; 600]), "is an old spreadsheet (.xls), which is not read"),
        (ole(&locked), "is locked with a password"),
        (package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]), "is an opendocument file"),
        (package(&[("[Content_Types].xml", b""), ("xl/workbook.bin", b"")]), "is a binary workbook (.xlsb)"),
        (package(&[("Index/Document.iwa", b"")]), "is a zip file, but no workbook"),
        (package(&[("[Content_Types].xml", b"<Types/>")]), "is damaged or is no xlsx file"),
        (right[..right.len() / 2].to_vec(), "is damaged or is no xlsx file"),
        (b"PK\x03\x04".to_vec(), "is damaged or is no xlsx file"),
        (workbook(&[("S", &[])]), "`mentees.xlsx#s` is empty"),
    ] {
        let faults = said_of(bytes);
        assert!(faults.len() == 1 && faults[0].contains(said), "{said}: {faults:?}");
    }
}

#[test]
fn what_unpacks_to_more_than_a_table_may_have_is_refused() {
    let right = workbook(&[("S", &[&["name"], &["Cy"]])]);
    let grown = |part: &'static str, text: &'static str, by: usize| {
        changed(&right, move |name, bytes| match name.ends_with(part) {
            true => [bytes.as_slice(), text.repeat(by).as_bytes()].concat(),
            false => bytes,
        })
    };
    let instead = |part: &'static str, from: &'static str, to: &'static str| {
        changed(&right, move |name, bytes| match name.ends_with(part) {
            true => String::from_utf8(bytes).unwrap().replace(from, to).into_bytes(),
            false => bytes,
        })
    };
    let bomb = grown("sheet1.xml", "          ", 27 << 20);
    assert!(bomb.len() < 2 << 20, "{}", bomb.len());
    for (bytes, said) in [
        (bomb, "unpacked, the parts of `mentees.xlsx` are more than the 256 mib that they may have"),
        (grown("styles.xml", " ", 17 << 20), "unpacked, the styles of `mentees.xlsx` are more than the 16 mib"),
        (instead("sharedStrings.xml", "uniqueCount=\"2\"", "uniqueCount=\"99999999999\""), "is damaged"),
        (instead("sheet1.xml", "r=\"A2\"", "r=\"XFD2\""), "the cell xfd2 of `mentees.xlsx#s` is too far off"),
        (
            instead("sheet1.xml", "r=\"A2\"", "r=\"A4000000000\""),
            "the cell a4000000000 of `mentees.xlsx#s` is too far off",
        ),
    ] {
        let faults = said_of(bytes);
        assert!(faults.len() == 1 && faults[0].contains(said), "{said}: {faults:?}");
    }
}

/// Something that the XML of a workbook may hold, or may not.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&[u8]; 22] = [
        b"<c r=\"B2\" t=\"e\"><v>#REF!</v></c>",
        b"<c r=\"C3\" t=\"s\"><v>99999</v></c>",
        b"<c t=\"inlineStr\"><is><t>Ana</t></is></c>",
        b"<c r=\"ZZZZZZZZZZ99999999999999\"><v>1</v></c>",
        b"<c s=\"1\"><v>1e308</v></c>",
        b"<c t=\"d\"><v>2027-02-28T13:05:00</v></c>",
        b"<row r=\"0\">",
        b"<row r=\"4294967295\">",
        b"</row>",
        b"<dimension ref=\"B9:A1\"/>",
        b"<sheet name=\"Mentees\" r:id=\"rId1\"/>",
        b"<si><t>_xD83D__x0000_</t></si>",
        b"uniqueCount=\"12345678901234\"",
        b"&amp;&#0;&bogus;",
        b"<!DOCTYPE a [<!ENTITY b \"c\">]>",
        b"<xf numFmtId=\"14\"/>",
        b"encoding=\"UTF-16\"",
        b"\xff\xfe\0",
        b"<v>NaN</v>",
        b"date1904=\"1\"",
        b"state=\"veryHidden\"",
        b">",
    ];
    prop::sample::select(&PIECES[..]).prop_map(<[u8]>::to_vec)
}

proptest! {
    #[test]
    fn no_workbook_makes_it_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..12_usize, piece()), 1..5),
    ) {
        let rows: &[&[&str]] = &[&["name", "topics", "available"], &["Cy", "AI", "1-3"]];
        let parts = ZipArchive::new(Cursor::new(workbook(&[EXPERTS, ("Mentees", rows)]))).unwrap().len();
        let mut part = 0;
        let bytes = changed(&workbook(&[EXPERTS, ("Mentees", rows)]), |_, mut bytes| {
            for (_, at, cut, piece) in edits.iter().filter(|(which, ..)| which.index(parts) == part) {
                let start = at.index(bytes.len() + 1);
                let end = (start + cut).min(bytes.len());
                bytes.splice(start..end, piece.iter().copied());
            }
            part += 1;
            bytes
        });
        match folder(bytes.clone()).read() {
            Err(faults) => assert!(!render(&faults, false, 80).contains('\u{1b}')),
            Ok(intake) => {
                let seats = Source { name: "seats.xlsx".to_owned(), bytes };
                drop(read_seats(&intake.event, &seats, &ReadOptions::default()));
            }
        }
    }
}

#[test]
fn a_workbook_is_known_by_what_it_holds() {
    let event = Source { name: "event.toml".to_owned(), bytes: HEAD.as_bytes().to_vec() };
    let source = |name: &str, bytes| Source { name: name.to_owned(), bytes };
    let people = |rows| workbook(&[("S", rows)]);
    let files = [
        source("experts.csv", people(&[&["name", "topics"], &["Ada", "AI"]])),
        source("mentees.csv", people(&[&["name"], &["Cy"]])),
    ];
    let intake =
        read(&event, &files, &ReadOptions { encoding: Some("utf-16le".into()), ..Default::default() }).unwrap();
    assert_eq!((intake.event.experts.len(), intake.event.mentees.len()), (1, 1));
}

#[test]
fn of_a_sheet_rows_are_named_and_not_lines() {
    let header: &[&str] = &["name", "email", "topic_1"];
    let mentees: &[&[&str]] = &[&[], header, &["Bo", "b@example.org", "AI"], &[], &["Bo", "b@example.org", "Law"]];
    let said = "warning answered-twice people.xlsx#mentees:3 [email: b@example.org] `bo` answered in row 3 and in row 5; the \
                later answer counts: row 5";
    assert_eq!(folder(workbook(&[EXPERTS, ("Mentees", mentees)])).faults(), [said]);
}
