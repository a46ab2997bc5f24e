use chrono::{TimeZone, Utc};

use super::{Changed, Kit, Owner, Piece, document};
use crate::domain::{Event, ExpertIx, Mentee, MenteeIx, Round, RoundIx, Schedule, TopicIx};
use crate::output::plan::{Plan, Revision};
use crate::output::sample::{certificate, event, schedule, seat};

/// The kit of a plan's first revision, without calendars.
pub(super) fn kit<'a>(event: &'a Event, schedule: &'a Schedule) -> Kit<'a> {
    Kit { event, schedule, revision: 1, changed: None, calendar: &|_: Owner| None }
}

/// The sample's plan.
fn plan() -> Plan {
    let made = Utc.with_ymd_and_hms(2027, 3, 1, 20, 15, 0).single().expect("a time that exists once");
    let revision = Revision { made, inputs: Default::default(), previous: None, first: 1 };
    Plan::new(&event(), &schedule(), &certificate(), revision)
}

/// Whose part of each kind of card differs after a change.
fn changed(change: impl Fn(&mut Event), seats: &Schedule) -> [Vec<Owner>; 3] {
    let mut event = event();
    change(&mut event);
    let changed = Changed::since(&plan(), &event, seats);
    [Piece::MenteeCards, Piece::TableSigns, Piece::Badges].map(|piece| changed.of(piece).iter().copied().collect())
}

const E1: Owner = Owner::Expert(ExpertIx(0));
const E2: Owner = Owner::Expert(ExpertIx(1));
const ANA: Owner = Owner::Mentee(MenteeIx(0));
const BO: Owner = Owner::Mentee(MenteeIx(1));

#[test]
fn what_is_printed_again_is_what_reads_otherwise() {
    let nothing = [vec![], vec![], vec![]];
    assert_eq!(changed(|_| {}, &schedule()), nothing);
    // Bo goes to the other table in round 2.
    let moved = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 0, 2), seat(1, 1, 0), seat(1, 1, 1)]);
    assert_eq!(changed(|_| {}, &moved), [vec![E2, BO], vec![], vec![]]);
    let table = changed(|event| event.experts[1].table = "T9".into(), &schedule());
    assert_eq!(table, [vec![E2, ANA], vec![E2], vec![E2]]);
    let topic = changed(|event| event.topics[1] = "Law".into(), &schedule());
    assert_eq!(topic, [vec![E2, ANA], vec![E2], vec![]]);
    let affiliation = changed(|event| event.mentees[1].affiliation = None, &schedule());
    assert_eq!(affiliation, [vec![E1, BO], vec![], vec![BO]]);
    let all = changed(|event| event.name = "Autumn Mentoring".into(), &schedule());
    assert_eq!(all.map(|owners| owners.len()), [5, 2, 5]);
}

#[test]
fn who_is_new_gets_cards_and_who_is_gone_is_named() {
    let mut event = event();
    event.mentees.remove(2);
    let new = Mentee { id: "dee".into(), name: "Dee".into(), ..event.mentees[0].clone() };
    event.mentees.push(new);
    let fewer = Schedule::new(vec![seat(0, 0, 0), seat(0, 0, 1), seat(1, 1, 0)]);
    let changed = Changed::since(&plan(), &event, &fewer);
    let dee = Owner::Mentee(MenteeIx(2));
    assert_eq!(changed.of(Piece::MenteeCards).iter().copied().collect::<Vec<_>>(), [E1, dee]);
    assert_eq!(changed.of(Piece::Badges).iter().copied().collect::<Vec<_>>(), [dee]);
    assert_eq!(changed.gone, ["Cy\u{1b}[31m <b>|"]);
    let empty: Vec<_> = Piece::ALL.into_iter().filter(|&piece| piece.is_cards() && changed.is_empty(piece)).collect();
    assert_eq!(empty, [Piece::TableSigns]);
}

#[test]
fn hostile_names_are_escaped_in_every_piece() {
    let (mut event, schedule) = (event(), schedule());
    event.name = "</style><script>".into();
    event.topics[0] = "<i>Data</i>".into();
    event.experts[0].table = "\"T1\"><img src=x>".into();
    let page = document(&kit(&event, &schedule), &Piece::ALL).expect("the templates do not fail");
    for bad in ["<script", "<img", "<i>Data", "<b>|", "\u{1b}"] {
        assert!(!page.contains(bad), "{bad}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("&#60;i&#62;Data") && page.contains("Cy[31m &#60;b&#62;|"));
}

#[test]
fn nobodys_address_is_printed() {
    let (mut event, schedule) = (event(), schedule());
    event.mentees[0].goal = Some("mail me: ana@example.org".into());
    event.mentees[1].affiliation = Some("bo@example.org".into());
    event.experts[0].topics = vec![TopicIx(0), TopicIx(1)];
    let page = document(&kit(&event, &schedule), &Piece::ALL).expect("the templates do not fail");
    assert!(page.contains("mail me: …") && !page.contains("example.org"));
}

#[test]
fn every_day_is_named_also_for_those_who_miss_its_first_round() {
    let mut event = event();
    let [first, second] = event.rounds[..] else { panic!("the sample has two rounds") };
    let day = chrono::Duration::days(1);
    event.rounds.extend([first, second].map(|r| Round { start: r.start + day, end: r.end + day }));
    // Rounds 2 and 4.
    event.experts[0].present = [RoundIx(1), RoundIx(3)].into_iter().collect();
    event.experts.truncate(1);
    event.mentees.truncate(1);
    let schedule = Schedule::new(vec![seat(1, 0, 0)]);
    for piece in [Piece::TableCards, Piece::ExpertSheets, Piece::MenteeCards] {
        let page = document(&kit(&event, &schedule), &[piece]).expect("the templates do not fail");
        let body = page.split_once("<body>").expect("a page has a body").1;
        let days: Vec<_> = body.split("class=\"day\">").skip(1).map(|rest| rest.split('<').next()).collect();
        let expected = ["Tuesday, 9 March 2027", "Wednesday, 10 March 2027"].map(Some);
        assert_eq!(days, expected[..days.len()], "{piece:?}");
        assert_eq!(days.len(), if piece == Piece::MenteeCards { 1 } else { 2 }, "{piece:?}");
    }
}

#[test]
fn whose_name_is_an_address_has_a_card_all_the_same() {
    let (mut event, schedule) = (event(), schedule());
    event.mentees[0].name = "ana.brandt@example.org".into();
    let page = document(&kit(&event, &schedule), &[Piece::Badges]).expect("the templates do not fail");
    assert!(page.contains("<bdi>ana.brandt</bdi>") && !page.contains("example.org"));
}
