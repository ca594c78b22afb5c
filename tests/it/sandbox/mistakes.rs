//! The ten commonest mistakes, one of them in two forms. Each is diagnosed truly at first, and the check passes once the named field or item is fixed.

use klarert::{
    diagnosis::Diagnosis,
    journey::Who,
    profile::{Authentication, Kind, Profile},
    report::Stage,
    text::{Args, Language, Texts},
};
use rcgen::{CertificateParams, KeyUsagePurpose};
use time::OffsetDateTime;

use super::{
    check::{check, profile, with_key},
    client::shared,
};
use crate::support::service::businesses;

/// A mistake: what the user does wrong, the diagnosis, and what the user does at the field or item that it names.
struct Mistake {
    name: &'static str,
    make: fn(&mut Profile),
    id: &'static str,
    who: Who,
    fix_at: &'static str,
    /// The items whose tick is named as contradicted.
    contradicted: &'static [&'static str],
    /// `None` if others must act, or the user in the portal.
    fix: Option<fn(&mut Profile)>,
}

const MISTAKES: [Mistake; 11] = [
    Mistake {
        name: "production certificate in test",
        make: |profile| profile.certificate.path = Some(file("production.p12")),
        id: "certificate-wrong-environment",
        who: Who::You,
        fix_at: "certificate",
        contradicted: &[],
        fix: Some(|profile| profile.certificate.path = Some(file("authentication.p12"))),
    },
    Mistake {
        name: "signing certificate alone in its file",
        make: |profile| profile.certificate.path = Some(signing_certificate()),
        id: "certificate-unfit",
        who: Who::You,
        fix_at: "certificate",
        contradicted: &[],
        fix: Some(|profile| profile.certificate.path = Some(file("authentication.p12"))),
    },
    Mistake {
        name: "signing certificate picked of several",
        make: |profile| profile.certificate.pick = Some(2),
        id: "certificate-refused",
        who: Who::You,
        fix_at: "pick",
        contradicted: &[],
        fix: Some(|profile| profile.certificate.pick = None),
    },
    Mistake {
        name: "scope missing on the client",
        make: |profile| choose(profile, &["road", "air"]),
        id: "scope-not-on-client",
        who: Who::You,
        fix_at: "integration.scopes",
        contradicted: &["integration.scopes"],
        fix: None,
    },
    Mistake {
        name: "scope not granted by Customs",
        make: |profile| choose(profile, &["sea"]),
        id: "scope-not-granted",
        who: Who::Customs,
        fix_at: "customs.granted",
        contradicted: &["customs.granted"],
        fix: None,
    },
    Mistake {
        name: "client of another type",
        make: |profile| profile.client.id = Some("7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f62".to_owned()),
        id: "wrong-integration-type",
        who: Who::You,
        fix_at: "integration.maskinporten",
        contradicted: &["integration.maskinporten"],
        fix: Some(use_own_client),
    },
    Mistake {
        name: "one wrong character in the client id",
        make: |profile| profile.client.id = Some("7a0c5d1e-3f4b-4c2a-9d68-1b2c3d4e5f50".to_owned()),
        id: "client-unknown",
        who: Who::You,
        fix_at: "client-id",
        contradicted: &[],
        fix: Some(use_own_client),
    },
    Mistake {
        name: "key chosen though the client has none",
        make: |profile| {
            let id = profile.client.id.clone();
            *profile = with_key(profile.clone(), "demo-key");
            profile.client.id = id;
        },
        id: "kid-unknown",
        who: Who::You,
        fix_at: "kid",
        contradicted: &[],
        fix: Some(|profile| {
            profile.client.authentication = Authentication::Certificate;
            profile.certificate.path = Some(file("authentication.p12"));
        }),
    },
    Mistake {
        name: "key registered under another name",
        make: |profile| *profile = with_key(profile.clone(), "demo-2026"),
        id: "kid-unknown",
        who: Who::You,
        fix_at: "kid",
        contradicted: &[],
        fix: Some(|profile| profile.client.kid = Some("demo-key".to_owned())),
    },
    Mistake {
        name: "certificate though the client has a key",
        make: |profile| profile.client.id = Some(shared().demonstration().key.client_id.clone()),
        id: "kid-required",
        who: Who::You,
        fix_at: "authentication",
        contradicted: &[],
        fix: Some(|profile| *profile = with_key(profile.clone(), "demo-key")),
    },
    Mistake {
        name: "everything ticked and nothing done",
        make: |profile| profile.client.id = Some("5d0f8a6c-0c1b-4f5e-8a35-2f6f0e6f1c11".to_owned()),
        id: "client-unknown",
        who: Who::You,
        fix_at: "client-id",
        contradicted: &[],
        fix: Some(use_own_client),
    },
];

