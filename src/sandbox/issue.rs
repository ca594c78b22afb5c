//! What the sandbox hands out: Maskinporten's token, and Customs' for it. Pure, but for the randomness of a signature's
//! blinding; ids and the clock are given.

use serde_json::{Value, json};

use super::{judge::Granted, jwt::Signer, registry::Registry};
use crate::journey::services;

/// Seconds that Maskinporten's and Customs' tokens last.
pub const TOKEN_LASTS: i64 = 119;
pub const CUSTOMS_TOKEN_LASTS: i64 = 970;

/// Maskinporten's answer to a good grant (Digdir, *Access token*).
pub fn token(granted: &Granted, signer: &Signer, issuer: &str, now: i64, jti: &str) -> Option<Value> {
    let mut claims = json!({
        "iss": issuer,
        "client_id": granted.client_id,
        "client_amr": granted.client_amr,
        "consumer": party(&granted.consumer, granted.foreign),
        "scope": granted.scope,
        "token_type": "Bearer",
        "iat": now,
        "exp": now + TOKEN_LASTS,
        "jti": jti,
    });
    if let Some(supplier) = &granted.supplier {
        claims["supplier"] = party(supplier, false);
        claims["delegation_source"] = json!("https://tt02.altinn.no/");
    }
    if let Some(resource) = &granted.resource {
        claims["aud"] = resource.clone();
    }
    Some(json!({
        "access_token": signer.sign(&claims)?,
        "token_type": "Bearer",
        "expires_in": TOKEN_LASTS,
        "scope": granted.scope,
    }))
}

/// An organisation as tokens name it: ISO 6523 for a Norwegian number, else the seal's identifier as it is.
fn party(id: &str, foreign: bool) -> Value {
    match foreign {
        false => json!({ "authority": "iso6523-actorid-upis", "ID": format!("0192:{id}") }),
        true => json!({ "authority": "etsi-en-319412-1", "ID": id }),
    }
}

/// What Customs says of an exchange or a call that it refuses: the HTTP status and the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomsRefusal {
    pub status: u16,
    pub error: &'static str,
    pub words: String,
}

impl CustomsRefusal {
    fn new(status: u16, error: &'static str, words: impl Into<String>) -> CustomsRefusal {
        CustomsRefusal {
            status,
            error,
            words: words.into(),
        }
    }

    pub fn request(words: &str) -> CustomsRefusal {
        CustomsRefusal::new(400, "invalid_request", words)
    }

    /// Customs' JSON is not published; this has OAuth's form.
    pub fn body(&self) -> Value {
        json!({ "error": self.error, "error_description": self.words })
    }
}

/// The issuer that Customs' tokens name.
pub fn customs_issuer(issuer: &str) -> String {
    format!("{issuer}customs")
}

/// Customs' exchange of Maskinporten's token for its own.
pub fn exchange(
    subject: &str,
    signer: &Signer,
    registry: &Registry,
    issuer: &str,
    now: i64,
    jti: &str,
) -> Result<Value, CustomsRefusal> {
    let token = signer
        .open(subject, issuer, now)
        .ok_or_else(|| CustomsRefusal::new(401, "invalid_token", "The subject token is not valid"))?;
    let scope = token.text("scope").unwrap_or_default();
    let unknown = |scope: &&str| {
        !scope.starts_with(services::CUSTOMS_PREFIX) || registry.unknown_to_customs.iter().any(|other| other == scope)
    };
    if let Some(refused) = scope.split_whitespace().find(unknown) {
        let words = format!("Not authorized to request scope {refused}");
        return Err(CustomsRefusal::new(403, "invalid_scope", words));
    }
    let claims = json!({
        "iss": customs_issuer(issuer),
        "consumer": token.claims.get("consumer"),
        "scope": scope,
        "iat": now,
        "exp": now + CUSTOMS_TOKEN_LASTS,
        "jti": jti,
    });
    let signed = signer
        .sign(&claims)
        .ok_or_else(|| CustomsRefusal::new(500, "server_error", "The token could not be signed"))?;
    Ok(json!({
        "issued_token_type": "access_token",
        "access_token": signed,
        "token_type": "Bearer",
        "expires_in": CUSTOMS_TOKEN_LASTS,
    }))
}

/// A test call: the path, and the token that came with it.
pub fn test_call(
    path: &str,
    bearer: Option<&str>,
    signer: &Signer,
    issuer: &str,
    now: i64,
) -> Result<Value, CustomsRefusal> {
    let token = bearer
        .and_then(|bearer| signer.open(bearer, &customs_issuer(issuer), now))
        .ok_or_else(|| CustomsRefusal::new(401, "invalid_token", "A valid Customs token is required"))?;
    let fits = token
        .text("scope")
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(services::service_of_scope)
        .any(|service| service.test_call.as_deref() == Some(path));
    match fits {
        true => Ok(json!({ "status": "ok", "sandbox": true })),
        false => Err(CustomsRefusal::new(
            403,
            "insufficient_scope",
            "The token has no scope for this API",
        )),
    }
}
