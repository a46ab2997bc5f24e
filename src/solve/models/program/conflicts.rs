//! Columns that exclude each other, and cliques of these: at most one of a clique is 1 (conflict graphs: Atamtürk,
//! Nemhauser, Savelsbergh 2000). Their rows are tighter than those that they come from: a relaxation that may halve
//! everything meets the three rows of three seats that exclude each other in pairs, with one and a half of them.

use std::collections::BTreeSet;
use std::iter;

use super::super::sum::Column;
use super::{Bounds, Program, Row};

/// Values that are this near are the same.
const NEAR: f64 = 1e-6;

/// A clique is begun with each column and each of so many others that exclude it.
const STARTS: usize = 8;

/// Which columns that are 0 or 1 exclude each other: two of a row of which only one may be 1, and whatever implies two of
/// these, as a seat does its sitting.
pub(in super::super) struct Conflicts {
    /// For each column the rows of which only one may be 1 and the column of the row that it is or implies; ascending.
    rows_of: Vec<Vec<(usize, Column)>>,
    /// The same for each row.
    members: Vec<Vec<(Column, Column)>>,
}

impl Conflicts {
    /// Those of a program, as far as single rows tell.
    pub(in super::super) fn new(program: &Program) -> Self {
        let is_binary = |column: Column| {
            let Bounds { low, high, integral } = program.bounds[column.index()];
            integral && low >= 0 && high <= 1
        };
        let implying = implying(program, &is_binary);
        let is_packed = |row: &&Row| {
            row.high == Some(1) && row.sum.terms().iter().all(|&(column, factor)| factor == 1 && is_binary(column))
        };
        let with_implying = |column: Column| {
            iter::once(column).chain(implying[column.index()].iter().copied()).map(move |own| (own, column))
        };
        let of_row = |row: &Row| row.sum.terms().iter().flat_map(|&(column, _)| with_implying(column)).collect();
        let members: Vec<Vec<_>> = program.rows.iter().filter(is_packed).map(of_row).collect();
        let mut rows_of = vec![Vec::new(); program.bounds.len()];
        for (row, members) in members.iter().enumerate() {
            members.iter().for_each(|&(own, column)| rows_of[own.index()].push((row, column)));
        }
        Conflicts { rows_of, members }
    }

    /// Cliques of which the values of all columns add up to more than 1 and `by`, each with everything that can be in it.
    pub(in super::super) fn cliques(&self, values: &[f64], by: f64) -> BTreeSet<Vec<Column>> {
        let value = |column: Column| values[column.index()];
        let seeds = (0..values.len()).map(Column::new).filter(|&c| value(c) > NEAR && value(c) < 1.0 - NEAR);
        let mut cliques = BTreeSet::new();
        for seed in seeds {
            let excluded = self.excluded(seed);
            let mut others: Vec<_> = excluded.iter().copied().filter(|&c| value(c) > NEAR).collect();
            others.sort_by(|&a, &b| value(b).total_cmp(&value(a)));
            for start in 0..others.len().min(STARTS) {
                let clique = self.extended(vec![seed], others[start..].iter().copied());
                if clique.iter().map(|&column| value(column)).sum::<f64>() > 1.0 + by {
                    let mut clique = self.extended(clique, excluded.iter().copied());
                    clique.sort_unstable();
                    cliques.insert(clique);
                }
            }
        }
        cliques
    }

    /// A clique with those of some columns that exclude all of it, the first of them first.
    fn extended(&self, mut clique: Vec<Column>, by: impl Iterator<Item = Column>) -> Vec<Column> {
        for column in by {
            if clique.iter().all(|&other| self.exclude(column, other)) {
                clique.push(column);
            }
        }
        clique
    }

    /// What a column excludes.
    fn excluded(&self, column: Column) -> BTreeSet<Column> {
        let rows = self.rows_of[column.index()].iter();
        let others = |&(row, own): &(usize, Column)| {
            self.members[row].iter().filter(move |member| member.1 != own).map(|member| member.0)
        };
        rows.flat_map(others).filter(|&other| other != column).collect()
    }

    /// Whether two columns exclude each other.
    fn exclude(&self, a: Column, b: Column) -> bool {
        let (a_rows, b_rows) = (&self.rows_of[a.index()], &self.rows_of[b.index()]);
        let of = |row: usize| {
            let first = b_rows.partition_point(|own| own.0 < row);
            b_rows[first..].iter().take_while(move |own| own.0 == row)
        };
        a != b && a_rows.iter().any(|&(row, column)| of(row).any(|own| own.1 != column))
    }
}

