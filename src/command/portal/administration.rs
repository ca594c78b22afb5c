//! Selection of the administration client, and of the profile that it is used for.

use super::{AdministrationArgs, ChangeArgs};
use crate::{
    check::{Settings, Subject},
    command::{
        Context, Exit,
        check::{
            passwords,
            selection::{self, Selection, Target, Targets},
        },
        command_error::CommandError,
        filter::{self, Filter},
    },
    console::signals,
    credential::Opened,
    journey::SANDBOX,
    portal::Portal,
    profile::{Kind, Profile, parse::ProfileName},
    text::Args,
};

/// The profile of an onboarding and its administration client, with their files.
pub struct Pair {
    /// They belong together: the sandbox runs as long as this is there.
    targets: Targets,
    settings: Settings,
}

impl Pair {
    /// Selects both, and opens the administration client's files; with `with_profile` also those of the profile, whose key is needed.
    /// `None` if the user cancelled.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] if the profile has no client, or no single administration client fits.
    pub fn select(context: &Context, args: &ChangeArgs, with_profile: bool) -> anyhow::Result<Option<Pair>> {
        let name = context.parse_name(&args.profile)?;
        let profile = context.load(&name)?.profile;
        refuse_without_client(context, &name, &profile)?;
        let admin = for_profile(context, args.administration.admin.as_deref(), &profile)?;
        let names = [admin, name].map(|name| name.to_string());
        select(context, &names, args.administration.password_stdin, with_profile)
    }

    /// Returns the profile's part.
    pub fn onboarding(&self) -> Result<&Target, CommandError> {
        part(&self.targets, 1)
    }

    /// Returns the administration client's part.
    pub fn admin(&self) -> Result<&Target, CommandError> {
        part(&self.targets, 0)
    }

    /// Returns the API, with errors about `about`.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] if the environment has no API.
    pub fn portal<'a>(&'a self, context: &Context, about: &'a Profile) -> anyhow::Result<Portal<'a>> {
        open(context, self.admin()?, about, &self.settings)
    }
}

/// The administration client of a command that reads only.
pub struct Single {
    targets: Targets,
    settings: Settings,
}

impl Single {
    /// Selects the only administration client, of an environment if one is given. `None` if the user cancelled.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] if there is none, or more than one.
    pub fn select(
        context: &Context,
        args: &AdministrationArgs,
        environment: Option<&str>,
    ) -> anyhow::Result<Option<Single>> {
        if let Some(id) = environment {
            filter::ensure_known(context, id)?;
        }
        let environment = environment.or(context.sandbox.then_some(SANDBOX));
        let fits = |profile: &Profile| environment.is_none_or(|id| profile.environment == id);
        let admin = match &args.admin {
            Some(name) => named(context, name)?.0,
            None => only_one(context, fits, || no_administration(context))?,
        };
        let pair = select(context, &[admin.to_string()], args.password_stdin, false)?;
        Ok(pair.map(|Pair { targets, settings }| Single { targets, settings }))
    }

    pub fn admin(&self) -> Result<&Target, CommandError> {
        part(&self.targets, 0)
    }

    /// Returns the API.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] if the environment has no API.
    pub fn portal(&self, context: &Context) -> anyhow::Result<Portal<'_>> {
        let admin = self.admin()?;
        open(context, admin, &admin.profile, &self.settings)
    }
}

fn part(targets: &Targets, at: usize) -> Result<&Target, CommandError> {
    match targets.all.get(at) {
        Some(Ok(target)) => Ok(target),
        Some(Err(unreadable)) => Err(unreadable.error.clone()),
        // Unreachable: a name that is selected has a target.
        None => Err(CommandError::new(Exit::Usage, String::new(), None)),
    }
}

fn select(context: &Context, names: &[String], stdin: bool, all: bool) -> anyhow::Result<Option<Pair>> {
    let mut targets = selection::select(context, names, Selection::Several, &Filter::default())?;
    signals::exit_on_termination();
    let count = if all { names.len() } else { 1 };
    let mut readable: Vec<&mut Target> = targets.all.iter_mut().take(count).flatten().collect();
    if !passwords::unlock(context, &mut readable, stdin, 1)? {
        return Ok(None);
    }
    Ok(Some(Pair {
        targets,
        settings: Settings::default(),
    }))
}

fn open<'a>(
    context: &Context,
    admin: &'a Target,
    about: &'a Profile,
    settings: &'a Settings,
) -> anyhow::Result<Portal<'a>> {
    let opened = opened(context, admin)?;
    let subject = Subject {
        name: &admin.name,
        profile: &admin.profile,
        environment: &admin.environment,
    };
    let portal = Portal::new(subject, about, opened, settings);
    Ok(portal.ok_or_else(|| {
        let texts = &context.texts;
        let args = Args::new().with("environment", &admin.environment.id);
        let hint = Some(texts.with("portal-no-api.hint", &args));
        CommandError::new(Exit::Usage, texts.with("portal-no-api", &args), hint)
    })?)
}

