//! Spare blanks: a sheet each of table signs, mentee cards and badges without names, to be copied and filled in by
//! hand.

use askama::Template;

use super::badges::Badges;
use super::facts::Facts;
use super::mentee_cards::MenteeCards;
use super::table_signs::TableSigns;

/// The blanks, as HTML.
pub(super) fn blanks(facts: &Facts) -> askama::Result<String> {
    let parts =
        [MenteeCards::blank(facts).render()?, Badges::blank(facts).render()?, TableSigns::blank(facts).render()?];
    Ok(parts.concat())
}
