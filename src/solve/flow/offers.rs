//! What a mentee is offered: everybody whom they could meet, in the nested groups that the priorities look at.

use std::collections::{BTreeMap, BTreeSet};

use super::Part;
use super::network::{Meaning, PairNetwork, event_topic, expert_node, topic_node, topics_of};
use super::simplex::{Class, Node};
use super::tree::NONE;
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, TopicIx};

/// How many topics that a mentee did not list have arcs from the start, when the others are priced in.
const SEEDS: usize = 3;

/// An arc to be, whose tail is the group it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Offer {
    pub(super) to: Node,
    pub(super) capacity: u32,
    pub(super) class: Class,
    pub(super) meaning: Meaning,
}

/// The offers to a mentee by the group that they belong to.
#[derive(Default)]
struct Offers {
    others: Vec<Offer>,
    choices: Vec<Offer>,
    first: Vec<Offer>,
}

impl PairNetwork<'_> {
    /// The nested groups of a mentee; their outermost node, or `NONE` where nobody can be met.
    pub(super) fn add_groups(&mut self, event: &Event, m: MenteeIx) -> Node {
        let wanted = event.wanted(m);
        if wanted == 0 {
            return NONE;
        }
        let mut offers = self.offers(event, m);
        if !offers.first.is_empty() {
            let (group, plain) = (self.node(&offers.first), self.class(&[]));
            let first = self.class(&[(Part::Of(Priority::FirstChoices, 0), -1)]);
            for (capacity, class) in [(1, first), (wanted - 1, plain)] {
                offers.choices.push(Offer { to: group, capacity, class, meaning: Meaning::Inner });
            }
        }
        if !offers.choices.is_empty() {
            let group = self.node(&offers.choices);
            for k in 0..wanted {
                let class = self.class(&[(Part::Of(Priority::FairShare, k as usize), -1)]);
                offers.others.push(Offer { to: group, capacity: 1, class, meaning: Meaning::Inner });
            }
        }
        if offers.others.is_empty() { NONE } else { self.node(&offers.others) }
    }

    /// Everybody whom a mentee could meet: by name those whom something sets apart, the others by topic.
    fn offers(&mut self, event: &Event, m: MenteeIx) -> Offers {
        let particular = self.particular(event, m);
        let mut offers = Offers::default();
        let mut by_topic: BTreeMap<TopicIx, Vec<Offer>> = BTreeMap::new();
        let mut named: BTreeMap<TopicIx, u32> = BTreeMap::new();
        for &e in &particular {
            let topics = topics_of(event, e);
            if let [t] = topics[..] {
                *named.entry(t).or_default() += 1;
            }
            if self.demand.pairs.exclusion(m, e).is_some() {
                continue;
            }
            let to = self.meeting_node(m, e, &topics);
            let listed = event.mentee(m).chose_expert(e).is_some();
            for &t in &topics {
                let class = self.meeting_class(event, m, e, t);
                let offer = Offer { to, capacity: 1, class, meaning: Meaning::Meeting(m, e, t) };
                if listed {
                    offers.group(event, event.rank(m, e, event_topic(event, t))).push(offer);
                } else {
                    by_topic.entry(t).or_default().push(offer);
                }
            }
        }
        for t in (0..self.alike.len()).map(TopicIx::new) {
            self.offer_topic(event, m, t, named.get(&t).copied().unwrap_or(0), by_topic.remove(&t), &mut offers);
        }
        offers
    }

    fn offer_topic(
        &mut self,
        event: &Event,
        m: MenteeIx,
        t: TopicIx,
        named: u32,
        apart: Option<Vec<Offer>>,
        offers: &mut Offers,
    ) {
        let rank = event_topic(event, t).and_then(|t| event.mentee(m).chose_topic(t)).map(|c| c.rank);
        let mut apart = apart.unwrap_or_default();
        let mut alike = self.alike[t.index()].len() as u32 - named;
        if self.apart.contains(&(m, t)) {
            let particular = self.particular(event, m);
            for e in self.alike[t.index()].clone() {
                if particular.binary_search(&e).is_err() {
                    let class = self.meeting_class(event, m, e, t);
                    apart.push(Offer { to: expert_node(e), capacity: 1, class, meaning: Meaning::Meeting(m, e, t) });
                }
            }
            alike = 0;
        }
        let score =
            event_topic(event, t).and_then(|t| event.mentee(m).chose_topic(t)).map_or(0, |c| event.scores.topic(c));
        let (first, further) = self.topic_classes(score);
        let most = event.wanted(m);
        let meaning = Meaning::Alike(m, t);
        let to = topic_node(event, t);
        if apart.is_empty() {
            if rank.is_none() && self.put_off(m, t, alike) {
                return;
            }
            for (capacity, class) in [(alike.min(1), first), (alike.saturating_sub(1).min(most - most.min(1)), further)]
            {
                offers.group(event, rank).push(Offer { to, capacity, class, meaning });
            }
        } else {
            apart.push(Offer { to, capacity: alike.min(most), class: first, meaning });
            let group = self.node(&apart);
            let (once, again) = self.topic_classes(0);
            for (capacity, class) in [(1, once), (most - most.min(1), again)] {
                offers.group(event, rank).push(Offer { to: group, capacity, class, meaning: Meaning::Inner });
            }
        }
        offers.drop_empty();
    }

    /// Whether the arcs from a mentee to a topic wait until they are priced in.
    fn put_off(&mut self, m: MenteeIx, t: TopicIx, alike: u32) -> bool {
        let topics = self.alike.len();
        let turn = (t.index() + topics - m.index() % topics) % topics;
        let later = !self.lazy.is_empty() && turn >= SEEDS;
        if later {
            self.lazy[m.index() * topics + t.index()] = alike;
        }
        later
    }

    /// The classes of a mentee's first seat of a topic and of further ones.
    pub(super) fn topic_classes(&mut self, score: i64) -> (Class, Class) {
        let preferences = (Part::Of(Priority::Preferences, 0), -score);
        let again = if self.demand.pairs.event().topics.is_empty() { 0 } else { 1 };
        (self.class(&[preferences]), self.class(&[preferences, (Part::Of(Priority::Variety, 0), again)]))
    }

    fn meeting_class(&mut self, event: &Event, m: MenteeIx, e: ExpertIx, t: TopicIx) -> Class {
        let single = topics_of(event, e).len() == 1;
        let courtesy = i64::from(self.demand.pairs.avoided(m, e));
        let score = event.score(m, e, event_topic(event, t));
        let mut parts =
            vec![(Part::Of(Priority::Courtesies, 0), courtesy), (Part::Of(Priority::Preferences, 0), -score)];
        if single {
            parts.extend(self.pair_parts(m, e));
        }
        self.class(&parts)
    }

    /// What hangs on the pair, whatever the topic.
    fn pair_parts(&self, m: MenteeIx, e: ExpertIx) -> [(Part, i64); 2] {
        let of = |set: &BTreeSet<(MenteeIx, ExpertIx)>| -i64::from(set.contains(&(m, e)));
        [(Part::Musts, of(&self.must)), (Part::KeptPairs, of(&self.kept))]
    }

    /// Where the seats of a pair come together: the expert, or a node of the pair where there are several topics.
    fn meeting_node(&mut self, m: MenteeIx, e: ExpertIx, topics: &[TopicIx]) -> Node {
        if topics.len() == 1 {
            return expert_node(e);
        }
        let class = self.class(&self.pair_parts(m, e));
        self.node(&[Offer { to: expert_node(e), capacity: 1, class, meaning: Meaning::Inner }])
    }

    /// The experts who are not like any other of their topic to a mentee, ascending.
    pub(super) fn particular(&self, event: &Event, m: MenteeIx) -> Vec<ExpertIx> {
        let mut experts = self.demand.pairs.particular(m);
        for set in [&self.must, &self.kept] {
            experts.extend(set.range((m, ExpertIx(0))..=(m, ExpertIx(u32::MAX))).map(|&(_, e)| e));
        }
        let present = event.mentee(m).present;
        let differs = |e: &&ExpertIx| {
            let expert = event.expert(**e);
            expert.topics.len() > 1 || present.and(expert.open_rounds()).is_empty()
        };
        experts.extend(self.irregular.iter().filter(differs));
        experts.sort_unstable();
        experts.dedup();
        experts.retain(|&e| !event.expert(e).open_rounds().is_empty());
        experts
    }
}

impl Offers {
    /// The group that a seat of this rank belongs to.
    fn group(&mut self, event: &Event, rank: Option<u32>) -> &mut Vec<Offer> {
        match rank {
            None => &mut self.others,
            Some(rank) if rank <= event.first_choices => &mut self.first,
            Some(_) => &mut self.choices,
        }
    }

    fn drop_empty(&mut self) {
        for group in [&mut self.others, &mut self.choices, &mut self.first] {
            group.retain(|offer| offer.capacity > 0);
        }
    }
}
