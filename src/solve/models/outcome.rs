//! What a solver came to, in one type of our own: the solvers' interfaces tell limits, bounds and faults apart in
//! different ways, or not at all.

use crate::domain::Sense;

use super::program::Program;
use super::sum::Sum;

/// What a solver came to. Points are exact and meet every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// No point is better.
    Optimal(Vec<i64>),
    /// A limit was reached with a point in hand; no point is better than the bound, if there is one.
    Feasible(Vec<i64>, Option<i64>),
    /// A limit was reached without a point; no point is better than the bound, if there is one.
    Stopped(Option<i64>),
    /// There is no point.
    Infeasible,
    /// The solver failed, or answered with a point that breaks a row.
    Fault(String),
}

/// What a solver said, in floating point.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// The value of each column, when it has any.
    pub(super) values: Option<Vec<f64>>,
    /// The bound of the objective without its constant, when it has one.
    pub(super) bound: Option<f64>,
}

impl Outcome {
    /// The outcome that an answer amounts to: decisions rounded, everything else recomputed from them.
    pub(super) fn of(answer: Answer, program: &Program, objective: &Sum, sense: Sense) -> Outcome {
        let bound = answer.bound.and_then(|bound| safely(bound, objective, sense));
        let Some(values) = answer.values else {
            return Outcome::Stopped(bound);
        };
        let decisions: Vec<_> = values.iter().map(|value| value.round() as i64).collect();
        let point = program.point(&decisions);
        if !program.admits(&point) {
            return Outcome::Fault("the solver's point breaks a row when it is rounded".into());
        }
        let value = objective.value(&point);
        match bound {
            Some(bound) if bound == value => Outcome::Optimal(point),
            // A bound that the point passes is none.
            Some(bound) if sense.upwards(bound) < sense.upwards(value) => Outcome::Feasible(point, None),
            bound => Outcome::Feasible(point, bound),
        }
    }
}

/// The best value that the objective can have under a floating-point bound of it without its constant: widened by the
/// solver's tolerance, then rounded to a value that an integral point can have. `None` when the bound is no number.
pub(super) fn safely(bound: f64, objective: &Sum, sense: Sense) -> Option<i64> {
    let grain = objective.grain();
    let tolerance = (1e-6 * bound.abs().max(1.0)).min(0.1 * grain as f64);
    let steps = match sense {
        Sense::Max => ((bound + tolerance) / grain as f64).floor(),
        Sense::Min => ((bound - tolerance) / grain as f64).ceil(),
    };
    // Beyond 2⁵² floating point does not tell integers apart.
    (steps.abs() < 4.5e15).then(|| steps as i64 * grain + objective.constant())
}
