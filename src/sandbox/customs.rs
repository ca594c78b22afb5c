//! The sandbox's Customs: the token exchange and the API calls. Pure, but for the randomness of RSA blinding: the caller
//! passes ids and the clock.

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    issue_token::NORWEGIAN_ID_PREFIX,
    jwt::{Jwt, Signer},
    registry::Registry,
};
use crate::journey::services;

/// The lifetime of Customs' tokens (Customs, *Technical integration*).
pub const CUSTOMS_TOKEN_LIFETIME_S: i64 = 970;

const ROAD_TEST_PATH: &str = "/api/movement/road/v2/test-auth";
const HOUSE_CONSIGNMENT_PATH: &str = "/api/movement/routing/v1/house-consignment";
/// The query APIs' paths up to the request id, and the service that each belongs to.
const VALIDATION_STATUS_PATHS: [(&str, &str); 4] = [
    ("/api/movement/road/status/v2/transport/validation-status/", "road"),
    ("/api/movement/air/status/v1/transport/validation-status/", "air"),
    ("/api/movement/rail/status/v1/transport/validation-status/", "rail"),
    ("/api/movement/maritime/status/v1/transport/validation-status/", "sea"),
];

/// An error response of Customs' exchange.
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
/// Refuses a token that is not Maskinporten's, and one with a scope that Customs has not granted. Maskinporten has no list
/// of foreign businesses, so an unregistered one is refused here.
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
    if let Some(refused) = scope
        .split_whitespace()
        .find(|scope| !is_authorised(&token, scope, registry))
    {
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

/// Returns true if Customs has registered the token's business for the scope. Maskinporten has checked that already for a
/// Norwegian business.
fn is_authorised(token: &Jwt, scope: &str, registry: &Registry) -> bool {
    let consumer = token.claims.get("consumer").and_then(|consumer| consumer.get("ID"));
    let is_registered = match consumer.and_then(Value::as_str) {
        Some(id) if id.starts_with(NORWEGIAN_ID_PREFIX) => !registry.unknown_to_customs.iter().any(|one| one == scope),
        Some(id) => registry.is_granted(id, scope),
        None => false,
    };
    is_registered && scope.starts_with(services::CUSTOMS_PREFIX)
}

/// A documented call without effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApiCall {
    /// Road's test call.
    RoadTest,
    /// The list of house consignments to route, which is empty.
    HouseConsignments,
    /// The status of a request, of which the sandbox knows none. With the service's id.
    ValidationStatus(&'static str),
}

impl ApiCall {
    /// Returns the call with that path.
    pub fn of_path(path: &str) -> Option<ApiCall> {
        match path {
            ROAD_TEST_PATH => Some(ApiCall::RoadTest),
            HOUSE_CONSIGNMENT_PATH => Some(ApiCall::HouseConsignments),
            _ => VALIDATION_STATUS_PATHS.iter().find_map(|(prefix, service)| {
                let request_id = path.strip_prefix(prefix)?;
                uuid::Uuid::try_parse(request_id).ok()?;
                Some(ApiCall::ValidationStatus(service))
            }),
        }
    }

    fn service(self) -> &'static str {
        match self {
            ApiCall::RoadTest => "road",
            ApiCall::HouseConsignments => "entry",
            ApiCall::ValidationStatus(service) => service,
        }
    }

    /// Returns the response, status and body, to a call with that token. The path is repeated in an error's body.
    pub fn respond(
        self,
        path: &str,
        bearer: Option<&str>,
        signer: &Signer,
        issuer: &str,
        now: OffsetDateTime,
    ) -> (u16, Value) {
        let verify = |bearer| signer.verify(bearer, &token_issuer(issuer), now.unix_timestamp());
        let Some(token) = bearer.and_then(verify) else {
            return (401, api_error(401, "Unauthorized", path, now));
        };
        let mut scopes = token.text("scope").unwrap_or_default().split_whitespace();
        let has_scope =
            scopes.any(|scope| services::service_of_scope(scope).is_some_and(|service| service.id == self.service()));
        match self {
            _ if !has_scope => (403, api_error(403, "Forbidden", path, now)),
            ApiCall::RoadTest => (200, json!({ "status": "ok", "sandbox": true })),
            ApiCall::HouseConsignments => (200, json!([])),
            ApiCall::ValidationStatus(_) => (404, api_error(404, "Not Found", path, now)),
        }
    }
}

/// Returns the JSON of an API's error. Customs has not published its form; this is Spring's, with the path.
fn api_error(status: u16, error: &str, path: &str, now: OffsetDateTime) -> Value {
    json!({
        "timestamp": now.format(&Rfc3339).unwrap_or_default(),
        "status": status,
        "error": error,
        "path": path,
    })
}
