//! Rows that every schedule meets and the relaxation of the model may pass: links of decisions to their sittings, and
//! cliques. A few hundred of these are enough, where there are thousands.

use crate::solve::models::neighbourhoods::Position;
use crate::solve::models::program::Conflicts;
use crate::solve::models::sum::{Column, Sum};

/// A cut is needed when it is passed by more than this.
pub(super) const PASSED: f64 = 0.1;

/// A row: the sum is at most `high`.
pub(super) struct Cut {
    pub(super) sum: Sum,
    pub(super) high: i64,
}

impl Cut {
    /// By how much these values of all columns pass it.
    pub(super) fn passed_by(&self, values: &[f64]) -> f64 {
        let term = |&(column, factor): &(Column, i64)| factor as f64 * values[column.index()];
        self.sum.terms().iter().map(term).sum::<f64>() - self.high as f64
    }
}

/// All cuts of a model.
pub(super) struct Cuts {
    /// Decisions with their sittings.
    links: Vec<(Column, Column)>,
    conflicts: Conflicts,
}

impl Cuts {
    pub(super) fn new(position: &Position) -> Self {
        Cuts { links: position.model.links(), conflicts: Conflicts::new(&position.model.program) }
    }

    /// Those that these values of all columns pass, the furthest first.
    pub(super) fn passed(&self, values: &[f64]) -> Vec<Cut> {
        let link = |&(decision, sitting)| Cut { sum: Sum::from(decision) - Sum::from(sitting), high: 0 };
        let cliques = self.conflicts.cliques(values, PASSED).into_iter();
        let cliques = cliques.map(|clique| Cut { sum: clique.into_iter().collect(), high: 1 });
        let all = self.links.iter().map(link).chain(cliques).map(|cut| (cut.passed_by(values), cut));
        let mut passed: Vec<_> = all.filter(|(by, _)| *by > PASSED).collect();
        passed.sort_by(|a, b| b.0.total_cmp(&a.0));
        passed.into_iter().map(|(_, cut)| cut).collect()
    }
}
