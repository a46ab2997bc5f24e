//! Reasons in plain words: breaches, contradictions and faults of certificates, with the names of the people.
//!
//! Names stand as they were written on the form; whoever shows the words makes them [`printable`].
//!
//! [`printable`]: super::text::printable

use super::text::{count, listed};
use crate::check::{Breach, CertificateFault};
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, RoundIx, Rule};
use crate::solve::Contradiction;

/// At most so many people are named in one sentence.
const NAMED: usize = 12;

/// What breaks the rule, in a sentence without its full stop.
pub fn breach(event: &Event, breach: &Breach) -> String {
    let (found, allowed) = (breach.found, breach.allowed);
    let mentees = mentees(event, &breach.mentees);
    let experts = experts(event, &breach.experts);
    let round = in_round(breach.round);
    match breach.rule {
        Rule::OneSeatARound => format!("{mentees} has {found} seats{round}, with {experts}"),
        Rule::MeetOnce => format!("{mentees} meets {experts} {found} times"),
        Rule::Presence if mentees.is_empty() => format!("{experts} is not there{round} and has {found} at the table"),
        Rule::Presence => format!("{mentees} is not there{round} and has a seat"),
        Rule::TableCapacity => format!("{found} sit with {experts}{round}, where {allowed} fit"),
        Rule::SmallestGroup => {
            format!("only {found} {} with {experts}{round}, where {allowed} is the smallest group", sit(found))
        }
        Rule::OneTopicASitting if allowed > 0 => format!("the table of {experts} has {found} topics{round}"),
        Rule::OneTopicASitting => format!("{mentees} {} with {experts}{round} for another topic", sit(found)),
        Rule::KeepOut => format!("{mentees} meets {experts}{round}, and the two must not meet"),
        Rule::MustMeet => format!("{mentees} does not meet {experts}, and must"),
        Rule::PinnedSeat => format!("{mentees} does not meet {experts}{round}, and must"),
        Rule::KeptApart => format!("{mentees} share the table of {experts}{round}, and must be kept apart"),
        Rule::KeptTogether => format!("{mentees} are not seated alike{round}, and must be kept together"),
        Rule::MeetingsWanted if found < allowed => {
            format!("{mentees} has {}, and must have at least {allowed}", seats(found))
        }
        Rule::MeetingsWanted => format!("{mentees} has {}, and wants at most {allowed}", seats(found)),
        Rule::ExpertLoad if breach.round.is_none() => {
            format!("{experts} has {found} sittings, at most {allowed} allowed")
        }
        Rule::ExpertLoad => {
            format!("{experts} has {found} sittings in a row{}, at most {allowed} allowed", from(breach))
        }
        Rule::TablesInRoom => {
            format!("{found} tables are open in {}{round}, which holds {allowed}", room(event, breach))
        }
        Rule::Travel => format!(
            "{mentees} has {found} minutes before{} for a way of {allowed} minutes, between {experts}",
            round.trim_start_matches(" in")
        ),
        Rule::EveryRound => format!("{experts} is there{round} and has nobody at the table"),
        Rule::FrozenRounds if found < allowed => {
            format!("{mentees} met {experts}{round}, which was played already, and the seat is gone")
        }
        Rule::FrozenRounds => format!("{mentees} has a new seat with {experts}{round}, which was played already"),
    }
}

/// Which rules cannot hold together and for whom, in a sentence without its full stop.
pub fn contradiction(event: &Event, contradiction: &Contradiction) -> String {
    let rules: Vec<_> = contradiction.rules.iter().map(|rule| format!("`{}`", rule.name())).collect();
    let mut people: Vec<_> = contradiction.mentees.iter().map(|&m| event.mentee(m).name.as_str()).collect();
    people.extend(contradiction.experts.iter().map(|&e| event.expert(e).name.as_str()));
    let whom = if people.is_empty() { String::new() } else { format!(" for {}", named(&people)) };
    let round = in_round(contradiction.round);
    match rules.len() {
        0 | 1 => format!("{} cannot be kept{whom}{round}", listed(&rules)),
        _ => format!("{} cannot be kept together{whom}{round}", listed(&rules)),
    }
}

