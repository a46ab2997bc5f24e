//! A folder of files for others, renewed as a whole: what stood there before is replaced by one rename, so that
//! nothing is left of people who left, and nobody finds half of the old beside half of the new.

use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};

use super::failure::Failure;
use super::folder::{Folder, shown};
use super::store;

/// What systems put into folders by themselves.
const OF_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];
/// What every file that this program writes for others holds among its first bytes, and how many those are: the head
/// of a message is long where names are.
const MARK: &[u8] = b"tablehop";
const HEAD: u64 = 16 << 10;
/// As often another run may come between.
const TRIES: usize = 50;

/// The folder `name` among what is printed and sent of an event.
pub fn folder(event: &Folder, name: &str) -> PathBuf {
    event.path.join("out").join(name)
}

/// Puts files, by their paths from the folder with `/`, in place of all that stands in it. Their bytes are as lasting
/// as the system makes them: they can be written anew at any time. A folder that holds anything but files of this
/// program whose names end in `ending` is somebody else's and stays as it is.
pub fn renew<'a>(folder: &Path, ending: &str, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<(), Failure> {
    let in_the_way = |error: String| {
        Failure::input(error, "move it away, or give another folder with `--output`; nothing was written")
    };
    if let Some(file) = no_folder(folder) {
        return Err(in_the_way(format!("`{}` is no folder", shown(file))));
    }
    if let Some(other) = another(folder, ending).with_context(|| format!("cannot read `{}`", shown(folder)))? {
        let error = format!("`{}` holds `{}`, which this command did not write", shown(folder), shown(&other));
        return Err(in_the_way(error));
    }
    let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let stopped = stopped_by_interrupt();
    replace(&real, files, &stopped).with_context(|| format!("cannot write `{}`", shown(folder))).map_err(Failure::Fault)
}

/// What is in the place of a folder or of one around it. A link to a folder stands for the folder, and one that leads
/// nowhere is in the way like any file.
fn no_folder(folder: &Path) -> Option<&Path> {
    let (path, what) = folder.ancestors().find_map(|path| Some((path, path.symlink_metadata().ok()?)))?;
    let is_folder = what.is_dir() || what.is_symlink() && path.is_dir();
    (!is_folder).then_some(path)
}

/// The first thing in a folder that is neither a file that this program wrote nor a folder of such.
fn another(folder: &Path, ending: &str) -> io::Result<Option<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let of_the_system = OF_THE_SYSTEM.iter().any(|name| entry.file_name() == *name);
        let found = match kind.is_dir() {
            true => another(&path, ending)?,
            false if kind.is_file() && (of_the_system || is_ours(&path, ending)?) => None,
            false => Some(path),
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Whether this program wrote the file.
fn is_ours(path: &Path, ending: &str) -> io::Result<bool> {
    if path.extension().is_none_or(|e| e != ending) {
        return Ok(false);
    }
    let file = match File::open(path) {
        // Another run takes its files away.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(true),
        file => file?,
    };
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head)?;
    Ok(head.windows(MARK.len()).any(|bytes| bytes == MARK))
}

fn replace<'a>(
    folder: &Path,
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    stopped: &AtomicBool,
) -> anyhow::Result<()> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let new = beside(parent)?;
    for (path, bytes) in files {
        if stopped.load(Ordering::Relaxed) {
            bail!("stopped by Ctrl-C");
        }
        let path = new.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(new.path()))?;
        fs::write(path, bytes)?;
    }
    let old = beside(parent)?;
    put(new.path(), folder, old.path())?;
    // It bears another name now, under which nobody takes it away.
    let _ = new.keep();
    Ok(())
}

/// Renames `new` to `folder`; what stood there goes into `old`.
fn put(new: &Path, folder: &Path, old: &Path) -> io::Result<()> {
    for number in 1.. {
        let before = old.join(number.to_string());
        match fs::rename(folder, &before) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        match fs::rename(new, folder) {
            // Another run put its files there between the two.
            Err(error) if number < TRIES && error.kind() == ErrorKind::DirectoryNotEmpty => {}
            Err(error) => {
                // What stood there comes back; when even that fails, the first error tells why.
                drop(fs::rename(&before, folder));
                return Err(error);
            }
            Ok(()) => break,
        }
    }
    Ok(())
}

