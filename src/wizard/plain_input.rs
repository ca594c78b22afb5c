//! The messages of plain mode, which answer a whole question at once: a row or option by number, a text as a line.

use super::{
    answers,
    message::Effect,
    model::{FieldInput, Model, View},
    navigation, profile_list,
    rows::{Row, choice_options, focused_row, rows},
};

/// Takes the text of the focused row as its answer, then focuses a row by its index, from 0.
pub(super) fn focus(model: &mut Model, to: usize) -> Vec<Effect> {
    if let View::ProfileList(list) = &mut model.view {
        list.focus = to.min(list.profiles.as_ref().map_or(0, Vec::len));
        return Vec::new();
    }
    let effects = answers::commit(model);
    let last = model
        .onboarding()
        .map_or(0, |onboarding| rows(model, onboarding).len().saturating_sub(1));
    if let Some(onboarding) = model.onboarding_mut() {
        onboarding.candidates.clear();
        onboarding.focus = to.min(last);
    }
    effects
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
        answers::paste(model, line);
        let effects = profile_list::confirm_name(model);
        if let View::NewProfile(name) = &mut model.view {
            name.input = before;
        }
        return effects;
    }
    let Some(Row::Text(field)) = focused_row(model) else {
        return Vec::new();
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let before = onboarding.inputs.remove(&field).unwrap_or_default();
    answers::paste(model, line);
    let effects = navigation::confirm(model);
    if let Some(input) = model
        .onboarding_mut()
        .and_then(|onboarding| onboarding.inputs.get_mut(&field))
        && let Some(error) = input.error.take()
    {
        *input = FieldInput {
            error: Some(error),
            ..before
        };
    }
    effects
}
