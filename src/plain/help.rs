//! What can be typed, and the whole road by number.

use super::{Lines, form::tick};
use crate::{
    profile::progress,
    text::Texts,
    wizard::{self, Model},
};

pub fn help(model: &Model, texts: &Texts) -> Lines {
    let mut lines = Lines::default();
    lines.blank();
    lines.say(&texts.get("plain-help"));
    if wizard::can_generate_key(model) {
        lines.say(&texts.get("plain-can-make"));
    }
    let Some(onboarding) = model.onboarding() else {
        return lines;
    };
    lines.say(&texts.get("plain-help-road"));
    let rules = model.rules(&onboarding.profile);
    for (at, step) in progress::visible_steps(&onboarding.profile).into_iter().enumerate() {
        let done = tick(progress::is_done(step, &onboarding.profile, rules));
        let name = texts.get(&format!("step-{}.short", step.id));
        lines.say(&format!("{}  {done} {name}", at + 1));
    }
    lines
}
