//! Where the linear relaxation of the whole model parts from the schedule at hand: whoever is to be seated anew is
//! likely to be there (relaxation induced neighbourhoods: Danna, Rothberg, Le Pape 2005).
//!
//! Of all best points of the relaxation it is one that has much in common with the schedule. When the schedule has become
//! better, the relaxation is turned to it, from where it was: that takes a small part of the work of the first one. While
//! it has not, a copy of the relaxation is turned aside, away from one of its tables: it says what else there could be.

use std::collections::BTreeSet;
use std::iter::zip;

use crate::domain::{ExpertIx, RoundIx, Seat};
use crate::solve::models::levels::Part;
use crate::solve::models::neighbourhoods::Position;
use crate::solve::models::outcome::safely;
use crate::solve::models::program::{Program, Reduced};
use crate::solve::models::solver::{Relaxation, Task};
use crate::solve::models::sum::{Column, Sum};

use super::cuts::{Cut, Cuts};

/// Values that are this near are the same.
const NEAR: f64 = 1e-6;

/// So many schedules it can be turned to, the first among them.
const TURNS: usize = 8;

/// A seat of the table from which it is turned aside weighs more than one that there is in common.
const ASIDE: i64 = 2;

/// One of the objective weighs as much as so many times all that there can be in common and aside: so little that it is
/// lost in the rounding of a bound.
const WEIGHT: i64 = 10;

/// About so many iterations the simplex takes for each row.
const ITERATIONS_A_ROW: u64 = 2;

/// An expert's in a round.
pub(super) type Table = (ExpertIx, RoundIx);

/// What the relaxation says.
pub(super) struct Guide {
    /// The whole model.
    reduced: Reduced,
    cuts: Cuts,
    relaxation: Relaxation,
    /// One of the part's objective weighs so much.
    weight: i64,
    /// What it has in common with the schedule that it is turned to,
    in_common: Column,
    /// and columns for those to come.
    unused: Vec<Column>,
    /// How many seats it does not have of the table from which it is turned aside, if it can be.
    aside: Option<Column>,
    /// The part's value of that schedule.
    value: i64,
    /// The value of each column of the whole model.
    values: Vec<f64>,
    /// No schedule does better.
    pub(super) bound: Option<i64>,
    /// The cuts that it took at last.
    pub(super) held: Vec<Cut>,
    /// The work that it took at last.
    pub(super) work: u64,
}

impl Guide {
    /// About the work that the relaxation of a program takes, when no cuts are needed.
    pub(super) fn least_work(program: &Program) -> u64 {
        let rows = program.rows().len() as u64;
        ITERATIONS_A_ROW * rows * rows
    }

    /// Solves the relaxation for a part, the whole model being `reduced`, with cuts while the work is not done; it can be
    /// turned aside if that is said. `None` when the solver fails.
    pub(super) fn new(
        position: &Position,
        reduced: Reduced,
        part: &Part,
        turns_aside: bool,
        work: u64,
        stop: &dyn Fn() -> bool,
    ) -> Option<Guide> {
        let most = position.decisions.iter().sum::<i64>();
        let weight = WEIGHT * (1 + most * (TURNS as i64 + if turns_aside { ASIDE } else { 0 }));
        let mut program = reduced.program.clone();
        let mut unused: Vec<_> = (0..TURNS).map(|_| program.smallest(Vec::new(), (0, most))).collect();
        let aside = turns_aside.then(|| program.smallest(Vec::new(), (0, most)));
        let near = unused.iter().map(|&column| (column, part.sense.upwards(1)));
        let nearness: Sum = near.chain(aside.map(|column| (column, part.sense.upwards(ASIDE)))).collect();
        let in_common = unused.pop()?;
        program.at_most(Sum::from(in_common) - taken(position, &reduced, |_| true), 0);
        let objective = reduced.sum(&part.objective) * weight + nearness;
        let task = Task { program: &program, objective: &objective, sense: part.sense, start: None };
        let (cuts, relaxation, value) = (Cuts::new(position), Relaxation::new(&task)?, position.value(part));
        let (values, held, bound) = (Vec::new(), Vec::new(), None);
        let guide =
            Guide { reduced, cuts, relaxation, weight, in_common, unused, aside, value, values, bound, held, work: 0 };
        guide.tightened(position, part, 0, work, stop)
    }

    /// Whether it can be turned to a schedule: it is another than that to which it was turned.
    pub(super) fn can_turn(&self, position: &Position, part: &Part) -> bool {
        self.value != position.value(part) && !self.unused.is_empty()
    }

    /// Turned to another schedule, as long as the work lasts.
    pub(super) fn turned(
        mut self,
        position: &Position,
        part: &Part,
        work: u64,
        stop: &dyn Fn() -> bool,
    ) -> Option<Guide> {
        let before = self.relaxation.work();
        let in_common = self.unused.pop()?;
        let row = Sum::from(in_common) - taken(position, &self.reduced, |_| true);
        self.relaxation = self.relaxation.at_most(&row, 0)?.without(self.in_common)?;
        let guide = Guide { in_common, value: position.value(part), ..self };
        guide.tightened(position, part, before, work, stop)
    }

