//! `plan.json`: the schedule, its revision and its certificate, in a versioned file that stands by itself.
//!
//! [`Plan::new`] makes it from the domain, [`Plan::to_json`] writes it, [`Plan::parse`] reads it; the functions of
//! `reading` turn it back into the domain by ids. [`SCHEMA`] says what may stand in it. No e-mail ever does.

mod cards;
mod making;
mod reading;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::rows;

pub use cards::{Card, Cards, Change, Changes, Fate, Line, Met, Place};
pub use making::Revision;
pub use reading::{Gone, Unreadable};

/// The format that this program writes and reads.
pub const FORMAT: &str = "tablehop-plan/1";

/// The JSON Schema (2020-12) of the format.
pub const SCHEMA: &str = include_str!("plan.schema.json");

/// The whole file, in the order in which it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// [`FORMAT`].
    pub format: String,
    /// The program that made this revision, and its version.
    pub program: String,
    /// From 1.
    pub revision: u32,
    /// When this revision came to be, in UTC.
    pub made: String,
    /// Which event.
    pub event: EventRow,
    /// The SHA-256 of what the plan was made from of each file, as `sha256:…`, by name.
    pub inputs: BTreeMap<String, String>,
    /// The rounds.
    pub rounds: Vec<RoundRow>,
    /// The topics of the event.
    pub topics: Vec<String>,
    /// The experts of the event.
    pub experts: Vec<PersonRow>,
    /// The mentees of the event.
    pub mentees: Vec<PersonRow>,
    /// The tables in use, by round and expert.
    pub sittings: Vec<SittingRow>,
    /// Who sits there, by round, expert and mentee.
    pub seats: Vec<SeatRow>,
    /// Who wanted a seat in a round and has none, by mentee and round.
    pub sit_outs: Vec<SitOutRow>,
    /// This revision and those before it, ascending. The first is where the account begins: what no later one names
    /// has been as it is since then. Empty in plans of a program that did not keep it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<RevisionRow>,
    /// How good the plan is, and how far that is proven.
    pub certificate: CertificateRow,
}

impl Plan {
    /// The plan as JSON.
    pub fn to_json(&self) -> Vec<u8> {
        rows::to_vec(self)
    }
}

/// Which event a plan is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Stable name.
    pub id: String,
    /// The name that people read.
    pub name: String,
    /// IANA name of the time zone.
    pub timezone: String,
    /// The place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub venue: Option<String>,
}

/// A round and its times, with the offset of the time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRow {
    /// From 1.
    pub round: u32,
    /// When it starts.
    pub start: String,
    /// When it ends.
    pub end: String,
}

/// An expert or a mentee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Unique among the experts, or among the mentees.
    pub id: String,
    /// Full name.
    pub name: String,
    /// The organization as written on the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
}

/// A table in use in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SittingRow {
    /// The number of the round.
    pub round: u32,
    /// The expert's id.
    pub expert: String,
    /// What the table is called.
    pub table: String,
    /// Where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// What it talks about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// A seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatRow {
    /// The number of the round.
    pub round: u32,
    /// The expert's id.
    pub expert: String,
    /// The mentee's id.
    pub mentee: String,
    /// About what.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// The revision in which the seat came to be.
    pub since: u32,
}

/// A round that a mentee sits out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SitOutRow {
    /// The number of the round.
    pub round: u32,
    /// The mentee's id.
    pub mentee: String,
}

/// A revision: when it came to be, and whose cards changed in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRow {
    /// From 1.
    pub revision: u32,
    /// When it came to be, in UTC.
    pub made: String,
    /// The experts whose cards changed, also those who came or went, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub experts: Vec<ChangeRow>,
    /// The mentees whose cards changed, also those who came or went, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentees: Vec<ChangeRow>,
}

/// A card that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// Whose it is.
    pub id: String,
    /// The rounds that read otherwise, came or fell away, ascending.
    pub rounds: Vec<u32>,
}

/// How good the plan is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateRow {
    /// `optimal`, `bounded` or `feasible`.
    pub status: String,
    /// The last priority of the unbroken run of proven ones from the first.
    pub proven_through: Option<String>,
    /// The way that found the plan.
    pub route: String,
    /// The work done, in the route's own steps.
    pub steps: u64,
    /// The solver and its version.
    pub solver: String,
    /// Each priority in the event's order.
    pub priorities: Vec<LevelRow>,
}

/// What the plan reached in one priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelRow {
    /// The priority.
    pub name: String,
    /// `max` or `min` for each part of the value.
    pub sense: Vec<String>,
    /// What was reached.
    pub value: Vec<i64>,
    /// What no plan that reaches the values above can exceed; `null` when not known.
    pub bound: Option<Vec<i64>>,
    /// Whether value and bound meet.
    pub proven: bool,
}
