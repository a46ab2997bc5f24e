//! JSON with a row a line, so that people can read it and tools can compare two of them.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// The value as JSON, with a line end.
pub fn to_vec(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, RowALine::default()));
    written.expect("memory takes texts, numbers and lists of them");
    bytes.push(b'\n');
    bytes
}

/// Breaks lines between the members of an outermost object and between the entries of a list; what is inside an
/// entry stays on its line.
#[derive(Default)]
struct RowALine {
    /// For each open list or object: whether its entries stand on lines of their own.
    broken: Vec<bool>,
    /// Whether the innermost open list or object has an entry.
    filled: bool,
    /// How many lists are open.
    lists: usize,
}

impl RowALine {
    fn open<W: ?Sized + Write>(&mut self, to: &mut W, broken: bool, bracket: &[u8]) -> io::Result<()> {
        self.broken.push(broken);
        self.filled = false;
        to.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, to: &mut W, bracket: &[u8]) -> io::Result<()> {
        if self.broken.pop() == Some(true) && self.filled {
            self.new_line(to)?;
        }
        to.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        let broken = self.broken.last() == Some(&true);
        to.write_all(match (first, broken) {
            (true, _) => b"",
            (false, true) => b",",
            (false, false) => b", ",
        })?;
        if broken { self.new_line(to) } else { Ok(()) }
    }

    fn new_line<W: ?Sized + Write>(&self, to: &mut W) -> io::Result<()> {
        let depth = self.broken.iter().filter(|&&broken| broken).count();
        to.write_all(b"\n")?;
        (0..depth).try_for_each(|_| to.write_all(b"  "))
    }
}

impl Formatter for RowALine {
    fn begin_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lists += 1;
        self.open(to, self.lists == 1, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.lists -= 1;
        self.close(to, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _to: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        let outermost = self.broken.is_empty();
        self.open(to, outermost, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        self.close(to, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, to: &mut W, first: bool) -> io::Result<()> {
        self.next(to, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, to: &mut W) -> io::Result<()> {
        to.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _to: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}
