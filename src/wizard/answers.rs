//! What is typed and chosen → the profile's answers.

use tui_input::{Input, InputRequest};

use super::{
    certificate,
    message::Effect,
    model::{Entry, Model, Onboarding, Reading, View},
    navigation::{self, focused, onboarding_mut, save},
    rows::{Row, choices},
};
use crate::{
    journey::{AnsweredBy, FieldId, journey},
    profile::{
        HAS_NUMBER, Kind, PORTAL_LOGIN, Profile,
        fields::{
            get::written_values,
            set::{Key, SetContext, set_answer},
        },
        parse::{ParseError, ProfileName},
    },
    text::Args,
};

/// Takes the next or the previous option of a choice.
pub(super) fn choose(model: &mut Model, forwards: bool) -> Vec<Effect> {
    let Some(Row::Choice(field)) = focused(model) else {
        return Vec::new();
    };
    let options = choices(model, field);
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let now = onboarding
        .chosen(field)
        .and_then(|chosen| options.iter().position(|option| option.value == chosen));
    let count = options.len();
    let next = match (now, forwards) {
        (None, true) => 0,
        (None, false) => count.saturating_sub(1),
        (Some(at), true) => (at + 1) % count.max(1),
        (Some(at), false) => (at + count.saturating_sub(1)) % count.max(1),
    };
    match options.get(next) {
        Some(option) if Some(next) != now => choose_one(model, field, &option.value),
        _ => Vec::new(),
    }
}

/// Space: ticks an item or a service, takes the next option of a choice.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    match focused(model) {
        Some(Row::Choice(_)) => choose(model, true),
        Some(Row::Service(service)) => {
            let Some(onboarding) = onboarding_mut(model) else {
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
            let Some(onboarding) = onboarding_mut(model) else {
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
                [effects, navigation::moved(model, true)].concat()
            } else {
                effects
            }
        }
        Some(Row::Text(_)) | None => Vec::new(),
    }
}

/// The profile with that answer, by the rules that the command line has too.
fn with_answer(model: &Model, field: FieldId, written: &str) -> Option<Result<Profile, ParseError>> {
    let environments: Vec<String> = model
        .environments
        .iter()
        .map(|environment| environment.id.clone())
        .collect();
    let around = SetContext {
        environments: &environments,
        folder: &model.folders.working,
        today: model.now.date(),
    };
    let mut profile = model.onboarding()?.profile.clone();
    profile.updated = model.now;
    Some(set_answer(&mut profile, Key::Field(field), written, around).map(|()| profile))
}

/// Gives a choice its answer.
pub(super) fn choose_one(model: &mut Model, field: FieldId, value: &str) -> Vec<Effect> {
    let Some(Ok(profile)) = with_answer(model, field, value) else {
        return Vec::new();
    };
    let Some(onboarding) = onboarding_mut(model) else {
        return Vec::new();
    };
    let before = std::mem::replace(&mut onboarding.profile, profile);
    let after = &onboarding.profile;
    let kind_changed = before.business.kind != after.business.kind;
    let way_changed = before.authentication() != after.authentication();
    let judged_anew = kind_changed || way_changed || before.environment != after.environment;
    let questions = [HAS_NUMBER, PORTAL_LOGIN];
    let worked_on = after.progress.done.keys().any(|key| !questions.contains(&key.as_str()));
    let moved = before.environment != after.environment && worked_on;
    if kind_changed {
        change_roads(onboarding);
    }
    if way_changed {
        change_files(onboarding);
        change_ways(model, &before);
    }
    if moved {
        model.warn("notice-environment-changed", Args::new());
    }
    refresh(model);
    let mut effects = save(model);
    let readable = model
        .onboarding()
        .is_some_and(|onboarding| onboarding.profile.certificate.path.is_some());
    if judged_anew && readable {
        effects.extend(certificate::read(model, false, false));
    }
    effects
}

/// Each road has its own field for what is sent as `iss`: what was typed for the one is kept for the way back.
fn change_roads(onboarding: &mut Onboarding) {
    let Some(kind) = onboarding.profile.business.kind else {
        return;
    };
    onboarding.entries.remove(&FieldId::Organisation);
    let (now, before) = match kind {
        Kind::Norwegian => (FieldId::ClientId, FieldId::IssuerName),
        Kind::Foreign => (FieldId::IssuerName, FieldId::ClientId),
    };
    if let Some(id) = onboarding.profile.client.id.take() {
        onboarding.entries.insert(
            before,
            Entry {
                input: Input::new(id),
                refusal: None,
                touched: true,
            },
        );
    }
    let typed = onboarding
        .entries
        .get(&now)
        .filter(|entry| entry.touched && entry.refusal.is_none());
    onboarding.profile.client.id = typed
        .map(|entry| entry.input.value().trim().to_owned())
        .filter(|typed| !typed.is_empty());
}

/// A certificate and a registered key are two files: that of the one way is kept for the way back.
fn change_files(onboarding: &mut Onboarding) {
    let certificate = &mut onboarding.profile.certificate;
    std::mem::swap(&mut certificate.path, &mut onboarding.other_file);
    (certificate.pick, onboarding.profile.certificate_ends) = (None, None);
    onboarding.entries.remove(&FieldId::Certificate);
    onboarding.reading = Reading::Nothing;
}

