//! Why a profile or the configuration could not be read or written, as data. Pure: [`store`](super::store) meets it, others
//! show it.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::toml_reader::{Problem, Wrong};
use crate::text::{Args, Texts};

/// Why a profile or the configuration could not be read or written.
#[derive(Debug, Clone, PartialEq)]
pub enum StoreError {
    /// There is no profile with that name.
    NotFound { name: String },
    /// There is one already.
    Exists { name: String },
    /// The file is no longer what it was read as: another window or program has written it.
    Changed { path: PathBuf },
    /// The file says something that cannot be understood. It is left as it is.
    Malformed {
        path: PathBuf,
        line: usize,
        column: usize,
        problem: Problem,
    },
    /// A newer version of this program wrote it.
    NewerFormat { path: PathBuf, found: i64 },
    /// It is not a file, or it is far too large to be a profile.
    NotAFile { path: PathBuf },
    Io {
        path: PathBuf,
        kind: io::ErrorKind,
        /// The system's own words.
        words: String,
    },
}

impl StoreError {
    /// What happened and why, for people.
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
            StoreError::Io { path, kind, words } => match kind {
                io::ErrorKind::PermissionDenied => texts.with("store-denied", &at(path)),
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => texts.with("store-full", &at(path)),
                io::ErrorKind::ReadOnlyFilesystem => texts.with("store-read-only", &at(path)),
                _ => texts.with("store-io", &at(path).with("words", words)),
            },
        }
    }

    /// What to do about it.
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
            StoreError::Io {
                kind: io::ErrorKind::PermissionDenied,
                ..
            } => "store-denied.hint",
            StoreError::Io { .. } => "store-io.hint",
        };
        texts.with(hint, &args)
    }

    pub(super) fn io(path: &Path) -> impl Fn(io::Error) -> StoreError {
        move |error| StoreError::Io {
            path: path.to_owned(),
            kind: error.kind(),
            words: error.to_string(),
        }
    }

    pub(super) fn malformed(path: &Path) -> impl Fn(Problem) -> StoreError {
        move |problem| match problem.wrong {
            Wrong::NewerFormat { found } => StoreError::NewerFormat {
                path: path.to_owned(),
                found,
            },
            _ => StoreError::Malformed {
                path: path.to_owned(),
                line: problem.line,
                column: problem.column,
                problem,
            },
        }
    }
}

/// Whether a file is one of several profiles; else it is the configuration, which all of them need.
fn is_profile(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with("profiles"))
}
