//! Where the sandbox that somebody serves in another window is found by the commands of the same home.
//!
//! The address is in a file. That its sandbox still runs is told by a lock beside it, which the system lets go of
//! however the process ends; so an address that was left behind misleads nobody.

use std::{
    fs::{self, File, TryLockError},
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Kept for as long as the sandbox runs.
#[derive(Debug)]
pub struct Announcement {
    address: PathBuf,
    _lock: File,
}

/// Makes a sandbox known; nothing where another one is known already.
pub fn announce(folder: &Path, address: SocketAddr) -> io::Result<Option<Announcement>> {
    let lock = File::create(lock(folder))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    let file = folder.join("address");
    fs::write(&file, address.to_string())?;
    Ok(Some(Announcement {
        address: file,
        _lock: lock,
    }))
}

/// The address of the one that runs.
pub fn found(folder: &Path) -> Option<SocketAddr> {
    let lock = File::open(lock(folder)).ok()?;
    match lock.try_lock_shared() {
        Err(TryLockError::WouldBlock) => fs::read_to_string(folder.join("address")).ok()?.parse().ok(),
        Ok(()) | Err(TryLockError::Error(_)) => None,
    }
}

fn lock(folder: &Path) -> PathBuf {
    folder.join("serving")
}

impl Drop for Announcement {
    fn drop(&mut self) {
        // Where it cannot be removed, the lock tells that nobody is there.
        let _ = fs::remove_file(&self.address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_known_for_as_long_as_it_runs() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let [one, two] = ["127.0.0.1:8765", "127.0.0.1:8766"].map(|address| address.parse().unwrap());
        assert_eq!(found(folder), None);
        let first = announce(folder, one).unwrap();
        assert!(first.is_some());
        assert!(announce(folder, two).unwrap().is_none(), "the first one stays known");
        assert_eq!(found(folder), Some(one));
        drop(first);
        assert_eq!(found(folder), None);
        // As after a kill: the address is there, and nobody holds the lock.
        fs::write(folder.join("address"), one.to_string()).unwrap();
        assert_eq!(found(folder), None);
        assert!(announce(folder, two).unwrap().is_some());
    }
}
