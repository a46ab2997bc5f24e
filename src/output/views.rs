//! A plan as people look at it: by round, table, expert, mentee or topic, and one person's card.

use super::text::clock;
use super::{Cell, Section, Sheet};
use crate::domain::{Event, ExpertIx, MenteeIx, RoundIx, Schedule, Seat, Sitting};

/// What a row of a view can show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Round,
    Time,
    Table,
    Room,
    Expert,
    Topic,
    Mentees,
}

/// What a row of a view is about: a sitting with its group, a mentee's seat, or a round that a mentee sits out.
struct Entry<'a> {
    round: RoundIx,
    seat: Option<Seat>,
    group: &'a [Seat],
}

/// The key of a section's rows, its title, and what they are about.
type Group<'a> = (Vec<Cell>, String, Vec<Entry<'a>>);

const OF_A_TABLE: [Column; 5] = [Column::Round, Column::Time, Column::Expert, Column::Topic, Column::Mentees];
const OF_AN_EXPERT: [Column; 6] =
    [Column::Round, Column::Time, Column::Table, Column::Room, Column::Topic, Column::Mentees];
const OF_A_MENTEE: [Column; 6] =
    [Column::Round, Column::Time, Column::Table, Column::Room, Column::Expert, Column::Topic];

/// One section a round: its tables and who sits there.
pub fn by_round(event: &Event, schedule: &Schedule) -> Sheet {
    let mut entries = lists(event.rounds.len());
    schedule.sittings().for_each(|s| entries[s.round.index()].push(Entry::of(&s)));
    let group = |(r, entries): (RoundIx, _)| {
        let time = clock(event, r);
        let title = format!("Round {} · {time}", r.number());
        (vec![r.number().into(), time.into()], title, entries)
    };
    let columns = [Column::Table, Column::Room, Column::Expert, Column::Topic, Column::Mentees];
    sheet(event, &["round", "time"], &columns, event.round_ixs().zip(entries).map(group))
}

/// One section a table: its rounds and who sits there.
pub fn by_table(event: &Event, schedule: &Schedule) -> Sheet {
    let mut experts: Vec<_> = event.expert_ixs().zip(by_host(event, schedule)).collect();
    experts.sort_by_key(|&(e, _)| natural(&event.expert(e).table));
    let group = |(e, entries): (ExpertIx, _)| {
        let expert = event.expert(e);
        let room = expert.room.map(|room| event.rooms[room.index()].name.as_str());
        let title = room.map_or_else(|| expert.table.clone(), |room| format!("{} · {room}", expert.table));
        (vec![expert.table.as_str().into()], title, entries)
    };
    sheet(event, &["table"], &OF_A_TABLE, experts.into_iter().map(group))
}

/// One section an expert: the rounds and who sits there.
pub fn by_expert(event: &Event, schedule: &Schedule) -> Sheet {
    let entries = event.expert_ixs().zip(by_host(event, schedule));
    sheet(event, &["id", "name"], &OF_AN_EXPERT, entries.map(|(e, entries)| expert_group(event, e, entries)))
}

/// One expert's card.
pub fn expert(event: &Event, schedule: &Schedule, e: ExpertIx) -> Sheet {
    let entries = schedule.sittings().filter(|s| s.expert == e).map(|s| Entry::of(&s)).collect();
    sheet(event, &["id", "name"], &OF_AN_EXPERT, std::iter::once(expert_group(event, e, entries)))
}

/// One section a mentee: the rounds, with whom, and what they sit out.
pub fn by_mentee(event: &Event, schedule: &Schedule) -> Sheet {
    let mut entries = lists(event.mentees.len());
    schedule.seats().iter().for_each(|&seat| entries[seat.mentee.index()].push(Entry::seat(seat)));
    schedule.sit_outs(event).into_iter().for_each(|(m, round)| entries[m.index()].push(Entry::sit_out(round)));
    let groups = event.mentee_ixs().zip(entries).map(|(m, entries)| mentee_group(event, m, entries));
    sheet(event, &["id", "name"], &OF_A_MENTEE, groups)
}

