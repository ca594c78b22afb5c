//! Signed JWTs in compact form (RFC 7515 §7.1): parsing, verification with a public RSA key, and signing. Pure.

use aws_lc_rs::{
    rand::SystemRandom,
    rsa::KeyPair,
    signature::{self, KeyPair as _, UnparsedPublicKey},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// A parsed JWT whose signature has not been verified.
#[derive(Debug)]
pub struct Jwt {
    pub header: Map<String, Value>,
    pub claims: Map<String, Value>,
    signed: Vec<u8>,
    signature: Vec<u8>,
}

impl Jwt {
    /// Parses a JWT. `None` unless it is three parts in base64url, of which the first two are JSON objects.
    pub fn parse(compact: &str) -> Option<Jwt> {
        let mut parts = compact.split('.');
        let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let decode = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).ok();
        Some(Jwt {
            header: serde_json::from_slice(&decode(header)?).ok()?,
            claims: serde_json::from_slice(&decode(claims)?).ok()?,
            signed: compact.rsplit_once('.')?.0.as_bytes().to_vec(),
            signature: decode(signature)?,
        })
    }

    /// Returns the header's algorithm. `None` if Maskinporten does not accept it.
    pub fn algorithm(&self) -> Option<Algorithm> {
        match self.header.get("alg")?.as_str()? {
            "RS256" => Some(Algorithm::Rs256),
            "RS384" => Some(Algorithm::Rs384),
            "RS512" => Some(Algorithm::Rs512),
            _ => None,
        }
    }

    /// Returns true if the key signed the token. `public` is an `RSAPublicKey` in DER.
    pub fn is_signed_by(&self, public: &[u8]) -> bool {
        let algorithm = match self.algorithm() {
            Some(Algorithm::Rs256) => &signature::RSA_PKCS1_2048_8192_SHA256,
            Some(Algorithm::Rs384) => &signature::RSA_PKCS1_2048_8192_SHA384,
            Some(Algorithm::Rs512) => &signature::RSA_PKCS1_2048_8192_SHA512,
            None => return false,
        };
        UnparsedPublicKey::new(algorithm, public)
            .verify(&self.signed, &self.signature)
            .is_ok()
    }

    /// Returns a claim that is a string.
    pub fn text(&self, claim: &str) -> Option<&str> {
        self.claims.get(claim)?.as_str()
    }

    /// Returns a claim that is an integer.
    pub fn number(&self, claim: &str) -> Option<i64> {
        self.claims.get(claim)?.as_i64()
    }
}

/// The signature algorithms that Maskinporten accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
}

/// The sandbox's own key pair, which signs its tokens. The public half is served at `/jwk`.
#[derive(Debug)]
pub struct Signer {
    key: KeyPair,
    kid: String,
}

impl Signer {
    /// Makes a signer. `None` unless the key is RSA in PKCS#8.
    pub fn new(pkcs8: &[u8]) -> Option<Signer> {
        let key = KeyPair::from_pkcs8(pkcs8).ok()?;
        let digest = Sha256::digest(key.public_key().as_ref());
        let kid = BASE64_URL_SAFE_NO_PAD.encode(&digest[..12]);
        Some(Signer { key, kid })
    }

    /// Returns the public key as an `RSAPublicKey` in DER.
    pub fn public(&self) -> &[u8] {
        self.key.public_key().as_ref()
    }

    /// Returns the key set (RFC 7517 §5).
    pub fn jwks(&self) -> Value {
        let public = self.key.public_key();
        let encode = |number: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(number);
        serde_json::json!({ "keys": [{
            "kty": "RSA",
            "use": "sig",
            "alg": "RS256",
            "kid": self.kid,
            "n": encode(public.modulus().big_endian_without_leading_zero()),
            "e": encode(public.exponent().big_endian_without_leading_zero()),
        }]})
    }

    /// Signs a JWT with those claims. `None` if signing fails, which a valid key never does.
    pub fn sign(&self, claims: &Value) -> Option<String> {
        let header = serde_json::json!({ "alg": "RS256", "typ": "JWT", "kid": self.kid });
        let encode = |part: &Value| BASE64_URL_SAFE_NO_PAD.encode(part.to_string());
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &signature::RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                signed.as_bytes(),
                &mut signature,
            )
            .ok()?;
        Some(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Parses and verifies a token of this sandbox. `None` unless this key signed it for `issuer` and it has not expired.
    pub fn verify(&self, compact: &str, issuer: &str, now: i64) -> Option<Jwt> {
        let token = Jwt::parse(compact)?;
        let is_valid = token.is_signed_by(self.public())
            && token.text("iss") == Some(issuer)
            && token.number("exp").is_some_and(|ends| now < ends);
        is_valid.then_some(token)
    }
}
