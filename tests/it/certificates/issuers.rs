//! Issuers: chains with more certificates than their own, expired ones, and certificates without an issuer.

use klarert::{
    certificate::{Expectation, Finding, FindingId, Severity, Target, evaluate},
    credential::Opened,
    journey::Rules,
    profile::{Authentication, Kind},
};
use rcgen::{CertificateParams, IsCa, Issuer, KeyPair, KeyUsagePurpose::DigitalSignature};
use time::Duration;

use super::{
    assert_texts,
    builder::*,
    bytes,
    findings::{expected, finding_ids},
    open_bytes, open_files, outcome,
};
use crate::support::texts::{ENGLISH, value};

type Authority = (CertificateParams, KeyPair);

const SEAL_POLICY: &[&str] = &["0.4.0.194112.1.1"];

fn named(name: &'static str, identifier: &'static str) -> Authority {
    let (mut params, key) = authority((name, identifier));
    params.use_authority_key_identifier_extension = true;
    (params, key)
}

/// Returns the authority's certificate in PEM, issued by another one; it ends that many days after the usual ones.
fn issued((params, key): &Authority, (above, above_key): &Authority, later: i64) -> String {
    let mut params = params.clone();
    params.not_after += Duration::days(later);
    let issuer = Issuer::from_params(above, above_key);
    params.signed_by(key, &issuer).unwrap().pem()
}

/// Returns an eSeal in PEM.
fn leaf((above, above_key): &Authority) -> String {
    let template = Template::new(FOREIGN_CA, SWEDISH, &[DigitalSignature], SEAL_POLICY).says(SEAL);
    let issuer = Issuer::from_params(above, above_key);
    template.params().signed_by(&fixture_key(), &issuer).unwrap().pem()
}

fn open(parts: &[&String]) -> Opened {
    let key = String::from_utf8(bytes("key-pkcs8.pem")).unwrap();
    let content: String = parts.iter().copied().chain([&key]).map(String::as_str).collect();
    open_bytes(content.as_bytes(), None)
}

/// Returns the length of the chain and the issuer that is missing.
fn chain(opened: &Opened) -> String {
    let count = opened.credential.as_ref().unwrap().chain().len();
    let findings = evaluate(&opened.facts, &expected(Kind::Foreign, Rules::Prod));
    assert_texts(&findings);
    let incomplete = findings.iter().find(|finding| finding.id == FindingId::ChainIncomplete);
    match incomplete.and_then(|finding| value(&finding.args, "issuer")) {
        Some(issuer) => format!("{count}, without {issuer}"),
        None => count.to_string(),
    }
}

#[test]
fn other_authorities_do_not_make_a_chain_incomplete() {
    let old_root = named("Old Root", "0A02030405060708090A0B0C0D0E0F1011121314");
    let root = named("Root", "AA02030405060708090A0B0C0D0E0F1011121314");
    let high = named("CA 2", "BB02030405060708090A0B0C0D0E0F1011121314");
    let low = named("CA 3", "CC02030405060708090A0B0C0D0E0F1011121314");
    let sister = named("CA 4", "DD02030405060708090A0B0C0D0E0F1011121314");
    let leaf = leaf(&low);
    let (low_pem, high_pem, sister_pem) = (
        issued(&low, &high, 0),
        issued(&high, &root, 0),
        issued(&sister, &high, 0),
    );
    let (root_pem, old_pem) = (issued(&root, &root, 0), issued(&old_root, &old_root, 0));
    let [later, sooner] = [100, -100].map(|days| issued(&root, &old_root, days));
    let cross_low = issued(&low, &old_root, 100);
    for (name, parts, expected) in [
        ("root", vec![&leaf, &low_pem, &high_pem, &root_pem], "4"),
        (
            "cross-certificate of the root that ends later",
            vec![&leaf, &low_pem, &high_pem, &root_pem, &later],
            "4",
        ),
        (
            "the same in another order",
            vec![&later, &root_pem, &high_pem, &low_pem, &leaf],
            "4",
        ),
        (
            "cross-certificate that ends sooner",
            vec![&leaf, &low_pem, &high_pem, &root_pem, &sooner],
            "4",
        ),
        (
            "cross-certificate and its root",
            vec![&leaf, &low_pem, &high_pem, &root_pem, &later, &old_pem],
            "4",
        ),
        (
            "cross-certificate instead of the root",
            vec![&leaf, &low_pem, &high_pem, &later],
            "4",
        ),
        (
            "cross-certificate of an intermediate",
            vec![&leaf, &cross_low, &low_pem, &high_pem, &root_pem],
            "4",
        ),
        (
            "the same without a root",
            vec![&leaf, &cross_low, &low_pem, &high_pem],
            "3",
        ),
        ("sister", vec![&leaf, &low_pem, &high_pem, &sister_pem], "3"),
        (
            "sister and root",
            vec![&sister_pem, &leaf, &low_pem, &high_pem, &root_pem],
            "4",
        ),
        (
            "gap below the root",
            vec![&leaf, &low_pem, &root_pem],
            "2, without CA 2",
        ),
        (
            "gap above the leaf",
            vec![&leaf, &high_pem, &root_pem],
            "1, without CA 3",
        ),
        ("only a sister", vec![&leaf, &sister_pem], "1, without CA 3"),
        ("leaf alone", vec![&leaf], "1, without CA 3"),
    ] {
        assert_eq!(chain(&open(&parts)), expected, "{name}");
    }
    // The bundle may be the chain file.
    let pair = [leaf.as_bytes(), &bytes("key-pkcs8.pem")].concat();
    let bundle = [low_pem, high_pem, sister_pem, later].concat();
    let files = [&pair, &bytes("key-pkcs8.pem")[..], bundle.as_bytes()];
    assert_eq!(chain(&open_files(&files, None, Authentication::Certificate)), "4");
}

