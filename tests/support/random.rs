//! Random events around a planted schedule: the schedule comes first, and every rule is drawn so that it holds.

use chrono::TimeDelta;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::subsequence;
use tablehop::domain::{
    Choice, Event, Expert, ExpertIx, Frozen, MenteeIx, Open, OrganizationIx, Priority, Request, Room, RoomIx, RoundIx,
    RoundSet, SameOrganization, Schedule, Seat, TopicIx, Travel,
};

use super::EventBuilder;

/// A feasible event, and a schedule that meets its rules.
#[derive(Clone, Debug)]
pub struct Planted {
    /// The event.
    pub event: Event,
    /// The schedule.
    pub plant: Schedule,
}

/// The most of each that an event has.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub experts: usize,
    pub mentees: usize,
    pub rounds: usize,
    pub topics: usize,
}

/// Small enough for the oracle, whatever the order of the priorities.
pub const WEE: Size = Size { experts: 3, mentees: 3, rounds: 2, topics: 2 };

/// Small enough for the oracle where `seats` comes first.
pub const TINY: Size = Size { experts: 3, mentees: 4, rounds: 3, topics: 2 };

/// Large enough for every rule to matter.
pub const SMALL: Size = Size { experts: 5, mentees: 12, rounds: 5, topics: 3 };

/// Events that mix all rules.
pub fn mixed(most: Size) -> impl Strategy<Value = Planted> {
    dealt(most).prop_map(|deal| {
        let mut garden = Garden::new(deal);
        garden.mentees_come_and_go();
        garden.spread_over_days();
        garden.place_tables();
        garden.plant();
        garden.count_tables();
        garden.shape_experts();
        garden.shape_mentees();
        garden.draw_requests();
        garden.freeze();
        garden.planted()
    })
}

/// Events whose rounds are alike: all present, one topic an expert, capacities the same in all rounds, and no rule
/// that ties a seat to a round, a mentee to another mentee, or a table to a room.
pub fn alike(most: Size) -> impl Strategy<Value = Planted> {
    dealt(most).prop_map(|deal| {
        let mut garden = Garden::new(deal);
        garden.one_topic_an_expert();
        garden.plant();
        garden.fit_alike_tables();
        garden.shape_mentees();
        garden.draw_pair_requests();
        garden.planted()
    })
}

/// Some priorities in some order.
pub fn orders() -> impl Strategy<Value = Vec<Priority>> {
    subsequence(Priority::ALL.to_vec(), 1..=Priority::ALL.len()).prop_shuffle()
}

/// Counts of experts, mentees, rounds and topics, and dice.
type Deal = (usize, usize, usize, usize, Vec<u8>);

fn dealt(most: Size) -> impl Strategy<Value = Deal> {
    // Often the most, for there the rules have something to do.
    let count = |most: usize| prop_oneof![1..=most, Just(most)];
    (count(most.experts), count(most.mentees), count(most.rounds), 0..=most.topics, vec(any::<u8>(), 800))
}

/// Decisions in a row; 0, the plainest, when they have run out, so that shrinking makes events plain.
struct Dice(std::vec::IntoIter<u8>);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0.next().map_or(0, |roll| usize::from(roll) % sides)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == sides - 1
    }

    /// Each of them with a chance of one in `sides`.
    fn some<T>(&mut self, of: impl IntoIterator<Item = T>, sides: usize) -> Vec<T> {
        of.into_iter().filter(|_| self.one_in(sides)).collect()
    }
}

/// An event in the making.
struct Garden {
    dice: Dice,
    event: Event,
    seats: Vec<Seat>,
    /// Whether the first two mentees go together.
    couple: bool,
}

impl Garden {
    fn new((experts, mentees, rounds, topics, rolls): Deal) -> Self {
        let event = EventBuilder::new(experts, mentees, rounds).topics(topics).build();
        Garden { dice: Dice(rolls.into_iter()), event, seats: Vec::new(), couple: false }
    }

