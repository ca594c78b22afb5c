//! Command-line interface: arguments in, an [`Exit`] out, one file per subcommand.
//!
//! Results go to standard output, for programs and people; messages about them go to standard error. [`args`] is the
//! grammar, [`startup`] what is settled before a command runs. [`console`](crate::console) has what commands share
//! with the wizard.
//!
//! Every command is `run(context, args)`. Types of arguments have no docs on their fields: clap would show a doc as help,
//! and the help is in `assets/text/*/help.ftl`.

pub mod apply;
pub mod args;
pub mod check;
pub mod completions;
pub mod credential;
pub mod environments;
pub mod export;
pub mod filter;
pub mod help;
pub mod help_command;
pub mod json;
pub mod man;
pub mod portal;
pub mod profile;
pub mod renderer;
pub mod report;
pub mod sandbox;
pub mod startup;
pub mod usage_error;
pub mod where_;
pub mod wizard;

pub use crate::console::{Context, Exit, command_error, eprint, password, print, print_styled, write_stdout};
use crate::text::{Args, Texts};
use args::Command;
use command_error::CommandError;
use profile::edit::Tick;

/// Runs a command; without one, the wizard.
///
/// # Errors
///
/// A [`CommandError`](command_error::CommandError) with a message for people. Any other error is a fault outside this
/// program, such as a disk that does not answer.
pub fn run(context: &Context, command: Option<Command>) -> anyhow::Result<Exit> {
    let Some(command) = command else {
        return wizard::choose(context);
    };
    match command {
        Command::New(args) => wizard::new(context, args),
        Command::Resume(args) => wizard::resume(context, &args),
        Command::List(args) => profile::list::run(context, &args),
        Command::Show(args) => profile::show::run(context, &args),
        Command::Set(args) => profile::edit::set(context, &args),
        Command::Done(args) => profile::edit::tick(context, &args, Tick::Done),
        Command::Undo(args) => profile::edit::tick(context, &args, Tick::Undone),
        Command::Apply(args) => apply::run(context, &args),
        Command::Report(args) => report::run(context, &args),
        Command::Import(args) => profile::import::run(context, &args),
        Command::Rename(args) => profile::manage::rename(context, &args),
        Command::Copy(args) => profile::manage::copy(context, &args),
        Command::Remove(args) => profile::manage::remove(context, &args),
        Command::Restore(args) => profile::trash::restore(context, &args),
        Command::Check(args) => check::run(context, &args),
        Command::Token(args) => check::token::run(context, &args),
        Command::Explain(args) => check::explain::run(context, &args),
        Command::Certificate(args) => credential::certificate::run(context, &args),
        Command::Key(args) => credential::key::run(context, &args),
        Command::Csr(args) => credential::csr::run(context, &args),
        Command::Export(args) => export::run(context, &args),
        Command::Portal(args) => portal::run(context, &args),
        Command::Sandbox(args) => sandbox::run(context, &args),
        Command::Where => where_::run(context),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(context, &args),
        Command::Help(args) => help_command::run(context, &args),
    }
}

/// Most names that one sentence lists.
const MAX_LISTED_NAMES: usize = 10;

/// Returns names in one line: the first ones, and the number of the others.
pub fn listed(names: &[String], texts: &Texts) -> String {
    let (shown, others) = names.split_at(names.len().min(MAX_LISTED_NAMES));
    let shown = shown.join(", ");
    if others.is_empty() {
        return shown;
    }
    texts.with(
        "names-more",
        &Args::new().with("names", shown).with("count", others.len()),
    )
}

/// Prints an error on standard error, with `json` also as an object on standard output, and returns its exit code.
pub fn print_error(error: &CommandError, texts: &Texts, json: bool) -> Exit {
    if json {
        // If standard output cannot be written, the exit code still tells.
        let _ = print(&format!("{}\n", json::error(error)));
    }
    eprint(&error.to_text(texts));
    error.exit
}
