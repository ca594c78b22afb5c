//! Other files of a folder: finds the right one where a folder was given, or the wrong one of several files.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use super::{
    Opened, Password,
    crypto::attempt::Attempt,
    error::FileError,
    fault::{file_name, stops},
    format::{self, Content},
    open::empty,
    select::{self, Material},
};
use crate::{
    bounded_read,
    certificate::{Expectation, Facts, Finding, FindingId, Purpose, Severity, evaluate},
    profile::{Authentication, CertificateFiles, Kind},
};

/// Entries of a folder that are looked at, files of them that are read, and their size. A key with its chain is smaller.
const MAX_ENTRIES: usize = 2000;
const MAX_FILES: usize = 40;
const MAX_FILE_BYTES: u64 = 128 << 10;
/// Time for reading them. Another file is not begun after it.
const MAX_DURATION: Duration = Duration::from_millis(1500);
/// Extensions of files that are read first.
const EXTENSIONS: [&str; 13] = [
    "p12", "pfx", "pem", "key", "crt", "cer", "der", "jwk", "jwks", "p7b", "p8", "json", "txt",
];

/// Chooses the certificate that can be used, and adds a finding that offers the right file of the same folder if there is none in
/// the opened one. The password is tried on all of them. `expected` returns the requirements for a file with these facts.
pub fn offer(
    files: &CertificateFiles,
    expected: impl Fn(&Facts) -> Expectation,
    password: Option<&Password>,
    opened: &mut Opened,
) {
    opened.choose(&expected);
    let Some(path) = files
        .path
        .as_deref()
        .filter(|_| is_wrong(opened, &expected(&opened.facts)))
    else {
        return;
    };
    let is_folder = path.is_dir();
    let folder = if is_folder { path } else { path.parent().unwrap_or(path) };
    let found = read_all(folder, files, password);
    // Without another answer, the organisation is that of the file that was named.
    let own = organisation(&opened.facts).map(str::to_owned);
    let expected = |facts: &Facts| {
        let expected = expected(facts);
        Expectation {
            organisation: expected.organisation.or_else(|| own.clone()),
            ..expected
        }
    };
    let mut options: Vec<FileOption> = Vec::new();
    // Another key than that of the named file is not on the client.
    let is_registered = expected(&opened.facts).authentication == Authentication::Key && !is_folder;
    let named = found.iter().find(|file| file.path == path);
    let is_known = |file: &Sibling| !is_registered || named.is_some_and(|named| named.has_key_in(file));
    for file in found.iter().filter(|file| is_known(file)) {
        options.extend(FileOption::new(file, None, &expected));
        let other_keys = found.iter().filter(|key| file.has_key_in(key));
        options.extend(other_keys.filter_map(|key| FileOption::new(file, Some(key), &expected)));
    }
    options.retain(|option| option.path != path || (option.key.is_some() && option.key != files.key_path.as_deref()));
    if expected(&opened.facts).organisation.is_none() {
        // Which of several organisations is meant is not known: a key of another must not be offered.
        let first = options
            .first()
            .and_then(|option| organisation(&option.facts))
            .map(str::to_owned);
        if options
            .iter()
            .any(|option| organisation(&option.facts) != first.as_deref())
        {
            return;
        }
    }
    if let Some(best) = options.iter().min_by(|one, other| one.order().cmp(&other.order())) {
        return opened.findings.push(best.finding());
    }
    let locked: Vec<&Sibling> = found.iter().filter(|file| file.locked && file.path != path).collect();
    if let ([file, ..], true) = (locked.as_slice(), is_folder) {
        if password.is_none() {
            opened.findings.push(stops(FindingId::PasswordNeeded, &file.path));
        }
        opened
            .findings
            .push(offered("locked", &file.path, None).with("count", locked.len()));
    }
}

/// Returns the organisation of the chosen certificate.
fn organisation(facts: &Facts) -> Option<&str> {
    facts.chosen.as_ref()?.organisation.as_deref()
}

/// Returns true if the file cannot be used, for a reason that another file may not have. One that only lacks its password
/// may be the right one.
fn is_wrong(opened: &Opened, expected: &Expectation) -> bool {
    let findings = evaluate(&opened.facts, expected);
    let mut stopping = opened.findings.iter().chain(&findings);
    let own = [
        FindingId::PasswordNeeded,
        FindingId::KeyPasswordNeeded,
        FindingId::PickBeyond,
        FindingId::PickOffered,
    ];
    let is_missing = |finding: &Finding| {
        finding.id == FindingId::FileMissing && finding.args.iter().all(|(_, value)| *value != "folder".into())
    };
    let locked = opened
        .findings
        .iter()
        .any(|finding| own.contains(&finding.id) || is_missing(finding));
    !locked && stopping.any(|finding| finding.severity == Severity::Stops)
}

/// A file of the folder.
struct Sibling {
    path: PathBuf,
    content: Content,
    locked: bool,
}

impl Sibling {
    fn read(path: PathBuf, attempt: Attempt) -> (Option<Sibling>, Attempt) {
        let Ok((bytes, _)) = bounded_read::read_file(&path, MAX_FILE_BYTES) else {
            return (None, attempt);
        };
        let (content, attempt) = format::read_with(&bytes, attempt, None);
        let passwords = [FileError::Locked, FileError::WrongPassword, FileError::OwnPassword];
        let locked = content.keys.is_empty() && content.faults.iter().any(|fault| passwords.contains(&fault.error));
        (Some(Sibling { path, content, locked }), attempt)
    }

