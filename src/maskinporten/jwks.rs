//! Maskinporten's published keys (RFC 7517), and signature verification with them.

use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::Jwk};
use serde_json::{Map, Value};

use crate::{
    diagnosis::{Malformed, StageFailure},
    http::Response,
};

/// A published set of keys.
#[derive(Debug, Clone)]
pub struct Keys(Vec<Jwk>);

/// Reads the response from the JWKS address. Keys of unsupported types are skipped.
pub fn read(answer: &Response) -> Result<Keys, StageFailure> {
    if let Some(failure) = answer.failure() {
        return Err(failure);
    }
    let malformed = |how| StageFailure::Malformed {
        status: answer.status,
        how,
    };
    match answer.json()?.get("keys") {
        Some(Value::Array(keys)) => Ok(Keys(
            keys.iter()
                .filter_map(|key| serde_json::from_value(key.clone()).ok())
                .collect(),
        )),
        Some(_) => Err(malformed(Malformed::WrongType("keys"))),
        None => Err(malformed(Malformed::Missing("keys"))),
    }
}

impl Keys {
    /// Verifies a token's signature with the published keys. `None` if the token is not a JWT.
    pub fn verify(&self, token: &str) -> Option<bool> {
        super::token::claims(token)?;
        let Ok(header) = jsonwebtoken::decode_header(token) else {
            return Some(false);
        };
        let known = |jwk: &&Jwk| header.kid.is_some() && jwk.common.key_id == header.kid;
        let key = self
            .0
            .iter()
            .find(known)
            .and_then(|jwk| DecodingKey::from_jwk(jwk).ok());
        let by_rsa = matches!(header.alg, Algorithm::RS256 | Algorithm::RS384 | Algorithm::RS512);
        let (Some(key), true) = (key, by_rsa) else {
            return Some(false);
        };
        let mut signature_alone = Validation::new(header.alg);
        signature_alone.validate_exp = false;
        signature_alone.validate_aud = false;
        signature_alone.required_spec_claims.clear();
        Some(jsonwebtoken::decode::<Map<String, Value>>(token, &key, &signature_alone).is_ok())
    }
}
