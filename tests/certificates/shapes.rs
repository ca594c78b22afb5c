//! Certificates of the shapes that the authorities give them: told apart, and judged. The subjects are invented.

use klarert::{
    certificate::{Expectation, FindingId, Severity, judge, outcome, x509::Certificate},
    credential::Opened,
    journey::Rules,
    profile::{Authentication, Kind},
    report::Outcome,
};
use rcgen::{
    CertificateParams, CustomExtension, DistinguishedName, DnType, IsCa, Issuer, KeyIdMethod, KeyPair,
    KeyUsagePurpose::{self, ContentCommitment, DataEncipherment, DigitalSignature, KeyAgreement, KeyEncipherment},
};
use time::{Duration, OffsetDateTime, macros::datetime};

use crate::{ber, bytes, open_bytes, open_files};

const NOW: OffsetDateTime = datetime!(2026-11-22 12:00 UTC);

/// Issuers, by common name and subject key identifier.
type Ca = (&'static str, &'static str);
const BUYPASS_TEST: Ca = (
    "Buypass Class 3 Test4 CA G2 ST Business",
    "A7FEBB6C5988AD742E465E7A68F9D1BBBFCFB68B",
);
const BUYPASS_PROD: Ca = (
    "Buypass Class 3 CA G2 ST Business",
    "81459C2995663837ED3B544E8E32E5962179D564",
);
const BUYPASS_PROD_HARD: Ca = (
    "Buypass Class 3 CA G2 HT Business",
    "B0916ABD4E8DB2091984A9B676AD42F269E8F82F",
);
const BUYPASS_OLD_TEST: Ca = ("Buypass Class 3 Test4 CA 3", "3FAEF5780B92A37020355F5AFAF724A05201F041");
const BUYPASS_OLD_PROD: Ca = ("Buypass Class 3 CA 3", "CCC3F807B79C6D7A4EF5A72B1D05F9B3471C91D1");
const COMMFIDES_TEST: Ca = (
    "Commfides Legal Person - G3 - TEST",
    "AB3D313590A0F76F29EAACE88A7E776C9398C35C",
);
const COMMFIDES_PROD: Ca = (
    "Commfides Legal Person - G3",
    "F13448E0BE61319C2316027A64F1A547C7E5E769",
);
const ABROAD: Ca = ("Exempel Seal CA 2", "0102030405060708090A0B0C0D0E0F1011121314");
const ABROAD_TEST: Ca = ("Exempel TEST Seal CA", "1102030405060708090A0B0C0D0E0F1011121314");

const NEW: &[(&str, &str)] = &[("2.5.4.97", "NTRNO-123456785")];
const OLD: &[(&str, &str)] = &[("2.5.4.5", "123456785")];
const BOTH: &[(&str, &str)] = &[("2.5.4.97", "NTRNO-123456785"), ("2.5.4.5", "123456785")];
const SWEDISH: &[(&str, &str)] = &[("2.5.4.97", "NTRSE-5560000001")];

const SEAL: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.6.2"];
const SIGNATURE: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.6.1"];
const SEAL_IN_HARDWARE: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.4", "0.4.0.1862.1.6.2"];
const WEBSITE: &[&str] = &["0.4.0.1862.1.1", "0.4.0.1862.1.6.3"];

struct Shape {
    issuer: Ca,
    country: &'static str,
    subject: &'static [(&'static str, &'static str)],
    usages: &'static [KeyUsagePurpose],
    policies: &'static [&'static str],
    statements: &'static [&'static str],
    valid: (OffsetDateTime, OffsetDateTime),
}

