//! `klarert portal setup`: an administration client, kept as a profile of its own kind.

use super::{SetupArgs, administration::opened};
use crate::{
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
    if profile.business.organisation.is_none() {
        match organisation_of_certificate(context, &name, &profile, args.password_stdin)? {
            Some(organisation) => profile.business.organisation = Some(organisation),
            None => {
                let hint = Some(texts.get("portal-organisation-unknown.hint"));
                let message = texts.get("portal-organisation-unknown");
                return Err(CommandError::new(Exit::Usage, message, hint).into());
            }
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

/// Returns the Norwegian number in the certificate. `None` if the file cannot be opened, or is a key.
fn organisation_of_certificate(
    context: &Context,
    name: &ProfileName,
    profile: &Profile,
    stdin: bool,
) -> anyhow::Result<Option<String>> {
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
    let identifier = opened.facts.chosen.and_then(|chosen| chosen.organisation);
    Ok(identifier.and_then(|identifier| parse::organisation_number(&identifier).ok()))
}
