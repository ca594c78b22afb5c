//! The certificate: inspection, the prompt for its password, and the sandbox's suggestions.

use std::path::Path;

use super::{
    message::{CertificateOwner, Effect},
    model::{Model, Overlay},
    open_profile::{InspectedCertificate, Inspection, Onboarding},
    rows::{focused_row, rows},
};
use crate::{
    certificate::Expectation,
    journey::{FieldId, demonstration::Demonstration},
    profile::{Authentication, Profile, progress::asks_certificate},
};

/// Starts an inspection. `check_after` starts the check after it; `ask_password` asks for a password that is needed.
pub(super) fn inspect(model: &mut Model, check_after: bool, ask_password: bool) -> Vec<Effect> {
    start_inspection(model, check_after, ask_password, false)
}

fn start_inspection(model: &mut Model, check_after: bool, ask_password: bool, with_password: bool) -> Vec<Effect> {
    let attempt = model.next_attempt();
    let now = model.now;
    let Some(onboarding) = model.onboarding() else {
        return Vec::new();
    };
    let expected = Expectation::of(&onboarding.profile, model.rules(&onboarding.profile), now);
    let files = onboarding.profile.certificate.clone();
    let owner = Box::new(CertificateOwner {
        profile: onboarding.name.to_string(),
        organisation: onboarding.profile.business.organisation.clone(),
        password_command: onboarding.profile.password_command.clone(),
    });
    let running = Inspection::Running {
        attempt,
        check_after,
        ask_password,
    };
    set_inspection(model, running);
    vec![Effect::InspectCertificate {
        attempt,
        files,
        expected,
        with_password,
        owner,
    }]
}

/// Sets the inspection and keeps the focus on its row, as a result adds and removes rows.
pub(super) fn set_inspection(model: &mut Model, inspection: Inspection) {
    let row = focused_row(model);
    let Some(onboarding) = model.onboarding_mut() else {
        return;
    };
    onboarding.inspection = inspection;
    let Some((row, onboarding)) = row.zip(model.onboarding()) else {
        return;
    };
    let rows = rows(model, onboarding);
    let at = rows.iter().position(|other| *other == row);
    if let Some(onboarding) = model.onboarding_mut() {
        if at.is_none() {
            onboarding.cancel_edit();
        }
        onboarding.focus = at.unwrap_or(onboarding.focus.min(rows.len().saturating_sub(1)));
    }
}

/// Makes the running inspection start the check when it has succeeded. A second inspection would ask for the password
/// again.
pub(super) fn check_after_inspection(model: &mut Model) -> Vec<Effect> {
    if let Some(Inspection::Running {
        check_after,
        ask_password,
        ..
    }) = model.onboarding_mut().map(|onboarding| &mut onboarding.inspection)
    {
        (*check_after, *ask_password) = (true, true);
    }
    Vec::new()
}

/// Returns whether the files were opened as far as possible without their password.
pub(super) fn needs_password(model: &Model) -> bool {
    model
        .onboarding()
        .and_then(Onboarding::inspected)
        .is_some_and(InspectedCertificate::is_locked)
}

/// Returns whether the certificate on the screen cannot be opened without its password. What is found about it is shown below
/// its field, whichever row has the focus.
pub fn can_unlock(model: &Model) -> bool {
    shows_certificate(model) && needs_password(model)
}

fn shows_certificate(model: &Model) -> bool {
    model
        .onboarding()
        .is_some_and(|onboarding| asks_certificate(onboarding.current_step()))
}

/// Returns whether the certificate on the screen cannot be used, but another file beside it can.
pub fn can_use_found_file(model: &Model) -> bool {
    shows_certificate(model)
        && !model.is_editing()
        && model
            .onboarding()
            .and_then(Onboarding::inspected)
            .is_some_and(|inspected| inspected.offered_file().is_some())
}

/// Opens the prompt for the password, if one is needed.
pub(super) fn ask_password(model: &mut Model) -> Vec<Effect> {
    if needs_password(model) {
        model.open(Overlay::Password {
            check_after: false,
            retry: false,
        });
    }
    Vec::new()
}

/// Inspects the files again, with the password that `app` has.
pub(super) fn on_password_typed(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Password { check_after, .. }) = model.overlay else {
        return Vec::new();
    };
    model.overlay = None;
    start_inspection(model, check_after, true, true)
}

/// Returns the sandbox's value for a field; `None` if it has none. A registered key belongs to a client of its own.
pub(super) fn suggested_value(demonstration: &Demonstration, profile: &Profile, field: FieldId) -> Option<String> {
    let business = demonstration.business(profile.business.kind?);
    let key = Some(&demonstration.key).filter(|_| profile.authentication() == Authentication::Key);
    let shown = |path: &Path| path.display().to_string();
    match field {
        FieldId::Name => Some(business.name.clone()),
        FieldId::Organisation => Some(business.organisation.clone()),
        FieldId::ClientId => Some(key.map_or(&business.client_id, |key| &key.client_id).clone()),
        FieldId::IssuerName => Some(business.client_id.clone()),
        FieldId::Kid => key.map(|key| key.kid.clone()),
        FieldId::Certificate => Some(shown(key.map_or(&business.certificate, |key| &key.file))),
        _ => None,
    }
}
