//! Console: the process's surroundings as commands and the wizard share them.
//!
//! [`Context`] is the input of every command and [`Exit`] its result. [`open_link`] and [`clipboard`] start other programs,
//! [`command_error`] is an error for people, [`password`] the prompt without echo, [`mod@printable`] the filter of all output,
//! [`terminal`] the capabilities of the terminal, [`signals`] the requests to end, [`hang_up`] the end of the terminal.

pub mod alt_code;
pub mod clipboard;
pub mod command_error;
#[cfg(windows)]
mod console_events;
pub mod core_dumps;
pub mod hang_up;
pub mod no_echo;
pub mod open_link;
pub mod password;
pub mod password_command;
pub mod password_sources;
pub mod printable;
pub mod secret_editor;
#[cfg(unix)]
mod secret_keys;
pub mod signals;
pub mod terminal;

use std::{
    cell::OnceCell,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use crate::{
    profile::{
        command_line::{home_option, shell_quote},
        file::{
            config::Config,
            store::{Store, StoredProfile, WaitNotice},
        },
        parse::ProfileName,
    },
    text::{Args, Texts},
};
use command_error::CommandError;
use password_sources::PasswordSources;
use printable::{printable, printable_styled};

/// Input of every command: settings that hold for the whole run.
#[derive(Debug)]
pub struct Context {
    /// The folder that holds `config.toml` and `profiles/`, as an absolute path.
    pub home: PathBuf,
    /// `--home` was given: without it another command would not find this folder.
    pub home_by_flag: bool,
    pub texts: Texts,
    /// Standard output may be coloured.
    pub color: bool,
    /// `--plain`: lines of text instead of a drawn screen.
    pub plain: bool,
    /// `--sandbox`: nothing may leave this computer.
    pub sandbox: bool,
    /// `--json`: results and errors are JSON objects on standard output.
    pub json: bool,
    /// `--password-command`, split into words; empty if it was not given.
    pub password_command: Vec<String>,
    password_sources: OnceCell<Arc<PasswordSources>>,
    /// `config.toml`, read when a command first needs it. A broken file is an error for those commands only.
    config: OnceCell<Result<Config, CommandError>>,
}

/// Result of a command, as its exit code tells other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Success,
    /// Examined and not valid: a check failed, or a certificate cannot be used.
    CheckFailed,
    /// Wrong usage.
    Usage,
    /// A profile, certificate or configuration could not be read.
    Unreadable,
    /// The network or the service could not be reached.
    Unreachable,
    Interrupted,
    /// The input of plain mode ended before the onboarding did.
    InputEnded,
}

impl Exit {
    /// Returns the exit code, which is a promise to scripts.
    pub fn code(self) -> u8 {
        match self {
            Exit::Success => 0,
            Exit::CheckFailed => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
            Exit::Unreachable => 4,
            Exit::InputEnded => 5,
            // 128 + SIGINT, as a shell reports it.
            Exit::Interrupted => 130,
        }
    }

    /// Returns one result for several: the most severe, in the order 130, 3, 2, 4, 1.
    pub fn most_severe(exits: &[Exit]) -> Exit {
        let order = [
            Exit::Interrupted,
            Exit::Unreadable,
            Exit::Usage,
            Exit::Unreachable,
            Exit::CheckFailed,
            Exit::InputEnded,
        ];
        let found = order.into_iter().find(|exit| exits.contains(exit));
        found.unwrap_or(Exit::Success)
    }
}

impl Context {
    /// Creates a context without colour, in the drawn form, outside the sandbox.
    pub fn new(home: PathBuf, texts: Texts) -> Context {
        Context {
            home,
            home_by_flag: false,
            texts,
            color: false,
            plain: false,
            sandbox: false,
            json: false,
            password_command: Vec::new(),
            password_sources: OnceCell::new(),
            config: OnceCell::new(),
        }
    }

    /// Returns a command line of this program that can be pasted, with `--home` if this process was started with it.
    pub fn command_line<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> String {
        let mut words = vec!["klarert".to_owned()];
        words.extend(arguments.into_iter().map(shell_quote));
        words.join(" ") + &self.home_option()
    }

    /// Returns the end of a shown command: ` --home DIR` if this process was started with it.
    pub fn home_option(&self) -> String {
        home_option(self.home_flag())
    }

    /// Returns the folder that `--home` named.
    pub fn home_flag(&self) -> Option<&Path> {
        self.home_by_flag.then_some(self.home.as_path())
    }

    /// Returns the store of profiles. It prints a message if it waits for another program's write.
    pub fn store(&self) -> Store {
        Store::new(&self.home).announcing(WaitNotice {
            language: self.texts.language(),
            print: |language| eprint(&Texts::new(language).get("store-waiting")),
        })
    }

