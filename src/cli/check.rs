//! `check`: any plan against the rosters, every rule and its certificate.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::args::{self, Format};
use super::choosing;
use super::failure::{Failure, Message};
use super::folder::{self, Folder, Loaded};
use super::screen::Screen;
use super::store;
use crate::check::{self, Breach, CertificateFault};
use crate::domain::{Certificate, Event, Level, Priority, Rule, Schedule, Sense};
use crate::input::{self, Source};
use crate::output::plan::Plan;
use crate::output::text::{count, listed};
use crate::output::{Cell, Sheet, words};

pub fn run(args: &args::Check, screen: &Screen) -> Result<(), Failure> {
    let (event, file) = places(args);
    let folder = Folder::find(&event)?;
    let file = file.unwrap_or_else(|| store::plan_file(&folder));
    if file == store::plan_file(&folder) && !file.exists() {
        return Err(store::no_plan(&folder));
    }
    let loaded = folder.load(&args.reading, screen)?;
    let source = folder::source(&file, &folder::shown(&file))?;
    let held = read(&loaded, &source, args, screen)?;
    let breaches = check::breaches(&loaded.event, &held.schedule);
    let faults = faults(&loaded, &held)?;
    report(&loaded.event, &held, &breaches, &faults, args.format, screen)?;
    refuse(&source.name, &breaches, &faults)?;
    screen.note(match (&held.plan, &held.certificate) {
        (None, _) => "a table of seats has no certificate: how far from the best it is was not looked at",
        (_, None) => "the certificate is about other files, and was not looked at",
        _ => "values and bounds of the certificate are consistent; the bounds were not proved again",
    });
    if args.adopt { adopt(&loaded, &held.schedule, screen) } else { Ok(()) }
}

/// What is held against the rules.
struct Held {
    schedule: Schedule,
    /// Where the seats come from, unless from a table.
    plan: Option<Plan>,
    /// The plan's, when it is about the files as they are now.
    certificate: Option<Certificate>,
}

/// The event and the plan's file that are meant: a lone file that is no event file is a plan, of the event beside it
/// or, when there is none, of the one here.
fn places(args: &args::Check) -> (PathBuf, Option<PathBuf>) {
    let lone = args.file.is_none() && args.folder.is_file();
    if !lone || args.folder.extension().is_some_and(|extension| extension == "toml") {
        return (args.folder.clone(), args.file.clone());
    }
    let beside = args.folder.parent().filter(|folder| Folder::find(folder).is_ok());
    (beside.unwrap_or(Path::new(".")).to_owned(), Some(args.folder.clone()))
}

/// The seats of a plan.json or, by its name and what is in it, of a table.
fn read(loaded: &Loaded, source: &Source, args: &args::Check, screen: &Screen) -> Result<Held, Failure> {
    let text = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes);
    let named_json = Path::new(&source.name).extension().is_some_and(|extension| extension == "json");
    if !named_json && text.trim_ascii_start().first() != Some(&b'{') {
        let schedule = input::read_seats(&loaded.event, source, &folder::options(&args.reading));
        return Ok(Held { schedule: schedule.map_err(Failure::Faults)?, plan: None, certificate: None });
    }
    let plan = store::parse(&source.bytes, &source.name)?;
    let schedule = store::schedule(loaded, &plan, screen)?;
    warn_of_other_parts(loaded, &plan, &schedule, &source.name, screen);
    let certificate = plan.certificate().map_err(|unreadable| store::of_file(&unreadable, &source.name))?;
    let certificate = Some(certificate).filter(|_| plan.inputs == loaded.inputs);
    Ok(Held { schedule, plan: Some(plan), certificate })
}

/// Warns when what a plan tells other programs beside its seats is not what the seats and the files come to.
fn warn_of_other_parts(loaded: &Loaded, plan: &Plan, schedule: &Schedule, name: &str, screen: &Screen) {
    let parts = plan.unlike(&loaded.event, schedule);
    if plan.inputs != loaded.inputs || parts.is_empty() {
        return;
    }
    let parts: Vec<_> = parts.into_iter().map(|part| format!("`{part}`")).collect();
    let hint = format!("run {} to write it anew", loaded.folder.command("schedule"));
    screen.warn(&format!("{} of `{name}`: changed by hand, and not what the seats come to", listed(&parts)), &hint);
}

/// The faults of the certificate. Without the revision before it nobody can tell what a plan changed.
fn faults(loaded: &Loaded, held: &Held) -> Result<Vec<CertificateFault>, Failure> {
    let Some((plan, certificate)) = held.plan.as_ref().zip(held.certificate.as_ref()) else { return Ok(Vec::new()) };
    let before = store::before(&loaded.folder, plan)?.map(|before| before.remaining(&loaded.event));
    let mut faults = check::certificate_faults(&loaded.event, &held.schedule, certificate, before.as_ref());
    if before.is_none() && plan.revision > 1 {
        faults.retain(|fault| !matches!(fault, CertificateFault::Value { priority: Priority::Changes, .. }));
    }
    Ok(faults)
}

