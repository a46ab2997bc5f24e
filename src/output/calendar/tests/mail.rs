use super::{edition, invited, moved, plan, text, values, written};
use crate::domain::{Calendar, Event};
use crate::output::calendar::{Edition, Owner};
use crate::output::sample::{event, schedule};

#[test]
fn an_invitation_names_its_organizer_and_one_guest_alone() {
    let mut event = event();
    event.experts[1].email = None;
    event.mentees[0].email = Some("ana+50%@example.org".into());
    event.mentees[0].name = "Ana \"B\"; X=1\u{202e}".into();
    let plan = plan(&event, &schedule(), 1, None);
    let all = invited(Edition { single: true, ..edition(&event, &plan, None) });
    assert_eq!(all.without_address, ["=HYPERLINK(\"x\")"]);
    let ana = text(&all.files, "mentees/ana-b-x-1-").replace("=\n", "").replace("=3D", "=");
    let head = "From: \"Committee\" <committee@example.org>\nTo: \"Ana \\\"B\\\"; X=1\" <ana+50%@example.org>\n\
                Subject: Spring Mentoring\nDate: Mon, 1 Mar 2027 12:00:00 +0000\nMessage-ID: <";
    assert!(ana.starts_with(head), "{ana}");
    assert_eq!(values(&ana, "METHOD"), ["REQUEST"]);
    let attendee = "ATTENDEE;CN=\"Ana 'B'; X=1\";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=TRUE:\
                    mailto:ana+50%25@example.org";
    assert!(ana.contains(attendee), "{ana}");
    assert_eq!(ana.matches("\nATTENDEE").count(), 1);
    let addresses = ana.match_indices("@example.org").map(|(at, _)| ana[..at].rsplit([' ', '<', ':']).next());
    let addresses: std::collections::BTreeSet<_> = addresses.flatten().collect();
    assert!(addresses.into_iter().eq(["ana+50%", "ana+50%25", "committee"]), "{ana}");
    assert_eq!(invited(Edition { single: true, ..edition(&event, &plan, None) }).files, all.files);
}

#[test]
fn nobody_reads_the_address_of_somebody_else() {
    let event = event();
    let plan = plan(&event, &schedule(), 1, None);
    for single in [false, true] {
        let edition = Edition { single, ..edition(&event, &plan, None) };
        let all = [written(edition), invited(edition).files].concat();
        assert!(all.len() > 10);
        for file in all {
            let own = match &file.owner {
                Owner::Person { id, .. } if file.path.ends_with(".eml") => id.as_str(),
                _ => "",
            };
            let said = String::from_utf8(file.bytes).expect("UTF-8").replace("\r\n ", "").replace("=\r\n", "");
            let known =
                ["E1", "E2", "ana", "bo", "cy"].into_iter().filter(|id| said.contains(&format!("{id}@example.org")));
            assert_eq!(known.collect::<String>(), own, "{}", file.path);
        }
    }
}

#[test]
fn what_fell_away_is_taken_back_by_mail() {
    let calendar = Calendar { alarms: vec![5], note: Some("Be early.".into()), ..Calendar::default() };
    let event = Event { calendar, ..event() };
    let first = plan(&event, &schedule(), 1, None);
    let second = plan(&event, &moved(), 2, Some(&first));
    let all = invited(Edition { single: true, ..edition(&event, &second, Some(&first)) });
    let cy = text(&all.files, "mentees/cy-");
    assert!(cy.contains("\nSubject: Cancelled: Spring Mentoring\n"), "{cy}");
    assert_eq!((values(&cy, "METHOD"), values(&cy, "STATUS")), (vec!["CANCEL"], vec!["CANCELLED"]));
    assert!(!cy.contains("Be early.") && !cy.contains("VALARM"), "{cy}");
    let ana = text(&all.files, "mentees/ana-");
    assert!(ana.contains("Be early.") && ana.contains("VALARM"), "{ana}");
    assert!(ana.contains("\nSubject: Changed: Spring Mentoring\n"), "{ana}");
    let each = invited(edition(&event, &second, Some(&first)));
    assert_eq!(each.files.iter().filter(|file| file.path.contains("-round-2.eml")).count(), each.files.len());
}

#[test]
fn no_text_adds_a_header() {
    let evil = "x\r\nBcc: evil@example.org\r\n\r\n<b>";
    let mut event = event();
    event.name = evil.into();
    event.organizer = event.organizer.map(|organizer| crate::domain::Organizer { name: evil.into(), ..organizer });
    event.mentees[0].name = evil.into();
    event.mentees[0].email = Some("a>\r\nBcc: <evil@example.org".into());
    let plan = plan(&event, &schedule(), 1, None);
    for file in invited(edition(&event, &plan, None)).files {
        let message = String::from_utf8(file.bytes).expect("UTF-8");
        let (head, _) = message.split_once("\r\n\r\n").expect("a head");
        let names: Vec<_> = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t'])).collect();
        let names: Vec<_> = names.iter().filter_map(|line| line.split_once(':')).map(|(name, _)| name).collect();
        let expected = ["From", "To", "Subject", "Date", "Message-ID", "X-Unsent", "MIME-Version", "Content-Type"];
        assert_eq!(names, expected, "{head}");
    }
}

#[test]
fn an_address_in_what_people_wrote_is_not_passed_on() {
    let mut event = event();
    event.mentees[0].goal = Some("Write to ana.private@example.net, please?".into());
    event.mentees[0].stage = Some("ask <ana.private@example.net>".into());
    event.mentees[1].name = "bo.private@example.net".into();
    event.experts[0].affiliation = Some("amara.private@example.net".into());
    let plan = plan(&event, &schedule(), 1, None);
    for single in [false, true] {
        let edition = Edition { single, ..edition(&event, &plan, None) };
        let all = [written(edition), invited(edition).files].concat();
        let said = text(&written(edition), "experts/dr-amara-okafor-");
        assert!(said.contains("Ana Brandt\\, Lakeside Health (ask …): Write to … please?"), "{said}");
        for file in all {
            let of_bo = matches!(&file.owner, Owner::Person { id, .. } if id == "bo");
            let said = String::from_utf8_lossy(&file.bytes).replace("\r\n ", "").replace("=\r\n", "");
            assert!(of_bo || !said.contains("private"), "{} {said}", file.path);
        }
    }
}
