//! What other programs take from a plan: a row a seat, or a row a person.

use super::text::clock;
use super::{Cell, Sheet};
use crate::domain::{Event, RoundIx, Schedule, Seat, Sitting};

/// The headings of [`seats`]; `check` takes them back.
pub const SEAT_COLUMNS: [&str; 9] =
    ["round", "start", "end", "table", "expert", "expert_name", "mentee", "mentee_name", "topic"];

/// One row a seat, by round, expert and mentee.
pub fn seats(event: &Event, schedule: &Schedule) -> Sheet {
    let row = |seat: &Seat| {
        let round = event.rounds[seat.round.index()];
        let (expert, mentee) = (event.expert(seat.expert), event.mentee(seat.mentee));
        vec![
            seat.round.number().into(),
            Cell::Time(round.start),
            Cell::Time(round.end),
            expert.table.as_str().into(),
            expert.id.as_str().into(),
            expert.name.as_str().into(),
            mentee.id.as_str().into(),
            mentee.name.as_str().into(),
            Cell::optional(seat.topic.map(|t| event.topic(t))),
        ]
    };
    Sheet::plain(&SEAT_COLUMNS, schedule.seats().iter().map(row).collect())
}

/// One row a person for mail merges, experts first: who it is, then for each round its time, table, whom they meet
/// and the topic, blank where they have no seat. The only output with e-mail addresses, each in its owner's row.
pub fn people(event: &Event, schedule: &Schedule) -> Sheet {
    let experts = event.experts.iter().map(|e| ["expert", &e.id, &e.name, e.email.as_deref().unwrap_or("")]);
    let mentees = event.mentees.iter().map(|m| ["mentee", &m.id, &m.name, m.email.as_deref().unwrap_or("")]);
    let rounds = rounds_of_experts(event, schedule).into_iter().chain(rounds_of_mentees(event, schedule));
    let row = |(who, rounds): ([&str; 4], Vec<[Cell; 4]>)| {
        let who = who.into_iter().map(|text| Cell::optional(Some(text).filter(|t| !t.is_empty())));
        who.chain(rounds.into_iter().flatten()).collect()
    };
    let mut sheet =
        Sheet::plain(&["role", "id", "name", "email"], experts.chain(mentees).zip(rounds).map(row).collect());
    for number in event.round_ixs().map(RoundIx::number) {
        sheet.columns.extend(["time", "table", "with", "topic"].map(|part| format!("round_{number}_{part}")));
    }
    sheet
}

/// What a person without a seat has in a round.
const FREE: [Cell; 4] = [Cell::Nothing(""), Cell::Nothing(""), Cell::Nothing(""), Cell::Nothing("")];

fn rounds_of_experts(event: &Event, schedule: &Schedule) -> Vec<Vec<[Cell; 4]>> {
    let mut rows = vec![vec![FREE; event.rounds.len()]; event.experts.len()];
    for Sitting { round, expert, seats } in schedule.sittings() {
        let group = seats.iter().map(|seat| event.mentee(seat.mentee).name.clone()).collect();
        rows[expert.index()][round.index()] = cells(event, seats.first(), Cell::List(group));
    }
    rows
}

fn rounds_of_mentees(event: &Event, schedule: &Schedule) -> Vec<Vec<[Cell; 4]>> {
    let mut rows = vec![vec![FREE; event.rounds.len()]; event.mentees.len()];
    for seat in schedule.seats() {
        let with = event.expert(seat.expert).name.as_str().into();
        rows[seat.mentee.index()][seat.round.index()] = cells(event, Some(seat), with);
    }
    rows
}

fn cells(event: &Event, seat: Option<&Seat>, with: Cell) -> [Cell; 4] {
    let Some(seat) = seat else { return FREE };
    let table = event.expert(seat.expert).table.as_str().into();
    let topic = Cell::optional(seat.topic.map(|t| event.topic(t)));
    [clock(event, seat.round).into(), table, with, topic]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::csv::csv;
    use crate::output::sample::{event, schedule};

    #[test]
    fn a_row_a_seat() {
        let expected = "\
round,start,end,table,expert,expert_name,mentee,mentee_name,topic
1,2027-03-09T13:30:00-06:00,2027-03-09T13:42:00-06:00,T1,E1,Dr. Amara Okafor,ana,Ana Brandt,Data
1,2027-03-09T13:30:00-06:00,2027-03-09T13:42:00-06:00,T1,E1,Dr. Amara Okafor,bo,山田 太郎 👩‍⚕️,Data
2,2027-03-09T13:45:00-06:00,2027-03-09T13:57:00-06:00,T1,E1,Dr. Amara Okafor,cy,Cy\u{1b}[31m <b>|,Data
2,2027-03-09T13:45:00-06:00,2027-03-09T13:57:00-06:00,T2,E2,\"'=HYPERLINK(\"\"x\"\")\",ana,Ana Brandt,\"Ethics, law\"
";
        assert_eq!(csv(&seats(&event(), &schedule())), expected);
    }

    #[test]
    fn a_row_a_person_with_their_own_email_alone() {
        let text = csv(&people(&event(), &schedule()));
        let rows: Vec<_> = text.lines().collect();
        let headings = "role,id,name,email,round_1_time,round_1_table,round_1_with,round_1_topic,\
                        round_2_time,round_2_table,round_2_with,round_2_topic";
        let okafor = "expert,E1,Dr. Amara Okafor,E1@example.org,13:30-13:42,T1,Ana Brandt; 山田 太郎 👩‍⚕️,Data,\
                      13:45-13:57,T1,Cy\u{1b}[31m <b>|,Data";
        assert_eq!((rows[0], rows[1]), (headings, okafor));
        assert_eq!(rows[4], "mentee,bo,山田 太郎 👩‍⚕️,bo@example.org,13:30-13:42,T1,Dr. Amara Okafor,Data,,,,");
        assert!(rows.iter().all(|row| row.matches("example.org").count() <= 1), "{text}");
    }
}
