//! Runs of the whole program, from files to plan.json, and what came of them.

use std::env::{self, consts};
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::IgnoredAny;
use tablehop::domain::Priority;
use tempfile::TempDir;
use wait4::Wait4;

/// The program that is measured.
pub struct Program {
    path: PathBuf,
    /// Holds the copy.
    _folder: Option<TempDir>,
}

/// What one run took.
pub struct Run {
    /// Whether it wrote a plan.
    pub planned: bool,
    /// From the start of the process to its end.
    pub seconds: f64,
    /// Of all cores together.
    pub cpu: f64,
    /// The most memory that the process held, in MiB; never less than this benchmark holds when it starts the process.
    pub peak: f64,
}

/// What a plan says of itself.
pub struct Reached {
    /// The last of the priorities that are proven without a gap from the first.
    pub proven_through: Option<String>,
    /// Each priority with its value and its bound.
    pub levels: Vec<(Priority, Vec<i64>, Option<Vec<i64>>)>,
    /// Tables with a group, over all rounds.
    pub sittings: usize,
}

impl Program {
    /// The program that `TABLEHOP` names, else this package's without feature `highs`: where this benchmark has that
    /// feature, so has the program that cargo built for it, and another one is built and kept apart.
    pub fn plain() -> Result<Program> {
        if let Some(path) = env::var_os("TABLEHOP") {
            return Ok(Program { path: path.into(), _folder: None });
        }
        let built = PathBuf::from(env!("CARGO_BIN_EXE_tablehop"));
        if !cfg!(feature = "highs") {
            return Ok(Program { path: built, _folder: None });
        }
        let cargo = env::var_os("CARGO").context("run this benchmark with cargo, or name a program in `TABLEHOP`")?;
        let ended = Command::new(cargo).args(["build", "--release", "--bin", "tablehop"]).status()?;
        ensure!(ended.success(), "the program without feature `highs` can't be built");
        let folder = tempfile::tempdir()?;
        let path = folder.path().join(format!("tablehop{}", consts::EXE_SUFFIX));
        fs::copy(built, &path)?;
        Ok(Program { path, _folder: Some(folder) })
    }

    /// Schedules the event of a folder, from scratch, in so many seconds at most.
    pub fn schedule(&self, folder: &Path, most: f64) -> Result<Run> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("plan.")) {
                fs::remove_file(path)?;
            }
        }
        let mut command = Command::new(&self.path);
        command.args(["schedule", "--quiet", "--time-limit", &most.to_string()]).arg(folder);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let start = Instant::now();
        let ended = command.spawn().context("the program can't be started")?.wait4()?;
        let seconds = start.elapsed().as_secs_f64();
        let used = |time: Duration| time.as_secs_f64();
        ensure!(matches!(ended.status.code(), Some(0 | 1)), "`schedule {}`: {}", folder.display(), ended.status);
        Ok(Run {
            planned: ended.status.success(),
            seconds,
            cpu: used(ended.rusage.utime),
            peak: ended.rusage.maxrss as f64 / (1024.0 * 1024.0),
        })
    }
}

/// As much of plan.json as is looked at; the memory that all of it takes would count for the next program that starts.
#[derive(Deserialize)]
struct Plan {
    sittings: Vec<IgnoredAny>,
    certificate: Certificate,
}

#[derive(Deserialize)]
struct Certificate {
    proven_through: Option<String>,
    priorities: Vec<Level>,
}

#[derive(Deserialize)]
struct Level {
    name: String,
    value: Vec<i64>,
    bound: Option<Vec<i64>>,
}

impl Reached {
    /// What the plan in a folder says.
    pub fn of(folder: &Path) -> Result<Reached> {
        let Plan { sittings, certificate } =
            serde_json::from_reader(BufReader::new(File::open(folder.join("plan.json"))?))?;
        let level = |level: Level| {
            let priority = Priority::named(&level.name).context("a level has the name of a priority")?;
            Ok((priority, level.value, level.bound))
        };
        Ok(Reached {
            proven_through: certificate.proven_through,
            levels: certificate.priorities.into_iter().map(level).collect::<Result<_>>()?,
            sittings: sittings.len(),
        })
    }

    /// Each priority with its value.
    pub fn values(&self) -> Vec<(Priority, Vec<i64>)> {
        self.levels.iter().map(|(priority, value, _)| (*priority, value.clone())).collect()
    }

    /// By how many hundredths of the bound the sum of scores is below it, where the order has `preferences`.
    pub fn gap(&self) -> Option<f64> {
        let (_, value, bound) = self.levels.iter().find(|(priority, ..)| *priority == Priority::Preferences)?;
        let (value, bound) = (*value.first()?, *bound.as_ref()?.first()?);
        Some(if bound == value { 0.0 } else { 100.0 * (bound - value) as f64 / bound.abs().max(1) as f64 })
    }
}
