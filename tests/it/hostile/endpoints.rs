//! Endpoints that the issuer's metadata names: a grant is sent to configured hosts only.

use klarert::{
    journey::Environment,
    text::{Language, Texts},
};
use serde_json::json;

use super::check_against;
use crate::support::service::{JWK, METADATA, Reply, Service, TOKEN, metadata};

/// Checks against metadata that names an address on another host. Returns the diagnosis, and the number of grants and of
/// key requests that reached that host.
fn check_with_foreign(
    field: &'static str,
    path: &'static str,
    change: impl FnOnce(&mut Environment, &str),
) -> (String, usize, usize) {
    let other = Service::start(Some(0), Box::new(|_| None));
    let address = format!("{}{path}", other.base);
    let checked = check_against(
        move |request| {
            let mut answer = metadata(&format!("http://{}", request.headers["host"]));
            answer[field] = json!(address);
            (request.path == METADATA).then(|| Reply::json(200, answer))
        },
        |environment, _| change(environment, &other.base),
    );
    let sent = |path| other.requests(path).len();
    (checked.diagnosis().to_owned(), sent(TOKEN), sent(JWK))
}

#[test]
fn grant_is_not_sent_to_a_host_that_only_the_metadata_names() {
    let checked = check_with_foreign("token_endpoint", TOKEN, |_, _| {});
    assert_eq!(checked, ("metadata-differs".to_owned(), 0, 0));
}

#[test]
fn keys_are_not_read_from_a_host_that_only_the_metadata_names() {
    let checked = check_with_foreign("jwks_uri", JWK, |_, _| {});
    assert_eq!(checked, ("metadata-differs".to_owned(), 0, 0));
}

#[test]
fn host_that_the_configuration_names_is_used() {
    // The other service signs tokens as an issuer of its own.
    let checked = check_with_foreign("token_endpoint", TOKEN, |environment, other| {
        environment.token_endpoint = Some(format!("{other}{TOKEN}"));
    });
    assert_eq!(checked, ("token-unexpected".to_owned(), 1, 0));
    let (_, _, key_requests) = check_with_foreign("jwks_uri", JWK, |environment, other| {
        environment.customs = Some(other.to_owned());
    });
    assert_eq!(key_requests, 1);
}

#[test]
fn foreign_host_is_named_with_the_expected_one() {
    let checked = check_against(
        |request| {
            let mut honest = metadata(&format!("http://{}", request.headers["host"]));
            honest["token_endpoint"] = json!("https://evil.example/token");
            (request.path == METADATA).then(|| Reply::json(200, honest))
        },
        |_, _| {},
    );
    let texts = Texts::new(Language::English);
    let cause = checked.report.diagnosis.as_ref().unwrap().cause(&texts);
    assert!(cause.contains("https://evil.example/token"), "{cause}");
    assert!(cause.contains(&format!("{}/…", checked.service.base)), "{cause}");
}

#[test]
fn addresses_that_resemble_the_issuer_are_foreign() {
    for endpoint in [
        "http://127.0.0.1:1/token",
        "http://127.0.0.1.example/token",
        "http://user@127.0.0.1:1/token",
        "/token",
        "token",
        "data:,x",
        "",
        "//evil.example/token",
    ] {
        let checked = check_against(
            move |request| {
                let mut honest = metadata(&format!("http://{}", request.headers["host"]));
                honest["token_endpoint"] = json!(endpoint);
                (request.path == METADATA).then(|| Reply::json(200, honest))
            },
            |_, _| {},
        );
        assert_eq!(checked.diagnosis(), "metadata-differs", "{endpoint}");
        assert_eq!(checked.service.requests(TOKEN).len(), 0);
    }
}
