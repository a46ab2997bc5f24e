//! The event file: what the organizer said about the event, its rosters, tables, rules and priorities.

use chrono::NaiveDate;
use chrono_tz::{TZ_VARIANTS, Tz};

use super::calendar::calendar;
use super::columns::ColumnRules;
use super::decode::{ENCODINGS, is_encoding};
use super::diagnostic::{Faults, Place};
use super::event_print::{PrintSettings, print, words};
use super::event_rules::{columns, loads, priorities, rules, scores, tables};
use super::lines;
use super::table::Format;
use super::times::{Times, date_of, is_date, times};
use super::toml_file::{At, Section, place, tree};
use super::{ReadOptions, limits, meant, text};
use crate::domain::{Calendar, Open, Organizer, Priority, SameOrganization, Scores, Text};

/// The tables that no plan depends on: how it is printed and sent.
const PRESENTATION: [&str; 3] = ["calendar", "print", "text"];

/// The event file without [`PRESENTATION`], its keys in order and without comments and blanks; `None` where it is no
/// TOML.
pub(super) fn planned(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)).ok()?;
    let mut tree: toml::Table = text.parse().ok()?;
    tree.retain(|name, _| !PRESENTATION.contains(&name));
    toml::to_string(&tree).ok().map(String::into_bytes)
}

/// The event file as it was understood; where it was not, defaults stand in and faults were told.
pub(super) struct Settings<'a> {
    text: &'a lines::Text,
    /// `[event]`.
    pub head: Head,
    /// `[rounds]`.
    pub times: Times,
    /// `[rosters]`.
    pub rosters: Rosters,
    /// `topics.offered`, when it is there.
    pub offered: Option<Vec<At<String>>>,
    /// `[tables]`.
    pub tables: Tables,
    /// `[experts]` and `[mentees]`.
    pub loads: Loads,
    /// `[columns]`, by roster.
    pub columns: AllColumns,
    /// `[scores]`.
    pub scores: Scores,
    /// `[rules]`.
    pub rules: Rules,
    /// `[priorities]`.
    pub priorities: Priorities,
    /// `[print]`.
    pub print: PrintSettings,
    /// `[text]`.
    pub words: Text,
    /// `[calendar]`.
    pub calendar: Calendar,
}

/// `[event]`; what was not understood is left out.
#[derive(Default)]
pub(super) struct Head {
    /// Stable name of the event.
    pub id: String,
    /// The name that people read.
    pub name: String,
    date: Option<NaiveDate>,
    /// Where the clock times are.
    pub timezone: Option<Tz>,
    /// The place.
    pub venue: Option<String>,
    /// Whom participants can write to.
    pub organizer: Option<Organizer>,
}

/// `[rosters]`: which files there are and how they are written.
#[derive(Default)]
pub(super) struct Rosters {
    /// The roster of experts.
    pub experts: Option<At<String>>,
    /// The roster of mentees.
    pub mentees: Option<At<String>>,
    /// The requests.
    pub requests: Option<At<String>>,
    /// The ratings.
    pub ratings: Option<At<String>>,
    encoding: Option<String>,
    delimiter: Option<u8>,
    /// Which answer counts of somebody who answered twice.
    pub duplicates: Duplicates,
}

/// Which answer counts of somebody who answered twice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Duplicates {
    /// The one sent last.
    #[default]
    Latest,
    /// The one sent first.
    First,
    /// None: it is a fault.
    Error,
}

/// `[tables]`.
pub(super) struct Tables {
    /// Of an expert whose row says nothing.
    pub capacity: u32,
    /// Of an expert whose row says nothing.
    pub smallest_group: u32,
    /// Whether each table is open in every round.
    pub open: Open,
    /// The rooms with how many tables fit.
    pub rooms: Vec<(At<String>, Option<u32>)>,
    /// Minutes on the way from one room to another.
    pub travel: Vec<(At<String>, At<String>, u32)>,
}

impl Default for Tables {
    fn default() -> Self {
        Tables { capacity: 6, smallest_group: 1, open: Open::Auto, rooms: Vec::new(), travel: Vec::new() }
    }
}

