//! Grammar of the command line: the global flags and the subcommands. The help texts are added by [`help`](super::help).

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand};

use super::{
    apply::ApplyArgs,
    check::{CheckArgs, explain::ExplainArgs, token::TokenArgs},
    credential::{certificate::CertificateArgs, csr::CsrArgs, key::KeyArgs},
    export::ExportArgs,
    portal::PortalArgs,
    profile::{
        edit::{NewArgs, SetArgs, TickArgs},
        import::ImportArgs,
        list::ListArgs,
        manage::{CopyArgs, RemoveArgs, RenameArgs},
        show::ShowArgs,
        trash::RestoreArgs,
    },
    report::ReportArgs,
    sandbox::SandboxArgs,
    wizard::ResumeArgs,
};
use crate::text::Language;

/// Parsed command line.
#[derive(Debug, Parser)]
#[command(name = "klarert", bin_name = "klarert", version = env!("KLARERT_VERSION"), disable_help_subcommand = true)]
pub struct Cli {
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
    #[arg(long, global = true)]
    pub json: bool,
    #[arg(long, global = true, value_name = "CMD")]
    pub password_command: Option<String>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

// The arguments of the commands that read this grammar are here: an import from them would be a circle.

/// Arguments of `klarert completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    pub shell: clap_complete::Shell,
}

/// Arguments of `klarert help`.
#[derive(Debug, Args)]
pub struct HelpArgs {
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// Arguments of `klarert man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Subcommand with its arguments. The order is that of `--help`.
#[derive(Debug, Subcommand)]
pub enum Command {
    New(NewArgs),
    Resume(ResumeArgs),
    List(ListArgs),
    Show(ShowArgs),
    Set(SetArgs),
    Done(TickArgs),
    Undo(TickArgs),
    Check(CheckArgs),
    Certificate(CertificateArgs),
    Token(TokenArgs),
    Explain(ExplainArgs),
    Key(KeyArgs),
    Csr(CsrArgs),
    Export(ExportArgs),
    Portal(PortalArgs),
    Sandbox(SandboxArgs),
    Apply(ApplyArgs),
    Report(ReportArgs),
    Import(ImportArgs),
    Rename(RenameArgs),
    Copy(CopyArgs),
    Remove(RemoveArgs),
    Restore(RestoreArgs),
    Where,
    Completions(CompletionsArgs),
    Man(ManArgs),
    Help(HelpArgs),
}

/// Returns whether `--json` is on a command line, before it is parsed: its errors are JSON then.
pub fn wants_json(line: &[OsString]) -> bool {
    let options = line.iter().take_while(|word| *word != "--");
    options.into_iter().any(|word| word == "--json")
}

/// Returns the values of `--home` and `--lang`, before the command line is parsed: its error messages depend on them.
///
/// A wrong value is ignored here; the parser rejects it later.
pub fn early_flags(line: &[OsString]) -> (Option<PathBuf>, Option<Language>) {
    let value = |flag: &str| {
        let separate = line
            .iter()
            .position(|word| word == flag)
            .and_then(|at| line.get(at + 1));
        let joined = line
            .iter()
            .find_map(|word| word.to_str()?.strip_prefix(flag)?.strip_prefix('='));
        separate.cloned().or(joined.map(OsString::from))
    };
    let language = value("--lang").and_then(|code| Language::parse(code.to_str()?));
    (value("--home").map(PathBuf::from), language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn grammar_passes_the_assertions_of_clap() {
        Cli::command().debug_assert();
    }

    #[test]
    fn help_names_the_command_without_the_ending_of_its_file() {
        let help = Cli::command().try_get_matches_from(["klarert.exe", "list", "--help"]);
        let help = help.unwrap_err().to_string();
        assert!(help.contains("Usage: klarert list"), "{help}");
    }

    #[test]
    fn early_flags_are_found_in_both_spellings() {
        let line = |words: &[&str]| words.iter().map(OsString::from).collect::<Vec<_>>();
        assert_eq!(
            early_flags(&line(&["klarert", "--lang", "nb"])).1,
            Some(Language::Bokmal)
        );
        assert_eq!(
            early_flags(&line(&["klarert", "list", "--lang=nb"])).1,
            Some(Language::Bokmal)
        );
        assert_eq!(early_flags(&line(&["klarert", "--lang"])), (None, None));
        assert_eq!(early_flags(&line(&["klarert", "--home=/x"])).0, Some("/x".into()));
    }
}
