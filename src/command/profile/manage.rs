//! `klarert rename`, `copy`, `remove`, `restore`: profiles as wholes.

use super::{edit::now, removed::tell_removed, status::day};
use crate::command::{
    Context, Exit,
    args::{Copy, Rename, Restore},
    command_error::CommandError,
    print, tell,
};
use crate::{
    profile::{
        fields::environment::set_environment,
        file::store::{ListedProfile, StoreError},
        parse::ProfileName,
        stale_ticks::remove_stale_ticks,
    },
    text::{Args, visible},
};

pub fn rename(context: &Context, arguments: &Rename) -> anyhow::Result<Exit> {
    let (from, to) = (context.name(&arguments.profile)?, context.name(&arguments.to)?);
    let renamed = context.store().rename(&from, &to);
    renamed.map_err(|error| CommandError::store(&error, &context.texts))?;
    say(
        context,
        "keep-renamed",
        Args::new().with("from", from.as_str()).with("to", to.as_str()),
    )
}

/// The same answers under another name. For another environment, what holds in the first one only is not carried
/// over, and is named.
pub fn copy(context: &Context, arguments: &Copy) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let (from, to) = (context.name(&arguments.profile)?, context.name(&arguments.to)?);
    let original = context.load(&from)?.profile;
    let mut profile = original.clone();
    (profile.created, profile.updated) = (now(), now());
    profile.last_check = None;
    profile.progress.step = None;
    let config = context.config()?;
    if let Some(environment) = &arguments.environment {
        if config.environment(environment).is_none() {
            let known: Vec<&str> = ["test", "prod"]
                .into_iter()
                .chain(config.environments.iter().map(|environment| environment.id.as_str()))
                .collect();
            let args = Args::new().with("written", environment).with("known", known.join(", "));
            let rule = texts.with("refused-choice", &args);
            let args = Args::new().with("flag", "--environment").with("rule", rule);
            return Err(CommandError::new(Exit::Usage, texts.with("command-refused", &args), None).into());
        }
        set_environment(&mut profile, environment);
    }
    let removed = remove_stale_ticks(&original, &mut profile);
    let path = context.store().path(&to);
    context.store().save(&to, &profile, None).map_err(|error| match error {
        StoreError::Changed { path: taken } if taken == path => {
            CommandError::store(&StoreError::Exists { name: to.to_string() }, texts)
        }
        other => CommandError::store(&other, texts),
    })?;
    let args = Args::new().with("from", from.as_str()).with("to", to.as_str());
    tell(&texts.with("keep-copied", &args));
    tell_removed(context, &to, (&original, &profile), &removed)?;
    Ok(Exit::Success)
}

pub fn remove(context: &Context, written: &str) -> anyhow::Result<Exit> {
    let name = context.name(written)?;
    let removed = context.store().remove(&name);
    removed.map_err(|error| CommandError::store(&error, &context.texts))?;
    say(context, "keep-removed", Args::new().with("name", name.as_str()))
}

/// Takes a profile out of the bin, under its old name or a new one; without a name it lists the bin.
pub fn restore(context: &Context, arguments: &Restore) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let Some(written) = &arguments.profile else {
        return list_bin(context);
    };
    let name = context.name(written)?;
    let to = arguments.to.as_deref().map(|to| context.name(to)).transpose()?;
    let to = to.unwrap_or_else(|| name.clone());
    context.store().restore(&name, &to).map_err(|error| match error {
        StoreError::NotFound { .. } => not_in_bin(context, &name),
        StoreError::Exists { .. } => {
            let args = Args::new().with("name", name.as_str());
            let hint = texts.with("keep-restored.taken", &args);
            CommandError::new(Exit::Usage, error.text(texts), Some(hint))
        }
        other => CommandError::store(&other, texts),
    })?;
    let said = if name == to {
        "keep-restored"
    } else {
        "keep-restored.as"
    };
    say(
        context,
        said,
        Args::new().with("name", name.as_str()).with("to", to.as_str()),
    )
}

fn not_in_bin(context: &Context, name: &ProfileName) -> CommandError {
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

/// What could be restored, a profile on each line: of one name the first is the one that `restore` takes.
fn list_bin(context: &Context) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let removed = context.store().list_removed();
    let removed = removed.map_err(|error| CommandError::store(&error, texts))?;
    if removed.is_empty() {
        tell(&texts.get("keep-bin-empty"));
    }
    let width = removed.iter().map(|listed| listed.name.as_str().len()).max();
    let width = width.unwrap_or_default();
    for ListedProfile { name, profile } in &removed {
        let about = match profile {
            Ok(profile) => {
                let changed = Args::new().with("day", day(profile.updated));
                let called = profile.business.name.iter().cloned();
                called
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

fn say(context: &Context, id: &'static str, args: Args) -> anyhow::Result<Exit> {
    tell(&context.texts.with(id, &args));
    Ok(Exit::Success)
}
