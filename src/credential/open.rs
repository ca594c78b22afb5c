//! The entry point: opens the files of a profile and returns facts, findings and a credential.

use std::{io, path::Path};

use super::{
    Credential, Opened, Password,
    detect::{self, Content},
    error::FileError,
    private_key::PrivateKey,
};
use crate::{
    certificate::{
        Chain, Chosen, Facts, Finding, FindingId, Format, KeyType, Other, Severity, chain, rank, x509::Certificate,
    },
    input,
    profile::{Authentication, CertificateFiles, Kind},
    text::visible,
};

/// Bytes of a file. A key with its chain has a few kilobytes; more is something else.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Opens certificate files, and chooses the certificate the user picked or, without a pick, the one most suitable for
/// `kind`. Paths are resolved by the caller. The empty password and no password are always tried, so that files
/// without encryption open without `password`.
pub fn open(
    files: &CertificateFiles,
    kind: Option<Kind>,
    authentication: Authentication,
    password: Option<&Password>,
) -> Opened {
    let facts = Facts {
        file: files.path.as_deref().map(file_name).unwrap_or_default(),
        format: Format::Unknown,
        chosen: None,
        others: Vec::new(),
    };
    let mut opened = Opened {
        facts,
        findings: Vec::new(),
        credential: None,
    };
    match gather(files, authentication, password, &mut opened) {
        Ok(found) => match authentication {
            Authentication::Certificate => choose_certificate(found, kind, files.pick, &mut opened),
            Authentication::Key => choose_key(found, &mut opened),
        },
        Err(finding) => opened.findings.push(finding),
    }
    opened
}

/// The keys and certificates of all files.
struct Material {
    keys: Vec<PrivateKey>,
    /// From the certificate file and the key file. The leaf is among them.
    certificates: Vec<Certificate>,
    /// From the chain file.
    issuers: Vec<Certificate>,
}

fn gather(
    files: &CertificateFiles,
    authentication: Authentication,
    password: Option<&Password>,
    opened: &mut Opened,
) -> Result<Material, Finding> {
    let path = files.path.as_deref().unwrap_or(Path::new(""));
    let material = load(path, password, opened, true)?;
    let mut found = Material {
        keys: material.keys,
        certificates: material.certificates,
        issuers: Vec::new(),
    };
    if let Some(path) = &files.key_path {
        let material = load(path, password, opened, false)?;
        if material.keys.is_empty() {
            return Err(stops(FindingId::KeyMissing, path));
        }
        // A key file that was named overrides keys in the certificate file.
        found.keys = material.keys;
        found.certificates.extend(material.certificates);
    }
    if let Some(path) = files
        .chain_path
        .as_deref()
        .filter(|_| authentication == Authentication::Certificate)
    {
        let material = load(path, password, opened, false)?;
        if material.certificates.is_empty() {
            return Err(stops(FindingId::NotACertificate, path).with("what", "private-key"));
        }
        found.issuers = material.certificates;
    }
    Ok(found)
}

fn stops(id: FindingId, path: &Path) -> Finding {
    Finding::new(id, Severity::Stops).with("file", file_name(path))
}

/// Creates the finding for a file that could not be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Finding {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "not-found",
        io::ErrorKind::PermissionDenied => "permission",
        io::ErrorKind::IsADirectory => "folder",
        _ => "other",
    };
    stops(FindingId::FileMissing, path)
        .with("why", why)
        .with("error", error.to_string())
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    visible(&name.to_string_lossy())
}

/// Reads one file. `main` marks the file whose format goes into the facts.
fn load(path: &Path, password: Option<&Password>, opened: &mut Opened, main: bool) -> Result<Content, Finding> {
    let (bytes, metadata) = match input::read_file(path, MAX_FILE_BYTES) {
        Ok(read) => read,
        Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            return Err(stops(FindingId::NotACertificate, path).with("what", other_content(Format::Unknown, false)));
        }
        Err(error) => return Err(unreadable(path, &error)),
    };
    match detect::read(&bytes, password) {
        Ok(material) => {
            if main {
                opened.facts.format = material.format;
            }
            if open_to_others(&metadata) && !material.keys.is_empty() {
                let finding = Finding::new(FindingId::FileOpenToOthers, Severity::Warns);
                opened.findings.push(finding.with("file", file_name(path)));
            }
            if !material.keys.is_empty() || !material.certificates.is_empty() {
                return Ok(material);
            }
            let what = other_content(material.format, bytes.is_empty());
            Err(stops(FindingId::NotACertificate, path).with("what", what))
        }
        Err((format, error)) => {
            if main {
                opened.facts.format = format;
            }
            Err(refusal(path, format, error))
        }
    }
}

/// Returns the argument by which the texts name a file without a key or a certificate.
fn other_content(format: Format, empty: bool) -> &'static str {
    match format {
        _ if empty => "empty",
        Format::Jks => "jks",
        Format::Csr => "csr",
        Format::PublicKey => "public-key",
        Format::SshKey => "ssh-key",
        Format::Pkcs12 => "empty-store",
        Format::Pem | Format::Der | Format::Jwk | Format::Unknown => "unknown",
    }
}

