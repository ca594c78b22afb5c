//! Capabilities of third-party clients, and so which profiles their settings can express.
//!
//! They are read from the sources that [`settings`](super::settings) names. None of the clients sends more than the
//! certificate itself in `x5c`. Maskinporten requires the whole chain of an eSeal (Digdir, European eSeals).

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{ExportData, ExportFormat};
use crate::{
    bounded_read,
    journey::{Environment, Rules},
    profile::{CertificateFiles, Kind, command_line::shell_quote},
    text::{Args, Texts},
};

/// Reason why a client cannot use a profile: the text ids of the message and of its hint.
pub type Unsupported = (&'static str, &'static str);

const OTHER_FORMAT_HINT: &str = "export-other-hint";
const OPENSSL_HINT: &str = "export-openssl-pem.hint";
const KEYSTORE_HINT: &str = "export-keystore-only.hint";
const BARE_KEY_HINT: &str = "export-keystore-key.hint";
const JKS_HINT: &str = "export-jks.hint";

/// Longest keystore that is read for its encryption.
const MAX_KEYSTORE_BYTES: u64 = 1 << 20;
/// DER of the object identifiers of encryption that only OpenSSL's legacy provider has: those with RC4 and RC2 of RFC 7292
/// appendix C, `rc2CBC` and `desCBC` of RFC 8018 appendix C.
const LEGACY_IDENTIFIERS: [&[u8]; 6] = [
    b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x01",
    b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x02",
    b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x05",
    b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01\x06",
    b"\x06\x08\x2a\x86\x48\x86\xf7\x0d\x03\x02",
    b"\x06\x05\x2b\x0e\x03\x02\x07",
];

/// No common tool converts a JWK.
const JWK: Unsupported = ("export-jwk-unread", OTHER_FORMAT_HINT);

/// File format from which a client reads a key.
#[derive(Clone, Copy, PartialEq)]
enum KeyFile {
    Keystore,
    Pem,
    Any,
}

/// Capabilities of a client.
struct ClientSupport {
    /// The file format for a certificate with its key. `None` if the client supports registered keys only.
    certificate: Option<KeyFile>,
    /// The file format for a registered key.
    key: KeyFile,
    /// It can act for another organisation (`consumer_org`).
    consumer_org: bool,
    /// Its Maskinporten can be configured.
    own_addresses: bool,
}

/// Returns the capabilities of a format's client; `None` for formats that no client defines.
fn client_support(format: ExportFormat) -> Option<ClientSupport> {
    let client = |certificate, key, consumer_org, own_addresses| ClientSupport {
        certificate,
        key,
        consumer_org,
        own_addresses,
    };
    match format {
        ExportFormat::Handoff
        | ExportFormat::Env
        | ExportFormat::Curl
        | ExportFormat::Openssl
        | ExportFormat::Powershell
        | ExportFormat::Json
        | ExportFormat::Ics
        | ExportFormat::Prometheus => None,
        ExportFormat::GrantGenerator => Some(client(Some(KeyFile::Keystore), KeyFile::Keystore, true, true)),
        // A key in another format goes into the settings themselves, in base64.
        ExportFormat::Appsettings => Some(client(Some(KeyFile::Any), KeyFile::Any, true, false)),
        ExportFormat::Spring => Some(client(Some(KeyFile::Keystore), KeyFile::Pem, true, true)),
        // These two take the text of the key, from any file.
        ExportFormat::Pymaskinporten | ExportFormat::Typescript => Some(client(None, KeyFile::Any, false, true)),
    }
}

/// Returns why the client of a format cannot use this profile; `None` if it can.
pub fn unsupported(data: &ExportData<'_>, format: ExportFormat) -> Option<Unsupported> {
    let profile = data.profile;
    if format == ExportFormat::Openssl {
        let keys = [&profile.certificate.key_path, &profile.certificate.path];
        let key = keys.into_iter().flatten().next()?;
        if is_jwk(key) {
            return Some(JWK);
        }
        let hint = if is_jks(key) { JKS_HINT } else { OPENSSL_HINT };
        return is_keystore(key).then_some(("export-openssl-pem", hint));
    }
    let client = client_support(format)?;
    if profile.business.kind == Some(Kind::Foreign) {
        return Some(match client.certificate {
            Some(_) => ("export-chain-left-out", OTHER_FORMAT_HINT),
            None => ("export-key-only", OTHER_FORMAT_HINT),
        });
    }
    if profile.client.consumer_org.is_some() && !client.consumer_org {
        return Some(("export-no-consumer", OTHER_FORMAT_HINT));
    }
    if !client.own_addresses && data.has_own_addresses() {
        return Some(("export-environment-fixed", OTHER_FORMAT_HINT));
    }
    let required = match (data.uses_key(), client.certificate) {
        (true, _) => client.key,
        (false, Some(format)) => format,
        (false, None) => return Some(("export-key-only", OTHER_FORMAT_HINT)),
    };
    let files = &profile.certificate;
    let file = files.path.as_deref()?;
    let separate = files.key_path.is_some() || files.chain_path.is_some();
    let is_bare_key = data.uses_key() && !separate;
    match required {
        KeyFile::Keystore | KeyFile::Pem if is_jwk(files.key_path.as_deref().unwrap_or(file)) => Some(JWK),
        KeyFile::Keystore if is_bare_key && !is_keystore(file) => Some(("export-keystore-key", BARE_KEY_HINT)),
        KeyFile::Pem if is_jks(file) => Some(("export-pem-only", JKS_HINT)),
        KeyFile::Keystore if separate || !is_keystore(file) => Some(("export-keystore-only", KEYSTORE_HINT)),
        KeyFile::Pem if is_keystore(file) => Some(("export-pem-only", "export-pem-only.hint")),
        _ => None,
    }
}

