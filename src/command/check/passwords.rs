//! The passwords of many profiles: from variables, from standard input, or from the person at the terminal, each
//! certificate file once. [`password`] is the prompt itself.
//!
//! With `--password-stdin` there is a line for each certificate that does not open without a password, in the order of the profiles; profiles with
//! the same files share a line, and the variables are not looked at.

use std::{collections::HashMap, io};

use zeroize::Zeroizing;

use super::{selection::Target, workers};
use crate::command::{Context, password, tell};
use crate::{
    certificate::FindingId,
    credential::{Opened, Password},
    profile::CertificateFiles,
    text::Args,
};

/// How often a person may type a password.
const ATTEMPTS: usize = 3;
/// Room for any password, so that one that is read leaves no copies where it grew.
const ROOM: usize = 4096;

/// Opens what must be opened before the first profile is examined: everything, where passwords come from standard input
/// or from a person. False where the person left.
pub fn unlock(targets: &mut [&mut Target], from_stdin: bool, jobs: usize, context: &Context) -> io::Result<bool> {
    if !from_stdin && !password::can_ask() {
        return Ok(true);
    }
    let with_files: Vec<usize> = (0..targets.len())
        .filter(|at| targets[*at].files.path.is_some())
        .collect();
    let mut opened: Vec<Option<Opened>> = targets.iter().map(|_| None).collect();
    {
        let read: &[&mut Target] = targets;
        let work = |at: &usize| match from_stdin {
            true => read[*at].open_with(read[*at].demonstrated.as_ref()),
            false => read[*at].open(),
        };
        workers::each(&with_files, jobs, work, |at, one| opened[with_files[at]] = Some(one));
    }
    let mut known: HashMap<CertificateFiles, Password> = HashMap::new();
    for (target, opened) in targets.iter_mut().zip(opened) {
        let opened = match opened {
            Some(opened) if is_locked(&opened) => match known.get(&target.files) {
                Some(password) => Some(target.open_with(Some(password))),
                None if from_stdin => Some(from_line(target, opened, &mut known, context)?),
                None => match asked(target, opened, &mut known, context)? {
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
    let locked = [FindingId::PasswordNeeded, FindingId::WrongPassword];
    opened.findings.iter().any(|finding| locked.contains(&finding.id))
}

/// With the next line of standard input; as it was where there are no more.
fn from_line(
    target: &Target,
    opened: Opened,
    known: &mut HashMap<CertificateFiles, Password>,
    context: &Context,
) -> io::Result<Opened> {
    let mut line = Zeroizing::new(String::with_capacity(ROOM));
    if io::stdin().read_line(&mut line)? == 0 {
        tell(&context.texts.get("password-nothing-came"));
        return Ok(opened);
    }
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    let password = Password::new(line);
    let opened = target.open_with(Some(&password));
    known.insert(target.files.clone(), password);
    Ok(opened)
}

/// With what the person types; none when they left.
fn asked(
    target: &Target,
    mut opened: Opened,
    known: &mut HashMap<CertificateFiles, Password>,
    context: &Context,
) -> io::Result<Option<Opened>> {
    let args = Args::new()
        .with("file", &opened.facts.file)
        .with("profile", &target.name);
    for _ in 0..ATTEMPTS {
        if let Some(wrong) = opened
            .findings
            .iter()
            .find(|finding| finding.id == FindingId::WrongPassword)
        {
            tell(&wrong.text(&context.texts));
        }
        let Some(password) = password::ask(&context.texts.with("password-ask", &args))? else {
            return Ok(None);
        };
        opened = target.open_with(Some(&password));
        let right = !is_locked(&opened);
        // What was wrong to the end is not asked for again for another profile with the same file.
        known.insert(target.files.clone(), password);
        if right {
            break;
        }
    }
    Ok(Some(opened))
}