/// Set by Ctrl-C, which would else leave half of the files in a folder that nobody knows.
fn stopped_by_interrupt() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stopped);
    // Without a handler Ctrl-C still ends the program, and what stood there before is still whole.
    let _ = ctrlc::set_handler(move || seen.store(true, Ordering::Relaxed));
    stopped
}

/// A new folder in `parent`, which goes away by itself.
fn beside(parent: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tablehop-");
    #[cfg(unix)]
    builder.permissions(<Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o777));
    builder.tempdir_in(parent).map_err(store::without_temporary)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_stood_there_is_replaced_as_a_whole() {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("out").join("calendar");
        let put = |names: &[&str]| renew(&folder, "ics", names.iter().map(|name| (*name, MARK)));
        put(&["a.ics", "mentees/b.ics"]).unwrap();
        put(&["c.ics"]).unwrap();
        assert_eq!(files(&folder), ["c.ics"]);
        assert_eq!(files(&around.path().join("out")), ["calendar"]);
        put(&[]).unwrap();
        assert_eq!(files(&folder), [""; 0]);
    }

    #[test]
    fn a_folder_of_somebody_else_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("mentees")).unwrap();
        fs::write(folder.path().join("a.ics"), MARK).unwrap();
        fs::write(folder.path().join("mentees").join("thesis.odt"), "years").unwrap();
        let failure = renew(folder.path(), "ics", [("a.ics", &b"new"[..])].into_iter()).unwrap_err();
        assert_eq!(failure.status(), 2);
        assert_eq!(fs::read(folder.path().join("a.ics")).unwrap(), MARK);
        assert_eq!(fs::read_to_string(folder.path().join("mentees").join("thesis.odt")).unwrap(), "years");
    }

    #[test]
    fn calendars_of_others_stay_too() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("family.ics"), "BEGIN:VCALENDAR\r\nPRODID:-//Another//EN\r\n").unwrap();
        let failure = renew(folder.path(), "ics", [("a.ics", MARK)].into_iter()).unwrap_err();
        assert_eq!((failure.status(), files(folder.path())), (2, vec!["family.ics".to_owned()]));
    }

    #[test]
    fn what_is_stopped_leaves_nothing_behind() {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("calendar");
        renew(&folder, "ics", [("a.ics", MARK)].into_iter()).unwrap();
        let said = replace(&folder, [("b.ics", MARK)].into_iter(), &AtomicBool::new(true)).unwrap_err();
        assert_eq!(said.to_string(), "stopped by Ctrl-C");
        assert_eq!((files(&folder), files(around.path())), (vec!["a.ics".to_owned()], vec!["calendar".to_owned()]));
    }

    #[test]
    fn what_is_no_folder_is_named() {
        let around = tempfile::tempdir().unwrap();
        let file = around.path().join("out");
        fs::write(&file, "mine").unwrap();
        for folder in [file.clone(), file.join("calendar")] {
            let Err(Failure::Input(said)) = renew(&folder, "ics", [].into_iter()) else { panic!("a file is there") };
            assert_eq!(said.errors, [format!("`{}` is no folder", file.display())]);
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_stays_and_one_that_leads_nowhere_is_named() {
        let around = tempfile::tempdir().unwrap();
        let (link, web) = (around.path().join("calendar"), around.path().join("web"));
        std::os::unix::fs::symlink(&web, &link).unwrap();
        assert_eq!(renew(&link, "ics", [("a.ics", MARK)].into_iter()).unwrap_err().status(), 2);
        fs::create_dir(&web).unwrap();
        renew(&link, "ics", [("a.ics", MARK)].into_iter()).unwrap();
        assert!(link.is_symlink());
        assert_eq!(files(&web), ["a.ics"]);
    }

    #[test]
    fn runs_at_once_leave_the_files_of_one() {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("calendar");
        let put = |name: &str| renew(&folder, "ics", [(name, MARK)].into_iter()).unwrap();
        std::thread::scope(|scope| {
            for name in ["a.ics", "b.ics", "c.ics", "d.ics"] {
                scope.spawn(move || (0..10).for_each(|_| put(name)));
            }
        });
        assert_eq!((files(&folder).len(), files(around.path())), (1, vec!["calendar".to_owned()]));
    }
}
