//! Selection of profiles for `check` and `token`, each with its environment; starts the sandbox if one of them needs it.

use std::path::Path;

use time::OffsetDateTime;

use super::environment::{not_sandbox_error, password_of, start_sandbox, unknown_error};
use crate::command::{
    Context, Exit,
    command_error::CommandError,
    eprint,
    filter::{Filter, nothing_selected},
    listed,
};
use crate::{
    certificate::Expectation,
    console::password_sources::{PasswordOwner, PasswordSources},
    credential::{self, FileCache, Opened, Password},
    journey::{Environment, SANDBOX},
    profile::{
        CertificateFiles, Kind, Profile,
        file::{config::Config, store::StoredProfile},
        parse::ProfileName,
        progress::missing_for_check,
    },
    sandbox::Sandbox,
    text::{Args, Texts},
};

/// Services of the demonstration profile.
const DEMONSTRATION_SERVICES: [&str; 2] = ["road", "entry"];

/// Profile to check, with its environment and files.
#[derive(Debug)]
pub struct Target {
    pub name: String,
    pub profile: Profile,
    pub environment: Environment,
    /// The certificate files with absolute paths.
    pub files: CertificateFiles,
    /// The profile as it was loaded. `None` for the demonstration, which has no file.
    pub saved: Option<(ProfileName, StoredProfile)>,
    /// The certificate files of the run.
    pub cache: FileCache,
    /// The files as [`unlock`](super::passwords::unlock) opened them.
    pub opened: Option<Opened>,
    /// The password of the sandbox's files, which is no secret.
    pub demonstration_password: Option<Password>,
    /// A sandbox was started for this command, as none was running.
    pub in_new_sandbox: bool,
    /// The place where the password was given, if not in one of the [`PasswordSources`].
    pub given: Option<GivenPassword>,
}

/// Place where a password was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenPassword {
    /// At the prompt.
    Typed,
    /// A line of standard input.
    Line,
    /// A line of standard input that has the form `name=password`, with a name of no selected profile.
    NamedLine,
}

/// Profile that cannot be checked: its file cannot be read, or its environment is not configured.
#[derive(Debug)]
pub struct UnreadableProfile {
    pub name: String,
    /// The environment that its file names, if that could be read.
    pub environment: Option<String>,
    pub error: CommandError,
}

/// Number of profiles that a command line may select.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// All profiles: `--all`.
    All,
    /// The named ones, of a command that has `--all`.
    Several,
    /// The command takes one profile.
    One,
}

/// Selected profiles.
#[derive(Debug)]
pub struct Targets {
    pub all: Vec<Result<Target, UnreadableProfile>>,
    /// The names of profiles that lack answers: of many they are left out.
    pub incomplete: Vec<String>,
    /// A sandbox of this command runs until it is dropped.
    sandbox: Option<Sandbox>,
}

impl Targets {
    /// Returns whether the tokens come from a sandbox that ends with this command.
    pub fn sandbox_ends(&self) -> bool {
        self.sandbox.as_ref().is_some_and(Sandbox::is_own)
    }
}

/// Loads the profiles that were named, in that order; all of them sorted by name.
///
/// Without a name it is the only profile, or with `--sandbox` the sandbox's demonstration.
///
/// # Errors
///
/// [`Exit::Usage`] if a name is invalid or the selection is ambiguous; an error of the configuration or the sandbox.
pub fn select(context: &Context, names: &[String], selection: Selection, filter: &Filter) -> anyhow::Result<Targets> {
    if context.sandbox && names.is_empty() && selection != Selection::All {
        let sandbox = start_sandbox(context)?;
        return Ok(Targets {
            all: vec![Ok(demonstration(&sandbox))],
            incomplete: Vec::new(),
            sandbox: Some(sandbox),
        });
    }
    let names = resolve_names(context, names, selection)?;
    let mut loaded = load_fitting(context, names, filter)?;
    let incomplete = match selection {
        Selection::All => remove_incomplete(&mut loaded),
        Selection::Several | Selection::One => Vec::new(),
    };
    let resolver = EnvironmentResolver::new(context, &loaded)?;
    let target = |one: LoadedProfile| {
        let (name, saved) = (one.name.to_string(), one.saved.as_ref().ok());
        let environment = saved.map(|saved| saved.profile.environment.clone());
        resolver.target(one).map_err(|error| UnreadableProfile {
            name,
            environment,
            error,
        })
    };
    Ok(Targets {
        all: loaded.into_iter().map(target).collect(),
        incomplete,
        sandbox: resolver.sandbox,
    })
}

