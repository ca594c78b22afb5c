//! The sandbox's Customs: the token exchange and the API calls. Pure, but for the randomness of RSA blinding: the caller
//! passes ids and the clock.

use serde_json::{Value, json};

use super::{jwt::Signer, registry::Registry};
use crate::journey::services;

/// The lifetime of Customs' tokens (Customs, *Technical integration*).
pub const CUSTOMS_TOKEN_LIFETIME_S: i64 = 970;

/// An error response of Customs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomsError {
    pub status: u16,
    pub error: &'static str,
    pub description: String,
}

impl CustomsError {
    fn new(status: u16, error: &'static str, description: impl Into<String>) -> CustomsError {
        CustomsError {
            status,
            error,
            description: description.into(),
        }
    }

    pub fn invalid_request(description: &str) -> CustomsError {
        CustomsError::new(400, "invalid_request", description)
    }

    /// Returns the JSON body. Customs has not published its form; this is OAuth's.
    pub fn body(&self) -> Value {
        json!({ "error": self.error, "error_description": self.description })
    }
}

/// Returns the issuer that Customs' tokens name.
pub fn token_issuer(issuer: &str) -> String {
    format!("{issuer}customs")
}

/// Exchanges Maskinporten's token for one of Customs.
///
/// # Errors
/// Refuses a token that is not Maskinporten's, and one with a scope that Customs has not granted.
pub fn exchange(
    subject: &str,
    signer: &Signer,
    registry: &Registry,
    issuer: &str,
    now: i64,
    jti: &str,
) -> Result<Value, CustomsError> {
    let token = signer
        .verify(subject, issuer, now)
        .ok_or_else(|| CustomsError::new(401, "invalid_token", "The subject token is not valid"))?;
    let scope = token.text("scope").unwrap_or_default();
    let is_refused = |scope: &&str| {
        !scope.starts_with(services::CUSTOMS_PREFIX) || registry.unknown_to_customs.iter().any(|other| other == scope)
    };
    if let Some(refused) = scope.split_whitespace().find(is_refused) {
        let description = format!("Not authorized to request scope {refused}");
        return Err(CustomsError::new(403, "invalid_scope", description));
    }
    let claims = json!({
        "iss": token_issuer(issuer),
        "consumer": token.claims.get("consumer"),
        "scope": scope,
        "iat": now,
        "exp": now + CUSTOMS_TOKEN_LIFETIME_S,
        "jti": jti,
    });
    let signed = signer
        .sign(&claims)
        .ok_or_else(|| CustomsError::new(500, "server_error", "The token could not be signed"))?;
    Ok(json!({
        "issued_token_type": "access_token",
        "access_token": signed,
        "token_type": "Bearer",
        "expires_in": CUSTOMS_TOKEN_LIFETIME_S,
    }))
}

/// Answers a test call.
///
/// # Errors
/// Refuses a call without a valid Customs token, and a token without the API's scope.
pub fn test_call(
    path: &str,
    bearer: Option<&str>,
    signer: &Signer,
    issuer: &str,
    now: i64,
) -> Result<Value, CustomsError> {
    let token = bearer
        .and_then(|bearer| signer.verify(bearer, &token_issuer(issuer), now))
        .ok_or_else(|| CustomsError::new(401, "invalid_token", "A valid Customs token is required"))?;
    let has_scope = token
        .text("scope")
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(services::service_of_scope)
        .any(|service| service.test_call.as_deref() == Some(path));
    match has_scope {
        true => Ok(json!({ "status": "ok", "sandbox": true })),
        false => Err(CustomsError::new(
            403,
            "insufficient_scope",
            "The token has no scope for this API",
        )),
    }
}
