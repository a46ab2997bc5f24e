//! Numbers and sizes of pages, and everything within its card.

use std::collections::BTreeMap;

use crate::chromium::{Page, pages};
use crate::hostile::{NAMES, Scheduled};
use crate::measure::{Measured, measured};

const A4: Page = (210.0, 297.0);
const LETTER: Page = (215.9, 279.4);

fn on_its_side((width, height): Page) -> Page {
    (height, width)
}

/// A PDF rounds to a hundredth of an inch or so.
fn alike(a: Page, b: Page) -> bool {
    (a.0 - b.0).abs() < 0.5 && (a.1 - b.1).abs() < 0.5
}

/// The page of the whole kit.
fn page(event: &Scheduled) -> String {
    String::from_utf8(event.printed("venue-kit.html")).expect("a page is UTF-8")
}

/// Measures the whole kit of an event: cards, and that nothing is out of place.
#[track_caller]
fn holds(event: &Scheduled, cards: usize) {
    let html = page(event);
    let Measured { cards: found, texts, offences, title } = measured(&html);
    assert!(offences.is_empty(), "out of place:\n  {}", offences.join("\n  "));
    assert_eq!(found, cards, "cards");
    assert!(texts > 20 * cards, "only {texts} texts were measured");
    assert!(title.starts_with("Women in Health IT") && !html.contains("<script"), "a name ran as a script");
}

/// Each piece as PDF: its number of pages and their size.
#[track_caller]
fn has_pages(event: &Scheduled, expected: &[(&str, std::ops::RangeInclusive<usize>, Page)]) {
    event.run(&["print", ".", "--pdf", "--quiet"]);
    for (piece, count, size) in expected {
        let pages = pages(&event.printed(&format!("{piece}.pdf")));
        assert!(count.contains(&pages.len()), "{piece} has {} pages, and not {count:?}", pages.len());
        assert!(pages.iter().all(|page| alike(*page, *size)), "{piece} is on {pages:?}, and not on {size:?}");
    }
}

#[test]
fn a_usual_event_on_a4() {
    let event = Scheduled::new(15, 60, 5, "paper = \"a4\"");
    event.run(&["print", ".", "--all", "--quiet"]);
    // With the blanks: 2 cards, 8 badges, 1 sign.
    holds(&event, 15 + 60 + 75 + 11);
    let html = page(&event);
    for name in NAMES.iter().filter(|name| !name.contains(['<', '&', '"', '\''])) {
        assert!(html.contains(name), "{name} is not whole");
    }
    let expected = [
        ("table-signs", 15..=15, on_its_side(A4)),
        ("table-cards", 15..=15, A4),
        ("expert-sheets", 15..=60, A4),
        ("mentee-cards", 30..=30, on_its_side(A4)),
        ("badges", 10..=10, A4),
        ("door-list", 2..=5, A4),
        ("run-of-show", 1..=1, A4),
        ("sit-outs", 1..=2, A4),
    ];
    has_pages(&event, &expected);
    let blanks = pages(&event.printed("spare-blanks.pdf"));
    assert_eq!(blanks.len(), 3, "a sheet each of cards, badges and signs");
}

#[test]
fn a_usual_event_on_letter_and_stock_of_avery() {
    let print = "paper = \"letter\"\ntable_signs = \"avery-5305\"\nbadges = \"avery-5395\"\n\
                 base_address = \"https://example.org/hostile/\"";
    let event = Scheduled::new(15, 60, 5, print);
    event.run(&["print", ".", "--all", "--quiet"]);
    holds(&event, 15 + 60 + 75 + 12);
    let expected = [
        ("table-signs", 8..=8, LETTER),
        ("table-cards", 15..=15, LETTER),
        ("expert-sheets", 15..=60, LETTER),
        ("mentee-cards", 30..=30, on_its_side(LETTER)),
        ("badges", 10..=10, LETTER),
        ("door-list", 2..=6, LETTER),
        ("run-of-show", 1..=1, LETTER),
        ("sit-outs", 1..=2, LETTER),
    ];
    has_pages(&event, &expected);
}

