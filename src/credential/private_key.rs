//! Private keys in PKCS#8, PKCS#1 and SEC 1, converted to PKCS#8.

use std::sync::Arc;

use aws_lc_rs::rsa::KeyPair;
use pkcs8::PrivateKeyInfoRef;
use zeroize::Zeroizing;

use super::{
    ber::{BIT_STRING, INTEGER, NULL, OCTET_STRING, OID, Reader, SEQUENCE, push},
    error::FileError,
};
use crate::{
    certificate::{
        KeyType,
        x509::{self, Certificate},
    },
    text::visible,
};

/// The RSA key lengths that aws-lc signs with.
const SIGNING_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_ENCODED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
const EC: &str = "1.2.840.10045.2.1";
/// `[1]`, constructed: the public key in SEC 1.
const CONTEXT_1: u8 = 0xa1;

/// A private key and its public half.
#[derive(Clone)]
pub struct PrivateKey {
    /// `PrivateKeyInfo` in DER, without attributes for RSA; empty for a key that is read for its name only.
    pub pkcs8: Zeroizing<Vec<u8>>,
    pub kind: KeyType,
    /// The key to sign with, if it is RSA of a length that can be used. Parsing it takes longer than a signature.
    pub signing_key: Option<Arc<KeyPair>>,
    /// The content of `subjectPublicKey` in a certificate for this key, if known.
    pub public: Option<Vec<u8>>,
    /// The `kid` of a JWK.
    pub kid: Option<String>,
    /// The name of the entry in a PKCS#12.
    pub alias: Option<String>,
    /// A JWK states that it is for encryption, not for signatures.
    pub is_for_encryption: bool,
    /// The file only claims that it has this key: it was not decrypted.
    pub is_claimed: bool,
}

impl PrivateKey {
    /// Parses PKCS#8 `PrivateKeyInfo` (RFC 5208) in DER.
    pub fn from_pkcs8(der: &[u8]) -> Result<PrivateKey, FileError> {
        let info = PrivateKeyInfoRef::try_from(der).map_err(|_| FileError::Damaged)?;
        let oid = info.algorithm.oid.to_string();
        let inner = info.private_key.as_bytes();
        if oid == RSA {
            return PrivateKey::from_pkcs1(inner);
        }
        let curve = info.algorithm.parameters_oid().ok().map(|curve| curve.to_string());
        Ok(PrivateKey {
            pkcs8: Zeroizing::new(der.to_vec()),
            public: (oid == EC).then(|| sec1_public(inner)).flatten(),
            ..PrivateKey::of_kind(KeyType::Other(x509::key_name(&oid, curve.as_deref())))
        })
    }

    /// Parses PKCS#1 `RSAPrivateKey` (RFC 8017 §A.1.2) in DER. Inconsistent numbers make it damaged.
    pub fn from_pkcs1(der: &[u8]) -> Result<PrivateKey, FileError> {
        // Version 1 has more than two primes (RFC 8017 §A.1.2).
        if Reader::new(der).enter(SEQUENCE).and_then(|mut key| key.number()) == Some(1) {
            return Err(FileError::ManyPrimes);
        }
        let (n, e) = rsa_public(der).ok_or(FileError::Damaged)?;
        let bits = x509::bit_length(n);
        if bits > *SIGNING_BITS.end() {
            return Err(FileError::Unsupported(format!("RSA {bits}")));
        }
        let signing_key = match SIGNING_BITS.contains(&bits) {
            true => Some(Arc::new(KeyPair::from_der(der).map_err(|_| FileError::Damaged)?)),
            false => None,
        };
        Ok(PrivateKey {
            pkcs8: wrap(der),
            signing_key,
            public: Some(public_key(n, e)),
            ..PrivateKey::of_kind(KeyType::Rsa { bits })
        })
    }

