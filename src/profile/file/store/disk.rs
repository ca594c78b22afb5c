//! The disk operations of the store: the writers' lock, atomic replacement, private folders.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

use super::{StoreError, in_use};
use crate::text::Language;

/// The largest file that is read. No profile or configuration is as large.
const MAX_FILE_BYTES: u64 = 1 << 20;
/// A profile has some 700 bytes.
const TYPICAL_FILE_BYTES: usize = 4096;
/// The prefix of temporary files' names.
const TEMPORARY_PREFIX: &str = ".unfinished-";
/// A temporary file beside a link's target is another program's until it is as old.
const MAX_WRITE_TIME: Duration = Duration::from_secs(3600);

/// Limit for the wait for another writer.
const MAX_LOCK_WAIT: Duration = Duration::from_secs(20);
/// Wait after which it is announced.
const SILENT_LOCK_WAIT: Duration = Duration::from_secs(1);
const LOCK_POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Announcement that another writer is waited for.
#[derive(Debug, Clone)]
pub struct WaitNotice {
    pub language: Language,
    /// Prints the announcement in that language.
    pub print: fn(Language),
}

/// Takes the writers' lock in `folder`, which is released when the file is dropped. Fails with [`StoreError::Locked`] after
/// 20 seconds.
pub fn lock(folder: &Path, notice: Option<&WaitNotice>) -> Result<File, StoreError> {
    let path = folder.join(".lock");
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&path).map_err(StoreError::io(&path))?;
    let start = Instant::now();
    let mut notice = notice;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {}
            // Some network file systems have no locks. The comparison with the base still catches all but the narrowest
            // race.
            Err(TryLockError::Error(error)) if has_no_locks(&error) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(StoreError::io(&path)(error)),
        }
        if start.elapsed() > MAX_LOCK_WAIT {
            return Err(StoreError::Locked { path });
        }
        if start.elapsed() > SILENT_LOCK_WAIT
            && let Some(notice) = notice.take()
        {
            (notice.print)(notice.language);
        }
        thread::sleep(LOCK_POLL_INTERVAL);
    }
}

/// Returns whether a file system has no locks, or an NFS server no service for them (ENOLCK).
fn has_no_locks(error: &io::Error) -> bool {
    #[cfg(unix)]
    let is_without_service = error.raw_os_error() == Some(rustix::io::Errno::NOLCK.raw_os_error());
    #[cfg(not(unix))]
    let is_without_service = false;
    error.kind() == io::ErrorKind::Unsupported || is_without_service
}

/// Removes the temporary files that killed writers left, if they are older than `age`. The caller has the lock. One that cannot
/// be removed does no harm.
pub fn remove_temporary_files(folder: &Path, age: Duration) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_temporary = entry.file_name().to_string_lossy().starts_with(TEMPORARY_PREFIX);
        let modified = || entry.metadata().and_then(|about| about.modified()).ok();
        let is_old = || age.is_zero() || modified().and_then(|at| at.elapsed().ok()).is_some_and(|old| old > age);
        if is_temporary && is_old() {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Replaces a file atomically, or the target of a symbolic link. A file that its owner made read-only stays.
pub fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    replace_file(path, text, true)
}

/// Replaces a file atomically without waiting for the disk: after a power cut it may be the old one, or empty. For what can be
/// found out again; an fsync takes milliseconds.
pub fn replace_unsynced(path: &Path, text: &[u8]) -> io::Result<()> {
    replace_file(path, text, false)
}

/// Fails for a file that its owner made read-only. Returns the target of a symbolic link.
pub fn ensure_writable(path: &Path) -> io::Result<PathBuf> {
    let target = resolve_links(path);
    match fs::metadata(&target).is_ok_and(|about| about.permissions().readonly()) {
        true => Err(io::ErrorKind::PermissionDenied.into()),
        false => Ok(target),
    }
}

fn replace_file(path: &Path, text: &[u8], is_synced: bool) -> io::Result<()> {
    let target = ensure_writable(path)?;
    let folder = target.parent().unwrap_or(Path::new("."));
    if target != path {
        remove_temporary_files(folder, MAX_WRITE_TIME);
    }
    let mut file = tempfile::Builder::new().prefix(TEMPORARY_PREFIX).tempfile_in(folder)?;
    file.write_all(text)?;
    if is_synced {
        file.as_file().sync_all()?;
    }
    // Not `persist`: on Windows it fails while another program reads the old file.
    let temporary = file.into_temp_path().keep()?;
    in_use::rename(&temporary, &target).inspect_err(|_| drop(fs::remove_file(&temporary)))?;
    if is_synced {
        sync_folder(folder);
    }
    Ok(())
}

/// Returns the target of a symbolic link, so that the link itself is not replaced; the path itself if it is none.
fn resolve_links(path: &Path) -> PathBuf {
    if fs::symlink_metadata(path).is_ok_and(|about| !about.is_symlink()) {
        return path.to_owned();
    }
    match (fs::canonicalize(path), fs::read_link(path)) {
        (Ok(target), _) => target,
        // A link whose target does not exist yet.
        (Err(_), Ok(link)) => path.parent().map_or(link.clone(), |folder| folder.join(&link)),
        _ => path.to_owned(),
    }
}

/// Returns the time by the clock that sets the times of the files in a folder: that of a new file.
pub fn file_system_time(folder: &Path) -> io::Result<SystemTime> {
    let file = tempfile::Builder::new().prefix(TEMPORARY_PREFIX).tempfile_in(folder)?;
    file.as_file().metadata()?.modified()
}

/// Reads a file; `None` if there is none.
pub fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    read_up_to(path, MAX_FILE_BYTES)
}

/// Reads a file of at most `limit` bytes; `None` if there is none.
pub fn read_up_to(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let io = StoreError::io(path);
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    // Opening a pipe blocks until it is written to.
    if !about.is_file() || about.len() > limit {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    match in_use::retry_in_use(|| File::open(path)).and_then(|file| file.take(limit).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io(error)),
    }
}

/// Reads a file that was found in a folder, where a regular one takes fewer system calls; `None` if it is gone.
pub fn read_found(path: &Path, is_regular: bool) -> Result<Option<Vec<u8>>, StoreError> {
    match is_regular {
        true => read_regular(path),
        false => read(path),
    }
}

/// Reads a regular file in two system calls beside its opening; `None` if there is none. Opening another kind of file may
/// block.
fn read_regular(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let io = StoreError::io(path);
    let mut file = match in_use::retry_in_use(|| File::open(path)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    let mut first = [0; TYPICAL_FILE_BYTES];
    let length = in_use::retry_in_use(|| file.read(&mut first)).map_err(&io)?;
    let mut bytes = first[..length].to_vec();
    // A read of a regular file is short at its end only.
    if length == first.len() {
        file.take(MAX_FILE_BYTES).read_to_end(&mut bytes).map_err(&io)?;
    }
    match bytes.len() as u64 > MAX_FILE_BYTES {
        true => Err(StoreError::NotAFile { path: path.to_owned() }),
        false => Ok(Some(bytes)),
    }
}

/// Creates a folder that only its owner can access, or restricts an existing one to its owner. A link's target keeps its
/// permissions: others may use it for other purposes.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let about = fs::symlink_metadata(folder)?;
        if !about.is_symlink() && about.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    }
    #[cfg(not(unix))]
    fs::create_dir_all(folder)
}

/// Syncs a folder, so that a rename in it survives a power cut. Windows has no such call and needs none.
///
/// Errors are ignored: the rename has been made, and some file systems cannot sync a folder.
pub fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
