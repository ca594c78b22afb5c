//! Profiles on the disk: the one file of this room that touches it. `document` and `config` know what the files say.
//!
//! A profile is written to a new file, forced to the disk and put in the old one's place, under a lock and only if
//! the old one is still what it was read as. So a power cut leaves the old or the new one, whole, and of two wizards
//! on one profile the second is told before anything is lost.

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
use crate::profile::{CertificateFiles, Profile, parse::ProfileName};

/// More than any profile or configuration has: a file of another kind is not read to its end.
const LARGEST: u64 = 1 << 20;
/// What the names of half-written files begin with.
const UNFINISHED: &str = ".unfinished-";

/// The folder where this program keeps its own.
#[derive(Debug, Clone)]
pub struct Store {
    home: PathBuf,
}

/// A profile as it was read or written, which a later [`Store::save`] is compared with.
#[derive(Debug, Clone)]
pub struct Saved {
    pub profile: Profile,
    text: Vec<u8>,
}

/// One line of the shelf.
#[derive(Debug, Clone)]
pub struct Listed {
    pub name: ProfileName,
    pub profile: Result<Profile, StoreError>,
}

impl Store {
    /// Knows the folder; makes nothing until something is saved.
    pub fn new(home: &Path) -> Store {
        Store { home: home.to_owned() }
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The folder of the profiles.
    pub fn profiles(&self) -> PathBuf {
        self.home.join("profiles")
    }

    /// A profile's file.
    pub fn path(&self, name: &ProfileName) -> PathBuf {
        self.profiles().join(format!("{name}.toml"))
    }

    pub fn load(&self, name: &ProfileName) -> Result<Saved, StoreError> {
        load(&self.path(name), name)
    }

    /// Writes `profile` over `base`, if what is on the disk is still what `base` was read from; without a base, if
    /// nothing is there. Else [`StoreError::Changed`], and the disk is as it was. Comments and keys that are not
    /// known here stay. Moments are kept in whole seconds.
    pub fn save(&self, name: &ProfileName, profile: &Profile, base: Option<&Saved>) -> Result<Saved, StoreError> {
        let _lock = self.lock()?;
        self.write(name, profile, base)
    }

    /// Changes a profile as it stands on the disk, whatever wrote it last: nobody else writes between the reading and
    /// the writing. For those whose change does not depend on what they read before.
    pub fn update<E: From<StoreError>>(
        &self,
        name: &ProfileName,
        change: impl FnOnce(&Saved) -> Result<Profile, E>,
    ) -> Result<Saved, E> {
        let _lock = self.lock()?;
        let saved = self.load(name)?;
        let profile = change(&saved)?;
        Ok(self.write(name, &profile, Some(&saved))?)
    }

    /// With the lock.
    fn write(&self, name: &ProfileName, profile: &Profile, base: Option<&Saved>) -> Result<Saved, StoreError> {
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
        let profile = understand(&path, text.as_bytes())?;
        Ok(Saved {
            profile,
            text: text.into_bytes(),
        })
    }

    /// Gives a profile another name, and never one that is taken.
    pub fn rename(&self, from: &ProfileName, to: &ProfileName) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        self.shift(from, &self.path(from), to, &self.path(to))
    }

