//! Grant validation in the sandbox's Maskinporten: every rule of Digdir's *JWT grant* page, and every refusal.

mod setup;

use aws_lc_rs::signature::KeyPair as _;
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE, BASE64_URL_SAFE_NO_PAD},
};
use klarert::sandbox::{
    registry::{RegisteredKey, Registry},
    validate_grant::{ServerConfig, UsedGrants, validate},
};
use proptest::prelude::*;
use serde_json::json;
use setup::{Draft, ISSUER, NOW, ROAD, fixture};

const MALFORMED: &str = "400 MP-011 invalid_request: Invalid assertion. Invalid parameter value.";
const CLIENT_UNKNOWN: &str = "400 MP-100 invalid_grant: Invalid assertion. Client authentication failed.";
const CERTIFICATE: &str = "400 MP-120 invalid_grant: Invalid assertion. Client authentication failed. The JWT is signed with \
                           an invalid certificate.";
const ORGANISATION: &str = "400 MP-122 invalid_grant: Invalid assertion. Client authentication failed. Invalid JWT. Invalid \
                            organization number for client. Does not match certificate orgno.";
const X5C: &str = "400 MP-123 invalid_grant: Invalid assertion. Client authentication failed. Invalid JWT header x5c.";
const SIGNATURE: &str =
    "400 MP-124 invalid_grant: Invalid assertion. Client authentication failed. Invalid JWT signature.";
const AUDIENCE: &str =
    "400 MP-110 invalid_grant: Invalid assertion. Client authentication failed. Invalid JWT claim aud.";
const EXPIRED: &str = "400 MP-130 invalid_grant: Invalid assertion. Client authentication failed. JWT is expired.";
const IN_FUTURE: &str =
    "400 - invalid_grant: Invalid assertion. Client authentication failed. Issue time is after now.";
const REUSED: &str = "400 MP-012 invalid_grant: Invalid assertion. Client authentication failed. Grant is used before.";
const KEY_EXPIRED: &str = "400 MP-121 invalid_grant: Invalid assertion. Client authentication failed. Expired key.";
const KID_UNKNOWN: &str = "400 MP-100 invalid_grant: Invalid assertion. Client authentication failed. Unknown key \
                           identifier (kid) for client.";
const KID_REQUIRED: &str = "400 - invalid_grant: Invalid assertion. Client authentication failed. Invalid JWT. The client \
                            requires pre-registered jwk and no key identifier (kid) provided.";
const SELF: &str = "400 - invalid_request: Validation of JWT claim failed: The combination consumer_org in claim and \
                    delegation scope on client is invalid.";

/// MP-200 for a scope.
fn not_on_client(scope: &str) -> String {
    format!("400 MP-200 invalid_scope: Token request contains invalid scopes for client, {scope}")
}

/// MP-250 for a scope.
fn not_granted(scope: &str) -> String {
    format!("403 MP-250 forbidden: Consumer has not been granted access to the scope {scope}.")
}

/// MP-251 for a consumer and a scope.
fn not_delegated(consumer: &str, scope: &str) -> String {
    format!(
        "403 MP-251 forbidden: Consumer {consumer} has not delegated access to the scope {scope} to supplier 123456785."
    )
}

