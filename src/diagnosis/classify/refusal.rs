//! Classification of Maskinporten's and Customs' refusals by the evidence.

use time::Duration;

use super::{DiagnosisBuilder, network::clock};
use crate::{
    certificate::{IssuedFor, Purpose},
    diagnosis::{Evidence, Received, table},
    journey::{Rules, Who, services},
    profile::{Authentication, Kind, organisation::same_organisation},
};

/// Age up to which a client is new: it can take ten minutes to work (Digdir's onboarding), and its item may be ticked late.
const CLIENT_SETTLES: Duration = Duration::minutes(15);

/// Clock offset that explains a grant refused as too early or too late. Maskinporten accepts ten seconds, and the
/// measurement has an error of some.
const SUSPICIOUS_CLOCK_S: f64 = 5.0;

pub(super) fn refused(e: &Evidence, received: &Received) -> DiagnosisBuilder {
    let id = diagnosis_id(received);
    let builder = match id {
        "client-unknown" => client_unknown(e),
        "certificate-refused" => certificate_refused(e),
        "signature-invalid" => DiagnosisBuilder::new(e, id).variant(match e.profile.authentication() {
            Authentication::Key => "key",
            Authentication::Certificate => "certificate",
        }),
        "grant-expired" | "clock-ahead" | "clock-behind" => mistimed(e, id),
        "scope-not-on-client" | "scope-not-granted" => scope_refused(e, id),
        "organisation-mismatch" if certificate_is_known(e) => DiagnosisBuilder::new(e, id).variant("known"),
        "key-expired" if e.profile.client.kid.is_some() => DiagnosisBuilder::new(e, id).variant("key"),
        "kid-unknown" if client_is_new(e) => DiagnosisBuilder::new(e, id).variant("new"),
        _ => DiagnosisBuilder::new(e, id),
    };
    builder.received(received)
}

fn diagnosis_id(received: &Received) -> &'static str {
    table::by_answer(received.code().as_deref(), &received.all()).map_or("unknown", |known| known.id.as_str())
}

/// Returns whether a refusal is about the requested scope only, so that another scope may still be granted.
pub fn is_about_scope(received: &Received) -> bool {
    matches!(
        diagnosis_id(received),
        "scope-not-on-client" | "scope-not-granted" | "not-delegated"
    )
}

fn client_unknown(e: &Evidence) -> DiagnosisBuilder {
    let builder = DiagnosisBuilder::new(e, "client-unknown");
    let id = e.profile.client.id.as_deref().unwrap_or_default();
    if e.profile.business.kind == Some(Kind::Foreign) {
        // A foreign business has no client: Maskinporten looks at the certificate only.
        return builder.variant("foreign").step("credentials");
    }
    if !is_uuid(id) {
        return builder.variant("not-uuid").step("credentials");
    }
    if organisations_differ(e) {
        return builder.variant("organisation").step("credentials");
    }
    if client_is_new(e) {
        return builder.variant("new").step("check");
    }
    builder
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

/// Returns whether the certificate's organisation is known.
fn certificate_is_known(e: &Evidence) -> bool {
    e.certificate
        .as_ref()
        .is_some_and(|chosen| chosen.organisation.is_some())
}

/// Returns whether the certificate's organisation differs from the profile's. `false` if either is unknown.
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
        // No European trusted list has test authorities: an eSeal is a production one in every environment.
        (IssuedFor::Test, Rules::Test) => foreign,
        _ => false,
    };
    if wrong {
        return DiagnosisBuilder::new(e, "certificate-wrong-environment").variant(match certificate.environment {
            IssuedFor::Test if foreign => "seal",
            IssuedFor::Test => "test",
            _ => "prod",
        });
    }
    let builder = DiagnosisBuilder::new(e, "certificate-refused");
    if foreign {
        builder.variant("foreign")
    } else if matches!(certificate.purpose, Purpose::Signing | Purpose::Encryption) {
        builder.variant("purpose").who(Who::You)
    } else {
        builder
    }
}

fn mistimed(e: &Evidence, id: &str) -> DiagnosisBuilder {
    match e.ahead_s {
        // A refusal that names the direction outweighs a measurement of the opposite.
        Some(ahead) if ahead.abs() >= SUSPICIOUS_CLOCK_S && (id != "clock-ahead" || ahead > 0.0) => clock(e),
        _ => DiagnosisBuilder::new(e, id),
    }
}

fn scope_refused(e: &Evidence, id: &str) -> DiagnosisBuilder {
    let kind = e.profile.business.kind;
    if kind == Some(Kind::Foreign) {
        return match e.smoke {
            // Every accepted eSeal is granted this scope: the certificate is the problem.
            Some(false) => DiagnosisBuilder::new(e, "certificate-refused").variant("smoke"),
            Some(true) => DiagnosisBuilder::new(e, id)
                .variant("seal-accepted")
                .who(Who::Customs)
                .step("customs"),
            None => DiagnosisBuilder::new(e, id)
                .variant("foreign")
                .who(Who::Customs)
                .step("customs"),
        };
    }
    let builder = DiagnosisBuilder::new(e, id);
    if id == "scope-not-granted" && e.profile.client.consumer_org.is_none() && organisations_differ(e) {
        return builder.variant("supplier").who(Who::You).step("credentials");
    }
    if e.granted.is_empty() {
        builder
    } else {
        builder.variant("others-granted")
    }
}

pub(super) fn customs(e: &Evidence, received: &Received) -> DiagnosisBuilder {
    let id = table::by_words(&received.all()).map(|known| known.id.as_str());
    if id != Some("customs-not-authorised") {
        return DiagnosisBuilder::new(e, "customs-refused")
            .arg("status", received.status.unwrap_or_default().to_string())
            .received(received);
    }
    let builder = DiagnosisBuilder::new(e, "customs-not-authorised").received(received);
    let wrong = e.scopes.iter().find(|scope| {
        let branch = services::branch_of_scope(scope);
        branch.is_some() && branch != e.profile.business.kind
    });
    match wrong {
        Some(scope) => builder
            .variant("branch")
            .arg("scope", scope)
            .who(Who::You)
            .step("services"),
        None => builder.variant(e.profile.business.kind.map_or("other", Kind::id)),
    }
}
