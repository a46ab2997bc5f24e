//! Back to the standing plan: fewer people get another card, everything above being held.

use std::collections::BTreeSet;

use crate::domain::{Level, Schedule, Seat};
use crate::solve::choice::Learning;
use crate::solve::models::levels::Part;
use crate::solve::models::neighbourhoods::{Aim, Position, better};
use crate::solve::models::sum::{Column, Sum};
use crate::solve::models::{Levels, Question, Solver};

use super::manners::{MOST_WORK, Manner, Patience};
use super::{Climber, Effort, Kind, Sizes};

/// People with another card are few: they alone are most of what is worth seating anew.
const CARDS: Manner = Manner {
    kinds: &[Kind::Cards],
    learning: Learning::NONE,
    share: Some(1),
    last_share: None,
    begins_small: true,
    much_larger: 1.2,
    patience: Patience::Share(4),
    patience_with_last: None,
    ends_with_whole: false,
    most_on_some: MOST_WORK,
    most_on_whole: 12_000_000,
    is_guided: false,
    asides: 0,
    most_on_relaxation: 8_000_000,
};

/// A card weighs as much as so many seats that differ: which cards can stay shows in the seats before.
const SEATS_A_CARD: i64 = 20;

/// Betters `changes`, the last priority of the question; those before are as good as in `start` afterwards. `known` are
/// the levels of `start` with bounds that hold. `None` when `start` breaks a rule.
pub fn fewer_cards(question: &Question, start: &Schedule, known: &[Level], effort: &Effort) -> Option<Levels> {
    let mut sizes = Sizes::default();
    let mut climber = Climber::new(effort, &CARDS, &mut sizes);
    let position = Position::new(question, start)?;
    let levels = better(question, position, known, Solver::Microlp, |position, aim| {
        if aim.at == (effort.held, 0) {
            let part = cards_and_seats(position, aim.part);
            let bound = part.extreme(&position.model.program);
            climber.climb(position, &Aim { part: &part, bound, ..*aim });
        }
        aim.bound
    });
    Some(Levels { steps: climber.nodes, ..levels })
}

/// Cards and seats that are not the standing plan's, in one sum.
fn cards_and_seats(position: &Position, cards: &Part) -> Part {
    let model = &position.model;
    let standing: BTreeSet<&Seat> = model.standing.iter().flat_map(|plan| plan.seats()).collect();
    let decisions = (0..position.decisions.len()).map(Column::new);
    let seats: Sum = decisions.filter(|&decision| !standing.contains(&model.seat(decision))).collect();
    Part::of(cards.sense, cards.objective.clone() * SEATS_A_CARD + seats)
}
