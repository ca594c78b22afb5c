//! Folders and the wrong one of several files: the right one of the folder is offered.

use std::{fs, path::Path};

use klarert::{
    certificate::{Expectation, FindingId, Target},
    credential::{Opened, offer, open},
    journey::Rules,
    profile::{Authentication, CertificateFiles, Kind},
};
use time::{OffsetDateTime, macros::datetime};

use super::{PASSWORD, argument, bytes, result};
use crate::support::home::shared_demonstration;

/// Opens a file of the folder, or the folder itself, for a Norwegian business.
fn opened(folder: &Path, file: &str, authentication: Authentication, password: Option<&str>) -> Opened {
    let files = CertificateFiles {
        path: Some(folder.join(file)),
        ..CertificateFiles::default()
    };
    let expected = Expectation {
        kind: Some(Kind::Norwegian),
        rules: Rules::Test,
        target: Target::Maskinporten,
        organisation: Some("123456785".into()),
        consumer_org: None,
        authentication,
        overruled: false,
        key_ends: None,
        now: datetime!(2026-12-01 00:00 UTC),
    };
    let password = password.map(super::super::password);
    let mut opened = open(&files, expected.kind, authentication, password.as_ref());
    offer(&files, |_| expected.clone(), password.as_ref(), &mut opened);
    opened
}

/// Returns the names of the offered files: `auth.p12`, or `auth.pem + key.pem`.
fn offered(opened: &Opened) -> String {
    let finding = opened
        .findings
        .iter()
        .find(|finding| finding.id == FindingId::FileOffered);
    let Some(finding) = finding else {
        return "nothing".into();
    };
    let [what, file, key] = ["what", "file", "key"].map(|name| argument(finding, name).unwrap_or_default());
    match what.as_str() {
        "pair" => format!("{file} + {key}"),
        "certificate" => file,
        other => format!("{other}: {file}"),
    }
}

