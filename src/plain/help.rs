//! The help: the commands, and the numbered list of all steps.

use super::Lines;
use crate::{
    profile::progress,
    symbols::checkbox,
    text::Texts,
    wizard::{self, Model},
};

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
    for (at, step) in progress::visible_steps(&onboarding.profile).into_iter().enumerate() {
        let done = checkbox(progress::is_done(step, &onboarding.profile, rules));
        let name = texts.get(&format!("step-{}.short", step.id));
        lines.push(&format!("{}  {done} {name}", at + 1));
    }
    lines
}
