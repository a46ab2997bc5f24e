//! Exact output, errors and exit status of the built program.

mod calendars;
mod checking;
mod kit;
mod manners;
mod planning;
mod printing;

use crate::support::command::Trial;

/// One expert, one round, two mentees who want the topic: there is one schedule.
const LONE_EVENT: &str = r#"
[event]
id = "lone"
name = "One Table"
date = 2027-03-09
timezone = "America/Chicago"

[rounds]
start = 13:30:00
count = 1
minutes = 12

[rosters]
experts = "experts.csv"
mentees = "mentees.csv"

[tables]
capacity = 2
smallest_group = 1
"#;

/// The event with one schedule.
fn lone() -> Trial {
    Trial::new()
        .with("event.toml", LONE_EVENT)
        .with("experts.csv", "id,name,email,topics\nE1,Dr. Amara Okafor,amara@example.org,Data\n")
        .with(
            "mentees.csv",
            "id,name,email,topic_1\nM1,Ana Brandt,ana@example.org,Data\nM2,山田 太郎,taro@example.org,Data\n",
        )
}

/// Two experts, two rounds, four mentees, and a plan that was made by hand.
fn pair() -> Trial {
    let event = LONE_EVENT.replace("lone", "pair").replace("count = 1", "count = 2\ntransition_minutes = 3");
    let mentees = "\
id,name,email,topic_1
M1,Ana Brandt,ana@example.org,Data
M2,Beatriz Costa,bea@example.org,Ethics
M3,Chloé Dubois,chloe@example.org,Data
M4,Divya Eswaran,divya@example.org,Ethics
";
    Trial::new()
        .with("event.toml", &event)
        .with(
            "experts.csv",
            "id,name,email,topics\nE1,Amara Okafor,amara@example.org,Data\nE2,Ingrid Sørensen,,Ethics\n",
        )
        .with("mentees.csv", mentees)
        .with("seats.csv", SEATS)
}

/// The plan of [`pair`] as somebody made it by hand: three wishes are met, M4 sits out once.
const SEATS: &str = "\
round,expert,mentee
1,E1,M1
1,E1,M3
1,E2,M2
1,E2,M4
2,E1,Beatriz Costa
2,Ingrid Sørensen,M1
2,E2,Chloé Dubois
";
