//! A plan that keeps to the standing one: late registrations change few cards.
//!
//! The pairing keeps the most pairs that it can (the flow sees to it). Their rounds stay; the other meetings are put
//! around them ([`insertion`]), and what the levels above `changes` then lack of a fresh plan is mended with few
//! cards changed ([`mending`]).

mod insertion;
mod mending;

use super::Options;
use super::flow::Pairing;
use super::mixing::{Tables, steps};
use super::rotation::rotate;
use crate::domain::Schedule;
use crate::pairs::Pairs;
use mending::Mender;

/// A schedule of the pairing with few cards changed against `standing`, and the steps used. It is brought down to
/// what `fresh` costs in the levels above `changes`, as far as the steps suffice.
pub fn keep(
    pairs: &Pairs,
    pairing: &Pairing,
    (standing, fresh): (&Schedule, &Schedule),
    every_round: bool,
    options: &Options,
) -> (Schedule, u64) {
    let event = pairs.event();
    let mut tables = Tables::new(event, every_round, None);
    tables.seat_all(fresh.seats());
    let target = tables.cost();
    tables = Tables::new(event, every_round, Some(standing));
    let layout = if insertion::seat(&mut tables, pairing, standing) {
        tables.schedule()
    } else {
        rotate(event, pairing, Some(standing))
    };
    tables.seat_all(layout.seats());
    let search = (options.steps.min(16 * steps(options, &layout)), options.seed);
    let used = Mender::new(pairs, &mut tables, standing, target, search).run(options.stop);
    (tables.schedule(), used)
}
