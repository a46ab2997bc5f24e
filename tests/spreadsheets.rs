//! Spreadsheets: a roster says the same as CSV and as XLSX, and a plan comes back from LibreOffice as it was written.

use std::io::{Write, stderr};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::{select, subsequence};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use tablehop::input::{ReadOptions, Source, read, render};

use super::support::command::Trial;

const EVENT: &str = r#"
[event]
id = "e"
name = "Event"
date = 2027-03-09
timezone = "America/Chicago"
[rounds]
start = 13:30:00
count = 4
minutes = 12
[topics]
offered = ["AI, safely", "Law", "=Data", "Care"]
"#;

/// What a cell holds: text, or what a spreadsheet has a type of its own for.
#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Number(u32),
    /// Minutes after the first of January 2027.
    Moment(u32),
}

impl Value {
    fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// As CSV has it.
    fn written(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Moment(minutes) => {
                format!("2027-01-{:02} {:02}:{:02}", minutes / 1440 + 1, minutes / 60 % 24, minutes % 60)
            }
        }
    }

    fn write(&self, sheet: &mut Worksheet, row: u32, column: u16) {
        let done = match self {
            Value::Text(text) => sheet.write_string(row, column, text),
            Value::Number(number) => sheet.write_number(row, column, *number),
            Value::Moment(_) => {
                let moment = ExcelDateTime::parse_from_str(&self.written()).expect("it is a moment");
                sheet.write_datetime_with_format(row, column, &moment, &Format::new().set_num_format("d/m/yy h:mm"))
            }
        };
        done.expect("it fits");
    }
}

/// Rows of cells, the first of them the header.
type Rows = Vec<Vec<Value>>;

fn csv(rows: &Rows) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row.iter().map(Value::written)).expect("memory takes it"));
    writer.into_inner().expect("memory takes it")
}

fn xlsx(sheets: &[(&str, &Rows)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            (0..).zip(cells).for_each(|(column, cell)| cell.write(sheet, row, column));
        }
    }
    workbook.save_to_buffer().expect("memory takes it")
}

/// Texts as forms and their senders write them.
const TEXTS: [&str; 13] =
    ["", "x", "=1+1", "'=x", "+49 30", "@a", "two\nlines", "a, b; c", "\"q\"", "_x0041_", "محمد", "渡辺 👩‍⚕️", "1.0"];

fn text() -> impl Strategy<Value = Value> {
    select(&TEXTS[..]).prop_map(Value::text)
}

/// The rounds of somebody, as text or, where it is one, as a number.
fn rounds() -> impl Strategy<Value = Value> {
    let texts = select(&["", "1-3", "not 2", "1, 4", "13:30-14:00", "none"][..]).prop_map(Value::text);
    prop_oneof![texts, (1..=4_u32).prop_map(Value::Number)]
}

fn header(names: &[&str]) -> Vec<Value> {
    names.iter().map(|&name| Value::text(name)).collect()
}

fn topics() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(vec!["AI, safely", "Law", "=Data", "Care"], 0..=4).prop_shuffle()
}

fn experts() -> impl Strategy<Value = Rows> {
    let row = (text(), select(&["AI, safely; Law", "=Data", "Care"][..]), 1..9_u32, rounds());
    vec(row, 1..5).prop_map(|rows| {
        let row = |(i, (organization, topics, capacity, rounds)): (usize, (Value, &str, u32, Value))| {
            let id = Value::Number(100 + i as u32);
            vec![
                id,
                Value::text(format!("Expert {i}")),
                organization,
                Value::text(topics),
                Value::Number(capacity),
                rounds,
            ]
        };
        let head = header(&["id", "name", "organization", "topics", "capacity", "available"]);
        std::iter::once(head).chain(rows.into_iter().enumerate().map(row)).collect()
    })
}

/// Mentees whose ranks come as a column a rank, as a column a topic, or in one cell in order.
fn mentees() -> impl Strategy<Value = Rows> {
    let row = (text(), rounds(), topics(), 0..43_000_u32, any::<bool>(), text());
    (0..3_u8, vec(row, 1..6)).prop_map(|(route, rows)| {
        let ranks = match route {
            0 => vec!["topic_1", "topic_2"],
            1 => vec!["Rank [AI, safely]", "Rank [Law]", "Rank [=Data]", "Rank [Care]"],
            _ => vec!["topics"],
        };
        let cells = |listed: &[&str]| -> Vec<Value> {
            let rank = |topic: &str| listed.iter().position(|listed| topic == format!("Rank [{listed}]"));
            match route {
                0 => (0..2).map(|i| Value::text(*listed.get(i).unwrap_or(&""))).collect(),
                1 => ranks.iter().map(|t| rank(t).map_or(Value::text(""), |r| Value::Number(r as u32 + 1))).collect(),
                _ => vec![Value::text(listed.join("; "))],
            }
        };
        let row =
            |(i, (organization, rounds, listed, minutes, typed, goal)): (usize, (_, _, Vec<&str>, _, bool, _))| {
                let moment = Value::Moment(minutes);
                let moment = if typed { moment } else { Value::text(moment.written()) };
                let mut row = vec![Value::text(format!("Mentee {i}")), organization, rounds, moment];
                row.extend(cells(&listed));
                row.push(goal);
                row
            };
        let mut head = header(&["name", "organization", "available", "timestamp"]);
        head.extend(header(&ranks));
        head.push(Value::text("goal"));
        std::iter::once(head).chain(rows.into_iter().enumerate().map(row)).collect()
    })
}

