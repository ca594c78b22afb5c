//! The output of `klarert certificate`, for a person and for a program.

use clap::Parser;
use klarert::{
    command::{
        Exit,
        credential::certificate::{CertificateArgs, InspectedFile},
    },
    profile::Authentication,
    text::Args,
};
use time::macros::datetime;

use super::{PASSWORD, bytes, open_bytes, open_files};
use crate::support::texts::{BOKMAL, ENGLISH};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    arguments: CertificateArgs,
}

fn examined(name: &str, flags: &[&str]) -> InspectedFile {
    let line = ["klarert", name].into_iter().chain(flags.iter().copied());
    let arguments = Line::parse_from(line).arguments;
    let opened = open_bytes(&bytes(name), Some(PASSWORD));
    InspectedFile::new(opened, &arguments, datetime!(2026-12-01 00:00 UTC))
}

#[test]
fn the_json_has_the_documented_members() {
    let json = examined("several-keys.p12", &["--business", "norwegian"])
        .json(&ENGLISH)
        .unwrap();
    assert!(
        json.starts_with(r#"{"format":1,"file":"file-0","file_format":"pkcs12","#),
        "{json}"
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let chosen = &json["chosen"];
    let expected = serde_json::json!({
        "subject": "organizationIdentifier=NTRNO-123456785, CN=Demo Spedisjon AS, O=Demo Spedisjon AS, C=NO",
        "organisation": "NTRNO-123456785",
        "issuer": "Demo Utsteder CA",
        "environment": "unknown",
        "purpose": "authentication",
        "key": "RSA 2048",
        "qualified": false,
        "type": "unspecified",
        "hardware": false,
        "chain": "complete",
        "key_matches": true,
    });
    for (member, value) in expected.as_object().unwrap() {
        assert_eq!(&chosen[member], value, "{member}");
    }
    assert!(chosen["not_after"].as_str().unwrap().starts_with("2056-"));
    assert!(chosen["days_left"].as_i64().unwrap() > 10_000);
    assert_eq!(json["file_format"], "pkcs12");
    assert_eq!(json["outcome"], "passed");
    assert_eq!(
        json["others"],
        serde_json::json!([{ "purpose": "signing", "number": 2 }])
    );
    assert_eq!(json["findings"][0]["id"], "issuer-unknown");
    assert_eq!(json["findings"][0]["severity"], "informs");
    assert!(
        json["findings"][0]["text"]
            .as_str()
            .unwrap()
            .contains("Demo Utsteder CA")
    );
}

#[test]
fn the_exit_code_follows_the_outcome() {
    for (name, flags, outcome, exit) in [
        ("openssl-3.p12", &[][..], "passed", Exit::Success),
        (
            "openssl-3.p12",
            &["--organisation", "123456785", "--business", "norwegian"],
            "passed",
            Exit::Success,
        ),
        (
            "openssl-3.p12",
            &["--organisation", "987654325", "--business", "norwegian"],
            "failed",
            Exit::CheckFailed,
        ),
        (
            "openssl-3.p12",
            &["--organisation", "987654325", "--business", "foreign"],
            "warned",
            Exit::Success,
        ),
        (
            "without-chain.p12",
            &["--business", "foreign"],
            "failed",
            Exit::CheckFailed,
        ),
        (
            "without-chain.p12",
            &["--business", "norwegian"],
            "passed",
            Exit::Success,
        ),
        ("auth.pem", &[], "failed", Exit::CheckFailed),
        ("request.csr", &[], "failed", Exit::Unreadable),
        ("java.jks", &[], "failed", Exit::Unreadable),
        ("norwegian.p12", &[], "failed", Exit::Unreadable),
    ] {
        let examined = examined(name, flags);
        assert_eq!(examined.exit(), exit, "{name} {flags:?}");
        let json = examined.json(&ENGLISH).unwrap();
        assert!(
            json.contains(&format!(r#""outcome":"{outcome}""#)),
            "{name} {flags:?} {json}"
        );
    }
}

#[test]
fn the_report_for_a_person_has_the_same_in_both_languages() {
    for texts in [&*ENGLISH, &*BOKMAL] {
        let written = examined("several-keys.p12", &["--business", "norwegian"]).to_text(texts);
        let signing = texts.get("certificate-purpose-signing");
        let other = Args::new().with("number", "2").with("purpose", signing);
        let issuer = Args::new().with("issuer", "Demo Utsteder CA");
        for words in [
            texts.get("certificate-organisation"),
            "NTRNO-123456785".to_owned(),
            texts.get("certificate-chosen-authentication"),
            texts.with("certificate-other", &other),
            texts.get("severity-informs"),
            texts.with("finding-issuer-unknown", &issuer),
            texts.get("certificate-outcome-passed"),
            texts.get("certificate-revocation-unknown"),
        ] {
            assert!(written.contains(&words), "{words} in {written}");
        }
    }
    let explained = examined("java.jks", &[]).to_text(&ENGLISH);
    assert!(
        explained.contains("keytool -importkeystore -srckeystore"),
        "{explained}"
    );
}

/// The values are those of `openssl x509 -serial -fingerprint` and of keytool.
#[test]
fn identifiers_are_those_of_openssl_and_java() {
    let chosen = |name: &str| {
        let json = examined(name, &[]).json(&ENGLISH).unwrap();
        serde_json::from_str::<serde_json::Value>(&json).unwrap()["chosen"].clone()
    };
    let keytool = chosen("keytool.p12");
    let text = examined("keytool.p12", &[]).to_text(&ENGLISH);
    for (member, value) in [
        ("serial_number", "213F6A6C1C9D5FCE5AB6CDF2D8B999EF2CDDC2BF"),
        ("thumbprint_sha1", "E7B757322F450EE59037711D6E0E5AD40054CEBD"),
        (
            "thumbprint_sha256",
            "B6C936ACE8F4135A30531F0F44D5DAE2D11F5DE9E15AC164976968E4035DB51B",
        ),
        ("alias", "openssl-3.p12"),
    ] {
        assert_eq!(keytool[member], value, "{member}");
        assert!(text.contains(value), "{member}: {text}");
    }
    assert_eq!(chosen("several-keys.p12")["alias"], "openssl-3.p12");
    let key = open_files(&[&bytes("keytool.p12")], Some(PASSWORD), Authentication::Key);
    let key = key.facts.chosen.unwrap();
    assert_eq!((key.alias.as_deref(), key.identifiers), (Some("openssl-3.p12"), None));
    let without = chosen("openssl-3.p12");
    assert_eq!(
        (&without["alias"], &without["serial_number"]),
        (&serde_json::Value::Null, &keytool["serial_number"])
    );
}
