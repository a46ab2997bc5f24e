//! What makes two texts of forms the same, and what text is allowed to be.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::limits;

/// The text by which names are compared: without regard to case, Unicode form, `&`/`and`, blanks, and the shape of
/// quotes and dashes.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    if text.is_ascii() {
        text.chars().filter(|c| !is_blank(*c)).for_each(|c| push_plain(&mut key, c.to_ascii_lowercase()));
        return key;
    }
    let folded = text.nfkc().filter(|c| !is_blank(*c)).flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    folded.nfc().for_each(|c| push_plain(&mut key, c));
    key
}

fn push_plain(key: &mut String, c: char) {
    match c {
        '&' => key.push_str("and"),
        '\u{2018}' | '\u{2019}' | '\u{02bc}' | '\u{00b4}' | '`' => key.push('\''),
        '\u{201c}' | '\u{201d}' | '\u{201e}' => key.push('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => key.push('-'),
        c => key.push(c),
    }
}

/// The text by which headers are compared: a [`key`] of letters and digits only.
pub(super) fn header_key(header: &str) -> String {
    key(header).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The text by which addresses are compared.
pub(super) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// A blank, or a character that nobody sees.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The text without blanks around it.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// The text in one line: runs of blanks become one space.
pub(super) fn one_line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let words: Vec<&str> = trim(text).split(blank).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The text for a message: in backticks, in one line, and cut when it is long.
pub(super) fn quoted(text: &str) -> String {
    let line = one_line(text);
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}

/// Why the text cannot be a name, or `None` when it can.
pub(super) fn not_a_name(text: &str) -> Option<String> {
    let too_long = text.chars().nth(limits::NAME).is_some();
    too_long.then(|| format!("is longer than the {} characters that a name may have", limits::NAME))
}

/// Whether the text could be an e-mail address.
pub(super) fn is_email(text: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let odd = |c: char| is_blank(c) || turns(c) || r#"<>,:;"()[]\"#.contains(c);
    match text.split_once('@') {
        Some((user, host)) => {
            !user.is_empty()
                && host.split('.').count() > 1
                && host.split('.').all(|part| !part.is_empty())
                && !host.contains('@')
                && text.len() <= 254
                && !text.contains(odd)
        }
        None => false,
    }
}

/// A handle of a person without an id: from the name and, when there is one, the address.
pub(super) fn handle(name: &str, email: Option<&str>) -> String {
    let slug = slug(name);
    match email {
        Some(email) => {
            let hash = Sha256::digest(email_key(email).as_bytes());
            format!("{slug}-{:02x}{:02x}", hash[0], hash[1])
        }
        None => slug,
    }
}

/// Letters and digits of a name in lower case, Latin ones without their accents, words joined by `-`.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    for c in name.nfkd().filter(|c| !is_accent(c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => slug.push('o'),
            'đ' | 'ð' => slug.push('d'),
            'ł' => slug.push('l'),
            'ı' => slug.push('i'),
            'ß' => slug.push_str("ss"),
            'æ' => slug.push_str("ae"),
            'œ' => slug.push_str("oe"),
            'þ' => slug.push_str("th"),
            '\'' | '\u{2019}' => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => slug.push(c),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "person".to_owned() } else { slug.nfc().collect() }
}

/// What a spreadsheet runs as a formula, and so was guarded.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
/// After what it was guarded, as at the beginning.
const SEPARATORS: [char; 5] = [';', '|', '\t', '\r', '\n'];

/// The cell as it was before it was guarded against being run as a formula.
pub(super) fn without_guard(cell: &str) -> String {
    let mut plain = String::with_capacity(cell.len());
    let mut begins = true;
    for (at, c) in cell.char_indices() {
        let guard = begins && c == '\'' && cell[at + 1..].trim_start_matches('\'').starts_with(FORMULA);
        begins = SEPARATORS.contains(&c) || begins && is_blank(c);
        if !guard {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::*;

    #[test]
    fn names_are_alike_whatever_their_form() {
        for (a, b) in [
            ("Leadership & management", "leadership AND  management"),
            ("Renée", "Rene\u{301}e"),
            ("Grace O’Neill", "grace o'neill"),
            ("Straße", "STRASSE"),
            ("Work‑life balance", "\u{feff}Work-life\u{a0}balance "),
            ("ＡＩ", "ai"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        assert_ne!(key("Müge"), key("Muge"));
        assert_eq!(header_key("Table topic(s)"), "tabletopics");
        assert_eq!(header_key("smallest_group"), header_key("Smallest group:"));
    }

    #[test]
    fn handles_come_from_name_and_address() {
        assert_eq!(handle("Ana Brandt", Some(" ANA@example.org")), handle("ana  brandt", Some("ana@example.org")));
        assert_eq!(handle("Łukasz D'Souza", None), "lukasz-dsouza");
        assert_eq!(handle("  Dr. Søren Østergaard, MD ", None), "dr-soren-ostergaard-md");
        assert_eq!(handle("渡辺健二", None), "渡辺健二");
        assert_eq!(handle("…", None), "person");
        assert_eq!(handle("Ana", Some("ana@example.org")).len(), "ana-0000".len());
    }

    #[test]
    fn addresses_have_one_at_sign_and_a_dotted_host() {
        assert!(is_email("muge.sato+x@mail.example.org"));
        let bad = ["not-an-address", "a@b", "@b.org", "a@b..org", "a b@c.org", "a@b@c.org", "<a@b.org>", "a@.org"];
        for bad in bad.into_iter().chain(["mailto:a@b.org", "a\u{202e}@b.org", "a\r\nBcc:b@c.org", "\"a\"@b.org"]) {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn the_guard_of_formulas_comes_off() {
        assert_eq!(without_guard("'=1+1; '@x"), "=1+1; @x");
        assert_eq!(without_guard("'tis"), "'tis");
    }

    proptest! {
        #[test]
        fn what_was_guarded_is_given_back(text in "[=+@'\\t\\n;| ＝\u{200b}a-]{0,12}") {
            assert_eq!(without_guard(&crate::output::csv::guarded(&text)), text);
        }
    }
}
