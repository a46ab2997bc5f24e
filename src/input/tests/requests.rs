//! Requests, ratings and seats that were made elsewhere.

use super::super::{ReadOptions, Source, read_seats};
use super::{Folder, HEAD, experts_of, mentee, shown, topics_of};
use crate::domain::{Event, ExpertIx, MenteeIx, Request, RoundIx, Schedule};

const EXPERTS: &str = "id,name,topics\nE1,Ada Ray,AI\nE2,\"Bo Li, MD\",AI; Law\nE3,Cy Fox,Law\n";
const MENTEES: &str = "id,name,email\nM1,Ben Eze,ben@example.org\nM2,Cee Tran,\nM3,Dee Uno,\n";

fn asked(requests: &str) -> Folder {
    Folder::new("").with("experts.csv", EXPERTS).with("mentees.csv", MENTEES).with("requests.csv", requests)
}

#[test]
fn requests_name_people_by_id_address_or_name() {
    let requests = "Kind,Mentee,Expert,Round,With,Note\n\
                    kept-together,M3,,,Ben Eze,sisters\n\
                    Keep out,ben@example.org,\"bo li, md\",,,\n\
                    pinned_seat,cee tran,E1,Round 3,,\n\
                    must-meet,M2,E3,,,\nmust-meet,M2,E3,,,\navoid,M1,E1,,,\nkept-apart,M2,,,M1,\n";
    let (m, e) = (MenteeIx, ExpertIx);
    assert_eq!(
        asked(requests).event().requests,
        [
            Request::KeepOut(m(0), e(1)),
            Request::Avoid(m(0), e(0)),
            Request::MustMeet(m(1), e(2)),
            Request::PinnedSeat(m(1), e(0), RoundIx(2)),
            Request::KeptApart(m(0), m(1)),
            Request::KeptTogether(m(0), m(2)),
        ]
    );
}

#[test]
fn every_fault_of_the_requests_is_told() {
    let requests = "kind,mentee,expert,round,with\n\
                    keepout,M1,E1,,\nmust-meat,M1,E1,,\n,M1,E1,,\nmust-meet,M9,E1,,\nmust-meet,M1,,,\n\
                    pinned-seat,M1,E1,,\npinned-seat,M1,E1,9,\nkept-apart,M1,,,M1\navoid,M1,E1,3,\n";
    let at = |line: usize, rest: &str| format!("error {rest}").replace("requests.csv", &format!("requests.csv:{line}"));
    assert_eq!(
        asked(requests).faults(),
        [
            at(
                3,
                "unknown-kind requests.csv [kind: must-meat] `must-meat` is no kind of request; did you mean `must-meet`?"
            ),
            at(
                4,
                "missing-cell requests.csv [kind: ] this request has no kind; write one of keep-out, avoid, must-meet, pinned-seat, kept-apart, kept-together"
            ),
            at(
                5,
                "unknown-mentee requests.csv [mentee: m9] `m9` is no mentee of this event; write an id, an address or a name of the mentees' roster"
            ),
            at(
                6,
                "missing-cell requests.csv [expert: ] this row names no expert; write an id, an address or a name of the experts' roster"
            ),
            at(7, "missing-cell requests.csv [round: ] a pinned seat needs its round; write the number of the round"),
            at(8, "bad-rounds requests.csv [round: 9] there is no round 9; the event has rounds 1 to 5"),
            at(9, "same-person requests.csv [with: m1] this request names one mentee twice; write the other mentee"),
            at(
                10,
                "idle-cell requests.csv [round: 3] `round` means nothing in a request of the kind `avoid`; empty the cell, or write the kind that is meant"
            ),
        ]
    );
    assert!(asked("kind,expert\nmust-meet,E1\n").faults()[0].contains("`requests.csv` has no column `mentee`"));
}

