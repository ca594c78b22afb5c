//! The token request (RFC 7523 §2.1, RFC 6749 §5) and the claims of a token.
//!
//! To a client an access token is opaque: its claims are shown, and nothing depends on them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::{
    diagnosis::{self, Malformed, Received, StageFailure},
    http::{Http, RequestError, Response},
    journey::protocol::GRANT_TYPE,
};

/// An access token, Maskinporten's or Customs'.
pub struct Token {
    pub access_token: Zeroizing<String>,
    /// Lifetime in seconds.
    pub expires_in: u64,
    /// The granted scopes, if the response has them.
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

/// Sends a grant. The grant is spent, whatever the response.
pub fn request(http: &Http, endpoint: &str, grant: &str) -> Result<Response, RequestError> {
    http.post_form(endpoint, &[("grant_type", GRANT_TYPE)], ("assertion", grant))
}

/// Reads the response to [`request`].
pub fn read(answer: &Response) -> Result<Token, StageFailure> {
    read_or_refuse(answer, StageFailure::Refused)
}

/// Reads a token; another answer becomes the failure of `refused`.
pub(crate) fn read_or_refuse(
    answer: &Response,
    refused: impl FnOnce(Received) -> StageFailure,
) -> Result<Token, StageFailure> {
    if let Some(received) = carried_refusal(answer) {
        return Err(refused(received));
    }
    if let Some(failure) = answer.failure() {
        return Err(failure);
    }
    match answer.status {
        200 => read_token(answer),
        _ => Err(refused(read_refusal(answer)?)),
    }
}

/// Returns a known refusal under a status or in a page that tells something else: a gateway has put it there. `None` without one.
fn carried_refusal(answer: &Response) -> Option<Received> {
    let object = answer.inner_object()?;
    let received = Received::read(Some(answer.status), &answer.without_secret(object)).ok()?;
    diagnosis::names_cause(&received).then_some(received)
}

/// Reads a refusal, JSON or plain text.
pub(crate) fn read_refusal(answer: &Response) -> Result<Received, StageFailure> {
    let status = Some(answer.status);
    match answer.json() {
        Ok(object) => Received::read(status, &answer.without_secret(object)).map_err(|how| StageFailure::Malformed {
            status: answer.status,
            how,
        }),
        // Plain text is shown as received. Truncated JSON is malformed.
        Err(StageFailure::Malformed {
            how: Malformed::NotJson | Malformed::NotAnObject | Malformed::Empty,
            ..
        }) => Ok(Received::plain_text(status, &answer.excerpt())),
        Err(failure) => Err(failure),
    }
}

/// Reads a token and its lifetime (RFC 6749 §5.1).
fn read_token(answer: &Response) -> Result<Token, StageFailure> {
    let mut object = answer.json()?;
    let token = take_token(&mut object);
    // serde_json made a copy of its own; the token has been taken out of it.
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
    // Others put it into a header or an argument. RFC 6750 §2.1 allows these characters and no more.
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if !access_token.bytes().all(is_allowed) {
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

/// The claims of a token that is a JWT, unverified: for showing, and for comparison with the request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TokenClaims {
    pub issuer: Option<String>,
    pub scope: Option<String>,
    /// `consumer.ID`: the organisation that the token is for.
    pub consumer: Option<String>,
    pub supplier: Option<String>,
    pub client_amr: Option<String>,
}

/// Decodes a token's claims. `None` if the token is not a JWT.
pub fn claims(token: &str) -> Option<TokenClaims> {
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
