//! `validate`: what the files say, what is wanted and what is possible.

use super::args::{self, Format};
use super::failure::Failure;
use super::folder::Folder;
use super::screen::Screen;
use crate::output::{json, verdict};
use crate::pairs::Pairs;
use crate::report::Demand;

pub fn run(args: &args::Validate, screen: &Screen) -> Result<(), Failure> {
    let loaded = Folder::find(&args.event.folder)?.load(&args.event.reading, screen)?;
    loaded.notes.iter().for_each(|note| screen.note(note));
    let demand = Demand::new(&Pairs::new(&loaded.event));
    let topics = verdict::topics(&loaded.event, &demand);
    if args.format == Format::Json {
        return screen.data(&json::demand(&demand, &topics));
    }
    screen.sentences(args.format, &verdict::demand(&demand))?;
    if topics.sections.iter().all(|section| section.rows.is_empty()) && args.format != Format::Csv {
        return Ok(());
    }
    screen.part(args.format)?;
    screen.sheet(args.format, &topics)
}