fn report(
    event: &Event,
    held: &Held,
    breaches: &[Breach],
    faults: &[CertificateFault],
    format: Format,
    screen: &Screen,
) -> Result<(), Failure> {
    if matches!(format, Format::Json | Format::Csv) {
        return screen.sheet(format, &rows(event, breaches, faults));
    }
    let mut sentences: Vec<_> =
        breaches.iter().map(|b| format!("{}: {}.", b.rule.name(), words::breach(event, b))).collect();
    sentences.extend(faults.iter().map(|fault| format!("certificate: {}.", words::certificate_fault(fault))));
    if sentences.is_empty() {
        screen.sentences(format, &["Every rule is kept.".to_owned()])?;
        return screen.sheet(format, &values(event, held));
    }
    screen.sentences(format, &sentences)
}

/// What breaks a rule, for programs: people by their ids.
fn rows(event: &Event, breaches: &[Breach], faults: &[CertificateFault]) -> Sheet {
    let breach = |breach: &Breach| {
        vec![
            breach.rule.name().into(),
            breach.round.map_or(Cell::Nothing(""), |r| r.number().into()),
            Cell::List(breach.mentees.iter().map(|&m| event.mentee(m).id.clone()).collect()),
            Cell::List(breach.experts.iter().map(|&e| event.expert(e).id.clone()).collect()),
            Cell::Number(breach.found),
            Cell::Number(breach.allowed),
            words::breach(event, breach).into(),
        ]
    };
    let nothing = || Cell::Nothing("");
    let nobody = || Cell::List(Vec::new());
    let fault = |fault: &CertificateFault| {
        let message = words::certificate_fault(fault).into();
        vec!["certificate".into(), nothing(), nobody(), nobody(), nothing(), nothing(), message]
    };
    let rows = breaches.iter().map(breach).chain(faults.iter().map(fault)).collect();
    Sheet::plain(&["rule", "round", "mentees", "experts", "found", "allowed", "message"], rows)
}

/// What the seats come to in each priority, and what a certificate says of that.
fn values(event: &Event, held: &Held) -> Sheet {
    let Some(certificate) = &held.certificate else {
        let values = check::values(event, &held.schedule, None).into_iter();
        return Sheet::plain(&["priority", "value", "better"], values.map(|(p, v)| value(event, p, &v)).collect());
    };
    let row = |level: &Level| {
        let bound = level.bound.as_ref().map_or(Cell::Nothing("not known"), |bound| words::numbers(bound).into());
        let proven = if level.proven { "yes" } else { "no" };
        let value = value(event, level.priority, &level.value);
        value.into_iter().chain([bound, proven.into()]).collect()
    };
    let columns = ["priority", "value", "better", "bound", "proven"];
    Sheet::plain(&columns, certificate.levels.iter().map(row).collect())
}

fn value(event: &Event, priority: Priority, value: &[i64]) -> Vec<Cell> {
    let mut senses = priority.senses(event);
    senses.dedup();
    let sense = |sense| match sense {
        Sense::Max => "more",
        Sense::Min => "fewer",
    };
    let senses: Vec<_> = senses.into_iter().map(sense).collect();
    vec![priority.name().into(), words::numbers(value).into(), senses.join(", then ").into()]
}

fn refuse(name: &str, breaches: &[Breach], faults: &[CertificateFault]) -> Result<(), Failure> {
    let mut errors = Vec::new();
    if !breaches.is_empty() {
        let rules: BTreeSet<Rule> = breaches.iter().map(|breach| breach.rule).collect();
        let rules = count(rules.len() as u64, "rule", "rules");
        let places = count(breaches.len() as u64, "place", "places");
        errors.push(format!("`{name}` breaks {rules} in {places}"));
    }
    if !faults.is_empty() {
        errors.push(format!("the certificate of `{name}` is not right"));
    }
    let hint = "mend the seats and check again, or run `tablehop schedule` for a plan that keeps every rule";
    match errors.is_empty() {
        true => Ok(()),
        false => Err(Failure::No(Message { errors, hint: Some(hint.to_owned()) })),
    }
}

fn adopt(loaded: &Loaded, schedule: &Schedule, screen: &Screen) -> Result<(), Failure> {
    let newest = store::newest(&loaded.folder)?;
    if let Some(newest) = newest.as_ref().filter(|plan| plan.shows(&loaded.event, schedule)) {
        screen.note(&format!("these are the seats of revision {} already", newest.revision));
        return Ok(());
    }
    let certificate = choosing::adopted(loaded, schedule, newest.as_ref());
    store::revise(loaded, newest.as_ref(), schedule, &certificate, screen)
}
