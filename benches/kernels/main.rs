//! The algorithms within, one by one: `cargo bench --bench kernels`.
//!
//! Reading, pairing, rotation and checking on class L, mixing on class M with a set number of steps.

#[path = "../classes/mod.rs"]
mod classes;
#[path = "../classes/reading.rs"]
mod reading;

use std::hint::black_box;
use std::time::Duration;

use anyhow::Result;
use criterion::{Criterion, criterion_group, criterion_main};
use tablehop::check;
use tablehop::domain::{Event, Schedule, Seat};
use tablehop::input::{ReadOptions, read};
use tablehop::pairs::Pairs;
use tablehop::solve::Options;
use tablehop::solve::flow::{Demand, Pairing, pair, parts};
use tablehop::solve::mixing::mix;
use tablehop::solve::rotation::lay_out;
use tempfile::TempDir;

use classes::Class;

const SEED: u64 = 1;
/// Moves that mixing tries.
const STEPS: u64 = 10_000;

/// The event of a class in a folder, which lasts as long as the handle.
fn folder(class: &str) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let classes = Class::named(&format!("alike-{class}"))?;
    classes.iter().try_for_each(|class| class.write(folder.path(), SEED, None))?;
    Ok(folder)
}

fn event(class: &str) -> Event {
    let folder = folder(class).expect("the class can be written");
    reading::event(folder.path()).expect("the class can be read")
}

fn pairing(pairs: &Pairs) -> Pairing {
    let (parts, _) = parts(pairs);
    pair(&Demand { pairs, parts: &parts, every_round: false, standing: None }).expect("the rules can be met")
}

fn rotation(event: &Event, pairing: &Pairing) -> Schedule {
    let meetings: Vec<_> = pairing.meetings.iter().map(|&(m, e, _)| (m, e)).collect();
    let rounds = lay_out(&meetings, event.rounds.len(), |_, _| None);
    let seat = |(&(mentee, expert, topic), round)| Seat { round, expert, mentee, topic };
    Schedule::new(pairing.meetings.iter().zip(rounds).map(seat).collect())
}

fn kernels(criterion: &mut Criterion) {
    let folder = folder("L").expect("the class can be written");
    let (file, tables) = reading::files(folder.path()).expect("the class can be read");
    criterion.bench_function("read L", |b| b.iter(|| black_box(read(&file, &tables, &ReadOptions::default()).is_ok())));
    let event_l = event("L");
    let pairs = Pairs::new(&event_l);
    criterion.bench_function("pair L", |b| b.iter(|| black_box(pairing(&pairs))));
    let paired = pairing(&pairs);
    criterion.bench_function("rotate L", |b| b.iter(|| black_box(rotation(&event_l, &paired))));
    let schedule = rotation(&event_l, &paired);
    criterion.bench_function("check L", |b| {
        b.iter(|| black_box((check::breaches(&event_l, &schedule), check::values(&event_l, &schedule, None))));
    });
    let event_m = event("M");
    let pairs_m = Pairs::new(&event_m);
    let schedule = rotation(&event_m, &pairing(&pairs_m));
    let options =
        Options { steps: STEPS, seed: SEED, standing: None, stop: &|| false, left: &|| None, progress: &|_| {} };
    criterion.bench_function("mix M", |b| b.iter(|| black_box(mix(&pairs_m, &schedule, false, &options))));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).measurement_time(Duration::from_secs(10));
    targets = kernels
}
criterion_main!(benches);
