//! Whole answers of the API, and the diagnosis of each.

use std::time::{Duration, Instant};

use klarert::{
    check::{Settings, Subject},
    credential,
    diagnosis::Diagnosis,
    portal::{Portal, PortalError},
    profile::Authentication,
};
use serde_json::json;

use super::{admin, onboarding};
use crate::support::{
    service::{Reply, Service, TOKEN, businesses},
    texts::ENGLISH,
};

const CORRELATION: &str = "bbe6da8bab8b12202bdcddead93f3815";

/// Returns the diagnosis of a request that the API answers so.
fn diagnosis_of(reply: Reply) -> Diagnosis {
    *error_of(reply, &businesses::quick()).diagnosis
}

/// Returns the error of a request that the API answers so.
fn error_of(reply: Reply, settings: &Settings) -> PortalError {
    let (admin, profile) = (admin(), onboarding());
    let service = Service::start(
        Some(0),
        Box::new(move |request| {
            let issued = json!({ "access_token": "secret-token", "token_type": "Bearer", "expires_in": 119 });
            Some(match request.path.as_str() {
                TOKEN => Reply::json(200, issued),
                _ => reply.clone(),
            })
        }),
    );
    let mut environment = businesses::environment(&service.base);
    environment.token_endpoint = Some(format!("{}/token", service.base));
    environment.self_service = Some(format!("{}/api/v1", service.base));
    let opened = credential::open(&admin.certificate, admin.business.kind, Authentication::Key, None);
    let subject = Subject {
        name: "admin",
        profile: &admin,
        environment: &environment,
    };
    let mut portal = Portal::new(subject, &profile, opened, settings).unwrap();
    portal.clients().unwrap_err()
}

fn body(status: u16, error: &str, description: &str) -> Reply {
    let body = json!({
        "status": status, "timestamp": "2026-11-24T09:14:02.118Z", "correlation_id": CORRELATION,
        "error": error, "error_description": description,
    });
    Reply::json(status, body)
}

#[test]
fn every_refusal_gets_its_diagnosis_and_keeps_the_correlation_id() {
    for (reply, id, who) in [
        (
            body(401, "invalid_token", "Invalid access token"),
            "portal-token-refused",
            "you",
        ),
        (
            body(
                403,
                "insufficient_scope",
                "Access token is missing the scope idporten:dcr.read",
            ),
            "portal-token-refused",
            "you",
        ),
        (
            body(404, "not_found", "Client not found"),
            "portal-client-unknown",
            "you",
        ),
        (
            body(409, "CONFLICT", "Client is deactivated"),
            "portal-client-deactivated",
            "you",
        ),
        (
            body(
                428,
                "PRECONDITION_REQUIRED",
                "Virksomheten har ikke signert de relevante bruksvilkårene",
            ),
            "terms-not-signed",
            "you",
        ),
        (
            body(400, "invalid_request", "Something new"),
            "portal-refused",
            "digdir",
        ),
        (
            body(422, "unprocessable", "secret-token was sent"),
            "portal-refused",
            "digdir",
        ),
    ] {
        let found = diagnosis_of(reply);
        assert_eq!((found.id.as_str(), found.who.id()), (id, who), "{found:?}");
        assert_eq!(found.trace_id.as_deref(), Some(CORRELATION), "{id}");
        assert!(!format!("{found:?}").contains("secret-token"), "{found:?}");
        assert!(!found.fix(&ENGLISH).is_empty(), "{id}");
    }
    let terms = diagnosis_of(body(428, "PRECONDITION_REQUIRED", "x"));
    assert!(
        terms.fix(&ENGLISH).join(" ").contains("https://samarbeid.digdir.no/"),
        "where to sign"
    );
}

#[test]
fn refused_fields_are_named_with_the_words_of_the_service() {
    let errors = json!([
        { "errorMessage": "Scope toll:movement/road/v2 is not accessible", "isFieldError": true, "objectName": "Client", "fieldIdentifier": "scopes" },
        { "errorMessage": "must not be empty", "isFieldError": true, "objectName": "Client", "fieldIdentifier": "client_name" },
    ]);
    let body = json!({
        "status": 400, "timestamp": "2026-11-24T08:30:00.000000000Z", "correlation_id": CORRELATION, "errors": errors,
        "error": ", must not be empty", "error_description": ", must not be empty",
    });
    let found = diagnosis_of(Reply::json(400, body));
    assert_eq!(found.id, "portal-field-refused");
    let cause = found.cause(&ENGLISH);
    for words in [
        "scopes: Scope toll:movement/road/v2 is not accessible",
        "client_name: must not be empty",
    ] {
        assert!(cause.contains(words), "{cause}");
    }
    assert_eq!(found.trace_id.as_deref(), Some(CORRELATION));
}

#[test]
fn answers_of_unknown_shapes_are_diagnosed() {
    for (reply, id) in [
        (Reply::json(200, json!({ "clients": [] })), "answer-malformed"),
        (Reply::json(200, json!([{ "name": "no id" }])), "answer-malformed"),
        (Reply::json(200, json!(["text"])), "answer-malformed"),
        (
            Reply::text(200, "text/html", "<html><title>Login</title>"),
            "html-answer",
        ),
        (Reply::text(400, "text/plain", "Bad"), "portal-refused"),
        (Reply::text(503, "text/plain", "Down"), "service-down"),
        (
            Reply::text(302, "text/plain", "").header("Location", "https://x.example/"),
            "redirected",
        ),
    ] {
        assert_eq!(diagnosis_of(reply).id, id);
    }
}

#[test]
fn request_that_is_one_too_many_is_repeated_after_the_delay_that_the_server_names() {
    // Far above the pauses, which are milliseconds, and short enough for a test.
    const DELAY: Duration = Duration::from_millis(200);
    let refused = Reply::json(429, json!({})).header("Retry-After", "3600");
    let start = Instant::now();
    let settings = Settings {
        max_pause: DELAY,
        ..businesses::quick()
    };
    let error = error_of(refused, &settings);
    assert_eq!(error.diagnosis.id, "too-many-requests");
    assert!(!error.is_lost, "such a request is not carried out");
    assert!(start.elapsed() >= DELAY * u32::try_from(settings.pauses.len()).unwrap());
}