#[test]
fn each_broken_rule_is_refused_with_its_whole_description() {
    let fixture = fixture();
    let w = &fixture;
    let now = NOW.unix_timestamp();
    let with_keys = w.client("keys");
    let good = || w.good();
    let sealed = || w.sealed(&w.seal);
    let cases: Vec<(&str, Draft, String)> = vec![
        // The header.
        ("a symmetric algorithm", good().header("alg", "HS256"), MALFORMED.into()),
        ("no algorithm", good().header("alg", "none"), MALFORMED.into()),
        ("an elliptic curve", good().header("alg", "ES256"), MALFORMED.into()),
        ("PSS", good().header("alg", "PS256"), MALFORMED.into()),
        ("alg missing", good().without("alg"), MALFORMED.into()),
        (
            "x5c as a string",
            good().header("x5c", BASE64_STANDARD.encode(&w.leaf)),
            X5C.into(),
        ),
        (
            "x5c in base64url",
            good().header("x5c", json!([BASE64_URL_SAFE.encode(&w.leaf)])),
            X5C.into(),
        ),
        (
            "x5c as PEM",
            good().header("x5c", json!(["-----BEGIN CERTIFICATE-----"])),
            X5C.into(),
        ),
        (
            "x5c of something else",
            good().header("x5c", json!(["AAAA"])),
            X5C.into(),
        ),
        ("x5c of numbers", good().header("x5c", json!([1])), X5C.into()),
        ("x5c empty", good().header("x5c", json!([])), X5C.into()),
        ("both x5c and kid", good().header("kid", "a"), MALFORMED.into()),
        ("neither", good().without("x5c"), MALFORMED.into()),
        // The certificate.
        (
            "a production certificate",
            good().chain(&[&w.production]),
            CERTIFICATE.into(),
        ),
        ("a revoked one", good().chain(&[&w.revoked]), CERTIFICATE.into()),
        ("the signing one", good().chain(&[&w.signing]), CERTIFICATE.into()),
        ("a self-signed one", good().chain(&[&w.stranger]), CERTIFICATE.into()),
        (
            "the right issuer's name, another's key",
            good().chain(&[&w.forged]),
            CERTIFICATE.into(),
        ),
        ("the authority's own", good().chain(&[&w.authority]), CERTIFICATE.into()),
        ("an expired one", good().chain(&[&w.expired]), SIGNATURE.into()),
        (
            "another organisation's",
            good().chain(&[&w.other_organisation]),
            ORGANISATION.into(),
        ),
        (
            "one without an organisation",
            good().chain(&[&w.nameless]),
            ORGANISATION.into(),
        ),
        // The claims.
        (
            "an unknown client",
            good().claim("iss", "00000000-0000-4000-8000-000000000000"),
            CLIENT_UNKNOWN.into(),
        ),
        ("iss missing", good().without("iss"), MALFORMED.into()),
        (
            "another environment's audience",
            good().claim("aud", "https://test.maskinporten.no/"),
            AUDIENCE.into(),
        ),
        (
            "the audience without its slash",
            good().claim("aud", "http://127.0.0.1:8765"),
            AUDIENCE.into(),
        ),
        (
            "the token endpoint as audience",
            good().claim("aud", "http://127.0.0.1:8765/token"),
            AUDIENCE.into(),
        ),
        (
            "two audiences",
            good().claim("aud", json!([ISSUER, "b"])),
            AUDIENCE.into(),
        ),
        ("no audience", good().without("aud"), AUDIENCE.into()),
        ("issued 11 s ahead", good().claim("iat", now + 11), IN_FUTURE.into()),
        ("issued 11 s ago", good().claim("iat", now - 11), EXPIRED.into()),
        ("expired", good().claim("exp", now), EXPIRED.into()),
        ("lasting 121 s", good().claim("exp", now + 121), EXPIRED.into()),
        ("lasting for ever", good().claim("exp", i64::MAX), EXPIRED.into()),
        ("issued in the beginning", good().claim("iat", i64::MIN), EXPIRED.into()),
        ("iat missing", good().without("iat"), MALFORMED.into()),
        ("exp as text", good().claim("exp", "soon"), MALFORMED.into()),
        ("jti as a number", good().claim("jti", 7), MALFORMED.into()),
        (
            "a claim too many",
            good().claim("sub", "me"),
            "400 MP-011 invalid_request: Invalid assertion.".into(),
        ),
        ("scope missing", good().without("scope"), MALFORMED.into()),
        ("scope empty", good().claim("scope", " "), MALFORMED.into()),
        // The scopes.
        (
            "not on the client",
            good().claim("scope", "toll:movement/air"),
            not_on_client("toll:movement/air"),
        ),
        (
            "mistyped",
            good().claim("scope", "toll:movement/raod/v2"),
            not_on_client("toll:movement/raod/v2"),
        ),
        (
            "one good, one bad",
            good().claim("scope", format!("{ROAD} toll:movement/air")),
            not_on_client("toll:movement/air"),
        ),
        (
            "not granted",
            good().claim("scope", "toll:movement/maritime"),
            not_granted("toll:movement/maritime"),
        ),
        (
            "the wrong integration type",
            good().claim("iss", w.client("wrong-type")),
            "400 MP-201 invalid_scope: Token request contains scopes not allowed for maskinporten".into(),
        ),
        // Acting for another.
        ("for oneself", good().claim("consumer_org", "123456785"), SELF.into()),
        (
            "for a number",
            good().claim("consumer_org", 123456726),
            MALFORMED.into(),
        ),
        (
            "for one who has not delegated",
            good().claim("consumer_org", "123456718"),
            not_delegated("123456718", ROAD),
        ),
        (
            "for one who has delegated another scope",
            good()
                .claim("consumer_org", "123456726")
                .claim("scope", "toll:movement/entry"),
            not_delegated("123456726", "toll:movement/entry"),
        ),
        // Registered keys.
        (
            "a certificate where there are keys",
            good().claim("iss", with_keys),
            KID_REQUIRED.into(),
        ),
        (
            "nothing where there are keys",
            good().claim("iss", with_keys).without("x5c"),
            KID_REQUIRED.into(),
        ),
        ("an unknown kid", good().kid(with_keys, "nobody"), KID_UNKNOWN.into()),
        (
            "a kid where there are no keys",
            good().kid(w.client("demo"), "demo-key"),
            KID_UNKNOWN.into(),
        ),
        (
            "kid as a number",
            good().kid(with_keys, "").header("kid", 1),
            MALFORMED.into(),
        ),
        (
            "an expired key",
            good().kid(with_keys, "demo-key-last-year"),
            KEY_EXPIRED.into(),
        ),
        // Seals.
        (
            "a seal without its chain",
            sealed().chain(&[&w.seal]),
            CERTIFICATE.into(),
        ),
        (
            "the chain in the wrong order",
            sealed().chain(&[&w.seal, &w.seal_root, &w.seal_authority]),
            CERTIFICATE.into(),
        ),
        (
            "another's chain",
            sealed().chain(&[&w.seal, &w.authority]),
            CERTIFICATE.into(),
        ),
        ("an expired seal", w.sealed(&w.expired_seal), SIGNATURE.into()),
        (
            "a seal without an identifier",
            w.sealed(&w.nameless_seal),
            CERTIFICATE.into(),
        ),
        (
            "a seal with a mistyped scope",
            sealed().claim("scope", "toll:eu/movement/raod/v2"),
            not_granted("toll:eu/movement/raod/v2"),
        ),
        (
            "a seal with a Norwegian scope",
            sealed().claim("scope", ROAD),
            not_granted(ROAD),
        ),
        (
            "a seal for another",
            sealed().claim("consumer_org", "123456726"),
            SELF.into(),
        ),
    ];
    for (what, draft, refusal) in cases {
        assert_eq!(w.validate(draft).expect_err(what), refusal, "{what}");
    }
}

