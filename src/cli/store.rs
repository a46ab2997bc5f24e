//! The plan in the event's folder, and the revisions before it. Files are written whole or not at all.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::{DateTime, Datelike, Utc};
use tempfile::NamedTempFile;

use super::failure::{Failure, Message};
use super::folder::{Folder, Loaded, bytes, shown};
use super::screen::Screen;
use crate::domain::{Certificate, Schedule};
use crate::output::plan::{FORMAT, Gone, Plan, Revision, Unreadable};
use crate::output::text::listed;

/// The file of the newest revision.
const PLAN_FILE: &str = "plan.json";

/// Who can open a file: all whom the user's own settings let.
const FOR_ALL: u32 = 0o666;
/// Who can open a file: its owner.
const FOR_OWNER: u32 = 0o600;

/// Where the newest revision is.
pub fn plan_file(folder: &Folder) -> PathBuf {
    folder.path.join(PLAN_FILE)
}

/// Where an earlier revision is.
fn revision_file(folder: &Folder, revision: u32) -> PathBuf {
    folder.path.join(format!("plan.{revision}.json"))
}

/// The number of a revision without one before it: where earlier ones are kept, plan.json came after them and was moved
/// away. No other takes the place of a kept one, or has the number of that, which participants may know from their
/// calendars.
fn first_number(folder: &Folder) -> u32 {
    let names = fs::read_dir(&folder.path).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let number = |name: OsString| name.to_str()?.strip_prefix("plan.")?.strip_suffix(".json")?.parse().ok();
    names.filter_map(number).max().map_or(1, |last: u32| last.saturating_add(2))
}

/// The newest revision, when there is one.
pub fn newest(folder: &Folder) -> Result<Option<Plan>, Failure> {
    read_if_there(&plan_file(folder))
}

/// The revision before `plan`, when it is still there.
pub fn before(folder: &Folder, plan: &Plan) -> Result<Option<Plan>, Failure> {
    match plan.revision {
        0 | 1 => Ok(None),
        revision => read_if_there(&revision_file(folder, revision - 1)),
    }
}

/// The newest revision; that there is none is the user's to mend.
pub fn plan(folder: &Folder) -> Result<Plan, Failure> {
    newest(folder)?.ok_or_else(|| no_plan(folder))
}

/// A revision by its number, which may be the newest; that there is none is the user's to mend.
pub fn revision(folder: &Folder, number: u32) -> Result<Plan, Failure> {
    let newest = plan(folder)?;
    if newest.revision == number {
        return Ok(newest);
    }
    let path = revision_file(folder, number);
    let earlier = if number < newest.revision { read_if_there(&path)? } else { None };
    earlier.filter(|earlier| earlier.revision == number).ok_or_else(|| {
        let there = |n: &u32| *n == newest.revision || revision_file(folder, *n).is_file();
        let revisions = newest.history().into_iter().map(|row| row.revision).filter(there);
        let numbers: Vec<_> = revisions.map(|n| n.to_string()).collect();
        let error = format!("there is no revision {number} of the plan at `{}`", shown(&path));
        Failure::input(error, format!("give one that is there: {}", listed(&numbers).replace(" and ", " or ")))
    })
}

/// There is no plan yet.
pub fn no_plan(folder: &Folder) -> Failure {
    let hint = format!("run {} to make one", folder.command("schedule"));
    Failure::input(format!("there is no plan at `{}`", shown(&plan_file(folder))), hint)
}

fn read_if_there(path: &Path) -> Result<Option<Plan>, Failure> {
    bytes_if_there(path)?.map(|bytes| parse(&bytes, &shown(path))).transpose()
}

fn bytes_if_there(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match File::open(path).and_then(bytes) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::Fault(anyhow::Error::new(error).context(format!("cannot read `{}`", shown(path))))),
    }
}

/// The plan of a file that is called `name`.
pub fn parse(bytes: &[u8], name: &str) -> Result<Plan, Failure> {
    Plan::parse(bytes).map_err(|unreadable| of_file(&unreadable, name))
}

/// Why the file called `name` is no plan, and what to do about it.
pub fn of_file(unreadable: &Unreadable, name: &str) -> Failure {
    match unreadable {
        Unreadable::Shape { line, column, reason } => Failure::input(
            format!("`{name}` is not a whole plan: line {line}, column {column}: {reason}"),
            "take back what was changed in it, or move it away and run `tablehop schedule` again",
        ),
        Unreadable::Format { found: Some(found) } => Failure::input(
            format!("`{name}` has the format `{found}`, and this program reads `{FORMAT}`"),
            "use the version of tablehop that wrote it",
        ),
        Unreadable::Format { found: None } => Failure::input(
            format!("`{name}` is not a plan: it has no `format`"),
            "give a plan.json that tablehop wrote, or a CSV with the columns round, expert and mentee",
        ),
        Unreadable::Name { field, found } => Failure::input(
            format!("`{name}` cannot have `{found}` as its `{field}`"),
            "take back what was changed in it, or move it away and run `tablehop schedule` again",
        ),
    }
}

