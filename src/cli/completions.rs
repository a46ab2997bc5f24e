//! `completions`: what a shell needs to complete the command line.

use clap::CommandFactory;

use super::args::{self, Call};
use super::failure::Failure;
use super::screen::Screen;

pub fn run(args: &args::Completions, screen: &Screen) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Call::command(), "tablehop", &mut script);
    screen.data(&String::from_utf8_lossy(&script))
}