    /// What it says when it meets the cuts, as far as they can be added with so much work after what was done `before`.
    fn tightened(
        mut self,
        position: &Position,
        part: &Part,
        before: u64,
        work: u64,
        stop: &dyn Fn() -> bool,
    ) -> Option<Guide> {
        let point = position.point();
        self.held.clear();
        loop {
            self.values = self.values_of(&self.relaxation, &point);
            let passed = self.cuts.passed(&self.values);
            let is_over = |relaxation: &Relaxation| relaxation.work() - before >= work || stop();
            if passed.is_empty() || is_over(&self.relaxation) {
                break;
            }
            for cut in passed {
                if !is_over(&self.relaxation) && cut.is_passed(|column| self.value_of(&self.relaxation, column, &point))
                {
                    self.relaxation = self.relaxation.at_most(&self.reduced.sum(&cut.sum), cut.high)?;
                    self.held.push(cut);
                }
            }
        }
        let plain = self.reduced.sum(&part.objective);
        let bound = safely(self.relaxation.objective() / self.weight as f64, &plain, part.sense);
        Some(Guide { bound, work: self.relaxation.work() - before, ..self })
    }

    /// The value of a column of the whole model in a relaxation, which is that at the point when it is decided.
    fn value_of(&self, relaxation: &Relaxation, column: Column, point: &[i64]) -> f64 {
        let decided = point[column.index()] as f64;
        self.reduced.column(column).map_or(decided, |own| relaxation.value(own))
    }

    /// The values of all columns of the whole model.
    fn values_of(&self, relaxation: &Relaxation, point: &[i64]) -> Vec<f64> {
        (0..point.len()).map(|i| self.value_of(relaxation, Column::new(i), point)).collect()
    }

    /// The seats about which schedule and relaxation differ.
    pub(super) fn astray(&self, position: &Position) -> BTreeSet<Seat> {
        astray(&self.values, position)
    }

    /// The seats about which schedule and relaxation differ when that is turned aside from a table, and the work that it
    /// takes; `None` when it can't be, or the solver fails.
    pub(super) fn astray_aside(&self, table: Table, position: &Position) -> Option<(BTreeSet<Seat>, u64)> {
        let seats = taken(position, &self.reduced, |seat| (seat.expert, seat.round) == table);
        let count = seats.terms().len() as i64;
        let aside = self.relaxation.clone().at_most(&(Sum::from(self.aside?) + seats), count)?;
        let values = self.values_of(&aside, &position.point());
        Some((astray(&values, position), aside.work() - self.relaxation.work()))
    }
}

/// The seats about which a schedule and these values of columns differ.
fn astray(values: &[f64], position: &Position) -> BTreeSet<Seat> {
    let both = zip(values, &position.decisions).enumerate();
    let astray = both.filter(|(_, (value, taken))| (*value - **taken as f64).abs() > NEAR);
    astray.map(|(i, _)| position.model.seat(Column::new(i))).collect()
}

/// How many of the seats are taken that a schedule has and that are meant.
fn taken(position: &Position, reduced: &Reduced, is_meant: impl Fn(&Seat) -> bool) -> Sum {
    let taken = position.decisions.iter().enumerate().filter(|&(_, &taken)| taken == 1);
    let meant = taken.map(|(i, _)| Column::new(i)).filter(|&decision| is_meant(&position.model.seat(decision)));
    meant.filter_map(|decision| reduced.column(decision)).collect()
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
    use crate::solve::models::solver::{self, Budget, Solver};
    use crate::solve::models::tests::event;

    #[test]
    fn a_guides_bound_is_one_and_its_cuts_hold_and_aside_from_a_table_more_of_its_seats_are_astray() {
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
        let (mut plain, mut aside) = (0, 0);
        for part in &parts {
            let point = best(&position.model, part);
            let whole = Reduced::new(&position.model.program, &position.point(), |_| true);
            let guide =
                Guide::new(&position, whole, part, true, u64::MAX, &|| false).expect("the relaxation has a point");
            let value = part.objective.value(&point);
            let holds = |guide: &Guide| {
                let bound = guide.bound.expect("it is small");
                assert!(part.sense.upwards(bound) >= part.sense.upwards(value), "{bound} {value} {part:?}");
                assert!(guide.held.iter().all(|cut| cut.sum.value(&point) <= cut.high), "{value} {part:?}");
            };
            holds(&guide);
            for seat in position.schedule().seats() {
                let table = (seat.expert, seat.round);
                let (astray, _) = guide.astray_aside(table, &position).expect("it can be turned aside");
                plain += u32::from(guide.astray(&position).contains(seat));
                aside += u32::from(astray.contains(seat));
            }
            if position.take(part, point.clone()) {
                holds(&guide.turned(&position, part, u64::MAX, &|| false).expect("it goes on from there"));
            }
            part.hold(&mut position.model.program, value);
        }
        assert!(aside > plain, "{aside} {plain}");
    }
}
