//! Markdown tables, for chats, wikis and mails.

use super::text::printable;
use super::{Section, Sheet};

/// The sheet as Markdown: each section a table under its title.
pub fn markdown(sheet: &Sheet) -> String {
    let sections: Vec<_> = sheet.sections.iter().map(|section| one(&sheet.columns, section)).collect();
    sections.join("\n")
}

fn one(columns: &[String], section: &Section) -> String {
    let mut text = String::new();
    if !section.title.is_empty() {
        text = format!("## {}\n\n", escaped(&section.title));
    }
    text.push_str(&row(columns.iter().map(|c| heading(c))));
    text.push_str(&row(columns.iter().map(|_| "---".to_owned())));
    for cells in &section.rows {
        text.push_str(&row(cells.iter().map(|cell| escaped(&cell.shown(", ")))));
    }
    text
}

/// A heading as people read it: `expert_name` is `expert name`.
pub(super) fn heading(column: &str) -> String {
    column.replace('_', " ")
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// `text` so that it reads as itself: what Markdown or HTML would interpret is escaped.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in printable(text).chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => safe.extend(['\\', c]),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::super::Cell;
    use super::*;

    #[test]
    fn a_section_is_a_table_and_markup_reads_as_itself() {
        let section = Section {
            title: "Round 1".into(),
            key: vec![1u32.into()],
            rows: vec![vec!["a|b\n<img>".into(), Cell::List(vec!["*x*".into(), "[y](z)".into()])]],
        };
        let sheet = Sheet {
            keys: vec!["round".into()],
            columns: vec!["expert_name".into(), "mentees".into()],
            sections: vec![section],
        };
        let expected =
            "## Round 1\n\n| expert name | mentees |\n| --- | --- |\n| a\\|b &lt;img&gt; | \\*x\\*, \\[y\\](z) |\n";
        assert_eq!(markdown(&sheet), expected);
    }
}
