//! A folder of files for others, renewed as a whole: what stood there before is replaced by one rename, so that
//! nothing is left of people who left, and nobody finds half of the old beside half of the new.

use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::failure::Failure;
use super::folder::{Folder, shown};

/// What systems put into folders by themselves.
const OF_THE_SYSTEM: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The folder `name` among what is printed and sent of an event.
pub fn folder(event: &Folder, name: &str) -> PathBuf {
    event.path.join("out").join(name)
}

/// Puts files, by their paths from the folder with `/`, in place of all that stands in it. Their bytes are as lasting
/// as the system makes them: they can be written anew at any time. A folder that holds anything but files whose
/// names end in `ending` is somebody else's and stays as it is.
pub fn renew<'a>(folder: &Path, ending: &str, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> Result<(), Failure> {
    if let Some(other) = another(folder, ending).with_context(|| format!("cannot read `{}`", shown(folder)))? {
        let error = format!("`{}` holds `{}`, which this command did not write", shown(folder), shown(&other));
        return Err(Failure::input(error, "move it away, or give another folder with `--output`; nothing was written"));
    }
    replace(folder, files).with_context(|| format!("cannot write `{}`", shown(folder))).map_err(Failure::Fault)
}

/// The first thing in a folder that is neither a file with this ending nor a folder of such.
fn another(folder: &Path, ending: &str) -> io::Result<Option<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(Some(folder.to_owned())),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let name = entry.file_name();
        let ours = path.extension().is_some_and(|e| e == ending) || OF_THE_SYSTEM.iter().any(|other| name == *other);
        let found = match kind.is_dir() {
            true => another(&path, ending)?,
            false => Some(path).filter(|_| !ours || kind.is_symlink()),
        };
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn replace<'a>(folder: &Path, files: impl Iterator<Item = (&'a str, &'a [u8])>) -> anyhow::Result<()> {
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let new = beside(parent)?;
    for (path, bytes) in files {
        let path = new.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(new.path()))?;
        fs::write(path, bytes)?;
    }
    let old = beside(parent)?;
    let before = old.path().join("before");
    match fs::rename(folder, &before) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    if let Err(error) = fs::rename(new.path(), folder) {
        // What stood there comes back; when even that fails, the first error tells why.
        drop(fs::rename(&before, folder));
        return Err(error.into());
    }
    // It bears another name now, under which nobody takes it away.
    let _ = new.keep();
    Ok(())
}

/// A new folder in `parent`, which goes away by itself.
fn beside(parent: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tablehop-");
    #[cfg(unix)]
    builder.permissions(<Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o777));
    builder.tempdir_in(parent)
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
        let put = |names: &[&str]| renew(&folder, "ics", names.iter().map(|name| (*name, &b"x"[..])));
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
        fs::write(folder.path().join("a.ics"), "old").unwrap();
        fs::write(folder.path().join("mentees").join("thesis.odt"), "years").unwrap();
        let failure = renew(folder.path(), "ics", [("a.ics", &b"new"[..])].into_iter()).unwrap_err();
        assert_eq!(failure.status(), 2);
        assert_eq!(fs::read_to_string(folder.path().join("a.ics")).unwrap(), "old");
        assert_eq!(fs::read_to_string(folder.path().join("mentees").join("thesis.odt")).unwrap(), "years");
    }
}
