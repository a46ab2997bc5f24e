//! The event with its sittings settled: which tables are open in which rounds, each about one topic. An expert of
//! several topics is then one host for each, so that the pair model knows how many seats each topic has.

use std::collections::{BTreeMap, BTreeSet};

use super::Meeting;
use super::layout::Place;
use crate::domain::{Choice, Event, Expert, ExpertIx, MenteeIx, Request, RoundIx, RoundSet, Schedule, Seat, TopicIx};
use crate::solve::flow::Pairing;
use crate::solve::random::Random;

/// Which tables are open when, and about what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sittings {
    rounds: usize,
    /// By expert × round; `None` where the table is closed.
    cells: Vec<Option<Option<TopicIx>>>,
}

/// An event whose experts each have one topic, and who they are.
pub struct Settled {
    /// The event; its experts are not in the order of their ids.
    pub event: Event,
    /// By expert of `event`: the expert whose table it is.
    pub origin: Vec<ExpertIx>,
}

impl Sittings {
    /// All tables closed.
    pub fn none(event: &Event) -> Self {
        let rounds = event.rounds.len();
        Sittings { rounds, cells: vec![None; event.experts.len() * rounds] }
    }

    /// The topic of a table in a round, `None` where it is closed.
    pub fn at(&self, e: ExpertIx, r: RoundIx) -> Option<Option<TopicIx>> {
        self.cells[e.index() * self.rounds + r.index()]
    }

    /// Sets the topic of a table in a round, or closes it.
    pub fn set(&mut self, e: ExpertIx, r: RoundIx, topic: Option<Option<TopicIx>>) {
        self.cells[e.index() * self.rounds + r.index()] = topic;
    }

    /// As many sittings as the rules allow, topics in proportion to the meetings of a pairing.
    pub fn for_pairing(event: &Event, meetings: &[Meeting]) -> Self {
        let mut sittings = Sittings::none(event);
        let mut wanted: BTreeMap<(ExpertIx, Option<TopicIx>), usize> = BTreeMap::new();
        for &(_, e, topic) in meetings {
            *wanted.entry((e, topic)).or_default() += 1;
        }
        for seat in &event.frozen.seats {
            sittings.set(seat.expert, seat.round, Some(seat.topic));
        }
        let open = open_tables(event, meetings);
        for e in event.expert_ixs() {
            let shares: Vec<_> =
                event.sitting_topics(e).into_iter().map(|t| (t, wanted.get(&(e, t)).copied().unwrap_or(0))).collect();
            sittings.spread(e, open[e.index()], &shares);
        }
        sittings.balance(event);
        sittings
    }

    /// Exchanges rounds between the topics of an expert until each topic has about as many seats in every round.
    pub fn balance(&mut self, event: &Event) {
        let seats = |e: ExpertIx, r: RoundIx| i64::from(event.expert(e).capacity_in(r));
        let mut supply: BTreeMap<(Option<TopicIx>, RoundIx), i64> = BTreeMap::new();
        for (e, r) in event.expert_ixs().flat_map(|e| event.round_ixs().map(move |r| (e, r))) {
            if let Some(topic) = self.at(e, r) {
                *supply.entry((topic, r)).or_default() += seats(e, r);
            }
        }
        let rounds: Vec<RoundIx> = event.rounds_to_come().iter().collect();
        let mut changed = true;
        while changed {
            changed = false;
            for e in event.expert_ixs().filter(|&e| event.expert(e).topics.len() > 1) {
                for (i, &a) in rounds.iter().enumerate() {
                    for &b in &rounds[i + 1..] {
                        let (Some(s), Some(t)) = (self.at(e, a), self.at(e, b)) else { continue };
                        if s == t {
                            continue;
                        }
                        let moved = [
                            ((s, a), -seats(e, a)),
                            ((s, b), seats(e, b)),
                            ((t, b), -seats(e, b)),
                            ((t, a), seats(e, a)),
                        ];
                        let gain: i64 = moved
                            .iter()
                            .map(|(cell, by)| {
                                let now = supply.get(cell).copied().unwrap_or(0);
                                now * now - (now + by) * (now + by)
                            })
                            .sum();
                        if gain > 0 {
                            moved.iter().for_each(|&(cell, by)| *supply.entry(cell).or_default() += by);
                            self.set(e, a, Some(t));
                            self.set(e, b, Some(s));
                            changed = true;
                        }
                    }
                }
            }
        }
    }

