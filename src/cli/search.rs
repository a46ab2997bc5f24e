//! A search that the user can watch and stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};
use std::{process, thread};

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
/// A second Ctrl-C within this is the first one.
const AT_ONCE: Duration = Duration::from_millis(300);
/// What shells report of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// Solves the event as the user asked. Ctrl-C or the time limit stops the search, which keeps the best so far; a
/// second Ctrl-C quits.
pub fn run(pairs: &Pairs, standing: Option<&Schedule>, args: &args::Schedule, screen: &Screen) -> Outcome {
    let stopped = stop_on_interrupt();
    let start = Instant::now();
    let limit = args.time_limit;
    let stop = || stopped.load(Ordering::Relaxed) || limit.is_some_and(|limit| start.elapsed() >= limit);
    let bar = hidden_bar();
    let progress = |progress: &Progress| bar.set_message(words(progress));
    let left = || limit.map(|limit| limit.saturating_sub(start.elapsed()));
    let (steps, seed) = (args.steps, args.seed);
    let options = Options { steps, seed, standing, stop: &stop, left: &left, progress: &progress };
    let (working, done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        if screen.shows_progress() {
            scope.spawn(|| show_when_late(&bar, done));
        }
        let outcome = solve(pairs, &options);
        drop(working);
        bar.finish_and_clear();
        outcome
    })
}

fn hidden_bar() -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden()).with_message("solving");
    match ProgressStyle::with_template("{spinner} {msg} · {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// Shows the bar, on a terminal only, when the work is not done in time.
fn show_when_late(bar: &ProgressBar, done: Receiver<()>) {
    if done.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
        bar.set_draw_target(ProgressDrawTarget::stderr());
        bar.enable_steady_tick(RENEWED);
    }
}

/// Set by the first Ctrl-C; a second one ends the program. What comes at once is the same Ctrl-C, which some callers
/// send to the program and to its group.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stopped = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&stopped);
    let mut first = None::<Instant>;
    // Without a handler Ctrl-C still ends the program, and nothing is half written.
    let _ = ctrlc::set_handler(move || match first {
        None => {
            first = Some(Instant::now());
            seen.store(true, Ordering::Relaxed);
            complain("stopping, with the best plan found so far; Ctrl-C once more quits");
        }
        Some(first) if first.elapsed() < AT_ONCE => {}
        Some(_) => process::exit(INTERRUPTED),
    });
    stopped
}

/// `seats (238, 4) · at best (240, 0) · gap 2`: the gap is that of the first part that is still apart.
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
        assert_eq!(at(Some(vec![240, 4]), Some(vec![240, 0])), "seats (240, 4) · at best (240, 0) · gap 4");
    }
}
