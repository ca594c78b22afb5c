//! Opening of certificate files with a password that the user need not type.

use std::{path::Path, sync::Arc};

use crate::{
    certificate::Expectation,
    console::password_sources::{PasswordOwner, PasswordSources},
    credential::{self, Opened, Password},
    profile::CertificateFiles,
    wizard::CertificateOwner,
};

/// Opens files with the typed password; without one, with that of the first source that has one.
///
/// A wrong password of a source and a command that fails are not reported: the user is asked instead.
pub fn open(
    files: &CertificateFiles,
    expected: &Expectation,
    typed: Option<&Password>,
    sources: Option<Arc<PasswordSources>>,
    owner: &CertificateOwner,
) -> Opened {
    let open = |password: Option<&Password>| {
        let mut opened = credential::open(files, expected.kind, expected.authentication, password);
        credential::offer(files, |_| expected.clone(), password, &mut opened);
        opened
    };
    let opened = open(typed);
    let locked = opened.findings.iter().any(|finding| finding.id.asks_password());
    let Some(sources) = sources.filter(|_| locked && typed.is_none()) else {
        return opened;
    };
    let owner = PasswordOwner {
        profile: &owner.profile,
        organisation: owner.organisation.as_deref(),
        file: files.path.as_deref().unwrap_or(Path::new("")),
        command: &owner.password_command,
    };
    let unlocked = sources.find(owner).ok().flatten().map(|password| open(Some(&password)));
    unlocked
        .filter(|unlocked| unlocked.credential.is_some())
        .unwrap_or(opened)
}

/// Returns whether the main file is in a folder.
pub fn is_in(files: &CertificateFiles, folder: &Path) -> bool {
    files.path.as_deref().is_some_and(|path| path.starts_with(folder))
}
