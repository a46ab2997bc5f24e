//! What stands in an entry: titles, places, and descriptions with local times.

use chrono::{DateTime, Offset};
use chrono_tz::Tz;

use super::agenda::{Person, Role, Slot};
use crate::domain::{Event, Labels, Text};
use crate::output::plan::{Met, Place};
use crate::output::wording::{about, clock, date, shown};

/// Characters of a question that a description holds.
const QUESTION: usize = 1000;

/// What descriptions hold beside the schedule: the rosters' stages and questions, and the organizer's texts. What
/// people wrote about themselves is freed of addresses, which others are not to read.
pub(super) struct Words<'a> {
    event: &'a Event,
    text: &'a Text,
    labels: &'a Labels,
}

impl<'a> Words<'a> {
    /// Of this event.
    pub fn new(event: &'a Event) -> Self {
        Words { event, text: &event.text, labels: &event.text.labels }
    }

    /// What a person's entry of a round is called.
    pub fn title(&self, slot: &Slot) -> String {
        let who = match &slot.people[..] {
            [one] => shown(one.name),
            people => about(&self.labels.group, people.len()),
        };
        joined(" · ", [Some(who.as_str()), slot.place.and_then(|place| place.topic)])
    }

    /// What a table's entry of a round is called, for the organizer and for rooms.
    pub fn title_of_table(&self, host: &Person, slot: &Slot) -> String {
        let (place, host) = (slot.place, shown(host.name));
        joined(" · ", [place.map(|place| place.table), Some(host.as_str()), place.and_then(|place| place.topic)])
    }

    /// Where a round takes place: table, room and venue.
    pub fn location(&self, venue: Option<&str>, place: &Place) -> String {
        joined(", ", [Some(self.table(place.table).as_str()), place.room, venue])
    }

    /// A person's round of the event, and, unless it is `cancelled`, what to know for it.
    pub fn of_round(&self, person: &Person, slot: &Slot, venue: Option<&str>, cancelled: bool) -> String {
        let mut lines = vec![self.event.name.clone()];
        lines.extend(self.head(slot, venue));
        lines.extend(self.people(person.role, &slot.people));
        self.with_notes(person.role, lines, cancelled)
    }

    /// All of a person's rounds, those that are sat out too, and, unless they are `cancelled`, what to know for them.
    pub fn of_all_rounds(&self, person: &Person, venue: Option<&str>, cancelled: bool) -> String {
        let mut lines: Vec<String> = venue.map(str::to_owned).into_iter().collect();
        let mut day = None;
        for slot in &person.slots {
            let today = (slot.start.date_naive(), zone(slot));
            if day.as_ref() != Some(&today) {
                let before = if lines.is_empty() { "" } else { "\n" };
                lines.push(format!("{before}{}, {}", date(self.text, slot.start), today.1));
                day = Some(today);
            }
            let what = slot.place.map_or_else(
                || self.labels.sits_out.clone(),
                |place| joined(" · ", [Some(self.location(None, &place).as_str()), place.topic]),
            );
            lines.push(format!("{} · {}: {what}", self.times(slot), self.round(slot)));
            lines.extend(self.people(person.role, &slot.people));
        }
        self.with_notes(person.role, lines, cancelled)
    }

    /// A table's round: who sits there, without what they wrote.
    pub fn of_table(&self, host: &Person, slot: &Slot, venue: Option<&str>) -> String {
        let mut lines = self.head(slot, venue);
        lines.push(format!("{}: {}", self.labels.expert, shown(host.name)));
        lines.extend(slot.people.iter().map(|met| format!("- {}", name(met))));
        lines.join("\n")
    }

    /// Which round, when, where, and about what.
    fn head(&self, slot: &Slot, venue: Option<&str>) -> Vec<String> {
        let when = format!("{}, {}, {}", date(self.text, slot.start), self.times(slot), zone(slot));
        let mut lines = vec![format!("{}: {when}", self.round(slot))];
        lines.extend(slot.place.map(|place| self.location(venue, &place)));
        lines.extend(slot.place.and_then(|place| place.topic).map(|topic| about(&self.labels.topic, topic)));
        lines
    }

    /// Whom a person meets: the expert, or the group with its stages and questions.
    fn people(&self, role: Role, people: &[Met]) -> Vec<String> {
        let line = |met: &Met| match role {
            Role::Mentee => about(&self.labels.with, name(met)),
            Role::Expert => format!("- {}{}", name(met), self.stage_and_question(met.id)),
        };
        people.iter().map(line).collect()
    }

    /// ` (Early career): Which certificate is worth it?`
    fn stage_and_question(&self, mentee: &str) -> String {
        let found = self.event.mentees.binary_search_by(|m| m.id.as_str().cmp(mentee));
        let Some(mentee) = found.ok().and_then(|at| self.event.mentees.get(at)) else { return String::new() };
        let stage = mentee.stage.as_deref().map(|stage| format!(" ({})", cut(shown(stage))));
        let goal = mentee.goal.as_deref().map(|goal| format!(": {}", cut(shown(goal))));
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
        let organizer =
            self.event.organizer.as_ref().and_then(|o| Some(format!("{}, {}", o.name, o.email.as_deref()?)));
        let contact = organizer.map(|organizer| about(&self.text.sentences.contact, organizer));
        std::iter::once(lines.join("\n")).chain(texts).chain(contact).collect::<Vec<_>>().join("\n\n")
    }

    /// `Round 1`
    fn round(&self, slot: &Slot) -> String {
        about(&self.labels.round, slot.round)
    }

    /// `Table T01`, and `Table 1` where the table's name says itself what it is.
    fn table(&self, called: &str) -> String {
        let label = &self.labels.table;
        if called.to_lowercase().starts_with(&label.to_lowercase()) { called.to_owned() } else { about(label, called) }
    }

    /// `13:30–13:42`, and the day of the end where it is another one.
    fn times(&self, slot: &Slot) -> String {
        let times = format!("{}–{}", clock(self.text, slot.start), clock(self.text, slot.end));
        if slot.start.date_naive() == slot.end.date_naive() {
            return times;
        }
        format!("{times} ({})", date(self.text, slot.end))
    }
}

/// `America/Chicago (UTC-06:00)`, with both where clocks are put back or forward meanwhile.
fn zone(slot: &Slot) -> String {
    let (start, end) = (offset(slot.start), offset(slot.end));
    let offsets = if start == end { start } else { format!("{start} → {end}") };
    format!("{} ({offsets})", slot.start.timezone().name())
}

fn offset(time: DateTime<Tz>) -> String {
    format!("UTC{}", time.offset().fix())
}

/// A name and an organization.
fn name(met: &Met) -> String {
    let organization = met.organization.map(shown);
    joined(", ", [Some(shown(met.name).as_str()), organization.as_deref()])
}

fn joined<'a>(between: &str, parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}

/// The text in at most so many characters as a description holds of it.
fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(QUESTION) {
        text.truncate(end);
        text.push('…');
    }
    text
}
