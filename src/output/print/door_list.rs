//! The door list: everybody by surname, with a box to tick and where to go first.

use askama::Template;

use super::Owner;
use super::facts::Facts;
use super::wording::shown;

/// Everybody in one list.
#[derive(Template)]
#[template(path = "print/door_list.html")]
pub(super) struct DoorList<'a> {
    facts: &'a Facts<'a>,
    event: String,
    days: String,
    rows: Vec<Row>,
}

struct Row {
    /// The letter under which people look, where it is another one than in the row above.
    letter: Option<String>,
    /// The name before, in and after the surname.
    name: [String; 3],
    affiliation: String,
    /// The clock of the first seat; of experts nothing.
    clock: String,
    table: String,
    host: bool,
}

impl<'a> DoorList<'a> {
    /// The list of an event.
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let experts = facts.event.expert_ixs().map(Owner::Expert);
        let everybody = experts.chain(facts.event.mentee_ixs().map(Owner::Mentee));
        let mut everybody: Vec<_> = everybody.map(|owner| (facts.order(owner), owner)).collect();
        everybody.sort();
        let mut before = None;
        let mut rows = Vec::with_capacity(everybody.len());
        for ((surname, ..), owner) in everybody {
            let letter = surname.chars().next().filter(|c| c.is_alphabetic()).map(|c| c.to_uppercase().to_string());
            let new = letter != before;
            before.clone_from(&letter);
            rows.push(row(facts, owner, letter.filter(|_| new)));
        }
        DoorList { facts, event: shown(&facts.event.name), days: facts.days(), rows }
    }
}

fn row(facts: &Facts, owner: Owner, letter: Option<String>) -> Row {
    let name = facts.name(owner);
    let surname = facts.surname(owner);
    let parts = [&name[..surname.start], &name[surname.clone()], &name[surname.end..]].map(str::to_owned);
    let (clock, table, host) = match owner {
        Owner::Expert(e) => (String::new(), facts.place(facts.event.expert(e)), true),
        Owner::Mentee(m) => match facts.seats(m).first() {
            Some(seat) => (facts.moment(seat.round), facts.place(facts.event.expert(seat.expert)), false),
            None => (String::new(), String::new(), false),
        },
    };
    Row { letter, name: parts, affiliation: facts.affiliation(owner), clock, table, host }
}
