//! `validate`: what the files say, what is wanted and what is possible.

use super::args;
use super::failure::Failure;
use super::folder::Folder;
use super::screen::Screen;
use crate::output::verdict;
use crate::pairs::Pairs;
use crate::report::Demand;

pub fn run(args: &args::Validate, screen: &Screen) -> Result<(), Failure> {
    let loaded = Folder::find(&args.event.folder)?.load(&args.event.reading, screen)?;
    loaded.notes.iter().for_each(|note| screen.note(note));
    let demand = Demand::new(&Pairs::new(&loaded.event));
    screen.sentences(args.format, &verdict::demand(&demand))?;
    screen.sheet(args.format, &verdict::topics(&loaded.event, &demand))
}
