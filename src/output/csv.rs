//! CSV, for spreadsheets and mail merges.

use super::{Cell, Sheet};

/// What a spreadsheet runs as a formula when a cell begins with it; the wide forms count in some locales.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// What parts cells or rows in some locale: opened there, a cell begins after it, and quotes don't help.
const SEPARATORS: [char; 5] = [';', '|', '\t', '\r', '\n'];

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

/// `text` with an apostrophe before what a spreadsheet would run as a formula, wherever a cell may begin. What already
/// has apostrophes before a formula gets one more, so that taking one off always gives back what was written.
pub fn guarded(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for (at, c) in text.char_indices() {
        if begins && is_formula(&text[at..]) {
            safe.push('\'');
        }
        begins = SEPARATORS.contains(&c) || begins && is_blank(c);
        safe.push(c);
    }
    safe
}

/// Whether a spreadsheet that reads `text` as if it were typed would run it.
pub(super) fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A blank, or a character that nobody sees, which may be passed over before a formula.
fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
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
    fn a_formula_is_guarded_wherever_a_cell_may_begin() {
        for (text, safe) in [
            ("a; =b", "a; '=b"),
            ("a;\u{200b} +1|@x\n-2", "a;\u{200b} '+1|'@x\n'-2"),
            (" =1", " '=1"),
            ("''＝x", "'''＝x"),
            ("\tx", "'\tx"),
            ("Jean-Luc, a=b; c-d", "Jean-Luc, a=b; c-d"),
        ] {
            assert_eq!(guarded(text), safe, "{text:?}");
        }
        assert_eq!(field(&Cell::List(vec!["Ana".into(), "=x".into()])), "Ana; '=x");
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
