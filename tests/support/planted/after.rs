//! What is drawn around the planted seats, so that they hold: tables, people's wishes, requests and played rounds.

use tablehop::domain::{Choice, ExpertIx, Frozen, MenteeIx, Open, Request, RoomIx, RoundSet, Seat, TopicIx};

use super::{Dice, Garden};

/// The last rank of a choice; the stars of a rating go down with it, and none has a single one, which is no choice.
const LAST_RANK: usize = 4;

impl Garden {
    /// Tables for the planted sittings, and sometimes one more.
    pub(super) fn count_tables(&mut self) {
        for room in (0..self.event.rooms.len()).map(RoomIx::new) {
            let tables = (self.most_open(room) + self.dice.below(2)).max(1);
            self.event.rooms[room.index()].tables = self.dice.one_in(2).then_some(tables as u32);
        }
    }

    fn most_open(&self, room: RoomIx) -> usize {
        let there = self.event.expert_ixs().filter(|&e| self.event.expert(e).room == Some(room));
        let groups: Vec<_> = there.map(|e| self.groups(e)).collect();
        let open = |r: usize| groups.iter().filter(|groups| groups[r] > 0).count();
        (0..self.event.rounds.len()).map(open).max().unwrap_or(0)
    }

    fn of_expert(&self, e: ExpertIx) -> Vec<Seat> {
        self.seats.iter().flatten().filter(|s| s.expert == e).copied().collect()
    }

    /// The size of an expert's group in each round.
    pub fn groups(&self, e: ExpertIx) -> Vec<u32> {
        let mut groups = vec![0; self.event.rounds.len()];
        self.of_expert(e).iter().for_each(|s| groups[s.round.index()] += 1);
        groups
    }

    pub(super) fn shape_experts(&mut self) {
        let every_round = self.dice.one_in(4);
        for e in self.event.expert_ixs() {
            let (seats, groups) = (self.of_expert(e), self.groups(e));
            let sitting: RoundSet = seats.iter().map(|s| s.round).collect();
            let capacity = self.capacity(&groups);
            let dice = &mut self.dice;
            let expert = &mut self.event.experts[e.index()];
            let off = expert.present.without(sitting);
            let away = if every_round { off } else { dice.some(off.iter(), 3).into_iter().collect() };
            expert.present = expert.present.without(away);
            let smallest = groups.iter().copied().filter(|&n| n > 0).min().unwrap_or(2);
            let fits = capacity.iter().copied().max().unwrap_or(1);
            expert.smallest_group = (1 + dice.below(smallest as usize) as u32).min(fits);
            expert.capacity = capacity;
            expert.topics.retain(|&t| seats.iter().any(|s| s.topic == Some(t)) || dice.one_in(2));
            if dice.one_in(4) {
                expert.most_sittings = (sitting.len() + dice.below(2)).min(groups.len()) as u32;
            }
        }
        self.event.open = match every_round {
            true => Open::EveryRound,
            false => [Open::AsNeeded, Open::Auto][self.dice.below(2)],
        };
        self.offer_topics();
    }

    /// The capacity round by round; of most experts of large events it is the same in all.
    fn capacity(&mut self, groups: &[u32]) -> Vec<u32> {
        let largest = groups.iter().copied().max().unwrap_or(0);
        if self.is_large() && !self.dice.one_in(4) || largest == 0 {
            return vec![(largest + self.dice.below(3) as u32).max(1); groups.len()];
        }
        groups.iter().map(|&n| n + self.dice.below(3) as u32).collect()
    }

    /// An expert without any topic left gets the first.
    fn offer_topics(&mut self) {
        if !self.event.topics.is_empty() {
            let without = self.event.experts.iter_mut().filter(|e| e.topics.is_empty());
            without.for_each(|e| e.topics.push(TopicIx(0)));
        }
    }

