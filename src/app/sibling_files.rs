//! The other files in the folder of a certificate that cannot be used: one of them may be the right one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    certificate::{Expectation, Severity, evaluate},
    credential::{self, Opened, Password},
    profile::CertificateFiles,
    wizard::InspectedCertificate,
};

/// The endings of certificate files.
const ENDINGS: [&str; 3] = ["p12", "pfx", "pem"];
/// The maximum number of files that are opened: a new `.p12` takes up to a second.
const MAX_FILES: usize = 12;

/// Validates opened files. If they cannot be used, looks for a file beside them that can: it is returned as opened, under
/// the files that name it.
pub fn inspect(
    opened: &Opened,
    files: &CertificateFiles,
    expected: &Expectation,
    password: Option<&Password>,
) -> (InspectedCertificate, Option<(CertificateFiles, Opened)>) {
    let mut findings = opened.findings.clone();
    findings.extend(evaluate(&opened.facts, expected));
    let stopped = findings.iter().any(|finding| finding.severity == Severity::Stops);
    let path = files.path.as_deref().filter(|_| stopped);
    let found = path.and_then(|path| find(path, expected, password));
    let inspected = InspectedCertificate {
        facts: opened.facts.clone(),
        findings,
        usable: opened.credential.is_some(),
        unlocked: false,
        found_file: found.as_ref().map(|(path, _)| path.clone()),
        folder_files: match (path, &found) {
            (Some(folder), None) if folder.is_dir() => certificate_files(folder).iter().filter_map(name).collect(),
            _ => Vec::new(),
        },
    };
    let beside = found.map(|(path, opened)| {
        let files = CertificateFiles {
            path: Some(path),
            ..CertificateFiles::default()
        };
        (files, opened)
    });
    (inspected, beside)
}

/// Returns the first file beside `path`, or in it if it is a folder, that can be used with the same password. Of a folder
/// with a single certificate file that one, even if it is locked.
fn find(path: &Path, expected: &Expectation, password: Option<&Password>) -> Option<(PathBuf, Opened)> {
    let is_folder = path.is_dir();
    let folder = if is_folder { path } else { path.parent()? };
    let mut files = certificate_files(folder);
    files.retain(|other| other != path);
    let open = |file: &PathBuf| {
        let files = CertificateFiles {
            path: Some(file.clone()),
            ..CertificateFiles::default()
        };
        credential::open(&files, expected.kind, expected.authentication, password)
    };
    let usable = files.iter().find_map(|file| {
        let opened = open(file);
        let findings = opened.findings.iter().cloned().chain(evaluate(&opened.facts, expected));
        let stopped = findings.into_iter().any(|finding| finding.severity == Severity::Stops);
        (opened.credential.is_some() && !stopped).then(|| (file.clone(), opened))
    });
    usable.or_else(|| match files.as_slice() {
        [only] if is_folder => Some((only.clone(), open(only))),
        _ => None,
    })
}

/// Returns the certificate files of a folder, at most [`MAX_FILES`].
fn certificate_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| has_certificate_ending(path) && path.is_file())
        .collect();
    files.sort();
    files.truncate(MAX_FILES);
    files
}

fn name(path: &PathBuf) -> Option<String> {
    Some(path.file_name()?.to_string_lossy().into_owned())
}

fn has_certificate_ending(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}
