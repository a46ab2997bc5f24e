//! Betters `new-faces` and `even-tables` of a rotation without touching what any seat is worth.
//!
//! A move exchanges two rounds for a chain of mentees (a Kempe chain): each of them keeps both meetings and swaps
//! their rounds. Where the chain closes, every table keeps its sizes; where it does not, the tables at its ends
//! get one more in one round and one less in the other. Or two mentees at tables of one topic change places, where
//! the two experts are alike to both of them.

mod chains;
mod changes;
mod tables;

use std::collections::{BTreeSet, HashSet};

use super::random::Random;
use super::{Options, Progress};
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Request, RoundIx, Schedule, Seat};
use crate::pairs::Pairs;

pub use chains::Way;
pub use tables::{Cost, Tables};

/// One in so many steps that make things worse by one is taken.
const DETOUR: usize = 60;

/// After so many tries without a better plan, detours are taken back.
const PATIENCE: u64 = 4_000;

/// With more seats than this, going straight on is all that the steps suffice for.
const DETOUR_SEATS: usize = 2_000;

/// Tried moves × seats² that mixing may take: small events get all the steps there are, large ones stay quick.
const WORK: u64 = 12_000_000_000;

/// Improves a rotation by at most `options.steps` tried moves; every seat keeps its topic and what it is worth, and
/// its pair where the pair was asked for or stands in the standing plan. The rounds must be alike. Returns the steps
/// used.
pub fn mix(pairs: &Pairs, schedule: &Schedule, every_round: bool, options: &Options) -> (Schedule, u64) {
    let mut mixer = Mixer::new(pairs, schedule, every_round, options);
    let used = mixer.run(steps(options, schedule), options);
    (mixer.tables.schedule(), used)
}

/// How many moves may be tried.
pub fn steps(options: &Options, schedule: &Schedule) -> u64 {
    let seats = schedule.seats().len() as u64;
    options.steps.min((WORK / (seats * seats).max(1)).max(seats))
}

struct Mixer<'a> {
    pairs: &'a Pairs<'a>,
    event: &'a Event,
    /// Pairs that were asked for or stand in the standing plan.
    held: HashSet<(MenteeIx, ExpertIx)>,
    tables: Tables<'a>,
    /// Whether steps back are taken.
    detours: bool,
    random: Random,
}

impl<'a> Mixer<'a> {
    fn new(pairs: &'a Pairs<'a>, schedule: &Schedule, every_round: bool, options: &Options) -> Self {
        let event = pairs.event();
        let asked_for = event.requests.iter().filter_map(|request| match *request {
            Request::MustMeet(m, e) => Some((m, e)),
            _ => None,
        });
        let standing = options.standing.iter().flat_map(|plan| plan.seats()).map(|s| (s.mentee, s.expert));
        let mut tables = Tables::new(event, every_round, None);
        tables.seat_all(schedule.seats());
        Mixer {
            pairs,
            event,
            held: asked_for.chain(standing).collect(),
            tables,
            detours: schedule.seats().len() <= DETOUR_SEATS,
            random: Random::new(options.seed),
        }
    }

    /// Sweeps over what is wrong until nothing is or the steps are used up; goes back to the best at the end, and
    /// when detours led nowhere.
    fn run(&mut self, steps: u64, &Options { stop, progress, .. }: &Options) -> u64 {
        let (mut used, mut since_best) = (0, 0);
        let mut best = (self.tables.cost(), self.tables.schedule());
        while used < steps && best.0.iter().any(|&c| c > 0) && !stop() {
            self.tell(best.0, used, progress);
            for (mentee, round) in wrong_seats(&self.tables) {
                if used >= steps || stop() {
                    break;
                }
                (used, since_best) = (used + 1, since_best + 1);
                self.try_one(mentee, round);
                if self.detours {
                    let mentee = MenteeIx::new(self.random.below(self.event.mentees.len()));
                    let round = RoundIx::new(self.random.below(self.event.rounds.len()));
                    self.try_one(mentee, round);
                }
            }
            (used, since_best) = (used + 1, since_best + 1);
            let cost = self.tables.cost();
            if cost < best.0 {
                best = (cost, self.tables.schedule());
                since_best = 0;
            } else if self.detours && since_best > PATIENCE {
                self.tables.seat_all(best.1.seats());
                since_best = 0;
            }
        }
        self.tables.seat_all(best.1.seats());
        used
    }

    /// Tells of the first level that could still be better.
    fn tell(&self, best: Cost, steps: u64, progress: &dyn Fn(&Progress)) {
        let levels = self.tables.levels.iter().zip(best);
        for (&priority, value) in levels.filter(|&(_, value)| value > 0).take(1) {
            progress(&Progress { priority, best: Some(vec![value]), bound: Some(vec![0]), steps });
        }
    }

    fn try_one(&mut self, mentee: MenteeIx, round: RoundIx) {
        if self.random.below(3) == 0 {
            self.try_places(mentee, round);
        } else {
            self.try_rounds(mentee, round);
        }
    }

