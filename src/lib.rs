//! **tablehop** schedules speed-mentoring and micro-mentoring events, and proves how good the schedule is.
//!
//! # The way through it
//!
//! A folder of files → [`input`] (bytes to domain, or every fault) → [`domain`] → [`pairs`] (who could meet
//! whom, at what score, or why not) → [`solve`] (pairing, rotation, mixing, or the rounds model) →
//! [`domain::Schedule`] with its [`domain::Certificate`] → [`check`] (holds any schedule against every rule,
//! sharing no counting with the solver) → [`output`] (bytes). One direction; [`cli`] reads, calls and writes.
//!
//! Start with [`domain::Event`]; then [`solve::solve`]. [`report`] has the figures that commands put into words.
//!
//! Deliberately absent: two experts at one table, topics that an expert offers in some rounds only, and anything that
//! reads a clock or a file outside [`cli`].

pub mod check;
pub mod cli;
pub mod domain;
pub mod input;
pub mod output;
pub mod pairs;
pub mod report;
pub mod solve;
