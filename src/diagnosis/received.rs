//! A service's refusal, safe to show: control characters made visible, bounded in length, without tokens.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{codes::codes_in, redact::redact, trace_id::trace_ids_in};
use crate::text::visible;

/// A service's refusal, cleaned for showing: it contains no token.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Received {
    pub status: Option<u16>,
    pub error: Option<String>,
    pub error_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_uri: Option<String>,
}

impl Received {
    /// Returns the fields that are present, by their names in RFC 6749 §5.2.
    pub fn parts(&self) -> Vec<(&'static str, String)> {
        let parts = [
            ("status", self.status.map(|status| status.to_string())),
            ("error", self.error.clone()),
            ("error_description", self.error_description.clone()),
            ("error_uri", self.error_uri.clone()),
        ];
        parts
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }

    /// Reads an OAuth error (RFC 6749 §5.2). Customs' own errors have no published form: `message`, `detail` or `title` is
    /// used as the description, or the messages in `errors`.
    pub fn read(status: Option<u16>, object: &Map<String, Value>) -> Result<Received, Malformed> {
        let text = |name: &'static str| match object.get(name) {
            Some(Value::String(words)) => Ok(Some(clean(words))),
            None | Some(Value::Null) => Ok(None),
            Some(_) => Err(Malformed::WrongType(name)),
        };
        let mut description = text("error_description")?;
        for other in ["message", "detail", "title"] {
            if description.is_none() {
                description = text(other)?;
            }
        }
        Ok(Received {
            status,
            error: text("error")?,
            error_description: description.or_else(|| messages(object.get("errors")?)),
            error_uri: text("error_uri")?,
        })
    }

    /// Returns a refusal that is plain text.
    pub fn plain_text(status: Option<u16>, words: &str) -> Received {
        Received {
            status,
            error: None,
            error_description: Some(clean(words)).filter(|words| !words.is_empty()),
            error_uri: None,
        }
    }

    /// Returns Maskinporten's code. It is in the URI; older responses have it in the text.
    pub fn code(&self) -> Option<String> {
        [&self.error_uri, &self.error_description, &self.error]
            .into_iter()
            .flatten()
            .find_map(|text| Some(codes_in(text).into_iter().next()?.0))
    }

    /// Returns the trace id, which Digdir's service desk asks for.
    pub fn trace_id(&self) -> Option<String> {
        Some(trace_ids_in(self.error_description.as_deref()?).into_iter().next()?.id)
    }

    /// Returns all text, for searching.
    pub(super) fn all(&self) -> String {
        [&self.error, &self.error_description]
            .into_iter()
            .flatten()
            .cloned()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Returns the messages of a list of errors.
fn messages(errors: &Value) -> Option<String> {
    let message = |error: &Value| {
        ["message", "errorMessage", "detail"]
            .iter()
            .find_map(|name| error[*name].as_str().map(clean))
    };
    let messages: Vec<String> = errors.as_array()?.iter().filter_map(message).collect();
    (!messages.is_empty()).then(|| messages.join(" "))
}

/// Longest text from outside that is shown, in characters.
const MAX_SHOWN_CHARS: usize = 600;

/// Cleans a text from outside: control characters made visible, tokens and passwords removed, length bounded. A
/// server may repeat the token it was sent.
pub fn clean(text: &str) -> String {
    let shown = visible(redact(text).trim());
    match shown.char_indices().nth(MAX_SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}

/// Reason that a response is malformed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Malformed {
    Empty,
    NotUtf8,
    NotJson,
    NotAnObject,
    CutShort,
    Missing(&'static str),
    /// A value of an unexpected type.
    WrongType(&'static str),
}

impl Malformed {
    /// Returns the name of the text variant, and the field.
    pub(super) fn variant(self) -> (&'static str, &'static str) {
        match self {
            Malformed::Empty => ("empty", ""),
            Malformed::NotUtf8 => ("not-utf8", ""),
            Malformed::NotJson => ("not-json", ""),
            Malformed::NotAnObject => ("not-an-object", ""),
            Malformed::CutShort => ("cut-short", ""),
            Malformed::Missing(field) => ("missing", field),
            Malformed::WrongType(field) => ("wrong-type", field),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_removes_tokens_and_bounds_the_length() {
        let echoed = clean("bad assertion eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl, sorry");
        assert_eq!(echoed, "bad assertion eyJ…, sorry");
        assert_eq!(clean("monkeyJazz"), "monkeyJazz");
        assert_eq!(clean("\u{1b}[31mred"), "␛[31mred");
        assert_eq!(clean(&"ø".repeat(2000)).chars().count(), 601);
    }
}
