//! The parts of the event file that say how the venue kit looks and what its words are: `[print]` and `[text]`.

use chrono::format::{Item, StrftimeItems};

use super::diagnostic::Faults;
use super::toml_file::{At, Section};
use super::{Source, limits, text};
use crate::domain::{BadgeStock, Logo, Paper, Print, SignStock, Text};

/// `[print]`, with the name of the logo's file: the picture itself comes with the other files.
#[derive(Default)]
pub(super) struct PrintSettings {
    /// All but the picture.
    pub print: Print,
    /// The file of the picture.
    pub logo: Option<At<String>>,
}

/// Languages that are written from right to left.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ur", "yi"];

/// `[print]`.
pub(super) fn print(mut section: Section, faults: &mut Faults) -> PrintSettings {
    let default = Print::default();
    let signs = [("page", SignStock::Page), ("avery-5305", SignStock::Avery5305)];
    let badges = [("cut", BadgeStock::Cut), ("avery-5395", BadgeStock::Avery5395)];
    let paper = [("a4", Paper::A4), ("letter", Paper::Letter)];
    let print = Print {
        paper: section.choice("paper", &paper, faults).unwrap_or(default.paper),
        accent: accent(&mut section, faults).unwrap_or(default.accent),
        logo: None,
        base_address: base_address(&mut section, faults),
        table_signs: section.choice("table_signs", &signs, faults).unwrap_or(default.table_signs),
        badges: section.choice("badges", &badges, faults).unwrap_or(default.badges),
        warning_minutes: section
            .integer("warning_minutes", 0..=limits::MINUTES, faults)
            .map_or(default.warning_minutes, |at| at.value as u32),
    };
    let logo = section.file("logo", faults);
    section.close(faults);
    PrintSettings { print, logo }
}

fn accent(section: &mut Section, faults: &mut Faults) -> Option<String> {
    let at = section.string("accent", faults)?;
    let digits = at.value.strip_prefix('#').unwrap_or_default();
    if digits.bytes().all(|b| b.is_ascii_hexdigit()) && matches!(digits.len(), 3 | 6) {
        return Some(at.value.to_ascii_lowercase());
    }
    let message = format!("{} is no colour", text::quoted(&at.value));
    section.wrong(&at, "bad-colour", message, "write it as `#0f6b74`: red, green and blue in two digits each", faults);
    None
}

fn base_address(section: &mut Section, faults: &mut Faults) -> Option<String> {
    let at = section.string("base_address", faults)?;
    let host = at.value.strip_prefix("https://").or_else(|| at.value.strip_prefix("http://")).unwrap_or_default();
    let fits = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '#' | '?');
    // A name and a password before the host would be printed for all.
    let open = !host.split('/').next().unwrap_or_default().contains('@');
    if open
        && host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
        && at.value.chars().all(fits)
        && at.value.len() <= limits::ADDRESS
    {
        return Some(format!("{}/", at.value.trim_end_matches('/')));
    }
    let message = format!("{} is no address of a folder on the web", text::quoted(&at.value));
    let hint = format!("write it as `https://example.org/my-event/`, in at most {} plain characters", limits::ADDRESS);
    section.wrong(&at, "bad-address", message, hint, faults);
    None
}

/// The picture of `[print] logo` among the files, with a fault when it is not there or is no picture.
pub(super) fn logo(file: &At<String>, files: &[Source]) -> Result<Logo, (String, String)> {
    let name = text::quoted(&file.value);
    let Some(source) = files.iter().find(|source| source.name == file.value) else {
        let hint = "put it into the folder of the event, or mend its name".to_owned();
        return Err((format!("there is no file {name}"), hint));
    };
    let smaller = format!("save a smaller one: at most {} MiB", limits::LOGO_BYTES >> 20);
    if source.bytes.len() > limits::LOGO_BYTES {
        return Err((format!("{name} is too large for a logo"), smaller));
    }
    let media_type = media_type(&source.bytes);
    let kinds = "save it as SVG, PNG, JPEG, WebP or GIF".to_owned();
    let media_type = media_type.ok_or((format!("{name} is no picture that every browser shows"), kinds))?;
    Ok(Logo { media_type, bytes: source.bytes.clone() })
}

