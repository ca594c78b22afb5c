//! Classification of Maskinporten's and Customs' refusals by the evidence.

use super::{DiagnosisBuilder, network::clock};
use crate::{
    certificate::{IssuedFor, Purpose},
    diagnosis::{
        Evidence, Received, ScopeFacts, Stage,
        from_entry::page_of,
        recognise::cause_of_refusal,
        refused_scope::{is_of_customs, owner_or_you},
        table::{self, DiagnosisEntry},
    },
    journey::{Rules, Who, services},
    profile::{Authentication, Kind, organisation::same_organisation},
};

/// Clock offset that explains a grant refused as too early or too late. Maskinporten accepts ten seconds, and the
/// measurement has an error of some.
const SUSPICIOUS_CLOCK_S: f64 = 5.0;

pub(super) fn refused(e: &Evidence, received: &Received) -> DiagnosisBuilder {
    let id = diagnosis_id(received);
    let authentication = e.profile.authentication();
    let builder = match id {
        "client-unknown" => client_unknown(e),
        "certificate-refused" => certificate_refused(e),
        "grant-expired" | "clock-ahead" | "clock-behind" => mistimed(e, id),
        "scope-not-on-client" | "scope-not-granted" => scope_refused(e, id),
        "not-delegated" if all_facts(e, |facts| facts.can_be_delegated == Some(false)) => {
            DiagnosisBuilder::new(e, id).variant("undelegable").who(Who::Customs)
        }
        "signature-invalid" => DiagnosisBuilder::new(e, id).variant(authentication.id()),
        "organisation-mismatch" if certificate_is_known(e) => DiagnosisBuilder::new(e, id).variant("known"),
        "kid-unknown" if e.profile.client.kid.is_some() => DiagnosisBuilder::new(e, id).variant("sent"),
        "key-expired" if e.profile.client.kid.is_some() => DiagnosisBuilder::new(e, id).variant("key"),
        "unknown" => unknown(e, received),
        _ => DiagnosisBuilder::new(e, id),
    };
    builder.received(received)
}

/// Returns whether a refusal has one of Maskinporten's causes.
pub fn names_cause(received: &Received) -> bool {
    let is_of_maskinporten = |entry: &DiagnosisEntry| !entry.errors.is_empty();
    cause_of_refusal(&received.all(), received.code().as_deref(), is_of_maskinporten).is_some()
}

/// The page of a code that klarert does not know tells the cause. One that it knows stands in front of many sentences.
fn unknown(e: &Evidence, received: &Received) -> DiagnosisBuilder {
    let builder = DiagnosisBuilder::new(e, "unknown");
    match received.code() {
        Some(code) if table::by_code(&code).is_none() => {
            let url = page_of(&code, received.error_uri.as_deref());
            builder.variant("code").arg("url", url).who(Who::You)
        }
        Some(_) => builder.variant("opening"),
        None if is_opening(received) => builder.variant("opening"),
        None => builder,
    }
}

fn diagnosis_id(received: &Received) -> &'static str {
    let is_token = |entry: &DiagnosisEntry| matches!(entry.stage, Stage::Token | Stage::Clock);
    let cause = cause_of_refusal(&received.all(), received.code().as_deref(), is_token);
    cause.map_or("unknown", |entry| entry.id.as_str())
}

/// Returns whether a refusal begins with a known sentence, though its last one is not known.
fn is_opening(received: &Received) -> bool {
    let sentences = received.all();
    let openings = sentences.match_indices(". ").map(|(end, _)| &sentences[..end]);
    openings
        .into_iter()
        .any(|opening| cause_of_refusal(opening, None, |_| true).is_some())
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
        return builder.variant("foreign").fix_at("credentials", "certificate");
    }
    if e.replaced_client.is_some() {
        return builder.variant("changed");
    }
    if !looks_like_client_id(id) {
        return builder.variant("unusual");
    }
    if organisations_differ(e) {
        return builder.variant("organisation");
    }
    let items = ["digdir.access", "integration.create", "integration.identifier"];
    let open: Vec<&str> = items.into_iter().filter(|item| !e.is_ticked(item)).collect();
    // Who ticks nothing says nothing by it.
    if e.profile.progress.done.is_empty() || open.is_empty() {
        return builder;
    }
    let builder = builder.contradicts(&open, false);
    match open.iter().find(|item| item.starts_with("integration.")) {
        Some(item) => builder.fix_at("integration", item),
        None => builder,
    }
}

