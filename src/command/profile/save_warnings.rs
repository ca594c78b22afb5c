//! Warnings about a profile that a command has just saved: side effects of the change, and unusable certificate files.
//!
//! The profile is saved regardless, as users prepare profiles for certificates that they do not have yet.

use std::{iter, path::Path};

use time::OffsetDateTime;

use crate::command::{Context, environments, eprint};
use crate::{
    certificate::{Expectation, Finding, FindingId, Severity, evaluate},
    console::password_sources::PasswordOwner,
    credential::{self, Password},
    journey::SANDBOX,
    profile::{CertificateFiles, Kind, Profile, client_id::is_usual, parse::ProfileName},
    text::Args,
};

/// Prints the warnings on standard error; `before` is the profile before the change, if it existed.
///
/// # Errors
///
/// The configuration cannot be read.
pub fn print(context: &Context, name: &ProfileName, before: Option<&Profile>, after: &Profile) -> anyhow::Result<()> {
    let old_kind = before.and_then(|before| before.business.kind);
    if old_kind.is_some() && old_kind != after.business.kind {
        let kind = Args::new().with("kind", after.business.kind.map_or("none", Kind::id));
        eprint(&context.texts.with("edit-kind-changed", &kind));
    }
    let id = |profile: &Profile| {
        profile
            .client
            .id
            .clone()
            .filter(|_| profile.business.kind == Some(Kind::Norwegian))
    };
    let is_unusual = id(after).is_some_and(|id| !is_usual(&id));
    if is_unusual && before.is_none_or(|before| id(before) != id(after)) {
        warn(context, &context.texts.get("unusual-client-id"));
    }
    environments::warn_of_unknown(context, iter::once((name, after.environment.as_str())))?;
    let (config, now) = (context.config()?, OffsetDateTime::now_utc());
    let expected = |profile: &Profile| Expectation::of(profile, config.rules(&profile.environment), now);
    let validated = |profile: &Profile| (profile.certificate.clone(), expected(profile));
    // A change of something else does not repeat the warnings.
    if before.is_none_or(|before| validated(before) != validated(after)) {
        let files = context.store().resolve(&after.certificate);
        warn_of_files(context, (name, after), &files, &expected(after))?;
    }
    Ok(())
}

/// Prints a warning on standard error.
pub fn warn(context: &Context, message: &str) {
    let values = Args::new().with("what", message);
    eprint(&context.texts.with("command-warning", &values));
}

/// Warns of missing certificate files, and of findings that would stop a check.
///
/// A password is taken from the sources that need no terminal: none is prompted for here. Without one, only findings that need
/// none are known.
fn warn_of_files(
    context: &Context,
    (name, profile): (&ProfileName, &Profile),
    files: &CertificateFiles,
    expected: &Expectation,
) -> anyhow::Result<()> {
    let open_with = |files: &CertificateFiles, password: Option<&Password>| {
        let mut opened = credential::open(files, expected.kind, expected.authentication, password);
        credential::offer(files, |_| expected.clone(), password, &mut opened);
        opened
    };
    let open = |files: &CertificateFiles| open_with(files, None);
    let paths = [&files.path, &files.key_path, &files.chain_path];
    // Opening a FIFO blocks, and it can be read only once: leave it to the check.
    if paths.into_iter().flatten().any(|path| is_pipe(path)) {
        return Ok(());
    }
    let mut missing = false;
    for path in paths {
        let single = CertificateFiles {
            path: path.clone(),
            ..CertificateFiles::default()
        };
        let findings = path.iter().flat_map(|_| open(&single).findings).collect::<Vec<_>>();
        // A folder is no file, but may have the right one.
        let is_missing = findings.iter().any(|finding| finding.id == FindingId::FileMissing);
        let about_files = [FindingId::FileMissing, FindingId::FileOffered];
        let about_files = |finding: &&Finding| is_missing && about_files.contains(&finding.id);
        for finding in findings.iter().filter(about_files) {
            missing = true;
            warn_of_finding(context, &single, finding);
        }
    }
    let Some(path) = files.path.as_deref().filter(|_| !missing) else {
        return Ok(());
    };
    let mut opened = open(files);
    // The sandbox's files have a public password, and no other is tried on them.
    let locked = opened.findings.iter().any(|finding| finding.id.asks_password());
    if locked && profile.environment != SANDBOX {
        let owner = PasswordOwner {
            profile: name.as_str(),
            organisation: profile.business.organisation.as_deref(),
            file: path,
            command: &profile.password_command,
        };
        match context.password_sources()?.find(owner) {
            Ok(None) => {}
            Ok(Some(password)) => {
                opened = open_with(files, Some(&password));
            }
            Err(error) => warn(context, &error.text(&context.texts)),
        }
    }
    let findings = evaluate(&opened.facts, expected);
    let stops = |finding: &&Finding| finding.severity == Severity::Stops && finding.id != FindingId::PasswordNeeded;
    let offered = opened.findings.iter().filter(|finding| finding.id.is_offer());
    let stopping = opened.findings.iter().chain(&findings).filter(stops);
    for finding in stopping.chain(offered) {
        warn_of_finding(context, files, finding);
    }
    Ok(())
}

#[cfg(unix)]
fn is_pipe(path: &Path) -> bool {
    use std::os::unix::fs::FileTypeExt;
    std::fs::metadata(path).is_ok_and(|about| about.file_type().is_fifo())
}

#[cfg(not(unix))]
fn is_pipe(_: &Path) -> bool {
    false
}

fn warn_of_finding(context: &Context, files: &CertificateFiles, finding: &Finding) {
    let texts = &context.texts;
    let path = files.path.as_deref().unwrap_or("".as_ref()).to_string_lossy();
    warn(context, &format!("{path}: {}", finding.text(texts)));
    let hint = Args::new().with("hint", finding.fix(texts));
    eprint(&texts.with("command-hint", &hint));
}
