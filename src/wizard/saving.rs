//! Saving the profile, and the conflict with another program that has written it meanwhile.

use tui_input::Input;

use super::{
    message::{Effect, Save},
    model::{Model, Naming, Overlay, View},
};
use crate::{
    profile::{file::error::StoreError, parse::ParseError},
    text::Args,
};

/// Writes the answers down as they are now.
pub(super) fn save(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    onboarding.profile.updated = now;
    let how = if onboarding.saved_once {
        Save::Update
    } else {
        Save::Create
    };
    vec![Effect::Save {
        name: onboarding.name.clone(),
        profile: Box::new(onboarding.profile.clone()),
        how,
    }]
}

/// A save has been tried.
pub(super) fn saved(model: &mut Model, outcome: Result<(), StoreError>) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    match outcome {
        Ok(()) => {
            onboarding.unsaved = None;
            onboarding.saved_once = true;
        }
        // The name was free when it was asked for, and is not any more, or never was.
        Err(StoreError::Changed { .. }) if !onboarding.saved_once => {
            let taken = onboarding.name.to_string();
            let refusal = ParseError {
                id: "refused-name-taken",
                args: Args::new().with("name", &taken),
            };
            model.place = View::Naming(Naming {
                input: Input::new(taken),
                refusal: Some(refusal),
            });
        }
        Err(trouble @ StoreError::Changed { .. }) => {
            onboarding.unsaved = Some(trouble);
            model.overlay = Some(Overlay::Conflict);
        }
        Err(trouble) => onboarding.unsaved = Some(trouble),
    }
    Vec::new()
}

/// What the other program wrote is taken, and what was answered here since is not.
pub(super) fn take_theirs(model: &mut Model) -> Vec<Effect> {
    match (model.overlay, model.onboarding()) {
        (Some(Overlay::Conflict), Some(onboarding)) => vec![Effect::Load(onboarding.name.clone())],
        _ => Vec::new(),
    }
}

/// What was answered here is written over what the other program wrote.
pub(super) fn keep_mine(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding().filter(|_| model.overlay == Some(Overlay::Conflict)) else {
        return Vec::new();
    };
    let effect = Effect::Save {
        name: onboarding.name.clone(),
        profile: Box::new(onboarding.profile.clone()),
        how: Save::Overwrite,
    };
    model.overlay = None;
    vec![effect]
}
