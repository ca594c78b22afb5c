//! The action that puts removed ticks and answers back.

use super::{answers, certificate, message::Effect, model::Model, open_profile::Inspection, saving::save};
use crate::text::Args;

/// Puts the removed ticks and answers back and saves. Inspects the certificate if its files are among them.
pub(super) fn put_back(model: &mut Model) -> Vec<Effect> {
    let Some(onboarding) = model.onboarding_mut() else {
        return Vec::new();
    };
    let Some(removed) = onboarding.removed.take() else {
        return Vec::new();
    };
    let certificate = onboarding.profile.certificate.clone();
    removed.put_back(&mut onboarding.profile);
    let files_changed = certificate != onboarding.profile.certificate;
    if files_changed {
        certificate::set_inspection(model, Inspection::NotStarted);
    }
    model.inform("notice-put-back", Args::new());
    answers::refresh_fields(model);
    let mut effects = save(model);
    if files_changed {
        effects.extend(certificate::inspect(model, false, false));
    }
    effects
}