/// Returns the arguments of the hint that converts the files of a profile: quoted paths, and the new answer.
///
/// The new file is beside the old one. It replaces neither a file of the profile nor another one: openssl and keytool do not
/// ask before they overwrite a private key.
pub fn conversion(files: &CertificateFiles, hint: &str, texts: &Texts) -> Args {
    let (certificate, key) = (files.path.as_deref(), files.key_path.as_deref());
    let new_file = |old: &Path, extension: &str| {
        let own = [certificate, key, files.chain_path.as_deref()];
        let is_taken = |new: &PathBuf| own.contains(&Some(new)) || fs::symlink_metadata(new).is_ok();
        let stem = old.file_stem().unwrap_or_default().to_string_lossy();
        let numbered = (2..).map(|number: u64| format!("-{number}"));
        let endings = std::iter::once("-new".to_owned()).chain(numbered);
        let others = endings.map(|ending| old.with_file_name(format!("{stem}{ending}.{extension}")));
        let mut names = std::iter::once(old.with_extension(extension)).chain(others);
        // There is always a free number.
        names.find(|new| !is_taken(new)).unwrap_or_default()
    };
    let quoted = |path: &Path| shell_quote(&path.to_string_lossy());
    let answer = |name: &str, path: &Path| shell_quote(&format!("{name}={}", path.to_string_lossy()));
    let certificate = certificate.unwrap_or(Path::new(""));
    if hint == KEYSTORE_HINT {
        let keystore = new_file(certificate, "p12");
        let chain = files
            .chain_path
            .as_deref()
            .map(|chain| format!(" -certfile {}", quoted(chain)));
        return Args::new()
            .with("key", quoted(key.unwrap_or(certificate)))
            .with("certificate", quoted(certificate) + &chain.unwrap_or_default())
            .with("keystore", quoted(&keystore))
            .with("answer", answer("certificate", &keystore));
    }
    if hint == BARE_KEY_HINT || hint == JKS_HINT {
        let keystore = new_file(certificate, "p12");
        // `openssl pkcs12 -export` needs a certificate. Maskinporten does not read it.
        return Args::new()
            .with("key", quoted(certificate))
            .with("certificate", quoted(&new_file(certificate, "crt")))
            .with("keystore", quoted(&keystore))
            .with("answer", answer("certificate", &keystore));
    }
    let (name, file) = match key {
        Some(key) if hint == OPENSSL_HINT => ("key-file", key),
        _ => ("certificate", certificate),
    };
    let pem = new_file(file, "pem");
    let (legacy, note) = match needs_legacy(file) {
        true => (" -legacy", format!(" {}", texts.get("export-legacy-note"))),
        false => ("", String::new()),
    };
    Args::new()
        .with("legacy", legacy)
        .with("note", note)
        .with("file", quoted(file))
        .with("pem", quoted(&pem))
        .with("answer", answer(name, &pem))
}

/// Returns whether OpenSSL 3 reads a keystore with `-legacy` only: it contains the identifier of RC2, RC4 or DES. That of the
/// certificates is in clear. False for a file that cannot be read.
fn needs_legacy(file: &Path) -> bool {
    let Ok((bytes, _)) = bounded_read::read_file(file, MAX_KEYSTORE_BYTES) else {
        return false;
    };
    let contains = |identifier: &&[u8]| bytes.windows(identifier.len()).any(|window| window == *identifier);
    LEGACY_IDENTIFIERS.iter().any(contains)
}

/// Returns whether a file's extension is that of a keystore for Java or .NET: certificate and key in one file.
pub fn is_keystore(file: &Path) -> bool {
    has_extension(file, &["p12", "pfx", "jks"])
}

fn has_extension(file: &Path, known: &[&str]) -> bool {
    let extension = file.extension().map(|extension| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| known.iter().any(|known| extension == *known))
}

fn is_jks(file: &Path) -> bool {
    has_extension(file, &["jks"])
}

fn is_jwk(file: &Path) -> bool {
    has_extension(file, &["jwk", "jwks", "json"])
}

impl ExportData<'_> {
    /// Returns whether the environment is neither Digdir's test nor production, so that its addresses must be configured.
    pub fn has_own_addresses(&self) -> bool {
        let is = |rules| self.environment == Environment::of(rules);
        !is(Rules::Test) && !is(Rules::Prod)
    }

    /// Returns the registered key's `kid`, or a placeholder.
    pub fn kid(&self) -> String {
        self.profile.client.kid.clone().unwrap_or_else(|| "<kid>".to_owned())
    }
}