/// One mentee's card.
pub fn mentee(event: &Event, schedule: &Schedule, m: MenteeIx) -> Sheet {
    let seats = schedule.seats().iter().filter(|s| s.mentee == m).map(|&s| Entry::seat(s));
    let sit_outs = schedule.sit_outs(event).into_iter().filter(|&(who, _)| who == m);
    let entries = seats.chain(sit_outs.map(|(_, round)| Entry::sit_out(round))).collect();
    sheet(event, &["id", "name"], &OF_A_MENTEE, std::iter::once(mentee_group(event, m, entries)))
}

/// One section a topic: its tables, round by round. None where the event has no topics.
pub fn by_topic(event: &Event, schedule: &Schedule) -> Sheet {
    let mut entries = lists(event.topics.len());
    for sitting in schedule.sittings() {
        if let Some(topic) = sitting.seats.first().and_then(|seat| seat.topic) {
            entries[topic.index()].push(Entry::of(&sitting));
        }
    }
    let group = |(topic, entries): (&String, _)| (vec![topic.as_str().into()], topic.clone(), entries);
    let columns = [Column::Round, Column::Time, Column::Table, Column::Room, Column::Expert, Column::Mentees];
    sheet(event, &["topic"], &columns, event.topics.iter().zip(entries).map(group))
}

/// How many tables, seats and sit-outs each round has: an event that is too big to print.
pub fn summary(event: &Event, schedule: &Schedule) -> Sheet {
    let mut counts = vec![[0usize; 3]; event.rounds.len()];
    for sitting in schedule.sittings() {
        let [tables, seats, _] = &mut counts[sitting.round.index()];
        *tables += 1;
        *seats += sitting.seats.len();
    }
    schedule.sit_outs(event).into_iter().for_each(|(_, r)| counts[r.index()][2] += 1);
    let row = |(r, counts): (RoundIx, [usize; 3])| {
        let time = clock(event, r).into();
        [r.number().into(), time].into_iter().chain(counts.map(Cell::from)).collect()
    };
    Sheet::plain(&["round", "time", "tables", "seats", "sit_outs"], event.round_ixs().zip(counts).map(row).collect())
}

/// `T2` before `T10`: the words and the numbers of a text, in turn.
pub(super) fn natural(text: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = rest.split_at(rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len()));
        let (number, after) = after.split_at(after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len()));
        parts.push((word.to_owned(), number.parse().unwrap_or(0)));
        rest = after;
    }
    parts
}

fn lists<'a>(count: usize) -> Vec<Vec<Entry<'a>>> {
    (0..count).map(|_| Vec::new()).collect()
}

fn by_host<'a>(event: &Event, schedule: &'a Schedule) -> Vec<Vec<Entry<'a>>> {
    let mut entries = lists(event.experts.len());
    schedule.sittings().for_each(|s| entries[s.expert.index()].push(Entry::of(&s)));
    entries
}

fn expert_group<'a>(event: &Event, e: ExpertIx, entries: Vec<Entry<'a>>) -> Group<'a> {
    let expert = event.expert(e);
    (vec![expert.id.as_str().into(), expert.name.as_str().into()], expert.name.clone(), entries)
}

fn mentee_group<'a>(event: &Event, m: MenteeIx, mut entries: Vec<Entry<'a>>) -> Group<'a> {
    let mentee = event.mentee(m);
    entries.sort_by_key(|entry| entry.round);
    (vec![mentee.id.as_str().into(), mentee.name.as_str().into()], mentee.name.clone(), entries)
}

