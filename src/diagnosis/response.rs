//! Responses in pasted text: its JSON objects that have an error.

use std::ops::Range;

use serde_json::{Map, Value};

use super::{Received, lines};

/// Finds the error in the first JSON object of a text that has one.
pub(super) fn pasted_response(text: &str) -> Option<Received> {
    objects(text).into_iter().next().map(|(_, received)| received)
}

/// Returns the JSON objects in a text that have an error, with their ranges.
pub(super) fn objects(text: &str) -> Vec<(Range<usize>, Received)> {
    let mut found = Vec::new();
    let mut searched_to = 0;
    for start in lines::objects(text)
        .iter()
        .filter(|object| object.is_flat())
        .map(|object| object.start)
    {
        if start < searched_to {
            continue;
        }
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        if let Some(Ok(Value::Object(object))) = values.next()
            && let Some(received) = error_in(&object)
        {
            searched_to = start + values.byte_offset();
            found.push((start..searched_to, received));
        }
    }
    found
}

/// Returns the error of an object, or of an object in it, such as klarert's own report.
fn error_in(object: &Map<String, Value>) -> Option<Received> {
    let inner = object.values().filter_map(Value::as_object).find_map(error_in);
    let status = object
        .get("status")
        .and_then(Value::as_u64)
        .and_then(|status| u16::try_from(status).ok());
    let own = || {
        Received::read(status, object)
            .ok()
            .filter(|received| received.error.is_some() || received.error_description.is_some())
    };
    inner.or_else(own)
}
