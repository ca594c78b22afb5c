//! What the sandbox's Maskinporten thinks of a grant: every rule of Digdir's *JWT grant* page, and every refusal.

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
use setup::{Draft, ISSUER, NOW, ROAD, world};

const MALFORMED: &str = "400 MP-011 invalid_request: Invalid assertion. Invalid parameter value";
const CERTIFICATE: &str = "400 MP-120 invalid_grant: The JWT is signed with an invalid certificate";
const EXPIRED: &str = "400 MP-130 invalid_grant: JWT is expired";
const X5C: &str = "400 MP-123 invalid_grant: Invalid JWT header x5c";
const SIGNATURE: &str = "400 MP-124 invalid_grant: Invalid JWT signature";
const AUDIENCE: &str = "400 MP-110 invalid_grant: Invalid JWT claim aud";
const NOT_GRANTED: &str = "403 MP-250 forbidden: Consumer has not been granted access to the scope";
const NOT_ON_CLIENT: &str = "400 MP-200 invalid_scope: Token request contains invalid scopes for client,";
const KID_REQUIRED: &str =
    "400 - invalid_grant: The client requires pre-registered jwk and no key identifier (kid) provided";
const SELF: &str =
    "400 - invalid_request: The combination consumer_org in claim and delegation scope on client is invalid";