/// The sheet of these groups; columns that the event leaves empty, and sections without a row, fall away.
fn sheet<'a>(event: &Event, keys: &[&str], columns: &[Column], groups: impl Iterator<Item = Group<'a>>) -> Sheet {
    let void =
        |c: Column| (c == Column::Room && event.rooms.is_empty()) || (c == Column::Topic && event.topics.is_empty());
    let columns: Vec<_> = columns.iter().copied().filter(|&c| !void(c)).collect();
    let section = |(key, title, entries): Group| {
        let row = |entry: &Entry| columns.iter().map(|&c| entry.cell(event, c)).collect();
        Section { title, key, rows: entries.iter().map(row).collect() }
    };
    Sheet {
        keys: keys.iter().map(|&k| k.to_owned()).collect(),
        columns: columns.iter().map(|c| c.name().to_owned()).collect(),
        sections: groups.filter(|(_, _, entries)| !entries.is_empty()).map(section).collect(),
    }
}

impl Column {
    fn name(self) -> &'static str {
        match self {
            Column::Round => "round",
            Column::Time => "time",
            Column::Table => "table",
            Column::Room => "room",
            Column::Expert => "expert",
            Column::Topic => "topic",
            Column::Mentees => "mentees",
        }
    }
}

impl<'a> Entry<'a> {
    fn of(sitting: &Sitting<'a>) -> Self {
        Entry { round: sitting.round, seat: sitting.seats.first().copied(), group: sitting.seats }
    }

    fn seat(seat: Seat) -> Self {
        Entry { round: seat.round, seat: Some(seat), group: &[] }
    }

    fn sit_out(round: RoundIx) -> Self {
        Entry { round, seat: None, group: &[] }
    }

    fn cell(&self, event: &Event, column: Column) -> Cell {
        let expert = self.seat.map(|seat| event.expert(seat.expert));
        match column {
            Column::Round => self.round.number().into(),
            Column::Time => clock(event, self.round).into(),
            Column::Table => expert.map_or(Cell::Nothing("sits out"), |e| e.table.as_str().into()),
            Column::Room => {
                let room = expert.and_then(|e| e.room);
                Cell::optional(room.map(|room| event.rooms[room.index()].name.as_str()))
            }
            Column::Expert => Cell::optional(expert.map(|e| e.name.as_str())),
            Column::Topic => Cell::optional(self.seat.and_then(|s| s.topic).map(|t| event.topic(t))),
            Column::Mentees => Cell::List(self.group.iter().map(|s| event.mentee(s.mentee).name.clone()).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::markdown::markdown;
    use crate::output::sample::{event, schedule};

    #[test]
    fn a_mentee_reads_what_they_sit_out() {
        let expected = "\
## Ana Brandt

| round | time | table | expert | topic |
| --- | --- | --- | --- | --- |
| 1 | 13:30-13:42 | T1 | Dr. Amara Okafor | Data |
| 2 | 13:45-13:57 | T2 | =HYPERLINK(\"x\") | Ethics, law |
";
        let (event, schedule) = (event(), schedule());
        assert_eq!(markdown(&mentee(&event, &schedule, MenteeIx(0))), expected);
        let bo = markdown(&mentee(&event, &schedule, MenteeIx(1)));
        assert!(bo.ends_with("| 2 | 13:45-13:57 | sits out |  |  |\n"), "{bo}");
    }

    #[test]
    fn every_view_holds_every_seat() {
        let (event, schedule) = (event(), schedule());
        let rows = |sheet: Sheet| sheet.sections.iter().map(|s| s.rows.len()).collect::<Vec<_>>();
        assert_eq!(rows(by_round(&event, &schedule)), [1, 2]);
        assert_eq!(rows(by_table(&event, &schedule)), [2, 1]);
        assert_eq!(rows(by_expert(&event, &schedule)), [2, 1]);
        assert_eq!(rows(by_mentee(&event, &schedule)), [2, 2, 2]);
        assert_eq!(rows(by_topic(&event, &schedule)), [2, 1]);
        assert_eq!(rows(summary(&event, &schedule)), [2]);
    }

    #[test]
    fn tables_stand_in_the_order_of_their_numbers() {
        let mut tables = ["T10", "T2", "Annex", "T1"];
        tables.sort_by_key(|t| natural(t));
        assert_eq!(tables, ["Annex", "T1", "T2", "T10"]);
    }
}
