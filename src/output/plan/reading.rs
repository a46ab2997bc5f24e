//! From a plan back to the domain, by ids.

use std::collections::{BTreeSet, HashMap};

use chrono::DateTime;
use chrono_tz::Tz;
use serde::Deserialize;

use super::{FORMAT, LevelRow, Plan, SeatRow};
use crate::domain::{Certificate, Event, Level, Priority, RoundIx, Route, Schedule, Seat, Status, TopicIx};

/// Why bytes are no plan that this program reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not JSON, or not of the format's shape.
    Shape {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// Of another format or version.
    Format {
        /// What its `format` says; `None` when it says nothing.
        found: Option<String>,
    },
    /// A name, time or zone that there is not.
    Name {
        /// Where.
        field: &'static str,
        /// What stands there.
        found: String,
    },
}

/// What a plan has a seat for and the event has no more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gone {
    /// An expert.
    Expert {
        /// The id.
        id: String,
        /// The name that the plan has.
        name: Option<String>,
    },
    /// A mentee.
    Mentee {
        /// The id.
        id: String,
        /// The name that the plan has.
        name: Option<String>,
    },
    /// A topic.
    Topic(String),
    /// A round, by its number.
    Round(u32),
}

impl Plan {
    /// Reads a plan; a format that is not [`FORMAT`] is refused.
    pub fn parse(bytes: &[u8]) -> Result<Plan, Unreadable> {
        #[derive(Deserialize)]
        #[serde(expecting = "an object")]
        struct Head {
            #[serde(default)]
            format: Option<String>,
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let head: Head = serde_json::from_slice(bytes).map_err(|e| shape(&e))?;
        if head.format.as_deref() != Some(FORMAT) {
            return Err(Unreadable::Format { found: head.format });
        }
        let plan: Plan = serde_json::from_slice(bytes).map_err(|e| shape(&e))?;
        plan.held_times()?;
        Ok(plan)
    }

    /// Every time and the zone can be read.
    fn held_times(&self) -> Result<(), Unreadable> {
        let zone = &self.event.timezone;
        zone.parse::<Tz>().map_err(|_| unknown("timezone", zone))?;
        let rounds = self.rounds.iter().flat_map(|row| [("start", &row.start), ("end", &row.end)]);
        let made = self.revisions.iter().map(|row| &row.made).chain([&self.made]).map(|made| ("made", made));
        for (field, time) in rounds.chain(made) {
            DateTime::parse_from_rfc3339(time).map_err(|_| unknown(field, time))?;
        }
        Ok(())
    }

    /// The seats as the event has them, or everything that they name and the event has no more.
    pub fn schedule(&self, event: &Event) -> Result<Schedule, Vec<Gone>> {
        let (seats, gone) = self.resolve(event);
        if gone.is_empty() { Ok(Schedule::new(seats)) } else { Err(gone.into_iter().collect()) }
    }

    /// The seats whose round, people and topic the event still has.
    pub fn remaining(&self, event: &Event) -> Schedule {
        Schedule::new(self.resolve(event).0)
    }

    /// What the plan says of how good it is.
    pub fn certificate(&self) -> Result<Certificate, Unreadable> {
        let row = &self.certificate;
        let status = [Status::Optimal, Status::Bounded, Status::Feasible].into_iter().find(|s| s.name() == row.status);
        let route = Route::ALL.into_iter().find(|r| r.name() == row.route);
        Ok(Certificate {
            status: status.ok_or_else(|| unknown("status", &row.status))?,
            proven_through: row.proven_through.as_deref().map(|name| priority("proven_through", name)).transpose()?,
            route: route.ok_or_else(|| unknown("route", &row.route))?,
            steps: row.steps,
            solver: row.solver.clone(),
            levels: row.priorities.iter().map(level).collect::<Result<_, _>>()?,
        })
    }

    fn resolve(&self, event: &Event) -> (Vec<Seat>, BTreeSet<Gone>) {
        let topics: HashMap<&str, TopicIx> =
            event.topics.iter().enumerate().map(|(i, name)| (name.as_str(), TopicIx::new(i))).collect();
        let mut seats = Vec::with_capacity(self.seats.len());
        let mut gone = BTreeSet::new();
        for row in &self.seats {
            match self.seat(event, &topics, row) {
                Ok(seat) => seats.push(seat),
                Err(missing) => {
                    gone.insert(missing);
                }
            }
        }
        (seats, gone)
    }

    fn seat(&self, event: &Event, topics: &HashMap<&str, TopicIx>, row: &SeatRow) -> Result<Seat, Gone> {
        let position = row.round.wrapping_sub(1) as usize;
        let name = |people: &[super::PersonRow], id: &str| people.iter().find(|p| p.id == id).map(|p| p.name.clone());
        let expert = || Gone::Expert { id: row.expert.clone(), name: name(&self.experts, &row.expert) };
        let mentee = || Gone::Mentee { id: row.mentee.clone(), name: name(&self.mentees, &row.mentee) };
        let topic = |t: &String| topics.get(t.as_str()).copied().ok_or_else(|| Gone::Topic(t.clone()));
        Ok(Seat {
            round: (position < event.rounds.len()).then(|| RoundIx::new(position)).ok_or(Gone::Round(row.round))?,
            expert: event.expert_with_id(&row.expert).ok_or_else(expert)?,
            mentee: event.mentee_with_id(&row.mentee).ok_or_else(mentee)?,
            topic: row.topic.as_ref().map(topic).transpose()?,
        })
    }
}

fn level(row: &LevelRow) -> Result<Level, Unreadable> {
    Ok(Level {
        priority: priority("priorities", &row.name)?,
        value: row.value.clone(),
        bound: row.bound.clone(),
        proven: row.proven,
    })
}

fn priority(field: &'static str, name: &str) -> Result<Priority, Unreadable> {
    Priority::named(name).ok_or_else(|| unknown(field, name))
}

fn unknown(field: &'static str, found: &str) -> Unreadable {
    Unreadable::Name { field, found: found.to_owned() }
}

/// serde_json writes the place after the reason; here they are apart.
fn shape(error: &serde_json::Error) -> Unreadable {
    let text = error.to_string();
    let reason = text.split_once(" at line ").map_or(text.as_str(), |(reason, _)| reason).to_owned();
    Unreadable::Shape { line: error.line(), column: error.column(), reason }
}
