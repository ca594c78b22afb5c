//! What Maskinporten's and Customs' refusals mean in the circumstances.

use time::Duration;

use super::{DiagnosisBuilder, network::clock};
use crate::{
    certificate::{IssuedFor, Purpose},
    diagnosis::{Evidence, Received, table},
    journey::{Rules, Who, services},
    profile::{Authentication, Kind, organisation::same_organisation},
};

/// A new client can take ten minutes to work (Digdir's onboarding); a user's tick may come a little late.
const CLIENT_SETTLES: Duration = Duration::minutes(15);

/// A clock that is off by more than this explains a grant that came too early or too late, seconds. Maskinporten takes
/// ten, and the measurement may be off by some.
const SUSPICIOUS_CLOCK_S: f64 = 5.0;

pub(super) fn refused(e: &Evidence, received: &Received) -> DiagnosisBuilder {
    let id = meaning(received);
    let judgement = match id {
        "client-unknown" => client_unknown(e),
        "certificate-refused" => certificate_refused(e),
        "signature-invalid" => DiagnosisBuilder::new(e, id).reading(match e.profile.authentication() {
            Authentication::Key => "key",
            Authentication::Certificate => "certificate",
        }),
        "grant-expired" | "clock-ahead" | "clock-behind" => mistimed(e, id),
        "scope-not-on-client" | "scope-not-granted" => scope_refused(e, id),
        "organisation-mismatch" if certificate_is_known(e) => DiagnosisBuilder::new(e, id).reading("known"),
        "key-expired" if e.profile.client.kid.is_some() => DiagnosisBuilder::new(e, id).reading("key"),
        "kid-unknown" if client_is_new(e) => DiagnosisBuilder::new(e, id).reading("new"),
        _ => DiagnosisBuilder::new(e, id),
    };
    judgement.received(received)
}

fn meaning(received: &Received) -> &'static str {
    table::by_answer(received.code().as_deref(), &received.all()).map_or("unknown", |known| known.id.as_str())
}

/// Whether a refusal is about the one scope that was asked for, so that another may still be granted.
pub fn is_about_scope(received: &Received) -> bool {
    matches!(
        meaning(received),
        "scope-not-on-client" | "scope-not-granted" | "not-delegated"
    )
}

fn client_unknown(e: &Evidence) -> DiagnosisBuilder {
    let judgement = DiagnosisBuilder::new(e, "client-unknown");
    let id = e.profile.client.id.as_deref().unwrap_or_default();
    if e.profile.business.kind == Some(Kind::Foreign) {
        // Without a client there is nothing to find but the certificate.
        return judgement.reading("foreign").step("credentials");
    }
    if !is_uuid(id) {
        return judgement.reading("not-uuid").step("credentials");
    }
    if organisations_differ(e) {
        return judgement.reading("organisation").step("credentials");
    }
    if client_is_new(e) {
        return judgement.reading("new").step("check");
    }
    judgement
}

fn is_uuid(id: &str) -> bool {
    id.len() == 36 && uuid::Uuid::try_parse(id).is_ok()
}

fn client_is_new(e: &Evidence) -> bool {
    let made = ["integration.create", "integration.identifier"]
        .into_iter()
        .find_map(|item| e.profile.progress.done.get(item));
    made.is_some_and(|made| (Duration::ZERO..CLIENT_SETTLES).contains(&(e.now - *made)))
}

/// Whether the certificate's organisation can be named.
fn certificate_is_known(e: &Evidence) -> bool {
    e.certificate
        .as_ref()
        .is_some_and(|chosen| chosen.organisation.is_some())
}

/// Whether the certificate belongs to another organisation than the profile's, both being known.
fn organisations_differ(e: &Evidence) -> bool {
    let certificate = e.certificate.as_ref().and_then(|chosen| chosen.organisation.as_deref());
    let profile = e.profile.business.organisation.as_deref();
    matches!((certificate, profile), (Some(certificate), Some(profile)) if !same_organisation(certificate, profile))
}

fn certificate_refused(e: &Evidence) -> DiagnosisBuilder {
    let foreign = e.profile.business.kind == Some(Kind::Foreign);
    let Some(certificate) = &e.certificate else {
        return DiagnosisBuilder::new(e, "certificate-refused");
    };
    let wrong = match (certificate.environment, e.environment.rules) {
        (IssuedFor::Prod, Rules::Test) => !foreign,
        (IssuedFor::Test, Rules::Prod) => true,
        // No European trust list has test authorities: a seal is a production one everywhere.
        (IssuedFor::Test, Rules::Test) => foreign,
        _ => false,
    };
    if wrong {
        return DiagnosisBuilder::new(e, "certificate-wrong-environment").reading(match certificate.environment {
            IssuedFor::Test if foreign => "seal",
            IssuedFor::Test => "test",
            _ => "prod",
        });
    }
    let judgement = DiagnosisBuilder::new(e, "certificate-refused");
    if foreign {
        judgement.reading("foreign")
    } else if matches!(certificate.purpose, Purpose::Signing | Purpose::Encryption) {
        judgement.reading("purpose").who(Who::You)
    } else {
        judgement
    }
}

fn mistimed(e: &Evidence, id: &str) -> DiagnosisBuilder {
    match e.ahead_s {
        // Words that name the direction outweigh a measurement that says the opposite.
        Some(ahead) if ahead.abs() >= SUSPICIOUS_CLOCK_S && (id != "clock-ahead" || ahead > 0.0) => clock(e),
        _ => DiagnosisBuilder::new(e, id),
    }
}

fn scope_refused(e: &Evidence, id: &str) -> DiagnosisBuilder {
    let kind = e.profile.business.kind;
    if kind == Some(Kind::Foreign) {
        return match e.smoke {
            // Not even the scope that every accepted seal is granted: it is the certificate, not the scope.
            Some(false) => DiagnosisBuilder::new(e, "certificate-refused").reading("smoke"),
            Some(true) => DiagnosisBuilder::new(e, id)
                .reading("seal-accepted")
                .who(Who::Customs)
                .step("customs"),
            None => DiagnosisBuilder::new(e, id)
                .reading("foreign")
                .who(Who::Customs)
                .step("customs"),
        };
    }
    let judgement = DiagnosisBuilder::new(e, id);
    if id == "scope-not-granted" && e.profile.client.consumer_org.is_none() && organisations_differ(e) {
        return judgement.reading("supplier").who(Who::You).step("credentials");
    }
    if e.granted.is_empty() {
        judgement
    } else {
        judgement.reading("others-granted")
    }
}

pub(super) fn customs(e: &Evidence, received: &Received) -> DiagnosisBuilder {
    let id = table::by_words(&received.all()).map(|known| known.id.as_str());
    if id != Some("customs-not-authorised") {
        return DiagnosisBuilder::new(e, "customs-refused")
            .arg("status", received.status.unwrap_or_default().to_string())
            .received(received);
    }
    let judgement = DiagnosisBuilder::new(e, "customs-not-authorised").received(received);
    let wrong = e.scopes.iter().find(|scope| {
        let branch = services::branch_of_scope(scope);
        branch.is_some() && branch != e.profile.business.kind
    });
    match wrong {
        Some(scope) => judgement
            .reading("branch")
            .arg("scope", scope)
            .who(Who::You)
            .step("services"),
        None => judgement.reading(e.profile.business.kind.map_or("other", Kind::id)),
    }
}
