//! Hints about scopes that a command has just saved, from the open scope list.

use crate::{
    command::{Context, eprint},
    journey::SANDBOX,
    portal::open_list,
    profile::Profile,
    sandbox::{self, Sandbox},
};

/// Prints which of the user's own scopes are listed, and which ones nearly. Only scopes that `before` does not have.
///
/// # Errors
///
/// The configuration cannot be read.
pub fn print(context: &Context, before: Option<&Profile>, after: &Profile) -> anyhow::Result<()> {
    let old = before.map(Profile::own_scopes).unwrap_or_default();
    let mut new = after.own_scopes();
    new.retain(|scope| !old.contains(scope));
    if new.is_empty() || after.is_administration() {
        return Ok(());
    }
    // No sandbox is started for a hint.
    let environment = match after.environment.as_str() {
        SANDBOX => Sandbox::served_elsewhere(&sandbox::folder(&context.home)).map(|sandbox| sandbox.environment()),
        id if !context.sandbox => context.config()?.environment(id),
        _ => None,
    };
    let Some(environment) = environment else {
        return Ok(());
    };
    for note in open_list::notes(&environment, &new) {
        eprint(&note.text(&context.texts));
    }
    Ok(())
}
