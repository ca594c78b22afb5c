//! The services of Norwegian Customs in the result: answered, probed, or not tried.

use std::time::Duration;

use klarert::{
    report::{Outcome, ServiceOutcome, Stage},
    text::{Language, Texts},
};
use serde_json::json;

use super::{Checked, Fault};
use crate::support::{
    service::{HOUSE_CONSIGNMENT, Manner, ROAD, Reply},
    texts::ENGLISH,
};

const ENTRY: &str = "toll:movement/entry";

#[test]
fn a_service_without_any_documented_call_is_listed_as_not_tried() {
    let checked = Fault::norwegian()
        .scopes(&["toll:goodsdeclaration/document.write"])
        .passes()
        .outcome(Stage::Customs, Outcome::Passed)
        .outcome(Stage::Api, Outcome::Skipped);
    assert_eq!(services(&checked), [("documents", ServiceOutcome::NotTried, None)]);
    let success = checked.report.success(&ENGLISH);
    assert!(!success.contains("Everything works"), "{success}");
}

/// Returns the services of a check with their outcomes and statuses.
fn services(checked: &Checked) -> Vec<(&str, ServiceOutcome, Option<u16>)> {
    let stages = checked.report.stages.iter();
    let services = stages.flat_map(|result| result.facts.services());
    services
        .map(|service| (service.id.as_str(), service.outcome, service.status))
        .collect()
}

#[test]
fn every_chosen_service_is_answered_probed_or_not_tried() {
    let checked = Fault::norwegian()
        .scopes(&[
            "toll:movement/road/v2",
            "toll:movement/air",
            "toll:movement/rail",
            "toll:movement/maritime",
            "toll:movement/entry",
            "toll:goodsdeclaration/document.write",
            "toll:something/else",
        ])
        .passes()
        .outcome(Stage::Api, Outcome::Passed);
    assert_eq!(
        services(&checked),
        [
            ("road", ServiceOutcome::Answered, Some(200)),
            ("air", ServiceOutcome::TokenAccepted, Some(404)),
            ("rail", ServiceOutcome::TokenAccepted, Some(404)),
            ("sea", ServiceOutcome::TokenAccepted, Some(404)),
            ("entry", ServiceOutcome::TokenAccepted, Some(200)),
            ("documents", ServiceOutcome::NotTried, None),
            ("toll:something/else", ServiceOutcome::NotTried, None),
        ]
    );
    for language in Language::ALL {
        let texts = Texts::new(language);
        let success = checked.report.success(&texts);
        for service in ["road", "air", "rail", "sea", "entry", "documents"] {
            let name = texts.get(&format!("service-{service}"));
            assert!(success.contains(&name), "{name}: {success}");
        }
        assert!(
            !success.contains("Everything works") && !success.contains("Alt virker"),
            "{success}"
        );
    }
    let only_road = Fault::norwegian().passes().report.success(&ENGLISH);
    assert!(only_road.starts_with("Everything works"), "{only_road}");
}

#[test]
fn a_probe_answered_the_same_without_a_token_shows_nothing() {
    for reply in [
        Reply::json(200, json!([])),
        Reply::json(404, json!({})),
        Reply::json(500, json!({})),
        Reply::json(503, json!({})).header("Retry-After", "20"),
        Reply::text(200, "text/html", "<html><title>Log in</title></html>"),
        Reply::text(302, "text/plain", "").header("Location", "https://login.example/"),
        Reply::json(429, json!({})),
    ] {
        let status = reply.status;
        let checked = entry(reply).passes().outcome(Stage::Api, Outcome::Warned);
        assert_eq!(
            services(&checked),
            [("entry", ServiceOutcome::Inconclusive, Some(status))]
        );
        assert_explained(&checked);
    }
}

#[test]
fn a_probe_that_is_refused_warns_and_gives_the_reason() {
    for status in [401, 403] {
        let checked = entry(Reply::json(status, json!({})))
            .passes()
            .outcome(Stage::Api, Outcome::Warned);
        assert_eq!(
            services(&checked),
            [("entry", ServiceOutcome::TokenRefused, Some(status))]
        );
        assert_explained(&checked);
    }
}

#[test]
fn a_probe_without_an_answer_fails_nothing_and_is_sent_once() {
    for manner in [Manner::Close, Manner::Silence, Manner::Drip] {
        let checked = entry(Reply::manner(manner))
            .settings(|settings| settings.limits.whole = Duration::from_millis(400))
            .passes()
            .requests(HOUSE_CONSIGNMENT, 1);
        assert_eq!(services(&checked), [("entry", ServiceOutcome::Inconclusive, None)]);
        assert_explained(&checked);
    }
}

#[test]
fn silent_probes_do_not_use_up_the_time_of_the_test_call() {
    let checked = Fault::norwegian()
        .scopes(&[ENTRY, "toll:movement/road/v2"])
        .replies(HOUSE_CONSIGNMENT, Reply::manner(Manner::Silence))
        .settings(|settings| settings.max_duration = Duration::from_secs(2))
        .passes()
        .outcome(Stage::Api, Outcome::Warned);
    assert_eq!(
        services(&checked),
        [
            ("road", ServiceOutcome::Answered, Some(200)),
            ("entry", ServiceOutcome::Inconclusive, None)
        ]
    );
}

#[test]
fn a_failed_test_call_leaves_the_other_services_in_the_result() {
    let checked = Fault::norwegian()
        .scopes(&[ENTRY, "toll:movement/road/v2", "toll:goodsdeclaration/document.write"])
        .replies(ROAD, Reply::json(403, json!({})))
        .ends_in("api-refused")
        .variant("rights")
        .names("Road")
        .outcome(Stage::Api, Outcome::Failed);
    assert_eq!(
        services(&checked),
        [
            ("road", ServiceOutcome::Failed, Some(403)),
            ("entry", ServiceOutcome::TokenAccepted, Some(200)),
            ("documents", ServiceOutcome::NotTried, None),
        ]
    );
}

/// Returns a check of entry whose probe gets this reply.
fn entry(reply: Reply) -> Fault {
    Fault::norwegian().scopes(&[ENTRY]).replies(HOUSE_CONSIGNMENT, reply)
}

/// Asserts that the warning has its reason in the report, and that the conclusion claims nothing of the probe.
#[track_caller]
fn assert_explained(checked: &Checked) {
    let api = checked.report.stages.last().unwrap();
    let warnings = api.warnings(&ENGLISH);
    assert_eq!(warnings.len(), 1);
    let text = checked.report.to_text(&ENGLISH);
    assert!(text.contains(&warnings[0]), "{text}");
    assert!(!text.contains("Everything works"), "{text}");
    assert!(text.contains(&format!("GET {HOUSE_CONSIGNMENT}")), "{text}");
}
