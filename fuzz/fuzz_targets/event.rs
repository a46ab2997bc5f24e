//! Any bytes as event.toml: an event that is sound, or faults that can be shown.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| tablehop_fuzz::spoil("event.toml", bytes));