#[test]
fn people_who_get_no_seat_because_of_their_company_are_told() {
    let told = |mentees: &str, requests: &str| {
        let requests = format!("kind,mentee,with\n{requests}");
        let folder = Folder::new("[tables]\ncapacity = 2\n").with("experts.csv", EXPERTS);
        folder.with("mentees.csv", mentees).with("requests.csv", &requests).faults()
    };
    let who = "`ben eze` and `cee tran` and `dee uno` are kept together, and";
    let crowd = format!(
        "warning seatless-company requests.csv:2 [with: m2] {who} no table has so many seats, so they get no seat in \
         any round; strike one of the requests that keep them together, or make a table larger"
    );
    let apart = format!(
        "warning seatless-company requests.csv:4 [with: m1] {who} this request keeps some of them apart, so they get no \
         seat in any round; strike it, or one of those that keep them together"
    );
    let chain = "kept-together,M1,M2\nkept-together,M2,M3\n";
    assert_eq!(told(MENTEES, chain), [&crowd[..]]);
    assert_eq!(told(MENTEES, &format!("{chain}kept-apart,M3,M1\n")), [&crowd[..], &apart]);
    let present = |rounds: [&str; 3]| {
        let [ben, cee, dee] = rounds;
        format!("id,name,available\nM1,Ben Eze,{ben}\nM2,Cee Tran,{cee}\nM3,Dee Uno,{dee}\n")
    };
    let warning = crowd.replace("in any round", "in round 2, 4, and `cee tran` in no other either");
    assert_eq!(told(&present(["all", "2; 4", "all"]), chain), [warning], "Cee is there in no other round");
    let warning = crowd.replace("in any round", "in round 2, 3");
    assert_eq!(told(&present(["1-3", "2-4", "2; 3; 5"]), chain), [warning]);
    assert_eq!(told(&present(["1; 2", "2; 3", "1; 3"]), chain), [""; 0]);
}

#[test]
fn ratings_in_long_form_are_choices() {
    let ratings = "person_id,abstract_id,rating\nM1,E1,5\nM1,e3,3\nM1,Law,4\nM1,E2,1\nM2,E1,\nM2,E2,0\nM3,,\n";
    let more = "ratings = \"ratings.csv\"\n[columns.ratings]\nperson = \"person_id\"\ntarget = \"abstract_id\"\n";
    let folder = |ratings: &str| {
        Folder::new(more).with("experts.csv", EXPERTS).with("mentees.csv", MENTEES).with("ratings.csv", ratings)
    };
    let event = folder(ratings).event();
    assert_eq!(experts_of(&event, "M1"), ["1 E1", "3 E3"]);
    assert_eq!(topics_of(&event, "M1"), ["2 Law"]);
    assert_eq!(mentee(&event, "M1").experts[0].stars, Some(5));
    assert!(mentee(&event, "M2").experts.is_empty());
    assert_eq!(
        folder("person_id,abstract_id,rating\nM1,E1,6\nM1,E9,5\nM1,E3,2\nM1,E3,3\n,E3,3\n").faults(),
        [
            "error bad-rating ratings.csv:2 [rating: 6] `6` is no rating from 0 to 5; write such a number, or say under \
             `[scores] stars` what more stars are worth",
            "error unknown-target ratings.csv:3 [abstract_id: e9] `e9` is no expert or topic of this event; write an id or a \
             name of the experts' roster, or a topic",
            "error rated-twice ratings.csv:5 [rating: 3] this was rated before, in line 4; keep one of the two",
            "error missing-cell ratings.csv:6 [person_id: ] this row names no mentee; write an id, an address or a name of \
             the mentees' roster",
        ]
    );
}

fn event() -> Event {
    Folder { event: HEAD.to_owned(), ..asked("kind,mentee,expert\n") }.event()
}

fn seats(table: &str) -> Result<Schedule, Vec<String>> {
    let source = Source { name: "seats.csv".to_owned(), bytes: table.as_bytes().to_vec() };
    read_seats(&event(), &source, &ReadOptions::default()).map_err(|faults| shown(&faults))
}