    /// Returns `config.toml`, which is read once.
    ///
    /// # Errors
    ///
    /// [`Exit::Unreadable`] if the file exists and cannot be read or parsed.
    pub fn config(&self) -> Result<&Config, CommandError> {
        let read = || {
            let config = self.store().config();
            config.map_err(|error| CommandError::from_store(&error, &self.texts))
        };
        self.config.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// Returns the sources of passwords that need no terminal.
    ///
    /// # Errors
    ///
    /// The error of [`config`](Context::config).
    pub fn password_sources(&self) -> Result<Arc<PasswordSources>, CommandError> {
        let configured = self.config()?.password_command.clone();
        let new = || Arc::new(PasswordSources::new(self.password_command.clone(), configured));
        Ok(Arc::clone(self.password_sources.get_or_init(new)))
    }

    /// Parses a profile's name from the command line.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] with the rule for names.
    pub fn parse_name(&self, input: &str) -> Result<ProfileName, CommandError> {
        ProfileName::parse(input).map_err(|error| CommandError::invalid_value("NAME", &error, &self.texts))
    }

    /// Loads a profile.
    ///
    /// # Errors
    ///
    /// [`Exit::Unreadable`] if there is no such profile, or its file cannot be read or parsed.
    pub fn load(&self, name: &ProfileName) -> Result<StoredProfile, CommandError> {
        let saved = self.store().load(name);
        let saved = saved.map_err(|error| CommandError::from_store(&error, &self.texts))?;
        let path = self.store().path(name).to_string_lossy().into_owned();
        for warning in saved.warnings() {
            let args = Args::new().with("what", format!("{path}, {}", warning.text(&self.texts)));
            eprint(&self.texts.with("command-warning", &args));
        }
        Ok(saved)
    }

    /// Warns of files in the folder of the profiles that are not used because of their names.
    pub fn warn_of_misnamed_files(&self) {
        self.warn_of_misnamed(self.store().misnamed_files());
    }

    /// Warns of these files in the folder of the profiles, which are not used because of their names.
    pub fn warn_of_misnamed(&self, files: Vec<String>) {
        for file in files {
            let name = file.strip_suffix(".toml").unwrap_or(&file);
            let rule = ProfileName::parse(name).err();
            let rule = rule
                .map(|error| self.texts.with(error.id, &error.args))
                .unwrap_or_default();
            let path = self.store().profiles().join(&file).to_string_lossy().into_owned();
            let args = Args::new().with("file", path).with("rule", rule);
            let what = self.texts.with("lint-file-name", &args);
            eprint(&self.texts.with("command-warning", &Args::new().with("what", what)));
        }
    }
}

/// Writes to standard output: the result of a command, for a program or a person to read. The text is filtered by
/// [`printable()`].
///
/// # Errors
///
/// The write error, such as a full disk. A closed pipe is none.
pub fn print(text: &str) -> io::Result<()> {
    write_stdout(&[&printable(text)])
}

/// Writes to standard output like [`print()`], with the styles of a [`Renderer`](crate::command::renderer::Renderer).
///
/// # Errors
///
/// As [`print()`].
pub fn print_styled(text: &str) -> io::Result<()> {
    write_stdout(&[&printable_styled(text)])
}

/// Writes parts to standard output as they are, without copies: one may be a secret.
///
/// If the reader of a pipe is gone, as after `klarert check --all | head -1`, nothing is written. The command does the rest of its
/// work, and its exit code is that of the work.
///
/// # Errors
///
/// As [`print()`].
pub fn write_stdout(parts: &[&str]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let written = parts.iter().try_for_each(|part| out.write_all(part.as_bytes()));
    match written.and_then(|()| out.flush()) {
        Err(error) if is_closed_pipe(&error) => Ok(()),
        written => written,
    }
}

/// Returns whether the reader of a pipe is gone. `std` has no kind for `ERROR_PIPE_NOT_CONNECTED`, which pipes with a name
/// give, such as those of Git Bash.
fn is_closed_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe || (cfg!(windows) && error.raw_os_error() == Some(233))
}

/// Writes a message for a person to standard error, filtered by [`printable()`]. Write errors are ignored.
///
/// On a terminal lines are wrapped at spaces; a log gets whole lines.
pub fn eprint(message: &str) {
    let mut out = io::stderr().lock();
    // The size is queried only on a terminal: elsewhere crossterm starts another program to find it out.
    let columns = if out.is_terminal() { terminal::columns() } else { None };
    let _ = match columns {
        Some(columns) => writeln!(out, "{}", wrap_lines(&printable(message), columns)),
        None => writeln!(out, "{}", printable(message)),
    };
}

/// Wraps each line at `columns`; continuation lines keep the line's indent.
pub fn wrap_lines(text: &str, columns: usize) -> String {
    let wrap_line = |line: &str| {
        let words = line.trim_start();
        wrap_after(&line[..line.len() - words.len()], words, columns)
    };
    text.lines().map(wrap_line).collect::<Vec<_>>().join("\n")
}

/// Returns `lead`, then `text` wrapped at `columns` and indented by the width of `lead`.
///
/// A code, a path or an address is never broken: it could not be copied.
pub fn wrap_after(lead: &str, text: &str, columns: usize) -> String {
    let indent = " ".repeat(lead.width());
    let options = Options::new(columns)
        .initial_indent(&indent)
        .subsequent_indent(&indent)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let wrapped = textwrap::fill(text, options);
    format!("{lead}{}", wrapped.get(indent.len()..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_severe_exit_wins() {
        for (exits, expected) in [
            (&[][..], Exit::Success),
            (&[Exit::Success, Exit::Success], Exit::Success),
            (&[Exit::CheckFailed, Exit::Success], Exit::CheckFailed),
            (&[Exit::CheckFailed, Exit::Unreachable], Exit::Unreachable),
            (&[Exit::Unreachable, Exit::Usage], Exit::Usage),
            (&[Exit::Usage, Exit::Unreadable], Exit::Unreadable),
            (&[Exit::Unreadable, Exit::Interrupted], Exit::Interrupted),
        ] {
            assert_eq!(Exit::most_severe(exits), expected);
        }
    }

    #[test]
    fn wrap_lines_breaks_at_spaces_only_and_keeps_the_indent() {
        let message = "hint: one of these: norwegian-number, portal-login\n  Customs · the form of the registration";
        assert_eq!(
            wrap_lines(message, 24),
            "hint: one of these:\nnorwegian-number,\nportal-login\n  Customs · the form of\n  the registration"
        );
        assert_eq!(wrap_lines("", 24), "");
    }
}
