//! Sums of integer multiples of columns.

use std::ops::{Add, AddAssign, Mul, Sub};

/// Position of a column of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Column(u32);

impl Column {
    /// The column at a position.
    pub(super) fn new(i: usize) -> Self {
        Column(i as u32)
    }

    /// The position as an index.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// Integer multiples of columns, and a constant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    terms: Vec<(Column, i64)>,
    constant: i64,
}

impl Sum {
    /// A sum of no column.
    pub(super) fn constant_of(constant: i64) -> Self {
        Sum { terms: Vec::new(), constant }
    }

    /// The sum and a constant more.
    pub(super) fn plus(mut self, constant: i64) -> Self {
        self.constant += constant;
        self
    }

    /// The columns with their multiples, as they were added.
    pub(super) fn terms(&self) -> &[(Column, i64)] {
        &self.terms
    }

    /// The constant.
    pub(super) fn constant(&self) -> i64 {
        self.constant
    }

    /// Whether no column stands in it.
    pub(super) fn is_constant(&self) -> bool {
        self.terms.is_empty()
    }

    /// What the sum is at a point.
    pub(super) fn value(&self, point: &[i64]) -> i64 {
        self.constant + self.terms.iter().map(|&(column, factor)| factor * point[column.index()]).sum::<i64>()
    }

    /// The sum without its constant, each column once, ascending, none of factor 0; and the constant.
    pub(super) fn tidied(mut self) -> (Sum, i64) {
        self.terms.sort_unstable_by_key(|&(column, _)| column);
        let together = |same: &[(Column, i64)]| (same[0].0, same.iter().map(|&(_, factor)| factor).sum());
        let terms = self.terms.chunk_by(|a, b| a.0 == b.0).map(together).filter(|&(_, factor)| factor != 0).collect();
        (Sum { terms, constant: 0 }, self.constant)
    }

    /// The greatest common divisor of the multiples: values at integral points differ by multiples of it; at least 1.
    pub(super) fn grain(&self) -> i64 {
        let gcd = |mut a: i64, mut b: i64| {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            a.abs()
        };
        self.terms.iter().fold(0, |grain, &(_, factor)| gcd(grain, factor)).max(1)
    }
}

impl From<Column> for Sum {
    fn from(column: Column) -> Self {
        (column, 1).into()
    }
}

impl From<(Column, i64)> for Sum {
    fn from(term: (Column, i64)) -> Self {
        Sum { terms: vec![term], constant: 0 }
    }
}

impl<T: Into<Sum>> FromIterator<T> for Sum {
    fn from_iter<I: IntoIterator<Item = T>>(parts: I) -> Self {
        let mut all = Sum::default();
        parts.into_iter().for_each(|part| all += part);
        all
    }
}

impl<T: Into<Sum>> AddAssign<T> for Sum {
    fn add_assign(&mut self, other: T) {
        let other = other.into();
        self.terms.extend(other.terms);
        self.constant += other.constant;
    }
}

impl<T: Into<Sum>> Add<T> for Sum {
    type Output = Sum;

    fn add(mut self, other: T) -> Sum {
        self += other;
        self
    }
}

impl<T: Into<Sum>> Sub<T> for Sum {
    type Output = Sum;

    fn sub(self, other: T) -> Sum {
        self + other.into() * -1
    }
}

impl Mul<i64> for Sum {
    type Output = Sum;

    fn mul(mut self, factor: i64) -> Sum {
        self.terms.iter_mut().for_each(|term| term.1 *= factor);
        self.constant *= factor;
        self
    }
}
