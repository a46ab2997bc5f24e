//! Mentee cards: the way through the rounds, and room for a goal and the next step.

use askama::Template;

use super::facts::{Facts, keep_new};
use super::fit::{Fitted, LEADING, Room, lines, width};
use super::paper::{Layout, Size, Spot, path};
use super::qr::Qr;
use super::wording::shown;
use super::{Owner, Piece};
use crate::domain::{MenteeIx, RoundIx, Seat};

/// Cards, two a sheet; or, where one does not hold the rounds of everybody, a page or more each.
#[derive(Template)]
#[template(path = "print/mentee_cards.html")]
pub(super) struct MenteeCards<'a> {
    facts: &'a Facts<'a>,
    event: String,
    foot: String,
    sheet_size: Size,
    card: Size,
    marks: String,
    columns: Columns,
    sheets: Vec<Vec<(Spot, Card)>>,
    pages: Vec<Card>,
}

/// What a card shows. Texts of a blank one are empty.
struct Card {
    name: Fitted,
    affiliation: Fitted,
    rows: Vec<Row>,
    /// The size of type of the rows.
    size: f64,
    qr: Option<Qr>,
}

/// A line of the way.
#[derive(Clone)]
struct Row {
    kind: Kind,
    /// The date above it, where a new day begins.
    day: Option<String>,
    start: String,
    /// Such as `Round 1`, or how long a break is.
    title: String,
    table: String,
    room: String,
    /// The expert, or what happens instead.
    who: String,
    topic: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Seat,
    SitsOut,
    Pause,
    /// To be filled in by hand.
    Blank,
}

/// The widths of the columns of clock times and tables, in sizes of type, and that of the rows in millimetres.
#[derive(Clone, Copy)]
struct Columns {
    clock: f64,
    table: f64,
    whole: f64,
}

/// Around the content of a card.
const MARGIN: f64 = 11.0;
/// The head of a card: event, name, organization.
const HEAD: f64 = 34.0;
/// The foot of a card: goal, next step, revision.
const FOOT: f64 = 48.0;
/// What a row is at least that is filled in by hand. The style sheet has the same.
const BLANK: f64 = 9.0;
/// The size of type of the rows where a card is a page.
const PAGE_SIZE: f64 = 4.0;
/// The sizes of type of the rows of a card.
const SIZES: [f64; 12] = [5.2, 4.8, 4.4, 4.0, 3.7, 3.4, 3.15, 2.9, 2.65, 2.4, 2.2, 2.0];

impl<'a> MenteeCards<'a> {
    /// The cards of the mentees whose are wanted, by surname.
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let wanted = |&m: &MenteeIx| facts.kit.wants(Piece::MenteeCards, Owner::Mentee(m));
        let mut mentees: Vec<_> = facts.event.mentee_ixs().filter(wanted).collect();
        mentees.sort_by_cached_key(|&m| facts.order(Owner::Mentee(m)));
        let layout = Layout::halves(facts.event.print.paper);
        let cards = mentees.into_iter().map(|m| card(facts, m, layout.card.width - 2.0 * MARGIN)).collect();
        Self::laid_out(facts, layout, cards)
    }

    /// One sheet of cards to be filled in by hand.
    pub fn blank(facts: &'a Facts<'a>) -> Self {
        let layout = Layout::halves(facts.event.print.paper);
        let mut rows = Vec::new();
        for r in facts.event.round_ixs() {
            rows.push(Row { kind: Kind::Blank, ..row(facts, r) });
            rows.extend(pause(facts, r));
        }
        keep_new(rows.iter_mut().map(|row| &mut row.day));
        let width = layout.card.width - 2.0 * MARGIN;
        let card = || of_rows(String::new(), String::new(), rows.clone(), None, width);
        let cards = layout.spots.iter().map(|_| card()).collect();
        Self::laid_out(facts, layout, cards)
    }

    fn laid_out(facts: &'a Facts<'a>, layout: Layout, mut cards: Vec<Card>) -> Self {
        let card = layout.card;
        let columns = columns(facts, card.width - 2.0 * MARGIN);
        let room = card.height - 2.0 * MARGIN - HEAD - FOOT;
        let size_of = |card: &Card| SIZES.into_iter().find(|&size| height(&card.rows, columns, size) <= room);
        let sizes: Option<Vec<f64>> = cards.iter().map(size_of).collect();
        let halves = sizes.is_some();
        let sizes = sizes.unwrap_or_else(|| vec![PAGE_SIZE; cards.len()]);
        // Cards lie side by side: what most of them can have is enough for each.
        let mut usual = sizes.clone();
        usual.sort_by(f64::total_cmp);
        let usual = usual.get(sizes.len() / 2).copied().unwrap_or(PAGE_SIZE);
        cards.iter_mut().zip(sizes).for_each(|(card, own)| card.size = own.min(usual));
        let (cards, pages) = if halves { (cards, Vec::new()) } else { (Vec::new(), cards) };
        let (event, foot, marks) = (shown(&facts.event.name), facts.foot(), path(&layout.cuts));
        MenteeCards {
            facts,
            event,
            foot,
            sheet_size: layout.sheet,
            card,
            marks,
            columns,
            sheets: layout.sheets(cards),
            pages,
        }
    }
}