    /// Gives an expert's rounds to topics in proportion to their shares, each spread over the rounds.
    fn spread(&mut self, e: ExpertIx, rounds: RoundSet, shares: &[(Option<TopicIx>, usize)]) {
        let all: usize = shares.iter().map(|share| share.1).sum::<usize>().max(1);
        let mut given = vec![0_usize; shares.len()];
        for (k, r) in rounds.iter().enumerate() {
            // Whose due is the furthest ahead of what it was given (the quota method, Sainte-Laguë's halves).
            let due = |&i: &usize| ((2 * k + 1 + e.index() % 2) * shares[i].1) as i64 - (2 * given[i] * all) as i64;
            if let Some(i) = (0..shares.len()).max_by_key(|i| (due(i), std::cmp::Reverse(*i))) {
                given[i] += 1;
                self.set(e, r, Some(shares[i].0));
            }
        }
    }

    /// Gives a table by chance another topic for a round, if that table has a choice and is open.
    pub fn change(&mut self, event: &Event, random: &mut Random) {
        let several: Vec<ExpertIx> = event.expert_ixs().filter(|&e| event.expert(e).topics.len() > 1).collect();
        let Some(&e) = several.get(random.below(several.len().max(1))) else { return };
        let is_open = |r: &RoundIx| self.at(e, *r).is_some() && !event.frozen.rounds.contains(*r);
        let rounds: Vec<RoundIx> = event.round_ixs().filter(is_open).collect();
        let Some(&r) = rounds.get(random.below(rounds.len().max(1))) else { return };
        let mut topics = event.sitting_topics(e);
        topics.retain(|&t| self.at(e, r) != Some(t));
        let topic = topics.get(random.below(topics.len().max(1)));
        self.set(e, r, topic.copied().or(self.at(e, r)));
    }

    /// The event in which just these sittings take place, without the meetings in `banned`.
    pub fn settle(&self, event: &Event, banned: &BTreeSet<Meeting>) -> Settled {
        let mut hosts = Hosts { experts: Vec::new(), origin: Vec::new(), of: vec![Vec::new(); event.experts.len()] };
        for e in event.expert_ixs() {
            for topic in event.sitting_topics(e) {
                let present: RoundSet = event.round_ixs().filter(|&r| self.at(e, r) == Some(topic)).collect();
                if !present.is_empty() {
                    hosts.add(event, e, topic, present);
                }
            }
        }
        let mut settled = event.clone();
        for mentee in &mut settled.mentees {
            let of_choice = |c: &Choice<ExpertIx>| {
                hosts.of(c.target).iter().map(|&target| Choice { target, ..*c }).collect::<Vec<_>>()
            };
            mentee.experts = mentee.experts.iter().flat_map(of_choice).collect();
            mentee.knows = mentee.knows.iter().flat_map(|&e| hosts.of(e)).copied().collect();
        }
        settled.requests = event.requests.iter().flat_map(|request| hosts.requests(event, request)).collect();
        let bans = banned.iter().filter_map(|&(m, e, topic)| Some(Request::KeepOut(m, hosts.about(e, topic)?)));
        settled.requests.extend(bans);
        for seat in &mut settled.frozen.seats {
            seat.expert = hosts.about(seat.expert, seat.topic).unwrap_or(seat.expert);
        }
        settled.experts = hosts.experts;
        Settled { event: settled, origin: hosts.origin }
    }
}

