//! DER elements: detection of their structure, and the certificates of PKCS#7 and similar containers.

use crate::credential::ber::{BIT_STRING, CONTEXT_0, INTEGER, OCTET_STRING, OID, Reader, SEQUENCE, SET, push};

const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
/// `ContentInfo` types whose content is encrypted: enveloped, encrypted, and authenticated-enveloped data.
const ENCRYPTED_CONTENT: [&str; 3] = [
    "1.2.840.113549.1.7.3",
    "1.2.840.113549.1.7.6",
    "1.2.840.113549.1.9.16.1.23",
];
/// Netscape's certificate sequence, which older certificate servers send to browsers.
const NETSCAPE_SEQUENCE: &str = "2.16.840.1.113730.2.5";
/// UTCTime and GeneralizedTime.
const TIMES: [u8; 2] = [0x17, 0x18];

/// Octets of the shortest RSA public key, of 512 bits. Other sequences of two numbers are shorter.
const MIN_RSA_PUBLIC_KEY: usize = 72;

/// The structure of a DER element, by its first elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Certificate,
    /// A sequence of certificates (PkiPath, ITU-T X.509).
    Certificates,
    Crl,
    Csr,
    PublicKey,
    Pkcs8,
    EncryptedPkcs8,
    Pkcs1,
    Sec1,
    /// OpenSSL's form of a DSA key: a version and five numbers.
    Dsa,
    Pkcs7,
    EncryptedMessage,
    Other,
}

/// Returns the structure of a DER element.
pub fn shape(der: &[u8]) -> Shape {
    let Some(outer) = Reader::new(der).enter(SEQUENCE) else {
        return Shape::Other;
    };
    let mut tags = [0; 3];
    let mut elements = outer.clone();
    for tag in &mut tags {
        *tag = elements.any().map_or(0, |(tag, _)| tag);
    }
    match tags {
        [SEQUENCE, SEQUENCE, BIT_STRING] => signed(outer),
        [SEQUENCE, BIT_STRING, 0] => Shape::PublicKey,
        // RSAPublicKey: modulus and exponent.
        [INTEGER, INTEGER, 0] if der.len() >= MIN_RSA_PUBLIC_KEY => Shape::PublicKey,
        [SEQUENCE, OCTET_STRING, 0] => Shape::EncryptedPkcs8,
        [INTEGER, SEQUENCE, OCTET_STRING] => Shape::Pkcs8,
        [INTEGER, INTEGER, INTEGER] => match std::iter::from_fn(|| elements.any()).count() {
            3 => Shape::Dsa,
            _ => Shape::Pkcs1,
        },
        [INTEGER, OCTET_STRING, _] => Shape::Sec1,
        [OID, CONTEXT_0, 0] => content_info(outer),
        [SEQUENCE, _, _] => match sequence(outer.clone()).as_deref().map(shape) {
            Some(Shape::Certificate) => Shape::Certificates,
            _ => Shape::Other,
        },
        _ => Shape::Other,
    }
}

/// Tells certificates, requests and revocation lists apart, all of which are signed sequences.
fn signed(mut outer: Reader<'_>) -> Shape {
    let mut inner = outer.enter(SEQUENCE).unwrap_or_else(|| Reader::new(&[]));
    // A certificate begins with its version or its serial number and an algorithm, a request with a version and a name.
    // A revocation list has a time where a certificate has a sequence of two.
    match inner.any() {
        Some((CONTEXT_0, _)) => Shape::Certificate,
        Some((INTEGER, _)) => match inner.clone().enter(SEQUENCE).and_then(|mut next| next.any()) {
            Some((OID, _)) if inner.any().is_some() && has_name_and_time(inner) => Shape::Crl,
            Some((OID, _)) => Shape::Certificate,
            Some((SET, _)) | None => Shape::Csr,
            Some(_) => Shape::Other,
        },
        // The first version of revocation lists has no number.
        Some((SEQUENCE, _)) if has_name_and_time(inner.clone()) => Shape::Crl,
        _ => Shape::Other,
    }
}

fn has_name_and_time(mut reader: Reader<'_>) -> bool {
    reader.any().is_some() && reader.any().is_some_and(|(tag, _)| TIMES.contains(&tag))
}

fn content_info(mut outer: Reader<'_>) -> Shape {
    match outer.oid().as_deref() {
        Some(SIGNED_DATA | NETSCAPE_SEQUENCE) => Shape::Pkcs7,
        Some(oid) if ENCRYPTED_CONTENT.contains(&oid) => Shape::EncryptedMessage,
        _ => Shape::Other,
    }
}

/// Returns the certificates of a `.p7b`: a `SignedData` (RFC 5652 §5.1) without signatures.
pub fn pkcs7_certificates(der: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut outer = Reader::new(der).enter(SEQUENCE)?;
    let oid = outer.oid()?;
    let mut content = outer.enter(CONTEXT_0)?;
    if oid == NETSCAPE_SEQUENCE {
        return Some(sequences(content.enter(SEQUENCE)?));
    }
    if oid != SIGNED_DATA {
        return None;
    }
    let mut signed = content.enter(SEQUENCE)?;
    signed.number()?;
    signed.read(SET)?;
    signed.read(SEQUENCE)?;
    // The certificates are optional.
    Some(signed.enter(CONTEXT_0).map(sequences).unwrap_or_default())
}

/// Returns the certificates of a sequence of them.
pub fn certificate_sequence(der: &[u8]) -> Vec<Vec<u8>> {
    Reader::new(der).enter(SEQUENCE).map(sequences).unwrap_or_default()
}

/// Returns the sequences among the elements; certificates in older formats have another tag.
fn sequences(mut set: Reader<'_>) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    while let Some((tag, content)) = set.any() {
        if tag == SEQUENCE {
            found.push(encoded(content));
        }
    }
    found
}

/// Returns the next element, encoded, if it is a sequence.
fn sequence(mut reader: Reader<'_>) -> Option<Vec<u8>> {
    reader.read(SEQUENCE).map(encoded)
}

fn encoded(content: &[u8]) -> Vec<u8> {
    let mut der = Vec::with_capacity(content.len() + 8);
    push(&mut der, SEQUENCE, content);
    der
}
