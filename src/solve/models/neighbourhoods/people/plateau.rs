//! Along a plateau: another schedule that is as good, which no small move leads to, or whether there is none.

use std::collections::BTreeSet;

use crate::domain::{Schedule, Seat, Sense};
use crate::solve::models::Question;
use crate::solve::models::levels::{Model, Part};
use crate::solve::models::neighbourhoods::Position;
use crate::solve::models::sum::{Column, Sum};
use crate::solve::random::Random;

use super::scopes::{self, Ground, Kind};
use super::{Effort, Look, Most, look};

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
    let (position, mut random) = (held(question, from)?, Random::new(effort.seed));
    let ground = Ground::of(&position);
    let mut seated_anew = || {
        let kinds = [Kind::Days, Kind::Rounds, Kind::Tables];
        let kind = kinds[random.below(kinds.len())];
        let size = (kind.whole(&ground) * SHARE.0).div_ceil(SHARE.1);
        let freed = scopes::some(kind, &ground, size, BTreeSet::new(), &mut random);
        heavier(&position, &|seat| freed.contains(seat), effort, &mut random).point
    };
    let another = (0..TRIES).find_map(|_| seated_anew());
    another.map(|point| position.model.schedule(&point))
}

/// Whether it is proven that no other schedule is lexicographically as good in the priorities of the question, or
/// better.
pub fn is_only_one(question: &Question, schedule: &Schedule, effort: &Effort) -> bool {
    let Some(position) = held(question, schedule) else { return false };
    let whole = heavier(&position, &|_| true, effort, &mut Random::new(effort.seed));
    whole.solved && whole.point.is_none()
}

/// The position of a schedule, what it reached in the priorities of the question being held; `None` when it breaks a
/// rule.
fn held<'a>(question: &'a Question, schedule: &Schedule) -> Option<Position<'a>> {
    let mut position = Position::new(question, schedule)?;
    for part in question.order.iter().flat_map(|&priority| position.model.parts(priority)).collect::<Vec<_>>() {
        let value = position.value(&part);
        part.hold(&mut position.model.program, value);
    }
    Some(position)
}

/// A look for a point of the model that weighs more than the position. The weights are by chance, but whatever differs
/// weighs more than what is there: when nothing comes, there is nothing else, or it takes more work.
fn heavier(position: &Position, is_free: &dyn Fn(&Seat) -> bool, effort: &Effort, random: &mut Random) -> Look {
    let mut weight = |taken| random.below(WEIGHTS) as i64 - taken * WEIGHTS as i64;
    let taken = position.decisions.iter().enumerate();
    let weights: Sum = taken.map(|(decision, &taken)| (Column::new(decision), weight(taken))).collect();
    let most = Most { work: effort.work, on_relaxation: u64::MAX, left: effort.left, stop: effort.stop };
    look(position, &Part::of(Sense::Max, weights), is_free, most)
}
