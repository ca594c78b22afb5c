//! What commands and the wizard share of the outside: what they are given ([`Context`]), how they end ([`Exit`]), how
//! they speak, how they fail ([`command_error`]), and how they ask for a password ([`password`]).

pub mod command_error;
pub mod password;

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
};

use crossterm::terminal;
use textwrap::{Options, WordSplitter};
use unicode_width::UnicodeWidthStr;

use crate::{
    profile::{
        file::{
            config::Config,
            store::{Store, StoredProfile},
        },
        parse::ProfileName,
    },
    text::Texts,
};
use command_error::CommandError;

/// What every command is given.
#[derive(Debug)]
pub struct Context {
    /// The folder that holds `config.toml` and `profiles/`.
    pub home: PathBuf,
    /// Whether nothing but `--home` leads there.
    pub home_by_flag: bool,
    pub texts: Texts,
    /// Whether standard output may be coloured: it is a terminal, and nobody asked for none.
    pub color: bool,
    /// Lines of text instead of a drawn screen.
    pub plain: bool,
}

/// How a command ended, as the exit code tells other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// It holds.
    Success,
    /// It was examined and does not hold: a check failed, a certificate will not do.
    CheckFailed,
    /// Wrong usage.
    Usage,
    /// A profile, certificate or configuration could not be read.
    Unreadable,
    /// The network or the service could not be reached.
    Unreachable,
    Interrupted,
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Success => 0,
            Exit::CheckFailed => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
            Exit::Unreachable => 4,
            Exit::Interrupted => 130,
        }
    }
}

impl Context {
    pub fn store(&self) -> Store {
        Store::new(&self.home)
    }

    pub fn config(&self) -> Result<Config, CommandError> {
        self.store()
            .config()
            .map_err(|error| CommandError::store(&error, &self.texts))
    }

    /// A profile's name as it was typed.
    pub fn name(&self, written: &str) -> Result<ProfileName, CommandError> {
        ProfileName::parse(written).map_err(|refusal| CommandError::refused("NAME", &refusal, &self.texts))
    }

    pub fn load(&self, name: &ProfileName) -> Result<StoredProfile, CommandError> {
        self.store()
            .load(name)
            .map_err(|error| CommandError::store(&error, &self.texts))
    }
}

/// Writes to standard output, for a program or a person to read.
pub fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Says something to the person beside what standard output gets. Where there is nobody to hear it, that is no fault.
pub fn tell(text: &str) {
    let mut out = io::stderr().lock();
    // Where someone looks, no word is broken at the edge; a log gets whole lines.
    let width = if out.is_terminal() { columns() } else { None };
    let _ = match width {
        Some(width) => writeln!(out, "{}", fitted(text, width)),
        None => writeln!(out, "{text}"),
    };
}

/// How wide the terminal is, where it knows. To be asked only where there is one: else another program is started to
/// find out.
pub fn columns() -> Option<usize> {
    let (columns, _) = terminal::size().ok()?;
    (columns > 0).then_some(usize::from(columns))
}

/// Lines that are no longer than the terminal is wide. What a line begins with it goes on with.
fn fitted(text: &str, width: usize) -> String {
    let fit = |line: &str| {
        let words = line.trim_start();
        wrapped(&line[..line.len() - words.len()], words, width)
    };
    text.lines().map(fit).collect::<Vec<_>>().join("\n")
}

/// `lead`, then words that are wrapped beside it. A code, a path or an address is never broken: it could not be copied.
pub fn wrapped(lead: &str, words: &str, width: usize) -> String {
    let indent = " ".repeat(lead.width());
    let options = Options::new(width)
        .initial_indent(&indent)
        .subsequent_indent(&indent)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    let wrapped = textwrap::fill(words, options);
    format!("{lead}{}", wrapped.get(indent.len()..).unwrap_or_default())
}

/// Whether someone is there to press a key.
pub fn at_a_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_broken_at_the_edge() {
        let said = "hint: one of these: norwegian-number, portal-login\n  Customs · the form of the registration";
        assert_eq!(
            fitted(said, 24),
            "hint: one of these:\nnorwegian-number,\nportal-login\n  Customs · the form of\n  the registration"
        );
        assert_eq!(fitted("", 24), "");
    }
}
