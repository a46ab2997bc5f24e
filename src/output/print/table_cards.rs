//! Table cards: what lies on a table says what happens there, round by round, and who comes.

use askama::Template;

use super::facts::{Facts, keep_new};
use super::fit::{Fitted, LEADING, Room, lines};
use super::paper::Size;
use super::qr::Qr;
use super::wording::shown;
use super::{MARGIN, Owner, Piece};
use crate::domain::{ExpertIx, RoundIx};

/// A page for each table; more where a page does not hold its groups.
#[derive(Template)]
#[template(path = "print/table_cards.html")]
pub(super) struct TableCards<'a> {
    facts: &'a Facts<'a>,
    cards: Vec<Card>,
}

struct Card {
    table: Fitted,
    room: String,
    expert: Fitted,
    affiliation: String,
    rounds: Vec<Round>,
    /// The size of type of the rounds.
    size: f64,
    qr: Option<Qr>,
}

/// A round at a table, or a break (`group` is `None`).
struct Round {
    day: Option<String>,
    start: String,
    /// The clock at its end; of a break its length.
    end: String,
    title: String,
    topic: String,
    group: Option<Vec<Guest>>,
}

struct Guest {
    name: String,
    affiliation: String,
}

/// The sizes of type of the rounds.
const SIZES: [f64; 11] = [6.2, 5.7, 5.2, 4.8, 4.4, 4.0, 3.6, 3.3, 3.0, 2.75, 2.5];
/// The size of type where a page does not hold the rounds at any of them.
const SEVERAL_PAGES: f64 = 3.6;
/// What usual fonts take of the height that wide ones would.
const NARROWER: f64 = 0.9;
/// The head and the foot of a card.
const HEAD: f64 = 48.0;
/// The column of clock times, in sizes of type.
const CLOCK: f64 = 8.0;

impl<'a> TableCards<'a> {
    /// The cards of the experts whose are wanted, by table.
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let experts = facts.experts(|owner| facts.kit.wants(Piece::TableCards, owner));
        let cards = experts.into_iter().map(|e| card(facts, e)).collect();
        TableCards { facts, cards }
    }
}

fn card(facts: &Facts, e: ExpertIx) -> Card {
    let expert = facts.event.expert(e);
    let owner = Owner::Expert(e);
    let paper = Size::of(facts.event.print.paper);
    let (width, height) = (paper.width - 2.0 * MARGIN, paper.height - 2.0 * MARGIN - HEAD);
    let mut rounds: Vec<Round> = facts.event.round_ixs().flat_map(|r| rounds(facts, e, r)).collect();
    keep_new(rounds.iter_mut().map(|round| &mut round.day));
    let fits = |size: &f64| rounds.iter().map(|round| round.height(*size, width)).sum::<f64>() * NARROWER <= height;
    let size = SIZES.into_iter().find(fits).unwrap_or(SEVERAL_PAGES);
    let qr = (facts.kit.calendar)(owner).and_then(|address| Qr::new(&address));
    Card {
        table: Fitted::new(shown(&expert.table), Room { width: 0.38 * width, height: 27.0, largest: 21.5 }),
        room: facts.room(expert),
        expert: Fitted::new(facts.name(owner), Room { width: 0.4 * width, height: 19.0, largest: 7.3 }),
        affiliation: facts.affiliation(owner),
        rounds,
        size,
        qr,
    }
}

/// A round in which the expert is there, and the break after it.
fn rounds(facts: &Facts, e: ExpertIx, r: RoundIx) -> impl Iterator<Item = Round> + use<> {
    let time = facts.time(r);
    let present = facts.event.expert(e).present;
    let group = facts.group(e, r);
    let guest = |m| Guest { name: facts.name(Owner::Mentee(m)), affiliation: facts.affiliation(Owner::Mentee(m)) };
    let mut mentees: Vec<_> = group.iter().map(|seat| seat.mentee).collect();
    mentees.sort_by_cached_key(|&m| facts.order(Owner::Mentee(m)));
    let round = present.contains(r).then(|| Round {
        day: facts.day(r),
        start: time.start.clone(),
        end: time.end.clone(),
        title: time.title.clone(),
        topic: facts.topic(group),
        group: Some(mentees.into_iter().map(guest).collect()),
    });
    let between = present.iter().any(|other| other <= r) && present.iter().any(|other| other > r);
    let pause = facts.pause(r).filter(|_| between).map(|pause| Round {
        day: None,
        start: pause.start,
        end: pause.length,
        title: pause.label,
        topic: String::new(),
        group: None,
    });
    round.into_iter().chain(pause)
}

impl Round {
    /// The height at a size of type on a page of this width.
    fn height(&self, size: f64, width: f64) -> f64 {
        let line = size * LEADING;
        let day = self.day.as_ref().map_or(0.0, |_| 2.0 * line);
        let Some(group) = &self.group else { return day + 2.0 * line };
        let content = width - CLOCK * size;
        let column = content / 2.0 - size;
        let of = |guest: &Guest| {
            let affiliation = lines(&guest.affiliation, 0.78 * size, column) as f64 * 0.78;
            lines(&guest.name, size, column) as f64 + affiliation + 0.25
        };
        let guests: f64 = group.chunks(2).map(|row| row.iter().map(of).fold(0.0, f64::max)).sum();
        let topic =
            if self.topic.is_empty() { 0.0 } else { lines(&self.topic, 1.1 * size, content) as f64 * 1.1 + 0.3 };
        day + (topic + guests).max(3.6) * line + 1.6 * size
    }
}
