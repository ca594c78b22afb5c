//! Maskinporten's token response. Pure, but for the randomness of RSA blinding: the caller passes ids and the clock.

use serde_json::{Value, json};

use super::{jwt::Signer, open_scopes::DELEGATION_SOURCE, validate_grant::Authorization};

/// The lifetime of Maskinporten's tokens.
pub const TOKEN_LIFETIME_S: i64 = 119;
/// The ISO 6523 identifier of the Norwegian register of legal entities.
pub const NORWEGIAN_ID_PREFIX: &str = "0192:";

/// Returns the response to a valid grant (Digdir, *Access token*). `None` if the token cannot be signed.
pub fn issue(authorization: &Authorization, signer: &Signer, issuer: &str, now: i64, jti: &str) -> Option<Value> {
    let mut claims = json!({
        "iss": issuer,
        "client_id": authorization.client_id,
        "client_amr": authorization.client_amr,
        "consumer": party(&authorization.consumer, authorization.foreign),
        "scope": authorization.scope,
        "token_type": "Bearer",
        "iat": now,
        "exp": now + TOKEN_LIFETIME_S,
        "jti": jti,
    });
    if let Some(supplier) = &authorization.supplier {
        claims["supplier"] = party(supplier, false);
        claims["delegation_source"] = json!(DELEGATION_SOURCE);
    }
    if let Some(resource) = &authorization.resource {
        claims["aud"] = resource.clone();
    }
    Some(json!({
        "access_token": signer.sign(&claims)?,
        "token_type": "Bearer",
        "expires_in": TOKEN_LIFETIME_S,
        "scope": authorization.scope,
    }))
}

/// Returns an organisation as tokens name it: ISO 6523 for a Norwegian number, otherwise the eSeal's identifier verbatim.
fn party(id: &str, foreign: bool) -> Value {
    match foreign {
        false => json!({ "authority": "iso6523-actorid-upis", "ID": format!("{NORWEGIAN_ID_PREFIX}{id}") }),
        true => json!({ "authority": "etsi-en-319-412", "ID": id }),
    }
}
