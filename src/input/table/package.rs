//! The ZIP package of a workbook, held to sizes before anything reads it: what unpacks to gigabytes, or says that it
//! holds billions of texts, is refused.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipResult;

use crate::input::diagnostic::Diagnostic;
use crate::input::{Source, limits};

/// What is wrong with a package that is to be read as XLSX.
pub(super) fn fault(source: &Source) -> Option<Diagnostic> {
    match inspect(source) {
        Ok(Found::Workbook) => None,
        Ok(Found::Other(what)) => {
            let message = format!("`{}` is {what}, which is not read", source.name);
            Some(Diagnostic::error("not-a-table", message).hint("save it as XLSX or as CSV (UTF-8) and name that file"))
        }
        Ok(Found::TooLarge(what, bytes)) => {
            let message =
                format!("unpacked, {what} `{}` are more than the {} MiB that they may have", source.name, bytes >> 20);
            Some(
                Diagnostic::error("too-large", message)
                    .hint("copy the rows and columns of this event into a new workbook"),
            )
        }
        Err(_) => Some(damaged(source)),
    }
}

/// A workbook that cannot be read; why is told in words that help nobody.
pub(super) fn damaged(source: &Source) -> Diagnostic {
    let message = format!("`{}` is damaged or is no XLSX file", source.name);
    Diagnostic::error("not-a-table", message).hint("open it in a spreadsheet and save it as XLSX or CSV again")
}

enum Found {
    Workbook,
    Other(&'static str),
    /// Which parts, and the most that they may be.
    TooLarge(&'static str, usize),
}

fn inspect(source: &Source) -> ZipResult<Found> {
    let mut package = ZipArchive::new(Cursor::new(&source.bytes))?;
    let mut left = limits::TABLE_BYTES as u64;
    let mut workbook = false;
    for i in 0..package.len() {
        let mut part = package.by_index(i)?;
        let name = part.name().map(|name| name.replace('\\', "/").to_ascii_lowercase()).unwrap_or_default();
        match name.as_str() {
            "mimetype" => return Ok(Found::Other("an OpenDocument file or another ZIP package")),
            "xl/workbook.bin" => return Ok(Found::Other("a binary workbook (.xlsb)")),
            _ => workbook |= name == "[content_types].xml",
        }
        let held = name.ends_with("sharedstrings.xml");
        let mut bytes = Vec::new();
        let limited = &mut Read::take(&mut part, left + 1);
        let size = if held { limited.read_to_end(&mut bytes)? as u64 } else { io::copy(limited, &mut io::sink())? };
        if size > left {
            return Ok(Found::TooLarge("the parts of", limits::TABLE_BYTES));
        }
        left -= size;
        if name.ends_with("styles.xml") && size > limits::STYLE_BYTES as u64 {
            return Ok(Found::TooLarge("the styles of", limits::STYLE_BYTES));
        }
        if promises_too_much(&bytes) {
            return Err(io::Error::from(io::ErrorKind::InvalidData).into());
        }
    }
    Ok(if workbook { Found::Workbook } else { Found::Other("a ZIP file, but no workbook") })
}

/// Whether a list of texts says that it has more of them than it has bytes: whoever believed it would ask for more
/// memory than there is.
fn promises_too_much(part: &[u8]) -> bool {
    const COUNT: &[u8] = b"uniqueCount";
    // In UTF-16 every other byte is 0; an escape starts another encoding, and is never XML.
    let plain: Vec<u8> = part.iter().copied().filter(|&b| b != 0).collect();
    let count = |at: usize| {
        let after = plain.get(at + COUNT.len()..).unwrap_or_default();
        let digits = after.iter().skip_while(|b| !b.is_ascii_digit()).take_while(|b| b.is_ascii_digit());
        digits.fold(0_u64, |n, digit| n.saturating_mul(10).saturating_add(u64::from(digit - b'0')))
    };
    let places = plain.windows(COUNT.len()).enumerate().filter(|(_, window)| *window == COUNT);
    plain.contains(&0x1b) || places.map(|(at, _)| count(at)).any(|count| count > part.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_believed_as_far_as_there_are_bytes() {
        assert!(!promises_too_much(b"<sst count=\"9999999\" uniqueCount=\"2\"><si/><si/></sst>"));
        assert!(promises_too_much(b"<sst uniqueCount = '99999999999999999999999'></sst>"));
        let wide: Vec<u8> = "<sst uniqueCount=\"999999\"/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(promises_too_much(&wide));
    }
}
