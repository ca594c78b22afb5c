//! Hostile and broken answers to a grant: each ends in a clear diagnosis, in bounded time.

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

fn base(request: &Request) -> String {
    format!("http://{}", request.headers["host"])
}

fn answered(body: serde_json::Value) -> Fault {
    Fault::norwegian().at(TOKEN, Reply::json(200, body))
}

#[test]
fn more_than_anybody_can_read() {
    Fault::norwegian()
        .at(
            TOKEN,
            Reply::text(200, "application/json", &" ".repeat(1024 * 1024 + 1)),
        )
        .is("answer-too-large")
        .stage(Stage::Token);
}

#[test]
fn metadata_without_an_end() {
    Fault::norwegian()
        .at(
            METADATA,
            Reply::text(200, "application/json", &"[".repeat(3 * 1024 * 1024)),
        )
        .is("answer-too-large");
}

#[test]
fn deeply_nested_json() {
    Fault::norwegian()
        .at(METADATA, Reply::text(200, "application/json", &"[".repeat(500_000)))
        .is("answer-malformed");
}

#[test]
fn an_empty_answer() {
    Fault::norwegian()
        .at(TOKEN, Reply::text(200, "application/json", ""))
        .is("answer-malformed")
        .says("empty");
}

#[test]
fn half_an_answer() {
    Fault::norwegian()
        .at(
            TOKEN,
            Reply::text(200, "application/json", r#"{"access_token":"eyJhbGci"#),
        )
        .is("answer-malformed")
        .says("ends in the middle");
}

#[test]
fn bytes_that_are_no_text() {
    let mut reply = Reply::text(200, "application/json", "");
    reply.body = b"{\"access_token\":\"\xff\xfe\"}".to_vec();
    Fault::norwegian()
        .at(TOKEN, reply)
        .is("answer-malformed")
        .says("not readable text");
}

#[test]
fn an_array_for_an_object() {
    answered(json!([])).is("answer-malformed").says("another form");
}

#[test]
fn without_a_token() {
    answered(json!({ "token_type": "Bearer", "expires_in": 119 }))
        .is("answer-malformed")
        .says("access_token");
}

#[test]
fn a_number_for_a_token() {
    answered(json!({ "access_token": 7, "token_type": "Bearer", "expires_in": 119 }))
        .is("answer-malformed")
        .says("access_token");
}

#[test]
fn text_for_a_number() {
    answered(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": "soon" }))
        .is("answer-malformed")
        .says("expires_in");
}

#[test]
fn a_negative_lifetime() {
    answered(json!({ "access_token": "a", "token_type": "Bearer", "expires_in": -1 })).is("answer-malformed");
}

#[test]
fn a_token_that_would_break_a_header() {
    answered(json!({ "access_token": "a\r\nX: y", "token_type": "Bearer", "expires_in": 1 })).is("answer-malformed");
}

#[test]
fn a_number_for_an_error() {
    Fault::norwegian()
        .at(TOKEN, Reply::json(400, json!({ "error": 400 })))
        .is("answer-malformed")
        .says("error");
}

#[test]
fn words_that_steer_a_terminal() {
    let checked = Fault::norwegian()
        .at(TOKEN, Reply::refusal(400, "invalid\u{1b}[2J", "", "gone\u{202e}\u{7}"))
        .is("unknown");
    let received = checked.diagnosis().received.clone().unwrap();
    assert_eq!(received.error.as_deref(), Some("invalid␛[2J"));
    assert!(received.error_description.unwrap().starts_with("gone·␇"));
}

#[test]
fn a_server_that_repeats_the_grant() {
    Fault::norwegian()
        .asked(TOKEN, |request| {
            Reply::refusal(
                400,
                "invalid_grant",
                "",
                &format!("Bad: {}", request.field("assertion")),
            )
        })
        .is("unknown");
}

#[test]
fn a_page_instead_of_a_token() {
    Fault::norwegian()
        .at(
            TOKEN,
            Reply::text(
                403,
                "text/html; charset=utf-8",
                "<html><title>Access denied</title></html>",
            ),
        )
        .is("html-answer")
        .stage(Stage::Token)
        .says("Access denied");
}

#[test]
fn a_service_in_trouble_is_asked_again_with_fresh_grants() {
    let checked = Fault::norwegian()
        .at(TOKEN, Reply::text(503, "text/html", "<html><title>Down</title></html>"))
        .is("service-down")
        .who(Who::Digdir)
        .says("https://status.digdir.no")
        .requests(TOKEN, 3);
    let mut ids: Vec<_> = checked
        .service
        .requests(TOKEN)
        .iter()
        .map(|request| request.claim("jti"))
        .collect();
    ids.dedup();
    assert_eq!(ids.len(), 3, "a grant is never sent twice");
    let notes = checked
        .events
        .iter()
        .filter(|event| matches!(event, Event::Note(Stage::Token, "note-retry", _)));
    assert_eq!(notes.count(), 2);
}

#[test]
fn trouble_that_passes() {
    Fault::norwegian()
        .asked(TOKEN, |request| match request.nth {
            0 => Reply::text(502, "text/plain", "bad gateway"),
            1 => Reply::manner(Manner::Close),
            _ => Reply::json(200, token_answer(request, &base(request), |_| {})),
        })
        .passes()
        .requests(TOKEN, 3);
}

#[test]
fn closed_without_a_word() {
    Fault::norwegian()
        .at(TOKEN, Reply::manner(Manner::Close))
        .is("service-down")
        .says("closed")
        .requests(TOKEN, 3);
}

#[test]
fn cut_off_in_the_middle() {
    Fault::norwegian()
        .at(TOKEN, Reply::manner(Manner::Cut))
        .is("service-down")
        .says("in the middle")
        .requests(TOKEN, 3);
}

#[test]
fn metadata_in_trouble() {
    Fault::norwegian()
        .at(METADATA, Reply::text(500, "text/plain", ""))
        .is("service-down")
        .requests(METADATA, 3);
}

#[test]
fn a_grant_and_then_silence() {
    Fault::norwegian()
        .at(TOKEN, Reply::manner(Manner::Silence))
        .settings(|settings| {
            settings.limits.whole = Duration::from_millis(1500);
            settings.pauses.truncate(1);
        })
        .is("service-down")
        .stage(Stage::Token)
        .requests(TOKEN, 2);
}

#[test]
fn a_slow_drip_of_bytes() {
    let start = Instant::now();
    let mut drip = Reply::text(200, "application/json", &" ".repeat(10_000));
    drip.manner = Manner::Drip;
    Fault::norwegian()
        .at(TOKEN, drip)
        .settings(|settings| {
            settings.limits.whole = Duration::from_millis(1500);
            settings.pauses.clear();
        })
        .is("service-down");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn too_many_requests() {
    let start = Instant::now();
    Fault::norwegian()
        .at(
            TOKEN,
            Reply::json(429, json!({ "error": "slow down" })).header("Retry-After", "3600"),
        )
        .is("too-many-requests")
        .requests(TOKEN, 3);
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "a server cannot make us wait for an hour"
    );
}

#[test]
fn retry_after_is_honoured() {
    let start = Instant::now();
    Fault::norwegian()
        .settings(|settings| settings.max_pause = Duration::from_secs(30))
        .asked(TOKEN, |request| match request.nth {
            0 => Reply::json(503, json!({})).header("Retry-After", "1"),
            _ => Reply::json(200, token_answer(request, &base(request), |_| {})),
        })
        .passes();
    assert!(start.elapsed() >= Duration::from_secs(1));
}

fn token_with(change: impl Fn(&mut serde_json::Value) + Send + Sync + 'static) -> Fault {
    Fault::norwegian().asked(TOKEN, move |request| {
        Reply::json(200, token_answer(request, &base(request), &change))
    })
}

#[test]
fn a_token_of_another_issuer() {
    token_with(|claims| claims["iss"] = json!("https://other.example/"))
        .is("token-unexpected")
        .says("https://other.example/");
}

#[test]
fn a_token_for_another_organisation() {
    token_with(|claims| claims["consumer"]["ID"] = json!("0192:987654325"))
        .is("token-unexpected")
        .says("0192:987654325");
}

#[test]
fn a_token_for_another_scope() {
    token_with(|claims| claims["scope"] = json!("toll:movement/air"))
        .is("token-unexpected")
        .says("toll:movement/air");
}

#[test]
fn a_token_that_somebody_else_signed() {
    Fault::norwegian()
        .asked(TOKEN, |request| {
            let mut answer = token_answer(request, &base(request), |_| {});
            let token = answer["access_token"].as_str().unwrap();
            let (signed, _) = token.rsplit_once('.').unwrap();
            answer["access_token"] = json!(format!("{signed}.AAAA"));
            Reply::json(200, answer)
        })
        .is("token-signature-invalid");
}

#[test]
fn a_token_of_a_key_that_is_not_published() {
    Fault::norwegian()
        .asked(TOKEN, |request| {
            let mut answer = token_answer(request, &base(request), |_| {});
            answer["access_token"] = json!(sign(&json!({ "iss": format!("{}/", base(request)) }), "other"));
            Reply::json(200, answer)
        })
        .is("token-signature-invalid");
}

#[test]
fn an_opaque_token_is_no_fault() {
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
fn keys_that_cannot_be_had_are_no_fault() {
    Fault::norwegian()
        .at(JWK, Reply::json(404, json!({})))
        .passes()
        .outcome(Stage::Token, Outcome::Warned);
}

#[test]
fn cancelled_while_it_waits() {
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
        "nobody waits for the time-out"
    );
}
