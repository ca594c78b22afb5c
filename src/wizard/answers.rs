//! What is typed and chosen → the profile's answers.

use tui_input::{Input, InputRequest};

use super::{
    message::Effect,
    model::{Entry, Model, Place, Reading, Walk},
    reading,
    rows::{Row, choices},
    walking::{self, focused, save, walk_mut},
};
use crate::{
    journey::FieldId,
    profile::{Authentication, HAS_NUMBER, Kind, PORTAL_LOGIN, parse},
    text::Args,
};

/// The fields that are answered in words.
const TYPED: [FieldId; 10] = [
    FieldId::Name,
    FieldId::Organisation,
    FieldId::OwnScopes,
    FieldId::ClientId,
    FieldId::IssuerName,
    FieldId::Kid,
    FieldId::Certificate,
    FieldId::KeyFile,
    FieldId::ChainFile,
    FieldId::ConsumerOrg,
];

/// Takes the next or the previous option of a choice.
pub(super) fn choose(model: &mut Model, forwards: bool) -> Vec<Effect> {
    let Some(Row::Choice(field)) = focused(model) else {
        return Vec::new();
    };
    let options = choices(model, field);
    let Some(walk) = model.walk() else { return Vec::new() };
    let now = walk
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
        Some(option) if Some(next) != now => answer(model, field, &option.value),
        _ => Vec::new(),
    }
}

/// Space: ticks an item or a service, takes the next option of a choice.
pub(super) fn toggle(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    match focused(model) {
        Some(Row::Choice(_)) => choose(model, true),
        Some(Row::Service(service)) => {
            let Some(walk) = walk_mut(model) else { return Vec::new() };
            let services = &mut walk.profile.business.services;
            match services.iter().position(|id| *id == service.id) {
                Some(at) => drop(services.remove(at)),
                None => services.push(service.id.clone()),
            }
            let own = walk.profile.own_scopes();
            walk.profile.set_scopes(&own);
            save(model)
        }
        Some(Row::Item(item)) => {
            let Some(walk) = walk_mut(model) else { return Vec::new() };
            let key = walk.current().item_key(item);
            let ticked = walk.profile.progress.done.remove(&key).is_none();
            if ticked {
                walk.profile.progress.done.insert(key, now);
            }
            let effects = save(model);
            // On to the next, so that a list can be ticked off with one key.
            if ticked {
                [effects, walking::moved(model, true)].concat()
            } else {
                effects
            }
        }
        Some(Row::Text(_)) | None => Vec::new(),
    }
}

/// Gives a choice its answer.
pub(super) fn answer(model: &mut Model, field: FieldId, value: &str) -> Vec<Effect> {
    let now = model.now;
    let Some(walk) = walk_mut(model) else { return Vec::new() };
    let before = (
        walk.profile.business.kind,
        walk.profile.authentication(),
        walk.profile.environment.clone(),
    );
    let done = &mut walk.profile.progress.done;
    match (field, value) {
        (FieldId::NorwegianNumber, "yes") => {
            done.insert(HAS_NUMBER.to_owned(), now);
            // The second question's answer was kept while it was hidden.
            walk.profile.business.kind = done.contains_key(PORTAL_LOGIN).then_some(Kind::Norwegian);
        }
        (FieldId::NorwegianNumber, _) => {
            done.remove(HAS_NUMBER);
            walk.profile.business.kind = Some(Kind::Foreign);
        }
        (FieldId::PortalLogin, "yes") => {
            done.insert(PORTAL_LOGIN.to_owned(), now);
            walk.profile.business.kind = Some(Kind::Norwegian);
        }
        (FieldId::PortalLogin, _) => {
            done.remove(PORTAL_LOGIN);
            walk.profile.business.kind = Some(Kind::Foreign);
        }
        (FieldId::Environment, id) => walk.profile.environment = id.to_owned(),
        (FieldId::Authentication, id) => {
            walk.profile.client.authentication = if id == Authentication::Key.id() {
                Authentication::Key
            } else {
                Authentication::Certificate
            };
        }
        _ => {}
    }
    let after = (
        walk.profile.business.kind,
        walk.profile.authentication(),
        walk.profile.environment.clone(),
    );
    if before.0 != after.0 {
        change_of_kind(walk);
    }
    let worked_on = walk
        .profile
        .progress
        .done
        .keys()
        .any(|key| key != HAS_NUMBER && key != PORTAL_LOGIN);
    if before.2 != after.2 && worked_on {
        model.warn("notice-environment-changed", Args::new());
    }
    refresh(model);
    let effects = save(model);
    // What a certificate is judged against has changed.
    let unread = model.walk().is_some_and(|walk| walk.profile.certificate.path.is_none());
    if before == after || unread {
        effects
    } else {
        [effects, reading::read(model, false, false)].concat()
    }
}

