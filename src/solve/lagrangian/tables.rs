//! The relaxed problem of the tables: each table in each round has a topic and the people worth most to it, whoever
//! they are and wherever else they sit.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rows::Rows;
use super::{FREE, SCALE};
use crate::domain::{Event, ExpertIx, MenteeIx, RoomIx, RoundIx, TopicIx};
use crate::pairs::Pairs;

/// What a seat is to the priorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Other,
    Choice,
    First,
}

/// A mentee who could sit at a table about a topic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guest {
    pub(super) mentee: MenteeIx,
    pub(super) score: i32,
    pub(super) kind: Kind,
    pub(super) avoided: bool,
    /// Whether `variety` counts the seat.
    pub(super) counted: bool,
}

/// Who could sit with an expert about a topic.
#[derive(Debug)]
struct Talk {
    expert: ExpertIx,
    topic: Option<TopicIx>,
    guests: Vec<Guest>,
    /// Positions of the expert's first cell in the list of cells, and how many.
    cells: Range<usize>,
}

/// A table in a round.
#[derive(Debug)]
struct Cell {
    round: RoundIx,
    capacity: usize,
    smallest: usize,
    /// What the best group is worth; `None` where none can sit here.
    worth: Option<i128>,
    /// Position of what the best group talks about, and positions among its guests.
    talk: usize,
    group: Vec<u32>,
}

/// All tables in all rounds.
#[derive(Debug)]
pub(super) struct Tables {
    talks: Vec<Talk>,
    cells: Vec<Cell>,
    /// Cells of which at most so many open; disjoint.
    limits: Vec<(Vec<usize>, usize)>,
    every_round: bool,
    /// Scratch: what each guest of a talk is worth but for the round, and who is worth something in one.
    worths: Vec<i64>,
    picks: Vec<(i64, u32)>,
    /// Rounds × mentees: the price of a seat, beyond anything where the mentee is away.
    prices: Vec<i64>,
}

impl Tables {
    /// The tables of an event; `None` when its scores are too large for the arithmetic.
    pub(super) fn new(pairs: &Pairs, every_round: bool) -> Option<Self> {
        let event = pairs.event();
        let (mut talks, mut cells) = (Vec::new(), Vec::new());
        for e in event.expert_ixs() {
            let expert = event.expert(e);
            let first = cells.len();
            cells.extend(expert.open_rounds().iter().map(|round| Cell {
                round,
                capacity: expert.capacity_in(round) as usize,
                smallest: expert.smallest_group.max(1) as usize,
                worth: None,
                talk: 0,
                group: Vec::new(),
            }));
            for topic in event.sitting_topics(e) {
                talks.push(Talk { expert: e, topic, guests: guests(pairs, e, topic)?, cells: first..cells.len() });
            }
        }
        let limits = if every_round { Vec::new() } else { limits(event, &talks, &cells) };
        let (worths, picks, prices) = (Vec::new(), Vec::new(), vec![FREE; event.rounds.len() * event.mentees.len()]);
        Some(Tables { talks, cells, limits, every_round, worths, picks, prices })
    }

    /// All guests of all tables.
    pub(super) fn guests(&self) -> impl Iterator<Item = &Guest> {
        self.talks.iter().flat_map(|talk| &talk.guests)
    }

    /// How many guests are looked at in a pass.
    pub(super) fn looks(&self) -> u64 {
        self.talks.iter().map(|talk| (talk.guests.len() * talk.cells.len()) as u64).sum()
    }

    /// The most that the tables are worth at these multipliers; takes what they use from the slack of each row.
    pub(super) fn solve(&mut self, event: &Event, rows: &Rows, multipliers: &[i64], slack: &mut [i64]) -> i128 {
        for m in event.mentee_ixs() {
            for r in event.mentee(m).present.iter() {
                let row = rows.seat_a_round(r, m);
                self.prices[row] = multipliers[row];
            }
        }
        self.cells.iter_mut().for_each(|cell| cell.worth = None);
        let bonuses = Bonuses::new(event, rows, multipliers);
        for talk in 0..self.talks.len() {
            self.fill(talk, event.mentees.len(), rows, multipliers, &bonuses);
        }
        self.open(rows, slack)
    }

    /// The best groups about one topic of one expert.
    fn fill(&mut self, talk: usize, mentees: usize, rows: &Rows, multipliers: &[i64], bonuses: &Bonuses) {
        let Talk { expert, topic, guests, cells } = &self.talks[talk];
        let worth = |guest: &Guest| {
            let meet_once = multipliers[rows.meet_once(*expert, guest.mentee)];
            let again = if guest.counted { topic.and_then(|t| rows.topic(t, guest.mentee)) } else { None };
            let courtesy = if guest.avoided { bonuses.courtesy } else { 0 };
            let bonus = bonuses.by_kind[guest.kind as usize][guest.mentee.index()];
            i64::from(guest.score) * SCALE + bonus - meet_once - courtesy - again.map_or(0, |row| multipliers[row])
        };
        self.worths.clear();
        self.worths.extend(guests.iter().map(worth));
        for cell in &mut self.cells[cells.clone()] {
            let prices = &self.prices[cell.round.index() * mentees..][..mentees];
            let net = |(guest, worth): (&Guest, &i64)| worth - prices[guest.mentee.index()];
            let nets = || (0..).zip(guests.iter().zip(&self.worths)).map(|(i, guest)| (net(guest), i));
            best_of(nets().filter(|&(net, _)| net > 0), cell.capacity, &mut self.picks);
            if self.picks.len() < cell.smallest {
                best_of(nets().filter(|&(net, _)| net > -FREE / 2), cell.smallest, &mut self.picks);
            }
            let worth: i128 = self.picks.iter().map(|&(net, _)| i128::from(net)).sum();
            if self.picks.len() >= cell.smallest && cell.worth.is_none_or(|best| worth > best) {
                (cell.worth, cell.talk) = (Some(worth), talk);
                cell.group.clear();
                cell.group.extend(self.picks.iter().map(|&(_, i)| i));
            }
        }
    }

