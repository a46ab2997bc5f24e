//! The pair model: who meets whom about what, the rounds summed out. What it reaches bounds the rounds model, and is
//! its optimum where rounds are alike. The routes solve it as a flow; this program is there to hold the flow against.

use crate::domain::{ExpertIx, MenteeIx, TopicIx};
use crate::pairs::Pairs;

use super::meetings::MeetingsModel;

/// The program of one event.
pub(super) struct PairModel<'a> {
    /// The meetings of each mentee ascend by expert, topic.
    pub(super) base: MeetingsModel<'a>,
}

impl<'a> PairModel<'a> {
    /// The pair model; with `every_round` each expert has enough meetings for a group in every round when present.
    pub(super) fn new(pairs: &'a Pairs<'a>, every_round: bool) -> Self {
        let event = pairs.event();
        let mut base = MeetingsModel::new(pairs);
        for m in event.mentee_ixs() {
            let experts = event.expert_ixs().filter(|&e| pairs.exclusion(m, e).is_none());
            base.add(m, experts.flat_map(|e| event.sitting_topics(e).into_iter().map(move |t| (e, t))));
        }
        event.mentee_ixs().for_each(|m| base.meet_once(m));
        event.mentee_ixs().for_each(|m| base.meetings_wanted(m));
        event.expert_ixs().for_each(|e| base.table_capacity(e));
        base.requests(|_, _| true);
        let mut model = PairModel { base };
        if every_round {
            model.every_round();
        }
        model
    }

    /// The meetings at a point.
    pub(super) fn meetings_at(&self, point: &[i64]) -> Vec<(MenteeIx, ExpertIx, Option<TopicIx>)> {
        let of = |m: MenteeIx| {
            let taken = self.base.meetings[m.index()].iter().filter(|meeting| point[meeting.column.index()] == 1);
            taken.map(move |meeting| (m, meeting.expert, meeting.topic))
        };
        self.base.event.mentee_ixs().flat_map(of).collect()
    }

    /// Each expert has a smallest group in every round when present.
    fn every_round(&mut self) {
        for e in self.base.event.expert_ixs() {
            let expert = self.base.event.expert(e);
            let fewest = expert.present.len() as i64 * i64::from(expert.smallest_group.max(1));
            self.base.program.at_least(self.base.with(e), fewest);
        }
    }
}
