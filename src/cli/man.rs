//! `man`: the manual page of the program or of one command.

use anyhow::Context;
use clap::CommandFactory;
use clap_mangen::Man;

use super::args::{self, Call};
use super::failure::Failure;
use super::screen::Screen;

pub fn run(args: &args::Man, screen: &Screen) -> Result<(), Failure> {
    let mut program = Call::command();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::input(format!("there is no command `{name}`"), "`tablehop --help` lists the commands")
        })?,
    };
    let mut text = Vec::new();
    Man::new(page).render(&mut text).context("cannot make the manual page")?;
    screen.data(&String::from_utf8_lossy(&text))
}
