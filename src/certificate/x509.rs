//! X.509 certificates (RFC 5280, ETSI EN 319 412): x509-parser parses, this file interprets. Pure.

use sha1::Sha1;
use sha2::{Digest, Sha256};
use x509_parser::{
    der_parser::{self, asn1_rs::Oid},
    extensions::ParsedExtension,
    prelude::{FromDer, X509Certificate},
    public_key::PublicKey,
    x509::SubjectPublicKeyInfo,
};

use super::{IssuedFor, KeyType, MadeFor, Purpose, Validity, distinguished_name as name, issuers};
use crate::{profile::parse, text::visible};

/// QC statements (ETSI EN 319 412-5).
const QC_STATEMENTS: &str = "1.3.6.1.5.5.7.1.3";
const QC_COMPLIANCE: &str = "0.4.0.1862.1.1";
const QC_SSCD: &str = "0.4.0.1862.1.4";
const QC_TYPE: &str = "0.4.0.1862.1.6";

/// A parsed certificate.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    pub der: Vec<u8>,
    /// In hexadecimal, without leading zeros.
    pub serial_number: String,
    /// SHA-1 over the DER, in hexadecimal: what Windows and .NET call the thumbprint.
    pub sha1: String,
    /// SHA-256 over the DER, in hexadecimal.
    pub sha256: String,
    /// In the form of RFC 4514.
    pub subject: String,
    /// The issuer's common name, or its full distinguished name if it has none.
    pub issuer: String,
    /// `organizationIdentifier`, or `NTRNO-<serialNumber>` in the older Norwegian profile.
    pub organisation: Option<String>,
    pub environment: IssuedFor,
    pub purpose: Purpose,
    pub made_for: MadeFor,
    pub qualified: bool,
    pub hardware: bool,
    pub key: KeyType,
    pub validity: Validity,
    /// `basicConstraints` says that it is a certificate authority.
    pub authority: bool,
    /// The content of `subjectPublicKey`.
    pub public_key: Vec<u8>,
    pub subject_name: Vec<u8>,
    pub issuer_name: Vec<u8>,
    pub subject_key: Option<Vec<u8>>,
    pub authority_key: Option<Vec<u8>>,
}

/// Values of the extensions, before they are interpreted.
#[derive(Default)]
struct UsageBits {
    digital_signature: bool,
    non_repudiation: bool,
    encipherment: bool,
    authority: bool,
    server: bool,
    policies: Vec<String>,
    statements: Vec<String>,
    types: Vec<String>,
    subject_key: Option<Vec<u8>>,
    authority_key: Option<Vec<u8>>,
}

impl Certificate {
    /// Parses DER. Bytes after the certificate are ignored. `None` if it is not a certificate.
    pub fn from_der(der: &[u8]) -> Option<Certificate> {
        let (rest, parsed) = X509Certificate::from_der(der).ok()?;
        let usage = UsageBits::of(&parsed);
        let subject = parsed.subject();
        let environment = usage.environment();
        let norwegian = environment != IssuedFor::Unknown || usage.has_policy(&["2.16.578.1.26.", "2.16.578.1.29."]);
        let country = name::attribute_value(subject, name::COUNTRY);
        let organisation = name::attribute_value(subject, name::ORGANISATION_IDENTIFIER).or_else(|| {
            let number = name::attribute_value(subject, name::SERIAL_NUMBER)?;
            let fits = number.len() == 9 && parse::organisation_number(&number).is_ok();
            (fits && (norwegian || country.as_deref() == Some("NO"))).then(|| format!("NTRNO-{number}"))
        });
        let person =
            name::attribute_value(subject, name::SURNAME).or_else(|| name::attribute_value(subject, name::GIVEN_NAME));
        let made_for = usage.made_for(person.is_some());
        let der = &der[..der.len() - rest.len()];
        Some(Certificate {
            der: der.to_vec(),
            serial_number: serial_number(parsed.raw_serial()),
            sha1: to_hex(&Sha1::digest(der)),
            sha256: to_hex(&Sha256::digest(der)),
            subject: visible(&name::to_rfc4514(subject)),
            issuer: visible(
                &name::attribute_value(parsed.issuer(), name::COMMON_NAME)
                    .unwrap_or_else(|| name::to_rfc4514(parsed.issuer())),
            ),
            // Blanks around a name do not count (X.520 §6.1, caseIgnoreMatch).
            organisation: organisation.map(|organisation| visible(organisation.trim())),
            environment,
            purpose: usage.purpose(norwegian, made_for),
            made_for,
            qualified: usage.qualified(),
            hardware: usage.statements.iter().any(|oid| oid == QC_SSCD)
                || usage.has_policy(&["0.4.0.194112.1.2", "0.4.0.194112.1.3"]),
            key: key_type(parsed.public_key()),
            validity: Validity {
                not_before: parsed.validity().not_before.to_datetime(),
                not_after: parsed.validity().not_after.to_datetime(),
            },
            authority: usage.authority,
            public_key: parsed.public_key().subject_public_key.data.to_vec(),
            subject_name: subject.as_raw().to_vec(),
            issuer_name: parsed.issuer().as_raw().to_vec(),
            subject_key: usage.subject_key,
            authority_key: usage.authority_key,
        })
    }

