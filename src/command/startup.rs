//! What is settled before a command runs: the folder, the language, and whether there may be colour.

use std::{env, ffi::OsString, io::IsTerminal, path::PathBuf};

use clap::FromArgMatches;

use super::{
    Context, Exit,
    args::{Arguments, early},
    at_a_terminal,
    command_error::CommandError,
    help::laid_out,
};
use crate::{
    profile::file::store::Store,
    text::{Language, Texts},
};

/// The variables that choose a locale, the strongest first (POSIX, Environment Variables).
pub const LOCALE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// `--home`, else `KLARERT_HOME`, else the platform's folder for configuration.
pub fn home(flag: Option<PathBuf>) -> Option<PathBuf> {
    flag.or_else(|| {
        env::var_os("KLARERT_HOME")
            .filter(|home| !home.is_empty())
            .map(PathBuf::from)
    })
    .or_else(|| {
        Some(
            directories::ProjectDirs::from("", "", "klarert")?
                .config_dir()
                .to_owned(),
        )
    })
}

/// `--lang`, else `config.toml`, else the locale, else English. A configuration that cannot be read is no reason to
/// be silent: the command that needs it says what is wrong.
fn language(flag: Option<Language>, home: Option<&PathBuf>) -> Language {
    flag.or_else(|| Store::new(home?).config().ok()?.language)
        .or_else(|| {
            let set = LOCALE
                .iter()
                .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))?;
            Language::parse(&set)
        })
        .unwrap_or_default()
}

/// The sentences for a command line, known before it is read.
pub fn texts(line: &[OsString]) -> Texts {
    let (flag, chosen) = early(line);
    Texts::new(language(chosen, home(flag).as_ref()))
}

/// Reads a command line. The error is clap's, and knows its exit code: asking for help is one too.
pub fn arguments(line: &[OsString], texts: &Texts) -> Result<Arguments, clap::Error> {
    let mut command = laid_out(texts);
    let matches = command.try_get_matches_from_mut(line)?;
    Arguments::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// What the command is given, once its arguments are read.
pub fn context(arguments: &Arguments, texts: Texts) -> Result<Context, CommandError> {
    let Some(home) = home(arguments.home.clone()) else {
        let (what, hint) = (texts.get("command-no-home"), texts.get("command-no-home.hint"));
        return Err(CommandError::new(Exit::Usage, what, Some(hint)));
    };
    let asked_for_none = arguments.no_color || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
    Ok(Context {
        home_by_flag: arguments.home.is_some(),
        // The wizard may be left running while a shell moves on: nothing may depend on where it was started.
        home: std::path::absolute(&home).unwrap_or(home),
        color: std::io::stdout().is_terminal() && !asked_for_none && !dumb,
        // Without a terminal only `--plain` says that lines are to be read.
        plain: arguments.plain || (dumb && at_a_terminal()),
        texts,
    })
}
