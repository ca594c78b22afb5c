//! How a command that cannot go on says so: what happened, what to do, and the exit code.

use super::Exit;
use crate::{
    certificate::Finding,
    profile::{file::store::StoreError, parse::ParseError},
    text::{Args, Texts},
};

/// An error for people. It travels in an `anyhow::Error` and is drawn by `main`.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{what}")]
pub struct CommandError {
    pub exit: Exit,
    /// What happened and why.
    pub what: String,
    /// What to do.
    pub hint: Option<String>,
}

impl CommandError {
    pub fn new(exit: Exit, what: String, hint: Option<String>) -> CommandError {
        CommandError { exit, what, hint }
    }

    pub fn store(error: &StoreError, texts: &Texts) -> CommandError {
        let exit = match error {
            StoreError::Exists { .. } => Exit::Usage,
            _ => Exit::Unreadable,
        };
        CommandError::new(exit, error.text(texts), Some(error.hint(texts)))
    }

    /// An answer that was not taken; `flag` is where it was given.
    pub fn refused(flag: &str, refusal: &ParseError, texts: &Texts) -> CommandError {
        let rule = texts.with(refusal.id, &refusal.args);
        let args = Args::new().with("flag", flag).with("rule", rule);
        CommandError::new(Exit::Usage, texts.with("command-refused", &args), None)
    }

    /// What is wrong with a file, and what mends it.
    pub fn found(exit: Exit, finding: &Finding, texts: &Texts) -> CommandError {
        CommandError::new(exit, finding.text(texts), Some(finding.fix(texts)))
    }

    /// The lines for standard error.
    pub fn lines(&self, texts: &Texts) -> String {
        let mut lines = texts.with("command-error", &Args::new().with("what", &self.what));
        if let Some(hint) = &self.hint {
            lines.push('\n');
            lines.push_str(&texts.with("command-hint", &Args::new().with("hint", hint)));
        }
        lines
    }
}
