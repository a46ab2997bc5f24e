//! The priorities, by name, and which way is better.

use super::Event;

/// What a schedule is judged by. The order is the organizer's; each is optimized with all before it held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Priority {
    /// Number of seats, more; then the sum over mentees of sit-outs squared, less; then, where the rosters
    /// tell who goes first, the sum over mentees of sit-outs × [`Event::precedence`], less.
    Seats,
    /// Seats of pairs to avoid, fewer.
    Courtesies,
    /// Mentees with a seat of rank at most [`Event::first_choices`], more.
    FirstChoices,
    /// Mentees with at least 1, 2, … seats that are choices, lexicographically more.
    FairShare,
    /// Seats on a topic that the mentee has had already, fewer; seats with listed experts do not count.
    Variety,
    /// Sum of scores, more.
    Preferences,
    /// Σ over pairs of mentees of max(0, times together − 1), plus pairs of one organization that meet, fewer.
    NewFaces,
    /// Σ over rounds of largest − smallest group among open tables of like capacity, less.
    EvenTables,
    /// The smallest satisfaction in hundredths of a percent, greater.
    WorstOff,
    /// Rounds without a seat between a person's first and last seat of a day, fewer.
    IdleGaps,
    /// Changes of room between consecutive seats of a day, fewer.
    RoomChanges,
    /// People whose card differs from the standing plan, then seats that differ, fewer.
    Changes,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// More is better.
    Max,
    /// Less is better.
    Min,
}

impl Priority {
    /// All priorities.
    pub const ALL: [Priority; 12] = [
        Priority::Seats,
        Priority::Courtesies,
        Priority::FirstChoices,
        Priority::FairShare,
        Priority::Variety,
        Priority::Preferences,
        Priority::NewFaces,
        Priority::EvenTables,
        Priority::WorstOff,
        Priority::IdleGaps,
        Priority::RoomChanges,
        Priority::Changes,
    ];

    /// The order when the event file says nothing.
    pub fn default_order() -> Vec<Priority> {
        Self::ALL[..8].to_vec()
    }

    /// The name, everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Priority::Seats => "seats",
            Priority::Courtesies => "courtesies",
            Priority::FirstChoices => "first-choices",
            Priority::FairShare => "fair-share",
            Priority::Variety => "variety",
            Priority::Preferences => "preferences",
            Priority::NewFaces => "new-faces",
            Priority::EvenTables => "even-tables",
            Priority::WorstOff => "worst-off",
            Priority::IdleGaps => "idle-gaps",
            Priority::RoomChanges => "room-changes",
            Priority::Changes => "changes",
        }
    }

    /// The priority of a name.
    pub fn named(name: &str) -> Option<Priority> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }

    /// The sense of each part of the value; as long as the value is for this event.
    pub fn senses(self, event: &Event) -> Vec<Sense> {
        match self {
            Priority::Seats if event.precedence().is_some() => vec![Sense::Max, Sense::Min, Sense::Min],
            Priority::Seats => vec![Sense::Max, Sense::Min],
            Priority::FairShare => vec![Sense::Max; event.most_wanted() as usize],
            Priority::FirstChoices | Priority::Preferences | Priority::WorstOff => vec![Sense::Max],
            Priority::Changes => vec![Sense::Min, Sense::Min],
            _ => vec![Sense::Min],
        }
    }
}

impl Sense {
    /// `value` turned so that more is better.
    pub fn upwards(self, value: i64) -> i64 {
        match self {
            Sense::Max => value,
            Sense::Min => -value,
        }
    }
}
