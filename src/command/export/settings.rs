//! Settings files of third-party clients. Comments and placeholders say where a secret goes.
//!
//! The names are the clients' own. Their sources, all read in November 2026:
//!
//! | format | source |
//! |---|---|
//! | `env` | NAIS' names for Maskinporten (doc.nais.io), where it has one |
//! | `grant-generator` | `felleslosninger/jwt-grant-generator`: README, `Configuration.java` |
//! | `appsettings` | `Altinn/altinn-apiclient-maskinporten`: `MaskinportenSettings.cs`, `Pkcs12ClientDefinition.cs`, README |
//! | `spring` | `ks-no/fiks-maskinporten`: `MaskinportenProperties.kt`, `PrivateKeyProperties.kt`; `ks-no/fiks-virksomhetssertifikat`: `VirksomhetSertifikaterProperties.kt` |
//! | `pymaskinporten` | pymaskinporten 2.1.0 (PyPI): `config.py`, `cli.py` |
//! | `typescript` | `webmaxru/maskinporten`: `examples/.env.example`, `doctor.ts`, `cli.ts` |

use serde_json::json;

use super::{ExportData, client_support::is_keystore};
use crate::{
    journey::protocol::EXCHANGE_PATH,
    profile::import::{COMMENT, PURPOSE, SECTION},
    text::{Args, shell_quoted, visible},
};

/// Returns a value in single quotes for a shell.
pub fn quoted(value: &str) -> String {
    shell_quoted(&visible(value))
}

