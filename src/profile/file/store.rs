//! The storage of profiles on disk: the only file of `profile` that does I/O. `document` and `config` parse and render.
//!
//! A profile is written to a temporary file, synced and renamed over the old one, under a lock and only if the old one is
//! unchanged since it was read. So a power cut leaves either the old or the new file, complete. If two wizards have one
//! profile open, the second gets an error before anything is lost.

mod trash;

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

pub use super::error::StoreError;
use super::{
    config::{self, Config},
    document,
    toml_reader::utf8,
};
use crate::{
    profile::{CertificateFiles, Profile, parse::ProfileName},
    text::Language,
};

/// The largest file that is read. No profile or configuration is as large.
const MAX_FILE_BYTES: u64 = 1 << 20;
/// The prefix of temporary files' names.
const TEMPORARY_PREFIX: &str = ".unfinished-";

/// The folder of profiles and configuration (`KLARERT_HOME`).
#[derive(Debug, Clone)]
pub struct Store {
    home: PathBuf,
}

/// A profile as it was read or written. [`Store::save`] compares the file with it.
#[derive(Debug, Clone)]
pub struct StoredProfile {
    pub profile: Profile,
    text: Vec<u8>,
}

/// One entry of a list of profiles.
#[derive(Debug, Clone)]
pub struct ListedProfile {
    pub name: ProfileName,
    pub profile: Result<Profile, StoreError>,
}

impl Store {
    /// Returns a store in `home`. No folder is created until something is saved.
    pub fn new(home: &Path) -> Store {
        Store { home: home.to_owned() }
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
        load(&self.path(name), name)
    }

    /// Writes `profile` over `base`, or a new file without a base. Comments and unknown keys are kept. Times are rounded
    /// down to whole seconds. Fails with [`StoreError::Changed`] and writes nothing if the file differs from `base`, or
    /// exists although there is no base.
    pub fn save(
        &self,
        name: &ProfileName,
        profile: &Profile,
        base: Option<&StoredProfile>,
    ) -> Result<StoredProfile, StoreError> {
        let _lock = self.lock()?;
        self.write(name, profile, base)
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
        let path = self.path(name);
        if read(&path)?.as_deref() != base.map(|base| base.text.as_slice()) {
            return Err(StoreError::Changed { path });
        }
        let malformed = StoreError::malformed(&path);
        let over = base.map_or(Ok(""), |base| utf8(&base.text)).map_err(&malformed)?;
        let text = document::render(profile, over).map_err(&malformed)?;
        if base.is_none_or(|base| base.text != text.as_bytes()) {
            self.replace(&path, text.as_bytes())?;
        }
        let profile = parse_bytes(&path, text.as_bytes())?;
        Ok(StoredProfile {
            profile,
            text: text.into_bytes(),
        })
    }