#[test]
fn every_refusal_has_its_rule() {
    let world = world();
    let w = &world;
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
        ("x5c as a string", good().header("x5c", BASE64_STANDARD.encode(&w.leaf)), X5C.into()),
        ("x5c in base64url", good().header("x5c", json!([BASE64_URL_SAFE.encode(&w.leaf)])), X5C.into()),
        ("x5c as PEM", good().header("x5c", json!(["-----BEGIN CERTIFICATE-----"])), X5C.into()),
        ("x5c of something else", good().header("x5c", json!(["AAAA"])), X5C.into()),
        ("x5c of numbers", good().header("x5c", json!([1])), X5C.into()),
        ("x5c empty", good().header("x5c", json!([])), X5C.into()),
        ("both x5c and kid", good().header("kid", "a"), MALFORMED.into()),
        ("neither", good().without("x5c"), MALFORMED.into()),
        // The certificate.
        ("a production certificate", good().chain(&[&w.production]), CERTIFICATE.into()),
        ("a revoked one", good().chain(&[&w.revoked]), CERTIFICATE.into()),
        ("the signing one", good().chain(&[&w.signing]), CERTIFICATE.into()),
        ("a self-signed one", good().chain(&[&w.stranger]), CERTIFICATE.into()),
        ("the right issuer's name, another's key", good().chain(&[&w.forged]), CERTIFICATE.into()),
        ("the authority's own", good().chain(&[&w.authority]), CERTIFICATE.into()),
        ("an expired one", good().chain(&[&w.expired]), SIGNATURE.into()),
        (
            "another organisation's",
            good().chain(&[&w.other_organisation]),
            "400 MP-122 invalid_grant: Invalid organization number for client. Does not match certificate orgno".into(),
        ),
        (
            "one without an organisation",
            good().chain(&[&w.nameless]),
            "400 MP-122 invalid_grant: Invalid organization number for client. Does not match certificate orgno".into(),
        ),
        // The claims.
        (
            "an unknown client",
            good().claim("iss", "00000000-0000-4000-8000-000000000000"),
            "400 MP-100 invalid_grant: Invalid assertion. Client authentication failed.".into(),
        ),
        ("iss missing", good().without("iss"), MALFORMED.into()),
        ("another environment's audience", good().claim("aud", "https://test.maskinporten.no/"), AUDIENCE.into()),
        ("the audience without its slash", good().claim("aud", "http://127.0.0.1:8765"), AUDIENCE.into()),
        ("the token endpoint as audience", good().claim("aud", "http://127.0.0.1:8765/token"), AUDIENCE.into()),
        ("two audiences", good().claim("aud", json!([ISSUER, "b"])), AUDIENCE.into()),
        ("no audience", good().without("aud"), AUDIENCE.into()),
        (
            "issued 11 s ahead",
            good().claim("iat", now + 11),
            "400 - invalid_grant: Issue time is after now".into(),
        ),
        ("issued 11 s ago", good().claim("iat", now - 11), EXPIRED.into()),
        ("expired", good().claim("exp", now), EXPIRED.into()),
        ("lasting 121 s", good().claim("exp", now + 121), EXPIRED.into()),
        ("lasting for ever", good().claim("exp", i64::MAX), EXPIRED.into()),
        ("issued in the beginning", good().claim("iat", i64::MIN), EXPIRED.into()),
        ("iat missing", good().without("iat"), MALFORMED.into()),
        ("exp as text", good().claim("exp", "soon"), MALFORMED.into()),
        ("jti as a number", good().claim("jti", 7), MALFORMED.into()),
        ("a claim too many", good().claim("sub", "me"), "400 MP-011 invalid_request: Invalid assertion".into()),
        ("scope missing", good().without("scope"), MALFORMED.into()),
        ("scope empty", good().claim("scope", " "), MALFORMED.into()),
        // The scopes.
        ("not on the client", good().claim("scope", "toll:movement/air"), format!("{NOT_ON_CLIENT} toll:movement/air")),
        ("mistyped", good().claim("scope", "toll:movement/raod/v2"), format!("{NOT_ON_CLIENT} toll:movement/raod/v2")),
        (
            "one good, one bad",
            good().claim("scope", format!("{ROAD} toll:movement/air")),
            format!("{NOT_ON_CLIENT} toll:movement/air"),
        ),
        (
            "not granted",
            good().claim("scope", "toll:movement/maritime"),
            format!("{NOT_GRANTED} toll:movement/maritime"),
        ),
        (
            "the wrong integration type",
            good().claim("iss", w.client("wrong-type")),
            "400 MP-201 invalid_scope: Token request contains scopes not allowed for maskinporten".into(),
        ),
        (
            "terms not signed",
            good().claim("iss", w.client("no-terms")),
            "428 - PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene".into(),
        ),
        // Acting for another.
        ("for oneself", good().claim("consumer_org", "123456785"), SELF.into()),
        ("for a number", good().claim("consumer_org", 123456726), MALFORMED.into()),
        (
            "for one who has not delegated",
            good().claim("consumer_org", "123456718"),
            format!(
                "403 MP-251 forbidden: Consumer 123456718 has not delegated access to the scope {ROAD} to supplier 123456785"
            ),
        ),
        (
            "for one who has delegated another scope",
            good().claim("consumer_org", "123456726").claim("scope", "toll:movement/entry"),
            "403 MP-251 forbidden: Consumer 123456726 has not delegated access to the scope toll:movement/entry to supplier \
             123456785"
                .into(),
        ),
        // RegisteredKey keys.
        ("a certificate where there are keys", good().claim("iss", with_keys), KID_REQUIRED.into()),
        ("nothing where there are keys", good().claim("iss", with_keys).without("x5c"), KID_REQUIRED.into()),
        (
            "an unknown kid",
            good().kid(with_keys, "nobody"),
            "400 - invalid_grant: Unknown key identifier (kid) for client".into(),
        ),
        (
            "a kid where there are no keys",
            good().kid(w.client("demo"), "demo-key"),
            "400 - invalid_grant: Unknown key identifier (kid) for client".into(),
        ),
        ("kid as a number", good().kid(with_keys, "").header("kid", 1), MALFORMED.into()),
        (
            "an expired key",
            good().kid(with_keys, "demo-key-last-year"),
            "400 MP-121 invalid_grant: Expired key".into(),
        ),
        // Seals.
        ("a seal without its chain", sealed().chain(&[&w.seal]), CERTIFICATE.into()),
        (
            "the chain in the wrong order",
            sealed().chain(&[&w.seal, &w.seal_root, &w.seal_authority]),
            CERTIFICATE.into(),
        ),
        ("another's chain", sealed().chain(&[&w.seal, &w.authority]), CERTIFICATE.into()),
        ("an expired seal", w.sealed(&w.expired_seal), SIGNATURE.into()),
        ("a seal without an identifier", w.sealed(&w.nameless_seal), CERTIFICATE.into()),
        (
            "a seal, not granted",
            sealed().claim("scope", "toll:eu/movement/air"),
            format!("{NOT_GRANTED} toll:eu/movement/air"),
        ),
        ("a seal with a Norwegian scope", sealed().claim("scope", ROAD), format!("{NOT_GRANTED} {ROAD}")),
        ("a seal for another", sealed().claim("consumer_org", "123456726"), SELF.into()),
    ];
    for (what, draft, refusal) in cases {
        assert_eq!(w.judge(draft).expect_err(what), refusal, "{what}");
    }
}

