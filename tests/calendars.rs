//! What holds of calendars whatever people write.

use chrono::{TimeZone, Utc};
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use tablehop::domain::{Calendar, Certificate, Event, Organizer, Route, Schedule};
use tablehop::output::calendar::{Edition, File, files, invitations};
use tablehop::output::plan::{Plan, Revision};

use super::support::{EventBuilder, schedule_on};

/// What could end a line or a value, or begin another one.
const MARKS: [&str; 24] = [
    "\r\n",
    "\n",
    "\r",
    "\t",
    ":",
    ";",
    ",",
    "\"",
    "\\",
    "\\n",
    "=",
    "^n",
    "BEGIN:VEVENT",
    "\r\nEND:VCALENDAR\r\n",
    "\r\n ",
    "\u{85}",
    "\u{2028}",
    "\u{0}",
    "\u{1b}",
    "\u{202e}",
    "\u{feff}",
    "👩‍⚕️",
    "ATTENDEE:mailto:x@y.example",
    "=0D=0A",
];

/// A text as nobody expects it.
fn hostile() -> impl Strategy<Value = String> {
    let piece =
        prop_oneof![select(&MARKS[..]).prop_map(str::to_owned), any::<char>().prop_map(String::from), "[a-z ]{1,90}"];
    vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// Every text of an event, from `of`.
fn written(mut of: impl FnMut() -> String) -> (Event, Schedule) {
    let mut event = EventBuilder::new(2, 3, 2).topics(2).rooms(&[None]).in_room(1, 1).build();
    event.name = of();
    event.venue = Some(of());
    event.organizer = Some(Organizer { name: of(), email: Some(of()) });
    event.topics.iter_mut().chain(event.rooms.iter_mut().map(|room| &mut room.name)).for_each(|text| *text = of());
    for expert in &mut event.experts {
        (expert.name, expert.table, expert.affiliation, expert.email) = (of(), of(), Some(of()), Some(of()));
    }
    for mentee in &mut event.mentees {
        (mentee.name, mentee.affiliation, mentee.email) = (of(), Some(of()), Some(of()));
        (mentee.stage, mentee.goal) = (Some(of()), Some(of()));
    }
    event.calendar = Calendar {
        alarms: vec![0, 10],
        categories: vec![of(), of()],
        prepare_experts: Some(of()),
        prepare_mentees: Some(of()),
        note: Some(of()),
    };
    (event, schedule_on(&[(1, 1, 1, &[1, 2]), (1, 2, 2, &[3]), (2, 1, 1, &[3]), (2, 2, 2, &[1, 2])]))
}

/// All files to import, in both forms, the calendars of all invitations, and the names of the headers of each.
fn calendars(event: &Event, schedule: &Schedule) -> (Vec<Vec<u8>>, Vec<Vec<String>>) {
    let certificate = Certificate::new(Vec::new(), Route::Adopted, 0, "none".into());
    let made = Utc.with_ymd_and_hms(2027, 3, 1, 12, 0, 0).single().expect("a time");
    let plan = Plan::new(event, schedule, &certificate, Revision { made, inputs: [].into(), previous: None, first: 1 });
    let (mut calendars, mut headers) = (Vec::new(), Vec::new());
    for single in [false, true] {
        let edition = Edition { event, plan: &plan, earlier: None, single, secret: None };
        calendars.extend(files(&edition).expect("times").into_iter().map(|file| file.bytes));
        let email = event.organizer.as_ref().and_then(|o| o.email.as_deref()).expect("an address");
        let messages = invitations(&edition, email).expect("times").files;
        headers.extend(messages.iter().map(header_names));
        calendars.extend(messages.iter().map(inner));
    }
    (calendars, headers)
}

/// The names of the headers of a message, in their order.
fn header_names(message: &File) -> Vec<String> {
    let text = std::str::from_utf8(&message.bytes).expect("UTF-8");
    let head = text.split("\r\n\r\n").next().expect("a head");
    let lines = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
    lines.map(|line| line.split(':').next().unwrap_or_default().to_owned()).collect()
}

/// The calendar in a message: its second part, decoded.
fn inner(message: &File) -> Vec<u8> {
    let text = String::from_utf8_lossy(&message.bytes);
    let part = text.split("Content-Type: text/calendar").nth(1).expect("a calendar");
    let (head, body) = part.split_once("\r\n\r\n").expect("a body");
    let body = body.rsplit_once("\r\n--").expect("an end").0.rsplit_once("\r\n--").map_or(body, |(body, _)| body);
    let body = body.split("\r\n--").next().expect("a part");
    if head.contains("base64") {
        base64(body)
    } else if head.contains("quoted") {
        quoted(body)
    } else {
        body.into()
    }
}

fn quoted(body: &str) -> Vec<u8> {
    let body = body.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.as_str();
    while let Some((plain, coded)) = rest.split_once('=') {
        bytes.extend(plain.bytes());
        bytes.push(u8::from_str_radix(&coded[..2], 16).expect("two digits"));
        rest = &coded[2..];
    }
    bytes.extend(rest.bytes());
    bytes
}

fn base64(body: &str) -> Vec<u8> {
    let digit =
        |b: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|&d| d == b);
    let digits: Vec<usize> = body.bytes().filter_map(digit).collect();
    let bytes = digits.chunks(4).flat_map(|group| {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        (0..group.len() - 1).map(move |i| (bits >> (16 - 8 * i)) as u8)
    });
    bytes.collect()
}

