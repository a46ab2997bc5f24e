//! A schedule as bytes: one format a file, each a pure function with its own types.
//!
//! [`plan`] is the file that the program keeps and other programs read. Everything else is a [`Sheet`], rows under
//! headings, that [`csv`], [`json`], [`markdown`], [`terminal`] and [`xlsx`] each write in their way; [`views`] and
//! [`exports`] make the sheets; [`calendar`] makes what participants import and what is mailed to them. [`verdict`]
//! and [`words`] put figures and reasons into plain words.
//!
//! Text that came from a form is hostile: every format guards against what its readers would run.

pub mod calendar;
pub mod csv;
pub mod exports;
pub mod json;
pub mod markdown;
pub mod plan;
pub mod print;
pub mod quality;
mod rows;
#[cfg(test)]
pub(crate) mod sample;
mod sheet;
pub mod terminal;
pub mod text;
pub mod verdict;
pub mod views;
mod wording;
pub mod words;
pub mod xlsx;

pub use sheet::{Cell, Section, Sheet};
