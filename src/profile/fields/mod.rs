//! A profile's answers by name: setting, getting and cross-checking them. Pure.

mod business_kind;
mod choice;
pub mod conflicts;
pub mod environment;
pub mod get;
pub mod key;
mod path;
pub mod set;

use super::{Authentication, Kind, Profile};
use crate::journey::FieldId;

/// Returns the id of a field's texts, which differ by the kind of business and the authentication for some fields.
pub fn text_id(field: FieldId, profile: &Profile) -> String {
    let variant = match field {
        FieldId::Organisation | FieldId::Environment | FieldId::OwnScopes
            if profile.business.kind == Some(Kind::Foreign) =>
        {
            "-foreign"
        }
        FieldId::Certificate if profile.authentication() == Authentication::Key => "-key",
        _ => "",
    };
    format!("field-{}{variant}", field.id())
}
