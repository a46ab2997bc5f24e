//! Any bytes as a roster or as requests: an event that is sound, or faults that can be shown.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["mentees.csv", "experts.csv", "requests.csv"] {
        tablehop_fuzz::spoil(name, bytes);
    }
});
