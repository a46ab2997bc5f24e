//! An integer program as exact data: columns, rows and what each auxiliary column stands for.
//!
//! Every number is an integer, so a solver's answer can be held against every row without rounding. Auxiliary
//! columns know their meaning; the decisions alone therefore give the whole point, and no value of an objective is
//! ever taken from a solver.

mod conflicts;
mod presolve;
mod reduced;

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::domain::Sense;

use super::sum::{Column, Sum};

pub(super) use conflicts::Conflicts;
pub(super) use reduced::Reduced;

/// What a column stands for.
#[derive(Clone, Debug)]
enum Meaning {
    /// A decision: 1 when the seat is taken, or a number.
    Decision,
    /// The largest of the sums, kept between the column's bounds.
    Largest(Vec<Sum>),
    /// The smallest of the quotients, rounded down, kept between the column's bounds.
    Smallest(Vec<(Sum, i64)>),
}

/// The bounds of a column, and whether the solver must keep it integral.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Least value.
    pub(super) low: i64,
    /// Greatest value.
    pub(super) high: i64,
    /// Whether it must be told to be an integer; the others are integers in an optimum by themselves.
    pub(super) integral: bool,
}

/// `low ≤ sum ≤ high`; the sum is tidy and has no constant.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The columns and their multiples.
    pub(super) sum: Sum,
    /// Least value, if any.
    pub(super) low: Option<i64>,
    /// Greatest value, if any.
    pub(super) high: Option<i64>,
}

/// Decisions that stand in a row, of which at most so many are taken.
#[derive(Clone, Copy, Debug)]
struct Group {
    first: usize,
    end: usize,
    most: usize,
}

/// An integer program without an objective; decisions come before all auxiliary columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    bounds: Vec<Bounds>,
    meanings: Vec<Meaning>,
    rows: Vec<Row>,
    groups: Vec<Group>,
    contradictory: bool,
}

impl Program {
    /// A new decision.
    pub(super) fn decision(&mut self) -> Column {
        self.add(Bounds { low: 0, high: 1, integral: true }, Meaning::Decision)
    }

    /// A new decision that is a number from 0 to `most`.
    pub(super) fn number(&mut self, most: i64) -> Column {
        self.add(Bounds { low: 0, high: most, integral: true }, Meaning::Decision)
    }

    /// Says that of the decisions from `first` to the last one so far at most `most` are taken.
    pub(super) fn group(&mut self, first: usize, most: usize) {
        self.groups.push(Group { first, end: self.bounds.len(), most });
    }

    /// A column that is 1 when any of the columns is, which are 0 or 1; integral.
    pub(super) fn any(&mut self, of: &Sum) -> Column {
        self.add(Bounds { low: 0, high: 1, integral: true }, Meaning::Largest(vec![of.clone()]))
    }

    /// A column that is at least each of the sums, for objectives that want it small.
    pub(super) fn largest(&mut self, of: Vec<Sum>, (low, high): (i64, i64)) -> Column {
        let bounds = Bounds { low, high, integral: false };
        let column = self.add(bounds, Meaning::Largest(of.clone()));
        of.into_iter().for_each(|sum| self.at_least(Sum::from(column) - sum, 0));
        column
    }

    /// A column that is at most each of the quotients, whose divisors are positive; for objectives that want it large.
    pub(super) fn smallest(&mut self, of: Vec<(Sum, i64)>, (low, high): (i64, i64)) -> Column {
        let bounds = Bounds { low, high, integral: false };
        let column = self.add(bounds, Meaning::Smallest(of.clone()));
        of.into_iter().for_each(|(sum, divisor)| self.at_most(Sum::from(column) * divisor - sum, 0));
        column
    }

    /// `count` columns from 0 to 1 that share `sum` out, the first before the second: together at least the sum when
    /// less is better, at most the sum when more is better.
    pub(super) fn pieces(&mut self, sum: &Sum, count: u32, sense: Sense) -> Vec<Column> {
        let bounds = Bounds { low: 0, high: 1, integral: false };
        let piece = |k: u32| Meaning::Largest(vec![sum.clone().plus(-i64::from(k))]);
        let columns: Vec<_> = (0..count).map(|k| self.add(bounds, piece(k))).collect();
        let together = columns.iter().copied().collect::<Sum>() - sum.clone();
        match sense {
            Sense::Min => self.at_least(together, 0),
            Sense::Max => self.at_most(together, 0),
        }
        columns
    }

    /// The program without the decisions that are not `kept`: nobody takes them.
    #[cfg(feature = "highs")]
    pub(super) fn restricted(&self, kept: impl Fn(Column) -> bool) -> Program {
        let mut program = self.clone();
        for (i, (bounds, meaning)) in program.bounds.iter_mut().zip(&self.meanings).enumerate() {
            if matches!(meaning, Meaning::Decision) && !kept(Column::new(i)) {
                bounds.high = 0;
            }
        }
        program
    }

    /// The program in which nothing needs to be an integer but these sums, each from 0 to its greatest value. Every
    /// point of this one is in it, so a bound of it is one of this.
    pub(super) fn relaxed_but(&self, sums: Vec<(Sum, i64)>) -> Program {
        let mut program = self.clone();
        program.bounds.iter_mut().for_each(|bounds| bounds.integral = false);
        for (sum, most) in sums {
            let bounds = Bounds { low: 0, high: most, integral: true };
            let column = program.add(bounds, Meaning::Largest(vec![sum.clone()]));
            program.exactly(Sum::from(column) - sum, 0);
        }
        program
    }

