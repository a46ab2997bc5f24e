//! What is left of a program when most decisions stay as they are.

use super::super::sum::{Column, Sum};
use super::presolve::Presolved;
use super::{Bounds, Meaning, Program};

/// Where a column of the whole program went.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// It can have no other value.
    At(i64),
    /// It is this column of the reduced program.
    Free(Column),
}

/// A program of some decisions, all others staying as they are: its points are those of the whole program that differ
/// from a given one in these decisions alone.
#[derive(Clone, Debug)]
pub(in super::super) struct Reduced {
    /// The program of what is free.
    pub(in super::super) program: Program,
    places: Vec<Place>,
}

impl Reduced {
    /// The program of the decisions that are `free` when the others are as at a point, which the whole program admits.
    pub(in super::super) fn new(whole: &Program, point: &[i64], free: impl Fn(Column) -> bool) -> Self {
        let held = |(i, (bounds, meaning)): (usize, (&Bounds, &Meaning))| match meaning {
            Meaning::Decision if !free(Column::new(i)) => Bounds { low: point[i], high: point[i], ..*bounds },
            _ => *bounds,
        };
        let bounds = whole.bounds.iter().zip(&whole.meanings).enumerate().map(held).collect();
        let reduced = Reduced::within_bounds(whole, &Presolved::of_bounds(bounds));
        let presolved = Presolved::new(&reduced.program);
        reduced.then(presolved)
    }

    /// The program of the columns that have a choice within their bounds, those that are the same taken as one.
    fn within_bounds(whole: &Program, presolved: &Presolved) -> Self {
        let mut reduced = Reduced { program: Program::default(), places: Vec::with_capacity(whole.bounds.len()) };
        for (i, (bounds, meaning)) in presolved.bounds.iter().zip(&whole.meanings).enumerate() {
            let first = presolved.first(Column::new(i));
            let place =
                if first.index() < i { reduced.places[first.index()] } else { reduced.placed(*bounds, meaning) };
            reduced.places.push(place);
        }
        for row in &whole.rows {
            let sum = reduced.sum(&row.sum);
            reduced.program.row(sum, row.low, row.high);
        }
        reduced.program.unite_rows();
        reduced
    }

    /// This program without what is decided or twice.
    fn then(self, presolved: Presolved) -> Self {
        let Reduced { program, places } = Reduced::within_bounds(&self.program, &presolved);
        let place = |place: Place| match place {
            Place::At(value) => Place::At(value),
            Place::Free(column) => places[column.index()],
        };
        Reduced { program, places: self.places.into_iter().map(place).collect() }
    }

    fn placed(&mut self, bounds: Bounds, meaning: &Meaning) -> Place {
        let (meaning, (low, high)) = match meaning {
            Meaning::Decision => (Meaning::Decision, (bounds.low, bounds.high)),
            Meaning::Largest(sums) => {
                let sums: Vec<Sum> = sums.iter().map(|sum| self.sum(sum)).collect();
                let ranges = || sums.iter().map(|sum| self.program.range(sum));
                let range = (ranges().map(|r| r.0).max(), ranges().map(|r| r.1).max());
                let (low, high) = (range.0.unwrap_or(bounds.low), range.1.unwrap_or(bounds.low));
                (Meaning::Largest(sums), (low, high))
            }
            Meaning::Smallest(quotients) => {
                let quotients: Vec<_> = quotients.iter().map(|(sum, by)| (self.sum(sum), *by)).collect();
                let ranges = || quotients.iter().map(|(sum, by)| (self.program.range(sum), *by));
                let low = ranges().map(|(r, by)| r.0.div_euclid(by)).min().unwrap_or(bounds.high);
                let high = ranges().map(|(r, by)| r.1.div_euclid(by)).min().unwrap_or(bounds.high);
                (Meaning::Smallest(quotients), (low, high))
            }
        };
        let (low, high) = (low.clamp(bounds.low, bounds.high), high.clamp(bounds.low, bounds.high));
        if low == high {
            Place::At(low)
        } else {
            Place::Free(self.program.add(Bounds { low, high, ..bounds }, meaning))
        }
    }

    /// A sum of the whole program in the columns of this one.
    pub(in super::super) fn sum(&self, of: &Sum) -> Sum {
        let mut sum = Sum::constant_of(of.constant());
        for &(column, factor) in of.terms() {
            match self.places[column.index()] {
                Place::At(value) => sum = sum.plus(value * factor),
                Place::Free(column) => sum += (column, factor),
            }
        }
        sum
    }

    /// A point of the whole program in the columns of this one.
    pub(in super::super) fn within(&self, point: &[i64]) -> Vec<i64> {
        let mut within = vec![0; self.program.bounds.len()];
        for (place, &value) in self.places.iter().zip(point) {
            if let Place::Free(column) = place {
                within[column.index()] = value;
            }
        }
        within
    }

    /// The column of this program that a column of the whole one is; `None` when that is decided.
    pub(in super::super) fn column(&self, of: Column) -> Option<Column> {
        match self.places[of.index()] {
            Place::At(_) => None,
            Place::Free(column) => Some(column),
        }
    }

    /// A point of this program in the columns of the whole one.
    pub(in super::super) fn whole(&self, point: &[i64]) -> Vec<i64> {
        let value = |place: &Place| match *place {
            Place::At(value) => value,
            Place::Free(column) => point[column.index()],
        };
        self.places.iter().map(value).collect()
    }
}
