//! Certificates: their facts, and an evaluation against the profile. Pure: bytes and dates in, facts and findings out.
//!
//! [`x509`] parses one certificate, [`chain`] orders its issuers, [`rank`] orders several by suitability,
//! [`evaluate()`] returns findings, and [`finding`] has their texts. Files and keys are in
//! [`credential`](crate::credential).

pub mod chain;
mod distinguished_name;
mod evaluate;
pub mod finding;
pub mod issuers;
pub mod rank;
pub mod x509;

pub use chain::ChainIssuer;
pub use evaluate::evaluate;

use serde::Serialize;
use time::OffsetDateTime;

use crate::{
    journey::Rules,
    profile::{Authentication, Kind, Profile, expiry},
    text::{Args, Texts},
};

/// Facts about the certificate file of a profile. They contain no secret, and every string from the file has passed
/// through [`visible`](crate::text::visible).
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// The file's name, without its folder.
    pub file: String,
    pub format: Format,
    /// The certificate (or bare key) that will be used.
    pub chosen: Option<Chosen>,
    /// The other certificates of the file that could be used.
    pub others: Vec<Other>,
}

/// A certificate that could be used instead of the chosen one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Other {
    pub purpose: Purpose,
    /// The number to pick it by: 1 is the most suitable of all.
    pub number: u16,
}

/// The detected format of a file.
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

/// The certificate, or bare key, that will be used.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// The subject in the form of RFC 4514; empty for a bare key.
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
    /// The key is bound to hardware (QcSSCD), and normally in no file.
    pub hardware: bool,
    pub chain: Chain,
    /// The certificates above it in the chain, its own issuer first.
    pub issuers: Vec<ChainIssuer>,
    /// It names itself as its issuer.
    pub self_signed: bool,
    /// The private key belongs to the certificate; `None` if one of the two is missing.
    pub key_matches: Option<bool>,
    /// Absent for a bare key.
    pub identifiers: Option<Identifiers>,
    /// The name of the entry in a PKCS#12 (`friendlyName`, RFC 2985 §5.5.1), Java's alias.
    pub alias: Option<String>,
}

/// Identifiers of a certificate that the settings of other clients ask for, in upper-case hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifiers {
    pub serial_number: String,
    /// The SHA-1 thumbprint.
    pub sha1: String,
    /// The SHA-256 thumbprint.
    pub sha256: String,
}

impl Chosen {
    /// Collects the facts of a certificate, with its issuers in order, the completeness of this chain and the match of its key.
    pub fn certificate(
        certificate: &x509::Certificate,
        issuers: &[&x509::Certificate],
        chain: Chain,
        key_matches: Option<bool>,
    ) -> Chosen {
        let below = std::iter::once(&certificate).chain(issuers);
        let issuers = below.zip(issuers).map(|(below, issuer)| ChainIssuer {
            name: below.issuer.clone(),
            issuer: issuer.issuer.clone(),
            validity: issuer.validity,
        });
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
            issuers: issuers.collect(),
            self_signed: certificate.self_issued(),
            key_matches,
            identifiers: Some(Identifiers {
                serial_number: certificate.serial_number.clone(),
                sha1: certificate.sha1.clone(),
                sha256: certificate.sha256.clone(),
            }),
            alias: None,
        }
    }

    /// Collects the facts of a key without a certificate.
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
            issuers: Vec::new(),
            self_signed: false,
            key_matches: None,
            identifiers: None,
            alias: None,
        }
    }
}

/// The period of validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
}

impl Validity {
    /// Returns the whole days until expiry, negative after it.
    pub fn days_left(&self, now: OffsetDateTime) -> i64 {
        expiry::days_left(self.not_after, now)
    }
}

/// The environment that an authority issues for, by `assets/issuers.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssuedFor {
    Test,
    Prod,
    Unknown,
}

/// The purpose of a certificate by its key usage (RFC 5280 §4.2.1.3).
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
    /// Returns the name of the purpose in the language of `texts`.
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

/// The algorithm of a key, with its length for RSA.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyType {
    Rsa {
        bits: usize,
    },
    /// Another algorithm by its name: `EC P-256`. Maskinporten takes RSA only.
    Other(String),
}

/// The type by the QcType statement (ETSI EN 319 412-5 §4.2.3), or by policies and subject without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MadeFor {
    ESeal,
    ESignature,
    Website,
    Unspecified,
}

