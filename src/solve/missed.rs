//! Bounds below a level that was missed: the schedule reached less in it than the pair model can, so that levels
//! below it are better off, and that model must not have it for nothing.
//!
//! A schedule with at least so much of the missed part has, at any price of that part, no more of a level below than
//! the largest sum of both less what is held. The sum is a flow as well, and the price that bounds best lies where
//! two lines meet, one for each flow so far on either side (cutting planes in one dimension, Kelley 1960). For the
//! levels further down, that best sum takes the place of the missed part.

use super::bounds::{self, tighter};
use super::flow::{Demand, Part, Sum, is_modelled, pair, pair_by_sums};
use super::lagrangian::gcd;
use crate::domain::{Event, Level, Priority, Sense};
use crate::pairs::Pairs;

/// The most flows for each level.
const FLOWS: usize = 8;

/// With more pairs of a mentee and an expert, flows take too long for this, and too long to wait for in a hurry.
const MOST_PAIRS: usize = 50_000;

/// Weights stay within this, so that the costs of all arcs together fit 64 bits.
const LARGEST_WEIGHT: i64 = 1 << 20;

/// Prices are ratios of numbers up to about this.
const FINENESS: i64 = 1_000;

/// The levels of a schedule that reached `values`, each with a bound that holds given the values of those above, and
/// the pivots that it took; `None` when no pairing exists at all, and so no schedule. `best` are the values of the best
/// pairing in all parts that the pair model knows, where they are known already. Once `stop` says so, no flow is solved
/// for closer bounds, and no large one at all.
pub fn levels(
    pairs: &Pairs,
    every_round: bool,
    values: &[(Priority, Vec<i64>)],
    mut best: Option<&[i64]>,
    stop: &dyn Fn() -> bool,
) -> Option<(Vec<Level>, u64)> {
    let are_few = pairs.event().mentees.len() * pairs.event().experts.len() <= MOST_PAIRS;
    let mut pivots = 0;
    let flow = |parts: &[Part]| match best.take() {
        Some(best) => Some(best.to_vec()),
        None if !are_few && stop() => Some(Vec::new()),
        None => {
            let pairing = pair(&Demand { pairs, parts, every_round, standing: None })?;
            pivots += pairing.steps;
            Some(pairing.values)
        }
    };
    let mut levels = bounds::levels(pairs, every_round, values, flow)?;
    if are_few {
        pivots += tighten(pairs, every_round, &mut levels, stop);
    }
    Some((levels, pivots))
}

/// Tightens the bounds of levels with one part below the first level that misses the bound of the pair model.
fn tighten(pairs: &Pairs, every_round: bool, levels: &mut [Level], stop: &dyn Fn() -> bool) -> u64 {
    let event = pairs.event();
    let missed = |level: &Level| is_modelled(level.priority) && !level.proven;
    let Some(first) = levels.iter().position(missed) else { return 0 };
    let (above, below) = levels.split_at_mut(first + 1);
    let held = above.iter().flat_map(met).collect();
    let Some(mut hold) = above.last().and_then(|level| Hold::of(event, level)) else { return 0 };
    let mut flows = Flows { pairs, every_round, held, pivots: 0, stop };
    for level in below.iter_mut().filter(|level| is_modelled(level.priority)) {
        let (&[value], &[sense]) = (&level.value[..], &level.priority.senses(event)[..]) else { continue };
        if stop() {
            break;
        }
        let target = Part::Of(level.priority, 0);
        let Some((bound, next)) = flows.bound(&hold, (target, sense.upwards(value))) else { break };
        let found = Level::new(level.priority, vec![value], Some(vec![sense.upwards(bound)]));
        *level = tighter(event, found, level);
        hold = next;
    }
    flows.pivots
}

/// The parts of a level that meet its bound, up to the first that does not.
fn met(level: &Level) -> Vec<Part> {
    let parts = level.bound.iter().flatten().zip(&level.value);
    let same = if is_modelled(level.priority) { parts.take_while(|(a, b)| a == b).count() } else { 0 };
    (0..same).map(|i| Part::Of(level.priority, i)).collect()
}

/// A sum of parts of which a schedule has at least so much.
#[derive(Clone)]
struct Hold {
    sum: Sum,
    least: i64,
}

