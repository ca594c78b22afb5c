//! The signing key of a credential, and its public half as JWK and thumbprint.

use std::sync::Arc;

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeyPair,
    signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA384, RSA_PKCS1_SHA512},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey};
use pkcs8::PrivateKeyInfoRef;
use serde::Serialize;

use super::{
    Credential,
    ber::{INTEGER, Reader, SEQUENCE},
    crypto::hash::Hash,
};

/// The error of a key that is not RSA in PKCS#8. Keys from [`open`](super::open()) never cause it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key is not an RSA key in PKCS#8")]
pub struct NotAnRsaKey;

/// A public key in the form that Samarbeidsportalen takes (RFC 7517 §4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicJwk {
    pub kty: &'static str,
    pub kid: String,
    #[serde(rename = "use")]
    pub purpose: &'static str,
    pub alg: &'static str,
    pub n: String,
    pub e: String,
}

impl Credential {
    /// Returns the key for jsonwebtoken. Its documentation says PKCS#8, but it needs PKCS#1 and fails only when it
    /// signs.
    pub fn encoding_key(&self) -> Result<EncodingKey, NotAnRsaKey> {
        Ok(EncodingKey::from_rsa_der(self.pkcs1()?))
    }

    /// Signs a message by PKCS#1 v1.5 with RS256, RS384 or RS512 (RFC 7518 §3.3).
    pub fn sign(&self, algorithm: Algorithm, message: &[u8]) -> Result<Vec<u8>, NotAnRsaKey> {
        let encoding = match algorithm {
            Algorithm::RS256 => &RSA_PKCS1_SHA256,
            Algorithm::RS384 => &RSA_PKCS1_SHA384,
            Algorithm::RS512 => &RSA_PKCS1_SHA512,
            _ => return Err(NotAnRsaKey),
        };
        let key = match &self.signing_key {
            Some(key) => Arc::clone(key),
            None => Arc::new(KeyPair::from_der(self.pkcs1()?).map_err(|_| NotAnRsaKey)?),
        };
        let mut signature = vec![0; key.public_modulus_len()];
        let signed = key.sign(encoding, &SystemRandom::new(), message, &mut signature);
        signed.map(|()| signature).map_err(|_| NotAnRsaKey)
    }

    /// Returns the public key with `kid` as its name.
    pub fn public_jwk(&self, kid: &str) -> Result<PublicJwk, NotAnRsaKey> {
        let (n, e) = self.modulus_and_exponent()?;
        Ok(PublicJwk {
            kty: "RSA",
            kid: kid.to_owned(),
            purpose: "sig",
            alg: "RS256",
            n,
            e,
        })
    }

    /// Returns the SHA-256 thumbprint of the public key (RFC 7638).
    pub fn thumbprint(&self) -> Result<String, NotAnRsaKey> {
        let (n, e) = self.modulus_and_exponent()?;
        let json = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
        Ok(URL_SAFE_NO_PAD.encode(&*Hash::Sha256.digest(&[json.as_bytes()])))
    }

    /// Returns the key as PKCS#1.
    fn pkcs1(&self) -> Result<&[u8], NotAnRsaKey> {
        let info = PrivateKeyInfoRef::try_from(self.pkcs8()).map_err(|_| NotAnRsaKey)?;
        Ok(info.private_key.as_bytes())
    }

    /// Returns modulus and exponent in base64url.
    fn modulus_and_exponent(&self) -> Result<(String, String), NotAnRsaKey> {
        let read = |bytes| {
            let mut inner = Reader::new(bytes).enter(SEQUENCE)?;
            inner.number()?;
            let number = |digits: &[u8]| {
                let zeros = digits.iter().take_while(|digit| **digit == 0).count();
                URL_SAFE_NO_PAD.encode(&digits[zeros..])
            };
            Some((number(inner.read(INTEGER)?), number(inner.read(INTEGER)?)))
        };
        read(self.pkcs1()?).ok_or(NotAnRsaKey)
    }
}
