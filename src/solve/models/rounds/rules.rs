//! The hard rules as rows of the rounds model, each in a function of its name. `presence` and `keep-out` are not among
//! them: their seats have no decision.

mod people;
mod tables;

use super::RoundsModel;

/// Adds the rows of every rule.
pub(super) fn add(model: &mut RoundsModel) {
    people::one_seat_a_round(model);
    people::meet_once(model);
    people::meetings_wanted(model);
    people::requests(model);
    people::travel(model);
    people::frozen_rounds(model);
    tables::one_topic_a_sitting(model);
    tables::smallest_group(model);
    tables::every_round(model);
    tables::expert_load(model);
    tables::tables_in_room(model);
    tables::table_capacity(model);
}
