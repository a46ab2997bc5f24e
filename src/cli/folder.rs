//! Finds an event's folder and reads what is in it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::Context;
use sha2::{Digest, Sha256};

use super::args::Reading;
use super::failure::{Failure, Message};
use super::screen::Screen;
use crate::domain::Event;
use crate::input::{self, Intake, ReadOptions, RosterFiles, Source};

/// The file that says what an event is.
const EVENT_FILE: &str = "event.toml";
/// The requests, when the event file does not name them.
const REQUESTS: &str = "requests.csv";

/// Where an event is.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// The event file in it.
    event_file: PathBuf,
}

/// An event that was read.
pub struct Loaded {
    /// Where it is.
    pub folder: Folder,
    /// What it is.
    pub event: Event,
    /// The SHA-256 of what a plan is made from of each of its files, as `sha256:…`, by name.
    pub inputs: BTreeMap<String, String>,
    /// The name of the file of the picture of `[print]`.
    pub logo: Option<String>,
    /// What was found out about the files.
    pub notes: Vec<String>,
}

impl Folder {
    /// The event of a folder or of an event file.
    pub fn find(given: &Path) -> Result<Folder, Failure> {
        let (path, event_file) = if given.is_dir() {
            (given.to_owned(), given.join(EVENT_FILE))
        } else {
            let parent = given.parent().filter(|p| !p.as_os_str().is_empty());
            (parent.unwrap_or(Path::new(".")).to_owned(), given.to_owned())
        };
        if event_file.is_file() {
            return Ok(Folder { path, event_file });
        }
        let hint = format!("run {} to write a starter event, or give the event's folder", typed("init", given));
        Err(Failure::input(format!("there is no event at `{}`", shown(&event_file)), hint))
    }

    /// What to type for a command on this event: `` `tablehop show my-event` ``.
    pub fn command(&self, name: &str) -> String {
        let usual = self.event_file.file_name().is_some_and(|name| name == EVENT_FILE);
        typed(name, if usual { &self.path } else { &self.event_file })
    }

    /// Reads the event and says what to know about its files.
    pub fn load(self, reading: &Reading, screen: &Screen) -> Result<Loaded, Failure> {
        let name = self.event_file.file_name().map_or(EVENT_FILE.into(), |name| name.to_string_lossy());
        let event_toml = source(&self.event_file, &name)?;
        let rosters = input::roster_files(&event_toml).map_err(Failure::Faults)?;
        let mut files = self.files(&rosters)?;
        let mut inputs: BTreeMap<_, _> = files.iter().map(|s| (s.name.clone(), fingerprint(&s.bytes))).collect();
        inputs.insert(event_toml.name.clone(), fingerprint(&input::planned(&event_toml)));
        files.extend(self.logo(&rosters)?);
        let Intake { event, warnings, notes } =
            input::read(&event_toml, &files, &options(reading)).map_err(Failure::Faults)?;
        screen.warn_of_files(&warnings);
        Ok(Loaded { event, inputs, logo: rosters.logo, notes, folder: self })
    }

    /// The picture of `[print]`. That it is missing is told with the faults of the event file.
    fn logo(&self, rosters: &RosterFiles) -> Result<Option<Source>, Failure> {
        let named = rosters.logo.as_ref().map(|name| (name, self.path.join(name)));
        named.filter(|(_, path)| path.is_file()).map(|(name, path)| source(&path, name)).transpose()
    }

    /// The tables that the event file names, or all that are missing.
    fn files(&self, rosters: &RosterFiles) -> Result<Vec<Source>, Failure> {
        let unnamed = rosters.requests.is_none() && self.path.join(REQUESTS).is_file();
        let names =
            [Some(&rosters.experts), Some(&rosters.mentees), rosters.requests.as_ref(), rosters.ratings.as_ref()];
        let names = names.into_iter().flatten().map(String::as_str).chain(unnamed.then_some(REQUESTS));
        let mut files = Vec::new();
        let mut missing = Message::default();
        for name in names {
            // Both rosters can be sheets of one workbook.
            if files.iter().any(|file: &Source| file.name == name) {
                continue;
            }
            match source(&self.path.join(name), name) {
                Ok(file) => files.push(file),
                Err(Failure::Input(message)) => missing.errors.extend(message.errors),
                Err(other) => return Err(other),
            }
        }
        if missing.errors.is_empty() {
            return Ok(files);
        }
        missing.hint = Some(format!("put it there, or mend `[rosters]` in `{}`", shown(&self.event_file)));
        Err(Failure::Input(missing))
    }
}

/// A path as people read it, without a `.` in front of others.
pub fn shown(path: &Path) -> String {
    let rest = path.strip_prefix(".").ok().filter(|rest| !rest.as_os_str().is_empty());
    rest.unwrap_or(path).display().to_string()
}

/// What to type for a command on what is at `path`.
pub fn typed(command: &str, path: &Path) -> String {
    let path = shown(path);
    match path.contains(char::is_whitespace) {
        _ if path == "." => format!("`tablehop {command}`"),
        true => format!("`tablehop {command} \"{path}\"`"),
        false => format!("`tablehop {command} {path}`"),
    }
}

/// Reads a file that the user named; that it is not there is the user's to mend.
pub fn source(path: &Path, name: &str) -> Result<Source, Failure> {
    let shown = shown(path);
    let hint = "give the path of a file";
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::input(format!("there is no file `{shown}`"), hint),
        _ => Failure::input(format!("cannot open `{shown}`: {error}"), hint),
    })?;
    match bytes(file) {
        Ok(bytes) => Ok(Source { name: name.to_owned(), bytes }),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            Err(Failure::input(format!("`{shown}` is a folder"), hint))
        }
        Err(error) => Err(error).with_context(|| format!("cannot read `{shown}`")).map_err(Failure::Fault),
    }
}

/// As much of a file as is worth reading.
pub fn bytes(file: File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(input::MOST_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What the user said about reading, for the intake.
pub fn options(reading: &Reading) -> ReadOptions {
    ReadOptions { lenient: reading.lenient, encoding: reading.encoding.clone(), delimiter: reading.delimiter }
}

fn fingerprint(bytes: &[u8]) -> String {
    let hex: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_sha_256() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(fingerprint(b""), empty);
    }
}
