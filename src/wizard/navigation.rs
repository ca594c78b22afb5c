//! Navigation between rows and steps, and the actions on the focused row: tick, open, copy.

use super::{
    answers, certificate, check,
    editing::{self, Take},
    message::Effect,
    model::Model,
    open_profile::{AfterEdit, Check, Inspection},
    rows::{Row, focused_row, rows},
    saving::save,
    stale_ticks::remove_stale,
};
use crate::{
    journey::{FieldId, Item, StepKind},
    profile::{FILE_NOT_FOUND, Profile, fields::get::written_values, progress},
    text::Args,
};

/// Takes the edited text, then focuses the row below or above.
pub(super) fn move_focus(model: &mut Model, down: bool) -> Vec<Effect> {
    let then = if down { AfterEdit::Down } else { AfterEdit::Up };
    let effects = match editing::take(model, then) {
        Take::Ended(effects) => effects,
        Take::Continues(effects) => return effects,
    };
    let Some(onboarding) = model.onboarding() else {
        return effects;
    };
    let last = rows(model, onboarding).len().saturating_sub(1);
    let to = if down {
        (onboarding.focus + 1).min(last)
    } else {
        onboarding.focus.saturating_sub(1)
    };
    set_focus(model, to);
    effects
}

/// Focuses a row by its index. An edit that was not taken is cancelled.
pub(super) fn set_focus(model: &mut Model, to: usize) {
    editing::cancel(model);
    if let Some(onboarding) = model.onboarding_mut() {
        // An error is about a text that has just been given.
        onboarding.inputs.values_mut().for_each(|input| input.error = None);
        onboarding.just_answered = false;
        onboarding.focus = to;
    }
    editing::start_if_unanswered(model);
}

/// Takes the focused answer or ticks the focused item, and goes on to the next row or step.
pub(super) fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    match (onboarding.current_step().kind, focused_row(model)) {
        (StepKind::Check, _) => check::run(model),
        (_, None) => next_step(model),
        (_, Some(Row::Text(field))) => confirm_text(model, field),
        (_, Some(Row::Choice(field))) if onboarding.chosen(field).is_none() => {
            model.warn("notice-choose", Args::new());
            Vec::new()
        }
        (_, Some(Row::Choice(_))) => next_row(model),
        (_, Some(Row::Service(_))) => next_step_if_complete(model),
        (_, Some(Row::Item(item))) => confirm_item(model, item),
    }
}

fn confirm_text(model: &mut Model, field: FieldId) -> Vec<Effect> {
    let effects = match editing::take(model, AfterEdit::Confirm) {
        Take::Ended(effects) => effects,
        Take::Continues(effects) => return effects,
    };
    if field == FieldId::Certificate
        && let Some(onboarding) = model.onboarding_mut()
        && !onboarding.profile.progress.done.contains_key(FILE_NOT_FOUND)
    {
        // The result of the inspection appears below the path: the user reads it before going on.
        if matches!(onboarding.inspection, Inspection::Running { .. }) {
            onboarding.just_answered = true;
            return effects;
        }
        if certificate::needs_password(model) {
            return [effects, certificate::ask_password(model)].concat();
        }
    }
    let ticked = tick_source(model, field);
    let is_source = model
        .onboarding()
        .is_some_and(|onboarding| onboarding.current_step().kind == StepKind::Checklist);
    let next = next_row(model);
    if is_source {
        // The client is known: how to sign is the next question, before the file that it decides about.
        focus_by_id(model, FieldId::Authentication.id());
    }
    [effects, ticked, next].concat()
}

/// Ticks the item in which an answered text comes into being: the client id that is copied from the portal.
fn tick_source(model: &mut Model, field: FieldId) -> Vec<Effect> {
    let now = model.now;
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let answered = !written_values(&onboarding.profile, field).is_empty();
    let step = onboarding.current_step();
    let item = step
        .items
        .last()
        .filter(|_| answered && step.kind == StepKind::Checklist);
    let Some(key) = item.map(|item| item.key.clone()) else {
        return Vec::new();
    };
    if onboarding.profile.progress.done.contains_key(&key) {
        return Vec::new();
    }
    onboarding.profile.tick(key, now);
    save(model)
}

