//! The rules for the keys of a client (Digdir, *API for client registration*). Pure.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::{super::public_key_file, error::PortalError};

/// The most keys that a client can have.
const MAX_KEYS: usize = 5;
/// The longest lifetime of a key: a leap year.
const MAX_LIFETIME_S: i64 = 366 * 24 * 3600;
const LIFETIME_S: i64 = 365 * 24 * 3600;
const MIN_MODULUS_BYTES: usize = 256;
/// The members of a private RSA key (RFC 7518 §6.3.2).
const PRIVATE: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "oth"];

/// Returns the keys of a set, each with its expiry in Unix seconds.
///
/// # Errors
///
/// The first rule that a key breaks.
pub fn validate(body: &Map<String, Value>, now: i64) -> Result<Vec<Value>, PortalError> {
    let keys = body.get("keys").and_then(Value::as_array);
    let keys = keys.ok_or_else(|| PortalError::malformed("keys must be a list"))?;
    if keys.is_empty() {
        return Err(PortalError::malformed("keys must not be empty: use DELETE"));
    }
    if keys.len() > MAX_KEYS {
        return Err(PortalError::malformed("A client can have at most 5 keys"));
    }
    let mut kids = HashSet::new();
    keys.iter()
        .map(|key| {
            let key = validate_key(key, now).map_err(|why| PortalError::malformed(&format!("Invalid key: {why}")))?;
            match kids.insert(key["kid"].to_string()) {
                true => Ok(key),
                false => Err(PortalError::malformed("Invalid key: kid must be unique")),
            }
        })
        .collect()
}

fn validate_key(key: &Value, now: i64) -> Result<Value, &'static str> {
    let object = key.as_object().ok_or("it must be an object")?;
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    if PRIVATE.iter().any(|name| object.contains_key(*name)) {
        return Err("it must not have a private part");
    }
    if text("kty") != Some("RSA") {
        return Err("kty must be RSA");
    }
    // Required since May 2025.
    if text("use") != Some("sig") {
        return Err("use must be sig");
    }
    if !matches!(text("alg"), Some("RS256" | "RS384" | "RS512")) {
        return Err("alg must be RS256, RS384 or RS512");
    }
    if text("kid").is_none_or(|kid| kid.trim().is_empty()) {
        return Err("kid must not be empty");
    }
    let public = public_key_file::public_key(key.to_string().as_bytes());
    if public.is_none_or(|public| public.len() < MIN_MODULUS_BYTES) {
        return Err("n and e must be an RSA key of at least 2048 bits");
    }
    let ends = match object.get("exp") {
        None => now + LIFETIME_S,
        Some(ends) => ends.as_i64().ok_or("exp must be in Unix seconds")?,
    };
    if ends <= now || ends > now + MAX_LIFETIME_S {
        return Err("exp must be within a year");
    }
    let mut key = key.clone();
    key["exp"] = json!(ends);
    Ok(key)
}
