//! The requests for tokens: the grant verified as Maskinporten does (Digdir, *JWT grant*), and the exchange as Customs
//! documents it.

use std::collections::BTreeSet;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, DecodingKey, TokenData, Validation};
use klarert::{
    check::{self, Settings, Subject},
    diagnosis::Diagnosis,
    profile::{Authentication, Profile},
    report::Stage,
};
use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::support::service::{
    EXCHANGE, METADATA, ROAD, Reply, Request, Service, TOKEN,
    businesses::{self, *},
};

/// Runs a check that passes, and returns the requests to the token endpoint.
fn sent(profile: &Profile, settings: &Settings) -> (Service, Vec<Request>) {
    let service = Service::start(Some(0), Box::new(|_| None));
    let (report, _) = check(
        profile,
        &environment(&service.base),
        settings,
        opened(certificate(profile)),
    );
    assert_eq!(report.diagnosis, None);
    let requests = service.requests(TOKEN);
    (service, requests)
}

/// Decodes the grant and verifies its signature with the business's public key.
fn grant(request: &Request, algorithm: Algorithm) -> TokenData<Value> {
    let jwk = serde_json::to_value(business().public_jwk("any").unwrap()).unwrap();
    let text = |name: &str| jwk[name].as_str().unwrap().to_owned();
    let key = DecodingKey::from_rsa_components(&text("n"), &text("e")).unwrap();
    let mut validation = Validation::new(algorithm);
    validation.validate_aud = false;
    jsonwebtoken::decode(request.field("assertion"), &key, &validation).unwrap()
}

fn with_key() -> Profile {
    let mut profile = norwegian();
    profile.client.authentication = Authentication::Key;
    profile.client.kid = Some("demo-2026".into());
    profile
}

#[test]
fn the_form_has_two_fields_and_no_client_authentication() {
    let (_, requests) = sent(&norwegian(), &quick());
    let [request] = requests.as_slice() else {
        panic!("one scope, one request: {requests:?}")
    };
    assert_eq!(request.method, "POST");
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.headers["accept"], "application/json");
    for none in ["authorization", "cookie", "transfer-encoding"] {
        assert_eq!(request.headers.get(none), None);
    }
    let fields: Vec<_> = url::form_urlencoded::parse(request.body.as_bytes())
        .map(|(name, _)| name)
        .collect();
    assert_eq!(fields, ["grant_type", "assertion"]);
    assert_eq!(
        request.field("grant_type"),
        "urn:ietf:params:oauth:grant-type:jwt-bearer"
    );
}

#[test]
fn each_algorithm_is_used_and_verifies() {
    for algorithm in [Algorithm::RS256, Algorithm::RS384, Algorithm::RS512] {
        let settings = Settings { algorithm, ..quick() };
        let (_, requests) = sent(&norwegian(), &settings);
        assert_eq!(grant(&requests[0], algorithm).header.alg, algorithm);
    }
}

#[test]
fn the_claims_are_as_documented() {
    let before = OffsetDateTime::now_utc().unix_timestamp();
    let (service, requests) = sent(&norwegian(), &quick());
    let claims = grant(&requests[0], Algorithm::RS256).claims;
    let names: BTreeSet<_> = claims.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["aud", "exp", "iat", "iss", "jti", "scope"]));
    assert_eq!(
        claims["aud"],
        json!(format!("{}/", service.base)),
        "a single value, equal to the issuer"
    );
    assert_eq!(claims["iss"], json!(CLIENT));
    assert_eq!(claims["scope"], json!("toll:movement/road/v2"));
    let (iat, exp) = (claims["iat"].as_i64().unwrap(), claims["exp"].as_i64().unwrap());
    assert!((before..=OffsetDateTime::now_utc().unix_timestamp()).contains(&iat));
    assert!((1..=120).contains(&(exp - iat)));
}

#[test]
fn a_norwegian_business_sends_only_its_certificate() {
    let (_, requests) = sent(&norwegian(), &quick());
    let header = grant(&requests[0], Algorithm::RS256).header;
    assert_eq!(header.x5c, Some(vec![STANDARD.encode(&BUSINESS.1[0])]));
    assert_eq!(header.kid, None);
    let grant = requests[0].field("assertion");
    let header = URL_SAFE_NO_PAD.decode(grant.split('.').next().unwrap()).unwrap();
    let header: Value = serde_json::from_slice(&header).unwrap();
    let names: BTreeSet<_> = header.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["alg", "typ", "x5c"]));
}

#[test]
fn a_foreign_business_sends_the_whole_chain() {
    let (_, requests) = sent(&foreign(), &quick());
    let header = grant(&requests[0], Algorithm::RS256).header;
    let chain: Vec<_> = BUSINESS.1.iter().map(|der| STANDARD.encode(der)).collect();
    assert_eq!(chain.len(), 2);
    assert_eq!(header.x5c, Some(chain), "the chain begins with the leaf");
}

#[test]
fn a_registered_key_is_sent_as_kid_without_a_certificate() {
    let (_, requests) = sent(&with_key(), &quick());
    let header = grant(&requests[0], Algorithm::RS256).header;
    assert_eq!(header.kid.as_deref(), Some("demo-2026"));
    assert_eq!(header.x5c, None);
}

