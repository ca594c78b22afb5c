//! The outcome of a check as a profile keeps it.

use time::OffsetDateTime;

use super::Report;
use crate::profile::{CheckOutcome, LastCheck, Profile};

/// Returns the outcome that a profile keeps of a check, with the fingerprint of the answers that were checked.
pub fn last_check(report: &Report, profile: &Profile, at: OffsetDateTime) -> LastCheck {
    let of = Some(profile.fingerprint());
    match &report.diagnosis {
        None => LastCheck {
            at,
            outcome: CheckOutcome::Passed,
            stopped_at: None,
            code: None,
            diagnosis: None,
            who: None,
            trace_id: None,
            of,
        },
        Some(diagnosis) => LastCheck {
            at,
            outcome: CheckOutcome::Failed,
            stopped_at: Some(diagnosis.stage.id().to_owned()),
            code: Some(diagnosis.code.clone().unwrap_or_else(|| diagnosis.id.clone())),
            diagnosis: Some(diagnosis.id.clone()),
            who: Some(diagnosis.who.id().to_owned()),
            trace_id: diagnosis.trace_id.clone(),
            of,
        },
    }
}
