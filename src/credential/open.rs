//! The way in: the files a user named → facts, findings and a credential.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use zeroize::Zeroizing;

use super::{
    Credential, Opened, Password,
    detect::{self, Material},
    error::FileError,
    private_key::PrivateKey,
};
use crate::{
    certificate::{
        Chain, Chosen, Facts, Finding, FindingId, Format, KeyType, Other, Severity, chain, rank, x509::Certificate,
    },
    profile::{Authentication, CertificateFiles, Kind},
    text::visible,
};

/// A certificate with its chain and key is a few kilobytes. More is something else.
const MOST_BYTES: u64 = 1 << 20;

/// Opens what a user said their certificate is, and chooses what suits `kind` best, or what the user picked. Paths are as
/// the caller resolved them. Without a password those that need none are opened: the empty password and none at all are always tried.
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

/// All keys and certificates of all files.
struct Found {
    keys: Vec<PrivateKey>,
    /// From the certificate's and the key's file: a leaf is among them.
    certificates: Vec<Certificate>,
    /// From the chain's file.
    above: Vec<Certificate>,
}

fn gather(
    files: &CertificateFiles,
    authentication: Authentication,
    password: Option<&Password>,
    opened: &mut Opened,
) -> Result<Found, Finding> {
    let path = files.path.as_deref().unwrap_or(Path::new(""));
    let material = load(path, password, opened, true)?;
    let mut found = Found {
        keys: material.keys,
        certificates: material.certificates,
        above: Vec::new(),
    };
    if let Some(path) = &files.key_path {
        let material = load(path, password, opened, false)?;
        if material.keys.is_empty() {
            return Err(stops(FindingId::KeyMissing, path));
        }
        // The key that was named is the key that is meant.
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
        found.above = material.certificates;
    }
    Ok(found)
}

fn stops(id: FindingId, path: &Path) -> Finding {
    Finding::new(id, Severity::Stops).with("file", file_name(path))
}

/// A file that could not be read.
pub fn unread(path: &Path, error: &io::Error) -> Finding {
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

/// Reads one file. `main` is the one whose format is told.
fn load(path: &Path, password: Option<&Password>, opened: &mut Opened, main: bool) -> Result<Material, Finding> {
    let (bytes, open_to_others) = read_file(path).map_err(|error| unread(path, &error))?;
    let outcome = if bytes.len() as u64 > MOST_BYTES {
        Ok(Format::Unknown)
    } else {
        match detect::read(&bytes, password) {
            Ok(material) => {
                if main {
                    opened.facts.format = material.format;
                }
                if open_to_others && !material.keys.is_empty() {
                    let finding = Finding::new(FindingId::FileOpenToOthers, Severity::Warns);
                    opened.findings.push(finding.with("file", file_name(path)));
                }
                if !material.keys.is_empty() || !material.certificates.is_empty() {
                    return Ok(material);
                }
                Ok(material.format)
            }
            Err((format, trouble)) => {
                if main {
                    opened.facts.format = format;
                }
                Err((format, trouble))
            }
        }
    };
    Err(match outcome {
        Ok(format) => stops(FindingId::NotACertificate, path).with("what", instead(format, bytes.is_empty())),
        Err((format, trouble)) => refusal(path, format, trouble),
    })
}

/// What a file without a key or a certificate is; the texts choose by it.
fn instead(format: Format, empty: bool) -> &'static str {
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

fn refusal(path: &Path, format: Format, trouble: FileError) -> Finding {
    let kind = match format {
        Format::Pkcs12 => "pkcs12",
        Format::Jwk => "jwk",
        _ => "other",
    };
    match trouble {
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

/// The file's bytes, up to a limit, and whether other users of the computer may read it.
fn read_file(path: &Path) -> io::Result<(Zeroizing<Vec<u8>>, bool)> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    // Room for all of it from the start, so that no copy of a key is left where the buffer grew.
    let room = metadata.len().min(MOST_BYTES) as usize + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes, open_to_others(&metadata)))
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

/// A registered key is a key alone; a certificate beside it plays no part.
fn choose_key(found: Found, opened: &mut Opened) {
    let is_other = |key: &&PrivateKey| !matches!(key.kind, KeyType::Rsa { .. });
    let Some(key) = found.keys.iter().min_by_key(is_other) else {
        let finding = Finding::new(FindingId::KeyMissing, Severity::Stops);
        opened.findings.push(finding.with("file", &opened.facts.file));
        return;
    };
    opened.facts.chosen = Some(Chosen::bare_key(key.kind.clone()));
    opened.credential = credential(Vec::new(), key);
}

fn choose_certificate(found: Found, kind: Option<Kind>, pick: Option<u16>, opened: &mut Opened) {
    let finding = |id| Finding::new(id, Severity::Stops).with("file", &opened.facts.file);
    if found.certificates.is_empty() {
        // Only a key: told as what it is, with its certificate missing.
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

    let pool: Vec<Certificate> = found.certificates.iter().chain(&found.above).cloned().collect();
    let ordered = chain::order(leaf, &pool);
    let whole: Chain = chain::wholeness(&ordered, &pool);
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

/// The certificates that may be the one to use: those with their key before those without, and an authority's own
/// only where there is nothing else.
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

/// None for a key that Maskinporten's signatures cannot be made with.
fn credential(chain: Vec<Vec<u8>>, key: &PrivateKey) -> Option<Credential> {
    matches!(key.kind, KeyType::Rsa { .. }).then(|| Credential::new(chain, key.pkcs8.clone()))
}
