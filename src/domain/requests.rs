//! What was asked for about particular people, and the names of the hard rules.

use std::collections::BTreeMap;

use super::{Event, ExpertIx, MenteeIx, RoundIx};

/// One row of the requests; they are in this order, whatever that of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Request {
    /// The pair never meets.
    KeepOut(MenteeIx, ExpertIx),
    /// The pair had better not meet (priority `courtesies`).
    Avoid(MenteeIx, ExpertIx),
    /// The pair meets in some round.
    MustMeet(MenteeIx, ExpertIx),
    /// The pair meets in that round.
    PinnedSeat(MenteeIx, ExpertIx, RoundIx),
    /// The two never share a sitting.
    KeptApart(MenteeIx, MenteeIx),
    /// The two have the same seats in every round in which both are present.
    KeptTogether(MenteeIx, MenteeIx),
}

impl Event {
    /// Who is to meet whom in which round.
    pub fn pinned_seats(&self) -> impl Iterator<Item = (MenteeIx, ExpertIx, RoundIx)> {
        self.requests.iter().filter_map(|request| match *request {
            Request::PinnedSeat(m, e, r) => Some((m, e, r)),
            _ => None,
        })
    }

    /// Those who are kept together in a round, directly or by others who are there: the companies by their first
    /// members, and the members ascending.
    pub fn companies(&self, r: RoundIx) -> Vec<Vec<MenteeIx>> {
        let mut tied: BTreeMap<MenteeIx, Vec<MenteeIx>> = BTreeMap::new();
        for request in &self.requests {
            if let Request::KeptTogether(a, b) = *request
                && [a, b].iter().all(|&m| self.mentee(m).present.contains(r))
            {
                tied.entry(a).or_default().push(b);
                tied.entry(b).or_default().push(a);
            }
        }
        let mut companies = Vec::new();
        while let Some((first, others)) = tied.pop_first() {
            let (mut members, mut next) = (vec![first], others);
            while let Some(m) = next.pop() {
                if let Some(others) = tied.remove(&m) {
                    members.push(m);
                    next.extend(others);
                }
            }
            members.sort_unstable();
            companies.push(members);
        }
        companies
    }
}

/// The hard rules, one name each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A mentee has at most one seat in a round.
    OneSeatARound,
    /// A mentee meets an expert at most once.
    MeetOnce,
    /// Both are there for the whole round.
    Presence,
    /// A sitting has at most the expert's capacity.
    TableCapacity,
    /// A sitting has at least the expert's smallest group, or does not take place.
    SmallestGroup,
    /// Everyone at a table in a round is there for one topic, and it is one of the expert's.
    OneTopicASitting,
    /// The pair never meets.
    KeepOut,
    /// The pair meets in some round.
    MustMeet,
    /// The pair meets in that round.
    PinnedSeat,
    /// The two mentees never share a sitting.
    KeptApart,
    /// The two mentees have the same seats in every round in which both are present.
    KeptTogether,
    /// A mentee has at least and at most so many seats.
    MeetingsWanted,
    /// An expert has at most so many sittings, and at most so many in a row without a round off.
    ExpertLoad,
    /// At most so many sittings in a room in a round.
    TablesInRoom,
    /// Between two rounds in different rooms a person has at least the minutes given.
    Travel,
    /// Each expert has a sitting in every round when present.
    EveryRound,
    /// The seats of played rounds stay as they were.
    FrozenRounds,
}

impl Rule {
    /// All rules.
    pub const ALL: [Rule; 17] = [
        Rule::OneSeatARound,
        Rule::MeetOnce,
        Rule::Presence,
        Rule::TableCapacity,
        Rule::SmallestGroup,
        Rule::OneTopicASitting,
        Rule::KeepOut,
        Rule::MustMeet,
        Rule::PinnedSeat,
        Rule::KeptApart,
        Rule::KeptTogether,
        Rule::MeetingsWanted,
        Rule::ExpertLoad,
        Rule::TablesInRoom,
        Rule::Travel,
        Rule::EveryRound,
        Rule::FrozenRounds,
    ];

    /// The name, everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Rule::OneSeatARound => "one-seat-a-round",
            Rule::MeetOnce => "meet-once",
            Rule::Presence => "presence",
            Rule::TableCapacity => "table-capacity",
            Rule::SmallestGroup => "smallest-group",
            Rule::OneTopicASitting => "one-topic-a-sitting",
            Rule::KeepOut => "keep-out",
            Rule::MustMeet => "must-meet",
            Rule::PinnedSeat => "pinned-seat",
            Rule::KeptApart => "kept-apart",
            Rule::KeptTogether => "kept-together",
            Rule::MeetingsWanted => "meetings-wanted",
            Rule::ExpertLoad => "expert-load",
            Rule::TablesInRoom => "tables-in-room",
            Rule::Travel => "travel",
            Rule::EveryRound => "every-round",
            Rule::FrozenRounds => "frozen-rounds",
        }
    }
}
