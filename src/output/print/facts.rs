//! What the pieces of the kit look up in an event and its schedule, prepared once and fit to be printed.

use std::ops::Range;

use chrono::TimeDelta;

use super::surname::{key, surname, within};
use super::wording::{about, clock, date, shown};
use super::{Kit, Owner};
use crate::domain::{Event, Expert, ExpertIx, Labels, MenteeIx, Round, RoundIx, Seat};

/// An event and its schedule as the pieces read them.
pub(super) struct Facts<'a> {
    pub kit: &'a Kit<'a>,
    pub event: &'a Event,
    pub labels: &'a Labels,
    /// By round.
    pub times: Vec<Time>,
    /// By expert, then round; empty where there is no sitting.
    groups: Vec<Vec<&'a [Seat]>>,
    /// By mentee, ascending by round.
    seats: Vec<Vec<Seat>>,
    /// By mentee, ascending.
    sit_outs: Vec<Vec<RoundIx>>,
}

/// When a round is.
pub(super) struct Time {
    /// Such as `Round 1`.
    pub title: String,
    /// The clock at its start.
    pub start: String,
    /// The clock at its end.
    pub end: String,
    /// The date, of the first round of each day of an event of several.
    pub new_day: Option<String>,
}

/// A break on somebody's way.
pub(super) struct Pause {
    /// What it is called.
    pub label: String,
    /// The clock at its start.
    pub start: String,
    /// The clock at its end.
    pub end: String,
    /// How long, such as `15 min`.
    pub length: String,
}

impl<'a> Facts<'a> {
    pub fn new(kit: &'a Kit<'a>) -> Self {
        let (event, schedule) = (kit.event, kit.schedule);
        let mut groups = vec![vec![&[][..]; event.rounds.len()]; event.experts.len()];
        schedule.sittings().for_each(|s| groups[s.expert.index()][s.round.index()] = s.seats);
        let mut sit_outs = vec![Vec::new(); event.mentees.len()];
        schedule.sit_outs(event).into_iter().for_each(|(m, r)| sit_outs[m.index()].push(r));
        let seats = schedule.by_mentee(event);
        Facts { kit, event, labels: &event.text.labels, times: times(event), groups, seats, sit_outs }
    }

    /// When a round is.
    pub fn time(&self, r: RoundIx) -> &Time {
        &self.times[r.index()]
    }