    fn planted(self) -> Planted {
        Planted { event: self.event, plant: Schedule::new(self.seats) }
    }

    fn mentees_come_and_go(&mut self) {
        for mentee in &mut self.event.mentees {
            let away = self.dice.some(mentee.present.iter(), 6);
            away.into_iter().for_each(|r| mentee.present.remove(r));
        }
        self.couple = self.event.mentees.len() > 1 && self.dice.one_in(3);
    }

    fn spread_over_days(&mut self) {
        let next_day = self.dice.below(self.event.rounds.len() * 2);
        for round in self.event.rounds.iter_mut().skip(next_day).filter(|_| next_day > 0) {
            round.start += TimeDelta::days(1);
            round.end += TimeDelta::days(1);
        }
    }

    fn one_topic_an_expert(&mut self) {
        for expert in &mut self.event.experts {
            let kept = self.dice.below(expert.topics.len().max(1));
            expert.topics = expert.topics.get(kept).copied().into_iter().collect();
        }
    }

    /// Seats people where they have not been and can walk to, and the couple together.
    fn plant(&mut self) {
        let topics: Vec<Vec<_>> = self.event.round_ixs().map(|_| self.table_topics()).collect();
        let leader = self.couple.then(|| self.event.mentees[0].present.and(self.event.mentees[1].present));
        for mentee in self.event.mentee_ixs() {
            let led = leader.filter(|_| mentee == MenteeIx(1)).unwrap_or_default();
            let follow = |s: &&Seat| s.mentee == MenteeIx(0) && led.contains(s.round);
            let following: Vec<_> = self.seats.iter().filter(follow).map(|s| Seat { mentee, ..*s }).collect();
            self.seats.extend(following);
            for round in self.event.mentee(mentee).present.without(led).iter() {
                let met = |e| self.seats.iter().any(|s| s.mentee == mentee && s.expert == e);
                let unmet = self.event.expert_ixs().filter(|&e| !met(e) && self.in_reach(mentee, round, e));
                let unmet: Vec<_> = unmet.collect();
                if let Some(&expert) = unmet.get(self.dice.below(unmet.len() + 1)) {
                    let topic = topics[round.index()][expert.index()];
                    self.seats.push(Seat { round, expert, mentee, topic });
                }
            }
        }
    }

    fn table_topics(&mut self) -> Vec<Option<TopicIx>> {
        let offered: Vec<_> = self.event.expert_ixs().map(|e| self.event.sitting_topics(e)).collect();
        offered.into_iter().map(|topics| topics[self.dice.below(topics.len())]).collect()
    }

    fn of_expert(&self, e: ExpertIx) -> Vec<Seat> {
        self.seats.iter().filter(|s| s.expert == e).copied().collect()
    }

    fn of_mentee(&self, m: MenteeIx) -> Vec<Seat> {
        self.seats.iter().filter(|s| s.mentee == m).copied().collect()
    }

    /// The size of an expert's group in each round.
    fn groups(&self, e: ExpertIx) -> Vec<u32> {
        let seats = self.of_expert(e);
        self.event.round_ixs().map(|r| seats.iter().filter(|s| s.round == r).count() as u32).collect()
    }

    fn shape_experts(&mut self) {
        let every_round = self.dice.one_in(4);
        for e in self.event.expert_ixs() {
            let (seats, groups) = (self.of_expert(e), self.groups(e));
            let sitting: RoundSet = seats.iter().map(|s| s.round).collect();
            let dice = &mut self.dice;
            let expert = &mut self.event.experts[e.index()];
            let off = expert.present.without(sitting);
            let away = if every_round { off } else { dice.some(off.iter(), 3).into_iter().collect() };
            expert.present = expert.present.without(away);
            expert.capacity = groups.iter().map(|&n| n + dice.below(3) as u32).collect();
            let smallest = groups.iter().copied().filter(|&n| n > 0).min().unwrap_or(2);
            expert.smallest_group = 1 + dice.below(smallest as usize) as u32;
            expert.topics.retain(|&t| seats.iter().any(|s| s.topic == Some(t)) || dice.one_in(2));
            limit_load(expert, sitting, dice);
        }
        self.event.open = match every_round {
            true => Open::EveryRound,
            false => [Open::AsNeeded, Open::Auto][self.dice.below(2)],
        };
        self.offer_topics();
    }