/// Experts of one topic each.
struct Hosts {
    experts: Vec<Expert>,
    origin: Vec<ExpertIx>,
    /// By expert of the whole event.
    of: Vec<Vec<ExpertIx>>,
}

impl Hosts {
    fn add(&mut self, event: &Event, e: ExpertIx, topic: Option<TopicIx>, present: RoundSet) {
        self.of[e.index()].push(ExpertIx::new(self.experts.len()));
        self.origin.push(e);
        self.experts.push(Expert {
            topics: topic.into_iter().collect(),
            present,
            most_sittings: present.len() as u32,
            most_in_a_row: None,
            ..event.expert(e).clone()
        });
    }

    fn of(&self, e: ExpertIx) -> &[ExpertIx] {
        &self.of[e.index()]
    }

    fn rounds(&self, host: ExpertIx) -> RoundSet {
        self.experts[host.index()].present
    }

    /// The host of an expert's sittings about a topic, if there are any.
    fn about(&self, e: ExpertIx, topic: Option<TopicIx>) -> Option<ExpertIx> {
        self.of(e).iter().copied().find(|host| self.experts[host.index()].topics.first().copied() == topic)
    }

    /// A request about an expert, for each of the hosts; whom a mentee must meet is one of them.
    fn requests(&self, event: &Event, request: &Request) -> Vec<Request> {
        let only = |m: MenteeIx, e: ExpertIx, one: Option<ExpertIx>, asked: &dyn Fn(ExpertIx) -> Request| {
            let of = |&host: &ExpertIx| if Some(host) == one { asked(host) } else { Request::KeepOut(m, host) };
            self.of(e).iter().map(of).collect()
        };
        match *request {
            Request::KeepOut(m, e) => self.of(e).iter().map(|&host| Request::KeepOut(m, host)).collect(),
            Request::Avoid(m, e) => self.of(e).iter().map(|&host| Request::Avoid(m, host)).collect(),
            Request::MustMeet(m, e) => {
                let together = |host: &ExpertIx| self.rounds(*host).and(event.mentee(m).present).len();
                let most = self.of(e).iter().copied().max_by_key(|host| (together(host), std::cmp::Reverse(*host)));
                only(m, e, most, &|host| Request::MustMeet(m, host))
            }
            Request::PinnedSeat(m, e, r) => {
                let there = self.of(e).iter().copied().find(|&host| self.rounds(host).contains(r));
                only(m, e, there, &|host| Request::PinnedSeat(m, host, r))
            }
            Request::KeptApart(..) | Request::KeptTogether(..) => vec![*request],
        }
    }
}

/// The tables at which somebody has a seat in a certain round, come what may.
pub fn tables_asked_for(event: &Event) -> impl Iterator<Item = (ExpertIx, RoundIx)> {
    let pinned = event.pinned_seats().map(|(_, e, r)| (e, r));
    event.frozen.seats.iter().map(|seat| (seat.expert, seat.round)).chain(pinned)
}

