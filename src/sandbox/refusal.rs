//! The words in which Maskinporten refuses, from Digdir's *Feilsøking i Maskinporten*. Pure.
//!
//! They are facts of the protocol, not sentences of ours: never translated, and kept as they are sent.

use serde_json::{Value, json};

/// What is answered instead of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// The number that `error_uri` ends in, such as `MP-200`.
    pub code: Option<&'static str>,
    pub error: &'static str,
    pub words: String,
}

impl Refusal {
    fn new(status: u16, code: Option<&'static str>, error: &'static str, words: impl Into<String>) -> Refusal {
        Refusal {
            status,
            code,
            error,
            words: words.into(),
        }
    }

    fn grant(code: &'static str, words: &str) -> Refusal {
        Refusal::new(400, Some(code), "invalid_grant", words)
    }

    pub fn client_unknown() -> Refusal {
        Refusal::grant("MP-100", "Invalid assertion. Client authentication failed.")
    }

    pub fn audience() -> Refusal {
        Refusal::grant("MP-110", "Invalid JWT claim aud")
    }

    pub fn certificate() -> Refusal {
        Refusal::grant("MP-120", "The JWT is signed with an invalid certificate")
    }

    pub fn key_expired() -> Refusal {
        Refusal::grant("MP-121", "Expired key")
    }

    pub fn organisation() -> Refusal {
        Refusal::grant(
            "MP-122",
            "Invalid organization number for client. Does not match certificate orgno",
        )
    }

    pub fn x5c() -> Refusal {
        Refusal::grant("MP-123", "Invalid JWT header x5c")
    }

    pub fn signature() -> Refusal {
        Refusal::grant("MP-124", "Invalid JWT signature")
    }

    pub fn expired() -> Refusal {
        Refusal::grant("MP-130", "JWT is expired")
    }

    pub fn issued_ahead() -> Refusal {
        Refusal::new(400, None, "invalid_grant", "Issue time is after now")
    }

    pub fn used() -> Refusal {
        Refusal::grant("MP-012", "Grant is used before")
    }

    pub fn malformed() -> Refusal {
        Refusal::new(
            400,
            Some("MP-011"),
            "invalid_request",
            "Invalid assertion. Invalid parameter value",
        )
    }

    pub fn claim_unknown() -> Refusal {
        Refusal::new(400, Some("MP-011"), "invalid_request", "Invalid assertion")
    }

    pub fn kid_unknown() -> Refusal {
        Refusal::new(400, None, "invalid_grant", "Unknown key identifier (kid) for client")
    }

    pub fn kid_required() -> Refusal {
        Refusal::new(
            400,
            None,
            "invalid_grant",
            "The client requires pre-registered jwk and no key identifier (kid) provided",
        )
    }

    pub fn consumer_is_self() -> Refusal {
        Refusal::new(
            400,
            None,
            "invalid_request",
            "The combination consumer_org in claim and delegation scope on client is invalid",
        )
    }

    pub fn scope_not_on_client(scope: &str) -> Refusal {
        let words = format!("Token request contains invalid scopes for client, {scope}");
        Refusal::new(400, Some("MP-200"), "invalid_scope", words)
    }

    pub fn integration_type() -> Refusal {
        let words = "Token request contains scopes not allowed for maskinporten";
        Refusal::new(400, Some("MP-201"), "invalid_scope", words)
    }

    pub fn not_granted(scope: &str) -> Refusal {
        let words = format!("Consumer has not been granted access to the scope {scope}");
        Refusal::new(403, Some("MP-250"), "forbidden", words)
    }

    pub fn not_delegated(consumer: &str, scope: &str, supplier: &str) -> Refusal {
        let words = format!("Consumer {consumer} has not delegated access to the scope {scope} to supplier {supplier}");
        Refusal::new(403, Some("MP-251"), "forbidden", words)
    }

    pub fn terms() -> Refusal {
        let words = "Virksomheten har ikke signert de relevante bruksvilkårene";
        Refusal::new(428, None, "PRECONDITION_REQUIRED", words)
    }

    /// A request that is not one for a token (RFC 6749 §5.2).
    pub fn request(words: &str) -> Refusal {
        Refusal::new(400, None, "invalid_request", words)
    }

    pub fn grant_type() -> Refusal {
        Refusal::new(400, None, "unsupported_grant_type", "Unsupported grant type")
    }

    /// The JSON as Maskinporten sends it.
    pub fn body(&self, issuer: &str, trace_id: &str) -> Value {
        let mut body = json!({
            "error": self.error,
            "error_description": format!("{} (trace_id: {trace_id})", self.words),
        });
        if let Some(code) = self.code {
            body["error_uri"] = json!(format!("{issuer}errors/{code}"));
        }
        body
    }
}