    fn add(&mut self, bounds: Bounds, meaning: Meaning) -> Column {
        self.bounds.push(bounds);
        self.meanings.push(meaning);
        Column::new(self.bounds.len() - 1)
    }

    /// Row: the sum is at most `high`.
    pub(super) fn at_most(&mut self, sum: Sum, high: i64) {
        self.row(sum, None, Some(high));
    }

    /// Row: the sum is at least `low`.
    pub(super) fn at_least(&mut self, sum: Sum, low: i64) {
        self.row(sum, Some(low), None);
    }

    /// Row: the sum is `value`.
    pub(super) fn exactly(&mut self, sum: Sum, value: i64) {
        self.row(sum, Some(value), Some(value));
    }

    /// Leaves out what the bounds imply already, and notes what they contradict.
    fn row(&mut self, sum: Sum, low: Option<i64>, high: Option<i64>) {
        let (sum, constant) = sum.tidied();
        let (low, high) = (low.map(|low| low - constant), high.map(|high| high - constant));
        let (least, most) = self.range(&sum);
        self.contradictory |= low.is_some_and(|low| most < low) || high.is_some_and(|high| least > high);
        let (low, high) = (low.filter(|&low| least < low), high.filter(|&high| most > high));
        if low.is_some() || high.is_some() {
            self.rows.push(Row { sum, low, high });
        }
    }

    /// Takes rows of the same sum as one.
    fn unite_rows(&mut self) {
        let mut at: FxHashMap<Vec<(Column, i64)>, usize> = FxHashMap::default();
        let mut united: Vec<Row> = Vec::with_capacity(self.rows.len());
        for row in std::mem::take(&mut self.rows) {
            match at.entry(row.sum.terms().to_vec()) {
                Entry::Vacant(vacant) => {
                    vacant.insert(united.len());
                    united.push(row);
                }
                Entry::Occupied(first) => {
                    let first = &mut united[*first.get()];
                    first.low = first.low.max(row.low);
                    first.high = [first.high, row.high].into_iter().flatten().min();
                }
            }
        }
        self.rows = united;
    }

    fn range(&self, sum: &Sum) -> (i64, i64) {
        sum.terms().iter().fold((sum.constant(), sum.constant()), |(least, most), &(column, factor)| {
            let Bounds { low, high, .. } = self.bounds[column.index()];
            let (a, b) = (low * factor, high * factor);
            (least + a.min(b), most + a.max(b))
        })
    }

    /// The columns, in their order.
    pub(super) fn columns(&self) -> &[Bounds] {
        &self.bounds
    }

    /// The rows, in their order.
    pub(super) fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Whether the bounds alone contradict a row.
    pub(super) fn contradictory(&self) -> bool {
        self.contradictory
    }

    /// A bound of the sum that no point passes, from bounds and groups alone.
    pub(super) fn extreme(&self, sum: &Sum, sense: Sense) -> i64 {
        let (sum, constant) = sum.clone().tidied();
        let up: Vec<_> = sum.terms().iter().map(|&(c, factor)| (c.index(), sense.upwards(factor))).collect();
        let mut best = 0;
        let mut rest = &up[..];
        for group in &self.groups {
            let (here, after) = rest.split_at(rest.partition_point(|&(i, _)| i < group.end));
            let (before, members) = here.split_at(here.partition_point(|&(i, _)| i < group.first));
            best += self.best_each(before);
            let mut factors: Vec<_> = members.iter().map(|&(_, factor)| factor.max(0)).collect();
            factors.sort_unstable_by_key(|&factor| std::cmp::Reverse(factor));
            best += factors.iter().take(group.most).sum::<i64>();
            rest = after;
        }
        sense.upwards(best + self.best_each(rest)) + constant
    }

    fn best_each(&self, terms: &[(usize, i64)]) -> i64 {
        terms.iter().map(|&(i, factor)| (factor * self.bounds[i].low).max(factor * self.bounds[i].high)).sum()
    }

    /// The whole point that follows from these decisions.
    pub(super) fn point(&self, decisions: &[i64]) -> Vec<i64> {
        let mut point = Vec::with_capacity(self.bounds.len());
        for (meaning, bounds) in self.meanings.iter().zip(&self.bounds) {
            let value = match meaning {
                Meaning::Decision => decisions.get(point.len()).copied(),
                Meaning::Largest(sums) => sums.iter().map(|sum| sum.value(&point)).max(),
                Meaning::Smallest(sums) => sums.iter().map(|(sum, by)| sum.value(&point).div_euclid(*by)).min(),
            };
            let unless = if matches!(meaning, Meaning::Smallest(_)) { bounds.high } else { bounds.low };
            point.push(value.unwrap_or(unless).clamp(bounds.low, bounds.high));
        }
        point
    }

    /// Whether the point meets every row, exactly.
    pub(super) fn admits(&self, point: &[i64]) -> bool {
        let meets = |row: &Row| {
            let value = row.sum.value(point);
            row.low.is_none_or(|low| value >= low) && row.high.is_none_or(|high| value <= high)
        };
        !self.contradictory && self.rows.iter().all(meets)
    }
}
