//! The output of `klarert certificate`, for a person and for a program.

use clap::Parser;
use klarert::{
    command::{
        Exit,
        credential::certificate::{CertificateArgs, InspectedFile},
    },
    text::Args,
};
use time::macros::datetime;

use super::{PASSWORD, bytes, open_bytes};
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
        json.starts_with(r#"{"file":"file-0","format":"pkcs12","outcome":"passed","chosen":{"subject":"#),
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
    assert_eq!(json["format"], "pkcs12");
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
