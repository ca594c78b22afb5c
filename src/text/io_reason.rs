//! Reasons of I/O errors in the user's language: the system's own text is in English or in the language of the system.

use std::{error::Error, io};

use super::{Args, Texts};

/// Ids of the reasons that are known. Any other is told in the system's text.
const REASONS: [(io::ErrorKind, &str); 14] = [
    (io::ErrorKind::NotFound, "not-found"),
    (io::ErrorKind::PermissionDenied, "permission"),
    (io::ErrorKind::IsADirectory, "folder"),
    (io::ErrorKind::NotADirectory, "not-a-folder"),
    (io::ErrorKind::ResourceBusy, "in-use"),
    (io::ErrorKind::ExecutableFileBusy, "in-use"),
    (io::ErrorKind::StorageFull, "full"),
    (io::ErrorKind::QuotaExceeded, "full"),
    (io::ErrorKind::ReadOnlyFilesystem, "read-only"),
    // A zero byte in a path.
    (io::ErrorKind::InvalidInput, "name"),
    (io::ErrorKind::InvalidFilename, "name"),
    (io::ErrorKind::FileTooLarge, "too-large"),
    (io::ErrorKind::TimedOut, "timed-out"),
    (io::ErrorKind::InvalidData, "not-text"),
];

/// Returns the id of the reason of an error: `other` for one that only the system's text tells.
pub fn io_reason_id(kind: io::ErrorKind) -> &'static str {
    let known = REASONS.iter().find(|(known, _)| *known == kind);
    known.map_or("other", |(_, id)| *id)
}

/// Returns the reason of an error as a sentence that follows a colon.
pub fn io_reason(error: &io::Error, texts: &Texts) -> String {
    io_reason_of(error.kind(), &error.to_string(), texts)
}

/// Returns an error with its causes, those of the system in the user's language.
pub fn error_chain(error: &anyhow::Error, texts: &Texts) -> String {
    let text = |cause: &(dyn Error + 'static)| match cause.downcast_ref::<io::Error>() {
        Some(error) => io_reason(error, texts),
        None => cause.to_string(),
    };
    error.chain().map(text).collect::<Vec<_>>().join(": ")
}

/// Returns the reason of an error of which only the kind and the system's text were kept.
pub fn io_reason_of(kind: io::ErrorKind, message: &str, texts: &Texts) -> String {
    let args = Args::new().with("what", io_reason_id(kind)).with("error", message);
    texts.with("io-reason", &args)
}
