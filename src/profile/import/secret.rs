//! Secrets in settings files: a key or a keystore instead of its path. Only a key's name is taken.

use base64::{Engine, engine::general_purpose};
use serde::Deserialize;
use zeroize::Zeroizing;

/// The prefix with which the grant generator takes a keystore inside the settings file.
const KEYSTORE_PREFIX: &str = "base64:";
/// The longest path. Longer text is the content of a file.
const MAX_PATH_BYTES: usize = 1024;

/// Returns true for a value that is a key or a keystore itself.
pub fn is_inline(value: &str) -> bool {
    let value = value.trim_start_matches(['"', '\'']);
    value.starts_with(KEYSTORE_PREFIX)
        || value.contains("-----BEGIN")
        || value.starts_with("{\"")
        || value.len() > MAX_PATH_BYTES
}

/// A JWK of which only the name is read: the parser passes over the other members.
#[derive(Deserialize)]
struct NamedKey {
    kid: Option<String>,
}

/// A JWK set.
#[derive(Deserialize)]
struct KeySet {
    keys: Vec<NamedKey>,
}

/// Returns the `kid` of a JWK, of a list or set with one JWK, or of their base64.
pub fn kid(value: &str) -> Option<String> {
    let value = value.trim().trim_matches(['"', '\'']);
    if !value.starts_with(['{', '[']) {
        let engines = [
            general_purpose::STANDARD,
            general_purpose::URL_SAFE_NO_PAD,
            general_purpose::STANDARD_NO_PAD,
        ];
        let decoded = engines
            .iter()
            .find_map(|engine| engine.decode(value).ok().map(Zeroizing::new))?;
        return json_kid(std::str::from_utf8(&decoded).ok()?);
    }
    let unescaped = || Zeroizing::new(value.replace("\\\"", "\""));
    json_kid(value).or_else(|| json_kid(&unescaped()))
}

fn json_kid(json: &str) -> Option<String> {
    let one = || serde_json::from_str::<NamedKey>(json).ok()?.kid;
    let list = || serde_json::from_str::<Vec<NamedKey>>(json).ok();
    let set = || Some(serde_json::from_str::<KeySet>(json).ok()?.keys);
    one().or_else(|| match list().or_else(set)?.as_slice() {
        [NamedKey { kid }] => kid.clone(),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kid_is_read_from_every_form_of_a_jwk() {
        let jwk = r#"{"kty":"RSA","kid":"k1","d":"AQAB"}"#;
        for value in [
            jwk.to_owned(),
            format!("'{jwk}'"),
            format!("[{jwk}]"),
            format!("{{\"keys\":[{jwk}]}}"),
            jwk.replace('"', "\\\""),
            general_purpose::STANDARD.encode(jwk),
            general_purpose::URL_SAFE_NO_PAD.encode(jwk),
        ] {
            assert_eq!(kid(&value).as_deref(), Some("k1"), "{value}");
        }
        assert_eq!(kid(&format!("[{jwk},{jwk}]")), None);
        assert_eq!(kid("<your jwk>"), None);
    }
}
