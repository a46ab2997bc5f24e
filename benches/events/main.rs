//! Whole events through the whole program: `cargo bench --bench events [-- CLASS…]`.
//!
//! Makes the events of the classes from a seed (all but the largest when none is named; `absences` is all sizes of that
//! kind), schedules each from its files to plan.json, with the default priorities and with `seats` and `preferences`
//! alone, and prints the tables that the README shows. With feature `highs`, HiGHS gets the rounds model of the same
//! event for the same time, beside it; the program that is measured is the one without. `TABLEHOP` names another one.
//!
//! `--runs N` takes the median of so many. `--seeds 1-20` runs through events of those seeds in place of the tables:
//! whether there is a plan within a second, and whether the plan is worse than what HiGHS makes of it in the same time.
//! `--write FOLDER` writes the events and runs nothing.

#[path = "../classes/mod.rs"]
mod classes;
mod measure;
mod one_shot;
#[path = "../classes/reading.rs"]
mod reading;
mod seeds;
mod tables;

use std::ops::RangeInclusive;
use std::path::PathBuf;

use anyhow::{Context, Result};

use classes::Class;

/// What was asked for.
struct Wish {
    classes: Vec<Class>,
    runs: Option<usize>,
    seeds: Option<RangeInclusive<u64>>,
    folder: Option<PathBuf>,
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|argument| argument == one_shot::ARGUMENT).is_some() {
        return one_shot::answer(arguments);
    }
    let wish = wish(arguments)?;
    match (&wish.folder, &wish.seeds) {
        (Some(folder), seeds) => {
            for (class, seed) in wish.classes.iter().flat_map(|c| seeds.clone().unwrap_or(1..=1).map(move |s| (c, s))) {
                class.write(&folder.join(format!("{}-{seed}", class.name())), seed, None)?;
            }
            Ok(())
        }
        (None, Some(seeds)) => seeds::run(&wish.classes, seeds.clone()),
        (None, None) => tables::run(&wish.classes, wish.runs),
    }
}

fn wish(arguments: impl Iterator<Item = String>) -> Result<Wish> {
    let mut wish = Wish { classes: Vec::new(), runs: None, seeds: None, folder: None };
    // Cargo passes `--bench` to every benchmark.
    let mut arguments = arguments.filter(|argument| argument != "--bench");
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().with_context(|| format!("`{argument}` takes a value"));
        match argument.as_str() {
            "--runs" => wish.runs = Some(number(&value()?)? as usize),
            "--write" => wish.folder = Some(value()?.into()),
            "--seeds" => {
                let value = value()?;
                let (first, last) = value.split_once('-').unwrap_or((&value, &value));
                wish.seeds = Some(number(first)?..=number(last)?);
            }
            _ => wish.classes.extend(Class::named(&argument)?),
        }
    }
    if wish.classes.is_empty() {
        wish.classes = Class::all().into_iter().filter(|c| !["XS", "XXL"].contains(&c.size.name)).collect();
    }
    Ok(wish)
}

fn number(text: &str) -> Result<u64> {
    text.parse().with_context(|| format!("`{text}` is no number"))
}
