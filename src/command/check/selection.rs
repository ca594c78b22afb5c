//! What `check` and `token` are run on: the profiles that were named, each with its environment, and the sandbox where
//! one of them is for it.

use time::OffsetDateTime;

use super::password_env;
use crate::command::{Context, Exit, command_error::CommandError, sandbox::explain, tell};
use crate::{
    certificate::FindingId,
    credential::{self, Opened, Password},
    diagnosis::Diagnosis,
    journey::{Environment, SANDBOX},
    profile::{
        CertificateFiles, Kind, Profile,
        fields::set::Key,
        file::{config::Config, store::StoredProfile},
        parse::ProfileName,
        progress::missing_for_check,
    },
    sandbox::{self, Options, Sandbox},
    text::Args,
};

/// What is said of a profile whose environment cannot be taken, and what to do.
const UNKNOWN: [&str; 2] = ["targets-environment-unknown", "targets-environment-unknown.hint"];
const NOT_SANDBOX: [&str; 2] = ["targets-not-sandbox", "targets-not-sandbox.hint"];
/// The services that the demonstration's business is checked for.
const DEMONSTRATED: [&str; 2] = ["road", "entry"];

/// A profile, with all that examining it takes.
#[derive(Debug)]
pub struct Target {
    pub name: String,
    pub profile: Profile,
    pub environment: Environment,
    /// Its certificate files, from the root.
    pub files: CertificateFiles,
    /// What it was read as; none for the demonstration, which is on no disk.
    pub saved: Option<(ProfileName, StoredProfile)>,
    /// What [`unlock`](super::passwords::unlock) opened beforehand.
    pub opened: Option<Opened>,
    /// The password of the sandbox's files, which is no secret.
    pub demonstrated: Option<Password>,
}

/// A profile that cannot be examined.
#[derive(Debug)]
pub struct Unread {
    pub name: String,
    pub failure: CommandError,
}

/// Whether every profile is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum All {
    Wanted,
    /// It could have been asked for.
    Possible,
    /// The command takes one.
    Never,
}

/// Every profile that was asked for.
#[derive(Debug)]
pub struct Targets {
    pub all: Vec<Result<Target, Unread>>,
    /// Where it is this command's own, it runs until this is dropped.
    sandbox: Option<Sandbox>,
}

impl Targets {
    /// Whether what is asked for comes from a sandbox that ends with this command.
    pub fn sandbox_ends(&self) -> bool {
        self.sandbox.as_ref().is_some_and(Sandbox::is_own)
    }
}

/// The profiles that were asked for, in the order they were; by name where all were. Without a name it is the only one
/// there is, or with `in_sandbox` the sandbox's own demonstration.
pub fn choose(context: &Context, written: &[String], all: All, in_sandbox: bool) -> anyhow::Result<Targets> {
    let config = context.config()?;
    if in_sandbox && written.is_empty() && all != All::Wanted {
        let sandbox = start(context)?;
        return Ok(Targets {
            all: vec![Ok(demonstration(&sandbox))],
            sandbox: Some(sandbox),
        });
    }
    let names = names(context, written, all)?;
    let loaded: Vec<_> = names
        .into_iter()
        .map(|name| {
            let saved = context.load(&name);
            (name, saved)
        })
        .collect();
    let is_for_sandbox = |saved: &StoredProfile| saved.profile.environment == SANDBOX;
    let wanted = loaded.iter().any(|(_, saved)| saved.as_ref().is_ok_and(is_for_sandbox));
    let sandbox = if wanted { Some(start(context)?) } else { None };
    let places = Places {
        context,
        config: &config,
        sandbox: sandbox.as_ref(),
        only_sandbox: in_sandbox,
    };
    let all = loaded
        .into_iter()
        .map(|(name, saved)| {
            let unread = name.to_string();
            let target = saved.and_then(|saved| places.target(name, saved));
            target.map_err(|failure| Unread { name: unread, failure })
        })
        .collect();
    Ok(Targets { all, sandbox })
}

/// What a profile lacks, as `klarert set` takes it.
fn answers_missing(profile: &Profile) -> Vec<String> {
    let fields = missing_for_check(profile).into_iter();
    fields.map(|field| format!("{}=…", Key::of(field).id())).collect()
}