/// For each column those that imply it: where it is 0, a row leaves them nothing.
fn implying(program: &Program, is_binary: &dyn Fn(Column) -> bool) -> Vec<Vec<Column>> {
    let mut implying = vec![Vec::new(); program.bounds.len()];
    for row in program.rows.iter().filter(|row| row.high == Some(0)) {
        let terms = row.sum.terms();
        let (below, above): (Vec<_>, Vec<_>) = terms.iter().partition(|&&(_, factor)| factor < 0);
        if let ([(implied, _)], true) = (&below[..], terms.iter().all(|&(column, _)| is_binary(column))) {
            implying[implied.index()].extend(above.into_iter().map(|(column, _)| column));
        }
    }
    implying
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::super::sum::Sum;
    use super::*;

    fn decisions(count: usize) -> Program {
        let mut program = Program::default();
        for _ in 0..count {
            program.decision();
        }
        program
    }

    fn sum(columns: &[usize]) -> Sum {
        columns.iter().map(|&i| Column::new(i)).collect()
    }

    fn indices(cliques: BTreeSet<Vec<Column>>) -> Vec<Vec<usize>> {
        cliques.into_iter().map(|clique| clique.into_iter().map(Column::index).collect()).collect()
    }

    #[test]
    fn three_that_exclude_each_other_in_pairs_are_a_clique_with_whatever_else_is() {
        let mut program = decisions(5);
        for pair in [[0, 1], [1, 2], [0, 2], [0, 3], [1, 3], [2, 3], [3, 4]] {
            program.at_most(sum(&pair), 1);
        }
        let cliques = |values: &[f64]| indices(Conflicts::new(&program).cliques(values, 0.1));
        assert_eq!(cliques(&[0.5, 0.5, 0.5, 0.0, 1.0]), [[0, 1, 2, 3]]);
        assert!(cliques(&[0.3, 0.3, 0.4, 0.0, 1.0]).is_empty());
    }

    #[test]
    fn seats_of_two_sittings_exclude_each_other_when_these_do_and_those_of_one_do_not() {
        let mut program = decisions(4);
        let sittings = [[0, 1], [2, 3]].map(|group| {
            let sitting = program.any(&sum(&group));
            program.at_most(sum(&group) - Sum::from(sitting) * 2, 0);
            sitting
        });
        program.at_most(sittings.into_iter().collect(), 1);
        let conflicts = Conflicts::new(&program);
        let excluded = |i| conflicts.excluded(Column::new(i)).into_iter().map(Column::index).collect::<Vec<_>>();
        assert_eq!((excluded(0), excluded(5)), (vec![2, 3, 5], vec![0, 1, 4]));
        assert_eq!(indices(conflicts.cliques(&[0.8, 0.8, 0.4, 0.0, 0.8, 0.2], 0.1)), [[0, 2], [1, 2], [2, 4]]);
    }

    proptest! {
        #[test]
        fn no_point_has_two_of_a_clique(
            packed in prop::collection::vec(prop::collection::btree_set(0..8_usize, 2..4), 1..12),
            implied in prop::collection::vec((0..8_usize, 0..8_usize, 1..3_i64), 0..4),
            values in prop::collection::vec(0.0..1.0_f64, 8),
        ) {
            let mut program = decisions(8);
            packed.iter().for_each(|row| program.at_most(row.iter().map(|&i| Column::new(i)).collect(), 1));
            for &(column, by, factor) in implied.iter().filter(|(column, by, _)| column != by) {
                program.at_most(sum(&[column]) * factor - sum(&[by]) * 2, 0);
            }
            let cliques = indices(Conflicts::new(&program).cliques(&values, 0.1));
            for clique in &cliques {
                prop_assert!(clique.iter().map(|&i| values[i]).sum::<f64>() > 1.1);
            }
            for point in (0..256_i64).map(|bits| (0..8).map(|i| bits >> i & 1).collect::<Vec<_>>()) {
                let meets = |clique: &Vec<usize>| clique.iter().map(|&i| point[i]).sum::<i64>() <= 1;
                prop_assert!(!program.admits(&point) || cliques.iter().all(meets), "{:?} {:?}", point, cliques);
            }
        }
    }
}
