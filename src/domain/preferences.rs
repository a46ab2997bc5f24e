//! What a seat is worth to its mentee: rank and score, defined once for solver, checker and reports.

use super::{Choice, Event, ExpertIx, MenteeIx, RoundSet, TopicIx};

/// The score of each rank (`[scores]` of the event file).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scores {
    /// Of the ranks of topics, from rank 1; past the end the last one; 0 when empty.
    pub topic_ranks: Vec<i64>,
    /// Of the ranks of experts, likewise.
    pub expert_ranks: Vec<i64>,
    /// Of an expert's wish for the mentee.
    pub expert_wish: i64,
    /// Of one star, two stars, …
    pub stars: Vec<i64>,
}

impl Default for Scores {
    fn default() -> Self {
        Scores {
            topic_ranks: vec![100, 70, 50, 35, 25],
            expert_ranks: vec![60, 40, 30],
            expert_wish: 40,
            stars: vec![0, 10, 30, 60, 100],
        }
    }
}

impl Scores {
    /// The score of a topic choice.
    pub fn topic(&self, choice: &Choice<TopicIx>) -> i64 {
        self.of(&self.topic_ranks, choice.rank, choice.stars)
    }

    /// The score of an expert choice.
    pub fn expert(&self, choice: &Choice<ExpertIx>) -> i64 {
        self.of(&self.expert_ranks, choice.rank, choice.stars)
    }

    fn of(&self, ranks: &[i64], rank: u32, stars: Option<u32>) -> i64 {
        let (table, position) = stars.map_or((ranks, rank), |stars| (&self.stars[..], stars));
        let last = table.len().saturating_sub(1);
        table.get((position.max(1) as usize - 1).min(last)).copied().unwrap_or(0)
    }
}

impl Event {
    /// The rank of a seat: the better of its topic's and its expert's; `None` when it is no choice.
    pub fn rank(&self, m: MenteeIx, e: ExpertIx, topic: Option<TopicIx>) -> Option<u32> {
        let mentee = self.mentee(m);
        let by_topic = topic.and_then(|t| mentee.chose_topic(t)).map(|c| c.rank);
        let by_expert = mentee.chose_expert(e).map(|c| c.rank);
        by_topic.into_iter().chain(by_expert).min()
    }

    /// The score of a seat: its topic's, its expert's and the expert's own wish for the mentee.
    pub fn score(&self, m: MenteeIx, e: ExpertIx, topic: Option<TopicIx>) -> i64 {
        let mentee = self.mentee(m);
        let by_topic = topic.and_then(|t| mentee.chose_topic(t)).map_or(0, |c| self.scores.topic(c));
        let by_expert = mentee.chose_expert(e).map_or(0, |c| self.scores.expert(c));
        let wish = if self.expert(e).wishes.binary_search(&m).is_ok() { self.scores.expert_wish } else { 0 };
        by_topic + by_expert + wish
    }
}

impl Event {
    /// The best sum of scores that this mentee could get alone at this event: the most wanted seats, each expert
    /// once, each round once, both present. Expert by expert from the best score, keeping those that still find a
    /// round each: greedy is exact because the sets of experts that do form a transversal matroid (Edmonds and
    /// Fulkerson 1965). `can_meet` tells which experts are not excluded.
    pub fn best_score_alone(&self, m: MenteeIx, can_meet: impl Fn(ExpertIx) -> bool) -> i64 {
        let best = |e| self.sitting_topics(e).into_iter().map(|t| self.score(m, e, t)).max().unwrap_or(0);
        let mut experts: Vec<_> =
            self.expert_ixs().filter(|&e| can_meet(e)).map(|e| (best(e), e)).filter(|&(score, _)| score > 0).collect();
        experts.sort_by_key(|&(score, e)| (std::cmp::Reverse(score), e));
        let mut layout = vec![None; self.rounds.len()];
        let (mut total, mut seats) = (0, 0);
        for (score, e) in experts {
            if seats < self.wanted(m) && self.lay_out(m, e, &mut layout, &mut RoundSet::default()) {
                total += score;
                seats += 1;
            }
        }
        total
    }

    /// Finds `e` a round, moving others aside where that helps (an augmenting path).
    fn lay_out(&self, m: MenteeIx, e: ExpertIx, layout: &mut [Option<ExpertIx>], seen: &mut RoundSet) -> bool {
        for r in self.mentee(m).present.and(self.expert(e).open_rounds()).iter() {
            if seen.contains(r) {
                continue;
            }
            seen.insert(r);
            let free = match layout[r.index()] {
                None => true,
                Some(other) => self.lay_out(m, other, layout, seen),
            };
            if free {
                layout[r.index()] = Some(e);
                return true;
            }
        }
        false
    }
}