/// The same answers on the other road: nothing that was typed is lost.
fn change_of_kind(walk: &mut Walk) {
    let Some(kind) = walk.profile.business.kind else { return };
    let own = walk.profile.own_scopes();
    walk.profile.set_scopes(&own);
    // A Norwegian number and its identifier in an eSeal are one thing written in two ways.
    let organisation = walk.profile.business.organisation.take();
    walk.profile.business.organisation = organisation.and_then(|written| match kind {
        Kind::Norwegian => parse::organisation_number(written.strip_prefix("NTRNO-").unwrap_or(&written)).ok(),
        Kind::Foreign => match parse::organisation_number(&written) {
            Ok(number) => Some(format!("NTRNO-{number}")),
            Err(_) => parse::organisation_identifier(&written).ok(),
        },
    });
    if walk.profile.business.organisation.is_some() {
        walk.entries.remove(&FieldId::Organisation);
    }
    // Each road has its own field for what is sent as `iss`.
    let (now, before) = match kind {
        Kind::Norwegian => (FieldId::ClientId, FieldId::IssuerName),
        Kind::Foreign => (FieldId::IssuerName, FieldId::ClientId),
    };
    if let Some(id) = walk.profile.client.id.take() {
        walk.entries.insert(
            before,
            Entry {
                input: Input::new(id),
                refusal: None,
                touched: true,
            },
        );
    }
    let typed = walk
        .entries
        .get(&now)
        .filter(|entry| entry.touched)
        .map(|entry| entry.input.value().to_owned());
    walk.profile.client.id = typed.and_then(|typed| match now {
        FieldId::ClientId => parse::client_id(&typed).ok(),
        _ => parse::name(&typed).ok(),
    });
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
    if let Place::Naming(naming) = &mut model.place {
        change(&mut naming.input);
        naming.refusal = refusal_while_typing(naming.input.value(), |typed| parse::ProfileName::parse(typed).map(drop));
        return Vec::new();
    }
    let Some(Row::Text(field)) = focused(model) else {
        return Vec::new();
    };
    let Some(walk) = walk_mut(model) else { return Vec::new() };
    walk.candidates.clear();
    let kind = walk.profile.business.kind;
    let entry = walk.entries.entry(field).or_default();
    change(&mut entry.input);
    entry.touched = true;
    entry.refusal = refusal_while_typing(entry.input.value(), |typed| value(field, kind, typed).map(drop));
    Vec::new()
}

/// A mistake is named while it is being made; an empty field is not one.
fn refusal_while_typing(typed: &str, check: impl FnOnce(&str) -> Result<(), parse::Refusal>) -> Option<parse::Refusal> {
    if typed.trim().is_empty() {
        None
    } else {
        check(typed).err()
    }
}

/// What a field's text stands for, as one value; several scopes are joined by spaces.
fn value(field: FieldId, kind: Option<Kind>, typed: &str) -> Result<String, parse::Refusal> {
    match field {
        FieldId::Organisation if kind == Some(Kind::Foreign) => parse::organisation_identifier(typed),
        FieldId::Organisation | FieldId::ConsumerOrg => parse::organisation_number(typed),
        FieldId::OwnScopes => parse::scopes(typed).map(|scopes| scopes.join(" ")),
        FieldId::ClientId => parse::client_id(typed),
        FieldId::Kid => parse::kid(typed),
        FieldId::Certificate | FieldId::KeyFile | FieldId::ChainFile => Ok(parse::path(typed).unwrap_or_default()),
        FieldId::Name
        | FieldId::IssuerName
        | FieldId::NorwegianNumber
        | FieldId::PortalLogin
        | FieldId::Environment
        | FieldId::Services
        | FieldId::Authentication => parse::name(typed),
    }
}