#[test]
fn valid_grants_are_authorised() {
    let fixture = fixture();
    let w = &fixture;
    let now = NOW.unix_timestamp();
    let with_keys = w.client("keys");
    let (ours, theirs) = ("123456785", "VATDE-123456789");
    let certificate = "virksomhetssertifikat";
    let cases = [
        ("the plain case", w.good(), ours, certificate),
        ("RS384", w.good().header("alg", "RS384"), ours, certificate),
        ("RS512", w.good().header("alg", "RS512"), ours, certificate),
        (
            "with its chain",
            w.good().chain(&[&w.leaf, &w.authority]),
            ours,
            certificate,
        ),
        (
            "two scopes",
            w.good().claim("scope", format!("{ROAD} toll:movement/entry")),
            ours,
            certificate,
        ),
        ("10 s ahead", w.good().claim("iat", now + 10), ours, certificate),
        ("10 s late", w.good().claim("iat", now - 10), ours, certificate),
        ("120 s", w.good().claim("exp", now + 120), ours, certificate),
        ("without jti", w.good().without("jti"), ours, certificate),
        ("a type in the header", w.good().header("typ", "JWT"), ours, certificate),
        (
            "a delegation",
            w.good().claim("consumer_org", "123456726"),
            "123456726",
            certificate,
        ),
        (
            "a registered key",
            w.good().kid(with_keys, "demo-key"),
            ours,
            "private_key_jwt",
        ),
        ("a qualified seal", w.sealed(&w.seal), theirs, "QCForESeal"),
        ("an advanced seal", w.sealed(&w.unqualified_seal), theirs, "CForESeal"),
        (
            "a seal, root left out",
            w.sealed(&w.seal).chain(&[&w.seal, &w.seal_authority]),
            theirs,
            "QCForESeal",
        ),
        (
            "an open scope that nobody has granted",
            w.good().claim("scope", "sandbox:open"),
            ours,
            certificate,
        ),
        (
            "a seal with a scope that Customs has not granted",
            w.sealed(&w.seal).claim("scope", "toll:eu/movement/air"),
            theirs,
            "QCForESeal",
        ),
        (
            "a seal of a business that Customs does not know",
            w.sealed(&w.unregistered_seal),
            "VATSE-123456789001",
            "CForESeal",
        ),
        (
            "the smoke test",
            w.sealed(&w.seal).claim("scope", "digdir:verksemd.eu"),
            theirs,
            "QCForESeal",
        ),
    ];
    for (what, draft, consumer, amr) in cases {
        let scope = draft.claims["scope"].as_str().unwrap().to_owned();
        let granted = w.validate(draft).unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
        assert_eq!(
            (granted.consumer.as_str(), granted.client_amr),
            (consumer, amr),
            "{what}"
        );
        assert_eq!(granted.scope, scope, "{what}");
        assert_eq!(granted.foreign, consumer.starts_with("VAT"), "{what}");
        let supplier = (consumer == "123456726").then_some(ours);
        assert_eq!(granted.supplier.as_deref(), supplier, "{what}");
    }
    let resource = w
        .validate(w.good().claim("resource", json!(["https://api.example.no"])))
        .unwrap()
        .resource;
    assert_eq!(resource, Some(json!(["https://api.example.no"])));
}

