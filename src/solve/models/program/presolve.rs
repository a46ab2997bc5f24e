//! What the rows say of whole columns before any solving: bounds that follow from those of the others (Brearley, Mitra,
//! Williams 1975; Savelsbergh 1994), and columns that are always the same.

use super::super::sum::Column;
use super::{Bounds, Program, Row};

/// The most passes over the rows; what is not found in so many stays undecided.
const MOST_PASSES: usize = 20;

/// What every point of a program keeps.
pub(super) struct Presolved {
    /// The bounds of each column.
    pub(super) bounds: Vec<Bounds>,
    /// For each column the first one that is always the same.
    pub(super) same: Vec<Column>,
}

impl Presolved {
    /// Nothing but bounds.
    pub(super) fn of_bounds(bounds: Vec<Bounds>) -> Self {
        Presolved { same: (0..bounds.len()).map(Column::new).collect(), bounds }
    }

    /// What the rows of the program say.
    pub(super) fn new(program: &Program) -> Self {
        let mut presolved = Presolved::of_bounds(program.bounds.clone());
        for _ in 0..MOST_PASSES {
            let mut tightened = false;
            for row in &program.rows {
                tightened |= presolved.tighten(row);
            }
            if !tightened {
                break;
            }
        }
        program.rows.iter().for_each(|row| presolved.tie(row));
        presolved
    }

    /// Tightens the integral columns of a row as far as the others leave room; whether any is.
    fn tighten(&mut self, row: &Row) -> bool {
        let (mut least, mut most) = (0, 0);
        for &(column, factor) in row.sum.terms() {
            let (a, b) = self.ends(column, factor);
            (least, most) = (least + a, most + b);
        }
        let mut tightened = false;
        for &(column, factor) in row.sum.terms() {
            let (a, b) = self.ends(column, factor);
            let bounds = &mut self.bounds[column.index()];
            if !bounds.integral || bounds.low == bounds.high {
                continue;
            }
            // What factor × column can be at most and at least.
            let room = row.high.map_or(b, |high| b.min(high - (least - a)));
            let need = row.low.map_or(a, |low| a.max(low - (most - b)));
            let (need, room, by) = if factor > 0 { (need, room, factor) } else { (-room, -need, -factor) };
            let (low, high) = (-(-need).div_euclid(by), room.div_euclid(by));
            // A program without any point stays as it is: the solver says so.
            if low <= high && (low > bounds.low || high < bounds.high) {
                (bounds.low, bounds.high) = (low.max(bounds.low), high.min(bounds.high));
                tightened = true;
                let (c, d) = self.ends(column, factor);
                (least, most) = (least - a + c, most - b + d);
            }
        }
        tightened
    }

    /// What the multiple of a column is at least and at most.
    fn ends(&self, column: Column, factor: i64) -> (i64, i64) {
        let Bounds { low, high, .. } = self.bounds[column.index()];
        let (a, b) = (low * factor, high * factor);
        (a.min(b), a.max(b))
    }

    /// Notes that the two columns of a row are the same, when that is what it says.
    fn tie(&mut self, row: &Row) {
        let &[(a, 1), (b, -1)] = row.sum.terms() else { return };
        if (row.low, row.high) == (Some(0), Some(0)) {
            let (a, b) = (self.first(a), self.first(b));
            let (first, other) = (self.bounds[a.min(b).index()], self.bounds[a.max(b).index()]);
            if first.integral && other.integral {
                self.same[a.max(b).index()] = a.min(b);
                let (low, high) = (first.low.max(other.low), first.high.min(other.high));
                self.bounds[a.min(b).index()] = Bounds { low, high, ..first };
            }
        }
    }

    /// The first column that is always the same as this one.
    pub(super) fn first(&self, column: Column) -> Column {
        let mut column = column;
        while self.same[column.index()] != column {
            column = self.same[column.index()];
        }
        column
    }
}