/// The lines of a file, unfolded: the name, and the rest.
fn lines(calendar: &[u8]) -> Vec<(String, String)> {
    let text = std::str::from_utf8(calendar).expect("UTF-8");
    assert!(
        text.trim_end_matches("\r\n").split("\r\n").all(|line| line.len() <= 75 && !line.contains(char::is_control))
    );
    let unfolded = text.replace("\r\n ", "");
    let line = |line: &str| {
        let (name, rest) = line.split_at(line.find([':', ';']).unwrap_or_else(|| panic!("no name: {line}")));
        (name.to_owned(), rest.to_owned())
    };
    unfolded.trim_end().split("\r\n").map(line).collect()
}

/// Whether a value is a list of so many texts, with every mark of their syntax escaped.
fn is_text(value: &str, texts: usize) -> bool {
    let bare = ["\\\\", "\\;", "\\,", "\\n"].iter().fold(value.to_owned(), |value, escaped| value.replace(escaped, ""));
    !bare.contains(['\\', ';']) && bare.matches(',').count() + 1 == texts
}

/// Whether the rest of a line is an identity that the program made.
fn is_identity(rest: &str) -> bool {
    rest.strip_prefix(':').and_then(|uid| uid.strip_suffix("@tablehop")).is_some_and(|uid| {
        let digits = uid.rsplit_once('-').map_or(uid, |(_, digits)| digits);
        digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// Whether the rest of a line is one value of somebody: a name in quotes, and an address.
fn is_party(rest: &str) -> bool {
    let mut parts = rest.split('"');
    let (open, _, close) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    let address = close.split_once(":mailto:").map_or("", |(_, address)| address);
    open == Some(";CN=") && parts.next().is_none() && !address.contains([':', ';', ',', ' ', '"', '\\'])
}

proptest! {
    #[test]
    fn no_text_adds_ends_or_alters_a_line_or_a_header(texts in vec(hostile(), 40)) {
        let mut texts = texts.into_iter().cycle();
        let (event, schedule) = written(|| texts.next().expect("they go round"));
        let mut count = 0;
        let (plain, _) = written(|| { count += 1; format!("x{count}@example.org") });
        let (hostile, headers) = calendars(&event, &schedule);
        let (plain, plain_headers) = calendars(&plain, &schedule);
        prop_assert_eq!(headers, plain_headers);
        prop_assert_eq!(hostile.len(), plain.len());
        for (hostile, plain) in hostile.iter().zip(&plain) {
            let (hostile, plain) = (lines(hostile), lines(plain));
            prop_assert!(hostile.iter().map(|(name, _)| name).eq(plain.iter().map(|(name, _)| name)), "{:?}", hostile);
            for ((name, rest), (_, as_always)) in hostile.iter().zip(&plain) {
                match name.as_str() {
                    "SUMMARY" | "DESCRIPTION" | "LOCATION" | "X-WR-CALNAME" => prop_assert!(is_text(rest, 1), "{}{}", name, rest),
                    "CATEGORIES" => prop_assert!(is_text(rest, 2), "{}", rest),
                    "ORGANIZER" | "ATTENDEE" => prop_assert!(is_party(rest), "{}{}", name, rest),
                    // A room is part of the identity of what takes place in it.
                    "UID" => prop_assert!(is_identity(rest), "{}", rest),
                    _ => prop_assert_eq!(rest, as_always),
                }
            }
        }
    }
}