    /// What mentees want, and whom experts would like to meet.
    pub fn shape_mentees(&mut self) {
        for m in self.event.mentee_ixs() {
            let seats = self.seats[m.index()].len();
            let demanding = !self.is_large() || self.dice.one_in(4);
            let mentee = &mut self.event.mentees[m.index()];
            mentee.least = if demanding { self.dice.below(seats + 1) } else { seats.min(1) } as u32;
            mentee.most = if self.dice.one_in(3) { seats as u32 + self.dice.below(2) as u32 } else { mentee.most };
            mentee.topics = choices(&mut self.dice, (0..self.event.topics.len()).map(TopicIx::new));
            mentee.experts = choices(&mut self.dice, (0..self.event.experts.len()).map(ExpertIx::new));
            mentee.priority = self.dice.one_in(4).then(|| self.dice.below(3) as i64);
        }
        for expert in &mut self.event.experts {
            expert.wishes = self.dice.some((0..self.event.mentees.len()).map(MenteeIx::new), 5 * self.crowd);
        }
        self.event.first_choices = 1 + self.dice.below(3) as u32;
    }

    /// Requests about a mentee and an expert.
    pub fn draw_pair_requests(&mut self) {
        let sides = 16 * self.rarity();
        for m in self.event.mentee_ixs() {
            for e in self.event.expert_ixs() {
                let meets = self.seats[m.index()].iter().any(|s| s.expert == e);
                match sides - self.dice.below(sides) {
                    1 if meets => self.event.requests.push(Request::MustMeet(m, e)),
                    1 => self.event.requests.push(Request::KeepOut(m, e)),
                    2 if !meets => self.event.mentees[m.index()].knows.push(e),
                    3 if !meets => self.event.experts[e.index()].knows.push(m),
                    4 => self.event.requests.push(Request::Avoid(m, e)),
                    _ => {}
                }
            }
        }
    }

    pub(super) fn draw_requests(&mut self) {
        self.draw_pair_requests();
        let pinned = self.dice.some(self.seats.concat(), 10 * self.rarity());
        self.event.requests.extend(pinned.iter().map(|s| Request::PinnedSeat(s.mentee, s.expert, s.round)));
        for a in self.event.mentee_ixs() {
            for b in self.event.mentee_ixs().skip(a.index() + 1) {
                if self.dice.one_in(6 * self.crowd * self.crowd) && !self.sit_together(a, b) {
                    self.event.requests.push(Request::KeptApart(a, b));
                }
            }
        }
        let couples = (0..self.couples).map(|n| Request::KeptTogether(MenteeIx::new(2 * n), MenteeIx::new(2 * n + 1)));
        self.event.requests.extend(couples);
    }

    fn sit_together(&self, a: MenteeIx, b: MenteeIx) -> bool {
        let (of_a, of_b) = (&self.seats[a.index()], &self.seats[b.index()]);
        of_a.iter().any(|s| of_b.iter().any(|o| (o.round, o.expert) == (s.round, s.expert)))
    }

    pub(super) fn freeze(&mut self) {
        if self.dice.one_in(6) {
            let rounds = RoundSet::all(1 + self.dice.below(self.event.rounds.len()));
            let mut seats: Vec<_> = self.seats.concat();
            seats.retain(|s| rounds.contains(s.round));
            self.event.frozen = Frozen { rounds, seats };
        }
    }
}

/// Choices among the targets, three or so where there are many: ranked, or rated with stars.
fn choices<T>(dice: &mut Dice, targets: impl ExactSizeIterator<Item = T>) -> Vec<Choice<T>> {
    let rated = dice.one_in(4);
    let choice = |dice: &mut Dice, target| {
        let rank = 1 + dice.below(LAST_RANK) as u32;
        Choice { target, rank, stars: rated.then(|| 6 - rank) }
    };
    let sides = (targets.len() / 3).max(2);
    dice.some(targets, sides).into_iter().map(|target| choice(dice, target)).collect()
}
