//! Holds any schedule against every rule and recomputes the value of every priority.
//!
//! Counts by itself from the seats and uses the domain only: it shares no code with the solver, so that it
//! cannot share its mistakes. It takes bad schedules as well as good ones, however made, as long as their
//! positions are those of the event. Words are made elsewhere.

mod certificate;
mod people;
mod requests;
mod tables;
mod values;

use crate::domain::{Event, ExpertIx, MenteeIx, RoundIx, Rule, Schedule, Seat, Sitting};

pub use certificate::{CertificateFault, certificate_faults};
pub use values::{value, values};

/// One place where a schedule breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// The rule.
    pub rule: Rule,
    /// The round concerned; `None` where the rule looks at the whole day.
    pub round: Option<RoundIx>,
    /// The experts concerned, ascending.
    pub experts: Vec<ExpertIx>,
    /// The mentees concerned, ascending.
    pub mentees: Vec<MenteeIx>,
    /// What was counted.
    pub found: i64,
    /// What the rule allows: at most this where more was found, at least this where less was found.
    pub allowed: i64,
}

/// Every breach of every rule, in the order of [`Rule::ALL`], then by round and people. Empty when the schedule
/// meets the rules.
pub fn breaches(event: &Event, schedule: &Schedule) -> Vec<Breach> {
    let seating = Seating::new(event, schedule);
    let mut breaches: Vec<_> = Rule::ALL.into_iter().flat_map(|rule| of_rule(rule, &seating)).collect();
    breaches.sort_unstable();
    breaches.dedup();
    breaches
}

fn of_rule(rule: Rule, seating: &Seating) -> Vec<Breach> {
    match rule {
        Rule::OneSeatARound => people::one_seat_a_round(seating),
        Rule::MeetOnce => people::meet_once(seating),
        Rule::Presence => people::presence(seating),
        Rule::TableCapacity => tables::table_capacity(seating),
        Rule::SmallestGroup => tables::smallest_group(seating),
        Rule::OneTopicASitting => tables::one_topic_a_sitting(seating),
        Rule::KeepOut => requests::keep_out(seating),
        Rule::MustMeet => requests::must_meet(seating),
        Rule::PinnedSeat => requests::pinned_seat(seating),
        Rule::KeptApart => requests::kept_apart(seating),
        Rule::KeptTogether => requests::kept_together(seating),
        Rule::MeetingsWanted => people::meetings_wanted(seating),
        Rule::ExpertLoad => tables::expert_load(seating),
        Rule::TablesInRoom => tables::tables_in_room(seating),
        Rule::Travel => people::travel(seating),
        Rule::EveryRound => tables::every_round(seating),
        Rule::FrozenRounds => requests::frozen_rounds(seating),
    }
}

/// A schedule, sorted by who sits and by who hosts.
struct Seating<'a> {
    event: &'a Event,
    schedule: &'a Schedule,
    /// By mentee, then round.
    seats: Vec<Vec<Seat>>,
    /// By expert, then round.
    sittings: Vec<Vec<Sitting<'a>>>,
}

impl<'a> Seating<'a> {
    fn new(event: &'a Event, schedule: &'a Schedule) -> Self {
        let mut sittings = vec![Vec::new(); event.experts.len()];
        for sitting in schedule.sittings() {
            sittings[sitting.expert.index()].push(sitting);
        }
        Seating { event, schedule, seats: schedule.by_mentee(event), sittings }
    }

    /// Each mentee with their seats by round.
    fn by_mentee(&self) -> impl Iterator<Item = (MenteeIx, &[Seat])> {
        self.event.mentee_ixs().zip(self.seats.iter().map(Vec::as_slice))
    }

    /// Each expert with their sittings by round.
    fn by_expert(&self) -> impl Iterator<Item = (ExpertIx, &[Sitting<'a>])> {
        self.event.expert_ixs().zip(self.sittings.iter().map(Vec::as_slice))
    }

    /// The seats of one mentee by round.
    fn of_mentee(&self, m: MenteeIx) -> &[Seat] {
        &self.seats[m.index()]
    }
}

/// The people of a sitting, each once, even where somebody has two seats in it.
fn group(sitting: &Sitting) -> Vec<MenteeIx> {
    let mut group: Vec<_> = sitting.seats.iter().map(|s| s.mentee).collect();
    group.dedup();
    group
}

impl Breach {
    fn new(rule: Rule, found: usize, allowed: u32) -> Self {
        let (found, allowed) = (found as i64, i64::from(allowed));
        Breach { rule, round: None, experts: Vec::new(), mentees: Vec::new(), found, allowed }
    }

    fn in_round(mut self, round: RoundIx) -> Self {
        self.round = Some(round);
        self
    }

    fn of_experts(mut self, experts: impl IntoIterator<Item = ExpertIx>) -> Self {
        self.experts = sorted(experts);
        self
    }

    fn of_mentees(mut self, mentees: impl IntoIterator<Item = MenteeIx>) -> Self {
        self.mentees = sorted(mentees);
        self
    }
}

fn sorted<T: Ord>(people: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut people: Vec<T> = people.into_iter().collect();
    people.sort_unstable();
    people.dedup();
    people
}
