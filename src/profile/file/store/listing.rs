//! The list of all profiles. It reads thousands of files, so that each system call and each parse counts: measured over 10,000
//! profiles, three quarters of the time is that of opening, reading and closing their files.

use std::{collections::HashSet, fs, io, num::NonZero, panic, path::Path, thread};

use super::{Store, StoreError, disk, parse_bytes, state_files};
use crate::profile::{Profile, parse::ProfileName};

/// Threads that read a list of profiles.
const MAX_READERS: usize = 8;
/// Profiles for which another thread is worth its start: reading one takes some 20 µs.
const MIN_PROFILES_PER_READER: usize = 64;

/// One entry of a list of profiles.
#[derive(Debug, Clone)]
pub struct ListedProfile {
    pub name: ProfileName,
    pub profile: Result<Profile, StoreError>,
}

/// A file of the folder of the profiles.
#[derive(Debug)]
struct Entry {
    name: ProfileName,
    /// A regular file, which needs no look before it is opened.
    is_file: bool,
}

impl Store {
    /// Returns every profile by name, each with its contents or the error of reading it.
    pub fn list(&self) -> Result<Vec<ListedProfile>, StoreError> {
        let folder = self.profiles();
        let entries = entries(&folder).map_err(StoreError::io(&folder))?;
        let states = &self.names_of_states();
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_READERS);
        let chunk = entries.len().div_ceil(threads).max(MIN_PROFILES_PER_READER);
        let read = |entries: &[Entry]| -> Vec<ListedProfile> {
            let listed = entries.iter().map(|entry| ListedProfile {
                profile: self.load_listed(entry, states),
                name: entry.name.clone(),
            });
            listed.collect()
        };
        Ok(thread::scope(|scope| {
            let mut chunks = entries.chunks(chunk);
            let first = chunks.next().unwrap_or_default();
            let others: Vec<_> = chunks.map(|entries| scope.spawn(|| read(entries))).collect();
            let mut all = read(first);
            for other in others {
                all.extend(other.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
            }
            all
        }))
    }

    fn load_listed(&self, entry: &Entry, states: &HashSet<String>) -> Result<Profile, StoreError> {
        let path = self.path(&entry.name);
        let text = match entry.is_file {
            true => disk::read_regular(&path)?,
            false => disk::read(&path)?,
        };
        let text = text.ok_or_else(|| StoreError::NotFound {
            name: entry.name.to_string(),
        })?;
        let mut profile = parse_bytes(&path, &text)?;
        if states.contains(entry.name.as_str()) {
            state_files::read_state(&self.state_path(&entry.name)).add_to(&mut profile);
        }
        Ok(profile)
    }

    /// Returns the names of the state files, read at once: a look for each that does not exist costs a system call.
    fn names_of_states(&self) -> HashSet<String> {
        let found = stems(&self.state_folder()).unwrap_or_default();
        found.into_iter().map(|(stem, _)| stem).collect()
    }

    /// Returns the names of TOML files in the folder of the profiles that are no names of profiles; none if the folder cannot be
    /// read. They are not used.
    pub fn misnamed_files(&self) -> Vec<String> {
        let stems = stems(&self.profiles()).unwrap_or_default().into_iter();
        let mut misnamed: Vec<String> = stems
            .filter(|(stem, _)| ProfileName::parse(stem).is_err())
            .map(|(stem, _)| format!("{stem}.toml"))
            .collect();
        misnamed.sort();
        misnamed
    }

    /// Returns the names of the profiles without reading them; none if the folder cannot be read.
    pub fn names(&self) -> Vec<ProfileName> {
        self.list_names().unwrap_or_default()
    }

    /// Returns the names of the profiles without reading them.
    pub fn list_names(&self) -> Result<Vec<ProfileName>, StoreError> {
        let folder = self.profiles();
        let entries = entries(&folder).map_err(StoreError::io(&folder))?;
        Ok(entries.into_iter().map(|entry| entry.name).collect())
    }
}

/// Returns the profiles in a folder, sorted by name; none if there is no folder.
fn entries(folder: &Path) -> io::Result<Vec<Entry>> {
    let found = stems(folder)?.into_iter();
    let mut entries: Vec<Entry> = found
        .filter_map(|(stem, is_file)| {
            let name = ProfileName::parse(&stem).ok()?;
            Some(Entry { name, is_file })
        })
        .collect();
    entries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(entries)
}

/// Returns the TOML files in a folder, each without its extension, and whether it is a regular file; none if there is no
/// folder.
pub(super) fn stems(folder: &Path) -> io::Result<Vec<(String, bool)>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut stems = Vec::new();
    for entry in entries {
        let entry = entry?;
        let file = entry.file_name();
        if let Some(stem) = file.to_str().and_then(|file| file.strip_suffix(".toml")) {
            let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
            stems.push((stem.to_owned(), is_file));
        }
    }
    Ok(stems)
}
