//! What is certain of each round before anybody is seated: which tables can be open, and how many seats there are.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Request, RoundIx, Schedule};
use crate::pairs::Pairs;

/// A table that can be open in a round.
#[derive(Clone, Copy)]
pub struct Table {
    /// Whose.
    pub expert: ExpertIx,
    /// Most people at it in that round.
    pub capacity: usize,
    /// Fewest people at it when it is open.
    pub smallest: usize,
}

/// What is certain of a round that is not frozen.
pub struct Round {
    /// Which.
    pub round: RoundIx,
    /// The tables that can be open, though not all at once.
    pub tables: Vec<Table>,
    /// As many tables as can be open at once: no others have larger capacities. Descending.
    pub capacities: Vec<usize>,
    /// The mentees who can have a seat, ascending.
    pub people: Vec<MenteeIx>,
    /// Most seats.
    pub most: usize,
    /// Fewest seats.
    pub least: usize,
}

/// What is certain of the seats of an event.
pub struct Seating<'a> {
    /// Who can meet whom.
    pub pairs: &'a Pairs<'a>,
    /// Whether each expert has a sitting in every round when present.
    pub every_round: bool,
    /// The seats of frozen rounds.
    pub frozen: Schedule,
    /// The rounds that are not frozen, ascending.
    pub rounds: Vec<Round>,
    /// By mentee, fewest seats in rounds that are not frozen.
    pub least: Vec<usize>,
    /// Fewest seats in rounds that are not frozen.
    pub seats: usize,
    /// Whether there are exactly so many.
    pub exact: bool,
}

impl<'a> Seating<'a> {
    /// What is certain of every schedule that has the values of the levels `above`.
    pub fn new(pairs: &'a Pairs, every_round: bool, above: &[(Priority, Vec<i64>)]) -> Self {
        let event = pairs.event();
        let frozen = event.frozen.seats.iter().filter(|s| event.frozen.rounds.contains(s.round));
        let frozen = Schedule::new(frozen.copied().collect());
        let known = above.iter().find(|(priority, _)| *priority == Priority::Seats).map(|(_, value)| &value[..]);
        let least = fewest_seats(pairs, known, &frozen);
        let free = event.rounds_to_come();
        let mut rounds: Vec<Round> = free.iter().map(|r| Round::new(pairs, r)).collect();
        if every_round {
            rounds.iter_mut().for_each(|round| round.least = round.tables.iter().map(|t| t.smallest).sum());
        }
        let seats = match known {
            Some(&[seats, ..]) => (seats.max(0) as usize).saturating_sub(frozen.seats().len()),
            _ => least.iter().sum::<usize>().max(rounds.iter().map(|round| round.least).sum()),
        };
        // What other rounds cannot seat, a round must.
        let spare = rounds.iter().map(|round| round.most).sum::<usize>().saturating_sub(seats);
        rounds.iter_mut().for_each(|round| round.least = round.least.max(round.most.saturating_sub(spare)));
        Seating { pairs, every_round, frozen, rounds, least, seats, exact: known.is_some() }
    }

    /// The most seats of all rounds together, frozen ones among them.
    pub fn most(&self) -> usize {
        self.frozen.seats().len() + self.rounds.iter().map(|round| round.most).sum::<usize>()
    }

    /// The event.
    pub fn event(&self) -> &'a Event {
        self.pairs.event()
    }
}