    /// The group of an expert in a round; nobody where there is no sitting.
    pub fn group(&self, e: ExpertIx, r: RoundIx) -> &'a [Seat] {
        self.groups[e.index()][r.index()]
    }

    /// The seats of a mentee by round.
    pub fn seats(&self, m: MenteeIx) -> &[Seat] {
        &self.seats[m.index()]
    }

    /// The rounds that a mentee sits out.
    pub fn sit_outs(&self, m: MenteeIx) -> &[RoundIx] {
        &self.sit_outs[m.index()]
    }

    /// The topic of a group.
    pub fn topic(&self, group: &[Seat]) -> String {
        group.first().and_then(|seat| seat.topic).map(|t| shown(self.event.topic(t))).unwrap_or_default()
    }

    /// The room of an expert, where there are several to choose from.
    pub fn room(&self, expert: &Expert) -> String {
        let room = expert.room.filter(|_| self.event.rooms.len() > 1);
        room.map(|room| shown(&self.event.rooms[room.index()].name)).unwrap_or_default()
    }

    /// The table of an expert, with its room where there are several.
    pub fn place(&self, expert: &Expert) -> String {
        let room = self.room(expert);
        if room.is_empty() { shown(&expert.table) } else { format!("{} · {room}", shown(&expert.table)) }
    }

    /// The break after a round.
    pub fn pause(&self, after: RoundIx) -> Option<Pause> {
        let text = &self.event.text;
        let found = self.event.breaks.iter().find(|pause| pause.after == after)?;
        let start = self.event.rounds[after.index()].end;
        let end = start + TimeDelta::minutes(found.minutes.into());
        Some(Pause {
            label: found.label.as_deref().map_or_else(|| self.labels.pause.clone(), shown),
            start: clock(text, start),
            end: clock(text, end),
            length: about(&self.labels.minutes, found.minutes),
        })
    }

    /// The experts whose pieces of a kind are printed, by table as people count them.
    pub fn experts(&self, wanted: impl Fn(Owner) -> bool) -> Vec<ExpertIx> {
        let mut experts: Vec<_> = self.event.expert_ixs().filter(|&e| wanted(Owner::Expert(e))).collect();
        experts.sort_by_cached_key(|&e| crate::output::views::natural(&self.event.expert(e).table));
        experts
    }

    /// The date of a round, in an event of several days.
    pub fn day(&self, r: RoundIx) -> Option<String> {
        let several = self.times.iter().any(|time| time.new_day.is_some());
        several.then(|| date(&self.event.text, self.event.rounds[r.index()].start))
    }

    /// The clock at the start of a round, after its date in an event of several days.
    pub fn moment(&self, r: RoundIx) -> String {
        let start = &self.time(r).start;
        self.day(r).map_or_else(|| start.clone(), |day| format!("{day}, {start}"))
    }

    /// Somebody's name; of an address in its place what stands before the host, so that the card is somebody's.
    pub fn name(&self, owner: Owner) -> String {
        let name = match owner {
            Owner::Expert(e) => &self.event.expert(e).name,
            Owner::Mentee(m) => &self.event.mentee(m).name,
        };
        let shown = shown(name);
        if shown.contains(char::is_alphanumeric) { shown } else { self::shown(name.split('@').next().unwrap_or(name)) }
    }

    /// Somebody's organization, as they wrote it.
    pub fn affiliation(&self, owner: Owner) -> String {
        let affiliation = match owner {
            Owner::Expert(e) => &self.event.expert(e).affiliation,
            Owner::Mentee(m) => &self.event.mentee(m).affiliation,
        };
        affiliation.as_deref().map(shown).unwrap_or_default()
    }

    /// Where somebody's surname is within their name.
    pub fn surname(&self, owner: Owner) -> Range<usize> {
        let own = match owner {
            Owner::Expert(e) => &self.event.expert(e).surname,
            Owner::Mentee(m) => &self.event.mentee(m).surname,
        };
        let name = self.name(owner);
        own.as_deref().and_then(|own| within(&name, &shown(own))).unwrap_or_else(|| surname(&name))
    }

    /// By what people are sorted: the surname, then the name, then who they are.
    pub fn order(&self, owner: Owner) -> (String, String, Owner) {
        let name = self.name(owner);
        (key(&name[self.surname(owner)]), key(&name), owner)
    }

    /// The line at the foot of cards: the event and the revision of the plan.
    pub fn foot(&self) -> String {
        let plan = about(&self.labels.plan, self.kit.revision);
        format!("{} · {plan}", shown(&self.event.name)).trim_end_matches(" · ").to_owned()
    }

    /// The day of an event of one, else the first and the last.
    pub fn days(&self) -> String {
        let date_of = |round: &Round| date(&self.event.text, round.start);
        let first = self.event.rounds.first().map(date_of).unwrap_or_default();
        let last = self.event.rounds.last().map(date_of).unwrap_or_default();
        if first == last { first } else { format!("{first} – {last}") }
    }
}

fn times(event: &Event) -> Vec<Time> {
    let day = |round: &Round| round.start.date_naive();
    let several = event.rounds.iter().any(|round| event.rounds.first().map(day) != Some(day(round)));
    let time = |(r, round): (RoundIx, &Round)| Time {
        title: about(&event.text.labels.round, r.number()),
        start: clock(&event.text, round.start),
        end: clock(&event.text, round.end),
        new_day: several.then(|| date(&event.text, round.start)),
    };
    let mut times: Vec<Time> = event.round_ixs().zip(&event.rounds).map(time).collect();
    keep_new(times.iter_mut().map(|time| &mut time.new_day));
    times
}

/// Takes away the dates that stand above already.
pub(super) fn keep_new<'a>(days: impl Iterator<Item = &'a mut Option<String>>) {
    let mut above = None;
    for day in days.filter(|day| day.is_some()) {
        if *day == above {
            *day = None;
        } else {
            above.clone_from(day);
        }
    }
}
