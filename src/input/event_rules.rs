//! The parts of the event file that say how to seat people: tables, loads, columns, scores, rules, priorities.

use super::columns::{ColumnRules, FieldSet};
use super::diagnostic::{Diagnostic, Faults};
use super::event_file::{AllColumns, Loads, Priorities, Rules, Tables};
use super::toml_file::Section;
use super::{limits, meant, text};
use crate::domain::{Open, Priority, RoundSet, SameOrganization, Scores};

/// `[tables]`.
pub(super) fn tables(mut section: Section, faults: &mut Faults) -> Tables {
    let mut tables = Tables::default();
    if let Some(capacity) = section.integer("capacity", 1..=limits::SEATS, faults) {
        tables.capacity = capacity.value as u32;
    }
    if let Some(smallest) = section.integer("smallest_group", 1..=limits::SEATS, faults) {
        tables.smallest_group = smallest.value as u32;
        if tables.smallest_group > tables.capacity {
            let message = format!("groups of {} do not fit at tables for {}", smallest.value, tables.capacity);
            section.wrong(&smallest, "group-above-capacity", message, "make `capacity` larger or this smaller", faults);
        }
    }
    let open = [("every-round", Open::EveryRound), ("as-needed", Open::AsNeeded), ("auto", Open::Auto)];
    tables.open = section.choice("open", &open, faults).unwrap_or(Open::Auto);
    for mut room in section.sections("rooms", faults) {
        let name = room.string("name", faults);
        let count = room.integer("tables", 1..=limits::PEOPLE as i64, faults);
        room.require("name", "name = \"Hall C\"", faults);
        room.close(faults);
        tables.rooms.extend(name.map(|name| (name, count.map(|count| count.value as u32))));
    }
    for mut way in section.sections("travel", faults) {
        let (from, to) = (way.string("from", faults), way.string("to", faults));
        let minutes = way.integer("minutes", 0..=limits::MINUTES, faults);
        for (key, example) in [("from", "from = \"Hall C\""), ("to", "to = \"Annex\""), ("minutes", "minutes = 10")] {
            way.require(key, example, faults);
        }
        way.close(faults);
        if let (Some(from), Some(to), Some(minutes)) = (from, to, minutes) {
            tables.travel.push((from, to, minutes.value as u32));
        }
    }
    section.close(faults);
    tables
}

/// `[experts]` and `[mentees]`.
pub(super) fn loads(root: &mut Section, faults: &mut Faults) -> Loads {
    let mut loads = Loads::default();
    let rounds = RoundSet::MOST as i64;
    if let Some(mut section) = root.section("experts", faults) {
        loads.most_rounds = section.integer("most_rounds", 0..=rounds, faults).map(|at| at.value as u32);
        loads.most_in_a_row = section.integer("most_in_a_row", 1..=rounds, faults).map(|at| at.value as u32);
        section.close(faults);
    }
    if let Some(mut section) = root.section("mentees", faults) {
        let least = section.integer("least", 0..=rounds, faults);
        loads.most = section.integer("most", 0..=rounds, faults).map(|at| at.value as u32);
        if let (Some(least), Some(most)) = (&least, loads.most)
            && least.value > i64::from(most)
        {
            let message = format!("`least` is {}, and `most` only {most}", least.value);
            section.wrong(least, "least-above-most", message, "make `most` larger or this smaller", faults);
        }
        loads.least = least.map_or(0, |at| at.value as u32);
        section.close(faults);
    }
    loads
}

/// `[columns]`.
pub(super) fn columns(mut section: Section, faults: &mut Faults) -> AllColumns {
    let mut of = |key, fields| {
        let section = section.section(key, faults);
        section.map(|section| column_rules(section, fields, faults)).unwrap_or_default()
    };
    let columns = AllColumns {
        experts: of("experts", FieldSet::Experts),
        mentees: of("mentees", FieldSet::Mentees),
        requests: of("requests", FieldSet::Requests),
        ratings: of("ratings", FieldSet::Ratings),
    };
    section.close(faults);
    columns
}

fn column_rules(mut section: Section, fields: FieldSet, faults: &mut Faults) -> ColumnRules {
    let mut rules = ColumnRules::default();
    for field in fields.fields() {
        if let Some(patterns) = section.strings(field.name, limits::LIST, faults) {
            rules.named.push((field.name, patterns));
        }
    }
    if let Some(mut rows) = section.section("where", faults) {
        rules.rows = rows.all_strings(limits::WHERE, faults);
    }
    if matches!(fields, FieldSet::Mentees) {
        let lists = [("topics", "topics"), ("experts", "experts")];
        rules.without_order = section.choices("without_order", &lists, faults);
    }
    section.close(faults);
    rules
}

/// `[scores]`.
pub(super) fn scores(mut section: Section, faults: &mut Faults) -> Scores {
    let default = Scores::default();
    let score = -limits::SCORE..=limits::SCORE;
    let mut table =
        |key, default| section.integers(key, score.clone(), limits::RANKS, faults).map_or(default, |at| at.value);
    let scores = Scores {
        topic_ranks: table("topic_ranks", default.topic_ranks),
        expert_ranks: table("expert_ranks", default.expert_ranks),
        stars: table("stars", default.stars),
        expert_wish: section.integer("expert_wish", score, faults).map_or(default.expert_wish, |at| at.value),
    };
    section.close(faults);
    scores
}

/// `[rules]`.
pub(super) fn rules(section: Option<Section>, faults: &mut Faults) -> Rules {
    let mut rules = Rules {
        same_organization: SameOrganization::Avoid,
        not_an_organization: ["self-employed", "none", "n/a"].map(str::to_owned).to_vec(),
    };
    let Some(mut section) = section else { return rules };
    let same =
        [("allow", SameOrganization::Allow), ("avoid", SameOrganization::Avoid), ("forbid", SameOrganization::Forbid)];
    if let Some(same) = section.choice("same_organization", &same, faults) {
        rules.same_organization = same;
    }
    if let Some(none) = section.strings("not_an_organization", limits::LIST, faults) {
        rules.not_an_organization = none.into_iter().map(|at| at.value).collect();
    }
    section.close(faults);
    rules
}

/// `[priorities]`.
pub(super) fn priorities(section: Option<Section>, faults: &mut Faults) -> Priorities {
    let mut priorities = Priorities { order: Priority::default_order(), first_choices: 3 };
    let Some(mut section) = section else { return priorities };
    if let Some(first) = section.integer("first_choices", 1..=limits::RANKS as i64, faults) {
        priorities.first_choices = first.value as u32;
    }
    if let Some(names) = section.strings("order", limits::LIST, faults) {
        if names.is_empty() {
            let fault = Diagnostic::error("no-priority", "`priorities.order` names no priority");
            faults.add_at(fault.hint("take `order` away for the usual ones"), || section.here());
        }
        let mut order = Vec::new();
        for name in &names {
            match Priority::named(&name.value) {
                Some(priority) if order.contains(&priority) => {
                    let message = format!("`{}` stands twice in the order", priority.name());
                    section.wrong(name, "twice", message, "keep the place where it belongs", faults);
                }
                Some(priority) => order.push(priority),
                None => {
                    let all = Priority::ALL.map(Priority::name);
                    let hint =
                        meant(&name.value, all.into_iter()).unwrap_or_else(|| format!("they are {}", all.join(", ")));
                    let message = format!("{} is no priority", text::quoted(&name.value));
                    section.wrong(name, "unknown-priority", message, hint, faults);
                }
            }
        }
        priorities.order = order;
    }
    section.close(faults);
    priorities
}
