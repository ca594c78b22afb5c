//! Settings as the clients that people use read them; comments and words in angle brackets say where a secret goes.
//!
//! The names are the clients' own. From where, all read in November 2026:
//!
//! | format | from |
//! |---|---|
//! | `env` | NAIS' names for Maskinporten (doc.nais.io), where it has one |
//! | `grant-generator` | `felleslosninger/jwt-grant-generator`: README, `Configuration.java` |
//! | `appsettings` | `Altinn/altinn-apiclient-maskinporten`: `MaskinportenSettings.cs`, `Pkcs12ClientDefinition.cs`, README |
//! | `spring` | `ks-no/fiks-maskinporten`: `MaskinportenProperties.kt`, `PrivateKeyProperties.kt`; `ks-no/fiks-virksomhetssertifikat`: `VirksomhetSertifikaterProperties.kt` |
//! | `pymaskinporten` | pymaskinporten 2.1.0 (PyPI): `config.py`, `cli.py` |
//! | `typescript` | `webmaxru/maskinporten`: `examples/.env.example`, `doctor.ts`, `cli.ts` |

use serde_json::json;

use super::{Setup, client_support::is_keystore};
use crate::{
    journey::protocol::EXCHANGE_PATH,
    text::{Args, visible},
};

/// A value for a shell: in single quotes.
pub fn quoted(value: &str) -> String {
    format!("'{}'", visible(value).replace('\'', r"'\''"))
}

