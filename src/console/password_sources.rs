//! Sources of passwords that need no terminal: the command line's command, variables, and the configured commands.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::{
    password::{VARIABLE, from_variable},
    password_command::{self, PasswordCommandError, Placeholders},
};
use crate::{
    credential::Password,
    text::{Args, Texts},
};

type Output = Result<Password, PasswordCommandError>;

/// Sources of passwords, in the order in which they count: `--password-command`, the variables of the profile and of all
/// profiles, the profile's command, that of `config.toml`.
#[derive(Debug, Default)]
pub struct PasswordSources {
    /// `--password-command`, split into words.
    given: Vec<String>,
    /// `password_command` of `config.toml`.
    configured: Vec<String>,
    /// Results by command line: one that does not name the profile runs once for all.
    outputs: Mutex<HashMap<Vec<String>, Arc<OnceLock<Output>>>>,
}

/// Profile whose password is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PasswordOwner<'a> {
    pub profile: &'a str,
    pub organisation: Option<&'a str>,
    pub file: &'a Path,
    /// `password_command` of the profile; empty if there is none.
    pub command: &'a [String],
}

impl PasswordSources {
    /// Creates the sources from `--password-command` and `config.toml`. Both may be empty.
    pub fn new(given: Vec<String>, configured: Vec<String>) -> PasswordSources {
        PasswordSources {
            given,
            configured,
            outputs: Mutex::default(),
        }
    }

    /// Returns the password of the first source that there is; `None` without any.
    ///
    /// # Errors
    ///
    /// The command that comes first gave no password.
    pub fn find(&self, owner: PasswordOwner<'_>) -> Result<Option<Password>, PasswordCommandError> {
        if !self.given.is_empty() {
            return self.run(&self.given, owner).map(Some);
        }
        if let Some(password) = from_variables(owner.profile) {
            return Ok(Some(password));
        }
        let configured = [owner.command, &self.configured];
        match configured.into_iter().find(|command| !command.is_empty()) {
            Some(command) => self.run(command, owner).map(Some),
            None => Ok(None),
        }
    }

    /// Returns the name of the source that [`find`](PasswordSources::find) takes, for people; `None` without any.
    pub fn source(&self, owner: PasswordOwner<'_>, texts: &Texts) -> Option<String> {
        let variables = [variable(owner.profile), VARIABLE.to_owned()];
        let set = variables.into_iter().find(|name| from_variable(name).is_some());
        let (what, variable) = match set {
            _ if !self.given.is_empty() => ("flag", None),
            Some(name) => ("variable", Some(name)),
            None if !owner.command.is_empty() => ("profile", None),
            None if !self.configured.is_empty() => ("config", None),
            None => return None,
        };
        let args = Args::new()
            .with("what", what)
            .with("variable", variable.unwrap_or_default());
        Some(texts.with("password-source", &args))
    }

    /// Returns whether a command would be run for this profile. It is run only for a file that needs a password.
    pub fn runs_command(&self, owner: PasswordOwner<'_>) -> bool {
        let configured = !owner.command.is_empty() || !self.configured.is_empty();
        !self.given.is_empty() || (configured && from_variables(owner.profile).is_none())
    }

    fn run(&self, command: &[String], owner: PasswordOwner<'_>) -> Output {
        let values = Placeholders {
            profile: owner.profile,
            organisation: owner.organisation.unwrap_or_default(),
            file: owner.file,
        };
        let command = password_command::expand(command, values);
        let output = {
            let mut outputs = self.outputs.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(outputs.entry(command.clone()).or_default())
        };
        output.get_or_init(|| password_command::run(&command)).clone()
    }
}

/// Returns the name of a profile's own variable: in capitals, with `_` for all but ASCII letters and digits.
pub fn variable(profile: &str) -> String {
    let name: String = profile
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_uppercase()
            } else {
                '_'
            }
        })
        .collect();
    format!("{VARIABLE}_{name}")
}

/// Returns the password in the variables for a profile; `None` if neither is set.
fn from_variables(profile: &str) -> Option<Password> {
    from_variable(&variable(profile)).or_else(|| from_variable(VARIABLE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variable_is_in_capitals_with_underscores() {
        for (profile, name) in [
            ("acme", "KLARERT_PASSWORD_ACME"),
            ("acme-2.test_x", "KLARERT_PASSWORD_ACME_2_TEST_X"),
        ] {
            assert_eq!(variable(profile), name);
        }
    }
}
