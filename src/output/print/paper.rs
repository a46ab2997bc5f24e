//! Where things are on paper: sheets, cards on them, marks to cut and fold by. All lengths are in millimetres.

use crate::domain::Paper;

/// Length of a mark.
const MARK: f64 = 6.0;
/// From a card's corner to the mark that shows it.
const GAP: f64 = 2.0;
/// Millimetres in an inch, by which stock is measured.
const INCH: f64 = 25.4;

/// A width and a height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    pub width: f64,
    pub height: f64,
}

/// A card on a sheet, by its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub left: f64,
    pub top: f64,
}

/// A sheet with its cards, all of one size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// The sheet.
    pub sheet: Size,
    /// A card.
    pub card: Size,
    /// Where the cards are, row by row.
    pub spots: Vec<Spot>,
    /// The lines to cut along.
    pub cuts: Vec<Line>,
    /// The lines to fold along.
    pub folds: Vec<Line>,
}

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Line {
    from: Spot,
    to: Spot,
}

impl Size {
    /// A sheet of paper, upright.
    pub fn of(paper: Paper) -> Size {
        match paper {
            Paper::A4 => Size { width: 210.0, height: 297.0 },
            Paper::Letter => Size { width: 8.5 * INCH, height: 11.0 * INCH },
        }
    }

    /// The same sheet on its side.
    pub fn on_its_side(self) -> Size {
        Size { width: self.height, height: self.width }
    }
}

impl Layout {
    /// One tent card from a whole sheet on its side, folded in the middle.
    pub fn tent(paper: Paper) -> Layout {
        let sheet = Size::of(paper).on_its_side();
        let folds = across(sheet, sheet.height / 2.0).to_vec();
        Layout { sheet, card: sheet, spots: vec![Spot { left: 0.0, top: 0.0 }], cuts: Vec::new(), folds }
    }

    /// Avery 5305: two tent cards of 8.5 × 5 inches, half an inch from the top of a Letter sheet, scored in the
    /// middle.
    pub fn avery_5305() -> Layout {
        let sheet = Size::of(Paper::Letter);
        let card = Size { width: sheet.width, height: 5.0 * INCH };
        let tops = [0.5 * INCH, 5.5 * INCH];
        let folds = tops.iter().flat_map(|top| across(sheet, top + card.height / 2.0)).collect();
        let spots = tops.map(|top| Spot { left: 0.0, top }).to_vec();
        Layout { sheet, card, spots, cuts: Vec::new(), folds }
    }

    /// Eight badges of 3⅜ × 2⅓ inches without gaps, amid the sheet.
    pub fn badges(paper: Paper) -> Layout {
        let sheet = Size::of(paper);
        let card = BADGE;
        let left = (sheet.width - 2.0 * card.width) / 2.0;
        let top = (sheet.height - 4.0 * card.height) / 2.0;
        let columns: Vec<f64> = (0..=2).map(|n| left + f64::from(n) * card.width).collect();
        let rows: Vec<f64> = (0..=4).map(|n| top + f64::from(n) * card.height).collect();
        let (right, bottom) = (left + 2.0 * card.width, top + 4.0 * card.height);
        let upright = columns.iter().flat_map(|&x| {
            [Line::down(x, top - GAP - MARK, top - GAP), Line::down(x, bottom + GAP, bottom + GAP + MARK)]
        });
        let level = rows.iter().flat_map(|&y| {
            [Line::along(y, left - GAP - MARK, left - GAP), Line::along(y, right + GAP, right + GAP + MARK)]
        });
        let cuts = upright.chain(level).collect();
        Layout { sheet, card, spots: grid(left, top, card.width, card.height), cuts, folds: Vec::new() }
    }

    /// Avery 5395: eight labels of 3⅜ × 2⅓ inches on a Letter sheet, 0.6875 inches from its left and 0.5833 from its
    /// top, every 3.75 and 2.5 inches.
    pub fn avery_5395() -> Layout {
        let spots = grid(0.6875 * INCH, 7.0 / 12.0 * INCH, 3.75 * INCH, 2.5 * INCH);
        Layout { sheet: Size::of(Paper::Letter), card: BADGE, spots, cuts: Vec::new(), folds: Vec::new() }
    }