impl Shape {
    fn new(
        issuer: Ca,
        subject: &'static [(&'static str, &'static str)],
        usages: &'static [KeyUsagePurpose],
        policies: &'static [&'static str],
    ) -> Shape {
        Shape {
            issuer,
            country: "NO",
            subject,
            usages,
            policies,
            statements: &[],
            valid: (NOW - Duration::days(30), NOW + Duration::days(700)),
        }
    }

    fn says(self, statements: &'static [&'static str]) -> Shape {
        Shape { statements, ..self }
    }

    fn from(self, country: &'static str) -> Shape {
        Shape { country, ..self }
    }

    fn valid(self, from: i64, to: i64) -> Shape {
        let valid = (NOW + Duration::days(from), NOW + Duration::days(to));
        Shape { valid, ..self }
    }

    fn params(&self) -> CertificateParams {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        let mut name = DistinguishedName::new();
        name.push(DnType::CountryName, self.country);
        name.push(DnType::OrganizationName, "Demo Spedisjon, Åse & Sønn AS");
        name.push(DnType::CommonName, "Demo Spedisjon");
        for (oid, value) in self.subject {
            let arcs = oid.split('.').map(|arc| arc.parse().unwrap()).collect();
            name.push(DnType::CustomDnType(arcs), *value);
        }
        params.distinguished_name = name;
        params.key_usages = self.usages.to_vec();
        params.use_authority_key_identifier_extension = true;
        (params.not_before, params.not_after) = self.valid;
        let sequence = |items: Vec<Vec<u8>>| ber::element(0x30, &items.concat());
        if !self.policies.is_empty() {
            let policies = self
                .policies
                .iter()
                .map(|policy| sequence(vec![ber::oid(policy)]))
                .collect();
            params
                .custom_extensions
                .push(CustomExtension::from_oid_content(&[2, 5, 29, 32], sequence(policies)));
        }
        if !self.statements.is_empty() {
            let statement = |oid: &&str| match oid.starts_with("0.4.0.1862.1.6.") {
                true => sequence(vec![ber::oid("0.4.0.1862.1.6"), sequence(vec![ber::oid(oid)])]),
                false => sequence(vec![ber::oid(oid)]),
            };
            let statements = sequence(self.statements.iter().map(statement).collect());
            let oid = [1, 3, 6, 1, 5, 5, 7, 1, 3];
            params
                .custom_extensions
                .push(CustomExtension::from_oid_content(&oid, statements));
        }
        params
    }

    /// The certificate with the key of the fixtures, in PEM.
    fn pem(&self) -> String {
        let key = fixture_key();
        let (params, issuer_key) = authority(self.issuer);
        let issuer = Issuer::from_params(&params, &issuer_key);
        self.params().signed_by(&key, &issuer).unwrap().pem()
    }

    fn opened(&self) -> Opened {
        let content = [self.pem().as_bytes(), &bytes("key-pkcs8.pem")].concat();
        open_bytes(&content, None)
    }
}

fn fixture_key() -> KeyPair {
    KeyPair::from_pem(&String::from_utf8(bytes("key-pkcs8.pem")).unwrap()).unwrap()
}

/// An authority's certificate and key: the name and the identifier are what count.
fn authority((name, identifier): Ca) -> (CertificateParams, KeyPair) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    params.not_after = NOW + Duration::days(3000);
    let octets = (0..identifier.len()).step_by(2);
    let octets = octets.map(|at| u8::from_str_radix(&identifier[at..at + 2], 16).unwrap());
    params.key_identifier_method = KeyIdMethod::PreSpecified(octets.collect());
    (params, KeyPair::generate().unwrap())
}

fn expected(kind: Kind, rules: Rules) -> Expectation {
    Expectation {
        kind: Some(kind),
        rules,
        organisation: None,
        authentication: Authentication::Certificate,
        now: NOW,
    }
}

fn judged(opened: &Opened, expected: &Expectation) -> String {
    let findings = judge(&opened.facts, expected);
    crate::words(&findings);
    let words: Vec<String> = findings
        .iter()
        .map(|finding| match finding.severity {
            Severity::Stops => finding.id.id().to_owned(),
            Severity::Warns => format!("({})", finding.id.id()),
            Severity::Informs => format!("[{}]", finding.id.id()),
        })
        .collect();
    words.join(" ")
}

