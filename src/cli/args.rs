//! What can be typed. The comments are the help.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::output::print::Piece;

/// Schedules speed-mentoring and micro-mentoring events, and proves how good the schedule is.
///
/// An event is a folder: event.toml says when, where and by which rules; two rosters say who. Begin with
/// `tablehop init my-event`, then `tablehop schedule my-event`.
#[derive(Debug, Parser)]
#[command(name = "tablehop", version, max_term_width = 100, after_help = EXIT_STATUS)]
pub struct Call {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub manners: Manners,
}

const EXIT_STATUS: &str = "Exit status: 0 done · 1 the answer is no · 2 the input or the call is wrong · \
                           3 a fault of the program or the machine";

#[derive(Debug, Args)]
pub struct Manners {
    /// Print data and errors alone
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more of what was found out and done
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a starter event that schedules as it is
    Init(Init),
    /// Read everything, and say every fault and what was understood
    Validate(Validate),
    /// Make the plan, and say how good it is
    Schedule(Schedule),
    /// Print the plan
    Show(Show),
    /// Hold a plan against the rosters, every rule and its certificate
    Check(Check),
    /// Print or write the plan for other programs
    Export(Export),
    /// Write what is printed for the day: signs, cards, badges, lists
    Print(Print),
    /// Write calendars for participants and the organizer, or invitations to mail
    Calendar(Calendar),
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

/// The event, and how its tables are read.
#[derive(Debug, Args)]
pub struct Event {
    /// The event's folder, or its event.toml
    #[arg(default_value = ".")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Args)]
pub struct Reading {
    /// Drop choices that nobody knows, with a warning, instead of stopping
    #[arg(long)]
    pub lenient: bool,
    /// Encoding of the tables, such as windows-1252; found out when left out
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<String>,
    /// What stands between the cells of the tables, such as ; or tab; found out when left out
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    pub delimiter: Option<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
    Csv,
    Markdown,
}

#[derive(Debug, Args)]
pub struct Init {
    /// The folder to write to; it may exist, its files may not
    #[arg(default_value = ".")]
    pub folder: PathBuf,
}

#[derive(Debug, Args)]
pub struct Validate {
    #[command(flatten)]
    pub event: Event,
    /// How to print each topic's wishes and seats
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

#[derive(Debug, Args)]
pub struct Schedule {
    #[command(flatten)]
    pub event: Event,
    /// How to print the rounds
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    /// Ignore the standing plan; otherwise the last tie-break is to change little of it
    #[arg(long)]
    pub fresh: bool,
    /// How long to search, about, in steps; the same number gives the same plan
    #[arg(long, default_value_t = STEPS, value_parser = clap::value_parser!(u64).range(1..=MOST_STEPS))]
    pub steps: u64,
    /// Seed of the search
    #[arg(long, default_value_t = 0)]
    pub seed: u64,
    /// Stop the search after so many seconds and keep the best plan found
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub time_limit: Option<Duration>,
}

/// Steps that a search has when nothing is said.
pub const STEPS: u64 = 2_000_000;

/// Days of work; what is counted in shares of the steps stays far from the largest number.
const MOST_STEPS: u64 = 100_000_000_000;

#[derive(Debug, Args)]
pub struct Show {
    #[command(flatten)]
    pub event: Event,
    /// What the sections are
    #[arg(long, value_enum, default_value = "round", conflicts_with = "person")]
    pub by: By,
    /// One person's card, by name or id
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// How to print it
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    Round,
    Table,
    Expert,
    Mentee,
    Topic,
}

#[derive(Debug, Args)]
pub struct Check {
    /// The event's folder, or its event.toml; a plan's file alone is held against the event beside it
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
    /// The plan to check: a plan.json, or a CSV or XLSX with round, expert and mentee; the event's own when left out
    pub file: Option<PathBuf>,
    /// Make it the next revision when it keeps every rule
    #[arg(long)]
    pub adopt: bool,
    /// How to print what breaks a rule
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
    #[command(flatten)]
    pub reading: Reading,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub event: Event,
    /// One row a person, for mail merges; otherwise one row a seat, and as xlsx a sheet for each way to look at it
    #[arg(long)]
    pub people: bool,
    /// How to write it; found out from the name of the file, else csv
    #[arg(long, value_enum)]
    pub format: Option<ExportFormat>,
    /// The file to write, in place of what is there; otherwise standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Table,
    Json,
    Csv,
    Markdown,
    Xlsx,
}

#[derive(Debug, Args)]
pub struct Print {
    #[command(flatten)]
    pub event: Event,
    /// Only these pieces, such as badges,door-list; otherwise all of them, a file each
    #[arg(long, value_name = "PIECES", value_delimiter = ',', value_parser = piece())]
    pub only: Vec<String>,
    /// All pieces in one file, venue-kit.html
    #[arg(long)]
    pub all: bool,
    /// Only the cards of those for whom something changed since a revision of the plan
    #[arg(long, value_name = "REVISION")]
    pub changed_since: Option<u32>,
    /// Write PDF too, with the Chromium, Chrome or Edge that is installed
    #[arg(long)]
    pub pdf: bool,
    /// The browser that writes the PDF; found by itself when left out
    #[arg(long, value_name = "PATH", requires = "pdf")]
    pub browser: Option<PathBuf>,
}

/// The names of pieces.
fn piece() -> PossibleValuesParser {
    PossibleValuesParser::new(Piece::ALL.map(Piece::name))
}

#[derive(Debug, Args)]
pub struct Calendar {
    #[command(flatten)]
    pub event: Event,
    /// One entry a person, the rounds in its description: the usual for invitations
    #[arg(long, conflicts_with = "each_round")]
    pub single: bool,
    /// One entry a round: the usual for files to import
    #[arg(long)]
    pub each_round: bool,
    /// Write invitations, ready to be sent by any mail program, instead of files to import
    #[arg(long)]
    pub invitations: bool,
    /// Write only what changed since the revision that people have, and what fell away
    #[arg(long, value_name = "REVISION")]
    pub changed_since: Option<u32>,
    /// Add to the name of each file what nobody can guess, for files that are put on the web
    #[arg(long)]
    pub unguessable: bool,
    /// The folder to write, in place of what this command wrote there before; one in `out` when left out
    #[arg(long, value_name = "FOLDER")]
    pub output: Option<PathBuf>,
    /// Print whose file is which
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

#[derive(Debug, Args)]
pub struct Man {
    /// The command whose page it is; the program's when left out
    pub command: Option<String>,
}

fn encoding(typed: &str) -> Result<String, String> {
    match crate::input::is_encoding(typed) {
        true => Ok(typed.to_owned()),
        false => Err("give a name of the Encoding Standard, such as utf-8 or windows-1252".to_owned()),
    }
}

fn delimiter(typed: &str) -> Result<u8, String> {
    match typed.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] if one.is_ascii() && !one.is_ascii_alphanumeric() => Ok(*one),
        _ => Err("give one character, such as ; or tab".to_owned()),
    }
}

fn seconds(typed: &str) -> Result<Duration, String> {
    let seconds = typed.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let seconds = seconds.filter(|seconds| !seconds.is_zero());
    seconds.ok_or_else(|| "give a number of seconds above 0, such as 30 or 0.5".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_description_of_the_call_is_sound() {
        Call::command().debug_assert();
    }

    #[test]
    fn an_encoding_is_one_that_there_is() {
        assert_eq!(encoding("latin1"), Ok("latin1".to_owned()));
        assert!(encoding("klingon").is_err() && encoding("").is_err());
    }

    #[test]
    fn seconds_are_above_zero_and_need_not_be_whole() {
        assert_eq!(seconds("30"), Ok(Duration::from_secs(30)));
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        for wrong in ["0", "-1", "", "soon", "NaN", "inf", "1e300"] {
            assert!(seconds(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_delimiter_is_one_character_or_a_tab() {
        assert_eq!(delimiter(";"), Ok(b';'));
        assert_eq!(delimiter("tab"), Ok(b'\t'));
        assert!(delimiter("ab").is_err() && delimiter("a").is_err() && delimiter("").is_err());
    }
}
