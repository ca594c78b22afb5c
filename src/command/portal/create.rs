//! `klarert portal create`: the client of a profile.

use super::{
    ChangeArgs,
    administration::Pair,
    change::{Change, SentRequest},
};
use crate::{
    command::{Context, Exit, command_error::CommandError, profile::edit::now},
    portal::{body, create},
    profile::{Authentication, PortalClient, Profile, file::store::StoreError},
    text::Args,
};

/// Creates the client, puts its id into the profile, and ticks what was done.
pub fn run(context: &Context, args: &ChangeArgs) -> anyhow::Result<Exit> {
    let Some(pair) = Pair::select(context, args, false)? else {
        return Ok(Exit::Interrupted);
    };
    let texts = &context.texts;
    let profile = &pair.onboarding.profile;
    let mut change = Change::new(&pair, "create");
    if let Some(id) = &profile.client.id {
        let values = Args::new().with("profile", &change.profile).with("client", id);
        change.finish(context, "unchanged", &texts.with("portal-has-client", &values))?;
        return Ok(Exit::Success);
    }
    let mut portal = pair.portal(context)?;
    let plan = match create::plan(&mut portal, profile, texts) {
        Ok(plan) => plan,
        Err(error) => return change.fail(context, &pair, &error),
    };
    change.not_granted.clone_from(&plan.not_granted);
    match &plan.existing {
        Some(found) => change.scopes.clone_from(&found.scopes),
        None => {
            change.scopes.clone_from(&plan.scopes);
            change.requests.push(SentRequest {
                method: "POST",
                path: "/clients".to_owned(),
                body: body::new_client(&plan),
            });
        }
    }
    // A client that exists is taken without a question: an earlier run has asked it.
    if (plan.existing.is_none() || args.dry_run)
        && let Some(exit) = change.confirm(context, args, portal.base())?
    {
        return Ok(exit);
    }
    change.steps = vec!["portal-step-created", "portal-step-id-saved"];
    let saved = save(context, &pair, |profile| {
        profile.portal.marker.get_or_insert(plan.marker.clone());
    })?;
    if saved.portal.marker.as_ref() != Some(&plan.marker) || saved.client.id.is_some() {
        // Another run has asked for the client meanwhile.
        let path = context.store().path(&context.parse_name(&change.profile)?);
        return Err(CommandError::from_store(&StoreError::Changed { path }, texts).into());
    }
    let client = match create::execute(&mut portal, &plan) {
        Ok(client) => client,
        Err(error) => return change.fail(context, &pair, &error),
    };
    (change.client_id, change.done) = (Some(client.id.clone()), 1);
    let saved = save(context, &pair, |profile| {
        profile.record_client(&client, &plan.not_granted, now());
    });
    if saved.is_err() {
        change.print_steps(context);
    }
    let saved = saved?;
    change.done = 2;
    change.finish(context, "done", &done_text(context, &change, &client, &saved))?;
    Ok(Exit::Success)
}

fn done_text(context: &Context, change: &Change, client: &PortalClient, profile: &Profile) -> String {
    let values = Args::new()
        .with("profile", &change.profile)
        .with("client", &client.id)
        .with("home", context.home_option());
    let texts = &context.texts;
    let created = texts.with("portal-created", &values);
    let next = match profile.authentication() {
        Authentication::Key => texts.with("portal-created.key", &values),
        Authentication::Certificate => texts.with("portal-created.check", &values),
    };
    format!("{created}\n{next}")
}

/// Changes the newest version of the profile.
///
/// # Errors
///
/// The error of the store. The file is then unchanged.
pub fn save(context: &Context, pair: &Pair, change: impl FnOnce(&mut Profile)) -> anyhow::Result<Profile> {
    let name = context.parse_name(&pair.onboarding.name)?;
    let updated = context.store().update(&name, |saved| {
        let mut profile = saved.profile.clone();
        change(&mut profile);
        Ok::<_, StoreError>(profile)
    });
    let saved = updated.map_err(|error| CommandError::from_store(&error, &context.texts))?;
    Ok(saved.profile)
}
