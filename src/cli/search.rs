//! A search that the user can watch and stop.

use std::cell::Cell;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args;
use super::screen::{Screen, complain};
use crate::domain::Schedule;
use crate::output::words::numbers;
use crate::pairs::Pairs;
use crate::solve::{Options, Outcome, Progress, solve};

/// Work that takes longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often what is shown is renewed.
const RENEWED: Duration = Duration::from_millis(100);
/// What shells report of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Solves the event as the user asked. Ctrl-C or the time limit stops the search, which keeps the best so far; a
/// second Ctrl-C quits.
pub fn run(pairs: &Pairs, standing: Option<&Schedule>, args: &args::Schedule, screen: &Screen) -> Outcome {
    let stopped = stop_on_interrupt();
    let start = Instant::now();
    let limit = args.time_limit.map(Duration::from_secs);
    let stop = || stopped.load(Ordering::Relaxed) || limit.is_some_and(|limit| start.elapsed() >= limit);
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} · {elapsed}") {
        bar.set_style(style);
    }
    let renewed = Cell::new(None::<Instant>);
    let progress = |progress: &Progress| {
        if !screen.shows_progress()
            || start.elapsed() < PATIENCE
            || renewed.get().is_some_and(|at| at.elapsed() < RENEWED)
        {
            return;
        }
        if renewed.replace(Some(Instant::now())).is_none() {
            // Draws on a terminal only.
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_message(words(progress));
        bar.tick();
    };
    let outcome =
        solve(pairs, &Options { steps: args.steps, seed: args.seed, standing, stop: &stop, progress: &progress });
    bar.finish_and_clear();
    outcome
}

/// Set by the first Ctrl-C; a second one ends the program.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stopped);
    // Without a handler Ctrl-C still ends the program, and nothing is half written.
    let _ = ctrlc::set_handler(move || {
        if seen.swap(true, Ordering::Relaxed) {
            process::exit(INTERRUPTED);
        }
        complain("stopping, with the best plan found so far; Ctrl-C once more quits");
    });
    stopped
}

/// `seats 238, 4 · at best 240, 0 · gap 2`: the gap is that of the first part that is still apart.
fn words(progress: &Progress) -> String {
    let name = progress.priority.name();
    let best = progress.best.as_deref();
    let bound = progress.bound.as_deref();
    let mut text = best.map_or_else(|| format!("{name} –"), |best| format!("{name} {}", numbers(best)));
    if let Some(bound) = bound {
        text.push_str(&format!(" · at best {}", numbers(bound)));
    }
    if let Some((best, bound)) = best.zip(bound) {
        let gap = best.iter().zip(bound).map(|(a, b)| a.abs_diff(*b)).find(|&gap| gap > 0);
        text.push_str(&format!(" · gap {}", gap.unwrap_or(0)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Priority;

    #[test]
    fn progress_shows_the_gap() {
        let at = |best, bound| words(&Progress { priority: Priority::Seats, best, bound, steps: 0 });
        assert_eq!(at(None, None), "seats –");
        assert_eq!(at(Some(vec![240, 4]), Some(vec![240, 0])), "seats 240, 4 · at best 240, 0 · gap 4");
    }
}
