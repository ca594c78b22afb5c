//! The address file of a sandbox that another process serves, through which the commands of the same home find it.
//!
//! A lock beside the file shows that the sandbox still runs. The system releases the lock however the process ends, so
//! an address file that was left behind is never used.

use std::{
    fs::{self, File, TryLockError},
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// A published address, which is removed when this is dropped.
#[derive(Debug)]
pub struct AddressFile {
    path: PathBuf,
    _lock: File,
}

/// Publishes a sandbox's address. `None` if another sandbox of the same home is published already.
///
/// # Errors
/// Fails if the file or its lock cannot be written.
pub fn publish(folder: &Path, address: SocketAddr) -> io::Result<Option<AddressFile>> {
    let lock = File::create(lock_path(folder))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let path = address_path(folder);
    fs::write(&path, address.to_string())?;
    Ok(Some(AddressFile { path, _lock: lock }))
}

/// Returns the address of the sandbox that runs for that folder. `None` if none does.
pub fn read(folder: &Path) -> Option<SocketAddr> {
    let lock = File::open(lock_path(folder)).ok()?;
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => fs::read_to_string(address_path(folder)).ok()?.parse().ok(),
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}

fn address_path(folder: &Path) -> PathBuf {
    folder.join("address")
}

fn lock_path(folder: &Path) -> PathBuf {
    folder.join("serving")
}

impl Drop for AddressFile {
    fn drop(&mut self) {
        // If the file cannot be removed, the released lock shows that it is out of date.
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_published_while_its_sandbox_runs() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let [one, two] = ["127.0.0.1:8765", "127.0.0.1:8766"].map(|address| address.parse().unwrap());
        assert_eq!(read(folder), None);
        let first = publish(folder, one).unwrap();
        assert!(first.is_some());
        assert!(publish(folder, two).unwrap().is_none(), "the first one stays published");
        assert_eq!(read(folder), Some(one));
        drop(first);
        assert_eq!(read(folder), None);
        // After a kill the address file is still there, but its lock is released.
        fs::write(folder.join("address"), one.to_string()).unwrap();
        assert_eq!(read(folder), None);
        assert!(publish(folder, two).unwrap().is_some());
    }
}
