//! How a model is gone about by neighbourhoods.

use crate::solve::choice::{Choice, Learning};

use super::scopes::Kind;

/// The most work of one neighbourhood, of one when several schedules are bettered abreast, and of one of many.
pub(super) const MOST_WORK: u64 = 3_000_000;
const MOST_WORK_ABREAST: u64 = 1_000_000;
const MOST_WORK_OF_MANY: u64 = 300_000;

/// Kinds that lead somewhere come more often.
const LEARNING: Learning = Learning { floor: 0, credit: 2_000_000.0, half_life: f64::INFINITY };

/// What may be done in vain.
pub(super) enum Patience {
    /// Times that neighbourhoods are looked at side by side.
    Looks(usize),
    /// The so manieth part of all work.
    Share(u64),
    /// So much work.
    Work(u64),
}

/// How a model is gone about.
pub(super) struct Manner {
    pub(super) kinds: &'static [Kind],
    /// What is learnt of kinds since a part began; effort is counted in work.
    pub(super) learning: Learning,
    /// A part of a priority may take the so manieth part of the work that is left, or more when fewer parts are; where
    /// that is not said, all that are not proven have as much.
    pub(super) share: Option<usize>,
    /// and the last one has at least the so manieth part of all work, if that is said.
    pub(super) last_share: Option<u64>,
    /// Whether neighbourhoods are small again when a part begins: what was easy for the one before may not be for this.
    pub(super) begins_small: bool,
    /// How much larger neighbourhoods get after an easy one that was solved in vain.
    pub(super) much_larger: f64,
    /// A part that is not the last is left after so much in vain,
    pub(super) patience: Patience,
    /// and the last one after this, if that is said,
    pub(super) patience_with_last: Option<Patience>,
    /// and whether the whole model is looked at before.
    pub(super) ends_with_whole: bool,
    /// The most work of a look at a neighbourhood, and at the whole model.
    pub(super) most_on_some: u64,
    pub(super) most_on_whole: u64,
    /// Whether a relaxation of the whole model guides,
    pub(super) is_guided: bool,
    /// and how many tables it is turned aside from in a part that is not the last.
    pub(super) asides: usize,
    /// The most work that the first relaxation of a look at a neighbourhood is likely to take, since it is solved to its
    /// end: meanwhile nobody asks whether to stop, and of what it takes nothing is left for others.
    pub(super) most_on_relaxation: u64,
}

impl Manner {
    /// A choice among the kinds, of which nothing is known yet.
    pub(super) fn choice(&self) -> Choice<Kind> {
        Choice::new(self.kinds.iter().copied().chain([Kind::Guided]), self.learning)
    }
}

/// With a tight relaxation the whole model may well be solved.
pub(super) const TIGHT: Manner = Manner {
    kinds: &[Kind::Days, Kind::Rounds, Kind::Tables, Kind::Sittings],
    learning: Learning::NONE,
    share: Some(3),
    last_share: Some(2),
    begins_small: false,
    much_larger: 1.5,
    patience: Patience::Looks(4),
    patience_with_last: None,
    ends_with_whole: true,
    most_on_some: MOST_WORK,
    most_on_whole: u64::MAX,
    is_guided: true,
    asides: 0,
    most_on_relaxation: u64::MAX,
};

/// The same in many small looks, of which every part has its share: where few large ones are in vain, these may be
/// not, and the other way round.
pub(super) const EVEN: Manner =
    Manner { share: None, last_share: None, patience: Patience::Looks(20), most_on_some: MOST_WORK_OF_MANY, ..TIGHT };

/// Without, whole days are too much even at the sittings that there are.
pub(super) const LOOSE: Manner = Manner {
    kinds: &[Kind::Days, Kind::Rounds, Kind::Tables],
    learning: LEARNING,
    share: Some(2),
    last_share: None,
    begins_small: true,
    much_larger: 1.5,
    patience: Patience::Looks(8),
    patience_with_last: None,
    ends_with_whole: false,
    most_on_some: MOST_WORK,
    most_on_whole: 12_000_000,
    is_guided: true,
    asides: 24,
    most_on_relaxation: MOST_WORK,
};

/// The same with much work: something of it is kept for the last part, however long those before take, and something is
/// left for other starts when these are stuck in it. What one large look takes three smaller ones lead further with.
pub(super) const ABREAST: Manner = Manner {
    last_share: Some(6),
    patience_with_last: Some(Patience::Work(16_000_000)),
    most_on_some: MOST_WORK_ABREAST,
    ..LOOSE
};
