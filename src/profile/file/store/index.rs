//! The index of a long list, `state/.index`: the summary of each profile, with the stamp of the files it was read from. A
//! profile whose files have the same stamp is not read again.
//!
//! It can be deleted at any time. One that is damaged or from another build of the program is ignored.

use std::{env, fs, hash::Hasher, iter, path::PathBuf};

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::{Store, StoreError, disk, listing::Entry, version::Version};
use crate::profile::summary::Summary;

/// A profile takes some 100 bytes.
const MAX_INDEX_BYTES: u64 = 1 << 28;

/// A profile in the index. The file has the hash of its other content, the stamp of the program, and the rows by name.
#[derive(Serialize, Deserialize)]
pub(super) struct Row<'a, S> {
    pub name: &'a str,
    /// The stamp of the profile's file and of its state's.
    pub stamp: u64,
    pub summary: S,
}

/// A profile of a long list.
pub(super) struct Found {
    pub entry: Entry,
    /// `None` if the profile cannot be indexed.
    pub version: Option<Version>,
    /// `None` until it is read, if the index has none for this version.
    pub summary: Option<Result<Box<Summary>, Box<StoreError>>>,
}

impl Found {
    /// Returns the row for the index. `None` if the profile cannot be indexed.
    pub fn row(&self) -> Option<Row<'_, &Summary>> {
        Some(Row {
            name: self.entry.name.as_str(),
            stamp: self.version?.stamp,
            summary: self.summary.as_ref()?.as_ref().ok()?,
        })
    }
}

impl Store {
    pub(super) fn index_path(&self) -> PathBuf {
        self.state_folder().join(".index")
    }

    /// Reads the index. `None` if there is none, or if it cannot be read.
    pub(super) fn read_index(&self) -> Option<Vec<u8>> {
        disk::read_up_to(&self.index_path(), MAX_INDEX_BYTES).ok().flatten()
    }
}

/// Finds the profiles whose files are unchanged in an index that this program has written.
pub(super) fn find_in_index(entries: Vec<Entry>, index: &[u8], program: Option<u64>) -> Vec<Found> {
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
            summary: row.map(|row| Ok(row.summary)),
        }
    };
    entries.into_iter().map(find).collect()
}

/// Returns the version of a profile: that of its file and its state's. `None` if one of them is no regular file.
pub(super) fn version(entry: &Entry) -> Option<Version> {
    let file = entry.file.version?;
    match entry.state {
        Some(state) => Some(file.with(state.version?)),
        None => Some(file),
    }
}

/// Returns the stamp of this program. `None` if its file is not found.
pub(super) fn program() -> Option<u64> {
    let file = env::current_exe().and_then(fs::metadata).ok()?;
    Some(Version::of(&file)?.stamp)
}

/// Returns the rows of an index. `None` if it is damaged or from another program.
fn rows(bytes: &[u8], program: u64) -> Option<impl Iterator<Item = Row<'_, Box<Summary>>>> {
    let (hash, content) = bytes.split_first_chunk()?;
    if hash_of(content) != *hash {
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

/// Renders the index of these profiles, which are by name.
pub(super) fn render<'a>(rows: impl Iterator<Item = Row<'a, &'a Summary>>, program: u64) -> postcard::Result<Vec<u8>> {
    let mut content = postcard::to_extend(&program, Vec::new())?;
    for row in rows {
        content = postcard::to_extend(&row, content)?;
    }
    Ok([hash_of(&content).as_slice(), &content].concat())
}

/// Returns the hash that tells a damaged index. It protects from no one: who can write the index can write the profiles too.
fn hash_of(content: &[u8]) -> [u8; 8] {
    let mut hasher = FxHasher::default();
    hasher.write(content);
    hasher.finish().to_le_bytes()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::profile::Profile;

    #[test]
    fn damaged_or_foreign_index_has_no_rows() {
        let summary = Summary::of(&Profile::new("test", datetime!(2026-11-22 17:00 UTC)));
        let row = |name| Row {
            name,
            stamp: 7,
            summary: &summary,
        };
        let index = render([row("acme"), row("beta")].into_iter(), 1).unwrap();
        let names = |index: &[u8], program| -> Option<Vec<String>> {
            Some(rows(index, program)?.map(|row| row.name.to_owned()).collect())
        };
        assert_eq!(names(&index, 1).unwrap(), ["acme", "beta"]);
        assert_eq!(names(&index, 2), None, "another build");
        for at in 0..index.len() {
            assert_eq!(names(&index[..at], 1), None);
            let mut damaged = index.clone();
            damaged[at] ^= 1;
            assert_eq!(names(&damaged, 1), None);
        }
        assert_eq!(names(&[&index[..], b"more"].concat(), 1), None);
    }
}
