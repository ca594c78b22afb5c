//! The index of a long list, `state/.index`: the summary of each profile, with the stamps of the files it was read from. A
//! profile whose files have the same stamps is not read again.
//!
//! It can be deleted at any time. One that is damaged or from another build of the program is ignored, and errors of writing
//! it too.

use std::{
    env, fs, iter,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    Store, StoreError, disk,
    listing::{Entry, Folder, Listed, in_parallel},
    state_files,
    version::Version,
};
use crate::profile::summary::Summary;

const LIMITS: Limits = Limits {
    profiles: 500,
    changed: 100,
    // FAT counts in steps of two seconds.
    age: Duration::from_secs(3),
};
/// A profile takes some 100 bytes.
const MAX_INDEX_BYTES: u64 = 1 << 28;

/// The least for which the index is written.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Fewer profiles are read within some milliseconds.
    profiles: usize,
    /// To write the index of 10,000 profiles takes as long as to read some hundred of them.
    changed: usize,
    /// A file may change twice within one step of its file system's clock, and the second change is not in its stamp. As in
    /// git's index, a file that changed as shortly before it is read is not indexed.
    age: Duration,
}

/// The summaries of all profiles.
#[derive(Debug)]
pub struct Summaries {
    pub profiles: Vec<Listed<Box<Summary>>>,
    /// The names of TOML files in the folder that are no names of profiles. They are not used.
    pub misnamed: Vec<String>,
}

/// A profile in the index. The file has the hash of its other content, the stamp of the program, and the rows by name.
#[derive(Debug, Serialize, Deserialize)]
struct Row<'a, S> {
    name: &'a str,
    /// The stamp of the profile's file and of its state's.
    stamp: u64,
    summary: S,
}

/// A profile of a long list, as it is found in its folder.
struct Found {
    entry: Entry,
    /// `None` if the profile cannot be indexed.
    version: Option<Version>,
    /// The summary in the index, if it is of this version.
    indexed: Option<Box<Summary>>,
}

/// A profile of a long list, from the index or read from its files.
struct Read {
    listed: Listed<Box<Summary>>,
    /// `None` if the profile cannot be indexed.
    version: Option<Version>,
    is_indexed: bool,
}

impl Store {
    /// Returns the summary of every profile by name, or the error of reading it.
    pub fn summaries(&self) -> Result<Summaries, StoreError> {
        self.summaries_within(LIMITS)
    }

    fn summaries_within(&self, limits: Limits) -> Result<Summaries, StoreError> {
        let index = disk::read_up_to(&self.index_path(), MAX_INDEX_BYTES).ok().flatten();
        let mut folder = self.folder(index.is_some())?;
        let is_long = folder.entries.len() >= limits.profiles;
        if is_long && index.is_none() {
            folder = self.folder(true)?;
        }
        let Folder { entries, misnamed } = folder;
        let profiles = match is_long {
            true => self.indexed_summaries(entries, &index.unwrap_or_default(), limits),
            false => in_parallel(entries, |entry| self.summary(entry).0),
        };
        Ok(Summaries { profiles, misnamed })
    }

    /// Returns the summary of a profile, read from its files, and whether all of them could be read.
    fn summary(&self, entry: Entry) -> (Listed<Box<Summary>>, bool) {
        let loaded = self.load_listed(&entry);
        let is_whole = loaded.as_ref().is_ok_and(|loaded| loaded.has_whole_state);
        let listed = Listed {
            name: entry.name,
            profile: loaded.map(|loaded| Box::new(Summary::of(&loaded.profile))),
        };
        (listed, is_whole)
    }

