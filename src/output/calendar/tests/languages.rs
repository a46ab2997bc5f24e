use super::{edition, invited, moved, plan, text, values, written};
use crate::domain::Event;
use crate::output::calendar::Edition;
use crate::output::sample::{event, schedule};

/// The event in another language.
fn in_german() -> Event {
    let mut event = event();
    let said = [
        ("round", "Runde {}"),
        ("table", "Tisch"),
        ("expert", "Expertin"),
        ("topic", "Thema: {}"),
        ("with", "Mit {}"),
        ("group", "{} Mentees"),
        ("sits_out", "Pause"),
        ("contact", "Fragen an {}"),
        ("greeting", "Guten Tag, {}!"),
        ("invited", "Ihre Zeit bei {}:"),
        ("rescheduled", "Ihre Zeit bei {} ist jetzt anders:"),
        ("cancelled", "Bei {} entfällt:"),
        ("subject_changed", "Neu: {}"),
        ("subject_cancelled", "Abgesagt: {}"),
    ];
    let words = event.text.labels.by_name().into_iter().chain(event.text.sentences.by_name());
    for (name, word) in words {
        let own = said.iter().find(|(own, _)| *own == name);
        *word = own.map_or_else(|| "not in calendars".to_owned(), |(_, own)| (*own).to_owned());
    }
    event.text.date = "%A, %-d. %B %Y".into();
    event.text.clock = "%H.%M Uhr".into();
    event.text.weekdays = vec!["Dienstag".into(); 7];
    event.text.months = vec!["März".into(); 12];
    event
}

#[test]
fn calendars_speak_the_language_of_the_event() {
    let event = in_german();
    let plan = plan(&event, &schedule(), 1, None);
    let files = written(edition(&event, &plan, None));
    let ana = text(&files, "mentees/ana-");
    let said = "Spring Mentoring\\nRunde 1: Dienstag\\, 9. März 2027\\, 13.30 Uhr–13.42 Uhr\\, America/Chicago \
                (UTC-06:00)\\nTisch T1\\, Hall C\\nThema: Data\\nMit Dr. Amara Okafor\\n\\nFragen an Committee\\, \
                committee@example.org";
    assert_eq!((values(&ana, "DESCRIPTION")[0], values(&ana, "LOCATION")[0]), (said, "Tisch T1\\, Hall C"));
    assert_eq!(values(&text(&files, "experts/dr-amara-okafor-"), "SUMMARY")[0], "2 Mentees · Data");
    assert!(text(&files, "everything.ics").contains("\\nExpertin: Dr. Amara Okafor\\n"));
    let singles = written(Edition { single: true, ..edition(&event, &plan, None) });
    assert!(text(&singles, "mentees/shan-tian-").contains("13.45 Uhr–13.57 Uhr · Runde 2: Pause\\n"));
    for file in [files, singles].concat() {
        assert!(!String::from_utf8_lossy(&file.bytes).replace("\r\n ", "").contains("not in calendars"));
    }
}

#[test]
fn invitations_speak_the_language_of_the_event() {
    let event = in_german();
    let first = plan(&event, &schedule(), 1, None);
    let second = plan(&event, &moved(), 2, Some(&first));
    let said = |plan, earlier, path| {
        let files = invited(Edition { single: true, ..edition(&event, plan, earlier) }).files;
        text(&files, path).replace("=\n", "").replace("=C3=A4", "ä")
    };
    let invited = said(&first, None, "mentees/ana-");
    assert!(invited.contains("Guten Tag, Ana Brandt!\n\nIhre Zeit bei Spring Mentoring:\n\nHall C\n"), "{invited}");
    let changed = said(&second, Some(&first), "mentees/ana-");
    assert!(
        changed.contains("\nSubject: Neu: Spring Mentoring\n") && changed.contains(" ist jetzt anders:"),
        "{changed}"
    );
    let cancelled = said(&second, Some(&first), "mentees/cy-");
    assert!(cancelled.contains("\nSubject: Abgesagt: Spring Mentoring\n"), "{cancelled}");
    assert!(cancelled.contains("\n\nBei Spring Mentoring entfällt:\n\n"), "{cancelled}");
}
