//! `export`: the plan for other programs.

use super::args;
use super::failure::Failure;
use super::folder::Folder;
use super::screen::Screen;
use super::store;
use crate::output::exports;

pub fn run(args: &args::Export, screen: &Screen) -> Result<(), Failure> {
    let folder = Folder::find(&args.event.folder)?;
    let plan = store::plan(&folder)?;
    let loaded = folder.load(&args.event.reading, screen)?;
    let schedule = store::schedule(&loaded, &plan, screen)?;
    let rows = if args.people { exports::people } else { exports::seats };
    screen.sheet(args.format, &rows(&loaded.event, &schedule))
}
