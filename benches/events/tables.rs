//! The tables that the README shows: one for each order of the priorities, a row a class.

use std::fs;
use std::thread;

use anyhow::{Result, ensure};
use chrono::Utc;
use tabled::builder::Builder;
use tabled::settings::Style;
use tablehop::domain::Priority;
use tablehop::output::text::grouped;

use crate::classes::Class;
use crate::measure::{Program, Reached, Run};
use crate::one_shot::{self, Against};

const SEED: u64 = 1;

const SHORT_ORDER: [Priority; 2] = [Priority::Seats, Priority::Preferences];

const HEADER: [&str; 8] = [
    "event",
    "experts × mentees × rounds",
    "seconds",
    "CPU seconds",
    "MiB",
    "proven through",
    "gap at `preferences`",
    "against one-shot HiGHS",
];

/// As many runs of what takes longer than so many seconds.
const RUNS: [(f64, usize); 3] = [(10.0, 1), (2.0, 3), (0.0, 5)];

/// Prints both tables, and where they were measured.
pub fn run(classes: &[Class], runs: Option<usize>) -> Result<()> {
    let program = Program::plain()?;
    let table = |order| -> Result<String> {
        let mut table = Builder::new();
        table.push_record(HEADER);
        for class in classes {
            eprintln!("{} …", class.name());
            table.push_record(row(&program, class, order, runs)?);
        }
        Ok(table.build().with(Style::markdown()).to_string())
    };
    println!("Order `seats, preferences`:\n\n{}\n", table(Some(&SHORT_ORDER[..]))?);
    println!("The default order:\n\n{}\n", table(None)?);
    println!("{}, {}", Utc::now().format("%Y-%m-%d"), machine());
    Ok(())
}

/// The most seconds that both have.
fn most_seconds(class: &Class) -> f64 {
    match class.size.name {
        "XS" | "S" => 10.0,
        "M" => 30.0,
        "L" | "XL" => 60.0,
        _ => 150.0,
    }
}

fn row(program: &Program, class: &Class, order: Option<&[Priority]>, runs: Option<usize>) -> Result<Vec<String>> {
    let folder = tempfile::tempdir()?;
    class.write(folder.path(), SEED, order)?;
    let most = most_seconds(class);
    let mut done = vec![program.schedule(folder.path(), most)?];
    let usual = RUNS.iter().find(|(least, _)| done[0].seconds > *least).map_or(1, |(_, runs)| *runs);
    for _ in 1..runs.unwrap_or(usual) {
        done.push(program.schedule(folder.path(), most)?);
    }
    ensure!(done.iter().all(|run| run.planned), "no plan for {}", class.name());
    let reached = Reached::of(folder.path())?;
    let size = class.size;
    Ok(vec![
        class.name().replace('-', " "),
        [size.experts, size.mentees, size.rounds].map(|count| grouped(count as i64)).join(" × "),
        figure(median(&done, |run| run.seconds)),
        figure(median(&done, |run| run.cpu)),
        format!("{:.0}", median(&done, |run| run.peak)),
        proven(&reached),
        reached.gap().map_or("–".to_owned(), |gap| format!("{gap:.2} %")),
        verdict(&one_shot::against(folder.path(), &reached, most)?),
    ])
}

fn median(runs: &[Run], of: impl Fn(&Run) -> f64) -> f64 {
    let mut values: Vec<_> = runs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Two digits that count.
fn figure(seconds: f64) -> String {
    if seconds < 9.95 { format!("{seconds:.2}") } else { format!("{seconds:.0}") }
}

fn proven(reached: &Reached) -> String {
    let all = reached.levels.iter().all(|(_, value, bound)| bound.as_ref() == Some(value));
    let through = || reached.proven_through.as_ref().map_or("–".to_owned(), |name| format!("`{name}`"));
    if all { "the end".to_owned() } else { through() }
}

fn verdict(against: &Against) -> String {
    let differ = |way: &str, priority: Priority, ours: i64, theirs: i64| {
        format!("{way}: `{}` {}, it has {}", priority.name(), grouped(ours), grouped(theirs))
    };
    match *against {
        Against::Nothing => String::new(),
        Against::TooLarge => "its model is too large".to_owned(),
        Against::NoneFound => "better: it finds no schedule".to_owned(),
        Against::Same => "same".to_owned(),
        Against::Better(priority, ours, theirs) => differ("better", priority, ours, theirs),
        Against::Worse(priority, ours, theirs) => differ("**worse**", priority, ours, theirs),
    }
}

/// Cores, processor and memory, as far as the system tells.
fn machine() -> String {
    let line = |file: &str, key: &str| {
        let text = fs::read_to_string(file).ok()?;
        let found = text.lines().find_map(|line| line.strip_prefix(key))?;
        Some(found.trim_start_matches([' ', '\t', ':']).to_owned())
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let processor = line("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown make".to_owned());
    let memory = line("/proc/meminfo", "MemTotal").and_then(|kib| kib.split(' ').next()?.parse::<f64>().ok());
    let memory = memory.map_or(String::new(), |kib| format!(", {:.0} GiB", kib / 1024.0 / 1024.0));
    format!("{cores} cores ({processor}){memory}")
}
