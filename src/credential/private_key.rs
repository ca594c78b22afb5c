//! Private keys in PKCS#8, PKCS#1, SEC 1 and JWK, converted to PKCS#8.

use pkcs8::PrivateKeyInfoRef;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{
    ber::{BIT_STRING, INTEGER, NULL, OCTET_STRING, OID, Reader, SEQUENCE, push},
    error::FileError,
};
use crate::certificate::{KeyType, x509};

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
    /// The content of `subjectPublicKey` in a certificate for this key, if known.
    pub public: Option<Vec<u8>>,
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
            kind: KeyType::Other(x509::key_name(&oid, curve.as_deref())),
            public: (oid == EC).then(|| sec1_public(inner)).flatten(),
        })
    }

    /// Parses PKCS#1 `RSAPrivateKey` (RFC 8017 §A.1.2) in DER. Inconsistent numbers make it damaged.
    pub fn from_pkcs1(der: &[u8]) -> Result<PrivateKey, FileError> {
        let (n, e) = rsa_public(der).ok_or(FileError::Damaged)?;
        let bits = x509::bit_length(n);
        if bits > *SIGNING_BITS.end() {
            return Err(FileError::Unsupported(format!("RSA {bits}")));
        }
        if SIGNING_BITS.contains(&bits) {
            aws_lc_rs::rsa::KeyPair::from_der(der).map_err(|_| FileError::Damaged)?;
        }
        let mut public = Vec::new();
        let mut numbers = Vec::new();
        push(&mut numbers, INTEGER, n);
        push(&mut numbers, INTEGER, e);
        push(&mut public, SEQUENCE, &numbers);
        Ok(PrivateKey {
            pkcs8: wrap(der),
            kind: KeyType::Rsa { bits },
            public: Some(public),
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
            pkcs8: Zeroizing::default(),
            kind: KeyType::Other(x509::key_name(EC, curve.as_deref())),
            public: sec1_public(der),
        })
    }
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

/// A key or a set of keys (RFC 7517). Unknown members are ignored.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Jwk {
    kty: Option<String>,
    crv: Option<String>,
    n: Option<Zeroizing<String>>,
    e: Option<Zeroizing<String>>,
    d: Option<Zeroizing<String>>,
    p: Option<Zeroizing<String>>,
    q: Option<Zeroizing<String>>,
    dp: Option<Zeroizing<String>>,
    dq: Option<Zeroizing<String>>,
    qi: Option<Zeroizing<String>>,
    keys: Vec<Jwk>,
}

/// Returns the private keys of a JWK or JWK set, empty if all are public. `None` if it is neither.
pub fn from_json(text: &str) -> Option<Result<Vec<PrivateKey>, FileError>> {
    let file: Jwk = serde_json::from_str(text.trim()).ok()?;
    if file.kty.is_none() && file.keys.is_empty() {
        return None;
    }
    let keys = std::iter::once(&file).chain(&file.keys);
    Some(keys.filter(|key| key.d.is_some()).map(private_jwk).collect())
}

/// Converts a private key by RFC 7518 §6.3.2.
fn private_jwk(jwk: &Jwk) -> Result<PrivateKey, FileError> {
    let kty = jwk.kty.as_deref().unwrap_or_default();
    if kty != "RSA" {
        return Ok(PrivateKey {
            pkcs8: Zeroizing::default(),
            kind: KeyType::Other(format!("{kty} {}", jwk.crv.as_deref().unwrap_or_default())),
            public: None,
        });
    }
    let [Some(n), Some(e), Some(d)] = [&jwk.n, &jwk.e, &jwk.d] else {
        return Err(FileError::Damaged);
    };
    let [Some(p), Some(q), Some(dp), Some(dq), Some(qi)] = [&jwk.p, &jwk.q, &jwk.dp, &jwk.dq, &jwk.qi] else {
        return Err(FileError::Unsupported("JWK without p, q, dp, dq, qi".to_owned()));
    };
    let mut inner = Zeroizing::new(Vec::with_capacity(4096));
    push(&mut inner, INTEGER, &[0]);
    for number in [n, e, d, p, q, dp, dq, qi] {
        push_number(&mut inner, number).ok_or(FileError::Damaged)?;
    }
    let mut der = Zeroizing::new(Vec::with_capacity(inner.len() + 16));
    push(&mut der, SEQUENCE, &inner);
    PrivateKey::from_pkcs1(&der)
}

/// Appends an INTEGER, which has a sign, from an unsigned number in base64url.
fn push_number(out: &mut Vec<u8>, encoded: &str) -> Option<()> {
    let standard = Zeroizing::new(encoded.replace('-', "+").replace('_', "/"));
    let digits = super::pem::decode_base64(&standard)?;
    let digits = &digits[digits.iter().take_while(|digit| **digit == 0).count()..];
    let mut number = Zeroizing::new(Vec::with_capacity(digits.len() + 1));
    if digits.first().is_none_or(|first| first & 0x80 != 0) {
        number.push(0);
    }
    number.extend_from_slice(digits);
    push(out, INTEGER, &number);
    Some(())
}
