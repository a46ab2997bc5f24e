use super::{edition, invited, moved, plan, text, values, written};
use crate::domain::{Mentee, Room, RoomIx, Schedule};
use crate::output::calendar::Edition;
use crate::output::sample::{event, schedule, seat};

/// UID, SEQUENCE, DTSTAMP and STATUS of each entry.
fn states(text: &str) -> Vec<(String, String, String, String)> {
    let of = |property| values(text, property).into_iter().map(str::to_owned);
    let parts = of("UID").zip(of("SEQUENCE")).zip(of("DTSTAMP")).zip(of("STATUS"));
    parts.map(|(((uid, sequence), stamp), status)| (uid, sequence, stamp, status)).collect()
}

#[test]
fn a_later_revision_updates_what_changed_and_takes_back_what_fell_away() {
    let event = event();
    let first = plan(&event, &schedule(), 1, None);
    let second = plan(&event, &moved(), 2, Some(&first));
    let third = plan(&event, &moved(), 3, Some(&second));
    let before = written(edition(&event, &first, None));
    let after = written(edition(&event, &third, None));
    let changes = written(edition(&event, &third, Some(&first)));
    let owners: Vec<_> = changes.iter().map(|file| file.path.rsplit_once('-').map_or("", |(name, _)| name)).collect();
    assert_eq!(
        owners,
        ["experts/dr-amara-okafor", "experts/hyperlink-x", "mentees/ana-brandt", "mentees/cy-31m-b", ""]
    );

    let [was, is, sent] = [&before, &after, &changes].map(|files| states(&text(files, "mentees/ana-")));
    assert_eq!(was[0], is[0], "what stays keeps its bytes");
    assert_eq!((was[1].0.as_str(), was[1].1.as_str()), (is[1].0.as_str(), "1"));
    assert_eq!((is[1].1.as_str(), is[1].2.as_str()), ("2", "20270302T120000Z"));
    assert_eq!(sent, is[1..]);

    let (was, sent) = (states(&text(&before, "mentees/cy-")), states(&text(&changes, "mentees/cy-")));
    let cancelled = (was[0].0.clone(), "2".to_owned(), "20270302T120000Z".to_owned(), "CANCELLED".to_owned());
    assert_eq!(sent, [cancelled]);
    assert!(!after.iter().any(|file| file.path.starts_with("mentees/cy-")));
    assert_eq!(states(&text(&changes, "everything.ics")).len(), 2);
    assert_eq!(written(edition(&event, &third, Some(&second))), []);
}

#[test]
fn who_left_the_rosters_is_taken_back_too() {
    let first = plan(&event(), &schedule(), 1, None);
    let mut event = event();
    event.mentees.remove(2);
    let fewer = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 1, 0)]);
    let second = plan(&event, &fewer, 2, Some(&first));
    let changes = written(edition(&event, &second, Some(&first)));
    assert_eq!(states(&text(&changes, "mentees/cy-"))[0].3, "CANCELLED");
    let all = invited(edition(&event, &second, Some(&first)));
    assert_eq!((all.gone, all.without_address), (vec!["Cy\u{1b}[31m <b>|".to_owned()], vec![]));
    assert!(!all.files.iter().any(|file| file.path.starts_with("mentees/")), "nothing else changed for a mentee");
}

#[test]
fn a_clock_that_was_put_back_makes_nothing_look_older() {
    let event = event();
    let first = plan(&event, &schedule(), 9, None);
    let second = plan(&event, &moved(), 2, Some(&first));
    let ana = states(&text(&written(edition(&event, &second, None)), "mentees/ana-"));
    assert_eq!((ana[0].2.as_str(), ana[1].2.as_str()), ("20270309T120000Z", "20270309T120001Z"));
}

