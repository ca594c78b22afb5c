//! Loading and saving of the profile, and the conflict with another program that has written or removed it meanwhile.

use tui_input::Input;

use super::{
    message::{Effect, SaveMode},
    model::{Model, NameInput, Overlay, Pending, View},
    open_profile::CopyName,
};
use crate::{
    profile::{
        file::error::StoreError,
        parse::{ParseError, ProfileName},
    },
    text::Args,
};

/// Loads a profile. Until it is there, keys do nothing but Esc: the start of the sandbox takes a second.
pub fn load(model: &mut Model, name: ProfileName) -> Vec<Effect> {
    let attempt = model.next_attempt();
    model.pending = Some(Pending {
        attempt,
        can_be_cancelled: true,
    });
    // Any other profile is there at once.
    model.inform("sandbox-starting", Args::new());
    vec![Effect::LoadProfile { attempt, name }]
}

/// Saves the answers.
pub(super) fn save(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    onboarding.profile.updated = now;
    let mode = if onboarding.file_exists {
        SaveMode::Update
    } else {
        SaveMode::Create
    };
    vec![Effect::SaveProfile {
        name: onboarding.name.clone(),
        profile: Box::new(onboarding.profile.clone()),
        mode,
    }]
}

/// Handles the result of a save. A name that is taken is asked for again; a conflict opens its dialog.
pub(super) fn on_saved(model: &mut Model, outcome: Result<(), StoreError>) -> Vec<Effect> {
    if let Some(summary) = &mut model.exit_summary {
        summary.unsaved = outcome.as_ref().err().cloned();
    }
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    match outcome {
        Ok(()) => {
            onboarding.unsaved = None;
            onboarding.file_exists = true;
            onboarding.copy_name = None;
        }
        // Another profile has this name, or another program has just created one.
        Err(StoreError::Exists { .. }) if !onboarding.file_exists => {
            // A copy takes the next name.
            if let Some(name) = onboarding.copy_name.as_mut().and_then(CopyName::advance) {
                onboarding.name = name.clone();
                let effects = save(model);
                model.inform("notice-production", Args::new().with("name", name.as_str()));
                return effects;
            }
            let taken = onboarding.name.to_string();
            let error = ParseError {
                id: "refused-name-taken",
                args: Args::new().with("name", &taken),
            };
            model.view = View::NewProfile(NameInput {
                input: Input::new(taken),
                error: Some(error),
            });
        }
        Err(error @ (StoreError::Changed { .. } | StoreError::NotFound { .. } | StoreError::Exists { .. })) => {
            onboarding.unsaved = Some(error);
            model.open(Overlay::Conflict);
        }
        Err(error) => onboarding.unsaved = Some(error),
    }
    Vec::new()
}

/// Reloads what the other program wrote. The user's answers since then are lost. A file that was removed is not found, which
/// leads to the profile list.
pub(super) fn take_theirs(model: &mut Model) -> Vec<Effect> {
    let onboarding = model.onboarding().filter(|_| model.overlay == Some(Overlay::Conflict));
    match onboarding.map(|onboarding| onboarding.name.clone()) {
        Some(name) => load(model, name),
        None => Vec::new(),
    }
}

/// Overwrites what the other program wrote, or writes a removed file anew.
pub(super) fn keep_mine(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding().filter(|_| model.overlay == Some(Overlay::Conflict)) else {
        return Vec::new();
    };
    let effect = Effect::SaveProfile {
        name: onboarding.name.clone(),
        profile: Box::new(onboarding.profile.clone()),
        mode: SaveMode::Overwrite,
    };
    model.overlay = None;
    vec![effect]
}
