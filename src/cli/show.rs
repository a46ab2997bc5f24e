//! `show`: the plan, by round, table, expert, mentee or topic, or one person's card.

use super::args::{self, By};
use super::failure::{Failure, Message};
use super::folder::Folder;
use super::screen::Screen;
use super::store;
use crate::domain::{Event, ExpertIx, MenteeIx, Schedule};
use crate::output::text::listed;
use crate::output::{Sheet, views};

/// A name this alike (1 is equal) is offered instead of one that nobody has.
const ALIKE: f64 = 0.75;
/// At most so many names are offered.
const OFFERED: usize = 3;

pub fn run(args: &args::Show, screen: &Screen) -> Result<(), Failure> {
    let folder = Folder::find(&args.event.folder)?;
    let plan = store::plan(&folder)?;
    let loaded = folder.load(&args.event.reading, screen)?;
    let schedule = store::schedule(&loaded, &plan, screen)?;
    let event = &loaded.event;
    let sheet = match &args.person {
        Some(name) => card(event, &schedule, name)?,
        None => view(event, &schedule, args.by),
    };
    screen.sheet(args.format, &sheet)
}

fn view(event: &Event, schedule: &Schedule, by: By) -> Sheet {
    match by {
        By::Round => views::by_round(event, schedule),
        By::Table => views::by_table(event, schedule),
        By::Expert => views::by_expert(event, schedule),
        By::Mentee => views::by_mentee(event, schedule),
        By::Topic => views::by_topic(event, schedule),
    }
}

#[derive(Clone, Copy)]
enum Person {
    Expert(ExpertIx),
    Mentee(MenteeIx),
}

fn card(event: &Event, schedule: &Schedule, wanted: &str) -> Result<Sheet, Failure> {
    match find(event, wanted)? {
        Person::Expert(e) => Ok(views::expert(event, schedule, e)),
        Person::Mentee(m) => Ok(views::mentee(event, schedule, m)),
    }
}

/// Everybody with id and name.
fn people(event: &Event) -> impl Iterator<Item = (Person, &str, &str)> {
    let experts = event.expert_ixs().zip(&event.experts);
    let mentees = event.mentee_ixs().zip(&event.mentees);
    let experts = experts.map(|(e, expert)| (Person::Expert(e), expert.id.as_str(), expert.name.as_str()));
    experts.chain(mentees.map(|(m, mentee)| (Person::Mentee(m), mentee.id.as_str(), mentee.name.as_str())))
}

/// The person of an id or a name; a part of a name is enough where only one person has it.
fn find(event: &Event, wanted: &str) -> Result<Person, Failure> {
    if let Some((person, ..)) = people(event).find(|(_, id, _)| *id == wanted) {
        return Ok(person);
    }
    let wanted_name = alike(wanted);
    let whole: Vec<_> = people(event).filter(|(_, _, name)| alike(name) == wanted_name).collect();
    let part = || people(event).filter(|(_, _, name)| alike(name).contains(&wanted_name)).collect();
    let found: Vec<_> = if whole.is_empty() { part() } else { whole };
    match found[..] {
        [(person, ..)] => Ok(person),
        [] => Err(nobody(event, wanted)),
        _ => {
            let ids: Vec<_> = found.iter().map(|(_, id, _)| format!("`{id}`")).collect();
            Err(Failure::input(
                format!("several people are called `{wanted}`"),
                format!("give an id: {}", ids.join(", ")),
            ))
        }
    }
}

fn nobody(event: &Event, wanted: &str) -> Failure {
    let likeness = |name: &str| strsim::jaro_winkler(&alike(name), &alike(wanted));
    let mut near: Vec<_> = people(event).map(|(_, _, name)| (likeness(name), name)).filter(|n| n.0 >= ALIKE).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    near.truncate(OFFERED);
    let names: Vec<_> = near.into_iter().map(|(_, name)| format!("`{name}`")).collect();
    let hint = match names.is_empty() {
        true => "`tablehop show --by mentee` and `--by expert` list everybody".to_owned(),
        false => format!("did you mean {}?", listed(&names).replace(" and ", " or ")),
    };
    Failure::Input(Message::new(format!("nobody at this event is called `{wanted}`"), hint))
}

/// A name as it is compared: without regard to case and blanks.
fn alike(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