#[test]
fn seats_are_read_as_export_prints_them_and_as_people_write_them() {
    let exported = "round,start,end,table,expert,expert_name,mentee,mentee_name,topic\n\
                    1,13:30,13:42,T01,E1,Ada Ray,M1,Ben Eze,AI\n2,13:45,13:57,T02,E2,\"Bo Li, MD\",M1,Ben Eze,Law\n";
    let by_hand = "Mentee;Expert;Round\nBen Eze;ada ray;Round 1\nben@example.org;'E2;2\n";
    let exported = seats(exported).unwrap();
    let shown: Vec<_> =
        exported.seats().iter().map(|s| (s.round.0, s.expert.0, s.mentee.0, s.topic.map(|t| t.0))).collect();
    assert_eq!(shown, [(0, 0, 0, Some(0)), (1, 1, 0, Some(1))]);
    assert_eq!(
        seats(by_hand).unwrap_err()[0],
        "error unknown-expert seats.csv:3 [expert: 'e2] `'e2` is no expert of this event; did you mean `e2`?"
    );
    let by_hand = "Mentee;Expert;Round;Topic\nBen Eze;ada ray;Round 1;\nben@example.org;E2;2;\nM2;E2;2;law\n";
    assert_eq!(seats(by_hand).unwrap().seats()[..2], exported.seats()[..]);
}

#[test]
fn seats_that_cannot_be_are_told() {
    assert_eq!(
        seats("round,expert,mentee\n9,E1,M1\n1,E2,M2\n1,E1,\n").unwrap_err(),
        [
            "error bad-rounds seats.csv:2 [round: 9] there is no round 9; the event has rounds 1 to 5",
            "error missing-cell seats.csv:3 [round: 1] this row does not say on which of the topics of `bo li, md` the seat \
             is; write it into a column `topic`",
            "error missing-cell seats.csv:4 [mentee: ] this row names no mentee; write an id, an address or a name of the \
             mentees' roster",
        ]
    );
    assert_eq!(
        seats("").unwrap_err(),
        ["error empty - `seats.csv` is empty; write the names of the columns first, then the rows"]
    );
}

#[test]
fn guards_against_formulas_come_off() {
    let folder = Folder::new("").with("experts.csv", "id,name\n=E1,Ada\n").with("mentees.csv", "id,name\n-M1,Ben\n");
    let source = Source { name: "s.csv".to_owned(), bytes: b"round,expert,mentee\n1,'=E1,'-M1\n".to_vec() };
    let schedule = read_seats(&folder.event(), &source, &ReadOptions::default()).unwrap();
    assert_eq!(schedule.seats().len(), 1);
}

#[test]
fn a_seat_that_stands_twice_is_a_fault() {
    let twice = seats("round,expert,mentee,topic\n1,E1,M1,AI\n1,E1,M2,AI\n1,Ada Ray,ben@example.org,AI\n");
    assert_eq!(
        twice.unwrap_err(),
        [
            "error named-twice seats.csv:4 [mentee: ben@example.org] this seat stands in line 2 already; take one of them \
          out, or mend the name"
        ]
    );
}

#[test]
fn nobody_meets_themselves() {
    let folder = |rounds: &str| {
        let mentees = format!("name,email,available\nBen,ben@example.org,\nAda,Ada@Example.org,{rounds}\n");
        let experts = "name,email,available\nAda,ada@example.org,1-2\nBo,bo@example.org,\n";
        Folder::new("").with("experts.csv", experts).with("mentees.csv", mentees)
    };
    let event = folder("3-5").event();
    assert!(folder("3-5").faults().is_empty());
    assert_eq!(mentee(&event, "Ada").knows, [ExpertIx(0)]);
    assert!(mentee(&event, "Ben").knows.is_empty());
    assert_eq!(
        folder("2-5").faults(),
        [
            "warning both-roles mentees.csv:3 [email: ada@example.org] `ada` is an expert and a mentee, at two tables in one \
          round perhaps; say under `available` in which rounds as an expert, and in which as a mentee"
        ]
    );
}
