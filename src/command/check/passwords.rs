//! Passwords of many profiles, from variables, standard input or a prompt, each certificate file once.
//!
//! With `--password-stdin` there is a line for each certificate that needs a password, in the order of the profiles.
//! Profiles with the same files share a line, and the variables are ignored.

use std::{collections::HashMap, io};

use super::{selection::Target, workers};
use crate::command::{
    Context, eprint,
    password::{self, PasswordLines},
};
use crate::{
    certificate::FindingId,
    console::terminal,
    credential::{Opened, Password},
    profile::CertificateFiles,
    text::Args,
};

/// Prompts for the password of one file, at most.
pub const MAX_ATTEMPTS: usize = 3;

/// Opens all certificate files before the first check, if passwords come from standard input or a prompt.
///
/// Returns false if the user cancelled.
///
/// # Errors
///
/// Standard input or the terminal could not be read.
pub fn unlock(context: &Context, targets: &mut [&mut Target], from_stdin: bool, jobs: usize) -> io::Result<bool> {
    if !from_stdin && !terminal::can_prompt() {
        return Ok(true);
    }
    let with_files: Vec<usize> = (0..targets.len())
        .filter(|at| targets[*at].files.path.is_some())
        .collect();
    let mut opened: Vec<Option<Opened>> = targets.iter().map(|_| None).collect();
    {
        let read: &[&mut Target] = targets;
        let work = |at: &usize| match from_stdin {
            true => read[*at].open_with(read[*at].demonstration_password.as_ref()),
            false => read[*at].open(),
        };
        workers::each(&with_files, jobs, work, |at, one| opened[with_files[at]] = Some(one));
    }
    let mut known: HashMap<CertificateFiles, Password> = HashMap::new();
    let mut lines = PasswordLines::default();
    for (target, opened) in targets.iter_mut().zip(opened) {
        let opened = match opened {
            Some(opened) if is_locked(&opened) => match known.get(&target.files) {
                Some(password) => Some(target.open_with(Some(password))),
                None if from_stdin => Some(open_from_stdin(context, target, opened, &mut lines, &mut known)?),
                None => match open_from_prompt(context, target, opened, &mut known)? {
                    Some(opened) => Some(opened),
                    None => return Ok(false),
                },
            },
            other => other,
        };
        target.opened = opened;
    }
    Ok(true)
}

fn is_locked(opened: &Opened) -> bool {
    opened.findings.iter().any(|finding| finding.id.asks_password())
}

/// Opens the files with the next line of standard input; without one, returns `opened` unchanged.
fn open_from_stdin(
    context: &Context,
    target: &Target,
    opened: Opened,
    lines: &mut PasswordLines,
    known: &mut HashMap<CertificateFiles, Password>,
) -> io::Result<Opened> {
    let Some(mut password) = lines.read_next()? else {
        eprint(&context.texts.get("password-nothing-came"));
        return Ok(opened);
    };
    let mut opened = target.open_with(Some(&password));
    // A key with a password of its own takes the next line too.
    if opened.needs_key_password()
        && let Some(next) = lines.read_next()?
    {
        password = next.or(password);
        opened = target.open_with(Some(&password));
    }
    known.insert(target.files.clone(), password);
    Ok(opened)
}

/// Opens the files with a password from the prompt. `None` if the user cancelled.
fn open_from_prompt(
    context: &Context,
    target: &Target,
    mut opened: Opened,
    known: &mut HashMap<CertificateFiles, Password>,
) -> io::Result<Option<Opened>> {
    let args = Args::new()
        .with("file", &opened.facts.file)
        .with("profile", &target.name);
    for _ in 0..MAX_ATTEMPTS {
        if let Some(wrong) = opened
            .findings
            .iter()
            .find(|finding| finding.id.asks_password() && finding.id != FindingId::PasswordNeeded)
        {
            eprint(&wrong.text(&context.texts));
        }
        let Some(mut password) = password::prompt(&context.texts.with("password-ask", &args))? else {
            return Ok(None);
        };
        // A key may have a password of its own: those typed before are tried too.
        if let Some(before) = known.remove(&target.files) {
            password = password.or(before);
        }
        opened = target.open_with(Some(&password));
        let right = !is_locked(&opened);
        // A password that stays wrong is kept too: another profile with the same file does not prompt again.
        known.insert(target.files.clone(), password);
        if right {
            break;
        }
    }
    Ok(Some(opened))
}