#[test]
fn norwegian_certificates_are_told_apart() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let sign = &[ContentCommitment][..];
    let secret = &[KeyEncipherment, DataEncipherment, KeyAgreement][..];
    let buypass = &["2.16.578.1.26.1.3.2", "0.4.0.2042.1.1"][..];
    let buypass_old = &["2.16.578.1.26.1.3.5"][..];
    let qualified = &["2.16.578.1.26.1.3.2", "0.4.0.194112.1.1"][..];
    for (shape, facts, in_test, in_production) in [
        (
            Shape::new(BUYPASS_TEST, NEW, auth, buypass),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Shape::new(BUYPASS_PROD, NEW, auth, buypass),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        (
            Shape::new(BUYPASS_PROD_HARD, NEW, auth, buypass),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        (
            Shape::new(BUYPASS_OLD_TEST, OLD, auth, buypass_old),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Shape::new(BUYPASS_OLD_PROD, OLD, auth, buypass_old),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        (
            Shape::new(BUYPASS_TEST, NEW, sign, qualified).says(SEAL),
            "Test Signing ESeal",
            "signing-certificate",
            "signing-certificate test-certificate-in-production",
        ),
        (
            Shape::new(BUYPASS_TEST, NEW, secret, buypass),
            "Test Encryption Unspecified",
            "encryption-certificate",
            "encryption-certificate test-certificate-in-production",
        ),
        (
            Shape::new(COMMFIDES_TEST, BOTH, &[DigitalSignature], &["2.16.578.1.29.913.210.1"]),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Shape::new(COMMFIDES_TEST, BOTH, sign, &["2.16.578.1.29.913.200.1"]),
            "Test Signing Unspecified",
            "signing-certificate",
            "signing-certificate test-certificate-in-production",
        ),
        (
            Shape::new(COMMFIDES_TEST, BOTH, secret, &["2.16.578.1.29.913.220.1"]),
            "Test Encryption Unspecified",
            "encryption-certificate",
            "encryption-certificate test-certificate-in-production",
        ),
        (
            Shape::new(COMMFIDES_PROD, BOTH, &[DigitalSignature], &["2.16.578.1.29.13.210.1"]),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        // A renewed authority of Commfides is known for test by its policies alone.
        (
            Shape::new(ABROAD, BOTH, &[DigitalSignature], &["2.16.578.1.29.913.210.1"]),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Shape::new(ABROAD, OLD, auth, buypass),
            "Unknown Authentication Unspecified",
            "[issuer-unknown]",
            "[issuer-unknown]",
        ),
        (
            Shape::new(BUYPASS_TEST, &[], auth, buypass),
            "Test Authentication Unspecified",
            "organisation-missing",
            "test-certificate-in-production organisation-missing",
        ),
        // Nine digits that are no organisation number.
        (
            Shape::new(BUYPASS_TEST, &[("2.5.4.5", "123456784")], auth, buypass),
            "Test Authentication Unspecified",
            "organisation-missing",
            "test-certificate-in-production organisation-missing",
        ),
    ] {
        let name = format!("{} {:?} {}", shape.issuer.0, shape.usages, shape.policies.join(" "));
        let opened = shape.opened();
        let chosen = opened.facts.chosen.clone().unwrap();
        println!(
            "{name}\n    {:?} {:?} {:?}",
            chosen.environment, chosen.purpose, chosen.made_for
        );
        assert_eq!(
            format!("{:?} {:?} {:?}", chosen.environment, chosen.purpose, chosen.made_for),
            facts,
            "{name}"
        );
        assert_eq!(chosen.issuer, shape.issuer.0);
        assert_eq!(
            judged(&opened, &expected(Kind::Norwegian, Rules::Test)),
            in_test,
            "{name}"
        );
        assert_eq!(
            judged(&opened, &expected(Kind::Norwegian, Rules::Prod)),
            in_production,
            "{name}"
        );
        if !in_test.contains("organisation-missing") {
            assert_eq!(chosen.organisation.as_deref(), Some("NTRNO-123456785"), "{name}");
        }
    }
}

/// Production eSeals only, in both environments, with their chain.
#[test]
fn seals_of_other_countries_are_told_apart() {
    let both = &[DigitalSignature, ContentCommitment][..];
    let seal = &["0.4.0.194112.1.1"][..];
    for (shape, facts, findings) in [
        (
            Shape::new(ABROAD, SWEDISH, both, seal).says(SEAL),
            "Unknown Seal ESeal true",
            "",
        ),
        (
            Shape::new(ABROAD, SWEDISH, &[ContentCommitment], seal).says(SEAL),
            "Unknown Seal ESeal true",
            "",
        ),
        // Advanced, not qualified: nothing but the key usage.
        (
            Shape::new(ABROAD, SWEDISH, &[DigitalSignature], &["1.2.752.1.2.3"]),
            "Unknown Authentication Unspecified false",
            "",
        ),
        (
            Shape::new(ABROAD, SWEDISH, &[ContentCommitment], &["1.2.752.1.2.3"]),
            "Unknown Signing Unspecified false",
            "",
        ),
        (
            Shape::new(ABROAD, SWEDISH, &[DigitalSignature], seal),
            "Unknown Seal ESeal true",
            "",
        ),
        (
            Shape::new(ABROAD_TEST, SWEDISH, both, seal).says(SEAL),
            "Unknown Seal ESeal true",
            "(test-seal)",
        ),
        (
            Shape::new(BUYPASS_TEST, NEW, both, seal).says(SEAL),
            "Test Authentication ESeal true",
            "test-seal",
        ),
        (
            Shape::new(ABROAD, &[], both, seal).says(SEAL),
            "Unknown Seal ESeal true",
            "organisation-missing",
        ),
        (
            Shape::new(ABROAD, SWEDISH, both, &["0.4.0.194112.1.0"]).says(SIGNATURE),
            "Unknown Authentication ESignature true",
            "personal-certificate",
        ),
        (
            Shape::new(ABROAD, &[("2.5.4.4", "Exempel"), ("2.5.4.42", "Kim")], both, &[]),
            "Unknown Authentication ESignature false",
            "personal-certificate organisation-missing",
        ),
        (
            Shape::new(ABROAD, SWEDISH, both, &["0.4.0.194112.1.4"]).says(WEBSITE),
            "Unknown Authentication Website true",
            "website-certificate",
        ),
        (
            Shape::new(ABROAD, SWEDISH, both, &["0.4.0.194112.1.3"]).says(SEAL_IN_HARDWARE),
            "Unknown Seal ESeal true",
            "(hardware-bound)",
        ),
        (
            Shape::new(ABROAD, SWEDISH, &[KeyEncipherment], seal).says(SEAL),
            "Unknown Encryption ESeal true",
            "encryption-certificate",
        ),
    ] {
        let shape = shape.from("SE");
        let (params, key) = authority(shape.issuer);
        let above = params.self_signed(&key).unwrap().pem();
        let leaf = shape.pem();
        let contents = [leaf.as_bytes(), &bytes("key-pkcs8.pem"), above.as_bytes()];
        let opened = open_files(&contents, None, Authentication::Certificate);
        let chosen = opened.facts.chosen.clone().unwrap();
        let name = format!("{} {:?} {:?}", shape.issuer.0, shape.usages, shape.statements);
        let said = format!(
            "{:?} {:?} {:?} {}",
            chosen.environment, chosen.purpose, chosen.made_for, chosen.qualified
        );
        println!("{name}\n    {said}");
        assert_eq!(said, facts, "{name}");
        for rules in [Rules::Test, Rules::Prod] {
            assert_eq!(
                judged(&opened, &expected(Kind::Foreign, rules)),
                findings,
                "{name}, {rules:?}"
            );
        }
        // The same without the chain cannot be sent.
        let alone = judged(&shape.opened(), &expected(Kind::Foreign, Rules::Test));
        assert!(alone.contains("chain-incomplete"), "{name}: {alone}");
    }
}

#[test]
fn time_and_organisation_are_judged() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let shape = || Shape::new(BUYPASS_TEST, NEW, auth, &["2.16.578.1.26.1.3.2"]);
    for (from, to, findings) in [
        (-10, -1, "expired"),
        (1, 700, "not-yet-valid"),
        (-10, 29, "(ends-soon)"),
        (-10, 30, ""),
        (-10, 0, "expired"),
    ] {
        let opened = shape().valid(from, to).opened();
        let norwegian = expected(Kind::Norwegian, Rules::Test);
        assert_eq!(judged(&opened, &norwegian), findings, "{from} to {to}");
    }
    let opened = shape().opened();
    for (kind, organisation, findings) in [
        (Kind::Norwegian, "123456785", ""),
        (Kind::Norwegian, "NTRNO-123456785", ""),
        (Kind::Norwegian, "987654325", "organisation-differs"),
        (Kind::Norwegian, "", ""),
    ] {
        let expected = Expectation {
            organisation: Some(organisation.to_owned()),
            ..expected(kind, Rules::Test)
        };
        assert_eq!(judged(&opened, &expected), findings, "{organisation}");
    }
    // A name is written as RFC 4514 has it: the last part first, its commas escaped.
    let subject = opened.facts.chosen.unwrap().subject;
    assert_eq!(
        subject,
        r"organizationIdentifier=NTRNO-123456785, CN=Demo Spedisjon, O=Demo Spedisjon\, Åse & Sønn AS, C=NO"
    );
}

#[test]
fn other_keys_than_rsa_of_2048_bits_are_refused() {
    let shape = Shape::new(BUYPASS_TEST, NEW, &[DigitalSignature], &["2.16.578.1.26.1.3.2"]);
    let (params, issuer_key) = authority(BUYPASS_TEST);
    let issuer = Issuer::from_params(&params, &issuer_key);
    let key = KeyPair::generate().unwrap();
    let certificate = shape.params().signed_by(&key, &issuer).unwrap();
    let content = format!("{}{}", certificate.pem(), key.serialize_pem());
    let opened = open_bytes(content.as_bytes(), None);
    assert_eq!(opened.facts.chosen.as_ref().unwrap().key_matches, Some(true));
    assert_eq!(judged(&opened, &expected(Kind::Norwegian, Rules::Test)), "not-rsa");
    assert!(opened.credential.is_none());

    // Nobody issues RSA keys this short any more, and no library makes them: the number is changed in the facts.
    let mut opened = shape.opened();
    opened.facts.chosen.as_mut().unwrap().key = klarert::certificate::KeyType::Rsa { bits: 1024 };
    assert_eq!(
        judged(&opened, &expected(Kind::Norwegian, Rules::Test)),
        "rsa-too-short"
    );
}

/// Leaf, issuer, root, in every order and with something missing.
#[test]
fn chains_are_put_in_order() {
    let named = |name: &'static str, identifier| authority((name, identifier));
    let (root, root_key) = named("Exempel Root", "AA02030405060708090A0B0C0D0E0F1011121314");
    let (mut middle, middle_key) = named("Exempel Policy CA", "BB02030405060708090A0B0C0D0E0F1011121314");
    let (mut low, low_key) = named("Exempel Seal CA 2", "CC02030405060708090A0B0C0D0E0F1011121314");
    middle.use_authority_key_identifier_extension = true;
    low.use_authority_key_identifier_extension = true;
    let leaf = Shape::new(ABROAD, SWEDISH, &[DigitalSignature], &[]).params();
    let leaf = leaf
        .signed_by(&fixture_key(), &Issuer::from_params(&low, &low_key))
        .unwrap()
        .pem();
    let low = low
        .signed_by(&low_key, &Issuer::from_params(&middle, &middle_key))
        .unwrap()
        .pem();
    let middle = middle
        .signed_by(&middle_key, &Issuer::from_params(&root, &root_key))
        .unwrap()
        .pem();
    let root = root.self_signed(&root_key).unwrap().pem();
    let key = String::from_utf8(bytes("key-pkcs8.pem")).unwrap();
    for (parts, chain, count) in [
        (vec![&leaf, &low, &middle, &root], "Complete", 4),
        (vec![&root, &middle, &low, &leaf], "Complete", 4),
        (vec![&middle, &leaf, &root, &low], "Complete", 4),
        (vec![&leaf, &low, &middle], "Complete", 3),
        (vec![&leaf, &low, &root], "Incomplete", 2),
        (vec![&leaf, &middle, &root], "Incomplete", 1),
        (vec![&leaf], "None", 1),
    ] {
        let content: String = parts.into_iter().chain([&key]).map(String::as_str).collect();
        let opened = open_bytes(content.as_bytes(), None);
        assert_eq!(format!("{:?}", opened.facts.chosen.as_ref().unwrap().chain), chain);
        let credential = opened.credential.unwrap();
        let chain: Vec<_> = credential
            .chain()
            .iter()
            .map(|der| Certificate::read(der).unwrap())
            .collect();
        assert_eq!(chain.len(), count);
        assert!(chain.windows(2).all(|pair| pair[0].issued_by(&pair[1])));
        assert_eq!(chain[0].organisation.as_deref(), Some("NTRSE-5560000001"));
    }
}

#[test]
fn the_gravest_finding_decides() {
    use klarert::certificate::Finding;
    let finding = |severity| Finding::new(FindingId::IssuerUnknown, severity);
    let [informs, warns, stops] = [Severity::Informs, Severity::Warns, Severity::Stops].map(finding);
    assert_eq!(outcome(&[]), Outcome::Passed);
    assert_eq!(outcome(std::slice::from_ref(&informs)), Outcome::Passed);
    assert_eq!(outcome(&[warns.clone(), informs.clone()]), Outcome::Warned);
    assert_eq!(outcome(&[warns, stops, informs]), Outcome::Failed);
}
