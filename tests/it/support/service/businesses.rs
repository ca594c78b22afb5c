//! Invented businesses with their keys and certificates, and a check of them.

use std::sync::LazyLock;

use klarert::{
    certificate::{Chain, Chosen, Facts, Format, IssuedFor, KeyType, MadeFor, Purpose, Validity},
    check::{self, Cancel, Settings, Subject},
    credential::{Credential, Opened},
    journey::{Environment, Rules},
    profile::{Kind, Profile},
    report::{Event, Report},
};
use rcgen::{CertificateParams, IsCa, Issuer, KeyPair, PKCS_RSA_SHA256, RsaKeySize};
use time::OffsetDateTime;
use zeroize::Zeroizing;

pub const ORGANISATION: &str = "123456785";
pub const SEAL: &str = "NTRSE-5560000001";
pub const CLIENT: &str = "3f1c2a9e-8d14-4f0b-9c55-0a1b2c3d4e5f";

/// The business's key with its certificate and that of the issuer.
pub static BUSINESS: LazyLock<(Credential, Vec<Vec<u8>>)> = LazyLock::new(|| {
    let root_key = rsa();
    let mut root = CertificateParams::new(vec![]).unwrap();
    root.is_ca = IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let root_certificate = root.self_signed(&root_key).unwrap();
    let root = Issuer::new(root, root_key);
    let leaf_key = rsa();
    let leaf = CertificateParams::new(vec![])
        .unwrap()
        .signed_by(&leaf_key, &root)
        .unwrap();
    let chain = vec![leaf.der().to_vec(), root_certificate.der().to_vec()];
    let pkcs8 = Zeroizing::new(leaf_key.serialize_der());
    (Credential::new(chain.clone(), pkcs8), chain)
});

static SERVICE: LazyLock<Credential> = LazyLock::new(|| {
    let key = rsa();
    Credential::new(Vec::new(), Zeroizing::new(key.serialize_der()))
});

/// Returns Maskinporten's key.
pub fn service() -> &'static Credential {
    &SERVICE
}

pub fn business() -> Credential {
    BUSINESS.0.clone()
}

pub fn rsa() -> KeyPair {
    KeyPair::generate_rsa_for(&PKCS_RSA_SHA256, RsaKeySize::_2048).unwrap()
}

pub fn norwegian() -> Profile {
    let mut profile = Profile::new("lab", OffsetDateTime::now_utc());
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.name = Some("Demo Spedisjon AS".into());
    profile.business.organisation = Some(ORGANISATION.into());
    profile.business.services = vec!["road".into()];
    profile.client.id = Some(CLIENT.into());
    profile.client.scopes = vec!["toll:movement/road/v2".into()];
    profile.certificate.path = Some("/demo/auth.p12".into());
    profile
}

pub fn foreign() -> Profile {
    let mut profile = norwegian();
    profile.business.kind = Some(Kind::Foreign);
    profile.business.name = Some("Demo Åkeri AB".into());
    profile.business.organisation = Some(SEAL.into());
    profile.client.id = Some("demo-akeri".into());
    profile.client.scopes = vec!["toll:eu/movement/road/v2".into()];
    profile
}

/// Returns a valid certificate for the profile's kind of business.
pub fn certificate(profile: &Profile) -> Chosen {
    let foreign = profile.business.kind == Some(Kind::Foreign);
    let now = OffsetDateTime::now_utc();
    Chosen {
        subject: "CN=Demo".into(),
        organisation: Some(if foreign {
            SEAL.into()
        } else {
            format!("NTRNO-{ORGANISATION}")
        }),
        issuer: "Demo CA".into(),
        environment: if foreign { IssuedFor::Unknown } else { IssuedFor::Test },
        purpose: if foreign {
            Purpose::Seal
        } else {
            Purpose::Authentication
        },
        key: KeyType::Rsa { bits: 2048 },
        validity: Some(Validity {
            not_before: now - time::Duration::days(1),
            not_after: now + time::Duration::days(400),
        }),
        qualified: false,
        made_for: if foreign { MadeFor::ESeal } else { MadeFor::Unspecified },
        hardware: false,
        chain: Chain::Complete,
        issuers: Vec::new(),
        self_signed: false,
        key_matches: Some(true),
        identifiers: None,
        alias: None,
    }
}

/// Returns that certificate as if it had been read, with the business's key.
pub fn opened(chosen: Chosen) -> Opened {
    Opened {
        facts: Facts {
            file: "auth.p12".into(),
            format: Format::Pkcs12,
            chosen: Some(chosen),
            others: Vec::new(),
        },
        findings: Vec::new(),
        credential: Some(business()),
        keys: Vec::new(),
        candidates: Default::default(),
    }
}

/// Returns an environment with Maskinporten and Customs at one address.
pub fn environment(base: &str) -> Environment {
    let mut environment = Environment::like(Rules::Test, "lab", &format!("{base}/"));
    environment.customs = Some(base.to_owned());
    environment
}

/// Returns settings with pauses of milliseconds.
pub fn quick() -> Settings {
    Settings {
        pauses: vec![std::time::Duration::from_millis(5); 2],
        max_pause: std::time::Duration::from_millis(50),
        ..Settings::default()
    }
}

/// Runs a check and returns the report and the events.
pub fn check(
    profile: &Profile,
    environment: &Environment,
    settings: &Settings,
    opened: Opened,
) -> (Report, Vec<Event>) {
    let subject = Subject {
        name: "demo",
        profile,
        environment,
    };
    let mut events = Vec::new();
    let mut opened = Some(opened);
    let report = check::run(
        &subject,
        settings,
        &Cancel::default(),
        &mut || opened.take().expect("a certificate is opened once"),
        &mut |event| events.push(event),
    );
    (report.expect("nobody cancelled"), events)
}
