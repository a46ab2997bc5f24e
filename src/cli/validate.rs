//! `validate`: what the files say, what is wanted and what is possible.

use super::args::{self, Format};
use super::failure::Failure;
use super::folder::Folder;
use super::screen::Screen;
use crate::domain::Event;
use crate::output::{json, verdict};
use crate::pairs::Pairs;
use crate::report::Demand;
use crate::solve::contradictions;

pub fn run(args: &args::Validate, screen: &Screen) -> Result<(), Failure> {
    let loaded = Folder::find(&args.event.folder)?.load(&args.event.reading, screen)?;
    loaded.notes.iter().for_each(|note| screen.note(note));
    let pairs = Pairs::new(&loaded.event);
    say(&loaded.event, &Demand::new(&pairs), args.format, screen)?;
    match &contradictions(&pairs)[..] {
        [] => Ok(()),
        reasons => Err(Failure::impossible(&loaded.event, reasons, "`tablehop schedule` makes no plan before")),
    }
}

fn say(event: &Event, demand: &Demand, format: Format, screen: &Screen) -> Result<(), Failure> {
    let topics = verdict::topics(event, demand);
    if format == Format::Json {
        return screen.data(&json::demand(demand, &topics));
    }
    screen.sentences(format, &verdict::demand(demand))?;
    if topics.sections.iter().all(|section| section.rows.is_empty()) && format != Format::Csv {
        return Ok(());
    }
    screen.part(format)?;
    screen.sheet(format, &topics)
}
