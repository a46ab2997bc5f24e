//! The venue kit in a real browser: what is printed has the right sheets, and every text stays within its card.
//!
//! Apart from the other tests because it needs Chromium: `cargo test --test browser`, which `.ci/run` always does.
//! Without a browser it fails and says so.

mod chromium;
mod hostile;
mod measure;
mod sheets;
