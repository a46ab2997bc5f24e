//! What the fuzz targets share: an event that is right, whose files they spoil one at a time, and what must hold
//! whatever the bytes are.

use tablehop::domain::{Event, RoundSet};
use tablehop::input::{Diagnostic, Intake, ReadOptions, Source, read, render, roster_files};

const FILES: [(&str, &[u8]); 4] = [
    ("event.toml", include_bytes!("../../examples/health-it/event.toml")),
    ("experts.csv", include_bytes!("../../examples/health-it/experts.csv")),
    ("mentees.csv", include_bytes!("../../examples/health-it/mentees.csv")),
    ("requests.csv", include_bytes!("../../examples/health-it/requests.csv")),
];

/// The event file and the tables of the example, with `bytes` in the place of the file of that name.
pub fn files_with(name: &str, bytes: &[u8]) -> (Source, Vec<Source>) {
    let bytes_of = |file: &str, right: &[u8]| if file == name { bytes.to_vec() } else { right.to_vec() };
    let mut files = FILES.map(|(file, right)| Source { name: file.to_owned(), bytes: bytes_of(file, right) }).to_vec();
    (files.remove(0), files)
}

/// The event of the example as it is.
pub fn example() -> Event {
    let (event, tables) = files_with("", &[]);
    match read(&event, &tables, &ReadOptions::default()) {
        Ok(intake) => intake.event,
        Err(faults) => panic!("the example is right:\n{}", render(&faults, false, 120)),
    }
}

/// Reads the event with `bytes` in the place of the file of that name, strictly and leniently.
pub fn spoil(name: &str, bytes: &[u8]) {
    let (event, tables) = files_with(name, bytes);
    if let Err(faults) = roster_files(&event) {
        told(&faults);
    }
    for lenient in [false, true] {
        match read(&event, &tables, &ReadOptions { lenient, ..ReadOptions::default() }) {
            Ok(intake) => sound(&intake),
            Err(faults) => {
                assert!(!faults.is_empty(), "refused without a reason");
                told(&faults);
            }
        }
    }
}

/// Faults are shown without what a terminal would obey.
pub fn told(faults: &[Diagnostic]) {
    let text = render(faults, false, 80);
    let obeyed = text.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(obeyed, None, "a control character reaches the terminal");
}

/// What the rest of the program may rely on.
fn sound(intake: &Intake) {
    told(&intake.warnings);
    let event = &intake.event;
    assert!((1..=RoundSet::MOST).contains(&event.rounds.len()));
    assert!(event.rounds.iter().all(|r| r.start < r.end));
    assert!(event.experts.is_sorted_by(|a, b| a.id < b.id), "ids of experts ascend, each once");
    assert!(event.mentees.is_sorted_by(|a, b| a.id < b.id), "ids of mentees ascend, each once");
    let all = event.all_rounds();
    for expert in &event.experts {
        assert_eq!(expert.capacity.len(), event.rounds.len());
        assert_eq!(expert.present.and(all), expert.present);
        assert!(expert.smallest_group >= 1);
        assert_eq!(expert.topics.is_empty(), event.topics.is_empty());
        assert!(expert.topics.is_sorted_by(|a, b| a < b) && expert.wishes.is_sorted_by(|a, b| a < b));
    }
    for mentee in &event.mentees {
        assert_eq!(mentee.present.and(all), mentee.present);
        assert!(mentee.topics.is_sorted_by(|a, b| a.target < b.target));
        assert!(mentee.experts.is_sorted_by(|a, b| a.target < b.target));
    }
}
