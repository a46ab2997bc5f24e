//! Betters `new-faces` and `even-tables` of a rotation without touching what any seat is worth.
//!
//! A move exchanges two rounds for a chain of mentees (a Kempe chain): each of them keeps both meetings and swaps
//! their rounds. Where the chain closes, every table keeps its sizes; where it does not, the tables at its ends
//! get one more in one round and one less in the other. Or two mentees at tables of one topic change places, where
//! the two experts are alike to both of them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use super::Options;
use super::random::Random;
use super::values::of_pair;
use crate::domain::{Event, ExpertIx, MenteeIx, Priority, Request, RoundIx, Schedule, Seat};
use crate::pairs::Pairs;

/// One in so many steps that make things worse by one is taken.
const DETOUR: usize = 60;

/// After so many tries without a better plan, detours are taken back.
const PATIENCE: u64 = 4_000;

/// With more seats than this, going straight on is all that the steps suffice for.
const DETOUR_SEATS: usize = 2_000;

/// How many tables a chain may reach before it is given up.
const REACH: usize = 400;

/// Tried moves × seats² that mixing may take: small events get all the steps there are, large ones stay quick.
const WORK: u64 = 12_000_000_000;

/// Improves a rotation by at most `options.steps` tried moves; every seat keeps its topic and what it is worth, and
/// its pair where the pair was asked for or stands in the standing plan. The rounds must be alike. Returns the steps
/// used.
pub fn mix(pairs: &Pairs, schedule: &Schedule, every_round: bool, options: &Options) -> (Schedule, u64) {
    let mut mixer = Mixer::new(pairs, schedule, every_round, options);
    let seats = schedule.seats().len() as u64;
    let steps = options.steps.min((WORK / (seats * seats).max(1)).max(seats));
    let used = mixer.run(steps, options.stop);
    (mixer.schedule(), used)
}

/// What moves are judged by, in the event's order; less is better.
type Cost = Vec<i64>;

struct Mixer<'a> {
    pairs: &'a Pairs<'a>,
    event: &'a Event,
    /// Which of `new-faces` and `even-tables` the event asks for, in its order.
    order: Vec<Priority>,
    every_round: bool,
    /// Pairs that were asked for or stand in the standing plan.
    held: HashSet<(MenteeIx, ExpertIx)>,
    /// By mentee × round.
    seats: Vec<Option<Seat>>,
    /// By expert × round, unordered.
    groups: Vec<Vec<MenteeIx>>,
    /// By round: those who have a seat in some round but not in this one.
    idle: Vec<Vec<MenteeIx>>,
    /// By pair, the smaller first.
    together: HashMap<(MenteeIx, MenteeIx), u32>,
    faces: i64,
    /// Whether steps back are taken.
    detours: bool,
    random: Random,
}

impl<'a> Mixer<'a> {
    fn new(pairs: &'a Pairs<'a>, schedule: &Schedule, every_round: bool, options: &Options) -> Self {
        let event = pairs.event();
        let order = event.order.iter().copied().filter(|p| matches!(p, Priority::NewFaces | Priority::EvenTables));
        let asked_for = event.requests.iter().filter_map(|request| match *request {
            Request::MustMeet(m, e) => Some((m, e)),
            _ => None,
        });
        let standing = options.standing.iter().flat_map(|plan| plan.seats()).map(|s| (s.mentee, s.expert));
        let rounds = event.rounds.len();
        let mut mixer = Mixer {
            pairs,
            event,
            order: order.collect(),
            every_round,
            held: asked_for.chain(standing).collect(),
            seats: vec![None; event.mentees.len() * rounds],
            groups: vec![Vec::new(); event.experts.len() * rounds],
            idle: vec![Vec::new(); rounds],
            together: HashMap::new(),
            faces: 0,
            detours: schedule.seats().len() <= DETOUR_SEATS,
            random: Random::new(options.seed),
        };
        mixer.seat_all(schedule.seats());
        mixer
    }