/// Named profiles with the sandbox that was started for them.
type Loaded<const N: usize> = ([Result<Target, CommandError>; N], Option<Sandbox>);

/// Loads named profiles, and starts the sandbox if one of them needs it. It runs until it is dropped.
///
/// # Errors
///
/// An error of the configuration or the sandbox; for each profile that of its file or environment.
pub fn load<const N: usize>(context: &Context, names: [ProfileName; N]) -> anyhow::Result<Loaded<N>> {
    let loaded = names.map(|name| LoadedProfile::new(context, name));
    let resolver = EnvironmentResolver::new(context, &loaded)?;
    Ok((loaded.map(|one| resolver.target(one)), resolver.sandbox))
}

/// Loads the profiles that fit a filter.
fn load_fitting(context: &Context, names: Vec<ProfileName>, filter: &Filter) -> anyhow::Result<Vec<LoadedProfile>> {
    let config = context.config()?;
    let now = OffsetDateTime::now_utc();
    let fits = |one: &LoadedProfile| match &one.saved {
        Ok(StoredProfile { profile, .. }) => {
            filter.fits(one.name.as_str(), profile, config.rules(&profile.environment), now)
        }
        Err(_) => filter.fits_unreadable(one.name.as_str()),
    };
    let loaded = names.into_iter().map(|name| LoadedProfile::new(context, name));
    let loaded: Vec<_> = loaded.filter(fits).collect();
    match loaded.is_empty() {
        true => Err(nothing_selected(context, false).into()),
        false => Ok(loaded),
    }
}

/// Removes the profiles that lack answers, and returns their names.
fn remove_incomplete(loaded: &mut Vec<LoadedProfile>) -> Vec<String> {
    let is_incomplete = |one: &mut LoadedProfile| {
        let saved = one.saved.as_ref();
        saved.is_ok_and(|saved| !missing_for_check(&saved.profile).is_empty())
    };
    loaded
        .extract_if(.., is_incomplete)
        .map(|one| one.name.to_string())
        .collect()
}

fn resolve_names(context: &Context, given: &[String], selection: Selection) -> anyhow::Result<Vec<ProfileName>> {
    let texts = &context.texts;
    let mut names: Vec<ProfileName> = Vec::new();
    for name in given {
        let name = context.parse_name(name)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        return Ok(names);
    }
    if selection == Selection::All {
        context.warn_of_misnamed_files();
    }
    let all = context.store().list_names();
    names.extend(all.map_err(|error| CommandError::from_store(&error, texts))?);
    let usage_error = |id: &'static str, [message, hint]: [&str; 2], args: &Args| {
        let error = CommandError::new(Exit::Usage, texts.get(message), Some(texts.with(hint, args)));
        Err(error.with_id(id).into())
    };
    match names.len() {
        0 => usage_error("no-profiles", ["targets-none", "targets-none.hint"], &Args::new()),
        1 => Ok(names),
        _ if selection == Selection::All => Ok(names),
        _ => {
            let names: Vec<String> = names.iter().map(ProfileName::to_string).collect();
            let args = Args::new().with("names", listed(&names, texts));
            let hint = match selection {
                Selection::One => "targets-several.one",
                Selection::All | Selection::Several => "targets-several.hint",
            };
            usage_error("name-required", ["targets-several", hint], &args)
        }
    }
}

/// Returns the sandbox's Norwegian business as a profile.
fn demonstration(sandbox: &Sandbox) -> Target {
    let business = &sandbox.demonstration().norwegian;
    let mut profile = Profile::new(SANDBOX, OffsetDateTime::now_utc());
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.name = Some(business.name.clone());
    profile.business.organisation = Some(business.organisation.clone());
    profile.business.services = DEMONSTRATION_SERVICES.map(str::to_owned).to_vec();
    profile.client.id = Some(business.client_id.clone());
    profile.certificate.path = Some(business.certificate.clone());
    profile.set_scopes(&[]);
    Target {
        name: SANDBOX.to_owned(),
        environment: sandbox.environment(),
        files: profile.certificate.clone(),
        profile,
        saved: None,
        cache: FileCache::default(),
        opened: None,
        demonstration_password: Some(password_of(sandbox)),
        in_new_sandbox: sandbox.is_own(),
        given: None,
    }
}

