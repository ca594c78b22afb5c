//! The choice among several certificates of a file: the one that can be used here.

use klarert::{
    certificate::{Expectation, FindingId, Target},
    credential::{Opened, open},
    journey::Rules,
    profile::{Authentication, CertificateFiles, Kind},
};
use rcgen::KeyUsagePurpose::{ContentCommitment, DigitalSignature, KeyEncipherment};

use super::{assert_texts, builder::*, bytes, findings::expected, findings::finding_ids, write_private};
use crate::support::texts::value;

const OTHER: &[(&str, &str)] = &[("2.5.4.97", "NTRNO-987654325")];

/// Opens a file with certificates, in that order, and their key.
fn opened(certificates: &[&Template], kind: Option<Kind>, pick: Option<u16>) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.pem");
    let mut content = bytes("key-pkcs8.pem");
    for certificate in certificates {
        content.extend(certificate.pem().into_bytes());
    }
    write_private(&path, &content);
    let files = CertificateFiles {
        path: Some(path),
        pick,
        ..CertificateFiles::default()
    };
    open(&files, kind, Authentication::Certificate, None)
}

/// Returns the subject's organisation, the days left and the findings about the chosen certificate.
fn chosen(opened: &Opened, expected: &Expectation) -> String {
    let chosen = opened.facts.chosen.as_ref().unwrap();
    let days = chosen.validity.unwrap().days_left(NOW);
    let organisation = chosen.organisation.as_deref().unwrap_or_default();
    format!("{organisation} {days} {}", finding_ids(opened, expected))
}

#[test]
fn certificate_that_can_be_used_is_chosen_in_every_order() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let sign = &[ContentCommitment][..];
    let policy = &["2.16.578.1.26.1.3.2"][..];
    let test = |subject, from, to| Template::new(BUYPASS_TEST, subject, auth, policy).valid(from, to);
    let prod = |subject, from, to| Template::new(BUYPASS_PROD, subject, auth, policy).valid(from, to);
    let seal = |subject, to| {
        let seal = Template::new(FOREIGN_CA, subject, auth, &["0.4.0.194112.1.1"]).says(SEAL);
        seal.valid(-30, to)
    };
    const GERMAN: &[(&str, &str)] = &[("2.5.4.97", "VATDE-123456789")];
    let own = "NTRNO-123456785";
    for (name, pair, kind, rules, organisation, outcome) in [
        (
            "another organisation",
            [test(OTHER, -30, 700), test(NEW, -30, 700)],
            Kind::Norwegian,
            Rules::Test,
            Some("123456785"),
            format!("{own} 700 "),
        ),
        (
            "production in the test environment",
            [prod(NEW, -30, 700), test(NEW, -30, 100)],
            Kind::Norwegian,
            Rules::Test,
            Some("123456785"),
            format!("{own} 100 "),
        ),
        (
            "test in production",
            [prod(NEW, -30, 100), test(NEW, -30, 700)],
            Kind::Norwegian,
            Rules::Prod,
            None,
            format!("{own} 100 "),
        ),
        (
            "renewed, from the next week",
            [test(NEW, 5, 700), test(NEW, -700, 20)],
            Kind::Norwegian,
            Rules::Test,
            Some("123456785"),
            format!("{own} 20 (ends-soon)"),
        ),
        (
            "own is over, another's is not",
            [test(OTHER, -30, 700), test(NEW, -700, -5)],
            Kind::Norwegian,
            Rules::Test,
            Some("123456785"),
            format!("{own} -5 expired"),
        ),
        (
            "authentication is over, signing is not",
            [test(NEW, -700, -5), Template::new(BUYPASS_TEST, NEW, sign, policy)],
            Kind::Norwegian,
            Rules::Test,
            None,
            format!("{own} -5 expired"),
        ),
        (
            "seal of another business",
            [seal(GERMAN, 700), seal(SWEDISH, 400)],
            Kind::Foreign,
            Rules::Prod,
            Some("NTRSE-5560000001"),
            "NTRSE-5560000001 400 chain-incomplete".to_owned(),
        ),
    ] {
        let expected = Expectation {
            organisation: organisation.map(str::to_owned),
            ..expected(kind, rules)
        };
        let [one, other] = &pair;
        for order in [[one, other], [other, one]] {
            let mut opened = opened(&order, Some(kind), None);
            assert!(opened.choose(|_| expected.clone()), "all keys were read");
            assert_eq!(chosen(&opened, &expected), outcome, "{name}");
            assert_eq!(opened.facts.others.len(), 1, "{name}");
            assert!(opened.credential.is_some(), "{name}");
        }
    }
}

#[test]
fn choice_follows_the_answers_and_a_pick_stays() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let [one, other] = [NEW, OTHER].map(|subject| Template::new(BUYPASS_TEST, subject, auth, &["2.16.578.1.26.1.3.2"]));
    let of = |organisation: &str| Expectation {
        organisation: Some(organisation.to_owned()),
        target: Target::Maskinporten,
        ..expected(Kind::Norwegian, Rules::Test)
    };
    let organisation = |opened: &Opened| opened.facts.chosen.as_ref().unwrap().organisation.clone().unwrap();
    let mut automatic = opened(&[&one, &other], Some(Kind::Norwegian), None);
    for number in ["987654325", "123456785", "987654325"] {
        automatic.choose(|_| of(number));
        assert_eq!(organisation(&automatic), format!("NTRNO-{number}"));
        let numbers: Vec<u16> = automatic.facts.others.iter().map(|other| other.number).collect();
        assert_eq!(numbers, [if number == "987654325" { 1 } else { 2 }]);
    }
    let mut picked = opened(&[&one, &other], Some(Kind::Norwegian), Some(1));
    for (number, offered) in [("987654325", Some("2")), ("123456785", None), ("974760673", None)] {
        picked.choose(|_| of(number));
        assert_eq!(organisation(&picked), "NTRNO-123456785");
        assert_texts(&picked.findings);
        let mut findings = picked.findings.iter();
        let offer = findings.find(|finding| finding.id == FindingId::PickOffered);
        let offer = offer.and_then(|offer| value(&offer.args, "number"));
        assert_eq!(offer.as_deref(), offered, "{number}");
    }
}