    /// Seats everybody so, whatever was before.
    fn seat_all(&mut self, seats: &[Seat]) {
        self.seats.fill(None);
        self.groups.iter_mut().chain(&mut self.idle).for_each(Vec::clear);
        self.together.clear();
        self.faces = 0;
        seats.iter().for_each(|&seat| self.sit(seat));
        for m in self.event.mentee_ixs() {
            let (seated, idle): (Vec<RoundIx>, Vec<RoundIx>) =
                self.event.round_ixs().partition(|&r| self.table(m, r).is_some());
            if !seated.is_empty() {
                idle.into_iter().for_each(|r| self.idle[r.index()].push(m));
            }
        }
    }

    fn schedule(&self) -> Schedule {
        Schedule::new(self.seats.iter().flatten().copied().collect())
    }

    /// Sweeps over what is wrong until nothing is or the steps are used up; goes back to the best at the end, and
    /// when detours led nowhere.
    fn run(&mut self, steps: u64, stop: &dyn Fn() -> bool) -> u64 {
        let (mut used, mut since_best) = (0, 0);
        let mut best = (self.cost(), self.schedule());
        while used < steps && !self.order.is_empty() && best.0.iter().any(|&c| c > 0) && !stop() {
            for (mentee, round) in self.wrong_seats() {
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
            let cost = self.cost();
            if cost < best.0 {
                best = (cost, self.schedule());
                since_best = 0;
            } else if self.detours && since_best > PATIENCE {
                self.seat_all(best.1.seats());
                since_best = 0;
            }
        }
        self.seat_all(best.1.seats());
        used
    }

    fn try_one(&mut self, mentee: MenteeIx, round: RoundIx) {
        if self.random.below(3) == 0 {
            self.try_places(mentee, round);
        } else {
            self.try_rounds(mentee, round);
        }
    }

    fn cost(&self) -> Cost {
        let tables = || self.event.round_ixs().map(|r| self.unevenness(r)).sum();
        self.order.iter().map(|p| if *p == Priority::NewFaces { self.faces } else { tables() }).collect()
    }

    /// Largest − smallest group of the open tables of like capacity in a round.
    fn unevenness(&self, round: RoundIx) -> i64 {
        let mut extremes: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for e in self.event.expert_ixs() {
            let size = self.groups[self.cell(e, round)].len();
            if size > 0 {
                let (least, most) = extremes.entry(self.event.expert(e).capacity_in(round)).or_insert((size, size));
                (*least, *most) = ((*least).min(size), (*most).max(size));
            }
        }
        extremes.values().map(|(least, most)| (most - least) as i64).sum()
    }

    /// Seats that cause cost, in a fixed order: of mentees who sit together again or with colleagues, and at the
    /// largest tables of uneven rounds.
    fn wrong_seats(&self) -> Vec<(MenteeIx, RoundIx)> {
        let mut wrong = BTreeSet::new();
        for r in self.event.round_ixs() {
            let uneven = self.order.contains(&Priority::EvenTables) && self.unevenness(r) > 0;
            let largest = self.event.expert_ixs().map(|e| self.groups[self.cell(e, r)].len()).max();
            for e in self.event.expert_ixs() {
                let group = &self.groups[self.cell(e, r)];
                if uneven && Some(group.len()) == largest {
                    wrong.extend(group.first().map(|&m| (m, r)));
                }
                for (i, &a) in group.iter().enumerate() {
                    let again = group[i + 1..].iter().filter(|&&b| self.is_wrong(a, b));
                    wrong.extend(again.flat_map(|&b| [(a, r), (b, r)]));
                }
            }
        }
        wrong.into_iter().collect()
    }

    fn is_wrong(&self, a: MenteeIx, b: MenteeIx) -> bool {
        let times = self.together.get(&(a.min(b), a.max(b))).copied().unwrap_or(0);
        self.order.contains(&Priority::NewFaces) && (times > 1 || self.event.colleagues(a, b))
    }

    /// Lets the mentee change places with somebody at another table of the topic, where that is alike to both; takes
    /// it back when it makes things worse.
    fn try_places(&mut self, a: MenteeIx, round: RoundIx) {
        let Some(seat_a) = self.seats[self.place(a, round)] else { return };
        let to = ExpertIx::new(self.random.below(self.event.experts.len()));
        let group = &self.groups[self.cell(to, round)];
        let Some(&b) = group.get(self.random.below(group.len().max(1))) else { return };
        let Some(seat_b) = self.seats[self.place(b, round)] else { return };
        let alike =
            seat_a.topic == seat_b.topic && self.could_as_well(seat_a, to) && self.could_as_well(seat_b, seat_a.expert);
        if !alike {
            return;
        }
        let before = self.cost_at(round, round);
        let change = |mixer: &mut Self, a: Seat, b: Seat| {
            mixer.stand_up(a.mentee, round);
            mixer.stand_up(b.mentee, round);
            mixer.sit(Seat { expert: b.expert, ..a });
            mixer.sit(Seat { expert: a.expert, ..b });
        };
        change(self, seat_a, seat_b);
        let after = self.cost_at(round, round);
        if after > before && !self.is_detour(&before, &after) {
            change(self, Seat { expert: seat_b.expert, ..seat_a }, Seat { expert: seat_a.expert, ..seat_b });
        }
    }

    /// Whether a seat would be worth the same with another expert, whom the mentee does not meet yet.
    fn could_as_well(&self, seat: Seat, other: ExpertIx) -> bool {
        let (m, topic) = (seat.mentee, seat.topic);
        let listed = |e| self.event.mentee(m).chose_expert(e).is_some();
        let meets = self.event.round_ixs().any(|r| self.table(m, r) == Some(other));
        !meets
            && !self.held.contains(&(m, seat.expert))
            && listed(seat.expert) == listed(other)
            && self.pairs.prospect(m, seat.expert, topic) == self.pairs.prospect(m, other, topic)
    }

    /// Moves the mentee's meeting of `round` to another round, with the chain that this takes; takes it back when
    /// it makes things worse.
    fn try_rounds(&mut self, mentee: MenteeIx, round: RoundIx) {
        let other = RoundIx::new(self.random.below(self.event.rounds.len()));
        let Some(chain) = self.chain(mentee, round, other) else { return };
        let cells = self.ends(&chain, round, other);
        let before = self.cost_at(round, other);
        self.exchange(&chain, round, other);
        let after = self.cost_at(round, other);
        let accepted = after <= before || self.is_detour(&before, &after);
        if !accepted || !cells.iter().all(|&(e, r)| self.fits(e, r)) {
            self.exchange(&chain, round, other);
        }
    }

    /// Now and then a step that makes the first of what counts worse by one is taken, to leave a dead end.
    fn is_detour(&mut self, before: &Cost, after: &Cost) -> bool {
        let by_one = before.first().zip(after.first()).is_some_and(|(b, a)| a - b <= 1);
        self.detours && by_one && self.random.below(DETOUR) == 0
    }

    /// The cost as far as two rounds can change it.
    fn cost_at(&self, a: RoundIx, b: RoundIx) -> Cost {
        let tables = || self.unevenness(a) + self.unevenness(b);
        self.order.iter().map(|p| if *p == Priority::NewFaces { self.faces } else { tables() }).collect()
    }

    /// Mentees who exchange rounds `a` and `b`, beginning with `start`: the shortest chain that closes, or, now and
    /// then, one that does not.
    fn chain(&mut self, start: MenteeIx, a: RoundIx, b: RoundIx) -> Option<Vec<MenteeIx>> {
        let target = self.table(start, a);
        if a == b || target.is_none() {
            return None;
        }
        let open = self.order.contains(&Priority::EvenTables) && self.random.below(4) == 0;
        let first = self.table(start, b);
        if open || first == target {
            return Some(vec![start]);
        }
        let mut came_by: HashMap<Option<ExpertIx>, (MenteeIx, Option<ExpertIx>)> = HashMap::new();
        let mut queue = VecDeque::from([first]);
        while let Some(table) = queue.pop_front() {
            let turn = self.random.next() as usize;
            let group = table.map_or(&self.idle[a.index()], |e| &self.groups[self.cell(e, a)]);
            for i in 0..group.len().min(REACH) {
                let mentee = group[i.wrapping_add(turn) % group.len()];
                let next = self.table(mentee, b);
                if mentee == start || next == first || came_by.contains_key(&next) {
                    continue;
                }
                came_by.insert(next, (mentee, table));
                if next == target {
                    return Some(walk_back(start, first, target, &came_by));
                }
                queue.push_back(next);
            }
            if came_by.len() > REACH {
                return None;
            }
        }
        None
    }

    fn table(&self, m: MenteeIx, r: RoundIx) -> Option<ExpertIx> {
        self.seats[self.place(m, r)].map(|seat| seat.expert)
    }

    /// The tables that a chain touches, in both rounds.
    fn ends(&self, chain: &[MenteeIx], a: RoundIx, b: RoundIx) -> Vec<(ExpertIx, RoundIx)> {
        let tables = chain.iter().flat_map(|&m| [self.table(m, a), self.table(m, b)]).flatten();
        tables.flat_map(|e| [(e, a), (e, b)]).collect()
    }

    /// Whether a group is within the rules.
    fn fits(&self, e: ExpertIx, r: RoundIx) -> bool {
        let expert = self.event.expert(e);
        let size = self.groups[self.cell(e, r)].len() as u32;
        size <= expert.capacity_in(r) && if size == 0 { !self.every_round } else { size >= expert.smallest_group }
    }

    /// Swaps the two rounds of each mentee of the chain; doing it twice undoes it.
    fn exchange(&mut self, chain: &[MenteeIx], a: RoundIx, b: RoundIx) {
        for &m in chain {
            for (from, to) in [(a, b), (b, a)] {
                if self.table(m, from).is_none() {
                    self.idle[from.index()].retain(|&other| other != m);
                    self.idle[to.index()].push(m);
                    break;
                }
            }
        }
        let lifted: Vec<Seat> =
            chain.iter().flat_map(|&m| [(m, a), (m, b)]).filter_map(|(m, r)| self.stand_up(m, r)).collect();
        for seat in lifted {
            self.sit(Seat { round: if seat.round == a { b } else { a }, ..seat });
        }
    }

    fn sit(&mut self, seat: Seat) {
        let cell = self.cell(seat.expert, seat.round);
        for i in 0..self.groups[cell].len() {
            self.count(seat.mentee, self.groups[cell][i], true);
        }
        self.groups[cell].push(seat.mentee);
        let place = self.place(seat.mentee, seat.round);
        self.seats[place] = Some(seat);
    }

    fn stand_up(&mut self, m: MenteeIx, r: RoundIx) -> Option<Seat> {
        let place = self.place(m, r);
        let seat = self.seats[place].take()?;
        let cell = self.cell(seat.expert, r);
        self.groups[cell].retain(|&other| other != m);
        for i in 0..self.groups[cell].len() {
            self.count(m, self.groups[cell][i], false);
        }
        Some(seat)
    }

    /// Counts two mentees together once more or once less.
    fn count(&mut self, a: MenteeIx, b: MenteeIx, more: bool) {
        let times = self.together.entry((a.min(b), a.max(b))).or_default();
        let before = of_pair(self.event, a, b, *times);
        *times = if more { *times + 1 } else { *times - 1 };
        self.faces += of_pair(self.event, a, b, *times) - before;
    }

    fn cell(&self, e: ExpertIx, r: RoundIx) -> usize {
        e.index() * self.event.rounds.len() + r.index()
    }

    fn place(&self, m: MenteeIx, r: RoundIx) -> usize {
        m.index() * self.event.rounds.len() + r.index()
    }
}

fn walk_back(
    start: MenteeIx,
    first: Option<ExpertIx>,
    target: Option<ExpertIx>,
    came_by: &HashMap<Option<ExpertIx>, (MenteeIx, Option<ExpertIx>)>,
) -> Vec<MenteeIx> {
    let mut chain = vec![start];
    let mut table = target;
    while table != first {
        let Some(&(mentee, before)) = came_by.get(&table) else { break };
        chain.push(mentee);
        table = before;
    }
    chain
}
