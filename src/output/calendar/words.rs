//! What stands in an entry: titles, places, and descriptions with local times.

use chrono::{DateTime, Offset};
use chrono_tz::Tz;

use super::agenda::{Person, Role, Slot};
use crate::domain::Event;
use crate::output::plan::{Met, Place};

/// Characters of a question that a description holds.
const QUESTION: usize = 1000;

/// What descriptions hold beside the schedule: the rosters' stages and questions, and the organizer's texts.
pub(super) struct Words<'a> {
    event: &'a Event,
}

impl<'a> Words<'a> {
    /// Of this event.
    pub fn new(event: &'a Event) -> Self {
        Words { event }
    }

    /// What a person's entry of a round is called.
    pub fn title(&self, role: Role, slot: &Slot) -> String {
        let who = match (role, &slot.people[..]) {
            (_, [one]) => one.name.to_owned(),
            (_, people) => format!("{} mentees", people.len()),
        };
        joined(" · ", [Some(who.as_str()), slot.place.and_then(|place| place.topic)])
    }

    /// What a table's entry of a round is called, for the organizer and for rooms.
    pub fn title_of_table(&self, host: &Person, slot: &Slot) -> String {
        let place = slot.place;
        joined(" · ", [place.map(|place| place.table), Some(host.name), place.and_then(|place| place.topic)])
    }

    /// Where a round takes place: table, room and venue.
    pub fn location(&self, venue: Option<&str>, place: &Place) -> String {
        joined(", ", [Some(table(place.table).as_str()), place.room, venue])
    }

    /// A person's round, and, unless it is `cancelled`, what to know for it.
    pub fn of_round(&self, person: &Person, slot: &Slot, venue: Option<&str>, cancelled: bool) -> String {
        let mut lines = vec![format!("Round {}: {}", slot.round, day_and_time(slot))];
        if let Some(place) = &slot.place {
            lines.push(self.location(venue, place));
            lines.extend(place.topic.map(|topic| format!("Topic: {topic}")));
        }
        lines.extend(self.people(person.role, &slot.people));
        self.with_notes(person.role, lines, cancelled)
    }

    /// All of a person's rounds, those that are sat out too, and, unless they are `cancelled`, what to know for them.
    pub fn of_all_rounds(&self, person: &Person, venue: Option<&str>, cancelled: bool) -> String {
        let mut lines: Vec<String> = venue.map(str::to_owned).into_iter().collect();
        let mut day = None;
        for slot in &person.slots {
            let today = (slot.start.date_naive(), offset(slot.start));
            if day.replace(today.clone()) != Some(today) {
                let before = if lines.is_empty() { "" } else { "\n" };
                lines.push(format!("{before}{}, {}", slot.start.format("%A %-d %B %Y"), zone(slot)));
            }
            let Some(place) = &slot.place else {
                lines.push(format!("{} · Round {}: no meeting", times(slot), slot.round));
                continue;
            };
            let spot = joined(", ", [Some(table(place.table).as_str()), place.room]);
            let spot = joined(" · ", [Some(spot.as_str()), place.topic]);
            lines.push(format!("{} · Round {}: {spot}", times(slot), slot.round));
            lines.extend(self.people(person.role, &slot.people));
        }
        self.with_notes(person.role, lines, cancelled)
    }

    /// A table's round: who sits there, without what they wrote.
    pub fn of_table(&self, host: &Person, slot: &Slot, venue: Option<&str>) -> String {
        let mut lines = vec![format!("Round {}: {}", slot.round, day_and_time(slot))];
        lines.extend(slot.place.map(|place| self.location(venue, &place)));
        lines.push(format!("Expert: {}", host.name));
        lines.extend(slot.place.and_then(|place| place.topic).map(|topic| format!("Topic: {topic}")));
        lines.extend(slot.people.iter().map(|met| format!("- {}", with_organization(met.name, met.organization))));
        lines.join("\n")
    }

    /// Whom a person meets: the expert, or the group with its stages and questions.
    fn people(&self, role: Role, people: &[Met]) -> Vec<String> {
        let name = |met: &Met| with_organization(met.name, met.organization);
        match role {
            Role::Mentee => people.iter().map(|met| format!("With {}", name(met))).collect(),
            Role::Expert => people.iter().map(|met| format!("- {}{}", name(met), self.about(met.id))).collect(),
        }
    }

    /// ` (Early career): Which certificate is worth it?`
    fn about(&self, mentee: &str) -> String {
        let found = self.event.mentees.binary_search_by(|m| m.id.as_str().cmp(mentee));
        let Some(mentee) = found.ok().and_then(|at| self.event.mentees.get(at)) else { return String::new() };
        let stage = mentee.stage.as_deref().map(|stage| format!(" ({})", one_line(stage, QUESTION)));
        let goal = mentee.goal.as_deref().map(|goal| format!(": {}", one_line(goal, QUESTION)));
        stage.into_iter().chain(goal).collect()
    }

    /// The lines, then how to prepare, the organizer's note, and whom to write to.
    fn with_notes(&self, role: Role, lines: Vec<String>, cancelled: bool) -> String {
        let calendar = &self.event.calendar;
        let prepare = match role {
            Role::Expert => &calendar.prepare_experts,
            Role::Mentee => &calendar.prepare_mentees,
        };
        let texts = [prepare, &calendar.note].into_iter().flatten().filter(|_| !cancelled).cloned();
        let organizer = self.event.organizer.as_ref();
        let contact = organizer.and_then(|o| Some(format!("Questions: {}, {}", o.name, o.email.as_deref()?)));
        std::iter::once(lines.join("\n")).chain(texts).chain(contact).collect::<Vec<_>>().join("\n\n")
    }
}

/// `Tuesday 9 March 2027, 13:30–13:42, America/Chicago (UTC-06:00)`
fn day_and_time(slot: &Slot) -> String {
    format!("{}, {}, {}", slot.start.format("%A %-d %B %Y"), times(slot), zone(slot))
}

/// `13:30–13:42`, and the day of the end where it is another one.
fn times(slot: &Slot) -> String {
    let same_day = slot.start.date_naive() == slot.end.date_naive();
    let end = slot.end.format(if same_day { "%H:%M" } else { "%H:%M (%A %-d %B)" });
    format!("{}–{end}", slot.start.format("%H:%M"))
}

/// `America/Chicago (UTC-06:00)`, with both where clocks are put back or forward meanwhile.
fn zone(slot: &Slot) -> String {
    let (start, end) = (offset(slot.start), offset(slot.end));
    let offsets = if start == end { start } else { format!("{start}, then {end}") };
    format!("{} ({offsets})", slot.start.timezone().name())
}

fn offset(time: DateTime<Tz>) -> String {
    format!("UTC{}", time.offset().fix())
}

/// `Table T01`, and `Table 1` where the label says itself what it is.
fn table(label: &str) -> String {
    if label.to_lowercase().starts_with("table") { label.to_owned() } else { format!("Table {label}") }
}

fn with_organization(name: &str, organization: Option<&str>) -> String {
    joined(", ", [Some(name), organization])
}

fn joined<'a>(between: &str, parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

/// The text in one line of at most so many characters.
fn one_line(text: &str, most: usize) -> String {
    let line = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = line.collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}
