//! Requests about company that leave people without a seat: two are kept apart and together, or a company is larger
//! than any table.

use std::collections::BTreeMap;

use super::diagnostic::{Diagnostic, Faults};
use super::requests::Requests;
use super::text::quoted;
use crate::domain::{Event, MenteeIx, Request, RoundIx, RoundSet};

/// So many people of a company are named.
const NAMED: usize = 3;

/// Warns where people can't have a seat because of whom they are kept apart from and together with.
pub(super) fn tell_of_companies(requests: &Requests, event: &Event, faults: &mut Faults) {
    let mut seatless: BTreeMap<(Request, Vec<MenteeIx>), RoundSet> = BTreeMap::new();
    let mut without: BTreeMap<MenteeIx, RoundSet> = BTreeMap::new();
    let mut open = RoundSet::NONE;
    for r in event.round_ixs() {
        let largest = largest_table(event, r);
        if largest == 0 {
            continue;
        }
        open.insert(r);
        let companies = event.companies(r);
        let crowded = companies.iter().filter(|company| company.len() > largest);
        let crowded = crowded.filter_map(|company| Some((tie(event, company)?, company)));
        for (request, company) in divided(event, &companies).into_iter().chain(crowded) {
            seatless.entry((request, company.clone())).or_insert(RoundSet::NONE).insert(r);
            company.iter().for_each(|&m| without.entry(m).or_insert(RoundSet::NONE).insert(r));
        }
    }
    let is_never_seated = |m: &MenteeIx| {
        let seatless = without.get(m).copied().unwrap_or(RoundSet::NONE);
        event.mentee(*m).present.and(open).without(seatless).is_empty()
    };
    for ((request, members), rounds) in seatless {
        let never: Vec<MenteeIx> = members.iter().copied().filter(is_never_seated).collect();
        requests.fault(&request, fault(event, request, &members, &never, rounds), faults);
    }
}

/// What is said of people who get no seat in some rounds, and of those of them who never get one.
fn fault(event: &Event, request: Request, members: &[MenteeIx], never: &[MenteeIx], rounds: RoundSet) -> Diagnostic {
    let who = |people: &[MenteeIx]| {
        let mut who: Vec<String> = people.iter().take(NAMED).map(|&m| quoted(&event.mentee(m).name)).collect();
        if people.len() > NAMED {
            who.push(format!("{} more", people.len() - NAMED));
        }
        who.join(" and ")
    };
    let (why, hint) = match request {
        Request::KeptApart(..) => {
            ("this request keeps some of them apart", "strike it, or one of those that keep them together")
        }
        _ => {
            ("no table has so many seats", "strike one of the requests that keep them together, or make a table larger")
        }
    };
    let numbers: Vec<String> = rounds.iter().map(|r| r.number().to_string()).collect();
    let when = match numbers.join(", ") {
        _ if never.len() == members.len() => "in any round".to_owned(),
        numbers if never.is_empty() => format!("in round {numbers}"),
        numbers => format!("in round {numbers}, and {} in no other either", who(never)),
    };
    let message = format!("{} are kept together, and {why}, so they get no seat {when}", who(members));
    Diagnostic::warning("seatless-company", message).hint(hint)
}

/// The seats of the largest table that can be open in a round.
fn largest_table(event: &Event, r: RoundIx) -> usize {
    let open = event.experts.iter().filter(|expert| expert.open_rounds().contains(r));
    open.map(|expert| expert.capacity_in(r) as usize).max().unwrap_or(0)
}

/// The first request that ties the first of a company to another of it.
fn tie(event: &Event, company: &[MenteeIx]) -> Option<Request> {
    let (first, others) = company.split_first()?;
    let ties = |request: &&Request| match request {
        Request::KeptTogether(a, b) => a == first && others.contains(b) || b == first && others.contains(a),
        _ => false,
    };
    event.requests.iter().find(ties).copied()
}

/// The requests that keep people of one company apart.
fn divided<'a>(event: &Event, companies: &'a [Vec<MenteeIx>]) -> Vec<(Request, &'a Vec<MenteeIx>)> {
    let with_members = companies.iter().flat_map(|company| company.iter().map(move |&m| (m, company)));
    let of: BTreeMap<MenteeIx, &Vec<MenteeIx>> = with_members.collect();
    let divided = |request: &Request| match request {
        Request::KeptApart(a, b) => of.get(a).filter(|company| company.contains(b)).map(|&company| (*request, company)),
        _ => None,
    };
    event.requests.iter().filter_map(divided).collect()
}
