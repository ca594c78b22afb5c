//! The saved profiles: listed, named, loaded, saved, left.

use tui_input::Input;

use super::{
    answers,
    message::Effect,
    model::{
        Check, ExitSummary, Model, Naming, Notice, NoticeKind, NoticeText, Onboarding, ProfileList, Reading,
        SandboxInfo, View,
    },
    navigation,
    saving::save,
};
use crate::{
    journey::{FieldId, SANDBOX},
    profile::{Profile, file::error::StoreError, parse::ProfileName, progress},
};

type Profiles = Vec<(ProfileName, Result<Profile, StoreError>)>;

/// To the list of profiles.
pub(super) fn show(model: &mut Model) -> Vec<Effect> {
    model.place = View::ProfileList(ProfileList::default());
    vec![Effect::List]
}

/// The profiles have been listed: the one that was worked on last comes first.
pub(super) fn listed(model: &mut Model, mut profiles: Profiles) -> Vec<Effect> {
    profiles.sort_by_key(|(name, outcome)| {
        (
            std::cmp::Reverse(outcome.as_ref().ok().map(|profile| profile.updated)),
            name.clone(),
        )
    });
    // Started as the sandbox, nothing leaves this computer: what is for other environments is not there.
    if model.sandbox {
        profiles.retain(|(_, outcome)| outcome.as_ref().map_or(true, |profile| profile.environment == SANDBOX));
    }
    // Somebody who has none yet wants a new one.
    let none = profiles.is_empty();
    if let View::ProfileList(profile_list) = &mut model.place {
        profile_list.profiles = Some(profiles);
        profile_list.focus = 0;
    }
    if none { new_profile(model) } else { Vec::new() }
}

/// The folder of the profiles cannot be read.
pub(super) fn list_failed(model: &mut Model, trouble: StoreError) -> Vec<Effect> {
    if let View::ProfileList(profile_list) = &mut model.place {
        profile_list.profiles = Some(Vec::new());
    }
    model.notice = Some(Notice {
        kind: NoticeKind::Warns,
        said: NoticeText::Store(trouble),
    });
    Vec::new()
}

pub(super) fn moved(profile_list: &mut ProfileList, down: bool) {
    // The last row is a new onboarding.
    let last = profile_list.profiles.as_ref().map_or(0, Vec::len);
    profile_list.focus = if down {
        (profile_list.focus + 1).min(last)
    } else {
        profile_list.focus.saturating_sub(1)
    };
}

/// Enter on the list.
pub(super) fn choose(model: &mut Model) -> Vec<Effect> {
    let View::ProfileList(profile_list) = &model.place else {
        return Vec::new();
    };
    let Some(profiles) = &profile_list.profiles else {
        return Vec::new();
    };
    match profiles.get(profile_list.focus) {
        Some((name, Ok(_))) => vec![Effect::Load(name.clone())],
        // A broken file stays on the list with what is wrong with it.
        Some((_, Err(_))) => Vec::new(),
        None => new_profile(model),
    }
}

/// Asks for the name of a new profile.
pub(super) fn new_profile(model: &mut Model) -> Vec<Effect> {
    let suggested = if model.sandbox { "demo" } else { "" };
    let free = match &model.place {
        View::ProfileList(ProfileList {
            profiles: Some(profiles),
            ..
        }) => !profiles.iter().any(|(name, _)| name.as_str() == suggested),
        View::ProfileList(_) | View::Naming(_) | View::Onboarding(_) => true,
    };
    let input = if free {
        Input::new(suggested.to_owned())
    } else {
        Input::default()
    };
    model.place = View::Naming(Naming { input, refusal: None });
    Vec::new()
}

/// Enter on the name.
pub(super) fn name(model: &mut Model) -> Vec<Effect> {
    let View::Naming(naming) = &mut model.place else {
        return Vec::new();
    };
    match ProfileName::parse(naming.input.value()) {
        Ok(name) => begin(model, name),
        Err(refusal) => {
            naming.refusal = Some(refusal);
            Vec::new()
        }
    }
}

/// Begins a new onboarding under that name. Its file is made at once, so that two cannot begin under one name.
pub fn begin(model: &mut Model, name: ProfileName) -> Vec<Effect> {
    let environment = if model.sandbox { SANDBOX } else { "test" };
    let mut profile = Profile::new(environment, model.now);
    let step = progress::position(&profile, model.rules(&profile)).to_owned();
    profile.progress.step = Some(step.clone());
    model.place = View::Onboarding(Box::new(Onboarding::new(name, profile, step, false)));
    let effects = save(model);
    [effects, navigation::arrive(model)].concat()
}

impl Onboarding {
    fn new(name: ProfileName, profile: Profile, step: String, saved_once: bool) -> Onboarding {
        Onboarding {
            other_file: None,
            name,
            profile,
            step,
            focus: 0,
            entries: Default::default(),
            reading: Reading::Nothing,
            candidates: Vec::new(),
            check: Check::Idle,
            made: None,
            details: false,
            unsaved: None,
            saved_once,
        }
    }
}

/// A profile has been loaded: the onboarding goes on where it was.
pub(super) fn loaded(
    model: &mut Model,
    name: ProfileName,
    outcome: Result<Box<Profile>, StoreError>,
    sandbox: Option<Box<SandboxInfo>>,
) -> Vec<Effect> {
    if let Some(sandbox) = sandbox {
        let only = model.sandbox;
        model.with_sandbox(*sandbox, only);
    }
    model.overlay = None;
    match outcome {
        Ok(profile) => {
            let step = progress::position(&profile, model.rules(&profile)).to_owned();
            model.place = View::Onboarding(Box::new(Onboarding::new(name, *profile, step, true)));
            navigation::arrive(model)
        }
        Err(trouble) => {
            model.notice = Some(Notice {
                kind: NoticeKind::Warns,
                said: NoticeText::Store(trouble),
            });
            Vec::new()
        }
    }
}

/// Leaves at once; what stands in a field is taken as its answer first.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    let mut effects = answers::commit(model);
    let onboarding = model.onboarding();
    model.exit_summary = Some(ExitSummary {
        name: onboarding.map(|onboarding| onboarding.name.clone()),
        dropped: onboarding.map(unanswered).unwrap_or_default(),
        unsaved: onboarding.and_then(|onboarding| onboarding.unsaved.clone()),
    });
    effects.extend([Effect::ForgetPassword, Effect::Quit]);
    effects
}

/// The texts that are no answers: they are in no file.
fn unanswered(onboarding: &Onboarding) -> Vec<(FieldId, String)> {
    onboarding
        .entries
        .iter()
        .filter(|(_, entry)| entry.touched && entry.refusal.is_some())
        .map(|(field, entry)| (*field, entry.input.value().to_owned()))
        .collect()
}
