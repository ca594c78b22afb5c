//! Saving the profile, and the conflict with another program that has written it meanwhile.

use tui_input::Input;

use super::{
    message::{Effect, SaveMode},
    model::{Model, NameInput, Overlay, View},
    open_profile::CopyName,
};
use crate::{
    profile::{file::error::StoreError, parse::ParseError},
    text::Args,
};

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
        Err(StoreError::Exists { .. }) => {
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
        Err(error @ StoreError::Changed { .. }) => {
            onboarding.unsaved = Some(error);
            model.open(Overlay::Conflict);
        }
        Err(error) => onboarding.unsaved = Some(error),
    }
    Vec::new()
}

/// Reloads what the other program wrote. The user's answers since then are lost.
pub(super) fn take_theirs(model: &mut Model) -> Vec<Effect> {
    match (model.overlay, model.onboarding()) {
        (Some(Overlay::Conflict), Some(onboarding)) => vec![Effect::LoadProfile(onboarding.name.clone())],
        _ => Vec::new(),
    }
}

/// Overwrites what the other program wrote.
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
