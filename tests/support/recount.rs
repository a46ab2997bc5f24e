//! The rules once more, slow and obvious: every rule asks of every person, pair and round what model.md says.

use tablehop::domain::{Event, ExpertIx, MenteeIx, Open, Request, RoundIx, Rule, SameOrganization, Seat, TopicIx};

/// The rules that these seats break.
pub fn broken(event: &Event, seats: &[Seat]) -> Vec<Rule> {
    Rule::ALL.into_iter().filter(|&rule| breaks(event, seats, rule)).collect()
}

/// Whether these seats break a rule.
pub fn breaks(event: &Event, seats: &[Seat], rule: Rule) -> bool {
    let day = Day { event, seats };
    match rule {
        Rule::OneSeatARound => day.someone(|m| day.sometime(|r| day.count(|s| s.mentee == m && s.round == r) > 1)),
        Rule::MeetOnce => day.some_pair(|m, e| day.meetings(m, e) > 1),
        Rule::Presence => seats.iter().any(|s| {
            !event.mentee(s.mentee).present.contains(s.round) || !event.expert(s.expert).present.contains(s.round)
        }),
        Rule::TableCapacity => day.some_table(|e, r| day.people(e, r) > event.expert(e).capacity[r.index()] as usize),
        Rule::SmallestGroup => {
            day.some_table(|e, r| day.open(e, r) && day.people(e, r) < event.expert(e).smallest_group as usize)
        }
        Rule::OneTopicASitting => !event.topics.is_empty() && day.topics_clash(),
        Rule::KeepOut => seats.iter().any(|s| day.kept_out(s.mentee, s.expert)),
        Rule::MustMeet | Rule::PinnedSeat | Rule::KeptApart | Rule::KeptTogether => {
            event.requests.iter().any(|&request| day.refuses(rule, request))
        }
        Rule::MeetingsWanted => day.someone(|m| {
            let seats = day.count(|s| s.mentee == m);
            seats < event.mentee(m).least as usize || seats > event.mentee(m).most as usize
        }),
        Rule::ExpertLoad => event.expert_ixs().any(|e| day.overloads(e)),
        Rule::TablesInRoom => event.rooms.iter().enumerate().any(|(room, limit)| {
            let there = |e: &ExpertIx| event.expert(*e).room.is_some_and(|r| r.index() == room);
            let open = |r| event.expert_ixs().filter(there).filter(|&e| day.open(e, r)).count();
            limit.tables.is_some_and(|tables| day.sometime(|r| open(r) > tables as usize))
        }),
        Rule::Travel => seats.iter().any(|a| seats.iter().any(|b| day.too_far(a, b))),
        Rule::EveryRound => {
            event.open == Open::EveryRound
                && day.some_table(|e, r| event.expert(e).present.contains(r) && !day.open(e, r))
        }
        Rule::FrozenRounds => day.replays_otherwise(),
    }
}

/// The seats of an event, and the questions that the rules ask of them.
struct Day<'a> {
    event: &'a Event,
    seats: &'a [Seat],
}

