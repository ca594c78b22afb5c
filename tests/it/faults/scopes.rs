//! Refused scopes: which one, by whom, and whether the certificate is the cause.

use std::time::Duration;

use klarert::{
    diagnosis::{Interpretation, interpret},
    journey::Who,
    profile::Authentication,
    report::{Event, Stage, StageFacts},
};

use serde_json::json;

use super::{
    Fault,
    refusals::{CLIENT, norwegian},
};
use crate::support::{
    service::{Manner, Reply, Request, TOKEN, token_answer},
    texts::ENGLISH,
};

/// The open scope list, below the environment's own address.
const SCOPE_LIST: &str = "/scopes/all";
const NOT_ON_CLIENT: &str = "Token request contains invalid scopes for client";
const NOT_GRANTED: &str = "Consumer has not been granted access to the scope";

#[test]
fn mp_200_names_the_scope() {
    norwegian("MP-200", NOT_ON_CLIENT)
        .ends_in("scope-not-on-client")
        .code("MP-200")
        .step("integration")
        .names("toll:movement/road/v2");
}

#[test]
fn mp_201_is_a_wrong_integration_type() {
    norwegian("MP-201", "Token request contains scopes not allowed for maskinporten").ends_in("wrong-integration-type");
}

#[test]
fn mp_250_is_for_customs() {
    norwegian("MP-250", NOT_GRANTED)
        .ends_in("scope-not-granted")
        .who(Who::Customs)
        .fix_at("customs.granted")
        .names("accepts its key or certificate");
}

