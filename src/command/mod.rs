//! The subcommands, one file each: arguments in, an [`Exit`] out. What a program may read goes to standard output,
//! what is said to a person beside it to standard error.
//!
//! [`arguments`] is what can be written on the command line, [`start`] what is settled before any of it runs. What
//! commands share with the wizard is [`console`](crate::console)'s.

pub mod args;
pub mod check;
pub mod completions;
pub mod credential;
pub mod export;
pub mod help;
pub mod man;
pub mod output;
pub mod profile;
pub mod sandbox;
pub mod startup;
pub mod usage_error;
pub mod where_;
pub mod wizard;

use crate::app::StartAt;
pub use crate::console::{Context, Exit, at_a_terminal, columns, command_error, password, print, tell};
use args::{Arguments, Command};
use profile::edit::Tick;

/// Runs what was asked for.
///
/// # Errors
///
/// A [`Failure`](command_error::CommandError) where there is something to say to a person; anything else is a fault outside this program, such as
/// a disk that does not answer.
pub fn run(context: &Context, arguments: Arguments) -> anyhow::Result<Exit> {
    let name = |written: Option<String>| written.map(|written| context.name(&written)).transpose();
    let Some(command) = arguments.command else {
        return wizard::run(context, StartAt::ProfileList, arguments.sandbox);
    };
    match command {
        Command::New(new) if !new.answers.0.is_empty() => profile::edit::new(context, new.profile, &new.answers),
        Command::New(new) => wizard::run(context, StartAt::New(name(new.profile)?), arguments.sandbox),
        Command::Resume { profile } => wizard::run(context, StartAt::Resume(name(profile)?), arguments.sandbox),
        Command::List(list) => profile::list::run(context, &list),
        Command::Show(show) => profile::show::run(context, &show),
        Command::Set(set) => profile::edit::set(context, &set),
        Command::Done(ticks) => profile::edit::tick(context, &ticks, Tick::Done),
        Command::Undo(ticks) => profile::edit::tick(context, &ticks, Tick::Undone),
        Command::Check(check) => check::run(context, &check, arguments.sandbox),
        Command::Certificate(certificate) => credential::certificate::run(&certificate, context),
        Command::Token(token) => check::token::run(context, &token, arguments.sandbox),
        Command::Explain(explain) => check::explain::run(context, &explain),
        Command::Key(key) => credential::key::run(&key, context),
        Command::Csr(csr) => credential::csr::run(&csr, context),
        Command::Export(export) => export::run(context, &export),
        Command::Import(import) => profile::edit::import(context, &import),
        Command::Rename(rename) => profile::manage::rename(context, &rename),
        Command::Copy(copy) => profile::manage::copy(context, &copy),
        Command::Remove(named) => profile::manage::remove(context, &named.profile),
        Command::Restore(restore) => profile::manage::restore(context, &restore),
        Command::Where => where_::run(context),
        Command::Completions { shell } => completions::run(shell),
        Command::Man { out } => man::run(context, out.as_deref()),
        Command::Sandbox(args) => sandbox::run(&args, context),
    }
}
