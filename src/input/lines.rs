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
        Place { file: self.name.clone(), line, column, cell, source, span }
    }
}

/// The part of a long line around `span`.
fn excerpt(line: &str, span: Range<usize>) -> (String, Range<usize>) {
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
