//! Error responses of Samarbeidsportalen's API (Digdir, *API for client registration*). Pure.

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortalError {
    /// The HTTP status.
    pub status: u16,
    error: &'static str,
    description: String,
    fields: Vec<FieldError>,
}

/// A field of the body that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: &str, message: &str) -> FieldError {
        FieldError {
            field: field.to_owned(),
            message: message.to_owned(),
        }
    }
}

impl PortalError {
    fn new(status: u16, error: &'static str, description: &str) -> PortalError {
        PortalError {
            status,
            error,
            description: description.to_owned(),
            fields: Vec::new(),
        }
    }

    pub fn invalid_token() -> PortalError {
        PortalError::new(401, "invalid_token", "Invalid access token")
    }

    pub fn missing_scope(scope: &str) -> PortalError {
        let description = format!("Access token is missing the scope {scope}");
        PortalError::new(403, "insufficient_scope", &description)
    }

    pub fn no_such_client() -> PortalError {
        PortalError::new(404, "not_found", "Client not found")
    }

    pub fn method_not_allowed() -> PortalError {
        PortalError::new(405, "method_not_allowed", "Method not allowed")
    }

    pub fn not_json() -> PortalError {
        PortalError::new(415, "unsupported_media_type", "Content-Type must be application/json")
    }

    pub fn malformed(description: &str) -> PortalError {
        PortalError::new(400, "invalid_request", description)
    }

    pub fn no_scopes() -> PortalError {
        PortalError::new(400, "invalid_request", "Organization does not have any scope access")
    }

    /// Returns the refusal in the words of Samarbeidsportalen, as its users quote them.
    pub fn terms_not_signed() -> PortalError {
        PortalError::new(
            428,
            "PRECONDITION_REQUIRED",
            "Virksomheten har ikke signert de relevante bruksvilkårene",
        )
    }

    pub fn storage(why: &str) -> PortalError {
        PortalError::new(500, "server_error", why)
    }

    /// Returns the refusal of fields. Its description begins with a comma, as the service writes it.
    pub fn fields(fields: Vec<FieldError>) -> PortalError {
        let description: String = fields.iter().map(|field| format!(", {}", field.message)).collect();
        PortalError {
            fields,
            ..PortalError::new(400, "", &description)
        }
    }

    /// Returns the body with that correlation id.
    pub fn body(&self, correlation_id: &str, now: OffsetDateTime) -> Value {
        let error = if self.fields.is_empty() {
            self.error
        } else {
            &self.description
        };
        let mut body = json!({
            "status": self.status,
            "timestamp": now.format(&Rfc3339).unwrap_or_default(),
            "correlation_id": correlation_id,
            "error": error,
            "error_description": self.description,
        });
        if !self.fields.is_empty() {
            let error = |field: &FieldError| {
                json!({
                    "errorMessage": field.message,
                    "isFieldError": true,
                    "objectName": "Client",
                    "fieldIdentifier": field.field,
                })
            };
            body["errors"] = self.fields.iter().map(error).collect();
        }
        body
    }
}
