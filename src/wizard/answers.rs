//! Answers: typed text and chosen options, written to the profile.

use std::path::PathBuf;

use tui_input::Input;

use super::{
    certificate,
    message::Effect,
    model::Model,
    open_profile::{FieldInput, InspectedCertificate, Inspection, Onboarding},
    rows::{Row, choice_options, focused_row},
    saving::save,
    stale_ticks::remove_stale,
};
use crate::{
    journey::{AnsweredBy, FieldId, journey},
    profile::{
        FILE_NOT_FOUND, Kind, Profile,
        fields::{
            get::written_values,
            key::Key,
            set::{SetContext, set_answer},
        },
        parse::ParseError,
    },
    text::Args,
};

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
pub(super) fn profile_with_answer(model: &Model, field: FieldId, text: &str) -> Option<Result<Profile, ParseError>> {
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
        swap_client_ids(onboarding, before.business.kind);
        keep_foreign_identifier(onboarding, &before);
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

/// Keeps the identifier of a foreign business, which a Norwegian one cannot have, so that the user can change back.
fn keep_foreign_identifier(onboarding: &mut Onboarding, before: &Profile) {
    let business = &mut onboarding.profile.business;
    match business.kind {
        Some(Kind::Norwegian) if business.organisation.is_none() => {
            onboarding.foreign_identifier.clone_from(&before.business.organisation);
        }
        Some(Kind::Foreign) if business.organisation.is_none() => {
            business.organisation = onboarding.foreign_identifier.take();
        }
        _ => {}
    }
}

/// Replaces the client id after a change of the kind of business. Each kind has its own field for the `iss` claim; the
/// text of the other field is kept, so that the user can change back.
fn swap_client_ids(onboarding: &mut Onboarding, before: Option<Kind>) {
    let field_of = |kind| match kind {
        Kind::Norwegian => FieldId::ClientId,
        Kind::Foreign => FieldId::IssuerName,
    };
    // While the second question is open, the kind is not known, and the id stays.
    if let (Some(id), Some(kind)) = (onboarding.profile.client.id.clone(), before) {
        let text = FieldInput {
            input: Input::new(id),
            error: None,
            touched: true,
        };
        onboarding.inputs.insert(field_of(kind), text);
    }
    let Some(kind) = onboarding.profile.business.kind else {
        return;
    };
    onboarding.inputs.remove(&FieldId::Organisation);
    let typed = |kind| {
        let input = onboarding.inputs.get(&field_of(kind))?;
        let typed = input.input.value().trim();
        (input.touched && input.error.is_none() && !typed.is_empty()).then(|| typed.to_owned())
    };
    let (own, other) = match kind {
        Kind::Norwegian => (typed(Kind::Norwegian), typed(Kind::Foreign)),
        Kind::Foreign => (typed(Kind::Foreign), typed(Kind::Norwegian)),
    };
    // An id from before the kind was known may be of either.
    let unclear = onboarding.profile.client.id.take();
    let unclear = unclear
        .filter(|_| before.is_none())
        .filter(|id| Some(id) != other.as_ref());
    onboarding.profile.client.id = own.or(unclear);
}

/// Replaces the certificate file after a change of the authentication. A certificate and a registered key are two files;
/// the other one is kept, so that the user can change back.
fn swap_certificate_files(onboarding: &mut Onboarding) {
    let certificate = &mut onboarding.profile.certificate;
    std::mem::swap(&mut certificate.path, &mut onboarding.profile.other_certificate);
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

/// Answers the certificate with the usable file that was found beside it, and with its key file if it is separate.
pub(super) fn use_found_file(model: &mut Model) -> Vec<Effect> {
    if !certificate::can_use_found_file(model) {
        return Vec::new();
    }
    let inspected = model.onboarding().and_then(Onboarding::inspected);
    let Some((path, key)) = inspected.and_then(InspectedCertificate::offered_file) else {
        return Vec::new();
    };
    let (path, key) = (path.to_owned(), key.map(str::to_owned));
    let Some(Ok(mut profile)) = profile_with_answer(model, FieldId::Certificate, &path) else {
        return Vec::new();
    };
    profile.certificate.key_path = key.map(Into::into);
    apply(model, FieldId::Certificate, profile)
}

/// Replaces the profile by one with the answer of a text field, and saves it. Inspects the certificate again if the answer
/// changes the files or what they are validated against.
pub(super) fn apply(model: &mut Model, field: FieldId, mut profile: Profile) -> Vec<Effect> {
    let dropped_key = match field {
        FieldId::Certificate => drop_key_file(model, &mut profile),
        _ => None,
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let input = onboarding.inputs.entry(field).or_default();
    (input.error, input.touched) = (None, false);
    let before = std::mem::replace(&mut onboarding.profile, profile);
    let after = &onboarding.profile;
    let files_changed = after.certificate != before.certificate;
    let revalidate = after.business.organisation != before.business.organisation
        || after.client.key_registered != before.client.key_registered;
    let has_file = after.certificate.path.is_some();
    let found = !after.progress.done.contains_key(FILE_NOT_FOUND);
    let unchanged = before
        == Profile {
            updated: before.updated,
            ..after.clone()
        };
    if files_changed {
        certificate::set_inspection(model, Inspection::NotStarted);
    }
    // The field then shows the normalised answer: an organisation number without spaces, an absolute path.
    refresh_fields(model);
    if unchanged {
        if let Some(onboarding) = model.onboarding_mut() {
            onboarding.profile.updated = before.updated;
        }
        return Vec::new();
    }
    remove_stale(model, &before);
    if let Some(file) = dropped_key {
        let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        model.inform("notice-key-file-dropped", Args::new().with("file", file));
    }
    let mut effects = save(model);
    if field == FieldId::OwnScopes {
        effects.extend(note_scopes(model));
    }
    if has_file && (files_changed || revalidate) {
        effects.extend(certificate::inspect(model, false, files_changed && found));
    }
    effects
}

/// Looks the user's own scopes up in the open scope list of the environment, if it has one.
fn note_scopes(model: &Model) -> Option<Effect> {
    let onboarding = model.onboarding()?;
    let environment = model.environment(&onboarding.profile)?;
    let scopes = onboarding.profile.own_scopes();
    let is_useful = environment.self_service.is_some() && !scopes.is_empty();
    is_useful.then(|| Effect::NoteScopes {
        environment: Box::new(environment.clone()),
        scopes,
    })
}

/// Removes the key file of a certificate request, or of the certificate before, when the certificate comes as a `.p12`, which
/// has its key. Returns the file that is no longer used.
fn drop_key_file(model: &Model, profile: &mut Profile) -> Option<PathBuf> {
    let files = &mut profile.certificate;
    let before = model.onboarding().map(|onboarding| &onboarding.profile.certificate)?;
    let ending = files.path.as_ref().and_then(|path| path.extension());
    let has_key = ending.is_some_and(|ending| ending.eq_ignore_ascii_case("p12") || ending.eq_ignore_ascii_case("pfx"));
    let generated = files
        .key_path
        .as_ref()
        .is_some_and(|key| key.starts_with(&model.folders.keys));
    let is_replaced = before.path != files.path && before.key_path == files.key_path;
    let is_leftover = generated || before.path.is_some();
    files.key_path.take_if(|_| has_key && is_replaced && is_leftover)
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