/// Ticks an item. Goes on to the next one, or to the next step if this was the last one or all are ticked.
fn confirm_item(model: &mut Model, item: &Item) -> Vec<Effect> {
    let mut effects = Vec::new();
    let Some(onboarding) = model.onboarding() else {
        return effects;
    };
    if !onboarding.is_ticked(item) {
        effects = toggle(model);
    }
    let Some(onboarding) = model.onboarding() else {
        return effects;
    };
    let rows = rows(model, onboarding);
    let is_done = |row: &Row| match row {
        Row::Item(item) => onboarding.is_ticked(item),
        Row::Text(field) => !written_values(&onboarding.profile, *field).is_empty(),
        Row::Choice(_) | Row::Service(_) => true,
    };
    let next = onboarding.focus + 1;
    if onboarding.current_step().kind == StepKind::Form {
        effects.extend(next_row(model));
    } else if rows.iter().all(is_done) || next >= rows.len() {
        effects.extend(next_step(model));
    } else {
        set_focus(model, next);
    }
    effects
}

/// Focuses the next row; after the last one, goes to the next step if nothing is missing in this one.
fn next_row(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let next = onboarding.focus + 1;
    if next < rows(model, onboarding).len() {
        set_focus(model, next);
        return Vec::new();
    }
    next_step_if_complete(model)
}

fn next_step_if_complete(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let step = onboarding.current_step();
    let Some(missing) = progress::missing_fields(step, &onboarding.profile).first().copied() else {
        return next_step(model);
    };
    focus_by_id(model, missing.id());
    model.warn(
        if missing == FieldId::Services {
            "notice-choose-service"
        } else {
            "notice-needed"
        },
        Args::new(),
    );
    Vec::new()
}

/// Handles the result of the search for the file of an edited path: takes the path, or warns that there is no file.
pub(super) fn on_file_found(model: &mut Model, attempt: u64, found: bool) -> Vec<Effect> {
    match editing::on_file_found(model, attempt, found) {
        Some(AfterEdit::Confirm) => confirm(model),
        Some(AfterEdit::Up) => move_focus(model, false),
        Some(AfterEdit::Down) => move_focus(model, true),
        None => Vec::new(),
    }
}

fn next_step(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let (index, count) = onboarding.step_number();
    if index + 1 < count {
        go_to_number(model, index + 2)
    } else {
        Vec::new()
    }
}

/// Goes to the step with that number in the step list, from 1.
pub(super) fn go_to_number(model: &mut Model, number: usize) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let nth = |index| progress::visible_steps(&onboarding.profile).nth(index);
    let Some(step) = number.checked_sub(1).and_then(nth) else {
        return Vec::new();
    };
    go_to_step(model, &step.id)
}

/// Goes to a step and saves the position. An edit that was not taken is cancelled.
fn go_to_step(model: &mut Model, step: &str) -> Vec<Effect> {
    editing::cancel(model);
    // A diagnosis can name a step that this profile does not have.
    let visible = model
        .onboarding()
        .is_some_and(|onboarding| progress::visible_steps(&onboarding.profile).any(|other| other.id == step));
    let Some(onboarding) = model.onboarding_mut().filter(|_| visible) else {
        return Vec::new();
    };
    onboarding.step = step.to_owned();
    onboarding.profile.progress.step = Some(step.to_owned());
    model.scroll = 0;
    [save(model), enter_step(model)].concat()
}

/// Goes to the step where the diagnosis on the screen is fixed, and focuses the field or item that it is about.
pub(super) fn go_to_fix(model: &mut Model) -> Vec<Effect> {
    let diagnosis = match model.onboarding().map(|onboarding| &onboarding.check) {
        Some(Check::Ended(report)) => report.diagnosis.as_ref(),
        _ => None,
    };
    let Some((step, at)) = diagnosis.map(|diagnosis| (diagnosis.step.clone(), diagnosis.fix_at.clone())) else {
        return Vec::new();
    };
    let effects = go_to_step(model, &step);
    if let Some(at) = at {
        focus_by_id(model, &at);
    }
    effects
}

