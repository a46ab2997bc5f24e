//! `init`: a starter event, all of it or nothing.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::args;
use super::failure::{Failure, Message};
use super::folder::{shown, typed};
use super::screen::Screen;
use super::store;

/// The starter's files, which are an example that is tested.
const FILES: [(&str, &str); 3] = [
    ("event.toml", include_str!("../../examples/starter/event.toml")),
    ("experts.csv", include_str!("../../examples/starter/experts.csv")),
    ("mentees.csv", include_str!("../../examples/starter/mentees.csv")),
];

pub fn run(args: &args::Init, screen: &Screen) -> Result<(), Failure> {
    let folder = &args.folder;
    let there = |name: &&str| folder.join(name).symlink_metadata().is_ok();
    let standing: Vec<_> = FILES.iter().map(|(name, _)| *name).filter(there).collect();
    if !standing.is_empty() {
        let errors = standing.iter().map(|name| format!("`{}` is there already", shown(&folder.join(name))));
        let hint = "give another folder; nothing was written".to_owned();
        return Err(Failure::Input(Message { errors: errors.collect(), hint: Some(hint) }));
    }
    if let Some(file) = folder.ancestors().find(|path| path.exists()).filter(|path| !path.is_dir()) {
        return Err(Failure::input(format!("`{}` is no folder", shown(file)), "give another one; nothing was written"));
    }
    write(folder)?;
    FILES.iter().for_each(|(name, _)| screen.note(&format!("wrote `{}`", shown(&folder.join(name)))));
    screen.note(&format!("next: {}, then make the files yours", typed("schedule", folder)));
    Ok(())
}

/// Writes every file; when one cannot be written, takes back those before it.
fn write(folder: &Path) -> anyhow::Result<()> {
    let made = !folder.exists();
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", shown(folder)))?;
    let mut written = Vec::new();
    for (name, text) in FILES {
        let path = folder.join(name);
        if let Err(error) = store::write_new(&path, text.as_bytes()) {
            // What cannot be taken back either is named by the error that is reported.
            written.iter().for_each(|path| drop(fs::remove_file(path)));
            if made {
                drop(fs::remove_dir(folder));
            }
            return Err(error);
        }
        written.push(path);
    }
    Ok(())
}
