//! The words of the model: event, rounds, people, topics, requests, schedule, certificate.
//!
//! Plain data with typed positions, and the few things that the organizer defined and that everybody
//! must read alike: which rounds somebody is there, the rank and the score of a seat, who precedes whom.
//! No serde, no input or output, no clock.

mod calendar;
mod certificate;
mod event;
mod ids;
mod people;
mod preferences;
mod print;
mod priority;
mod requests;
mod schedule;
mod text;

pub use calendar::Calendar;
pub use certificate::{Certificate, Level, Route, Status};
pub use event::{Break, Event, Open, Organizer, Room, Round, SameOrganization, Travel};
pub use ids::{ExpertIx, MenteeIx, OrganizationIx, RoomIx, RoundIx, RoundSet, TopicIx};
pub use people::{Choice, Expert, Mentee};
pub use preferences::Scores;
pub use print::{BadgeStock, Logo, Paper, Print, SignStock};
pub use priority::{Priority, Sense};
pub use requests::{Request, Rule};
pub use schedule::{Frozen, Schedule, Seat, Sitting};
pub use text::{Labels, Sentences, Text};
