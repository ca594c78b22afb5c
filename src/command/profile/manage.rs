//! `klarert rename`, `copy`, `remove`: management of whole profiles.

use std::iter;

use serde_json::json;

use super::{
    edit::{now, print_json},
    removed_answers::print_removed,
    several::for_each_profile,
    trash,
};
use crate::command::{Context, Exit, command_error::CommandError, environments, eprint, json::FORMAT, print};
use crate::{
    journey::SANDBOX,
    profile::{PortalWork, fields::environment::set_environment, parse::ProfileName, stale_ticks::remove_stale_ticks},
    text::Args,
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
    #[arg(value_name = "NAME", required_unless_present = "empty_trash")]
    pub profiles: Vec<String>,
    #[arg(long, conflicts_with = "profiles")]
    pub empty_trash: bool,
    #[arg(long, requires = "empty_trash")]
    pub yes: bool,
}

/// Renames a profile.
pub fn rename(context: &Context, args: &RenameArgs) -> anyhow::Result<Exit> {
    let (from, to) = (context.parse_name(&args.profile)?, context.parse_name(&args.to)?);
    let renamed = context.store().rename(&from, &to);
    renamed.map_err(|error| CommandError::from_store(&error, &context.texts))?;
    let values = Args::new().with("from", from.as_str()).with("to", to.as_str());
    eprint(&context.texts.with("profile-renamed", &values));
    print_saved(context, &to)?;
    Ok(Exit::Success)
}

/// Copies a profile's answers to a new profile.
///
/// For another environment, answers and ticks that apply in the first one only are removed and listed.
pub fn copy(context: &Context, args: &CopyArgs) -> anyhow::Result<Exit> {
    let texts = &context.texts;
    let (from, to) = (context.parse_name(&args.profile)?, context.parse_name(&args.to)?);
    let saved = context.load(&from)?;
    let original = &saved.profile;
    let mut profile = original.clone();
    (profile.created, profile.updated) = (now(), now());
    (profile.last_check, profile.used) = (None, None);
    // What the API was asked for belongs to the original.
    profile.portal = PortalWork::default();
    profile.progress.step = None;
    let config = context.config()?;
    let chosen = args.environment.as_deref().or(context.sandbox.then_some(SANDBOX));
    if let Some(environment) = chosen {
        let is_known = environments::known_ids(config).iter().any(|known| known == environment);
        if !is_known {
            return Err(environments::unknown(config, "--environment", environment, texts).into());
        }
        if context.sandbox && environment != SANDBOX {
            return Err(environments::contradicts_sandbox("--environment", environment, texts).into());
        }
        set_environment(&mut profile, environment);
    }
    let removed = remove_stale_ticks(original, &mut profile);
    context
        .store()
        .save_copy(&to, &profile, saved.text())
        .map_err(|error| CommandError::from_store(&error, texts))?;
    let values = Args::new().with("from", from.as_str()).with("to", to.as_str());
    eprint(&texts.with("profile-copied", &values));
    print_removed(context, &to, (original, &profile), &removed)?;
    environments::warn_of_unknown(context, iter::once((&to, profile.environment.as_str())))?;
    print_saved(context, &to)?;
    Ok(Exit::Success)
}

/// Prints a saved profile for programs, with `--json`.
fn print_saved(context: &Context, name: &ProfileName) -> anyhow::Result<()> {
    if context.json {
        print_json(context, name, &context.load(name)?.profile)?;
    }
    Ok(())
}

/// Moves profiles to the trash, or deletes all that are in it.
pub fn remove(context: &Context, args: &RemoveArgs) -> anyhow::Result<Exit> {
    if args.empty_trash {
        return trash::empty(context, args.yes);
    }
    for_each_profile(context, &args.profiles, |name| {
        let removed = context.store().remove(name);
        removed.map_err(|error| CommandError::from_store(&error, &context.texts))?;
        let values = Args::new()
            .with("name", name.as_str())
            .with("home", context.home_option());
        eprint(&context.texts.with("profile-removed", &values));
        if context.json {
            let object = json!({ "format": FORMAT, "profile": name.as_str(), "outcome": "removed" });
            print(&format!("{object}\n"))?;
        }
        Ok(())
    })
}