    /// Parses SEC 1 `ECPrivateKey` (RFC 5915) for its curve's name only: Maskinporten does not take it.
    pub fn from_sec1(der: &[u8]) -> Result<PrivateKey, FileError> {
        let mut inner = Reader::new(der).enter(SEQUENCE).ok_or(FileError::Damaged)?;
        let curve = (|| {
            inner.number()?;
            inner.read(OCTET_STRING)?;
            inner.enter(super::ber::CONTEXT_0)?.oid()
        })();
        Ok(PrivateKey {
            public: sec1_public(der),
            ..PrivateKey::of_kind(KeyType::Other(x509::key_name(EC, curve.as_deref())))
        })
    }

    /// Creates a key of an algorithm that is read for its name only.
    pub fn other(name: &str, kid: Option<String>) -> PrivateKey {
        PrivateKey {
            kid,
            ..PrivateKey::of_kind(KeyType::Other(visible(name)))
        }
    }

    /// Creates the key that a file claims to be that of a certificate.
    pub fn claimed(certificate: &Certificate) -> PrivateKey {
        PrivateKey {
            public: Some(certificate.public_key.clone()),
            is_claimed: true,
            ..PrivateKey::of_kind(certificate.key.clone())
        }
    }

    /// Creates a key of which only the kind is known.
    fn of_kind(kind: KeyType) -> PrivateKey {
        PrivateKey {
            pkcs8: Zeroizing::default(),
            kind,
            signing_key: None,
            public: None,
            kid: None,
            alias: None,
            is_for_encryption: false,
            is_claimed: false,
        }
    }
}

/// Returns true if a key in PKCS#8 is RSA and has the public key of a certificate. Its other numbers are not validated.
pub fn is_key_of(pkcs8: &[u8], certificate: &Certificate) -> bool {
    PrivateKeyInfoRef::try_from(pkcs8).is_ok_and(|info| {
        let public = rsa_public(info.private_key.as_bytes()).map(|(n, e)| public_key(n, e));
        info.algorithm.oid.to_string() == RSA && public.as_ref() == Some(&certificate.public_key)
    })
}

/// Returns an `RSAPublicKey` (RFC 8017 §A.1.1) in DER.
fn public_key(n: &[u8], e: &[u8]) -> Vec<u8> {
    let mut public = Vec::new();
    let mut numbers = Vec::new();
    push(&mut numbers, INTEGER, n);
    push(&mut numbers, INTEGER, e);
    push(&mut public, SEQUENCE, &numbers);
    public
}

/// Returns modulus and exponent as DER INTEGER contents.
fn rsa_public(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut inner = Reader::new(der).enter(SEQUENCE)?;
    if inner.number()? != 0 {
        return None;
    }
    Some((inner.read(INTEGER)?, inner.read(INTEGER)?))
}

/// Returns the public key of an `ECPrivateKey`, if present.
fn sec1_public(der: &[u8]) -> Option<Vec<u8>> {
    let mut inner = Reader::new(der).enter(SEQUENCE)?;
    inner.number()?;
    inner.read(OCTET_STRING)?;
    let _ = inner.optional(super::ber::CONTEXT_0);
    let bits = inner.enter(CONTEXT_1)?.read(BIT_STRING)?;
    Some(bits.split_first()?.1.to_vec())
}

/// Wraps PKCS#1 in PKCS#8.
fn wrap(pkcs1: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut algorithm = Vec::new();
    push(&mut algorithm, OID, RSA_ENCODED);
    push(&mut algorithm, NULL, &[]);
    let mut inner = Zeroizing::new(Vec::with_capacity(pkcs1.len() + 64));
    push(&mut inner, INTEGER, &[0]);
    push(&mut inner, SEQUENCE, &algorithm);
    push(&mut inner, OCTET_STRING, pkcs1);
    let mut whole = Zeroizing::new(Vec::with_capacity(inner.len() + 16));
    push(&mut whole, SEQUENCE, &inner);
    whole
}
