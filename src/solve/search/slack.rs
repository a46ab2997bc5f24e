//! How much worse than the best a schedule may be for a while, so that the search gets from one hill to another:
//! record-to-record travel (Dueck 1993).

use super::state::State;
use crate::domain::Priority;

/// At first a schedule may be worse than the best by the so manieth part of what `preferences` has; at last not at all.
const TIGHTNESS: i128 = 2_000;

/// What is allowed now.
#[derive(Clone, Copy, Debug)]
pub struct Slack {
    /// The priority that may be worse: `preferences`, once it is the first that is open.
    pub priority: Priority,
    /// Where it stands in the cost.
    at: usize,
    /// By how much.
    most: i64,
}

impl Slack {
    /// What is allowed when `left` of `steps` are left; `None` while another priority is open.
    pub fn when(state: &State, bounds: &[(Priority, Vec<i64>)], best: &[i64], left: u64, steps: u64) -> Option<Self> {
        let (priority, at) = state.open_part(bounds).filter(|&(p, _)| p == Priority::Preferences)?;
        let most = i128::from(best[at].abs()) * i128::from(left.min(steps)) / i128::from(steps.max(1)) / TIGHTNESS;
        Some(Slack { priority, at, most: most as i64 })
    }

    /// By how much a schedule of this cost may still become worse.
    pub fn of(&self, cost: &[i64], best: &[i64]) -> i64 {
        if cost[..self.at] == best[..self.at] { (best[self.at] + self.most - cost[self.at]).max(0) } else { 0 }
    }

    /// Whether a schedule of this cost is good enough to go on from.
    pub fn allows(&self, cost: &[i64], best: &[i64]) -> bool {
        cost[..self.at] == best[..self.at] && cost[self.at] <= best[self.at] + self.most
    }
}
