//! Opened certificate files: with a password that the user need not type, and only as long as the files do not change.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use crate::{
    certificate::Expectation,
    console::password_sources::{PasswordOwner, PasswordSources},
    credential::{self, FileCache, Opened, Password},
    profile::CertificateFiles,
    wizard::CertificateOwner,
};

/// Opened files, with the versions that were opened.
#[derive(Debug, Clone)]
pub struct OpenedFiles {
    pub opened: Opened,
    /// Set if a typed password opened them.
    pub unlocked: bool,
    versions: Vec<FileVersion>,
}

/// Version of a file on the disk: the time of its last change and its size in bytes. `None` if there is no such file.
type FileVersion = Option<(Option<SystemTime>, u64)>;

/// A typed password, and the files that it was typed for.
#[derive(Debug, Clone)]
pub struct TypedPassword {
    pub files: CertificateFiles,
    pub password: Password,
    /// Set once it has opened them.
    pub opened: bool,
}

impl TypedPassword {
    /// Creates one, together with those typed before that did not open the same files: a key in a `.p12` may have a
    /// password of its own.
    pub fn after(before: Option<TypedPassword>, files: CertificateFiles, typed: Password) -> TypedPassword {
        let before = before.filter(|before| before.files == files && !before.opened);
        TypedPassword {
            password: match before {
                Some(before) => typed.or(before.password),
                None => typed,
            },
            files,
            opened: false,
        }
    }

    /// Returns true if the files are in the folder of those that it was typed for.
    pub fn is_for_folder_of(&self, files: &CertificateFiles) -> bool {
        folder_of(&self.files) == folder_of(files)
    }
}

/// Passwords for [`OpenedFiles::new`].
#[derive(Debug)]
pub struct Passwords {
    /// The password that was typed for these files.
    pub typed: Option<Password>,
    /// The password that was typed before. It is tried on a file of the same folder: the files of a delivery often share
    /// one.
    pub before: Option<TypedPassword>,
    /// The sources that need no terminal.
    pub sources: Option<Arc<PasswordSources>>,
}

impl OpenedFiles {
    /// Opens files with the typed password. Without one, tries that of the folder, then that of the first source.
    ///
    /// If neither opens them, or a source's command fails, nothing is reported: the user is asked instead.
    pub fn new(
        files: &CertificateFiles,
        expected: &Expectation,
        passwords: &Passwords,
        owner: &CertificateOwner,
    ) -> OpenedFiles {
        let versions = versions(files);
        let cache = FileCache::default();
        let open = |password: Option<&Password>| {
            let mut opened = cache.open(files, expected.kind, expected.authentication, password);
            credential::offer(files, |_| expected.clone(), password, &mut opened);
            opened
        };
        let result = |opened: Opened, unlocked| OpenedFiles {
            opened,
            unlocked,
            versions: versions.clone(),
        };
        let opened = open(passwords.typed.as_ref());
        if passwords.typed.is_some() || !opened.findings.iter().any(|finding| finding.id.asks_password()) {
            return result(opened, passwords.typed.is_some());
        }
        // Also files without a usable key: they are not asked for again.
        let unlocked = |password: &Password| {
            Some(open(Some(password)))
                .filter(|opened| !opened.findings.iter().any(|finding| finding.id.asks_password()))
        };
        let before = passwords.before.as_ref();
        let of_folder = before.filter(|before| before.is_for_folder_of(files));
        if let Some(opened) = of_folder.and_then(|before| unlocked(&before.password)) {
            return result(opened, true);
        }
        let owner = PasswordOwner {
            profile: &owner.profile,
            organisation: owner.organisation.as_deref(),
            file: files.path.as_deref().unwrap_or(Path::new("")),
            command: &owner.password_command,
        };
        let sources = passwords.sources.as_ref();
        let password = sources.and_then(|sources| sources.find(owner).ok().flatten());
        result(password.as_ref().and_then(unlocked).unwrap_or(opened), false)
    }

    /// Returns true if the files are still as they were opened.
    pub fn is_current(&self, files: &CertificateFiles) -> bool {
        self.versions == versions(files)
    }
}

/// Returns the versions of the files.
fn versions(files: &CertificateFiles) -> Vec<FileVersion> {
    let paths = [&files.path, &files.key_path, &files.chain_path];
    let version = |path: &PathBuf| {
        let about = fs::metadata(path).ok()?;
        Some((about.modified().ok(), about.len()))
    };
    paths.into_iter().flatten().map(version).collect()
}

/// Returns the folder of a certificate file, or the path itself if it is a folder.
fn folder_of(files: &CertificateFiles) -> Option<PathBuf> {
    let path = files.path.as_deref()?;
    match path.is_dir() {
        true => Some(path.to_owned()),
        false => path.parent().map(Path::to_owned),
    }
}

/// Returns whether the main file is in a folder.
pub fn is_in(files: &CertificateFiles, folder: &Path) -> bool {
    files.path.as_deref().is_some_and(|path| path.starts_with(folder))
}
