//! JSON, for other programs.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Cell, Sheet};

/// The sheet as a JSON array with an object a row, one row a line. Nothing is `null`.
pub fn json(sheet: &Sheet) -> String {
    let headings: Vec<_> = sheet.headings().collect();
    let rows: Vec<_> = sheet.rows().map(|row| line(&Row { headings: &headings, cells: row.collect() })).collect();
    if rows.is_empty() { "[]\n".to_owned() } else { format!("[\n  {}\n]\n", rows.join(",\n  ")) }
}

/// `value` as JSON on one line.
fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("texts, numbers and lists of them are JSON")
}

struct Row<'a> {
    headings: &'a [&'a str],
    cells: Vec<&'a Cell>,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (heading, cell) in self.headings.iter().zip(&self.cells) {
            map.serialize_entry(heading, cell)?;
        }
        map.end()
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Cell::Text(text) => serializer.serialize_str(text),
            Cell::Number(number) => serializer.serialize_i64(*number),
            Cell::List(texts) => serializer.collect_seq(texts),
            Cell::Nothing(_) => serializer.serialize_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_an_object() {
        let rows = vec![vec!["a \"b\"\u{1b}".into(), 3u32.into(), Cell::List(vec!["x".into()]), Cell::Nothing("-")]];
        let sheet = Sheet::plain(&["text", "number", "list", "nothing"], rows);
        let expected = "[\n  {\"text\":\"a \\\"b\\\"\\u001b\",\"number\":3,\"list\":[\"x\"],\"nothing\":null}\n]\n";
        assert_eq!(json(&sheet), expected);
        assert_eq!(json(&Sheet::plain(&["text"], Vec::new())), "[]\n");
    }
}
