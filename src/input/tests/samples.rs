//! Roster files in the shapes that organizers' tools export them.

use super::{Folder, shown};

const TOPICS: &str = r#"
[topics]
offered = ["Clinical informatics", "Interoperability (HL7, FHIR)", "Changing careers, and getting hired", "Leadership & management",
  "Research and publishing", "AI in patient care", "Cybersecurity; privacy", "Work-life balance"]
"#;
const GOOGLE: &str = r#"
[columns.mentees]
organization = "Organization or school"
topics = "Rank the topics you want to discuss [*]"
experts = "Experts you would especially like to meet (up to 3)"
available = "Which rounds can you attend?"
goal = "What do you hope to get out of it?"
without_order = ["experts"]
"#;

macro_rules! sample {
    ($name:literal) => {
        include_bytes!(concat!("../../../tests/data/intake/", $name))
    };
}

fn folder(columns: &str, mentees: &[u8]) -> Folder {
    let experts = sample!("excel-unicode-experts.txt");
    Folder::new(&format!("{TOPICS}{columns}")).with("experts.csv", experts).with("mentees.csv", mentees)
}

#[test]
fn try_all() {
    let f = folder(GOOGLE, sample!("google-forms-mentees.csv"));
    println!("{}", f.faults().join("\n"));
    let f = f.lenient();
    println!("{}", f.faults().join("\n"));
    let i = f.intake();
    println!("{:#?}", i.notes);
    println!("{} {}", i.event.mentees.len(), i.event.experts.len());
    let f = folder("[columns.mentees]\ntopics = \"Please rank the topics\"", sample!("microsoft-forms-mentees.csv"));
    println!("{}", f.faults().join("\n"));
    let f = folder(
        "[columns.mentees.where]\n\"Attendee Status\" = \"Attending\"\n\"Ticket Type\" = \"Mentee seat\"",
        sample!("eventbrite-attendees.csv"),
    );
    println!("{}", f.faults().join("\n"));
    println!("{:#?}", f.intake().notes);
    let f = folder("", sample!("broken-mentees.csv"));
    println!("{}", f.faults().join("\n"));
    println!("{}", super::super::render(&f.read().unwrap_err(), false, 100));
    let f = folder("", sample!("ragged-mentees.csv"));
    println!("{}", f.faults().join("\n"));
    shown(&[]);
}
