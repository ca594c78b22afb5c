//! The storage of profiles on disk: the only module of `profile` that does I/O. `document` and `config` parse and render.
//!
//! The profile's file has the answers and the ticks; `state/<name>.toml` what changes without them ([`state`](super::state)). Callers
//! see one profile. A file changes only if its own part does.
//!
//! A file is written to a temporary file, synced and renamed over the old one, under a lock and only if the old one is
//! unchanged since it was read. So a power cut leaves either the old or the new file, complete. If two wizards have one
//! profile open, the second gets an error before anything is lost.

mod disk;
mod in_use;
mod index;
mod listing;
mod resolve_path;
mod state_files;
mod summaries;
mod trash;
mod version;

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

pub use super::error::StoreError;
use super::{
    config::{self, Config},
    document,
    lint::{self, FileWarning},
    state::State,
    toml_reader::utf8,
};
use crate::{
    profile::{CertificateFiles, FILE_NOT_FOUND, Profile, parse::ProfileName},
    text::Language,
};
pub use disk::{WaitNotice, private_folder};
use disk::{read, sync_folder};
pub use in_use::{rename, retry_in_use};
pub use listing::{Listed, ListedProfile};
pub use resolve_path::{given_path, own_folder};
pub use summaries::Summaries;

/// The folder of profiles and configuration (`KLARERT_HOME`).
#[derive(Debug, Clone)]
pub struct Store {
    home: PathBuf,
    wait_notice: Option<WaitNotice>,
    /// The files that killed writers left were removed, which takes a look at each file.
    is_clean: Arc<AtomicBool>,
}

/// A profile as it was read or written. [`Store::save`] compares the file with it.
#[derive(Debug, Clone)]
pub struct StoredProfile {
    pub profile: Profile,
    text: Vec<u8>,
}

impl StoredProfile {
    /// Returns the text of the file.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Returns the warnings about what was written by hand.
    pub fn warnings(&self) -> Vec<FileWarning> {
        utf8(&self.text).map(lint::warnings).unwrap_or_default()
    }
}

impl Store {
    /// Returns a store in `home`. No folder is created until something is saved.
    pub fn new(home: &Path) -> Store {
        Store {
            home: home.to_owned(),
            wait_notice: None,
            is_clean: Arc::default(),
        }
    }

    /// Announces with `notice` when another writer is waited for.
    pub fn announcing(self, notice: WaitNotice) -> Store {
        Store {
            wait_notice: Some(notice),
            ..self
        }
    }

    /// Returns the folder of this store.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// Returns the folder of the profiles.
    pub fn profiles(&self) -> PathBuf {
        self.home.join("profiles")
    }

    /// Returns the path of a profile's file.
    pub fn path(&self, name: &ProfileName) -> PathBuf {
        self.profiles().join(format!("{name}.toml"))
    }

    /// Reads a profile. Fails if there is none with that name, or if its file cannot be read or is not valid.
    pub fn load(&self, name: &ProfileName) -> Result<StoredProfile, StoreError> {
        self.load_with_state(&self.path(name), &self.state_path(name), name)
    }

    /// Reads a profile and its state. A state that cannot be read counts as none.
    fn load_with_state(&self, path: &Path, state: &Path, name: &ProfileName) -> Result<StoredProfile, StoreError> {
        let text = read(path)?.ok_or_else(|| StoreError::NotFound { name: name.to_string() })?;
        let mut profile = parse_bytes(path, &text)?;
        state_files::read_state(state).add_to(&mut profile);
        Ok(StoredProfile { profile, text })
    }

    /// Fails if a profile's file is read-only, before anything is written.
    pub fn ensure_writable(&self, name: &ProfileName) -> Result<(), StoreError> {
        let path = self.path(name);
        disk::ensure_writable(&path).map(drop).map_err(StoreError::io(&path))
    }

    /// Writes `profile` over `base`, or a new file without a base. Comments and unknown keys are kept. Times are rounded
    /// down to whole seconds. Fails and writes nothing with [`StoreError::Changed`] if the file differs from `base`, and
    /// with [`StoreError::Exists`] if there is a file and no base.
    pub fn save(
        &self,
        name: &ProfileName,
        profile: &Profile,
        base: Option<&StoredProfile>,
    ) -> Result<StoredProfile, StoreError> {
        let _lock = self.lock()?;
        self.write(name, profile, base)
    }

    /// Writes a new profile over the text of another, whose comments and unknown keys are copied.
    ///
    /// # Errors
    ///
    /// [`StoreError::Exists`] if there is a file with that name.
    pub fn save_copy(&self, name: &ProfileName, profile: &Profile, text: &[u8]) -> Result<StoredProfile, StoreError> {
        let _lock = self.lock()?;
        self.write_over(name, profile, None, text)
    }

