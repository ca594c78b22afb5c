//! Certificates like those of the real issuers: what they are recognised as, and the findings about them.

use klarert::{
    certificate::{Expectation, FindingId, Severity, Target, evaluate, x509::Certificate},
    credential::{Opened, open},
    journey::Rules,
    profile::{Authentication, CertificateFiles, Kind},
    report::Outcome,
};
use rcgen::{
    Issuer, KeyPair,
    KeyUsagePurpose::{ContentCommitment, DataEncipherment, DigitalSignature, KeyAgreement, KeyEncipherment},
};
use time::OffsetDateTime;

use super::{PASSWORD, assert_texts, builder::*, bytes, open_bytes, open_files};
use crate::support::{
    home::{DEMO_PASSWORD, shared_demonstration},
    texts::{ENGLISH, value},
};

pub fn expected(kind: Kind, rules: Rules) -> Expectation {
    Expectation {
        kind: Some(kind),
        rules,
        target: Target::Maskinporten,
        organisation: None,
        consumer_org: None,
        authentication: Authentication::Certificate,
        overruled: false,
        key_ends: None,
        now: NOW,
    }
}

/// Returns the ids of the findings: `(…)` warns, `[…]` informs.
pub fn finding_ids(opened: &Opened, expected: &Expectation) -> String {
    let findings = evaluate(&opened.facts, expected);
    super::assert_texts(&findings);
    let ids: Vec<String> = findings
        .iter()
        .map(|finding| match finding.severity {
            Severity::Stops => finding.id.id().to_owned(),
            Severity::Warns => format!("({})", finding.id.id()),
            Severity::Informs => format!("[{}]", finding.id.id()),
        })
        .collect();
    ids.join(" ")
}

