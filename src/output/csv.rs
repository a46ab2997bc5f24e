//! CSV, for spreadsheets and mail merges.

use super::{Cell, Sheet};

/// What a spreadsheet runs as a formula when a cell begins with it; the wide forms count in some locales.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// The sheet as CSV: UTF-8, comma, LF; the parts of a list are joined by `; `. What a spreadsheet would run as a
/// formula is [`guarded`].
pub fn csv(sheet: &Sheet) -> String {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let rows = sheet.rows().map(|row| row.map(field).collect());
    for row in std::iter::once(sheet.headings().map(str::to_owned).collect::<Vec<_>>()).chain(rows) {
        writer.write_record(row).expect("memory takes every row");
    }
    let bytes = writer.into_inner().expect("memory takes every row");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Nothing(_) => String::new(),
        Cell::Number(number) => number.to_string(),
        texts => guarded(&texts.shown("; ")),
    }
}

/// `text` with an apostrophe before what a spreadsheet would run as a formula. Text that already begins with
/// apostrophes before a formula gets one more, so that taking one off always gives back what was written.
pub fn guarded(text: &str) -> String {
    if text.trim_start_matches('\'').starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_cells_quoted() {
        let rows = vec![
            vec!["=1+1".into(), Cell::List(vec!["a".into(), "b, c".into()]), Cell::Number(-3)],
            vec!["O'Brien \"Bo\"".into(), Cell::Nothing("sits out"), "'@x".into()],
        ];
        let sheet = Sheet::plain(&["name", "group", "number"], rows);
        let expected = "name,group,number\n'=1+1,\"a; b, c\",-3\n\"O'Brien \"\"Bo\"\"\",,''@x\n";
        assert_eq!(csv(&sheet), expected);
    }

    #[test]
    fn keys_stand_in_front_of_every_row() {
        let section = |n: u32| super::super::Section {
            title: format!("Round {n}"),
            key: vec![n.into()],
            rows: vec![vec!["T1".into()], vec!["T2".into()]],
        };
        let sheet =
            Sheet { keys: vec!["round".into()], columns: vec!["table".into()], sections: vec![section(1), section(2)] };
        assert_eq!(csv(&sheet), "round,table\n1,T1\n1,T2\n2,T1\n2,T2\n");
    }
}
