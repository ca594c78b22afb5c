//! `klarert portal scopes-add`: the granted scopes of a profile, put on its client.

use super::{
    ChangeArgs,
    administration::Pair,
    change::{Change, SentRequest},
    create::save,
};
use crate::{
    command::{Context, Exit, command_error::CommandError, profile::edit::now},
    portal::{body, scopes},
    text::Args,
};

/// Adds the scopes that the client lacks. The others of the client stay.
pub fn run(context: &Context, args: &ChangeArgs) -> anyhow::Result<Exit> {
    let Some(pair) = Pair::select(context, args, false)? else {
        return Ok(Exit::Interrupted);
    };
    let texts = &context.texts;
    let profile = &pair.onboarding.profile;
    let mut change = Change::new(&pair, "scopes-add");
    let id = client_id(context, &change)?;
    let mut portal = pair.portal(context)?;
    let plan = match scopes::plan(&mut portal, profile, &id) {
        Ok(plan) => plan,
        Err(error) => return change.fail(context, &pair, &error),
    };
    change.scopes.clone_from(&plan.added);
    change.not_granted.clone_from(&plan.not_granted);
    // What was asked for is not there: a script must notice it.
    let exit = if plan.not_granted.is_empty() {
        Exit::Success
    } else {
        Exit::CheckFailed
    };
    let values = Args::new()
        .with("profile", &change.profile)
        .with("client", &id)
        .with("scopes", plan.added.join(" "));
    let mut client = plan.client.client.clone();
    if plan.added.is_empty() {
        save(context, &pair, |profile| {
            profile.record_scopes(&client, &plan.not_granted, false, now())
        })?;
        change.finish(context, "unchanged", &texts.with("portal-no-scopes-added", &values))?;
        return Ok(exit);
    }
    let body = body::with_scopes(&plan.client.object, &plan.added);
    change.requests.push(SentRequest {
        method: "PUT",
        path: format!("/clients/{id}"),
        body: body.clone(),
    });
    if let Some(exit) = change.confirm(context, args, portal.base())? {
        return Ok(exit);
    }
    change.steps = vec!["portal-step-scopes-added"];
    match portal.replace_client(&id, &body) {
        Ok(replaced) => client = replaced.client,
        Err(error) => return change.fail(context, &pair, &error),
    }
    change.done = 1;
    save(context, &pair, |profile| {
        profile.record_scopes(&client, &plan.not_granted, true, now())
    })?;
    change.finish(context, "done", &texts.with("portal-scopes-added", &values))?;
    Ok(exit)
}

/// Returns the client id of a profile.
///
/// # Errors
///
/// [`Exit::Usage`] if it has none: the client is created first.
pub fn client_id(context: &Context, change: &Change) -> Result<String, CommandError> {
    let texts = &context.texts;
    let args = Args::new()
        .with("profile", &change.profile)
        .with("home", context.home_option());
    change.client_id.clone().ok_or_else(|| {
        let hint = Some(texts.with("portal-no-client.hint", &args));
        CommandError::new(Exit::Usage, texts.with("portal-no-client", &args), hint).with_id("no-client")
    })
}