#[test]
fn norwegian_certificates_are_classified() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let sign = &[ContentCommitment][..];
    let secret = &[KeyEncipherment, DataEncipherment, KeyAgreement][..];
    let buypass = &["2.16.578.1.26.1.3.2", "0.4.0.2042.1.1"][..];
    let buypass_old = &["2.16.578.1.26.1.3.5"][..];
    let qualified = &["2.16.578.1.26.1.3.2", "0.4.0.194112.1.1"][..];
    for (template, facts, in_test, in_production) in [
        (
            Template::new(BUYPASS_TEST, NEW, auth, buypass),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Template::new(BUYPASS_PROD, NEW, auth, buypass),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        (
            Template::new(BUYPASS_PROD_HARD, NEW, auth, buypass),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        (
            Template::new(BUYPASS_OLD_TEST, OLD, auth, buypass_old),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Template::new(BUYPASS_OLD_PROD, OLD, auth, buypass_old),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        (
            Template::new(BUYPASS_TEST, NEW, sign, qualified).says(SEAL),
            "Test Signing ESeal",
            "signing-certificate",
            "signing-certificate test-certificate-in-production",
        ),
        (
            Template::new(BUYPASS_TEST, NEW, secret, buypass),
            "Test Encryption Unspecified",
            "encryption-certificate",
            "encryption-certificate test-certificate-in-production",
        ),
        (
            Template::new(COMMFIDES_TEST, BOTH, &[DigitalSignature], &["2.16.578.1.29.913.210.1"]),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Template::new(COMMFIDES_TEST, BOTH, sign, &["2.16.578.1.29.913.200.1"]),
            "Test Signing Unspecified",
            "signing-certificate",
            "signing-certificate test-certificate-in-production",
        ),
        (
            Template::new(COMMFIDES_TEST, BOTH, secret, &["2.16.578.1.29.913.220.1"]),
            "Test Encryption Unspecified",
            "encryption-certificate",
            "encryption-certificate test-certificate-in-production",
        ),
        (
            Template::new(COMMFIDES_PROD, BOTH, &[DigitalSignature], &["2.16.578.1.29.13.210.1"]),
            "Prod Authentication Unspecified",
            "production-certificate-in-test",
            "",
        ),
        // A new test authority of Commfides is recognised by its policies alone.
        (
            Template::new(FOREIGN_CA, BOTH, &[DigitalSignature], &["2.16.578.1.29.913.210.1"]),
            "Test Authentication Unspecified",
            "",
            "test-certificate-in-production",
        ),
        (
            Template::new(FOREIGN_CA, OLD, auth, buypass),
            "Unknown Authentication Unspecified",
            "[issuer-unknown]",
            "[issuer-unknown]",
        ),
        (
            Template::new(BUYPASS_TEST, &[], auth, buypass),
            "Test Authentication Unspecified",
            "organisation-missing",
            "test-certificate-in-production organisation-missing",
        ),
        // Nine digits with a wrong check digit.
        (
            Template::new(BUYPASS_TEST, &[("2.5.4.5", "123456784")], auth, buypass),
            "Test Authentication Unspecified",
            "organisation-missing",
            "test-certificate-in-production organisation-missing",
        ),
    ] {
        let name = format!(
            "{} {:?} {}",
            template.issuer.0,
            template.usages,
            template.policies.join(" ")
        );
        let opened = template.opened();
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
        assert_eq!(chosen.issuer, template.issuer.0);
        assert_eq!(
            finding_ids(&opened, &expected(Kind::Norwegian, Rules::Test)),
            in_test,
            "{name}"
        );
        assert_eq!(
            finding_ids(&opened, &expected(Kind::Norwegian, Rules::Prod)),
            in_production,
            "{name}"
        );
        if !in_test.contains("organisation-missing") {
            assert_eq!(chosen.organisation.as_deref(), Some("NTRNO-123456785"), "{name}");
        }
    }
}

/// Foreign businesses use production eSeals in both environments, with their chain.
#[test]
fn foreign_seals_are_classified() {
    let both = &[DigitalSignature, ContentCommitment][..];
    let seal = &["0.4.0.194112.1.1"][..];
    for (template, facts, findings) in [
        (
            Template::new(FOREIGN_CA, SWEDISH, both, seal).says(SEAL),
            "Unknown Seal ESeal true",
            "",
        ),
        (
            Template::new(FOREIGN_CA, SWEDISH, &[ContentCommitment], seal).says(SEAL),
            "Unknown Seal ESeal true",
            "",
        ),
        // Advanced, not qualified: nothing but the key usage.
        (
            Template::new(FOREIGN_CA, SWEDISH, &[DigitalSignature], &["1.2.752.1.2.3"]),
            "Unknown Authentication Unspecified false",
            "",
        ),
        (
            Template::new(FOREIGN_CA, SWEDISH, &[ContentCommitment], &["1.2.752.1.2.3"]),
            "Unknown Signing Unspecified false",
            "",
        ),
        (
            Template::new(FOREIGN_CA, SWEDISH, &[DigitalSignature], seal),
            "Unknown Seal ESeal true",
            "",
        ),
        (
            Template::new(FOREIGN_CA_TEST, SWEDISH, both, seal).says(SEAL),
            "Unknown Seal ESeal true",
            "(test-seal)",
        ),
        (
            Template::new(BUYPASS_TEST, NEW, both, seal).says(SEAL),
            "Test Authentication ESeal true",
            "test-seal",
        ),
        (
            Template::new(FOREIGN_CA, &[], both, seal).says(SEAL),
            "Unknown Seal ESeal true",
            "organisation-missing",
        ),
        (
            Template::new(FOREIGN_CA, SWEDISH, both, &["0.4.0.194112.1.0"]).says(SIGNATURE),
            "Unknown Authentication ESignature true",
            "personal-certificate",
        ),
        (
            Template::new(FOREIGN_CA, &[("2.5.4.4", "Exempel"), ("2.5.4.42", "Kim")], both, &[]),
            "Unknown Authentication ESignature false",
            "personal-certificate organisation-missing",
        ),
        (
            Template::new(FOREIGN_CA, SWEDISH, both, &["0.4.0.194112.1.4"]).says(WEBSITE),
            "Unknown Authentication Website true",
            "website-certificate",
        ),
        (
            Template::new(FOREIGN_CA, SWEDISH, both, &["0.4.0.194112.1.3"]).says(SEAL_IN_HARDWARE),
            "Unknown Seal ESeal true",
            "(hardware-bound)",
        ),
        (
            Template::new(FOREIGN_CA, SWEDISH, &[KeyEncipherment], seal).says(SEAL),
            "Unknown Encryption ESeal true",
            "encryption-certificate",
        ),
    ] {
        let template = template.from("SE");
        let (params, key) = authority(template.issuer);
        let above = params.self_signed(&key).unwrap().pem();
        let leaf = template.pem();
        let contents = [leaf.as_bytes(), &bytes("key-pkcs8.pem"), above.as_bytes()];
        let opened = open_files(&contents, None, Authentication::Certificate);
        let chosen = opened.facts.chosen.clone().unwrap();
        let name = format!("{} {:?} {:?}", template.issuer.0, template.usages, template.statements);
        let said = format!(
            "{:?} {:?} {:?} {}",
            chosen.environment, chosen.purpose, chosen.made_for, chosen.qualified
        );
        println!("{name}\n    {said}");
        assert_eq!(said, facts, "{name}");
        for rules in [Rules::Test, Rules::Prod] {
            assert_eq!(
                finding_ids(&opened, &expected(Kind::Foreign, rules)),
                findings,
                "{name}, {rules:?}"
            );
        }
        // Without its chain it cannot be sent.
        let alone = finding_ids(&template.opened(), &expected(Kind::Foreign, Rules::Test));
        assert!(alone.contains("chain-incomplete"), "{name}: {alone}");
    }
}

#[test]
fn certificate_for_the_other_kind_of_business_is_refused() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let buypass = &["2.16.578.1.26.1.3.2"][..];
    let seal = &["0.4.0.194112.1.1"][..];
    for (template, kind, findings) in [
        (
            Template::new(BUYPASS_PROD, NEW, auth, buypass),
            Kind::Foreign,
            "norwegian-certificate",
        ),
        (
            Template::new(BUYPASS_TEST, NEW, auth, buypass),
            Kind::Foreign,
            "norwegian-certificate",
        ),
        (
            Template::new(BUYPASS_PROD, OLD, &[ContentCommitment], buypass),
            Kind::Foreign,
            "norwegian-certificate",
        ),
        (
            Template::new(COMMFIDES_PROD, NEW, auth, &[]),
            Kind::Foreign,
            "norwegian-certificate",
        ),
        // An issuer of both, and a Norwegian organisation without access to Samarbeidsportalen.
        (
            Template::new(BUYPASS_PROD, NEW, auth, seal).says(SEAL),
            Kind::Foreign,
            "",
        ),
        (Template::new(FOREIGN_CA, NEW, auth, seal).says(SEAL), Kind::Foreign, ""),
        (
            Template::new(FOREIGN_CA, SWEDISH, auth, seal).says(SEAL),
            Kind::Norwegian,
            "foreign-certificate",
        ),
        (
            Template::new(FOREIGN_CA, &[("2.5.4.97", "VATDE-123456789")], auth, &[]),
            Kind::Norwegian,
            "foreign-certificate",
        ),
    ] {
        let opened = template.opened();
        let found = finding_ids(&opened, &expected(kind, Rules::Prod));
        let found: Vec<&str> = found
            .split(' ')
            .filter(|id| !["chain-incomplete", "[issuer-unknown]"].contains(id))
            .collect();
        assert_eq!(found.join(" "), findings, "{} {kind:?}", template.issuer.0);
        // The kind of business decides: before it is known, nothing is wrong.
        let unknown = Expectation {
            kind: None,
            ..expected(kind, Rules::Prod)
        };
        let of_kind = ["norwegian-certificate", "foreign-certificate"];
        let found = finding_ids(&opened, &unknown);
        assert!(
            !of_kind.iter().any(|id| found.contains(id)),
            "{}: {found}",
            template.issuer.0
        );
    }
}

#[test]
fn a_picked_certificate_is_warned_of_and_not_refused() {
    let signing = &[ContentCommitment][..];
    let opened = Template::new(BUYPASS_TEST, NEW, signing, &["2.16.578.1.26.1.3.2"]).opened();
    for (overruled, findings) in [(false, "signing-certificate"), (true, "(signing-certificate)")] {
        let expected = Expectation {
            overruled,
            ..expected(Kind::Norwegian, Rules::Test)
        };
        assert_eq!(finding_ids(&opened, &expected), findings);
    }
}

#[test]
fn expiry_and_organisation_are_checked() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let template = || Template::new(BUYPASS_TEST, NEW, auth, &["2.16.578.1.26.1.3.2"]);
    for (from, to, findings) in [
        (-10, -1, "expired"),
        (1, 700, "not-yet-valid"),
        (-10, 29, "(ends-soon)"),
        (-10, 30, "(ends-soon)"),
        (-10, 31, ""),
        (-10, 0, "expired"),
    ] {
        let opened = template().valid(from, to).opened();
        let norwegian = expected(Kind::Norwegian, Rules::Test);
        assert_eq!(finding_ids(&opened, &norwegian), findings, "{from} to {to}");
    }
    let opened = template().opened();
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
        assert_eq!(finding_ids(&opened, &expected), findings, "{organisation}");
    }
    // RFC 4514: the last part first, commas escaped.
    let subject = opened.facts.chosen.unwrap().subject;
    assert_eq!(
        subject,
        r"organizationIdentifier=NTRNO-123456785, CN=Demo Spedisjon, O=Demo Spedisjon\, Åse & Sønn AS, C=NO"
    );
}

