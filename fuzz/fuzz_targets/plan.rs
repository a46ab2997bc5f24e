//! Any bytes as plan.json: a plan that is written back as it was read and can be checked, or a refusal.

#![no_main]

use std::sync::LazyLock;

use tablehop::check;
use tablehop::domain::Event;
use tablehop::output::plan::Plan;

static EVENT: LazyLock<Event> = LazyLock::new(tablehop_fuzz::example);

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(plan) = Plan::parse(bytes) else { return };
    assert_eq!(Plan::parse(&plan.to_json()).as_ref(), Ok(&plan));
    let schedule = plan.remaining(&EVENT);
    check::breaches(&EVENT, &schedule);
    if let Ok(certificate) = plan.certificate() {
        check::certificate_faults(&EVENT, &schedule, &certificate, None);
    }
});
