//! Key generation, for a registered key or for the certificate request (CSR) of an eSeal. `app` generates the key; only
//! its path and its public half come here.

use std::path::PathBuf;

use super::{
    answers, certificate,
    editing::{self, Take},
    message::Effect,
    model::{Model, Overlay, Pending},
    open_profile::{AfterEdit, GeneratedKey, KeyPlan, Onboarding},
    rows::{Row, focused_row},
    saving::save,
};
use crate::{
    journey::FieldId,
    profile::{Authentication, Kind, organisation::country},
    text::Args,
};

/// Returns whether a key can be generated for the focused field.
pub fn can_generate_key(model: &Model) -> bool {
    let Some(onboarding) = model.onboarding() else {
        return false;
    };
    let is_key_field = matches!(
        focused_row(model),
        Some(Row::Text(FieldId::Certificate | FieldId::KeyFile | FieldId::Kid))
    );
    is_key_field
        && (onboarding.profile.business.kind == Some(Kind::Foreign)
            || onboarding.profile.authentication() == Authentication::Key)
}

/// Asks whether to generate a key, and shows what will be made. Warns if the answers that it needs are missing.
pub(super) fn ask(model: &mut Model) -> Vec<Effect> {
    if !can_generate_key(model) {
        return Vec::new();
    }
    let kid_is_edited = model
        .onboarding()
        .and_then(|onboarding| onboarding.edit.as_ref())
        .is_some_and(|edit| edit.field == FieldId::Kid);
    let mut effects = Vec::new();
    // A typed `kid` names the new key. A typed path is replaced by the new key's.
    if kid_is_edited {
        match editing::take(model, AfterEdit::Confirm) {
            Take::Ended(taken) => effects = taken,
            Take::Continues(taken) => return taken,
        }
    } else {
        editing::cancel(model);
    }
    let year = model.now.year();
    let Some(plan) = model.onboarding().and_then(|onboarding| plan(onboarding, year)) else {
        model.warn("notice-make-needs", Args::new());
        return effects;
    };
    if let Some(onboarding) = model.onboarding_mut() {
        onboarding.key_plan = Some(plan);
    }
    model.open(Overlay::KeyPlan);
    effects
}

/// Generates the key that was shown.
pub(super) fn generate(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    let attempt = model.next_attempt();
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let Some(plan) = onboarding.key_plan.take() else {
        return Vec::new();
    };
    let name = onboarding.name.clone();
    model.pending = Some(Pending {
        attempt,
        can_be_cancelled: false,
    });
    model.inform("notice-making", Args::new());
    vec![Effect::GenerateKey { attempt, name, plan }]
}

/// Returns the key that fits the profile; `None` if answers are missing.
fn plan(onboarding: &Onboarding, year: i32) -> Option<KeyPlan> {
    let profile = &onboarding.profile;
    if profile.business.kind != Some(Kind::Foreign) {
        // A `kid` that is in use stays with its key. The new key gets another one.
        let used = profile
            .client
            .kid
            .as_ref()
            .filter(|_| profile.certificate.path.is_some());
        let first = format!("{}-{year}", onboarding.name);
        let others = (2..).map(|number| format!("{first}-{number}"));
        let free = || {
            std::iter::once(first.clone())
                .chain(others)
                .find(|name| Some(name) != used)
        };
        let kid = profile.client.kid.clone().filter(|_| used.is_none()).or_else(free);
        return kid.map(|kid| KeyPlan::RegisteredKey { kid });
    }
    let organisation = profile.business.organisation.clone()?;
    Some(KeyPlan::CertificateRequest {
        name: profile.business.name.clone()?,
        country: country(&organisation)?.to_owned(),
        organisation,
    })
}

/// Handles a generated key: the profile uses it from now on, and its public half is shown.
pub(super) fn on_generated(model: &mut Model, attempt: u64, outcome: Result<Box<GeneratedKey>, String>) -> Vec<Effect> {
    if !model.end_pending(attempt) {
        return Vec::new();
    }
    model.notice = None;
    let generated = match outcome {
        Ok(generated) => generated,
        Err(why) => {
            model.warn("notice-not-made", Args::new().with("why", why));
            return Vec::new();
        }
    };
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let files = &mut onboarding.profile.certificate;
    match &generated.plan {
        KeyPlan::RegisteredKey { kid } => {
            onboarding.profile.client.kid = Some(kid.clone());
            // The new key is not registered on the client yet.
            onboarding.profile.client.key_registered = None;
            files.path = Some(generated.key.clone());
        }
        // An existing certificate belongs to another key.
        KeyPlan::CertificateRequest { .. } if files.path.is_some() => {}
        KeyPlan::CertificateRequest { .. } => files.key_path = Some(generated.key.clone()),
    }
    let has_file = files.path.is_some();
    for field in [
        FieldId::Kid,
        FieldId::KeyRegistered,
        FieldId::Certificate,
        FieldId::KeyFile,
    ] {
        onboarding.inputs.remove(&field);
    }
    onboarding.generated_key = Some(generated);
    model.open(Overlay::GeneratedKey);
    answers::refresh_fields(model);
    editing::start_if_unanswered(model);
    let effects = save(model);
    if has_file {
        [effects, certificate::inspect(model, false, false)].concat()
    } else {
        effects
    }
}

/// Returns the key at the focused field that klarert has generated, and what for. `None` if it is from elsewhere.
fn own_key(model: &Model) -> Option<(PathBuf, KeyPlan)> {
    let profile = &model.onboarding()?.profile;
    let files = &profile.certificate;
    let (key, plan) = match (focused_row(model)?, profile.authentication()) {
        (Row::Text(FieldId::Certificate | FieldId::Kid), Authentication::Key) => {
            let kid = profile.client.kid.clone()?;
            (files.path.clone()?, KeyPlan::RegisteredKey { kid })
        }
        (Row::Text(FieldId::KeyFile), _) => (files.key_path.clone()?, plan(model.onboarding()?, model.now.year())?),
        _ => return None,
    };
    key.starts_with(&model.folders.keys).then_some((key, plan))
}

/// Returns whether the focused field has a key whose public half can be shown.
pub fn can_show_public_key(model: &Model) -> bool {
    !model.is_editing() && own_key(model).is_some()
}

/// Looks for the public half of the key at the focused field.
pub(super) fn find_public_key(model: &mut Model) -> Vec<Effect> {
    let Some((key, plan)) = own_key(model) else {
        return Vec::new();
    };
    let attempt = model.next_attempt();
    vec![Effect::FindPublicKey { attempt, key, plan }]
}

/// Shows the public half of a key.
pub(super) fn on_public_key_found(model: &mut Model, attempt: u64, found: Option<Box<GeneratedKey>>) -> Vec<Effect> {
    if attempt != model.attempt {
        return Vec::new();
    }
    match (found, model.onboarding_mut()) {
        (Some(found), Some(onboarding)) => {
            onboarding.generated_key = Some(found);
            model.open(Overlay::GeneratedKey);
        }
        _ => model.warn("notice-no-public-key", Args::new()),
    }
    Vec::new()
}

/// Copies the JWK or the certificate request.
pub(super) fn copy_public_half(model: &mut Model) -> Vec<Effect> {
    let text = model
        .onboarding()
        .and_then(|onboarding| onboarding.generated_key.as_ref())
        .map(|generated| (generated.text.clone(), generated.public.display().to_string()));
    let Some((text, file)) = text else { return Vec::new() };
    model.inform("notice-copied-public-key", Args::new().with("file", file));
    model.show_copied(&text, false);
    vec![Effect::Copy(text)]
}
