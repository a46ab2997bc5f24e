//! Since when an entry has been as it is: its SEQUENCE and DTSTAMP, from the revisions that a plan keeps.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};

use super::agenda::{Role, moment};
use crate::output::plan::{ChangeRow, Plan, Unreadable};

/// The revision in which an entry last changed, and when that came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version {
    /// The number of the revision.
    pub revision: u32,
    /// When it came to be; later for a later revision.
    pub made: DateTime<Utc>,
}

/// The last change of everything in a plan.
pub(super) struct Versions<'a> {
    /// Of all that no later revision names.
    first: Version,
    /// By person and round; of the whole card without a round.
    changed: HashMap<(Role, &'a str, Option<u32>), Version>,
}

impl<'a> Versions<'a> {
    /// The versions of the entries of `plan`.
    pub fn new(plan: &'a Plan) -> Result<Self, Unreadable> {
        let written = plan.revisions.first().map_or((plan.revision, &plan.made), |row| (row.revision, &row.made));
        let first = Version { revision: written.0, made: moment(written.1)?.to_utc() };
        let mut changed = HashMap::new();
        let mut last = first;
        for row in plan.revisions.iter().skip(1) {
            // A clock that was put back must not make what came later look older.
            let made = moment(&row.made)?.to_utc().max(last.made + TimeDelta::seconds(1));
            last = Version { revision: row.revision, made };
            for (role, rows) in [(Role::Expert, &row.experts), (Role::Mentee, &row.mentees)] {
                changed.extend(rows.iter().flat_map(|row| keys(role, row)).map(|key| (key, last)));
            }
        }
        Ok(Versions { first, changed })
    }

    /// When a person's round, or without a round the whole card, last changed; also of what fell away then.
    pub fn of(&self, role: Role, id: &'a str, round: Option<u32>) -> Version {
        self.changed.get(&(role, id, round)).copied().unwrap_or(self.first)
    }
}

fn keys(role: Role, row: &ChangeRow) -> impl Iterator<Item = (Role, &str, Option<u32>)> {
    let rounds = row.rounds.iter().copied().map(Some);
    rounds.chain([None]).map(move |round| (role, row.id.as_str(), round))
}
