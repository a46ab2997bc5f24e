//! The run of show: every cue of the timekeeper, by the clock.

use askama::Template;
use chrono::{DateTime, TimeDelta};
use chrono_tz::Tz;

use super::MARGIN;
use super::facts::Facts;
use super::fit::{LEADING, lines};
use super::paper::Size;
use super::wording::{about, clock, shown};
use crate::domain::RoundIx;

/// The cues of all rounds.
#[derive(Template)]
#[template(path = "print/run_of_show.html")]
pub(super) struct RunOfShow<'a> {
    facts: &'a Facts<'a>,
    event: String,
    days: String,
    rounds: Vec<Round>,
    /// The size of type of the cues.
    size: f64,
}

struct Round {
    day: Option<String>,
    title: String,
    cues: Vec<Cue>,
}

/// Something to say or do at a time.
#[derive(Debug, PartialEq, Eq)]
struct Cue {
    kind: &'static str,
    clock: String,
    what: String,
    more: String,
}

/// The sizes of type of the cues; the first where a page does not hold them at any of them.
const SIZES: [f64; 6] = [4.5, 4.2, 3.9, 3.6, 3.3, 3.0];
/// The head of the page.
const HEAD: f64 = 24.0;
/// The columns of clock times and ticks.
const CLOCK: f64 = 44.0;

impl<'a> RunOfShow<'a> {
    /// The run of an event.
    pub fn new(facts: &'a Facts<'a>) -> Self {
        let round =
            |r| Round { day: facts.time(r).new_day.clone(), title: facts.time(r).title.clone(), cues: cues(facts, r) };
        let rounds: Vec<Round> = facts.event.round_ixs().map(round).collect();
        let paper = Size::of(facts.event.print.paper);
        let (width, height) = (paper.width - 2.0 * MARGIN, paper.height - 2.0 * MARGIN - HEAD);
        let fits = |size: &f64| rounds.iter().map(|round| round.height(*size, width)).sum::<f64>() <= height;
        let size = SIZES.into_iter().find(fits).unwrap_or(SIZES[0]);
        RunOfShow { facts, event: shown(&facts.event.name), days: facts.days(), rounds, size }
    }
}

impl Round {
    /// The height at a size of type on a page of this width.
    fn height(&self, size: f64, width: f64) -> f64 {
        let line = size * LEADING;
        let cue = |cue: &Cue| {
            let large = if matches!(cue.kind, "start" | "stop") { 1.29 } else { 1.0 };
            let text = format!("{} {}", cue.what, cue.more);
            large * line * lines(&text, large * size, width - CLOCK) as f64 + 0.62 * size + 0.2
        };
        let day = self.day.as_ref().map_or(0.0, |_| 12.0);
        day + 0.78 * line + 0.67 * size + self.cues.iter().map(cue).sum::<f64>()
    }
}

/// Start, warning, stop, and what comes between this round and the next.
fn cues(facts: &Facts, r: RoundIx) -> Vec<Cue> {
    let (event, labels) = (facts.event, facts.labels);
    let round = event.rounds[r.index()];
    let cue = |kind, time: DateTime<Tz>, what: &str, more: String| Cue {
        kind,
        clock: clock(&event.text, time),
        what: what.to_owned(),
        more,
    };
    let length = |minutes: i64| about(&labels.minutes, minutes);
    let minutes = (round.end - round.start).num_minutes();
    let mut cues = vec![cue("start", round.start, &labels.start, length(minutes))];
    let warning = i64::from(event.print.warning_minutes);
    if warning > 0 && warning < minutes {
        let what = about(&labels.warning, warning);
        cues.push(cue("warning", round.end - TimeDelta::minutes(warning), &what, String::new()));
    }
    cues.push(cue("stop", round.end, &labels.stop, String::new()));
    let next = event.rounds.get(r.index() + 1).zip(event.round_ixs().nth(r.index() + 1));
    let Some((next, n)) = next.filter(|(next, _)| next.start.date_naive() == round.start.date_naive()) else {
        cues.push(cue("close", round.end, &labels.close, String::new()));
        return cues;
    };
    let coming = about(&labels.next, format!("{}, {}", facts.time(n).title, facts.time(n).start));
    match facts.pause(r) {
        Some(pause) => {
            cues.push(cue("pause", round.end, &pause.label, pause.length));
            let end = round.end + TimeDelta::minutes(pause_minutes(facts, r));
            // Where the round starts as the break ends, people are called to their tables before that.
            let called = if end < next.start { end } else { (next.start - TimeDelta::minutes(warning)).max(round.end) };
            cues.push(cue("move", called, &labels.move_on, coming));
        }
        None => {
            let minutes = (next.start - round.end).num_minutes();
            cues.push(cue("move", round.end, &labels.move_on, format!("{} · {coming}", length(minutes))));
        }
    }
    cues
}

fn pause_minutes(facts: &Facts, after: RoundIx) -> i64 {
    facts.event.breaks.iter().find(|pause| pause.after == after).map_or(0, |pause| i64::from(pause.minutes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Break;
    use crate::output::print::tests::kit;
    use crate::output::sample::{event, schedule};

    fn told(cues: &[Cue]) -> Vec<String> {
        cues.iter().map(|cue| format!("{} {} {}", cue.clock, cue.what, cue.more).trim_end().to_owned()).collect()
    }

    #[test]
    fn a_round_has_its_start_its_warning_its_stop_and_what_comes_next() {
        let (event, schedule) = (event(), schedule());
        let kit = kit(&event, &schedule);
        let facts = Facts::new(&kit);
        let first =
            ["13:30 Start 12 min", "13:40 2 minutes left", "13:42 Stop", "13:42 Move 3 min · Next: Round 2, 13:45"];
        assert_eq!(told(&cues(&facts, RoundIx(0))), first);
        assert_eq!(told(&cues(&facts, RoundIx(1)))[2..], ["13:57 Stop", "13:57 Close"]);
    }

    #[test]
    fn a_break_comes_before_moving_and_no_warning_where_none_is_wanted() {
        let (mut event, schedule) = (event(), schedule());
        event.breaks = vec![Break { after: RoundIx(0), minutes: 2, label: Some("Tea".into()) }];
        event.print.warning_minutes = 0;
        let kit = kit(&event, &schedule);
        let first = ["13:30 Start 12 min", "13:42 Stop", "13:42 Tea 2 min", "13:44 Move Next: Round 2, 13:45"];
        assert_eq!(told(&cues(&Facts::new(&kit), RoundIx(0))), first);
    }

    #[test]
    fn after_a_break_to_the_next_round_people_are_called_before_it_starts() {
        let (mut event, schedule) = (event(), schedule());
        event.breaks = vec![Break { after: RoundIx(0), minutes: 3, label: Some("Tea".into()) }];
        for (warning, called) in [(2, "13:43"), (0, "13:45"), (9, "13:42")] {
            event.print.warning_minutes = warning;
            let kit = kit(&event, &schedule);
            let told = told(&cues(&Facts::new(&kit), RoundIx(0)));
            assert_eq!(told.last(), Some(&format!("{called} Move Next: Round 2, 13:45")));
        }
    }

    #[test]
    fn the_type_is_smaller_where_that_saves_a_page() {
        let (mut event, schedule) = (event(), schedule());
        let mut size = |rounds: usize| {
            event.rounds = event.rounds.iter().copied().cycle().take(rounds).collect();
            RunOfShow::new(&Facts::new(&kit(&event, &schedule))).size
        };
        assert_eq!([2, 6, 40].map(&mut size), [4.5, 3.9, 4.5]);
    }
}
