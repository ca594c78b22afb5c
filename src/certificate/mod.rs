//! What a certificate is, and whether it will do. Pure: bytes and dates in, facts and findings out.
//!
//! [`x509`] reads one certificate, [`chain`] puts those above it in order, [`choose`] says which of several to use,
//! [`judge()`] what is to be said about it, [`finding`] in which words. Files and keys are
//! [`credential`](crate::credential)'s.

pub mod chain;
pub mod choose;
pub mod finding;
pub mod issuers;
mod judge;
mod name;
pub mod x509;

pub use judge::judge;

use serde::Serialize;
use time::OffsetDateTime;

use crate::{
    journey::Rules,
    profile::{Authentication, Kind, Profile, expiry},
    text::{Args, Texts},
};

/// What was found where a user said their certificate is. It holds no secret, and everything in it that came from
/// the file has been through [`visible`](crate::text::visible).
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The file's name, without its folder.
    pub file: String,
    pub format: Format,
    /// The certificate (or bare key) that will be used.
    pub chosen: Option<Chosen>,
    /// The others that came with it.
    pub others: Vec<Other>,
}

/// Another certificate that could be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Other {
    pub purpose: Purpose,
    /// What it is picked by: 1 is the most suitable of all.
    pub number: u16,
}

/// What a file was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    Pkcs12,
    Pem,
    Der,
    Jwk,
    Jks,
    Csr,
    PublicKey,
    SshKey,
    Unknown,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The subject as RFC 4514 writes it; empty for a bare key.
    pub subject: String,
    /// `organizationIdentifier`, or `NTRNO-<serialNumber>` in the older Norwegian profile.
    pub organisation: Option<String>,
    /// The issuer's common name.
    pub issuer: String,
    pub environment: IssuedFor,
    pub purpose: Purpose,
    pub key: KeyType,
    /// Absent for a bare key.
    pub validity: Option<Validity>,
    /// Qualified in the sense of eIDAS: a QcCompliance statement or a QCP policy.
    pub qualified: bool,
    pub made_for: MadeFor,
    /// The key is bound to hardware (QcSSCD), and so not in a file.
    pub hardware: bool,
    pub chain: Chain,
    /// Whether the private key belongs to the certificate; unknown where one of the two is missing.
    pub key_matches: Option<bool>,
}

impl Chosen {
    /// A certificate, whether its chain is whole, and whether its key belongs to it.
    pub fn certificate(certificate: &x509::Certificate, chain: Chain, key_matches: Option<bool>) -> Chosen {
        Chosen {
            subject: certificate.subject.clone(),
            organisation: certificate.organisation.clone(),
            issuer: certificate.issuer.clone(),
            environment: certificate.environment,
            purpose: certificate.purpose,
            key: certificate.key.clone(),
            validity: Some(certificate.validity),
            qualified: certificate.qualified,
            made_for: certificate.made_for,
            hardware: certificate.hardware,
            chain,
            key_matches,
        }
    }

    /// A key without a certificate.
    pub fn bare_key(key: KeyType) -> Chosen {
        Chosen {
            subject: String::new(),
            organisation: None,
            issuer: String::new(),
            environment: IssuedFor::Unknown,
            purpose: Purpose::Other,
            key,
            validity: None,
            qualified: false,
            made_for: MadeFor::Unspecified,
            hardware: false,
            chain: Chain::None,
            key_matches: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
}

impl Validity {
    /// Whole days until it ends; negative when it has ended.
    pub fn days_left(&self, now: OffsetDateTime) -> i64 {
        expiry::days_left(self.not_after, now)
    }
}

/// The environment an issuer works for, by `assets/issuers.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuedFor {
    Test,
    Prod,
    Unknown,
}

/// What the key usage says the certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    Authentication,
    Signing,
    Encryption,
    Seal,
    Other,
}

impl Purpose {
    /// What it is called.
    pub fn name(self, texts: &Texts) -> String {
        texts.get(match self {
            Purpose::Authentication => "certificate-purpose-authentication",
            Purpose::Signing => "certificate-purpose-signing",
            Purpose::Encryption => "certificate-purpose-encryption",
            Purpose::Seal => "certificate-purpose-seal",
            Purpose::Other => "certificate-purpose-other",
        })
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyType {
    Rsa {
        bits: usize,
    },
    /// Another kind, by its name: `EC P-256`.
    Other(String),
}

/// The QcType statement (ETSI EN 319 412-5 §4.2.3), or what policies and subject amount to where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MadeFor {
    ESeal,
    ESignature,
    Website,
    Unspecified,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chain {
    /// Up to a root, or to the last certificate below one.
    Complete,
    Incomplete,
    /// The leaf alone.
    None,
}

/// What a certificate is judged against.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    pub kind: Option<Kind>,
    pub rules: Rules,
    /// As the profile has it: nine digits, or an `organizationIdentifier`.
    pub organisation: Option<String>,
    pub authentication: Authentication,
    /// The user picked it against the choice of this program.
    pub overruled: bool,
    /// When the key on the client ends, where its day is known; it is not in the file.
    pub key_ends: Option<OffsetDateTime>,
    pub now: OffsetDateTime,
}

impl Expectation {
    /// What a profile's certificate is judged against, under those rules.
    pub fn of(profile: &Profile, rules: Rules, now: OffsetDateTime) -> Expectation {
        let organisation = profile.business.organisation.clone();
        // A supplier whose profile is the customer's has a certificate of its own, which no answer names.
        let for_another = profile.client.consumer_org.is_some() && profile.client.consumer_org == organisation;
        Expectation {
            kind: profile.business.kind,
            rules,
            organisation: organisation.filter(|_| !for_another),
            authentication: profile.authentication(),
            overruled: profile.certificate.pick.is_some(),
            key_ends: profile.client.key_registered.map(expiry::key_expiry),
            now,
        }
    }
}

/// Something to say about a certificate. Its words are the text `finding-<id>` and what to do is `finding-<id>.fix`.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub id: FindingId,
    pub severity: Severity,
    pub args: Args,
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Informs,
    Warns,
    Stops,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingId {
    Expired,
    NotYetValid,
    EndsSoon,
    PickBeyond,
    KeyEnded,
    KeyEndsSoon,
    NotRsa,
    RsaTooShort,
    ProductionCertificateInTest,
    TestCertificateInProduction,
    TestSeal,
    SigningCertificate,
    EncryptionCertificate,
    OrganisationDiffers,
    OrganisationMissing,
    PersonalCertificate,
    WebsiteCertificate,
    HardwareBound,
    ChainIncomplete,
    IssuerUnknown,
    KeyMismatch,
    KeyMissing,
    FileOpenToOthers,
    WrongPassword,
    PasswordNeeded,
    Damaged,
    Unsupported,
    /// There is no such file, or it may not be read. Not in a file that was read.
    FileMissing,
    /// It is something else than a certificate with its key: what it is instead is in the arguments.
    NotACertificate,
}

impl std::fmt::Display for KeyType {
    /// `RSA 3072`, `EC P-256`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            KeyType::Rsa { bits } => write!(f, "RSA {bits}"),
            KeyType::Other(name) => f.write_str(name),
        }
    }
}