/// The completeness of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chain {
    /// It reaches a root, or the last certificate below one.
    Complete,
    Incomplete,
    /// Only the leaf.
    None,
}

/// The service that a certificate is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Target {
    /// Maskinporten: the environments `test` and `prod`.
    Maskinporten,
    /// The sandbox, or an environment of the user's own, which may be a sandbox on another port.
    OwnService,
    /// No environment is named.
    #[default]
    Unknown,
}

impl Target {
    /// Returns the target of an environment.
    pub fn of(environment: &str) -> Target {
        match environment {
            "test" | "prod" => Target::Maskinporten,
            "" => Target::Unknown,
            _ => Target::OwnService,
        }
    }
}

/// The requirements that a certificate is evaluated against.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    pub kind: Option<Kind>,
    pub rules: Rules,
    pub target: Target,
    /// Nine digits or an `organizationIdentifier`, as in the profile.
    pub organisation: Option<String>,
    /// The organisation that a supplier acts for.
    pub consumer_org: Option<String>,
    pub authentication: Authentication,
    /// The user picked another certificate than the ranking did.
    pub overruled: bool,
    /// The expiry of the key registered on the client, if known. The file does not have it.
    pub key_ends: Option<OffsetDateTime>,
    pub now: OffsetDateTime,
}

impl Expectation {
    /// Returns the requirements of a profile in an environment with those rules.
    pub fn of(profile: &Profile, rules: Rules, now: OffsetDateTime) -> Expectation {
        let organisation = profile.business.organisation.clone();
        // A supplier that acts for the organisation of the profile has a certificate of its own, which no answer names.
        let for_another = profile.client.consumer_org.is_some() && profile.client.consumer_org == organisation;
        Expectation {
            kind: profile.business.kind,
            rules,
            target: Target::of(&profile.environment),
            organisation: organisation.filter(|_| !for_another),
            consumer_org: profile.client.consumer_org.clone(),
            authentication: profile.authentication(),
            overruled: profile.certificate.pick.is_some(),
            key_ends: profile.client.key_registered.map(expiry::key_expiry),
            now,
        }
    }
}

/// A finding about a certificate. Its text is `finding-<id>`, the remedy `finding-<id>.fix`.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    pub id: FindingId,
    pub severity: Severity,
    pub args: Args,
}

/// The severity of a finding, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    Informs,
    Warns,
    Stops,
}

/// The kind of a finding.
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
    /// A certificate of klarert's sandbox, in another environment.
    SandboxCertificate,
    /// A Norwegian business certificate, of a foreign business.
    NorwegianCertificate,
    /// A foreign organisation's certificate, of a Norwegian business.
    ForeignCertificate,
    SigningCertificate,
    EncryptionCertificate,
    OrganisationDiffers,
    OrganisationMissing,
    PersonalCertificate,
    WebsiteCertificate,
    HardwareBound,
    ChainIncomplete,
    /// An issuer's certificate has expired, or is not valid yet.
    IssuerNotValid,
    IssuerUnknown,
    SelfSigned,
    KeyMismatch,
    KeyMissing,
    FileOpenToOthers,
    WrongPassword,
    PasswordNeeded,
    /// The password opens the file, but not the key in it.
    KeyPasswordNeeded,
    Damaged,
    Unsupported,
    /// A part of a file could not be read, and the rest is enough.
    BlockUnreadable,
    /// A key has a password of its own, and another key was used.
    KeyLocked,
    /// The `kid` of the profile is not that of a key in the file.
    KidDiffers,
    /// The MAC of a PKCS#12 has an algorithm without support, so it was not verified.
    MacNotVerified,
    /// The password opened the file without the blanks around it.
    PasswordTrimmed,
    /// The file does not exist or may not be read. It never occurs for a file that was read.
    FileMissing,
    /// The file is something else than a certificate with its key. The arguments name what it is.
    NotACertificate,
    /// Another file of the same folder can be used instead.
    FileOffered,
    /// Another certificate of the same file can be used instead of the one that the user picked.
    PickOffered,
}

impl std::fmt::Display for KeyType {
    /// Writes `RSA 3072` or `EC P-256`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            KeyType::Rsa { bits } => write!(f, "RSA {bits}"),
            KeyType::Other(name) => f.write_str(name),
        }
    }
}