    /// Renames a profile. Fails with [`StoreError::Exists`] if a profile has the new name.
    pub fn rename(&self, from: &ProfileName, to: &ProfileName) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        self.move_file(from, &self.path(from), to, &self.path(to))
    }

    /// Moves a file within the home. The caller has the lock. Relative paths in the profile stay valid, as both folders are
    /// in the home.
    fn move_file(&self, name: &ProfileName, from: &Path, to: &ProfileName, target: &Path) -> Result<(), StoreError> {
        if fs::symlink_metadata(target).is_ok() {
            return Err(StoreError::Exists { name: to.to_string() });
        }
        fs::rename(from, target).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreError::NotFound { name: name.to_string() },
            _ => StoreError::io(from)(error),
        })?;
        let folders = [from.parent(), target.parent()];
        folders
            .into_iter()
            .flatten()
            .try_for_each(|folder| sync_folder(folder).map_err(StoreError::io(folder)))
    }

    /// Returns every profile by name, each with its contents or the error of reading it.
    pub fn list(&self) -> Result<Vec<ListedProfile>, StoreError> {
        let listed = |name: ProfileName| ListedProfile {
            profile: self.load(&name).map(|saved| saved.profile),
            name,
        };
        let folder = self.profiles();
        let names = names_in(&folder).map_err(StoreError::io(&folder))?;
        Ok(names.into_iter().map(listed).collect())
    }

    /// Returns the names of the profiles without reading them; none if the folder cannot be read.
    pub fn names(&self) -> Vec<ProfileName> {
        names_in(&self.profiles()).unwrap_or_default()
    }

    /// Makes a profile's paths absolute: a relative path is relative to the profile's file, and `~/` is the user's home.
    pub fn resolve(&self, files: &CertificateFiles) -> CertificateFiles {
        let own = directories::BaseDirs::new();
        let resolve = |path: &Option<PathBuf>| {
            let path = path.as_ref()?;
            match (path.strip_prefix("~"), &own) {
                (Ok(rest), Some(own)) => Some(own.home_dir().join(rest)),
                _ => Some(self.profiles().join(path)),
            }
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
        self.replace(&path, after.as_bytes())?;
        // A configuration is no secret: it stays as readable as it was.
        match permissions {
            Ok(permissions) => fs::set_permissions(&path, permissions).map_err(StoreError::io(&path)),
            Err(_) => Ok(()),
        }
    }

    /// Creates the folder if needed and takes the writers' lock, which is released when the file is dropped.
    fn lock(&self) -> Result<File, StoreError> {
        let folder = self.profiles();
        private_folder(&folder).map_err(StoreError::io(&folder))?;
        let path = folder.join(".lock");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(StoreError::io(&path))?;
        match file.lock() {
            Ok(()) => self.remove_temporary_files(),
            // Some network file systems have no locks. The comparison with the base still catches all but the narrowest race.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(error) => return Err(StoreError::io(&path)(error)),
        }
        Ok(file)
    }

    /// Removes the temporary files of killed processes. The caller has the lock, so no other process is writing.
    fn remove_temporary_files(&self) {
        let entries = fs::read_dir(self.profiles()).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(TEMPORARY_PREFIX)) {
            // A temporary file that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }

    /// Replaces a file atomically.
    fn replace(&self, path: &Path, text: &[u8]) -> Result<(), StoreError> {
        let target = resolve_links(path);
        let folder = target.parent().unwrap_or(&self.home);
        let write = || {
            let mut file = tempfile::Builder::new().prefix(TEMPORARY_PREFIX).tempfile_in(folder)?;
            file.write_all(text)?;
            file.as_file().sync_all()?;
            file.persist(&target)?;
            sync_folder(folder)
        };
        write().map_err(StoreError::io(path))
    }
}

/// Returns the names of the profiles in a folder, sorted; none if there is no folder.
fn names_in(folder: &Path) -> io::Result<Vec<ProfileName>> {
    let stems = stems(folder)?;
    let mut names: Vec<ProfileName> = stems.iter().filter_map(|stem| ProfileName::parse(stem).ok()).collect();
    names.sort();
    Ok(names)
}

/// Returns the names of the TOML files in a folder, without their extension; none if there is no folder.
fn stems(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut stems = Vec::new();
    for entry in entries {
        let file = entry?.file_name();
        let stem = file.to_str().and_then(|file| file.strip_suffix(".toml"));
        stems.extend(stem.map(str::to_owned));
    }
    Ok(stems)
}

/// Returns the target of a symbolic link, so that the link itself is not replaced; the path itself if it is none.
fn resolve_links(path: &Path) -> PathBuf {
    match (fs::canonicalize(path), fs::read_link(path)) {
        (Ok(target), _) => target,
        // A link whose target does not exist yet.
        (Err(_), Ok(link)) => path.parent().map_or(link.clone(), |folder| folder.join(&link)),
        (Err(_), Err(_)) => path.to_owned(),
    }
}

/// Reads a file; `None` if there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let io = StoreError::io(path);
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    // Opening a pipe blocks until it is written to.
    if !about.is_file() || about.len() > MAX_FILE_BYTES {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_FILE_BYTES).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io(error)),
    }
}

fn load(path: &Path, name: &ProfileName) -> Result<StoredProfile, StoreError> {
    let text = read(path)?.ok_or_else(|| StoreError::NotFound { name: name.to_string() })?;
    let profile = parse_bytes(path, &text)?;
    Ok(StoredProfile { profile, text })
}

fn parse_bytes(path: &Path, bytes: &[u8]) -> Result<Profile, StoreError> {
    utf8(bytes)
        .and_then(document::parse)
        .map_err(StoreError::malformed(path))
}

/// Creates a folder that only its owner can access, or restricts an existing one to its owner.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        if fs::metadata(folder)?.permissions().mode() & 0o077 != 0 {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    }
    #[cfg(not(unix))]
    fs::create_dir_all(folder)
}

/// Syncs a folder, so that a rename in it survives a power cut. Windows has no such call and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
