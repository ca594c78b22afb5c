//! A profile's answers as text: the reverse of [`set`](super::set). Pure.

use std::path::PathBuf;

use crate::journey::{FieldId, journey};
use crate::profile::{Authentication, Kind, Profile};

/// Returns the answer to a question as text that [`set_answer`](super::set::set_answer) accepts: one value per service, at
/// most one for other fields. Empty if unanswered, and for the two questions that the kind of business answers.
pub fn written_values(profile: &Profile, field: FieldId) -> Vec<String> {
    let file = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let foreign = profile.business.kind == Some(Kind::Foreign);
    let one = match field {
        FieldId::NorwegianNumber | FieldId::PortalLogin => None,
        FieldId::Environment => Some(profile.environment.clone()),
        FieldId::Name => profile.business.name.clone(),
        FieldId::Organisation => profile.business.organisation.clone(),
        FieldId::Services => return profile.business.services.clone(),
        FieldId::OwnScopes => Some(profile.own_scopes().join(" ")).filter(|scopes| !scopes.is_empty()),
        // One answer in the profile, but one question for each kind of business.
        FieldId::ClientId => profile.client.id.clone().filter(|_| !foreign),
        FieldId::IssuerName => profile.client.id.clone().filter(|_| foreign),
        // A certificate is the default.
        FieldId::Authentication => Some(profile.authentication())
            .filter(|way| *way != Authentication::default())
            .map(|way| way.id().to_owned()),
        FieldId::Kid => profile.client.kid.clone(),
        FieldId::KeyRegistered => profile.client.key_registered.map(|day| day.to_string()),
        FieldId::Certificate => file(&profile.certificate.path),
        FieldId::Pick => profile.certificate.pick.map(|number| number.to_string()),
        FieldId::KeyFile => file(&profile.certificate.key_path),
        FieldId::ChainFile => file(&profile.certificate.chain_path),
        FieldId::ConsumerOrg => profile.client.consumer_org.clone(),
    };
    one.into_iter().collect()
}

/// Returns the kind of business as text that `set_answer` accepts. `None` if it is not known.
pub fn business_kind(profile: &Profile) -> Option<&'static str> {
    profile.business.kind.map(Kind::id)
}

/// Returns the credentials that only `before` has, if the environment was replaced.
pub fn removed_answers(before: &Profile, after: &Profile) -> Vec<FieldId> {
    if before.environment == after.environment {
        return Vec::new();
    }
    let fields = journey().step("credentials").into_iter().flat_map(|step| &step.fields);
    let answered = |profile: &Profile, field| !written_values(profile, field).is_empty();
    fields
        .map(|field| field.id)
        .filter(|field| answered(before, *field) && !answered(after, *field))
        .collect()
}
