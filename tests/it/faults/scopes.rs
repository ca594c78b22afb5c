//! Scopes that are refused: which, by whom, and whether it is the certificate after all.

use klarert::{
    journey::Who,
    profile::Authentication,
    report::{Event, Stage, StageFacts},
};

use super::{
    Fault,
    refusals::{CLIENT, norwegian},
};
use crate::support::service::{Reply, Request, TOKEN, token_answer};

const NOT_ON_CLIENT: &str = "Token request contains invalid scopes for client";
const NOT_GRANTED: &str = "Consumer has not been granted access to the scope";

#[test]
fn mp_200() {
    norwegian("MP-200", NOT_ON_CLIENT)
        .is("scope-not-on-client")
        .code("MP-200")
        .step("integration")
        .says("toll:movement/road/v2");
}

#[test]
fn mp_201() {
    norwegian("MP-201", "Token request contains scopes not allowed for maskinporten").is("wrong-integration-type");
}

#[test]
fn mp_250() {
    norwegian("MP-250", NOT_GRANTED)
        .is("scope-not-granted")
        .who(Who::Customs)
        .step("customs");
}

/// Grants every scope but one.
fn but_for(refused: &'static str) -> impl Fn(&Request) -> Reply + Send + Sync + 'static {
    move |request| {
        if request.claim("scope") == refused {
            return Reply::refusal(403, "forbidden", "MP-250", NOT_GRANTED);
        }
        let base = format!("http://{}", request.headers["host"]);
        Reply::json(200, token_answer(request, &base, |_| {}))
    }
}

#[test]
fn one_scope_of_three_is_named() {
    let checked = Fault::norwegian()
        .scopes(&["toll:movement/road/v2", "toll:movement/entry", "toll:movement/air"])
        .asked(TOKEN, but_for("toll:movement/entry"))
        .is("scope-not-granted")
        .says("toll:movement/road/v2, toll:movement/air works, but toll:movement/entry")
        .requests(TOKEN, 3);
    let granted = checked.report.stages.iter().find_map(|result| match &result.facts {
        StageFacts::Tokens(tokens) => Some(tokens.len()),
        _ => None,
    });
    assert_eq!(granted, Some(2), "what was granted is shown all the same");
}

#[test]
fn one_refusal_of_the_client_is_enough() {
    norwegian("MP-100", CLIENT)
        .scopes(&["toll:movement/road/v2", "toll:movement/entry", "toll:movement/air"])
        .is("client-unknown")
        .requests(TOKEN, 1);
}

#[test]
fn mp_250_for_a_supplier_that_does_not_say_so() {
    norwegian("MP-250", NOT_GRANTED)
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .is("scope-not-granted")
        .who(Who::You)
        .step("credentials")
        .says("delegate the scope to you in Altinn");
}

#[test]
fn mp_251() {
    norwegian(
        "MP-251",
        "Consumer 987654325 has not delegated access to the scope toll:movement/road/v2 to supplier 123456785",
    )
    .is("not-delegated")
    .who(Who::Customer);
}

/// The seal's scope is refused; the scope that every accepted seal gets is answered by `smoke`.
fn seal(smoke: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Fault {
    Fault::foreign().asked(TOKEN, move |request| {
        if request.claim("scope") == "digdir:verksemd.eu" {
            smoke(request)
        } else {
            Reply::refusal(403, "forbidden", "MP-250", NOT_GRANTED)
        }
    })
}

#[test]
fn a_seal_that_is_accepted_but_for_its_scope() {
    let checked = seal(|request| {
        Reply::json(
            200,
            token_answer(request, &format!("http://{}", request.headers["host"]), |_| {}),
        )
    })
    .is("scope-not-granted")
    .who(Who::Customs)
    .says("The certificate is accepted")
    .requests(TOKEN, 2);
    assert!(
        checked
            .events
            .iter()
            .any(|event| matches!(event, Event::Note(Stage::Token, "note-smoke", _)))
    );
}

#[test]
fn a_seal_that_is_granted_nothing() {
    seal(|_| Reply::refusal(403, "forbidden", "MP-250", NOT_GRANTED))
        .is("certificate-refused")
        .says("eSeal");
}

#[test]
fn a_seal_whose_second_refusal_says_more() {
    seal(|_| {
        Reply::refusal(
            400,
            "invalid_grant",
            "MP-120",
            "The JWT is signed with an invalid certificate",
        )
    })
    .is("certificate-refused")
    .code("MP-120");
}
