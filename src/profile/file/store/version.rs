//! The version of a file by its metadata, without reading it.

use std::{
    fs::Metadata,
    hash::{DefaultHasher, Hash, Hasher},
    time::SystemTime,
};

/// The version of a file.
#[derive(Debug, Clone, Copy)]
pub struct Version {
    /// A number that changes with the content of the file. It is the same for one build of this program only.
    pub stamp: u64,
    /// The time of the last change.
    pub changed: SystemTime,
}

impl Version {
    /// Returns the version of a file. `None` if its system does not tell the time of the last change.
    pub fn of(about: &Metadata) -> Option<Version> {
        let modified = about.modified().ok()?;
        // A file that is restored can have its old time and size.
        let created = about.created().map_or(0, ticks);
        #[cfg(unix)]
        let (number, changed) = status_change(about)?;
        #[cfg(not(unix))]
        let (number, changed) = (0, modified);
        Some(Version {
            stamp: hash(&[about.len(), ticks(modified), created, number, ticks(changed)]),
            changed: modified.max(changed),
        })
    }

    /// Returns the version of two files together.
    pub fn with(self, other: Version) -> Version {
        Version {
            stamp: hash(&[self.stamp, other.stamp]),
            changed: self.changed.max(other.changed),
        }
    }
}

/// Returns the hash of numbers, which are written as one slice: a write for each takes longer.
fn hash(numbers: &[u64]) -> u64 {
    let mut hasher = DefaultHasher::new();
    numbers.hash(&mut hasher);
    hasher.finish()
}

/// Returns a number that is another for each time.
fn ticks(time: SystemTime) -> u64 {
    // Some five hundred years of nanoseconds have a number each.
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as u64,
        Err(before) => !(before.duration().as_nanos() as u64),
    }
}

/// Returns the number of the file, and the time of the last change of the file or its metadata, which no program can set.
#[cfg(unix)]
fn status_change(about: &Metadata) -> Option<(u64, SystemTime)> {
    use std::{os::unix::fs::MetadataExt, time::Duration};
    let since = Duration::new(about.ctime().try_into().ok()?, about.ctime_nsec().try_into().ok()?);
    Some((about.ino(), SystemTime::UNIX_EPOCH.checked_add(since)?))
}
