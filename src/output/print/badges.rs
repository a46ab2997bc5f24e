//! Badges: the name, large, and where somebody belongs.

use askama::Template;

use super::facts::Facts;
use super::fit::{Fitted, Room};
use super::paper::{Layout, Size, Spot, path};
use super::wording::shown;
use super::{Owner, Piece};
use crate::domain::{BadgeStock, Event};

/// Badges on their sheets.
#[derive(Template)]
#[template(path = "print/badges.html")]
pub(super) struct Badges {
    event: Fitted,
    sheet_size: Size,
    card: Size,
    marks: String,
    sheets: Vec<Vec<(Spot, Badge)>>,
}

/// A badge. Texts of a blank one are empty.
struct Badge {
    name: Fitted,
    affiliation: Fitted,
    role: Fitted,
    /// Whether it is an expert's.
    host: bool,
}

/// Room in the 85.7 × 59.3 mm of a badge, whose margins are 6 mm.
const EVENT: Room = Room { width: 56.0, height: 6.4, largest: 2.5 };
const NAME: Room = Room { width: 73.0, height: 22.0, largest: 9.3 };
const AFFILIATION: Room = Room { width: 73.0, height: 9.5, largest: 4.0 };
const ROLE: Room = Room { width: 70.0, height: 5.2, largest: 3.55 };

impl Badges {
    /// The badges of those whose are wanted: experts by table, mentees by surname.
    pub fn new(facts: &Facts) -> Self {
        let wants = |owner| facts.kit.wants(Piece::Badges, owner);
        let experts = facts.experts(wants).into_iter().map(Owner::Expert);
        let mut mentees: Vec<_> = facts.event.mentee_ixs().filter(|&m| wants(Owner::Mentee(m))).collect();
        mentees.sort_by_cached_key(|&m| facts.order(Owner::Mentee(m)));
        let badges = experts.chain(mentees.into_iter().map(Owner::Mentee)).map(|owner| badge(facts, owner));
        Self::laid_out(facts, badges.collect())
    }

    /// One sheet of badges to be filled in by hand.
    pub fn blank(facts: &Facts) -> Self {
        let badge = || Badge {
            name: Fitted::new(String::new(), NAME),
            affiliation: Fitted::new(String::new(), AFFILIATION),
            role: Fitted::new(String::new(), ROLE),
            host: false,
        };
        Self::laid_out(facts, layout(facts.event).spots.iter().map(|_| badge()).collect())
    }

    fn laid_out(facts: &Facts, badges: Vec<Badge>) -> Self {
        let layout = layout(facts.event);
        Badges {
            event: Fitted::new(shown(&facts.event.name), EVENT),
            sheet_size: layout.sheet,
            card: layout.card,
            marks: path(&layout.cuts),
            sheets: layout.sheets(badges),
        }
    }
}

/// How badges are on their sheets.
pub(super) fn layout(event: &Event) -> Layout {
    match event.print.badges {
        BadgeStock::Cut => Layout::badges(event.print.paper),
        BadgeStock::Avery5395 => Layout::avery_5395(),
    }
}

fn badge(facts: &Facts, owner: Owner) -> Badge {
    let affiliation = facts.affiliation(owner);
    let (role, host) = match owner {
        Owner::Expert(e) => {
            let place = format!("{} {}", facts.labels.table, shown(&facts.event.expert(e).table));
            (format!("{} · {}", facts.labels.expert, place.trim()), true)
        }
        Owner::Mentee(_) => (facts.labels.mentee.clone(), false),
    };
    Badge {
        name: Fitted::new(facts.name(owner), NAME),
        affiliation: Fitted::new(affiliation, AFFILIATION),
        role: Fitted::new(role, ROLE),
        host,
    }
}