/// `[experts]` and `[mentees]`: how much everybody does whose row says nothing.
#[derive(Default)]
pub(super) struct Loads {
    /// Most sittings of an expert.
    pub most_rounds: Option<u32>,
    /// Most sittings of an expert without a round off.
    pub most_in_a_row: Option<u32>,
    /// Fewest seats of a mentee.
    pub least: u32,
    /// Most seats of a mentee.
    pub most: Option<u32>,
}

/// `[columns]`, by file.
#[derive(Default)]
pub(super) struct AllColumns {
    /// Of the roster of experts.
    pub experts: ColumnRules,
    /// Of the roster of mentees.
    pub mentees: ColumnRules,
    /// Of the requests.
    pub requests: ColumnRules,
    /// Of the ratings.
    pub ratings: ColumnRules,
}

/// `[rules]`.
pub(super) struct Rules {
    /// What to do about pairs of one organization.
    pub same_organization: SameOrganization,
    /// What people write who have none.
    pub not_an_organization: Vec<String>,
}

/// `[priorities]`.
pub(super) struct Priorities {
    /// From the first to the last.
    pub order: Vec<Priority>,
    /// A seat of at most this rank is a first choice.
    pub first_choices: u32,
}

impl<'a> Settings<'a> {
    /// The settings of an event file, with faults for what was not understood.
    pub fn read(text: &'a lines::Text, faults: &mut Faults) -> Self {
        let (tree, whole) = tree(text, faults);
        let mut root = Section::root(text, &tree, whole);
        let event = root.section("event", faults);
        let rounds = root.section("rounds", faults);
        let rosters = root.section("rosters", faults);
        root.require("event", "[event]", faults);
        root.require("rounds", "[rounds]", faults);
        root.require("rosters", "[rosters]", faults);
        let dated = rounds.as_ref().is_some_and(|rounds| !rounds.has("list"));
        let head = event.map(|section| head(section, dated, faults)).unwrap_or_default();
        let topics = root.section("topics", faults);
        let settings = Settings {
            text,
            times: rounds.map(|section| times(section, head.date, head.timezone, faults)).unwrap_or_default(),
            head,
            rosters: rosters.map(|section| self::rosters(section, faults)).unwrap_or_default(),
            offered: topics.and_then(|section| offered(section, faults)),
            tables: root.section("tables", faults).map(|section| tables(section, faults)).unwrap_or_default(),
            loads: loads(&mut root, faults),
            columns: root.section("columns", faults).map(|section| columns(section, faults)).unwrap_or_default(),
            scores: root.section("scores", faults).map(|section| scores(section, faults)).unwrap_or_default(),
            rules: rules(root.section("rules", faults), faults),
            priorities: priorities(root.section("priorities", faults), faults),
            print: root.section("print", faults).map(|section| print(section, faults)).unwrap_or_default(),
            words: root.section("text", faults).map(|section| words(section, faults)).unwrap_or_default(),
            calendar: root.section("calendar", faults).map(|section| calendar(section, faults)).unwrap_or_default(),
        };
        root.close(faults);
        settings
    }

    /// The place of a value.
    pub fn place<T>(&self, at: &At<T>) -> Place {
        place(self.text, &at.span, &at.key)
    }

    /// How the tables are written: what the caller said, else what the event file says.
    pub fn format<'b>(&'b self, options: &'b ReadOptions) -> Format<'b> {
        Format {
            encoding: options.encoding.as_deref().or(self.rosters.encoding.as_deref()),
            delimiter: options.delimiter.or(self.rosters.delimiter),
        }
    }
}

