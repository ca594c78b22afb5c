//! Where a certificate's password comes from: `--password-stdin`, `KLARERT_PASSWORD`, or a person at the terminal.
//! Never an argument, which others on the computer can see.

use std::{
    env,
    io::{self, IsTerminal, Read, Write},
};

use ratatui::crossterm::{
    event::{self, Event, KeyCode, KeyEventKind, KeyModifiers},
    terminal,
};
use zeroize::Zeroizing;

use crate::credential::Password;

/// A password for whatever is read; the variables of single profiles begin with it.
pub const VARIABLE: &str = "KLARERT_PASSWORD";
/// No password is longer; what is piped in by mistake may be.
const LONGEST: u64 = 4096;

/// What was given beforehand: the first line of standard input, or else the variable. None where nothing came: an
/// empty password is an empty line.
pub fn given(from_stdin: bool) -> io::Result<Option<Password>> {
    if from_stdin {
        let mut typed = Zeroizing::new(String::with_capacity(LONGEST as usize));
        io::stdin().lock().take(LONGEST).read_to_string(&mut typed)?;
        if typed.is_empty() {
            return Ok(None);
        }
        let end = typed.find(['\r', '\n']).unwrap_or(typed.len());
        return Ok(Some(Password::new(Zeroizing::new(typed[..end].to_owned()))));
    }
    Ok(env::var(VARIABLE)
        .ok()
        .map(|typed| Password::new(Zeroizing::new(typed))))
}

/// Whether somebody is there to be asked.
pub fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks at the terminal, and shows nothing of what is typed. None when the person leaves with Ctrl-C or Esc.
pub fn ask(question: &str) -> io::Result<Option<Password>> {
    let mut out = io::stderr().lock();
    let typed = {
        // Before the question: whoever types at once would see it.
        let _raw = Raw::enter()?;
        write!(out, "{question} ").and_then(|()| out.flush())?;
        read_line()
    };
    writeln!(out)?;
    Ok(typed?.map(Password::new))
}

/// The terminal without its echo, until dropped.
struct Raw;

impl Raw {
    fn enter() -> io::Result<Raw> {
        terminal::enable_raw_mode()?;
        Ok(Raw)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = terminal::disable_raw_mode();
    }
}

fn read_line() -> io::Result<Option<Zeroizing<String>>> {
    // Room for all of it from the start: a string that grows leaves copies behind.
    let mut typed = Zeroizing::new(String::with_capacity(LONGEST as usize));
    loop {
        let Event::Key(key) = event::read()? else { continue };
        if key.kind == KeyEventKind::Release {
            continue;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Enter => return Ok(Some(typed)),
            KeyCode::Esc => return Ok(None),
            KeyCode::Char('c' | 'd') if control => return Ok(None),
            KeyCode::Char('u') if control => typed.clear(),
            KeyCode::Backspace => {
                typed.pop();
            }
            KeyCode::Char(c) if !control && typed.len() + 4 <= LONGEST as usize => typed.push(c),
            _ => {}
        }
    }
}
