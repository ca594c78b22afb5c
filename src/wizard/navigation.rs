//! Navigation between rows and steps, and the actions on the focused row: tick, open, copy.

use super::{
    answers, certificate, check,
    message::Effect,
    model::{Check, Inspection, Model},
    rows::{Row, copy_values, focused_row, rows},
    saving::save,
    stale_ticks::remove_stale,
};
use crate::{
    journey::{FieldId, Item, StepKind},
    profile::progress,
    text::{Args, Texts},
};

/// The maximum number of lines that a report can be scrolled.
const MAX_SCROLL_LINES: usize = 24;

/// Takes the text of the focused row as its answer, then focuses the row below or above. A report scrolls instead.
pub(super) fn move_focus(model: &mut Model, down: bool) -> Vec<Effect> {
    let effects = answers::commit(model);
    let count = model
        .onboarding()
        .map_or(0, |onboarding| match onboarding.current_step().kind {
            StepKind::Check => MAX_SCROLL_LINES,
            StepKind::Form | StepKind::Checklist => rows(model, onboarding).len(),
        });
    if let Some(onboarding) = model.onboarding_mut() {
        onboarding.candidates.clear();
        onboarding.focus = if down {
            (onboarding.focus + 1).min(count.saturating_sub(1))
        } else {
            onboarding.focus.saturating_sub(1)
        };
    }
    effects
}

/// Takes the focused answer and goes on to the next row, or to the next step if nothing is missing in this one.
pub(super) fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let step = onboarding.current_step();
    match step.kind {
        StepKind::Check => return check::run(model),
        StepKind::Checklist => return next_step(model),
        StepKind::Form => {}
    }
    let Some(row) = focused_row(model) else {
        return next_step(model);
    };
    let effects = answers::commit(model);
    if let Row::Text(field) = row {
        if has_error(model, field) {
            return effects;
        }
        // The result of the inspection appears below the path: the user reads it before going on.
        if field == FieldId::Certificate
            && matches!(
                model.onboarding().map(|onboarding| &onboarding.inspection),
                Some(Inspection::Running { .. })
            )
        {
            return effects;
        }
        if field == FieldId::Certificate && certificate::needs_password(model) {
            return [effects, certificate::ask_password(model)].concat();
        }
    }
    if let Row::Choice(field) = row
        && model
            .onboarding()
            .is_some_and(|onboarding| onboarding.chosen(field).is_none())
    {
        model.warn("notice-choose", Args::new());
        return effects;
    }
    let Some(onboarding) = model.onboarding() else {
        return effects;
    };
    let last = onboarding.focus + 1 >= rows(model, onboarding).len();
    if !last && !matches!(row, Row::Service(_)) {
        if let Some(onboarding) = model.onboarding_mut() {
            onboarding.focus += 1;
        }
        return effects;
    }
    if let Some(missing) = progress::missing_fields(step, &onboarding.profile).first().copied() {
        focus_field(model, missing);
        model.warn(
            if missing == FieldId::Services {
                "notice-choose-service"
            } else {
                "notice-needed"
            },
            Args::new(),
        );
        return effects;
    }
    [effects, next_step(model)].concat()
}

fn has_error(model: &Model, field: FieldId) -> bool {
    model
        .onboarding()
        .and_then(|onboarding| onboarding.inputs.get(&field))
        .is_some_and(|input| input.error.is_some())
}

