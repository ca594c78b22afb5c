//! Interpretation of a pasted text: one cause, several named ones, an OAuth error that covers many, or none.

use super::{
    Diagnosis,
    parse_pasted::{NOT_AN_ERROR, VARIANT, diagnosis, mentioned_errors, named, parse_pasted, pasted_response},
    received::TRACE_ID,
    table,
};
use crate::text::Arg;

/// Interpretation of a pasted text.
#[derive(Debug, Clone, PartialEq)]
pub enum Interpretation {
    /// Its cause; or one for each code and id if the text has nothing else.
    Causes(Vec<Diagnosis>),
    /// An OAuth error (RFC 6749 §5.2) alone: each of these causes is possible.
    OauthError { error: String, causes: Vec<Diagnosis> },
    /// A trace id alone: it identifies a request, not an error.
    TraceId(String),
    /// Text that is no error of a service.
    NotAnError(Diagnosis),
}

/// Interprets a text. If it names no code or id, the whole of it is classified by [`parse_pasted`].
pub fn interpret(text: &str) -> Interpretation {
    let text = text.trim();
    if let Some(causes) = each_named(text) {
        return Interpretation::Causes(causes);
    }
    if let Some(error) = bare_error(text) {
        let causes = table::by_error(&error).map(|known| diagnosis(known, None, None));
        return Interpretation::OauthError {
            causes: causes.collect(),
            error,
        };
    }
    if let Some(id) = bare_trace_id(text).filter(|id| is_trace_id(id)) {
        return Interpretation::TraceId(id);
    }
    let found = parse_pasted(text);
    let not_an_error = (VARIANT, &Arg::from(NOT_AN_ERROR));
    let is_no_error = found.args.iter().any(|arg| arg == not_an_error);
    match is_no_error {
        true => Interpretation::NotAnError(found),
        false => Interpretation::Causes(vec![found]),
    }
}

/// Returns the diagnoses that a text names by code or id, without duplicates. An OAuth error beside a code is ignored.
fn each_named(text: &str) -> Option<Vec<Diagnosis>> {
    if let Some(found) = named(text) {
        return Some(vec![found]);
    }
    let words = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|word| !word.is_empty() && table::by_error(word).next().is_none());
    let mut causes: Vec<Diagnosis> = Vec::new();
    for word in words {
        let found = named(word)?;
        if !causes
            .iter()
            .any(|other| (&other.id, &other.code) == (&found.id, &found.code))
        {
            causes.push(found);
        }
    }
    (!causes.is_empty()).then_some(causes)
}

/// Returns the OAuth error of a text that has nothing else: `invalid_grant`, `{"error":"invalid_grant"}`, `HTTP 400 invalid_grant`.
fn bare_error(text: &str) -> Option<String> {
    let around = |word: &str| {
        let known = ["http", "status", "error", "code", "bad", "request"];
        word.bytes().all(|byte| byte.is_ascii_digit()) || known.contains(&word.to_lowercase().as_str())
    };
    let words = match pasted_response(text) {
        Some(received) => {
            let parts = received.parts().into_iter().map(|(_, value)| value);
            parts.collect::<Vec<_>>().join(" ")
        }
        None => text.to_owned(),
    };
    let error = mentioned_errors(&words).next()?.to_lowercase();
    words
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .all(|word| around(word) || word.eq_ignore_ascii_case(&error))
        .then_some(error)
}

/// Returns the trace id, in lower case, of a text that may be one and has nothing else: `6426…`, `(trace_id: 6426…)`.
pub fn bare_trace_id(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let named = TRACE_ID.iter().find_map(|name| bare.strip_prefix(name));
    let id = named.unwrap_or(bare).trim_start_matches(|c: char| !c.is_alphanumeric());
    let fits = id.len() >= 6 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    fits.then(|| id.to_owned())
}

