//! The certificate files of a run. Forty profiles may share one file, and deriving a key from a password is slow on purpose:
//! each file is read once, and decrypted once with each password.

use std::{
    collections::HashMap,
    fs::Metadata,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use zeroize::Zeroizing;

use super::{
    Password,
    format::{self, Content, Other},
};
use crate::{bounded_read, certificate::rank::Wanted};

/// Bytes of a file. A key with its chain has a few kilobytes; more is something else.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// The certificate files that were read. Clones share them. They are wiped when the last one is dropped.
#[derive(Clone, Default)]
pub struct FileCache(Arc<Mutex<HashMap<PathBuf, Arc<Mutex<CachedFile>>>>>);

#[derive(Default)]
struct CachedFile {
    bytes: Option<Arc<FileBytes>>,
    contents: Vec<(Request, Arc<Content>)>,
}

/// The password that a file is opened with, and the certificate that is wanted of it.
type Request = (Option<Password>, Option<Wanted>);

/// A file as it is on the disk.
struct FileBytes {
    /// If it is too long, its length instead, if it has one.
    bytes: Result<Zeroizing<Vec<u8>>, Option<u64>>,
    open_to_others: bool,
}

impl FileCache {
    /// Returns the content of a file as `password` opens it, and whether other users may read the file. A file that is too long
    /// is not looked at. Without `wanted`, all its keys are read.
    ///
    /// # Errors
    ///
    /// The file cannot be read. It is tried again at the next call.
    pub(super) fn read(
        &self,
        path: &Path,
        password: Option<&Password>,
        wanted: Option<Wanted>,
    ) -> io::Result<(Arc<Content>, bool)> {
        let file = lock(&self.0).entry(path.to_owned()).or_default().clone();
        // Locked while it is decrypted, so that parallel checks do not decrypt it twice.
        let mut file = lock(&file);
        let read = match &file.bytes {
            Some(read) => read.clone(),
            None => file.bytes.insert(Arc::new(FileBytes::read(path)?)).clone(),
        };
        // With all keys read, a content serves every request.
        let serves = |(other, of): &Request| other.as_ref() == password && (of.is_none() || *of == wanted);
        let known = file.contents.iter().find(|(request, _)| serves(request));
        if let Some((_, content)) = known {
            return Ok((content.clone(), read.open_to_others));
        }
        let content = match &read.bytes {
            Ok(bytes) => format::read(bytes, password, wanted),
            Err(length) => Content {
                other: Some(Other::TooLarge(*length)),
                ..Content::new()
            },
        };
        let content = Arc::new(content);
        let limit = wanted.filter(|_| content.keys.iter().any(|key| key.is_claimed));
        file.contents.push(((password.cloned(), limit), content.clone()));
        Ok((content, read.open_to_others))
    }
}

impl FileBytes {
    fn read(path: &Path) -> io::Result<FileBytes> {
        match bounded_read::read_file(path, MAX_FILE_BYTES) {
            Ok((bytes, metadata)) => Ok(FileBytes {
                bytes: Ok(bytes),
                open_to_others: open_to_others(path, &metadata),
            }),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => Ok(FileBytes {
                bytes: Err(std::fs::metadata(path)
                    .ok()
                    .filter(Metadata::is_file)
                    .map(|about| about.len())),
                open_to_others: false,
            }),
            Err(error) => Err(error),
        }
    }
}

impl std::fmt::Debug for FileCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileCache").finish_non_exhaustive()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns true if other users can read a file: by its mode, and as they may enter all folders above it.
#[cfg(unix)]
fn open_to_others(path: &Path, metadata: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    let allows = |metadata: &Metadata, bit| metadata.permissions().mode() & bit != 0;
    let may_enter = |folder: &Path| std::fs::metadata(folder).is_ok_and(|about| allows(&about, 0o001));
    let is_reachable = || {
        let real = std::fs::canonicalize(path);
        real.map_or(true, |real| real.ancestors().skip(1).all(may_enter))
    };
    metadata.is_file() && allows(metadata, 0o004) && is_reachable()
}

#[cfg(not(unix))]
fn open_to_others(_: &Path, _: &Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn password(text: &str) -> Password {
        Password::new(Zeroizing::new(text.to_owned()))
    }

    #[test]
    fn file_is_read_once_and_decrypted_once_with_each_password() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("acme.p12");
        fs::write(&path, "first").unwrap();
        let cache = FileCache::default();
        let read = |entered: Option<&str>| {
            let entered = entered.map(password);
            cache.clone().read(&path, entered.as_ref(), None).unwrap().0
        };
        let (one, none) = (read(Some("one")), read(None));
        // If it was read again, this would be missed.
        fs::remove_file(&path).unwrap();
        assert!(Arc::ptr_eq(&one, &read(Some("one"))));
        assert!(Arc::ptr_eq(&none, &read(None)));
        assert!(!Arc::ptr_eq(&one, &none));
        assert!(!Arc::ptr_eq(&one, &read(Some("other"))));
    }

    #[test]
    fn file_that_could_not_be_read_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let (path, cache) = (folder.path().join("acme.p12"), FileCache::default());
        assert!(cache.read(&path, None, None).is_err());
        fs::write(&path, "").unwrap();
        assert!(cache.read(&path, None, None).is_ok());
    }
}
