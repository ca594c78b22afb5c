//! Words and their ids that every view of the wizard says alike.

use time::OffsetDateTime;

use super::model::Walk;
use crate::{
    certificate::Purpose,
    journey::FieldId,
    profile::{Authentication, Kind},
    text::Texts,
};

/// The id of a field's texts: some fields ask for another thing on another road.
pub fn text_id(field: FieldId, walk: &Walk) -> String {
    let variant = match field {
        FieldId::Organisation if walk.profile.business.kind == Some(Kind::Foreign) => "-foreign",
        FieldId::Certificate if walk.profile.authentication() == Authentication::Key => "-key",
        _ => "",
    };
    format!("field-{}{variant}", field.id())
}

/// What an environment is called: ours in the user's language, one's own by its id.
pub fn environment_name(texts: &Texts, id: &str) -> String {
    match id {
        "test" => texts.get("environment-test"),
        "prod" => texts.get("environment-prod"),
        "sandbox" => texts.get("environment-sandbox"),
        own => own.to_owned(),
    }
}

/// The end of the id of the text that says which certificate it is.
pub fn purpose_id(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Authentication => "authentication",
        Purpose::Signing => "signing",
        Purpose::Encryption => "encryption",
        Purpose::Seal => "seal",
        Purpose::Other => "other",
    }
}

/// A day as both languages can read it.
pub fn day(at: OffsetDateTime) -> String {
    format!("{:04}-{:02}-{:02}", at.year(), u8::from(at.month()), at.day())
}
