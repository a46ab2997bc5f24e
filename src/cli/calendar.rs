//! `calendar`: files to import, or invitations to mail, of a plan or of what changed in it.

use std::path::PathBuf;

use super::args;
use super::failure::Failure;
use super::folder::{Folder, Loaded, shown};
use super::screen::Screen;
use super::{outbox, secret, store};
use crate::domain::Schedule;
use crate::output::calendar::{Edition, File, Owner, Role, files, invitations, listing};
use crate::output::plan::{Change, Plan};
use crate::output::text::{count, listed};
use crate::output::words::named;

pub fn run(args: &args::Calendar, screen: &Screen) -> Result<(), Failure> {
    let folder = Folder::find(&args.event.folder)?;
    let plan = store::plan(&folder)?;
    let earlier = args.changed_since.map(|number| store::revision(&folder, number)).transpose()?;
    let loaded = folder.load(&args.event.reading, screen)?;
    let schedule = store::schedule(&loaded, &plan, screen)?;
    up_to_date(&loaded, &plan, &schedule)?;
    earlier.as_ref().map_or(Ok(()), |earlier| of_one_event(&plan, earlier))?;
    let organizer = if args.invitations { Some(organizer(&loaded)?) } else { None };
    let secret = if args.unguessable { Some(secret::of(&loaded.folder, screen)?) } else { None };
    let edition = Edition {
        event: &loaded.event,
        plan: &plan,
        earlier: earlier.as_ref(),
        single: args.single || args.invitations && !args.each_round,
        secret: secret.as_ref(),
    };
    let files = match organizer {
        Some(organizer) => messages(&edition, organizer, screen)?,
        None => files(&edition).map_err(|fault| store::of_file(&fault, "the plan"))?,
    };
    let target = args.output.clone().unwrap_or_else(|| usual(&loaded, args));
    let ending = if args.invitations { "eml" } else { "ics" };
    outbox::renew(&target, ending, files.iter().map(|file| (file.path.as_str(), &file.bytes[..])))?;
    screen.note(&done(&files, &shown(&target), args));
    args.format.map_or(Ok(()), |format| screen.sheet(format, &listing(&files)))
}

/// What the files tell people must be what the plan told them: an entry that reads otherwise under the same revision
/// would never reach the calendars that hold it already.
fn up_to_date(loaded: &Loaded, plan: &Plan, schedule: &Schedule) -> Result<(), Failure> {
    let changes = plan.changes_to(&loaded.event, schedule);
    let read = |change: &&Change| !change.rounds.is_empty();
    let people: Vec<_> = changes.experts.iter().chain(&changes.mentees).filter(read).map(|c| c.name.as_str()).collect();
    if people.is_empty() {
        return Ok(());
    }
    let error =
        format!("revision {} of the plan is out of date: it reads otherwise for {}", plan.revision, named(&people));
    let hint = format!(
        "run {}: it makes the next revision, with the same seats where they are still right",
        loaded.folder.command("schedule")
    );
    Err(Failure::input(error, hint))
}

fn of_one_event(plan: &Plan, earlier: &Plan) -> Result<(), Failure> {
    let (id, before) = (&plan.event.id, &earlier.event.id);
    if id == before {
        return Ok(());
    }
    let error = format!("revision {} is of the event `{before}`, and the plan of `{id}`", earlier.revision);
    Err(Failure::input(error, "calendars hang on the id of the event: give it back its first one"))
}

/// The address that invitations come from.
fn organizer(loaded: &Loaded) -> Result<&str, Failure> {
    let email = loaded.event.organizer.as_ref().and_then(|organizer| organizer.email.as_deref());
    email.ok_or_else(|| {
        let hint = "write `organizer = { name = \"Program Committee\", email = \"mentoring@example.org\" }` under \
                    `[event]` in event.toml";
        Failure::input("nobody is named from whom invitations could come", hint)
    })
}

/// The invitations; says who gets none.
fn messages(edition: &Edition, organizer: &str, screen: &Screen) -> Result<Vec<File>, Failure> {
    let all = invitations(edition, organizer).map_err(|fault| store::of_file(&fault, "the plan"))?;
    let names = |names: &[String]| named(&names.iter().map(String::as_str).collect::<Vec<_>>());
    if !all.without_address.is_empty() {
        let said = format!("no address is known, and no message made, for {}", names(&all.without_address));
        screen.warn(&said, "write the addresses into the rosters, or give them their files without `--invitations`");
    }
    if !all.gone.is_empty() {
        let said = format!("gone from the rosters, and their addresses with them: {}", names(&all.gone));
        screen.warn(&said, "tell them yourself that their meetings do not take place");
    }
    Ok(all.files)
}

/// Where the files go when nobody says: what changed never takes the place of the whole.
fn usual(loaded: &Loaded, args: &args::Calendar) -> PathBuf {
    let name = if args.invitations { "invitations" } else { "calendar" };
    let since = args.changed_since.map_or_else(String::new, |revision| format!("-since-{revision}"));
    outbox::folder(&loaded.folder, &format!("{name}{since}"))
}

/// ``wrote `out/calendar`: 371 files, of 60 experts, 300 mentees, 10 rooms and the whole event``
fn done(files: &[File], folder: &str, args: &args::Calendar) -> String {
    let mut owners: Vec<_> = files.iter().map(|file| &file.owner).collect();
    owners.dedup();
    let of = |wanted: &dyn Fn(&Owner) -> bool| owners.iter().filter(|owner| wanted(owner)).count() as u64;
    let role = |role| of(&|owner| matches!(owner, Owner::Person { role: r, .. } if *r == role));
    let parts = [
        (role(Role::Expert), "expert", "experts"),
        (role(Role::Mentee), "mentee", "mentees"),
        (of(&|owner| matches!(owner, Owner::Room(_))), "room", "rooms"),
    ];
    let mut parts: Vec<_> = parts.into_iter().filter(|p| p.0 > 0).map(|(n, one, many)| count(n, one, many)).collect();
    if owners.contains(&&Owner::Organizer) {
        parts.push("the whole event".to_owned());
    }
    match (args.changed_since, files.len() as u64) {
        (Some(revision), 0) => format!("nothing changed since revision {revision}: `{folder}` is empty"),
        (None, 0) => format!("nobody has a meeting: `{folder}` is empty"),
        (_, n) if args.invitations => {
            format!("wrote `{folder}`: {}, to {}", count(n, "message", "messages"), listed(&parts))
        }
        (_, n) => format!("wrote `{folder}`: {}, of {}", count(n, "file", "files"), listed(&parts)),
    }
}
