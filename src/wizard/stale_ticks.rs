//! Removal of stale ticks and answers after a change of an answer, with a notice that names them.

use super::{
    certificate,
    model::Model,
    notice::NoticeText,
    open_profile::{Check, Inspection},
    removed_answers::Removed,
};
use crate::profile::Profile;

/// Removes the ticks and answers that are stale after a change from `before`, and names them in a notice.
pub(super) fn remove_stale(model: &mut Model, before: &Profile) {
    let Some(onboarding) = model.onboarding_mut() else {
        return;
    };
    let earlier = onboarding.removed.take();
    let count = |removed: Option<&Removed>, profile: &Profile| {
        removed.map_or(0, |removed| removed.ticks().count() + removed.answers(profile).len())
    };
    let count_before = count(earlier.as_ref(), before);
    onboarding.removed = Removed::after_change(earlier, before, &mut onboarding.profile);
    if before.environment != onboarding.profile.environment {
        // The check and the other file were of the old environment.
        onboarding.check = Check::Idle;
        onboarding.profile.other_certificate = None;
    }
    let files_changed = before.certificate != onboarding.profile.certificate;
    let named = onboarding.removed.as_ref().map(|removed| NoticeText::Removed {
        ticks: removed.ticks().map(str::to_owned).collect(),
        answers: removed.answers(&onboarding.profile),
    });
    let grown = count(onboarding.removed.as_ref(), &onboarding.profile) > count_before;
    if files_changed {
        certificate::set_inspection(model, Inspection::NotStarted);
    }
    if let Some(content) = named.filter(|_| grown) {
        model.warn_with(content);
    }
}
