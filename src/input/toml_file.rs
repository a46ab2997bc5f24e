//! The event file as a tree of keys and values that know where they stand, read without stopping at the first fault.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::diagnostic::{Diagnostic, Faults, Place};
use super::lines::Text;
use super::names::{Effort, nearest};
use super::text::{key, quoted};
use super::{Source, limits};

/// A value with where it stands in the event file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct At<T> {
    /// The value.
    pub value: T,
    /// Its bytes in the file.
    pub span: Range<usize>,
    /// Its key, such as `rounds.count`.
    pub key: String,
}

/// The text of the event file, or why it is none.
pub(super) fn text_of(source: &Source) -> Result<Text, Vec<Diagnostic>> {
    if source.bytes.len() > limits::EVENT_BYTES {
        let message =
            format!("`{}` is larger than the {} KiB that it may have", source.name, limits::EVENT_BYTES >> 10);
        return Err(vec![Diagnostic::error("too-large", message).hint("keep people in the rosters")]);
    }
    let bytes = source.bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&source.bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| {
        let message = format!("`{}` is not UTF-8 text", source.name);
        vec![Diagnostic::error("encoding", message).hint("save it as UTF-8")]
    })?;
    Ok(Text::new(source.name.clone(), text.to_owned()))
}

/// The tree of the event file, and whether it is whole; what of it is no TOML becomes faults.
pub(super) fn tree<'a>(text: &'a Text, faults: &mut Faults) -> (Spanned<DeTable<'a>>, bool) {
    let (tree, errors) = DeTable::parse_recoverable(&text.text);
    let whole = errors.is_empty();
    for error in errors {
        let fault = Diagnostic::error("toml", error.message().to_owned())
            .hint("see https://toml.io for how values are written");
        let span = error.span().unwrap_or(0..0);
        faults.add_at(fault, || place(text, &span, ""));
    }
    (tree, whole)
}

/// The place of a value.
pub(super) fn place(text: &Text, span: &Range<usize>, key: &str) -> Place {
    let cell = text.text.get(span.clone()).unwrap_or_default().to_owned();
    text.place(span.clone(), (!key.is_empty()).then(|| key.to_owned()), cell)
}

/// One table of the event file, from which keys are taken; those that are left are unknown.
pub(super) struct Section<'a> {
    text: &'a Text,
    path: String,
    span: Range<usize>,
    left: BTreeMap<&'a str, (Range<usize>, &'a Spanned<DeValue<'a>>)>,
    given: BTreeSet<&'a str>,
    /// Whether the file is TOML throughout; else keys may be missing or misplaced for that reason only.
    whole: bool,
    known: Vec<&'static str>,
}

impl<'a> Section<'a> {
    /// The whole file.
    pub fn root(text: &'a Text, tree: &'a Spanned<DeTable<'a>>, whole: bool) -> Self {
        Section::of(text, String::new(), tree.span(), tree.get_ref(), whole)
    }

    fn of(text: &'a Text, path: String, span: Range<usize>, table: &'a DeTable<'a>, whole: bool) -> Self {
        let left: BTreeMap<_, _> =
            table.iter().map(|(key, value)| (key.get_ref().as_ref(), (key.span(), value))).collect();
        let given = left.keys().copied().collect();
        Section { text, path, span, left, given, whole, known: Vec::new() }
    }

    /// Where the section starts.
    pub fn here(&self) -> Place {
        let header = self.span.start..self.span.end.min(self.text.next_line(self.span.start));
        place(self.text, &header, &self.path)
    }

    /// The place of a value of this file.
    pub fn place<T>(&self, at: &At<T>) -> Place {
        place(self.text, &at.span, &at.key)
    }

    fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    fn take(&mut self, key: &'static str) -> Option<At<&'a DeValue<'a>>> {
        self.known.push(key);
        self.take_any(key)
    }

    fn take_any(&mut self, key: &str) -> Option<At<&'a DeValue<'a>>> {
        let (_, value) = self.left.remove(key)?;
        Some(At { value: value.get_ref(), span: value.span(), key: self.key(key) })
    }