impl Day<'_> {
    fn count(&self, take: impl Fn(&Seat) -> bool) -> usize {
        self.seats.iter().filter(|s| take(s)).count()
    }

    fn someone(&self, broken: impl Fn(MenteeIx) -> bool) -> bool {
        self.event.mentee_ixs().any(broken)
    }

    fn sometime(&self, broken: impl Fn(RoundIx) -> bool) -> bool {
        self.event.round_ixs().any(broken)
    }

    fn some_pair(&self, broken: impl Fn(MenteeIx, ExpertIx) -> bool) -> bool {
        self.event.mentee_ixs().any(|m| self.event.expert_ixs().any(|e| broken(m, e)))
    }

    fn some_table(&self, broken: impl Fn(ExpertIx, RoundIx) -> bool) -> bool {
        self.event.expert_ixs().any(|e| self.event.round_ixs().any(|r| broken(e, r)))
    }

    fn meetings(&self, m: MenteeIx, e: ExpertIx) -> usize {
        self.count(|s| s.mentee == m && s.expert == e)
    }

    fn sits(&self, m: MenteeIx, e: ExpertIx, r: RoundIx) -> bool {
        self.seats.iter().any(|s| s.mentee == m && s.expert == e && s.round == r)
    }

    fn people(&self, e: ExpertIx, r: RoundIx) -> usize {
        self.event.mentee_ixs().filter(|&m| self.sits(m, e, r)).count()
    }

    fn open(&self, e: ExpertIx, r: RoundIx) -> bool {
        self.people(e, r) > 0
    }

    fn topics_clash(&self) -> bool {
        let offered = |s: &Seat, t: TopicIx| self.event.expert(s.expert).topics.contains(&t);
        let at_one_table = |a: &Seat, b: &Seat| a.expert == b.expert && a.round == b.round;
        self.seats.iter().any(|a| {
            a.topic.is_none_or(|t| !offered(a, t))
                || self.seats.iter().any(|b| at_one_table(a, b) && a.topic != b.topic)
        })
    }

    fn kept_out(&self, m: MenteeIx, e: ExpertIx) -> bool {
        let event = self.event;
        event.requests.contains(&Request::KeepOut(m, e))
            || event.mentee(m).knows.contains(&e)
            || event.expert(e).knows.contains(&m)
            || event.same_organization == SameOrganization::Forbid
                && event.mentee(m).organization.is_some()
                && event.mentee(m).organization == event.expert(e).organization
    }

    fn refuses(&self, rule: Rule, request: Request) -> bool {
        match (rule, request) {
            (Rule::MustMeet, Request::MustMeet(m, e)) => self.meetings(m, e) == 0,
            (Rule::PinnedSeat, Request::PinnedSeat(m, e, r)) => !self.sits(m, e, r),
            (Rule::KeptApart, Request::KeptApart(a, b)) => {
                self.some_table(|e, r| self.sits(a, e, r) && self.sits(b, e, r))
            }
            (Rule::KeptTogether, Request::KeptTogether(a, b)) => self.sometime(|r| {
                let present = |m| self.event.mentee(m).present.contains(r);
                let alike = |s: &Seat, t: &Seat| s.expert == t.expert && s.topic == t.topic && t.round == r;
                let alone = |one, other| {
                    let missing = |s: &Seat| !self.seats.iter().any(|t| t.mentee == other && alike(s, t));
                    self.seats.iter().any(|s| s.mentee == one && s.round == r && missing(s))
                };
                present(a) && present(b) && (alone(a, b) || alone(b, a))
            }),
            _ => false,
        }
    }

    fn overloads(&self, e: ExpertIx) -> bool {
        let expert = self.event.expert(e);
        let open: Vec<bool> = self.event.round_ixs().map(|r| self.open(e, r)).collect();
        let too_long = |most: u32| open.windows(most as usize + 1).any(|run| run.iter().all(|&open| open));
        open.iter().filter(|&&open| open).count() > expert.most_sittings as usize
            || expert.most_in_a_row.is_some_and(too_long)
    }

    fn too_far(&self, a: &Seat, b: &Seat) -> bool {
        let event = self.event;
        match (event.expert(a.expert).room, event.expert(b.expert).room) {
            (Some(from), Some(to)) if a.mentee == b.mentee && a.round < b.round && from != to => {
                event.minutes_between(a.round, b.round) < i64::from(event.travel_minutes(from, to))
            }
            _ => false,
        }
    }

    fn replays_otherwise(&self) -> bool {
        let frozen = &self.event.frozen;
        let played = |s: &&Seat| frozen.rounds.contains(s.round);
        let strange = |s: &Seat| !frozen.seats.contains(s);
        self.seats.iter().filter(played).any(strange)
            || frozen.seats.iter().filter(played).any(|s| !self.seats.contains(s))
    }
}
