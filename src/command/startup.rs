//! Startup: the language, the home folder and the context, settled before a command runs.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::{FromArgMatches, Parser, error::ErrorKind};

use super::{
    Context, Exit,
    args::{Cli, early_flags},
    command_error::CommandError,
    help,
    profile::save_warnings,
};
use crate::{
    console::{password_command, terminal},
    profile::file::store::{Store, own_folder},
    text::{Args, Language, Texts},
};

/// Variables that choose a locale, the strongest first (POSIX, Environment Variables).
pub const LOCALE_VARIABLES: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

/// Returns the home folder: `--home`, else `KLARERT_HOME`, else the platform's folder for configuration.
///
/// `None` if the platform knows no such folder, as for a user without a home.
pub fn home(flag: Option<PathBuf>) -> Option<PathBuf> {
    let variable = || env::var_os("KLARERT_HOME").filter(|home| !home.is_empty());
    let given = flag.or_else(|| variable().map(PathBuf::from));
    // Neither `--home=~/x` nor the files of systemd and cron have a shell that expands the `~`.
    given.map(|home| own_folder(&home).unwrap_or(home)).or_else(|| {
        let folders = directories::ProjectDirs::from("", "", "klarert")?;
        Some(local_or_roaming(folders.config_local_dir(), folders.config_dir()))
    })
}

/// Returns the platform's folder that stays on this computer, unless only the roaming one has been used before: its
/// profiles contain absolute paths into it. The two differ on Windows, where many companies copy the roaming folder to a
/// server.
fn local_or_roaming(local: &Path, roaming: &Path) -> PathBuf {
    let folder = if !local.exists() && roaming.exists() {
        roaming
    } else {
        local
    };
    folder.to_owned()
}

/// Returns whether the home folder is the platform's roaming one, which other computers and a server may get a copy of.
pub fn is_roaming(home: &Path) -> bool {
    let folders = directories::ProjectDirs::from("", "", "klarert");
    folders.is_some_and(|folders| home == folders.config_dir() && home != folders.config_local_dir())
}

/// Returns the language: `--lang`, else `config.toml`, else the locale's variables, else the system's setting, else English.
///
/// A broken `config.toml` is ignored here: the command that needs it reports the error.
fn language(flag: Option<Language>, home: Option<&PathBuf>) -> Language {
    flag.or_else(|| Store::new(home?).config().ok()?.language)
        .or_else(|| {
            let variable = |name: &&str| env::var(name).ok().filter(|value| !value.is_empty());
            from_locale(LOCALE_VARIABLES.iter().find_map(variable), system_locales())
        })
        .unwrap_or_default()
}

/// Returns the language of the variable, if one is set; else the first of the system's that there are texts in.
fn from_locale(variable: Option<String>, system: impl IntoIterator<Item = String>) -> Option<Language> {
    match variable {
        Some(locale) => Language::parse(&locale),
        None => system.into_iter().find_map(|locale| Language::parse(&locale)),
    }
}

/// Returns the user's languages in the settings of the system, the preferred first. Windows has no variables for them, and
/// programs that are not started in a terminal have none on macOS.
#[cfg(any(windows, target_os = "macos"))]
fn system_locales() -> impl Iterator<Item = String> {
    sys_locale::get_locales()
}

#[cfg(not(any(windows, target_os = "macos")))]
fn system_locales() -> impl Iterator<Item = String> {
    std::iter::empty()
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
    // Only help and errors need the texts: adding them takes longer than all else that a start does.
    match Cli::try_parse_from(line) {
        Ok(cli) => return Ok(cli),
        Err(error) if error.kind() == ErrorKind::DisplayVersion => return Err(error),
        Err(_) => {}
    }
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

/// Warns of misspelt keys in `config.toml`, which have no effect.
pub fn warn_of_configuration(context: &Context) {
    let path = context.home.join("config.toml");
    for warning in context.store().config_warnings() {
        let what = format!("{}, {}", path.to_string_lossy(), warning.text(&context.texts));
        save_warnings::warn(context, &what);
    }
}

#[cfg(unix)]
fn is_writable_by_others(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(folder).is_ok_and(|about| about.permissions().mode() & 0o002 != 0)
}

/// Returns false: permissions on Windows are lists of users, and a new folder inherits its parent's.
#[cfg(not(unix))]
fn is_writable_by_others(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn roaming_folder_is_kept_only_where_it_is_in_use() {
        let base = tempfile::tempdir().unwrap();
        let [local, roaming] = ["Local", "Roaming"].map(|name| base.path().join(name));
        assert_eq!(local_or_roaming(&local, &roaming), local);
        fs::create_dir(&roaming).unwrap();
        assert_eq!(local_or_roaming(&local, &roaming), roaming);
        fs::create_dir(&local).unwrap();
        assert_eq!(local_or_roaming(&local, &roaming), local);
    }

    #[test]
    fn variable_is_stronger_than_the_system() {
        let language = |variable: Option<&str>, system: &[&str]| {
            from_locale(
                variable.map(str::to_owned),
                system.iter().map(|locale| (*locale).to_owned()),
            )
        };
        for (variable, system, expected) in [
            (None, &["nb-NO", "en-US"][..], Some(Language::Bokmal)),
            (None, &["sv-SE", "nn-NO", "en-US"], Some(Language::Bokmal)),
            (None, &["en-NO", "nb-NO"], Some(Language::English)),
            (None, &["sv-SE"], None),
            (None, &[], None),
            (Some("en_GB.UTF-8"), &["nb-NO"], Some(Language::English)),
            (Some("C"), &["nb-NO"], None),
        ] {
            assert_eq!(language(variable, system), expected, "{variable:?} {system:?}");
        }
    }
}
