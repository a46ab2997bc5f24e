//! The one integration binary: a module a subject, and what they share in `support`.

mod support;

mod bounds;
mod calendars;
mod certificate;
mod cli;
mod contradictions;
mod counting;
mod examples;
mod models;
mod oracle;
mod planted;
mod properties;
mod rules;
mod scores;
mod solver;
mod spreadsheets;
mod standing;
mod tidy;
mod values;
