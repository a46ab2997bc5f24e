//! Along a plateau: another schedule that is as good, which no small move leads to.

use std::collections::BTreeSet;

use crate::domain::{Schedule, Sense};
use crate::solve::models::Question;
use crate::solve::models::levels::{Model, Part};
use crate::solve::models::neighbourhoods::Position;
use crate::solve::models::sum::{Column, Sum};
use crate::solve::random::Random;

use super::scopes::{self, Ground, Kind};
use super::{Effort, Most, look_at};

/// So much of the whole model is seated anew: of less there is often nothing else, and all takes much longer.
const SHARE: (usize, usize) = (11, 12);

/// So often it is tried.
const TRIES: usize = 2;

/// A seat weighs less than this, and one that is taken already so much less.
const WEIGHTS: usize = 100;

/// Another schedule, lexicographically no worse in the priorities of the question, by chance: most people are seated
/// anew in some rounds for weights by chance, what was reached being held. `None` when `from` breaks a rule, or nothing
/// is found in a few tries with so much work each.
pub fn another_as_good(question: &Question, from: &Schedule, effort: &Effort) -> Option<Schedule> {
    let (mut position, mut random) = (Position::new(question, from)?, Random::new(effort.seed));
    for part in question.order.iter().flat_map(|&priority| position.model.parts(priority)).collect::<Vec<_>>() {
        let value = position.value(&part);
        part.hold(&mut position.model.program, value);
    }
    let ground = Ground::of(&position);
    let another = (0..TRIES).find_map(|_| heavier(&position, &ground, effort, &mut random));
    another.map(|point| position.model.schedule(&point))
}

/// A point of the model that weighs more than the position, where most people may be seated anew. The weights are by
/// chance, but whatever differs weighs more than what is there: when nothing comes, there is nothing else, or it takes
/// more work.
fn heavier(position: &Position, ground: &Ground, effort: &Effort, random: &mut Random) -> Option<Vec<i64>> {
    let kinds = [Kind::Days, Kind::Rounds, Kind::Tables];
    let kind = kinds[random.below(kinds.len())];
    let freed = scopes::some(kind, ground, (kind.whole(ground) * SHARE.0).div_ceil(SHARE.1), BTreeSet::new(), random);
    let mut weight = |taken| random.below(WEIGHTS) as i64 - taken * WEIGHTS as i64;
    let taken = position.decisions.iter().enumerate();
    let weights: Sum = taken.map(|(decision, &taken)| (Column::new(decision), weight(taken))).collect();
    let most = Most { work: effort.work, on_relaxation: u64::MAX, left: effort.left, stop: effort.stop };
    look_at(position, &Part::of(Sense::Max, weights), &freed, most).point
}
