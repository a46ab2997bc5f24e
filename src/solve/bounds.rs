//! Bounds from the pair model: no schedule is better, since every schedule is a pairing. And from counting, where that
//! model knows nothing of a priority.

use super::counting;
use super::flow::{Part, is_modelled, parts_of};
use super::values::WHOLE;
use crate::domain::{Event, Level, Priority};
use crate::pairs::Pairs;

/// What no schedule with the values of the levels `above` can do better than in a priority, by counting alone.
fn natural_bound(pairs: &Pairs, every_round: bool, above: &[(Priority, Vec<i64>)], priority: Priority) -> Vec<i64> {
    match priority {
        Priority::Seats => counting::seats(pairs, every_round),
        Priority::FirstChoices => vec![counting::first_choices(pairs.event())],
        Priority::FairShare => counting::fair_share(pairs.event()),
        Priority::Preferences => vec![counting::preferences(pairs)],
        Priority::NewFaces => vec![counting::new_faces(pairs, every_round, above)],
        Priority::EvenTables => vec![counting::even_tables(pairs, every_round, above)],
        Priority::WorstOff => vec![WHOLE],
        Priority::Courtesies | Priority::Variety | Priority::IdleGaps | Priority::RoomChanges => vec![0],
        Priority::Changes => vec![0, 0],
    }
}

/// What no schedule with the values of the levels `above` can do better than in a priority: what the flow `reached` in
/// its parts, which come next, where it models that and got so far.
pub fn bound(
    pairs: &Pairs,
    every_round: bool,
    above: &[(Priority, Vec<i64>)],
    priority: Priority,
    reached: &mut impl Iterator<Item = i64>,
) -> Vec<i64> {
    let length = priority.senses(pairs.event()).len();
    let of_flow = is_modelled(priority).then(|| reached.take(length).collect::<Vec<i64>>());
    let of_flow = of_flow.filter(|bound| bound.len() == length);
    of_flow.unwrap_or_else(|| natural_bound(pairs, every_round, above, priority))
}

/// The levels of a schedule that reached `values`, each with a bound that holds given the values of those above.
/// `flow` gives the best values of some parts, the first being the most important, none if there is no time for that, or
/// `None` when no pairing exists at all, and so no schedule.
///
/// One flow through all parts bounds each priority down to the first that the schedule misses. That one is dropped
/// (without it the bound is weaker, and still one), and the flow is solved again for those below.
pub fn levels(
    pairs: &Pairs,
    every_round: bool,
    values: &[(Priority, Vec<i64>)],
    mut flow: impl FnMut(&[Part]) -> Option<Vec<i64>>,
) -> Option<Vec<Level>> {
    let event = pairs.event();
    let mut held: Vec<Part> = Vec::new();
    let mut levels = Vec::new();
    let mut left = values;
    while !left.is_empty() {
        let next = parts_of(event, left.iter().map(|&(priority, _)| priority));
        let parts: Vec<Part> = held.iter().copied().chain(next).collect();
        let mut reached = flow(&parts)?.into_iter().skip(held.len());
        while let Some((priority, value)) = left.first() {
            let priority = *priority;
            let bound = bound(pairs, every_round, &values[..levels.len()], priority, &mut reached);
            let met = bound == *value;
            if is_modelled(priority) {
                let same = bound.iter().zip(value).take_while(|(a, b)| a == b).count();
                held.extend((0..same).map(|i| Part::Of(priority, i)));
            }
            levels.push(Level::new(priority, value.clone(), Some(bound)));
            left = &left[1..];
            if !met && is_modelled(priority) {
                break;
            }
        }
    }
    Some(levels)
}

/// A level with the tighter of its own bound and that of another level of the same priority and value.
pub fn tighter(event: &Event, level: Level, other: &Level) -> Level {
    let senses = level.priority.senses(event);
    let upwards = |bound: &Vec<i64>| -> Vec<i64> { bound.iter().zip(&senses).map(|(&v, s)| s.upwards(v)).collect() };
    let bounds = [level.bound, other.bound.clone()].into_iter().flatten();
    Level::new(level.priority, level.value, bounds.min_by_key(upwards))
}
