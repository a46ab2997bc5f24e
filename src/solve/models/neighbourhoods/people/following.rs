//! Where a guide leads.

use std::collections::BTreeSet;
use std::thread;

use crate::solve::models::levels::Part;
use crate::solve::models::neighbourhoods::{AT_ONCE, Aim, Position};
use crate::solve::models::program::Reduced;
use crate::solve::threads::{joined, side_by_side};

use super::guide::{Guide, Table};
use super::scopes::{Freed, Kind, shuffled};
use super::{Climber, Look, Most, Next, look_at, look_in_turn};

/// The most work that a relaxation is likely to take: while it is solved nobody asks whether to stop.
const MOST_WORK: u64 = 15_000_000;

/// So much work of one relaxation takes as long as one of branch and bound, which begins anew at every node.
const PACE: u64 = 4;

/// The most work of a look around a guide.
const MOST_WORK_AROUND: u64 = 1_000_000;

/// So many times as many neighbourhoods as are looked at at once are chosen to be looked at beside a relaxation.
const BESIDE: usize = 4;

impl Climber<'_> {
    /// A guide that was followed, when its relaxation is likely to take less than half of the work that the part still
    /// has; of the last part, which has much of it, a quarter. Neighbourhoods are looked at beside it.
    pub(super) fn guide(&mut self, position: &mut Position, aim: &Aim, until: u64, bound: &mut i64) -> Option<Guide> {
        if !self.manner.is_guided || position.value(aim.part) == aim.bound || (self.effort.stop)() {
            return None;
        }
        let whole = Reduced::new(&position.model.program, &position.point(), |_| true);
        let (least, work) = (Guide::least_work(&whole.program), PACE * (self.work - until));
        let is_last = aim.left == 1;
        if least > MOST_WORK.min(work / if is_last { 4 } else { 2 }) {
            return None;
        }
        let beside = if is_last { self.some(position, BESIDE) } else { Vec::new() };
        let turns_aside = !is_last && self.manner.asides > 0;
        let (now, part, most): (&Position, _, _) = (position, aim.part, self.most(self.manner.most_on_some));
        let (guide, looks) = thread::scope(|scope| {
            let looks = scope.spawn(|| look_in_turn(now, part, &beside, 2 * least, most));
            (Guide::new(now, whole, part, turns_aside, (3 * least).min(work / 2), most.stop), joined(looks))
        });
        for (kind, look) in looks {
            self.take(position, aim, kind, look);
        }
        let guide = guide?;
        self.work = self.work.saturating_sub(guide.work / PACE);
        let guide = self.follow(guide, position, aim, until, bound)?;
        match turns_aside {
            true => self.turn_aside(guide, position, aim, until, bound),
            false => Some(guide),
        }
    }

    /// Looks around a guide, and where it leads when it is turned aside from one table or another, side by side; turns it
    /// to what is better. As long as the part keeps half of its work.
    fn turn_aside(
        &mut self,
        mut guide: Guide,
        position: &mut Position,
        aim: &Aim,
        until: u64,
        bound: &mut i64,
    ) -> Option<Guide> {
        let until_aside = self.work - self.work.saturating_sub(until) / 2;
        let mut tables = self.tables(position);
        while !tables.is_empty() && self.goes_on(position, aim, *bound, until_aside) {
            let some = tables.split_off(tables.len().saturating_sub(AT_ONCE));
            let most = self.most(MOST_WORK_AROUND);
            let looks = side_by_side(some, |table| look_around(position, aim.part, &guide, table, most));
            for look in looks.into_iter().flatten() {
                self.count(look.spent);
                look.point.map(|point| position.take(aim.part, point));
            }
            if guide.can_turn(position, aim.part) {
                guide = self.turn(guide, position, aim, until, bound)?;
                tables.push(None);
            }
        }
        Some(guide)
    }

    /// Tables of the schedule to turn aside from, by chance, and at the end none.
    fn tables(&mut self, position: &Position) -> Vec<Option<Table>> {
        let schedule = position.schedule();
        let all: BTreeSet<Table> = schedule.seats().iter().map(|seat| (seat.expert, seat.round)).collect();
        let some = shuffled(&Vec::from_iter(all), &mut self.random).into_iter().take(self.manner.asides);
        some.map(Some).chain([None]).collect()
    }

    /// A guide turned to the position and followed.
    pub(super) fn turn(
        &mut self,
        guide: Guide,
        position: &mut Position,
        aim: &Aim,
        until: u64,
        bound: &mut i64,
    ) -> Option<Guide> {
        let guide = guide.turned(position, aim.part, self.work.saturating_sub(until), self.effort.stop)?;
        self.work = self.work.saturating_sub(guide.work);
        self.follow(guide, position, aim, until, bound)
    }

    /// Goes where a guide leads: looks at nothing but what position and guide differ about, and turns the guide to what is
    /// better; not in the last part, which has no work to spare.
    fn follow(
        &mut self,
        guide: Guide,
        position: &mut Position,
        aim: &Aim,
        until: u64,
        bound: &mut i64,
    ) -> Option<Guide> {
        guide.held.iter().for_each(|cut| position.model.program.at_most(cut.sum.clone(), cut.high));
        let holds = |own: &i64| !aim.part.passes(position.value(aim.part), *own);
        *bound = guide.bound.filter(holds).map_or(*bound, |own| aim.part.tighter(own, *bound));
        if aim.left == 1 || !self.goes_on(position, aim, *bound, until) {
            return Some(guide);
        }
        let freed = Freed::of(guide.astray(position));
        let look = look_at(position, aim.part, &freed, self.most(self.manner.most_on_some));
        self.count(look.spent);
        let better = look.point.is_some_and(|point| position.take(aim.part, point));
        match better && guide.can_turn(position, aim.part) {
            true => self.turn(guide, position, aim, until, bound),
            false => Some(guide),
        }
    }

    /// So many times as many neighbourhoods as are looked at at once.
    fn some(&mut self, position: &Position, times: usize) -> Vec<(Kind, Freed)> {
        let mut some = Vec::new();
        for _ in 0..times {
            if let Next::Some(freed) = self.next(position, None, true) {
                some.extend(freed);
            }
        }
        some
    }
}

/// Looks at what position and guide differ about when that is turned aside from a table, and when that is in vain at
/// whoever that is anywhere in the round.
fn look_around(position: &Position, part: &Part, guide: &Guide, table: Option<Table>, most: Most) -> Option<Look> {
    let (astray, on_guide) = match table {
        Some(table) => guide.astray_aside(table, position)?,
        None => (guide.astray(position), 0),
    };
    let mut look = look_at(position, part, &Freed::of(astray.clone()), most);
    if look.point.is_none() {
        let near = look.spent;
        look = look_at(position, part, &Freed::around(astray), most);
        look.spent.nodes += near.nodes;
        look.spent.work += near.work;
    }
    look.spent.work += on_guide;
    Some(look)
}
