//! Findings about files: those that cannot be read, and parts that cannot.

use std::{io, path::Path};

use super::{
    NamedKey,
    error::{FileError, JwkFault},
    format::{Content, Fault, Other},
};
use crate::{
    certificate::{Finding, FindingId, Format, Severity},
    profile::command_line::shell_quote,
    text::{io_reason_id, visible},
};

/// Algorithms that OpenSSL 3 reads with its legacy provider only, by the beginning of their names.
const LEGACY_ALGORITHMS: [&str; 10] = [
    "RC4", "RC2", "SEED", "Blowfish", "BF-", "CAST5", "IDEA", "MD2", "MD4", "DES-CFB",
];

/// Bytes of a megabyte, in which the size of a file is printed.
const BYTES_PER_MB: u64 = 1_000_000;

/// Creates a finding about a file that stops.
pub fn stops(id: FindingId, path: &Path) -> Finding {
    Finding::new(id, Severity::Stops).with("file", file_name(path))
}

/// Returns a file's name without its folder.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    visible(&name.to_string_lossy())
}

/// Returns a file's whole path as an argument of a command, which must work in any folder.
fn argument(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    shell_quote(&absolute.to_string_lossy())
}

/// Creates the finding for a file that could not be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Finding {
    stops(FindingId::FileMissing, path)
        .with("why", io_reason_id(error.kind()))
        .with("error", error.to_string())
}

/// Returns the fault that makes a file useless: it has nothing else, or no other key where one is needed. A missing
/// password comes first, since the user can give it.
pub fn stopping(content: &Content, needs_key: bool) -> Option<&Fault> {
    let is_password = |fault: &&Fault| {
        let locked = [FileError::Locked, FileError::WrongPassword, FileError::OwnPassword];
        locked.contains(&fault.error)
    };
    let matters = |fault: &&Fault| content.is_empty() || (needs_key && content.keys.is_empty() && fault.key);
    let mut faults = content.faults.iter().filter(matters);
    faults.clone().find(is_password).or_else(|| faults.next())
}

/// Creates the finding for a file that has neither a key nor a certificate.
pub fn other(path: &Path, content: &Content) -> Finding {
    let (tool, command) = content.other.map_or(("", ""), Other::name_and_command);
    let command = match command {
        "" => "none".to_owned(),
        command => command.replace("{file}", &argument(path)),
    };
    let finding = stops(FindingId::NotACertificate, path)
        .with("what", content.other.map_or("unknown", Other::id))
        .with("path", argument(path))
        .with("tool", tool)
        .with("command", command);
    match content.other {
        Some(Other::TooLarge(Some(bytes))) => finding
            .with("size", bytes / BYTES_PER_MB)
            .with("tenths", bytes % BYTES_PER_MB * 10 / BYTES_PER_MB),
        _ => finding.with("size", 0_u64).with("tenths", 0_u64),
    }
}

/// Creates the finding for a fault that makes the file useless. `content` is all that was read of the file.
pub fn stop(path: &Path, fault: &Fault, content: &Content) -> Finding {
    let format = match (&fault.error, fault.format) {
        (FileError::ManyPrimes, _) => "many-primes",
        (FileError::OpenSsh, _) => "openssh",
        (FileError::InHardware, _) => "hardware",
        (FileError::Recipient, _) => "recipient",
        (_, Format::Pkcs12) => "pkcs12",
        (FileError::Jwk { member, .. }, _) if member == "oth" => "many-primes",
        (_, Format::Jwk) => "jwk",
        _ if content.certificates.is_empty() => "other",
        _ => "pair",
    };
    let damaged = |what: &str| {
        let place = match (&fault.block, fault.format) {
            (Some(_), Format::Jwk) => "jwk",
            (Some(_), _) => "block",
            (None, _) => "file",
        };
        placed(stops(FindingId::Damaged, path), fault)
            .with("what", what)
            .with("place", place)
            .with("line", 0_usize)
            .with("column", 0_usize)
    };
    let unsupported = |what: &str, algorithm: &str| {
        let is_legacy = LEGACY_ALGORITHMS.iter().any(|name| algorithm.starts_with(name));
        let providers = if is_legacy {
            "-provider legacy -provider default "
        } else {
            ""
        };
        stops(FindingId::Unsupported, path)
            .with("path", argument(path))
            .with("what", what)
            .with("algorithm", algorithm)
            .with("format", format)
            .with("providers", providers)
    };
    match &fault.error {
        FileError::CutShort => damaged("cut-short"),
        FileError::Damaged => damaged("inside"),
        FileError::SavedAsText => damaged("saved-as-text"),
        FileError::Empty => damaged("empty"),
        FileError::Placeholder => damaged("placeholder"),
        FileError::Json { line, column } => damaged("json").with("line", *line).with("column", *column),
        FileError::Jwk { member, fault } => match fault {
            JwkFault::Missing => unsupported("jwk-missing", member),
            JwkFault::Placeholder => damaged("placeholder"),
            JwkFault::Malformed => unsupported("jwk-malformed", member),
        },
        FileError::Locked => stops(FindingId::PasswordNeeded, path),
        FileError::WrongPassword => stops(FindingId::WrongPassword, path),
        FileError::OwnPassword => stops(FindingId::KeyPasswordNeeded, path),
        FileError::Unsupported(name) => unsupported("algorithm", name),
        FileError::ManyPrimes | FileError::OpenSsh | FileError::InHardware | FileError::Recipient => {
            unsupported(format, "RSA")
        }
        FileError::TooCostly => unsupported("iterations", "PBKDF"),
    }
}

