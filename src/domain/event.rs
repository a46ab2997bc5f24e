//! The event as a whole: its times, places, people and rules.

use chrono::DateTime;
use chrono_tz::Tz;

use super::{
    Calendar, Expert, ExpertIx, Frozen, Mentee, MenteeIx, Print, Priority, Request, RoomIx, RoundIx, RoundSet, Scores,
    Text, TopicIx,
};

/// One event, with everything that the organizer's files say about it.
///
/// `experts` and `mentees` stand in ascending order of their ids, so that the order of rows never matters.
#[derive(Clone, Debug)]
pub struct Event {
    /// Stable name of the event, part of every calendar UID.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// Where the clock times are.
    pub timezone: Tz,
    /// The place, for cards and calendars.
    pub venue: Option<String>,
    /// Whom participants can write to.
    pub organizer: Option<Organizer>,
    /// The rounds, in the order of their times; 1 to [`RoundSet::MOST`].
    pub rounds: Vec<Round>,
    /// Breaks between rounds.
    pub breaks: Vec<Break>,
    /// What tables talk about; empty when the files name no topics, and then the rules on topics are void.
    pub topics: Vec<String>,
    /// The rooms; empty when none are named.
    pub rooms: Vec<Room>,
    /// Minutes between rooms; a pair that is not listed takes none.
    pub travel: Vec<Travel>,
    /// The organizations that people belong to, as first written.
    pub organizations: Vec<String>,
    /// Who hosts a table.
    pub experts: Vec<Expert>,
    /// Who comes to the tables.
    pub mentees: Vec<Mentee>,
    /// What was asked for about particular people.
    pub requests: Vec<Request>,
    /// Whether each table is open in every round.
    pub open: Open,
    /// What to do about pairs of one organization.
    pub same_organization: SameOrganization,
    /// The score of each rank.
    pub scores: Scores,
    /// The priorities, from the first to the last.
    pub order: Vec<Priority>,
    /// A seat of at most this rank is a first choice.
    pub first_choices: u32,
    /// Rounds that were played already.
    pub frozen: Frozen,
    /// How the venue kit looks.
    pub print: Print,
    /// The words and formats of what participants read.
    pub text: Text,
    /// What calendars hold beside the schedule.
    pub calendar: Calendar,
}

/// Whom participants can write to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organizer {
    /// The name.
    pub name: String,
    /// The address; the only one that stands in other people's papers.
    pub email: Option<String>,
}

/// One numbered slot of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// When it starts.
    pub start: DateTime<Tz>,
    /// When it ends; later than the start.
    pub end: DateTime<Tz>,
}

/// A break after a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The round before it.
    pub after: RoundIx,
    /// How long, in minutes.
    pub minutes: u32,
    /// What it is called.
    pub label: Option<String>,
}

/// A room with its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// The name.
    pub name: String,
    /// How many tables fit; `None` when nobody said.
    pub tables: Option<u32>,
}

/// How long the way between two rooms takes, in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Travel {
    /// One room.
    pub from: RoomIx,
    /// The other.
    pub to: RoomIx,
    /// The minutes.
    pub minutes: u32,
}

/// Whether each table is open in every round (`[tables] open`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// Each expert has a sitting in every round when present (rule `every-round`).
    EveryRound,
    /// A table may stay empty.
    AsNeeded,
    /// Every round if there is a schedule that does it, else as needed; the solver settles it.
    Auto,
}

/// What to do about a mentee and an expert of one organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameOrganization {
    /// Nothing.
    Allow,
    /// Priority `courtesies` counts them.
    Avoid,
    /// Rule `keep-out` holds for them.
    Forbid,
}

impl Event {
    /// The expert at a position of this event.
    pub fn expert(&self, e: ExpertIx) -> &Expert {
        &self.experts[e.index()]
    }

    /// The mentee at a position of this event.
    pub fn mentee(&self, m: MenteeIx) -> &Mentee {
        &self.mentees[m.index()]
    }

    /// Whose id it is among the experts, who stand in ascending order of their ids.
    pub fn expert_with_id(&self, id: &str) -> Option<ExpertIx> {
        self.experts.binary_search_by(|expert| expert.id.as_str().cmp(id)).ok().map(ExpertIx::new)
    }

