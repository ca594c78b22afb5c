//! Files whose name on the disk is written otherwise: macOS decomposes letters (NFD), and a copied name may have blanks of
//! another width.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use crate::profile::parse;

/// Entries of a folder among which a name is looked for.
const MAX_ENTRIES: usize = 20_000;

/// Returns an absolute path: `~` is the user's home, and a relative path is relative to `folder`. A file that exists under
/// another notation of its name is found.
pub fn resolve(path: &Path, folder: &Path) -> PathBuf {
    existing_path(own_folder(path).unwrap_or_else(|| folder.join(path)))
}

/// Returns a path that begins with `~` as one in the user's home. `None` for another, and for a user without a home.
pub fn own_folder(path: &Path) -> Option<PathBuf> {
    let rest = path.strip_prefix("~").ok()?;
    Some(directories::BaseDirs::new()?.home_dir().join(rest))
}

/// Returns the path of a file that was given on a command line: as it is if the file exists, else as a pasted path.
pub fn given_path(given: &Path) -> PathBuf {
    let exists = fs::symlink_metadata(given).is_ok();
    let cleaned = given.to_str().filter(|_| !exists).and_then(parse::path);
    match cleaned {
        Some(path) => resolve(Path::new(&path), Path::new("")),
        None => given.to_owned(),
    }
}

/// Returns the path of a file that exists, if exactly one has this name in another notation; else the path as it is.
fn existing_path(path: PathBuf) -> PathBuf {
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => same_name(&path).unwrap_or(path),
        _ => path,
    }
}

/// Follows the path from its root, and takes the entry of the same name where there is no equal one.
fn same_name(path: &Path) -> Option<PathBuf> {
    let mut found = PathBuf::new();
    let listed = |folder: &Path| match folder.as_os_str().is_empty() {
        true => fs::read_dir("."),
        false => fs::read_dir(folder),
    };
    for component in path.components() {
        let next = found.join(component);
        found = match component {
            Component::Normal(name) if fs::symlink_metadata(&next).is_err() => {
                let wanted = parse::file_name_key(name.to_str()?);
                let mut same = listed(&found).ok()?.take(MAX_ENTRIES).flatten().filter(|entry| {
                    let name = entry.file_name();
                    name.to_str().is_some_and(|name| parse::file_name_key(name) == wanted)
                });
                let entry = same.next()?;
                if same.next().is_some() {
                    return None;
                }
                entry.path()
            }
            _ => next,
        };
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_found_by_the_other_notations_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        for (on_disk, written) in [
            (
                "k\u{e5}re/n\u{f8}kkel \u{e9}.p12",
                "ka\u{30a}re/n\u{f8}kkel e\u{301}.p12",
            ),
            ("bla\u{30a}ba\u{308}r/a.p12", "bl\u{e5}b\u{e4}r/a.p12"),
            ("two words/a b.p12", "two\u{a0}words/a\u{202f}b.p12"),
            ("with\u{a0}nbsp/a.p12", "with nbsp/a.p12"),
            ("hidden/a\u{200b}.p12", "hidden/a.p12"),
        ] {
            let path = folder.path().join(on_disk);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
            assert_eq!(existing_path(folder.path().join(written)), path, "{written}");
        }
        let missing = folder.path().join("kåre/none.p12");
        assert_eq!(existing_path(missing.clone()), missing);
        // Two files of one name: neither is taken.
        for name in ["å b", "a\u{30a} b"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let between = folder.path().join("å\u{a0}b");
        assert_eq!(existing_path(between.clone()), between);
    }
}