    /// An expert without any topic left gets the first.
    fn offer_topics(&mut self) {
        if !self.event.topics.is_empty() {
            let without = self.event.experts.iter_mut().filter(|e| e.topics.is_empty());
            without.for_each(|e| e.topics.push(TopicIx(0)));
        }
    }

    fn fit_alike_tables(&mut self) {
        let mut full = true;
        for e in self.event.expert_ixs() {
            let groups = self.groups(e);
            let largest = groups.iter().copied().max().unwrap_or(0);
            let expert = &mut self.event.experts[e.index()];
            expert.capacity.fill((largest + self.dice.below(3) as u32).max(1));
            full &= groups.iter().all(|&n| n > 0);
        }
        let choices = [Open::AsNeeded, Open::Auto, Open::EveryRound];
        self.event.open = choices[self.dice.below(if full { 3 } else { 2 })];
    }

    fn shape_mentees(&mut self) {
        for m in self.event.mentee_ixs() {
            let seats = self.of_mentee(m).len();
            let mentee = &mut self.event.mentees[m.index()];
            mentee.least = self.dice.below(seats + 1) as u32;
            mentee.most = if self.dice.one_in(3) { seats as u32 + self.dice.below(2) as u32 } else { mentee.most };
            mentee.topics = choices(&mut self.dice, (0..self.event.topics.len()).map(TopicIx::new));
            mentee.experts = choices(&mut self.dice, (0..self.event.experts.len()).map(ExpertIx::new));
            mentee.priority = self.dice.one_in(4).then(|| self.dice.below(3) as i64);
        }
        for expert in &mut self.event.experts {
            expert.wishes = self.dice.some((0..self.event.mentees.len()).map(MenteeIx::new), 5);
        }
        self.event.first_choices = 1 + self.dice.below(3) as u32;
    }

    /// Requests about a mentee and an expert, and what comes of organizations.
    fn draw_pair_requests(&mut self) {
        for m in self.event.mentee_ixs() {
            for e in self.event.expert_ixs() {
                let meets = self.of_mentee(m).iter().any(|s| s.expert == e);
                match self.dice.below(16) {
                    15 if meets => self.event.requests.push(Request::MustMeet(m, e)),
                    15 => self.event.requests.push(Request::KeepOut(m, e)),
                    14 if !meets => self.event.mentees[m.index()].knows.push(e),
                    13 if !meets => self.event.experts[e.index()].knows.push(m),
                    12 => self.event.requests.push(Request::Avoid(m, e)),
                    _ => {}
                }
            }
        }
        self.found_organizations();
    }

    fn found_organizations(&mut self) {
        self.event.organizations = vec!["Acme".to_string(), "Bolt".to_string()];
        let dice = &mut self.dice;
        let mut organization = || [None, None, Some(OrganizationIx(0)), Some(OrganizationIx(1))][dice.below(4)];
        self.event.experts.iter_mut().for_each(|e| e.organization = organization());
        self.event.mentees.iter_mut().for_each(|m| m.organization = organization());
        let meet = self.seats.iter().any(|s| self.event.same_organization(s.mentee, s.expert));
        let rules = [SameOrganization::Allow, SameOrganization::Avoid, SameOrganization::Forbid];
        self.event.same_organization = rules[self.dice.below(if meet { 2 } else { 3 })];
    }