/// What cannot be right in a certificate, in a sentence without its full stop.
pub fn certificate_fault(fault: &CertificateFault) -> String {
    let name = |priority: &Priority| format!("`{}`", priority.name());
    let order = |order: &[Priority]| order.iter().map(name).collect::<Vec<_>>().join(", ");
    let through = |priority: &Option<Priority>| priority.as_ref().map_or_else(|| "nothing".to_owned(), name);
    match fault {
        CertificateFault::Levels { said, wanted } => {
            format!("the certificate has the priorities {}, and the event has {}", order(said), order(wanted))
        }
        CertificateFault::Value { priority, said, found } => {
            format!("the certificate says {} for {}, and it is {}", numbers(said), name(priority), numbers(found))
        }
        CertificateFault::BoundLength { priority, bound } => {
            format!("the bound {} of {} has the wrong number of parts", numbers(bound), name(priority))
        }
        CertificateFault::BeyondBound { priority, value, bound } => {
            format!("the value {} of {} is better than its bound {}", numbers(value), name(priority), numbers(bound))
        }
        CertificateFault::NotProven { priority } => {
            format!("{} is said to be proven, and its value and bound do not meet", name(priority))
        }
        CertificateFault::ProvenThrough { said, found } => {
            format!("the certificate is said to be proven through {}, and is through {}", through(said), through(found))
        }
        CertificateFault::Status { said, found } => {
            format!("the certificate is said to be `{}`, and is `{}`", said.name(), found.name())
        }
    }
}

/// The names of these mentees, as a list.
pub fn mentees(event: &Event, mentees: &[MenteeIx]) -> String {
    named(&mentees.iter().map(|&m| event.mentee(m).name.as_str()).collect::<Vec<_>>())
}

/// The names of these experts, as a list.
pub fn experts(event: &Event, experts: &[ExpertIx]) -> String {
    named(&experts.iter().map(|&e| event.expert(e).name.as_str()).collect::<Vec<_>>())
}

/// A value as it is written: `240`, or of several parts `(240, 12)`.
pub fn numbers(value: &[i64]) -> String {
    let parts = value.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    if value.len() == 1 { parts } else { format!("({parts})") }
}

/// Names as a list, which is cut when it is long.
pub fn named(names: &[&str]) -> String {
    if names.len() <= NAMED {
        return listed(names);
    }
    let rest = format!("{} more", names.len() - NAMED);
    let mut shown = names[..NAMED].to_vec();
    shown.push(&rest);
    listed(&shown)
}

fn in_round(round: Option<RoundIx>) -> String {
    round.map_or_else(String::new, |r| format!(" in round {}", r.number()))
}

fn from(breach: &Breach) -> String {
    breach.round.map_or_else(String::new, |r| format!(" from round {}", r.number()))
}

fn room(event: &Event, breach: &Breach) -> String {
    let room = breach.experts.first().and_then(|&e| event.expert(e).room);
    room.map_or_else(|| "the room".to_owned(), |room| event.rooms[room.index()].name.clone())
}

fn seats(n: i64) -> String {
    count(n.unsigned_abs(), "seat", "seats")
}

fn sit(n: i64) -> &'static str {
    if n == 1 { "sits" } else { "sit" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::sample::event;

    #[test]
    fn a_breach_names_who_and_when() {
        let of = |rule, round, found, allowed| Breach {
            rule,
            round,
            experts: vec![ExpertIx(0)],
            mentees: vec![MenteeIx(0)],
            found,
            allowed,
        };
        let event = event();
        let words = |b: Breach| breach(&event, &b);
        let second = Some(RoundIx(1));
        assert_eq!(
            words(of(Rule::KeepOut, second, 1, 0)),
            "Ana Brandt meets Dr. Amara Okafor in round 2, and the two must not meet"
        );
        assert_eq!(words(of(Rule::TableCapacity, second, 3, 2)), "3 sit with Dr. Amara Okafor in round 2, where 2 fit");
        assert_eq!(
            words(of(Rule::SmallestGroup, second, 1, 2)),
            "only 1 sits with Dr. Amara Okafor in round 2, where 2 is the smallest group"
        );
        assert_eq!(words(of(Rule::MeetingsWanted, None, 1, 2)), "Ana Brandt has 1 seat, and must have at least 2");
        assert_eq!(
            words(of(Rule::Travel, second, 3, 10)),
            "Ana Brandt has 3 minutes before round 2 for a way of 10 minutes, between Dr. Amara Okafor"
        );
    }

    #[test]
    fn a_contradiction_names_the_rules() {
        let both = Contradiction {
            rules: vec![Rule::KeepOut, Rule::MustMeet],
            mentees: vec![MenteeIx(0)],
            experts: vec![ExpertIx(0)],
            round: None,
        };
        assert_eq!(
            contradiction(&event(), &both),
            "`keep-out` and `must-meet` cannot be kept together for Ana Brandt and Dr. Amara Okafor"
        );
    }

    #[test]
    fn long_lists_of_people_are_cut() {
        let names = vec!["A"; 14];
        assert_eq!(named(&names), "A, A, A, A, A, A, A, A, A, A, A, A and 2 more");
    }
}
