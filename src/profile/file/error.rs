//! The error of reading or writing a profile or the configuration, with its texts. Pure: [`store`](super::store) creates it.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::toml_reader::{Problem, ProblemKind};
use crate::text::{Args, Texts, io_reason_of};

/// The reason a profile or the configuration could not be read or written.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreError {
    /// No profile has that name.
    NotFound { name: String },
    /// A profile with that name exists already.
    Exists { name: String },
    /// Another window or program has written the file since it was read.
    Changed { path: PathBuf },
    /// The file is not valid. It is left unchanged.
    Malformed {
        path: PathBuf,
        line: usize,
        column: usize,
        problem: Box<Problem>,
    },
    /// A newer version of this program wrote the file.
    NewerFormat { path: PathBuf, found: i64 },
    /// The path is not a regular file, or the file is far too large to be a profile.
    NotAFile { path: PathBuf },
    /// Another program has had the writers' lock for too long.
    Locked { path: PathBuf },
    /// Any other error of the operating system.
    Io {
        path: PathBuf,
        kind: io::ErrorKind,
        /// The operating system's message.
        message: String,
    },
}

/// Returns a stable id for programs of an error of reading or writing a file that exists.
pub fn io_error_id(kind: io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::PermissionDenied => "file-denied",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "disk-full",
        _ => "file-error",
    }
}

impl StoreError {
    /// Returns a stable id for programs, in kebab case.
    pub fn id(&self) -> &'static str {
        match self {
            StoreError::NotFound { .. } => "profile-not-found",
            StoreError::Exists { .. } => "profile-exists",
            StoreError::Changed { .. } => "profile-changed",
            StoreError::Malformed { path, .. } if is_profile(path) => "profile-malformed",
            StoreError::Malformed { .. } => "configuration-malformed",
            StoreError::NewerFormat { .. } => "profile-newer",
            StoreError::NotAFile { .. } => "not-a-file",
            StoreError::Locked { .. } => "profiles-locked",
            StoreError::Io { kind, .. } => io_error_id(*kind),
        }
    }

    /// Returns what happened and why, for people.
    pub fn text(&self, texts: &Texts) -> String {
        let at = |path: &Path| Args::new().with("path", path.to_string_lossy().into_owned());
        match self {
            StoreError::NotFound { name } => texts.with("store-not-found", &Args::new().with("name", name)),
            StoreError::Exists { name } => texts.with("store-exists", &Args::new().with("name", name)),
            StoreError::Changed { path } => texts.with("store-changed", &at(path)),
            StoreError::Malformed {
                path,
                line,
                column,
                problem,
            } => {
                let args = at(path).with("line", *line).with("column", *column);
                texts.with("store-malformed", &args.with("problem", problem.text(texts)))
            }
            StoreError::NewerFormat { path, found } => {
                texts.with("store-newer-format", &at(path).with("found", *found))
            }
            StoreError::NotAFile { path } => texts.with("store-not-a-file", &at(path)),
            StoreError::Locked { path } => texts.with("store-locked", &at(path)),
            StoreError::Io { path, kind, message } => match kind {
                io::ErrorKind::PermissionDenied => texts.with("store-denied", &at(path)),
                io::ErrorKind::ResourceBusy => texts.with("store-in-use", &at(path)),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => texts.with("store-full", &at(path)),
                io::ErrorKind::ReadOnlyFilesystem => texts.with("store-read-only", &at(path)),
                _ => texts.with("store-io", &at(path).with("error", io_reason_of(*kind, message, texts))),
            },
        }
    }

    /// Returns advice on how to continue, for people.
    pub fn hint(&self, texts: &Texts) -> String {
        let args = match self {
            StoreError::Exists { name } => Args::new().with("name", name),
            _ => Args::new(),
        };
        let hint = match self {
            StoreError::NotFound { .. } => "store-not-found.hint",
            StoreError::Exists { .. } => "store-exists.hint",
            StoreError::Changed { .. } => "store-changed.hint",
            StoreError::Malformed { path, .. } if is_profile(path) => "store-malformed.hint",
            StoreError::Malformed { .. } => "store-malformed.config",
            StoreError::NewerFormat { .. } => "store-newer-format.hint",
            StoreError::NotAFile { .. } => "store-not-a-file.hint",
            StoreError::Locked { .. } => "store-locked.hint",
            StoreError::Io {
                kind: io::ErrorKind::PermissionDenied,
                ..
            } => "store-denied.hint",
            StoreError::Io {
                kind: io::ErrorKind::ResourceBusy,
                ..
            } => "store-in-use.hint",
            StoreError::Io {
                kind: io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded,
                ..
            } => "store-full.hint",
            StoreError::Io {
                kind: io::ErrorKind::ReadOnlyFilesystem,
                ..
            } => "store-read-only.hint",
            StoreError::Io { .. } => "store-io.hint",
        };
        texts.with(hint, &args)
    }

    /// Returns a function that adds the path to an I/O error.
    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> StoreError {
        move |error| StoreError::Io {
            path: path.to_owned(),
            kind: error.kind(),
            message: error.to_string(),
        }
    }

    /// Returns a function that adds the path to a parse error.
    pub(super) fn malformed(path: &Path) -> impl Fn(Problem) -> StoreError {
        move |problem| match problem.kind {
            ProblemKind::NewerFormat { found } => StoreError::NewerFormat {
                path: path.to_owned(),
                found,
            },
            _ => StoreError::Malformed {
                path: path.to_owned(),
                line: problem.line,
                column: problem.column,
                problem: Box::new(problem),
            },
        }
    }
}

/// Returns true for a profile's file, false for `config.toml`.
fn is_profile(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with("profiles"))
}
