//! Malformed and hostile responses to a grant: each is diagnosed, in bounded time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use klarert::{
    check::{self, Cancel, Subject},
    journey::Who,
    report::{Event, Outcome, Stage, StageFacts},
};
use serde_json::json;

use super::Fault;
use crate::support::service::{JWK, METADATA, Manner, Reply, Request, Service, TOKEN, businesses, sign, token_answer};

/// Returns the address that a request was sent to.
fn base(request: &Request) -> String {
    format!("http://{}", request.headers["host"])
}

/// A service that gives this body instead of a token.
fn answered(body: serde_json::Value) -> Fault {
    Fault::norwegian().replies(TOKEN, Reply::json(200, body))
}

#[test]
fn an_answer_over_one_megabyte_is_not_read() {
    Fault::norwegian()
        .replies(
            TOKEN,
            Reply::text(200, "application/json", &" ".repeat(1024 * 1024 + 1)),
        )
        .ends_in("answer-too-large")
        .stage(Stage::Token);
}

#[test]
fn metadata_over_one_megabyte_is_not_read() {
    Fault::norwegian()
        .replies(
            METADATA,
            Reply::text(200, "application/json", &"[".repeat(3 * 1024 * 1024)),
        )
        .ends_in("answer-too-large");
}

#[test]
fn deeply_nested_json_is_malformed() {
    Fault::norwegian()
        .replies(METADATA, Reply::text(200, "application/json", &"[".repeat(500_000)))
        .ends_in("answer-malformed");
}

#[test]
fn an_empty_answer_is_malformed() {
    Fault::norwegian()
        .replies(TOKEN, Reply::text(200, "application/json", ""))
        .ends_in("answer-malformed")
        .variant("empty");
}