#[test]
fn identifier_that_maskinporten_cannot_read_is_refused_with_its_value() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let what = |identifier: &'static str, issuer, kind| {
        let subject: &'static [(&str, &str)] = Box::leak(Box::new([("2.5.4.97", identifier)]));
        let opened = Template::new(issuer, subject, auth, &[]).opened();
        let findings = evaluate(&opened.facts, &expected(kind, Rules::Test));
        let mut about = findings.iter().filter_map(|finding| match finding.id {
            FindingId::ForeignCertificate => Some("foreign".to_owned()),
            FindingId::OrganisationMissing => {
                assert_texts(std::slice::from_ref(finding));
                assert!(finding.text(&ENGLISH).contains(identifier.trim()), "{identifier}");
                value(&finding.args, "what")
            }
            _ => None,
        });
        about.next().unwrap_or_default()
    };
    for (identifier, norwegian, foreign) in [
        ("NTRNO-123456785", "", ""),
        (" NTRNO-123456785 ", "", ""),
        ("VATNO-123456785MVA", "norwegian", ""),
        ("VATNO-123456785", "norwegian", ""),
        ("123456785", "norwegian", "form"),
        ("NTRNO123456785", "norwegian", "norwegian"),
        ("NTRNO:123456785", "norwegian", "norwegian"),
        ("ntrno-123456785", "norwegian", "norwegian"),
        ("NTRNO-123 456 785", "norwegian", "norwegian"),
        ("NTRNO-123456784", "number", "number"),
        ("NTRNO-12345678", "number", "number"),
        ("VATNO-123456784MVA", "number", "number"),
        ("123456784", "form", "form"),
        ("NTRSE-5560000001", "foreign", ""),
        ("EI:SE-5567971433", "foreign", ""),
        ("NTRDE-HRB 12345", "foreign", ""),
        ("PSDDE-BAFIN-123456", "foreign", ""),
        ("HRB 1234", "form", "form"),
        ("DE123456789", "form", "form"),
        ("VATDE123456789", "form", "form"),
        ("vatde-123456789", "form", "form"),
        ("XX:-123", "form", "form"),
        ("NTRDE-", "form", "form"),
        ("-", "form", "form"),
    ] {
        assert_eq!(
            what(identifier, BUYPASS_TEST, Kind::Norwegian),
            norwegian,
            "{identifier}"
        );
        assert_eq!(what(identifier, FOREIGN_CA, Kind::Foreign), foreign, "{identifier}");
    }
}

