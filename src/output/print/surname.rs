//! By which part of a name somebody looks for themselves on a list.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words that belong to the surname after them.
const PARTICLES: [&str; 27] = [
    "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "les", "ten", "ter", "van", "vom", "von", "y", "zu",
];

/// Words after the surname that are no part of it.
const SUFFIXES: [&str; 8] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "rn"];

/// Where the surname is within a name, as far as can be told from the name alone: before the comma of `Okafor,
/// Amara`, else the last word, without `MD` and `(Ana)` and with `van der`.
pub(super) fn surname(name: &str) -> Range<usize> {
    let end = name.find(['(', '[', '（']).filter(|&at| at > 0).unwrap_or(name.len());
    let (head, tail) = name[..end].split_once(',').unwrap_or((&name[..end], ""));
    let words = words(head);
    if !tail.trim().is_empty() && !tail.split([',', ' ']).filter(|word| !word.is_empty()).all(is_title) {
        return 0..head.trim_end().len();
    }
    let suffix = |word: &Range<usize>| {
        let word = head[word.clone()].trim_end_matches('.').to_lowercase();
        SUFFIXES.contains(&word.as_str())
    };
    let last = words.iter().rposition(|word| !suffix(word)).unwrap_or(0);
    let particles = words.iter().take(last).skip(1).rev();
    let before = particles.take_while(|word| PARTICLES.contains(&&head[(*word).clone()])).count();
    match (words.get(last - before), words.get(last)) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..name.len(),
    }
}

/// Where a surname that the roster has by itself is within the name.
pub(super) fn within(name: &str, surname: &str) -> Option<Range<usize>> {
    name.rfind(surname).filter(|_| !surname.is_empty()).map(|at| at..at + surname.len())
}

/// The words of a text by where they are.
fn words(text: &str) -> Vec<Range<usize>> {
    let (mut words, mut at) = (Vec::new(), 0);
    for word in text.split(' ') {
        if !word.is_empty() {
            words.push(at..at + word.len());
        }
        at += word.len() + 1;
    }
    words
}

/// Whether a word after a comma is a title, such as `MD`, `Ph.D.` or `RN-BC`, and no given name.
fn is_title(word: &str) -> bool {
    let plain = word.trim_end_matches('.').to_lowercase();
    word.chars().filter(|c| c.is_uppercase()).count() > 1
        || word.trim_end_matches('.').contains('.')
        || SUFFIXES.contains(&plain.as_str())
}

/// What a list is sorted by: letters without accents and case.
pub(super) fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ø' => key.push('o'),
            'đ' | 'ð' => key.push('d'),
            'ł' => key.push('l'),
            'ı' => key.push('i'),
            'ß' => key.push_str("ss"),
            'æ' => key.push_str("ae"),
            'œ' => key.push_str("oe"),
            'þ' => key.push_str("th"),
            c if c.is_alphanumeric() || c == ' ' => key.push(c),
            _ => {}
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surname_is_the_word_that_people_look_for() {
        for (name, expected) in [
            ("Dr. Ngozi Adichie-Obi", "Adichie-Obi"),
            ("Priya Venkataraman, MD, MPH", "Venkataraman"),
            ("Siobhán O'Rourke, RN", "O'Rourke"),
            ("Jin-ah Park (박진아)", "Park"),
            ("Anna van der Berg", "van der Berg"),
            ("Okafor, Amara", "Okafor"),
            ("de la Cruz, Ana", "de la Cruz"),
            ("John Smith Jr.", "Smith"),
            ("渡辺健二", "渡辺健二"),
            ("Ana", "Ana"),
            ("(Ana)", "(Ana)"),
            ("de", "de"),
            (", x", ""),
            ("", ""),
        ] {
            assert_eq!(&name[surname(name)], expected, "{name}");
        }
        assert_eq!(within("Ana Maria Brandt", "Maria Brandt"), Some(4..16));
        assert_eq!(within("Ana", "Bo"), None);
    }

    #[test]
    fn lists_are_sorted_without_accents_and_case() {
        let mut names = ["Zoë", "Łukasz", "öström", "Özil", "Lund", "O'Brien", "Oak"];
        names.sort_by_key(|name| key(name));
        assert_eq!(names, ["Łukasz", "Lund", "Oak", "O'Brien", "öström", "Özil", "Zoë"]);
    }
}