/// Takes what stands in the focused field as its answer, if it is one.
pub(super) fn commit(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Text(field)) = focused(model) else {
        return Vec::new();
    };
    let folders = model.folders.clone();
    let Some(walk) = walk_mut(model) else { return Vec::new() };
    let kind = walk.profile.business.kind;
    let Some(entry) = walk.entries.get_mut(&field) else {
        return Vec::new();
    };
    let typed = entry.input.value().trim().to_owned();
    let parsed = if typed.is_empty() {
        Ok(None)
    } else {
        value(field, kind, &typed).map(Some)
    };
    let answer = match parsed {
        Ok(answer) => answer.filter(|answer| !answer.is_empty()),
        Err(refusal) => {
            entry.refusal = Some(refusal);
            return Vec::new();
        }
    };
    entry.refusal = None;
    let before = walk.profile.clone();
    let profile = &mut walk.profile;
    let file = |answer: Option<String>| answer.map(|typed| reading::absolute(&typed, &folders));
    match field {
        FieldId::Name => profile.business.name = answer,
        FieldId::Organisation => profile.business.organisation = answer,
        FieldId::OwnScopes => {
            let own: Vec<String> = answer
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect();
            profile.set_scopes(&own);
        }
        FieldId::ClientId | FieldId::IssuerName => profile.client.id = answer,
        FieldId::Kid => profile.client.kid = answer,
        FieldId::ConsumerOrg => profile.client.consumer_org = answer,
        FieldId::Certificate => profile.certificate.path = file(answer),
        FieldId::KeyFile => profile.certificate.key_path = file(answer),
        FieldId::ChainFile => profile.certificate.chain_path = file(answer),
        FieldId::NorwegianNumber
        | FieldId::PortalLogin
        | FieldId::Environment
        | FieldId::Services
        | FieldId::Authentication => {}
    }
    let changed = *profile != before;
    let files_changed = profile.certificate != before.certificate;
    let judged_anew = profile.business.organisation != before.business.organisation;
    if !changed {
        return Vec::new();
    }
    // The field shows the answer as it was taken: an organisation number without its spaces, a path made whole.
    entry.touched = false;
    refresh(model);
    let mut effects = save(model);
    let readable = model.walk().is_some_and(|walk| walk.profile.certificate.path.is_some());
    if files_changed && !readable {
        if let Some(walk) = walk_mut(model) {
            walk.reading = Reading::Nothing;
        }
    } else if files_changed || (judged_anew && readable) {
        effects.extend(reading::read(model, false, files_changed));
    }
    effects
}

/// Lets each field show its answer or, on a profile of the sandbox that has none yet, the sandbox's suggestion. A text
/// that the user is at work on is left alone.
pub(super) fn refresh(model: &mut Model) {
    let demonstration = model.demonstration.clone();
    let Some(walk) = model.walk() else { return };
    let sandboxed = model
        .environment(&walk.profile)
        .is_some_and(|environment| environment.sandbox);
    let Some(walk) = walk_mut(model) else { return };
    for field in TYPED {
        if walk.entries.get(&field).is_some_and(|entry| entry.touched) {
            continue;
        }
        let text = answered(walk, field).or_else(|| {
            let demonstration = demonstration.as_ref().filter(|_| sandboxed)?;
            reading::suggestion(demonstration, walk, field)
        });
        let text = text.unwrap_or_default();
        let entry = walk.entries.entry(field).or_default();
        if entry.input.value() != text {
            entry.input = Input::new(text);
            entry.refusal = None;
        }
    }
}

/// The answer that a field has in the profile, as text.
fn answered(walk: &Walk, field: FieldId) -> Option<String> {
    let profile = &walk.profile;
    let file = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
    match field {
        FieldId::Name => profile.business.name.clone(),
        FieldId::Organisation => profile.business.organisation.clone(),
        FieldId::OwnScopes => Some(profile.own_scopes().join(" ")).filter(|scopes| !scopes.is_empty()),
        FieldId::ClientId | FieldId::IssuerName => {
            // One answer in the profile, a field for each road.
            let norwegian = profile.business.kind != Some(Kind::Foreign);
            profile
                .client
                .id
                .clone()
                .filter(|_| norwegian == (field == FieldId::ClientId))
        }
        FieldId::Kid => profile.client.kid.clone(),
        FieldId::ConsumerOrg => profile.client.consumer_org.clone(),
        FieldId::Certificate => file(&profile.certificate.path),
        FieldId::KeyFile => file(&profile.certificate.key_path),
        FieldId::ChainFile => file(&profile.certificate.chain_path),
        FieldId::NorwegianNumber
        | FieldId::PortalLogin
        | FieldId::Environment
        | FieldId::Services
        | FieldId::Authentication => None,
    }
}