fn focus_field(model: &mut Model, field: FieldId) {
    let Some(onboarding) = model.onboarding() else { return };
    let at = rows(model, onboarding).iter().position(|row| match row {
        Row::Choice(id) | Row::Text(id) => *id == field,
        Row::Service(_) => field == FieldId::Services,
        Row::Item(_) => false,
    });
    if let (Some(at), Some(onboarding)) = (at, model.onboarding_mut()) {
        onboarding.focus = at;
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
    let steps = progress::visible_steps(&onboarding.profile);
    let Some(step) = number.checked_sub(1).and_then(|index| steps.get(index)) else {
        return Vec::new();
    };
    go_to_step(model, &step.id)
}

/// Takes the text of the focused row as its answer, goes to a step and saves the position.
fn go_to_step(model: &mut Model, step: &str) -> Vec<Effect> {
    let mut effects = answers::commit(model);
    // The answer may have hidden the step.
    let visible = model.onboarding().is_some_and(|onboarding| {
        progress::visible_steps(&onboarding.profile)
            .iter()
            .any(|other| other.id == step)
    });
    let Some(onboarding) = model.onboarding_mut().filter(|_| visible) else {
        return effects;
    };
    onboarding.step = step.to_owned();
    onboarding.profile.progress.step = Some(step.to_owned());
    onboarding.candidates.clear();
    effects.extend(save(model));
    effects.extend(enter_step(model));
    effects
}

/// Goes to the step where the diagnosis on the screen is fixed.
pub(super) fn go_to_fix(model: &mut Model) -> Vec<Effect> {
    let step = match model.onboarding().map(|onboarding| &onboarding.check) {
        Some(Check::Ended(report)) => report.diagnosis.as_ref().map(|diagnosis| diagnosis.step.clone()),
        _ => None,
    };
    step.map(|step| go_to_step(model, &step)).unwrap_or_default()
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
    let unticked = rows(model, onboarding).iter().position(
        |row| matches!(row, Row::Item(item) if !onboarding.profile.progress.done.contains_key(&step.item_key(item))),
    );
    let asks_certificate = step.fields.iter().any(|field| field.id == FieldId::Certificate);
    let not_inspected =
        matches!(onboarding.inspection, Inspection::NotStarted) && onboarding.profile.certificate.path.is_some();
    if let Some(onboarding) = model.onboarding_mut() {
        // A result is valid only for the answers that were checked.
        if matches!(onboarding.check, Check::Ended(_)) && onboarding.profile.changed_since_check() {
            onboarding.check = Check::Idle;
        }
        onboarding.focus = unticked.unwrap_or(0);
    }
    if let Some(missing) = missing {
        focus_field(model, missing);
    }
    if asks_certificate && not_inspected {
        certificate::inspect(model, false, false)
    } else {
        Vec::new()
    }
}

/// Ticks or unticks the focused item or service; takes the next option of a choice.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    match focused_row(model) {
        Some(Row::Choice(_)) => answers::cycle_choice(model, true),
        Some(Row::Service(service)) => {
            let Some(onboarding) = model.onboarding_mut() else {
                return Vec::new();
            };
            let before = onboarding.profile.clone();
            let services = &mut onboarding.profile.business.services;
            match services.iter().position(|id| *id == service.id) {
                Some(at) => drop(services.remove(at)),
                None => services.push(service.id.clone()),
            }
            let own = onboarding.profile.own_scopes();
            onboarding.profile.set_scopes(&own);
            remove_stale(model, &before);
            save(model)
        }
        Some(Row::Item(item)) => {
            let Some(onboarding) = model.onboarding_mut() else {
                return Vec::new();
            };
            let key = onboarding.current_step().item_key(item);
            let ticked = onboarding.profile.progress.done.remove(&key).is_none();
            if ticked {
                onboarding.profile.progress.done.insert(key, now);
            }
            let effects = save(model);
            // The focus moves down, so that one key ticks a whole list.
            if ticked {
                [effects, move_focus(model, true)].concat()
            } else {
                effects
            }
        }
        Some(Row::Text(_)) | None => Vec::new(),
    }
}

/// Opens the link of the focused item in a browser.
pub(super) fn open_link(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Item(item)) = focused_row(model) else {
        return Vec::new();
    };
    match item_link(model, item) {
        Some(link) => {
            model.inform("notice-opened", Args::new().with("link", &link));
            vec![Effect::OpenLink(link)]
        }
        None => Vec::new(),
    }
}

/// Returns the address of an item, in the profile's environment. `None` if the item has none.
pub fn item_link(model: &Model, item: &Item) -> Option<String> {
    match item.link.as_deref()? {
        "portal" => model
            .environment(&model.onboarding()?.profile)
            .map(|environment| environment.portal.clone()),
        link => Some(link.to_owned()),
    }
}

/// Copies the next value of the focused item; on the check, the report.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let texts = Texts::new(model.language);
    if let Some(report) = check::report_text(model, &texts) {
        model.inform("notice-copied-report", Args::new());
        return vec![Effect::Copy(report)];
    }
    let Some(Row::Item(item)) = focused_row(model) else {
        return Vec::new();
    };
    let copyable = model
        .onboarding()
        .map(|onboarding| copy_values(onboarding, item, &texts))
        .unwrap_or_default();
    let mut values: Vec<(&str, String)> = copyable
        .into_iter()
        .map(|(copyable, value)| (copyable.id(), value))
        .collect();
    values.extend(item_link(model, item).map(|link| ("link", link)));
    let index = model.next_copy % values.len().max(1);
    let Some((what, value)) = values.into_iter().nth(index) else {
        return Vec::new();
    };
    model.next_copy = index + 1;
    // A terminal can ignore the OSC 52 sequence, so the notice only says that the text was sent.
    model.inform(
        "notice-copied",
        Args::new().with("what", texts.get(&format!("copyable-{what}"))),
    );
    vec![Effect::Copy(value)]
}
