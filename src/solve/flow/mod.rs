//! The pair model as a minimum-cost flow: who meets whom about what, the rounds summed out.
//!
//! ```text
//! root → gate → mentee → choices → first choices → topic (of this mentee) → topic → expert → root
//! ```
//!
//! A mentee's seats form nested groups (all ⊃ choices ⊃ rank ≤ n ⊃ those of one topic with experts who are not
//! listed), and each priority from `seats` to `preferences` is a sum of concave functions of the sizes of such
//! groups, so the optimum is a flow, integral, and the node potentials prove it.
//!
//! The gate lets through as many seats as fit, round by round: where rounds are alike it never binds, elsewhere it
//! tightens the bound.
//!
//! Two things keep it small at any size. Experts of one topic whom nothing sets apart for a mentee are alike to
//! that mentee: the seats with them run through one node a topic, and are dealt out afterwards (`deal`); where
//! that fails, because a mentee would meet an expert twice, the mentees concerned get arcs to each expert and the
//! flow is solved again, so the result is exact. And topics that a mentee did not list are priced in lazily.

mod deal;
mod network;
mod offers;
mod packing;
pub mod simplex;
mod tree;

use std::collections::BTreeSet;

use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Schedule, TopicIx};
use crate::pairs::Pairs;

use network::PairNetwork;

/// A part of what the flow optimizes, the most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Lower bounds of the rules `must-meet`, `meetings-wanted` and `every-round` that are met, more.
    Musts,
    /// A part of the value of a priority.
    Of(Priority, usize),
    /// Σ over experts of the squared sizes of their groups, less: for the sake of `even-tables`.
    LikeLoads,
    /// Pairs of the standing plan, more: for the sake of `changes`.
    KeptPairs,
    /// One of the sums that [`pair_by_sums`] is given, more.
    Sum(usize),
}

/// Parts of priorities with what each weighs, more than 0; each is turned so that more is better.
pub type Sum = Vec<(Part, i64)>;

/// Who meets whom about what; no two alike in mentee and expert.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Ascending.
    pub meetings: Vec<(MenteeIx, ExpertIx, Option<TopicIx>)>,
    /// Lower bounds of rules that are not met.
    pub unmet: i64,
    /// What was reached in each part asked for, in the priority's own sense.
    pub values: Vec<i64>,
    /// Pivots of the simplex, and what it took to build its network, in pivots.
    pub steps: u64,
}

/// What to pair.
pub struct Demand<'a> {
    /// The pairs of the event.
    pub pairs: &'a Pairs<'a>,
    /// What to optimize, the most important first; [`Part::Musts`] comes before all and is implied.
    pub parts: &'a [Part],
    /// Whether each expert has a sitting in every round when present.
    pub every_round: bool,
    /// The plan of which pairs are kept where that costs nothing.
    pub standing: Option<&'a Schedule>,
}

/// The parts that a flow can model, in the event's order, up to the first priority that it can't.
/// The second value tells whether that was all but the priorities that only the layout in rounds decides.
pub fn parts(pairs: &Pairs) -> (Vec<Part>, bool) {
    let event = pairs.event();
    let modelled = |p: &Priority| is_modelled(*p);
    let head: Vec<Priority> = event.order.iter().copied().take_while(modelled).collect();
    let rest = &event.order[head.len()..];
    let complete = rest.iter().all(|p| matches!(p, Priority::NewFaces | Priority::EvenTables | Priority::Changes));
    (parts_of(event, head), complete)
}

/// All parts of those priorities that a flow can model.
pub fn parts_of(event: &Event, priorities: impl IntoIterator<Item = Priority>) -> Vec<Part> {
    let modelled = priorities.into_iter().filter(|&p| is_modelled(p));
    modelled.flat_map(|p| (0..p.senses(event).len()).map(move |i| Part::Of(p, i))).collect()
}

/// Whether the flow models a priority.
pub fn is_modelled(priority: Priority) -> bool {
    use Priority::{Courtesies, FairShare, FirstChoices, Preferences, Seats, Variety};
    matches!(priority, Seats | Courtesies | FirstChoices | FairShare | Variety | Preferences)
}

/// Where rounds are not alike, after so many dealings in vain everybody has arcs to each expert, if that makes no more
/// than so many: each time a few more mentees would turn out to be concerned.
const DEALINGS: usize = 3;
const MANY_PAIRS: usize = 1_000_000;

/// There, up to so many pairs of a mentee and an expert, each has its own arc from the start: that costs less than to
/// deal out in vain.
const FEW_PAIRS: usize = 20_000;

/// All mentees with all topics.
fn everybody(event: &Event) -> BTreeSet<(MenteeIx, TopicIx)> {
    let there = event.mentee_ixs().filter(|&m| event.wanted(m) > 0);
    there.flat_map(|m| (0..event.topics.len().max(1)).map(move |t| (m, TopicIx::new(t)))).collect()
}

/// The best pairing, or `None` when the lower bounds cannot all be met (proven).
pub fn pair(demand: &Demand) -> Option<Pairing> {
    possible(solve(demand, &[], &|| false, &|_, _| {}))
}

/// The same, telling now and then at which part it is and how many pivots are done.
pub fn pair_telling(demand: &Demand, tell: &dyn Fn(Part, u64)) -> Option<Pairing> {
    possible(solve(demand, &[], &|| false, tell))
}

/// The best pairing by parts of which some may be sums.
pub fn pair_by_sums(demand: &Demand, sums: &[Sum]) -> Option<Pairing> {
    possible(solve(demand, sums, &|| false, &|_, _| {}))
}

/// The best of the pairings that leave the fewest lower bounds unmet; or what there is of one when `stop`, asked now and
/// then, says so.
pub fn nearest(demand: &Demand, stop: &dyn Fn() -> bool) -> Pairing {
    solve(demand, &[], stop, &|_, _| {})
}

fn possible(pairing: Pairing) -> Option<Pairing> {
    Some(pairing).filter(|pairing| pairing.unmet == 0)
}

fn solve(demand: &Demand, sums: &[Sum], stop: &dyn Fn() -> bool, tell: &dyn Fn(Part, u64)) -> Pairing {
    let event = demand.pairs.event();
    let irregular = event.experts.iter().any(|e| e.open_rounds() != event.all_rounds());
    let are_few = |most| irregular && event.mentees.len() * event.experts.len() <= most;
    let mut apart = if are_few(FEW_PAIRS) { everybody(event) } else { BTreeSet::new() };
    let (mut steps, mut dealings) = (0, 0);
    loop {
        let mut network = PairNetwork::new(demand, sums, &apart);
        network.solve(stop, &|part, pivots| tell(part, steps + pivots));
        steps += network.steps();
        dealings += 1;
        match network.pairing() {
            Ok(pairing) => return Pairing { steps, ..pairing },
            Err(_) if dealings == DEALINGS && are_few(MANY_PAIRS) => apart = everybody(event),
            Err(more) => apart.extend(more),
        }
    }
}
