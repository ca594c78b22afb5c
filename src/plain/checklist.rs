//! Things to do elsewhere, ticked here by their numbers.

use super::{Lines, form::tick};
use crate::{
    journey::{Item, Who},
    text::{Args, Texts},
    wizard::{self, Model, Onboarding, Row},
};

pub fn show(question: &mut Lines, model: &Model, texts: &Texts, onboarding: &Onboarding) -> String {
    for (at, row) in wizard::rows(model, onboarding).into_iter().enumerate() {
        if let Row::Item(item) = row {
            show_item(question, model, texts, onboarding, (at + 1, item));
        }
    }
    if let Some(wait) = &onboarding.current_step().wait {
        question.say(&texts.get(&format!("wait-{wait}")));
    }
    texts.get("plain-prompt-items")
}

fn show_item(
    question: &mut Lines,
    model: &Model,
    texts: &Texts,
    onboarding: &Onboarding,
    (number, item): (usize, &Item),
) {
    let step = onboarding.current_step();
    let ticked = onboarding.profile.progress.done.contains_key(&step.item_key(item));
    let id = format!("item-{}-{}", step.id, item.id);
    question.say(&format!("{number}  {} {}", tick(ticked), texts.get(&id)));
    if let Some(help) = texts.find(&format!("{id}.help"), &Args::new()) {
        question.say(&help);
    }
    if item.who != Who::You {
        question.say(&texts.get(&format!("who-{}", item.who.id())));
    }
    // What is carried elsewhere stands alone on its line, so that it can be selected whole.
    for (what, value) in wizard::copy_values(onboarding, item, texts) {
        let what = texts.get(&format!("copyable-{}", what.id()));
        question.say(&texts.with("plain-value", &Args::new().with("what", what)));
        question.say(&value);
    }
    if let Some(address) = wizard::item_link(model, item) {
        question.say(&address);
    }
}
