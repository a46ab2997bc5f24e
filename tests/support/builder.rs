//! Events in a few lines.

use chrono::{NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use tablehop::domain::{
    Choice, Event, Expert, Frozen, Mentee, Open, OrganizationIx, Priority, Request, Room, SameOrganization, Scores,
    Seat, Travel,
};

use super::planted::plain;
use super::{e, m, r, room, t};

/// Builds an event of experts E01, E02, …, mentees M01, M02, … and rounds of 12 minutes every 15 from 13:30.
///
/// Until it says otherwise: everybody is present, a table holds all mentees and opens for one, nobody lists
/// anything, there are no topics and no rooms, and `open` is as needed.
pub struct EventBuilder {
    event: Event,
}

impl EventBuilder {
    /// An event of so many experts, mentees and rounds.
    pub fn new(experts: usize, mentees: usize, rounds: usize) -> Self {
        EventBuilder { event: plain::event(experts, mentees, rounds) }
    }

    /// The event.
    pub fn build(self) -> Event {
        self.event
    }

    fn with(mut self, change: impl FnOnce(&mut Event)) -> Self {
        change(&mut self.event);
        self
    }

    fn expert(self, expert: usize, change: impl FnOnce(&mut Expert)) -> Self {
        self.with(|event| change(&mut event.experts[expert - 1]))
    }

    fn mentee(self, mentee: usize, change: impl FnOnce(&mut Mentee)) -> Self {
        self.with(|event| change(&mut event.mentees[mentee - 1]))
    }

    /// The starts of the rounds in local time, such as `2027-03-09T13:30`; as many as there are rounds.
    pub fn starts(self, starts: &[&str]) -> Self {
        let round = |start: &&str| {
            let start = Tz::America__Chicago.from_local_datetime(&local(start)).single();
            plain::round_from(start.expect("an hour without a leap"))
        };
        self.with(|event| event.rounds = starts.iter().map(round).collect())
    }

    /// So many topics, of which every expert offers all.
    pub fn topics(self, count: usize) -> Self {
        self.with(|event| {
            event.topics = (1..=count).map(|n| format!("Topic {n}")).collect();
            event.experts.iter_mut().for_each(|expert| expert.topics = (1..=count).map(t).collect());
        })
    }

    /// The topics of one expert.
    pub fn offers(self, expert: usize, topics: &[usize]) -> Self {
        self.expert(expert, |expert| expert.topics = topics.iter().copied().map(t).collect())
    }

    /// The capacity of one expert's table in every round.
    pub fn capacity(self, expert: usize, capacity: u32) -> Self {
        self.expert(expert, |expert| expert.capacity.fill(capacity))
    }

    /// The capacity of one expert's table, round by round.
    pub fn capacities(self, expert: usize, by_round: &[u32]) -> Self {
        self.expert(expert, |expert| expert.capacity = by_round.to_vec())
    }

    /// The smallest group of one expert.
    pub fn smallest_group(self, expert: usize, people: u32) -> Self {
        self.expert(expert, |expert| expert.smallest_group = people)
    }

    /// Rounds in which an expert is away.
    pub fn expert_away(self, expert: usize, rounds: &[usize]) -> Self {
        self.expert(expert, |expert| rounds.iter().for_each(|&round| expert.present.remove(r(round))))
    }

    /// Rounds in which a mentee is away.
    pub fn mentee_away(self, mentee: usize, rounds: &[usize]) -> Self {
        self.mentee(mentee, |mentee| rounds.iter().for_each(|&round| mentee.present.remove(r(round))))
    }

    /// The most sittings of an expert.
    pub fn most_sittings(self, expert: usize, most: u32) -> Self {
        self.expert(expert, |expert| expert.most_sittings = most)
    }

    /// The most sittings of an expert without a round off.
    pub fn most_in_a_row(self, expert: usize, most: u32) -> Self {
        self.expert(expert, |expert| expert.most_in_a_row = Some(most))
    }

    /// Rooms with their numbers of tables.
    pub fn rooms(self, tables: &[Option<u32>]) -> Self {
        let room = |(i, &tables): (usize, &Option<u32>)| Room { name: format!("Room {}", i + 1), tables };
        self.with(|event| event.rooms = tables.iter().enumerate().map(room).collect())
    }

    /// The room of an expert's table.
    pub fn in_room(self, expert: usize, number: usize) -> Self {
        self.expert(expert, |expert| expert.room = Some(room(number)))
    }

    /// The minutes between two rooms.
    pub fn travel(self, from: usize, to: usize, minutes: u32) -> Self {
        self.with(|event| event.travel.push(Travel { from: room(from), to: room(to), minutes }))
    }

    /// The mentees that an expert would like to meet.
    pub fn wishes(self, expert: usize, mentees: &[usize]) -> Self {
        self.expert(expert, |expert| expert.wishes = mentees.iter().copied().map(m).collect())
    }

    /// The mentees that an expert knows.
    pub fn expert_knows(self, expert: usize, mentees: &[usize]) -> Self {
        self.expert(expert, |expert| expert.knows = mentees.iter().copied().map(m).collect())
    }

    /// The experts that a mentee knows.
    pub fn mentee_knows(self, mentee: usize, experts: &[usize]) -> Self {
        self.mentee(mentee, |mentee| mentee.knows = experts.iter().copied().map(e).collect())
    }

    /// The topics that a mentee lists, with their ranks; ascending by topic.
    pub fn topic_ranks(self, mentee: usize, ranks: &[(usize, u32)]) -> Self {
        let choice = |&(topic, rank): &(usize, u32)| Choice { target: t(topic), rank, stars: None };
        self.mentee(mentee, |mentee| mentee.topics = ranks.iter().map(choice).collect())
    }

    /// The experts that a mentee lists, with their ranks; ascending by expert.
    pub fn expert_ranks(self, mentee: usize, ranks: &[(usize, u32)]) -> Self {
        let choice = |&(expert, rank): &(usize, u32)| Choice { target: e(expert), rank, stars: None };
        self.mentee(mentee, |mentee| mentee.experts = ranks.iter().map(choice).collect())
    }

    /// The experts that a mentee rates, with their stars out of five; ascending by expert.
    pub fn expert_stars(self, mentee: usize, stars: &[(usize, u32)]) -> Self {
        let choice =
            |&(expert, stars): &(usize, u32)| Choice { target: e(expert), rank: 6 - stars, stars: Some(stars) };
        self.mentee(mentee, |mentee| mentee.experts = stars.iter().map(choice).collect())
    }

    /// The fewest seats of a mentee.
    pub fn least(self, mentee: usize, seats: u32) -> Self {
        self.mentee(mentee, |mentee| mentee.least = seats)
    }

    /// The most seats of a mentee.
    pub fn most(self, mentee: usize, seats: u32) -> Self {
        self.mentee(mentee, |mentee| mentee.most = seats)
    }

    /// Who goes first when seats are short.
    pub fn priority(self, mentee: usize, priority: i64) -> Self {
        self.mentee(mentee, |mentee| mentee.priority = Some(priority))
    }

    /// When a mentee's form was sent, such as `2027-01-31T08:00`.
    pub fn submitted(self, mentee: usize, at: &str) -> Self {
        self.mentee(mentee, |mentee| mentee.submitted = Some(local(at)))
    }

    /// An organization and who belongs to it.
    pub fn organization(self, experts: &[usize], mentees: &[usize]) -> Self {
        self.with(|event| {
            let organization = Some(OrganizationIx::new(event.organizations.len()));
            event.organizations.push(format!("Organization {}", event.organizations.len() + 1));
            experts.iter().for_each(|n| event.experts[n - 1].organization = organization);
            mentees.iter().for_each(|n| event.mentees[n - 1].organization = organization);
        })
    }

    /// What to do about pairs of one organization.
    pub fn same_organization(self, rule: SameOrganization) -> Self {
        self.with(|event| event.same_organization = rule)
    }

    fn request(self, request: Request) -> Self {
        self.with(|event| event.requests.push(request))
    }

    /// The pair never meets.
    pub fn keep_out(self, mentee: usize, expert: usize) -> Self {
        self.request(Request::KeepOut(m(mentee), e(expert)))
    }

    /// The pair had better not meet.
    pub fn avoid(self, mentee: usize, expert: usize) -> Self {
        self.request(Request::Avoid(m(mentee), e(expert)))
    }

    /// The pair meets in some round.
    pub fn must_meet(self, mentee: usize, expert: usize) -> Self {
        self.request(Request::MustMeet(m(mentee), e(expert)))
    }

    /// The pair meets in that round.
    pub fn pinned_seat(self, mentee: usize, expert: usize, round: usize) -> Self {
        self.request(Request::PinnedSeat(m(mentee), e(expert), r(round)))
    }

    /// The two mentees never share a sitting.
    pub fn kept_apart(self, one: usize, other: usize) -> Self {
        self.request(Request::KeptApart(m(one), m(other)))
    }

    /// The two mentees have the same seats where both are present.
    pub fn kept_together(self, one: usize, other: usize) -> Self {
        self.request(Request::KeptTogether(m(one), m(other)))
    }

    /// Whether tables are open in every round.
    pub fn open(self, open: Open) -> Self {
        self.with(|event| event.open = open)
    }

    /// The scores of ranks, wishes and stars.
    pub fn scores(self, scores: Scores) -> Self {
        self.with(|event| event.scores = scores)
    }

    /// The priorities in their order.
    pub fn order(self, order: &[Priority]) -> Self {
        self.with(|event| event.order = order.to_vec())
    }

    /// The last rank that is a first choice.
    pub fn first_choices(self, rank: u32) -> Self {
        self.with(|event| event.first_choices = rank)
    }

    /// Rounds that were played, and their seats.
    pub fn frozen(self, rounds: &[usize], seats: Vec<Seat>) -> Self {
        self.with(|event| event.frozen = Frozen { rounds: rounds.iter().copied().map(r).collect(), seats })
    }
}

/// A date and time to the minute.
fn local(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").expect("a date and time such as 2027-03-09T13:30")
}