#[test]
fn a_table_that_moves_leaves_one_room_and_enters_another() {
    let mut event = event();
    event.rooms = ["Annex", "Gallery"].map(|name| Room { name: name.into(), tables: None }).into();
    event.experts.iter_mut().for_each(|expert| expert.room = Some(RoomIx(0)));
    let first = plan(&event, &schedule(), 1, None);
    event.experts[1].room = Some(RoomIx(1));
    let second = plan(&event, &schedule(), 2, Some(&first));
    let changes = written(edition(&event, &second, Some(&first)));
    let (left, entered) = (states(&text(&changes, "rooms/annex-")), states(&text(&changes, "rooms/gallery-")));
    assert_eq!((left[0].3.as_str(), entered[0].3.as_str()), ("CANCELLED", "CONFIRMED"));
    assert_ne!(left[0].0, entered[0].0);
    assert_eq!(states(&text(&changes, "everything.ics")).len(), 1);
}

#[test]
fn a_person_who_came_late_has_entries_since_then() {
    let first = plan(&event(), &schedule(), 1, None);
    let mut event = event();
    event.mentees.push(Mentee { id: "dee".into(), name: "Dee".into(), ..event.mentees[0].clone() });
    let more = Schedule::new([schedule().seats(), &[seat(1, 1, 3)]].concat());
    let second = plan(&event, &more, 2, Some(&first));
    let changes = written(edition(&event, &second, Some(&first)));
    assert_eq!(states(&text(&changes, "mentees/dee-"))[0].1, "2");
    assert_eq!(states(&text(&changes, "experts/hyperlink-"))[0].1, "2");
    assert!(!changes.iter().any(|file| file.path.starts_with("mentees/ana-")), "her card is as it was");
    let messages = invited(Edition { single: true, ..edition(&event, &second, Some(&first)) }).files;
    assert!(text(&messages, "mentees/dee-").contains("\nSubject: Spring Mentoring\n"));
    assert!(text(&messages, "experts/hyperlink-").contains("\nSubject: Changed: Spring Mentoring\n"));
}

#[test]
fn who_leaves_and_comes_back_is_told_both() {
    let all = event();
    let mut without = event();
    without.mentees.remove(2);
    let fewer = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 1, 0)]);
    let first = plan(&all, &schedule(), 1, None);
    let second = plan(&without, &fewer, 2, Some(&first));
    let third = plan(&all, &schedule(), 3, Some(&second));
    let cy = |plan, earlier| {
        let found = states(&text(&written(edition(&all, plan, earlier)), "mentees/cy-"));
        found.into_iter().map(|(uid, sequence, _, status)| (uid, sequence, status)).next().expect("an entry")
    };
    let (was, left, is) = (cy(&first, None), cy(&second, Some(&first)), cy(&third, None));
    assert_eq!([&left.0, &is.0], [&was.0; 2]);
    let said = [&was, &left, &is].map(|(_, sequence, status)| (sequence.as_str(), status.as_str()));
    assert_eq!(said, [("1", "CONFIRMED"), ("2", "CANCELLED"), ("3", "CONFIRMED")]);
    // Whoever heard of revision 2 must hear of this one, also where only revision 1 is named.
    assert_eq!([cy(&third, Some(&first)), cy(&third, Some(&second))], [is.clone(), is]);
}

#[test]
fn what_is_told_of_changes_is_what_the_whole_says() {
    let mut event = event();
    let first = plan(&event, &schedule(), 1, None);
    event.experts[0].name = "Dr. Amara Okafor-Smith".into();
    let second = plan(&event, &schedule(), 2, Some(&first));
    event.experts[1].table = "T9".into();
    let third = plan(&event, &moved(), 3, Some(&second));
    let fourth = plan(&event, &schedule(), 4, Some(&third));
    for single in [false, true] {
        let of = |earlier| written(Edition { single, ..edition(&event, &fourth, earlier) });
        let whole = of(None);
        for earlier in [&first, &second, &third] {
            let mut told = of(Some(earlier));
            assert!(!told.is_empty());
            for file in &whole {
                let expected = states(&text(&whole, &file.path)).into_iter();
                let newer = |state: &(String, String, String, String)| state.1 > earlier.revision.to_string();
                let expected: Vec<_> = expected.filter(newer).collect();
                let found = told.iter().position(|other| other.path == file.path).map(|at| told.remove(at));
                let found = found.map_or_else(Vec::new, |found| states(&text(&[found], &file.path)));
                assert_eq!(found, expected, "{}", file.path);
            }
            assert_eq!(told, [], "nothing fell away");
        }
    }
}
