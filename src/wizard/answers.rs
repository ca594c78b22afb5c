//! Answers: typed text and chosen options, written to the profile.

use tui_input::{Input, InputRequest};

use super::{
    certificate,
    message::Effect,
    model::{FieldInput, Inspection, Model, Onboarding, View},
    rows::{Row, choice_options, focused_row},
    saving::save,
    stale_ticks::remove_stale,
};
use crate::{
    journey::{AnsweredBy, FieldId, journey},
    profile::{
        Kind, Profile,
        fields::{
            get::written_values,
            set::{Key, SetContext, set_answer},
        },
        parse::{ParseError, ProfileName},
    },
};

/// The maximum number of characters taken from a paste.
const MAX_PASTE_CHARS: usize = 4096;

/// Takes the next or the previous option of the focused choice.
pub(super) fn cycle_choice(model: &mut Model, forwards: bool) -> Vec<Effect> {
    let Some(Row::Choice(field)) = focused_row(model) else {
        return Vec::new();
    };
    let options = choice_options(model, field);
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let current = onboarding
        .chosen(field)
        .and_then(|chosen| options.iter().position(|option| option.value == chosen));
    let count = options.len();
    let next = match (current, forwards) {
        (None, true) => 0,
        (None, false) => count.saturating_sub(1),
        (Some(at), true) => (at + 1) % count.max(1),
        (Some(at), false) => (at + count.saturating_sub(1)) % count.max(1),
    };
    match options.get(next) {
        Some(option) if Some(next) != current => set_choice(model, field, &option.value),
        _ => Vec::new(),
    }
}

/// Returns the profile with that answer, by the same rules as `klarert set`. `None` if no profile is open.
fn profile_with_answer(model: &Model, field: FieldId, text: &str) -> Option<Result<Profile, ParseError>> {
    let environments: Vec<String> = model
        .environments
        .iter()
        .map(|environment| environment.id.clone())
        .collect();
    let context = SetContext {
        environments: &environments,
        folder: &model.folders.working,
        today: model.now.date(),
    };
    let mut profile = model.onboarding()?.profile.clone();
    profile.updated = model.now;
    Some(set_answer(&mut profile, Key::Field(field), text, context).map(|()| profile))
}

