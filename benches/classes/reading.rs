//! An event that was written to a folder, read as the program reads it.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail};
use tablehop::domain::Event;
use tablehop::input::{ReadOptions, Source, read, render};

/// The event file of a folder, and its tables.
pub fn files(folder: &Path) -> Result<(Source, Vec<Source>)> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|e| e == "csv" || e == "toml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources.push(Source { name, bytes: fs::read(path)? });
        }
    }
    sources.sort_by_key(|source| !source.name.ends_with(".toml"));
    anyhow::ensure!(!sources.is_empty(), "there is no event in {}", folder.display());
    let event = sources.remove(0);
    Ok((event, sources))
}

/// The event of a folder.
pub fn event(folder: &Path) -> Result<Event> {
    let (event, tables) = files(folder)?;
    match read(&event, &tables, &ReadOptions::default()) {
        Ok(intake) => Ok(intake.event),
        Err(faults) => bail!("{}", render(&faults, false, 120)),
    }
}
