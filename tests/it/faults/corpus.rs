//! The refusals of the corpus, from a loopback server, through the check.

use super::Fault;
use crate::{
    explain_corpus::{Refusal, refusals},
    support::service::{EXCHANGE, ROAD, Reply, TOKEN},
};

/// The path that a refusal is sent from; `None` for those of the portal, and of messages that the check does not send.
fn path_of(refusal: &Refusal) -> Option<&'static str> {
    match refusal.id.as_str() {
        "terms-not-signed" | "message-invalid" => None,
        id if id.starts_with("portal-") => None,
        "customs-refused" | "customs-not-authorised" => Some(EXCHANGE),
        "api-refused" => Some(ROAD),
        _ if refusal.body.contains("any scope accesses") => None,
        _ if refusal.body.contains("/api/access/") => Some(EXCHANGE),
        _ if refusal.body.contains("/api/movement/") => Some(ROAD),
        _ => Some(TOKEN),
    }
}

#[test]
fn every_refusal_gets_its_diagnosis_in_the_check() {
    let mut checked = 0;
    for refusal in refusals() {
        let Some(path) = path_of(&refusal) else { continue };
        let content_type = if refusal.body.starts_with('{') {
            "application/json"
        } else {
            "text/plain"
        };
        let reply = Reply::text(refusal.status.unwrap_or(400), content_type, &refusal.body);
        let found = Fault::norwegian().replies(path, reply).check();
        let id = found.diagnosis().id.clone();
        let is_right = id == refusal.id || refusal.also.contains(&id);
        assert!(is_right && !refusal.must_not.contains(&id), "{}: {id}", refusal.body);
        checked += 1;
    }
    assert!(checked > 80, "{checked}");
}
