//! `klarert restore` and `klarert remove --empty-trash`: the trash of removed profiles.

use std::io;

use serde_json::json;

use super::{
    edit::{now, print_json},
    profile_json,
    several::for_each_profile,
    status::Overview,
};
use crate::command::{Context, Exit, command_error::CommandError, eprint, json::FORMAT, listed, print};
use crate::{
    console::terminal,
    profile::{
        file::store::{ListedProfile, StoreError},
        parse::ProfileName,
    },
    text::{Args, visible},
};

/// Arguments of `klarert restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    #[arg(value_name = "NAME")]
    pub profiles: Vec<String>,
    #[arg(id = "to", long = "as", value_name = "NEW NAME", requires = "profiles")]
    pub to: Option<String>,
}

/// Restores profiles from the trash, one of them also under a new name. Without a name it lists the trash.
pub fn restore(context: &Context, args: &RestoreArgs) -> anyhow::Result<Exit> {
    if args.profiles.is_empty() {
        return list_trash(context);
    }
    let to = args.to.as_deref().map(|to| context.parse_name(to)).transpose()?;
    if to.is_some() && args.profiles.len() > 1 {
        let message = context.texts.get("profile-restored.one");
        return Err(CommandError::new(Exit::Usage, message, None).into());
    }
    for_each_profile(context, &args.profiles, |name| {
        let to = to.as_ref().unwrap_or(name);
        restore_one(context, name, to)?;
        match context.json {
            true => print_json(context, to, &context.load(to)?.profile),
            false => Ok(()),
        }
    })
}

fn restore_one(context: &Context, name: &ProfileName, to: &ProfileName) -> Result<(), CommandError> {
    let texts = &context.texts;
    context.store().restore(name, to).map_err(|error| match error {
        StoreError::NotFound { .. } => not_in_trash(context, name),
        StoreError::Exists { .. } => {
            let values = Args::new()
                .with("name", name.as_str())
                .with("home", context.home_option());
            let hint = texts.with("profile-restored.taken", &values);
            CommandError::new(Exit::Usage, error.text(texts), Some(hint))
        }
        other => CommandError::from_store(&other, texts),
    })?;
    let message = if name == to {
        "profile-restored"
    } else {
        "profile-restored.as"
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
        "profile-not-in-trash.empty"
    } else {
        "profile-not-in-trash.hint"
    };
    let texts = &context.texts;
    let args = Args::new()
        .with("name", name.as_str())
        .with("names", listed(&names, texts));
    CommandError::new(
        Exit::Unreadable,
        texts.with("profile-not-in-trash", &args),
        Some(texts.with(hint, &args)),
    )
    .with_id("profile-not-found")
}

/// Prints the profiles in the trash. If a name occurs more than once, `restore` takes the first of them.
fn list_trash(context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let removed = context.store().list_removed();
    let removed = removed.map_err(|error| CommandError::from_store(&error, texts))?;
    if context.json {
        for ListedProfile { name, profile } in removed {
            let config = context.config()?;
            let object = match profile {
                Ok(profile) => {
                    let overview = Overview::of(&profile, config.rules(&profile.environment));
                    profile_json::summary(&name, &profile, &overview, now(), texts)
                }
                Err(error) => profile_json::unreadable(&name, &CommandError::from_store(&error, texts)),
            };
            print(&format!("{object}\n"))?;
        }
        return Ok(Exit::Success);
    }
    if removed.is_empty() {
        eprint(&texts.get("trash-empty"));
    }
    let width = removed.iter().map(|listed| listed.name.as_str().len()).max();
    let width = width.unwrap_or_default();
    for ListedProfile { name, profile } in &removed {
        let about = match profile {
            Ok(profile) => {
                let changed = Args::new().with("day", profile.updated.date());
                let business = profile.business.name.iter().cloned();
                business
                    .chain([texts.with("trash-changed", &changed)])
                    .collect::<Vec<_>>()
                    .join(" · ")
            }
            Err(_) => texts.get("list-unreadable"),
        };
        print(&format!("{:width$}  {}\n", name.as_str(), visible(&about)))?;
    }
    Ok(Exit::Success)
}

/// Deletes all profiles in the trash. Asks first at a terminal; without one it needs `--yes`.
///
/// # Errors
///
/// [`Exit::Usage`] without a terminal and without `--yes`.
pub fn empty(context: &Context, yes: bool) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let store = context.store();
    let removed = store.list_removed();
    let removed = removed.map_err(|error| CommandError::from_store(&error, texts))?;
    let values = Args::new().with("count", removed.len());
    if removed.is_empty() {
        // A disk that cannot be written is no error then.
        eprint(&texts.get("trash-empty"));
        print_emptied(context, "emptied", 0)?;
        return Ok(Exit::Success);
    }
    if !yes && !terminal::can_prompt() {
        let hint = Some(texts.get("trash-unconfirmed.hint"));
        let error = CommandError::new(Exit::Usage, texts.with("trash-unconfirmed", &values), hint);
        return Err(error.with_id("unconfirmed").into());
    } else if !yes {
        eprint(&texts.with("trash-confirm", &values));
        if !terminal::read_confirmation()? {
            eprint(&texts.get("trash-kept"));
            print_emptied(context, "declined", 0)?;
            return Ok(Exit::Success);
        }
    }
    let deleted = store.empty_trash();
    let deleted = deleted.map_err(|error| CommandError::from_store(&error, texts))?;
    eprint(&texts.with("trash-emptied", &Args::new().with("count", deleted)));
    print_emptied(context, "emptied", deleted)?;
    Ok(Exit::Success)
}

/// Prints the result of emptying the trash as JSON, with `--json`.
fn print_emptied(context: &Context, outcome: &str, deleted: usize) -> io::Result<()> {
    if !context.json {
        return Ok(());
    }
    let object = json!({ "format": FORMAT, "outcome": outcome, "deleted": deleted });
    print(&format!("{object}\n"))
}
