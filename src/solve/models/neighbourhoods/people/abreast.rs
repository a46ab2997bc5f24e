//! Several schedules bettered abreast: chance leads each somewhere else, and after each part of a priority those that are
//! worse go on from the best. They share nothing meanwhile, so that both cores have work.

use std::iter::zip;

use crate::domain::{Level, Schedule};
use crate::solve::models::neighbourhoods::{Abreast, Position, better_abreast};
use crate::solve::models::{Levels, Question, Solver};
use crate::solve::threads::side_by_side;

use super::manners::ABREAST;
use super::{Climber, Effort, Sizes, manner};

/// Betters a schedule and others abreast, priority by priority, each with as much work; gives what comes of it and the
/// work that each has left on average. `known` are the levels of `start` with bounds that hold. What comes of it is never
/// lexicographically worse than `start`; `None` when one of them breaks a rule.
pub fn better_people_abreast(
    question: &Question,
    start: &Schedule,
    others: &[&Schedule],
    known: &[Level],
    effort: &Effort,
) -> Option<(Levels, u64)> {
    let position = |schedule: &&Schedule| Position::new(question, schedule);
    let abreast = Abreast { first: position(&start)?, others: others.iter().map(position).collect::<Option<_>>()? };
    let manner = manner(&abreast.first, &ABREAST);
    let with_seed = |i| Effort { seed: effort.seed.wrapping_add(i), ..*effort };
    let mut each: Vec<(Effort, Sizes)> = (0..=others.len() as u64).map(|i| (with_seed(i), Sizes::default())).collect();
    let mut climbers: Vec<Climber> =
        each.iter_mut().map(|(effort, sizes)| Climber::new(effort, manner, sizes)).collect();
    let levels = better_abreast(question, abreast, known, Solver::Microlp, |abreast, aim| {
        let bounds =
            side_by_side(zip(&mut climbers, abreast.all()), |(climber, position)| climber.climb(position, aim));
        bounds.into_iter().fold(aim.bound, |bound, own| aim.part.tighter(own, bound))
    });
    let steps = climbers.iter().map(|climber| climber.nodes).sum();
    let left = climbers.iter().map(|climber| climber.work).sum::<u64>() / climbers.len() as u64;
    Some((Levels { steps, ..levels }, left))
}
