//! The classes of events, and how one of them is written from a seed: the same on every machine.

mod groups;
#[path = "../../tests/support/planted/mod.rs"]
mod planted;

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};
use tablehop::check;
use tablehop::domain::Priority;

use planted::{Dice, files, with_pins};

/// What kind of event it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Rounds are alike: everybody is there in every round, and an expert has one topic.
    Alike,
    /// Experts miss a fifth of the rounds, mentees a tenth.
    Absences,
    /// Half as many absences, experts with one topic to three, and groups of two or more.
    Topics,
    /// Every rule, around a planted schedule.
    Mixed,
}

/// How large an event is.
pub struct Size {
    /// What it is called.
    pub name: &'static str,
    pub experts: usize,
    pub mentees: usize,
    pub rounds: usize,
    pub topics: usize,
    pub capacity: usize,
    /// The share of pairs with a request of kind `keep-out`.
    pub keep_out: f64,
}

/// A class of events.
#[derive(Clone, Copy)]
pub struct Class {
    pub kind: Kind,
    pub size: &'static Size,
}

/// From a small group to a hundred thousand people.
const SIZES: [Size; 6] = [
    Size { name: "XS", experts: 5, mentees: 12, rounds: 5, topics: 3, capacity: 4, keep_out: 0.02 },
    Size { name: "S", experts: 12, mentees: 60, rounds: 5, topics: 8, capacity: 6, keep_out: 0.02 },
    Size { name: "M", experts: 40, mentees: 200, rounds: 6, topics: 15, capacity: 6, keep_out: 0.02 },
    Size { name: "L", experts: 300, mentees: 2000, rounds: 8, topics: 30, capacity: 8, keep_out: 0.001 },
    Size { name: "XL", experts: 2500, mentees: 20000, rounds: 8, topics: 60, capacity: 9, keep_out: 0.0004 },
    Size { name: "XXL", experts: 12000, mentees: 100000, rounds: 8, topics: 120, capacity: 9, keep_out: 0.0001 },
];

const KINDS: [(Kind, &str, &[&str]); 4] = [
    (Kind::Alike, "alike", &["S", "M", "L", "XL", "XXL"]),
    (Kind::Absences, "absences", &["S", "M", "L"]),
    (Kind::Topics, "topics", &["S", "M"]),
    (Kind::Mixed, "mixed", &["XS", "S", "M"]),
];

impl Class {
    /// All classes, by kind.
    pub fn all() -> Vec<Class> {
        let mut classes = Vec::new();
        for (kind, _, sizes) in KINDS {
            let sizes = SIZES.iter().filter(|size| sizes.contains(&size.name));
            classes.extend(sizes.map(|size| Class { kind, size }));
        }
        classes
    }

    /// The class of a name such as `alike-M`, or all classes of a kind such as `alike`.
    pub fn named(name: &str) -> Result<Vec<Class>> {
        let name = name.to_ascii_lowercase();
        let fits = |own: &str| own == name || own.split('-').next() == Some(&name);
        let found: Vec<_> = Class::all().into_iter().filter(|class| fits(&class.name().to_ascii_lowercase())).collect();
        let names = || Class::all().iter().map(Class::name).collect::<Vec<_>>().join(", ");
        ensure!(!found.is_empty(), "there is no class `{name}`: it is one of {}", names());
        Ok(found)
    }

    /// Such as `alike-M`.
    pub fn name(&self) -> String {
        let kind = KINDS.iter().find(|(kind, ..)| *kind == self.kind).map_or("", |(_, name, _)| name);
        format!("{kind}-{}", self.size.name)
    }

    /// Writes the event of a seed into a folder. `order` are the priorities; the program's own when `None`.
    pub fn write(&self, folder: &Path, seed: u64, order: Option<&[Priority]>) -> Result<()> {
        fs::create_dir_all(folder)?;
        let files = match self.kind {
            Kind::Mixed => self.mixed(seed, order)?,
            _ => groups::files(self, seed, order).to_vec(),
        };
        for (name, text) in files {
            fs::write(folder.join(name), text)?;
        }
        Ok(())
    }

    fn mixed(&self, seed: u64, order: Option<&[Priority]>) -> Result<Vec<(&'static str, String)>> {
        let &Size { experts, mentees, rounds, topics, .. } = self.size;
        let planted = planted::mixed(planted::Size { experts, mentees, rounds, topics }, Dice::seeded(seed));
        let mut event = with_pins(&planted.event);
        ensure!(check::breaches(&event, &planted.plant).is_empty(), "the plant of seed {seed} breaks a rule");
        event.id = format!("{}-{seed}", self.name());
        event.name = format!("Benchmark: {}, seed {seed}", self.name());
        if let Some(order) = order {
            event.order = order.to_vec();
        }
        Ok(files(&event))
    }
}
