//! The planted schedule.

use tablehop::domain::{ExpertIx, MenteeIx, RoundIx, RoundSet, SameOrganization, Seat, TopicIx};

use super::Garden;

impl Garden {
    /// Seats people where they have not been and can walk to, and couples together.
    pub fn plant(&mut self) {
        let topics: Vec<Vec<_>> = self.event.round_ixs().map(|_| self.table_topics()).collect();
        let fits = if self.is_large() { 4 + self.dice.below(4) } else { usize::MAX };
        let mut groups = vec![vec![0; self.event.experts.len()]; self.event.rounds.len()];
        for mentee in self.event.mentee_ixs() {
            let led = self.follow(mentee);
            for seat in &self.seats[mentee.index()] {
                groups[seat.round.index()][seat.expert.index()] += 1;
            }
            for round in self.event.mentee(mentee).present.without(led).iter() {
                let groups = &mut groups[round.index()];
                let free = |e: &ExpertIx| groups[e.index()] < fits && self.can_sit(mentee, round, *e);
                let free: Vec<_> = self.event.expert_ixs().filter(free).collect();
                // Of two tables the emptier one, so that the groups of large events are not too uneven.
                let looks = if self.is_large() { 2 } else { 1 };
                let looked = (0..looks).filter_map(|_| free.get(self.dice.below(free.len() + 1)).copied());
                if let Some(expert) = looked.min_by_key(|e| groups[e.index()]) {
                    groups[expert.index()] += 1;
                    let topic = topics[round.index()][expert.index()];
                    self.seats[mentee.index()].push(Seat { round, expert, mentee, topic });
                }
            }
        }
    }

    /// Seats a mentee with another, if the two go together; gives the rounds in which they do.
    fn follow(&mut self, mentee: MenteeIx) -> RoundSet {
        let m = mentee.index();
        if m.is_multiple_of(2) || m / 2 >= self.couples {
            return RoundSet::NONE;
        }
        let led = self.event.mentees[m - 1].present.and(self.event.mentees[m].present);
        let with = self.seats[m - 1].iter().filter(|s| led.contains(s.round)).map(|s| Seat { mentee, ..*s }).collect();
        self.seats[m] = with;
        led
    }

    fn table_topics(&mut self) -> Vec<Option<TopicIx>> {
        let offered: Vec<_> = self.event.expert_ixs().map(|e| self.event.sitting_topics(e)).collect();
        offered.into_iter().map(|topics| topics[self.dice.below(topics.len())]).collect()
    }

    /// Whether the table is open and the mentee may meet the expert there, and can get to the table in that round
    /// and from there on.
    fn can_sit(&self, mentee: MenteeIx, round: RoundIx, e: ExpertIx) -> bool {
        let of_mentee = &self.seats[mentee.index()];
        let forbidden = self.event.same_organization == SameOrganization::Forbid;
        if self.off[e.index()].contains(round) || forbidden && self.event.same_organization(mentee, e) {
            return false;
        }
        let room = |e: ExpertIx| self.event.expert(e).room;
        of_mentee.iter().filter(|s| s.round != round).all(|s| {
            let walk = room(s.expert).zip(room(e)).map_or(0, |(a, b)| self.event.travel_minutes(a, b));
            let between = self.event.minutes_between(s.round.min(round), s.round.max(round));
            s.expert != e && between >= i64::from(walk)
        })
    }
}
