//! Whom a neighbourhood seats anew, and in which rounds.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Event, ExpertIx, MenteeIx, RoundIx, Schedule, Seat, TopicIx};
use crate::solve::models::neighbourhoods::Position;
use crate::solve::random::Random;

/// Seats that could be another's, each as somebody's in a round.
type Seats = BTreeSet<(MenteeIx, RoundIx)>;

/// A kind of neighbourhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole days of some people.
    Days,
    /// Some people in two or three rounds.
    Rounds,
    /// Some tables in two to five rounds, with those who have no seat in them.
    Tables,
    /// Whole days of many people at the sittings that there are, while some tables may change.
    Sittings,
    /// What schedule and relaxation differ about, and whole days of some people.
    Guided,
    /// Whole days of some people, most of them with another card than in the standing plan, and of more of these the
    /// tables at which they sit or sat.
    Cards,
}

/// People whose days are free at the sittings that there are: so many seats.
const SEATS_AT_SITTINGS: usize = 120;

impl Kind {
    /// Each of them, in order.
    pub(super) const ALL: [Kind; 6] =
        [Kind::Days, Kind::Rounds, Kind::Tables, Kind::Sittings, Kind::Guided, Kind::Cards];

    /// The size of the first neighbourhood: seats, or tables that may change, each round's for itself.
    pub(super) fn first_size(self) -> f64 {
        if matches!(self, Kind::Sittings) { 4.0 } else { 40.0 }
    }

    /// The size that is not fallen short of.
    pub(super) fn least_size(self) -> f64 {
        if matches!(self, Kind::Sittings) { 1.0 } else { 10.0 }
    }

    /// The size of the whole model.
    pub(super) fn whole(self, Ground { event, rounds, .. }: &Ground) -> usize {
        rounds.len() * if matches!(self, Kind::Sittings) { event.experts.len() } else { event.mentees.len() }
    }
}

/// What is decided anew.
pub(super) struct Freed {
    seats: Seats,
    /// The sittings that there may be; any when there is no list.
    sittings: Option<BTreeSet<(ExpertIx, RoundIx, Option<TopicIx>)>>,
    /// Seats beside these.
    astray: BTreeSet<Seat>,
}

impl Freed {
    /// These seats and no others.
    pub(super) fn of(seats: BTreeSet<Seat>) -> Self {
        Freed { seats: Seats::new(), sittings: None, astray: seats }
    }

    /// These seats, and whoever is meant by one may sit anywhere in its round.
    pub(super) fn around(seats: BTreeSet<Seat>) -> Self {
        Freed { seats: seats.iter().map(|seat| (seat.mentee, seat.round)).collect(), sittings: None, astray: seats }
    }

    /// Whether somebody may take a seat or leave it.
    pub(super) fn contains(&self, seat: &Seat) -> bool {
        let may_be = |sittings: &BTreeSet<_>| sittings.contains(&(seat.expert, seat.round, seat.topic));
        self.seats.contains(&(seat.mentee, seat.round)) && self.sittings.as_ref().is_none_or(may_be)
            || self.astray.contains(seat)
    }
}

/// What neighbourhoods are chosen by.
pub(super) struct Ground<'a> {
    pub(super) event: &'a Event,
    /// The schedule at hand.
    pub(super) schedule: Schedule,
    pub(super) standing: Option<&'a Schedule>,
    /// Rounds that are not played yet.
    pub(super) rounds: Vec<RoundIx>,
}

impl<'a> Ground<'a> {
    /// That of a position.
    pub(super) fn of(position: &Position<'a>) -> Self {
        let model = &position.model;
        Ground {
            event: model.event,
            schedule: position.schedule(),
            standing: model.standing,
            rounds: model.event.rounds_to_come().iter().collect(),
        }
    }
}

/// A neighbourhood of about that size, by chance.
pub(super) fn some(kind: Kind, ground: &Ground, size: usize, astray: BTreeSet<Seat>, random: &mut Random) -> Freed {
    let Ground { event, schedule, rounds, .. } = ground;
    let mut part = |least, range| {
        let count: usize = least + random.below(range);
        shuffled(rounds, random).into_iter().take(count).collect::<Vec<_>>()
    };
    let seats = match kind {
        Kind::Days | Kind::Guided => people(event, rounds, size, random),
        Kind::Cards => return on_chains(ground, size, random),
        Kind::Rounds => people(event, &part(2, 2), size, random),
        Kind::Tables => tables(event, schedule, &part(2, 4), size, random),
        Kind::Sittings => people(event, rounds, SEATS_AT_SITTINGS, random),
    };
    let seats = with_companies(event, rounds, seats);
    let sittings = matches!(kind, Kind::Sittings).then(|| sittings(event, schedule, rounds, size, random));
    Freed { seats, sittings, astray }
}

/// These, and of everybody who is kept together with one of them in a round the seat there: alone nobody of such a
/// company can change seats.
fn with_companies(event: &Event, rounds: &[RoundIx], mut seats: Seats) -> Seats {
    for &r in rounds {
        for company in event.companies(r) {
            if company.iter().any(|&m| seats.contains(&(m, r))) {
                seats.extend(company.into_iter().map(|m| (m, r)));
            }
        }
    }
    seats
}

/// Those that there are, and whatever there could be at some tables.
fn sittings(
    event: &Event,
    schedule: &Schedule,
    rounds: &[RoundIx],
    changing: usize,
    random: &mut Random,
) -> BTreeSet<(ExpertIx, RoundIx, Option<TopicIx>)> {
    let tables: Vec<_> = event.expert_ixs().flat_map(|e| rounds.iter().map(move |&r| (e, r))).collect();
    let changing = shuffled(&tables, random).into_iter().take(changing);
    let any = changing.flat_map(|(e, r)| event.sitting_topics(e).into_iter().map(move |topic| (e, r, topic)));
    schedule.seats().iter().map(|seat| (seat.expert, seat.round, seat.topic)).chain(any).collect()
}