/// A value for a shell and for the readers of `.env` files, who agree on single quotes as long as no single quote and
/// no backslash before one is within.
fn assigned(value: &str) -> String {
    let single = !value.contains('\'') && !value.ends_with('\\');
    // A backtick runs a command within double quotes, and some readers know no escape for it.
    if single || value.contains('`') {
        return quoted(value);
    }
    let mut out = String::from("\"");
    for c in visible(value).chars() {
        if matches!(c, '"' | '\\' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out + "\""
}

fn comment(setup: &Setup<'_>, id: &str, args: &Args) -> String {
    format!("# {}\n", setup.texts.with(id, args))
}

fn lines(pairs: &[(&str, String)]) -> String {
    pairs.iter().map(|(key, value)| format!("{key}={value}\n")).collect()
}

/// Variables that any program can read.
pub fn env(setup: &Setup<'_>) -> String {
    let environment = &setup.environment;
    let well_known = format!("{}.well-known/oauth-authorization-server", environment.issuer);
    let mut pairs = vec![
        ("MASKINPORTEN_CLIENT_ID", assigned(&setup.client_id())),
        ("MASKINPORTEN_SCOPES", assigned(&setup.scopes())),
        ("MASKINPORTEN_ISSUER", assigned(&environment.issuer)),
        ("MASKINPORTEN_TOKEN_ENDPOINT", assigned(&setup.token_endpoint())),
        ("MASKINPORTEN_WELL_KNOWN_URL", assigned(&well_known)),
    ];
    if let Some(consumer) = &setup.profile.client.consumer_org {
        pairs.push(("MASKINPORTEN_CONSUMER_ORG", assigned(consumer)));
    }
    if setup.uses_key() {
        pairs.push(("MASKINPORTEN_KID", assigned(&setup.kid())));
        pairs.push(("MASKINPORTEN_KEY_PATH", assigned(&setup.key_file())));
    } else {
        pairs.push(("MASKINPORTEN_CERTIFICATE_PATH", assigned(&setup.certificate_file())));
    }
    if let Some(customs) = &environment.customs {
        pairs.push(("CUSTOMS_TOKEN_ENDPOINT", assigned(&format!("{customs}{EXCHANGE_PATH}"))));
        pairs.push(("CUSTOMS_API", assigned(customs)));
    }
    let password = "# MASKINPORTEN_CERTIFICATE_PASSWORD=\n";
    lines(&pairs) + &comment(setup, "export-password-env", &Args::new()) + password
}

/// A value in a Java properties file: backslashes, what is not ASCII and a space at its start are escaped
/// (java.util.Properties, `load`).
fn property(value: &str) -> String {
    let mut out = String::new();
    for c in visible(value).chars() {
        match c {
            '\\' => out.push_str(r"\\"),
            ' ' if out.is_empty() => out.push_str(r"\ "),
            ' '..='~' => out.push(c),
            _ => out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
        }
    }
    out
}

/// A Java properties file, named in the generator's only argument.
pub fn grant_generator(setup: &Setup<'_>) -> String {
    let file = setup.certificate_file();
    let jks = file.to_ascii_lowercase().ends_with(".jks");
    let mut pairs = vec![
        ("issuer", property(&setup.client_id())),
        ("audience", property(&setup.environment.issuer)),
        ("token.endpoint", property(&setup.token_endpoint())),
        ("scope", property(&setup.scopes())),
    ];
    if let Some(consumer) = &setup.profile.client.consumer_org {
        pairs.push(("consumer_org", property(consumer)));
    }
    pairs.push(("keystore.type", if jks { "JKS" } else { "PKCS12" }.to_owned()));
    pairs.push(("keystore.file", property(&file)));
    pairs.push(("keystore.alias", property(&setup.place("export-alias"))));
    if setup.uses_key() {
        pairs.push(("keystore.kid", property(&setup.kid())));
    }
    let secrets = "keystore.password=\nkeystore.alias.password=\n";
    lines(&pairs) + &comment(setup, "export-password-here", &Args::new()) + secrets
}

/// A part of `appsettings.json`.
pub fn appsettings(setup: &Setup<'_>) -> String {
    let mut settings = json!({
        "Environment": setup.environment.rules.id(),
        "ClientId": setup.client_id(),
        "Scope": setup.scopes(),
    });
    let files = &setup.profile.certificate;
    let keystore = files.path.as_deref().is_none_or(is_keystore) && files.key_path.is_none();
    if setup.uses_key() {
        settings["EncodedJwk"] = json!(setup.place("export-jwk"));
    } else if keystore {
        settings["CertificatePkcs12Path"] = json!(setup.certificate_file());
        settings["CertificatePkcs12Password"] = json!(setup.place("export-password"));
    } else {
        settings["EncodedX509"] = json!(setup.place("export-x509"));
    }
    if let Some(consumer) = &setup.profile.client.consumer_org {
        settings["ConsumerOrgNo"] = json!(consumer);
    }
    format!("{:#}\n", json!({ "MaskinportenSettings": settings }))
}

/// A part of `application.yaml`, with its texts written as JSON, which YAML reads (YAML 1.2 §1.3).
pub fn spring(setup: &Setup<'_>) -> String {
    let text = |value: &str| json!(value).to_string();
    // The client has no setting for them.
    let mut out = comment(
        setup,
        "export-scopes-in-code",
        &Args::new().with("scopes", setup.scopes()),
    );
    out.push_str("maskinporten:\n");
    let mut put = |key: &str, value: &str| out.push_str(&format!("  {key}: {}\n", text(value)));
    put("audience", &setup.environment.issuer);
    put("tokenEndpoint", &setup.token_endpoint());
    put("issuer", &setup.client_id());
    if let Some(consumer) = &setup.profile.client.consumer_org {
        put("consumerOrg", consumer);
    }
    if setup.uses_key() {
        put("asymmetric-key", &setup.kid());
        let file = text(&setup.key_file());
        out.push_str(&comment(setup, "export-key-pkcs8", &Args::new()));
        out.push_str(&format!("  private-key:\n    pem-file-path: {file}\n"));
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

/// An `.env` file. Which environment it is for is said where a token is asked for.
pub fn pymaskinporten(setup: &Setup<'_>) -> String {
    let pairs = [
        ("MASKINPORTEN_CLIENT_ID", assigned(&setup.client_id())),
        ("KID", assigned(&setup.kid())),
        ("SCOPE", assigned(&setup.scopes())),
    ];
    lines(&pairs)
        + &comment(setup, "export-key-here", &Args::new())
        + "# PRIVATE_KEY=\n"
        + &to_try(setup, "pymaskinporten doctor", "--token-url")
}

/// An `.env` file.
pub fn typescript(setup: &Setup<'_>) -> String {
    let mut pairs = vec![
        ("MASKINPORTEN_CLIENT_ID", assigned(&setup.client_id())),
        ("MASKINPORTEN_KID", assigned(&setup.kid())),
        ("MASKINPORTEN_SCOPE", assigned(&setup.scopes())),
    ];
    if !setup.own_addresses() {
        pairs.insert(0, ("MASKINPORTEN_ENV", assigned(setup.environment.rules.id())));
    }
    let key = match &setup.profile.certificate.path {
        Some(file) if !is_keystore(file) => {
            pairs.push(("MASKINPORTEN_PRIVATE_KEY_PATH", assigned(&setup.key_file())));
            comment(setup, "export-key-pkcs8", &Args::new())
        }
        _ => comment(setup, "export-key-here", &Args::new()) + "# MASKINPORTEN_PRIVATE_KEY=\n",
    };
    lines(&pairs) + &key + &to_try(setup, "maskinporten-wizard doctor", "--token-endpoint")
}

/// The client's own trial, which takes the environment as an argument.
fn to_try(setup: &Setup<'_>, command: &str, endpoint: &str) -> String {
    let place = match setup.own_addresses() {
        false => format!("--env {}", setup.environment.rules.id()),
        true => format!(
            "{endpoint} {} --audience {}",
            quoted(&setup.token_endpoint()),
            quoted(&setup.environment.issuer)
        ),
    };
    let args = Args::new().with("command", format!("{command} {place}"));
    comment(setup, "export-try", &args)
}
