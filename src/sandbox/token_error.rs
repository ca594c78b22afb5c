//! Maskinporten's error responses (RFC 6749 §5.2), worded as Digdir's *Feilsøking i Maskinporten* and public reports quote
//! them. Pure.
//!
//! A description is a chain of sentences from the general to the specific, and ends in a trace id. The descriptions are
//! part of the protocol: they are never translated.

use serde_json::{Value, json};

/// The sentences in front of every cause that concerns the client's authentication. Alone they mean an unknown client.
const AUTHENTICATION_FAILED: &str = "Invalid assertion. Client authentication failed.";

/// An error response of the token endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenError {
    /// The HTTP status.
    pub status: u16,
    /// The code at the end of `error_uri`, such as `MP-200`. Some errors have none.
    pub code: Option<&'static str>,
    pub error: &'static str,
    /// The sentences before the trace id.
    pub description: String,
}

impl TokenError {
    fn new(status: u16, code: Option<&'static str>, error: &'static str, description: impl Into<String>) -> TokenError {
        TokenError {
            status,
            code,
            error,
            description: description.into(),
        }
    }

    fn unauthenticated(code: Option<&'static str>, cause: &str) -> TokenError {
        let description = format!("{AUTHENTICATION_FAILED} {cause}");
        TokenError::new(400, code, "invalid_grant", description)
    }

    pub fn unknown_client() -> TokenError {
        TokenError::new(400, Some("MP-100"), "invalid_grant", AUTHENTICATION_FAILED)
    }

    pub fn invalid_audience() -> TokenError {
        TokenError::unauthenticated(Some("MP-110"), "Invalid JWT claim aud.")
    }

    pub fn invalid_certificate() -> TokenError {
        TokenError::unauthenticated(Some("MP-120"), "The JWT is signed with an invalid certificate.")
    }

    pub fn key_expired() -> TokenError {
        TokenError::unauthenticated(Some("MP-121"), "Expired key.")
    }

    pub fn organisation_mismatch() -> TokenError {
        let cause = "Invalid JWT. Invalid organization number for client. Does not match certificate orgno.";
        TokenError::unauthenticated(Some("MP-122"), cause)
    }

    pub fn invalid_x5c() -> TokenError {
        TokenError::unauthenticated(Some("MP-123"), "Invalid JWT header x5c.")
    }

    pub fn invalid_signature() -> TokenError {
        TokenError::unauthenticated(Some("MP-124"), "Invalid JWT signature.")
    }

    pub fn grant_expired() -> TokenError {
        TokenError::unauthenticated(Some("MP-130"), "JWT is expired.")
    }

    pub fn issued_in_future() -> TokenError {
        TokenError::unauthenticated(None, "Issue time is after now.")
    }

    pub fn grant_reused() -> TokenError {
        TokenError::unauthenticated(Some("MP-012"), "Grant is used before.")
    }

    /// Makes the error for a `kid` that the client does not have. Its code is that of an unknown client.
    pub fn unknown_kid() -> TokenError {
        TokenError::unauthenticated(Some("MP-100"), "Unknown key identifier (kid) for client.")
    }

    pub fn kid_required() -> TokenError {
        let cause = "Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided.";
        TokenError::unauthenticated(None, cause)
    }

    pub fn malformed() -> TokenError {
        let description = "Invalid assertion. Invalid parameter value.";
        TokenError::new(400, Some("MP-011"), "invalid_request", description)
    }

    pub fn unknown_claim() -> TokenError {
        TokenError::new(400, Some("MP-011"), "invalid_request", "Invalid assertion.")
    }

    pub fn consumer_is_self() -> TokenError {
        let description = "Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on \
                           client is invalid.";
        TokenError::new(400, None, "invalid_request", description)
    }

    pub fn scope_not_on_client(scope: &str) -> TokenError {
        let description = format!("Token request contains invalid scopes for client, {scope}");
        TokenError::new(400, Some("MP-200"), "invalid_scope", description)
    }

    pub fn wrong_integration_type() -> TokenError {
        let description = "Token request contains scopes not allowed for maskinporten";
        TokenError::new(400, Some("MP-201"), "invalid_scope", description)
    }

    pub fn not_granted(scope: &str) -> TokenError {
        let description = format!("Consumer has not been granted access to the scope {scope}.");
        TokenError::new(403, Some("MP-250"), "forbidden", description)
    }

    pub fn not_delegated(consumer: &str, scope: &str, supplier: &str) -> TokenError {
        let description =
            format!("Consumer {consumer} has not delegated access to the scope {scope} to supplier {supplier}.");
        TokenError::new(403, Some("MP-251"), "forbidden", description)
    }

    /// Makes the error for a request that has no grant (RFC 6749 §5.2).
    pub fn invalid_request(description: &str) -> TokenError {
        TokenError::new(400, None, "invalid_request", description)
    }

    pub fn unsupported_grant_type() -> TokenError {
        TokenError::new(400, None, "unsupported_grant_type", "Unsupported grant type")
    }

    /// Returns the JSON body as Maskinporten sends it.
    pub fn body(&self, issuer: &str, trace_id: &str) -> Value {
        let mut body = json!({
            "error": self.error,
            "error_description": format!("{} (trace_id: {trace_id})", self.description),
        });
        if let Some(code) = self.code {
            body["error_uri"] = json!(format!("{issuer}errors/{code}"));
        }
        body
    }
}
