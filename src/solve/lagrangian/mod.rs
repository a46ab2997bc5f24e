//! A bound on `preferences` that knows of rounds and of one topic a sitting: a Lagrangian.
//!
//! What a mentee may have (one seat a round, an expert once, so many seats) and what the levels above reached is
//! relaxed: a breach has a price instead, its multiplier. What is left falls apart into one small problem a table and
//! round, which takes the topic and the people worth most at these prices (`tables`), and one a mentee, which counts
//! seats for the levels above (`mentees`). Whatever the multipliers, its best is no less than that of any schedule;
//! and the best multipliers give a bound as tight as the linear relaxation of the rounds model in which a seat needs
//! its table to be about its topic (Geoffrion 1974). They are looked for by `ascent`.
//!
//! Nothing that is claimed is floating point: multipliers are whole numbers of 1 / `SCALE`, and so the bound is
//! exact.

mod ascent;
mod mentees;
mod rows;
mod tables;

use crate::domain::{Event, Priority};
use crate::pairs::Pairs;

use ascent::Ascent;
use mentees::Counts;
use rows::Rows;
use tables::Tables;

/// Multipliers and worths are counted in this part of a unit of score.
const SCALE: i64 = 1 << 20;

/// A price that nobody pays; twice as much still fits.
const FREE: i64 = 1 << 61;

/// What to bound.
pub struct Question<'a> {
    /// The pairs of the event.
    pub pairs: &'a Pairs<'a>,
    /// Whether each expert has a sitting in every round when present.
    pub every_round: bool,
    /// The levels above `preferences` with what was reached in them. Those that are not modelled are not held, which
    /// loosens the bound.
    pub above: &'a [(Priority, Vec<i64>)],
    /// What was reached in `preferences`: a bound as low is not bettered.
    pub reached: i64,
}

/// How long to look for better multipliers.
pub struct Limits<'a> {
    /// The most looks at a mentee who could sit at a table in a round about a topic.
    pub looks: u64,
    /// The most passes over all tables.
    pub passes: u64,
    /// Asked now and then: whether to stop and keep the best so far.
    pub stop: &'a dyn Fn() -> bool,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// No schedule that is as good in the levels above has a larger sum of scores.
    pub value: i64,
    /// Passes over all tables.
    pub passes: u64,
}

/// A bound on `preferences`, or `None` where the limits are too tight for a good one, or scores beyond the arithmetic.
pub fn bound(question: &Question, limits: &Limits) -> Option<Bound> {
    let event = question.pairs.event();
    let rows = Rows::new(event, question.above);
    let tables = Tables::new(question.pairs, question.every_round)?;
    let counts = Counts::new(event, &rows);
    let unit = tables.guests().fold(0, |unit, guest| gcd(unit, i64::from(guest.score).abs())).max(1);
    let relaxed = Relaxed { event, rows, tables, counts, unit };
    Ascent::new(relaxed, question.reached).run(limits)
}

/// The relaxed problem.
struct Relaxed<'a> {
    event: &'a Event,
    rows: Rows,
    tables: Tables,
    counts: Counts,
    /// All scores are multiples of it, and so is their sum.
    unit: i64,
}

impl Relaxed<'_> {
    /// The best of the relaxed problem in parts of [`SCALE`], and the slack of each row at it.
    fn solve(&mut self, multipliers: &[i64], slack: &mut [i64]) -> i128 {
        slack.fill(0);
        for m in self.event.mentee_ixs() {
            self.event.mentee(m).present.iter().for_each(|r| slack[self.rows.seat_a_round(r, m)] = 1);
            self.event.expert_ixs().for_each(|e| slack[self.rows.meet_once(e, m)] = 1);
        }
        let prices = multipliers[..self.rows.limits()].iter().map(|&u| i128::from(u)).sum::<i128>();
        let tables = self.tables.solve(self.event, &self.rows, multipliers, slack);
        prices + tables + self.counts.solve(&self.rows, multipliers, slack)
    }

    /// A bound in units of score, from the best of the relaxed problem: rounded down to what a sum of scores can be.
    fn rounded(&self, best: i128) -> i64 {
        let whole = best.div_euclid(i128::from(SCALE) * i128::from(self.unit)) * i128::from(self.unit);
        whole.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
    }
}

/// The greatest common divisor.
pub(super) fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}