fn people(event: &Event, rounds: &[RoundIx], size: usize, random: &mut Random) -> Seats {
    let mut freed = Seats::new();
    for m in shuffled(&event.mentee_ixs().collect::<Vec<_>>(), random) {
        if freed.len() >= size {
            break;
        }
        freed.extend(rounds.iter().map(|&r| (m, r)));
    }
    freed
}

/// People with another card than in the standing plan, whoever sits in their old seats, and so on: some of them may sit
/// anywhere, as may a tenth as many others, and more of them at the tables at which they sit or sat, in any round.
fn on_chains(ground: &Ground, size: usize, random: &mut Random) -> Freed {
    let Ground { event, schedule, standing, rounds } = ground;
    let before: BTreeSet<Seat> = standing.iter().flat_map(|plan| plan.seats()).copied().collect();
    let now: BTreeSet<Seat> = schedule.seats().iter().copied().collect();
    let differ: BTreeSet<Seat> = before.symmetric_difference(&now).copied().collect();
    let chained = chained(&differ, &before, random);
    let most = size * random.below(3) / 2;
    let count = most * 9 / 10 / rounds.len().max(1);
    let others = shuffled(&event.mentee_ixs().collect::<Vec<_>>(), random);
    let mut seats = Seats::new();
    for &m in chained.iter().take(count).chain(&others) {
        if seats.len() >= most {
            break;
        }
        seats.extend(rounds.iter().map(|&r| (m, r)));
    }
    let at_own = (size - most) / rounds.len().max(1);
    let at_own: BTreeSet<MenteeIx> = chained.iter().skip(count).take(at_own).copied().collect();
    let own = before.iter().chain(&now).filter(|seat| at_own.contains(&seat.mentee));
    let astray = own.flat_map(|&seat| rounds.iter().map(move |&round| Seat { round, ..seat })).collect();
    Freed { seats: with_companies(event, rounds, seats), sittings: None, astray }
}

/// All whose seats differ from those before, each after somebody in whose old seat they sit, as far as that goes.
fn chained(differ: &BTreeSet<Seat>, before: &BTreeSet<Seat>, random: &mut Random) -> Vec<MenteeIx> {
    let mut newcomers: BTreeMap<(ExpertIx, RoundIx), Vec<MenteeIx>> = BTreeMap::new();
    let mut old_tables: BTreeMap<MenteeIx, Vec<(ExpertIx, RoundIx)>> = BTreeMap::new();
    for seat in differ {
        let own = old_tables.entry(seat.mentee).or_default();
        match before.contains(seat) {
            true => own.push((seat.expert, seat.round)),
            false => newcomers.entry((seat.expert, seat.round)).or_default().push(seat.mentee),
        }
    }
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for start in shuffled(&old_tables.keys().copied().collect::<Vec<_>>(), random) {
        let mut next = vec![start];
        while !next.is_empty() {
            let m = next.swap_remove(random.below(next.len()));
            if seen.insert(m) {
                found.push(m);
                let tables = old_tables.get(&m).into_iter().flatten();
                next.extend(tables.filter_map(|table| newcomers.get(table)).flatten());
            }
        }
    }
    found
}

/// At most half of them are people without a seat.
fn tables(event: &Event, schedule: &Schedule, rounds: &[RoundIx], size: usize, random: &mut Random) -> Seats {
    let seated: Seats = schedule.seats().iter().map(|seat| (seat.mentee, seat.round)).collect();
    let all = rounds.iter().flat_map(|&r| event.mentee_ixs().map(move |m| (m, r)));
    let idle: Vec<_> = all.filter(|seat| !seated.contains(seat)).collect();
    let mut freed: Seats = shuffled(&idle, random).into_iter().take(size / 2).collect();
    for e in shuffled(&event.expert_ixs().collect::<Vec<_>>(), random) {
        if freed.len() >= size {
            break;
        }
        let at_table = schedule.seats().iter().filter(|seat| seat.expert == e && rounds.contains(&seat.round));
        freed.extend(at_table.map(|seat| (seat.mentee, seat.round)));
    }
    freed
}

/// All of them in an order by chance.
pub(super) fn shuffled<T: Copy>(all: &[T], random: &mut Random) -> Vec<T> {
    let mut left = all.to_vec();
    let mut shuffled = Vec::with_capacity(left.len());
    while !left.is_empty() {
        shuffled.push(left.swap_remove(random.below(left.len())));
    }
    shuffled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::models::tests::event;

    #[test]
    fn who_are_kept_together_are_seated_anew_together_in_neighbourhoods_of_every_kind() {
        let event = event();
        let rounds: Vec<RoundIx> = event.round_ixs().collect();
        let company = event.companies(rounds[0]).concat();
        let nobody = Schedule::default();
        let ground = Ground { event: &event, schedule: nobody.clone(), standing: Some(&nobody), rounds };
        let mut random = Random::new(0);
        for kind in Kind::ALL {
            let mut together = 0;
            for size in 1..=2 * kind.whole(&ground) {
                let Freed { seats, .. } = some(kind, &ground, size, BTreeSet::new(), &mut random);
                for &r in &ground.rounds {
                    let free = company.iter().filter(|&&m| seats.contains(&(m, r))).count();
                    assert!(free == 0 || free == company.len(), "{kind:?} {size}");
                    together += free;
                }
            }
            assert!(together > 0, "{kind:?}");
        }
    }
}
