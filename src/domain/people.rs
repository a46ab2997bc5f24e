//! The people: experts, mentees and what they chose.

use chrono::NaiveDateTime;

use super::{ExpertIx, MenteeIx, OrganizationIx, RoomIx, RoundIx, RoundSet, TopicIx};

/// Who hosts a table.
#[derive(Clone, Debug)]
pub struct Expert {
    /// Stable and unique among the experts.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The last part of it, where the roster has that by itself.
    pub surname: Option<String>,
    /// Address, never shown to others.
    pub email: Option<String>,
    /// The organization as written on the form.
    pub affiliation: Option<String>,
    /// The organization, unless what is written names none (`self-employed`).
    pub organization: Option<OrganizationIx>,
    /// The topics that this expert's table can talk about, ascending; empty only where the event has none.
    pub topics: Vec<TopicIx>,
    /// Most people at the table, by round (one entry a round of the event).
    pub capacity: Vec<u32>,
    /// Fewest people at the table, at least 1; with fewer a sitting does not take place.
    pub smallest_group: u32,
    /// The rounds when this expert is there.
    pub present: RoundSet,
    /// Most sittings.
    pub most_sittings: u32,
    /// Most sittings in a row, without a round off.
    pub most_in_a_row: Option<u32>,
    /// What the table is called.
    pub table: String,
    /// Where the table stands.
    pub room: Option<RoomIx>,
    /// Mentees that this expert would like to meet, ascending.
    pub wishes: Vec<MenteeIx>,
    /// Mentees that this expert knows already, ascending.
    pub knows: Vec<MenteeIx>,
}

impl Expert {
    /// Most people at the table in a round: 0 when absent.
    pub fn capacity_in(&self, round: RoundIx) -> u32 {
        if self.present.contains(round) { self.capacity.get(round.index()).copied().unwrap_or(0) } else { 0 }
    }

    /// The most seats over all rounds: the largest capacities of as many rounds as there are sittings.
    pub fn most_seats(&self) -> u32 {
        let mut capacities: Vec<u32> = self.open_rounds().iter().map(|r| self.capacity_in(r)).collect();
        capacities.sort_unstable_by(|a, b| b.cmp(a));
        capacities.iter().take(self.most_sittings as usize).sum()
    }

    /// The rounds in which a group of the smallest size or more could sit here.
    pub fn open_rounds(&self) -> RoundSet {
        self.present.iter().filter(|&r| self.capacity_in(r) >= self.smallest_group.max(1)).collect()
    }
}

/// Who comes to the tables.
#[derive(Clone, Debug)]
pub struct Mentee {
    /// Stable and unique among the mentees.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The last part of it, where the roster has that by itself.
    pub surname: Option<String>,
    /// Address, never shown to others.
    pub email: Option<String>,
    /// The organization as written on the form.
    pub affiliation: Option<String>,
    /// The organization, unless what is written names none.
    pub organization: Option<OrganizationIx>,
    /// The topics listed, ascending by topic, each once.
    pub topics: Vec<Choice<TopicIx>>,
    /// The experts listed, ascending by expert, each once.
    pub experts: Vec<Choice<ExpertIx>>,
    /// The rounds when this mentee is there.
    pub present: RoundSet,
    /// Fewest seats that this mentee must have.
    pub least: u32,
    /// Most seats that this mentee wants.
    pub most: u32,
    /// Career stage.
    pub stage: Option<String>,
    /// Goal or question for the experts.
    pub goal: Option<String>,
    /// Who goes first when seats are short; a smaller number goes first.
    pub priority: Option<i64>,
    /// When the form was sent; breaks ties of `priority`.
    pub submitted: Option<NaiveDateTime>,
    /// Experts that this mentee knows already, ascending.
    pub knows: Vec<ExpertIx>,
}

impl Mentee {
    /// This mentee's choice of an expert.
    pub fn chose_expert(&self, e: ExpertIx) -> Option<&Choice<ExpertIx>> {
        self.experts.binary_search_by_key(&e, |c| c.target).ok().map(|i| &self.experts[i])
    }

    /// This mentee's choice of a topic.
    pub fn chose_topic(&self, t: TopicIx) -> Option<&Choice<TopicIx>> {
        self.topics.binary_search_by_key(&t, |c| c.target).ok().map(|i| &self.topics[i])
    }
}

/// A topic or an expert that a mentee listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// What was chosen.
    pub target: T,
    /// From 1; alike for all that was ticked without an order. A rating of the most stars has rank 1.
    pub rank: u32,
    /// The stars given, where the choice is a rating; its score is then that of the stars.
    pub stars: Option<u32>,
}
