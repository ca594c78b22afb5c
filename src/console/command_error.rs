//! Error of a command, for people: what happened, what to do, and the exit code.

use std::io;

use super::Exit;
use crate::{
    certificate::Finding,
    profile::{
        file::error::{StoreError, io_error_id},
        parse::ParseError,
    },
    text::{Args, Texts},
};

/// Error for people. It travels in an `anyhow::Error`; `main` prints it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct CommandError {
    pub exit: Exit,
    /// Stable id for programs, in kebab case.
    pub id: &'static str,
    /// The event and its cause.
    pub message: String,
    /// The next thing for the user to do.
    pub hint: Option<String>,
}

impl CommandError {
    pub fn new(exit: Exit, message: String, hint: Option<String>) -> CommandError {
        let id = match exit {
            Exit::Usage => "usage",
            Exit::Unreadable => "unreadable",
            Exit::Unreachable => "unreachable",
            Exit::Interrupted => "interrupted",
            _ => "failed",
        };
        CommandError {
            exit,
            id,
            message,
            hint,
        }
    }

    /// Replaces the general id of the exit code by a more specific one.
    pub fn with_id(self, id: &'static str) -> CommandError {
        CommandError { id, ..self }
    }

    /// Converts an error of reading or writing a file that is no profile, with the ids of those.
    pub fn from_io(error: &io::Error, message: String, hint: Option<String>) -> CommandError {
        let id = match error.kind() {
            io::ErrorKind::NotFound => "file-missing",
            kind => io_error_id(kind),
        };
        CommandError::new(Exit::Unreadable, message, hint).with_id(id)
    }

    /// Converts an error of the profile store. A name that is taken is wrong usage; all else is unreadable.
    pub fn from_store(error: &StoreError, texts: &Texts) -> CommandError {
        let exit = match error {
            StoreError::Exists { .. } => Exit::Usage,
            _ => Exit::Unreadable,
        };
        CommandError::new(exit, error.text(texts), Some(error.hint(texts))).with_id(error.id())
    }

    /// Converts a value that could not be parsed; `argument` names where it was given.
    pub fn invalid_value(argument: &str, error: &ParseError, texts: &Texts) -> CommandError {
        let rule = texts.with(error.id, &error.args);
        let args = Args::new().with("flag", argument).with("rule", rule);
        CommandError::new(Exit::Usage, texts.with("command-refused", &args), None).with_id("value-invalid")
    }

    /// Converts a finding about a certificate file, with its fix as the hint.
    pub fn from_finding(exit: Exit, finding: &Finding, texts: &Texts) -> CommandError {
        CommandError::new(exit, finding.text(texts), Some(finding.fix(texts))).with_id(finding.id.id())
    }

    /// Returns the lines for standard error.
    pub fn to_text(&self, texts: &Texts) -> String {
        // Several errors of a table or of flags have a line each.
        let error = |line| texts.with("command-error", &Args::new().with("what", line));
        let mut lines = self.message.lines().map(error).collect::<Vec<_>>().join("\n");
        if let Some(hint) = &self.hint {
            lines.push('\n');
            lines.push_str(&texts.with("command-hint", &Args::new().with("hint", hint)));
        }
        lines
    }
}
