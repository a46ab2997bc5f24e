//! A file as text, with its lines: from bytes in it to places that people find.

use std::ops::Range;

use super::diagnostic::Place;
use super::limits;

/// A file as text.
pub(super) struct Text {
    /// Name of the file.
    pub name: String,
    /// All of it, without a byte-order mark.
    pub text: String,
    /// Where each line starts.
    starts: Vec<usize>,
}

impl Text {
    /// The lines of a file; they end with LF, CRLF or CR.
    pub fn new(name: String, text: String) -> Self {
        let bytes = text.as_bytes();
        let ends_line = |&(i, b): &(usize, u8)| b == b'\n' || (b == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
        let starts = bytes.iter().copied().enumerate().filter(ends_line).map(|(i, _)| i + 1);
        let starts = std::iter::once(0).chain(starts).collect();
        Text { name, text, starts }
    }

    /// The number of the line with byte `at`, from 1.
    pub fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start <= at)
    }

    /// Where the line after the one with byte `at` starts.
    pub fn next_line(&self, at: usize) -> usize {
        self.starts.get(self.line(at)).copied().unwrap_or(self.text.len())
    }

    /// The place of `span`, or of as much of it as stands in its first line.
    pub fn place(&self, span: Range<usize>, column: Option<String>, cell: String) -> Place {
        let line = self.line(span.start);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let whole = self.text.get(start..self.next_line(span.start)).unwrap_or_default();
        let whole = whole.trim_end_matches(['\n', '\r']);
        let from = (span.start - start).min(whole.len());
        let to = (span.end.max(span.start) - start).min(whole.len());
        let (source, span) = excerpt(whole, from..to);
        Place { file: self.name.clone(), line, column, cell, source, span, reference: None }
    }
}

/// The part of a long line around `span`.
pub(super) fn excerpt(line: &str, span: Range<usize>) -> (String, Range<usize>) {
    if line.len() <= limits::EXCERPT {
        return (line.to_owned(), span);
    }
    let margin = limits::EXCERPT / 3;
    let from = if span.start < margin { 0 } else { boundary(line, span.start - margin) };
    let shown = span.start..span.end.min(boundary(line, span.start + margin));
    let to = boundary(line, shown.end + margin);
    let before = if from > 0 { "…" } else { "" };
    let after = if to < line.len() { "…" } else { "" };
    let shift = |at: usize| at - from + before.len();
    (format!("{before}{}{after}", &line[from..to]), shift(shown.start)..shift(shown.end))
}

/// The last boundary between characters at or before byte `at`.
fn boundary(line: &str, at: usize) -> usize {
    (0..=at.min(line.len())).rev().find(|&i| line.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways() {
        let text = Text::new("t".to_owned(), "a\nb\r\nc\rd".to_owned());
        assert_eq!([0, 2, 5, 7].map(|at| text.line(at)), [1, 2, 3, 4]);
        assert_eq!(text.place(5..99, None, String::new()).source, "c");
        assert_eq!(text.next_line(7), 8);
    }

    #[test]
    fn of_a_long_line_the_part_around_the_place_is_kept() {
        let line = format!("{}here{}", "é".repeat(5000), "ü".repeat(5000));
        let text = Text::new("t".to_owned(), line);
        let place = text.place(10_000..10_004, None, "here".to_owned());
        assert_eq!(&place.source[place.span.clone()], "here");
        assert!(place.source.len() < 600 && place.source.starts_with("…é") && place.source.ends_with("ü…"));
        let whole = text.place(0..20_000, None, String::new());
        assert_eq!((whole.span.start, &whole.source[whole.span.clone()]), (0, "é".repeat(100).as_str()));
    }
}
