//! `klarert export NAME… --format F`: profiles for colleagues and for other programs.
//!
//! No format contains a secret: a comment or a placeholder says where one is needed. [`handoff`] is for people, [`curl`]
//! and [`powershell`] are scripts, [`settings`] has the settings files of third-party clients. [`client_support`] says which of those can
//! use a profile.

mod calendar;
mod client_support;
mod curl;
mod handoff;
mod metrics;
mod openssl;
mod powershell;
mod settings;
mod shell;

use std::{net::Ipv4Addr, path::Path};

use time::OffsetDateTime;

use super::{
    Context, Exit,
    command_error::CommandError,
    eprint,
    filter::FilterArgs,
    print,
    profile::{
        profile_json,
        selection::{Selected, saved_profiles, warn_of_unknown_environments},
        several::for_each_profile,
        status::{Overview, field_name},
    },
};
use crate::{
    journey::{
        Environment, SANDBOX,
        services::{branch_of_scope, service},
    },
    profile::{
        Authentication, CertificateFiles, Profile, command_line, fields::key::Key, parse::ProfileName,
        progress::missing_fields,
    },
    sandbox::{self, address_file},
    text::{Args, Texts},
};
use curl::FirstRequest;

/// Format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// Markdown for a colleague, the system provider or Customs.
    Handoff,
    /// Variables for a shell or a container.
    Env,
    /// A shell script of the three requests.
    Curl,
    /// The same without klarert: openssl signs with a PEM key.
    Openssl,
    /// The same requests for PowerShell.
    Powershell,
    Json,
    /// Calendar events for what ends.
    Ics,
    /// Metrics for node_exporter's textfile collector.
    Prometheus,
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

/// Id of the check's text for a profile without a scope of Customs.
const NO_CUSTOMS_SCOPE: &str = "token-no-customs-scope";

/// Data that every format is made from.
struct ExportData<'a> {
    name: &'a ProfileName,
    profile: &'a Profile,
    environment: Environment,
    overview: Overview,
    texts: &'a Texts,
    /// The home folder, if it was given by `--home`: a script needs the flag then.
    home: Option<&'a Path>,
}

impl ExportData<'_> {
    fn scopes(&self) -> String {
        self.profile.client.scopes.join(" ")
    }

    /// Returns the client id, or a placeholder.
    fn client_id(&self) -> String {
        self.profile
            .client
            .id
            .clone()
            .unwrap_or_else(|| self.placeholder("export-client-id"))
    }

    fn token_endpoint(&self) -> String {
        let issuer = &self.environment.issuer;
        self.environment
            .token_endpoint
            .clone()
            .unwrap_or_else(|| format!("{issuer}token"))
    }

    /// Returns the file with the key, which may be the certificate's, or a placeholder.
    fn key_file(&self) -> String {
        let files = &self.profile.certificate;
        let file = files.key_path.as_ref().or(files.path.as_ref());
        file.map_or_else(
            || self.placeholder("export-file"),
            |file| file.to_string_lossy().into_owned(),
        )
    }

    /// Returns the certificate file, or a placeholder.
    fn certificate_file(&self) -> String {
        let file = self.profile.certificate.path.as_ref();
        file.map_or_else(
            || self.placeholder("export-file"),
            |file| file.to_string_lossy().into_owned(),
        )
    }

    /// Returns a text in angle brackets, for the user to replace.
    fn placeholder(&self, id: &str) -> String {
        format!("<{}>", self.texts.get(id))
    }

    /// Returns the answers of the profile by the names of `klarert set`, without line breaks.
    fn answers(&self) -> Vec<(Key, String)> {
        let mut answers: Vec<(Key, String)> = Vec::new();
        for (key, value) in command_line::answers(self.profile) {
            match answers.last_mut().filter(|(last, _)| *last == key) {
                Some((_, services)) => *services = format!("{services},{value}"),
                None => answers.push((key, value)),
            }
        }
        answers
    }

    /// Returns the path of a call that succeeds with a valid Customs token. `None` if Customs documents none for the services.
    fn test_call(&self) -> Option<&str> {
        let chosen = self.profile.business.services.iter();
        chosen
            .filter_map(|id| service(id))
            .find_map(|service| service.test_call.as_deref())
    }

    /// Returns the address of Customs.
    ///
    /// # Errors
    ///
    /// The id of the text that says why no token can be exchanged there.
    fn customs(&self) -> Result<&str, &'static str> {
        let scopes = &self.profile.client.scopes;
        if !scopes.is_empty() && scopes.iter().all(|scope| branch_of_scope(scope).is_none()) {
            return Err(NO_CUSTOMS_SCOPE);
        }
        self.environment.customs.as_deref().ok_or("export-curl-no-customs")
    }

    fn uses_key(&self) -> bool {
        self.profile.authentication() == Authentication::Key
    }
}

