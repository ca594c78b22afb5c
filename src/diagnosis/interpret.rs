//! What a pasted text asks to have explained: one cause, several that it names, an OAuth error that stands for many, or
//! nothing that is known.

use super::{
    Diagnosis,
    parse_pasted::{READING, WORDS, diagnosis, explain, mentioned_errors, named, pasted_answer},
    received::TRACE_ID,
    table,
};
use crate::text::Arg;

/// What a text comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Interpretation {
    /// Its cause; or one for each code and id where there is nothing else in it.
    Causes(Vec<Diagnosis>),
    /// An OAuth error (RFC 6749 §5.2) and nothing more: any of these may be meant.
    Under { error: String, causes: Vec<Diagnosis> },
    /// A trace id and nothing more: it finds a request, and says nothing of the error.
    TraceId(String),
    /// Words that are no error of a service, with what can be given instead.
    Words(Diagnosis),
}

/// What a text asks for. Where it names nothing, it is judged whole, as [`explain`] does.
pub fn ask(text: &str) -> Interpretation {
    let text = text.trim();
    if let Some(causes) = each_named(text) {
        return Interpretation::Causes(causes);
    }
    if let Some(error) = bare_error(text) {
        let causes = table::by_error(&error).map(|known| diagnosis(known, None, None));
        return Interpretation::Under {
            causes: causes.collect(),
            error,
        };
    }
    if let Some(id) = bare_trace_id(text).filter(|id| is_trace_id(id)) {
        return Interpretation::TraceId(id);
    }
    let found = explain(text);
    let reading = (READING, &Arg::from(WORDS));
    let is_words = found.args.iter().any(|arg| arg == reading);
    match is_words {
        true => Interpretation::Words(found),
        false => Interpretation::Causes(vec![found]),
    }
}

/// The diagnoses of a text that names them by code or id, each once. An OAuth error beside a code adds nothing to it.
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

/// The OAuth error of a text that says no more: `invalid_grant`, `{"error":"invalid_grant"}`, `HTTP 400 invalid_grant`.
fn bare_error(text: &str) -> Option<String> {
    let around = |word: &str| {
        let known = ["http", "status", "error", "code", "bad", "request"];
        word.bytes().all(|byte| byte.is_ascii_digit()) || known.contains(&word.to_lowercase().as_str())
    };
    let words = match pasted_answer(text) {
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

/// The trace id that a text is, if it could be one and is nothing more: `6426…`, `(trace_id: 6426…)`. In lower case.
pub fn bare_trace_id(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let named = TRACE_ID.iter().find_map(|name| bare.strip_prefix(name));
    let id = named.unwrap_or(bare).trim_start_matches(|c: char| !c.is_alphanumeric());
    let fits = id.len() >= 6 && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    fits.then(|| id.to_owned())
}

/// 16 bytes in hexadecimal, as in W3C Trace Context: nothing else that people copy looks so. Of a shorter one it cannot be
/// told.
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
    fn an_oauth_error_alone_stands_for_all_that_come_under_it() {
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
            let Interpretation::Under { error: found, causes } = ask(pasted) else {
                panic!("{pasted}: {:?}", ask(pasted));
            };
            assert_eq!(found, error, "{pasted}");
            assert!(ids(&causes).contains(&one_of_them), "{pasted}: {:?}", ids(&causes));
        }
    }

    #[test]
    fn every_code_and_id_that_is_named_is_explained() {
        for (pasted, named) in [
            ("scope-not-granted MP-100", &["scope-not-granted", "client-unknown"][..]),
            ("MP-100, 122;MP-100", &["client-unknown", "organisation-mismatch"]),
            ("invalid_grant MP-122", &["organisation-mismatch"]),
            ("MP-100 MP-999", &["client-unknown", "unknown"]),
            ("MP 122", &["organisation-mismatch"]),
            ("unknown", &["unknown"]),
            // The whole says more than its parts.
            ("Unknown key identifier", &["kid-unknown"]),
            (
                r#"{"error":"invalid_scope","error_uri":"https://test.maskinporten.no/errors/MP-200"}"#,
                &["scope-not-on-client"],
            ),
            // A service's own words, though nobody has described them.
            (
                r#"{"error":"invalid_grant","error_description":"Full moon"}"#,
                &["unknown"],
            ),
            ("invalid_grant: Full moon", &["unknown"]),
            ("Full moon (trace_id: 35666614aa)", &["unknown"]),
        ] {
            let Interpretation::Causes(causes) = ask(pasted) else {
                panic!("{pasted}: {:?}", ask(pasted));
            };
            assert_eq!(ids(&causes), named, "{pasted}");
        }
    }

    #[test]
    fn a_trace_id_alone_is_known_as_one() {
        let id = "6426696c1a7146c3b64cc3c9354393be";
        for pasted in [
            id,
            &id.to_uppercase(),
            &format!("(trace_id: {id})"),
            &format!(" trace id={id}."),
        ] {
            assert_eq!(ask(pasted), Interpretation::TraceId(id.to_owned()), "{pasted}");
        }
        // Of another form it is one only to those who have it.
        assert!(matches!(ask("35666614aa"), Interpretation::Words(_)));
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
    fn words_that_no_service_answered_with_are_nobodys_error() {
        for pasted in ["the moon is full", "404", "{", r#"{"a":1}"#, "", "the unknown"] {
            let Interpretation::Words(found) = ask(pasted) else {
                panic!("{pasted}: {:?}", ask(pasted));
            };
            assert_eq!((found.id.as_str(), found.who.id()), ("unknown", "you"), "{pasted}");
        }
    }
}