    /// Opens the tables that are worth it.
    fn open(&mut self, rows: &Rows, slack: &mut [i64]) -> i128 {
        let worth = |cells: &[Cell], i: usize| cells[i].worth.unwrap_or(0);
        for (among, most) in &mut self.limits {
            among.sort_by_key(|&i| (std::cmp::Reverse(worth(&self.cells, i)), i));
            among.iter().skip(*most).for_each(|&i| self.cells[i].worth = None);
        }
        let (mut total, courtesies) = (0, rows.courtesies());
        for cell in &self.cells {
            let Some(worth) = cell.worth.filter(|&worth| worth > 0 || self.every_round) else { continue };
            total += worth;
            let Talk { expert, topic, guests, .. } = &self.talks[cell.talk];
            for &i in &cell.group {
                let guest = &guests[i as usize];
                let m = guest.mentee;
                slack[rows.seat_a_round(cell.round, m)] -= 1;
                slack[rows.meet_once(*expert, m)] -= 1;
                slack[rows.seats(m)] += 1;
                let counted = if guest.counted { topic.and_then(|t| rows.topic(t, m)) } else { None };
                let courtesy = courtesies.filter(|_| guest.avoided);
                let choice = if guest.kind == Kind::Other { None } else { rows.choices(m) };
                let first = if guest.kind == Kind::First { rows.first(m) } else { None };
                [counted, courtesy].into_iter().flatten().for_each(|row| slack[row] -= 1);
                [choice, first].into_iter().flatten().for_each(|row| slack[row] += 1);
            }
        }
        total
    }
}

/// What multipliers add to a seat by its kind and mentee, and take from one of a pair to avoid.
struct Bonuses {
    by_kind: [Vec<i64>; 3],
    courtesy: i64,
}

impl Bonuses {
    fn new(event: &Event, rows: &Rows, multipliers: &[i64]) -> Self {
        let of = |row: Option<usize>| row.map_or(0, |row| multipliers[row]);
        let other: Vec<i64> = event.mentee_ixs().map(|m| multipliers[rows.seats(m)]).collect();
        let choice: Vec<i64> = event.mentee_ixs().zip(&other).map(|(m, bonus)| bonus + of(rows.choices(m))).collect();
        let first = event.mentee_ixs().zip(&choice).map(|(m, bonus)| bonus + of(rows.first(m))).collect();
        Bonuses { by_kind: [other, choice, first], courtesy: of(rows.courtesies()) }
    }
}

/// The best `most` of some picks, in any order.
fn best_of(all: impl Iterator<Item = (i64, u32)>, most: usize, picks: &mut Vec<(i64, u32)>) {
    picks.clear();
    let (room, mut least) = (2 * most + 8, i64::MIN);
    for pick in all {
        if pick.0 > least {
            picks.push(pick);
            if picks.len() == room {
                keep_best(picks, most);
                least = picks.iter().map(|pick| pick.0).min().unwrap_or(least);
            }
        }
    }
    keep_best(picks, most);
}

fn keep_best(picks: &mut Vec<(i64, u32)>, most: usize) {
    if picks.len() > most {
        picks.select_nth_unstable_by(most, |a, b| b.cmp(a));
        picks.truncate(most);
    }
}

fn guests(pairs: &Pairs, e: ExpertIx, topic: Option<TopicIx>) -> Option<Vec<Guest>> {
    let event = pairs.event();
    let guest = |m: MenteeIx| {
        let prospect = pairs.prospect(m, e, topic).ok()?;
        let kind = match prospect.rank {
            None => Kind::Other,
            Some(rank) if rank <= event.first_choices => Kind::First,
            Some(_) => Kind::Choice,
        };
        let counted = topic.is_some() && event.mentee(m).chose_expert(e).is_none();
        let score = i32::try_from(prospect.score).ok();
        Some(score.map(|score| Guest { mentee: m, score, kind, avoided: prospect.avoided, counted }))
    };
    event.mentee_ixs().filter(|&m| event.wanted(m) > 0).filter_map(guest).collect()
}

/// The tables of a room with too few of them, round by round; elsewhere the sittings of an expert with a load.
fn limits(event: &Event, talks: &[Talk], cells: &[Cell]) -> Vec<(Vec<usize>, usize)> {
    let mut by_room: BTreeMap<(RoundIx, RoomIx), Vec<usize>> = BTreeMap::new();
    let mut limits = Vec::new();
    for talks in talks.chunk_by(|a, b| a.expert == b.expert) {
        let Some(talk) = talks.first() else { continue };
        let expert = event.expert(talk.expert);
        let there = |room: RoomIx| event.experts.iter().filter(|e| e.room == Some(room)).count();
        let crowded =
            |room: RoomIx| event.rooms[room.index()].tables.is_some_and(|tables| there(room) > tables as usize);
        match expert.room.filter(|&room| crowded(room)) {
            Some(room) => {
                talk.cells.clone().for_each(|i| by_room.entry((cells[i].round, room)).or_default().push(i));
            }
            None => limits.push((talk.cells.clone().collect(), expert.most_sittings as usize)),
        }
    }
    let tables = |room: RoomIx| event.rooms[room.index()].tables.map_or(usize::MAX, |tables| tables as usize);
    limits.extend(by_room.into_iter().map(|((_, room), cells)| (cells, tables(room))));
    limits.retain(|(cells, most)| cells.len() > *most);
    limits
}
