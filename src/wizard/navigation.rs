//! Moving along the road: between rows, between steps; opening and copying what a row offers.

use super::{
    answers, certificate, check,
    message::Effect,
    model::{Check, Model, Reading},
    rows::{Row, copies, focused, rows},
    saving::save,
};
use crate::{
    journey::{FieldId, StepKind},
    profile::progress,
    text::{Args, Texts},
};

/// As far down as a report can be scrolled, in lines.
const SCROLL: usize = 24;

/// To another row. What was typed in the one before is taken as its answer.
pub(super) fn moved(model: &mut Model, down: bool) -> Vec<Effect> {
    let effects = answers::commit(model);
    let count = model
        .onboarding()
        .map_or(0, |onboarding| match onboarding.current().kind {
            // The check has no rows: what is above or below comes into sight instead.
            StepKind::Check => SCROLL,
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

/// Enter: takes the answer and goes on to what is next.
pub(super) fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let step = onboarding.current();
    match step.kind {
        StepKind::Check => return check::run(model),
        StepKind::Checklist => return on_to_next_step(model),
        StepKind::Form => {}
    }
    let Some(row) = focused(model) else {
        return on_to_next_step(model);
    };
    let effects = answers::commit(model);
    if let Row::Text(field) = row {
        if refused(model, field) {
            return effects;
        }
        // What it is comes up below the path: one looks at it before one goes on.
        if field == FieldId::Certificate
            && matches!(
                model.onboarding().map(|onboarding| &onboarding.reading),
                Some(Reading::Underway { .. })
            )
        {
            return effects;
        }
        // The certificate's password is asked for where the path stands.
        if field == FieldId::Certificate && certificate::wants_password(model) {
            return [effects, certificate::unlock(model)].concat();
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
        focus_on(model, missing);
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
    [effects, on_to_next_step(model)].concat()
}

fn refused(model: &Model, field: FieldId) -> bool {
    model
        .onboarding()
        .and_then(|onboarding| onboarding.entries.get(&field))
        .is_some_and(|entry| entry.refusal.is_some())
}

fn focus_on(model: &mut Model, field: FieldId) {
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

fn on_to_next_step(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let (number, count) = onboarding.number();
    if number + 1 < count {
        go_to_number(model, number + 2)
    } else {
        Vec::new()
    }
}

/// To the step with that number on the rail, from 1.
pub(super) fn go_to_number(model: &mut Model, number: usize) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let steps = progress::visible_steps(&onboarding.profile);
    let Some(step) = number.checked_sub(1).and_then(|index| steps.get(index)) else {
        return Vec::new();
    };
    go_to(model, &step.id)
}

/// To a step. The position is saved, and the focus is where something is left to do.
pub(super) fn go_to(model: &mut Model, step: &str) -> Vec<Effect> {
    let mut effects = answers::commit(model);
    // A commit may have made the step disappear: then there is nowhere to go.
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
    effects.extend(arrive(model));
    effects
}

/// To the step that mends what the diagnosis says.
pub(super) fn go_to_fix(model: &mut Model) -> Vec<Effect> {
    let step = match model.onboarding().map(|onboarding| &onboarding.check) {
        Some(Check::Ended(report)) => report.diagnosis.as_ref().map(|diagnosis| diagnosis.step.clone()),
        _ => None,
    };
    step.map(|step| go_to(model, &step)).unwrap_or_default()
}

/// What happens where a step comes on the screen: its fields show the answers, and the focus finds what is left.
pub(super) fn arrive(model: &mut Model) -> Vec<Effect> {
    answers::refresh(model);
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let step = onboarding.current();
    let missing = progress::missing_fields(step, &onboarding.profile).first().copied();
    let unticked = rows(model, onboarding).iter().position(
        |row| matches!(row, Row::Item(item) if !onboarding.profile.progress.done.contains_key(&step.item_key(item))),
    );
    let asks_certificate = step.fields.iter().any(|field| field.id == FieldId::Certificate);
    let unread = matches!(onboarding.reading, Reading::Nothing) && onboarding.profile.certificate.path.is_some();
    if let Some(onboarding) = model.onboarding_mut() {
        // What a check has shown holds for the answers it was made of.
        if matches!(onboarding.check, Check::Ended(_)) && onboarding.profile.changed_since_check() {
            onboarding.check = Check::Idle;
        }
        onboarding.focus = unticked.unwrap_or(0);
    }
    if let Some(missing) = missing {
        focus_on(model, missing);
    }
    if asks_certificate && unread {
        certificate::read(model, false, false)
    } else {
        Vec::new()
    }
}

/// Space: ticks an item or a service, takes the next option of a choice.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    match focused(model) {
        Some(Row::Choice(_)) => answers::choose(model, true),
        Some(Row::Service(service)) => {
            let Some(onboarding) = model.onboarding_mut() else {
                return Vec::new();
            };
            let services = &mut onboarding.profile.business.services;
            match services.iter().position(|id| *id == service.id) {
                Some(at) => drop(services.remove(at)),
                None => services.push(service.id.clone()),
            }
            let own = onboarding.profile.own_scopes();
            onboarding.profile.set_scopes(&own);
            save(model)
        }
        Some(Row::Item(item)) => {
            let Some(onboarding) = model.onboarding_mut() else {
                return Vec::new();
            };
            let key = onboarding.current().item_key(item);
            let ticked = onboarding.profile.progress.done.remove(&key).is_none();
            if ticked {
                onboarding.profile.progress.done.insert(key, now);
            }
            let effects = save(model);
            // On to the next, so that a list can be ticked off with one key.
            if ticked {
                [effects, moved(model, true)].concat()
            } else {
                effects
            }
        }
        Some(Row::Text(_)) | None => Vec::new(),
    }
}

/// Opens the link of the row with the focus.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Item(item)) = focused(model) else {
        return Vec::new();
    };
    match link(model, item) {
        Some(link) => {
            model.tell("notice-opened", Args::new().with("link", &link));
            vec![Effect::Open(link)]
        }
        None => Vec::new(),
    }
}

/// The address an item leads to, in the environment of the profile.
pub fn link(model: &Model, item: &crate::journey::Item) -> Option<String> {
    match item.link.as_deref()? {
        "portal" => model
            .environment(&model.onboarding()?.profile)
            .map(|environment| environment.portal.clone()),
        link => Some(link.to_owned()),
    }
}

/// Copies what the row offers, one value at a time; on the check, the report.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let texts = Texts::new(model.language);
    if let Some(report) = check::report_text(model, &texts) {
        model.tell("notice-copied-report", Args::new());
        return vec![Effect::Copy(report)];
    }
    let Some(Row::Item(item)) = focused(model) else {
        return Vec::new();
    };
    let carried = model
        .onboarding()
        .map(|onboarding| copies(onboarding, item, &texts))
        .unwrap_or_default();
    let mut values: Vec<(&str, String)> = carried
        .into_iter()
        .map(|(copyable, value)| (copyable.id(), value))
        .collect();
    values.extend(link(model, item).map(|link| ("link", link)));
    let turn = model.copy_turn % values.len().max(1);
    let Some((what, value)) = values.into_iter().nth(turn) else {
        return Vec::new();
    };
    model.copy_turn = turn + 1;
    // A terminal may drop what it is sent, so no more is claimed than that it was sent.
    model.tell(
        "notice-copied",
        Args::new().with("what", texts.get(&format!("copyable-{what}"))),
    );
    vec![Effect::Copy(value)]
}
