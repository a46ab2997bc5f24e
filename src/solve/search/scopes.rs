//! What a neighbourhood lays open: some mentees in some rounds, perhaps with other topics at a table.

use super::state::State;
use crate::domain::{ExpertIx, MenteeIx, RoundIx, RoundSet, TopicIx};
use crate::solve::choice::Learning;
use crate::solve::construction::Sittings;
use crate::solve::random::Random;

/// The kinds of neighbourhoods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One round, by a flow.
    Round,
    /// Two rounds.
    TwoRounds,
    /// The days of a few mentees.
    Days,
    /// The days of all who sit with an expert or would like to.
    Expert,
    /// The days of all who sit at tables of a topic, and of some who would like to.
    Topic,
    /// Everything.
    All,
    /// The days of some whose seats are not those of the standing plan.
    Changed,
    /// Small moves.
    Moves,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 8] =
        [Kind::Round, Kind::TwoRounds, Kind::Days, Kind::Expert, Kind::Topic, Kind::All, Kind::Moves, Kind::Changed];
}

/// Kinds that have paid of late come more often; effort is counted in steps.
pub const LEARNING: Learning = Learning { floor: 20, credit: 2_000.0, half_life: 100_000.0 };

/// The most mentees whose seats are laid open at once.
pub const MOST_MENTEES: usize = 300;

/// The most mentees of a few, of an expert or of a topic.
const FEW: usize = 40;

/// Who may change seats, and when.
pub struct Scope {
    /// What kind of neighbourhood it is.
    pub kind: Kind,
    /// Ascending, each once; nobody who is kept together with others.
    pub mentees: Vec<MenteeIx>,
    /// Rounds that are not played yet.
    pub rounds: RoundSet,
    /// Another topic for a table; all who sit there are in `mentees`.
    pub change: Option<(ExpertIx, RoundIx, Option<TopicIx>)>,
}

impl Scope {
    /// A scope of a kind, by chance.
    pub fn pick(kind: Kind, state: &State, several: &[ExpertIx], random: &mut Random) -> Scope {
        let event = state.event;
        let all = event.rounds_to_come();
        let rounds: Vec<RoundIx> = all.iter().collect();
        let a_round = |random: &mut Random| rounds[random.below(rounds.len())];
        let change = if kind == Kind::Changed || random.below(4) == 0 {
            None
        } else {
            other_topic(state, a_round(random), several, random)
        };
        let pair: RoundSet = [a_round(random), change.map_or_else(|| a_round(random), |c| c.1)].into_iter().collect();
        let e = change.map_or_else(|| ExpertIx::new(random.below(event.experts.len())), |c| c.0);
        let topics = event.sitting_topics(e);
        let topic = change.map_or_else(|| topics[random.below(topics.len())], |c| c.2);
        let (core, rounds): (Vec<MenteeIx>, RoundSet) = match kind {
            Kind::Round | Kind::Moves | Kind::All => (event.mentee_ixs().collect(), all),
            Kind::TwoRounds => (event.mentee_ixs().collect(), pair),
            Kind::Days => (Vec::new(), all),
            Kind::Expert => (with_expert(state, e), all),
            Kind::Topic => (about(state, topic), all),
            Kind::Changed => (event.mentee_ixs().filter(|&m| state.is_changed(m)).collect(), all),
        };
        let most = match kind {
            Kind::Round | Kind::TwoRounds | Kind::All | Kind::Moves => MOST_MENTEES,
            Kind::Days | Kind::Changed => 2 + random.below(FEW),
            Kind::Expert | Kind::Topic => FEW,
        };
        let here = change.map_or(&[][..], |(e, r, _)| state.group(e, r));
        let mut scope = Scope { kind, mentees: Vec::new(), rounds, change };
        scope.fill(state, here, core, most, random);
        scope
    }

    /// `first`, then some of `core`, then anybody, up to `most`.
    fn fill(&mut self, state: &State, first: &[MenteeIx], mut core: Vec<MenteeIx>, most: usize, random: &mut Random) {
        shuffle(&mut core, random);
        let count = state.event.mentees.len();
        let anybody = (0..most).map(|_| MenteeIx::new(random.below(count)));
        let mut taken = vec![false; count];
        for m in first.iter().copied().chain(core).chain(anybody) {
            if self.mentees.len() >= most.max(first.len()) {
                break;
            }
            if !state.is_tied(m) && !std::mem::replace(&mut taken[m.index()], true) {
                self.mentees.push(m);
            }
        }
        self.mentees.sort_unstable();
    }

    /// The sittings with the change, if there is one: either the new topic alone or exchanged with another round.
    pub fn settle(&self, sittings: &mut Sittings, state: &State, random: &mut Random) {
        let Some((e, r, topic)) = self.change else { return };
        let takes_part = |m: &MenteeIx| self.mentees.binary_search(m).is_ok();
        let free =
            |&other: &RoundIx| sittings.at(e, other) == Some(topic) && state.group(e, other).iter().all(takes_part);
        let other = self.rounds.iter().find(free).filter(|_| random.below(2) == 0);
        if let Some(other) = other {
            sittings.set(e, other, sittings.at(e, r));
        }
        sittings.set(e, r, Some(topic));
    }
}

/// Another topic for a table by chance, where there is a choice.
pub fn other_topic(
    state: &State,
    r: RoundIx,
    several: &[ExpertIx],
    random: &mut Random,
) -> Option<(ExpertIx, RoundIx, Option<TopicIx>)> {
    let e = *several.get(random.below(several.len().max(1)))?;
    let mut topics = state.event.sitting_topics(e);
    topics.retain(|&t| t != state.topic(e, r));
    let is_open = state.event.expert(e).open_rounds().contains(r);
    (is_open && !topics.is_empty()).then(|| (e, r, topics[random.below(topics.len())]))
}

/// Who sits with an expert, and who listed the expert.
fn with_expert(state: &State, e: ExpertIx) -> Vec<MenteeIx> {
    let event = state.event;
    let there = event.round_ixs().flat_map(|r| state.group(e, r)).copied();
    there.chain(event.mentee_ixs().filter(|&m| event.mentee(m).chose_expert(e).is_some())).collect()
}

/// Who sits at tables of a topic, and who listed it.
fn about(state: &State, topic: Option<TopicIx>) -> Vec<MenteeIx> {
    let event = state.event;
    let wishes = |&m: &MenteeIx| topic.is_some_and(|t| event.mentee(m).chose_topic(t).is_some());
    let sits = |&m: &MenteeIx| event.round_ixs().any(|r| state.seat(m, r).is_some_and(|p| p.topic == topic));
    event.mentee_ixs().filter(|m| wishes(m) || sits(m)).collect()
}

fn shuffle<T>(list: &mut [T], random: &mut Random) {
    for i in (1..list.len()).rev() {
        list.swap(i, random.below(i + 1));
    }
}
