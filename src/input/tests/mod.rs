//! The intake as its callers see it: whole event folders in, an event or every fault out.

mod event_file;
mod hostile;

mod requests;
mod rosters;
mod samples;
mod workbooks;

use super::{Diagnostic, Intake, ReadOptions, Source, read};
use crate::domain::{Event, Expert, Mentee};

/// An event folder in memory.
struct Folder {
    event: String,
    files: Vec<Source>,
    options: ReadOptions,
}

/// An event of five rounds from 13:30, twelve minutes and three between.
const HEAD: &str = r#"
[event]
id = "e"
name = "Event"
date = 2027-03-09
timezone = "America/Chicago"
[rounds]
start = 13:30:00
count = 5
minutes = 12
transition_minutes = 3
[rosters]
experts = "experts.csv"
mentees = "mentees.csv"
"#;

impl Folder {
    /// The folder with the usual head of the event file and `more` after it.
    fn new(more: &str) -> Self {
        Folder { event: format!("{HEAD}{more}"), files: Vec::new(), options: ReadOptions::default() }
    }

    fn with(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.files.push(Source { name: name.to_owned(), bytes: bytes.as_ref().to_vec() });
        self
    }

    fn lenient(mut self) -> Self {
        self.options.lenient = true;
        self
    }

    fn read(&self) -> Result<Intake, Vec<Diagnostic>> {
        let event = Source { name: "event.toml".to_owned(), bytes: self.event.clone().into_bytes() };
        read(&event, &self.files, &self.options)
    }

    #[track_caller]
    fn intake(&self) -> Intake {
        self.read().unwrap_or_else(|faults| panic!("{}", shown(&faults).join("\n")))
    }

    #[track_caller]
    fn event(&self) -> Event {
        self.intake().event
    }

    /// Errors and warnings as `shown` shows them.
    fn faults(&self) -> Vec<String> {
        match self.read() {
            Ok(intake) => shown(&intake.warnings),
            Err(faults) => shown(&faults),
        }
    }
}

/// `error unknown-topic mentees.csv:5 [topic_1: Clinical Informatcs] message; hint`
fn shown(diagnostics: &[Diagnostic]) -> Vec<String> {
    let one = |d: &Diagnostic| {
        let place = d.place.as_ref().map_or("-".to_owned(), |p| {
            let column = p.column.as_deref().unwrap_or_default();
            assert!(p.source.get(p.span.clone()).is_some(), "{p:?}");
            format!("{}:{} [{column}: {}]", p.file, p.line, p.cell)
        });
        let hint = d.hint.as_deref().unwrap_or_default();
        format!("{:?} {} {place} {}; {hint}", d.severity, d.code, d.message).to_lowercase()
    };
    diagnostics.iter().map(one).collect()
}

fn expert<'a>(event: &'a Event, name: &str) -> &'a Expert {
    event.experts.iter().find(|e| e.name == name || e.id == name).unwrap()
}

fn mentee<'a>(event: &'a Event, name: &str) -> &'a Mentee {
    event.mentees.iter().find(|m| m.name == name || m.id == name).unwrap()
}

/// The topics of a mentee by rank, as `1 Clinical informatics`.
fn topics_of(event: &Event, name: &str) -> Vec<String> {
    let mut topics: Vec<_> = mentee(event, name).topics.iter().map(|c| (c.rank, event.topic(c.target))).collect();
    topics.sort_unstable();
    topics.into_iter().map(|(rank, topic)| format!("{rank} {topic}")).collect()
}

/// The experts of a mentee by rank, as `1 E1`.
fn experts_of(event: &Event, name: &str) -> Vec<String> {
    let mut experts: Vec<_> =
        mentee(event, name).experts.iter().map(|c| (c.rank, event.expert(c.target).id.as_str())).collect();
    experts.sort_unstable();
    experts.into_iter().map(|(rank, expert)| format!("{rank} {expert}")).collect()
}