/// Returns whether another password may open the files.
pub fn is_locked(opened: &Opened) -> bool {
    opened.findings.iter().any(|finding| finding.id.asks_password())
}

/// Profile as it was loaded.
struct LoadedProfile {
    name: ProfileName,
    saved: Result<StoredProfile, CommandError>,
}

impl LoadedProfile {
    fn new(context: &Context, name: ProfileName) -> LoadedProfile {
        let saved = context.load(&name);
        LoadedProfile { name, saved }
    }
}

/// Resolver of the environment that a profile names.
struct EnvironmentResolver<'a> {
    context: &'a Context,
    config: &'a Config,
    sandbox: Option<Sandbox>,
    cache: FileCache,
}

impl EnvironmentResolver<'_> {
    /// Creates the resolver of these profiles. Starts the sandbox if one of them needs it.
    fn new<'a>(context: &'a Context, profiles: &[LoadedProfile]) -> anyhow::Result<EnvironmentResolver<'a>> {
        let is_for_sandbox = |saved: &StoredProfile| saved.profile.environment == SANDBOX;
        let needs_sandbox = |one: &LoadedProfile| one.saved.as_ref().is_ok_and(is_for_sandbox);
        Ok(EnvironmentResolver {
            context,
            config: context.config()?,
            sandbox: match profiles.iter().any(needs_sandbox) {
                true => Some(start_sandbox(context)?),
                false => None,
            },
            cache: FileCache::default(),
        })
    }

    fn target(&self, LoadedProfile { name, saved }: LoadedProfile) -> Result<Target, CommandError> {
        let saved = saved?;
        let id = &saved.profile.environment;
        let sandbox = self.sandbox.as_ref().filter(|_| id == SANDBOX);
        let environment = match sandbox {
            Some(sandbox) => Some(sandbox.environment()),
            None if self.context.sandbox => return Err(not_sandbox_error(self.context, &name, id)),
            None => self.config.environment(id),
        };
        Ok(Target {
            environment: environment.ok_or_else(|| unknown_error(self.context, &name, id))?,
            name: name.to_string(),
            profile: saved.profile.clone(),
            files: self.context.store().resolve(&saved.profile.certificate),
            cache: self.cache.clone(),
            opened: None,
            demonstration_password: sandbox.map(password_of),
            in_new_sandbox: sandbox.is_some_and(Sandbox::is_own),
            given: None,
            saved: Some((name, saved)),
        })
    }
}

impl Target {
    /// Opens the certificate files with a password, if one is given.
    pub fn open_with(&self, password: Option<&Password>) -> Opened {
        let expected = Expectation::of(&self.profile, self.environment.rules, OffsetDateTime::now_utc());
        let mut opened = self.cache.open_for_profile(&self.files, &expected, password);
        credential::offer(&self.files, |_| expected.clone(), password, &mut opened);
        opened
    }

    pub(super) fn password_owner(&self) -> PasswordOwner<'_> {
        PasswordOwner {
            profile: &self.name,
            organisation: self.profile.business.organisation.as_deref(),
            file: self.files.path.as_deref().unwrap_or(Path::new("")),
            command: &self.profile.password_command,
        }
    }

    /// Returns the opened files; opens them if that has not been done, with the password of the first source that has one. A
    /// command that fails is reported.
    pub fn open(&self, sources: &PasswordSources, texts: &Texts) -> Opened {
        if let Some(opened) = &self.opened {
            return opened.clone();
        }
        let owner = self.password_owner();
        // The sandbox's own files have a public password: no other one is tried on them. A command is run only for a file that
        // needs a password.
        let own = self.demonstration_password.as_ref();
        if own.is_some() || sources.runs_command(owner) {
            let opened = self.open_with(own);
            if !is_locked(&opened) {
                return opened;
            }
        }
        match sources.find(owner) {
            Ok(password) => self.open_with(password.as_ref()),
            Err(error) => {
                let args = Args::new().with("profile", &self.name).with("why", error.text(texts));
                eprint(&texts.with("password-command-error", &args));
                self.open_with(None)
            }
        }
    }
}
