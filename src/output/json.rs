//! JSON, for other programs.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::text::timestamp;
use super::{Cell, Sheet, rows};
use crate::report::Demand;

/// The sheet as a JSON array with an object a row, one row a line. Nothing is `null`.
pub fn json(sheet: &Sheet) -> String {
    text(&of_sheet(sheet))
}

/// What is wanted and what is possible, as a JSON object; `topics` are the rows of the sheet.
pub fn demand(demand: &Demand, topics: &Sheet) -> String {
    #[derive(Serialize)]
    struct Document<'a> {
        experts: u64,
        mentees: u64,
        rounds: u64,
        seats_wanted: u64,
        seats_possible: Option<u64>,
        mentees_without_choices: u64,
        topics: Vec<Row<'a>>,
    }
    text(&Document {
        experts: demand.experts,
        mentees: demand.mentees,
        rounds: demand.rounds,
        seats_wanted: demand.seats_wanted,
        seats_possible: demand.seats_possible,
        mentees_without_choices: demand.without_choices,
        topics: of_sheet(topics),
    })
}

fn text(value: &impl Serialize) -> String {
    String::from_utf8_lossy(&rows::to_vec(value)).into_owned()
}

fn of_sheet(sheet: &Sheet) -> Vec<Row<'_>> {
    sheet.rows().map(|cells| Row(sheet.headings().zip(cells).collect())).collect()
}

struct Row<'a>(Vec<(&'a str, &'a Cell)>);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (heading, cell) in &self.0 {
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
            Cell::Time(time) => serializer.serialize_str(&timestamp(*time)),
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
        let expected =
            "[\n  {\"text\": \"a \\\"b\\\"\\u001b\", \"number\": 3, \"list\": [\"x\"], \"nothing\": null}\n]\n";
        assert_eq!(json(&sheet), expected);
        assert_eq!(json(&Sheet::plain(&["text"], Vec::new())), "[]\n");
    }
}