#[test]
fn an_event_from_right_to_left_with_long_words_and_clock_times() {
    let labels = ["round", "table", "expert", "mentee", "pause", "goal", "next_step", "scan", "sits_out", "warning"];
    let long = labels
        .map(|label| format!("{label} = \"كلمة طويلة جدا في هذا البرنامج {{}} كلمة طويلة جدا في هذا\"\n"))
        .concat();
    let print = format!(
        "base_address = \"https://example.org/x/\"\n[text]\nlanguage = \"ar\"\nclock = \"%-I:%M:%S %p\"\n\
         date = \"%A, %-d %B %Y, %Z\"\n{long}"
    );
    let event = Scheduled::new(8, 24, 5, &print);
    event.run(&["print", ".", "--all", "--quiet"]);
    holds(&event, 8 + 24 + 32 + 11);
    assert!(page(&event).contains("<html lang=\"ar\" dir=\"rtl\">"));
}

#[test]
fn cards_that_hold_too_many_rounds_are_pages() {
    let event = Scheduled::new(30, 12, 30, "paper = \"a4\"");
    event.run(&["print", ".", "--all", "--quiet"]);
    holds(&event, 30 + 42 + 9);
    event.run(&["print", ".", "--pdf", "--quiet", "--only", "mentee-cards"]);
    let pages = pages(&event.printed("mentee-cards.pdf"));
    assert!(pages.len() > 12 && pages.iter().all(|page| alike(*page, A4)), "{pages:?}");
}

/// The pages of the whole kit of 60 × 300 × 8 by their size, with those of the pieces whose number is certain.
fn a_large_event(paper: &str, size: Page) {
    let event = Scheduled::new(60, 300, 8, &format!("paper = \"{paper}\""));
    event.run(&["print", ".", "--all", "--pdf", "--quiet"]);
    holds(&event, 60 + 300 + 360 + 11);
    let mut counts = BTreeMap::new();
    for page in pages(&event.printed("venue-kit.pdf")) {
        let side = if page.0 > page.1 { on_its_side(size) } else { size };
        assert!(alike(page, side), "a page of {page:?}");
        *counts.entry(page.0 > page.1).or_insert(0) += 1;
    }
    assert_eq!(counts.get(&true), Some(&(60 + 150 + 2)), "signs and cards, and a blank sheet of each");
    let upright = counts.get(&false).copied().unwrap_or(0);
    assert!((45 + 1 + 60 + 60..600).contains(&upright), "{upright} upright pages");
}

#[test]
fn what_is_out_of_place_is_found() {
    let event = Scheduled::new(2, 4, 4, "paper = \"a4\"");
    event.run(&["print", ".", "--all", "--quiet"]);
    let offences = |style: &str| {
        let html = page(&event).replace("</style>", &format!("{style}</style>"));
        measured(&html).offences
    };
    assert_eq!(offences(""), [""; 0]);
    for (style, expected) in [
        (".badge h2 { font-size: 30mm !important }", "card badge"),
        (".sign h2 { white-space: nowrap; font-size: 40mm !important }", "face"),
        (".mentee .way { font-size: 14mm !important }", "card mentee"),
        (".door-list td { white-space: nowrap; overflow-wrap: normal; font-size: 20mm }", "page list"),
        (".badge .role { margin-top: -20mm }", "lies on"),
        (".badge { left: 150mm !important }", "is not on its sheet"),
    ] {
        let found = offences(style);
        assert!(found.iter().any(|offence| offence.contains(expected)), "{style}: {found:?}");
    }
}

#[test]
fn a_large_event_on_a4() {
    a_large_event("a4", A4);
}

#[test]
fn a_large_event_on_letter() {
    a_large_event("letter", LETTER);
}