#[test]
fn a_grant_is_accepted_once() {
    let fixture = fixture();
    for draft in [fixture.good(), fixture.good().without("jti")] {
        let mut used = UsedGrants::default();
        let grant = draft.sign(&fixture.key);
        fixture.validate_signed(&grant, &mut used).unwrap();
        assert_eq!(fixture.validate_signed(&grant, &mut used).unwrap_err(), REUSED);
    }
    // A retry after a refusal is a reuse, as is a new grant with a used jti. The jti of another client is another one.
    let mut used = UsedGrants::default();
    let refused = fixture.good().claim("scope", "toll:movement/air").sign(&fixture.key);
    assert!(
        fixture
            .validate_signed(&refused, &mut used)
            .unwrap_err()
            .contains("MP-200")
    );
    assert_eq!(
        fixture
            .validate_signed(&fixture.good().sign(&fixture.key), &mut used)
            .unwrap_err(),
        REUSED
    );
    let other = fixture
        .good()
        .kid(fixture.client("keys"), "demo-key")
        .sign(&fixture.key);
    fixture.validate_signed(&other, &mut used).unwrap();
    // A forged grant does not use up the jti.
    let mut used = UsedGrants::default();
    let forged = fixture.good().sign(&fixture.other_key);
    assert_eq!(fixture.validate_signed(&forged, &mut used).unwrap_err(), SIGNATURE);
    fixture
        .validate_signed(&fixture.good().sign(&fixture.key), &mut used)
        .unwrap();
}

