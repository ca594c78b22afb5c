//! The token request (RFC 7523 §2.1, RFC 6749 §5) and what a token says.
//!
//! To a client an access token is opaque: what it says is shown, and never needed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::grant::GRANT_TYPE;
use crate::{
    diagnosis::{Malformed, Received, StageFailure},
    http::{Answer, Http, RequestError},
};

/// An access token, Maskinporten's or Customs'.
pub struct Token {
    pub access_token: Zeroizing<String>,
    /// Seconds it lasts.
    pub expires_in: u64,
    /// The scopes that were granted, where the answer says so.
    pub scope: Option<String>,
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token")
            .field("expires_in", &self.expires_in)
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

/// Sends a grant. It is spent by this, whatever the answer.
pub fn request(http: &Http, endpoint: &str, grant: &str) -> Result<Answer, RequestError> {
    http.post_form(endpoint, &[("grant_type", GRANT_TYPE), ("assertion", grant)])
}

/// Reads the answer to [`request`].
pub fn read(answer: &Answer) -> Result<Token, StageFailure> {
    if let Some(trouble) = answer.trouble() {
        return Err(trouble);
    }
    match answer.status {
        200 => read_token(answer),
        _ => Err(StageFailure::Refused(read_refusal(answer)?)),
    }
}

/// A refusal with whatever words it has.
pub(crate) fn read_refusal(answer: &Answer) -> Result<Received, StageFailure> {
    let status = Some(answer.status);
    match answer.json() {
        Ok(object) => Received::read(status, &object).map_err(|how| StageFailure::Malformed {
            status: answer.status,
            how,
        }),
        // Words that are not JSON are still words. Half of an answer is not one.
        Err(StageFailure::Malformed {
            how: Malformed::NotJson | Malformed::NotAnObject | Malformed::Empty,
            ..
        }) => Ok(Received::words(status, &answer.excerpt())),
        Err(trouble) => Err(trouble),
    }
}

/// A token with its lifetime (RFC 6749 §5.1).
pub(crate) fn read_token(answer: &Answer) -> Result<Token, StageFailure> {
    let mut object = answer.json()?;
    let token = take_token(&mut object);
    // serde_json made a copy of its own; what is left of it holds no token.
    drop(object);
    token.map_err(|how| StageFailure::Malformed {
        status: answer.status,
        how,
    })
}

fn take_token(object: &mut Map<String, Value>) -> Result<Token, Malformed> {
    let access_token = match object.remove("access_token") {
        Some(Value::String(token)) if token.is_empty() => return Err(Malformed::Missing("access_token")),
        Some(Value::String(token)) => Zeroizing::new(token),
        Some(_) => return Err(Malformed::WrongType("access_token")),
        None => return Err(Malformed::Missing("access_token")),
    };
    // It goes into a header; RFC 6750 §2.1 gives the characters.
    if !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Malformed::WrongType("access_token"));
    }
    let expires_in = match object.get("expires_in") {
        Some(Value::Number(seconds)) => seconds.as_u64().ok_or(Malformed::WrongType("expires_in"))?,
        Some(_) => return Err(Malformed::WrongType("expires_in")),
        None => return Err(Malformed::Missing("expires_in")),
    };
    match object.get("token_type") {
        Some(Value::String(kind)) if kind.eq_ignore_ascii_case("bearer") => {}
        Some(_) => return Err(Malformed::WrongType("token_type")),
        None => return Err(Malformed::Missing("token_type")),
    }
    let scope = match object.get("scope") {
        Some(Value::String(scope)) => Some(scope.clone()),
        Some(Value::Null) | None => None,
        Some(_) => return Err(Malformed::WrongType("scope")),
    };
    Ok(Token {
        access_token,
        expires_in,
        scope,
    })
}

/// What a token says, where it is a JWT. Not verified: for showing, and for pointing out what was not asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TokenClaims {
    pub issuer: Option<String>,
    pub scope: Option<String>,
    /// `consumer.ID`: who the token says you are.
    pub consumer: Option<String>,
    pub supplier: Option<String>,
    pub client_amr: Option<String>,
}

/// Reads the claims; nothing where the token has another form.
pub fn said(token: &str) -> Option<TokenClaims> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    let Ok(Value::Object(claims)) = serde_json::from_slice(&bytes) else {
        return None;
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    Some(TokenClaims {
        issuer: text(claims.get("iss")),
        scope: text(claims.get("scope")),
        consumer: text(claims.get("consumer").and_then(|consumer| consumer.get("ID"))),
        supplier: text(claims.get("supplier").and_then(|supplier| supplier.get("ID"))),
        client_amr: text(claims.get("client_amr")),
    })
}
