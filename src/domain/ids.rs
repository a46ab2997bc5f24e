//! Typed positions: where somebody or something stands in the event's lists.

use std::fmt;

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position `i` of a list; lists are far shorter than `u32::MAX`.
            pub fn new(i: usize) -> Self {
                $name(i as u32)
            }

            /// The position as an index.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

position!(
    /// Position of an expert in [`Event::experts`](super::Event::experts).
    ExpertIx
);
position!(
    /// Position of a mentee in [`Event::mentees`](super::Event::mentees).
    MenteeIx
);
position!(
    /// Position of a topic in [`Event::topics`](super::Event::topics).
    TopicIx
);
position!(
    /// Position of a round in [`Event::rounds`](super::Event::rounds), from 0; people read [`RoundIx::number`].
    RoundIx
);
position!(
    /// Position of a room in [`Event::rooms`](super::Event::rooms).
    RoomIx
);
position!(
    /// Position of an organization in [`Event::organizations`](super::Event::organizations).
    OrganizationIx
);

impl RoundIx {
    /// The number that people read, from 1.
    pub fn number(self) -> u32 {
        self.0 + 1
    }
}

/// A set of rounds; an event has at most [`RoundSet::MOST`].
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RoundSet(u128);

impl RoundSet {
    /// The most rounds that an event can have.
    pub const MOST: usize = 128;

    /// No round.
    pub const NONE: RoundSet = RoundSet(0);

    /// The first `count` rounds; `count` is at most [`RoundSet::MOST`].
    pub fn all(count: usize) -> Self {
        if count >= Self::MOST { RoundSet(u128::MAX) } else { RoundSet((1 << count) - 1) }
    }

    /// Whether `round` is in the set.
    pub fn contains(self, round: RoundIx) -> bool {
        round.index() < Self::MOST && self.0 >> round.0 & 1 == 1
    }

    /// Puts `round` into the set.
    pub fn insert(&mut self, round: RoundIx) {
        self.0 |= 1 << round.0;
    }

    /// Takes `round` out of the set.
    pub fn remove(&mut self, round: RoundIx) {
        self.0 &= !(1 << round.0);
    }

    /// The rounds in both sets.
    pub fn and(self, other: RoundSet) -> RoundSet {
        RoundSet(self.0 & other.0)
    }

    /// The rounds in either set.
    pub fn or(self, other: RoundSet) -> RoundSet {
        RoundSet(self.0 | other.0)
    }

    /// The rounds of this set that are not in the other.
    pub fn without(self, other: RoundSet) -> RoundSet {
        RoundSet(self.0 & !other.0)
    }

    /// How many rounds.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The rounds in ascending order.
    pub fn iter(self) -> impl Iterator<Item = RoundIx> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            (left != 0).then(|| {
                let round = left.trailing_zeros();
                left &= left - 1;
                RoundIx(round)
            })
        })
    }
}

impl FromIterator<RoundIx> for RoundSet {
    fn from_iter<I: IntoIterator<Item = RoundIx>>(rounds: I) -> Self {
        let mut set = RoundSet::NONE;
        rounds.into_iter().for_each(|round| set.insert(round));
        set
    }
}

impl fmt::Debug for RoundSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(RoundIx::number)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_round_set_holds_what_was_put_in() {
        let mut set: RoundSet = [RoundIx(0), RoundIx(4), RoundIx(127)].into_iter().collect();
        assert!(set.contains(RoundIx(127)) && !set.contains(RoundIx(1)) && !set.contains(RoundIx(200)));
        set.remove(RoundIx(4));
        assert_eq!(set.iter().map(RoundIx::number).collect::<Vec<_>>(), [1, 128]);
        assert_eq!(RoundSet::all(5).len(), 5);
        assert_eq!(RoundSet::all(128).len(), 128);
        assert!(RoundSet::all(3).without(RoundSet::all(3)).is_empty());
    }
}