    /// The value of a key as `read` understands it; a fault that says what it takes (`what`) when it does not.
    fn value<T>(
        &mut self,
        key: &'static str,
        what: &str,
        faults: &mut Faults,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<At<T>> {
        let at = self.take(key)?;
        self.understood(at, what, faults, read)
    }

    fn understood<T>(
        &self,
        at: At<&'a DeValue<'a>>,
        what: &str,
        faults: &mut Faults,
        read: impl Fn(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<At<T>> {
        match read(at.value) {
            Some(value) => Some(At { value, span: at.span, key: at.key }),
            None => {
                let value = self.text.text.get(at.span.clone()).unwrap_or_default();
                let message = format!("`{}` cannot be {}", at.key, quoted(value));
                let fault = Diagnostic::error("wrong-value", message).hint(format!("write {what}"));
                faults.add_at(fault, || place(self.text, &at.span, &at.key));
                None
            }
        }
    }

    /// The table of a key.
    pub fn section(&mut self, key: &'static str, faults: &mut Faults) -> Option<Section<'a>> {
        let at = self.value(key, "a table", faults, DeValue::as_table)?;
        Some(Section::of(self.text, at.key, at.span, at.value, self.whole))
    }

    /// The tables in the list of a key.
    pub fn sections(&mut self, key: &'static str, faults: &mut Faults) -> Vec<Section<'a>> {
        let Some(list) = self.value(key, "a list of tables, such as `[{ … }, { … }]`", faults, DeValue::as_array)
        else {
            return Vec::new();
        };
        if self.too_many(list.value.len(), limits::LIST, &list, faults) {
            return Vec::new();
        }
        let mut sections = Vec::new();
        for (i, value) in list.value.iter().enumerate() {
            let at = At { value: value.get_ref(), span: value.span(), key: format!("{}[{}]", list.key, i + 1) };
            if let Some(at) = self.understood(at, "a table, such as `{ … }`", faults, DeValue::as_table) {
                sections.push(Section::of(self.text, at.key, at.span, at.value, self.whole));
            }
        }
        sections
    }

    /// The text of a key, which is not blank.
    pub fn string(&mut self, key: &'static str, faults: &mut Faults) -> Option<At<String>> {
        self.value(key, "some text in quotes, or take the line out", faults, some_text)
    }

    /// The text of a key, which may be blank.
    pub fn raw_string(&mut self, key: &'static str, faults: &mut Faults) -> Option<At<String>> {
        self.value(key, "text in quotes", faults, |value| value.as_str().map(str::to_owned))
    }

    /// The name of a file in the event's folder.
    pub fn file(&mut self, key: &'static str, faults: &mut Faults) -> Option<At<String>> {
        let file = self.string(key, faults)?;
        let outside = file.value.starts_with(['/', '\\'])
            || file.value.contains(':')
            || file.value.split(['/', '\\']).any(|p| p == "..");
        if outside {
            let message = format!("{} is not in the folder of the event", quoted(&file.value));
            self.wrong(&file, "outside", message, "put the file beside the event file and write its name", faults);
        }
        Some(file).filter(|_| !outside)
    }

    /// The whole number of a key within limits.
    pub fn integer(&mut self, key: &'static str, limits: RangeInclusive<i64>, faults: &mut Faults) -> Option<At<i64>> {
        let what = format!("a whole number from {} to {}", limits.start(), limits.end());
        self.value(key, &what, faults, |value| integer(value).filter(|n| limits.contains(n)))
    }

    /// The whole numbers of a key within limits, at most `most` of them.
    pub fn integers(
        &mut self,
        key: &'static str,
        limits: RangeInclusive<i64>,
        most: usize,
        faults: &mut Faults,
    ) -> Option<At<Vec<i64>>> {
        let what = format!("a list of 1 to {most} whole numbers from {} to {}", limits.start(), limits.end());
        self.value(key, &what, faults, |value| {
            let list = value.as_array().filter(|list| (1..=most).contains(&list.len()))?;
            list.iter().map(|n| integer(n.get_ref()).filter(|n| limits.contains(n))).collect()
        })
    }

    /// The date or time of a key.
    pub fn datetime(
        &mut self,
        key: &'static str,
        what: &str,
        fits: impl Fn(&Datetime) -> bool,
        faults: &mut Faults,
    ) -> Option<At<Datetime>> {
        self.value(key, what, faults, |value| value.as_datetime().copied().filter(&fits))
    }

    /// The text or the list of at most `most` texts of a key.
    pub fn strings(&mut self, key: &'static str, most: usize, faults: &mut Faults) -> Option<Vec<At<String>>> {
        let at = self.take(key)?;
        self.texts(at, most, faults)
    }

    /// Every key, of which there are at most `most`, with its text or list of as many texts.
    pub fn all_strings(&mut self, most: usize, faults: &mut Faults) -> Vec<(At<String>, Vec<At<String>>)> {
        let here = At { value: (), span: self.span.clone(), key: self.path.clone() };
        if self.too_many(self.left.len(), most, &here, faults) {
            return Vec::new();
        }
        let keys: Vec<(String, Range<usize>)> =
            self.left.iter().map(|(k, (span, _))| (k.to_string(), span.clone())).collect();
        let mut all = Vec::new();
        for (key, span) in keys {
            let texts = self.take_any(&key).and_then(|at| self.texts(at, most, faults));
            let path = self.key(&key);
            all.extend(texts.map(|texts| (At { value: key, span, key: path }, texts)));
        }
        all
    }

    fn texts(&self, at: At<&'a DeValue<'a>>, most: usize, faults: &mut Faults) -> Option<Vec<At<String>>> {
        let what = "text in quotes, or a list of texts";
        let entries = at.value.as_array().map_or(1, |list| list.len());
        if self.too_many(entries, most, &at, faults) {
            return None;
        }
        match at.value {
            DeValue::Array(list) => {
                let each =
                    list.iter().map(|value| At { value: value.get_ref(), span: value.span(), key: at.key.clone() });
                each.map(|at| self.understood(at, what, faults, some_text)).collect()
            }
            _ => self.understood(at, what, faults, some_text).map(|text| vec![text]),
        }
    }

    /// Whether a list has more entries than it may, which is a fault.
    fn too_many<T>(&self, entries: usize, most: usize, at: &At<T>, faults: &mut Faults) -> bool {
        if entries > most {
            let message = format!("`{}` has {entries} entries, more than the {most} that it may have", at.key);
            self.wrong(at, "too-large", message, "take some of them out", faults);
        }
        entries > most
    }

    /// The value of a key that takes one of these names.
    pub fn choice<T: Copy>(&mut self, key: &'static str, names: &[(&str, T)], faults: &mut Faults) -> Option<T> {
        let at = self.take(key)?;
        self.chosen(at, names, faults)
    }

    /// The values of a key that takes a list of these names.
    pub fn choices<T: Copy>(&mut self, key: &'static str, names: &[(&str, T)], faults: &mut Faults) -> Vec<T> {
        let list = self.value(key, "a list of texts", faults, DeValue::as_array);
        let each = list.iter().flat_map(|list| {
            list.value.iter().map(|value| At { value: value.get_ref(), span: value.span(), key: list.key.clone() })
        });
        each.filter_map(|at| self.chosen(at, names, faults)).collect()
    }

    fn chosen<T: Copy>(&self, at: At<&'a DeValue<'a>>, names: &[(&str, T)], faults: &mut Faults) -> Option<T> {
        let known: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
        let named =
            |value: &'a DeValue<'a>| names.iter().find(|(name, _)| value.as_str() == Some(name)).map(|(_, t)| *t);
        self.understood(at, &format!("one of {}", known.join(", ")), faults, named).map(|at| at.value)
    }

    /// Counts a key among those that are understood here.
    pub fn known(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// A fault when the file has the key, which another one rules out.
    pub fn refuse(&mut self, key: &'static str, why: &str, faults: &mut Faults) {
        if let Some(at) = self.take(key) {
            let hint = format!("take `{key}` or the other one away");
            self.wrong(&at, "two-ways", why.to_owned(), hint, faults);
        }
    }

    /// Whether the file has the key, with whatever value.
    pub fn has(&self, key: &str) -> bool {
        self.given.contains(key)
    }

    /// A fault when the file does not have the key.
    pub fn require(&self, key: &str, example: &str, faults: &mut Faults) {
        if self.has(key) || !self.whole {
            return;
        }
        let fault = Diagnostic::error("missing-key", format!("`{}` is missing", self.key(key)));
        faults.add_at(fault.hint(format!("write `{example}`")), || self.here());
    }

    /// Says what is wrong with a value.
    pub fn wrong<T>(
        &self,
        at: &At<T>,
        code: &'static str,
        message: String,
        hint: impl Into<String>,
        faults: &mut Faults,
    ) {
        faults.add_at(Diagnostic::error(code, message).hint(hint), || self.place(at));
    }

    /// Faults for the keys that nothing knows.
    pub fn close(self, faults: &mut Faults) {
        let effort = Effort::default();
        let known: Vec<(String, &str)> = self.known.iter().map(|name| (key(name), *name)).collect();
        for (name, (span, _)) in self.left.iter().filter(|_| self.whole) {
            let near = nearest(&key(name), known.iter().map(|(key, name)| (key.as_str(), *name)), &effort);
            let hint = near.map_or_else(
                || format!("these are understood here: {}", self.known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            let fault = Diagnostic::error("unknown-key", format!("nothing is called {} here", quoted(&self.key(name))));
            faults.add_at(fault.hint(hint), || place(self.text, span, &self.key(name)));
        }
    }
}

fn some_text<'a>(value: &'a DeValue<'a>) -> Option<String> {
    value.as_str().filter(|text| !text.trim().is_empty()).map(str::to_owned)
}

fn integer<'a>(value: &'a DeValue<'a>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}
