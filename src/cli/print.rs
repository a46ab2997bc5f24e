//! `print`: the venue kit as pages to print, and as PDF where there is a browser.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use indicatif::ProgressBar;

use super::args;
use super::browser::Browser;
use super::failure::Failure;
use super::folder::{Folder, Loaded, shown};
use super::screen::Screen;
use super::{secret, store};
use crate::check;
use crate::domain::Schedule;
use crate::output::calendar::{self, Edition, Role};
use crate::output::plan::Plan;
use crate::output::print::{Changed, Kit, Owner, Piece, document};
use crate::output::words::named;

/// The name of the file that holds all pieces.
const ALL: &str = "venue-kit";

/// A file to be written.
struct File {
    path: PathBuf,
    bytes: Vec<u8>,
}

pub fn run(args: &args::Print, screen: &Screen) -> Result<(), Failure> {
    let folder = Folder::find(&args.event.folder)?;
    let browser = args.pdf.then(|| Browser::find(args.browser.as_deref())).transpose()?;
    let plan = store::plan(&folder)?;
    let earlier = args.changed_since.map(|number| store::revision(&folder, number)).transpose()?;
    let loaded = folder.load(&args.event.reading, screen)?;
    let schedule = store::schedule(&loaded, &plan, screen)?;
    warn_of_breaches(&loaded, &schedule, screen);
    let changed = earlier.map(|earlier| Changed::since(&earlier, &loaded.event, &schedule));
    let pieces = pieces(args, changed.as_ref());
    if let (Some(changed), Some(revision)) = (&changed, args.changed_since) {
        tell(changed, revision, pieces.is_empty(), screen);
    }
    let addresses = addresses(&loaded, &plan, screen)?;
    let kit = Kit {
        event: &loaded.event,
        schedule: &schedule,
        revision: plan.revision,
        changed: changed.as_ref(),
        calendar: &|owner| addresses.get(&owner).cloned(),
    };
    let mut files = pages(&loaded, &kit, &pieces, args)?;
    if files.is_empty() {
        return Ok(());
    }
    let out = loaded.folder.path.join("out");
    make_folder(&out)?;
    if let Some(browser) = browser {
        let printed = pdfs(&files, &browser, screen);
        // Where nothing was written there is no folder; one that holds something stays.
        files.extend(printed.inspect_err(|_| drop(fs::remove_dir(&out)))?);
    }
    write(&files, screen)
}

/// The pieces that are wanted and, of what changed, have something in them.
fn pieces(args: &args::Print, changed: Option<&Changed>) -> Vec<Piece> {
    let asked = |piece: &Piece| match args.only.is_empty() {
        true => changed.is_none() || piece.is_cards(),
        false => args.only.iter().any(|name| name == piece.name()),
    };
    let holds = |piece: &Piece| changed.is_none_or(|changed| !piece.is_cards() || !changed.is_empty(*piece));
    Piece::ALL.into_iter().filter(asked).filter(holds).collect()
}

/// Cards that send somebody to two tables are better not printed, and a plan that was edited by hand may do that.
fn warn_of_breaches(loaded: &Loaded, schedule: &Schedule, screen: &Screen) {
    if !check::breaches(&loaded.event, schedule).is_empty() {
        let hint = format!("run {} to see where, before you print", loaded.folder.command("check"));
        screen.warn("this plan breaks the rules", &hint);
    }
}

/// What to know of the cards that are out already.
fn tell(changed: &Changed, revision: u32, nothing: bool, screen: &Screen) {
    if nothing {
        screen.note(&format!("no card changed since revision {revision}: nothing was written"));
    }
    if !changed.gone.is_empty() {
        let gone: Vec<_> = changed.gone.iter().map(String::as_str).collect();
        screen.note(&format!("no longer at the event, so take their cards back: {}", named(&gone)));
    }
}

/// Where everybody's calendar file is, when `[print]` says where they are hosted: under the names that `calendar`
/// gives them, those that cannot be guessed where the event has its secret.
fn addresses(loaded: &Loaded, plan: &Plan, screen: &Screen) -> Result<BTreeMap<Owner, String>, Failure> {
    let event = &loaded.event;
    let Some(base) = &event.print.base_address else { return Ok(BTreeMap::new()) };
    let secret = secret::known(&loaded.folder, screen)?;
    let edition = Edition { event, plan, earlier: None, single: false, secret: secret.as_ref() };
    let files = calendar::files(&edition).map_err(|fault| store::of_file(&fault, "the plan"))?;
    let experts = event.expert_ixs().map(|e| ((Role::Expert, event.expert(e).id.as_str()), Owner::Expert(e)));
    let mentees = event.mentee_ixs().map(|m| ((Role::Mentee, event.mentee(m).id.as_str()), Owner::Mentee(m)));
    let owners: BTreeMap<_, _> = experts.chain(mentees).collect();
    let address = |file: &calendar::File| match &file.owner {
        calendar::Owner::Person { role, id, .. } => {
            owners.get(&(*role, id.as_str())).map(|&owner| (owner, format!("{base}{}", file.path)))
        }
        _ => None,
    };
    Ok(files.iter().filter_map(address).collect())
}

/// The pages: a file a piece, or one of all.
fn pages(loaded: &Loaded, kit: &Kit, pieces: &[Piece], args: &args::Print) -> anyhow::Result<Vec<File>> {
    let out = loaded.folder.path.join("out");
    let since = args.changed_since.map_or_else(String::new, |revision| format!(".changed-since-{revision}"));
    let file = |name: &str, pieces: &[Piece]| {
        let bytes = document(kit, pieces).map_err(|error| anyhow!("cannot lay out `{name}`: {error}"))?;
        Ok(File { path: out.join(format!("{name}{since}.html")), bytes: bytes.into_bytes() })
    };
    match args.all {
        _ if pieces.is_empty() => Ok(Vec::new()),
        true => Ok(vec![file(ALL, pieces)?]),
        false => pieces.iter().map(|&piece| file(piece.name(), &[piece])).collect(),
    }
}

/// The same pages as PDF, beside them; their folder is there.
fn pdfs(pages: &[File], browser: &Browser, screen: &Screen) -> Result<Vec<File>, Failure> {
    let bar = if screen.shows_progress() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    bar.enable_steady_tick(std::time::Duration::from_millis(100));
    let print = |page: &File| {
        let path = page.path.with_extension("pdf");
        bar.set_message(format!("printing {}", shown(&path)));
        Ok(File { bytes: browser.print(&page.bytes, path.parent().unwrap_or(Path::new(".")))?, path })
    };
    let printed = pages.iter().map(print).collect();
    bar.finish_and_clear();
    printed
}

/// The folder of what is printed.
fn make_folder(out: &Path) -> Result<(), Failure> {
    let Err(error) = fs::create_dir_all(out) else { return Ok(()) };
    let shown = shown(out);
    if out.is_file() || out.is_symlink() {
        let error = format!("the pages go to the folder `{shown}`, and what is there is no folder");
        return Err(Failure::input(error, "move it away, or make a folder of it"));
    }
    Err(Failure::Fault(anyhow::Error::new(error).context(format!("cannot make the folder `{shown}`"))))
}

/// Writes the files, all of them or none.
fn write(files: &[File], screen: &Screen) -> Result<(), Failure> {
    store::write_all(files.iter().map(|file| (file.path.as_path(), file.bytes.as_slice())))?;
    files.iter().for_each(|file| screen.note(&format!("wrote `{}`", shown(&file.path))));
    Ok(())
}