fn names(context: &Context, written: &[String], all: All) -> anyhow::Result<Vec<ProfileName>> {
    let texts = &context.texts;
    let mut names: Vec<ProfileName> = Vec::new();
    for written in written {
        let name = context.name(written)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if !names.is_empty() {
        return Ok(names);
    }
    let listed = context
        .store()
        .list()
        .map_err(|error| CommandError::store(&error, texts))?;
    names.extend(listed.into_iter().map(|listed| listed.name));
    let refuse = |what: &str, hint: &str, args: &Args| {
        let failure = CommandError::new(Exit::Usage, texts.get(what), Some(texts.with(hint, args)));
        Err(failure.into())
    };
    match names.len() {
        0 => refuse("targets-none", "targets-none.hint", &Args::new()),
        1 => Ok(names),
        _ if all == All::Wanted => Ok(names),
        _ => {
            let listed: Vec<_> = names.iter().map(ProfileName::as_str).collect();
            let args = Args::new().with("names", listed.join(", "));
            let hint = match all {
                All::Never => "targets-several.one",
                All::Wanted | All::Possible => "targets-several.hint",
            };
            refuse("targets-several", hint, &args)
        }
    }
}

/// The sandbox that is served in another window, or else one for this command; the first one makes its keys, which takes
/// a moment.
fn start(context: &Context) -> Result<Sandbox, CommandError> {
    let folder = sandbox::folder(&context.home);
    if let Some(served) = Sandbox::served_elsewhere(&folder) {
        return Ok(served);
    }
    if !folder.exists() {
        tell(&context.texts.get("sandbox-starting"));
    }
    Sandbox::start(&folder, Options::default()).map_err(|error| {
        let exit = match error {
            sandbox::Error::Demonstration(_) => Exit::Unreadable,
            sandbox::Error::Port { .. } | sandbox::Error::Server(_) => Exit::Unreachable,
        };
        CommandError::new(exit, explain(&error, &context.texts), None)
    })
}

/// The sandbox's Norwegian business as a profile.
fn demonstration(sandbox: &Sandbox) -> Target {
    let business = &sandbox.demonstration().norwegian;
    let mut profile = Profile::new(SANDBOX, OffsetDateTime::now_utc());
    profile.business.kind = Some(Kind::Norwegian);
    profile.business.name = Some(business.name.clone());
    profile.business.organisation = Some(business.organisation.clone());
    profile.business.services = DEMONSTRATED.map(str::to_owned).to_vec();
    profile.client.id = Some(business.client_id.clone());
    profile.certificate.path = Some(business.certificate.clone());
    profile.set_scopes(&[]);
    Target {
        name: SANDBOX.to_owned(),
        environment: sandbox.environment(),
        files: profile.certificate.clone(),
        profile,
        saved: None,
        opened: None,
        demonstrated: Some(password_of(sandbox)),
    }
}

fn password_of(sandbox: &Sandbox) -> Password {
    Password::new(sandbox.demonstration().password.clone().into())
}

/// Where profiles may be for.
struct Places<'a> {
    context: &'a Context,
    config: &'a Config,
    sandbox: Option<&'a Sandbox>,
    /// Nothing may leave this computer.
    only_sandbox: bool,
}

impl Places<'_> {
    fn target(&self, name: ProfileName, saved: StoredProfile) -> Result<Target, CommandError> {
        let id = &saved.profile.environment;
        let sandbox = self.sandbox.filter(|_| id == SANDBOX);
        let environment = match sandbox {
            Some(sandbox) => Some(sandbox.environment()),
            None if self.only_sandbox => return Err(self.refuse(Exit::Usage, NOT_SANDBOX, &name, id)),
            None => self.config.environment(id),
        };
        let unknown = || self.refuse(Exit::Unreadable, UNKNOWN, &name, id);
        Ok(Target {
            environment: environment.ok_or_else(unknown)?,
            name: name.to_string(),
            profile: saved.profile.clone(),
            files: self.context.store().resolve(&saved.profile.certificate),
            opened: None,
            demonstrated: sandbox.map(password_of),
            saved: Some((name, saved)),
        })
    }

    fn refuse(&self, exit: Exit, [what, hint]: [&str; 2], name: &ProfileName, environment: &str) -> CommandError {
        let texts = &self.context.texts;
        let args = Args::new()
            .with("profile", name.as_str())
            .with("environment", environment);
        CommandError::new(exit, texts.with(what, &args), Some(texts.with(hint, &args)))
    }
}

impl Target {
    /// Opens the certificate files, with a password where they have one.
    pub fn open_with(&self, password: Option<&Password>) -> Opened {
        let profile = &self.profile;
        credential::open(&self.files, profile.business.kind, profile.authentication(), password)
    }

    /// Opens them with what the variables say, unless that has been done.
    pub fn open(&self) -> Opened {
        self.opened.clone().unwrap_or_else(|| {
            let given = password_env::password(&self.name);
            self.open_with(given.as_ref().or(self.demonstrated.as_ref()))
        })
    }

    /// Where a password was wanted and nobody gave one, or answers are missing: how to give them without the wizard.
    pub fn lacking(&self, context: &Context, found: &Diagnosis) -> Option<String> {
        if found.id == "profile-incomplete" {
            let args = Args::new()
                .with("profile", &self.name)
                .with("answers", answers_missing(&self.profile).join(" "));
            return Some(context.texts.with("targets-incomplete", &args));
        }
        let wanted = found
            .findings
            .iter()
            .any(|finding| finding.id == FindingId::PasswordNeeded);
        wanted.then(|| {
            let args = Args::new()
                .with("profile", &self.name)
                .with("variable", password_env::variable(&self.name));
            context.texts.with("password-lacking", &args)
        })
    }
}
