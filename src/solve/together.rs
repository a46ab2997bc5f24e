//! How often each two mentees sit together.

use rustc_hash::FxHashMap;

use crate::domain::MenteeIx;

/// With more mentees most pairs never meet, and a table of all is too large.
const MOST_IN_TABLE: usize = 2_000;

/// A count for each pair of mentees: of rounds, which are at most [`RoundSet::MOST`].
pub enum Together {
    /// By the smaller × the larger of both.
    Table(Vec<u8>, usize),
    /// By pair, the smaller first.
    Map(FxHashMap<(MenteeIx, MenteeIx), u8>),
}

impl Together {
    /// No pair of so many mentees sits together.
    pub fn none(mentees: usize) -> Self {
        match mentees <= MOST_IN_TABLE {
            true => Together::Table(vec![0; mentees * mentees], mentees),
            false => Together::Map(FxHashMap::default()),
        }
    }

    /// No pair sits together any more.
    pub fn clear(&mut self) {
        match self {
            Together::Table(times, _) => times.fill(0),
            Together::Map(times) => times.clear(),
        }
    }

    /// How often two mentees sit together.
    pub fn times(&self, a: MenteeIx, b: MenteeIx) -> u32 {
        let (a, b) = (a.min(b), a.max(b));
        let times = match self {
            Together::Table(times, mentees) => times[a.index() * mentees + b.index()],
            Together::Map(times) => times.get(&(a, b)).copied().unwrap_or(0),
        };
        u32::from(times)
    }

    /// Two mentees sit together once more or once less; how often they did before and do now.
    pub fn change(&mut self, a: MenteeIx, b: MenteeIx, more: bool) -> (u32, u32) {
        let (a, b) = (a.min(b), a.max(b));
        let times = match self {
            Together::Table(times, mentees) => &mut times[a.index() * *mentees + b.index()],
            Together::Map(times) => times.entry((a, b)).or_default(),
        };
        let before = *times;
        *times = if more { before + 1 } else { before - 1 };
        (before.into(), (*times).into())
    }
}