fn card(facts: &Facts, m: MenteeIx, width: f64) -> Card {
    let owner = Owner::Mentee(m);
    let qr = (facts.kit.calendar)(owner).and_then(|address| Qr::new(&address));
    of_rows(facts.name(owner), facts.affiliation(owner), way(facts, m), qr, width)
}

fn of_rows(name: String, affiliation: String, rows: Vec<Row>, qr: Option<Qr>, width: f64) -> Card {
    let name = Fitted::new(name, Room { width, height: 17.0, largest: 8.2 });
    let affiliation = Fitted::new(affiliation, Room { width, height: 7.0, largest: 3.15 });
    Card { name, affiliation, rows, size: SIZES[0], qr }
}

/// Where a mentee goes, round by round, with the breaks between.
fn way(facts: &Facts, m: MenteeIx) -> Vec<Row> {
    let present = facts.event.mentee(m).present;
    let seats = facts.seats(m);
    let mut rows: Vec<Row> = Vec::new();
    for r in facts.event.round_ixs() {
        let seat = seats.iter().find(|seat| seat.round == r);
        match seat {
            Some(seat) => rows.push(seat_row(facts, seat)),
            None if facts.sit_outs(m).contains(&r) => {
                rows.push(Row { kind: Kind::SitsOut, who: facts.labels.sits_out.clone(), ..row(facts, r) });
            }
            None => {}
        }
        let later = present.iter().any(|later| later > r);
        if !rows.is_empty() && later {
            rows.extend(pause(facts, r));
        }
    }
    while rows.last().is_some_and(|row| row.kind == Kind::Pause) {
        rows.pop();
    }
    keep_new(rows.iter_mut().map(|row| &mut row.day));
    rows
}

/// The row of a round in which nothing is said yet, with its date.
fn row(facts: &Facts, r: RoundIx) -> Row {
    let time = facts.time(r);
    let nothing = String::new;
    Row {
        kind: Kind::Blank,
        day: facts.day(r),
        start: time.start.clone(),
        title: time.title.clone(),
        table: nothing(),
        room: nothing(),
        who: nothing(),
        topic: nothing(),
    }
}

fn seat_row(facts: &Facts, seat: &Seat) -> Row {
    let expert = facts.event.expert(seat.expert);
    Row {
        kind: Kind::Seat,
        table: shown(&expert.table),
        room: facts.room(expert),
        who: shown(&expert.name),
        topic: facts.topic(std::slice::from_ref(seat)),
        ..row(facts, seat.round)
    }
}

fn pause(facts: &Facts, after: RoundIx) -> Option<Row> {
    let pause = facts.pause(after)?;
    Some(Row {
        kind: Kind::Pause,
        day: None,
        start: pause.start,
        title: String::new(),
        who: format!("{} · {}", pause.label, pause.length),
        ..row(facts, after)
    })
}

fn columns(facts: &Facts, whole: f64) -> Columns {
    let widest = facts.times.iter().map(|time| width(&time.start, 1.35).max(width(&time.title, 0.75)));
    let clock = widest.fold(3.4, f64::max).min(8.0) + 0.6;
    Columns { clock, table: 5.2, whole }
}

/// The height of the rows at a size of type.
fn height(rows: &[Row], columns: Columns, size: f64) -> f64 {
    let beside = columns.whole - (columns.clock + columns.table) * size;
    let lines_of = |text: &str, part: f64, width: f64| match text.is_empty() {
        true => 0.0,
        false => lines(text, part * size, width) as f64 * part * size * LEADING,
    };
    let row = |row: &Row| {
        let day = row.day.as_deref().map_or(0.0, |day| lines_of(day, 0.85, columns.whole) + 0.9 * size);
        let clock = lines_of(&row.start, 1.35, columns.clock * size) + lines_of(&row.title, 0.75, columns.clock * size);
        let table = row.table_size(size) * LEADING * row.table_lines(size) + lines_of(&row.room, 0.75, 4.8 * size);
        let who = lines_of(&row.who, 1.1, beside) + lines_of(&row.topic, 0.95, beside) + 0.15 * size;
        let (least, around) = match row.kind {
            Kind::Blank => (BLANK, 1.3),
            Kind::Pause => (0.0, 0.9),
            Kind::Seat | Kind::SitsOut => (3.9 * size, 1.3),
        };
        day + (around * size + clock.max(table).max(who)).max(least)
    };
    rows.iter().map(row).sum()
}

impl Row {
    /// The size of type of the table's name, in a column of 4.8 sizes.
    fn table_size(&self, size: f64) -> f64 {
        let step =
            super::fit::size(&[&self.table], Room { width: 4.8 * size, height: 4.4 * size, largest: 2.0 * size });
        step.min(2.0 * size)
    }

    fn table_lines(&self, size: f64) -> f64 {
        lines(&self.table, self.table_size(size), 4.8 * size) as f64
    }

    fn class(&self) -> &'static str {
        match self.kind {
            Kind::Seat => "seat",
            Kind::SitsOut => "out",
            Kind::Pause => "pause",
            Kind::Blank => "blank",
        }
    }
}
