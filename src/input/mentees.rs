//! The rows of the mentees' roster as mentees of the event.

use std::collections::BTreeMap;

use super::cells::Cells;
use super::choices::{EXPERT, List, TOPIC};
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::names::Names;
use super::people::{Person, Roster};
use super::places::Organizations;
use super::ratings::Ratings;
use super::{ReadOptions, limits};
use crate::domain::{Choice, ExpertIx, Mentee, RoundSet, TopicIx};

/// What the rows of mentees are read with.
pub(super) struct Context<'a> {
    pub settings: &'a Settings<'a>,
    pub options: &'a ReadOptions,
    pub topics: &'a Names,
    pub experts: &'a Names,
    pub ratings: &'a Ratings,
}

impl Context<'_> {
    /// The mentees of the roster, in the order of their ids.
    pub fn mentees(
        &self,
        roster: &Roster,
        organizations: &mut Organizations,
        faults: &mut Faults,
        notes: &mut Vec<String>,
    ) -> Vec<Mentee> {
        let unordered = &self.settings.columns.mentees.without_order;
        let mut list = |field, names, what| {
            let list = List::new(&roster.table, roster.columns.of(field), names, what, self.options, faults);
            let list = if unordered.contains(&field) { list.without_order() } else { list };
            if let (true, Some(column)) = (list.in_order(), roster.columns.first(field)) {
                let header = super::text::quoted(roster.table.header(column));
                notes.push(format!("{}: in {header} the order counts, the first is rank 1", roster.table.name()));
            }
            list
        };
        let topics = list("topics", self.topics, TOPIC);
        let experts = list("experts", self.experts, EXPERT);
        let mut mentees = Vec::with_capacity(roster.people.len());
        for (position, person) in (0..).zip(&roster.people) {
            let cells = Cells { table: &roster.table, columns: &roster.columns, row: person.row };
            let rated = self.ratings.of(position);
            let (topics, experts) = (topics.read(person.row, faults), experts.read(person.row, faults));
            mentees.push(Mentee {
                topics: choices(topics, &rated.topics, TopicIx),
                experts: choices(experts, &rated.experts, ExpertIx),
                ..self.mentee(person, cells, organizations, faults)
            });
        }
        mentees
    }

    /// A mentee without the lists.
    fn mentee(&self, person: &Person, cells: Cells, organizations: &mut Organizations, faults: &mut Faults) -> Mentee {
        let of_event = &self.settings.times.rounds;
        let count = of_event.len() as u32;
        let (affiliation, organization) = organizations.read(cells, faults);
        let present = cells.present(of_event, faults);
        let meetings = 0..=RoundSet::MOST as i64;
        let least = cells.number("least", meetings.clone(), faults).map(|least| least as u32);
        let most = cells.number("most", meetings, faults).map(|most| most as u32);
        let there = present.len() as u32;
        if let Some(least) = least.filter(|_| count > 0) {
            let fault = |message, hint| Diagnostic::error("least-above-most", message).hint(hint);
            if let Some(most) = most.filter(|most| *most < least) {
                let message = format!("at least {least} meetings are more than at most {most}");
                cells.fault("least", fault(message, "make `most` larger or `least` smaller"), faults);
            } else if least > there {
                let message = format!("at least {least} meetings do not fit in {there} rounds");
                cells.fault("least", fault(message, "make `least` smaller, or more rounds available"), faults);
            }
        }
        let text = |field| cells.text(field).map(str::to_owned);
        Mentee {
            id: person.id.clone(),
            name: person.name.clone(),
            surname: person.surname.clone(),
            email: person.email.clone(),
            affiliation,
            organization,
            topics: Vec::new(),
            experts: Vec::new(),
            present,
            least: least.unwrap_or(self.settings.loads.least),
            most: most.or(self.settings.loads.most).unwrap_or(count),
            stage: text("stage"),
            goal: text("goal"),
            priority: cells.number("priority", -limits::PRIORITY..=limits::PRIORITY, faults),
            submitted: person.submitted,
            knows: Vec::new(),
        }
    }
}

/// Ranked and rated choices as one list, ascending; of a target that is both the better rank counts.
fn choices<T>(
    ranked: BTreeMap<u32, u32>,
    rated: &BTreeMap<u32, (u32, u32)>,
    target: impl Fn(u32) -> T,
) -> Vec<Choice<T>> {
    let ranked = ranked.into_iter().map(|(position, rank)| (position, (rank, None)));
    let mut all: BTreeMap<u32, (u32, Option<u32>)> = ranked.collect();
    for (&position, &(rank, stars)) in rated {
        let best = all.entry(position).or_insert((rank, Some(stars)));
        if rank < best.0 {
            *best = (rank, Some(stars));
        }
    }
    all.into_iter().map(|(position, (rank, stars))| Choice { target: target(position), rank, stars }).collect()
}
