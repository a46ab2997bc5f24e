//! Any bytes as the parts of a workbook that a roster is read from: an event that is sound, or faults that can be
//! shown. Bytes are shared out between the parts at `\0\0`.

#![no_main]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A package of these parts, and of those that lead to them.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let leading = |target: &str, kind: &str| {
        format!(
            "<Relationships><Relationship Id=\"r\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let (root, book) = (leading("xl/workbook.xml", "officeDocument"), leading("worksheets/sheet1.xml", "worksheet"));
    let fixed = [("[Content_Types].xml", ""), ("_rels/.rels", &root), ("xl/_rels/workbook.xml.rels", &book)];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in fixed.iter().map(|(name, text)| (*name, text.as_bytes())).chain(parts.iter().copied()) {
        writer.start_file(name, stored).expect("memory takes it");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|pair| pair == [0, 0]) {
        pieces.push(&rest[..at]);
        rest = &rest[at + 2..];
    }
    let piece = |i: usize| pieces.get(i).copied().filter(|piece| !piece.is_empty());
    let book = b"<workbook><sheets><sheet name=\"S\" r:id=\"r\"/></sheets></workbook>";
    let package = package(&[
        ("xl/worksheets/sheet1.xml", rest),
        ("xl/sharedStrings.xml", piece(0).unwrap_or(b"<sst><si><t>name</t></si></sst>")),
        ("xl/styles.xml", piece(1).unwrap_or(b"<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>")),
        ("xl/workbook.xml", piece(2).unwrap_or(book)),
    ]);
    for name in ["mentees.csv", "experts.csv", "requests.csv"] {
        tablehop_fuzz::spoil(name, &package);
    }
});
