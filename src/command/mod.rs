//! The subcommands, one file each: arguments in, an [`Exit`] out. What a program may read goes to standard output,
//! what is said to a person beside it to standard error.
//!
//! [`arguments`] is what can be written on the command line, [`start`] what is settled before any of it runs. What
//! commands share with the wizard is [`console`](crate::console)'s.

pub mod answers;
pub mod arguments;
pub mod certificate;
pub mod check;
pub mod complete;
pub mod csr;
pub mod doubts;
pub mod edit;
pub mod explain;
pub mod export;
pub mod help;
pub mod keep;
pub mod key;
pub mod list;
pub mod manual;
pub mod overview;
pub mod page;
pub mod passwords;
pub mod sandbox;
pub mod show;
pub mod start;
pub mod targets;
pub mod token;
pub mod usage;
pub mod variables;
pub mod whereabouts;
pub mod wizard;
pub mod workers;

use crate::app::Door;
pub use crate::console::{Context, Exit, at_a_terminal, columns, failure, password, print, tell};
use arguments::{Arguments, Command};
use edit::Tick;

/// Runs what was asked for.
///
/// # Errors
///
/// A [`Failure`](failure::Failure) where there is something to say to a person; anything else is a fault outside this program, such as
/// a disk that does not answer.
pub fn run(context: &Context, arguments: Arguments) -> anyhow::Result<Exit> {
    let name = |written: Option<String>| written.map(|written| context.name(&written)).transpose();
    let Some(command) = arguments.command else {
        return wizard::run(context, Door::Shelf, arguments.sandbox);
    };
    match command {
        Command::New(new) if !new.answers.0.is_empty() => edit::new(context, new.profile, &new.answers),
        Command::New(new) => wizard::run(context, Door::New(name(new.profile)?), arguments.sandbox),
        Command::Resume { profile } => wizard::run(context, Door::Resume(name(profile)?), arguments.sandbox),
        Command::List(list) => list::run(context, &list),
        Command::Show(show) => show::run(context, &show),
        Command::Set(set) => edit::set(context, &set),
        Command::Done(ticks) => edit::tick(context, &ticks, Tick::Done),
        Command::Undo(ticks) => edit::tick(context, &ticks, Tick::Undone),
        Command::Check(check) => check::run(context, &check, arguments.sandbox),
        Command::Certificate(certificate) => certificate::run(&certificate, context),
        Command::Token(token) => token::run(context, &token, arguments.sandbox),
        Command::Explain(explain) => explain::run(context, &explain),
        Command::Key(key) => key::run(&key, context),
        Command::Csr(csr) => csr::run(&csr, context),
        Command::Export(export) => export::run(context, &export),
        Command::Import(import) => edit::import(context, &import),
        Command::Rename(rename) => keep::rename(context, &rename),
        Command::Copy(copy) => keep::copy(context, &copy),
        Command::Remove(named) => keep::remove(context, &named.profile),
        Command::Restore(restore) => keep::restore(context, &restore),
        Command::Where => whereabouts::run(context),
        Command::Completions { shell } => complete::run(shell),
        Command::Man { out } => manual::run(context, out.as_deref()),
        Command::Sandbox(args) => sandbox::run(&args, context),
    }
}