    /// Saves a profile like [`Store::save`]. If it has no other answers than `base`, and the file has, then those of the file are
    /// kept. Returns true in that case.
    pub fn save_or_keep_theirs(
        &self,
        name: &ProfileName,
        profile: &Profile,
        base: Option<&StoredProfile>,
    ) -> Result<(StoredProfile, bool), StoreError> {
        let _lock = self.lock()?;
        match (self.write(name, profile, base), base) {
            (Err(StoreError::Changed { path }), Some(base)) if base.has_answers_of(profile) => {
                let theirs = self.load(name).map_err(|_| StoreError::Changed { path })?;
                let mut newest = theirs.profile.clone();
                take_state(&mut newest, profile);
                Ok((self.write(name, &newest, Some(&theirs))?, true))
            }
            (outcome, _) => Ok((outcome?, false)),
        }
    }

    /// Reads, changes and writes a profile under one lock. For a change that does not depend on what the caller read
    /// before. The file is unchanged after an error.
    pub fn update<E: From<StoreError>>(
        &self,
        name: &ProfileName,
        change: impl FnOnce(&StoredProfile) -> Result<Profile, E>,
    ) -> Result<StoredProfile, E> {
        let _lock = self.lock()?;
        let saved = self.load(name)?;
        let profile = change(&saved)?;
        Ok(self.write(name, &profile, Some(&saved))?)
    }

    /// Writes a profile. The caller has the lock.
    fn write(
        &self,
        name: &ProfileName,
        profile: &Profile,
        base: Option<&StoredProfile>,
    ) -> Result<StoredProfile, StoreError> {
        self.write_over(name, profile, base, base.map_or(b"", |base| base.text()))
    }

    /// Writes a profile over a text: that of `base`, or for a new profile that of another. The caller has the lock.
    fn write_over(
        &self,
        name: &ProfileName,
        profile: &Profile,
        base: Option<&StoredProfile>,
        over: &[u8],
    ) -> Result<StoredProfile, StoreError> {
        let path = self.path(name);
        match (read(&path)?, base) {
            (Some(_), None) => return Err(StoreError::Exists { name: name.to_string() }),
            (found, base) if found.as_deref() != base.map(|base| base.text.as_slice()) => {
                return Err(StoreError::Changed { path });
            }
            _ => {}
        }
        let mut profile = profile.clone();
        let same_answers = base.is_some_and(|base| has_same_answers(&base.profile, &profile));
        if let Some(base) = base.filter(|_| same_answers) {
            if profile.updated > base.profile.updated {
                profile.used = Some(profile.updated);
            }
            profile.updated = base.profile.updated;
        }
        let malformed = StoreError::malformed(&path);
        let over = utf8(over).map_err(&malformed)?;
        let text = match base {
            Some(base) if same_answers && !document::has_former_state(over).map_err(&malformed)? => base.text.clone(),
            _ => document::render(&profile, over).map_err(&malformed)?.into_bytes(),
        };
        // First and synced, so that a power cut does not lose the state that an older version kept in the profile.
        let is_synced = base.is_some_and(|base| base.text != text);
        let state = self.write_state(name, base, &profile, is_synced);
        let mut stored = StoredProfile {
            profile: parse_bytes(&path, &text)?,
            text,
        };
        match base {
            Some(base) if same_answers => {
                let state = state?;
                // What differs now is the state of an older version. It may stay in a file that cannot be written.
                if stored.text != base.text && disk::replace(&path, &stored.text).is_err() {
                    stored.text.clone_from(&base.text);
                }
                state.add_to(&mut stored.profile);
            }
            _ => {
                let folder = self.profiles();
                private_folder(&folder).map_err(StoreError::io(&folder))?;
                if base.is_none_or(|base| base.text != stored.text) {
                    disk::replace(&path, &stored.text).map_err(StoreError::io(&path))?;
                }
                // Saved answers are not reported as lost because their state is.
                state
                    .unwrap_or_else(|_| State::of(&profile))
                    .add_to(&mut stored.profile);
            }
        }
        Ok(stored)
    }

