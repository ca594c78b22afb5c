//! Passwords of many profiles, each certificate file once: from standard input or a prompt, else from the sources of
//! [`PasswordSources`](crate::console::password_sources::PasswordSources).

use std::{collections::HashMap, io};

use super::{
    password_lines::{GivenPasswords, open_from_stdin},
    selection::{GivenPassword, Target, is_locked},
    workers,
};
use crate::command::{Context, Exit, command_error::CommandError, eprint, password};
use crate::{
    certificate::FindingId,
    console::{password::from_variable, password_sources::variable, terminal},
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
/// [`Exit::Usage`] for a variable that is for two profiles, or for lines on standard input that are for no profile. The error
/// of standard input or the terminal.
pub fn unlock(context: &Context, targets: &mut [&mut Target], from_stdin: bool, jobs: usize) -> anyhow::Result<bool> {
    refuse_shared_variables(context, targets)?;
    if !from_stdin && !terminal::can_prompt() {
        return Ok(true);
    }
    let with_files: Vec<usize> = (0..targets.len())
        .filter(|at| targets[*at].files.path.is_some())
        .collect();
    let mut opened: Vec<Option<Opened>> = targets.iter().map(|_| None).collect();
    {
        let (sources, texts) = (&context.password_sources()?, &context.texts);
        let read: &[&mut Target] = targets;
        let work = |at: &usize| match from_stdin {
            true => read[*at].open_with(read[*at].demonstration_password.as_ref()),
            false => read[*at].open(sources, texts),
        };
        workers::each(&with_files, jobs, work, |at, one| opened[with_files[at]] = Some(one));
    }
    if from_stdin {
        let given = GivenPasswords::read(targets)?;
        open_from_stdin(context, targets, opened, given)?;
        return Ok(true);
    }
    let mut known: HashMap<CertificateFiles, Password> = HashMap::new();
    for (target, opened) in targets.iter_mut().zip(opened) {
        target.opened = match opened {
            Some(opened) if is_locked(&opened) => {
                target.given = Some(GivenPassword::Typed);
                match known.get(&target.files) {
                    Some(password) => Some(target.open_with(Some(password))),
                    None => match open_from_prompt(context, target, opened, &mut known)? {
                        Some(opened) => Some(opened),
                        None => return Ok(false),
                    },
                }
            }
            other => other,
        };
    }
    Ok(true)
}

/// Refuses a variable that is set and belongs to two profiles, such as `a-b` and `a_b`.
fn refuse_shared_variables(context: &Context, targets: &[&mut Target]) -> Result<(), CommandError> {
    let names = context.store().names();
    for target in targets {
        let variable = variable(&target.name);
        if from_variable(&variable).is_none() {
            continue;
        }
        let other = |name: &str| name != target.name && self::variable(name) == variable;
        if let Some(name) = names.iter().map(|name| name.as_str()).find(|name| other(name)) {
            let args = Args::new()
                .with("variable", &variable)
                .with("one", &target.name)
                .with("other", name);
            let texts = &context.texts;
            let hint = Some(texts.get("password-variable-shared.hint"));
            return Err(CommandError::new(
                Exit::Usage,
                texts.with("password-variable-shared", &args),
                hint,
            ));
        }
    }
    Ok(())
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
