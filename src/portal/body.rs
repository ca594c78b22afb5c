//! What is sent to the API. Pure.

use serde_json::{Map, Value, json};

use crate::{credential::PublicJwk, journey::protocol::GRANT_TYPE, profile::ClientPlan};

/// The fields that the API adds to a client. They must not be sent back.
const READ_ONLY: [&str; 6] = [
    "client_id",
    "client_orgno",
    "active",
    "created",
    "last_updated",
    "jwks_uri",
];
/// The most keys that a client can have.
pub const MAX_KEYS: usize = 5;

/// Returns the object of a new client.
pub fn new_client(plan: &ClientPlan) -> Value {
    json!({
        "client_name": plan.name,
        "description": plan.description,
        "integration_type": "maskinporten",
        "application_type": "web",
        "token_endpoint_auth_method": "private_key_jwt",
        "grant_types": [GRANT_TYPE],
        "scopes": plan.scopes,
    })
}

/// Returns the whole object of a client with more scopes. Fields that klarert does not know are kept.
pub fn with_scopes(client: &Map<String, Value>, added: &[String]) -> Value {
    let mut object = client.clone();
    object.retain(|field, _| !READ_ONLY.contains(&field.as_str()));
    let before = client
        .get("scopes")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let added = added.iter().map(|scope| json!(scope));
    object.insert("scopes".to_owned(), before.into_iter().chain(added).collect());
    Value::Object(object)
}

/// Returns a set with these keys, to replace a client's. `use` is required since May 2025, also on older keys.
pub fn key_set(keys: &[Value]) -> Value {
    let mut keys = keys.to_vec();
    for key in keys.iter_mut().filter_map(Value::as_object_mut) {
        key.entry("use").or_insert_with(|| json!("sig"));
    }
    json!({ "keys": keys })
}

/// Returns a public key as an object.
pub fn jwk(key: &PublicJwk) -> Value {
    json!({ "kty": key.kty, "use": key.purpose, "alg": key.alg, "kid": key.kid, "n": key.n, "e": key.e })
}

/// Returns the name of a key; empty if it has none.
pub fn kid(key: &Value) -> &str {
    key.get("kid").and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn read_only_fields_are_not_sent_back_and_others_are_kept() {
        let client = json!({
            "client_id": "1", "client_orgno": "123456785", "active": true, "created": "x", "last_updated": "x",
            "jwks_uri": "x", "client_name": "n", "scopes": ["a"], "logo_uri": "https://x/",
        });
        let sent = with_scopes(client.as_object().unwrap(), &["b".to_owned()]);
        assert_eq!(
            sent,
            json!({ "client_name": "n", "scopes": ["a", "b"], "logo_uri": "https://x/" })
        );
    }

    #[test]
    fn use_is_added_to_older_keys_only() {
        let set = key_set(&[json!({ "kid": "old" }), json!({ "kid": "new", "use": "sig", "exp": 1 })]);
        let keys = json!([{ "kid": "old", "use": "sig" }, { "kid": "new", "use": "sig", "exp": 1 }]);
        assert_eq!(set["keys"], keys);
    }
}
