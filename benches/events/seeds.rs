//! One class after the other, seed by seed: where is the program too slow, or worse than the usual way?

use std::ops::RangeInclusive;

use anyhow::Result;

use crate::classes::Class;
use crate::measure::{Program, Reached, Run};
use crate::one_shot::{self, Against};

/// Seconds that a plan has to be there in, whole process; half of them are its time limit.
const PATIENCE: f64 = 1.0;

/// The most seconds of a whole run.
const MOST: f64 = 60.0;

/// Prints a line an event, and what went wrong.
pub fn run(classes: &[Class], seeds: RangeInclusive<u64>) -> Result<()> {
    let program = Program::plain()?;
    println!("| event | first plan s | s | CPU s | proven through | gap at preferences | against HiGHS |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    let mut failures = Vec::new();
    for class in classes {
        for seed in seeds.clone() {
            let name = format!("{} seed {seed}", class.name());
            for fault in event(&program, class, seed, &name)? {
                println!("| **{name}** | {fault} |");
                failures.push(format!("{name}: {fault}"));
            }
        }
    }
    println!("\n{} failures\n{}", failures.len(), failures.join("\n"));
    Ok(())
}

/// One event; what went wrong with it.
fn event(program: &Program, class: &Class, seed: u64, name: &str) -> Result<Vec<String>> {
    let folder = tempfile::tempdir()?;
    class.write(folder.path(), seed, None)?;
    let mut faults = Vec::new();
    let first = program.schedule(folder.path(), PATIENCE / 2.0)?;
    if !first.planned || first.seconds > PATIENCE {
        let what = if first.planned { "a plan" } else { "no plan" };
        faults.push(format!(
            "{what} after {:.1} s, {:.1} of CPU, with `--time-limit {}`",
            first.seconds,
            first.cpu,
            PATIENCE / 2.0
        ));
    }
    let whole = program.schedule(folder.path(), MOST)?;
    if !whole.planned {
        println!("| {name} | {} | {:.1} | {:.1} | no plan | | |", shown(&first), whole.seconds, whole.cpu);
        faults.push(format!("no plan after {:.1} s", whole.seconds));
        return Ok(faults);
    }
    let reached = Reached::of(folder.path())?;
    let seconds = whole.seconds.max(PATIENCE);
    let against = match one_shot::against(folder.path(), &reached, seconds)? {
        Against::Nothing => String::new(),
        Against::TooLarge => "too large".to_owned(),
        Against::NoneFound => "better: it finds none".to_owned(),
        Against::Same => "same".to_owned(),
        Against::Better(priority, ours, theirs) => format!("better in `{}`: {ours}, HiGHS {theirs}", priority.name()),
        Against::Worse(priority, ours, theirs) => {
            let worse = format!("worse in `{}`: {ours}, HiGHS {theirs}", priority.name());
            faults.push(format!("{worse}, in {seconds:.1} s"));
            worse
        }
    };
    let proven = reached.proven_through.as_deref().unwrap_or("–");
    let gap = reached.gap().map_or("–".to_owned(), |gap| format!("{gap:.2} %"));
    println!("| {name} | {} | {:.1} | {:.1} | {proven} | {gap} | {against} |", shown(&first), whole.seconds, whole.cpu);
    Ok(faults)
}

fn shown(first: &Run) -> String {
    if first.planned { format!("≤ {:.1}", first.seconds) } else { "none".to_owned() }
}