/// For each mentee the fewest seats in rounds that are not frozen, given the value of `seats` where it is known.
fn fewest_seats(pairs: &Pairs, known: Option<&[i64]>, frozen: &Schedule) -> Vec<usize> {
    let event = pairs.event();
    let mut asked: BTreeMap<MenteeIx, BTreeSet<ExpertIx>> = BTreeMap::new();
    for request in &event.requests {
        if let Request::MustMeet(m, e) | Request::PinnedSeat(m, e, _) = *request {
            asked.entry(m).or_default().insert(e);
        }
    }
    let most: Vec<u32> = event.mentee_ixs().map(|m| most_seats(pairs, m)).collect();
    let can_all: i64 = most.iter().map(|&most| i64::from(most)).sum();
    let sure = |m: MenteeIx| i64::from(event.wanted(m)) - i64::from(most[m.index()]);
    let sure_squares: i64 = event.mentee_ixs().map(|m| sure(m).pow(2)).sum();
    let played = frozen.by_mentee(event);
    let fewest = |m: MenteeIx| {
        // Nobody sits out more than all together, nor more squared than all squared together, beyond what is sure.
        let by_value = match known {
            Some(&[seats, squares, ..]) => {
                let sit_outs = (squares - sure_squares + sure(m).pow(2)).max(0).isqrt();
                (i64::from(event.wanted(m)) - sit_outs).max(i64::from(most[m.index()]) - (can_all - seats))
            }
            _ => 0,
        };
        let by_request = asked.get(&m).map_or(0, BTreeSet::len);
        let fewest = by_request.max(event.mentee(m).least as usize).max(by_value.max(0) as usize);
        fewest.saturating_sub(played[m.index()].len())
    };
    event.mentee_ixs().map(fewest).collect()
}

/// The most seats that a mentee can have: as many as wanted, each with another expert.
pub fn most_seats(pairs: &Pairs, m: MenteeIx) -> u32 {
    let (event, wanted) = (pairs.event(), pairs.event().wanted(m));
    event.expert_ixs().filter(|&e| pairs.exclusion(m, e).is_none()).take(wanted as usize).count() as u32
}

impl Round {
    fn new(pairs: &Pairs, round: RoundIx) -> Self {
        let event = pairs.event();
        let open = event.expert_ixs().filter(|&e| event.expert(e).open_rounds().contains(round));
        let tables: Vec<Table> = open
            .map(|e| {
                let expert = event.expert(e);
                let (capacity, smallest) = (expert.capacity_in(round) as usize, expert.smallest_group.max(1) as usize);
                Table { expert: e, capacity, smallest }
            })
            .collect();
        let comes = |m: &MenteeIx| {
            event.mentee(*m).present.contains(round)
                && event.mentee(*m).most > 0
                && tables.iter().any(|table| pairs.exclusion(*m, table.expert).is_none())
        };
        let people: Vec<MenteeIx> = event.mentee_ixs().filter(comes).collect();
        let mut capacities: Vec<usize> = open_at_once(event, &tables).into_iter().map(|table| table.capacity).collect();
        capacities.sort_unstable_by(|a, b| b.cmp(a));
        let most = people.len().min(capacities.iter().sum());
        capacities.truncate(groups_of(most, &tables));
        let most = most.min(capacities.iter().sum());
        Round { round, tables, capacities, people, most, least: 0 }
    }
}

/// In each room as many tables as can be open at once, those of the largest capacities.
pub fn open_at_once(event: &Event, tables: &[Table]) -> Vec<Table> {
    let mut by_room: BTreeMap<_, Vec<Table>> = BTreeMap::new();
    for table in tables {
        by_room.entry(event.expert(table.expert).room).or_default().push(*table);
    }
    for (room, tables) in &mut by_room {
        tables.sort_by_key(|table| (std::cmp::Reverse(table.capacity), table.expert));
        if let Some(most) = room.and_then(|room| event.rooms[room.index()].tables) {
            tables.truncate(most as usize);
        }
    }
    by_room.into_values().flatten().collect()
}

/// The most tables at which so many people make groups that are large enough.
fn groups_of(mut people: usize, tables: &[Table]) -> usize {
    let mut smallest: Vec<usize> = tables.iter().map(|table| table.smallest).collect();
    smallest.sort_unstable();
    let fits = |&smallest: &usize| people.checked_sub(smallest).map(|left| people = left).is_some();
    smallest.into_iter().take_while(fits).count()
}