/// The seats of a plan as the event has them; says when the files have changed since it was made. Who is gone from
/// the rosters, and a plan of another event, are faults of the input.
pub fn schedule(loaded: &Loaded, plan: &Plan, screen: &Screen) -> Result<Schedule, Failure> {
    if plan.event.id != loaded.event.id {
        let error = format!("the plan is of the event `{}`, and this is `{}`", plan.event.id, loaded.event.id);
        let hint = format!("take back the id, or move the plan away and run {}", loaded.folder.command("schedule"));
        return Err(Failure::input(error, hint));
    }
    let schedule = plan.schedule(&loaded.event).map_err(|gone| {
        let hint = format!("run {} to make a plan without them", loaded.folder.command("schedule"));
        Failure::Input(Message { errors: gone.iter().map(words).collect(), hint: Some(hint) })
    })?;
    if plan.inputs != loaded.inputs {
        let hint = format!("run {} to bring the plan up to date", loaded.folder.command("schedule"));
        screen.warn(&format!("{} since this plan was made", changed(loaded, plan)), &hint);
    }
    Ok(schedule)
}

/// The files that are not as they were when the plan was made: `` `mentees.csv` changed ``.
fn changed(loaded: &Loaded, plan: &Plan) -> String {
    let names: BTreeSet<_> = loaded.inputs.keys().chain(plan.inputs.keys()).collect();
    let differ = |name: &&String| loaded.inputs.get(*name) != plan.inputs.get(*name);
    let names: Vec<_> = names.into_iter().filter(differ).map(|name| format!("`{name}`")).collect();
    format!("{} changed", listed(&names))
}

fn words(gone: &Gone) -> String {
    let person = |what: &str, id: &str, name: &Option<String>| match name {
        Some(name) => format!("the plan has seats for {name} (`{id}`), who is gone from the {what}"),
        None => format!("the plan has seats for `{id}`, who is gone from the {what}"),
    };
    match gone {
        Gone::Expert { id, name } => person("experts", id, name),
        Gone::Mentee { id, name } => person("mentees", id, name),
        Gone::Topic(topic) => format!("the plan has seats about `{topic}`, which is gone from the topics"),
        Gone::Round(round) => format!("the plan has seats in round {round}, which is gone from the event"),
    }
}

/// Makes these seats the plan: the next revision, or, where people would read the same as in the newest, that
/// revision with what is known of it now. Says what became of it; an unchanged plan is not written.
pub fn revise(
    loaded: &Loaded,
    newest: Option<&Plan>,
    schedule: &Schedule,
    certificate: &Certificate,
    screen: &Screen,
) -> Result<(), Failure> {
    let (event, inputs) = (&loaded.event, loaded.inputs.clone());
    let path = plan_file(&loaded.folder);
    let shown = shown(&path);
    let there = bytes_if_there(&path)?;
    if there.as_deref().map(|bytes| parse(bytes, &shown)).transpose()?.as_ref() != newest {
        let error = format!("`{shown}` is not the plan any more that it was when this began; nothing was written");
        return Err(Failure::input(error, "run one command after the other in a folder, and this one again"));
    }
    if let Some(newest) = newest.filter(|plan| plan.shows(event, schedule)) {
        let renewed = newest.renewed(event, certificate, inputs);
        if renewed == *newest {
            screen.note(&format!("`{shown}` is unchanged: revision {}", newest.revision));
            return Ok(());
        }
        write_whole(&path, &renewed.to_json())?;
        screen.note(&format!("`{shown}` has the same seats: revision {}, its certificate renewed", newest.revision));
        return Ok(());
    }
    let revision = Revision { made: now()?, inputs, previous: newest, first: first_number(&loaded.folder) };
    let plan = Plan::new(event, schedule, certificate, revision);
    let earlier = newest.zip(there).map(|(newest, bytes)| (revision_file(&loaded.folder, newest.revision), bytes));
    let files: Vec<_> = earlier.into_iter().chain([(path.clone(), plan.to_json())]).collect();
    write_all(files.iter().map(|(path, bytes)| (path.as_path(), &bytes[..])))?;
    screen.note(&format!("wrote `{shown}`: revision {}", plan.revision));
    Ok(())
}

/// Writes a file whole or not at all, as [`write_all`] does.
pub fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    write_all(std::iter::once((path, bytes)))
}

