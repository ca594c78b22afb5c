//! Passwords on standard input: lines `name=password`, or a line for each certificate file that needs one.

use std::collections::{HashMap, HashSet, VecDeque};

use super::selection::{GivenPassword, Target, is_locked};
use crate::command::{Context, Exit, command_error::CommandError, eprint, password};
use crate::{
    credential::{Opened, Password},
    profile::{CertificateFiles, parse::ProfileName},
    text::Args,
};

/// Lines of standard input.
#[derive(Debug)]
pub enum GivenPasswords {
    /// Lines in the order in which their files are met first. A key with a password of its own takes a second one.
    Lines(VecDeque<Password>),
    /// Passwords by the name of their profile, and the numbers of the lines that name none.
    Named(HashMap<String, Password>, Vec<usize>),
}

impl GivenPasswords {
    /// Reads standard input to its end. The lines are named if one begins with the name of a target and `=`.
    ///
    /// # Errors
    ///
    /// Standard input could not be read.
    pub fn read(targets: &[&mut Target]) -> std::io::Result<GivenPasswords> {
        let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        Ok(GivenPasswords::of(password::read_lines(targets.len())?, &names))
    }

    fn of(mut lines: Vec<Password>, names: &[&str]) -> GivenPasswords {
        while lines.last().is_some_and(Password::is_empty) && lines.len() > 1 {
            lines.pop();
        }
        let named = |line: &Password| {
            let of = |name: &&str| Some(((*name).to_owned(), line.strip_prefix(&format!("{name}="))?));
            names.iter().find_map(of)
        };
        if !lines.iter().any(|line| named(line).is_some()) {
            return GivenPasswords::Lines(lines.into());
        }
        let (mut by_name, mut unknown) = (HashMap::new(), Vec::new());
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            match named(line) {
                // A second line for one profile is the key's own password.
                Some((name, password)) => {
                    let both = match by_name.remove(&name) {
                        Some(first) => password.or(first),
                        None => password,
                    };
                    by_name.insert(name, both);
                }
                None => unknown.push(at + 1),
            }
        }
        GivenPasswords::Named(by_name, unknown)
    }
}

impl GivenPassword {
    /// Tells a line that may have been meant for another profile. A password can have that form too.
    fn of_line(password: &Password) -> GivenPassword {
        let name = password.expose().split_once('=').map(|(name, _)| name);
        match name.is_some_and(|name| ProfileName::parse(&name.to_lowercase()).is_ok()) {
            true => GivenPassword::NamedLine,
            false => GivenPassword::Line,
        }
    }
}

/// Opens the files with the passwords of standard input; those for which there is none from the other sources.
///
/// # Errors
///
/// [`Exit::Usage`] if lines are left over, or name no selected profile.
pub fn open_from_stdin(
    context: &Context,
    targets: &mut [&mut Target],
    opened: Vec<Option<Opened>>,
    given: GivenPasswords,
) -> Result<(), CommandError> {
    let (sources, texts) = (&context.password_sources()?, &context.texts);
    let refused = |id: &str, args: &Args| {
        let hint = Some(texts.get("password-lines-surplus.hint"));
        Err(CommandError::new(Exit::Usage, texts.with(id, args), hint).with_id("password-lines"))
    };
    match given {
        GivenPasswords::Named(by_name, unknown) => {
            if !unknown.is_empty() {
                let lines: Vec<String> = unknown.iter().map(ToString::to_string).collect();
                return refused("password-lines-unknown", &Args::new().with("lines", lines.join(", ")));
            }
            for (target, opened) in targets.iter_mut().zip(opened) {
                let locked = opened.as_ref().is_some_and(is_locked);
                let given = by_name
                    .get(&target.name)
                    .filter(|password| locked && !password.is_empty());
                target.opened = match given {
                    Some(password) => {
                        target.given = Some(GivenPassword::Line);
                        Some(target.open_with(Some(password)))
                    }
                    None if locked => Some(target.open(sources, texts)),
                    None => opened,
                };
            }
        }
        GivenPasswords::Lines(mut lines) => {
            if lines.is_empty() {
                eprint(&texts.get("password-nothing-came"));
            }
            let files = |locked_only: bool| {
                let all = targets.iter().zip(&opened);
                let wanted =
                    all.filter(|(_, opened)| opened.as_ref().is_some_and(|opened| !locked_only || is_locked(opened)));
                wanted.map(|(target, _)| &target.files).collect::<HashSet<_>>().len()
            };
            // With a line for every file, those that need no password have one too.
            let one_for_each = lines.len() == files(false) && files(true) < files(false);
            let mut known: HashMap<CertificateFiles, Option<Password>> = HashMap::new();
            for (target, opened) in targets.iter_mut().zip(opened) {
                let Some(opened) = opened else { continue };
                let locked = is_locked(&opened);
                if !known.contains_key(&target.files) && (locked || one_for_each) {
                    let mut password = lines.pop_front();
                    let opened_key = |password: &Password| target.open_with(Some(password)).needs_key_password();
                    if password.as_ref().is_some_and(opened_key) && locked {
                        let next = lines.pop_front().into_iter();
                        password = password.map(|first| next.fold(first, |first, next| next.or(first)));
                    }
                    known.insert(target.files.clone(), password);
                }
                let password = known.get(&target.files).and_then(Option::as_ref);
                let password = password.filter(|password| locked && !password.is_empty());
                target.opened = Some(match password {
                    Some(password) => {
                        target.given = Some(GivenPassword::of_line(password));
                        target.open_with(Some(password))
                    }
                    None if locked => target.open(sources, texts),
                    None => opened,
                });
            }
            if !lines.is_empty() {
                return refused("password-lines-surplus", &Args::new().with("count", lines.len()));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(input: &str, names: &[&str]) -> (Vec<String>, Vec<(String, String)>, Vec<usize>) {
        match GivenPasswords::of(Password::lines(input.as_bytes()), names) {
            GivenPasswords::Lines(lines) => (
                lines.iter().map(|line| line.expose().to_owned()).collect(),
                Vec::new(),
                Vec::new(),
            ),
            GivenPasswords::Named(by_name, unknown) => {
                let mut named: Vec<_> = by_name
                    .into_iter()
                    .map(|(name, password)| (name, password.expose().to_owned()))
                    .collect();
                named.sort_unstable();
                (Vec::new(), named, unknown)
            }
        }
    }

    #[test]
    fn lines_are_named_if_one_names_a_selected_profile() {
        let named = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs
                .iter()
                .map(|(name, password)| ((*name).to_owned(), (*password).to_owned()))
                .collect()
        };
        let lines = |lines: &[&str]| -> Vec<String> { lines.iter().map(|line| (*line).to_owned()).collect() };
        for (input, expected) in [
            ("one\ntwo\n", (lines(&["one", "two"]), vec![], vec![])),
            ("one\n\n\n", (lines(&["one"]), vec![], vec![])),
            ("x=y\n", (lines(&["x=y"]), vec![], vec![])),
            (
                "b=two\r\na=o=ne\r\n",
                (vec![], named(&[("a", "o=ne"), ("b", "two")]), vec![]),
            ),
            ("a=one\nc=three\n", (vec![], named(&[("a", "one")]), vec![2])),
        ] {
            assert_eq!(given(input, &["a", "b"]), expected, "{input}");
        }
    }
}