    /// Returns true if `other` is named as this certificate's issuer. Signatures are not verified: Maskinporten does
    /// that.
    pub fn issued_by(&self, other: &Certificate) -> bool {
        let keys_agree = match (&self.authority_key, &other.subject_key) {
            (Some(named), Some(actual)) => named == actual,
            _ => true,
        };
        self.issuer_name == other.subject_name && keys_agree
    }

    /// Returns true if the certificate names itself as its issuer, as a root does.
    pub fn self_issued(&self) -> bool {
        self.issued_by(self)
    }
}

/// Returns a serial number in hexadecimal. DER prefixes a zero byte if the first bit is set.
fn serial_number(raw: &[u8]) -> String {
    let zeros = raw.iter().take_while(|byte| **byte == 0).count();
    to_hex(&raw[zeros.min(raw.len().saturating_sub(1))..])
}

/// Returns bytes in upper-case hexadecimal without separators, as Windows and `openssl x509 -serial` write them.
fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

impl UsageBits {
    /// Collects the values from a certificate's extensions. Malformed QC statements are ignored.
    fn of(parsed: &X509Certificate<'_>) -> UsageBits {
        let mut bits = UsageBits::default();
        for extension in parsed.extensions() {
            match extension.parsed_extension() {
                ParsedExtension::KeyUsage(usage) => {
                    bits.digital_signature = usage.digital_signature();
                    bits.non_repudiation = usage.non_repudiation();
                    bits.encipherment = usage.key_encipherment() || usage.data_encipherment() || usage.key_agreement();
                }
                ParsedExtension::BasicConstraints(constraints) => bits.authority = constraints.ca,
                ParsedExtension::ExtendedKeyUsage(usage) => bits.server = usage.server_auth && !usage.client_auth,
                ParsedExtension::CertificatePolicies(policies) => {
                    bits.policies = policies.iter().map(|policy| policy.policy_id.to_id_string()).collect();
                }
                ParsedExtension::SubjectKeyIdentifier(key) => bits.subject_key = Some(key.0.to_vec()),
                ParsedExtension::AuthorityKeyIdentifier(key) => {
                    bits.authority_key = key.key_identifier.as_ref().map(|key| key.0.to_vec());
                }
                _ if extension.oid.to_id_string() == QC_STATEMENTS => {
                    let _ = bits.read_statements(extension.value);
                }
                _ => {}
            }
        }
        bits
    }

    /// Reads the QC statements, `SEQUENCE OF SEQUENCE { statementId, statementInfo OPTIONAL }` (RFC 3739 §3.2.6).
    fn read_statements(&mut self, value: &[u8]) -> Option<()> {
        let (_, statements) = der_parser::parse_der(value).ok()?;
        for statement in statements.as_sequence().ok()? {
            let parts = statement.as_sequence().ok()?;
            let id = parts.first()?.as_oid().ok().map(Oid::to_id_string)?;
            if id == QC_TYPE {
                for kind in parts.get(1)?.as_sequence().ok()? {
                    self.types.push(kind.as_oid().ok().map(Oid::to_id_string)?);
                }
            }
            self.statements.push(id);
        }
        Some(())
    }

    /// Returns true if one of the policies is wanted. A wanted OID that ends in a dot is a prefix.
    fn has_policy(&self, wanted: &[&str]) -> bool {
        self.policies.iter().any(|policy| {
            wanted.iter().any(|wanted| {
                if wanted.ends_with('.') {
                    policy.starts_with(wanted)
                } else {
                    policy == wanted
                }
            })
        })
    }

