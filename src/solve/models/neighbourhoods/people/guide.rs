//! Where the linear relaxation of the whole model parts from the schedule at hand: whoever is to be seated anew is
//! likely to be there (relaxation induced neighbourhoods: Danna, Rothberg, Le Pape 2005).
//!
//! Of all best points of the relaxation it is one that has much in common with the schedule. Decisions are linked to
//! their sittings where the relaxation passes that: a few hundred rows instead of thousands, which stay in the model
//! since they hold for every schedule.

use std::collections::BTreeSet;

use crate::domain::Seat;
use crate::solve::models::levels::Part;
use crate::solve::models::neighbourhoods::Position;
use crate::solve::models::outcome::safely;
use crate::solve::models::program::{Program, Reduced};
use crate::solve::models::solver::{self, Task};
use crate::solve::models::sum::Column;

/// Values that are this near are the same.
const NEAR: f64 = 1e-6;

/// One of the objective weighs as much as so many times all that there can be in common: so little that it is lost in
/// the rounding of a bound.
const WEIGHT: i64 = 10;

/// About so many iterations the simplex takes for each row.
const ITERATIONS_A_ROW: u64 = 2;

/// What the relaxation says.
pub(super) struct Guide {
    /// The value of each decision.
    values: Vec<f64>,
    /// No schedule does better.
    pub(super) bound: Option<i64>,
    /// The links that the relaxation needed.
    pub(super) links: Vec<(Column, Column)>,
    /// The work that it took.
    pub(super) work: u64,
}

impl Guide {
    /// About the work that the relaxation of a program takes, when no links are needed.
    pub(super) fn least_work(program: &Program) -> u64 {
        let rows = program.rows().len() as u64;
        ITERATIONS_A_ROW * rows * rows
    }

    /// Solves the relaxation for a part, the whole model being `reduced`, with links while the work is not done; `None`
    /// when the solver fails.
    pub(super) fn new(
        position: &Position,
        reduced: &Reduced,
        part: &Part,
        work: u64,
        stop: &dyn Fn() -> bool,
    ) -> Option<Guide> {
        let weight = WEIGHT * (1 + position.decisions.iter().sum::<i64>());
        let plain = reduced.sum(&part.objective);
        let mut objective = plain.clone() * weight;
        for (i, _) in position.decisions.iter().enumerate().filter(|&(_, &taken)| taken == 1) {
            if let Some(column) = reduced.column(Column::new(i)) {
                objective += (column, part.sense.upwards(1));
            }
        }
        let task = Task { program: &reduced.program, objective: &objective, sense: part.sense, start: None };
        let links = position.model.links();
        let (links, pairs): (Vec<_>, Vec<_>) = links
            .into_iter()
            .filter_map(|link| Some((link, (reduced.column(link.0)?, reduced.column(link.1)?))))
            .unzip();
        let relaxed = solver::paired_relaxation(&task, &pairs, work, stop)?;
        let value = |(i, &taken)| reduced.column(Column::new(i)).map_or(taken as f64, |c| relaxed.values[c.index()]);
        Some(Guide {
            values: position.decisions.iter().enumerate().map(value).collect(),
            bound: safely(relaxed.objective / weight as f64, &plain, part.sense),
            links: relaxed.held.into_iter().map(|i| links[i]).collect(),
            work: relaxed.work,
        })
    }

    /// The seats about which schedule and relaxation differ.
    pub(super) fn astray(&self, position: &Position) -> BTreeSet<Seat> {
        let both = self.values.iter().zip(&position.decisions).enumerate();
        let astray = both.filter(|(_, (value, taken))| (*value - **taken as f64).abs() > NEAR);
        astray.map(|(i, _)| position.model.seat(Column::new(i))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Priority;
    use crate::pairs::Pairs;
    use crate::solve::models::Question;
    use crate::solve::models::levels::Model;
    use crate::solve::models::outcome::Outcome;
    use crate::solve::models::rounds::RoundsModel;
    use crate::solve::models::solver::{Budget, Solver};
    use crate::solve::models::tests::event;

    #[test]
    fn a_guides_bound_is_one() {
        let event = event();
        let pairs = Pairs::new(&event);
        let order = [Priority::Seats, Priority::Courtesies, Priority::FairShare, Priority::Preferences];
        let mut model =
            RoundsModel::new(&Question { pairs: &pairs, order: &order, standing: None, every_round: false });
        let parts: Vec<Part> = order.into_iter().flat_map(|priority| model.parts(priority)).collect();
        let budget = Budget { nodes: 10_000, work: 0, time: None, stop: &|| false };
        let best = |model: &RoundsModel, part: &Part| {
            let task = Task { program: &model.program, objective: &part.objective, sense: part.sense, start: None };
            let (Outcome::Optimal(point), _) = solver::solve(Solver::Microlp, &task, budget) else {
                panic!("{part:?}")
            };
            point
        };
        let decisions = model.decisions(&model.schedule(&best(&model, &parts[0]))).expect("they are the model's");
        let mut position = Position { model, decisions };
        for part in &parts {
            let point = best(&position.model, part);
            let whole = Reduced::new(&position.model.program, &position.point(), |_| true);
            let guide = Guide::new(&position, &whole, part, u64::MAX, &|| false).expect("the relaxation has a point");
            let (bound, value) = (guide.bound.expect("it is small"), part.objective.value(&point));
            assert!(part.sense.upwards(bound) >= part.sense.upwards(value), "{bound} {value} {part:?}");
            position.take(part, point);
            part.hold(&mut position.model.program, value);
        }
    }
}