    fn draw_requests(&mut self) {
        self.draw_pair_requests();
        let pinned = self.dice.some(self.seats.clone(), 10);
        self.event.requests.extend(pinned.iter().map(|s| Request::PinnedSeat(s.mentee, s.expert, s.round)));
        for a in self.event.mentee_ixs() {
            let (of_a, others) = (self.of_mentee(a), self.event.mentee_ixs().filter(|&b| b > a));
            for b in others {
                let of_b = self.of_mentee(b);
                let shared = of_b.iter().any(|s| of_a.iter().any(|o| (o.round, o.expert) == (s.round, s.expert)));
                if !shared && self.dice.one_in(6) {
                    self.event.requests.push(Request::KeptApart(a, b));
                }
            }
        }
        if self.couple {
            self.event.requests.push(Request::KeptTogether(MenteeIx(0), MenteeIx(1)));
        }
    }

    /// Up to two rooms, side by side, a short walk or a long one apart.
    fn place_tables(&mut self) {
        let rooms = self.dice.below(3);
        self.event.rooms = (1..=rooms).map(|n| Room { name: format!("Room {n}"), tables: None }).collect();
        if rooms == 0 {
            return;
        }
        for expert in &mut self.event.experts {
            let last = Some(RoomIx::new(rooms - 1));
            expert.room = [Some(RoomIx(0)), last, Some(RoomIx(0)), last, None][self.dice.below(5)];
        }
        let minutes = [0, 4, 20][self.dice.below(3)];
        if rooms == 2 && minutes > 0 {
            self.event.travel.push(Travel { from: RoomIx(1), to: RoomIx(0), minutes });
        }
    }

    /// Whether a mentee could get to the expert's table in that round, and from there on.
    fn in_reach(&self, mentee: MenteeIx, round: RoundIx, e: ExpertIx) -> bool {
        let room = |e: ExpertIx| self.event.expert(e).room;
        self.seats.iter().filter(|s| s.mentee == mentee && s.round != round).all(|s| {
            let walk = room(s.expert).zip(room(e)).map_or(0, |(a, b)| self.event.travel_minutes(a, b));
            self.event.minutes_between(s.round.min(round), s.round.max(round)) >= i64::from(walk)
        })
    }

    /// Tables for the planted sittings, and sometimes one more.
    fn count_tables(&mut self) {
        for room in (0..self.event.rooms.len()).map(RoomIx::new) {
            let tables = self.most_open(room) + self.dice.below(2);
            self.event.rooms[room.index()].tables = self.dice.one_in(2).then_some(tables as u32);
        }
    }

    fn most_open(&self, room: RoomIx) -> usize {
        let there = |e: &ExpertIx| self.event.expert(*e).room == Some(room);
        let open =
            |r: RoundIx| self.event.expert_ixs().filter(there).filter(|&e| self.groups(e)[r.index()] > 0).count();
        self.event.round_ixs().map(open).max().unwrap_or(0)
    }

    fn freeze(&mut self) {
        if self.dice.one_in(6) {
            let rounds = RoundSet::all(1 + self.dice.below(self.event.rounds.len()));
            let seats = self.seats.iter().filter(|s| rounds.contains(s.round)).copied().collect();
            self.event.frozen = Frozen { rounds, seats };
        }
    }
}

fn limit_load(expert: &mut Expert, sitting: RoundSet, dice: &mut Dice) {
    let rounds: Vec<_> = sitting.iter().collect();
    let longest = rounds.chunk_by(|a, b| a.index() + 1 == b.index()).map(<[_]>::len).max().unwrap_or(0);
    if dice.one_in(4) {
        expert.most_sittings = (rounds.len() + dice.below(2)) as u32;
    }
    expert.most_in_a_row = dice.one_in(4).then(|| (longest + dice.below(2)).max(1) as u32);
}

/// Choices among the targets: ranked, or rated with stars.
fn choices<T>(dice: &mut Dice, targets: impl Iterator<Item = T>) -> Vec<Choice<T>> {
    let rated = dice.one_in(4);
    let choice = |dice: &mut Dice, target| {
        let rank = 1 + dice.below(5) as u32;
        Choice { target, rank, stars: rated.then(|| 6 - rank) }
    };
    dice.some(targets, 2).into_iter().map(|target| choice(dice, target)).collect()
}
