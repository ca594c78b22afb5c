//! JSON Web Keys in the shapes that portals and libraries write.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use klarert::{certificate::FindingId, credential::Opened, profile::Authentication};
use serde_json::{Map, Value, json};

use super::{ALONE, KEY, Row, base64_of, check, key_row, numbers, open_files, result, row};

const PRIVATE: [&str; 6] = ["d", "p", "q", "dp", "dq", "qi"];

fn jwk() -> Map<String, Value> {
    let numbers = numbers()
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.into()));
    let mut jwk: Map<String, Value> = numbers.collect();
    jwk.insert("kty".into(), "RSA".into());
    jwk.insert("kid".into(), "new".into());
    jwk.insert("alg".into(), "RS256".into());
    jwk.insert("use".into(), "sig".into());
    jwk
}

fn with(change: impl FnOnce(&mut Map<String, Value>)) -> Value {
    let mut jwk = jwk();
    change(&mut jwk);
    jwk.into()
}

/// Another key: of the fixtures that sign, in PKCS#8.
fn other_key() -> Value {
    let key = klarert::credential::generate::key(klarert::credential::generate::Bits::B2048).unwrap();
    let info = pkcs8::PrivateKeyInfoRef::try_from(key.pkcs8()).unwrap();
    let (_, mut rest, _) = super::super::ber::split(info.private_key.as_bytes());
    let mut jwk = Map::new();
    for name in ["version", "n", "e", "d", "p", "q", "dp", "dq", "qi"] {
        let (_, number, after) = super::super::ber::split(rest);
        jwk.insert(name.into(), URL_SAFE.encode(number).trim_end_matches('=').into());
        rest = after;
    }
    jwk.insert("kty".into(), "RSA".into());
    jwk.insert("kid".into(), "old".into());
    jwk.into()
}

#[test]
fn jwks_open_in_every_shape() {
    let whole = Value::from(jwk());
    let public = with(|jwk| {
        ["d", "p", "q", "dp", "dq", "qi"]
            .iter()
            .for_each(|name| drop(jwk.remove(*name)))
    });
    let rows = [
        ("alone", whole.clone()),
        ("an array", json!([whole])),
        ("a set", json!({ "keys": [whole] })),
        ("an array of sets", json!([{ "keys": [whole] }])),
        ("nested in jwk", json!({ "jwk": whole })),
        (
            "nested in key, with others",
            json!({ "name": "a", "key": whole, "created": 1 }),
        ),
        ("nested twice", json!({ "data": { "jwks": { "keys": [whole] } } })),
        ("keys is one object", json!({ "keys": whole })),
        ("a text in a member", json!({ "jwk": whole.to_string() })),
        ("a text in a text", json!(json!(whole.to_string()).to_string())),
        ("private and public in one set", json!({ "keys": [public, whole] })),
        (
            "with an EC key before it",
            json!({ "keys": [{ "kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ", "d": "AQ" }, whole] }),
        ),
        (
            "without p, q, dp, dq, qi",
            with(|jwk| {
                ["p", "q", "dp", "dq", "qi"]
                    .iter()
                    .for_each(|name| drop(jwk.remove(*name)))
            }),
        ),
        (
            "without dp, dq, qi",
            with(|jwk| ["dp", "dq", "qi"].iter().for_each(|name| drop(jwk.remove(*name)))),
        ),
        ("without qi", with(|jwk| drop(jwk.remove("qi")))),
        ("without q", with(|jwk| drop(jwk.remove("q")))),
        ("without kty", with(|jwk| drop(jwk.remove("kty")))),
        (
            "kty in small letters",
            with(|jwk| drop(jwk.insert("kty".into(), "rsa".into()))),
        ),
        (
            "numbers in standard base64",
            with(|jwk| {
                for (_, value) in jwk.iter_mut() {
                    let standard = value.as_str().unwrap().replace('-', "+").replace('_', "/");
                    *value = standard.into();
                }
            }),
        ),
        (
            "numbers with padding",
            with(|jwk| {
                for name in ["n", "d", "p", "q", "dp", "dq", "qi"] {
                    let text = jwk[name].as_str().unwrap();
                    jwk[name] = format!("{text}{}", "=".repeat((4 - text.len() % 4) % 4)).into();
                }
            }),
        ),
        (
            "numbers with line breaks",
            with(|jwk| {
                let n = jwk["n"].as_str().unwrap();
                jwk["n"] = format!("{}\n{}", &n[..64], &n[64..]).into();
            }),
        ),
        (
            "with unknown members",
            with(|jwk| drop(jwk.insert("nbf".into(), json!({ "a": [1, null, true] })))),
        ),
    ];
    check(
        rows.map(|(name, json)| key_row(format!("JWK {name}"), json.to_string(), KEY))
            .into(),
    );
}