#[test]
fn the_right_file_of_the_folder_is_offered() {
    const STORE: (&str, &str) = ("auth.p12", "one-round.p12");
    const PAIR: [(&str, &str); 2] = [("auth.cer", "auth.pem"), ("auth.key", "key-pkcs8.pem")];
    let sign = ("sign.pem", "sign.pem");
    let csr = ("request.csr", "request.csr");
    let certificate = Authentication::Certificate;
    let with = Some(PASSWORD);
    let mut wrong = Vec::new();
    for (name, files, file, authentication, password, expected) in [
        (
            "a folder with a store",
            &[STORE, csr][..],
            "",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "a folder with a pair",
            &PAIR,
            "",
            certificate,
            with,
            "auth.cer + auth.key",
        ),
        (
            "a folder with both",
            &[PAIR[0], PAIR[1], STORE],
            "",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "a folder, password not given",
            &[STORE],
            "",
            certificate,
            None,
            "locked: auth.p12",
        ),
        (
            "a folder, another password",
            &[STORE],
            "",
            certificate,
            Some("feil"),
            "locked: auth.p12",
        ),
        ("an empty folder", &[], "", certificate, with, "nothing"),
        (
            "a folder, registered key",
            &PAIR,
            "",
            Authentication::Key,
            with,
            "key: auth.key",
        ),
        (
            "a certificate without its key",
            &PAIR,
            "auth.cer",
            certificate,
            with,
            "auth.cer + auth.key",
        ),
        (
            "a certificate beside the store",
            &[PAIR[0], STORE],
            "auth.cer",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "the key instead of the certificate",
            &PAIR,
            "auth.key",
            certificate,
            with,
            "auth.cer + auth.key",
        ),
        (
            "the certificate for signing",
            &[sign, STORE],
            "sign.pem",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "the request",
            &[csr, STORE],
            "request.csr",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "the chain",
            &[("ca.pem", "ca.pem"), STORE],
            "ca.pem",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "the public key",
            &[("public.pem", "public.pem"), STORE],
            "public.pem",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "a Java key store",
            &[("a.jks", "java.jks"), STORE],
            "a.jks",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "the store without its key",
            &[("a.p12", "without-key.p12"), STORE],
            "a.p12",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "the certificate, registered key",
            &PAIR,
            "auth.cer",
            Authentication::Key,
            with,
            "key: auth.key",
        ),
        (
            "a key of another kind: another key is not on the client",
            &[("ec.pem", "ec.pem"), PAIR[1]],
            "ec.pem",
            Authentication::Key,
            with,
            "nothing",
        ),
        (
            "another password",
            &[("a.p12", "norwegian.p12"), STORE],
            "a.p12",
            certificate,
            with,
            "auth.p12",
        ),
        (
            "the right one",
            &[STORE, sign],
            "auth.p12",
            certificate,
            with,
            "nothing",
        ),
        (
            "the right one, locked",
            &[STORE, PAIR[0], PAIR[1]],
            "auth.p12",
            certificate,
            None,
            "nothing",
        ),
        ("none is right", &[sign, csr], "sign.pem", certificate, with, "nothing"),
        (
            "a file that is not there",
            &[STORE],
            "none.p12",
            certificate,
            with,
            "nothing",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (name, fixture) in files {
            super::super::write_private(&folder.path().join(name), &bytes(fixture));
        }
        // Other files of a folder do no harm.
        fs::write(folder.path().join("notes.txt"), "no key here").unwrap();
        fs::write(folder.path().join("video.p12"), vec![0x30; 3 << 20]).unwrap();
        fs::create_dir(folder.path().join("folder.p12")).unwrap();
        let opened = opened(folder.path(), file, authentication, password);
        super::super::assert_texts(&opened.findings);
        println!("{name:<36} {:<22} {}", offered(&opened), result(&opened));
        if offered(&opened) != expected {
            wrong.push(format!("{name}: {}, expected {expected}", offered(&opened)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_full_folder_is_read_within_limits() {
    let folder = tempfile::tempdir().unwrap();
    for at in 0..100 {
        super::super::write_private(&folder.path().join(format!("a{at}.p12")), &bytes("rounds-600000.p12"));
    }
    fs::write(folder.path().join("request.csr"), bytes("request.csr")).unwrap();
    let started = std::time::Instant::now();
    let opened = opened(folder.path(), "request.csr", Authentication::Certificate, Some("feil"));
    println!("{:?}: {}", started.elapsed(), offered(&opened));
    assert!(started.elapsed() < std::time::Duration::from_secs(60));
}

#[test]
fn file_of_another_organisation_is_never_offered() {
    let demonstration = shared_demonstration().join("demonstration-1");
    let norwegian = (Kind::Norwegian, "demo-1234");
    let foreign = (Kind::Foreign, "demo-1234");
    // `production` and `authentication` belong to 123456785, `other-organisation` to 123456718; `seal`, `seal-without-chain`
    // and `revoked` to one foreign business, `seal-unregistered` to another.
    for (files, file, (kind, password), expected) in [
        (
            &["production", "other-organisation"][..],
            "production",
            norwegian,
            "nothing",
        ),
        (
            &["production", "other-organisation", "authentication"],
            "production",
            norwegian,
            "authentication",
        ),
        (
            &["seal-without-chain", "seal-unregistered"],
            "seal-without-chain",
            foreign,
            "nothing",
        ),
        (
            &["seal-without-chain", "seal-unregistered", "seal"],
            "seal-without-chain",
            foreign,
            "seal",
        ),
        // Which of two is meant is not known.
        (&["authentication", "other-organisation"], "", norwegian, "nothing"),
        (&["authentication", "production"], "", norwegian, "authentication"),
        (&["seal", "authentication"], "authentication", foreign, "nothing"),
        (&["seal", "authentication"], "", foreign, "seal"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(format!("{name}.p12"));
        for name in files {
            fs::copy(demonstration.join(format!("{name}.p12")), path(name)).unwrap();
        }
        let named = CertificateFiles {
            path: Some(if file.is_empty() {
                folder.path().to_owned()
            } else {
                path(file)
            }),
            ..CertificateFiles::default()
        };
        let expectation = Expectation {
            kind: Some(kind),
            rules: Rules::Test,
            target: Target::OwnService,
            organisation: None,
            consumer_org: None,
            authentication: Authentication::Certificate,
            overruled: false,
            key_ends: None,
            now: OffsetDateTime::now_utc(),
        };
        let password = super::super::password(password);
        let mut opened = open(&named, Some(kind), Authentication::Certificate, Some(&password));
        offer(&named, |_| expectation.clone(), Some(&password), &mut opened);
        let found = offered(&opened);
        assert_eq!(
            found.trim_end_matches(".p12"),
            expected,
            "{file:?} of {files:?}, {kind:?}"
        );
    }
}
