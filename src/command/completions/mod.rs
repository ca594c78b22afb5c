//! `klarert completions`, and the completion of command lines in a shell.
//!
//! The script that the command prints calls the program with the line typed so far and gets the candidates.
//! [`values`] finds the values, clap_complete their place in the line and the format of the shell. [`bash`] and [`zsh`]
//! replace clap_complete's own scripts, which have errors there.
//!
//! Nothing here may print: it would appear in the line that the user is typing. Files that cannot be read are skipped;
//! the command itself reports the error.

mod bash;
mod values;
mod zsh;

use std::{env, ffi::OsString, sync::Arc};

use clap::{Arg, Command, ValueHint};
use clap_complete::{
    CompleteEnv,
    engine::ArgValueCompleter,
    env::{Elvish, Fish, Powershell, Shells},
};

use super::{Exit, args::CompletionsArgs, help::with_texts, print, profile::edit::Tick};
use crate::{
    journey::{AnsweredBy, FieldId},
    profile::fields::key::Key,
};
use values::{CompletionContext, ValueKind};

/// The variable that a script sets to its shell when it asks for candidates.
const VARIABLE: &str = "KLARERT_COMPLETE";
const NAME: &str = "klarert";
const SHELLS: Shells<'static> = Shells(&[&bash::Bash, &Elvish, &Fish, &Powershell, &zsh::Zsh]);

/// Prints the script for a shell. It calls `klarert` by its name, so that a package can install it.
pub fn run(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    if let Some(shell) = SHELLS.completer(&args.shell.to_string()) {
        shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    }
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Success)
}

/// Prints the candidates if a shell asks for them. Returns false if the line is a command to run.
pub fn complete(line: &[OsString]) -> bool {
    CompleteEnv::with_factory(|| grammar(line))
        .var(VARIABLE)
        .shells(SHELLS)
        .bin(NAME)
        .completer(NAME)
        .try_complete(line.iter().cloned(), env::current_dir().ok().as_deref())
        .unwrap_or(true)
}

/// Returns the grammar with a completer for each argument. In the script's call, the line that is typed follows `--`.
fn grammar(line: &[OsString]) -> Command {
    let typed = line.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    let context = Arc::new(CompletionContext::new(bash::join_words(typed).words));
    let command = with_texts(&context.texts);
    command.mut_args(hide_flag).mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        let inner = |inner: Command| {
            let name = inner.get_name().to_owned();
            inner.mut_args(|arg| with_values(hide_flag(arg), &name, &context))
        };
        let sub = sub.mut_subcommands(inner);
        sub.mut_args(|arg| with_values(hide_flag(arg), &name, &context))
    })
}

/// Hides a flag until its dash is typed or nothing else fits.
///
/// Otherwise the name of the only profile could not be completed, as `--json` and other flags would fit too.
fn hide_flag(arg: Arg) -> Arg {
    let flag = !arg.is_positional();
    let arg = if arg.get_id() == "home" {
        arg.value_hint(ValueHint::DirPath)
    } else {
        arg
    };
    arg.hide(flag)
}

/// Adds a completer for the values that the argument's own parser does not know.
fn with_values(arg: Arg, command: &str, context: &Arc<CompletionContext>) -> Arg {
    let kind = match (command, arg.get_id().as_str()) {
        // A new name.
        ("new" | "import" | "setup", "profile") => return arg,
        ("setup", "certificate" | "key_file") => return arg.value_hint(ValueHint::FilePath),
        (_, "admin") => ValueKind::Administrations,
        ("restore", "profiles") => ValueKind::RemovedProfiles,
        (_, "profile" | "profiles") => ValueKind::Profiles,
        ("done", "items") => ValueKind::Items(Tick::Done),
        ("undo", "items") => ValueKind::Items(Tick::Undone),
        ("set", "answers") => ValueKind::Answers,
        ("explain", "text") => ValueKind::Errors,
        ("help", "command") => ValueKind::Commands,
        ("export", "format") => ValueKind::Formats,
        ("token", "scope") => ValueKind::Scopes,
        ("copy" | "import" | "setup" | "scopes" | "granted" | "clients", "environment") => {
            ValueKind::ValuesOf(Key::Field(FieldId::Environment))
        }
        ("new", id) => match Key::parse(id) {
            Some(Key::Field(field)) if field.answered_by() == AnsweredBy::File => {
                return arg.value_hint(ValueHint::FilePath);
            }
            Some(key) => ValueKind::ValuesOf(key),
            None => return arg,
        },
        _ => return arg,
    };
    let context = Arc::clone(context);
    arg.add(ArgValueCompleter::new(move |typed: &std::ffi::OsStr| {
        context.candidates(kind, typed)
    }))
}
