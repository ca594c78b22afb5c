//! Answers that come whole, as a typed line or a number in a list, where a drawn screen has keys for each move.

use super::{
    answers,
    message::Effect,
    model::{Entry, Model, View},
    navigation, profile_list,
    rows::{Row, choices, focused, rows},
};

/// To a row by its number, from 0. What stood in the one before is taken as its answer.
pub(super) fn focus(model: &mut Model, to: usize) -> Vec<Effect> {
    if let View::ProfileList(profile_list) = &mut model.place {
        profile_list.focus = to.min(profile_list.profiles.as_ref().map_or(0, Vec::len));
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

/// Takes an option of the choice with the focus by its number, from 0.
pub(super) fn choose(model: &mut Model, number: usize) -> Vec<Effect> {
    let Some(Row::Choice(field)) = focused(model) else {
        return Vec::new();
    };
    let taken = model.onboarding().and_then(|onboarding| onboarding.chosen(field));
    match choices(model, field).into_iter().nth(number) {
        Some(option) if Some(&option.value) != taken.as_ref() => answers::choose_one(model, field, &option.value),
        _ => Vec::new(),
    }
}

/// Takes a line as the answer to the question with the focus, and goes on. A line that is refused leaves the answer
/// there was, with the rule beside it.
pub(super) fn answer(model: &mut Model, line: &str) -> Vec<Effect> {
    if let View::Naming(naming) = &mut model.place {
        let before = std::mem::take(&mut naming.input);
        answers::paste(model, line);
        let effects = profile_list::name(model);
        if let View::Naming(naming) = &mut model.place {
            naming.input = before;
        }
        return effects;
    }
    let Some(Row::Text(field)) = focused(model) else {
        return Vec::new();
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let before = onboarding.entries.remove(&field).unwrap_or_default();
    answers::paste(model, line);
    let effects = navigation::confirm(model);
    if let Some(entry) = model
        .onboarding_mut()
        .and_then(|onboarding| onboarding.entries.get_mut(&field))
        && let Some(refusal) = entry.refusal.take()
    {
        *entry = Entry {
            refusal: Some(refusal),
            ..before
        };
    }
    effects
}
