//! The certificates of a file without regard to keys, as for a file with root certificates.

use super::{
    error::FileError,
    format::{self, Other},
};
use crate::certificate::x509;

/// The certificates of a file, and what else it is.
#[derive(Debug, Default)]
pub struct CertificateList {
    pub certificates: Vec<ListedCertificate>,
    /// Parts that could not be read.
    pub unreadable: usize,
    /// It is encrypted.
    pub locked: bool,
    pub has_key: bool,
    /// The id of what it is instead.
    pub other: Option<&'static str>,
}

/// A certificate of a list.
#[derive(Debug)]
pub struct ListedCertificate {
    pub der: Vec<u8>,
    /// It may issue others: an authority, or one without an issuer above it.
    pub authority: bool,
}

/// Reads the certificates of a file in any format. Only the empty password is tried.
pub fn certificates_in(bytes: &[u8]) -> CertificateList {
    let content = format::read(bytes, None, None);
    let passwords = [FileError::Locked, FileError::WrongPassword, FileError::OwnPassword];
    let locked = |fault: &&format::Fault| passwords.contains(&fault.error);
    let authority = |certificate: &x509::Certificate| certificate.authority || certificate.self_issued();
    CertificateList {
        unreadable: content.faults.iter().filter(|fault| !locked(fault)).count(),
        locked: content.faults.iter().any(|fault| locked(&fault)),
        has_key: !content.keys.is_empty(),
        other: content.other.map(Other::id),
        certificates: content
            .certificates
            .into_iter()
            .map(|certificate| ListedCertificate {
                authority: authority(&certificate),
                der: certificate.der,
            })
            .collect(),
    }
}
