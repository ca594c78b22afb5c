//! Findings about files: those that cannot be read, and parts that cannot.

use std::{io, path::Path};

use super::{
    error::FileError,
    format::{Content, Fault, Other},
};
use crate::{
    certificate::{Finding, FindingId, Format, Severity},
    text::{io_reason_id, visible},
};

/// Creates a finding about a file that stops.
pub fn stops(id: FindingId, path: &Path) -> Finding {
    Finding::new(id, Severity::Stops).with("file", file_name(path))
}

/// Returns a file's name without its folder.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    visible(&name.to_string_lossy())
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
    let finding = stops(FindingId::NotACertificate, path);
    let (tool, command) = match content.other {
        Some(Other::Encrypted(tool)) => tool.name_and_command(),
        _ => ("", ""),
    };
    finding
        .with("what", content.other.map_or("unknown", Other::id))
        .with("tool", tool)
        .with("command", command.replace("{file}", &file_name(path)))
}

/// Creates the finding for a fault that makes the file useless.
pub fn stop(path: &Path, fault: &Fault) -> Finding {
    let format = match fault.format {
        Format::Pkcs12 => "pkcs12",
        Format::Jwk => "jwk",
        _ => "other",
    };
    let damaged = |what: &str| {
        let place = if fault.block.is_some() { "block" } else { "file" };
        placed(stops(FindingId::Damaged, path), fault)
            .with("what", what)
            .with("place", place)
            .with("line", 0_usize)
            .with("column", 0_usize)
    };
    let unsupported = |what: &str, algorithm: &str| {
        stops(FindingId::Unsupported, path)
            .with("what", what)
            .with("algorithm", algorithm)
            .with("format", format)
    };
    match &fault.error {
        FileError::CutShort => damaged("cut-short"),
        FileError::Damaged => damaged("inside"),
        FileError::SavedAsText => damaged("saved-as-text"),
        FileError::Empty => damaged("empty"),
        FileError::Placeholder => damaged("placeholder"),
        FileError::Json { line, column } => damaged("json").with("line", *line).with("column", *column),
        FileError::Jwk { member, missing } => {
            unsupported(if *missing { "jwk-missing" } else { "jwk-malformed" }, member)
        }
        FileError::Locked => stops(FindingId::PasswordNeeded, path),
        FileError::WrongPassword => stops(FindingId::WrongPassword, path),
        FileError::OwnPassword => stops(FindingId::KeyPasswordNeeded, path),
        FileError::Unsupported(name) => unsupported("algorithm", name),
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
        FileError::Placeholder => "placeholder",
        FileError::Unsupported(_) => "unsupported",
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
