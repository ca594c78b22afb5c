//! Capabilities of the terminal: its width, its colours, its characters, and a person to answer.

use std::{
    env,
    io::{self, BufRead, IsTerminal, Read},
};

use crossterm::terminal;

/// Longest answer to a question of yes or no that is read.
const MAX_ANSWER_BYTES: u64 = 1024;

/// Returns the terminal's width in columns; `None` if it does not know.
///
/// Call it only if a stream is a terminal: without one crossterm starts another program to find the size.
pub fn columns() -> Option<usize> {
    let (columns, _) = terminal::size().ok()?;
    (columns > 0).then_some(usize::from(columns))
}

/// Returns the width of standard output in columns; `None` if it is no terminal, or its width is not known.
pub fn stdout_columns() -> Option<usize> {
    io::stdout().is_terminal().then(columns).flatten()
}

/// Returns whether a person can see standard output and press keys.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && has_keys()
}

/// Returns whether a person can be prompted: standard output may be redirected, prompts go to standard error.
pub fn can_prompt() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal() && has_keys()
}

/// Reads a line from standard input and returns whether it confirms a question, in either language.
pub fn read_confirmation() -> io::Result<bool> {
    let mut answer = Vec::new();
    let mut input = io::stdin().lock().take(MAX_ANSWER_BYTES);
    input.read_until(b'\n', &mut answer)?;
    let answer = String::from_utf8_lossy(&answer).trim().to_lowercase();
    Ok(["y", "yes", "j", "ja"].contains(&answer.as_str()))
}

/// Returns whether standard input is the window of Git Bash, MSYS2 or Cygwin, from which Windows programs get lines but no
/// keys.
pub fn is_mintty() -> bool {
    io::stdin().is_terminal() && !has_keys()
}

/// Returns whether keys can be read from the terminal on standard input. `is_terminal` is also true for the pipes of
/// mintty, which are no console.
#[cfg(windows)]
fn has_keys() -> bool {
    use crossterm_winapi::{ConsoleMode, Handle};
    Handle::input_handle().is_ok_and(|handle| ConsoleMode::from(handle).mode().is_ok())
}

#[cfg(not(windows))]
fn has_keys() -> bool {
    true
}

/// Returns whether the terminal only prints lines: it cannot be drawn on or coloured (terminfo's `dumb`, or a console
/// older than Windows 10).
pub fn is_dumb() -> bool {
    #[cfg(windows)]
    if !crossterm::ansi_support::supports_ansi() {
        return true;
    }
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Returns whether standard output shows colours and neither `--no-color` nor `NO_COLOR` (no-color.org) forbids them.
pub fn supports_color(no_color_flag: bool) -> bool {
    let forbidden = no_color_flag || env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !forbidden && !is_dumb()
}

/// Returns whether the terminal shows characters beyond ASCII.
///
/// The locale must be UTF-8. The Linux console is excluded: its fonts lack most symbols.
pub fn supports_unicode() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default()
        .to_uppercase();
    let linux_console = env::var("TERM").is_ok_and(|term| term == "linux");
    cfg!(windows) || (!linux_console && (locale.contains("UTF-8") || locale.contains("UTF8")))
}
