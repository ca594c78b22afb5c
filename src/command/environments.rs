//! Ids of environments on a command line: which are known, and the errors for those that a command refuses.

use super::{Context, Exit, command_error::CommandError, eprint, listed};
use crate::{
    journey::{BUILT_IN_IDS, SANDBOX},
    profile::{file::config::Config, parse::ProfileName},
    text::{Args, Texts},
};

/// Returns the ids of all environments: the built-in ones, then those of `config.toml`.
pub fn known_ids(config: &Config) -> Vec<String> {
    let own = config.environments.iter().map(|environment| environment.id.clone());
    BUILT_IN_IDS.map(str::to_owned).into_iter().chain(own).collect()
}

/// Returns whether an environment is built in or in `config.toml`.
pub fn is_known(config: &Config, id: &str) -> bool {
    BUILT_IN_IDS.contains(&id) || config.environments.iter().any(|environment| environment.id == id)
}

/// Warns on standard error of profiles whose environment is not known: the rules of test are assumed for them.
///
/// # Errors
///
/// The error of the configuration.
pub fn warn_of_unknown<'a>(
    context: &Context,
    profiles: impl Iterator<Item = (&'a ProfileName, &'a str)>,
) -> Result<(), CommandError> {
    let (config, texts) = (context.config()?, &context.texts);
    let unknown = profiles.filter(|(_, environment)| !is_known(config, environment));
    let unknown: Vec<String> = unknown
        .map(|(name, environment)| format!("{name} ({environment})"))
        .collect();
    if !unknown.is_empty() {
        let args = Args::new().with("profiles", listed(&unknown, texts));
        let warning = Args::new().with("what", texts.with("environments-unknown", &args));
        eprint(&texts.with("command-warning", &warning));
    }
    Ok(())
}

/// Returns the error for an id that is not known; `argument` names where it was given.
pub fn unknown(config: &Config, argument: &str, written: &str, texts: &Texts) -> CommandError {
    let values = Args::new()
        .with("written", written)
        .with("known", known_ids(config).join(", "));
    refused(argument, &texts.with("refused-choice", &values), texts)
}

/// Returns the error for another environment than the sandbox's that was given together with `--sandbox`.
pub fn contradicts_sandbox(argument: &str, written: &str, texts: &Texts) -> CommandError {
    let values = Args::new().with("written", written);
    refused(argument, &texts.with("refused-sandbox", &values), texts)
}

fn refused(argument: &str, rule: &str, texts: &Texts) -> CommandError {
    let values = Args::new().with("flag", argument).with("rule", rule);
    CommandError::new(Exit::Usage, texts.with("command-refused", &values), None).with_id("value-invalid")
}

/// Returns the message for a saved profile of another environment, while `--sandbox` is given.
pub fn not_sandbox(name: &ProfileName, environment: &str, texts: &Texts) -> String {
    let values = Args::new()
        .with("profile", name.as_str())
        .with("environment", environment);
    texts.with("targets-not-sandbox", &values)
}

/// Returns the environment of a new profile that names none.
pub fn default_id(context: &Context) -> &'static str {
    if context.sandbox { SANDBOX } else { "test" }
}

/// Refuses to write a profile of another environment while `--sandbox` is given: its next check would leave this computer.
///
/// # Errors
///
/// [`Exit::Usage`] with the profile and its environment.
pub fn ensure_sandbox(context: &Context, name: &ProfileName, environment: &str) -> Result<(), CommandError> {
    if !context.sandbox || environment == SANDBOX {
        return Ok(());
    }
    let texts = &context.texts;
    let hint = Some(texts.get("targets-not-sandbox.change"));
    Err(CommandError::new(
        Exit::Usage,
        not_sandbox(name, environment, texts),
        hint,
    ))
}