fn head(mut section: Section, dated: bool, faults: &mut Faults) -> Head {
    let id = section.string("id", faults);
    let name = section.string("name", faults);
    let date = section.datetime("date", "a date without quotes, such as 2027-03-09", is_date, faults);
    let zone = section.string("timezone", faults);
    let venue = section.string("venue", faults);
    let organizer = section.section("organizer", faults);
    section.require("id", "id = \"my-event-2027\"", faults);
    section.require("name", "name = \"My event\"", faults);
    section.require("timezone", "timezone = \"Europe/Berlin\"", faults);
    if dated {
        section.require("date", "date = 2027-03-09", faults);
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if let Some(id) = id.as_ref().filter(|id| id.value.len() > 100 || !id.value.chars().all(fits)) {
        let hint = "write up to 100 letters, digits, `-`, `_` and `.`, such as `my-event-2027`";
        section.wrong(
            id,
            "wrong-value",
            format!("{} cannot be the id of an event", text::quoted(&id.value)),
            hint,
            faults,
        );
    }
    let timezone = zone.and_then(|zone| timezone(&section, &zone, faults));
    let head = Head {
        id: id.map(|at| at.value).unwrap_or_default(),
        name: name.map(|at| text::one_line(&at.value)).unwrap_or_default(),
        date: date.and_then(|at| date_of(&at.value)),
        timezone,
        venue: venue.map(|at| text::one_line(&at.value)),
        organizer: organizer.and_then(|section| self::organizer(section, faults)),
    };
    section.close(faults);
    head
}

fn timezone(section: &Section, zone: &At<String>, faults: &mut Faults) -> Option<Tz> {
    let found = zone.value.parse().ok();
    if found.is_none() {
        let near = meant(&zone.value, TZ_VARIANTS.iter().map(|tz| tz.name()));
        let hint = near.unwrap_or_else(|| "write one of the IANA zones, such as `America/Chicago`".to_owned());
        section.wrong(zone, "unknown-timezone", format!("{} is no time zone", text::quoted(&zone.value)), hint, faults);
    }
    found
}

fn organizer(mut section: Section, faults: &mut Faults) -> Option<Organizer> {
    let name = section.string("name", faults);
    let email = section.string("email", faults);
    section.require("name", "name = \"Program Committee\"", faults);
    if let Some(email) = email.as_ref().filter(|email| !text::is_email(&email.value)) {
        let message = format!("{} is no e-mail address", text::quoted(&email.value));
        section.wrong(email, "bad-email", message, "write it as `name@example.org`", faults);
    }
    section.close(faults);
    Some(Organizer { name: text::one_line(&name?.value), email: email.map(|at| at.value) })
}

fn rosters(mut section: Section, faults: &mut Faults) -> Rosters {
    let rosters = Rosters {
        experts: section.file("experts", faults),
        mentees: section.file("mentees", faults),
        requests: section.file("requests", faults),
        ratings: section.file("ratings", faults),
        encoding: encoding(&mut section, faults),
        delimiter: delimiter(&mut section, faults),
        duplicates: section
            .choice(
                "duplicates",
                &[("latest", Duplicates::Latest), ("first", Duplicates::First), ("error", Duplicates::Error)],
                faults,
            )
            .unwrap_or_default(),
    };
    section.require("experts", "experts = \"experts.csv\"", faults);
    section.require("mentees", "mentees = \"mentees.csv\"", faults);
    section.close(faults);
    rosters
}

fn encoding(section: &mut Section, faults: &mut Faults) -> Option<String> {
    let at = section.string("encoding", faults)?;
    if is_encoding(&at.value) {
        return Some(at.value);
    }
    section.wrong(&at, "encoding", format!("{} is no encoding", text::quoted(&at.value)), ENCODINGS, faults);
    None
}

fn delimiter(section: &mut Section, faults: &mut Faults) -> Option<u8> {
    let at = section.raw_string("delimiter", faults)?;
    match at.value.as_bytes() {
        [b] if b.is_ascii_punctuation() && *b != b'"' || *b == b'\t' => Some(*b),
        _ if at.value == "tab" => Some(b'\t'),
        _ => {
            let message = format!("{} cannot stand between cells", text::quoted(&at.value));
            section.wrong(&at, "wrong-value", message, "write `,`, `;`, `tab` or another single mark", faults);
            None
        }
    }
}

fn offered(mut section: Section, faults: &mut Faults) -> Option<Vec<At<String>>> {
    let offered = section.strings("offered", limits::TOPICS, faults);
    section.close(faults);
    offered
}
