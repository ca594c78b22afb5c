//! The entry point: opens the files of a profile and returns facts, findings and a credential.

use std::{path::Path, sync::Arc};

use super::{
    Candidates, FileCache, Opened, Password,
    fault::{self, file_name, stops, unreadable},
    format::Content,
    select::{self, KeyFile, Material, Selection},
};
use crate::{
    certificate::{Expectation, Facts, Finding, FindingId, Format, Severity, rank::Wanted},
    profile::{Authentication, CertificateFiles, Kind},
    text::shell_quoted,
};

/// Opens certificate files, and chooses the certificate the user picked or, without a pick, the one most suitable for
/// `kind`. Paths are resolved by the caller. The empty password and no password are always tried, so that files without
/// encryption open without `password`.
pub fn open(
    files: &CertificateFiles,
    kind: Option<Kind>,
    authentication: Authentication,
    password: Option<&Password>,
) -> Opened {
    FileCache::default().open(files, kind, authentication, password)
}

impl FileCache {
    /// Opens certificate files as [`open()`] does; those that were read before are not read again.
    pub fn open(
        &self,
        files: &CertificateFiles,
        kind: Option<Kind>,
        authentication: Authentication,
        password: Option<&Password>,
    ) -> Opened {
        self.open_with(files, kind, authentication, password, None).0
    }

    /// Opens certificate files as [`FileCache::open`] does, to use the certificate: the keys of others may be left undecrypted,
    /// which takes less time. What cannot be read of those is then not among the findings.
    pub fn open_for_use(
        &self,
        files: &CertificateFiles,
        kind: Option<Kind>,
        authentication: Authentication,
        password: Option<&Password>,
    ) -> Opened {
        // A key in another file replaces those of the first.
        if authentication == Authentication::Certificate && files.key_path.is_none() {
            let wanted = Wanted { kind, pick: files.pick };
            let (opened, selection) = self.open_with(files, kind, authentication, password, Some(wanted));
            if selection == Selection::Complete {
                return opened;
            }
        }
        self.open(files, kind, authentication, password)
    }

    /// Opens certificate files as [`FileCache::open_for_use`] does, and chooses the certificate that meets the requirements of a
    /// profile.
    pub fn open_for_profile(
        &self,
        files: &CertificateFiles,
        expected: &Expectation,
        password: Option<&Password>,
    ) -> Opened {
        let (kind, authentication) = (expected.kind, expected.authentication);
        let mut opened = self.open_for_use(files, kind, authentication, password);
        if !opened.choose(|_| expected.clone()) {
            opened = self.open(files, kind, authentication, password);
            opened.choose(|_| expected.clone());
        }
        opened
    }

    /// Opens the files. With `wanted`, the keys of other certificates may be left.
    fn open_with(
        &self,
        files: &CertificateFiles,
        kind: Option<Kind>,
        authentication: Authentication,
        password: Option<&Password>,
        wanted: Option<Wanted>,
    ) -> (Opened, Selection) {
        let mut opened = empty(files.path.as_deref().unwrap_or(Path::new("")), Format::Unknown);
        let selection = match gather(self, files, authentication, password, wanted, &mut opened) {
            Ok(material) => match authentication {
                Authentication::Certificate => select::certificate(material, kind, files.pick, &mut opened),
                Authentication::Key => select::key(material, &mut opened),
            },
            Err(finding) => {
                opened.findings.push(finding);
                Selection::Complete
            }
        };
        (opened, selection)
    }
}

/// Returns the result for a file before anything in it is chosen.
pub fn empty(path: &Path, format: Format) -> Opened {
    Opened {
        facts: Facts {
            file: file_name(path),
            format,
            chosen: None,
            others: Vec::new(),
        },
        findings: Vec::new(),
        credential: None,
        keys: Vec::new(),
        candidates: Candidates::default(),
    }
}

/// The purpose of opening a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Role {
    /// It is the file of which the facts are.
    main: bool,
    needs_key: bool,
    /// The keys of other certificates may be left.
    wanted: Option<Wanted>,
}

fn gather(
    cache: &FileCache,
    files: &CertificateFiles,
    authentication: Authentication,
    password: Option<&Password>,
    wanted: Option<Wanted>,
    opened: &mut Opened,
) -> Result<Material, Finding> {
    let path = files.path.as_deref().unwrap_or(Path::new(""));
    let main = Role {
        main: true,
        needs_key: files.key_path.is_none(),
        wanted,
    };
    let named_keys = |path: &Path, content: &Content| match authentication {
        Authentication::Key => fault::unusable_keys(path, content),
        Authentication::Certificate => Vec::new(),
    };
    let (content, faults) = load(cache, path, password, opened, main)?;
    opened.keys = named_keys(path, &content);
    let mut material = Material {
        keys: content.keys.clone(),
        certificates: content.certificates.clone(),
        issuers: Vec::new(),
        faults,
        key_file: None,
    };
    if let Some(path) = &files.key_path {
        let role = Role {
            main: false,
            needs_key: true,
            wanted: None,
        };
        let (content, faults) = load(cache, path, password, opened, role)?;
        opened.keys = named_keys(path, &content);
        // A key file that was named overrides keys in the certificate file.
        material.key_file = Some(KeyFile {
            name: file_name(path),
            replaced: std::mem::replace(&mut material.keys, content.keys.clone()),
        });
        material.certificates.extend_from_slice(&content.certificates);
        material.faults.extend(faults);
    }
    if let Some(path) = files
        .chain_path
        .as_deref()
        .filter(|_| authentication == Authentication::Certificate)
    {
        let role = Role {
            main: false,
            needs_key: false,
            wanted: None,
        };
        let (content, _) = load(cache, path, password, opened, role)?;
        if content.certificates.is_empty() {
            return Err(stops(FindingId::NotACertificate, path).with("what", "private-key"));
        }
        material.issuers.clone_from(&content.certificates);
    }
    Ok(material)
}

/// Reads one file, and returns its content with the findings of the parts that could not be read. They become warnings
/// here, and are returned as what stops.
fn load(
    cache: &FileCache,
    path: &Path,
    password: Option<&Password>,
    opened: &mut Opened,
    role: Role,
) -> Result<(Arc<Content>, Vec<Finding>), Finding> {
    let read = cache.read(path, password, role.wanted);
    let (content, open_to_others) = read.map_err(|error| unreadable(path, &error))?;
    if role.main {
        opened.facts.format = match content.other {
            Some(other) if content.is_empty() && content.faults.is_empty() => other.format(),
            _ => content.format,
        };
    }
    if open_to_others && !content.keys.is_empty() {
        // The fix is a command, which must work in any folder.
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let finding = Finding::new(FindingId::FileOpenToOthers, Severity::Warns)
            .with("file", file_name(path))
            .with("path", shell_quoted(&absolute.to_string_lossy()));
        opened.findings.push(finding);
    }
    if let Some(fault) = fault::stopping(&content, role.needs_key) {
        return Err(fault::stop(path, fault, &content));
    }
    if content.is_empty() {
        return Err(fault::other(path, &content));
    }
    opened.findings.extend(fault::notes(path, &content));
    opened
        .findings
        .extend(content.faults.iter().map(|fault| fault::warning(path, fault)));
    let faults = content.faults.iter().map(|fault| fault::stop(path, fault, &content));
    let faults = faults.collect();
    Ok((content, faults))
}