fn file(name: &str) -> std::path::PathBuf {
    let certificate = &shared().demonstration().norwegian.certificate;
    certificate.with_file_name(name)
}

fn use_own_client(profile: &mut Profile) {
    profile.client.id = Some(shared().demonstration().norwegian.client_id.clone());
}

fn choose(profile: &mut Profile, services: &[&str]) {
    profile.business.services = services.iter().map(|service| (*service).to_owned()).collect();
    profile.set_scopes(&[]);
}

/// Writes a signing certificate of the business with its key, and returns the file.
fn signing_certificate() -> std::path::PathBuf {
    let mut params = CertificateParams::new(vec![]).unwrap();
    params.key_usages = vec![KeyUsagePurpose::ContentCommitment];
    let organisation = &shared().demonstration().norwegian.organisation;
    let identifier = rcgen::DnType::CustomDnType(vec![2, 5, 4, 97]);
    params
        .distinguished_name
        .push(identifier, format!("NTRNO-{organisation}"));
    let key = businesses::rsa();
    let certificate = params.self_signed(&key).unwrap();
    let pem = format!("{}{}", certificate.pem(), key.serialize_pem());
    let (_, path) = tempfile::NamedTempFile::new().unwrap().keep().unwrap();
    std::fs::write(&path, pem).unwrap();
    path
}

/// Only the user can act on a refusal of the sandbox.
fn assert_fix_is_of_the_sandbox(diagnosis: &Diagnosis) {
    for language in Language::ALL {
        let texts = Texts::new(language);
        let outside = |text: &str| texts.with("outside-sandbox", &Args::new().with("text", text));
        let prefix = outside("").trim_end().to_owned();
        let fix = diagnosis.fix(&texts);
        let sent_out = fix.iter().filter(|action| !action.starts_with(&prefix)).count();
        if matches!(diagnosis.stage, Stage::Token | Stage::Customs | Stage::Api) {
            assert_eq!(fix[0], texts.get("sandbox-fix"));
            assert_eq!(sent_out, 1, "{fix:#?}");
            assert!(fix.len() > 1 && diagnosis.who_text(&texts).starts_with(&prefix));
        } else {
            assert_eq!(sent_out, fix.len(), "{fix:#?}");
        }
    }
}

#[test]
fn each_mistake_is_diagnosed_and_fixed_at_the_named_place() {
    for mistake in MISTAKES {
        let name = mistake.name;
        let mut profile = profile(Kind::Norwegian, &shared().demonstration().norwegian);
        for step in &klarert::journey::journey().steps {
            for item in &step.items {
                let now = OffsetDateTime::now_utc();
                profile.progress.done.insert(item.key.clone(), now);
            }
        }
        (mistake.make)(&mut profile);
        let report = check(&profile);
        let diagnosis = report
            .diagnosis
            .unwrap_or_else(|| panic!("{name}: {:?}", report.stages));
        assert_eq!(
            (diagnosis.id.as_str(), diagnosis.who),
            (mistake.id, mistake.who),
            "{name}"
        );
        assert_eq!(diagnosis.fix_at.as_deref(), Some(mistake.fix_at), "{name}");
        assert_fix_is_of_the_sandbox(&diagnosis);
        let contradicted: Vec<_> = diagnosis.contradicts.iter().map(|item| item.item.as_str()).collect();
        assert_eq!(contradicted, mistake.contradicted, "{name}");
        if let Some(fix) = mistake.fix {
            fix(&mut profile);
            let report = check(&profile);
            assert_eq!(report.diagnosis, None, "{name}");
        }
    }
}
