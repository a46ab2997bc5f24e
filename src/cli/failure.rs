//! Why a command did not do what it was asked, and which exit status that is.

use std::io;

use crate::domain::Event;
use crate::input::Diagnostic;
use crate::output::words;
use crate::solve::Contradiction;

/// What ends a command early.
#[derive(Debug)]
pub enum Failure {
    /// The answer is no.
    No(Message),
    /// The input or the call is wrong.
    Input(Message),
    /// Files are wrong, at these places.
    Faults(Vec<Diagnostic>),
    /// A fault of the program or the machine.
    Fault(anyhow::Error),
    /// Whoever read the output has gone, which is no fault.
    ClosedPipe,
}

/// What is said of a failure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// What is wrong, a sentence each.
    pub errors: Vec<String>,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Message {
    /// One error and what to do about it.
    pub fn new(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Message { errors: vec![error.into()], hint: Some(hint.into()) }
    }
}

impl Failure {
    /// The exit status.
    pub fn status(&self) -> u8 {
        match self {
            Failure::ClosedPipe => 0,
            Failure::No(_) => 1,
            Failure::Input(_) | Failure::Faults(_) => 2,
            Failure::Fault(_) => super::FAULT,
        }
    }

    /// The input or the call is wrong: how, and what to do about it.
    pub fn input(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure::Input(Message::new(error, hint))
    }

    /// The rules cannot all be met, for these reasons as far as they are known; `so` says what comes of it.
    pub fn impossible(event: &Event, reasons: &[Contradiction], so: &str) -> Self {
        let mut errors: Vec<_> = reasons.iter().map(|reason| words::contradiction(event, reason)).collect();
        if errors.is_empty() {
            errors.push(
                "the rules cannot all be met: that is proven, but not which of them stand against each other"
                    .to_owned(),
            );
        }
        let hint = format!("loosen one in event.toml, the requests or the rosters; {so}");
        Failure::No(Message { errors, hint: Some(hint) })
    }

    /// Of writing to standard output.
    pub fn of_output(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::ClosedPipe,
            _ => Failure::Fault(anyhow::Error::new(error).context("cannot write to standard output")),
        }
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Failure::Fault(error)
    }
}