fn refusal(path: &Path, format: Format, error: FileError) -> Finding {
    let kind = match format {
        Format::Pkcs12 => "pkcs12",
        Format::Jwk => "jwk",
        _ => "other",
    };
    match error {
        FileError::CutShort => stops(FindingId::Damaged, path).with("what", "cut-short"),
        FileError::Damaged => stops(FindingId::Damaged, path).with("what", "inside"),
        FileError::Locked => stops(FindingId::PasswordNeeded, path),
        FileError::WrongPassword => stops(FindingId::WrongPassword, path),
        FileError::Unsupported(name) => stops(FindingId::Unsupported, path)
            .with("what", "algorithm")
            .with("algorithm", name)
            .with("format", kind),
        FileError::TooCostly => stops(FindingId::Unsupported, path)
            .with("what", "rounds")
            .with("algorithm", "PBKDF")
            .with("format", kind),
    }
}

#[cfg(unix)]
fn open_to_others(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.is_file() && metadata.permissions().mode() & 0o006 != 0
}

#[cfg(not(unix))]
fn open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

/// Selects the key to use with a key registered on the client. Certificates in the file are ignored.
fn choose_key(found: Material, opened: &mut Opened) {
    let is_other = |key: &&PrivateKey| !matches!(key.kind, KeyType::Rsa { .. });
    let Some(key) = found.keys.iter().min_by_key(is_other) else {
        let finding = Finding::new(FindingId::KeyMissing, Severity::Stops);
        opened.findings.push(finding.with("file", &opened.facts.file));
        return;
    };
    opened.facts.chosen = Some(Chosen::bare_key(key.kind.clone()));
    opened.credential = credential(Vec::new(), key);
}

/// Selects the certificate to use, its key and its chain, and reports what is missing.
fn choose_certificate(found: Material, kind: Option<Kind>, pick: Option<u16>, opened: &mut Opened) {
    let finding = |id| Finding::new(id, Severity::Stops).with("file", &opened.facts.file);
    if found.certificates.is_empty() {
        // Only a key: show its facts, and that its certificate is missing.
        opened.facts.chosen = found.keys.first().map(|key| Chosen::bare_key(key.kind.clone()));
        opened
            .findings
            .push(finding(FindingId::NotACertificate).with("what", "private-key"));
        return;
    }
    let key_of = |certificate: &Certificate| {
        let mut keys = found.keys.iter();
        keys.find(|key| key.public.as_ref() == Some(&certificate.public_key))
    };
    let leaves = leaves(&found.certificates, |certificate| key_of(certificate).is_some());
    let order = rank::rank(&leaves, kind);
    let numbered: Vec<(u16, &Certificate)> = (1..).zip(order.iter().map(|at| leaves[*at])).collect();
    let picked = |number| numbered.iter().find(|(of, _)| *of == number);
    if pick.is_some_and(|number| picked(number).is_none()) {
        let beyond = finding(FindingId::PickBeyond).with("count", numbered.len());
        opened.findings.push(beyond);
    }
    let Some((number, leaf)) = pick.and_then(picked).or(numbered.first()).copied() else {
        return;
    };

    let pool: Vec<Certificate> = found.certificates.iter().chain(&found.issuers).cloned().collect();
    let ordered = chain::order(leaf, &pool);
    let whole: Chain = chain::completeness(&ordered, &pool);
    let key = key_of(leaf);
    let unknown = found
        .keys
        .iter()
        .any(|key| key.public.is_none() && key.kind == leaf.key);
    let matches = match key {
        Some(_) => Some(true),
        None if found.keys.is_empty() || unknown => None,
        None => Some(false),
    };
    if found.keys.is_empty() {
        opened.findings.push(finding(FindingId::KeyMissing));
    } else if matches == Some(false) {
        opened.findings.push(finding(FindingId::KeyMismatch));
    }
    opened.facts.chosen = Some(Chosen::certificate(leaf, whole, matches));
    let others = numbered.iter().filter(|(other, _)| *other != number);
    opened.facts.others = others
        .map(|(number, other)| Other {
            number: *number,
            purpose: other.purpose,
        })
        .collect();
    opened.credential = key.and_then(|key| {
        let chain = ordered.iter().map(|certificate| certificate.der.clone()).collect();
        credential(chain, key)
    });
}

/// Returns the candidates for the certificate to use: those with their key or, if none has one, those that are not an
/// authority's, or else all.
fn leaves(certificates: &[Certificate], has_key: impl Fn(&Certificate) -> bool) -> Vec<&Certificate> {
    let mut distinct: Vec<&Certificate> = Vec::new();
    for certificate in certificates {
        if !distinct.iter().any(|other| other.der == certificate.der) {
            distinct.push(certificate);
        }
    }
    let with_key: Vec<_> = distinct.iter().copied().filter(|one| has_key(one)).collect();
    let below: Vec<_> = distinct.iter().copied().filter(|one| !one.authority).collect();
    [with_key, below]
        .into_iter()
        .find(|some| !some.is_empty())
        .unwrap_or(distinct)
}

/// Combines chain and key. `None` if the key is not RSA: Maskinporten takes no other signature.
fn credential(chain: Vec<Vec<u8>>, key: &PrivateKey) -> Option<Credential> {
    matches!(key.kind, KeyType::Rsa { .. }).then(|| Credential::new(chain, key.pkcs8.clone()))
}