#[test]
fn truncated_json_is_malformed() {
    Fault::norwegian()
        .replies(
            TOKEN,
            Reply::text(200, "application/json", r#"{"access_token":"eyJhbGci"#),
        )
        .ends_in("answer-malformed")
        .variant("cut-short");
}

#[test]
fn an_answer_that_is_not_utf8_is_malformed() {
    let mut reply = Reply::text(200, "application/json", "");
    reply.body = b"{\"access_token\":\"\xff\xfe\"}".to_vec();
    Fault::norwegian()
        .replies(TOKEN, reply)
        .ends_in("answer-malformed")
        .variant("not-utf8");
}

#[test]
fn an_array_instead_of_an_object_is_malformed() {
    answered(json!([])).ends_in("answer-malformed").variant("not-an-object");
}

#[test]
fn an_answer_without_a_token_names_the_missing_field() {
    answered(json!({ "token_type": "Bearer", "expires_in": 119 }))
        .ends_in("answer-malformed")
        .names("access_token");
}

#[test]
fn a_number_as_token_is_malformed() {
    answered(json!({ "access_token": 7, "token_type": "Bearer", "expires_in": 119 }))
        .ends_in("answer-malformed")
        .names("access_token");
}

#[test]
fn text_as_lifetime_is_malformed() {
    answered(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": "soon" }))
        .ends_in("answer-malformed")
        .names("expires_in");
}

#[test]
fn a_negative_lifetime_is_malformed() {
    answered(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": -1 })).ends_in("answer-malformed");
}

#[test]
fn a_token_with_a_line_break_is_malformed() {
    answered(json!({ "access_token": "a\r\nX: y", "token_type": "Bearer", "expires_in": 1 }))
        .ends_in("answer-malformed");
}

#[test]
fn a_number_as_error_is_malformed() {
    Fault::norwegian()
        .replies(TOKEN, Reply::json(400, json!({ "error": 400 })))
        .ends_in("answer-malformed")
        .variant("wrong-type")
        .names("error");
}

#[test]
fn control_characters_in_an_error_are_replaced() {
    let checked = Fault::norwegian()
        .replies(TOKEN, Reply::refusal(400, "invalid\u{1b}[2J", "", "gone\u{202e}\u{7}"))
        .ends_in("unknown");
    let received = checked.diagnosis().received.clone().unwrap();
    assert_eq!(received.error.as_deref(), Some("invalid␛[2J"));
    assert!(received.error_description.unwrap().starts_with("gone·␇"));
}

#[test]
fn a_grant_repeated_by_the_server_is_not_shown() {
    Fault::norwegian()
        .replies_to(TOKEN, |request| {
            Reply::refusal(
                400,
                "invalid_grant",
                "",
                &format!("Bad: {}", request.field("assertion")),
            )
        })
        .ends_in("unknown");
}

#[test]
fn a_web_page_instead_of_a_token_is_named_by_its_title() {
    Fault::norwegian()
        .replies(
            TOKEN,
            Reply::text(
                403,
                "text/html; charset=utf-8",
                "<html><title>Access denied</title></html>",
            ),
        )
        .ends_in("html-answer")
        .stage(Stage::Token)
        .names("Access denied");
}

#[test]
fn a_refusal_counts_whatever_status_or_page_carries_it() {
    let refusal = json!({
        "error": "invalid_grant",
        "error_description": "Invalid assertion. Client authentication failed. Expired key (trace_id: 9fb93534081c525371e273a87984a8ab)",
        "error_uri": "https://test.maskinporten.no/errors/MP-121",
    });
    for reply in [
        Reply::json(200, refusal.clone()),
        Reply::json(502, refusal.clone()),
        Reply::text(400, "text/html", &format!("<html><body>{refusal}</body></html>")),
        Reply::text(503, "text/plain", &format!("upstream: {refusal}")),
    ] {
        Fault::norwegian()
            .replies(TOKEN, reply)
            .ends_in("key-expired")
            .code("MP-121")
            .who(Who::You);
    }
    Fault::norwegian()
        .replies(TOKEN, Reply::json(503, json!({ "error": "server_error" })))
        .ends_in("service-down");
}

#[test]
fn a_code_that_is_not_known_leads_to_its_page() {
    Fault::norwegian()
        .replies(
            TOKEN,
            Reply::refusal(400, "invalid_grant", "MP-199", "Something new happened"),
        )
        .ends_in("unknown")
        .variant("code")
        .who(Who::You);
    Fault::norwegian()
        .replies(
            TOKEN,
            Reply::refusal(
                400,
                "invalid_grant",
                "MP-100",
                "Invalid assertion. Client authentication failed. Full moon.",
            ),
        )
        .ends_in("unknown")
        .variant("opening");
}

#[test]
fn a_server_error_is_retried_with_new_grants() {
    let checked = Fault::norwegian()
        .replies(TOKEN, Reply::text(503, "text/html", "<html><title>Down</title></html>"))
        .ends_in("service-down")
        .who(Who::Digdir)
        .names("https://status.digdir.no")
        .requests(TOKEN, 3);
    let mut ids: Vec<_> = checked
        .service
        .requests(TOKEN)
        .iter()
        .map(|request| request.claim("jti"))
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), 3, "each grant is sent once");
    let notes = checked
        .events
        .iter()
        .filter(|event| matches!(event, Event::Note(Stage::Token, "note-retry", _)));
    assert_eq!(notes.count(), 2);
}

#[test]
fn a_retry_that_succeeds_passes() {
    Fault::norwegian()
        .replies_to(TOKEN, |request| match request.nth {
            0 => Reply::text(502, "text/plain", "bad gateway"),
            1 => Reply::manner(Manner::Close),
            _ => Reply::json(200, token_answer(request, &base(request), |_| {})),
        })
        .passes()
        .requests(TOKEN, 3);
}

#[test]
fn a_connection_closed_without_an_answer_is_retried() {
    Fault::norwegian()
        .replies(TOKEN, Reply::manner(Manner::Close))
        .ends_in("service-down")
        .variant("closed")
        .requests(TOKEN, 3);
}

#[test]
fn an_answer_cut_off_is_retried() {
    Fault::norwegian()
        .replies(TOKEN, Reply::manner(Manner::Cut))
        .ends_in("service-down")
        .variant("cut-off")
        .requests(TOKEN, 3);
}

#[test]
fn a_server_error_on_metadata_is_retried() {
    Fault::norwegian()
        .replies(METADATA, Reply::text(500, "text/plain", ""))
        .ends_in("service-down")
        .requests(METADATA, 3);
}

#[test]
fn no_answer_to_a_grant_times_out_and_is_retried() {
    Fault::norwegian()
        .replies(TOKEN, Reply::manner(Manner::Silence))
        .settings(|settings| {
            settings.limits.whole = Duration::from_millis(1500);
            settings.pauses.truncate(1);
        })
        .ends_in("service-down")
        .stage(Stage::Token)
        .requests(TOKEN, 2);
}

#[test]
fn a_slow_answer_times_out() {
    let start = Instant::now();
    let mut drip = Reply::text(200, "application/json", &" ".repeat(10_000));
    drip.manner = Manner::Drip;
    Fault::norwegian()
        .replies(TOKEN, drip)
        .settings(|settings| {
            settings.limits.whole = Duration::from_millis(1500);
            settings.pauses.clear();
        })
        .ends_in("service-down");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn status_429_is_diagnosed_after_limited_pauses() {
    let start = Instant::now();
    Fault::norwegian()
        .replies(
            TOKEN,
            Reply::json(429, json!({ "error": "slow down" })).header("Retry-After", "3600"),
        )
        .ends_in("too-many-requests")
        .requests(TOKEN, 3);
    assert!(start.elapsed() < Duration::from_secs(30), "Retry-After is limited");
}

#[test]
fn retry_after_is_honoured() {
    let start = Instant::now();
    Fault::norwegian()
        .settings(|settings| settings.max_pause = Duration::from_secs(30))
        .replies_to(TOKEN, |request| match request.nth {
            0 => Reply::json(503, json!({})).header("Retry-After", "1"),
            _ => Reply::json(200, token_answer(request, &base(request), |_| {})),
        })
        .passes();
    assert!(start.elapsed() >= Duration::from_secs(1));
}

/// A service that changes the claims of its tokens.
fn token_with(change: impl Fn(&mut serde_json::Value) + Send + Sync + 'static) -> Fault {
    Fault::norwegian().replies_to(TOKEN, move |request| {
        Reply::json(200, token_answer(request, &base(request), &change))
    })
}

#[test]
fn a_token_of_another_issuer_is_unexpected() {
    token_with(|claims| claims["iss"] = json!("https://other.example/"))
        .ends_in("token-unexpected")
        .names("https://other.example/");
}

#[test]
fn a_token_for_another_organisation_is_unexpected() {
    token_with(|claims| claims["consumer"]["ID"] = json!("0192:987654325"))
        .ends_in("token-unexpected")
        .names("0192:987654325");
}

#[test]
fn a_token_for_another_scope_is_unexpected() {
    token_with(|claims| claims["scope"] = json!("toll:movement/air"))
        .ends_in("token-unexpected")
        .names("toll:movement/air");
}

#[test]
fn a_token_with_a_wrong_signature_is_rejected() {
    Fault::norwegian()
        .replies_to(TOKEN, |request| {
            let mut answer = token_answer(request, &base(request), |_| {});
            let token = answer["access_token"].as_str().unwrap();
            let (signed, _) = token.rsplit_once('.').unwrap();
            answer["access_token"] = json!(format!("{signed}.AAAA"));
            Reply::json(200, answer)
        })
        .ends_in("token-signature-invalid");
}

#[test]
fn a_token_signed_with_an_unpublished_key_is_rejected() {
    Fault::norwegian()
        .replies_to(TOKEN, |request| {
            let mut answer = token_answer(request, &base(request), |_| {});
            answer["access_token"] = json!(sign(&json!({ "iss": format!("{}/", base(request)) }), "other"));
            Reply::json(200, answer)
        })
        .ends_in("token-signature-invalid");
}

#[test]
fn an_opaque_token_only_warns() {
    let checked = answered(json!({ "access_token": "opaque", "token_type": "Bearer", "expires_in": 119 }))
        .passes()
        .outcome(Stage::Token, Outcome::Warned);
    let tokens = checked.report.stages.iter().find_map(|result| match &result.facts {
        StageFacts::Tokens(tokens) => Some(tokens.clone()),
        _ => None,
    });
    assert_eq!(tokens.unwrap()[0].verified, None);
}

#[test]
fn missing_public_keys_only_warn() {
    Fault::norwegian()
        .replies(JWK, Reply::json(404, json!({})))
        .passes()
        .outcome(Stage::Token, Outcome::Warned);
}

#[test]
fn cancelling_ends_a_check_that_waits() {
    let asked = Arc::new(AtomicUsize::new(0));
    let (cancel, seen) = (Cancel::default(), asked.clone());
    let inner = cancel.clone();
    let service = Service::start(
        Some(0),
        Box::new(move |request| {
            (request.path == TOKEN).then(|| {
                seen.fetch_add(1, Ordering::SeqCst);
                inner.cancel();
                Reply::manner(Manner::Silence)
            })
        }),
    );
    let profile = businesses::norwegian();
    let subject = Subject {
        name: "demo",
        profile: &profile,
        environment: &businesses::environment(&service.base),
    };
    let start = Instant::now();
    let mut open = || businesses::opened(businesses::certificate(&profile));
    let report = check::run(&subject, &businesses::quick(), &cancel, &mut open, &mut |_| {});
    assert_eq!(report, None);
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "cancelling does not wait for the time-out"
    );
}
