//! From the domain to a plan.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, SecondsFormat, Utc};

use super::{CertificateRow, EventRow, FORMAT, LevelRow, PersonRow, Plan, RoundRow, SeatRow, SitOutRow, SittingRow};
use crate::domain::{Certificate, Event, Level, Round, RoundIx, Schedule, Seat, Sense, Sitting, TopicIx};
use crate::output::text::timestamp;

/// What a plan says of itself beside the schedule.
pub struct Revision<'a> {
    /// When it comes to be.
    pub made: DateTime<Utc>,
    /// The SHA-256 of what it is made from of each file, as `sha256:…`, by name.
    pub inputs: BTreeMap<String, String>,
    /// The revision before it.
    pub previous: Option<&'a Plan>,
    /// Its number when there is none before it.
    pub first: u32,
}

impl Plan {
    /// The next revision: of `event`, with these seats and this certificate.
    pub fn new(event: &Event, schedule: &Schedule, certificate: &Certificate, revision: Revision) -> Plan {
        let number = revision.previous.map_or(revision.first, |p| p.revision.saturating_add(1));
        let plan = Plan {
            format: FORMAT.to_owned(),
            program: concat!("tablehop ", env!("CARGO_PKG_VERSION")).to_owned(),
            revision: number,
            made: revision.made.to_rfc3339_opts(SecondsFormat::Secs, true),
            event: event_row(event),
            inputs: revision.inputs,
            rounds: round_rows(event),
            topics: event.topics.clone(),
            experts: expert_rows(event),
            mentees: mentee_rows(event),
            sittings: sitting_rows(event, schedule),
            seats: seat_rows(event, schedule, number, revision.previous),
            sit_outs: sit_out_rows(event, schedule),
            revisions: Vec::new(),
            certificate: certificate_row(event, certificate),
        };
        Plan { revisions: plan.history_after(revision.previous), ..plan }
    }

    /// The same revision with what people would read in one of this event with these seats.
    pub(super) fn shown(&self, event: &Event, schedule: &Schedule) -> Plan {
        Plan {
            event: event_row(event),
            rounds: round_rows(event),
            topics: event.topics.clone(),
            experts: expert_rows(event),
            mentees: mentee_rows(event),
            sittings: sitting_rows(event, schedule),
            seats: seat_rows(event, schedule, 0, Some(self)),
            sit_outs: sit_out_rows(event, schedule),
            format: self.format.clone(),
            program: self.program.clone(),
            revision: self.revision,
            made: self.made.clone(),
            inputs: self.inputs.clone(),
            revisions: self.revisions.clone(),
            certificate: self.certificate.clone(),
        }
    }

    /// Whether people would read the same in a plan of this event with these seats: all but the revision, when and
    /// with what it was made, from which files, and the certificate.
    pub fn shows(&self, event: &Event, schedule: &Schedule) -> bool {
        self.unlike(event, schedule).is_empty()
    }

    /// The parts of a plan that people and programs would read otherwise in one of this event with these seats.
    pub fn unlike(&self, event: &Event, schedule: &Schedule) -> Vec<&'static str> {
        let anew = self.shown(event, schedule);
        let parts = [
            ("event", self.event == anew.event),
            ("rounds", self.rounds == anew.rounds),
            ("topics", self.topics == anew.topics),
            ("experts", self.experts == anew.experts),
            ("mentees", self.mentees == anew.mentees),
            ("sittings", self.sittings == anew.sittings),
            ("seats", self.seats == anew.seats),
            ("sit_outs", self.sit_outs == anew.sit_outs),
        ];
        parts.into_iter().filter(|(_, alike)| !alike).map(|(name, _)| name).collect()
    }

    /// The same revision, with what is known now of how good it is and from which files it comes.
    pub fn renewed(&self, event: &Event, certificate: &Certificate, inputs: BTreeMap<String, String>) -> Plan {
        Plan { certificate: certificate_row(event, certificate), inputs, ..self.clone() }
    }
}

