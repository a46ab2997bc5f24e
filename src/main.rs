//! The `tablehop` command: calls the library and returns the exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    tablehop::cli::run(std::env::args_os())
}
