//! The checklist step: items that the user does outside the wizard and ticks here by number.

use super::{Lines, form::tick};
use crate::{
    journey::{Item, Who},
    profile::copy_values::name_id,
    text::{Args, Texts},
    wizard::{self, Model, Onboarding, Row},
};

/// Adds the items and returns the prompt.
pub fn add(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) -> String {
    let rows = wizard::rows(model, onboarding);
    let items: Vec<&Item> = rows
        .iter()
        .filter_map(|row| match row {
            Row::Item(item) => Some(*item),
            Row::Choice(_) | Row::Service(_) | Row::Text(_) => None,
        })
        .collect();
    if wizard::can_create_client(model) {
        lines.push(&texts.get("plain-client-offer"));
    }
    for (at, item) in items.iter().enumerate() {
        add_item(lines, model, texts, onboarding, (at + 1, item));
    }
    if let Some(wait) = &onboarding.current_step().wait
        && wizard::awaits_others(model, onboarding)
    {
        lines.push(&texts.get(&format!("wait-{wait}")));
    }
    let args = Args::new()
        .with("step", texts.get(&format!("step-{}.short", onboarding.step)))
        .with("done", items.iter().filter(|item| onboarding.is_ticked(item)).count())
        .with("count", items.len());
    texts.with("plain-prompt-items", &args)
}

fn add_item(lines: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding, (number, item): (usize, &Item)) {
    let step = onboarding.current_step();
    let ticked = onboarding.is_ticked(item);
    let id = format!("item-{}-{}", step.id, item.id);
    lines.push(&format!("{number}  {}, {}.", texts.get(&id), tick(ticked, texts)));
    if let Some(by) = onboarding.profile.own_tick_text_id(&item.key) {
        lines.push(&texts.get(by));
    }
    if onboarding.is_tick_removed(item) {
        lines.push(&texts.get("tick-removed"));
    }
    if wizard::is_contradicted(onboarding, item) {
        lines.push(&texts.get("tick-contradicted"));
    }
    if let Some(help) = wizard::item_help(item, onboarding, texts) {
        lines.push(&help);
    }
    if item.letter.is_some() && !ticked {
        lines.push(&texts.with("plain-letter", &Args::new().with("number", number)));
    }
    if item.who != Who::You && !ticked {
        lines.push(&texts.get(&format!("who-{}", item.who.id())));
    }
    // A value to copy has a line of its own, so that the user can select it without other text.
    for (what, value) in wizard::copy_values(onboarding, item, texts) {
        let what = texts.get(&format!("copyable-{}", name_id(what, &value)));
        lines.push(&texts.with("plain-value", &Args::new().with("what", what)));
        lines.push(&value);
    }
    if let Some(address) = wizard::item_link(model, item) {
        lines.push(&address);
    }
}
