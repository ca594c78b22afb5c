//! `klarert export NAME --format F`: the set-up for others. No secret is in any of it: where one is needed, its place
//! is named.
//!
//! [`handoff`] is for people, [`curl`] is a script, [`settings`] are the files of the clients that people use, as far as
//! [`clients`] says that they can.

mod client_support;
mod curl;
mod handoff;
mod settings;

use std::{net::Ipv4Addr, path::Path};

use super::{
    Context, Exit,
    command_error::CommandError,
    print,
    profile::{
        show,
        status::{Overview, field_name},
    },
    tell,
};
use crate::{
    journey::{Environment, SANDBOX},
    profile::{Authentication, Profile, parse::ProfileName, progress::missing_fields},
    sandbox::{self, address_file},
    text::{Args, Texts},
};

/// What can be made of a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Markdown for a colleague, the system provider or Customs.
    Handoff,
    /// Variables for a shell or a container.
    Env,
    /// A shell script of the three requests.
    Curl,
    Json,
    /// Digdir's jwt-grant-generator (`felleslosninger/jwt-grant-generator`).
    GrantGenerator,
    /// Altinn's .NET client (`Altinn/altinn-apiclient-maskinporten`).
    Appsettings,
    /// KS' Spring Boot client (`ks-no/fiks-maskinporten`).
    Spring,
    /// pymaskinporten (PyPI).
    Pymaskinporten,
    /// The TypeScript client (`webmaxru/maskinporten`).
    Typescript,
}

/// What every format is made from.
struct Setup<'a> {
    name: &'a ProfileName,
    profile: &'a Profile,
    environment: Environment,
    overview: Overview,
    texts: &'a Texts,
    /// The folder of the profiles, where nothing but `--home` says so.
    home: Option<&'a Path>,
}

impl Setup<'_> {
    fn scopes(&self) -> String {
        self.profile.client.scopes.join(" ")
    }

    /// The client id, or what stands for it while there is none.
    fn client_id(&self) -> String {
        self.profile
            .client
            .id
            .clone()
            .unwrap_or_else(|| self.place("export-client-id"))
    }

    fn token_endpoint(&self) -> String {
        let issuer = &self.environment.issuer;
        self.environment
            .token_endpoint
            .clone()
            .unwrap_or_else(|| format!("{issuer}token"))
    }

    /// The file with the key: of its own, or the certificate's.
    fn key_file(&self) -> String {
        let files = &self.profile.certificate;
        let file = files.key_path.as_ref().or(files.path.as_ref());
        file.map_or_else(|| self.place("export-file"), |file| file.to_string_lossy().into_owned())
    }

    fn certificate_file(&self) -> String {
        let file = self.profile.certificate.path.as_ref();
        file.map_or_else(|| self.place("export-file"), |file| file.to_string_lossy().into_owned())
    }

    /// A word in angle brackets where somebody has to put something else.
    fn place(&self, id: &str) -> String {
        format!("<{}>", self.texts.get(id))
    }

    fn uses_key(&self) -> bool {
        self.profile.authentication() == Authentication::Key
    }
}

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(long, value_enum, hide_possible_values = true)]
    pub format: Format,
}

pub fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let name = context.name(&arguments.profile)?;
    let profile = context.load(&name)?.profile;
    let Some(environment) = environment(context, &profile)? else {
        let args = Args::new().with("environment", &profile.environment);
        let (what, hint) = ("export-no-environment", "export-no-environment.hint");
        return Err(CommandError::new(Exit::Unreadable, texts.with(what, &args), Some(texts.get(hint))).into());
    };
    let setup = Setup {
        name: &name,
        overview: Overview::of(&profile, environment.rules),
        profile: &profile,
        environment,
        texts,
        home: context.home_by_flag.then_some(context.home.as_path()),
    };
    fits(&setup, arguments.format)?;
    let text = match arguments.format {
        Format::Handoff => handoff::markdown(&setup),
        Format::Env => settings::env(&setup),
        Format::Curl => curl::script(&setup),
        Format::Json => format!("{:#}\n", show::as_json(&name, &profile, &setup.overview)),
        Format::GrantGenerator => settings::grant_generator(&setup),
        Format::Appsettings => settings::appsettings(&setup),
        Format::Spring => settings::spring(&setup),
        Format::Pymaskinporten => settings::pymaskinporten(&setup),
        Format::Typescript => settings::typescript(&setup),
    };
    print(&text)?;
    let missing: Vec<String> = setup
        .overview
        .steps
        .iter()
        .filter_map(|step| crate::journey::journey().step(step.id))
        .flat_map(|step| missing_fields(step, &profile))
        .map(|field| field_name(field, texts))
        .collect();
    if !missing.is_empty() {
        tell(&texts.with("export-missing", &Args::new().with("missing", missing.join(", "))));
    }
    Ok(Exit::Success)
}

/// What the profile is for. The sandbox is where `klarert sandbox` serves it: that is said, as nothing answers there until
/// it does.
fn environment(context: &Context, profile: &Profile) -> Result<Option<Environment>, CommandError> {
    if profile.environment != SANDBOX {
        return Ok(context.config()?.environment(&profile.environment));
    }
    let address = address_file::read(&sandbox::folder(&context.home)).unwrap_or_else(|| {
        tell(&context.texts.get("export-sandbox"));
        (Ipv4Addr::LOCALHOST, sandbox::PORT).into()
    });
    Ok(Some(sandbox::environment(address)))
}

/// Whether the client that a format is for can use this set-up at all.
fn fits(setup: &Setup<'_>, format: Format) -> Result<(), CommandError> {
    let Some((what, hint)) = client_support::refusal(setup, format) else {
        return Ok(());
    };
    let args = Args::new().with("profile", setup.name.as_str());
    let (what, hint) = (setup.texts.get(what), setup.texts.with(hint, &args));
    Err(CommandError::new(Exit::Usage, what, Some(hint)))
}