/// The day alone would send the user away until tomorrow.
#[test]
fn time_is_given_within_a_day_of_the_start_or_the_end() {
    use time::Duration;
    let auth = &[DigitalSignature, KeyEncipherment][..];
    for (from, to, text, fix) in [
        (
            15,
            90_000,
            "before 2026-11-22 at 12:15 UTC. The clock of this computer shows 12:00 UTC",
            "clock may be slow",
        ),
        (1439, 90_000, "before 2026-11-23 at 11:59 UTC", "clock may be slow"),
        (1441, 90_000, "before 2026-11-23.", "Wait until that day"),
        (-90_000, -15, "ended on 2026-11-22 at 11:45 UTC", "Order a new"),
        (-90_000, -1441, "ended on 2026-11-21.", "Order a new"),
        (
            -90_000,
            1200,
            "in less than a day, on 2026-11-23 at 08:00 UTC",
            "Put the next one",
        ),
        (-90_000, 1500, "in one day, on 2026-11-23.", "Put the next one"),
    ] {
        let mut template = Template::new(BUYPASS_TEST, NEW, auth, &["2.16.578.1.26.1.3.2"]);
        template.valid = (NOW + Duration::minutes(from), NOW + Duration::minutes(to));
        let findings = evaluate(&template.opened().facts, &expected(Kind::Norwegian, Rules::Test));
        assert_texts(&findings);
        let [finding] = findings.as_slice() else {
            panic!("{findings:?}");
        };
        assert!(finding.text(&ENGLISH).contains(text), "{}", finding.text(&ENGLISH));
        assert!(finding.fix(&ENGLISH).contains(fix), "{}", finding.fix(&ENGLISH));
    }
}

