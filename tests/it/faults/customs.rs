//! Faults at Norwegian Customs.

use klarert::{
    journey::Who,
    report::{Outcome, Stage, StageFacts},
};
use serde_json::json;

use super::{Checked, Fault};
use crate::support::service::{EXCHANGE, Manner, ROAD, Reply, TOKEN, closed_port};

fn shows(checked: &Checked, seen: &StageFacts) -> bool {
    checked.report.stages.iter().any(|result| result.facts == *seen)
}

#[test]
fn not_authorised() {
    Fault::norwegian()
        .at(
            EXCHANGE,
            Reply::json(
                403,
                json!({ "message": "Not authorized to request scope toll:movement/road/v2" }),
            ),
        )
        .is("customs-not-authorised")
        .stage(Stage::Customs)
        .who(Who::Customs)
        .step("customs")
        .says("toll:movement/road/v2");
}

#[test]
fn not_authorised_in_plain_words() {
    Fault::foreign()
        .at(
            EXCHANGE,
            Reply::text(
                400,
                "text/plain",
                "Not authorized to request scope toll:eu/movement/road/v2",
            ),
        )
        .is("customs-not-authorised")
        .says("registered for Digitoll");
}

#[test]
fn one_exchange_of_two_is_named() {
    Fault::norwegian()
        .scopes(&["toll:movement/road/v2", "toll:movement/entry"])
        .asked(EXCHANGE, |request| match request.nth {
            0 => Reply::json(
                200,
                json!({ "access_token": "customs-token", "token_type": "Bearer", "expires_in": 970 }),
            ),
            _ => Reply::json(403, json!({ "error": "Not authorized to request scope" })),
        })
        .is("customs-not-authorised")
        .says("toll:movement/entry");
}

#[test]
fn refused_for_a_reason_nobody_has_described() {
    let checked = Fault::norwegian()
        .at(EXCHANGE, Reply::json(401, json!({ "detail": "nope" })))
        .is("customs-refused")
        .says("401");
    assert_eq!(
        checked
            .diagnosis()
            .received
            .clone()
            .unwrap()
            .error_description
            .as_deref(),
        Some("nope")
    );
}

#[test]
fn customs_in_trouble() {
    Fault::norwegian()
        .at(EXCHANGE, Reply::text(504, "text/html", "<html>"))
        .is("service-down")
        .who(Who::Customs)
        .requests(EXCHANGE, 3);
}

#[test]
fn customs_closes() {
    Fault::norwegian()
        .at(EXCHANGE, Reply::manner(Manner::Close))
        .is("service-down")
        .stage(Stage::Customs);
}

#[test]
fn customs_cannot_be_reached() {
    Fault::norwegian()
        .environment(|environment| environment.customs = Some(format!("http://{}", closed_port())))
        .is("connection-refused")
        .stage(Stage::Customs);
}

#[test]
fn an_exchange_without_a_token() {
    Fault::norwegian()
        .at(
            EXCHANGE,
            Reply::json(200, json!({ "token_type": "Bearer", "expires_in": 970 })),
        )
        .is("answer-malformed")
        .stage(Stage::Customs);
}

#[test]
fn the_test_call_is_unauthorised() {
    Fault::norwegian()
        .at(ROAD, Reply::json(401, json!({})))
        .is("api-refused")
        .stage(Stage::Api)
        .says("Road does not accept");
}

#[test]
fn the_test_call_is_forbidden() {
    Fault::norwegian()
        .at(ROAD, Reply::json(403, json!({})))
        .is("api-refused")
        .says("does not let you in");
}

#[test]
fn the_test_call_has_moved() {
    Fault::norwegian()
        .at(ROAD, Reply::json(404, json!({})))
        .is("api-refused")
        .says("was not found");
}

#[test]
fn the_test_call_is_something_else() {
    Fault::norwegian()
        .at(ROAD, Reply::json(418, json!({})))
        .is("api-refused")
        .says("418");
}

#[test]
fn the_test_call_is_in_trouble() {
    Fault::norwegian()
        .at(ROAD, Reply::json(500, json!({})))
        .is("service-down")
        .stage(Stage::Api)
        .requests(ROAD, 3);
}

#[test]
fn an_environment_without_customs() {
    let checked = Fault::norwegian()
        .environment(|environment| environment.customs = None)
        .passes()
        .outcome(Stage::Customs, Outcome::Skipped)
        .outcome(Stage::Api, Outcome::Skipped);
    assert!(shows(&checked, &StageFacts::NoCustoms));
}

#[test]
fn a_service_without_a_test_call() {
    let checked = Fault::norwegian()
        .scopes(&["toll:movement/entry"])
        .passes()
        .outcome(Stage::Customs, Outcome::Passed)
        .outcome(Stage::Api, Outcome::Skipped);
    assert!(shows(&checked, &StageFacts::NoTestCall));
}

#[test]
fn a_scope_that_is_nothing_to_customs() {
    let checked = Fault::foreign()
        .scopes(&["digdir:verksemd.eu"])
        .asked(TOKEN, |_| {
            Reply::json(
                200,
                json!({ "access_token": "opaque", "token_type": "Bearer", "expires_in": 119 }),
            )
        })
        .passes()
        .requests(EXCHANGE, 0);
    assert!(shows(&checked, &StageFacts::NoCustomsScope));
}
