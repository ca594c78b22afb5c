//! Startup: the language, the home folder and the context, settled before a command runs.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use clap::FromArgMatches;

use super::{
    Context, Exit,
    args::{Cli, early_flags},
    command_error::CommandError,
    help,
    profile::save_warnings,
};
use crate::{
    console::{password_command, terminal},
    profile::file::store::Store,
    text::{Args, Language, Texts},
};

/// Variables that choose a locale, the strongest first (POSIX, Environment Variables).
pub const LOCALE_VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// Returns the home folder: `--home`, else `KLARERT_HOME`, else the platform's folder for configuration.
///
/// `None` if the platform knows no such folder, as for a user without a home.
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

/// Returns the language: `--lang`, else `config.toml`, else the locale, else English.
///
/// A broken `config.toml` is ignored here: the command that needs it reports the error.
fn language(flag: Option<Language>, home: Option<&PathBuf>) -> Language {
    flag.or_else(|| Store::new(home?).config().ok()?.language)
        .or_else(|| {
            let locale = LOCALE_VARIABLES
                .iter()
                .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))?;
            Language::parse(&locale)
        })
        .unwrap_or_default()
}

/// Returns the texts for a command line before it is parsed, so that its errors are in the user's language.
pub fn texts(line: &[OsString]) -> Texts {
    let (home_flag, lang_flag) = early_flags(line);
    Texts::new(language(lang_flag, home(home_flag).as_ref()))
}

/// Parses a command line.
///
/// # Errors
///
/// clap's error, which knows its exit code. `--help` and `--version` are errors too, with the exit code 0.
pub fn parse(line: &[OsString], texts: &Texts) -> Result<Cli, clap::Error> {
    let mut command = help::for_terminal(texts);
    let matches = command.try_get_matches_from_mut(line)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// Creates the context of the command.
///
/// # Errors
///
/// [`Exit::Usage`] if no home folder is known.
pub fn context(cli: &Cli, texts: Texts) -> Result<Context, CommandError> {
    let Some(home) = home(cli.home.clone()) else {
        let (message, hint) = (texts.get("command-no-home"), texts.get("command-no-home.hint"));
        return Err(CommandError::new(Exit::Usage, message, Some(hint)));
    };
    // Absolute, as nothing may depend on the folder in which the wizard was started.
    let home = std::path::absolute(&home).unwrap_or(home);
    let mut context = Context::new(home, texts);
    context.home_by_flag = cli.home.is_some();
    context.color = terminal::supports_color(cli.no_color);
    // Without a terminal only `--plain` says that lines are to be read.
    context.plain = cli.plain || (terminal::is_dumb() && terminal::is_interactive());
    context.sandbox = cli.sandbox;
    context.json = cli.json;
    if let Some(line) = &cli.password_command {
        let texts = &context.texts;
        let unclosed = || {
            let hint = Some(texts.get("password-command-empty.hint"));
            CommandError::new(Exit::Usage, texts.get("password-command-empty"), hint)
        };
        context.password_command = password_command::split(line).ok_or_else(unclosed)?;
    }
    Ok(context)
}

/// Warns if other users of the computer may write to the home folder: they could replace `config.toml`, and with it the
/// addresses that grants are sent to.
pub fn warn_of_open_folders(context: &Context) {
    for folder in [context.home.clone(), context.store().profiles()] {
        if is_writable_by_others(&folder) {
            let args = Args::new().with("folder", folder.to_string_lossy().into_owned());
            save_warnings::warn(context, &context.texts.with("command-home-open", &args));
        }
    }
}

#[cfg(unix)]
fn is_writable_by_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(folder).is_ok_and(|about| about.permissions().mode() & 0o002 != 0)
}

/// Returns false: permissions on Windows are lists of users, and a new folder inherits its parent's.
#[cfg(not(unix))]
fn is_writable_by_others(_: &Path) -> bool {
    false
}