/// Arguments of `klarert export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    #[arg(
        value_name = "NAME",
        required_unless_present_any = [
            "all", "only_environment", "only_business", "only_match", "only_complete", "only_failed", "only_attention",
        ]
    )]
    pub profiles: Vec<String>,
    #[arg(long, conflicts_with = "profiles")]
    pub all: bool,
    #[arg(long, value_enum, hide_possible_values = true)]
    pub format: ExportFormat,
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// Prints the profiles in the format, and names what is missing on standard error.
pub fn run(context: &Context, args: &ExportArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let filter = args.filter.parse(context)?;
    let selected = saved_profiles(context, &args.profiles, &filter)?;
    if matches!(args.format, ExportFormat::Ics | ExportFormat::Prometheus) {
        return export_expiry(context, &selected, args.format);
    }
    let several = selected.len() > 1;
    // Settings of two profiles in one file would overwrite each other.
    if several && !matches!(args.format, ExportFormat::Handoff | ExportFormat::Json) {
        let (message, hint) = (texts.get("export-several"), texts.get("export-several.hint"));
        return Err(CommandError::new(Exit::Usage, message, Some(hint)).into());
    }
    let names: Vec<String> = selected.iter().map(|(name, _)| name.to_string()).collect();
    let mut gap = "";
    for_each_profile(context, &names, |name| {
        let one_line = several || context.json;
        let (text, missing) = export(context, name, args.format, one_line)?;
        print(&format!("{gap}{text}"))?;
        if args.format == ExportFormat::Handoff {
            gap = "\n";
        }
        if let Some(missing) = missing {
            eprint(&match several {
                true => format!("{name}: {missing}"),
                false => missing,
            });
        }
        Ok(())
    })
}

/// Prints the calendar or the metrics of all selected profiles, and names those that cannot be read or whose end is unknown.
fn export_expiry(context: &Context, selected: &[Selected], format: ExportFormat) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let mut exits = Vec::new();
    for error in selected.iter().filter_map(|(_, profile)| profile.as_ref().err()) {
        eprint(&error.to_text(texts));
        exits.push(error.exit);
    }
    if format == ExportFormat::Prometheus {
        warn_of_unknown_environments(context, selected)?;
        print(&metrics::render(selected, context.config()?))?;
        return Ok(Exit::most_severe(&exits));
    }
    let readable = selected
        .iter()
        .filter_map(|(name, profile)| Some((name, profile.as_ref().ok()?)));
    let readable: Vec<_> = readable.collect();
    let unknown = readable.iter().filter(|(_, profile)| profile.expiry().is_none());
    let unknown: Vec<&str> = unknown.map(|(name, _)| name.as_str()).collect();
    if !unknown.is_empty() {
        eprint(&texts.with("list-ends-unknown", &Args::new().with("names", unknown.join(", "))));
    }
    print(&calendar::render(&readable, OffsetDateTime::now_utc(), texts))?;
    Ok(Exit::most_severe(&exits))
}

