//! One run of the whole program, from files to plan.json, and what came of it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use wait4::Wait4;

/// What one run took.
pub struct Run {
    /// From the start of the process to its end.
    pub seconds: f64,
    /// The most memory that the process held, in bytes.
    pub peak: u64,
}

/// How good the plan is.
pub struct Reached {
    /// The last of the priorities that are proven without a gap from the first.
    pub proven_through: String,
    pub route: String,
    /// Each priority as `name value`, and `≤ bound` where the two differ.
    pub levels: Vec<String>,
}

/// Schedules the event of a folder, from scratch.
pub fn schedule(folder: &Path) -> Result<Run> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("plan.")) {
            fs::remove_file(path)?;
        }
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_tablehop"));
    command.args(["schedule", "--quiet"]).arg(folder).stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let ended = command.spawn().context("the program can't be started")?.wait4()?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(ended.status.success(), "`tablehop schedule {}`: {}", folder.display(), ended.status);
    Ok(Run { seconds, peak: ended.rusage.maxrss })
}

/// What the plan in a folder says of itself.
pub fn reached(folder: &Path) -> Result<Reached> {
    let plan: Value = serde_json::from_slice(&fs::read(folder.join("plan.json"))?)?;
    let certificate = &plan["certificate"];
    let levels = certificate["priorities"].as_array().context("a certificate has priorities")?;
    Ok(Reached {
        proven_through: certificate["proven_through"].as_str().unwrap_or("nothing").to_owned(),
        route: certificate["route"].as_str().unwrap_or_default().to_owned(),
        levels: levels.iter().map(level).collect(),
    })
}

fn level(level: &Value) -> String {
    let (name, value, bound) =
        (level["name"].as_str().unwrap_or_default(), numbers(&level["value"]), numbers(&level["bound"]));
    if value == bound { format!("{name} {value}") } else { format!("{name} {value} (bound {bound})") }
}

fn numbers(value: &Value) -> String {
    let Some(parts) = value.as_array() else { return "none".to_owned() };
    parts.iter().map(Value::to_string).collect::<Vec<_>>().join(" ")
}