/// Returns the opened files of a target.
pub fn opened(context: &Context, target: &Target) -> anyhow::Result<Opened> {
    Ok(target.open(&*context.password_sources()?, &context.texts))
}

/// Refuses a profile that can have no client of its own.
fn refuse_without_client(context: &Context, name: &ProfileName, profile: &Profile) -> Result<(), CommandError> {
    let texts = &context.texts;
    let id = match profile.business.kind {
        _ if profile.is_administration() => "portal-is-administration",
        Some(Kind::Foreign) => "portal-foreign",
        Some(Kind::Norwegian) if profile.business.organisation.is_some() && !profile.client.scopes.is_empty() => {
            return Ok(());
        }
        Some(Kind::Norwegian) | None => "portal-incomplete",
    };
    let args = Args::new()
        .with("name", name.as_str())
        .with("home", context.home_option());
    let hint = texts.find(&format!("{id}.hint"), &args);
    Err(CommandError::new(Exit::Usage, texts.with(id, &args), hint).with_id("profile-unsuitable"))
}

/// Returns the administration client for a profile.
fn for_profile(context: &Context, given: Option<&str>, profile: &Profile) -> anyhow::Result<ProfileName> {
    let texts = &context.texts;
    let unfit = |admin: &Profile| {
        let organisation = |profile: &Profile| profile.business.organisation.clone().unwrap_or_default();
        let args = Args::new()
            .with("environment", &profile.environment)
            .with("other-environment", &admin.environment)
            .with("organisation", organisation(profile))
            .with("other", organisation(admin));
        let id = if admin.environment == profile.environment {
            "portal-other-organisation"
        } else {
            "portal-other-environment"
        };
        let hint = Some(texts.with(&format!("{id}.hint"), &args));
        CommandError::new(Exit::Usage, texts.with(id, &args), hint).with_id("administration-unsuitable")
    };
    if let Some(given) = given {
        let (name, admin) = named(context, given)?;
        return match admin.administers(profile) {
            true => Ok(name),
            false => Err(unfit(&admin).into()),
        };
    }
    let none = || match all(context)?
        .into_iter()
        .find(|(_, admin)| admin.environment == profile.environment)
    {
        Some((_, admin)) => Ok(unfit(&admin)),
        None => no_administration(context),
    };
    only_one(context, |admin| admin.administers(profile), none)
}

/// Returns a named administration client.
fn named(context: &Context, name: &str) -> anyhow::Result<(ProfileName, Profile)> {
    let name = context.parse_name(name)?;
    let profile = context.load(&name)?.profile;
    if !profile.is_administration() {
        let args = Args::new().with("name", name.as_str());
        let texts = &context.texts;
        let hint = Some(texts.get("portal-no-administration.hint"));
        return Err(CommandError::new(Exit::Usage, texts.with("portal-not-administration", &args), hint).into());
    }
    Ok((name, profile))
}

/// Returns all administration clients that can be read.
fn all(context: &Context) -> Result<Vec<(ProfileName, Profile)>, CommandError> {
    let listed = context.store().list();
    let listed = listed.map_err(|error| CommandError::from_store(&error, &context.texts))?;
    let readable = listed
        .into_iter()
        .filter_map(|listed| Some((listed.name, listed.profile.ok()?)));
    Ok(readable.filter(|(_, profile)| profile.is_administration()).collect())
}

fn only_one(
    context: &Context,
    fits: impl Fn(&Profile) -> bool,
    none: impl FnOnce() -> Result<CommandError, CommandError>,
) -> anyhow::Result<ProfileName> {
    let fitting: Vec<ProfileName> = all(context)?
        .into_iter()
        .filter(|(_, profile)| fits(profile))
        .map(|(name, _)| name)
        .collect();
    match &fitting[..] {
        [one] => Ok(one.clone()),
        [] => Err(none()?.into()),
        several => {
            let names: Vec<&str> = several.iter().map(ProfileName::as_str).collect();
            let args = Args::new().with("names", names.join(", "));
            let texts = &context.texts;
            let hint = Some(texts.get("portal-several.hint"));
            Err(
                CommandError::new(Exit::Usage, texts.with("portal-several", &args), hint)
                    .with_id("name-required")
                    .into(),
            )
        }
    }
}

fn no_administration(context: &Context) -> Result<CommandError, CommandError> {
    let texts = &context.texts;
    let known = all(context)?.into_iter();
    let known: Vec<String> = known
        .map(|(name, admin)| format!("{name} ({})", admin.environment))
        .collect();
    let message = match known.is_empty() {
        true => texts.get("portal-no-administration"),
        false => texts.with("administration-elsewhere", &Args::new().with("names", known.join(", "))),
    };
    let hint = Some(texts.get("portal-no-administration.hint"));
    Ok(CommandError::new(Exit::Usage, message, hint).with_id("no-administration"))
}