#[test]
fn certificate_of_another_organisation_gets_the_advice_for_its_party() {
    let auth = &[DigitalSignature, KeyEncipherment][..];
    let opened = Template::new(BUYPASS_TEST, NEW, auth, &["2.16.578.1.26.1.3.2"]).opened();
    for (kind, consumer_org, text, fix) in [
        // A system provider may have entered its customer as the business.
        (
            Some(Kind::Norwegian),
            None,
            "but the business here is 987654325",
            "enter 123456785 as the organisation number, and 987654325 as the organisation you act for",
        ),
        (
            None,
            None,
            "but the business here is 987654325",
            "signs with its own certificate",
        ),
        (
            Some(Kind::Norwegian),
            Some("123456785"),
            "the organisation you act for",
            "the two numbers are swapped",
        ),
        (
            Some(Kind::Norwegian),
            Some("974760673"),
            "the supplier, is 987654325",
            "not with one of 974760673",
        ),
        (
            Some(Kind::Foreign),
            None,
            "but the business here is 987654325",
            "or correct the organisation.",
        ),
    ] {
        let expected = Expectation {
            kind,
            organisation: Some("987654325".to_owned()),
            consumer_org: consumer_org.map(str::to_owned),
            ..expected(Kind::Norwegian, Rules::Test)
        };
        let findings = evaluate(&opened.facts, &expected);
        super::assert_texts(&findings);
        let mut differs = findings
            .iter()
            .filter(|finding| finding.id == FindingId::OrganisationDiffers);
        let differs = differs.next().unwrap();
        assert!(differs.text(&ENGLISH).contains(text), "{}", differs.text(&ENGLISH));
        assert!(differs.fix(&ENGLISH).contains(fix), "{}", differs.fix(&ENGLISH));
    }
}

#[test]
fn certificate_of_the_sandbox_is_refused_for_maskinporten_only() {
    let folder = shared_demonstration().join("demonstration-1");
    for (file, kind) in [
        ("authentication.p12", Kind::Norwegian),
        ("production.p12", Kind::Norwegian),
        ("revoked.p12", Kind::Norwegian),
        ("seal.p12", Kind::Foreign),
    ] {
        let files = CertificateFiles {
            path: Some(folder.join(file)),
            ..CertificateFiles::default()
        };
        let password = super::password(DEMO_PASSWORD);
        let opened = open(&files, Some(kind), Authentication::Certificate, Some(&password));
        for rules in [Rules::Test, Rules::Prod] {
            let in_target = |target| Expectation {
                target,
                // The organisation of the real business: another certificate is needed anyway.
                organisation: Some("987654325".to_owned()),
                now: OffsetDateTime::now_utc(),
                ..expected(kind, rules)
            };
            let found = finding_ids(&opened, &in_target(Target::Maskinporten));
            assert_eq!(found, "sandbox-certificate", "{file}");
            let found = finding_ids(&opened, &in_target(Target::OwnService));
            assert!(!found.contains("sandbox"), "{file}: {found}");
            let found = finding_ids(&opened, &in_target(Target::Unknown));
            assert!(found.contains("[sandbox-certificate]"), "{file}: {found}");
            let key = Expectation {
                authentication: Authentication::Key,
                ..in_target(Target::Maskinporten)
            };
            assert!(
                !finding_ids(&opened, &key).contains("sandbox"),
                "its key may be registered"
            );
        }
    }
    for (environment, target) in [
        ("test", Target::Maskinporten),
        ("prod", Target::Maskinporten),
        ("sandbox", Target::OwnService),
        ("lab", Target::OwnService),
    ] {
        assert_eq!(Target::of(environment), target);
    }
}

