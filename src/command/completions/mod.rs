//! Tab in a shell. The script that `klarert completions SHELL` writes calls the program back with the line as it
//! stands, and gets what can come next: [`values`] knows what there is, clap_complete where in the line it belongs and
//! how the shell wants it told. [`bash`] and [`zsh`] mend what clap_complete's own scripts lack there.
//!
//! Nothing here may speak: a word on either stream would land in the line that somebody is typing. What cannot be read
//! is not offered, and the command itself says why.

mod bash;
mod values;
mod zsh;

use std::{env, ffi::OsString, sync::Arc};

use clap::{Arg, Command, ValueHint};
use clap_complete::{
    CompleteEnv, Shell,
    engine::ArgValueCompleter,
    env::{Elvish, Fish, Powershell, Shells},
};

use super::{Exit, help::worded, print, profile::edit::Tick};
use crate::{
    journey::{AnsweredBy, FieldId},
    profile::fields::set::Key,
};
use values::{CompletionContext, Offer};

/// The variable by which a script says that it asks, and for which shell.
const VARIABLE: &str = "KLARERT_COMPLETE";
const NAME: &str = "klarert";
const SHELLS: Shells<'static> = Shells(&[&bash::Bash, &Elvish, &Fish, &Powershell, &zsh::Zsh]);

/// Prints the script by which that shell asks. It calls `klarert` by its name, so that a package can hold it.
pub fn run(shell: Shell) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    if let Some(shell) = SHELLS.completer(&shell.to_string()) {
        shell.write_registration(VARIABLE, NAME, NAME, NAME, &mut script)?;
    }
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Success)
}

/// Answers a shell that asks. False where none does: then the line is a command to run.
pub fn answered(line: &[OsString]) -> bool {
    CompleteEnv::with_factory(|| grammar(line))
        .var(VARIABLE)
        .shells(SHELLS)
        .bin(NAME)
        .completer(NAME)
        .try_complete(line.iter().cloned(), env::current_dir().ok().as_deref())
        .unwrap_or(true)
}

/// The command line's grammar, with what can stand in each place. `line` is what the script called: what is being
/// typed comes after `--`.
fn grammar(line: &[OsString]) -> Command {
    let typed = line.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    let known = Arc::new(CompletionContext::of(bash::whole(typed).words));
    let command = worded(&known.texts);
    command.mut_args(unasked).mut_subcommands(|sub| {
        let name = sub.get_name().to_owned();
        sub.mut_args(|arg| with_values(unasked(arg), &name, &known))
    })
}

/// A flag is offered when its dash is typed, or where nothing else can come: else a lone profile could not be
/// completed to its end, as `--json` and the rest could come as well.
fn unasked(arg: Arg) -> Arg {
    let flag = !arg.is_positional();
    let arg = if arg.get_id() == "home" {
        arg.value_hint(ValueHint::DirPath)
    } else {
        arg
    };
    arg.hide(flag)
}

/// What can stand in an argument's place, beyond what its own parser says.
fn with_values(arg: Arg, command: &str, known: &Arc<CompletionContext>) -> Arg {
    let offer = match (command, arg.get_id().as_str()) {
        // A name that is not there yet.
        ("new" | "import", "profile") => return arg,
        ("restore", "profile") => Offer::Removed,
        (_, "profile" | "profiles") => Offer::Profiles,
        ("done", "items") => Offer::Items(Tick::Done),
        ("undo", "items") => Offer::Items(Tick::Undone),
        ("set", "answers") => Offer::Answers,
        ("explain", "text") => Offer::Errors,
        ("export", "format") => Offer::Formats,
        ("token", "scope") => Offer::Scopes,
        ("copy" | "import", "environment") => Offer::Values(Key::Field(FieldId::Environment)),
        ("new", id) => match Key::parse(id) {
            Some(Key::Field(field)) if field.answered_by() == AnsweredBy::File => {
                return arg.value_hint(ValueHint::FilePath);
            }
            Some(key) => Offer::Values(key),
            None => return arg,
        },
        _ => return arg,
    };
    let known = Arc::clone(known);
    arg.add(ArgValueCompleter::new(move |current: &std::ffi::OsStr| {
        known.offer(offer, current)
    }))
}
