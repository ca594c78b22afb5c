//! The environment of a command that has no saved profile, and the sandbox that is started for one.

use crate::command::{Context, Exit, command_error::CommandError, environments, eprint, sandbox::error_text};
use crate::{
    credential::Password,
    journey::{Environment, SANDBOX},
    profile::parse::ProfileName,
    sandbox::{self, Options, Sandbox},
    text::Args,
};

/// Returns an environment by its id. A sandbox that is started for it runs until it is dropped.
///
/// # Errors
///
/// [`Exit::Usage`] for an unknown id, or another one than the sandbox's with `--sandbox`; an error of the configuration or the
/// sandbox.
pub fn environment(context: &Context, id: &str) -> Result<(Environment, Option<Sandbox>), CommandError> {
    let texts = &context.texts;
    if id == SANDBOX {
        let sandbox = start_sandbox(context)?;
        return Ok((sandbox.environment(), Some(sandbox)));
    }
    let config = context.config()?;
    match config.environment(id) {
        Some(_) if context.sandbox => Err(environments::contradicts_sandbox("--environment", id, texts)),
        Some(environment) => Ok((environment, None)),
        None => Err(environments::unknown(config, "--environment", id, texts)),
    }
}

/// Returns the sandbox that runs in another process, else starts one for this command.
///
/// The first start creates its keys, which takes a moment.
pub(super) fn start_sandbox(context: &Context) -> Result<Sandbox, CommandError> {
    let folder = sandbox::folder(&context.home);
    if let Some(served) = Sandbox::served_elsewhere(&folder) {
        return Ok(served);
    }
    if !folder.exists() {
        eprint(&context.texts.get("sandbox-starting"));
    }
    Sandbox::start(&folder, Options::default()).map_err(|error| {
        let exit = match error {
            sandbox::Error::Demonstration(_) => Exit::Unreadable,
            sandbox::Error::Port { .. } | sandbox::Error::Server(_) => Exit::Unreachable,
        };
        CommandError::new(exit, error_text(&error, &context.texts), None)
    })
}

/// Returns the password of the sandbox's files, which is public.
pub fn password_of(sandbox: &Sandbox) -> Password {
    Password::new(sandbox.demonstration().password.clone().into())
}

/// Refuses a profile whose environment is not known.
///
/// # Errors
///
/// [`Exit::Unreadable`] as for a check of the profile; an error of the configuration.
pub fn ensure_environment(context: &Context, name: &ProfileName, environment: &str) -> Result<(), CommandError> {
    match context.sandbox || environments::is_known(context.config()?, environment) {
        true => Ok(()),
        false => Err(unknown_error(context, name, environment)),
    }
}

/// Returns the error for a profile whose environment is not configured.
pub(super) fn unknown_error(context: &Context, name: &ProfileName, environment: &str) -> CommandError {
    error(
        context,
        Exit::Unreadable,
        "targets-environment-unknown",
        name,
        environment,
    )
}

/// Returns the error for a profile of another environment while `--sandbox` is given.
pub(super) fn not_sandbox_error(context: &Context, name: &ProfileName, environment: &str) -> CommandError {
    error(context, Exit::Usage, "targets-not-sandbox", name, environment)
}

fn error(context: &Context, exit: Exit, id: &str, name: &ProfileName, environment: &str) -> CommandError {
    let texts = &context.texts;
    let args = Args::new()
        .with("profile", name.as_str())
        .with("environment", environment)
        .with("home", context.home_option());
    CommandError::new(exit, texts.with(id, &args), texts.find(&format!("{id}.hint"), &args))
}
