//! Expert's sheets: who comes in each round, with stage and question, and room for notes.

use askama::Template;

use super::facts::{Facts, Pause, keep_new};
use super::wording::shown;
use super::{Owner, Piece};
use crate::domain::{ExpertIx, MenteeIx, RoundIx};

/// A page or more for each expert.
#[derive(Template)]
#[template(path = "print/expert_sheets.html")]
pub(super) struct ExpertSheets<'a> {
    facts: &'a Facts<'a>,
    foot: String,
    days: String,
    /// Whether any mentee has a question: the column falls away where the roster has none.
    questions: bool,
    sheets: Vec<Sheet>,
}

struct Sheet {
    name: String,
    affiliation: String,
    table: String,
    room: String,
    rounds: Vec<Round>,
}

struct Round {
    day: Option<String>,
    start: String,
    end: String,
    title: String,
    topic: String,
    group: Vec<Guest>,
    /// The break after it.
    pause: Option<Pause>,
}

/// A mentee as the expert reads of them; what the roster does not have is empty.
struct Guest {
    name: String,
    affiliation: String,
    stage: String,
    question: String,
}

impl<'a> ExpertSheets<'a> {
    /// The sheets of the experts whose are wanted, by table.
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let experts = facts.experts(|owner| facts.kit.wants(Piece::ExpertSheets, owner));
        ExpertSheets {
            facts,
            foot: facts.foot(),
            days: facts.days(),
            questions: facts.event.mentees.iter().any(|mentee| mentee.goal.is_some()),
            sheets: experts.into_iter().map(|e| sheet(facts, e)).collect(),
        }
    }
}

fn sheet(facts: &Facts, e: ExpertIx) -> Sheet {
    let expert = facts.event.expert(e);
    let rounds = expert.present.iter().filter(|r| r.index() < facts.event.rounds.len());
    let mut rounds: Vec<Round> = rounds.map(|r| round(facts, e, r)).collect();
    keep_new(rounds.iter_mut().map(|round| &mut round.day));
    Sheet {
        name: facts.name(Owner::Expert(e)),
        affiliation: facts.affiliation(Owner::Expert(e)),
        table: shown(&expert.table),
        room: facts.room(expert),
        rounds,
    }
}

fn round(facts: &Facts, e: ExpertIx, r: RoundIx) -> Round {
    let time = facts.time(r);
    let group = facts.group(e, r);
    let mut mentees: Vec<_> = group.iter().map(|seat| seat.mentee).collect();
    mentees.sort_by_cached_key(|&m| facts.order(Owner::Mentee(m)));
    let later = facts.event.expert(e).present.iter().any(|other| other > r);
    Round {
        day: facts.day(r),
        start: time.start.clone(),
        end: time.end.clone(),
        title: time.title.clone(),
        topic: facts.topic(group),
        group: mentees.into_iter().map(|m| guest(facts, m)).collect(),
        pause: facts.pause(r).filter(|_| later),
    }
}

fn guest(facts: &Facts, m: MenteeIx) -> Guest {
    let mentee = facts.event.mentee(m);
    let text = |text: &Option<String>| text.as_deref().map(shown).unwrap_or_default();
    Guest {
        name: facts.name(Owner::Mentee(m)),
        affiliation: facts.affiliation(Owner::Mentee(m)),
        stage: text(&mentee.stage),
        question: text(&mentee.goal),
    }
}