    /// Cards in their order on as many sheets as they need.
    pub fn sheets<T>(&self, cards: Vec<T>) -> Vec<Vec<(Spot, T)>> {
        let mut cards = cards.into_iter();
        let sheet = || Some(self.spots.iter().copied().zip(cards.by_ref()).collect::<Vec<_>>());
        std::iter::from_fn(sheet).take_while(|sheet| !sheet.is_empty()).collect()
    }

    /// Two cards side by side on a sheet on its side, to be cut in the middle.
    pub fn halves(paper: Paper) -> Layout {
        let sheet = Size::of(paper).on_its_side();
        let middle = sheet.width / 2.0;
        Layout {
            sheet,
            card: Size { width: middle, height: sheet.height },
            spots: [0.0, middle].map(|left| Spot { left, top: 0.0 }).to_vec(),
            cuts: vec![Line::down(middle, 0.0, sheet.height)],
            folds: Vec::new(),
        }
    }
}

const BADGE: Size = Size { width: 3.375 * INCH, height: 7.0 / 3.0 * INCH };

/// Two columns and four rows.
fn grid(left: f64, top: f64, across: f64, down: f64) -> Vec<Spot> {
    let cell = |n: u32| Spot { left: left + f64::from(n % 2) * across, top: top + f64::from(n / 2) * down };
    (0..8).map(cell).collect()
}

/// Marks at both edges of a sheet to fold it by.
fn across(sheet: Size, y: f64) -> [Line; 2] {
    [Line::along(y, GAP, GAP + MARK), Line::along(y, sheet.width - GAP - MARK, sheet.width - GAP)]
}

impl Line {
    fn along(y: f64, from: f64, to: f64) -> Line {
        Line { from: Spot { left: from, top: y }, to: Spot { left: to, top: y } }
    }

    fn down(x: f64, from: f64, to: f64) -> Line {
        Line { from: Spot { left: x, top: from }, to: Spot { left: x, top: to } }
    }
}

/// Lines as the path of an SVG in millimetres.
pub(super) fn path(lines: &[Line]) -> String {
    let line = |l: &Line| format!("M{:.3} {:.3}L{:.3} {:.3}", l.from.left, l.from.top, l.to.left, l.to.top);
    lines.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inches(spot: Spot) -> (f64, f64) {
        let round = |mm: f64| (mm / INCH * 1e4).round() / 1e4;
        (round(spot.left), round(spot.top))
    }

    #[test]
    fn the_stock_of_avery_is_where_its_templates_say() {
        let signs = Layout::avery_5305();
        assert_eq!(signs.spots.iter().copied().map(inches).collect::<Vec<_>>(), [(0.0, 0.5), (0.0, 5.5)]);
        let folds: Vec<_> = signs.folds.iter().map(|fold| inches(fold.from).1).collect();
        assert_eq!(folds, [3.0, 3.0, 8.0, 8.0]);
        let badges = Layout::avery_5395();
        let spots: Vec<_> = badges.spots.iter().copied().map(inches).collect();
        assert_eq!(spots[..3], [(0.6875, 0.5833), (4.4375, 0.5833), (0.6875, 3.0833)]);
        assert_eq!(spots[7], (4.4375, 8.0833));
    }

    #[test]
    fn cards_and_marks_are_on_the_sheet() {
        let layouts = [Paper::A4, Paper::Letter]
            .into_iter()
            .flat_map(|paper| [Layout::tent(paper), Layout::badges(paper), Layout::halves(paper)]);
        for layout in layouts.chain([Layout::avery_5305(), Layout::avery_5395()]) {
            let within = |spot: Spot, size: Size| {
                spot.left >= 0.0
                    && spot.top >= 0.0
                    && spot.left + size.width <= layout.sheet.width + 1e-9
                    && spot.top + size.height <= layout.sheet.height + 1e-9
            };
            assert!(layout.spots.iter().all(|&spot| within(spot, layout.card)), "{layout:?}");
            let point = Size { width: 0.0, height: 0.0 };
            let marks = layout.cuts.iter().chain(&layout.folds).flat_map(|mark| [mark.from, mark.to]);
            assert!(marks.into_iter().all(|spot| within(spot, point)), "{layout:?}");
        }
    }
}