impl Hold {
    /// The first part of a level that was missed; of `fair-share` all parts from there on.
    fn of(event: &Event, level: &Level) -> Option<Hold> {
        let senses: Vec<Sense> = level.priority.senses(event);
        let first = met(level).len();
        let last = if level.priority == Priority::FairShare { senses.len() } else { first + 1 };
        let sum = (first..last).map(|i| (Part::Of(level.priority, i), 1)).collect();
        let least = senses.get(first..last)?.iter().zip(&level.value[first..]).map(|(s, &v)| s.upwards(v)).sum();
        Some(Hold { sum, least })
    }
}

/// What a flow has of the target, and beyond what is held of the rest.
#[derive(Clone, Copy)]
struct Line {
    target: i64,
    spare: i64,
}

struct Flows<'a> {
    pairs: &'a Pairs<'a>,
    every_round: bool,
    held: Vec<Part>,
    pivots: u64,
    stop: &'a dyn Fn() -> bool,
}

impl Flows<'_> {
    /// The most that a schedule with what is held can have of the target, and the sum to hold from here on, given
    /// how much of the target it has.
    fn bound(&mut self, hold: &Hold, (target, reached): (Part, i64)) -> Option<(i64, Hold)> {
        let mut short = self.line(hold, target, (1, 0))?;
        let mut ample = self.line(hold, target, (0, 1))?;
        let mut best = (short.target, (1, 0));
        for _ in 2..FLOWS {
            if short.spare >= 0 || ample.spare < 0 || best.0 <= reached || (self.stop)() {
                break;
            }
            let (share, price) = reduced(ample.spare - short.spare, short.target - ample.target);
            if price == 0 {
                break;
            }
            let line = self.line(hold, target, (share, price))?;
            let worth =
                |line: Line| i128::from(share) * i128::from(line.target) + i128::from(price) * i128::from(line.spare);
            let bound = worth(line).div_euclid(i128::from(share)) as i64;
            if bound < best.0 {
                best = (bound, (share, price));
            }
            if worth(line) <= worth(short) || worth(line) <= worth(ample) {
                break;
            }
            *(if line.spare < 0 { &mut short } else { &mut ample }) = line;
        }
        let (bound, (share, price)) = best;
        if price == 0 && bound == reached {
            self.held.push(target);
            return Some((bound, hold.clone()));
        }
        let least = share.checked_mul(reached)?.checked_add(price.checked_mul(hold.least)?)?;
        Some((bound, Hold { sum: weighed(hold, target, (share, price))?, least }))
    }

    /// The flow that has most of share × target + price × what is held.
    fn line(&mut self, hold: &Hold, target: Part, (share, price): (i64, i64)) -> Option<Line> {
        let sums = [weighed(hold, target, (share, price))?, hold.sum.clone(), vec![(target, 1)]];
        let parts: Vec<Part> = self.held.iter().copied().chain((0..sums.len()).map(Part::Sum)).collect();
        let demand = Demand { pairs: self.pairs, parts: &parts, every_round: self.every_round, standing: None };
        let pairing = pair_by_sums(&demand, &sums)?;
        self.pivots += pairing.steps;
        let [_, rest, target] = pairing.values[self.held.len()..] else { return None };
        Some(Line { target, spare: rest - hold.least })
    }
}

fn weighed(hold: &Hold, target: Part, (share, price): (i64, i64)) -> Option<Sum> {
    let rest = hold.sum.iter().map(|&(part, weight)| Some((part, weight.checked_mul(price)?)));
    let sum: Sum = std::iter::once(Some((target, share))).chain(rest).collect::<Option<_>>()?;
    sum.iter().all(|&(_, weight)| weight <= LARGEST_WEIGHT).then(|| sum.into_iter().filter(|s| s.1 > 0).collect())
}

/// About the ratio of both, in small whole numbers, the first at least 1.
fn reduced(share: i64, price: i64) -> (i64, i64) {
    let common = gcd(share, price).max(1);
    let (share, price) = (share / common, price / common);
    let shrink = (share.max(price) / FINENESS).max(1);
    ((share / shrink).max(1), price / shrink)
}