#[test]
fn good_grants_are_granted() {
    let world = world();
    let w = &world;
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
            "the smoke test",
            w.sealed(&w.seal).claim("scope", "digdir:verksemd.eu"),
            theirs,
            "QCForESeal",
        ),
    ];
    for (what, draft, consumer, amr) in cases {
        let scope = draft.claims["scope"].as_str().unwrap().to_owned();
        let granted = w.judge(draft).unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
        assert_eq!(
            (granted.consumer.as_str(), granted.client_amr),
            (consumer, amr),
            "{what}"
        );
        assert_eq!(granted.scope, scope, "{what}");
        assert_eq!(granted.foreign, consumer == theirs, "{what}");
        let supplier = (consumer == "123456726").then_some(ours);
        assert_eq!(granted.supplier.as_deref(), supplier, "{what}");
    }
    let resource = w
        .judge(w.good().claim("resource", json!(["https://api.example.no"])))
        .unwrap()
        .resource;
    assert_eq!(resource, Some(json!(["https://api.example.no"])));
}

#[test]
fn a_grant_is_used_once() {
    let world = world();
    let used_before = "400 MP-012 invalid_grant: Grant is used before";
    for draft in [world.good(), world.good().without("jti")] {
        let mut used = UsedGrants::default();
        let grant = draft.sign(&world.key);
        world.judge_raw(&grant, &mut used).unwrap();
        assert_eq!(world.judge_raw(&grant, &mut used).unwrap_err(), used_before);
    }
    // A retry after a refusal is a reuse too, and so is a new grant with an old jti; another client's jti is its own.
    let mut used = UsedGrants::default();
    let refused = world.good().claim("scope", "toll:movement/air").sign(&world.key);
    assert!(world.judge_raw(&refused, &mut used).unwrap_err().contains("MP-200"));
    assert_eq!(
        world.judge_raw(&world.good().sign(&world.key), &mut used).unwrap_err(),
        used_before
    );
    let other = world.good().kid(world.client("keys"), "demo-key").sign(&world.key);
    world.judge_raw(&other, &mut used).unwrap();
    // One that was never genuine uses nothing up.
    let mut used = UsedGrants::default();
    let forged = world.good().sign(&world.other_key);
    assert_eq!(world.judge_raw(&forged, &mut used).unwrap_err(), SIGNATURE);
    world.judge_raw(&world.good().sign(&world.key), &mut used).unwrap();
}

#[test]
fn a_signature_must_be_the_key_s() {
    let world = world();
    let drafts = [
        world.good(),
        world.sealed(&world.seal),
        world.good().kid(world.client("keys"), "demo-key"),
    ];
    for draft in drafts {
        let forged = draft.sign(&world.other_key);
        assert_eq!(
            world.judge_raw(&forged, &mut UsedGrants::default()).unwrap_err(),
            SIGNATURE
        );
        let grant = draft.sign(&world.key);
        let (signed, _) = grant.rsplit_once('.').unwrap();
        let unsigned = format!("{signed}.");
        assert_eq!(
            world.judge_raw(&unsigned, &mut UsedGrants::default()).unwrap_err(),
            SIGNATURE
        );
        let changed = Draft {
            header: draft.header.clone(),
            claims: draft.claims.clone(),
        }
        .claim("jti", "2");
        let changed = changed.sign(&world.key);
        let (claims, signature) = (changed.rsplit_once('.').unwrap().0, grant.rsplit_once('.').unwrap().1);
        let patched = format!("{claims}.{signature}");
        assert_eq!(
            world.judge_raw(&patched, &mut UsedGrants::default()).unwrap_err(),
            SIGNATURE
        );
    }
}

#[test]
fn what_is_not_a_grant_is_malformed() {
    let world = world();
    let grant = world.good().sign(&world.key);
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
            world.judge_raw(&broken, &mut UsedGrants::default()).unwrap_err(),
            MALFORMED,
            "{broken}"
        );
    }
}

#[test]
fn a_key_of_one_s_own_is_registered() {
    let mut world = world();
    let registered = |client: &str, scopes: &[&str]| RegisteredKey {
        client_id: client.to_owned(),
        kid: "mine".to_owned(),
        public: world.other_key.public_key().as_ref().to_vec(),
        scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
    };
    let (new, with_scope) = (registered("new", &[]), registered("second", &["other:scope"]));
    let more = registered(world.client("keys"), &[]);
    for registered in [new, with_scope, more] {
        world.known.registry.register(registered);
    }
    for (client, scope) in [("new", ROAD), ("second", "other:scope"), (world.client("keys"), ROAD)] {
        let grant = world
            .good()
            .kid(client, "mine")
            .claim("scope", scope)
            .sign(&world.other_key);
        let granted = world.judge_raw(&grant, &mut UsedGrants::default()).unwrap();
        assert_eq!(
            (granted.client_id.as_str(), granted.client_amr),
            (client, "private_key_jwt")
        );
    }
    // The key that was there is still there.
    world.judge(world.good().kid(world.client("keys"), "demo-key")).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn nothing_that_is_sent_makes_it_panic(header in ".{0,60}", claims in ".{0,60}", rest in ".{0,20}") {
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