    /// Returns true if another file has the key of a certificate in this one, and this one does not.
    fn has_key_in(&self, other: &Sibling) -> bool {
        let has = |file: &Sibling| {
            let mut keys = file.content.keys.iter().filter_map(|key| key.public.as_ref());
            keys.any(|public| self.content.certificates.iter().any(|one| one.public_key == *public))
        };
        !has(self) && has(other)
    }
}

/// Reads the files of a folder, within limits: those named like keys and certificates first.
fn read_all(folder: &Path, files: &CertificateFiles, password: Option<&Password>) -> Vec<Sibling> {
    let listed = fs::read_dir(folder).into_iter().flatten().take(MAX_ENTRIES).flatten();
    let is_small = |path: &PathBuf| {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        !hidden && fs::metadata(path).is_ok_and(|about| about.is_file() && about.len() <= MAX_FILE_BYTES)
    };
    let mut paths: Vec<PathBuf> = listed.map(|entry| entry.path()).collect();
    let rank = |path: &Path| {
        let extension = path
            .extension()
            .map(|extension| extension.to_string_lossy().to_lowercase());
        let at = EXTENSIONS.iter().position(|known| extension.as_deref() == Some(known));
        at.unwrap_or(EXTENSIONS.len())
    };
    paths.sort_by_cached_key(|path| (rank(path), path.clone()));
    let named = [&files.path, &files.key_path].into_iter().flatten().cloned();
    let others = paths
        .into_iter()
        .filter(|path| ![&files.path, &files.key_path].contains(&&Some(path.clone())));
    let (until, mut attempt) = (Instant::now() + MAX_DURATION, Attempt::for_folder(password));
    let mut found = Vec::new();
    for path in named.chain(others).filter(is_small).take(MAX_FILES) {
        if Instant::now() > until {
            break;
        }
        let (sibling, after) = Sibling::read(path, attempt);
        attempt = after;
        found.extend(sibling.filter(|sibling| sibling.locked || !sibling.content.is_empty()));
    }
    found
}

/// A file, or a certificate with its key in another file, that can be used.
struct FileOption<'a> {
    path: &'a Path,
    key: Option<&'a Path>,
    facts: Facts,
    warnings: usize,
}

impl<'a> FileOption<'a> {
    /// Opens the file as the program would. `None` if it cannot be used.
    fn new(file: &'a Sibling, key: Option<&'a Sibling>, expected: &impl Fn(&Facts) -> Expectation) -> Option<Self> {
        let mut opened = empty(&file.path, file.content.format);
        let material = Material {
            keys: key.unwrap_or(file).content.keys.clone(),
            certificates: file.content.certificates.clone(),
            issuers: Vec::new(),
            faults: Vec::new(),
            key_file: None,
        };
        let wanted = expected(&opened.facts);
        // Complete, as all keys were read.
        let _ = match wanted.authentication {
            Authentication::Certificate => select::certificate(material, wanted.kind, None, &mut opened),
            Authentication::Key => select::key(material, &mut opened),
        };
        opened.choose(expected);
        opened.credential.as_ref()?;
        let mut findings = evaluate(&opened.facts, &expected(&opened.facts));
        findings.append(&mut opened.findings);
        // What is only a warning about a named file, such as another organisation, is no reason to offer one.
        let wrong =
            |finding: &Finding| finding.severity == Severity::Stops || finding.id == FindingId::OrganisationDiffers;
        let stops = findings.iter().any(wrong);
        let purpose = opened.facts.chosen.as_ref().map(|chosen| chosen.purpose);
        let is_other_kind = wanted.authentication == Authentication::Certificate
            && match wanted.kind {
                Some(Kind::Norwegian) => purpose == Some(Purpose::Seal),
                Some(Kind::Foreign) => purpose != Some(Purpose::Seal),
                None => false,
            };
        (!stops && !is_other_kind).then(|| FileOption {
            path: &file.path,
            key: key.map(|key| key.path.as_path()),
            warnings: findings
                .iter()
                .filter(|finding| finding.severity == Severity::Warns)
                .count(),
            facts: opened.facts,
        })
    }

    /// Returns a sort key: the best file comes first.
    fn order(&self) -> impl Ord + use<'a> {
        let chosen = self.facts.chosen.as_ref();
        let purpose = chosen.map_or(2, |chosen| match chosen.purpose {
            Purpose::Authentication | Purpose::Seal => 0,
            _ => 1,
        });
        let ends = chosen
            .and_then(|chosen| chosen.validity)
            .map(|validity| validity.not_after);
        (
            purpose,
            self.warnings,
            self.key.is_some(),
            std::cmp::Reverse(ends),
            self.path,
        )
    }

    fn finding(&self) -> Finding {
        let is_certificate = self
            .facts
            .chosen
            .as_ref()
            .is_some_and(|chosen| chosen.validity.is_some());
        let what = match (self.key, is_certificate) {
            (Some(_), _) => "pair",
            (None, true) => "certificate",
            (None, false) => "key",
        };
        offered(what, self.path, self.key).with("count", 1_usize)
    }
}

fn offered(what: &str, path: &Path, key: Option<&Path>) -> Finding {
    let name = |path: Option<&Path>| path.map(file_name).unwrap_or_default();
    let whole = |path: Option<&Path>| {
        let absolute = path.and_then(|path| std::path::absolute(path).ok());
        absolute
            .map(|path| crate::text::visible(&path.to_string_lossy()))
            .unwrap_or_default()
    };
    Finding::new(FindingId::FileOffered, Severity::Warns)
        .with("what", what)
        .with("file", name(Some(path)))
        .with("path", whole(Some(path)))
        .with("key", name(key))
        .with("key-path", whole(key))
}