#[test]
fn odd_parts_of_a_jwk_are_named() {
    let text = Value::from(jwk()).to_string();
    let cut = &text[..text.len() - 30];
    let comma = text.replace('}', ",}");
    for (name, content, expected, part) in [
        (
            "n is missing",
            with(|jwk| drop(jwk.remove("n"))).to_string(),
            "unsupported jwk-missing",
            "n",
        ),
        (
            "e is empty",
            with(|jwk| drop(jwk.insert("e".into(), "".into()))).to_string(),
            "unsupported jwk-missing",
            "e",
        ),
        (
            "d is missing",
            with(|jwk| drop(jwk.remove("d"))).to_string(),
            "unsupported jwk-missing",
            "d",
        ),
        (
            "e is a number",
            with(|jwk| drop(jwk.insert("e".into(), 65537.into()))).to_string(),
            "unsupported jwk-malformed",
            "e",
        ),
        (
            "q is not base64",
            with(|jwk| drop(jwk.insert("q".into(), "***".into()))).to_string(),
            "unsupported jwk-malformed",
            "q",
        ),
        (
            "p is null",
            with(|jwk| drop(jwk.insert("p".into(), Value::Null))).to_string(),
            "unsupported jwk-malformed",
            "p",
        ),
        (
            "oth: three factors",
            with(|jwk| drop(jwk.insert("oth".into(), json!([{}])))).to_string(),
            "unsupported jwk-malformed",
            "oth",
        ),
        (
            "d is asterisks",
            with(|jwk| drop(jwk.insert("d".into(), "********".into()))).to_string(),
            "damaged placeholder",
            "",
        ),
        (
            "d is an ellipsis",
            with(|jwk| drop(jwk.insert("d".into(), "...".into()))).to_string(),
            "damaged placeholder",
            "",
        ),
        (
            "d of another key",
            with(|jwk| drop(jwk.insert("d".into(), "AQAB".into()))).to_string(),
            "damaged inside",
            "",
        ),
        ("cut short", cut.to_owned(), "damaged json", ""),
        ("a comma too many", comma, "damaged json", ""),
        (
            "public",
            json!({ "kty": "RSA", "n": "AQ", "e": "AQAB" }).to_string(),
            "not-a-certificate public-key",
            "",
        ),
        (
            "public, of a key vault",
            with(|jwk| {
                PRIVATE
                    .iter()
                    .for_each(|name| drop(jwk.insert((*name).into(), Value::Null)))
            })
            .to_string(),
            "not-a-certificate public-key",
            "",
        ),
        (
            "public, with empty members",
            with(|jwk| {
                PRIVATE
                    .iter()
                    .for_each(|name| drop(jwk.insert((*name).into(), " ".into())))
            })
            .to_string(),
            "not-a-certificate public-key",
            "",
        ),
        (
            "public, of an elliptic curve",
            json!({ "kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ", "d": null }).to_string(),
            "not-a-certificate public-key",
            "",
        ),
        (
            "an empty set",
            json!({ "keys": [] }).to_string(),
            "not-a-certificate json",
            "",
        ),
    ] {
        let row = key_row(format!("JWK {name}"), content, expected);
        let named = |row: &Row| {
            row.opened.findings[0]
                .args
                .iter()
                .any(|(name, value)| name == "algorithm" && *value == klarert::text::Arg::from(part))
        };
        assert!(part.is_empty() || named(&row), "{name}");
        check(vec![row]);
    }
    for (kty, crv, kind) in [
        ("EC", "P-256", "EC P-256"),
        ("OKP", "Ed25519", "Ed25519"),
        ("oct", "", "oct"),
    ] {
        let content = json!({ "kty": kty, "crv": crv, "d": "AQ", "k": "AQ" }).to_string();
        let row = key_row(format!("JWK of type {kty}"), content, "");
        assert_eq!(row.opened.facts.chosen.as_ref().unwrap().key.to_string(), kind);
        check(vec![row]);
    }
}

#[test]
fn a_jwk_brings_its_certificates() {
    let chain = json!([base64_of("auth.pem"), base64_of("ca.pem")]);
    let leaf = json!([base64_of("auth.pem")]);
    let broken = json!([base64_of("auth.pem"), STANDARD.encode("broken")]);
    let row = |name, x5c: Value, expected| {
        row(
            name,
            with(|jwk| drop(jwk.insert("x5c".into(), x5c))).to_string(),
            expected,
        )
    };
    check(vec![
        row("JWK with x5c", leaf.clone(), ALONE),
        row("JWK with x5c and chain", chain, super::WITH_CHAIN),
        row("JWK with x5c that is a text", leaf[0].clone(), ALONE),
        row(
            "JWK with a broken certificate",
            broken,
            "opened, chain of 1, block-unreadable inside",
        ),
        super::row(
            "JWK without x5c",
            Value::from(jwk()).to_string(),
            "not-a-certificate private-key",
        ),
    ]);
}

