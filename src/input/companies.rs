//! Requests about company that leave people without a seat: two are kept apart and together, or a company is larger than
//! any table.

use std::collections::{BTreeMap, BTreeSet};

use super::diagnostic::{Diagnostic, Faults};
use super::requests::Requests;
use super::text::quoted;
use crate::domain::{Event, MenteeIx, Request, RoundIx, RoundSet};

/// So many people of a company are named.
const NAMED: usize = 3;

/// People who are kept together in a round.
struct Company {
    /// Ascending.
    members: Vec<MenteeIx>,
    /// The first request that ties some of them.
    tie: Request,
}

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
        let companies = companies(event, r);
        let crowded = companies.iter().filter(|company| company.members.len() > largest).map(|c| (c.tie, c));
        for (request, company) in divided(event, &companies).into_iter().chain(crowded) {
            seatless.entry((request, company.members.clone())).or_insert(RoundSet::NONE).insert(r);
            company.members.iter().for_each(|&m| without.entry(m).or_insert(RoundSet::NONE).insert(r));
        }
    }
    for ((request, members), rounds) in seatless {
        let never = members.iter().any(|m| event.mentee(*m).present.and(open).without(without[m]).is_empty());
        requests.fault(&request, fault(event, request, &members, (!never).then_some(rounds)), faults);
    }
}

/// What is said of people who get no seat in some rounds, or never.
fn fault(event: &Event, request: Request, members: &[MenteeIx], rounds: Option<RoundSet>) -> Diagnostic {
    let mut who: Vec<String> = members.iter().take(NAMED).map(|&m| quoted(&event.mentee(m).name)).collect();
    if members.len() > NAMED {
        who.push(format!("{} more", members.len() - NAMED));
    }
    let (why, hint) = match request {
        Request::KeptApart(..) => {
            ("this request keeps some of them apart", "strike it, or one of those that keep them together")
        }
        _ => {
            ("no table has so many seats", "strike one of the requests that keep them together, or make a table larger")
        }
    };
    let when = rounds.map_or_else(
        || " in any round".to_owned(),
        |rounds| {
            let numbers: Vec<String> = rounds.iter().map(|r| r.number().to_string()).collect();
            format!(" in round {}", numbers.join(", "))
        },
    );
    let message = format!("{} are kept together, and {why}, so they get no seat{when}", who.join(" and "));
    Diagnostic::warning("seatless-company", message).hint(hint)
}

/// The seats of the largest table that can be open in a round.
fn largest_table(event: &Event, r: RoundIx) -> usize {
    let open = event.experts.iter().filter(|expert| expert.open_rounds().contains(r));
    open.map(|expert| expert.capacity_in(r) as usize).max().unwrap_or(0)
}

/// The companies in a round.
fn companies(event: &Event, r: RoundIx) -> Vec<Company> {
    let is_there = |m: MenteeIx| event.mentee(m).present.contains(r);
    let mut ties: BTreeMap<MenteeIx, Vec<(MenteeIx, Request)>> = BTreeMap::new();
    for &request in &event.requests {
        if let Request::KeptTogether(a, b) = request
            && is_there(a)
            && is_there(b)
        {
            ties.entry(a).or_default().push((b, request));
            ties.entry(b).or_default().push((a, request));
        }
    }
    let (mut companies, mut seen) = (Vec::new(), BTreeSet::new());
    for (&m, of_one) in &ties {
        if seen.insert(m) {
            let (mut members, mut next) = (vec![m], vec![m]);
            while let Some(ties) = next.pop().and_then(|m| ties.get(&m)) {
                let found: Vec<_> = ties.iter().map(|tie| tie.0).filter(|&other| seen.insert(other)).collect();
                members.extend(&found);
                next.extend(found);
            }
            members.sort_unstable();
            companies.extend(of_one.first().map(|&(_, tie)| Company { members, tie }));
        }
    }
    companies
}

/// The requests that keep people of one company apart.
fn divided<'a>(event: &Event, companies: &'a [Company]) -> Vec<(Request, &'a Company)> {
    let of: BTreeMap<MenteeIx, usize> =
        companies.iter().enumerate().flat_map(|(i, company)| company.members.iter().map(move |&m| (m, i))).collect();
    let company = |request: &Request| match request {
        Request::KeptApart(a, b) => of.get(a).filter(|&i| of.get(b) == Some(i)).map(|&i| (*request, &companies[i])),
        _ => None,
    };
    event.requests.iter().filter_map(company).collect()
}
