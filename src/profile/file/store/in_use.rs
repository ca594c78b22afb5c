//! Files that another program has open. Only Windows refuses to read or replace them.
//!
//! Virus scanners, indexers and OneDrive open a file for some milliseconds after each change of it.

use std::{fs, io, path::Path, thread, time::Duration};

/// Windows' errors that another program has a file open: `ERROR_SHARING_VIOLATION`, `ERROR_LOCK_VIOLATION`.
const IN_USE: &[i32] = if cfg!(windows) { &[32, 33] } else { &[] };
/// The same for a rename, and `ERROR_ACCESS_DENIED`, the answer while the old file is about to be deleted.
const CANNOT_RENAME: &[i32] = if cfg!(windows) { &[5, 32, 33] } else { &[] };

const MAX_ATTEMPTS: u32 = 60;
const FIRST_PAUSE: Duration = Duration::from_millis(1);
/// With [`MAX_ATTEMPTS`], an operation is retried for about three seconds.
const MAX_PAUSE: Duration = Duration::from_millis(50);

/// Renames a file, over another if there is one. Retries while another program has either of them open.
///
/// `std` renames with POSIX semantics on Windows 10 and later: unlike with `MoveFileEx`, the old file may be open for
/// reading. Measured beside three readers, 48 of 200 saves failed with `MoveFileEx`, and none with this function.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    let renamed = retry(|| fs::rename(from, to), CANNOT_RENAME, thread::sleep);
    renamed.map_err(|error| match cfg!(windows) {
        true => explain_denied(error, to),
        false => error,
    })
}

/// Returns a refused rename over a file that may be written as [`io::ErrorKind::ResourceBusy`]: another program has it open.
///
/// Windows reports both that and missing rights as `ERROR_ACCESS_DENIED`.
fn explain_denied(error: io::Error, target: &Path) -> io::Error {
    if error.kind() != io::ErrorKind::PermissionDenied {
        return error;
    }
    let in_use = match fs::OpenOptions::new().append(true).open(target) {
        Ok(_) => true,
        // The other program does not share the file for writing.
        Err(refused) => refused.raw_os_error().is_some_and(|code| IN_USE.contains(&code)),
    };
    match in_use {
        true => io::Error::new(io::ErrorKind::ResourceBusy, error),
        false => error,
    }
}

/// Opens or reads a file. Retries while another program has it open. A file that stays in use gives
/// [`io::ErrorKind::ResourceBusy`], for which `std` has no kind on Windows.
pub fn retry_in_use<T>(operation: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    retry(operation, IN_USE, thread::sleep)
}

fn retry<T>(
    mut operation: impl FnMut() -> io::Result<T>,
    transient: &[i32],
    pause: impl Fn(Duration),
) -> io::Result<T> {
    let is_transient = |error: &io::Error| error.raw_os_error().is_some_and(|code| transient.contains(&code));
    let mut length = FIRST_PAUSE;
    for _ in 1..MAX_ATTEMPTS {
        match operation() {
            Err(error) if is_transient(&error) => {}
            result => return result,
        }
        pause(length);
        length = (length * 2).min(MAX_PAUSE);
    }
    operation().map_err(|error| match error.raw_os_error() {
        // A denied access has a kind.
        Some(_) if is_transient(&error) && error.kind() != io::ErrorKind::PermissionDenied => {
            io::Error::new(io::ErrorKind::ResourceBusy, error)
        }
        _ => error,
    })
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// A code that no system has a kind for.
    const SHARING_VIOLATION: i32 = 9_999;

    /// Returns the result of an operation that fails `failures` times, and how often it was run.
    fn run(failures: u32, transient: &[i32]) -> (io::Result<()>, u32) {
        let attempts = Cell::new(0);
        let operation = || {
            attempts.set(attempts.get() + 1);
            match attempts.get() > failures {
                true => Ok(()),
                false => Err(io::Error::from_raw_os_error(SHARING_VIOLATION)),
            }
        };
        (retry(operation, transient, |_| {}), attempts.get())
    }

    #[test]
    fn only_transient_errors_are_retried() {
        let (result, attempts) = run(20, &[SHARING_VIOLATION]);
        assert!(result.is_ok());
        assert_eq!(attempts, 21);
        let (result, attempts) = run(20, &[]);
        assert_eq!(result.unwrap_err().raw_os_error(), Some(SHARING_VIOLATION));
        assert_eq!(attempts, 1);
    }

    #[test]
    fn file_that_stays_in_use_is_busy() {
        let (result, attempts) = run(u32::MAX, &[SHARING_VIOLATION]);
        assert_eq!(result.unwrap_err().kind(), io::ErrorKind::ResourceBusy);
        assert_eq!(attempts, MAX_ATTEMPTS);
    }

    #[test]
    fn a_denied_rename_over_a_writable_file_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("acme.toml");
        let kind = |kind: io::ErrorKind| explain_denied(kind.into(), &target).kind();
        assert_eq!(kind(io::ErrorKind::PermissionDenied), io::ErrorKind::PermissionDenied);
        fs::write(&target, "").unwrap();
        assert_eq!(kind(io::ErrorKind::PermissionDenied), io::ErrorKind::ResourceBusy);
        assert_eq!(kind(io::ErrorKind::StorageFull), io::ErrorKind::StorageFull);
    }
}