/// By expert, the rounds in which the table is open: those with the most meetings first where rooms or loads are
/// short.
fn open_tables(event: &Event, meetings: &[Meeting]) -> Vec<RoundSet> {
    let mut load = vec![0_usize; event.experts.len()];
    meetings.iter().for_each(|m| load[m.1.index()] += 1);
    let mut order: Vec<ExpertIx> = event.expert_ixs().collect();
    order.sort_by_key(|e| (std::cmp::Reverse(load[e.index()]), *e));
    let mut in_room = vec![0_u32; event.rooms.len() * event.rounds.len()];
    let mut open = vec![RoundSet::NONE; event.experts.len()];
    let cell = |e: ExpertIx, r: RoundIx| event.expert(e).room.map(|room| room.index() * event.rounds.len() + r.index());
    for (e, r) in tables_asked_for(event) {
        if !open[e.index()].contains(r) {
            open[e.index()].insert(r);
            cell(e, r).into_iter().for_each(|cell| in_room[cell] += 1);
        }
    }
    for e in order {
        let expert = event.expert(e);
        let mut free: Vec<RoundIx> =
            expert.open_rounds().without(event.frozen.rounds.or(open[e.index()])).iter().collect();
        let cell = |r: RoundIx| cell(e, r);
        let turn = e.index() % free.len().max(1);
        free.rotate_left(turn);
        free.sort_by_key(|&r| cell(r).map_or(0, |cell| in_room[cell]));
        for r in free {
            let full = expert.room.is_some_and(|room| {
                event.rooms[room.index()].tables.is_some_and(|most| cell(r).is_some_and(|cell| in_room[cell] >= most))
            });
            let tired = expert
                .most_in_a_row
                .is_some_and(|most| in_a_row(open[e.index()], r, event.rounds.len()) > most as usize);
            if full || tired || open[e.index()].len() >= expert.most_sittings as usize {
                continue;
            }
            open[e.index()].insert(r);
            if let Some(cell) = cell(r) {
                in_room[cell] += 1;
            }
        }
    }
    open.iter().map(|rounds| rounds.without(event.frozen.rounds)).collect()
}

/// How many rounds in a row there are with `r` among `rounds`.
fn in_a_row(rounds: RoundSet, r: RoundIx, count: usize) -> usize {
    let sits = |r: &RoundIx| rounds.contains(*r);
    let before = (0..r.0).rev().map(RoundIx).take_while(sits).count();
    let after = (r.0 + 1..count as u32).map(RoundIx).take_while(sits).count();
    before + after + 1
}

impl Settled {
    /// Who meets whom in a pairing of this event, by the experts of the whole event.
    pub fn meetings(&self, pairing: &Pairing) -> impl Iterator<Item = Meeting> {
        pairing.meetings.iter().map(|&(m, host, topic)| (m, self.origin[host.index()], topic))
    }

    /// The meetings of a pairing that have a place, as a schedule of the whole event.
    pub fn schedule(&self, pairing: &Pairing, places: &[Option<Place>]) -> Schedule {
        let seats = pairing.meetings.iter().zip(places).filter_map(|(&(mentee, _, topic), place)| {
            let (host, round) = (*place)?;
            Some(Seat { round, expert: self.origin[host.index()], mentee, topic })
        });
        Schedule::new(seats.collect())
    }

    /// The seats of a schedule of the whole event that can be had in this one, with the hosts of their topics.
    pub fn hosted(&self, schedule: &Schedule) -> Schedule {
        let mut hosts: BTreeMap<(ExpertIx, Option<TopicIx>), ExpertIx> = BTreeMap::new();
        for (host, &e) in self.event.expert_ixs().zip(&self.origin) {
            hosts.insert((e, self.event.expert(host).topics.first().copied()), host);
        }
        let hosted = |s: &Seat| hosts.get(&(s.expert, s.topic)).map(|&expert| Seat { expert, ..*s });
        Schedule::new(schedule.seats().iter().filter_map(hosted).collect())
    }
}

/// Of the meetings of mentees who meet an expert twice, about different topics, all but the one that is worth most.
pub fn met_twice(event: &Event, meetings: impl Iterator<Item = Meeting>) -> Vec<Meeting> {
    let mut best: BTreeMap<(MenteeIx, ExpertIx), Meeting> = BTreeMap::new();
    let mut worse = Vec::new();
    for meeting in meetings {
        let (m, e, topic) = meeting;
        match best.get_mut(&(m, e)) {
            None => drop(best.insert((m, e), meeting)),
            Some(other) => {
                let less = if event.score(m, e, topic) > event.score(m, e, other.2) {
                    std::mem::replace(other, meeting)
                } else {
                    meeting
                };
                worse.push(less);
            }
        }
    }
    worse
}