/// Focuses a field by its id, or an item by its key `step.item`. Does nothing if the current step does not show it.
pub(super) fn focus_by_id(model: &mut Model, id: &str) {
    if let Some(at) = focus_index(model, id) {
        set_focus(model, at);
    }
}

fn focus_index(model: &Model, id: &str) -> Option<usize> {
    let onboarding = model.onboarding()?;
    rows(model, onboarding).iter().position(|row| row_id(row) == id)
}

/// Returns the id of a row: of its field, or of its item as `step.item`.
fn row_id(row: &Row) -> String {
    match row {
        Row::Choice(field) | Row::Text(field) => field.id().to_owned(),
        Row::Service(_) => FieldId::Services.id().to_owned(),
        Row::Item(item) => item.key.clone(),
    }
}

/// Returns the id of the focused row; `None` on the check.
pub(super) fn focused_id(model: &Model) -> Option<String> {
    focused_row(model).map(|row| row_id(&row))
}

/// Prepares the step on the screen: its fields show the answers, the first row that is not done gets the focus, and a
/// certificate is inspected.
pub(super) fn enter_step(model: &mut Model) -> Vec<Effect> {
    answers::refresh_fields(model);
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let step = onboarding.current_step();
    let missing = progress::missing_fields(step, &onboarding.profile).first().copied();
    let unticked = rows(model, onboarding)
        .iter()
        .position(|row| matches!(row, Row::Item(item) if !onboarding.is_ticked(item)));
    let asks_certificate = progress::asks_certificate(step);
    let file_missing = asks_certificate && onboarding.profile.progress.done.contains_key(FILE_NOT_FOUND);
    let missing = missing.or(file_missing.then_some(FieldId::Certificate));
    // One that `config.toml` no longer defines: focused if this step asks for it.
    let is_unknown = model.environment(&onboarding.profile).is_none();
    let asks_environment = step.fields.iter().any(|field| field.id == FieldId::Environment);
    let missing = match is_unknown && asks_environment {
        true => Some(FieldId::Environment),
        false => missing,
    };
    // A file that was inspected before may have changed since.
    let inspects = asks_certificate
        && onboarding.profile.certificate.path.is_some()
        && !matches!(onboarding.inspection, Inspection::Running { .. });
    if let Some(onboarding) = model.onboarding_mut() {
        // A result is valid only for the answers that were checked.
        let has_result = matches!(onboarding.check, Check::Ended(_) | Check::Waiting { .. });
        if has_result && onboarding.profile.changed_since_check() {
            onboarding.check = Check::Idle;
        }
    }
    set_focus(model, unticked.unwrap_or(0));
    if let Some(missing) = missing {
        focus_by_id(model, missing.id());
    }
    if inspects {
        certificate::inspect(model, false, false)
    } else {
        Vec::new()
    }
}

/// Shows the answers that another program has given. None were given here.
pub(super) fn on_answers_reread(model: &mut Model, profile: Profile) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    onboarding.unsaved = None;
    onboarding.profile = profile;
    if matches!(onboarding.inspection, Inspection::Finished(_)) {
        onboarding.inspection = Inspection::NotStarted;
    }
    let effects = enter_step(model);
    model.inform("notice-reread", Args::new());
    effects
}

/// Ticks or unticks the focused item or service; takes the next option of a choice. The focus stays.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    match focused_row(model) {
        Some(Row::Choice(_)) => answers::cycle_choice(model, true),
        Some(Row::Service(service)) => {
            let Some(onboarding) = model.onboarding_mut() else {
                return Vec::new();
            };
            let before = onboarding.profile.clone();
            let mut services = before.business.services.clone();
            match services.iter().position(|id| *id == service.id) {
                Some(at) => drop(services.remove(at)),
                None => services.push(service.id.clone()),
            }
            onboarding.profile.choose_services(services);
            remove_stale(model, &before);
            save(model)
        }
        Some(Row::Item(item)) => {
            let Some(onboarding) = model.onboarding_mut() else {
                return Vec::new();
            };
            if onboarding.profile.progress.done.remove(&item.key).is_none() {
                onboarding.profile.tick(item.key.clone(), now);
            }
            save(model)
        }
        Some(Row::Text(_)) | None => Vec::new(),
    }
}