#[test]
fn a_signature_of_another_key_is_refused() {
    let fixture = fixture();
    let drafts = [
        fixture.good(),
        fixture.sealed(&fixture.seal),
        fixture.good().kid(fixture.client("keys"), "demo-key"),
    ];
    for draft in drafts {
        let forged = draft.sign(&fixture.other_key);
        assert_eq!(
            fixture
                .validate_signed(&forged, &mut UsedGrants::default())
                .unwrap_err(),
            SIGNATURE
        );
        let grant = draft.sign(&fixture.key);
        let (signed, _) = grant.rsplit_once('.').unwrap();
        let unsigned = format!("{signed}.");
        assert_eq!(
            fixture
                .validate_signed(&unsigned, &mut UsedGrants::default())
                .unwrap_err(),
            SIGNATURE
        );
        let changed = Draft {
            header: draft.header.clone(),
            claims: draft.claims.clone(),
        }
        .claim("jti", "2");
        let changed = changed.sign(&fixture.key);
        let (claims, signature) = (changed.rsplit_once('.').unwrap().0, grant.rsplit_once('.').unwrap().1);
        let patched = format!("{claims}.{signature}");
        assert_eq!(
            fixture
                .validate_signed(&patched, &mut UsedGrants::default())
                .unwrap_err(),
            SIGNATURE
        );
    }
}

#[test]
fn text_that_is_no_jwt_is_malformed() {
    let fixture = fixture();
    let grant = fixture.good().sign(&fixture.key);
    let broken = [
        String::new(),
        "..".into(),
        "a.b.c".into(),
        "e30.e30".into(),
        "W10.W10.AA".into(),
        format!("{grant}.e30"),
        grant.replacen('.', ".\n", 1),
        format!("{grant} "),
        grant.split('.').take(2).collect::<Vec<_>>().join("."),
    ];
    for broken in broken {
        assert_eq!(
            fixture
                .validate_signed(&broken, &mut UsedGrants::default())
                .unwrap_err(),
            MALFORMED,
            "{broken}"
        );
    }
}

#[test]
fn a_registered_key_of_the_user_is_accepted() {
    let mut fixture = fixture();
    let registered = |client: &str, scopes: &[&str]| RegisteredKey {
        client_id: client.to_owned(),
        kid: "mine".to_owned(),
        public: fixture.other_key.public_key().as_ref().to_vec(),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
    };
    let (new, with_scope) = (registered("new", &[]), registered("second", &["other:scope"]));
    let more = registered(fixture.client("keys"), &[]);
    for registered in [new, with_scope, more] {
        fixture.config.registry.register(registered);
    }
    for (client, scope) in [("new", ROAD), ("second", "other:scope"), (fixture.client("keys"), ROAD)] {
        let grant = fixture
            .good()
            .kid(client, "mine")
            .claim("scope", scope)
            .sign(&fixture.other_key);
        let granted = fixture.validate_signed(&grant, &mut UsedGrants::default()).unwrap();
        assert_eq!(
            (granted.client_id.as_str(), granted.client_amr),
            (client, "private_key_jwt")
        );
    }
    // The key that was there is still there.
    fixture
        .validate(fixture.good().kid(fixture.client("keys"), "demo-key"))
        .unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_input_does_not_panic(header in ".{0,60}", claims in ".{0,60}", rest in ".{0,20}") {
        let known = ServerConfig { issuer: ISSUER.to_owned(), registry: Registry::built_in(), authorities: Vec::new() };
        let encode = |part: &str| BASE64_URL_SAFE_NO_PAD.encode(part);
        let grants = [
            format!("{header}.{claims}.{rest}"),
            format!("{}.{}.{}", encode(&header), encode(&claims), encode(&rest)),
            format!("{}.{}.{}", encode(r#"{"alg":"RS256","x5c":["MA=="]}"#), encode(r#"{"iss":"a","scope":"b"}"#), encode(&rest)),
        ];
        for grant in grants {
            prop_assert!(validate(&grant, &known, &mut UsedGrants::default(), NOW).is_err());
        }
    }
}
