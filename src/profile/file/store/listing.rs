//! The list of all profiles. It reads thousands of files, so that each system call and each parse counts: measured over 10,000
//! profiles, three quarters of the time is that of opening, reading and closing their files.

use std::{
    fs::{self, DirEntry},
    io,
    num::NonZero,
    panic,
    path::Path,
    thread,
};

use rustc_hash::FxHashMap;

use super::{Store, StoreError, disk, parse_bytes, state_files, version::Version};
use crate::profile::{Profile, parse::ProfileName};

/// Threads that read a list of profiles.
const MAX_READERS: usize = 8;
/// Profiles for which another thread is worth its start: reading one takes some 20 µs.
const MIN_PROFILES_PER_READER: usize = 64;
const EXTENSION: &str = ".toml";

/// One entry of a list of profiles: the profile, or what was derived from it.
#[derive(Debug, Clone)]
pub struct Listed<T> {
    pub name: ProfileName,
    pub profile: Result<T, StoreError>,
}

/// One entry of a list of profiles.
pub type ListedProfile = Listed<Profile>;

/// The files of the folder of the profiles.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// The profiles, by name.
    pub entries: Vec<Entry>,
    /// The names of TOML files that are no names of profiles. They are not used.
    pub misnamed: Vec<String>,
}

/// A profile in its folder, and its state.
#[derive(Debug)]
pub(super) struct Entry {
    pub name: ProfileName,
    pub file: FoundFile,
    /// `None` if there is none.
    pub state: Option<FoundFile>,
}

/// A file in a folder.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FoundFile {
    /// A regular file, which needs no look before it is opened.
    pub is_regular: bool,
    /// The version of a regular file, if it was asked for.
    pub version: Option<Version>,
}

/// A profile that was read for a list.
#[derive(Debug)]
pub(super) struct Loaded {
    pub profile: Profile,
    /// There is no state, or it could be read.
    pub has_whole_state: bool,
}

impl Store {
    /// Returns every profile by name, each with its contents or the error of reading it.
    pub fn list(&self) -> Result<Vec<ListedProfile>, StoreError> {
        let entries = self.folder(false)?.entries;
        Ok(in_parallel(entries, |entry| Listed {
            profile: self.load_listed(&entry).map(|loaded| loaded.profile),
            name: entry.name,
        }))
    }

    /// Returns the profiles in their folder with their states, and the versions of the files if they are asked for; none if there
    /// is no folder.
    pub(super) fn folder(&self, with_versions: bool) -> Result<Folder, StoreError> {
        let path = self.profiles();
        let mut folder = folder(&path, with_versions).map_err(StoreError::io(&path))?;
        // Read at once: a look for each that does not exist costs a system call.
        let states = stems(&self.state_folder(), with_versions).and_then(Iterator::collect);
        let mut states: FxHashMap<String, FoundFile> = states.unwrap_or_default();
        for entry in &mut folder.entries {
            entry.state = states.remove(entry.name.as_str());
        }
        Ok(folder)
    }

    pub(super) fn load_listed(&self, entry: &Entry) -> Result<Loaded, StoreError> {
        let path = self.path(&entry.name);
        let text = disk::read_found(&path, entry.file.is_regular)?.ok_or_else(|| StoreError::NotFound {
            name: entry.name.to_string(),
        })?;
        let mut profile = parse_bytes(&path, &text)?;
        let read_state = |file: FoundFile| state_files::read_listed(&self.state_path(&entry.name), file.is_regular);
        let state = entry.state.map(read_state);
        let has_whole_state = state.as_ref().is_none_or(Result::is_ok);
        if let Some(Ok(state)) = state {
            state.add_to(&mut profile);
        }
        Ok(Loaded {
            profile,
            has_whole_state,
        })
    }

    /// Returns the names of TOML files in the folder of the profiles that are no names of profiles; none if the folder cannot be
    /// read. They are not used.
    pub fn misnamed_files(&self) -> Vec<String> {
        folder(&self.profiles(), false).unwrap_or_default().misnamed
    }

    /// Returns the names of the profiles without reading them; none if the folder cannot be read.
    pub fn names(&self) -> Vec<ProfileName> {
        self.list_names().unwrap_or_default()
    }

    /// Returns the names of the profiles without reading them.
    pub fn list_names(&self) -> Result<Vec<ProfileName>, StoreError> {
        let path = self.profiles();
        let folder = folder(&path, false).map_err(StoreError::io(&path))?;
        Ok(folder.entries.into_iter().map(|entry| entry.name).collect())
    }
}

/// Maps each item, with several threads if there are many. The order is kept.
pub(super) fn in_parallel<T: Send, R: Send>(mut items: Vec<T>, map: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MAX_READERS);
    let chunk = items.len().div_ceil(threads).max(MIN_PROFILES_PER_READER);
    let map = &map;
    thread::scope(|scope| {
        let mut others = Vec::new();
        while items.len() > chunk {
            let last = items.split_off((items.len() - 1) / chunk * chunk);
            others.push(scope.spawn(move || last.into_iter().map(map).collect::<Vec<R>>()));
        }
        let mut all: Vec<R> = items.into_iter().map(map).collect();
        for other in others.into_iter().rev() {
            all.extend(other.join().unwrap_or_else(|panic| panic::resume_unwind(panic)));
        }
        all
    })
}

/// Returns the profiles in a folder, without their states; none if there is no folder.
fn folder(path: &Path, with_versions: bool) -> io::Result<Folder> {
    let mut folder = Folder::default();
    for found in stems(path, with_versions)? {
        let (stem, file) = found?;
        match ProfileName::parse(&stem) {
            Ok(name) => folder.entries.push(Entry {
                // A name with spaces around it is that of another file.
                file: if name.as_str() == stem {
                    file
                } else {
                    FoundFile::default()
                },
                name,
                state: None,
            }),
            Err(_) => folder.misnamed.push(stem + EXTENSION),
        }
    }
    folder.entries.sort_unstable_by(|one, other| {
        // Of two spellings of a name, the file of that name comes first.
        let spelling = || other.file.is_regular.cmp(&one.file.is_regular);
        one.name.cmp(&other.name).then_with(spelling)
    });
    folder.misnamed.sort_unstable();
    Ok(folder)
}

/// A file in a folder, and its name without the extension.
type Stem = (String, FoundFile);

/// Returns the TOML files in a folder; none if there is no folder.
pub(super) fn stems(folder: &Path, with_versions: bool) -> io::Result<impl Iterator<Item = io::Result<Stem>> + use<>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        entries => Some(entries?),
    };
    let stem = move |entry: DirEntry| {
        let mut stem = entry.file_name().into_string().ok()?;
        if !stem.ends_with(EXTENSION) {
            return None;
        }
        stem.truncate(stem.len() - EXTENSION.len());
        Some((stem, FoundFile::new(&entry, with_versions)))
    };
    let entries = entries.into_iter().flatten();
    Ok(entries.filter_map(move |entry| entry.map(stem).transpose()))
}

impl FoundFile {
    fn new(entry: &DirEntry, with_version: bool) -> FoundFile {
        let is_regular = entry.file_type().is_ok_and(|kind| kind.is_file());
        let about = || entry.metadata().ok().filter(|about| about.is_file());
        FoundFile {
            is_regular,
            version: (is_regular && with_version)
                .then(about)
                .flatten()
                .as_ref()
                .and_then(Version::of),
        }
    }
}