/// Returns whether an id is 16 bytes in hexadecimal, as in W3C Trace Context. Nothing else that people copy looks so; a
/// shorter id is ambiguous.
fn is_trace_id(id: &str) -> bool {
    id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(causes: &[Diagnosis]) -> Vec<&str> {
        causes.iter().map(|cause| cause.id.as_str()).collect()
    }

    #[test]
    fn oauth_error_alone_lists_every_cause_reported_under_it() {
        for (pasted, error, one_of_them) in [
            ("invalid_grant", "invalid_grant", "organisation-mismatch"),
            ("INVALID_GRANT", "invalid_grant", "kid-required"),
            ("invalid_client", "invalid_client", "client-unknown"),
            (r#"{"error":"invalid_scope"}"#, "invalid_scope", "scope-not-on-client"),
            (
                r#"{"error":"invalid_scope","error_uri":null}"#,
                "invalid_scope",
                "wrong-integration-type",
            ),
            (
                "HTTP 400 Bad Request: invalid_request",
                "invalid_request",
                "grant-malformed",
            ),
            ("error=invalid_grant", "invalid_grant", "grant-expired"),
            ("403 Forbidden", "forbidden", "scope-not-granted"),
        ] {
            let Interpretation::OauthError { error: found, causes } = interpret(pasted) else {
                panic!("{pasted}: {:?}", interpret(pasted));
            };
            assert_eq!(found, error, "{pasted}");
            assert!(ids(&causes).contains(&one_of_them), "{pasted}: {:?}", ids(&causes));
        }
    }

    #[test]
    fn every_named_code_and_id_is_explained_once() {
        for (pasted, named) in [
            ("scope-not-granted MP-100", &["scope-not-granted", "client-unknown"][..]),
            ("MP-100, 122;MP-100", &["client-unknown", "organisation-mismatch"]),
            ("invalid_grant MP-122", &["organisation-mismatch"]),
            ("MP-100 MP-999", &["client-unknown", "unknown"]),
            ("MP 122", &["organisation-mismatch"]),
            ("unknown", &["unknown"]),
            // The whole text is more specific than its parts.
            ("Unknown key identifier", &["kid-unknown"]),
            (
                r#"{"error":"invalid_scope","error_uri":"https://test.maskinporten.no/errors/MP-200"}"#,
                &["scope-not-on-client"],
            ),
            // A service's response, though undescribed.
            (
                r#"{"error":"invalid_grant","error_description":"Full moon"}"#,
                &["unknown"],
            ),
            ("invalid_grant: Full moon", &["unknown"]),
            ("Full moon (trace_id: 35666614aa)", &["unknown"]),
        ] {
            let Interpretation::Causes(causes) = interpret(pasted) else {
                panic!("{pasted}: {:?}", interpret(pasted));
            };
            assert_eq!(ids(&causes), named, "{pasted}");
        }
    }

    #[test]
    fn trace_id_alone_is_recognised() {
        let id = "6426696c1a7146c3b64cc3c9354393be";
        for pasted in [
            id,
            &id.to_uppercase(),
            &format!("(trace_id: {id})"),
            &format!(" trace id={id}."),
        ] {
            assert_eq!(interpret(pasted), Interpretation::TraceId(id.to_owned()), "{pasted}");
        }
        // A shorter id is a trace id only if a saved check has it.
        assert!(matches!(interpret("35666614aa"), Interpretation::NotAnError(_)));
        for (pasted, found) in [
            ("35666614aa", Some("35666614aa")),
            ("correlation id: abc-def-012", Some("abc-def-012")),
            ("Invalid grant (trace_id: 35666614aa)", None),
            ("MP-1", None),
            ("", None),
        ] {
            assert_eq!(bare_trace_id(pasted).as_deref(), found, "{pasted}");
        }
    }

    #[test]
    fn text_of_no_service_is_not_an_error() {
        for pasted in ["the moon is full", "404", "{", r#"{"a":1}"#, "", "the unknown"] {
            let Interpretation::NotAnError(found) = interpret(pasted) else {
                panic!("{pasted}: {:?}", interpret(pasted));
            };
            assert_eq!((found.id.as_str(), found.who.id()), ("unknown", "you"), "{pasted}");
        }
    }
}
