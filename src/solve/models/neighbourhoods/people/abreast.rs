//! Several schedules bettered abreast: chance leads each somewhere else, and after each part of a priority those that are
//! worse go on from the best. They share nothing meanwhile, so that both cores have work.

use std::iter::{self, zip};

use crate::domain::{Level, Schedule};
use crate::solve::models::neighbourhoods::{Abreast, Aim, Position, better_abreast};
use crate::solve::models::{Levels, Question, Solver};
use crate::solve::threads::side_by_side;

use super::manners::ABREAST;
use super::{Climber, Effort, Sizes, manner};

/// What search makes of a schedule by a seed: one that is no worse, if any; and the steps that it takes.
pub type Search<'a> = dyn Fn(&Schedule, u64) -> (Option<Schedule>, u64) + Sync + 'a;

/// Betters a schedule and others abreast, priority by priority, each with as much work; gives what comes of it and the
/// work that each has left on average. Before a part of a priority that is open each that has changed goes through
/// `search`, since neighbourhoods leave what comes after their part as it happens to be. `known` are the levels of
/// `start` with bounds that hold. What comes of it is never lexicographically worse than `start`; `None` when one of them
/// breaks a rule.
pub fn better_people_abreast(
    question: &Question,
    start: &Schedule,
    others: &[&Schedule],
    known: &[Level],
    effort: &Effort,
    search: &Search,
) -> Option<(Levels, u64)> {
    let position = |schedule: &&Schedule| Position::new(question, schedule);
    let abreast = Abreast { first: position(&start)?, others: others.iter().map(position).collect::<Option<_>>()? };
    let manner = manner(&abreast.first, &ABREAST);
    let with_seed = |i| Effort { seed: effort.seed.wrapping_add(i), ..*effort };
    let mut each: Vec<(Effort, Sizes)> = (0..=others.len() as u64).map(|i| (with_seed(i), Sizes::default())).collect();
    let mut runners: Vec<Runner> = zip(&mut each, iter::once(start).chain(others.iter().copied()))
        .map(|((effort, sizes), start)| Runner {
            climber: Climber::new(effort, manner, sizes),
            searched: start.clone(),
            steps: 0,
        })
        .collect();
    let levels = better_abreast(question, abreast, known, Solver::Microlp, |abreast, aim| {
        let bounds =
            side_by_side(zip(&mut runners, abreast.all()), |(runner, position)| runner.run(position, aim, search));
        bounds.into_iter().fold(aim.bound, |bound, own| aim.part.tighter(own, bound))
    });
    let steps = runners.iter().map(|runner| runner.steps + runner.climber.nodes).sum();
    let left = runners.iter().map(|runner| runner.climber.work).sum::<u64>() / runners.len() as u64;
    Some((Levels { steps, ..levels }, left))
}

/// Who betters one of them.
struct Runner<'a> {
    climber: Climber<'a>,
    /// What search made at last,
    searched: Schedule,
    /// and the steps of all that it did.
    steps: u64,
}

impl Runner<'_> {
    /// Betters a position in a part, by search when something has changed and then by neighbourhoods; gives the bound.
    fn run(&mut self, position: &mut Position, aim: &Aim, search: &Search) -> i64 {
        let before = position.schedule();
        if position.value(aim.part) != aim.bound && before != self.searched {
            let (better, steps) = search(&before, self.climber.effort.seed);
            self.steps += steps;
            better.iter().for_each(|better| position.go_on_from(better));
            self.searched = position.schedule();
        }
        self.climber.climb(position, aim)
    }
}
