//! Bytes of a file to text: the encoding is found out unless it was said.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::diagnostic::{Diagnostic, Faults};
use super::text::quoted;
use super::{Source, limits};

/// What to write for an encoding.
pub(super) const ENCODINGS: &str = "write `utf-8`, `utf-16le`, `windows-1252` or another name of the Encoding Standard";

/// Whether the Encoding Standard has an encoding of this name.
pub fn is_encoding(label: &str) -> bool {
    Encoding::for_label(label.as_bytes()).is_some()
}

/// The text of a table and the name of its encoding; `None`, with a fault, when it is none.
pub(super) fn decode(source: &Source, said: Option<&str>, faults: &mut Faults) -> Option<(String, &'static str)> {
    let encoding = match said {
        Some(label) => Encoding::for_label(label.as_bytes()),
        None => Some(found(&source.bytes)),
    };
    let Some(encoding) = encoding else {
        let fault = Diagnostic::error("encoding", format!("{} is no encoding", quoted(said.unwrap_or_default())));
        faults.add(fault.hint(ENCODINGS));
        return None;
    };
    if let Some(fault) = too_large(source) {
        faults.add(fault);
        return None;
    }
    let (text, encoding, malformed) = encoding.decode(&source.bytes);
    let name = &source.name;
    if malformed {
        let message = format!("`{name}` holds bytes that are not {}", shown(encoding));
        let hint = "say its encoding, such as `windows-1252`, or save it as UTF-8";
        faults.add(Diagnostic::error("encoding", message).hint(hint));
        return None;
    }
    if let Some((before, _)) = text.split_once('\0') {
        let line = 1 + before.matches('\n').count();
        let message = format!("`{name}` is no text: read as {}, line {line} holds a NUL character", shown(encoding));
        faults.add(Diagnostic::error("not-text", message).hint("export it as CSV (UTF-8) again"));
        return None;
    }
    if said.is_none() && encoding == WINDOWS_1252 {
        warn_of_mixture(source, faults);
    }
    Some((text.into_owned(), shown(encoding)))
}

/// Warns when letters of a file that is no UTF-8 as a whole are UTF-8: pasted together from two files, it would be
/// misread whatever its encoding.
fn warn_of_mixture(source: &Source, faults: &mut Faults) {
    let letters = source.bytes.utf8_chunks().filter(|chunk| !chunk.valid().is_ascii()).count();
    if letters > 0 {
        let message = format!("`{}` is partly UTF-8 and partly Windows-1252, and was read as the latter", source.name);
        let hint = "look for garbled names, and save it as UTF-8 or say its encoding";
        faults.add(Diagnostic::warning("encoding", message).hint(hint));
    }
}

/// What is wrong with a file that is too large to be a table, whatever it holds.
pub(super) fn too_large(source: &Source) -> Option<Diagnostic> {
    let message =
        || format!("`{}` is larger than the {} MiB that a table may have", source.name, limits::TABLE_BYTES >> 20);
    let hint = "take only the rows and columns of this event";
    (source.bytes.len() > limits::TABLE_BYTES).then(|| Diagnostic::error("too-large", message()).hint(hint))
}

/// The encoding by its byte-order mark, else by what the bytes can be.
fn found(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).take(500).filter(|b| **b == 0).count();
    let (even, odd, seen) = (zeros(0), zeros(1), bytes.len().min(1000) / 2);
    match () {
        () if seen > 1 && odd * 2 > seen && even * 4 < seen => UTF_16LE,
        () if seen > 1 && even * 2 > seen && odd * 4 < seen => UTF_16BE,
        () if std::str::from_utf8(bytes).is_ok() => UTF_8,
        () => WINDOWS_1252,
    }
}

fn shown(encoding: &'static Encoding) -> &'static str {
    match encoding {
        e if e == WINDOWS_1252 => "Windows-1252",
        e => e.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], said: Option<&str>) -> Result<(String, &'static str), &'static str> {
        let mut faults = Faults::default();
        let source = Source { name: "a.csv".to_owned(), bytes: bytes.to_vec() };
        decode(&source, said, &mut faults).ok_or_else(|| faults.into_lists(&[]).0[0].code)
    }

    fn utf16(text: &str, swap: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if swap { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn encodings_are_found_out() {
        let name = "id,name\nE1,Müge";
        assert_eq!(read(name.as_bytes(), None), Ok((name.to_owned(), "UTF-8")));
        assert_eq!(read(format!("\u{feff}{name}").as_bytes(), None), Ok((name.to_owned(), "UTF-8")));
        assert_eq!(read(&utf16(name, false), None), Ok((name.to_owned(), "UTF-16LE")));
        assert_eq!(read(&utf16(&format!("\u{feff}{name}"), true), None), Ok((name.to_owned(), "UTF-16BE")));
        assert_eq!(read(b"id,name\nE1,M\xfcge", None), Ok((name.to_owned(), "Windows-1252")));
    }

    #[test]
    fn what_was_said_is_held_to() {
        assert_eq!(read(b"M\xfcge", Some("latin1")), Ok(("Müge".to_owned(), "Windows-1252")));
        assert_eq!(read(b"M\xfcge", Some("utf-8")), Err("encoding"));
        assert_eq!(read(b"x", Some("klingon")), Err("encoding"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(read(b"a,b\n1,\0\n", None), Err("not-text"));
    }
}
