//! Moving along the road: between rows, between steps; opening and copying what a row offers.

use super::{
    answers, certificate, check,
    message::{Effect, Save},
    model::{Check, Model, Place, Reading, Walk},
    profile_list,
    rows::{Row, copies, rows},
};
use crate::{
    journey::{FieldId, StepKind},
    profile::progress,
    text::{Args, Texts},
};

/// As far down as a report can be scrolled, in lines.
const SCROLL: usize = 24;

/// The row that has the focus.
pub(super) fn focused(model: &Model) -> Option<Row> {
    let walk = model.walk()?;
    rows(model, walk).get(walk.focus).copied()
}

pub(super) fn walk_mut(model: &mut Model) -> Option<&mut Walk> {
    match &mut model.place {
        Place::Walk(walk) => Some(walk),
        Place::Shelf(_) | Place::Naming(_) => None,
    }
}

/// Writes the answers down as they are now.
pub(super) fn save(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    let Some(walk) = walk_mut(model) else { return Vec::new() };
    walk.profile.updated = now;
    let how = if walk.saved_once { Save::Update } else { Save::Create };
    vec![Effect::Save {
        name: walk.name.clone(),
        profile: Box::new(walk.profile.clone()),
        how,
    }]
}

/// To another row. What was typed in the one before is taken as its answer.
pub(super) fn moved(model: &mut Model, down: bool) -> Vec<Effect> {
    let effects = answers::commit(model);
    let count = model.walk().map_or(0, |walk| match walk.current().kind {
        // The check has no rows: what is above or below comes into sight instead.
        StepKind::Check => SCROLL,
        StepKind::Form | StepKind::Checklist => rows(model, walk).len(),
    });
    if let Some(walk) = walk_mut(model) {
        walk.candidates.clear();
        walk.focus = if down {
            (walk.focus + 1).min(count.saturating_sub(1))
        } else {
            walk.focus.saturating_sub(1)
        };
    }
    effects
}

/// Enter: takes the answer and goes on to what is next.
pub(super) fn confirm(model: &mut Model) -> Vec<Effect> {
    let Some(walk) = model.walk() else { return Vec::new() };
    let step = walk.current();
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
            && matches!(model.walk().map(|walk| &walk.reading), Some(Reading::Underway { .. }))
        {
            return effects;
        }
        // The certificate's password is asked for where the path stands.
        if field == FieldId::Certificate && certificate::wants_password(model) {
            return [effects, certificate::unlock(model)].concat();
        }
    }
    if let Row::Choice(field) = row
        && model.walk().is_some_and(|walk| walk.chosen(field).is_none())
    {
        model.warn("notice-choose", Args::new());
        return effects;
    }
    let Some(walk) = model.walk() else { return effects };
    let last = walk.focus + 1 >= rows(model, walk).len();
    if !last && !matches!(row, Row::Service(_)) {
        if let Some(walk) = walk_mut(model) {
            walk.focus += 1;
        }
        return effects;
    }
    if let Some(missing) = progress::missing_fields(step, &walk.profile).first().copied() {
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
        .walk()
        .and_then(|walk| walk.entries.get(&field))
        .is_some_and(|entry| entry.refusal.is_some())
}

fn focus_on(model: &mut Model, field: FieldId) {
    let Some(walk) = model.walk() else { return };
    let at = rows(model, walk).iter().position(|row| match row {
        Row::Choice(id) | Row::Text(id) => *id == field,
        Row::Service(_) => field == FieldId::Services,
        Row::Item(_) => false,
    });
    if let (Some(at), Some(walk)) = (at, walk_mut(model)) {
        walk.focus = at;
    }
}

fn on_to_next_step(model: &mut Model) -> Vec<Effect> {
    let Some(walk) = model.walk() else { return Vec::new() };
    let (number, count) = walk.number();
    if number + 1 < count {
        go_to_number(model, number + 2)
    } else {
        Vec::new()
    }
}

/// To the step before; from the first to the list of profiles. Never refused.
pub(super) fn back(model: &mut Model) -> Vec<Effect> {
    let Some(walk) = model.walk() else { return Vec::new() };
    match walk.number() {
        (0, _) => {
            let effects = answers::commit(model);
            [effects, profile_list::show(model)].concat()
        }
        (number, _) => go_to_number(model, number),
    }
}

/// To the step with that number on the rail, from 1.
pub(super) fn go_to_number(model: &mut Model, number: usize) -> Vec<Effect> {
    let Some(walk) = model.walk() else { return Vec::new() };
    let steps = progress::visible_steps(&walk.profile);
    let Some(step) = number.checked_sub(1).and_then(|index| steps.get(index)) else {
        return Vec::new();
    };
    go_to(model, &step.id)
}

/// To a step. The position is saved, and the focus is where something is left to do.
pub(super) fn go_to(model: &mut Model, step: &str) -> Vec<Effect> {
    let mut effects = answers::commit(model);
    // A commit may have made the step disappear: then there is nowhere to go.
    let visible = model.walk().is_some_and(|walk| {
        progress::visible_steps(&walk.profile)
            .iter()
            .any(|other| other.id == step)
    });
    let Some(walk) = walk_mut(model).filter(|_| visible) else {
        return effects;
    };
    walk.step = step.to_owned();
    walk.profile.progress.step = Some(step.to_owned());
    walk.candidates.clear();
    effects.extend(save(model));
    effects.extend(arrive(model));
    effects
}

/// What happens where a step comes on the screen: its fields show the answers, and the focus finds what is left.
pub(super) fn arrive(model: &mut Model) -> Vec<Effect> {
    answers::refresh(model);
    let Some(walk) = model.walk() else { return Vec::new() };
    let step = walk.current();
    let missing = progress::missing_fields(step, &walk.profile).first().copied();
    let unticked = rows(model, walk).iter().position(
        |row| matches!(row, Row::Item(item) if !walk.profile.progress.done.contains_key(&step.item_key(item))),
    );
    let asks_certificate = step.fields.iter().any(|field| field.id == FieldId::Certificate);
    let unread = matches!(walk.reading, Reading::Nothing) && walk.profile.certificate.path.is_some();
    if let Some(walk) = walk_mut(model) {
        // What a check has shown holds for the answers it was made of.
        if matches!(walk.check, Check::Ended(_)) && walk.profile.changed_since_check() {
            walk.check = Check::Idle;
        }
        walk.focus = unticked.unwrap_or(0);
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
            .environment(&model.walk()?.profile)
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
    let carried = model.walk().map(|walk| copies(walk, item, &texts)).unwrap_or_default();
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
