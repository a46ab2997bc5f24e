//! Priority `worst-off`.

use crate::domain::{MenteeIx, Sense};
use crate::solve::models::levels::Part;
use crate::solve::models::rounds::RoundsModel;
use crate::solve::models::sum::Sum;
use crate::solve::values::WHOLE;

use super::Meeting;

/// The smallest satisfaction in hundredths of a percent: score ÷ the best score that the mentee could get alone.
pub(super) fn worst_off(model: &mut RoundsModel, meetings: &[Vec<Meeting>]) -> Vec<Part> {
    let (event, pairs) = (model.event, model.pairs);
    let satisfaction = |m: MenteeIx| {
        let best = event.best_score_alone(m, |e| pairs.exclusion(m, e).is_none());
        let score = |meeting: &Meeting| (meeting.column, event.score(m, meeting.expert, meeting.topic) * WHOLE);
        let scores: Sum = meetings[m.index()].iter().map(score).collect();
        (best > 0).then_some((scores, best))
    };
    let all: Vec<_> = event.mentee_ixs().filter_map(satisfaction).collect();
    // Experts may be worth less than nothing, and rules may make somebody meet them.
    let low =
        |(scores, best): &(Sum, i64)| scores.terms().iter().map(|term| term.1.min(0)).sum::<i64>().div_euclid(*best);
    let low = all.iter().map(low).min().unwrap_or(0);
    let worst = model.program.smallest(all, (low, WHOLE));
    vec![Part::of(Sense::Max, worst.into())]
}
