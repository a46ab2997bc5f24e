//! Holds a certificate against the schedule that it is about. Bounds are tested for consistency; they are not
//! proved again.

use std::cmp::Ordering;

use crate::domain::{Certificate, Event, Level, Priority, Schedule, Status};

use super::value;

/// Something in a certificate that cannot be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificateFault {
    /// The levels are not the event's priorities in their order; a last `changes` may follow them.
    Levels {
        /// The certificate's.
        said: Vec<Priority>,
        /// The event's.
        wanted: Vec<Priority>,
    },
    /// The schedule reaches another value.
    Value {
        /// Of which level.
        priority: Priority,
        /// The certificate's value.
        said: Vec<i64>,
        /// What was counted.
        found: Vec<i64>,
    },
    /// The bound has more or fewer parts than the priority.
    BoundLength {
        /// Of which level.
        priority: Priority,
        /// The certificate's bound.
        bound: Vec<i64>,
    },
    /// The value is better than what is said to bound it.
    BeyondBound {
        /// Of which level.
        priority: Priority,
        /// The certificate's value.
        value: Vec<i64>,
        /// The certificate's bound.
        bound: Vec<i64>,
    },
    /// The level is said to be proven, and its value does not meet its bound.
    NotProven {
        /// Of which level.
        priority: Priority,
    },
    /// The run of proven levels ends elsewhere.
    ProvenThrough {
        /// The certificate's.
        said: Option<Priority>,
        /// What the levels come to.
        found: Option<Priority>,
    },
    /// The levels come to another status.
    Status {
        /// The certificate's.
        said: Status,
        /// What the levels come to.
        found: Status,
    },
}

/// Every fault of the certificate, level by level, then of the whole. Values are counted from the schedule; what
/// else a certificate says is held against the values and bounds that it says.
pub fn certificate_faults(
    event: &Event,
    schedule: &Schedule,
    certificate: &Certificate,
    standing: Option<&Schedule>,
) -> Vec<CertificateFault> {
    let mut faults = Vec::new();
    let said: Vec<_> = certificate.levels.iter().map(|l| l.priority).collect();
    let before_changes = said.strip_suffix(&[Priority::Changes]);
    let tie_break = before_changes == Some(&event.order[..]) && !event.order.contains(&Priority::Changes);
    if said != event.order && !tie_break {
        faults.push(CertificateFault::Levels { said, wanted: event.order.clone() });
    }
    for level in &certificate.levels {
        let found = value(event, schedule, level.priority, standing);
        if found != level.value {
            let said = level.value.clone();
            faults.push(CertificateFault::Value { priority: level.priority, said, found });
        }
        faults.extend(bound_fault(event, level));
        if level.proven && level.bound.as_ref() != Some(&level.value) {
            faults.push(CertificateFault::NotProven { priority: level.priority });
        }
    }
    faults.extend(verdict_faults(certificate));
    faults
}

fn bound_fault(event: &Event, level: &Level) -> Option<CertificateFault> {
    let (priority, bound) = (level.priority, level.bound.clone()?);
    let senses = priority.senses(event);
    if bound.len() != senses.len() {
        return Some(CertificateFault::BoundLength { priority, bound });
    }
    let parts = senses.iter().zip(level.value.iter().zip(&bound));
    let beyond = parts
        .map(|(sense, (&value, &bound))| sense.upwards(value).cmp(&sense.upwards(bound)))
        .find(|&part| part != Ordering::Equal);
    let value = level.value.clone();
    (beyond == Some(Ordering::Greater)).then_some(CertificateFault::BeyondBound { priority, value, bound })
}

fn verdict_faults(certificate: &Certificate) -> Vec<CertificateFault> {
    let levels = &certificate.levels;
    let mut faults = Vec::new();
    let unproven = levels.iter().position(|l| !l.proven).unwrap_or(levels.len());
    let found = levels[..unproven].last().map(|l| l.priority);
    if certificate.proven_through != found {
        faults.push(CertificateFault::ProvenThrough { said: certificate.proven_through, found });
    }
    let found = if unproven == levels.len() {
        Status::Optimal
    } else if levels.iter().any(|l| l.bound.is_some()) {
        Status::Bounded
    } else {
        Status::Feasible
    };
    if certificate.status != found {
        faults.push(CertificateFault::Status { said: certificate.status, found });
    }
    faults
}
