//! An event that was written to a folder, read as the program reads it.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use tablehop::domain::Event;
use tablehop::input::{ReadOptions, Source, read, render};

/// The event file of a folder, and its tables.
pub fn files(folder: &Path) -> Result<(Source, Vec<Source>)> {
    let file =
        |name: &str| -> Result<Source> { Ok(Source { name: name.to_owned(), bytes: fs::read(folder.join(name))? }) };
    Ok((file("event.toml")?, vec![file("experts.csv")?, file("mentees.csv")?, file("requests.csv")?]))
}

/// The event of a folder.
pub fn event(folder: &Path) -> Result<Event> {
    let (event, tables) = files(folder)?;
    match read(&event, &tables, &ReadOptions::default()) {
        Ok(intake) => Ok(intake.event),
        Err(faults) => bail!("{}", render(&faults, false, 120)),
    }
}