#[test]
fn the_key_with_the_profiles_kid_is_used() {
    let other = other_key();
    let set = json!({ "keys": [other, jwk()] }).to_string();
    let open = |content: &str| -> Opened { open_files(&[content.as_bytes()], None, Authentication::Key) };
    let modulus = |opened: &Opened| opened.credential.as_ref().unwrap().public_jwk("a").unwrap().n;
    let fixture = super::fixture_modulus();
    let thumbprint = open(&Value::from(jwk()).to_string())
        .credential
        .unwrap()
        .thumbprint()
        .unwrap();

    for (kid, uses_fixture, warned) in [
        (Some("new"), true, false),
        (Some(" new "), true, false),
        (Some(thumbprint.as_str()), true, false),
        (Some("old"), false, false),
        (Some("gone"), false, true),
        (None, false, false),
    ] {
        let opened = open(&set).with_kid(kid);
        println!("set of old and new, profile has {kid:?}: {}", result(&opened));
        assert_eq!(modulus(&opened) == fixture, uses_fixture, "{kid:?}");
        let differs = opened
            .findings
            .iter()
            .any(|finding| finding.id == FindingId::KidDiffers);
        assert_eq!(differs, warned, "{kid:?}");
    }
    let alone = Value::from(jwk()).to_string();
    assert_eq!(
        result(&open(&alone).with_kid(Some("other"))),
        "opened, chain of 0, kid-differs named"
    );
    // A key in PEM has no name: any kid may be its.
    let pem = super::text("key-pkcs8.pem");
    assert_eq!(result(&open(&pem).with_kid(Some("other"))), KEY);
}

#[test]
fn no_other_key_signs_in_place_of_the_named_one() {
    let named = |mut key: Value| {
        key["kid"] = "wanted".into();
        key
    };
    let ec = json!({ "kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ", "d": "AQ" });
    let public = with(|jwk| PRIVATE.iter().for_each(|name| drop(jwk.remove(*name))));
    let damaged = with(|jwk| drop(jwk.insert("d".into(), "AQAB".into())));
    let redacted = with(|jwk| drop(jwk.insert("d".into(), "***".into())));
    for (name, key, expected, kind) in [
        ("an EC key", ec, "", Some("EC P-256")),
        ("public", public, "key-missing", None),
        ("damaged", damaged, "damaged inside", None),
        ("an example", redacted, "damaged placeholder", None),
    ] {
        let named = named(key);
        for set in [json!([jwk(), named]), json!([named, jwk()])] {
            let opened = open_files(&[set.to_string().as_bytes()], None, Authentication::Key).with_kid(Some("wanted"));
            let chosen = opened.facts.chosen.as_ref().map(|chosen| chosen.key.to_string());
            assert_eq!(chosen.as_deref(), kind, "{name}");
            assert!(opened.credential.is_none(), "{name}");
            check(vec![Row {
                name: format!("a set, the named key is {name}"),
                opened,
                expected,
            }]);
        }
    }
}

#[test]
fn a_key_for_signatures_is_used_before_one_for_encryption() {
    for (name, value) in [
        ("use", json!("enc")),
        ("alg", json!("RSA-OAEP-256")),
        ("key_ops", json!(["decrypt", "unwrapKey"])),
    ] {
        let mut other = other_key();
        other["kid"] = Value::Null;
        other[name] = value;
        let own = with(|jwk| drop(jwk.remove("kid")));
        check(vec![key_row(
            format!("a key for encryption before it, by {name}"),
            json!({ "keys": [other, own] }).to_string(),
            KEY,
        )]);
    }
}

#[test]
fn a_key_in_xml_is_read() {
    let numbers = numbers();
    let element = |name: &str, number: &str| {
        let standard = number.replace('-', "+").replace('_', "/");
        format!("<{name}>{standard}</{name}>")
    };
    let names = ["Modulus", "Exponent", "D", "P", "Q", "DP", "DQ", "InverseQ"];
    let all: Vec<String> = names
        .iter()
        .zip(&numbers)
        .map(|(name, (_, number))| element(name, number))
        .collect();
    let whole = format!("<RSAKeyValue>{}</RSAKeyValue>", all.concat());
    let public = format!("<RSAKeyValue>{}</RSAKeyValue>", all[..2].concat());
    check(vec![
        key_row("RSAKeyValue", &whole, KEY),
        key_row(
            "RSAKeyValue in an XML file",
            format!("<?xml version=\"1.0\"?>\n{whole}\n"),
            KEY,
        ),
        key_row("RSAKeyValue in base64", STANDARD.encode(&whole), KEY),
        key_row("public RSAKeyValue", public, "not-a-certificate public-key"),
    ]);
}
