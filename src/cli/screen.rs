//! Where everything is printed: data on standard output, all else on standard error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use super::args::{Format, Manners};
use super::failure::{Failure, Message};
use crate::input::{self, Diagnostic};
use crate::output::text::printable;
use crate::output::{Sheet, csv, json, markdown, terminal};

/// The width of what is no terminal and has no COLUMNS.
const WIDTH: usize = 80;

const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const CYAN: &str = "\u{1b}[1;36m";
const PLAIN: &str = "\u{1b}[0m";

/// How to print.
pub struct Screen {
    quiet: bool,
    verbose: bool,
    colour_of_data: bool,
    colour_of_messages: bool,
    width: usize,
}

impl Screen {
    /// The screen that the environment and the user ask for.
    pub fn new(manners: &Manners) -> Self {
        let coloured = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        let measured = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        Screen {
            quiet: manners.quiet,
            verbose: manners.verbose,
            colour_of_data: coloured && io::stdout().is_terminal(),
            colour_of_messages: coloured && io::stderr().is_terminal(),
            width: measured.or_else(columns).unwrap_or(WIDTH),
        }
    }

    /// Prints data as it is.
    pub fn data(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Prints data that may be no text.
    pub fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(bytes).and_then(|()| out.flush()).map_err(Failure::of_output)
    }

    /// Whether data goes to a terminal.
    pub fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Prints rows in a format.
    pub fn sheet(&self, format: Format, sheet: &Sheet) -> Result<(), Failure> {
        self.data(&self.text(format, sheet, self.colour_of_data))
    }

    /// Rows in a format.
    pub fn text(&self, format: Format, sheet: &Sheet, colour: bool) -> String {
        match format {
            Format::Table => terminal::terminal(sheet, self.width, colour),
            Format::Json => json::json(sheet),
            Format::Csv => csv::csv(sheet),
            Format::Markdown => markdown::markdown(sheet),
        }
    }

    /// Prints sentences that belong to the data: beside it where people read the format, apart from it where
    /// programs do.
    pub fn sentences(&self, format: Format, sentences: &[String]) -> Result<(), Failure> {
        match format {
            Format::Table => sentences.iter().try_for_each(|s| self.data(&format!("{}\n", printable(s)))),
            Format::Markdown => sentences.iter().try_for_each(|s| self.data(&format!("- {}\n", markdown::escaped(s)))),
            Format::Json | Format::Csv => {
                sentences.iter().for_each(|s| self.note(s));
                Ok(())
            }
        }
    }

    /// Parts the rows from the sentences after them, where both stand together.
    pub fn part(&self, format: Format) -> Result<(), Failure> {
        if matches!(format, Format::Table | Format::Markdown) { self.data("\n") } else { Ok(()) }
    }

    /// Says what was done.
    pub fn note(&self, text: &str) {
        if !self.quiet {
            complain(&printable(text));
        }
    }

    /// Says what only those want to know who asked for it.
    pub fn detail(&self, text: &str) {
        if self.verbose {
            complain(&printable(text));
        }
    }

    /// Says what to look at, and what to do about it.
    pub fn warn(&self, text: &str, hint: &str) {
        if !self.quiet {
            self.label(YELLOW, "warning", text);
            self.label(CYAN, "hint", hint);
        }
    }

    /// Says what to know about the files.
    pub fn warn_of_files(&self, warnings: &[Diagnostic]) {
        if !self.quiet && !warnings.is_empty() {
            complain(input::render(warnings, self.colour_of_messages, self.width).trim_end());
        }
    }

    /// Whether to show how far a search is.
    pub fn shows_progress(&self) -> bool {
        !self.quiet
    }

    /// Says why a command failed, and gives its exit status.
    pub fn explain(&self, failure: &Failure) -> ExitCode {
        match failure {
            Failure::No(message) | Failure::Input(message) => self.message(message),
            Failure::Faults(faults) => {
                complain(input::render(faults, self.colour_of_messages, self.width).trim_end());
            }
            Failure::Fault(error) => self.label(RED, "error", &format!("{error:#}")),
            Failure::ClosedPipe => {}
        }
        ExitCode::from(failure.status())
    }

    fn message(&self, message: &Message) {
        message.errors.iter().for_each(|error| self.label(RED, "error", error));
        message.hint.iter().for_each(|hint| self.label(CYAN, "hint", hint));
    }

    fn label(&self, colour: &str, label: &str, text: &str) {
        let text = printable(text);
        complain(&if self.colour_of_messages {
            format!("{colour}{label}{PLAIN}: {text}")
        } else {
            format!("{label}: {text}")
        });
    }
}

/// Prints a line on standard error. When nobody reads it, nobody can be told.
pub fn complain(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Prints help, the version or what is wrong with the call, and gives the exit status.
pub fn say_of_the_call(answer: &clap::Error) -> ExitCode {
    if let Err(error) = answer.print()
        && !answer.use_stderr()
    {
        let failure = Failure::of_output(error);
        if let Failure::Fault(error) = &failure {
            complain(&format!("error: {error:#}"));
        }
        return ExitCode::from(failure.status());
    }
    ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(super::FAULT))
}
