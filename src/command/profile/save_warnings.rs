//! What is to be said of a profile that a command has just written: what has changed with it that was not named, and
//! what will not do. It is saved all the same, as people prepare what they do not have yet.

use std::path::Path;

use time::OffsetDateTime;

use crate::command::{Context, tell};
use crate::{
    certificate::{Expectation, Finding, FindingId, Severity, evaluate},
    credential,
    profile::{CertificateFiles, Kind, Profile, client_id::is_usual},
    text::Args,
};

/// Says it on standard error; `before` is what the profile was, where it is no new one.
pub fn say(context: &Context, before: Option<&Profile>, after: &Profile) -> anyhow::Result<()> {
    let was = before.and_then(|before| before.business.kind);
    if was.is_some() && was != after.business.kind {
        let kind = Args::new().with("kind", after.business.kind.map_or("none", Kind::id));
        tell(&context.texts.with("edit-kind-changed", &kind));
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
    let (config, now) = (context.config()?, OffsetDateTime::now_utc());
    let expected = |profile: &Profile| Expectation::of(profile, config.rules(&profile.environment), now);
    let judged = |profile: &Profile| (profile.certificate.clone(), expected(profile));
    // What was said of it once is not said at every change of something else.
    if before.is_none_or(|before| judged(before) != judged(after)) {
        files(context, &context.store().resolve(&after.certificate), &expected(after));
    }
    Ok(())
}

/// A word of warning on standard error.
pub fn warn(context: &Context, what: &str) {
    tell(&context.texts.with("command-warning", &Args::new().with("what", what)));
}

/// Warns of certificate files that are not there, and of what would stop a check, as far as can be seen without a
/// password: none is asked for here.
fn files(context: &Context, files: &CertificateFiles, expected: &Expectation) {
    let open = |files: &CertificateFiles| credential::open(files, expected.kind, expected.authentication, None);
    let named = [&files.path, &files.key_path, &files.chain_path];
    // It would be waited for, and what comes out of it once is for the check.
    if named.into_iter().flatten().any(|path| is_pipe(path)) {
        return;
    }
    let mut missing = false;
    for path in named {
        let alone = CertificateFiles {
            path: path.clone(),
            ..CertificateFiles::default()
        };
        let findings = path.iter().flat_map(|_| open(&alone).findings);
        for finding in findings.filter(|finding| finding.id == FindingId::FileMissing) {
            missing = true;
            doubt(context, &alone, &finding);
        }
    }
    if missing || files.path.is_none() {
        return;
    }
    let opened = open(files);
    let judged = evaluate(&opened.facts, expected);
    let stops = |finding: &&Finding| finding.severity == Severity::Stops && finding.id != FindingId::PasswordNeeded;
    for finding in opened.findings.iter().chain(&judged).filter(stops) {
        doubt(context, files, finding);
    }
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

fn doubt(context: &Context, files: &CertificateFiles, finding: &Finding) {
    let texts = &context.texts;
    let path = files.path.as_deref().unwrap_or("".as_ref()).to_string_lossy();
    warn(context, &format!("{path}: {}", finding.text(texts)));
    let hint = Args::new().with("hint", finding.fix(texts));
    tell(&texts.with("command-hint", &hint));
}