    fn environment(&self) -> IssuedFor {
        let by_key = self
            .authority_key
            .as_deref()
            .map_or(IssuedFor::Unknown, issuers::environment);
        match by_key {
            // Commfides has separate policy OIDs for test; Buypass does not.
            IssuedFor::Unknown if self.has_policy(&["2.16.578.1.29.913."]) => IssuedFor::Test,
            known => known,
        }
    }

    fn qualified(&self) -> bool {
        let policies = ["0", "1", "2", "3", "4"].map(|last| format!("0.4.0.194112.1.{last}"));
        self.statements.iter().any(|oid| oid == QC_COMPLIANCE)
            || self.policies.iter().any(|policy| policies.contains(policy))
    }

    /// Returns the type by the QcType statement or, without one, by policies and subject.
    fn made_for(&self, person: bool) -> MadeFor {
        match self.types.first().and_then(|oid| oid.strip_prefix("0.4.0.1862.1.6.")) {
            Some("1") => MadeFor::ESignature,
            Some("2") => MadeFor::ESeal,
            Some("3") => MadeFor::Website,
            _ if person || self.has_policy(&["0.4.0.194112.1.0", "0.4.0.194112.1.2"]) => MadeFor::ESignature,
            _ if self.has_policy(&["0.4.0.194112.1.1", "0.4.0.194112.1.3"]) => MadeFor::ESeal,
            _ if self.server || self.has_policy(&["0.4.0.194112.1.4", "2.23.140.1."]) => MadeFor::Website,
            _ => MadeFor::Unspecified,
        }
    }

    /// Returns the purpose by key usage. An eSeal with `nonRepudiation` is still right for a foreign business, while
    /// the Norwegian authorities set `nonRepudiation` on the signing certificate of their three.
    fn purpose(&self, norwegian: bool, made_for: MadeFor) -> Purpose {
        if made_for == MadeFor::ESeal && !norwegian && (self.digital_signature || self.non_repudiation) {
            Purpose::Seal
        } else if self.digital_signature {
            Purpose::Authentication
        } else if self.non_repudiation {
            Purpose::Signing
        } else if self.encipherment {
            Purpose::Encryption
        } else {
            Purpose::Other
        }
    }
}

fn key_type(info: &SubjectPublicKeyInfo<'_>) -> KeyType {
    let oid = info.algorithm.algorithm.to_id_string();
    if oid == "1.2.840.113549.1.1.1"
        && let Ok(PublicKey::RSA(key)) = info.parsed()
    {
        return KeyType::Rsa {
            bits: bit_length(key.modulus),
        };
    }
    let curve = info.algorithm.parameters.as_ref().and_then(|any| any.as_oid().ok());
    KeyType::Other(key_name(&oid, curve.map(|oid| oid.to_id_string()).as_deref()))
}

/// Returns the bit length of a big-endian number.
pub fn bit_length(number: &[u8]) -> usize {
    let digits = &number[number.iter().take_while(|digit| **digit == 0).count()..];
    digits
        .first()
        .map_or(0, |first| digits.len() * 8 - first.leading_zeros() as usize)
}

/// Returns the common name of a key's algorithm.
pub fn key_name(oid: &str, curve: Option<&str>) -> String {
    let name = match (oid, curve) {
        ("1.2.840.10045.2.1", Some("1.2.840.10045.3.1.7")) => "EC P-256",
        ("1.2.840.10045.2.1", Some("1.3.132.0.34")) => "EC P-384",
        ("1.2.840.10045.2.1", Some("1.3.132.0.35")) => "EC P-521",
        ("1.2.840.10045.2.1", _) => "EC",
        ("1.3.101.112", _) => "Ed25519",
        ("1.3.101.113", _) => "Ed448",
        ("1.2.840.10040.4.1", _) => "DSA",
        ("1.2.840.113549.1.1.10", _) => "RSA-PSS",
        ("1.2.840.113549.1.1.1", _) => "RSA",
        ("1.2.840.113549.1.3.1" | "1.2.840.10046.2.1", _) => "DH",
        ("1.3.101.110", _) => "X25519",
        ("1.3.101.111", _) => "X448",
        ("2.16.840.1.101.3.4.3.17" | "2.16.840.1.101.3.4.3.18" | "2.16.840.1.101.3.4.3.19", _) => "ML-DSA",
        ("2.16.840.1.101.3.4.4.1" | "2.16.840.1.101.3.4.4.2" | "2.16.840.1.101.3.4.4.3", _) => "ML-KEM",
        (other, _) => return format!("OID {other}"),
    };
    name.to_owned()
}
