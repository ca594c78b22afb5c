//! Password of a certificate file: from `--password-stdin`, from `KLARERT_PASSWORD`, or prompted for without echo.
//!
//! It is never an argument's value: other users of the computer can see arguments.

use std::{
    env,
    io::{self, Read, Write},
};

use ratatui::crossterm::{
    event::{self, Event, KeyCode, KeyEventKind},
    terminal,
};
use zeroize::Zeroizing;

use super::printable::printable;
use super::secret_line::{MAX_PASSWORD_BYTES, SecretLine, is_control};
use crate::credential::Password;

/// The variable for a password. The variables for single profiles begin with it.
pub const VARIABLE: &str = "KLARERT_PASSWORD";

/// Returns a password that was given before the start: the first line of standard input, else the variable.
///
/// `None` if nothing was given. An empty line is an empty password.
///
/// # Errors
///
/// Standard input could not be read.
pub fn read_given(from_stdin: bool) -> io::Result<Option<Password>> {
    if !from_stdin {
        let password = env::var(VARIABLE).ok();
        return Ok(password.map(|password| Password::new(Zeroizing::new(password))));
    }
    read_stdin_line()
}

/// Reads the next line of standard input, up to the longest password. `None` at its end.
///
/// It reads byte by byte, as the standard library's buffer cannot be wiped.
///
/// # Errors
///
/// Standard input could not be read, or the line is not UTF-8.
pub fn read_stdin_line() -> io::Result<Option<Password>> {
    #[cfg(unix)]
    let mut input = std::fs::File::from(std::os::fd::AsFd::as_fd(&io::stdin()).try_clone_to_owned()?);
    #[cfg(not(unix))]
    let mut input = io::stdin().lock();
    let mut line = Zeroizing::new(Vec::with_capacity(MAX_PASSWORD_BYTES));
    let mut byte = [0];
    let mut has_ended = false;
    while line.len() < MAX_PASSWORD_BYTES {
        match input.read(&mut byte) {
            Ok(0) => has_ended = true,
            Ok(_) if byte != *b"\n" => {
                line.push(byte[0]);
                continue;
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        }
        break;
    }
    if has_ended && line.is_empty() {
        return Ok(None);
    }
    let text = std::str::from_utf8(&line).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
    let text = text.strip_suffix('\r').unwrap_or(text);
    Ok(Some(Password::new(Zeroizing::new(text.to_owned()))))
}

/// Prompts at the terminal without echo. `None` if the user cancelled with Ctrl-C, Ctrl-D or Esc.
///
/// # Errors
///
/// The terminal could not be read or written.
pub fn prompt(question: &str) -> io::Result<Option<Password>> {
    let mut out = io::stderr().lock();
    let password = {
        // Before the question: the echo would show what is typed at once.
        let _raw = RawMode::enable()?;
        write!(out, "{} ", printable(question)).and_then(|()| out.flush())?;
        read_line()
    };
    writeln!(out)?;
    password
}

/// Terminal without echo, until dropped.
struct RawMode;

impl RawMode {
    fn enable() -> io::Result<RawMode> {
        terminal::enable_raw_mode()?;
        Ok(RawMode)
    }
}

impl Drop for RawMode {
    fn drop(&mut self) {
        let _ = terminal::disable_raw_mode();
    }
}

fn read_line() -> io::Result<Option<Password>> {
    let mut line = SecretLine::default();
    loop {
        let Event::Key(key) = event::read()? else { continue };
        match key.code {
            _ if key.kind == KeyEventKind::Release => {}
            KeyCode::Enter => return Ok(Some(line.take())),
            KeyCode::Esc => return Ok(None),
            KeyCode::Char('c' | 'd') if is_control(key) => return Ok(None),
            _ => line.edit(key),
        }
    }
}
