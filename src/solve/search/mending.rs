//! Mends a schedule that breaks rules: small moves of those whom a breach concerns, until none is left.

use super::moves::{
    change_seat, change_seats_of_tied, close_table, exchange_rounds, leave_seat, meet_request, open_table,
};
use super::state::State;
use crate::domain::{ExpertIx, MenteeIx, RoundIx};
use crate::solve::random::Random;

/// After so many moves it is looked anew for what is broken.
const MOVES_A_LOOK: u64 = 60;

/// Where a rule is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spot {
    /// In a mentee's day.
    Day(MenteeIx),
    /// At a table with too few people, or one too many.
    Table(ExpertIx, RoundIx),
}

/// Makes at most so many moves; how many it made.
pub fn mend(state: &mut State, random: &mut Random, most: u64) -> u64 {
    let mut moves = 0;
    while state.breaches() > 0 && moves < most {
        let spots = state.spots();
        if spots.is_empty() {
            break;
        }
        for _ in 0..MOVES_A_LOOK {
            try_move(state, spots[random.below(spots.len())], random);
        }
        moves += MOVES_A_LOOK;
    }
    moves
}

fn try_move(state: &mut State, spot: Spot, random: &mut Random) {
    let someone = MenteeIx::new(random.below(state.event.mentees.len()));
    match spot {
        Spot::Day(m) => {
            let e = ExpertIx::new(random.below(state.event.experts.len()));
            let r = RoundIx::new(random.below(state.event.rounds.len()));
            match random.below(8) {
                0..=2 => change_seat(state, m, e, r, random),
                3 => exchange_rounds(state, m, r, random),
                4 => leave_seat(state, m, r, random),
                5 => change_seats_of_tied(state, m, e, r, random),
                _ => meet_request(state, m, random),
            }
        }
        Spot::Table(e, r) => match random.below(4) {
            0 => close_table(state, e, r, random),
            1 => open_table(state, e, r, random),
            _ => change_seat(state, someone, e, r, random),
        },
    }
}

impl State<'_> {
    /// Wherever a rule is broken.
    fn spots(&self) -> Vec<Spot> {
        let days =
            self.event.mentee_ixs().filter(|&m| self.broken_in_day(m) > 0 || self.sits_with_foe(m)).map(Spot::Day);
        let tables = self.event.expert_ixs().flat_map(|e| self.event.round_ixs().map(move |r| (e, r)));
        let tables = tables.filter(|&(e, r)| self.is_broken_at(e, r)).map(|(e, r)| Spot::Table(e, r));
        days.chain(tables).collect()
    }

    /// Rule `kept-apart`.
    fn sits_with_foe(&self, m: MenteeIx) -> bool {
        let foes = &self.apart[m.index()];
        let table = |r: RoundIx| self.seat(m, r).map_or(&[][..], |p| self.group(p.expert, r));
        !foes.is_empty() && self.event.round_ixs().flat_map(table).any(|other| foes.contains(other))
    }

    /// Whether too few sit at a table, or it should not be open: for its room, or for the rest that the expert needs.
    fn is_broken_at(&self, e: ExpertIx, r: RoundIx) -> bool {
        let open = !self.group(e, r).is_empty();
        self.missing_at(e, r) > 0 || open && (self.overload(e) > 0 || self.too_many_in_room(e, r) > 0)
    }
}