fn ratings(mentees: usize) -> impl Strategy<Value = Rows> {
    let all: Vec<_> = (0..mentees).flat_map(|m| ["Law", "100"].map(|target| (m, target))).collect();
    let count = all.len();
    (subsequence(all, 0..=count), vec(0..=5_u32, count)).prop_map(|(rated, stars)| {
        let row = |((m, target), stars): ((usize, &str), u32)| {
            vec![Value::text(format!("Mentee {m}")), Value::text(target), Value::Number(stars)]
        };
        std::iter::once(header(&["person", "target", "rating"])).chain(rated.into_iter().zip(stars).map(row)).collect()
    })
}

/// What is understood of these files: the event, and nothing of how the files are written.
fn understood(more: &str, files: &[(&str, Vec<u8>)]) -> String {
    let source = |(name, bytes): (&str, Vec<u8>)| Source { name: name.to_owned(), bytes };
    let event = source(("event.toml", format!("{EVENT}{more}").into_bytes()));
    let files: Vec<_> = files.iter().cloned().map(source).collect();
    match read(&event, &files, &ReadOptions::default()) {
        Ok(intake) => format!("{:#?}", intake.event),
        Err(faults) => panic!("{}", render(&faults, false, 100)),
    }
}

proptest! {
    #[test]
    fn a_roster_says_the_same_as_csv_and_as_xlsx(
        experts in experts(),
        (mentees, ratings) in mentees().prop_flat_map(|mentees| {
            let ratings = ratings(mentees.len() - 1);
            (Just(mentees), ratings)
        }),
    ) {
        let rules = if mentees[0].iter().any(|header| header.written() == "Rank [Law]") { "topics = \"Rank [*]\"" } else { "" };
        let text = format!("[rosters]\nexperts = \"e.csv\"\nmentees = \"m.csv\"\nratings = \"r.csv\"\n[columns.mentees]\n{rules}\n");
        let book = text.replace("e.csv", "b.xlsx#E").replace("m.csv", "b.xlsx#M").replace("r.csv", "b.xlsx#R");
        let texts = [("e.csv", csv(&experts)), ("m.csv", csv(&mentees)), ("r.csv", csv(&ratings))];
        let sheets = xlsx(&[("E", &experts), ("M", &mentees), ("R", &ratings)]);
        prop_assert_eq!(understood(&book, &[("b.xlsx", sheets)]), understood(&text, &texts));
    }
}

/// An event with what spreadsheets and LibreOffice stumble over in its names, and its plan as a workbook.
fn hostile() -> Trial {
    let names = [
        "=HYPERLINK(\"\"http://x\"\";1)",
        "+1 Ana",
        "'=x",
        "<b>&amp;</b>",
        "محمد بن عبد الله",
        "渡辺健二",
        "👩‍⚕️ Zoë",
        "Ana; =1+1",
        "_x0041_",
        "0017",
        "1-3",
        "TRUE",
        "Maximiliane Wilhelmina von und zu Hohenstein-Schwarzenberg-Reuß",
    ];
    let mentees: String =
        (1..).zip(names).map(|(i, name)| format!("M{i},\"{name}\",m{i}@example.org,\"@Law; order\"\n")).collect();
    let trial = Trial::new()
        .with("event.toml", &format!("{EVENT}[rosters]\nexperts = \"experts.csv\"\nmentees = \"mentees.csv\"\n"))
        .with(
            "experts.csv",
            "id,name,email,topics,room\nE1,-Dr. Okafor,e1@example.org,\"@Law; order\",=Hall\nE2,Bo,,Care,Annex\n",
        )
        .with("mentees.csv", &format!("id,name,email,topic_1\n{mentees}"));
    trial.write("event.toml", &trial.read("event.toml").replace("\"Law\"", "\"@Law; order\""));
    trial.run(&["schedule", "-q"]).done();
    trial.run(&["export", "--output", "plan.xlsx"]).is(0, "", "wrote `plan.xlsx`\n");
    trial
}

/// A sheet by its name and its rows, blank cells at their ends left out.
type Read = (String, Vec<Vec<String>>);

