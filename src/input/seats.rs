//! A schedule from a table with one row a seat: what `export` prints, or made elsewhere.

use std::collections::HashMap;

use super::choices::{EXPERT, MENTEE, TOPIC, ambiguous, unknown};
use super::columns::Field;
use super::diagnostic::{Diagnostic, Faults};
use super::experts::topic_names;
use super::names::{Found, Kind, Names};
use super::rounds_cell::one_round;
use super::table::Table;
use super::text::{header_key, quoted, without_guard};
use super::choices::What;
use crate::domain::{Event, ExpertIx, MenteeIx, RoundIx, Schedule, Seat, TopicIx};

/// The columns that are read.
const FIELDS: [Field; 4] =
    [Field::new("round", &["round"]), Field::new("expert", &["expert", "expertid"]), Field::new("mentee", &["mentee", "menteeid"]), Field::new("topic", &["topic"])];
