//! The version of a file by its metadata, without reading it.

use std::{
    fs::Metadata,
    hash::{Hash, Hasher},
    time::SystemTime,
};

use rustc_hash::FxHasher;

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
        let mut hasher = FxHasher::default();
        // A file that is restored can have its old time and size.
        (about.len(), modified, about.created().ok()).hash(&mut hasher);
        #[cfg(unix)]
        let modified = modified.max(status_change(about, &mut hasher)?);
        Some(Version {
            stamp: hasher.finish(),
            changed: modified,
        })
    }

    /// Returns the version of two files together.
    pub fn with(self, other: Version) -> Version {
        let mut hasher = FxHasher::default();
        (self.stamp, other.stamp).hash(&mut hasher);
        Version {
            stamp: hasher.finish(),
            changed: self.changed.max(other.changed),
        }
    }
}

/// Returns the time of the last change of the file or its metadata, which no program can set, and adds it to the stamp with the
/// number of the file.
#[cfg(unix)]
fn status_change(about: &Metadata, hasher: &mut FxHasher) -> Option<SystemTime> {
    use std::{os::unix::fs::MetadataExt, time::Duration};
    (about.ino(), about.ctime(), about.ctime_nsec()).hash(hasher);
    let since = Duration::new(about.ctime().try_into().ok()?, about.ctime_nsec().try_into().ok()?);
    SystemTime::UNIX_EPOCH.checked_add(since)
}
