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
use crate::domain::{Event, Priority, Rule, Schedule, Sense};
use crate::input::{self, Source};
use crate::output::plan::Plan;
use crate::output::text::count;
use crate::output::{Cell, Sheet, words};

pub fn run(args: &args::Check, screen: &Screen) -> Result<(), Failure> {
    let (event, file) = places(args);
    let folder = Folder::find(&event)?;
    let file = file.unwrap_or_else(|| store::plan_file(&folder));
    let loaded = folder.load(&args.reading, screen)?;
    let source = folder::source(&file, &file.display().to_string())?;
    let (schedule, plan) = read(&loaded, &source, args, screen)?;
    let breaches = check::breaches(&loaded.event, &schedule);
    let faults = plan.as_ref().map_or(Ok(Vec::new()), |plan| faults(&loaded, plan, &source.name, &schedule))?;
    report(&loaded.event, &schedule, &breaches, &faults, args.format, screen)?;
    refuse(&source.name, &breaches, &faults)?;
    say_of_certificate(&loaded, plan.as_ref(), screen);
    if args.adopt { adopt(&loaded, &schedule, screen) } else { Ok(()) }
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

/// The seats of a plan.json or, by what is in it, of a CSV.
fn read(
    loaded: &Loaded,
    source: &Source,
    args: &args::Check,
    screen: &Screen,
) -> Result<(Schedule, Option<Plan>), Failure> {
    let text = source.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&source.bytes);
    if text.trim_ascii_start().first() == Some(&b'{') {
        let plan = store::parse(&source.bytes, &source.name)?;
        return Ok((store::schedule(loaded, &plan, screen)?, Some(plan)));
    }
    let seats = input::read_seats(&loaded.event, source, &folder::options(&args.reading));
    seats.map(|schedule| (schedule, None)).map_err(Failure::Faults)
}

/// The faults of a plan's certificate. It is about the files that the plan was made from: when they have changed,
/// there is nothing to hold it against. Without the revision before it nobody can tell what it changed.
fn faults(loaded: &Loaded, plan: &Plan, name: &str, schedule: &Schedule) -> Result<Vec<CertificateFault>, Failure> {
    let certificate = plan.certificate().map_err(|unreadable| store::of_file(&unreadable, name))?;
    if plan.inputs != loaded.inputs {
        return Ok(Vec::new());
    }
    let before = store::before(&loaded.folder, plan)?.map(|before| before.remaining(&loaded.event));
    let mut faults = check::certificate_faults(&loaded.event, schedule, &certificate, before.as_ref());
    if before.is_none() && plan.revision > 1 {
        faults.retain(|fault| !matches!(fault, CertificateFault::Value { priority: Priority::Changes, .. }));
    }
    Ok(faults)
}

fn report(
    event: &Event,
    schedule: &Schedule,
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
        return screen.sheet(format, &values(event, schedule));
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

/// What the seats come to in each priority, counted from them.
fn values(event: &Event, schedule: &Schedule) -> Sheet {
    let row = |(priority, value): (Priority, Vec<i64>)| {
        let senses = priority.senses(event).into_iter().map(|sense| match sense {
            Sense::Max => "more".to_owned(),
            Sense::Min => "fewer".to_owned(),
        });
        vec![priority.name().into(), words::numbers(&value).into(), Cell::List(senses.collect())]
    };
    Sheet::plain(&["priority", "value", "better"], check::values(event, schedule, None).into_iter().map(row).collect())
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

fn say_of_certificate(loaded: &Loaded, plan: Option<&Plan>, screen: &Screen) {
    screen.note(match plan {
        None => "a CSV has no certificate: how far from the best it is was not looked at",
        Some(plan) if plan.inputs != loaded.inputs => "the certificate is about other files, and was not looked at",
        Some(_) => "values and bounds of the certificate are consistent; the bounds were not proved again",
    });
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
