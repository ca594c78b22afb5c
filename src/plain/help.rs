//! The help: the commands, and the numbered list of all steps.

use super::Lines;
use crate::{
    profile::progress,
    text::Texts,
    wizard::{self, Model, View},
};

/// Returns what the current view is for and the terms it uses. The question is printed again after it.
pub fn explanation(model: &Model, texts: &Texts) -> Lines {
    let mut lines = Lines::default();
    lines.blank();
    lines.push(&texts.get(&match &model.view {
        View::ProfileList(_) => "about-profile-list".to_owned(),
        View::NewProfile(_) => "about-new-profile".to_owned(),
        View::Onboarding(onboarding) => format!("about-{}", onboarding.step),
    }));
    lines.push(&texts.get("plain-commands-hint"));
    lines
}

/// Returns the commands and, in an onboarding, all steps.
pub fn help(model: &Model, texts: &Texts) -> Lines {
    let mut lines = Lines::default();
    lines.blank();
    lines.push(&texts.get("plain-help"));
    if wizard::can_generate_key(model) {
        lines.push(&texts.get("plain-can-make"));
    }
    let Some(onboarding) = model.onboarding() else {
        return lines;
    };
    lines.push(&texts.get("plain-help-steps"));
    let rules = model.rules(&onboarding.profile);
    for (at, step) in progress::visible_steps(&onboarding.profile).enumerate() {
        let is_unusable = wizard::has_unusable_certificate(model, onboarding, step);
        let done = texts.get(
            match progress::is_done(step, &onboarding.profile, rules) && !is_unusable {
                true => "plain-step-done",
                false => "plain-step-open",
            },
        );
        let name = texts.get(&format!("step-{}.short", step.id));
        lines.push(&format!("{}  {name}, {done}", at + 1));
    }
    lines
}
