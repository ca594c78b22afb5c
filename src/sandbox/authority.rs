//! Who vouches for a certificate: the demonstration's authorities, and the chain up to one of them. Pure.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Certificate};

use crate::journey::Rules;

/// organizationIdentifier, X.520 §6.4.4.
const ORGANISATION_IDENTIFIER: &str = "2.5.4.97";
/// QCStatements, RFC 3739 §3.2.6, and the statement QcCompliance in it, ETSI EN 319 412-5 §4.2.1, in DER.
const QC_STATEMENTS: &str = "1.3.6.1.5.5.7.1.3";
const QC_COMPLIANCE: &[u8] = &[0x06, 0x06, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x01];

/// A certificate authority that the sandbox's Maskinporten knows.
#[derive(Debug, Clone)]
pub struct Authority {
    pub role: Role,
    /// The authority's own certificate in DER.
    pub certificate: Vec<u8>,
}

/// What an authority issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Norwegian business certificates, for one environment.
    Business(Rules),
    /// Seals: trusted as if on the EU trusted lists.
    Seal,
}

/// Whether one certificate bears the other's signature. Only RSA with SHA-256, which is what the demonstration has.
fn is_issued_by(certificate: &X509Certificate<'_>, issuer: &X509Certificate<'_>) -> bool {
    certificate.issuer().as_raw() == issuer.subject().as_raw()
        && issuer.is_ca()
        && UnparsedPublicKey::new(
            &RSA_PKCS1_2048_8192_SHA256,
            &issuer.public_key().subject_public_key.data,
        )
        .verify(certificate.tbs_certificate.as_ref(), &certificate.signature_value.data)
        .is_ok()
}

/// The role of the authority that issued it, if it is one of those.
pub fn role_of_issuer(authorities: &[Authority], certificate: &X509Certificate<'_>) -> Option<Role> {
    authorities.iter().find_map(|authority| {
        let (_, issuer) = X509Certificate::from_der(&authority.certificate).ok()?;
        is_issued_by(certificate, &issuer).then_some(authority.role)
    })
}

/// Whether a seal came with its whole chain: each certificate issued by the next, the last one by an authority for
/// seals or itself that authority. The leaf alone never is: Maskinporten does not fetch what is missing.
pub fn is_whole_chain(authorities: &[Authority], chain: &[X509Certificate<'_>]) -> bool {
    let (Some(last), true) = (chain.last(), chain.len() > 1) else {
        return false;
    };
    chain.windows(2).all(|pair| is_issued_by(&pair[0], &pair[1]))
        && role_of_issuer(authorities, last) == Some(Role::Seal)
}

/// The subject's `organizationIdentifier`.
pub fn organisation<'a>(certificate: &'a X509Certificate<'_>) -> Option<&'a str> {
    let mut attributes = certificate.subject().iter_attributes();
    let attribute = attributes.find(|attribute| attribute.attr_type().to_id_string() == ORGANISATION_IDENTIFIER)?;
    attribute.as_str().ok()
}

/// Whether the issuer says that it is qualified.
pub fn is_qualified(certificate: &X509Certificate<'_>) -> bool {
    certificate
        .extensions()
        .iter()
        .filter(|extension| extension.oid.to_id_string() == QC_STATEMENTS)
        .any(|extension| {
            extension
                .value
                .windows(QC_COMPLIANCE.len())
                .any(|part| part == QC_COMPLIANCE)
        })
}

/// Whether it is for authentication: the key usage has digitalSignature.
pub fn is_for_authentication(certificate: &X509Certificate<'_>) -> bool {
    let usage = certificate.key_usage().ok().flatten();
    usage.is_some_and(|usage| usage.value.digital_signature())
}

/// Whether it is within its dates.
pub fn is_valid_at(certificate: &X509Certificate<'_>, now: OffsetDateTime) -> bool {
    let validity = certificate.validity();
    validity.not_before.timestamp() <= now.unix_timestamp() && now.unix_timestamp() <= validity.not_after.timestamp()
}
