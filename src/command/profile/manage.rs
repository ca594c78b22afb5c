//! `klarert rename`, `copy`, `remove`, `restore`: management of whole profiles.

use super::{edit::now, removal_notice::print_removed, several::for_each_profile};
use crate::command::{Context, Exit, command_error::CommandError, eprint, print};
use crate::{
    profile::{
        fields::environment::set_environment,
        file::store::{ListedProfile, StoreError},
        parse::ProfileName,
        stale_ticks::remove_stale_ticks,
    },
    text::{Args, iso_date, visible},
};

/// Arguments of `klarert rename`.
#[derive(Debug, clap::Args)]
pub struct RenameArgs {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "NEW NAME")]
    pub to: String,
}

/// Arguments of `klarert copy`.
#[derive(Debug, clap::Args)]
pub struct CopyArgs {
    #[arg(value_name = "NAME")]
    pub profile: String,
    #[arg(value_name = "NEW NAME")]
    pub to: String,
    #[arg(long, value_name = "ID")]
    pub environment: Option<String>,
}

/// Arguments of `klarert remove`.
#[derive(Debug, clap::Args)]
pub struct RemoveArgs {
    #[arg(value_name = "NAME", required = true)]
    pub profiles: Vec<String>,
}

/// Arguments of `klarert restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    #[arg(value_name = "NAME")]
    pub profiles: Vec<String>,
    #[arg(id = "to", long = "as", value_name = "NEW NAME", requires = "profiles")]
    pub to: Option<String>,
}

/// Renames a profile.
pub fn rename(context: &Context, args: &RenameArgs) -> anyhow::Result<Exit> {
    let (from, to) = (context.parse_name(&args.profile)?, context.parse_name(&args.to)?);
    let renamed = context.store().rename(&from, &to);
    renamed.map_err(|error| CommandError::from_store(&error, &context.texts))?;
    let values = Args::new().with("from", from.as_str()).with("to", to.as_str());
    eprint(&context.texts.with("keep-renamed", &values));
    Ok(Exit::Success)
}

/// Copies a profile's answers to a new profile.
///
/// For another environment, answers and ticks that apply in the first one only are removed and listed.
pub fn copy(context: &Context, args: &CopyArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let (from, to) = (context.parse_name(&args.profile)?, context.parse_name(&args.to)?);
    let original = context.load(&from)?.profile;
    let mut profile = original.clone();
    (profile.created, profile.updated) = (now(), now());
    (profile.last_check, profile.used) = (None, None);
    profile.progress.step = None;
    let config = context.config()?;
    if let Some(environment) = &args.environment {
        if config.environment(environment).is_none() {
            let known: Vec<&str> = ["test", "prod"]
                .into_iter()
                .chain(config.environments.iter().map(|environment| environment.id.as_str()))
                .collect();
            let values = Args::new().with("written", environment).with("known", known.join(", "));
            let rule = texts.with("refused-choice", &values);
            let values = Args::new().with("flag", "--environment").with("rule", rule);
            return Err(CommandError::new(Exit::Usage, texts.with("command-refused", &values), None).into());
        }
        set_environment(&mut profile, environment);
    }
    let removed = remove_stale_ticks(&original, &mut profile);
    let path = context.store().path(&to);
    context.store().save(&to, &profile, None).map_err(|error| match error {
        StoreError::Changed { path: taken } if taken == path => {
            CommandError::from_store(&StoreError::Exists { name: to.to_string() }, texts)
        }
        other => CommandError::from_store(&other, texts),
    })?;
    let values = Args::new().with("from", from.as_str()).with("to", to.as_str());
    eprint(&texts.with("keep-copied", &values));
    print_removed(context, &to, (&original, &profile), &removed)?;
    Ok(Exit::Success)
}

/// Moves profiles to the trash.
pub fn remove(context: &Context, args: &RemoveArgs) -> anyhow::Result<Exit> {
    for_each_profile(context, &args.profiles, |name| {
        let removed = context.store().remove(name);
        removed.map_err(|error| CommandError::from_store(&error, &context.texts))?;
        let values = Args::new().with("name", name.as_str());
        eprint(&context.texts.with("keep-removed", &values));
        Ok(())
    })
}

/// Restores profiles from the trash, one of them also under a new name. Without a name it lists the trash.
pub fn restore(context: &Context, args: &RestoreArgs) -> anyhow::Result<Exit> {
    if args.profiles.is_empty() {
        return list_trash(context);
    }
    let to = args.to.as_deref().map(|to| context.parse_name(to)).transpose()?;
    if to.is_some() && args.profiles.len() > 1 {
        let message = context.texts.get("keep-restored.one");
        return Err(CommandError::new(Exit::Usage, message, None).into());
    }
    for_each_profile(context, &args.profiles, |name| {
        Ok(restore_one(context, name, to.as_ref().unwrap_or(name))?)
    })
}

fn restore_one(context: &Context, name: &ProfileName, to: &ProfileName) -> Result<(), CommandError> {
    let texts = &context.texts;
    context.store().restore(name, to).map_err(|error| match error {
        StoreError::NotFound { .. } => not_in_trash(context, name),
        StoreError::Exists { .. } => {
            let values = Args::new().with("name", name.as_str());
            let hint = texts.with("keep-restored.taken", &values);
            CommandError::new(Exit::Usage, error.text(texts), Some(hint))
        }
        other => CommandError::from_store(&other, texts),
    })?;
    let message = if name == to {
        "keep-restored"
    } else {
        "keep-restored.as"
    };
    let values = Args::new().with("name", name.as_str()).with("to", to.as_str());
    eprint(&texts.with(message, &values));
    Ok(())
}

fn not_in_trash(context: &Context, name: &ProfileName) -> CommandError {
    let names: Vec<String> = context
        .store()
        .removed_names()
        .iter()
        .map(ToString::to_string)
        .collect();
    let hint = if names.is_empty() {
        "keep-not-in-bin.empty"
    } else {
        "keep-not-in-bin.hint"
    };
    let args = Args::new().with("name", name.as_str()).with("names", names.join(", "));
    let texts = &context.texts;
    CommandError::new(
        Exit::Unreadable,
        texts.with("keep-not-in-bin", &args),
        Some(texts.with(hint, &args)),
    )
}

/// Prints the profiles in the trash. If a name occurs more than once, `restore` takes the first of them.
fn list_trash(context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let removed = context.store().list_removed();
    let removed = removed.map_err(|error| CommandError::from_store(&error, texts))?;
    if removed.is_empty() {
        eprint(&texts.get("keep-bin-empty"));
    }
    let width = removed.iter().map(|listed| listed.name.as_str().len()).max();
    let width = width.unwrap_or_default();
    for ListedProfile { name, profile } in &removed {
        let about = match profile {
            Ok(profile) => {
                let changed = Args::new().with("day", iso_date(profile.updated));
                let business = profile.business.name.iter().cloned();
                business
                    .chain([texts.with("keep-bin-changed", &changed)])
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
            Err(_) => texts.get("list-unreadable"),
        };
        print(&format!("{:width$}  {}\n", name.as_str(), visible(&about)))?;
    }
    Ok(Exit::Success)
}
