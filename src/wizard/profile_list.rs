//! The profile list, the name of a new profile, and the start and end of an onboarding.

use tui_input::Input;

use super::{
    check, editing,
    message::Effect,
    model::{ExitSummary, ListedProfile, Model, NameInput, ProfileList, View},
    navigation,
    notice::Notice,
    open_profile::Onboarding,
    saving::{self, load, save},
};
use crate::{
    journey::SANDBOX,
    profile::{Profile, file::error::StoreError, parse::ProfileName, progress, summary::Summary},
    text::Args,
};

/// Shows the profile list. A running check is cancelled. Answers that are not saved are saved first; if that fails, the profile
/// stays on the screen.
pub(super) fn show(model: &mut Model) -> Vec<Effect> {
    if let Some(onboarding) = model.onboarding_mut()
        && onboarding.unsaved.is_some()
    {
        onboarding.leaves = true;
        return save(model);
    }
    let mut effects = check::cancel(model);
    model.view = View::ProfileList(ProfileList::default());
    effects.push(Effect::ListProfiles);
    effects
}

/// Handles the result of a save, and goes to the profile list if the user wanted to leave.
pub(super) fn on_saved(model: &mut Model, outcome: Result<(), StoreError>) -> Vec<Effect> {
    let effects = saving::on_saved(model, outcome);
    let Some(onboarding) = model.onboarding_mut() else {
        return effects;
    };
    match (std::mem::take(&mut onboarding.leaves), onboarding.unsaved.is_some()) {
        (false, _) => effects,
        (true, false) => [effects, show(model)].concat(),
        (true, true) => {
            model.warn("notice-stays", Args::new());
            effects
        }
    }
}

/// Handles the saved profiles: the most recently used one comes first. Without profiles, asks for a new one's name.
pub(super) fn on_listed(model: &mut Model, mut profiles: Vec<ListedProfile>) -> Vec<Effect> {
    let is_administration = |outcome: &Result<Box<Summary>, _>| outcome.as_ref().is_ok_and(|one| one.is_administration);
    let administrations = profiles.iter().filter(|(_, outcome)| is_administration(outcome));
    let administrations: Vec<ProfileName> = administrations.map(|(name, _)| name.clone()).collect();
    let last_used = |outcome: &Result<Box<Summary>, _>| outcome.as_ref().ok().map(|profile| profile.last_used);
    profiles.sort_unstable_by(|(name, one), (other_name, other)| {
        last_used(other).cmp(&last_used(one)).then_with(|| name.cmp(other_name))
    });
    // With `--sandbox` nothing leaves this computer, so profiles for other environments are hidden.
    if model.sandbox {
        profiles.retain(|(_, outcome)| outcome.as_ref().map_or(true, |profile| profile.environment == SANDBOX));
    }
    let none = profiles.is_empty();
    if let View::ProfileList(list) = &mut model.view {
        list.profiles = Some(profiles);
        list.focus = 0;
    }
    let mut effects = if none { new_profile(model) } else { Vec::new() };
    if !administrations.is_empty() {
        effects.push(Effect::LoadAdministrations(administrations));
    }
    effects
}

/// Handles a profile folder that cannot be read.
pub(super) fn on_list_failed(model: &mut Model, error: StoreError) -> Vec<Effect> {
    if let View::ProfileList(list) = &mut model.view {
        list.profiles = Some(Vec::new());
    }
    model.notice = Some(Notice::store_error(error));
    Vec::new()
}

/// Focuses the row below or above. The last row starts a new profile.
pub(super) fn move_focus(list: &mut ProfileList, down: bool) {
    let last = list.profiles.as_ref().map_or(0, Vec::len);
    list.focus = if down {
        (list.focus + 1).min(last)
    } else {
        list.focus.saturating_sub(1)
    };
}

/// Loads the focused profile, or starts a new one.
pub(super) fn open_focused(model: &mut Model) -> Vec<Effect> {
    let View::ProfileList(list) = &model.view else {
        return Vec::new();
    };
    let Some(profiles) = &list.profiles else {
        return Vec::new();
    };
    match profiles.get(list.focus) {
        Some((name, Ok(_))) => {
            let name = name.clone();
            load(model, name)
        }
        // A broken file stays in the list, which shows its error.
        Some((_, Err(_))) => Vec::new(),
        None => new_profile(model),
    }
}

