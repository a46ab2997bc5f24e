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

/// So much of the whole model is seated anew: of less the same comes out again and again, and all takes much longer.
const SHARE: (usize, usize) = (5, 6);

/// A seat weighs less than this.
const WEIGHTS: usize = 100;

/// Another schedule, lexicographically no worse in the priorities of the question, by chance: most people are seated
/// anew in some rounds for weights by chance, what was reached being held. `None` when `from` breaks a rule, or nothing
/// is found with so much work.
pub fn another_as_good(question: &Question, from: &Schedule, effort: &Effort) -> Option<Schedule> {
    let (mut position, mut random) = (Position::new(question, from)?, Random::new(effort.seed));
    for part in question.order.iter().flat_map(|&priority| position.model.parts(priority)).collect::<Vec<_>>() {
        let value = position.value(&part);
        part.hold(&mut position.model.program, value);
    }
    let ground = Ground::of(&position);
    let kinds = [Kind::Days, Kind::Rounds, Kind::Tables];
    let kind = kinds[random.below(kinds.len())];
    let freed =
        scopes::some(kind, &ground, (kind.whole(&ground) * SHARE.0).div_ceil(SHARE.1), BTreeSet::new(), &mut random);
    let decisions = (0..position.decisions.len()).map(Column::new);
    let weights: Sum = decisions.map(|decision| (decision, random.below(WEIGHTS) as i64)).collect();
    let most = Most { work: effort.work, on_relaxation: u64::MAX, left: effort.left, stop: effort.stop };
    let look = look_at(&position, &Part::of(Sense::Max, weights), &freed, most);
    look.point.map(|point| position.model.schedule(&point))
}
