//! iCalendar (RFC 5545, 5546) through the `icalendar` crate, whose gaps are closed here and nowhere else.
//!
//! The crate lets control characters through, does not escape the values of parameters, makes up a UID and a DTSTAMP
//! where none is set (in alarms too), names itself as the program, and folds lines in time quadratic in their length,
//! the last one sometimes to 76 octets. So every text goes through [`clean`] on its way in, every component gets its
//! UID and DTSTAMP, a calendar starts empty, and lines are folded once more.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, EventStatus, Property};

use super::version::Version;

/// Who made a file; without its version, so that a newer one writes the same.
const PROGRAM: &str = "-//tablehop//tablehop//EN";

/// Octets of a line.
const WIDTH: usize = 75;

/// Characters that a text may have: far beyond what anybody reads, and quick to fold.
const LONGEST: usize = 16_000;

/// An entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The same for as long as it is the same entry.
    pub uid: String,
    /// The number of the round that it is of; none where it is of several.
    pub round: Option<u32>,
    /// Since when it is as it is.
    pub version: Version,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// When it ends.
    pub end: DateTime<Utc>,
    /// What it is called.
    pub title: String,
    /// All that there is to say.
    pub description: String,
    /// The place.
    pub location: Option<String>,
    /// Whether it has fallen away.
    pub cancelled: bool,
    /// Whether the time is taken throughout.
    pub busy: bool,
}

/// What entries have in common.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    /// Minutes before the start.
    pub alarms: &'a [u32],
    /// What calendar programs file it under.
    pub categories: &'a [String],
}

/// Somebody with an address.
#[derive(Clone, Copy)]
pub(super) struct Party<'a> {
    /// The name.
    pub name: &'a str,
    /// The address.
    pub email: &'a str,
}

/// A file to import: it neither invites nor publishes, so that no program asks, mails or drops anything. `name` is
/// what the calendar is called, which only one of several entries needs.
pub(super) fn file(entries: &[Entry], name: &str, manner: Manner) -> Vec<u8> {
    let mut calendar = empty();
    if entries.len() > 1 {
        // The crate takes the values of properties that it does not know as they are.
        calendar.append_property(Property::new("X-WR-CALNAME", escaped(&clean(name))));
    }
    calendar.extend(entries.iter().map(|entry| event(entry, manner)));
    folded(&calendar.to_string()).into_bytes()
}

/// An invitation to an entry, or what takes it back.
pub(super) fn invitation(entry: &Entry, organizer: Party, guest: Party, manner: Manner) -> Vec<u8> {
    let mut calendar = empty();
    calendar.append_property(Property::new("METHOD", method(entry)));
    let mut event = event(entry, manner);
    event.append_property(party("ORGANIZER", organizer));
    let mut attendee = party("ATTENDEE", guest);
    for (key, value) in [("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", "NEEDS-ACTION")] {
        attendee.add_parameter(key, value);
    }
    if !entry.cancelled {
        attendee.add_parameter("RSVP", "TRUE");
    }
    event.append_multi_property(attendee);
    calendar.push(event);
    folded(&calendar.to_string()).into_bytes()
}

/// How an invitation or what takes it back is sent.
pub(super) fn method(entry: &Entry) -> &'static str {
    if entry.cancelled { "CANCEL" } else { "REQUEST" }
}

fn empty() -> Calendar {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", PROGRAM), ("CALSCALE", "GREGORIAN")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar
}

fn event(entry: &Entry, manner: Manner) -> Event {
    let mut event = Event::new();
    event
        .uid(&entry.uid)
        .timestamp(entry.version.made)
        .sequence(entry.version.revision)
        .starts(entry.start)
        .ends(entry.end)
        .summary(&clean(&entry.title))
        .description(&clean(&entry.description));
    event.add_property("TRANSP", if entry.busy && !entry.cancelled { "OPAQUE" } else { "TRANSPARENT" });
    event.status(if entry.cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if let Some(location) = &entry.location {
        event.location(&clean(location));
    }
    if !manner.categories.is_empty() {
        let categories: Vec<_> = manner.categories.iter().map(|category| escaped(&clean(category))).collect();
        event.add_property("CATEGORIES", categories.join(","));
    }
    for &minutes in manner.alarms.iter().filter(|_| !entry.cancelled) {
        event.alarm(alarm(entry, minutes));
    }
    event.done()
}

fn alarm(entry: &Entry, minutes: u32) -> Alarm {
    let mut alarm = Alarm::display(&clean(&entry.title), -TimeDelta::minutes(i64::from(minutes)));
    // In the plainest form: a trigger that a program does not understand breaks the whole import.
    alarm.add_property("TRIGGER", format!("-PT{minutes}M"));
    alarm.uid(&format!("{minutes}-{}", entry.uid)).timestamp(entry.version.made);
    alarm.done()
}

fn party(key: &str, party: Party) -> Property {
    let mut property = Property::new(key, format!("mailto:{}", in_uri(party.email)));
    property.add_parameter("CN", &parameter(party.name));
    property.done()
}

/// The text as a parameter's value: no quotes, which nothing can escape there, in one line, and in quotes so that
/// nothing in it ends the parameter.
fn parameter(text: &str) -> String {
    format!("\"{}\"", clean(text).replace('\n', " ").replace('"', "'"))
}

/// An address as a URI holds it.
fn in_uri(email: &str) -> String {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"-._~!$'*+@".contains(b);
    let character = |b: u8| if plain(&b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    email.bytes().map(character).collect()
}

/// The file with its lines folded at 75 octets, within no character.
fn folded(file: &str) -> String {
    let mut folded = String::with_capacity(file.len() + file.len() / 16);
    for line in file.replace("\r\n ", "").split_terminator("\r\n") {
        let mut width = 0;
        for c in line.chars() {
            if width + c.len_utf8() > WIDTH {
                folded.push_str("\r\n ");
                width = 1;
            }
            folded.push(c);
            width += c.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

/// A text as RFC 5545 escapes it.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// The text with `\n` as its only line end and without anything else that could end or hide a line: control
/// characters, the separators that some programs take for line ends, and marks that turn the direction of what
/// follows. Cut where nobody reads on.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let plain = |c: char| !c.is_control() && !ends_or_hides(c);
    if text.len() <= LONGEST && text.chars().all(|c| c == '\n' || plain(c)) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n");
    let kept = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\u{0b}' | '\u{0c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some(' '),
        c => plain(c).then_some(c),
    });
    let mut kept: Vec<char> = kept.collect();
    if kept.len() > LONGEST {
        kept.truncate(LONGEST);
        kept.push('…');
    }
    Cow::Owned(kept.into_iter().collect())
}

fn ends_or_hides(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}
