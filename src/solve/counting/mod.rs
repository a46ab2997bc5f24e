//! Bounds by counting: what follows from how many people sit in each round, how many tables can be open there, and who
//! can meet whom.
//!
//! Those on `new-faces` and `even-tables` hold for every schedule with the values of the levels above, of which only
//! `seats` is looked at: with it, the seats of the day are known, those of a round often, and of each mentee at least so
//! many. Those on the priorities that the pair model knows are coarse, and hold for every schedule. Rules that are left
//! out (topics, travel) loosen the bounds, and leave them bounds.

mod companions;
mod even_tables;
mod faces;
mod meetings;
mod returns;
mod seating;

use crate::domain::Priority;
use crate::pairs::Pairs;

pub use meetings::{fair_share, first_choices, preferences, so_many_seats};
pub use seating::Seating;

/// The most that `seats` can be.
pub fn seats(pairs: &Pairs, every_round: bool) -> Vec<i64> {
    meetings::seats(&Seating::new(pairs, every_round, &[]))
}

/// The least that `new-faces` can be, given the values of the levels `above`.
pub fn new_faces(pairs: &Pairs, every_round: bool, above: &[(Priority, Vec<i64>)]) -> i64 {
    let seating = Seating::new(pairs, every_round, above);
    faces::bound(&seating).max(returns::bound(&seating))
}

/// The least that `even-tables` can be, given the values of the levels `above`.
pub fn even_tables(pairs: &Pairs, every_round: bool, above: &[(Priority, Vec<i64>)]) -> i64 {
    even_tables::bound(&Seating::new(pairs, every_round, above))
}