/// Asks for the name of a new profile.
pub(super) fn new_profile(model: &mut Model) -> Vec<Effect> {
    let suggested = if model.sandbox { "demo" } else { "" };
    let free = match &model.view {
        View::ProfileList(ProfileList {
            profiles: Some(profiles),
            ..
        }) => !profiles.iter().any(|(name, _)| name.as_str() == suggested),
        View::ProfileList(_) | View::NewProfile(_) | View::Onboarding(_) => true,
    };
    let input = if free {
        Input::new(suggested.to_owned())
    } else {
        Input::default()
    };
    model.view = View::NewProfile(NameInput { input, error: None });
    Vec::new()
}

/// Starts an onboarding under the typed name, if it is valid.
pub(super) fn confirm_name(model: &mut Model) -> Vec<Effect> {
    let View::NewProfile(name) = &mut model.view else {
        return Vec::new();
    };
    match ProfileName::parse(name.input.value()) {
        Ok(name) => start_onboarding(model, name),
        Err(error) => {
            name.error = Some(error);
            Vec::new()
        }
    }
}

/// Starts a new onboarding. Its file is created at once, so that two cannot start under the same name.
pub fn start_onboarding(model: &mut Model, name: ProfileName) -> Vec<Effect> {
    let environment = if model.sandbox { SANDBOX } else { "test" };
    let mut profile = Profile::new(environment, model.now);
    let step = progress::position(&profile, model.rules(&profile)).to_owned();
    profile.progress.step = Some(step.clone());
    model.view = View::Onboarding(Box::new(Onboarding::new(name, profile, step, false)));
    let effects = save(model);
    [effects, navigation::enter_step(model)].concat()
}

/// Resumes a loaded profile at its step.
pub(super) fn on_loaded(
    model: &mut Model,
    attempt: u64,
    name: ProfileName,
    outcome: Result<Box<Profile>, StoreError>,
) -> Vec<Effect> {
    if !model.end_pending(attempt) {
        return Vec::new();
    }
    (model.overlay, model.notice) = (None, None);
    match outcome {
        Ok(profile) => {
            let step = progress::position(&profile, model.rules(&profile)).to_owned();
            model.view = View::Onboarding(Box::new(Onboarding::new(name, *profile, step, true)));
            let at = model
                .onboarding()
                .and_then(|onboarding| onboarding.profile.progress.at.clone());
            let effects = navigation::enter_step(model);
            // An item that was ticked then is done.
            let is_done = |at: &String| {
                model
                    .onboarding()
                    .is_some_and(|onboarding| onboarding.profile.progress.done.contains_key(at))
            };
            if let Some(at) = at.filter(|at| !is_done(at)) {
                navigation::focus_by_id(model, &at);
            }
            effects
        }
        Err(error) => {
            // The file is gone, and the user does not want its answers either.
            let is_gone = matches!(error, StoreError::NotFound { .. }) && model.onboarding().is_some();
            let effects = match is_gone {
                true => {
                    model.view = View::ProfileList(ProfileList::default());
                    vec![Effect::ListProfiles]
                }
                false => Vec::new(),
            };
            model.notice = Some(Notice::store_error(error));
            effects
        }
    }
}

/// Remembers the question that has the focus, so that the onboarding is resumed there. Returns false if nothing changes.
fn set_position(model: &mut Model) -> bool {
    let at = navigation::focused_id(model);
    let onboarding = model.onboarding_mut().filter(|onboarding| onboarding.file_exists);
    onboarding.is_some_and(|onboarding| std::mem::replace(&mut onboarding.profile.progress.at, at.clone()) != at)
}

/// Quits. The edited text is taken as the answer first.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    let moved = set_position(model);
    let (mut effects, discarded) = editing::take_before_exit(model);
    let unsaved = model.onboarding().and_then(|onboarding| onboarding.unsaved.clone());
    if (moved || unsaved.is_some()) && effects.is_empty() {
        effects = save(model);
    }
    // `saving` replaces `unsaved` with the result of this save.
    model.exit_summary = Some(ExitSummary {
        name: model.onboarding().map(|onboarding| onboarding.name.clone()),
        discarded,
        unsaved,
    });
    effects.extend([Effect::ForgetPassword, Effect::Quit]);
    effects
}
