//! Password of a certificate file: from `--password-stdin`, from `KLARERT_PASSWORD`, or prompted for without echo.
//!
//! It is never an argument's value: other users of the computer can see arguments.

use std::{
    env,
    io::{self, Read, Write},
};

use zeroize::Zeroizing;

use super::{no_echo::NoEcho, printable::printable, secret_editor::MAX_PASSWORD_BYTES, terminal};
use crate::{credential::Password, text::Texts};

/// The variable for a password. The variables for single profiles begin with it.
pub const VARIABLE: &str = "KLARERT_PASSWORD";

/// Lines after the first that are tried too, such as a key's own password.
const MAX_OTHERS: usize = 3;

/// Returns a password that was given before the start: the lines of standard input, else the variable.
///
/// `None` if nothing was given. An empty password counts as none: it is tried on every file, also without one.
///
/// # Errors
///
/// Standard input could not be read.
pub fn read_given(from_stdin: bool) -> io::Result<Option<Password>> {
    if !from_stdin {
        return Ok(from_variable(VARIABLE));
    }
    let mut input = Zeroizing::new(Vec::with_capacity(MAX_PASSWORD_BYTES));
    unbuffered_stdin()?
        .take(MAX_PASSWORD_BYTES as u64)
        .read_to_end(&mut input)?;
    let mut lines = Password::lines(&input).into_iter();
    let first = lines.next();
    let others = lines.filter(|line| !line.is_empty()).take(MAX_OTHERS);
    let password = first.map(|first| others.fold(first, Password::or));
    Ok(password.filter(|password| !password.is_empty()))
}

/// Returns the lines of standard input, for `profiles` profiles at most.
///
/// # Errors
///
/// Standard input could not be read.
pub fn read_lines(profiles: usize) -> io::Result<Vec<Password>> {
    let limit = MAX_PASSWORD_BYTES * profiles.max(1);
    // Reserved at once: a buffer that grows leaves copies behind.
    let mut input = Zeroizing::new(Vec::with_capacity(limit));
    unbuffered_stdin()?.take(limit as u64).read_to_end(&mut input)?;
    Ok(Password::lines(&input))
}

/// Returns the password in a variable, in whatever encoding it has. `None` if the variable is not set, or empty as GitHub sets it
/// for a secret that is not there.
pub fn from_variable(name: &str) -> Option<Password> {
    let password = Password::from_bytes(env::var_os(name)?.as_encoded_bytes());
    Some(password).filter(|password| !password.is_empty())
}

/// Returns standard input without the standard library's buffer, which cannot be wiped.
#[cfg(unix)]
fn unbuffered_stdin() -> io::Result<impl Read + std::os::fd::AsFd> {
    use std::os::fd::AsFd;
    Ok(std::fs::File::from(io::stdin().as_fd().try_clone_to_owned()?))
}

/// Returns standard input. On Windows a console is read through the standard library, which decodes it.
#[cfg(not(unix))]
fn unbuffered_stdin() -> io::Result<impl Read> {
    Ok(io::stdin().lock())
}

/// Prompts at the terminal without echo.
///
/// `None` if the user cancelled with Ctrl-C, Ctrl-D or Esc, or if the terminal was closed. Signals are the caller's: one that
/// ends the process must call [`restore_for_exit`](super::no_echo::restore_for_exit) first.
///
/// # Errors
///
/// The terminal could not be read or written.
pub fn prompt(question: &str) -> io::Result<Option<Password>> {
    let password = {
        // Before the question: the echo would show what is typed at once.
        let _no_echo = NoEcho::enable()?;
        // Not locked while it is read: another thread may have to report an error.
        let mut out = io::stderr().lock();
        write!(out, "{} ", printable(question)).and_then(|()| out.flush())?;
        drop(out);
        read_line()
    };
    // The terminal may be gone.
    let _ = writeln!(io::stderr());
    password
}

/// Returns how to get a prompt, in a window that gives Windows programs no keys. `None` elsewhere.
pub fn mintty_hint(texts: &Texts) -> Option<String> {
    terminal::is_mintty().then(|| texts.get("password-mintty"))
}

#[cfg(unix)]
fn read_line() -> io::Result<Option<Password>> {
    super::secret_keys::read_line(unbuffered_stdin()?)
}

#[cfg(not(unix))]
fn read_line() -> io::Result<Option<Password>> {
    use super::{
        alt_code::AltCodes,
        secret_editor::{SecretLine, is_control},
    };
    use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind};

    let mut line = SecretLine::default();
    let mut alt_codes = AltCodes::default();
    loop {
        let Event::Key(key) = alt_codes.translate(event::read()?) else {
            continue;
        };
        match key.code {
            _ if key.kind == KeyEventKind::Release => {}
            KeyCode::Enter => return Ok(Some(line.take())),
            KeyCode::Esc => return Ok(None),
            KeyCode::Char('c' | 'd') if is_control(key) => return Ok(None),
            _ => line.edit(key),
        }
    }
}