    /// Whose id it is among the mentees, who stand in ascending order of their ids.
    pub fn mentee_with_id(&self, id: &str) -> Option<MenteeIx> {
        self.mentees.binary_search_by(|mentee| mentee.id.as_str().cmp(id)).ok().map(MenteeIx::new)
    }

    /// The name of a topic of this event.
    pub fn topic(&self, t: TopicIx) -> &str {
        &self.topics[t.index()]
    }

    /// Positions of all experts.
    pub fn expert_ixs(&self) -> impl DoubleEndedIterator<Item = ExpertIx> + use<> {
        (0..self.experts.len()).map(ExpertIx::new)
    }

    /// Positions of all mentees.
    pub fn mentee_ixs(&self) -> impl DoubleEndedIterator<Item = MenteeIx> + use<> {
        (0..self.mentees.len()).map(MenteeIx::new)
    }

    /// Positions of all rounds.
    pub fn round_ixs(&self) -> impl DoubleEndedIterator<Item = RoundIx> + use<> {
        (0..self.rounds.len()).map(RoundIx::new)
    }

    /// All rounds as a set.
    pub fn all_rounds(&self) -> RoundSet {
        RoundSet::all(self.rounds.len())
    }

    /// The rounds that are not frozen.
    pub fn rounds_to_come(&self) -> RoundSet {
        self.all_rounds().without(self.frozen.rounds)
    }

    /// The topics that an expert's sitting can have: the expert's, or the lone `None` where the event has no topics.
    pub fn sitting_topics(&self, e: ExpertIx) -> Vec<Option<TopicIx>> {
        if self.topics.is_empty() { vec![None] } else { self.expert(e).topics.iter().copied().map(Some).collect() }
    }

    /// How many seats a mentee wants at most: rounds present or `most`, whichever is less.
    pub fn wanted(&self, m: MenteeIx) -> u32 {
        let mentee = self.mentee(m);
        (mentee.present.len() as u32).min(mentee.most)
    }

    /// The most seats that any mentee wants: the length of the list of `fair-share`.
    pub fn most_wanted(&self) -> u32 {
        self.mentee_ixs().map(|m| self.wanted(m)).max().unwrap_or(0)
    }

    /// Whether both belong to one organization.
    pub fn same_organization(&self, m: MenteeIx, e: ExpertIx) -> bool {
        let organization = self.mentee(m).organization;
        organization.is_some() && organization == self.expert(e).organization
    }

    /// Whether two mentees belong to one organization.
    pub fn colleagues(&self, a: MenteeIx, b: MenteeIx) -> bool {
        let organization = self.mentee(a).organization;
        organization.is_some() && organization == self.mentee(b).organization
    }

    /// Minutes on the way between two rooms.
    pub fn travel_minutes(&self, a: RoomIx, b: RoomIx) -> u32 {
        let between = |t: &&Travel| (t.from, t.to) == (a, b) || (t.to, t.from) == (a, b);
        if a == b { 0 } else { self.travel.iter().filter(between).map(|t| t.minutes).max().unwrap_or(0) }
    }

    /// Minutes from the end of a round to the start of a later one.
    pub fn minutes_between(&self, earlier: RoundIx, later: RoundIx) -> i64 {
        (self.rounds[later.index()].start - self.rounds[earlier.index()].end).num_minutes()
    }

    /// Who goes first when seats are short: for each mentee the weight of one sit-out in the third part of
    /// priority `seats`, larger for those who go earlier (smaller `priority`, then earlier `submitted`; alike is
    /// alike). `None` when the rosters tell neither, and then that part is void.
    pub fn precedence(&self) -> Option<Vec<i64>> {
        let key =
            |m: &Mentee| (m.priority.unwrap_or(i64::MAX), m.submitted.map_or(i64::MAX, |t| t.and_utc().timestamp()));
        let mut keys: Vec<_> = self.mentees.iter().map(key).collect();
        keys.sort_unstable();
        keys.dedup();
        let told = self.mentees.iter().any(|m| m.priority.is_some() || m.submitted.is_some());
        let weight = |m: &Mentee| keys.binary_search(&key(m)).map_or(0, |position| (keys.len() - position) as i64);
        told.then(|| self.mentees.iter().map(weight).collect())
    }
}