/// Returns whether an id has one of the forms that the portal gives to clients: a UUID, or the older `oidc_…` and `if2018_…`.
fn looks_like_client_id(id: &str) -> bool {
    let is_uuid = id.len() == 36 && uuid::Uuid::try_parse(id).is_ok();
    is_uuid || ["oidc_", "if2018_"].iter().any(|prefix| id.starts_with(prefix))
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
    // The check has compared the certificate with the environment: what is left, the issuer knows.
    let builder = DiagnosisBuilder::new(e, "certificate-refused").who(Who::Issuer);
    if foreign {
        builder.variant("foreign")
    } else if e.profile.authentication() == Authentication::Key {
        // No certificate was sent.
        builder.who(Who::You)
    } else if matches!(certificate.purpose, Purpose::Signing | Purpose::Encryption) {
        let builder = builder.variant("purpose").who(Who::You);
        match e.profile.certificate.pick {
            Some(_) => builder.fix_at("credentials", "pick"),
            None => builder,
        }
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
    let builder = DiagnosisBuilder::new(e, id);
    let is_foreign = e.profile.business.kind == Some(Kind::Foreign);
    if is_foreign && (e.smoke == Some(false) || e.scopes == [services::SMOKE_SCOPE]) {
        // Every accepted eSeal is granted this scope: the certificate is the problem.
        let refused = DiagnosisBuilder::new(e, "certificate-refused").variant("smoke");
        return refused.who(Who::Issuer);
    }
    // A Norwegian client that has the scope shows that its name is right.
    let may_be_misspelt = is_foreign || id == "scope-not-on-client";
    if let Some((scope, nearest)) = misspelt(e).filter(|_| may_be_misspelt) {
        return builder
            .variant("misspelt")
            .arg("scope", scope)
            .arg("nearest", nearest)
            .who(Who::You)
            .fix_at("services", "own-scopes");
    }
    if !e.scopes.iter().any(|scope| is_of_customs(scope)) {
        let builder = builder.fix_at("services", "own-scopes");
        return match is_foreign {
            true => builder
                .variant("other-owner-foreign")
                .who(Who::You)
                .contradicts(&[], true),
            false => builder.variant("other-owner").who(owner_or_you(id)),
        };
    }
    if is_foreign {
        return foreign_scope_refused(e, builder);
    }
    if id == "scope-not-granted" && e.profile.client.consumer_org.is_none() && organisations_differ(e) {
        return builder
            .variant("supplier")
            .who(Who::You)
            .fix_at("credentials", "consumer-org");
    }
    let is_supplier = e.profile.client.consumer_org.is_some();
    match e.granted.is_empty() {
        false => builder.variant("others-granted"),
        true if is_supplier => builder,
        true => builder.variant("norwegian"),
    }
}

/// Returns whether the open scope list tells this of every refused scope. `false` if it was not read.
fn all_facts(e: &Evidence, is_so: impl Fn(&ScopeFacts) -> bool) -> bool {
    !e.scope_facts.is_empty() && e.scope_facts.iter().all(is_so)
}

/// Returns a refused scope that is not in the open scope list, and the one in it with almost the same name. A scope of
/// Customs' services is spelled right: it may be hidden, and the scopes of other services have similar names.
fn misspelt<'a>(e: &'a Evidence) -> Option<(&'a str, &'a str)> {
    e.scope_facts
        .iter()
        .filter(|facts| services::service_of_scope(&facts.scope).is_none())
        .find_map(|facts| Some((facts.scope.as_str(), facts.nearest.as_deref()?)))
}

/// Maskinporten has no list of foreign businesses: a scope is open to all of them or to none (Digdir, European eSeals). A
/// foreign business that Customs has not registered is stopped at Customs' exchange.
fn foreign_scope_refused(e: &Evidence, builder: DiagnosisBuilder) -> DiagnosisBuilder {
    let is_listed = |scope: &String| services::service_of_scope(scope).is_some();
    let builder = if all_facts(e, |facts| facts.supports_europeans == Some(false)) {
        builder.variant("not-european")
    } else if e.smoke == Some(true) {
        builder.variant("seal-accepted")
    } else {
        builder.variant("foreign")
    };
    let builder = builder.contradicts(&[], true);
    // A scope of Customs' list is spelled right.
    match e.scopes.iter().all(is_listed) {
        true => builder.who(Who::Customs).fix_at("services", "services"),
        false => builder.who(Who::You).fix_at("services", "own-scopes"),
    }
}

pub(super) fn customs(e: &Evidence, received: &Received) -> DiagnosisBuilder {
    let is_customs = |entry: &DiagnosisEntry| entry.stage == Stage::Customs;
    if cause_of_refusal(&received.all(), None, is_customs).is_none_or(|entry| entry.id != "customs-not-authorised") {
        return DiagnosisBuilder::new(e, "customs-refused")
            .arg("status", received.status.unwrap_or_default().to_string())
            .received(received);
    }
    let builder = DiagnosisBuilder::new(e, "customs-not-authorised").received(received);
    let is_wrong = |scope: &&String| {
        let branch = services::branch_of_scope(scope);
        branch.is_some() && branch != e.profile.business.kind
    };
    let wrong: Vec<&str> = e.scopes.iter().filter(is_wrong).map(String::as_str).collect();
    match wrong.is_empty() {
        false => builder
            .variant("branch")
            .arg("scope", wrong.join(", "))
            .who(Who::You)
            .fix_at("services", "services"),
        // The scopes are of the right kind: Customs knows which of them the business has.
        true => builder
            .variant(e.profile.business.kind.map_or("other", Kind::id))
            .who(Who::Customs),
    }
}
