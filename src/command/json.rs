//! JSON that all commands share. The schemas are in `assets/schema/`.

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::console::command_error::CommandError;

/// The version of the form of every object.
pub const FORMAT: u8 = 1;

/// Returns the object of an error that ended a command.
pub fn error(error: &CommandError) -> Value {
    json!({ "format": FORMAT, "error": error_object(error) })
}

/// Returns an error as a member of an object.
pub fn error_object(error: &CommandError) -> Value {
    json!({ "id": error.id, "text": error.message, "hint": error.hint })
}

/// Returns a time as RFC 3339. `None` outside the years that it has.
pub fn rfc3339(at: OffsetDateTime) -> Option<String> {
    at.format(&Rfc3339).ok()
}