/// Answers a choice and saves. Inspects the certificate again if the answer changes what it is validated against.
pub(super) fn set_choice(model: &mut Model, field: FieldId, value: &str) -> Vec<Effect> {
    let Some(Ok(profile)) = profile_with_answer(model, field, value) else {
        return Vec::new();
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let before = std::mem::replace(&mut onboarding.profile, profile);
    let after = &onboarding.profile;
    let kind_changed = before.business.kind != after.business.kind;
    let authentication_changed = before.authentication() != after.authentication();
    let environment_changed = before.environment != after.environment;
    if kind_changed {
        swap_client_ids(onboarding);
    }
    remove_stale(model, &before);
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    if authentication_changed {
        swap_certificate_files(onboarding);
        swap_suggestions(model, &before);
    }
    refresh_fields(model);
    let mut effects = save(model);
    let has_file = model
        .onboarding()
        .is_some_and(|onboarding| onboarding.profile.certificate.path.is_some());
    if has_file && (kind_changed || authentication_changed || environment_changed) {
        effects.extend(certificate::inspect(model, false, false));
    }
    effects
}

/// Replaces the client id after a change of the kind of business. Each kind has its own field for the `iss` claim; the
/// text of the other field is kept, so that the user can change back.
fn swap_client_ids(onboarding: &mut Onboarding) {
    let Some(kind) = onboarding.profile.business.kind else {
        return;
    };
    onboarding.inputs.remove(&FieldId::Organisation);
    let (current, other) = match kind {
        Kind::Norwegian => (FieldId::ClientId, FieldId::IssuerName),
        Kind::Foreign => (FieldId::IssuerName, FieldId::ClientId),
    };
    if let Some(id) = onboarding.profile.client.id.take() {
        onboarding.inputs.insert(
            other,
            FieldInput {
                input: Input::new(id),
                error: None,
                touched: true,
            },
        );
    }
    let typed = onboarding
        .inputs
        .get(&current)
        .filter(|input| input.touched && input.error.is_none());
    onboarding.profile.client.id = typed
        .map(|input| input.input.value().trim().to_owned())
        .filter(|typed| !typed.is_empty());
}

/// Replaces the certificate file after a change of the authentication. A certificate and a registered key are two files;
/// the other one is kept, so that the user can change back.
fn swap_certificate_files(onboarding: &mut Onboarding) {
    let certificate = &mut onboarding.profile.certificate;
    std::mem::swap(&mut certificate.path, &mut onboarding.other_file);
    (certificate.pick, onboarding.profile.certificate_ends) = (None, None);
    onboarding.inputs.remove(&FieldId::Certificate);
    onboarding.inspection = Inspection::NotStarted;
}

/// Replaces the sandbox's suggestions after a change of the authentication. The sandbox has a client and a file for each
/// authentication. An answer that is not its suggestion stays.
fn swap_suggestions(model: &mut Model, before: &Profile) {
    let Some(demonstration) = model.demonstration.clone() else {
        return;
    };
    for field in [FieldId::ClientId, FieldId::Certificate] {
        let Some(onboarding) = model.onboarding() else { return };
        let answered = written_values(before, field).pop();
        if answered.is_none() || answered != certificate::suggested_value(&demonstration, before, field) {
            continue;
        }
        let other = certificate::suggested_value(&demonstration, &onboarding.profile, field).unwrap_or_default();
        if let (Some(Ok(profile)), Some(onboarding)) =
            (profile_with_answer(model, field, &other), model.onboarding_mut())
        {
            onboarding.profile = profile;
            onboarding.inputs.remove(&field);
        }
    }
}

/// Edits the text of the focused field.
pub(super) fn edit(model: &mut Model, request: InputRequest) -> Vec<Effect> {
    change_text(model, |input| {
        input.handle(request);
    })
}

/// Inserts a pasted text into the focused field, as one line without surrounding spaces.
pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let lines: Vec<&str> = text
        .split(['\r', '\n'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let one_line = lines.join(" ");
    change_text(model, |input| {
        for c in one_line.chars().filter(|c| !c.is_control()).take(MAX_PASTE_CHARS) {
            input.handle(InputRequest::InsertChar(c));
        }
    })
}

/// Changes the text of the focused field, or of a new profile's name, and validates it.
fn change_text(model: &mut Model, change: impl FnOnce(&mut Input)) -> Vec<Effect> {
    if let View::NewProfile(name) = &mut model.view {
        change(&mut name.input);
        // `Acme Spedisjon` becomes `acme-spedisjon`, which is a valid name.
        let valid = name.input.value().to_lowercase().replace(' ', "-");
        if valid != name.input.value() {
            let cursor = name.input.cursor();
            name.input = Input::new(valid).with_cursor(cursor);
        }
        let typed = name.input.value();
        name.error = ProfileName::parse(typed).err().filter(|_| !typed.trim().is_empty());
        return Vec::new();
    }
    let Some(Row::Text(field)) = focused_row(model) else {
        return Vec::new();
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    onboarding.candidates.clear();
    let input = onboarding.inputs.entry(field).or_default();
    change(&mut input.input);
    input.touched = true;
    let typed = input.input.value().to_owned();
    // An error is shown while it is typed. An empty field is no error.
    let error = profile_with_answer(model, field, &typed)
        .and_then(Result::err)
        .filter(|_| !typed.trim().is_empty());
    if let Some(input) = model
        .onboarding_mut()
        .and_then(|onboarding| onboarding.inputs.get_mut(&field))
    {
        input.error = error;
    }
    Vec::new()
}

/// Takes the text of the focused field as its answer and saves it. An invalid text sets the field's error instead.
pub(super) fn commit(model: &mut Model) -> Vec<Effect> {
    let Some(Row::Text(field)) = focused_row(model) else {
        return Vec::new();
    };
    let Some(typed) = model
        .onboarding()
        .and_then(|onboarding| onboarding.inputs.get(&field))
        .map(|input| input.input.value().to_owned())
    else {
        return Vec::new();
    };
    let answered = profile_with_answer(model, field, &typed);
    let Some((onboarding, answered)) = model.onboarding_mut().zip(answered) else {
        return Vec::new();
    };
    let input = onboarding.inputs.entry(field).or_default();
    let profile = match answered {
        Ok(profile) => profile,
        Err(error) => {
            input.error = Some(error);
            return Vec::new();
        }
    };
    // The field then shows the normalised answer: an organisation number without spaces, an absolute path.
    (input.error, input.touched) = (None, false);
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
    let revalidate = onboarding.profile.business.organisation != before.business.organisation
        || onboarding.profile.client.key_registered != before.client.key_registered;
    let has_file = onboarding.profile.certificate.path.is_some();
    if files_changed {
        onboarding.inspection = Inspection::NotStarted;
    }
    remove_stale(model, &before);
    refresh_fields(model);
    let mut effects = save(model);
    if has_file && (files_changed || revalidate) {
        effects.extend(certificate::inspect(model, false, files_changed));
    }
    effects
}

/// Sets each field's text to its answer or, if it has none, to the sandbox's suggestion. A text that the user has changed
/// stays.
pub(super) fn refresh_fields(model: &mut Model) {
    let demonstration = model
        .onboarding()
        .and_then(|onboarding| model.demonstration_for(onboarding))
        .cloned();
    let Some(onboarding) = model.onboarding_mut() else {
        return;
    };
    let fields = journey()
        .steps
        .iter()
        .flat_map(|step| &step.fields)
        .map(|field| field.id);
    for field in fields.filter(|field| matches!(field.answered_by(), AnsweredBy::Text | AnsweredBy::File)) {
        if onboarding.inputs.get(&field).is_some_and(|input| input.touched) {
            continue;
        }
        let text = written_values(&onboarding.profile, field).pop().or_else(|| {
            let demonstration = demonstration.as_ref()?;
            certificate::suggested_value(demonstration, &onboarding.profile, field)
        });
        let text = text.unwrap_or_default();
        let input = onboarding.inputs.entry(field).or_default();
        if input.input.value() != text {
            input.input = Input::new(text);
            input.error = None;
        }
    }
}
