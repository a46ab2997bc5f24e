//! Known names of topics and people: looking one up, several in one cell, and what was meant by one that is unknown.

use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;

use super::text::key;
use super::{limits, text};

/// Known names, and what each stands for: a position in a list of the event.
#[derive(Default)]
pub(super) struct Names {
    /// By kind of name: one of an earlier kind is found first.
    kinds: [HashMap<String, Found>; 3],
    /// All names that can be meant, by position as they came, as they are shown.
    shown: Vec<(String, String)>,
    /// The ids, by position.
    ids: Vec<String>,
    /// The most commas and the like in one name.
    most_parts: usize,
    /// Characters of the longest name.
    longest: usize,
    /// How much more may be compared while looking for what was meant.
    effort: Effort,
}

/// How many characters may still be compared with characters while looking for what was meant.
pub(super) struct Effort(Cell<u64>);

impl Effort {
    /// As much as is worth it for one name.
    pub fn of_one_name() -> Self {
        Effort(Cell::new(limits::COMPARISONS / 50))
    }

    /// Takes from it; `false` when it is used up.
    fn spend(&self, characters: u64) -> bool {
        self.0.set(self.0.get().saturating_sub(characters));
        self.0.get() > 0
    }
}

impl Default for Effort {
    fn default() -> Self {
        Effort(Cell::new(limits::COMPARISONS))
    }
}

/// The kinds of names, in the order in which they are looked up.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Id,
    Email,
    Name,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// One position.
    One(u32),
    /// Several alike.
    Many(Vec<u32>),
}

/// A piece of a cell: a known name or one that is not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// As it stands in the cell.
    pub text: &'a str,
    /// What it stands for, when it is known.
    pub found: Option<Found>,
}

impl Names {
    /// Takes in a name of position `position`.
    pub fn add(&mut self, kind: Kind, name: &str, position: u32) {
        let key = key(name);
        if key.is_empty() {
            return;
        }
        self.most_parts = self.most_parts.max(parts(name).len());
        self.longest = self.longest.max(name.len());
        if !matches!(kind, Kind::Email) {
            self.shown.push((key.clone(), name.to_owned()));
        }
        if matches!(kind, Kind::Id) {
            self.ids.push(name.to_owned());
        }
        let found = self.kinds[kind as usize].entry(key).or_insert(Found::One(position));
        match found {
            Found::One(other) if *other != position => *found = Found::Many(vec![*other, position]),
            Found::Many(others) if !others.contains(&position) => others.push(position),
            _ => {}
        }
    }

    /// The id of a position; ids are taken in by position.
    pub fn id(&self, position: u32) -> Option<&str> {
        self.ids.get(position as usize).map(String::as_str)
    }

    /// Whether no name is known.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// What one name stands for.
    pub fn find(&self, name: &str) -> Option<&Found> {
        let key = key(name);
        self.kinds.iter().find_map(|names| names.get(&key))
    }

    /// The known names in a cell, longest first, and what is left between them; names hold commas, so blind
    /// splitting would break them. At most [`limits::NAMES_IN_CELL`] pieces.
    pub fn split<'a>(&self, cell: &'a str) -> Vec<Piece<'a>> {
        if let Some(found) = self.find(cell) {
            return vec![Piece { text: cell, found: Some(found.clone()) }];
        }
        let parts = parts(cell);
        let (mut pieces, mut at) = (Vec::new(), 0);
        while let Some(first) = parts.get(at)
            && pieces.len() < limits::NAMES_IN_CELL
        {
            let (taken, piece) = self.longest_from(cell, &parts[at..]).unwrap_or_else(|| {
                let text = text::trim(&cell[first.clone()]);
                (1, Piece { text, found: None })
            });
            if !piece.text.is_empty() {
                pieces.push(piece);
            }
            at += taken;
        }
        pieces
    }

    /// The longest known name that starts with the first of `parts`, and of how many it is made.
    fn longest_from<'a>(&self, cell: &'a str, parts: &[Range<usize>]) -> Option<(usize, Piece<'a>)> {
        let first = parts.first()?;
        let most = parts.len().min(self.most_parts);
        (1..=most).rev().find_map(|taken| {
            let text = text::trim(cell.get(first.start..parts.get(taken - 1)?.end)?);
            // A name in another Unicode form, or among blanks, is not that much longer.
            let found = if text.len() <= self.longest * 4 + 16 { self.find(text) } else { None };
            found.map(|found| (taken, Piece { text, found: Some(found.clone()) }))
        })
    }

    /// The known name that is one or two letters off, as it is shown.
    pub fn meant(&self, name: &str) -> Option<&str> {
        nearest(&key(name), self.shown.iter().map(|(key, shown)| (key.as_str(), shown.as_str())), &self.effort)
    }
}

