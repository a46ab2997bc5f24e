//! What the user typed, and one file a command: read, call, write.
//!
//! The only place that prints, reads and writes files and takes a clock. Errors become messages and an exit status
//! in one place, [`run`].

mod args;
mod browser;
mod calendar;
mod check;
mod choosing;
mod completions;
mod export;
mod failure;
mod folder;
mod init;
mod man;
mod outbox;
mod print;
mod schedule;
mod screen;
mod search;
mod secret;
mod show;
mod store;
mod validate;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;

use args::{Call, Command};
use failure::Failure;
use screen::Screen;

/// Exit status of a fault of the program or the machine.
const FAULT: u8 = 3;

/// Runs one command and returns its exit status: 0 done, 1 the answer is no, 2 the input or the call is wrong, 3 a
/// fault of the program or the machine. `arguments` begin with the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    panic::set_hook(Box::new(|fault| {
        let place = fault.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
        screen::complain(&format!("error: the program made a mistake{place}; please report it with this command"));
    }));
    let call = match Call::try_parse_from(arguments) {
        Ok(call) => call,
        Err(answer) => return screen::say_of_the_call(&answer),
    };
    let screen = Screen::new(&call.manners);
    let done = panic::catch_unwind(AssertUnwindSafe(|| dispatch(&call.command, &screen)));
    match done {
        Ok(Ok(())) | Ok(Err(Failure::ClosedPipe)) => ExitCode::SUCCESS,
        Ok(Err(failure)) => screen.explain(&failure),
        Err(_) => ExitCode::from(FAULT),
    }
}

fn dispatch(command: &Command, screen: &Screen) -> Result<(), Failure> {
    match command {
        Command::Init(args) => init::run(args, screen),
        Command::Validate(args) => validate::run(args, screen),
        Command::Schedule(args) => schedule::run(args, screen),
        Command::Show(args) => show::run(args, screen),
        Command::Check(args) => check::run(args, screen),
        Command::Export(args) => export::run(args, screen),
        Command::Print(args) => print::run(args, screen),
        Command::Calendar(args) => calendar::run(args, screen),
        Command::Completions(args) => completions::run(args, screen),
        Command::Man(args) => man::run(args, screen),
    }
}
