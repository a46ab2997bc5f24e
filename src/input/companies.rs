//! Requests about company that leave people without a seat: two are kept apart and together, or a company is larger
//! than any table.

use std::collections::BTreeMap;
use std::{mem, ptr};

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

/// The requests about company.
struct Ties {
    /// By mentee: who is to be kept together with them, and which request says so.
    together: BTreeMap<MenteeIx, Vec<(MenteeIx, Request)>>,
    apart: Vec<(MenteeIx, MenteeIx, Request)>,
}

/// Warns where people can't have a seat because of whom they are kept apart from and together with.
pub(super) fn tell_of_companies(requests: &Requests, event: &Event, faults: &mut Faults) {
    let ties = Ties::of(event);
    let mut seatless: BTreeMap<(Request, Vec<MenteeIx>), RoundSet> = BTreeMap::new();
    let mut without: BTreeMap<MenteeIx, RoundSet> = BTreeMap::new();
    let mut open = RoundSet::NONE;
    for r in event.round_ixs() {
        let largest = largest_table(event, r);
        if largest == 0 {
            continue;
        }
        open.insert(r);
        let companies = ties.companies(event, r);
        let crowded = companies.iter().filter(|company| company.members.len() > largest).map(|c| (c.tie, c));
        for (request, company) in ties.divided(&companies).into_iter().chain(crowded) {
            seatless.entry((request, company.members.clone())).or_insert(RoundSet::NONE).insert(r);
            company.members.iter().for_each(|&m| without.entry(m).or_insert(RoundSet::NONE).insert(r));
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

impl Ties {
    fn of(event: &Event) -> Ties {
        let mut ties = Ties { together: BTreeMap::new(), apart: Vec::new() };
        for &request in &event.requests {
            match request {
                Request::KeptTogether(a, b) => {
                    ties.together.entry(a).or_default().push((b, request));
                    ties.together.entry(b).or_default().push((a, request));
                }
                Request::KeptApart(a, b) => ties.apart.push((a, b, request)),
                _ => {}
            }
        }
        ties
    }

    /// The companies in a round.
    fn companies(&self, event: &Event, r: RoundIx) -> Vec<Company> {
        let is_there = |m: MenteeIx| event.mentee(m).present.contains(r);
        let (mut companies, mut seen) = (Vec::new(), vec![false; event.mentees.len()]);
        let mut is_new = |m: MenteeIx| is_there(m) && !mem::replace(&mut seen[m.index()], true);
        for (&m, of_one) in &self.together {
            let Some(&(_, tie)) = of_one.iter().find(|tie| is_there(tie.0)) else { continue };
            if is_new(m) {
                let (mut members, mut next) = (vec![m], vec![m]);
                while let Some(ties) = next.pop().and_then(|m| self.together.get(&m)) {
                    let found: Vec<_> = ties.iter().map(|tie| tie.0).filter(|&other| is_new(other)).collect();
                    members.extend(&found);
                    next.extend(found);
                }
                members.sort_unstable();
                companies.push(Company { members, tie });
            }
        }
        companies
    }

    /// The requests that keep people of one company apart.
    fn divided<'a>(&self, companies: &'a [Company]) -> Vec<(Request, &'a Company)> {
        let with_members = companies.iter().flat_map(|company| company.members.iter().map(move |&m| (m, company)));
        let of: BTreeMap<MenteeIx, &Company> = with_members.collect();
        let one = |a, b| of.get(a).copied().filter(|&company| of.get(b).is_some_and(|&other| ptr::eq(company, other)));
        self.apart.iter().filter_map(|(a, b, request)| Some((*request, one(a, b)?))).collect()
    }
}
