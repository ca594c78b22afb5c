//! The checklist step: items that the user does outside the wizard and ticks here by number.

use super::Lines;
use crate::{
    journey::{Item, Who},
    symbols::checkbox,
    text::{Args, Texts},
    wizard::{self, Model, Onboarding, Row},
};

/// Adds the items and returns the prompt.
pub fn add(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) -> String {
    for (at, row) in wizard::rows(model, onboarding).into_iter().enumerate() {
        if let Row::Item(item) = row {
            add_item(lines, model, texts, onboarding, (at + 1, item));
        }
    }
    if let Some(wait) = &onboarding.current_step().wait {
        lines.push(&texts.get(&format!("wait-{wait}")));
    }
    texts.get("plain-prompt-items")
}

fn add_item(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, (number, item): (usize, &Item)) {
    let step = onboarding.current_step();
    let ticked = onboarding.profile.progress.done.contains_key(&step.item_key(item));
    let id = format!("item-{}-{}", step.id, item.id);
    lines.push(&format!("{number}  {} {}", checkbox(ticked), texts.get(&id)));
    if onboarding.is_tick_removed(item) {
        lines.push(&texts.get("tick-removed"));
    }
    if wizard::is_contradicted(onboarding, item) {
        lines.push(&texts.get("tick-contradicted"));
    }
    if let Some(help) = texts.find(&format!("{id}.help"), &Args::new()) {
        lines.push(&help);
    }
    if item.who != Who::You {
        lines.push(&texts.get(&format!("who-{}", item.who.id())));
    }
    // A value to copy has a line of its own, so that the user can select it without other text.
    for (what, value) in wizard::copy_values(onboarding, item, texts) {
        let what = texts.get(&format!("copyable-{}", what.id()));
        lines.push(&texts.with("plain-value", &Args::new().with("what", what)));
        lines.push(&value);
    }
    if let Some(address) = wizard::item_link(model, item) {
        lines.push(&address);
    }
}