/// In the sandbox each way to sign has a client and a file of its own: where what it suggests for the one was taken, what it
/// suggests for the other takes its place.
fn change_ways(model: &mut Model, before: &Profile) {
    let Some(demonstration) = model.demonstration.clone() else {
        return;
    };
    for field in [FieldId::ClientId, FieldId::Certificate] {
        let Some(onboarding) = model.onboarding() else { return };
        let taken = written_values(before, field).pop();
        if taken.is_none() || taken != certificate::suggestion(&demonstration, before, field) {
            continue;
        }
        let other = certificate::suggestion(&demonstration, &onboarding.profile, field).unwrap_or_default();
        if let (Some(Ok(profile)), Some(onboarding)) = (with_answer(model, field, &other), onboarding_mut(model)) {
            onboarding.profile = profile;
            onboarding.entries.remove(&field);
        }
    }
}

/// A key in a field.
pub(super) fn edit(model: &mut Model, request: InputRequest) -> Vec<Effect> {
    typed(model, |input| {
        input.handle(request);
    })
}

/// What was pasted, without its line breaks and the spaces around it.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let text = text.trim();
    let one_line: String = text
        .split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .fold(String::new(), |mut joined, line| {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(line);
            joined
        });
    typed(model, |input| {
        for c in one_line.chars().filter(|c| !c.is_control()).take(4096) {
            input.handle(InputRequest::InsertChar(c));
        }
    })
}

fn typed(model: &mut Model, change: impl FnOnce(&mut Input)) -> Vec<Effect> {
    if let View::Naming(naming) = &mut model.place {
        change(&mut naming.input);
        // A name as people write it becomes one that fits: the same letters, small, and hyphens for spaces.
        let fitting = naming.input.value().to_lowercase().replace(' ', "-");
        if fitting != naming.input.value() {
            let cursor = naming.input.cursor();
            naming.input = Input::new(fitting).with_cursor(cursor);
        }
        let typed = naming.input.value();
        naming.refusal = ProfileName::parse(typed).err().filter(|_| !typed.trim().is_empty());
        return Vec::new();
    }
    let Some(Row::Text(field)) = focused(model) else {
        return Vec::new();
    };
    let Some(onboarding) = onboarding_mut(model) else {
        return Vec::new();
    };
    onboarding.candidates.clear();
    let entry = onboarding.entries.entry(field).or_default();
    change(&mut entry.input);
    entry.touched = true;
    let typed = entry.input.value().to_owned();
    // A mistake is named while it is being made; an empty field is not one.
    let refusal = with_answer(model, field, &typed)
        .and_then(Result::err)
        .filter(|_| !typed.trim().is_empty());
    if let Some(entry) = onboarding_mut(model).and_then(|onboarding| onboarding.entries.get_mut(&field)) {
        entry.refusal = refusal;
    }
    Vec::new()
}

/// Takes what stands in the focused field as its answer, if it is one.
pub(super) fn commit(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Text(field)) = focused(model) else {
        return Vec::new();
    };
    let Some(typed) = model
        .onboarding()
        .and_then(|onboarding| onboarding.entries.get(&field))
        .map(|entry| entry.input.value().to_owned())
    else {
        return Vec::new();
    };
    let taken = with_answer(model, field, &typed);
    let Some((onboarding, taken)) = onboarding_mut(model).zip(taken) else {
        return Vec::new();
    };
    let entry = onboarding.entries.entry(field).or_default();
    let profile = match taken {
        Ok(profile) => profile,
        Err(refusal) => {
            entry.refusal = Some(refusal);
            return Vec::new();
        }
    };
    // The field shows the answer as it was taken: an organisation number without its spaces, a path made whole.
    (entry.refusal, entry.touched) = (None, false);
    let updated = onboarding.profile.updated;
    let before = std::mem::replace(&mut onboarding.profile, profile);
    if before
        == (Profile {
            updated,
            ..onboarding.profile.clone()
        })
    {
        onboarding.profile.updated = updated;
        return Vec::new();
    }
    let files_changed = onboarding.profile.certificate != before.certificate;
    let judged_anew = onboarding.profile.business.organisation != before.business.organisation
        || onboarding.profile.client.key_registered != before.client.key_registered;
    let readable = onboarding.profile.certificate.path.is_some();
    if files_changed {
        onboarding.reading = Reading::Nothing;
    }
    refresh(model);
    let mut effects = save(model);
    if readable && (files_changed || judged_anew) {
        effects.extend(certificate::read(model, false, files_changed));
    }
    effects
}

/// Lets each field show its answer or, on a profile of the sandbox that has none yet, the sandbox's suggestion. A text
/// that the user is at work on is left alone.
pub(super) fn refresh(model: &mut Model) {
    let demonstration = model.demonstration.clone();
    let Some(onboarding) = model.onboarding() else { return };
    let sandboxed = model
        .environment(&onboarding.profile)
        .is_some_and(|environment| environment.sandbox);
    let Some(onboarding) = onboarding_mut(model) else {
        return;
    };
    let fields = journey()
        .steps
        .iter()
        .flat_map(|step| &step.fields)
        .map(|field| field.id);
    for field in fields.filter(|field| matches!(field.answered_by(), AnsweredBy::Text | AnsweredBy::File)) {
        if onboarding.entries.get(&field).is_some_and(|entry| entry.touched) {
            continue;
        }
        let text = written_values(&onboarding.profile, field).pop().or_else(|| {
            let demonstration = demonstration.as_ref().filter(|_| sandboxed)?;
            certificate::suggestion(demonstration, &onboarding.profile, field)
        });
        let text = text.unwrap_or_default();
        let entry = onboarding.entries.entry(field).or_default();
        if entry.input.value() != text {
            entry.input = Input::new(text);
            entry.refusal = None;
        }
    }
}
