//! Paths as they are saved: absolute and without `..`, or relative to the user's home. Pure.

use std::path::{Component, Path, PathBuf};

use crate::profile::parse::{self, ParseError};

/// Makes a path absolute, as the profile is in another folder. A path that begins with `~` is resolved when it is used.
pub(super) fn path(written: &str, folder: &Path) -> Result<Option<PathBuf>, ParseError> {
    let Some(path) = parse::path(written).map(PathBuf::from) else {
        return Ok(None);
    };
    // A pasted key would be saved.
    if written.contains("-----BEGIN") {
        return Err(ParseError::new("refused-path-content"));
    }
    if let Some(variable) = path.to_str().and_then(parse::leading_variable) {
        return Err(ParseError::new("refused-path-variable").with("variable", variable));
    }
    if cfg!(windows) && path.to_str().is_some_and(parse::is_relative_to_drive) {
        return Err(ParseError::new("refused-path-drive").with("written", path.to_string_lossy().into_owned()));
    }
    let path = if path.starts_with("~") {
        path
    } else {
        normalised(&folder.join(path))
    };
    // TOML has UTF-8 only.
    if path.to_str().is_none() {
        return Err(ParseError::new("refused-path-encoding"));
    }
    Ok(Some(path))
}

/// Returns a path without `.` and `..`, by its text alone.
fn normalised(path: &Path) -> PathBuf {
    let is_relative = |component| matches!(component, Component::CurDir | Component::ParentDir);
    // A slash at the end is kept.
    if !path.components().any(is_relative) {
        return path.to_owned();
    }
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            // Nothing is above the root.
            Component::ParentDir if out.has_root() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saved_path_has_no_parent_folders() {
        for (written, saved) in [
            ("../certs/a.p12", "/home/certs/a.p12"),
            ("./x/../a.p12", "/home/kari/a.p12"),
            ("/../../a.p12", "/a.p12"),
            ("../../../../a.p12", "/a.p12"),
            ("~/../a.p12", "~/../a.p12"),
        ] {
            let path = path(written, Path::new("/home/kari")).unwrap();
            assert_eq!(path.as_deref(), Some(Path::new(saved)), "{written}");
        }
    }
}