#[test]
fn each_scope_has_a_grant_with_its_own_jti() {
    let mut profile = norwegian();
    profile.client.scopes = vec!["toll:movement/road/v2".into(), "toll:movement/entry".into()];
    let (_, requests) = sent(&profile, &quick());
    let scopes: Vec<_> = requests.iter().map(|request| request.claim("scope")).collect();
    assert_eq!(scopes, [json!("toll:movement/road/v2"), json!("toll:movement/entry")]);
    assert_ne!(requests[0].claim("jti"), requests[1].claim("jti"));
}

#[test]
fn a_supplier_sends_consumer_org() {
    let mut profile = norwegian();
    profile.client.consumer_org = Some("987654325".into());
    let (_, requests) = sent(&profile, &quick());
    assert_eq!(requests[0].claim("consumer_org"), json!("987654325"));
}

#[test]
fn a_foreign_business_sends_no_consumer_org() {
    let mut profile = foreign();
    profile.client.consumer_org = Some("987654325".into());
    let (_, requests) = sent(&profile, &quick());
    assert_eq!(requests[0].claim("consumer_org"), Value::Null);
}

#[test]
fn the_exchange_and_the_test_call_are_as_customs_documents() {
    let (service, _) = sent(&norwegian(), &quick());
    let exchange = &service.requests(EXCHANGE)[0];
    let fields: Vec<_> = url::form_urlencoded::parse(exchange.body.as_bytes())
        .into_owned()
        .collect();
    let names: Vec<_> = fields.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["grant_type", "subject_token_type", "subject_token"]);
    assert_eq!(exchange.field("grant_type"), "token-exchange");
    assert_eq!(exchange.field("subject_token_type"), "access_token");
    assert_eq!(exchange.field("subject_token").split('.').count(), 3);
    assert_eq!(exchange.headers.get("authorization"), None);
    let call = &service.requests(ROAD)[0];
    assert_eq!(
        (call.method.as_str(), call.headers["authorization"].as_str()),
        ("GET", "Bearer customs-token")
    );
}

fn subject<'a>(profile: &'a Profile, environment: &'a klarert::journey::Environment) -> Subject<'a> {
    Subject {
        name: "demo",
        profile,
        environment,
    }
}

#[test]
fn a_token_is_requested_for_any_scope() {
    let service = Service::start(Some(0), Box::new(|_| None));
    let (profile, environment) = (norwegian(), environment(&service.base));
    let subject = subject(&profile, &environment);
    let token = check::token(&subject, &quick(), &mut || opened(certificate(&profile)), None).unwrap();
    assert_eq!(token.split('.').count(), 3);
    assert_eq!(
        service.requests(METADATA).len(),
        1,
        "the token endpoint is read from metadata"
    );
    check::token(
        &subject,
        &quick(),
        &mut || opened(certificate(&profile)),
        Some("digdir:verksemd.eu"),
    )
    .unwrap();
    assert_eq!(service.requests(TOKEN)[1].claim("scope"), json!("digdir:verksemd.eu"));
    let customs = check::customs_token(&subject, &quick(), &mut || opened(certificate(&profile)), None).unwrap();
    assert_eq!(*customs, "customs-token");
}

#[test]
fn a_configured_token_endpoint_needs_no_metadata() {
    let service = Service::start(Some(0), Box::new(|_| None));
    let (profile, mut environment) = (norwegian(), environment(&service.base));
    environment.token_endpoint = Some(format!("{}{TOKEN}", service.base));
    check::token(
        &subject(&profile, &environment),
        &quick(),
        &mut || opened(certificate(&profile)),
        None,
    )
    .unwrap();
    assert_eq!(service.requests(METADATA).len(), 0);
}

#[test]
fn a_refused_token_ends_in_in_the_check() {
    let words = "Token request contains invalid scopes for client";
    let refusal = Reply::refusal(400, "invalid_scope", "MP-200", words);
    let service = Service::start(
        Some(0),
        Box::new(move |request| (request.path == TOKEN).then(|| refusal.clone())),
    );
    let (profile, mut environment) = (norwegian(), environment(&service.base));
    let refused: Diagnosis = check::token(
        &subject(&profile, &environment),
        &quick(),
        &mut || opened(certificate(&profile)),
        None,
    )
    .unwrap_err();
    assert_eq!(
        (refused.id.as_str(), refused.stage),
        ("scope-not-on-client", Stage::Token)
    );
    assert_eq!(refused.code.as_deref(), Some("MP-200"), "the code is only in error_uri");

    let service = Service::start(Some(0), Box::new(|_| None));
    environment = businesses::environment(&service.base);
    environment.customs = None;
    let missing = check::customs_token(
        &subject(&profile, &environment),
        &quick(),
        &mut || opened(certificate(&profile)),
        None,
    )
    .unwrap_err();
    assert_eq!(
        (missing.id.as_str(), missing.stage),
        ("customs-missing", Stage::Customs)
    );
}