/// Writes files, each whole, in place of what was there, and none of them where one finds no room. A link stays, and
/// the file that it leads to is replaced. What stands there and is no file, such as a device or a pipe, is written
/// into.
pub fn write_all<'a>(files: impl Iterator<Item = (&'a Path, &'a [u8])>) -> anyhow::Result<()> {
    let stage = |(path, bytes): (&'a Path, &'a [u8])| {
        let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let into = fs::metadata(&target).is_ok_and(|there| !there.is_file() && !there.is_dir());
        let free = if target.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok(()) };
        let file = (!into).then(|| told(free.and_then(|()| staged(&target, bytes, FOR_ALL)), path)).transpose()?;
        Ok((file, target, path, bytes))
    };
    let staged: Vec<_> = files.map(stage).collect::<anyhow::Result<_>>()?;
    staged.into_iter().try_for_each(|(file, target, path, bytes)| match file {
        Some(file) => {
            told(file.persist(&target).map(drop).map_err(io::Error::from), path)?;
            settle(&target);
            Ok(())
        }
        None => told(fs::write(path, bytes), path),
    })
}

/// Writes a file whole or not at all; fails when there is one already.
pub fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    told(staged(path, bytes, FOR_ALL).and_then(|file| put_new(file, path)), path)
}

/// Writes a file that its owner alone can open, whole or not at all; fails when there is one already.
pub fn write_new_for_owner(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    told(staged(path, bytes, FOR_OWNER).and_then(|file| put_new(file, path)), path)
}

/// Says what went wrong without the name of the temporary file.
fn told<T>(done: io::Result<T>, path: &Path) -> anyhow::Result<T> {
    done.map_err(without_temporary).with_context(|| format!("cannot write `{}`", shown(path)))
}

/// What went wrong without the name of the temporary file, which means nothing to people.
pub fn without_temporary(error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(_) => error,
        None => error.kind().into(),
    }
}

/// The bytes in a temporary file beside `path`, which goes away unless it is put there.
#[cfg_attr(not(unix), expect(unused_variables))]
fn staged(path: &Path, bytes: &[u8], mode: u32) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tablehop-");
    #[cfg(unix)]
    builder.permissions(<Permissions as std::os::unix::fs::PermissionsExt>::from_mode(mode));
    let mut file = builder.tempfile_in(folder_of(path))?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Puts a temporary file where there is none.
fn put_new(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.persist_noclobber(path)?;
    settle(path);
    Ok(())
}

/// A rename lasts once the folder is written; not every system lets a program wait for that.
fn settle(path: &Path) {
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Now, or what SOURCE_DATE_EPOCH says (seconds since 1970), for results that can be made again byte for byte.
fn now() -> Result<DateTime<Utc>, Failure> {
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(Utc::now()) };
    let time = epoch.to_str().and_then(|text| text.parse().ok()).and_then(|s| DateTime::from_timestamp(s, 0));
    // Later ones have years that calendars cannot write.
    let time = time.filter(|time| (1970..9999).contains(&time.year()));
    time.ok_or_else(|| {
        let error = format!("SOURCE_DATE_EPOCH is `{}`, which is no time", epoch.display());
        Failure::input(error, "give whole seconds since 1970, or unset it")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cli::args::Manners;
    use crate::output::sample;

    #[test]
    fn of_several_files_all_are_written_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        fs::create_dir(&b).unwrap();
        let files = [(a.as_path(), &b"1"[..]), (b.as_path(), b"2")];
        let said = format!("{:#}", write_all(files.into_iter()).unwrap_err());
        assert_eq!(said, format!("cannot write `{}`: is a directory", b.display()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "only the folder is there");
        fs::remove_dir(&b).unwrap();
        write_all(files.into_iter()).unwrap();
        assert_eq!((fs::read(&a).unwrap(), fs::read(&b).unwrap()), (b"1".to_vec(), b"2".to_vec()));
    }

    #[test]
    fn a_plan_that_another_command_made_meanwhile_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("event.toml"), "").unwrap();
        let folder = Folder::find(folder.path()).unwrap();
        let loaded = Loaded { folder, event: sample::event(), inputs: BTreeMap::new(), logo: None, notes: Vec::new() };
        let screen = Screen::new(&Manners { quiet: true, verbose: false });
        let revise = |schedule: &Schedule| revise(&loaded, None, schedule, &sample::certificate(), &screen);
        assert!(revise(&sample::schedule()).is_ok());
        let plan = fs::read(plan_file(&loaded.folder)).unwrap();
        assert!(matches!(revise(&Schedule::default()), Err(Failure::Input(_))));
        assert_eq!(fs::read(plan_file(&loaded.folder)).unwrap(), plan);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file", "link"].map(|name| folder.path().join(name));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert!(link.is_symlink() && fs::read(&file).unwrap() == b"new");
    }

    /// A device that a rename took away would be gone for the whole machine.
    #[cfg(unix)]
    #[test]
    fn a_device_is_written_into() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || fs::read(pipe).unwrap()
        });
        write_whole(&pipe, b"through").unwrap();
        assert_eq!(reader.join().unwrap(), b"through");
        assert!(!fs::metadata(&pipe).unwrap().is_file());
    }

    #[test]
    fn what_cannot_be_written_is_told_without_the_temporary_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone").join("plan.json");
        let said = format!("{:#}", write_whole(&path, b"{}").unwrap_err());
        assert_eq!(said, format!("cannot write `{}`: entity not found", path.display()));
    }
}
