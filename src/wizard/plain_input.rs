//! The messages of plain mode, which answer a whole question at once: a row or option by number, a text as a line.

use tui_input::Input;

use super::{
    answers, editing,
    message::Effect,
    model::{Model, View},
    navigation, profile_list,
    rows::{Row, choice_options, focused_row, rows},
};

/// Focuses a row by its index, from 0.
pub(super) fn focus(model: &mut Model, to: usize) -> Vec<Effect> {
    if let View::ProfileList(list) = &mut model.view {
        list.focus = to.min(list.profiles.as_ref().map_or(0, Vec::len));
        return Vec::new();
    }
    let last = model
        .onboarding()
        .map_or(0, |onboarding| rows(model, onboarding).len().saturating_sub(1));
    navigation::set_focus(model, to.min(last));
    Vec::new()
}

/// Takes an option of the focused choice by its index, from 0.
pub(super) fn choose(model: &mut Model, index: usize) -> Vec<Effect> {
    let Some(Row::Choice(field)) = focused_row(model) else {
        return Vec::new();
    };
    let chosen = model.onboarding().and_then(|onboarding| onboarding.chosen(field));
    match choice_options(model, field).into_iter().nth(index) {
        Some(option) if Some(&option.value) != chosen.as_ref() => answers::set_choice(model, field, &option.value),
        _ => Vec::new(),
    }
}

/// Takes a line as the answer to the focused question and goes on. An invalid line sets the error and leaves the earlier
/// answer.
pub(super) fn answer(model: &mut Model, line: &str) -> Vec<Effect> {
    if let View::NewProfile(name) = &mut model.view {
        let before = std::mem::take(&mut name.input);
        editing::paste(model, line);
        let effects = profile_list::confirm_name(model);
        if let View::NewProfile(name) = &mut model.view {
            name.input = before;
        }
        return effects;
    }
    let Some(Row::Text(field)) = focused_row(model) else {
        return Vec::new();
    };
    editing::cancel(model);
    editing::start(model);
    editing::change_text(model, |input| *input = Input::default());
    editing::paste(model, line);
    let effects = navigation::confirm(model);
    let error = model
        .onboarding()
        .and_then(|onboarding| onboarding.inputs.get(&field))
        .and_then(|input| input.error.clone());
    if error.is_some() {
        editing::cancel(model);
        editing::start_if_unanswered(model);
        if let Some(onboarding) = model.onboarding_mut() {
            onboarding.inputs.entry(field).or_default().error = error;
        }
    }
    effects
}