/// Returns a profile in the format, and a message that names the missing answers.
fn export(
    context: &Context,
    name: &ProfileName,
    format: ExportFormat,
    one_line: bool,
) -> Result<(String, Option<String>), CommandError> {
    let texts = &context.texts;
    let profile = context.load(name)?.profile;
    let Some(environment) = environment(context, &profile)? else {
        let values = Args::new().with("environment", &profile.environment);
        let message = texts.with("export-no-environment", &values);
        let hint = texts.get("export-no-environment.hint");
        return Err(CommandError::new(Exit::Unreadable, message, Some(hint)));
    };
    let data = ExportData {
        name,
        overview: Overview::of(&profile, environment.rules),
        profile: &profile,
        environment,
        texts,
        home: context.home_by_flag.then_some(context.home.as_path()),
    };
    check_support(&data, format, &context.store().resolve(&profile.certificate))?;
    let text = match format {
        ExportFormat::Handoff => handoff::markdown(&data),
        ExportFormat::Env => settings::env(&data),
        ExportFormat::Curl => curl::script(&data, FirstRequest::Klarert),
        ExportFormat::Openssl => curl::script(&data, FirstRequest::Openssl),
        ExportFormat::Powershell => powershell::script(&data),
        // Printed for all profiles at once by `export_expiry`.
        ExportFormat::Ics | ExportFormat::Prometheus => String::new(),
        ExportFormat::Json => json(&data, one_line),
        ExportFormat::GrantGenerator => settings::grant_generator(&data),
        ExportFormat::Appsettings => settings::appsettings(&data),
        ExportFormat::Spring => settings::spring(&data),
        ExportFormat::Pymaskinporten => settings::pymaskinporten(&data),
        ExportFormat::Typescript => settings::typescript(&data),
    };
    let missing: Vec<String> = data
        .overview
        .steps
        .iter()
        .filter_map(|step| crate::journey::journey().step(step.id))
        .flat_map(|step| missing_fields(step, &profile))
        .map(|field| field_name(field, texts))
        .collect();
    let missing = (!missing.is_empty()).then(|| {
        let values = Args::new().with("missing", missing.join(", "));
        texts.with("export-missing", &values)
    });
    Ok((text, missing))
}

/// Returns the same as `klarert show --json`, indented unless it is to be one of many lines.
fn json(data: &ExportData<'_>, one_line: bool) -> String {
    let now = OffsetDateTime::now_utc();
    let environment = Some(&data.environment);
    let object = profile_json::details(data.name, data.profile, &data.overview, environment, now, data.texts);
    match one_line {
        true => format!("{object}\n"),
        false => format!("{object:#}\n"),
    }
}

/// Returns the profile's environment. `None` if it is not configured.
///
/// If the sandbox does not run, its default address is used, and a message says so.
fn environment(context: &Context, profile: &Profile) -> Result<Option<Environment>, CommandError> {
    if profile.environment != SANDBOX {
        return Ok(context.config()?.environment(&profile.environment));
    }
    let address = address_file::read(&sandbox::folder(&context.home)).unwrap_or_else(|| {
        eprint(&context.texts.get("export-sandbox"));
        (Ipv4Addr::LOCALHOST, sandbox::PORT).into()
    });
    Ok(Some(sandbox::environment(address)))
}

/// Returns an error if the client of a format cannot use this profile. `files` are its files with absolute paths.
fn check_support(data: &ExportData<'_>, format: ExportFormat, files: &CertificateFiles) -> Result<(), CommandError> {
    let Some((message, hint)) = client_support::unsupported(data, format) else {
        return Ok(());
    };
    let args = client_support::conversion(files, hint, data.texts).with("profile", data.name.as_str());
    let (message, hint) = (data.texts.get(message), data.texts.with(hint, &args));
    Err(CommandError::new(Exit::Usage, message, Some(hint)))
}
