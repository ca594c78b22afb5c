//! The start of the profile for production, with the answers of a test profile that passed.

use super::{
    message::Effect,
    model::{Model, View},
    navigation,
    open_profile::{Check, CopyName, Onboarding},
    saving::save,
};
use crate::{
    journey::StepKind,
    profile::{fields::environment::set_environment, progress, stale_ticks::remove_stale_ticks},
    text::Args,
};

/// The environment of the new profile.
const PRODUCTION: &str = "prod";

/// Returns whether the check of a test profile has passed, so that the profile for production can be started.
pub fn can_start(model: &Model) -> bool {
    let has_production = model
        .environments
        .iter()
        .any(|environment| environment.id == PRODUCTION);
    has_production
        && model.onboarding().is_some_and(|onboarding| {
            let passed = matches!(&onboarding.check, Check::Ended(report) if report.diagnosis.is_none());
            let is_shown = onboarding.current_step().kind == StepKind::Check;
            passed && is_shown && onboarding.profile.environment == "test"
        })
}

/// Starts the profile for production. Answers and ticks that are valid in test only are removed, as `klarert copy` does.
pub(super) fn start(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding().filter(|_| can_start(model)) else {
        return Vec::new();
    };
    let original = onboarding.profile.clone();
    let name = onboarding.name.as_str();
    let name = CopyName::new(name.strip_suffix("-test").unwrap_or(name), PRODUCTION);
    let mut profile = original.clone();
    (profile.created, profile.updated) = (model.now, model.now);
    (profile.last_check, profile.progress.step, profile.progress.at) = (None, None, None);
    set_environment(&mut profile, PRODUCTION);
    remove_stale_ticks(&original, &mut profile);
    let step = progress::position(&profile, model.rules(&profile)).to_owned();
    let Some(first) = name.current() else {
        return Vec::new();
    };
    profile.progress.step = Some(step.clone());
    let mut copy = Onboarding::new(first.clone(), profile, step, false);
    copy.copy_name = Some(name);
    model.view = View::Onboarding(Box::new(copy));
    let effects = save(model);
    let effects = [effects, navigation::enter_step(model)].concat();
    model.inform("notice-production", Args::new().with("name", first.as_str()));
    effects
}
