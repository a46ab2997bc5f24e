//! Rows that every schedule meets and the relaxation of the model may pass: links of decisions to their sittings, and
//! cliques. A few hundred of these are enough, where there are thousands.

use crate::solve::models::neighbourhoods::Position;
use crate::solve::models::program::Conflicts;
use crate::solve::models::sum::{Column, Sum};

/// A cut is needed when it is passed by more than this.
const PASSED: f64 = 0.1;

/// A row: the sum is at most `high`.
#[derive(Clone)]
pub(super) struct Cut {
    pub(super) sum: Sum,
    pub(super) high: i64,
}

impl Cut {
    /// Whether it is needed where columns have these values.
    pub(super) fn is_passed(&self, value: impl Fn(Column) -> f64) -> bool {
        self.passed_by(value) > PASSED
    }

    fn passed_by(&self, value: impl Fn(Column) -> f64) -> f64 {
        let term = |&(column, factor): &(Column, i64)| factor as f64 * value(column);
        self.sum.terms().iter().map(term).sum::<f64>() - self.high as f64
    }
}

/// All cuts of a model.
pub(super) struct Cuts {
    links: Vec<Cut>,
    conflicts: Conflicts,
}

impl Cuts {
    pub(super) fn new(position: &Position) -> Self {
        let links = position.model.links().into_iter().map(|sum| Cut { sum, high: 0 }).collect();
        Cuts { links, conflicts: Conflicts::new(&position.model.program) }
    }

    /// Those that these values of all columns pass, the furthest first.
    pub(super) fn passed(&self, values: &[f64]) -> Vec<Cut> {
        let value = |column: Column| values[column.index()];
        let links = self.links.iter().filter(|link| link.is_passed(value)).cloned();
        let cliques = self.conflicts.cliques(values, PASSED).into_iter();
        let cliques = cliques.map(|clique| Cut { sum: clique.into_iter().collect(), high: 1 });
        let cliques = cliques.filter(|clique| clique.is_passed(value));
        let mut passed: Vec<_> = links.chain(cliques).map(|cut| (cut.passed_by(value), cut)).collect();
        passed.sort_by(|a, b| b.0.total_cmp(&a.0));
        passed.into_iter().map(|(_, cut)| cut).collect()
    }
}