/// Returns a value quoted for a shell and for readers of `.env` files.
///
/// They agree on single quotes if the value contains no single quote and does not end with a backslash.
fn assigned(value: &str) -> String {
    let single = !value.contains('\'') && !value.ends_with('\\');
    // In double quotes a shell runs what is in backticks, and some readers have no escape for them.
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

/// Returns a text as a comment line.
fn comment(data: &ExportData<'_>, id: &str, args: &Args) -> String {
    format!("# {}\n", data.texts.with(id, args))
}

/// Returns the answers of the profile as comments, which `klarert import` reads. The client ignores them.
fn answers(data: &ExportData<'_>) -> String {
    let lines = named_answers(data).into_iter();
    let lines = lines.map(|(name, value)| format!("{COMMENT}{name}={}\n", visible(&value)));
    comment(data, "export-answers", &Args::new()) + &lines.collect::<String>()
}

/// Returns the answers by their names, with the purpose of an administration client.
fn named_answers(data: &ExportData<'_>) -> Vec<(&'static str, String)> {
    let mut named: Vec<_> = data
        .answers()
        .into_iter()
        .map(|(key, value)| (key.id(), value))
        .collect();
    if data.profile.is_administration() {
        named.push((PURPOSE, data.profile.purpose.id().to_owned()));
    }
    named
}

/// Returns `key=value` lines.
fn lines(pairs: &[(&str, String)]) -> String {
    pairs.iter().map(|(key, value)| format!("{key}={value}\n")).collect()
}

/// Returns variables for a shell, a container or any program.
pub fn env(data: &ExportData<'_>) -> String {
    let environment = &data.environment;
    let well_known = format!("{}.well-known/oauth-authorization-server", environment.issuer);
    let mut pairs = vec![
        ("MASKINPORTEN_CLIENT_ID", assigned(&data.client_id())),
        ("MASKINPORTEN_SCOPES", assigned(&data.scopes())),
        ("MASKINPORTEN_ISSUER", assigned(&environment.issuer)),
        ("MASKINPORTEN_TOKEN_ENDPOINT", assigned(&data.token_endpoint())),
        ("MASKINPORTEN_WELL_KNOWN_URL", assigned(&well_known)),
    ];
    if let Some(consumer) = &data.profile.client.consumer_org {
        pairs.push(("MASKINPORTEN_CONSUMER_ORG", assigned(consumer)));
    }
    if data.uses_key() {
        pairs.push(("MASKINPORTEN_KID", assigned(&data.kid())));
        pairs.push(("MASKINPORTEN_KEY_PATH", assigned(&data.key_file())));
    } else {
        pairs.push(("MASKINPORTEN_CERTIFICATE_PATH", assigned(&data.certificate_file())));
        let files = &data.profile.certificate;
        let others = [
            ("MASKINPORTEN_PRIVATE_KEY_PATH", &files.key_path),
            ("MASKINPORTEN_CHAIN_PATH", &files.chain_path),
        ];
        let given = others
            .into_iter()
            .filter_map(|(name, file)| Some((name, file.as_ref()?)));
        pairs.extend(given.map(|(name, file)| (name, assigned(&file.to_string_lossy()))));
    }
    if let Some(customs) = &environment.customs {
        pairs.push(("CUSTOMS_TOKEN_ENDPOINT", assigned(&format!("{customs}{EXCHANGE_PATH}"))));
        pairs.push(("CUSTOMS_API", assigned(customs)));
    }
    let password = "# MASKINPORTEN_CERTIFICATE_PASSWORD=\n";
    answers(data) + &lines(&pairs) + &comment(data, "export-password-env", &Args::new()) + password
}

/// Escapes a value for a Java properties file: backslashes, non-ASCII characters and a leading space
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

/// Returns a Java properties file for Digdir's generator, whose only argument is its path.
pub fn grant_generator(data: &ExportData<'_>) -> String {
    let file = data.certificate_file();
    let jks = file.to_ascii_lowercase().ends_with(".jks");
    let mut pairs = vec![
        ("issuer", property(&data.client_id())),
        ("audience", property(&data.environment.issuer)),
        ("token.endpoint", property(&data.token_endpoint())),
        ("scope", property(&data.scopes())),
    ];
    if let Some(consumer) = &data.profile.client.consumer_org {
        pairs.push(("consumer_org", property(consumer)));
    }
    pairs.push(("keystore.type", if jks { "JKS" } else { "PKCS12" }.to_owned()));
    pairs.push(("keystore.file", property(&file)));
    pairs.push(("keystore.alias", property(&data.placeholder("export-alias"))));
    if data.uses_key() {
        pairs.push(("keystore.kid", property(&data.kid())));
    }
    let secrets = "keystore.password=\nkeystore.alias.password=\n";
    answers(data) + &lines(&pairs) + &comment(data, "export-password-here", &Args::new()) + secrets
}

/// Returns the section of `appsettings.json` for Altinn's .NET client.
pub fn appsettings(data: &ExportData<'_>) -> String {
    let mut settings = json!({
        "Environment": data.environment.rules.id(),
        "ClientId": data.client_id(),
        "Scope": data.scopes(),
    });
    let files = &data.profile.certificate;
    let keystore = files.path.as_deref().is_none_or(is_keystore) && files.key_path.is_none();
    if data.uses_key() {
        settings["EncodedJwk"] = json!(data.placeholder("export-jwk"));
    } else if keystore {
        settings["CertificatePkcs12Path"] = json!(data.certificate_file());
        settings["CertificatePkcs12Password"] = json!(data.placeholder("export-password"));
    } else {
        settings["EncodedX509"] = json!(data.placeholder("export-x509"));
    }
    if let Some(consumer) = &data.profile.client.consumer_org {
        settings["ConsumerOrgNo"] = json!(consumer);
    }
    let answers: serde_json::Map<_, _> = named_answers(data)
        .into_iter()
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect();
    format!("{:#}\n", json!({ "MaskinportenSettings": settings, SECTION: answers }))
}

/// Returns the section of `application.yaml` for KS' client. Its strings are JSON, a subset of YAML (YAML 1.2 §1.3).
pub fn spring(data: &ExportData<'_>) -> String {
    let string = |value: &str| json!(value).to_string();
    // The client has no setting for scopes.
    let mut out = answers(data);
    out += &comment(
        data,
        "export-scopes-in-code",
        &Args::new().with("scopes", data.scopes()),
    );
    out.push_str("maskinporten:\n");
    let mut put = |key: &str, value: &str| out.push_str(&format!("  {key}: {}\n", string(value)));
    put("audience", &data.environment.issuer);
    put("tokenEndpoint", &data.token_endpoint());
    put("issuer", &data.client_id());
    if let Some(consumer) = &data.profile.client.consumer_org {
        put("consumerOrg", consumer);
    }
    if data.uses_key() {
        put("asymmetric-key", &data.kid());
        let file = string(&data.key_file());
        out.push_str(&comment(data, "export-key-pkcs8", &Args::new()));
        out.push_str(&format!("  private-key:\n    pem-file-path: {file}\n"));
        return out;
    }
    out.push_str("virksomhetsertifikat:\n  sertifikater:\n    - sertifikat-type: AUTH\n");
    let password = string(&data.placeholder("export-password"));
    let alias = string(&data.placeholder("export-alias"));
    for (key, value) in [
        ("keystore-path", string(&data.certificate_file())),
        ("keystore-password", password.clone()),
        ("certificate-alias", alias.clone()),
        ("private-key-alias", alias),
        ("private-key-password", password),
    ] {
        out.push_str(&format!("      {key}: {value}\n"));
    }
    out
}

/// Returns an `.env` file for pymaskinporten, which takes the environment as an argument.
pub fn pymaskinporten(data: &ExportData<'_>) -> String {
    let pairs = [
        ("MASKINPORTEN_CLIENT_ID", assigned(&data.client_id())),
        ("KID", assigned(&data.kid())),
        ("SCOPE", assigned(&data.scopes())),
    ];
    answers(data)
        + &lines(&pairs)
        + &comment(data, "export-key-here", &Args::new())
        + "# PRIVATE_KEY=\n"
        + &test_command(data, "pymaskinporten doctor", "--token-url")
}

/// Returns an `.env` file for the TypeScript client.
pub fn typescript(data: &ExportData<'_>) -> String {
    let mut pairs = vec![
        ("MASKINPORTEN_CLIENT_ID", assigned(&data.client_id())),
        ("MASKINPORTEN_KID", assigned(&data.kid())),
        ("MASKINPORTEN_SCOPE", assigned(&data.scopes())),
    ];
    if !data.has_own_addresses() {
        pairs.insert(0, ("MASKINPORTEN_ENV", assigned(data.environment.rules.id())));
    }
    let key = match &data.profile.certificate.path {
        Some(file) if !is_keystore(file) => {
            pairs.push(("MASKINPORTEN_PRIVATE_KEY_PATH", assigned(&data.key_file())));
            comment(data, "export-key-pkcs8", &Args::new())
        }
        _ => comment(data, "export-key-here", &Args::new()) + "# MASKINPORTEN_PRIVATE_KEY=\n",
    };
    answers(data) + &lines(&pairs) + &key + &test_command(data, "maskinporten-wizard doctor", "--token-endpoint")
}

/// Returns a comment with the client's own test command.
fn test_command(data: &ExportData<'_>, command: &str, endpoint: &str) -> String {
    let environment = match data.has_own_addresses() {
        false => format!("--env {}", data.environment.rules.id()),
        true => format!(
            "{endpoint} {} --audience {}",
            quoted(&data.token_endpoint()),
            quoted(&data.environment.issuer)
        ),
    };
    let args = Args::new().with("command", format!("{command} {environment}"));
    comment(data, "export-try", &args)
}
