//! `klarert portal setup`: an administration client, kept as a profile of its own kind.

use super::{SetupArgs, administration::opened};
use crate::{
    certificate::Severity,
    command::{
        Context, Exit,
        check::{environment, passwords, selection::Target},
        command_error::CommandError,
        environments, eprint,
        profile::edit,
    },
    console::signals,
    credential::FileCache,
    journey::FieldId,
    profile::{
        Authentication, Profile, administration,
        fields::key::Key,
        file::store::StoreError,
        parse::{self, ProfileName},
    },
    text::Args,
};

/// Saves the administration client. Its organisation is read from the certificate if it is not given.
pub fn run(context: &Context, args: &SetupArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let name = context.parse_name(&args.profile)?;
    if context.store().path(&name).exists() {
        let exists = StoreError::Exists { name: name.to_string() };
        return Err(CommandError::from_store(&exists, texts).into());
    }
    let environment = match &args.environment {
        Some(id) => id.as_str(),
        None => environments::default_id(context),
    };
    let folder = edit::working_folder(texts)?;
    let mut profile = administration::new(environment, edit::now());
    let answers = answers(args, environment);
    edit::apply(context, &mut profile, &answers, &folder, |key| {
        format!("--{}", key.flag())
    })?;
    // The password of the command is tried also where the number is given: a wrong one must not be left unnoticed.
    if profile.business.organisation.is_none() || args.password_stdin {
        let Some(in_file) = organisation_of_certificate(context, &name, &profile, args.password_stdin)? else {
            return Ok(Exit::Interrupted);
        };
        if profile.business.organisation.is_none() {
            profile.business.organisation = Some(in_file?);
        }
    }
    let exit = edit::create(context, &name, &profile)?;
    let args = Args::new()
        .with("name", name.as_str())
        .with("home", context.home_option());
    eprint(&texts.with("portal-set-up", &args));
    Ok(exit)
}

fn answers(args: &SetupArgs, environment: &str) -> Vec<(Key, String)> {
    let authentication = args.kid.as_ref().map(|_| Authentication::Key.id().to_owned());
    let given = [
        (FieldId::Environment, Some(environment.to_owned())),
        (FieldId::Name, args.name.clone()),
        (FieldId::Organisation, args.organisation.clone()),
        (FieldId::ClientId, Some(args.client_id.clone())),
        (FieldId::Authentication, authentication),
        (FieldId::Kid, args.kid.clone()),
        (FieldId::Certificate, Some(args.certificate.clone())),
        (FieldId::KeyFile, args.key_file.clone()),
    ];
    let given = given.into_iter();
    given
        .filter_map(|(field, value)| Some((Key::Field(field), value?)))
        .collect()
}

/// Returns the Norwegian number in the certificate, or the error that there is none. `None` if the user cancelled.
///
/// # Errors
///
/// [`Exit::Unreadable`] with the finding if the file cannot be opened.
fn organisation_of_certificate(
    context: &Context,
    name: &ProfileName,
    profile: &Profile,
    stdin: bool,
) -> anyhow::Result<Option<Result<String, CommandError>>> {
    let texts = &context.texts;
    let (environment, sandbox) = environment::environment(context, &profile.environment)?;
    let mut target = Target {
        name: name.to_string(),
        environment,
        files: context.store().resolve(&profile.certificate),
        profile: profile.clone(),
        saved: None,
        opened: None,
        cache: FileCache::default(),
        demonstration_password: sandbox.as_ref().map(environment::password_of),
        in_new_sandbox: false,
        given: None,
    };
    signals::exit_on_termination();
    if !passwords::unlock(context, &mut [&mut target], stdin, 1)? {
        return Ok(None);
    }
    let opened = opened(context, &target)?;
    let chosen = opened.facts.chosen.as_ref();
    let identifier = chosen.and_then(|chosen| chosen.organisation.as_deref());
    if let Some(number) = identifier.and_then(|identifier| parse::organisation_number(identifier).ok()) {
        return Ok(Some(Ok(number)));
    }
    let mut findings = opened.findings.iter();
    if let Some(finding) = findings.find(|finding| finding.severity == Severity::Stops) {
        if let Some(source) = target.missing_password(context, &opened.findings) {
            eprint(&source);
        }
        return Err(CommandError::from_finding(Exit::Unreadable, finding, texts).into());
    }
    let hint = Some(texts.get("portal-organisation-unknown.hint"));
    let message = texts.get("portal-organisation-unknown");
    Ok(Some(Err(CommandError::new(Exit::Usage, message, hint))))
}