#[test]
fn root_of_another_certificate_in_the_file_proves_no_gap() {
    let [root, low, other_root] = [
        named("Root", "AA02030405060708090A0B0C0D0E0F1011121314"),
        named("CA 3", "CC02030405060708090A0B0C0D0E0F1011121314"),
        named("Other Root", "EE02030405060708090A0B0C0D0E0F1011121314"),
    ];
    let parts = [
        leaf(&low),
        issued(&low, &root, 0),
        leaf(&other_root),
        issued(&other_root, &other_root, 0),
    ];
    let mut opened = open(&parts.each_ref());
    opened.choose(|_| expected(Kind::Foreign, Rules::Prod));
    assert_eq!(chain(&opened), "2");
}

#[test]
fn issuer_that_is_not_valid_now_is_warned_of_by_name_and_day() {
    let root = named("Root", "AA02030405060708090A0B0C0D0E0F1011121314");
    for (from, to, what, text) in [
        (-100, -5, "ended", "issuer CA 3 in the chain ended on 2026-11-17"),
        (
            50,
            900,
            "future",
            "issuer CA 3 in the chain is not valid before 2027-01-11",
        ),
        (-100, 5, "", ""),
    ] {
        let mut low = named("CA 3", "CC02030405060708090A0B0C0D0E0F1011121314");
        (low.0.not_before, low.0.not_after) = (NOW + Duration::days(from), NOW + Duration::days(to));
        let opened = open(&[&leaf(&low), &issued(&low, &root, 0), &issued(&root, &root, 0)]);
        let mut found = Vec::new();
        for (kind, severity) in [(Some(Kind::Foreign), Severity::Warns), (None, Severity::Informs)] {
            let expected = Expectation {
                kind,
                ..expected(Kind::Foreign, Rules::Prod)
            };
            let findings = evaluate(&opened.facts, &expected);
            assert_texts(&findings);
            let about = |finding: &Finding| finding.id == FindingId::IssuerNotValid && finding.severity == severity;
            found.extend(findings.into_iter().filter(about));
        }
        assert_eq!(found.len(), if what.is_empty() { 0 } else { 2 });
        for finding in found {
            assert_eq!(value(&finding.args, "what").as_deref(), Some(what));
            assert!(finding.text(&ENGLISH).contains(text), "{}", finding.text(&ENGLISH));
        }
        // A Norwegian business does not send the chain.
        let norwegian = finding_ids(&opened, &expected(Kind::Norwegian, Rules::Prod));
        assert!(!norwegian.contains("issuer-not-valid"), "{norwegian}");
    }
}

#[test]
fn self_signed_certificate_is_refused() {
    for (subject, kind, is_ca) in [
        (SWEDISH, Kind::Foreign, false),
        (SWEDISH, Kind::Foreign, true),
        (NEW, Kind::Norwegian, false),
        (NEW, Kind::Norwegian, true),
    ] {
        let template = Template::new(FOREIGN_CA, subject, &[DigitalSignature], SEAL_POLICY).says(SEAL);
        let mut params = template.params();
        if is_ca {
            // As of `openssl req -x509`.
            params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        }
        let opened = open(&[&params.self_signed(&fixture_key()).unwrap().pem()]);
        for (target, finding) in [
            (Target::Maskinporten, "self-signed"),
            (Target::Unknown, "self-signed"),
            (Target::OwnService, "(self-signed)"),
        ] {
            let expected = Expectation {
                target,
                ..expected(kind, Rules::Prod)
            };
            assert_eq!(finding_ids(&opened, &expected), finding, "{kind:?} {is_ca}");
        }
    }
}

#[test]
fn file_with_issuers_only_is_named_as_such() {
    let root = named("Root", "AA02030405060708090A0B0C0D0E0F1011121314");
    let mut low = named("CA 3", "CC02030405060708090A0B0C0D0E0F1011121314");
    low.1 = fixture_key();
    let (low_pem, root_pem) = (issued(&low, &root, 0), issued(&root, &root, 0));
    let both = format!("{low_pem}{root_pem}");
    let (key, leaf) = (bytes("key-pkcs8.pem"), leaf(&low));
    let with_key = [both.as_bytes(), &key].concat();
    let beside = [leaf.as_bytes(), &with_key].concat();
    for (name, files, found) in [
        ("chain", vec![both.as_bytes()], "not-a-certificate"),
        ("one", vec![low_pem.as_bytes()], "not-a-certificate"),
        ("root", vec![root_pem.as_bytes()], "not-a-certificate"),
        ("with a key", vec![both.as_bytes(), &key], "not-a-certificate"),
        ("authority with its key", vec![&with_key], "not-a-certificate"),
        ("leaf beside it", vec![&beside[..]], "opened, chain of 3"),
    ] {
        let opened = open_files(&files, None, Authentication::Certificate);
        assert_eq!(outcome(&opened), found, "{name}");
        if found == "not-a-certificate" {
            assert_texts(&opened.findings);
            assert_eq!(
                value(&opened.findings[0].args, "what").as_deref(),
                Some("issuers"),
                "{name}"
            );
        }
    }
}
