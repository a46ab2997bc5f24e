//! The size of type at which a text stays whole within its box, chosen from its display width when the page is made:
//! pages need no script, and nobody knows the fonts of the machine that prints them. Widths are therefore those of
//! wide fonts, and lines are broken as browsers break them. All lengths are in millimetres.

use unicode_width::UnicodeWidthChar;

/// The steps of type from the largest to the smallest, each some 12 % below the one before.
const STEPS: [f64; 33] = [
    90.0, 80.0, 71.0, 63.0, 56.0, 50.0, 44.0, 39.0, 35.0, 31.0, 27.5, 24.5, 21.5, 19.0, 17.0, 15.0, 13.3, 11.8, 10.5,
    9.3, 8.2, 7.3, 6.5, 5.8, 5.1, 4.5, 4.0, 3.55, 3.15, 2.8, 2.5, 2.2, 1.95,
];

/// Height of a line, in sizes of its type. The style sheet has the same.
pub(super) const LEADING: f64 = 1.25;

/// A word is rather set smaller than broken, down to this part of the size at which it would be broken.
const RATHER_WHOLE: f64 = 0.5;

/// A text is rather set smaller than on several lines, down to this part of the size that it would have there.
const RATHER_ONE_LINE: f64 = 0.75;

/// Type of which a wide font takes more room.
const BOLD: f64 = 1.08;

/// Room for text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    pub width: f64,
    pub height: f64,
    /// The largest type that looks right there.
    pub largest: f64,
}

/// The largest step at which these paragraphs, under each other, fit the room; the smallest where none does.
pub(super) fn size(paragraphs: &[&str], room: Room) -> f64 {
    let fits = |size: f64| {
        let lines: usize = paragraphs.iter().map(|text| lines(text, size, room.width)).sum();
        lines as f64 * size * LEADING <= room.height
    };
    let whole = |size: f64| {
        let words = paragraphs.iter().flat_map(|text| text.split_whitespace());
        words.map(|word| width(word, size)).all(|width| width <= room.width)
    };
    let steps = || STEPS.into_iter().filter(|&step| step <= room.largest);
    let smallest = STEPS[STEPS.len() - 1];
    let one_line = |size: f64| paragraphs.iter().all(|text| lines(text, size, room.width) == 1);
    let broken = steps().find(|&size| fits(size)).unwrap_or(smallest);
    let unbroken = steps().find(|&size| fits(size) && whole(size));
    let best = unbroken.filter(|size| *size >= broken * RATHER_WHOLE).unwrap_or(broken);
    let alone = steps().find(|&size| fits(size) && one_line(size));
    alone.filter(|size| *size >= best * RATHER_ONE_LINE).unwrap_or(best)
}

/// How many lines a text takes at a size in a column: words move to the next line, and break only where they are
/// longer than one.
pub(super) fn lines(text: &str, size: f64, column: f64) -> usize {
    let space = 0.35 * size;
    let (mut lines, mut used) = (1, 0.0);
    for word in text.split_whitespace() {
        let width = width(word, size);
        if used > 0.0 && used + space + width > column {
            lines += 1;
            used = 0.0;
        }
        if width <= column {
            used += width + if used > 0.0 { space } else { 0.0 };
            continue;
        }
        // The letter that no longer fits leaves its room empty.
        let line = (column - size).max(size);
        let more = (width / line).ceil() - 1.0;
        lines += more as usize;
        used = width - more * line;
    }
    lines
}

/// The width of a text without breaks, in bold type.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size * BOLD
}

/// The width of a character in sizes of its type, in a wide font.
fn em(c: char) -> f64 {
    match (c, c.width().unwrap_or(0)) {
        (_, 0) => 0.0,
        (' ' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | 'i' | 'j' | 'l' | 'I', _) => 0.38,
        ('m' | 'w' | 'M' | 'W' | '@' | '%' | '&' | '…' | '—' | 'Œ' | 'Æ' | 'œ' | 'æ', _) => 1.02,
        (c, 1) if c < '\u{250}' => {
            if c.is_uppercase() {
                0.8
            } else {
                0.66
            }
        }
        // Ligatures of whole phrases, long dashes, cuneiform.
        ('\u{FDF0}'..='\u{FDFF}', _) => 12.0,
        ('\u{2E3A}' | '\u{2E3B}' | '\u{12000}'..='\u{1254F}', _) => 5.0,
        ('\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}', _) => 1.4,
        (_, 1) => 0.95,
        _ => 1.05,
    }
}

/// A text with the size that keeps it whole.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fitted {
    pub text: String,
    pub size: f64,
}

impl Fitted {
    /// The text at the largest step that fits the room.
    pub fn new(text: String, room: Room) -> Fitted {
        let size = size(&[&text], room);
        Fitted { text, size }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACE: Room = Room { width: 150.0, height: 40.0, largest: 17.0 };

    #[test]
    fn a_usual_name_has_the_largest_type() {
        assert_eq!(size(&["Ana Brandt"], FACE), 17.0);
        assert_eq!(size(&[""], FACE), 17.0);
    }

    #[test]
    fn a_text_that_fits_takes_no_more_lines_than_there_are() {
        let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(4);
        for text in ["MM MMMM MMMMMMM", long.as_str(), "渡辺健二渡辺健二渡辺健二渡辺健二", "👩‍⚕️👩‍⚕️👩‍⚕️👩‍⚕️👩‍⚕️👩‍⚕️👩‍⚕️👩‍⚕️"]
        {
            let size = size(&[text], FACE);
            assert!(lines(text, size, FACE.width) as f64 * size * LEADING <= FACE.height, "{text} {size}");
            assert!(size > 4.0, "{text} {size}");
        }
    }

    #[test]
    fn a_word_is_rather_smaller_than_broken() {
        let room = Room { width: 60.0, height: 40.0, largest: 17.0 };
        let word = size(&["Interoperability"], room);
        assert!(width("Interoperability", word) <= 60.0, "{word}");
    }

    #[test]
    fn wide_letters_take_more_room_than_narrow_ones() {
        let w = |text| width(text, 1.0);
        assert!(w("WWW") > w("aaa") && w("aaa") > w("iii"));
        assert!(w("健") > w("a") && w("👩‍⚕️") > w("健"));
        assert_eq!(w("e\u{301}"), w("e"));
    }

    #[test]
    fn lines_are_counted_as_words_are_broken() {
        assert_eq!(lines("", 4.0, 50.0), 1);
        assert_eq!(lines("one two three", 4.0, 500.0), 1);
        assert_eq!(lines("aaaaaaaaaaaaaaa aaaaaaaaaaaaaaa", 4.0, 50.0), 2);
        assert!(lines(&"a".repeat(60), 4.0, 50.0) >= 4);
    }
}
