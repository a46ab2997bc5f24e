//! What is settled before anybody has a seat: who is there when, rooms, organizations, topics and rests.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use tablehop::domain::{OrganizationIx, Room, RoomIx, RoundIx, SameOrganization, TopicIx, Travel};

use super::Garden;

/// Organizations of a small event.
const ORGANIZATIONS: usize = 2;

impl Garden {
    pub(super) fn mentees_come_and_go(&mut self) {
        for mentee in &mut self.event.mentees {
            let away = self.dice.some(mentee.present.iter(), 6);
            away.into_iter().for_each(|r| mentee.present.remove(r));
        }
        let couples = if self.is_large() { self.crowd.div_ceil(3) } else { 1 };
        self.couples = if self.event.mentees.len() > 1 && self.dice.one_in(3) { couples } else { 0 };
    }

    pub(super) fn spread_over_days(&mut self) {
        let next_day = self.dice.below(self.event.rounds.len() * 2);
        for round in self.event.rounds.iter_mut().skip(next_day).filter(|_| next_day > 0) {
            round.start += TimeDelta::days(1);
            round.end += TimeDelta::days(1);
        }
    }

    /// Up to two rooms, side by side, a short walk or a long one apart.
    pub(super) fn place_tables(&mut self) {
        let rooms = self.dice.below(3);
        self.event.rooms = (1..=rooms).map(|n| Room { name: format!("Room {n}"), tables: None }).collect();
        if rooms == 0 {
            return;
        }
        for expert in &mut self.event.experts {
            expert.room = Some(RoomIx::new(self.dice.below(rooms)));
        }
        let minutes = [0, 4, 20][self.dice.below(3)];
        if rooms == 2 && minutes > 0 {
            self.event.travel.push(Travel { from: RoomIx(1), to: RoomIx(0), minutes });
        }
    }

    /// Organizations, and what to do about pairs of one: if they never meet, the plant will hold to it.
    pub fn found_organizations(&mut self) {
        let mut found = Vec::new();
        for expert in &mut self.event.experts {
            expert.organization = drawn(self.dice.below(2 * ORGANIZATIONS * self.crowd), self.crowd, &mut found);
            expert.affiliation = expert.organization.map(name);
        }
        for m in 0..self.event.mentees.len() {
            // Those who go together are of one organization.
            let organization = match m % 2 == 1 && m / 2 < self.couples {
                true => self.event.mentees[m - 1].organization,
                false => drawn(self.dice.below(2 * ORGANIZATIONS * self.crowd), self.crowd, &mut found),
            };
            let mentee = &mut self.event.mentees[m];
            (mentee.organization, mentee.affiliation) = (organization, organization.map(name));
        }
        self.event.organizations = (0..found.len()).map(OrganizationIx::new).map(name).collect();
        let rules = [SameOrganization::Allow, SameOrganization::Avoid, SameOrganization::Forbid];
        self.event.same_organization = rules[self.dice.below(3)];
    }

    /// Experts of large events have one topic to three.
    pub(super) fn narrow_topics(&mut self) {
        let topics = self.event.topics.len();
        if self.is_large() && topics > 0 {
            for expert in &mut self.event.experts {
                let few = 1 + self.dice.below(3);
                let few: BTreeSet<_> = (0..few).map(|_| TopicIx::new(self.dice.below(topics))).collect();
                expert.topics = few.into_iter().collect();
            }
        }
    }

    /// Some rounds off for everybody, and sometimes a rest after so many.
    pub(super) fn rest_experts(&mut self) {
        let rounds = self.event.rounds.len();
        let fewest = if self.is_large() { rounds.div_ceil(2) } else { 1 };
        let most = self.dice.one_in(3).then(|| fewest + self.dice.below(rounds + 1 - fewest));
        for (expert, off) in self.event.experts.iter_mut().zip(&mut self.off) {
            *off = self.dice.some((0..rounds).map(RoundIx::new), 8).into_iter().collect();
            if let Some(most) = most {
                expert.most_in_a_row = Some(most as u32);
                let first = self.dice.below(most + 1);
                (first..rounds).step_by(most + 1).for_each(|r| off.insert(RoundIx::new(r)));
            }
        }
    }
}

/// The organization of a roll, numbered as they are met with; none for half of the rolls.
fn drawn(roll: usize, crowd: usize, found: &mut Vec<usize>) -> Option<OrganizationIx> {
    let organization = roll.checked_sub(ORGANIZATIONS * crowd)?;
    let known = found.iter().position(|&other| other == organization);
    Some(OrganizationIx::new(known.unwrap_or_else(|| {
        found.push(organization);
        found.len() - 1
    })))
}

fn name(organization: OrganizationIx) -> String {
    format!("Organization {}", organization.index() + 1)
}
