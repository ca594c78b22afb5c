//! Certificate checks of the sandbox's Maskinporten: issuing authority, chain, validity, and the attributes it reads.
//! Pure.

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use time::OffsetDateTime;
use x509_parser::{
    oid_registry::Oid,
    prelude::{FromDer, X509Certificate},
};

use crate::journey::Rules;

/// organizationIdentifier, X.520 §6.4.4.
pub const ORGANISATION_IDENTIFIER: &[u64] = &[2, 5, 4, 97];
/// QCStatements, RFC 3739 §3.2.6.
pub const QC_STATEMENTS: &[u64] = &[1, 3, 6, 1, 5, 5, 7, 1, 3];
/// The statement QcCompliance, ETSI EN 319 412-5 §4.2.1, in DER.
const QC_COMPLIANCE: &[u8] = &[0x06, 0x06, 0x04, 0x00, 0x8e, 0x46, 0x01, 0x01];

/// A certificate authority that the sandbox's Maskinporten trusts.
#[derive(Debug, Clone)]
pub struct Authority {
    pub role: Role,
    /// The authority's own certificate in DER.
    pub certificate: Vec<u8>,
}

/// The kind of certificates that an authority issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Norwegian business certificates, for one environment.
    Business(Rules),
    /// European eSeals: trusted as if on the EU trusted lists.
    Seal,
}

/// Returns true if `issuer` signed the certificate. Only RSA with SHA-256, which is all that the demonstration uses.
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

/// Returns the role of the authority that issued the certificate. `None` if none of them did.
pub fn role_of_issuer(authorities: &[Authority], certificate: &X509Certificate<'_>) -> Option<Role> {
    authorities.iter().find_map(|authority| {
        let (_, issuer) = X509Certificate::from_der(&authority.certificate).ok()?;
        is_issued_by(certificate, &issuer).then_some(authority.role)
    })
}

/// Returns true if an eSeal's chain is complete: each certificate is issued by the next, and the last one by an eSeal
/// authority. A leaf alone is never complete, because Maskinporten does not fetch missing certificates.
pub fn is_complete_seal_chain(authorities: &[Authority], chain: &[X509Certificate<'_>]) -> bool {
    let (Some(last), true) = (chain.last(), chain.len() > 1) else {
        return false;
    };
    chain.windows(2).all(|pair| is_issued_by(&pair[0], &pair[1]))
        && role_of_issuer(authorities, last) == Some(Role::Seal)
}

fn is_oid(oid: &Oid<'_>, arcs: &[u64]) -> bool {
    oid.iter().is_some_and(|found| found.eq(arcs.iter().copied()))
}

/// Returns the subject's `organizationIdentifier`.
pub fn organisation<'a>(certificate: &'a X509Certificate<'_>) -> Option<&'a str> {
    let mut attributes = certificate.subject().iter_attributes();
    let attribute = attributes.find(|attribute| is_oid(attribute.attr_type(), ORGANISATION_IDENTIFIER))?;
    attribute.as_str().ok()
}

/// Returns true if the issuer declares the certificate qualified.
pub fn is_qualified(certificate: &X509Certificate<'_>) -> bool {
    certificate
        .extensions()
        .iter()
        .filter(|extension| is_oid(&extension.oid, QC_STATEMENTS))
        .any(|extension| {
            extension
                .value
                .windows(QC_COMPLIANCE.len())
                .any(|part| part == QC_COMPLIANCE)
        })
}

/// Returns true if the certificate is for authentication: its key usage has digitalSignature.
pub fn is_for_authentication(certificate: &X509Certificate<'_>) -> bool {
    let usage = certificate.key_usage().ok().flatten();
    usage.is_some_and(|usage| usage.value.digital_signature())
}

/// Returns true if `now` is within the certificate's validity.
pub fn is_valid_at(certificate: &X509Certificate<'_>, now: OffsetDateTime) -> bool {
    let validity = certificate.validity();
    validity.not_before.timestamp() <= now.unix_timestamp() && now.unix_timestamp() <= validity.not_after.timestamp()
}
