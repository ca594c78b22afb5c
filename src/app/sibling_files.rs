//! The other files in the folder of a certificate that cannot be used: one of them may be the right one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    certificate::{Expectation, FindingId, evaluate, finding::drop_needless_offer},
    credential::{self, Opened, Password},
    profile::CertificateFiles,
    wizard::InspectedCertificate,
};

/// The endings of certificate files.
const ENDINGS: [&str; 3] = ["p12", "pfx", "pem"];
/// The maximum number of files that are listed.
const MAX_FILES: usize = 12;

/// Validates opened files. If they cannot be used, looks for a file beside them that can: it is returned as opened, under
/// the files that name it.
pub fn inspect(
    opened: &mut Opened,
    files: &CertificateFiles,
    expected: &Expectation,
    password: Option<&Password>,
) -> (InspectedCertificate, Option<(CertificateFiles, Opened)>) {
    let found = credential::offer(files, |_| expected.clone(), password, opened);
    let mut findings = opened.findings.clone();
    findings.extend(evaluate(&opened.facts, expected));
    drop_needless_offer(&mut findings);
    // The view offers this file with a key of its own.
    if found.is_some() {
        findings.retain(|finding| finding.id != FindingId::FileOffered);
    }
    let folder = files.path.as_deref().filter(|path| found.is_none() && path.is_dir());
    let inspected = InspectedCertificate {
        facts: opened.facts.clone(),
        findings,
        usable: opened.credential.is_some(),
        unlocked: false,
        found_file: found.clone(),
        folder_files: folder.map_or_else(Vec::new, |folder| {
            certificate_files(folder).iter().filter_map(name).collect()
        }),
    };
    let beside = found.map(|path| {
        let files = CertificateFiles {
            path: Some(path),
            ..CertificateFiles::default()
        };
        let opened = credential::open(&files, expected.kind, expected.authentication, password);
        (files, opened)
    });
    (inspected, beside)
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