    /// Lets the mentee change places with somebody at another table of the topic, where that is alike to both; takes
    /// it back when it makes things worse.
    fn try_places(&mut self, a: MenteeIx, round: RoundIx) {
        let Some(seat_a) = self.tables.seat(a, round) else { return };
        let to = ExpertIx::new(self.random.below(self.event.experts.len()));
        let group = self.tables.group(to, round);
        let Some(&b) = group.get(self.random.below(group.len().max(1))) else { return };
        let Some(seat_b) = self.tables.seat(b, round) else { return };
        let alike = self.could_change(seat_a, to) && self.could_change(seat_b, seat_a.expert);
        if !alike {
            return;
        }
        let before = self.tables.cost();
        self.tables.change_places(seat_a, seat_b);
        let after = self.tables.cost();
        if after > before && !self.is_detour(&before, &after) {
            let (a, b) = (Seat { expert: seat_b.expert, ..seat_a }, Seat { expert: seat_a.expert, ..seat_b });
            self.tables.change_places(a, b);
        }
    }

    fn could_change(&self, seat: Seat, other: ExpertIx) -> bool {
        !self.held.contains(&(seat.mentee, seat.expert)) && could_as_well(self.pairs, &self.tables, seat, other)
    }

    /// Moves the mentee's meeting of `round` to another round, with the chain that this takes; takes it back when
    /// it makes things worse.
    fn try_rounds(&mut self, mentee: MenteeIx, round: RoundIx) {
        let other = RoundIx::new(self.random.below(self.event.rounds.len()));
        let Some(chain) = self.chain(mentee, round, other) else { return };
        let cells = cells(&self.tables, &chain, round, other);
        let before = self.tables.cost();
        self.tables.exchange(&chain, round, other);
        let after = self.tables.cost();
        let accepted = after <= before || self.is_detour(&before, &after);
        if !accepted || !cells.iter().all(|&(e, r)| self.tables.fits(e, r)) {
            self.tables.exchange(&chain, round, other);
        }
    }

    /// Now and then a step that makes the first of what counts worse by one is taken, to leave a dead end.
    fn is_detour(&mut self, before: &Cost, after: &Cost) -> bool {
        self.detours && after[0] - before[0] <= 1 && self.random.below(DETOUR) == 0
    }

    /// Mentees who exchange rounds `a` and `b`, beginning with `start`: the shortest chain that closes, or, now and
    /// then, one that does not.
    fn chain(&mut self, start: MenteeIx, a: RoundIx, b: RoundIx) -> Option<Vec<MenteeIx>> {
        let target = self.tables.table(start, a);
        if a == b || target.is_none() {
            return None;
        }
        let open = self.tables.levels.contains(&Priority::EvenTables) && self.random.below(4) == 0;
        if open {
            return Some(vec![start]);
        }
        let way = Way { tables: &self.tables, a, b, from: self.tables.table(start, b), start: Some(start) };
        let rest = way.find(|table| table == target, |_| false, || self.random.next())?;
        Some([vec![start], rest].concat())
    }
}

/// Whether a seat would be worth the same with another expert of its topic, whom the mentee does not meet yet.
pub fn could_as_well(pairs: &Pairs, tables: &Tables, seat: Seat, other: ExpertIx) -> bool {
    let event = tables.event;
    let (m, topic) = (seat.mentee, seat.topic);
    let listed = |e| event.mentee(m).chose_expert(e).is_some();
    let meets = event.round_ixs().any(|r| tables.table(m, r) == Some(other));
    !meets
        && event.sitting_topics(other).contains(&topic)
        && listed(seat.expert) == listed(other)
        && pairs.prospect(m, seat.expert, topic) == pairs.prospect(m, other, topic)
}

/// The tables that a chain touches, in both rounds.
pub fn cells(tables: &Tables, chain: &[MenteeIx], a: RoundIx, b: RoundIx) -> Vec<(ExpertIx, RoundIx)> {
    let touched = chain.iter().flat_map(|&m| [tables.table(m, a), tables.table(m, b)]).flatten();
    touched.flat_map(|e| [(e, a), (e, b)]).collect()
}

/// Seats that cause cost, in a fixed order: of mentees who sit together again or with colleagues, and at the largest
/// tables of uneven rounds.
pub fn wrong_seats(tables: &Tables) -> Vec<(MenteeIx, RoundIx)> {
    let event = tables.event;
    let mut wrong = BTreeSet::new();
    for r in event.round_ixs() {
        let uneven = tables.levels.contains(&Priority::EvenTables) && tables.unevenness(r) > 0;
        let largest = event.expert_ixs().map(|e| tables.group(e, r).len()).max();
        for e in event.expert_ixs() {
            let group = tables.group(e, r);
            if uneven && Some(group.len()) == largest {
                wrong.extend(group.first().map(|&m| (m, r)));
            }
            for (i, &a) in group.iter().enumerate() {
                let again = group[i + 1..].iter().filter(|&&b| tables.is_wrong(a, b));
                wrong.extend(again.flat_map(|&b| [(a, r), (b, r)]));
            }
        }
    }
    wrong.into_iter().collect()
}
