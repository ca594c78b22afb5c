//! Token request as shell commands that need openssl and curl only, for a key in PEM.

use serde_json::json;

use super::{
    ExportData,
    settings::quoted,
    shell::{take_token, trust},
};
use crate::{
    journey::protocol::GRANT_TYPE,
    text::{Args, visible},
};

/// Lifetime of the grant in seconds. Maskinporten allows 120.
const GRANT_LIFETIME_S: u32 = 100;

/// Returns the commands that set `token`. The key's password is asked for by openssl, if it has one.
pub fn token_request(data: &ExportData<'_>) -> String {
    let comment = |id: &str| {
        let args = Args::new().with("endpoint", data.token_endpoint());
        format!("# {}\n", data.texts.with(id, &args))
    };
    let mut claims = json!({
        "aud": data.environment.issuer,
        "iss": visible(&data.client_id()),
        "scope": data.scopes(),
    });
    if let Some(consumer) = &data.profile.client.consumer_org {
        claims["consumer_org"] = json!(consumer);
    }
    // The times and the id are added when the script runs.
    let claims = claims.to_string();
    let claims = claims.strip_suffix('}').unwrap_or(&claims);
    let mut out = comment("export-openssl-token");
    out.push_str(&format!("key={}\n", quoted(&data.key_file())));
    let header = if data.uses_key() {
        quoted(&json!({ "alg": "RS256", "typ": "JWT", "kid": data.kid() }).to_string())
    } else {
        let chain = data.profile.certificate.chain_path.as_ref();
        let chain = chain
            .map(|path| format!(" {}", quoted(&path.to_string_lossy())))
            .unwrap_or_default();
        out.push_str(&format!("certificates={}\n", quoted(&data.certificate_file())));
        // The lines of a PEM block are the base64 that x5c takes (RFC 7515 §4.1.6).
        out.push_str(&format!(
            "x5c=$(cat \"$certificates\"{chain} | awk '\n  \
             /-----BEGIN CERTIFICATE-----/ {{ printf \"%s\\\"\", sep; sep = \",\"; on = 1; next }}\n  \
             /-----END CERTIFICATE-----/ {{ if (on) printf \"\\\"\"; on = 0; next }}\n  \
             on {{ gsub(/[ \\t\\r]/, \"\"); printf \"%s\", $0 }}')\n"
        ));
        "\"{\\\"alg\\\":\\\"RS256\\\",\\\"typ\\\":\\\"JWT\\\",\\\"x5c\\\":[$x5c]}\"".to_owned()
    };
    out.push_str("b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }\n");
    out.push_str(&format!("header=$(printf %s {header} | b64url)\n"));
    out.push_str("now=$(date +%s)\n");
    out.push_str(&format!(
        "claims=$(printf '%s,\"iat\":%s,\"exp\":%s,\"jti\":\"%s\"}}' {} \\\n  \
         \"$now\" \"$((now + {GRANT_LIFETIME_S}))\" \"$(openssl rand -hex 16)\" | b64url)\n",
        quoted(claims)
    ));
    out.push_str("signature=$(printf %s \"$header.$claims\" | openssl dgst -sha256 -sign \"$key\" -binary | b64url)\n");
    out.push_str("[ -n \"$signature\" ] || exit 1\n");
    let trust = trust(data);
    out.push_str(&format!(
        "answer=$(printf %s \"$header.$claims.$signature\" | curl --silent --show-error --fail-with-body \\\n  \
         --max-time 60{trust} --data-urlencode {} --data-urlencode assertion@- \\\n  {}) || {{\n  \
         printf '%s\\n' \"$answer\" >&2; exit 1; }}\n",
        quoted(&format!("grant_type={GRANT_TYPE}")),
        quoted(&data.token_endpoint()),
    ));
    out.push_str(&take_token("token", &data.texts.get("export-openssl-no-token")));
    out
}
