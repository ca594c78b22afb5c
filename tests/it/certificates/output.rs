//! What `klarert certificate` says, to a person and to a program.

use clap::Parser;
use klarert::{
    command::{
        Exit,
        credential::certificate::{CertificateArgs, InspectedFile},
    },
    text::{Language, Texts},
};
use time::macros::datetime;

use super::{PASSWORD, bytes, open_bytes};

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
fn a_program_gets_what_was_promised() {
    let texts = Texts::new(Language::English);
    let json = examined("several-keys.p12", &["--business", "norwegian"])
        .json(&texts)
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
fn the_exit_says_how_it_went() {
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
        let json = examined.json(&Texts::new(Language::English)).unwrap();
        assert!(
            json.contains(&format!(r#""outcome":"{outcome}""#)),
            "{name} {flags:?} {json}"
        );
    }
}

#[test]
fn a_person_is_told_the_same_in_both_languages() {
    for (language, words) in [
        (
            Language::English,
            [
                "Organisation         NTRNO-123456785",
                "Chosen because its key usage",
                "--pick 2 uses the one for signing",
                "Note: The issuer Demo Utsteder CA",
                "This file will do.",
            ],
        ),
        (
            Language::Bokmal,
            [
                "Organisasjon           NTRNO-123456785",
                "Valgt fordi nøkkelbruken",
                "--pick 2 bruker det for signering",
                "Merknad: Utstederen Demo Utsteder CA",
                "Denne filen kan brukes.",
            ],
        ),
    ] {
        let written = examined("several-keys.p12", &["--business", "norwegian"]).to_text(&Texts::new(language));
        println!("{written}");
        for word in words {
            assert!(written.contains(word), "{word} in {written}");
        }
    }
    let explained = examined("java.jks", &[]).to_text(&Texts::new(Language::English));
    assert!(
        explained.contains("keytool -importkeystore -srckeystore"),
        "{explained}"
    );
}