/// What a picture is, by how it begins.
fn media_type(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg")).map(|_| "image/svg+xml"),
    }
}

/// `[text]`.
pub(super) fn words(mut section: Section, faults: &mut Faults) -> Text {
    let mut words = Text::default();
    words.language = language(&mut section, faults).unwrap_or(words.language);
    let primary = words.language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let directions = [("ltr", false), ("rtl", true)];
    let said = section.choice("direction", &directions, faults);
    words.right_to_left = said.unwrap_or(RIGHT_TO_LEFT.contains(&primary.as_str()));
    words.clock = format("clock", "`%H:%M` or `%-I:%M %p`", &mut section, faults).unwrap_or(words.clock);
    words.date = format("date", "`%A, %-d %B %Y` or `%Y-%m-%d`", &mut section, faults).unwrap_or(words.date);
    words.weekdays = names("weekdays", 7, "the seven days from Monday", &mut section, faults);
    words.months = names("months", 12, "the twelve months from January", &mut section, faults);
    let labels = words.labels.by_name().into_iter().map(|(name, label)| (name, label, limits::LABEL));
    let sentences = words.sentences.by_name().into_iter().map(|(name, label)| (name, label, limits::SENTENCE));
    for (name, word, most) in labels.chain(sentences) {
        if let Some(at) = section.raw_string(name, faults).and_then(|at| short(at, most, &section, faults)) {
            *word = text::one_line(&at.value);
        }
    }
    section.close(faults);
    words
}

fn language(section: &mut Section, faults: &mut Faults) -> Option<String> {
    let at = section.string("language", faults)?;
    let mut parts = at.value.split('-');
    let primary = parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    if primary && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Some(at.value);
    }
    let message = format!("{} is no code of a language", text::quoted(&at.value));
    section.wrong(&at, "bad-language", message, "write one such as `en`, `de` or `pt-BR`", faults);
    None
}

/// A format of dates or times that can be carried out.
fn format(key: &'static str, examples: &str, section: &mut Section, faults: &mut Faults) -> Option<String> {
    let at = section.string(key, faults).and_then(|at| short(at, limits::LABEL, section, faults))?;
    if StrftimeItems::new(&at.value).all(|item| item != Item::Error) {
        return Some(text::one_line(&at.value));
    }
    let message = format!("{} is no format of times", text::quoted(&at.value));
    let hint = format!("write one such as {examples}; https://docs.rs/chrono/latest/chrono/format/strftime lists all");
    section.wrong(&at, "bad-format", message, hint, faults);
    None
}

fn names(key: &'static str, count: usize, what: &str, section: &mut Section, faults: &mut Faults) -> Vec<String> {
    let Some(names) = section.strings(key, limits::LIST, faults) else { return Vec::new() };
    let Some(last) = names.last().filter(|_| names.len() != count) else {
        let names = names.into_iter().filter_map(|at| short(at, limits::LABEL, section, faults));
        return names.map(|at| text::one_line(&at.value)).collect();
    };
    let message = format!("`{}` must have {count} names, and has {}", last.key, names.len());
    section.wrong(last, "wrong-value", message, format!("list {what}"), faults);
    Vec::new()
}

/// A text of at most so many characters: a label leaves room for what it labels.
pub(super) fn short(at: At<String>, most: usize, section: &Section, faults: &mut Faults) -> Option<At<String>> {
    let fits = at.value.chars().nth(most).is_none();
    if !fits {
        let message = format!("`{}` is longer than the {most} characters that it may have", at.key);
        section.wrong(&at, "too-large", message, "shorten it", faults);
    }
    fits.then_some(at)
}