#[test]
fn keys_other_than_rsa_from_2048_bits_are_refused() {
    let template = Template::new(BUYPASS_TEST, NEW, &[DigitalSignature], &["2.16.578.1.26.1.3.2"]);
    let (params, issuer_key) = authority(BUYPASS_TEST);
    let issuer = Issuer::from_params(&params, &issuer_key);
    let key = KeyPair::generate().unwrap();
    let certificate = template.params().signed_by(&key, &issuer).unwrap();
    let content = format!("{}{}", certificate.pem(), key.serialize_pem());
    let opened = open_bytes(content.as_bytes(), None);
    assert_eq!(opened.facts.chosen.as_ref().unwrap().key_matches, Some(true));
    assert_eq!(finding_ids(&opened, &expected(Kind::Norwegian, Rules::Test)), "not-rsa");
    assert!(opened.credential.is_none());

    // No library makes RSA keys this short: the size is changed in the facts.
    let mut opened = template.opened();
    opened.facts.chosen.as_mut().unwrap().key = klarert::certificate::KeyType::Rsa { bits: 1024 };
    assert_eq!(
        finding_ids(&opened, &expected(Kind::Norwegian, Rules::Test)),
        "rsa-too-short"
    );
}

/// Leaf, issuers and root in any order, complete and incomplete.
#[test]
fn chains_are_put_in_order() {
    let named = |name: &'static str, identifier| authority((name, identifier));
    let (root, root_key) = named("Exempel Root", "AA02030405060708090A0B0C0D0E0F1011121314");
    let (mut middle, middle_key) = named("Exempel Policy CA", "BB02030405060708090A0B0C0D0E0F1011121314");
    let (mut low, low_key) = named("Exempel Seal CA 2", "CC02030405060708090A0B0C0D0E0F1011121314");
    middle.use_authority_key_identifier_extension = true;
    low.use_authority_key_identifier_extension = true;
    let leaf = Template::new(FOREIGN_CA, SWEDISH, &[DigitalSignature], &[]).params();
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
            .map(|der| Certificate::from_der(der).unwrap())
            .collect();
        assert_eq!(chain.len(), count);
        assert!(chain.windows(2).all(|pair| pair[0].issued_by(&pair[1])));
        assert_eq!(chain[0].organisation.as_deref(), Some("NTRSE-5560000001"));
    }
}

#[test]
fn the_most_severe_finding_decides_the_outcome() {
    use klarert::certificate::Finding;
    let finding = |severity| Finding::new(FindingId::IssuerUnknown, severity);
    let [informs, warns, stops] = [Severity::Informs, Severity::Warns, Severity::Stops].map(finding);
    assert_eq!(Outcome::of(&[]), Outcome::Passed);
    assert_eq!(Outcome::of(std::slice::from_ref(&informs)), Outcome::Passed);
    assert_eq!(Outcome::of(&[warns.clone(), informs.clone()]), Outcome::Warned);
    assert_eq!(Outcome::of(&[warns, stops, informs]), Outcome::Failed);
}

#[test]
fn key_that_does_not_fit_is_named_with_its_file_and_the_fix() {
    let texts = &*ENGLISH;
    let store = bytes("one-round.p12");
    let (certificate, other, key) = (bytes("auth.pem"), bytes("ec.pem"), bytes("key-pkcs8.pem"));
    let both = [certificate.clone(), key].concat();
    for (contents, file, fix) in [
        (
            &[&certificate[..], &other][..],
            "file-1",
            "made with the certificate in file-0",
        ),
        (&[&both[..], &other], "file-1", "file-0 has the right key itself"),
        (&[&store[..], &other], "file-1", "file-0 has the right key itself"),
        (
            &[&[&certificate[..], &other].concat()[..]],
            "file-0",
            "usually in the same .p12 file",
        ),
    ] {
        let opened = open_files(contents, Some(PASSWORD), Authentication::Certificate);
        let mut findings = opened.findings.iter();
        let finding = findings.find(|finding| finding.id == FindingId::KeyMismatch).unwrap();
        assert!(
            finding.text(texts).contains(&format!("The key in {file} ")),
            "{}",
            finding.text(texts)
        );
        assert!(finding.fix(texts).contains(fix), "{}", finding.fix(texts));
        assert_texts(std::slice::from_ref(finding));
    }
}

#[test]
fn registered_key_that_cannot_be_used_is_replaced_by_a_new_key_not_by_a_certificate() {
    let opened = open_files(&[&bytes("ec.pem")], None, Authentication::Key);
    let mut expected = expected(Kind::Norwegian, Rules::Test);
    for (authentication, advice) in [
        (Authentication::Key, "klarert key"),
        (Authentication::Certificate, "klarert csr"),
    ] {
        expected.authentication = authentication;
        let findings = evaluate(&opened.facts, &expected);
        assert!(findings[0].fix(&ENGLISH).contains(advice), "{findings:?}");
        assert_texts(&findings);
    }
}
