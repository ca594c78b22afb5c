//! Selection of the administration client, and of the profile that it is used for.

use super::{AdministrationArgs, ChangeArgs};
use crate::{
    check::{Settings, Subject},
    command::{
        Context, Exit,
        check::{
            environment, passwords,
            selection::{self, Target},
        },
        command_error::CommandError,
        filter, listed,
    },
    console::signals,
    credential::Opened,
    journey::SANDBOX,
    portal::Portal,
    profile::{Kind, Profile, parse::ProfileName},
    sandbox::Sandbox,
    text::Args,
};

/// A profile of an onboarding and its administration client, with their files.
pub struct Pair {
    pub admin: Target,
    pub onboarding: Target,
    settings: Settings,
    /// It runs until it is dropped.
    _sandbox: Option<Sandbox>,
}

impl Pair {
    /// Selects both, and opens the administration client's files; with `with_profile` also those of the profile, whose key is
    /// needed. `None` if the user cancelled.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] if the profile has no client, or no single administration client fits.
    pub fn select(context: &Context, args: &ChangeArgs, with_profile: bool) -> anyhow::Result<Option<Pair>> {
        let name = context.parse_name(&args.profile)?;
        let profile = context.load(&name)?.profile;
        environment::ensure_environment(context, &name, &profile.environment)?;
        refuse_without_client(context, &name, &profile)?;
        let admin = for_profile(context, args.administration.admin.as_deref(), &profile)?;
        let ([admin, onboarding], sandbox) = selection::load(context, [admin, name])?;
        let (mut admin, mut onboarding) = (admin?, onboarding?);
        let mut needed = vec![&mut admin];
        needed.extend(Some(&mut onboarding).filter(|_| with_profile));
        let unlocked = unlock(context, &mut needed, args.administration.password_stdin)?;
        Ok(unlocked.then(|| Pair {
            admin,
            onboarding,
            settings: Settings::default(),
            _sandbox: sandbox,
        }))
    }

    /// Returns the API, with errors about the profile.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] if the environment has no API.
    pub fn portal(&self, context: &Context) -> anyhow::Result<Portal<'_>> {
        open(context, &self.admin, &self.onboarding.profile, &self.settings)
    }
}

/// The administration client of a command that reads only.
pub struct Single {
    pub admin: Target,
    settings: Settings,
    /// It runs until it is dropped.
    _sandbox: Option<Sandbox>,
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
        let ([admin], sandbox) = selection::load(context, [admin])?;
        let mut admin = admin?;
        let unlocked = unlock(context, &mut [&mut admin], args.password_stdin)?;
        Ok(unlocked.then(|| Single {
            admin,
            settings: Settings::default(),
            _sandbox: sandbox,
        }))
    }

    /// Returns the API.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] if the environment has no API.
    pub fn portal(&self, context: &Context) -> anyhow::Result<Portal<'_>> {
        open(context, &self.admin, &self.admin.profile, &self.settings)
    }
}

/// Opens the files, and asks for passwords that are needed. Returns false if the user cancelled.
fn unlock(context: &Context, targets: &mut [&mut Target], stdin: bool) -> anyhow::Result<bool> {
    signals::exit_on_termination();
    passwords::unlock(context, targets, stdin, 1)
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
            let names: Vec<String> = several.iter().map(ProfileName::to_string).collect();
            let texts = &context.texts;
            let args = Args::new().with("names", listed(&names, texts));
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
