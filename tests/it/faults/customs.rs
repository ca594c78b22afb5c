//! Faults at Norwegian Customs.

use klarert::{
    journey::Who,
    report::{Outcome, Stage, StageFacts},
};
use serde_json::json;

use super::{Checked, Fault};
use crate::support::{
    service::{EXCHANGE, Manner, ROAD, Reply, TOKEN, closed_port},
    texts::english,
};

/// Returns whether any stage reports this.
fn shows(checked: &Checked, seen: &StageFacts) -> bool {
    checked.report.stages.iter().any(|result| result.facts == *seen)
}

#[test]
fn a_refused_exchange_names_the_scope_and_customs() {
    Fault::norwegian()
        .replies(
            EXCHANGE,
            Reply::json(
                403,
                json!({ "message": "Not authorized to request scope toll:movement/road/v2" }),
            ),
        )
        .ends_in("customs-not-authorised")
        .stage(Stage::Customs)
        .who(Who::Customs)
        .step("customs")
        .names("toll:movement/road/v2");
}

#[test]
fn another_success_than_documented_is_no_refusal() {
    for status in [202, 204] {
        Fault::norwegian()
            .replies(ROAD, Reply::text(status, "application/json", ""))
            .ends_in("api-refused")
            .variant("unexpected");
    }
}

#[test]
fn every_scope_whose_exchange_is_refused_is_named() {
    let checked = Fault::norwegian()
        .scopes(&["toll:movement/road/v2", "toll:movement/entry", "toll:movement/air"])
        .replies_to(EXCHANGE, |request| match request.nth {
            0 => Reply::json(
                403,
                json!({ "message": "Not authorized to request scope toll:movement/road/v2" }),
            ),
            1 => Reply::json(403, json!({ "message": "Full moon" })),
            _ => Reply::json(
                403,
                json!({ "message": "Not authorized to request scope toll:movement/air" }),
            ),
        })
        .ends_in("customs-not-authorised")
        .names("toll:movement/road/v2, toll:movement/air");
    let diagnosis = checked.diagnosis();
    assert_eq!(diagnosis.others[0].id, "customs-refused");
    assert_eq!(diagnosis.others[0].scopes, ["toll:movement/entry"]);
}

#[test]
fn a_refused_exchange_in_plain_text_is_understood() {
    Fault::foreign()
        .replies(
            EXCHANGE,
            Reply::text(
                400,
                "text/plain",
                "Not authorized to request scope toll:eu/movement/road/v2",
            ),
        )
        .ends_in("customs-not-authorised")
        .variant("foreign");
}

#[test]
fn the_scope_whose_exchange_failed_is_named() {
    Fault::norwegian()
        .scopes(&["toll:movement/road/v2", "toll:movement/entry"])
        .replies_to(EXCHANGE, |request| match request.nth {
            0 => Reply::json(
                200,
                json!({ "access_token": "customs-token", "token_type": "Bearer", "expires_in": 970 }),
            ),
            _ => Reply::json(403, json!({ "error": "Not authorized to request scope" })),
        })
        .ends_in("customs-not-authorised")
        .names("toll:movement/entry");
}

#[test]
fn an_undocumented_refusal_is_shown_as_received() {
    let checked = Fault::norwegian()
        .replies(EXCHANGE, Reply::json(401, json!({ "detail": "nope" })))
        .ends_in("customs-refused")
        .names("401");
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
fn a_server_error_at_customs_is_retried() {
    Fault::norwegian()
        .replies(EXCHANGE, Reply::text(504, "text/html", "<html>"))
        .ends_in("service-down")
        .who(Who::Customs)
        .requests(EXCHANGE, 3);
}

#[test]
fn a_connection_closed_by_customs_is_diagnosed() {
    Fault::norwegian()
        .replies(EXCHANGE, Reply::manner(Manner::Close))
        .ends_in("service-down")
        .stage(Stage::Customs);
}

#[test]
fn a_refused_connection_to_customs_is_diagnosed() {
    Fault::norwegian()
        .environment(|environment| environment.customs = Some(format!("http://{}", closed_port())))
        .ends_in("connection-refused")
        .stage(Stage::Customs);
}

#[test]
fn an_exchange_without_a_token_is_malformed() {
    Fault::norwegian()
        .replies(
            EXCHANGE,
            Reply::json(200, json!({ "token_type": "Bearer", "expires_in": 970 })),
        )
        .ends_in("answer-malformed")
        .stage(Stage::Customs);
}

#[test]
fn a_test_call_answered_401_blames_the_token() {
    Fault::norwegian()
        .replies(ROAD, Reply::json(401, json!({})))
        .ends_in("api-refused")
        .stage(Stage::Api)
        .variant("token")
        .names(&english("service-road"));
}

#[test]
fn a_test_call_answered_403_blames_the_rights() {
    Fault::norwegian()
        .replies(ROAD, Reply::json(403, json!({})))
        .ends_in("api-refused")
        .variant("rights");
}

#[test]
fn a_test_call_answered_404_blames_the_path() {
    Fault::norwegian()
        .replies(ROAD, Reply::json(404, json!({})))
        .ends_in("api-refused")
        .variant("path");
}

#[test]
fn a_test_call_answered_otherwise_names_the_status() {
    Fault::norwegian()
        .replies(ROAD, Reply::json(418, json!({})))
        .ends_in("api-refused")
        .names("418");
}

#[test]
fn a_server_error_on_the_test_call_is_retried() {
    Fault::norwegian()
        .replies(ROAD, Reply::json(500, json!({})))
        .ends_in("service-down")
        .stage(Stage::Api)
        .requests(ROAD, 3);
}

#[test]
fn an_environment_without_customs_skips_its_stages() {
    let checked = Fault::norwegian()
        .environment(|environment| environment.customs = None)
        .passes()
        .outcome(Stage::Customs, Outcome::Skipped)
        .outcome(Stage::Api, Outcome::Skipped);
    assert!(shows(&checked, &StageFacts::NoCustoms));
}

#[test]
fn a_scope_of_another_service_is_not_exchanged() {
    let checked = Fault::foreign()
        .scopes(&["digdir:verksemd.eu"])
        .replies_to(TOKEN, |_| {
            Reply::json(
                200,
                json!({ "access_token": "opaque", "token_type": "Bearer", "expires_in": 119 }),
            )
        })
        .passes()
        .requests(EXCHANGE, 0);
    assert!(shows(&checked, &StageFacts::NoCustomsScope));
}
