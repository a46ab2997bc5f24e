//! Any bytes as a table of seats: a schedule that can be checked, or faults that can be shown.

#![no_main]

use std::sync::LazyLock;

use tablehop::check;
use tablehop::domain::Event;
use tablehop::input::{ReadOptions, Source, read_seats};

static EVENT: LazyLock<Event> = LazyLock::new(tablehop_fuzz::example);

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let source = Source { name: "seats.csv".to_owned(), bytes: bytes.to_vec() };
    match read_seats(&EVENT, &source, &ReadOptions::default()) {
        Ok(schedule) => {
            check::breaches(&EVENT, &schedule);
        }
        Err(faults) => tablehop_fuzz::told(&faults),
    }
});
