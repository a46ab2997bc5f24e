//! `schedule`: the plan, its revision, its rounds and how good they are.

use anyhow::anyhow;

use super::args::{self, Format};
use super::choosing::{Choice, choose};
use super::failure::{Failure, Message};
use super::folder::Folder;
use super::screen::Screen;
use super::{search, store};
use crate::check;
use crate::domain::{Certificate, Event, Schedule};
use crate::output::{verdict, views, words};
use crate::pairs::Pairs;
use crate::report::Figures;
use crate::solve::Outcome;

/// Past so many seats the rounds are summed up for people.
const SEATS_TO_PRINT: usize = 500;

pub fn run(args: &args::Schedule, screen: &Screen) -> Result<(), Failure> {
    let loaded = Folder::find(&args.event.folder)?.load(&args.event.reading, screen)?;
    loaded.notes.iter().for_each(|note| screen.detail(note));
    let newest = store::newest(&loaded.folder)?;
    let before = newest.as_ref().map(|plan| store::before(&loaded.folder, plan)).transpose()?.flatten();
    let standing = newest.as_ref().filter(|_| !args.fresh).map(|plan| plan.remaining(&loaded.event));
    let pairs = Pairs::new(&loaded.event);
    let solved = match search::run(&pairs, standing.as_ref(), args, screen) {
        Outcome::Solved(schedule, certificate) => Choice { schedule, certificate },
        Outcome::Impossible(reasons) => {
            return Err(Failure::impossible(&loaded.event, &reasons, "nothing was written"));
        }
        Outcome::NoneFound => return Err(none_found()),
    };
    sound(&loaded.event, &solved, standing.as_ref())?;
    if solved.schedule.seats().is_empty() && loaded.event.mentee_ixs().any(|m| loaded.event.wanted(m) > 0) {
        return Err(no_seat());
    }
    let choice = match &newest {
        Some(newest) => choose(&loaded, newest, before.as_ref(), solved, args.fresh),
        None => solved,
    };
    store::revise(&loaded, newest.as_ref(), &choice.schedule, &choice.certificate, screen)?;
    show(&pairs, &choice, args.format, screen)
}

/// Nothing is written that breaks a rule or is certified wrongly.
fn sound(event: &Event, solved: &Choice, standing: Option<&Schedule>) -> Result<(), Failure> {
    let Choice { schedule, certificate } = solved;
    let breaches = check::breaches(event, schedule).into_iter().map(|b| words::breach(event, &b));
    let faults = check::certificate_faults(event, schedule, certificate, standing);
    match breaches.chain(faults.iter().map(words::certificate_fault)).next() {
        None => Ok(()),
        Some(mistake) => Err(Failure::Fault(anyhow!(
            "the program made a plan that does not hold, and did not write it: {mistake}; please report it"
        ))),
    }
}

/// A plan without a seat is none where seats are wanted: somebody mistook a column or a rule.
fn no_seat() -> Failure {
    Failure::No(Message::new(
        "nobody would have a seat in the best plan that was found",
        "look at who is there when, who is kept from whom, and how small groups may be; nothing was written",
    ))
}

fn none_found() -> Failure {
    Failure::No(Message::new(
        "no plan was found, which does not prove that there is none; nothing was written",
        "search longer with `--steps` or `--time-limit`, or loosen a rule",
    ))
}

fn show(pairs: &Pairs, choice: &Choice, format: Format, screen: &Screen) -> Result<(), Failure> {
    let Choice { schedule, certificate } = choice;
    let event = pairs.event();
    let for_people = matches!(format, Format::Table | Format::Markdown);
    let sheet = if for_people && schedule.seats().len() > SEATS_TO_PRINT {
        views::summary(event, schedule)
    } else {
        views::by_round(event, schedule)
    };
    screen.sheet(format, &sheet)?;
    screen.detail(&how(certificate));
    screen.part(format)?;
    screen.sentences(format, &verdict::verdict(event, &Figures::new(pairs, schedule, certificate), certificate))
}

fn how(certificate: &Certificate) -> String {
    let Certificate { route, steps, solver, .. } = certificate;
    format!("route `{}`, {steps} steps, solver {solver}", route.name())
}
