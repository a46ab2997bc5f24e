//! Whole events through the whole program: `cargo bench --bench events [-- CLASS… [--runs N]]`.
//!
//! Makes the events of the classes (S, M, L and XL when none is named; XXL on request) from a seed, schedules each
//! from its files to plan.json with the default priorities and with `seats` and `preferences` alone, and says how
//! long it took, the most memory it held, what was reached, the bound, and how far it is proven. With feature `highs`,
//! HiGHS gets the rounds model of S and M as it is, beside it.

#[path = "../classes/mod.rs"]
mod classes;
mod measure;
#[cfg(feature = "highs")]
mod one_shot;
#[cfg(feature = "highs")]
#[path = "../classes/reading.rs"]
mod reading;

use anyhow::{Context, Result, bail};
use tabled::builder::Builder;
use tabled::settings::Style;

use classes::{CLASSES, Class};
use measure::Run;

const SEED: u64 = 1;
const SHORT_ORDER: [&str; 2] = ["seats", "preferences"];
const MIB: f64 = 1024.0 * 1024.0;

/// By class, the seconds that a whole `schedule` with the default priorities should stay below, where there is a
/// promise, and how often to run it when nobody says.
const PROMISES: [(&str, Option<f64>, usize); 5] =
    [("S", None, 9), ("M", Some(0.1), 9), ("L", Some(1.5), 5), ("XL", Some(30.0), 3), ("XXL", None, 1)];

/// The classes that HiGHS gets in one shot, and the most nodes for each part of a priority's value.
#[cfg(feature = "highs")]
const ONE_SHOT: [(&str, u64); 2] = [("S", 1000), ("M", 20)];

/// What was asked for.
struct Wish {
    classes: Vec<&'static Class>,
    runs: Option<usize>,
}

fn main() -> Result<()> {
    let wish = wish(std::env::args().skip(1))?;
    let mut times = Builder::new();
    times.push_record([
        "class",
        "size",
        "priorities",
        "median s",
        "least s",
        "promised s",
        "MiB",
        "proven through",
        "route",
    ]);
    let mut levels = Vec::new();
    for class in wish.classes {
        let (_, within, usual) =
            PROMISES.into_iter().find(|p| p.0 == class.name).context("each class has a promise")?;
        for (order, name) in [(None, "default"), (Some(&SHORT_ORDER[..]), "seats, preferences")] {
            eprintln!("{} with {name} …", class.name);
            let folder = tempfile::tempdir()?;
            class.write(folder.path(), SEED, order)?;
            let count = wish.runs.unwrap_or(usual).max(1);
            let runs = (0..count).map(|_| measure::schedule(folder.path())).collect::<Result<Vec<_>>>()?;
            let reached = measure::reached(folder.path())?;
            let promised = within.filter(|_| order.is_none());
            times.push_record(record(class, name, promised, &runs, &reached));
            levels.push(format!("{} with {name}: {}", class.name, reached.levels.join(" · ")));
            #[cfg(feature = "highs")]
            if order.is_some() {
                levels.extend(beside(class, folder.path())?);
            }
        }
    }
    println!("{}\n\n{}", times.build().with(Style::markdown()), levels.join("\n"));
    Ok(())
}

/// The one-shot rounds model of S or M with `seats` and `preferences`, in words.
#[cfg(feature = "highs")]
fn beside(class: &Class, folder: &std::path::Path) -> Result<Option<String>> {
    let Some((_, nodes)) = ONE_SHOT.into_iter().find(|(name, _)| *name == class.name) else { return Ok(None) };
    let found = one_shot::solve(folder, nodes)?;
    let level = |l: &tablehop::domain::Level| format!("{} {:?} (bound {:?})", l.priority.name(), l.value, l.bound);
    let levels: Vec<_> = found.levels.iter().map(level).collect();
    let (solver, seconds) = (found.solver, found.seconds);
    Ok(Some(format!("{} with {solver} in one shot, {seconds:.1} s, {nodes} nodes: {}", class.name, levels.join(" · "))))
}

fn wish(arguments: impl Iterator<Item = String>) -> Result<Wish> {
    let mut wish = Wish { classes: Vec::new(), runs: None };
    // Cargo passes `--bench` to every benchmark.
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        if argument == "--runs" {
            let count = arguments.next().context("`--runs` takes a number")?;
            wish.runs = Some(count.parse().with_context(|| format!("`--runs` takes a number, not `{count}`"))?);
        } else if let Some(class) = CLASSES.iter().find(|c| c.name.eq_ignore_ascii_case(&argument)) {
            wish.classes.push(class);
        } else {
            bail!("there is no class `{argument}`: it is one of S, M, L, XL, XXL");
        }
    }
    if wish.classes.is_empty() {
        wish.classes = CLASSES.iter().filter(|c| c.name != "XXL").collect();
    }
    Ok(wish)
}

fn record(class: &Class, order: &str, within: Option<f64>, runs: &[Run], reached: &measure::Reached) -> Vec<String> {
    let mut seconds: Vec<_> = runs.iter().map(|run| run.seconds).collect();
    seconds.sort_by(f64::total_cmp);
    let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0);
    vec![
        class.name.to_owned(),
        format!("{} × {} × {}", class.experts, class.mentees, class.rounds),
        order.to_owned(),
        format!("{:.3}", seconds[seconds.len() / 2]),
        format!("{:.3}", seconds[0]),
        within.map_or(String::new(), |within| format!("{within}")),
        format!("{:.0}", peak as f64 / MIB),
        reached.proven_through.clone(),
        reached.route.clone(),
    ]
}