/// The sheets of a workbook. None has a formula.
fn sheets(path: &Path) -> Vec<Read> {
    let mut workbook: Xlsx<_> = open_workbook(path).expect("it is a workbook");
    let mut sheet = |name: String| {
        let formulas = workbook.worksheet_formula(&name).expect("a sheet");
        assert_eq!(formulas.used_cells().count(), 0, "{name}");
        let rows = workbook.worksheet_range(&name).expect("a sheet").rows().map(row).collect();
        (name, rows)
    };
    let names: Vec<_> = open_workbook::<Xlsx<_>, _>(path).expect("it is a workbook").sheet_names();
    names.into_iter().map(&mut sheet).collect()
}

/// Cells as text, numbers after `#`.
fn row(cells: &[Data]) -> Vec<String> {
    let cell = |cell: &Data| match cell {
        Data::Float(number) => format!("#{number}"),
        Data::DateTime(moment) => {
            let (year, month, day, hour, minute, ..) = moment.to_ymd_hms_milli();
            format!("#{year}-{month:02}-{day:02} {hour:02}:{minute:02}")
        }
        other => other.to_string(),
    };
    let last = cells.iter().rposition(|cell| !matches!(cell, Data::Empty));
    cells.iter().map(cell).take(last.map_or(0, |last| last + 1)).collect()
}

/// A cell of JSON as people read it; nothing is blank, or says what is there instead.
fn read_by_people(cell: &serde_json::Value) -> String {
    match cell {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Array(texts) => texts.iter().map(read_by_people).collect::<Vec<_>>().join("; "),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[test]
fn the_sheets_hold_what_show_prints() {
    let trial = hostile();
    let sheets = sheets(&trial.path("plan.xlsx"));
    let names: Vec<_> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Rounds", "Tables", "Mentees", "Experts", "Seats", "Quality", "Certificate"]);
    for (name, rows) in &sheets[..4] {
        let by = name.to_lowercase();
        let shown = trial.run(&["show", "--by", by.trim_end_matches('s'), "--format", "json"]).done();
        let shown: Vec<serde_json::Value> = serde_json::from_str(&shown).expect("it is JSON");
        assert_eq!(rows.len(), shown.len() + 1, "{name}");
        for (sheet, shown) in rows.iter().skip(1).zip(&shown) {
            for (column, heading) in rows[0].iter().enumerate() {
                let cell = sheet.get(column).map_or("", |cell| cell.trim_start_matches('#'));
                let cell = if cell == "sits out" { "" } else { cell };
                assert_eq!(cell, read_by_people(&shown[heading]), "{name}: {heading}");
            }
        }
    }
    let all = format!("{sheets:?}");
    assert!(all.contains("\"=HYPERLINK(\\\"http://x\\\";1)\"") && all.contains("\"Ana; =1+1\""), "{all}");
    assert!(!all.contains("@example.org"), "no e-mail stands in the plan");
    let seats = &sheets[4].1;
    assert_eq!(seats.len(), trial.run(&["export"]).done().lines().count());
    assert_eq!(seats[1][..4], ["#1", "#2027-03-09 13:30", "#2027-03-09 13:42", "T01"]);
    assert_eq!(
        sheets[5].1[..3],
        [vec!["figure", "value", "at most"], vec!["seats", "#26", "#26"], vec!["seats wanted", "#52"]]
    );
    assert_eq!(sheets[6].1[1], ["seats", "#1", "more", "#26", "#26", "yes"]);
}

/// Converts a workbook with LibreOffice, or says loudly that there is none. `.ci/run` demands it.
fn libreoffice(workbook: &Path, to: &Path) -> bool {
    let profile = format!("-env:UserInstallation=file://{}/profile", to.display());
    let mut command = Command::new("soffice");
    command.args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"]).arg(to).arg(workbook);
    let Ok(output) = command.output() else {
        assert!(std::env::var_os("TABLEHOP_NEEDS_LIBREOFFICE").is_none(), "LibreOffice (`soffice`) is not installed");
        // Past the harness, which would keep it to itself.
        let loud = "\nNOT TESTED: LibreOffice (`soffice`) is not installed, so nothing was read back from it\n";
        stderr().write_all(loud.as_bytes()).expect("standard error takes it");
        return false;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    true
}

#[test]
fn a_workbook_comes_back_from_libreoffice_as_it_was() {
    let trial = hostile();
    let folder = tempfile::tempdir().expect("a temporary folder");
    if libreoffice(&trial.path("plan.xlsx"), folder.path()) {
        let (back, written) = (sheets(&folder.path().join("plan.xlsx")), sheets(&trial.path("plan.xlsx")));
        assert_eq!(back.len(), written.len());
        for (back, sheet) in back.iter().zip(&written) {
            assert_eq!((&back.0, back.1.len()), (&sheet.0, sheet.1.len()));
            back.1.iter().zip(&sheet.1).for_each(|(back, row)| assert_eq!(back, row, "{}", sheet.0));
        }
        let saved = folder.path().join("plan.xlsx").display().to_string();
        let said = trial.run(&["check", ".", &saved, "--adopt"]);
        assert!(said.stderr.ends_with("these are the seats of revision 1 already\n"), "{}", said.stderr);
    }
}
