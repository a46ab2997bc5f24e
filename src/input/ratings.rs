//! Ratings in long form: who gave how many stars to which expert or topic.

use std::collections::{BTreeMap, HashMap};

use super::cells::{Cells, whole_number};
use super::choices::{EXPERT, MENTEE, What, ambiguous, unknown};
use super::columns::{Columns, FieldSet};
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::Settings;
use super::names::{Found, Names};
use super::note::Note;
use super::table::Table;
use super::text::quoted;

/// The ratings by mentee.
#[derive(Default)]
pub(super) struct Ratings {
    by_mentee: HashMap<u32, Rated>,
    none: Rated,
}

/// What one mentee rated: rank and stars by position.
#[derive(Default)]
pub(super) struct Rated {
    pub topics: BTreeMap<u32, (u32, u32)>,
    pub experts: BTreeMap<u32, (u32, u32)>,
}

/// Whom and what ratings can name.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub mentees: &'a Names,
    pub experts: &'a Names,
    pub topics: &'a Names,
}

const TARGET: What = What {
    noun: "expert or topic",
    unknown: "unknown-target",
    hint: "write an id or a name of the experts' roster, or a topic",
};

impl Ratings {
    /// The ratings of a table; a row without a rating says nothing.
    pub fn read(
        table: &Table,
        known: Known,
        settings: &Settings,
        faults: &mut Faults,
        notes: &mut Vec<String>,
    ) -> Ratings {
        let columns = Columns::find(table, FieldSet::Ratings, &settings.columns.ratings, settings, faults);
        columns.require(table, &["person", "target", "rating"], faults);
        let mut note = Note::new(table);
        let mut ratings = Ratings::default();
        let mut rows: HashMap<(u32, u32, bool), usize> = HashMap::new();
        for row in 0..table.len() {
            if let Some(why) = columns.left_out(table, row) {
                note.left_out(why);
                continue;
            }
            let cells = Cells { table, columns: &columns, row };
            let Some(rating) = cells.text("rating") else { continue };
            let person = cells.required("person", MENTEE, known.mentees, faults);
            let target = target(cells, known, faults);
            let stars = stars(rating, cells, settings, faults);
            let (Some(mentee), Some((target, is_topic)), Some(stars)) = (person, target, stars) else { continue };
            if let Some(before) = rows.insert((mentee, target, is_topic), row) {
                let message = format!("this was rated before, in {}", table.whereabouts(before));
                let fault = Diagnostic::error("rated-twice", message);
                cells.fault("rating", fault.hint("keep one of the two"), faults);
            }
            ratings.add(mentee, target, is_topic, stars, settings);
        }
        notes.push(note.end(table, &columns));
        ratings
    }

    /// What the mentee of a position rated.
    pub fn of(&self, mentee: u32) -> &Rated {
        self.by_mentee.get(&mentee).unwrap_or(&self.none)
    }

    /// No stars, and stars whose score is 0, are no choice.
    fn add(&mut self, mentee: u32, target: u32, is_topic: bool, stars: u32, settings: &Settings) {
        let scores = &settings.scores.stars;
        let score = (stars as usize).checked_sub(1).and_then(|position| scores.get(position));
        if score.is_none_or(|score| *score == 0) {
            return;
        }
        let rated = self.by_mentee.entry(mentee).or_default();
        let targets = if is_topic { &mut rated.topics } else { &mut rated.experts };
        targets.insert(target, (scores.len() as u32 + 1 - stars, stars));
    }
}

/// The target of a row, and whether it is a topic.
fn target(cells: Cells, known: Known, faults: &mut Faults) -> Option<(u32, bool)> {
    let Some(name) = cells.text("target") else {
        let fault = Diagnostic::error("missing-cell", "this row rates nothing");
        cells.fault("target", fault.hint("write whom or what it rates, or take the row out"), faults);
        return None;
    };
    match (known.experts.find(name), known.topics.find(name)) {
        (Some(Found::One(expert)), None) => Some((*expert, false)),
        (None, Some(Found::One(topic))) => Some((*topic, true)),
        (Some(Found::Many(experts)), _) => {
            cells.fault("target", ambiguous(name, EXPERT, known.experts, experts), faults);
            None
        }
        (None, None) => {
            let fault = unknown(name, TARGET, known.experts);
            let hint = known.topics.meant(name).map(|near| format!("did you mean {}?", quoted(near)));
            cells.fault("target", hint.map_or(fault.clone(), |hint| fault.hint(hint)), faults);
            None
        }
        _ => {
            let fault = Diagnostic::error("ambiguous-name", format!("{} is an expert and a topic", quoted(name)));
            cells.fault("target", fault.hint("write the id of the expert"), faults);
            None
        }
    }
}

fn stars(cell: &str, cells: Cells, settings: &Settings, faults: &mut Faults) -> Option<u32> {
    let most = settings.scores.stars.len() as i64;
    let stars = whole_number(cell).filter(|stars| (0..=most).contains(stars));
    if stars.is_none() {
        let message = format!("{} is no rating from 0 to {most}", quoted(cell));
        let hint = "write such a number, or say under `[scores] stars` what more stars are worth";
        cells.fault("rating", Diagnostic::error("bad-rating", message).hint(hint), faults);
    }
    stars.map(|stars| stars as u32)
}