#[test]
fn mp_250_contradicts_the_tick_that_customs_has_given_access() {
    let checked = norwegian("MP-250", NOT_GRANTED)
        .profile(|profile| {
            let now = profile.created;
            profile.progress.done.insert("customs.granted".into(), now);
        })
        .ends_in("scope-not-granted")
        .names("Ticked, though the answer shows otherwise: “Customs has given the access”");
    assert!(checked.diagnosis().contradicts[0].is_ticked);
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
fn the_refused_scope_of_three_is_named() {
    let checked = Fault::norwegian()
        .scopes(&["toll:movement/road/v2", "toll:movement/entry", "toll:movement/air"])
        .replies_to(TOKEN, but_for("toll:movement/entry"))
        .ends_in("scope-not-granted")
        .names("not granted toll:movement/entry")
        .requests(TOKEN, 3);
    let granted = checked.report.stages.iter().find_map(|result| match &result.facts {
        StageFacts::Tokens(tokens) => Some(tokens.len()),
        _ => None,
    });
    assert_eq!(granted, Some(2), "the granted scopes are still reported");
}

/// Refuses one scope as not on the client, and another as not granted.
fn refused_for_two_causes() -> Fault {
    Fault::norwegian()
        .scopes(&[
            "toll:movement/road/v2",
            "toll:movement/entry",
            "toll:movement/air",
            "toll:movement/rail",
        ])
        .replies_to(TOKEN, |request| {
            let scope = request.claim("scope");
            match scope.as_str().unwrap_or_default() {
                "toll:movement/entry" => Reply::refusal(403, "forbidden", "MP-250", NOT_GRANTED),
                "toll:movement/road/v2" => {
                    let base = format!("http://{}", request.headers["host"]);
                    Reply::json(200, token_answer(request, &base, |_| {}))
                }
                _ => Reply::refusal(400, "invalid_scope", "MP-200", NOT_ON_CLIENT),
            }
        })
}

#[test]
fn every_refused_scope_is_named_with_its_own_cause() {
    let checked = refused_for_two_causes()
        .ends_in("scope-not-granted")
        .code("MP-250")
        .who(Who::Customs)
        .names("not granted toll:movement/entry to");
    let diagnosis = checked.diagnosis();
    assert_eq!(diagnosis.scopes, ["toll:movement/entry"]);
    let others: Vec<_> = diagnosis
        .others
        .iter()
        .map(|other| (&*other.id, &*other.scopes))
        .collect();
    let rest = ["toll:movement/air", "toll:movement/rail"].map(str::to_owned);
    assert_eq!(others, [("scope-not-on-client", &rest[..])]);

    let line = "Also: The scope is not on the client (MP-200): toll:movement/air, toll:movement/rail. You can do this";
    let text = checked.report.to_text(&ENGLISH);
    assert!(text.contains(line), "{text}");
    let Interpretation::Causes(causes) = interpret(&text) else {
        panic!("{text}");
    };
    let causes: Vec<_> = causes.iter().map(|cause| cause.cause(&ENGLISH)).collect();
    assert!(causes[1].contains("toll:movement/air"), "{causes:?}");
    let json = checked.report.to_json(&ENGLISH);
    let refused = |scope, id, code, who| json!({ "scope": scope, "id": id, "code": code, "who": who });
    assert_eq!(
        json["diagnosis"]["refused_scopes"],
        json!([
            refused("toll:movement/entry", "scope-not-granted", "MP-250", "customs"),
            refused("toll:movement/air", "scope-not-on-client", "MP-200", "you"),
            refused("toll:movement/rail", "scope-not-on-client", "MP-200", "you"),
        ])
    );
}

#[test]
fn refused_scope_of_another_owner_is_not_for_customs() {
    const OWN: &str = "skatteetaten:innrapportering";
    let not_granted = |scope: &str| NOT_GRANTED.replace("toll:movement/road/v2", scope);
    for (code, text, who) in [
        ("MP-250", not_granted(OWN), Who::ScopeOwner),
        ("MP-200", NOT_ON_CLIENT.replace("toll:movement/road/v2", OWN), Who::You),
    ] {
        for with_road in [false, true] {
            let scopes: &[&str] = if with_road {
                &["toll:movement/road/v2", OWN]
            } else {
                &[OWN]
            };
            let text = text.clone();
            Fault::norwegian()
                .scopes(scopes)
                .replies_to(TOKEN, move |request| {
                    if request.claim("scope") == OWN {
                        return Reply::refusal(if code == "MP-250" { 403 } else { 400 }, "invalid_scope", code, &text);
                    }
                    let base = format!("http://{}", request.headers["host"]);
                    Reply::json(200, token_answer(request, &base, |_| {}))
                })
                .ends_in(if code == "MP-250" {
                    "scope-not-granted"
                } else {
                    "scope-not-on-client"
                })
                .variant("other-owner")
                .who(who)
                .fix_at("own-scopes");
        }
    }
    let foreign = Fault::foreign().scopes(&[OWN]).replies_to(TOKEN, move |request| {
        if request.claim("scope") == OWN {
            return Reply::refusal(403, "forbidden", "MP-250", &not_granted(OWN));
        }
        let base = format!("http://{}", request.headers["host"]);
        Reply::json(200, token_answer(request, &base, |_| {}))
    });
    foreign
        .ends_in("scope-not-granted")
        .variant("other-owner-foreign")
        .who(Who::You)
        .fix_at("own-scopes");
}

#[test]
fn each_of_several_refused_scopes_is_for_its_owner() {
    let checked = norwegian("MP-250", NOT_GRANTED)
        .scopes(&["skatteetaten:innrapportering", "toll:movement/road/v2"])
        .ends_in("scope-not-granted")
        .who(Who::ScopeOwner);
    let other = &checked.diagnosis().others[0];
    assert_eq!((other.who, &*other.scopes[0]), (Who::Customs, "toll:movement/road/v2"));
}

#[test]
fn scopes_refused_for_one_cause_are_named_together() {
    let checked = norwegian("MP-200", NOT_ON_CLIENT)
        .scopes(&["toll:movement/road/v2", "toll:movement/entry"])
        .ends_in("scope-not-on-client")
        .names("The client does not have toll:movement/road/v2, toll:movement/entry yet");
    assert_eq!(checked.diagnosis().scopes.len(), 2);
    assert_eq!(checked.diagnosis().others, []);
}

#[test]
fn a_scope_refused_before_another_failure_is_named() {
    let checked = Fault::norwegian()
        .scopes(&["toll:movement/entry", "toll:movement/road/v2"])
        .replies_to(TOKEN, |request| match request.claim("scope").as_str() {
            Some("toll:movement/entry") => Reply::refusal(403, "forbidden", "MP-250", NOT_GRANTED),
            _ => Reply::refusal(400, "invalid_client", "MP-100", CLIENT),
        })
        .ends_in("client-unknown");
    let diagnosis = checked.diagnosis();
    assert_eq!((diagnosis.scopes.len(), diagnosis.others.len()), (0, 1));
    assert_eq!(diagnosis.others[0].scopes, ["toll:movement/entry"]);
}

#[test]
fn a_mistyped_scope_does_not_hide_another_refused_one() {
    let checked = with_list(
        norwegian("MP-200", NOT_ON_CLIENT).scopes(&["toll:movment/road/v2", "toll:movement/entry"]),
        list(&[("toll:movement/road/v2", false, true)]),
    )
    .ends_in("scope-not-on-client")
    .variant("misspelt");
    assert_eq!(checked.diagnosis().others[0].scopes, ["toll:movement/entry"]);
}

#[test]
fn a_refused_client_is_asked_once() {
    norwegian("MP-100", CLIENT)
        .scopes(&["toll:movement/road/v2", "toll:movement/entry", "toll:movement/air"])
        .ends_in("client-unknown")
        .requests(TOKEN, 1);
}

#[test]
fn mp_250_for_a_supplier_without_consumer_org_says_so() {
    norwegian("MP-250", NOT_GRANTED)
        .profile(|profile| {
            profile.client.authentication = Authentication::Key;
            profile.client.kid = Some("demo-2026".into());
        })
        .certificate(|chosen| chosen.organisation = Some("NTRNO-987654325".into()))
        .ends_in("scope-not-granted")
        .who(Who::You)
        .step("credentials")
        .variant("supplier");
}

#[test]
fn mp_251_is_for_the_customer() {
    norwegian(
        "MP-251",
        "Consumer 987654325 has not delegated access to the scope toll:movement/road/v2 to supplier 123456785",
    )
    .ends_in("not-delegated")
    .who(Who::Customer);
}

/// Refuses the scope of a seal; `smoke` replies for the scope that every accepted seal is granted.
fn seal(smoke: impl Fn(&Request) -> Reply + Send + Sync + 'static) -> Fault {
    Fault::foreign().replies_to(TOKEN, move |request| {
        if request.claim("scope") == "digdir:verksemd.eu" {
            smoke(request)
        } else {
            Reply::refusal(403, "forbidden", "MP-250", NOT_GRANTED)
        }
    })
}

/// Refuses the scope of a seal that Maskinporten accepts.
fn accepted_seal() -> Fault {
    seal(|request| {
        let base = format!("http://{}", request.headers["host"]);
        Reply::json(200, token_answer(request, &base, |_| {}))
    })
}

#[test]
fn a_refused_scope_of_an_accepted_seal_is_for_customs() {
    let checked = accepted_seal()
        .ends_in("scope-not-granted")
        .who(Who::Customs)
        .variant("seal-accepted")
        .requests(TOKEN, 2);
    assert!(
        checked
            .events
            .iter()
            .any(|event| matches!(event, Event::Note(Stage::Token, "note-smoke", _)))
    );
}

#[test]
fn a_seal_granted_nothing_is_refused_itself() {
    seal(|_| Reply::refusal(403, "forbidden", "MP-250", NOT_GRANTED))
        .ends_in("certificate-refused")
        .variant("smoke");
}

#[test]
fn a_more_specific_second_refusal_is_reported() {
    seal(|_| {
        Reply::refusal(
            400,
            "invalid_grant",
            "MP-120",
            "The JWT is signed with an invalid certificate",
        )
    })
    .ends_in("certificate-refused")
    .code("MP-120");
}

/// Adds the open scope list to a fault.
fn with_list(fault: Fault, list: Reply) -> Fault {
    fault
        .replies(SCOPE_LIST, list)
        .environment(|environment| environment.self_service = Some(environment.issuer.trim_end_matches('/').to_owned()))
}

fn list(scopes: &[(&str, bool, bool)]) -> Reply {
    let scopes = scopes.iter().map(|(name, supports_europeans, can_be_delegated)| {
        let mut scope = json!({ "name": name, "supports_european_businesses": supports_europeans });
        if *can_be_delegated {
            scope["delegation_source"] = json!("https://tt02.altinn.no/");
        }
        scope
    });
    Reply::json(200, scopes.collect())
}

#[test]
fn the_open_list_shows_a_mistyped_scope() {
    let listed = || list(&[("toll:movement/road/v2", false, true), ("nav:arbeid", true, true)]);
    let refused = |scope: &str| norwegian("MP-200", NOT_ON_CLIENT).scopes(&[scope]);
    with_list(refused("toll:movment/road/v2"), listed())
        .ends_in("scope-not-on-client")
        .variant("misspelt")
        .fix_at("own-scopes")
        .names("toll:movement/road/v2");
    // Too different; listed; one of Customs' services, which may be hidden.
    for (scope, variant) in [
        ("toll:other", "norwegian"),
        ("nav:arbeid", "other-owner"),
        ("toll:movement/entry", "norwegian"),
    ] {
        with_list(refused(scope), listed())
            .ends_in("scope-not-on-client")
            .variant(variant);
    }
}

#[test]
fn a_scope_of_customs_is_never_called_mistyped() {
    // Its name differs from another service's by two letters.
    with_list(
        norwegian("MP-200", NOT_ON_CLIENT).scopes(&["toll:movement/air"]),
        list(&[("toll:movement/rail", false, true)]),
    )
    .ends_in("scope-not-on-client")
    .variant("norwegian");
}

#[test]
fn a_scope_that_the_client_has_is_not_called_mistyped() {
    with_list(
        norwegian("MP-250", NOT_GRANTED).scopes(&["toll:hidden"]),
        list(&[("toll:hiden", false, true)]),
    )
    .ends_in("scope-not-granted")
    .variant("norwegian");
}

#[test]
fn the_open_list_shows_a_scope_that_is_closed_to_europeans() {
    let listed = |supports| list(&[("toll:eu/movement/road/v2", supports, false)]);
    with_list(accepted_seal(), listed(false))
        .ends_in("scope-not-granted")
        .variant("not-european")
        .who(Who::Customs);
    with_list(accepted_seal(), listed(true))
        .ends_in("scope-not-granted")
        .variant("seal-accepted");
}

#[test]
fn the_open_list_shows_a_scope_that_cannot_be_delegated() {
    let refused = || {
        norwegian(
            "MP-251",
            "Consumer 987654325 has not delegated access to the scope toll:movement/road/v2 to supplier 123456785",
        )
    };
    with_list(refused(), list(&[("toll:movement/road/v2", false, false)]))
        .ends_in("not-delegated")
        .variant("undelegable")
        .who(Who::Customs);
    with_list(refused(), list(&[("toll:movement/road/v2", false, true)]))
        .ends_in("not-delegated")
        .who(Who::Customer);
}

#[test]
fn an_open_list_that_cannot_be_read_changes_nothing() {
    for reply in [
        Reply::json(401, json!([])),
        Reply::json(200, json!({ "error": "invalid_request" })),
        Reply::json(200, json!([{ "name": 1 }, 2, { "supports_european_businesses": "no" }])),
        Reply::json(500, json!([])),
        Reply::text(200, "text/html", "<html><title>Log in</title></html>"),
        Reply::text(200, "application/json", &format!("[{}", "[".repeat(10_000))),
        Reply::manner(Manner::Close),
        Reply::manner(Manner::Cut),
        Reply::manner(Manner::Silence),
    ] {
        with_list(norwegian("MP-200", NOT_ON_CLIENT), reply)
            .settings(|settings| settings.limits.whole = Duration::from_millis(500))
            .ends_in("scope-not-on-client")
            .code("MP-200")
            .variant("norwegian")
            .requests(SCOPE_LIST, 1);
    }
}

#[test]
fn the_open_list_is_read_only_when_a_scope_is_refused() {
    with_list(Fault::norwegian(), list(&[]))
        .passes()
        .requests(SCOPE_LIST, 0);
    with_list(norwegian("MP-100", CLIENT), list(&[]))
        .ends_in("client-unknown")
        .requests(SCOPE_LIST, 0);
}

#[test]
fn a_refusal_by_maskinporten_contradicts_no_tick_of_a_foreign_business() {
    let checked = accepted_seal()
        .profile(|profile| {
            let now = profile.created;
            profile.progress.done.insert("customs.granted".into(), now);
        })
        .ends_in("scope-not-granted");
    assert_eq!(checked.diagnosis().contradicts, []);
}