fn event_row(event: &Event) -> EventRow {
    EventRow {
        id: event.id.clone(),
        name: event.name.clone(),
        timezone: event.timezone.name().to_owned(),
        venue: event.venue.clone(),
    }
}

fn round_rows(event: &Event) -> Vec<RoundRow> {
    let row = |(r, round): (RoundIx, &Round)| RoundRow {
        round: r.number(),
        start: timestamp(round.start),
        end: timestamp(round.end),
    };
    event.round_ixs().zip(&event.rounds).map(row).collect()
}

fn expert_rows(event: &Event) -> Vec<PersonRow> {
    event.experts.iter().map(|e| person(&e.id, &e.name, &e.affiliation)).collect()
}

fn mentee_rows(event: &Event) -> Vec<PersonRow> {
    event.mentees.iter().map(|m| person(&m.id, &m.name, &m.affiliation)).collect()
}

fn person(id: &str, name: &str, affiliation: &Option<String>) -> PersonRow {
    PersonRow { id: id.to_owned(), name: name.to_owned(), organization: affiliation.clone() }
}

fn topic_name(event: &Event, topic: Option<TopicIx>) -> Option<String> {
    topic.map(|t| event.topic(t).to_owned())
}

fn sitting_rows(event: &Event, schedule: &Schedule) -> Vec<SittingRow> {
    schedule.sittings().map(|sitting| sitting_row(event, &sitting)).collect()
}

fn sitting_row(event: &Event, sitting: &Sitting) -> SittingRow {
    let expert = event.expert(sitting.expert);
    SittingRow {
        round: sitting.round.number(),
        expert: expert.id.clone(),
        table: expert.table.clone(),
        room: expert.room.map(|room| event.rooms[room.index()].name.clone()),
        topic: topic_name(event, sitting.seats.first().and_then(|seat| seat.topic)),
    }
}

fn seat_rows(event: &Event, schedule: &Schedule, revision: u32, previous: Option<&Plan>) -> Vec<SeatRow> {
    let since: HashMap<_, _> = previous.map_or_else(HashMap::new, |plan| {
        let row = |s: &SeatRow| ((s.round, s.expert.clone(), s.mentee.clone(), s.topic.clone()), s.since);
        plan.seats.iter().map(row).collect()
    });
    let row = |seat: &Seat| {
        let round = seat.round.number();
        let expert = event.expert(seat.expert).id.clone();
        let mentee = event.mentee(seat.mentee).id.clone();
        let key = (round, expert, mentee, topic_name(event, seat.topic));
        let since = since.get(&key).copied().unwrap_or(revision);
        let (_, expert, mentee, topic) = key;
        SeatRow { round, expert, mentee, topic, since }
    };
    schedule.seats().iter().map(row).collect()
}

fn sit_out_rows(event: &Event, schedule: &Schedule) -> Vec<SitOutRow> {
    let sit_outs = schedule.sit_outs(event).into_iter();
    sit_outs.map(|(m, r)| SitOutRow { round: r.number(), mentee: event.mentee(m).id.clone() }).collect()
}

fn certificate_row(event: &Event, certificate: &Certificate) -> CertificateRow {
    let sense = |sense: Sense| match sense {
        Sense::Max => "max".to_owned(),
        Sense::Min => "min".to_owned(),
    };
    let level = |level: &Level| LevelRow {
        name: level.priority.name().to_owned(),
        sense: level.priority.senses(event).into_iter().map(sense).collect(),
        value: level.value.clone(),
        bound: level.bound.clone(),
        proven: level.proven,
    };
    CertificateRow {
        status: certificate.status.name().to_owned(),
        proven_through: certificate.proven_through.map(|p| p.name().to_owned()),
        route: certificate.route.name().to_owned(),
        steps: certificate.steps,
        solver: certificate.solver.clone(),
        priorities: certificate.levels.iter().map(level).collect(),
    }
}
