//! What can be written on the command line. What `--help` says of it is [`help`](super::help)'s.

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand};

use super::{
    check::{self, explain, token},
    credential::{certificate, csr, key},
    export,
    profile::{field_args::Answers, show},
    sandbox,
};
use crate::text::Language;

#[derive(Debug, Parser)]
#[command(name = "klarert", version = env!("KLARERT_VERSION"), disable_help_subcommand = true)]
pub struct Arguments {
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    #[arg(long, global = true, value_name = "LANGUAGE", value_parser = ["en", "nb"], hide_possible_values = true)]
    lang: Option<String>,
    #[arg(long, global = true)]
    pub no_color: bool,
    #[arg(long, global = true)]
    pub plain: bool,
    #[arg(long, global = true)]
    pub sandbox: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    New(New),
    Resume {
        #[arg(value_name = "NAME")]
        profile: Option<String>,
    },
    List(List),
    Show(show::Arguments),
    Set(Set),
    Done(Ticks),
    Undo(Ticks),
    Check(check::Arguments),
    Certificate(certificate::Arguments),
    Token(token::Arguments),
    Explain(explain::Arguments),
    Key(key::Arguments),
    Csr(csr::Arguments),
    Export(export::Arguments),
    Sandbox(sandbox::Args),
    Import(Import),
    Rename(Rename),
    Copy(Copy),
    Remove(Named),
    Restore(Restore),
    Where,
    Completions {
        shell: clap_complete::Shell,
    },
    Man {
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct New {
    #[arg(value_name = "NAME")]
    pub profile: Option<String>,
    #[command(flatten)]
    pub answers: Answers,
}

#[derive(Debug, Args)]
pub struct List {
    #[arg(long)]
    pub json: bool,
    #[arg(long)]
    pub attention: bool,
    #[arg(long, value_name = "DAYS", conflicts_with = "attention")]
    pub ends_within: Option<u16>,
}

#[derive(Debug, Args)]
pub struct Set {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "KEY=VALUE", required = true)]
    pub answers: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Ticks {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "ITEM", required = true)]
    pub items: Vec<String>,
}

#[derive(Debug, Args)]
pub struct Named {
    #[arg(value_name = "NAME")]
    pub profile: String,
}

#[derive(Debug, Args)]
pub struct Restore {
    #[arg(value_name = "NAME")]
    pub profile: Option<String>,
    #[arg(value_name = "NEW NAME")]
    pub to: Option<String>,
}

#[derive(Debug, Args)]
pub struct Rename {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "NEW NAME")]
    pub to: String,
}

#[derive(Debug, Args)]
pub struct Copy {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "NEW NAME")]
    pub to: String,
    #[arg(long, value_name = "ID")]
    pub environment: Option<String>,
}

#[derive(Debug, Args)]
pub struct Import {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[arg(long, value_name = "ID")]
    pub environment: Option<String>,
}

/// What must be known before the command line is read, as its own words depend on it: the values of `--home` and
/// `--lang`. The reading itself comes after, and refuses what is wrong.
pub fn early(line: &[OsString]) -> (Option<PathBuf>, Option<Language>) {
    let value = |flag: &str| {
        let given = line
            .iter()
            .position(|word| word == flag)
            .and_then(|at| line.get(at + 1));
        let joined = line
            .iter()
            .find_map(|word| word.to_str()?.strip_prefix(flag)?.strip_prefix('='));
        given.cloned().or(joined.map(OsString::from))
    };
    let language = value("--lang").and_then(|code| Language::parse(code.to_str()?));
    (value("--home").map(PathBuf::from), language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_grammar_holds() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let line = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(early(&line(&["klarert", "--lang", "nb"])).1, Some(Language::Bokmal));
        assert_eq!(
            early(&line(&["klarert", "list", "--lang=nb"])).1,
            Some(Language::Bokmal)
        );
        assert_eq!(early(&line(&["klarert", "--lang"])), (None, None));
        assert_eq!(early(&line(&["klarert", "--home=/x"])).0, Some("/x".into()));
    }
}
