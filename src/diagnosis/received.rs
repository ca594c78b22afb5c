//! A service's refusal, safe to show: control characters made visible, bounded in length, without tokens.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Malformed, redact::redact_tokens};
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

    /// Reads an OAuth error (RFC 6749 §5.2). Customs' own errors have no published form: `message` or `detail` is used as
    /// the description.
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
            error_description: description,
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
            .find_map(|words| code_in(words))
    }

    /// Returns the trace id, which Digdir's service desk asks for.
    pub fn trace_id(&self) -> Option<String> {
        self.error_description.as_deref().and_then(trace_id_in)
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

/// Finds a code in a text: `…/errors/MP-200`, `mp200`.
pub fn code_in(words: &str) -> Option<String> {
    let upper = words.to_ascii_uppercase();
    upper.match_indices("MP").find_map(|(at, _)| {
        let stands_alone = !upper[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let rest = upper[at + 2..].trim_start_matches(['-', ' ', '_']);
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (stands_alone && digits.len() == 3).then(|| format!("MP-{digits}"))
    })
}

/// Names of the trace id in responses.
pub(super) const TRACE_ID: [&str; 5] = ["trace_id", "trace id", "traceid", "correlation id", "correlation_id"];

/// Finds the id in `(trace_id: 3566…)`, or in the older `(correlation id: …)`.
pub fn trace_id_in(words: &str) -> Option<String> {
    let lower = words.to_ascii_lowercase();
    let after = TRACE_ID
        .into_iter()
        .find_map(|name| Some(lower.find(name)? + name.len()))?;
    let id: String = lower[after..]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '"' | '\''))
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(64)
        .collect();
    (id.len() >= 6).then_some(id)
}

/// Cleans a text from outside: control characters made visible, tokens removed, length bounded. A server may repeat the
/// token it was sent.
pub fn clean(words: &str) -> String {
    let seen = visible(redact_tokens(words).trim());
    match seen.char_indices().nth(600) {
        Some((end, _)) => format!("{}…", &seen[..end]),
        None => seen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_in_finds_codes_that_stand_alone() {
        for (words, code) in [
            ("https://test.maskinporten.no/errors/MP-200", Some("MP-200")),
            ("mp122", Some("MP-122")),
            ("MP 012", Some("MP-012")),
            ("WIMP-200", None),
            ("MP-20", None),
            ("MP-2000", None),
            ("", None),
            ("æMP-æ", None),
        ] {
            assert_eq!(code_in(words).as_deref(), code, "{words}");
        }
    }

    #[test]
    fn trace_id_in_finds_trace_and_correlation_ids() {
        for (words, id) in [
            (
                "Invalid assertion. (trace_id: 3566661430abcdef)",
                Some("3566661430abcdef"),
            ),
            ("(correlation id: 1a2b-3c4d-5e6f)", Some("1a2b-3c4d-5e6f")),
            ("trace_id: ", None),
            ("nothing", None),
        ] {
            assert_eq!(trace_id_in(words).as_deref(), id, "{words}");
        }
    }

    #[test]
    fn clean_removes_tokens_and_bounds_the_length() {
        let echoed = clean("bad assertion eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl, sorry");
        assert_eq!(echoed, "bad assertion eyJ…, sorry");
        assert_eq!(clean("monkeyJazz"), "monkeyJazz");
        assert_eq!(clean("\u{1b}[31mred"), "␛[31mred");
        assert_eq!(clean(&"ø".repeat(2000)).chars().count(), 601);
    }
}
