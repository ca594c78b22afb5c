//! What a credential is for: signing, and telling its public half.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::EncodingKey;
use pkcs8::PrivateKeyInfoRef;
use serde::Serialize;

use super::{
    Credential,
    ber::{INTEGER, Reader, SEQUENCE},
    hash::Hash,
};

/// The key is not an RSA key in PKCS#8. No credential that [`open`](super::open()) gives has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key is not an RSA key in PKCS#8")]
pub struct KeyTrouble;

/// The public half of a key as Samarbeidsportalen takes it (RFC 7517 §4).
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
    /// The key for jsonwebtoken, which wants PKCS#1 in spite of its documentation, and says so only when it signs.
    pub fn encoding_key(&self) -> Result<EncodingKey, KeyTrouble> {
        Ok(EncodingKey::from_rsa_der(self.pkcs1()?))
    }

    /// The public key with a name.
    pub fn public_jwk(&self, kid: &str) -> Result<PublicJwk, KeyTrouble> {
        let (n, e) = self.numbers()?;
        Ok(PublicJwk {
            kty: "RSA",
            kid: kid.to_owned(),
            purpose: "sig",
            alg: "RS256",
            n,
            e,
        })
    }

    /// The name that a key gives itself (RFC 7638): SHA-256 over its public half.
    pub fn thumbprint(&self) -> Result<String, KeyTrouble> {
        let (n, e) = self.numbers()?;
        let json = format!(r#"{{"e":"{e}","kty":"RSA","n":"{n}"}}"#);
        Ok(URL_SAFE_NO_PAD.encode(&*Hash::Sha256.digest(&[json.as_bytes()])))
    }

    fn pkcs1(&self) -> Result<&[u8], KeyTrouble> {
        let info = PrivateKeyInfoRef::try_from(self.pkcs8()).map_err(|_| KeyTrouble)?;
        Ok(info.private_key.as_bytes())
    }

    /// Modulus and exponent in base64url.
    fn numbers(&self) -> Result<(String, String), KeyTrouble> {
        let read = |bytes| {
            let mut inner = Reader::new(bytes).enter(SEQUENCE)?;
            inner.number()?;
            let number = |digits: &[u8]| {
                let zeros = digits.iter().take_while(|digit| **digit == 0).count();
                URL_SAFE_NO_PAD.encode(&digits[zeros..])
            };
            Some((number(inner.read(INTEGER)?), number(inner.read(INTEGER)?)))
        };
        read(self.pkcs1()?).ok_or(KeyTrouble)
    }
}
