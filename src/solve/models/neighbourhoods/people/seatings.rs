//! Everybody seated anew at the sittings that there are: with those given, seats come out nearly integral, and the best
//! seating is found where settling tables at once would be too much.

use std::collections::BTreeSet;

use crate::domain::{ExpertIx, Level, RoundIx, Schedule, Seat, TopicIx};
use crate::solve::models::levels::Part;
use crate::solve::models::neighbourhoods::{Position, better};
use crate::solve::models::sum::Sum;
use crate::solve::models::{Levels, Question, Solver};

use super::{Effort, Look, Most, look_in};

/// Who gives a table, when and about what.
type Sitting = (ExpertIx, RoundIx, Option<TopicIx>);

/// Betters a schedule priority by priority without another sitting, each part within half of the work that is left
/// and the last within all. `known` are its levels with bounds that hold. The schedule is never lexicographically
/// worse than `start`; `None` when that breaks a rule.
pub fn better_seating(question: &Question, start: &Schedule, known: &[Level], effort: &Effort) -> Option<Levels> {
    let (mut nodes, mut left) = (0, effort.work);
    let position = Position::new(question, start)?;
    let given = sittings(start);
    let levels = better(question, position, known, Solver::Microlp, |position, aim| {
        if position.value(aim.part) != aim.bound && left > 0 && !(effort.stop)() {
            let work = if aim.left == 1 { left } else { left / 2 };
            let most = Most { work, on_relaxation: u64::MAX, left: effort.left, stop: effort.stop };
            let look = look_at_sittings(position, &given, aim.part, most);
            (nodes, left) = (nodes + look.spent.nodes, left.saturating_sub(look.spent.work));
            look.point.map(|point| position.take(aim.part, point));
        }
        aim.bound
    });
    Some(Levels { steps: nodes, ..levels })
}

/// Looks at all seats at the sittings that were given. Each of those that take place goes on to, when the model has a
/// column of it; one that does not may be back for another part.
fn look_at_sittings(position: &Position, given: &BTreeSet<Sitting>, part: &Part, most: Most) -> Look {
    let mut program = position.model.program.clone();
    let there = sittings(&position.schedule());
    for column in there.iter().filter_map(|sitting| position.model.column_of(sitting)) {
        program.at_least(Sum::from(column), 1);
    }
    look_in(&program, position, part, &|seat| given.contains(&sitting(seat)), most)
}

fn sittings(schedule: &Schedule) -> BTreeSet<Sitting> {
    schedule.seats().iter().map(sitting).collect()
}

fn sitting(seat: &Seat) -> Sitting {
    (seat.expert, seat.round, seat.topic)
}