    /// Renames a profile. Fails with [`StoreError::Exists`] if a profile has the new name.
    pub fn rename(&self, from: &ProfileName, to: &ProfileName) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        self.move_file(from, &self.path(from), to, &self.path(to))?;
        state_files::move_state(&self.state_path(from), &self.state_path(to));
        Ok(())
    }

    /// Moves a file within the home. The caller has the lock. Relative paths in the profile stay valid, as both folders are
    /// in the home.
    fn move_file(&self, name: &ProfileName, from: &Path, to: &ProfileName, target: &Path) -> Result<(), StoreError> {
        if fs::symlink_metadata(target).is_ok() {
            return Err(StoreError::Exists { name: to.to_string() });
        }
        in_use::rename(from, target).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::NotFound { name: name.to_string() },
            _ => StoreError::io(from)(error),
        })?;
        let folders = [from.parent(), target.parent()];
        folders.into_iter().flatten().for_each(sync_folder);
        Ok(())
    }

    /// Makes a profile's paths absolute: a relative path is relative to the profile's file, and `~/` is the user's home. A file
    /// that exists under another notation of its name is found.
    pub fn resolve(&self, files: &CertificateFiles) -> CertificateFiles {
        let resolve = |path: &Option<PathBuf>| {
            let path = path.as_ref()?;
            Some(resolve_path::resolve(path, &self.profiles()))
        };
        CertificateFiles {
            path: resolve(&files.path),
            pick: files.pick,
            key_path: resolve(&files.key_path),
            chain_path: resolve(&files.chain_path),
        }
    }

    /// Reads `config.toml`; returns the default if there is none.
    pub fn config(&self) -> Result<Config, StoreError> {
        let path = self.home.join("config.toml");
        match read(&path)? {
            None => Ok(Config::default()),
            Some(bytes) => utf8(&bytes)
                .and_then(|text| config::parse(text, &self.home))
                .map_err(StoreError::malformed(&path)),
        }
    }

    /// Returns the warnings about `config.toml`; none if it cannot be read.
    pub fn config_warnings(&self) -> Vec<FileWarning> {
        let bytes = read(&self.home.join("config.toml")).ok().flatten().unwrap_or_default();
        utf8(&bytes).map(lint::config_warnings).unwrap_or_default()
    }

    /// Writes the language to `config.toml` and keeps everything else in it. Fails if the file cannot be read or parsed; it is
    /// then unchanged.
    pub fn save_language(&self, language: Language) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let path = self.home.join("config.toml");
        let before = read(&path)?.unwrap_or_default();
        let after = utf8(&before)
            .and_then(|text| config::with_language(text, language))
            .map_err(StoreError::malformed(&path))?;
        if after.as_bytes() == before {
            return Ok(());
        }
        let permissions = fs::metadata(&path).map(|about| about.permissions());
        disk::replace(&path, after.as_bytes()).map_err(StoreError::io(&path))?;
        // A configuration is no secret: it stays as readable as it was.
        match permissions {
            Ok(permissions) => fs::set_permissions(&path, permissions).map_err(StoreError::io(&path)),
            Err(_) => Ok(()),
        }
    }

    /// Takes the writers' lock, which is released when the file is dropped. It is in the folder of the state, so that
    /// nothing but profiles is in the folder of the profiles.
    fn lock(&self) -> Result<File, StoreError> {
        let folder = self.state_folder();
        state_files::create_folder(&folder).map_err(StoreError::io(&folder))?;
        let mut lock = disk::lock(&folder, self.wait_notice.as_ref());
        // The user knows the folder, and not the file of the lock.
        if let Err(StoreError::Io { path, kind, .. }) = &mut lock
            && *kind == io::ErrorKind::ReadOnlyFilesystem
        {
            path.clone_from(&self.home);
        }
        let lock = lock?;
        // Once: of a thousand saves, each would look at a thousand files.
        if !self.is_clean.swap(true, Ordering::Relaxed) {
            disk::remove_temporary_files(&folder, Duration::ZERO);
            disk::remove_temporary_files(&self.profiles(), Duration::ZERO);
        }
        Ok(lock)
    }
}

impl StoredProfile {
    /// Returns whether a profile would be written with the same answers. Writing rounds the times of ticks.
    fn has_answers_of(&self, profile: &Profile) -> bool {
        let written = utf8(&self.text).and_then(|text| document::render(profile, text));
        let written = written.and_then(|text| document::parse(&text));
        written.is_ok_and(|written| has_same_answers(&self.profile, &written))
    }
}

/// Replaces what is the state of a profile, and no answer.
fn take_state(profile: &mut Profile, of: &Profile) {
    profile.progress.step.clone_from(&of.progress.step);
    profile.progress.at.clone_from(&of.progress.at);
    profile.last_check.clone_from(&of.last_check);
    profile.accepted_client.clone_from(&of.accepted_client);
}

/// Returns whether two profiles differ in their state or in the time of the change only.
fn has_same_answers(one: &Profile, other: &Profile) -> bool {
    let answers = |profile: &Profile| {
        let mut profile = profile.clone();
        profile.progress.done.remove(FILE_NOT_FOUND);
        (profile.progress.step, profile.progress.at) = (None, None);
        (profile.certificate_ends, profile.unusable_certificate) = (None, None);
        (profile.last_check, profile.accepted_client, profile.used) = (None, None, None);
        profile.updated = profile.created;
        profile
    };
    answers(one) == answers(other)
}

fn parse_bytes(path: &Path, bytes: &[u8]) -> Result<Profile, StoreError> {
    utf8(bytes)
        .and_then(document::parse)
        .map_err(StoreError::malformed(path))
}
