//! How good a schedule is, as rows of numbers: its figures, and its certificate level by level.

use super::text::count;
use super::{Cell, Sheet};
use crate::domain::{Certificate, Event, Level, Sense};
use crate::report::Figures;

/// One row a figure, with the most that it could be where that is known.
pub fn figures(event: &Event, figures: &Figures) -> Sheet {
    let most = |most: Option<u64>| most.map_or(Cell::Nothing("not known"), number);
    let none = || Cell::Nothing("");
    let first = format!("mentees with a seat of rank {} or better", event.first_choices);
    let mut rows = vec![
        vec!["seats".into(), number(figures.seats), most(figures.seats_possible)],
        vec!["seats wanted".into(), number(figures.seats_wanted), none()],
        vec!["mentees without any seat".into(), figures.unseated.len().into(), none()],
        vec!["experts without any sitting".into(), figures.idle_experts.len().into(), none()],
        vec![first.into(), number(figures.first_choices), number(figures.first_choices_wanted)],
        vec!["wished-for meetings".into(), number(figures.wished), number(figures.wished_possible)],
        vec!["points".into(), Cell::Number(figures.score), figures.score_bound.map_or(none(), Cell::Number)],
    ];
    let row = |what: String, who: u64| vec![format!("mentees with {what}").into(), number(who), none()];
    let sit_outs = figures.sit_outs.iter();
    rows.extend(sit_outs.map(|(&often, &who)| row(count(often, "sit-out", "sit-outs"), who)));
    let wished = figures.wished_by_mentee.iter();
    rows.extend(wished.map(|(&had, &who)| row(count(had, "wished-for meeting", "wished-for meetings"), who)));
    Sheet::plain(&["figure", "value", "at_most"], rows)
}

/// One row for each part of the value of each priority, in the event's order.
pub fn certificate(event: &Event, certificate: &Certificate) -> Sheet {
    let rows = certificate.levels.iter().flat_map(|level| parts(event, level)).collect();
    Sheet::plain(&["priority", "part", "better", "value", "bound", "proven"], rows)
}

fn parts(event: &Event, level: &Level) -> Vec<Vec<Cell>> {
    let bound = |part: usize| level.bound.as_ref().and_then(|bound| bound.get(part)).copied();
    let row = |(part, (sense, value)): (usize, (Sense, &i64))| {
        let better = match sense {
            Sense::Max => "more",
            Sense::Min => "fewer",
        };
        vec![
            level.priority.name().into(),
            (part + 1).into(),
            better.into(),
            Cell::Number(*value),
            bound(part).map_or(Cell::Nothing("not known"), Cell::Number),
            if level.proven { "yes" } else { "no" }.into(),
        ]
    };
    level.priority.senses(event).into_iter().zip(&level.value).enumerate().map(row).collect()
}

fn number(n: u64) -> Cell {
    Cell::Number(n as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::csv::csv;
    use crate::output::sample::{self, event, schedule};
    use crate::pairs::Pairs;

    #[test]
    fn figures_are_told_with_what_is_possible() {
        let event = event();
        let told = figures(&event, &Figures::new(&Pairs::new(&event), &schedule(), &sample::certificate()));
        let expected = "\
figure,value,at_most
seats,4,4
seats wanted,6,
mentees without any seat,0,
experts without any sitting,0,
mentees with a seat of rank 3 or better,3,3
wished-for meetings,3,3
points,300,
mentees with 0 sit-outs,1,
mentees with 1 sit-out,2,
mentees with 1 wished-for meeting,3,
";
        assert_eq!(csv(&told), expected);
    }

    #[test]
    fn a_certificate_has_a_row_for_each_part() {
        let expected = "\
priority,part,better,value,bound,proven
seats,1,more,4,4,yes
seats,2,fewer,2,2,yes
courtesies,1,fewer,0,0,yes
first-choices,1,more,2,,no
";
        assert_eq!(csv(&certificate(&event(), &sample::certificate())), expected);
    }
}