    /// Puts a profile into the bin, beside those of its name that are there already: nothing is ever deleted.
    pub fn remove(&self, name: &ProfileName) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let bin = self.bin();
        private_folder(&bin).map_err(StoreError::io(&bin))?;
        let last = self.last_removed(name)?.unwrap_or_default();
        self.shift(name, &self.path(name), name, &self.in_bin(name, last.saturating_add(1)))
    }

    /// Takes the profile of that name that was removed last out of the bin, and calls it `to`, which must be free.
    pub fn restore(&self, name: &ProfileName, to: &ProfileName) -> Result<(), StoreError> {
        let _lock = self.lock()?;
        let not_found = || StoreError::NotFound { name: name.to_string() };
        let last = self.last_removed(name)?.ok_or_else(not_found)?;
        self.shift(name, &self.in_bin(name, last), to, &self.path(to))
    }

    fn bin(&self) -> PathBuf {
        self.home.join("bin")
    }

    /// Where a removed profile is, the first of that name or a later one. No name of a profile has an `@`.
    fn in_bin(&self, name: &ProfileName, number: u32) -> PathBuf {
        self.bin().join(match number {
            1 => format!("{name}.toml"),
            _ => format!("{name}@{number}.toml"),
        })
    }

    /// What is in the bin: by name, and of one name the last removed first.
    fn binned(&self) -> io::Result<Vec<(ProfileName, u32)>> {
        let entry = |stem: String| {
            let (name, number) = stem.split_once('@').unwrap_or((&stem, "1"));
            Some((ProfileName::parse(name).ok()?, number.parse().ok()?))
        };
        let mut entries: Vec<(ProfileName, u32)> = stems(&self.bin())?.into_iter().filter_map(entry).collect();
        // One that was put there by hand and is written in another way could not be found again.
        entries.retain(|(name, number)| fs::symlink_metadata(self.in_bin(name, *number)).is_ok());
        entries.sort_by(|(one, first), (other, second)| one.cmp(other).then(second.cmp(first)));
        entries.dedup();
        Ok(entries)
    }

    fn last_removed(&self, name: &ProfileName) -> Result<Option<u32>, StoreError> {
        let bin = self.bin();
        let entries = self.binned().map_err(StoreError::io(&bin))?;
        Ok(entries
            .into_iter()
            .find(|(other, _)| other == name)
            .map(|(_, number)| number))
    }

    /// Moves a file within the home, with the lock. Relative paths in it stay true, as both folders are in the home.
    fn shift(&self, name: &ProfileName, from: &Path, to: &ProfileName, target: &Path) -> Result<(), StoreError> {
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

    /// Every profile by its name, each with what it says or why that could not be read.
    pub fn list(&self) -> Result<Vec<Listed>, StoreError> {
        let listed = |name: ProfileName| Listed {
            profile: self.load(&name).map(|saved| saved.profile),
            name,
        };
        let folder = self.profiles();
        let names = names_in(&folder).map_err(StoreError::io(&folder))?;
        Ok(names.into_iter().map(listed).collect())
    }

    /// The names of the profiles, without a look into them; none where the folder cannot be read.
    pub fn names(&self) -> Vec<ProfileName> {
        names_in(&self.profiles()).unwrap_or_default()
    }

    /// The profiles in the bin by name; of one name the last removed first, which is the one that is restored.
    pub fn list_removed(&self) -> Result<Vec<Listed>, StoreError> {
        let bin = self.bin();
        let entries = self.binned().map_err(StoreError::io(&bin))?;
        let listed = |(name, number): (ProfileName, u32)| Listed {
            profile: load(&self.in_bin(&name, number), &name).map(|saved| saved.profile),
            name,
        };
        Ok(entries.into_iter().map(listed).collect())
    }

    /// The names of those in the bin, each once and without a look into them; none where it cannot be read.
    pub fn removed(&self) -> Vec<ProfileName> {
        let entries = self.binned().unwrap_or_default();
        let mut names: Vec<ProfileName> = entries.into_iter().map(|(name, _)| name).collect();
        names.dedup();
        names
    }

    /// The files that a profile names, each from the root: a relative path is relative to the profile's file, and
    /// `~/` is the user's own folder.
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

    /// `config.toml`; an empty one where there is none.
    pub fn config(&self) -> Result<Config, StoreError> {
        let path = self.home.join("config.toml");
        match read(&path)? {
            None => Ok(Config::default()),
            Some(bytes) => utf8(&bytes)
                .and_then(|text| config::parse(text, &self.home))
                .map_err(StoreError::malformed(&path)),
        }
    }

    /// Makes the folder if need be and takes the lock that every writer takes; it is held until the file is dropped.
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
            Ok(()) => self.sweep(),
            // Some network file systems have no locks; the comparison still catches all but the narrowest race.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(error) => return Err(StoreError::io(&path)(error)),
        }
        Ok(file)
    }

    /// Takes away what a killed process left half-written. Only with the lock: nobody else is writing then.
    fn sweep(&self) {
        let entries = fs::read_dir(self.profiles()).into_iter().flatten().flatten();
        for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(UNFINISHED)) {
            // One that cannot be removed does no harm where it is.
            let _ = fs::remove_file(entry.path());
        }
    }

    fn replace(&self, path: &Path, text: &[u8]) -> Result<(), StoreError> {
        let target = behind_links(path);
        let folder = target.parent().unwrap_or(&self.home);
        let write = || {
            let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
            file.write_all(text)?;
            file.as_file().sync_all()?;
            file.persist(&target)?;
            sync_folder(folder)
        };
        write().map_err(StoreError::io(path))
    }
}

/// The names of the profiles in a folder, in order; none where there is no folder.
fn names_in(folder: &Path) -> io::Result<Vec<ProfileName>> {
    let stems = stems(folder)?;
    let mut names: Vec<ProfileName> = stems.iter().filter_map(|stem| ProfileName::parse(stem).ok()).collect();
    names.sort();
    Ok(names)
}

/// What the TOML files in a folder are called, without their ending; none where there is no folder.
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

/// The file that a link stands for, so that the link stays a link; the path itself where it is none.
fn behind_links(path: &Path) -> PathBuf {
    match (fs::canonicalize(path), fs::read_link(path)) {
        (Ok(target), _) => target,
        // A link to a file that is not there yet.
        (Err(_), Ok(link)) => path.parent().map_or(link.clone(), |folder| folder.join(&link)),
        (Err(_), Err(_)) => path.to_owned(),
    }
}

/// The file's bytes; none where there is no file.
fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let io = StoreError::io(path);
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    // A pipe would be waited for.
    if !about.is_file() || about.len() > LARGEST {
        return Err(StoreError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io(error)),
    }
}

fn load(path: &Path, name: &ProfileName) -> Result<Saved, StoreError> {
    let text = read(path)?.ok_or_else(|| StoreError::NotFound { name: name.to_string() })?;
    let profile = understand(path, &text)?;
    Ok(Saved { profile, text })
}

fn understand(path: &Path, bytes: &[u8]) -> Result<Profile, StoreError> {
    utf8(bytes)
        .and_then(document::parse)
        .map_err(StoreError::malformed(path))
}

/// Makes a folder that only its owner can look into, or makes one so.
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

/// Makes a new name in the folder outlast a power cut. Windows has no such call, and needs none.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