/// Of `known` (with what is shown of each) the nearest to `wanted` that is at most two letters off, and not more
/// than a third of it; the first of those that are as near. `effort` limits the work.
pub(super) fn nearest<'a>(
    wanted: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
    effort: &Effort,
) -> Option<&'a str> {
    let length = wanted.chars().count();
    let most = (length / 3).min(2);
    let mut best: Option<(usize, &str)> = None;
    for (key, shown) in known {
        let best_so_far = best.map_or(most + 1, |(distance, _)| distance);
        if best_so_far == 0 || length > limits::NAME || !effort.spend(4) {
            break;
        }
        if key.len().abs_diff(wanted.len()) > 4 * most || !effort.spend((length * key.len()) as u64) {
            continue;
        }
        let distance = strsim::osa_distance(wanted, key);
        if distance < best_so_far {
            best = Some((distance, shown));
        }
    }
    best.map(|(_, shown)| shown)
}

/// Where the parts of a cell stand, between what can stand between names.
fn parts(cell: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (i, c) in cell.char_indices().filter(|(_, c)| matches!(c, ',' | ';' | '|' | '\n' | '\r' | '、' | '，' | '；'))
    {
        parts.push(start..i);
        start = i + c.len_utf8();
    }
    parts.push(start..cell.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered() -> Names {
        let mut names = Names::default();
        let topics =
            ["Interoperability (HL7, FHIR)", "Changing careers, and getting hired", "Cybersecurity; privacy", "AI"];
        (0..).zip(topics).for_each(|(i, topic)| names.add(Kind::Name, topic, i));
        names
    }

    fn split(names: &Names, cell: &str) -> Vec<(String, Option<u32>)> {
        let position = |found| if let Found::One(position) = found { position } else { u32::MAX };
        names.split(cell).into_iter().map(|p| (p.text.to_owned(), p.found.map(position))).collect()
    }

    #[test]
    fn names_with_commas_are_found_whole() {
        let names = offered();
        let found = |cell: &str| split(&names, cell).into_iter().map(|(_, found)| found).collect::<Vec<_>>();
        assert_eq!(found("AI, Interoperability (HL7, FHIR), Cybersecurity; privacy"), [Some(3), Some(0), Some(2)]);
        assert_eq!(found("Cybersecurity; privacy;changing careers, & getting hired;"), [Some(2), Some(1)]);
        assert_eq!(found(""), []);
        assert_eq!(split(&names, "AI, Cybersecurity, AI")[1], ("Cybersecurity".to_owned(), None));
    }

    #[test]
    fn one_or_two_letters_off_is_told() {
        let names = offered();
        assert_eq!(names.meant("Cybersecurity, privcy"), Some("Cybersecurity; privacy"));
        assert_eq!(names.meant("Cybersecure"), None);
        assert_eq!(names.meant("AL"), None);
    }

    #[test]
    fn alike_names_are_many() {
        let mut names = offered();
        names.add(Kind::Name, "ai", 9);
        assert_eq!(names.find("A.I."), None);
        assert_eq!(names.find("Ai"), Some(&Found::Many(vec![3, 9])));
        names.add(Kind::Id, "AI", 4);
        assert_eq!(names.find("AI"), Some(&Found::One(4)));
    }
}
