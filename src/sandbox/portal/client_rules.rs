//! The rules for a client's metadata (Digdir, *API for client registration*). Pure.

use serde_json::{Map, Value};

use super::error::FieldError;

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const MAX_TEXT_CHARS: usize = 255;
/// The fields that a client is created or replaced with. The sandbox refuses others, so that a misspelt one is found.
const WRITABLE: [&str; 9] = [
    "client_name",
    "description",
    "integration_type",
    "application_type",
    "token_endpoint_auth_method",
    "grant_types",
    "scopes",
    "client_uri",
    "logo_uri",
];
/// The fields that have one value for a client of Maskinporten.
const FIXED: [(&str, &str); 3] = [
    ("integration_type", "maskinporten"),
    ("application_type", "web"),
    ("token_endpoint_auth_method", "private_key_jwt"),
];

/// Returns the errors in the body of a `POST` or a `PUT`. `is_granted` tells whether the business may use a scope.
pub fn errors(body: &Map<String, Value>, is_granted: impl Fn(&str) -> bool) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for field in body.keys().filter(|field| !WRITABLE.contains(&field.as_str())) {
        errors.push(FieldError::new(field, &format!("{field} is read-only or not known")));
    }
    for field in ["client_name", "description"] {
        match body.get(field).and_then(Value::as_str).map(str::trim) {
            None | Some("") => errors.push(FieldError::new(field, "must not be empty")),
            Some(_) => {}
        }
    }
    for (field, value) in body {
        let is_long = value.as_str().is_some_and(|text| text.chars().count() > MAX_TEXT_CHARS);
        if is_long {
            errors.push(FieldError::new(field, "size must be between 0 and 255"));
        }
    }
    for (field, only) in FIXED {
        if body.get(field).is_some_and(|value| value != only) {
            errors.push(FieldError::new(field, &format!("must be {only}")));
        }
    }
    if body.get("integration_type").is_none() {
        errors.push(FieldError::new("integration_type", "must not be empty"));
    }
    if strings(body.get("grant_types")).as_deref() != Some(&[GRANT_TYPE]) {
        errors.push(FieldError::new("grant_types", &format!("must be {GRANT_TYPE}")));
    }
    match strings(body.get("scopes").or(Some(&Value::Array(Vec::new())))) {
        None => errors.push(FieldError::new("scopes", "must be a list of scopes")),
        Some(scopes) => {
            let refused = scopes.into_iter().filter(|scope| !is_granted(scope));
            errors.extend(refused.map(|scope| FieldError::new("scopes", &format!("Scope {scope} is not accessible"))));
        }
    }
    errors
}

/// Returns the strings of an array. `None` if it is something else.
pub fn strings(value: Option<&Value>) -> Option<Vec<&str>> {
    value?.as_array()?.iter().map(Value::as_str).collect()
}