    fn indexed_summaries(&self, entries: Vec<Entry>, index: &[u8], limits: Limits) -> Vec<Listed<Box<Summary>>> {
        let program = program();
        let mut found = find_in_index(entries, index, program);
        let is_new = |found: &&mut Found| found.indexed.is_none();
        let program = program.filter(|_| found.iter_mut().filter(is_new).count() >= limits.changed);
        let now = program.and_then(|_| self.file_system_time());
        for new in found.iter_mut().filter(is_new) {
            let is_old = |version: &Version| now.is_some_and(|now| version.changed + limits.age <= now);
            new.version = new.version.filter(is_old);
        }
        let read = in_parallel(found, |found| self.read(found));
        let new = read.iter().filter(|read| !read.is_indexed && read.version.is_some());
        if let Some(program) = program.filter(|_| new.count() >= limits.changed) {
            let content = render(&read, program).unwrap_or_default();
            let _ = disk::replace_unsynced(&self.index_path(), &content);
        }
        read.into_iter().map(|read| read.listed).collect()
    }

    fn read(&self, found: Found) -> Read {
        let Found {
            entry,
            version,
            indexed,
        } = found;
        match indexed {
            Some(summary) => Read {
                listed: Listed {
                    name: entry.name,
                    profile: Ok(summary),
                },
                version,
                is_indexed: true,
            },
            None => {
                let (listed, is_whole) = self.summary(entry);
                Read {
                    listed,
                    version: version.filter(|_| is_whole),
                    is_indexed: false,
                }
            }
        }
    }

    fn index_path(&self) -> PathBuf {
        self.state_folder().join(".index")
    }

    /// Returns the time by the clock that sets the times of files, which is another computer's on a network drive. `None` if no
    /// file can be created.
    fn file_system_time(&self) -> Option<SystemTime> {
        state_files::create_folder(&self.state_folder()).ok()?;
        disk::file_system_time(&self.state_folder()).ok()
    }
}

/// Finds the profiles whose files are unchanged in an index that this program has written.
fn find_in_index(entries: Vec<Entry>, index: &[u8], program: Option<u64>) -> Vec<Found> {
    let rows = program.and_then(|program| rows(index, program));
    let mut rows = rows.into_iter().flatten().peekable();
    let find = |entry: Entry| {
        let (name, version) = (entry.name.as_str(), version(&entry));
        while rows.next_if(|row| row.name < name).is_some() {}
        let row = rows.next_if(|row| row.name == name);
        let row = row.filter(|row| version.is_some_and(|version| version.stamp == row.stamp));
        Found {
            entry,
            version,
            indexed: row.map(|row| row.summary),
        }
    };
    entries.into_iter().map(find).collect()
}

/// Returns the version of a profile: that of its file and its state's. `None` if one of them is no regular file.
fn version(entry: &Entry) -> Option<Version> {
    let file = entry.file.version?;
    match entry.state {
        Some(state) => Some(file.with(state.version?)),
        None => Some(file),
    }
}

/// Returns the stamp of this program. `None` if its file is not found.
fn program() -> Option<u64> {
    let file = env::current_exe().and_then(fs::metadata).ok()?;
    Some(Version::of(&file)?.stamp)
}

/// Returns the rows of an index. `None` if it is damaged or from another program.
fn rows(bytes: &[u8], program: u64) -> Option<impl Iterator<Item = Row<'_, Box<Summary>>>> {
    let (hash, content) = bytes.split_first_chunk()?;
    if Sha256::digest(content) != *hash {
        return None;
    }
    let (_, mut rest) = postcard::take_from_bytes::<u64>(content)
        .ok()
        .filter(|(of, _)| *of == program)?;
    Some(iter::from_fn(move || {
        let (row, after) = postcard::take_from_bytes(rest).ok()?;
        rest = after;
        Some(row)
    }))
}

/// Renders the index of the profiles that have a version.
fn render(profiles: &[Read], program: u64) -> postcard::Result<Vec<u8>> {
    let mut content = postcard::to_extend(&program, Vec::new())?;
    for read in profiles {
        if let (Some(version), Ok(summary)) = (read.version, &read.listed.profile) {
            let name = read.listed.name.as_str();
            let stamp = version.stamp;
            content = postcard::to_extend(&Row { name, stamp, summary }, content)?;
        }
    }
    Ok([Sha256::digest(&content).as_slice(), &content].concat())
}

#[cfg(test)]
mod tests;
