//! The subcommands, one file each: arguments in, an [`Exit`] out. What a program may read goes to standard output,
//! what is said to a person beside it to standard error.
//!
//! [`arguments`] is what can be written on the command line, [`start`] what is settled before any of it runs,
//! [`failure`] how a command that cannot go on says so.

pub mod answers;
pub mod arguments;
pub mod certificate;
pub mod check;
pub mod csr;
pub mod edit;
pub mod explain;
pub mod export;
pub mod failure;
pub mod generate;
pub mod keep;
pub mod key;
pub mod list;
pub mod overview;
pub mod page;
pub mod password;
pub mod passwords;
pub mod sandbox;
pub mod show;
pub mod start;
pub mod targets;
pub mod token;
pub mod whereabouts;
pub mod wizard;
pub mod workers;

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use crate::{
    profile::{
        config::Config,
        parse::ProfileName,
        store::{Saved, Store},
    },
    text::Texts,
};
use arguments::{Arguments, Command};
use edit::Tick;
use failure::Failure;
use wizard::Door;

/// What every command is given.
#[derive(Debug)]
pub struct Context {
    /// The folder that holds `config.toml` and `profiles/`.
    pub home: PathBuf,
    pub texts: Texts,
    /// Whether standard output may be coloured: it is a terminal, and nobody asked for none.
    pub color: bool,
    /// Lines of text instead of a drawn screen.
    pub plain: bool,
}

/// How a command ended, as the exit code tells other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It holds.
    Holds,
    /// It was examined and does not hold: a check failed, a certificate will not do.
    DoesNotHold,
    /// Wrong usage.
    Usage,
    /// A profile, certificate or configuration could not be read.
    Unreadable,
    /// The network or the service could not be reached.
    Unreachable,
    Interrupted,
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Holds => 0,
            Exit::DoesNotHold => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
            Exit::Unreachable => 4,
            Exit::Interrupted => 130,
        }
    }
}

/// Runs what was asked for.
///
/// # Errors
///
/// A [`Failure`] where there is something to say to a person; anything else is a fault outside this program, such as
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
        Command::Restore(named) => keep::restore(context, &named.profile),
        Command::Where => whereabouts::run(context),
        Command::Completions { shell } => generate::completions(context, shell),
        Command::Man => generate::man(context),
        Command::Sandbox(args) => sandbox::run(&args, context),
    }
}

impl Context {
    pub fn store(&self) -> Store {
        Store::new(&self.home)
    }

    pub fn config(&self) -> Result<Config, Failure> {
        self.store()
            .config()
            .map_err(|error| Failure::store(&error, &self.texts))
    }

    /// A profile's name as it was typed.
    pub fn name(&self, written: &str) -> Result<ProfileName, Failure> {
        ProfileName::parse(written).map_err(|refusal| Failure::refused("NAME", &refusal, &self.texts))
    }

    pub fn load(&self, name: &ProfileName) -> Result<Saved, Failure> {
        self.store()
            .load(name)
            .map_err(|error| Failure::store(&error, &self.texts))
    }
}

/// Writes to standard output, for a program or a person to read.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says something to the person beside what standard output gets. Where there is nobody to hear it, that is no fault.
pub fn tell(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether someone is there to press a key.
pub fn at_a_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}