/// Creates the warning for a part that could not be read, while the rest is enough.
pub fn warning(path: &Path, fault: &Fault) -> Finding {
    let locked = [FileError::Locked, FileError::WrongPassword, FileError::OwnPassword];
    if locked.contains(&fault.error) {
        let what = if fault.key { "key" } else { "part" };
        let finding = Finding::new(FindingId::KeyLocked, Severity::Warns).with("what", what);
        return finding.with("file", file_name(path));
    }
    let why = match &fault.error {
        FileError::CutShort => "cut-short",
        FileError::Empty => "empty",
        FileError::Placeholder
        | FileError::Jwk {
            fault: JwkFault::Placeholder,
            ..
        } => "placeholder",
        FileError::Unsupported(_) => "unsupported",
        FileError::ManyPrimes => "many-primes",
        FileError::OpenSsh => "openssh",
        FileError::InHardware => "hardware",
        FileError::TooCostly => "iterations",
        FileError::Jwk { .. } => "jwk",
        _ => "inside",
    };
    let detail = match &fault.error {
        FileError::Unsupported(name) => name.as_str(),
        FileError::Jwk { member, .. } => member.as_str(),
        _ => "",
    };
    let place = match fault.format {
        Format::Jwk => "jwk",
        _ if fault.block.is_some() => "block",
        _ => "part",
    };
    let finding = Finding::new(FindingId::BlockUnreadable, Severity::Warns).with("file", file_name(path));
    placed(finding, fault)
        .with("place", place)
        .with("why", why)
        .with("detail", detail)
}

/// Returns the keys of a file that a profile may name, but that cannot sign: public and damaged ones.
pub fn unusable_keys(path: &Path, content: &Content) -> Vec<NamedKey> {
    let named = |kid: &str, finding| NamedKey {
        kid: Some(kid.to_owned()),
        kind: None,
        credential: None,
        finding: Some(finding),
    };
    let public = content.public_kids.iter().map(|kid| {
        let finding = stops(FindingId::KeyMissing, path).with("part", "public");
        named(kid, finding.with("kid", visible(kid)))
    });
    let is_key = |fault: &&Fault| fault.key && fault.format == Format::Jwk;
    let damaged = content.faults.iter().filter(is_key).filter_map(|fault| {
        let block = fault.block.as_ref()?;
        Some(named(&block.label, stop(path, fault, content)))
    });
    public.chain(damaged).collect()
}

fn placed(finding: Finding, fault: &Fault) -> Finding {
    let block = fault.block.as_ref();
    finding
        .with("number", block.map_or(0, |block| block.number))
        .with("label", block.map_or("", |block| block.label.as_str()))
}

/// Creates the notes about a file that was read.
pub fn notes(path: &Path, content: &Content) -> Vec<Finding> {
    let note = |id| Finding::new(id, Severity::Informs).with("file", file_name(path));
    let mac = content.unverified_mac.as_deref();
    let mac = mac.map(|algorithm| note(FindingId::MacNotVerified).with("algorithm", algorithm));
    let trimmed = content.trimmed.then(|| note(FindingId::PasswordTrimmed));
    mac.into_iter().chain(trimmed).collect()
}
