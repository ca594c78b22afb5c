//! The subcommands, one file each: arguments in, an [`Exit`] out. What a program may read goes to standard output,
//! what is said to a person beside it to standard error.

pub mod sandbox;

use std::path::PathBuf;

use crate::text::Texts;

/// What every command is given.
#[derive(Debug)]
pub struct Context {
    /// The folder that holds `config.toml` and `profiles/`.
    pub home: PathBuf,
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
    Holds,
    /// It was examined and does not hold: a check failed, a certificate will not do.
    DoesNotHold,
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
            Exit::Holds => 0,
            Exit::DoesNotHold => 1,
            Exit::Usage => 2,
            Exit::Unreadable => 3,
            Exit::Unreachable => 4,
            Exit::Interrupted => 130,
        }
    }
}
