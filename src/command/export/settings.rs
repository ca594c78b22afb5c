//! Settings as the clients that people use read them. The names of the keys are the clients' own, from their public
//! READMEs and sources (November 2026); comments say where a secret goes.

use serde_json::json;

use super::Setup;
use crate::text::visible;

/// A value for a shell and for the readers of `.env` files: in single quotes.
pub fn quoted(value: &str) -> String {
    format!("'{}'", visible(value).replace('\'', r"'\''"))
}

fn comment(setup: &Setup<'_>, id: &str) -> String {
    format!("# {}\n", setup.texts.get(id))
}

fn lines(pairs: &[(&str, String)]) -> String {
    pairs.iter().map(|(key, value)| format!("{key}={value}\n")).collect()
}

/// Variables that any program can read; the names are those of NAIS where it has one.
pub fn env(setup: &Setup<'_>) -> String {
    let environment = &setup.environment;
    let well_known = format!("{}.well-known/oauth-authorization-server", environment.issuer);
    let mut pairs = vec![
        ("MASKINPORTEN_CLIENT_ID", quoted(&setup.client_id())),
        ("MASKINPORTEN_SCOPES", quoted(&setup.scopes())),
        ("MASKINPORTEN_ISSUER", quoted(&environment.issuer)),
        ("MASKINPORTEN_TOKEN_ENDPOINT", quoted(&setup.token_endpoint())),
        ("MASKINPORTEN_WELL_KNOWN_URL", quoted(&well_known)),
    ];
    if let Some(consumer) = &setup.profile.client.consumer_org {
        pairs.push(("MASKINPORTEN_CONSUMER_ORG", quoted(consumer)));
    }
    if setup.uses_key() {
        let kid = setup.profile.client.kid.clone().unwrap_or_default();
        pairs.push(("MASKINPORTEN_KID", quoted(&kid)));
        pairs.push(("MASKINPORTEN_KEY_PATH", quoted(&setup.key_file())));
    } else {
        pairs.push(("MASKINPORTEN_CERTIFICATE_PATH", quoted(&setup.certificate_file())));
    }
    if let Some(customs) = &environment.customs {
        pairs.push((
            "CUSTOMS_TOKEN_ENDPOINT",
            quoted(&format!("{customs}/api/access/external/oauth/token")),
        ));
        pairs.push(("CUSTOMS_API", quoted(customs)));
    }
    let password = "# MASKINPORTEN_CERTIFICATE_PASSWORD=\n";
    lines(&pairs) + &comment(setup, "export-password-env") + password
}

/// A Java properties file: backslashes and what is not ASCII are escaped (java.util.Properties, `load`).
pub fn grant_generator(setup: &Setup<'_>) -> String {
    let escaped = |value: &str| {
        let mut out = String::new();
        for c in visible(value).chars() {
            match c {
                '\\' => out.push_str(r"\\"),
                ' '..='~' => out.push(c),
                _ => out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
            }
        }
        out
    };
    let mut pairs = vec![
        ("issuer", escaped(&setup.client_id())),
        ("audience", escaped(&setup.environment.issuer)),
        ("token.endpoint", escaped(&setup.token_endpoint())),
        ("scope", escaped(&setup.scopes())),
    ];
    if let Some(consumer) = &setup.profile.client.consumer_org {
        pairs.push(("consumer_org", escaped(consumer)));
    }
    pairs.push(("keystore.type", "PKCS12".to_owned()));
    pairs.push(("keystore.file", escaped(&setup.certificate_file())));
    pairs.push(("keystore.alias", escaped(&setup.place("export-alias"))));
    let secrets = "keystore.password=\nkeystore.alias.password=\n";
    lines(&pairs) + &comment(setup, "export-password-here") + secrets
}

pub fn appsettings(setup: &Setup<'_>) -> String {
    let mut settings = json!({
        "Environment": setup.environment.rules.id(),
        "ClientId": setup.client_id(),
        "Scope": setup.scopes(),
    });
    if setup.uses_key() {
        settings["EncodedJwk"] = json!(setup.place("export-jwk"));
    } else {
        settings["CertificatePkcs12Path"] = json!(setup.certificate_file());
        settings["CertificatePkcs12Password"] = json!(setup.place("export-password"));
    }
    if let Some(consumer) = &setup.profile.client.consumer_org {
        settings["ConsumerOrgNo"] = json!(consumer);
    }
    format!("{:#}\n", json!({ "MaskinportenSettings": settings }))
}

/// YAML, with its texts written as JSON, which YAML reads (YAML 1.2 §1.3).
pub fn spring(setup: &Setup<'_>) -> String {
    let text = |value: &str| json!(value).to_string();
    let mut out = String::from("maskinporten:\n");
    let mut put = |key: &str, value: &str| out.push_str(&format!("  {key}: {}\n", text(value)));
    put("audience", &setup.environment.issuer);
    put("tokenEndpoint", &setup.token_endpoint());
    put("issuer", &setup.client_id());
    if let Some(consumer) = &setup.profile.client.consumer_org {
        put("consumerOrg", consumer);
    }
    if setup.uses_key() {
        put(
            "asymmetric-key",
            setup.profile.client.kid.as_deref().unwrap_or_default(),
        );
        out.push_str(&format!(
            "  private-key:\n    pem-file-path: {}\n",
            text(&setup.key_file())
        ));
        return out;
    }
    out.push_str("virksomhetsertifikat:\n  sertifikater:\n    - sertifikat-type: AUTH\n");
    let password = text(&setup.place("export-password"));
    let alias = text(&setup.place("export-alias"));
    for (key, value) in [
        ("keystore-path", text(&setup.certificate_file())),
        ("keystore-password", password.clone()),
        ("certificate-alias", alias.clone()),
        ("private-key-alias", alias),
        ("private-key-password", password),
    ] {
        out.push_str(&format!("      {key}: {value}\n"));
    }
    out
}

pub fn pymaskinporten(setup: &Setup<'_>) -> String {
    let pairs = [
        ("MASKINPORTEN_CLIENT_ID", quoted(&setup.client_id())),
        ("KID", quoted(setup.profile.client.kid.as_deref().unwrap_or_default())),
        ("SCOPE", quoted(&setup.scopes())),
    ];
    lines(&pairs) + &comment(setup, "export-key-here") + "# PRIVATE_KEY=\n"
}

pub fn typescript(setup: &Setup<'_>) -> String {
    let pairs = [
        ("MASKINPORTEN_ENV", quoted(setup.environment.rules.id())),
        ("MASKINPORTEN_CLIENT_ID", quoted(&setup.client_id())),
        (
            "MASKINPORTEN_KID",
            quoted(setup.profile.client.kid.as_deref().unwrap_or_default()),
        ),
        ("MASKINPORTEN_SCOPE", quoted(&setup.scopes())),
    ];
    lines(&pairs) + &comment(setup, "export-key-here") + "# MASKINPORTEN_PRIVATE_KEY=\n"
}
