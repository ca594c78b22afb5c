//! Interpretation of a pasted text: its causes, an OAuth error that covers many, trace ids, or none of them.

use std::collections::HashSet;

use super::{
    Diagnosis,
    classify::text_args::VARIANT,
    from_entry::diagnosis,
    normalise::normalise,
    parse_pasted::{by_name, causes_in},
    refused_scope,
    response::pasted_response,
    service::{Service, service_of},
    table::{self, UNKNOWN},
    trace_id::{is_trace_id, mentioned, trace_ids_in},
    undescribed::{is_oauth_name, mentioned_errors, not_an_error, undescribed},
    values::is_scope,
};

/// Interpretation of a pasted text.
#[derive(Debug, Clone, PartialEq)]
pub enum Interpretation {
    /// Its causes, in order and without duplicates; `unknown` for a response that is not known.
    Causes(Vec<Diagnosis>),
    /// An OAuth error (RFC 6749 §5.2) alone: each of these causes is possible.
    OauthError { error: String, causes: Vec<Diagnosis> },
    /// Trace ids, and no error: each identifies a request.
    TraceIds(Vec<String>),
    /// Text that is no error of a service.
    NotAnError(Diagnosis),
}

/// Returns the diagnosis of a text: the first, if it has several. If nothing in it is known, it is `unknown`, with the text
/// shown as received.
pub fn parse_pasted(text: &str) -> Diagnosis {
    let first = |causes: Vec<Diagnosis>| causes.into_iter().next();
    let found = match interpret(text) {
        Interpretation::Causes(causes) => first(causes),
        Interpretation::NotAnError(found) => Some(found),
        Interpretation::OauthError { .. } | Interpretation::TraceIds(_) => undescribed(text),
    };
    found.unwrap_or_else(|| not_an_error(text))
}

/// Interprets a text of any length.
pub fn interpret(text: &str) -> Interpretation {
    let text = normalise(text);
    let text = text.trim();
    if let Some(causes) = each_named(text) {
        return Interpretation::Causes(causes);
    }
    if let Some(id) = bare_trace_id(text).filter(|id| is_trace_id(id)) {
        return Interpretation::TraceIds(vec![id]);
    }
    let causes = causes_in(text);
    let is_status_only = causes.iter().all(is_refusal_without_reason);
    if !is_status_only {
        return Interpretation::Causes(causes);
    }
    if let Some(error) = bare_error(text) {
        let causes = table::by_error(&error).map(|known| diagnosis(known, None, None));
        return Interpretation::OauthError {
            causes: causes.collect(),
            error,
        };
    }
    // A body that is not known says more than the status before it.
    if let Some(found) = undescribed(text).filter(|found| causes.is_empty() || !is_refusal_without_reason(found)) {
        return Interpretation::Causes(vec![found]);
    }
    if !causes.is_empty() {
        return Interpretation::Causes(causes);
    }
    match mentioned(text) {
        ids if ids.is_empty() => Interpretation::NotAnError(not_an_error(text)),
        ids => Interpretation::TraceIds(ids),
    }
}

/// Returns whether only the status of a refusal is known.
fn is_refusal_without_reason(found: &Diagnosis) -> bool {
    let variant = found.args.iter().filter(|(name, _)| *name == VARIANT).last();
    found.id == UNKNOWN && variant.is_some_and(|(_, variant)| *variant == "refused".into())
}

/// Returns the diagnoses of a text that names them by code or id, without duplicates. An OAuth error beside a code is
/// ignored.
fn each_named(text: &str) -> Option<Vec<Diagnosis>> {
    if let Some(found) = by_name(text) {
        return Some(vec![found]);
    }
    let (scopes, words): (Vec<&str>, Vec<&str>) = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .partition(|word| is_scope(word));
    let mut seen = HashSet::new();
    let words = words
        .into_iter()
        .flat_map(|word| word.split('/'))
        .filter(|word| !word.is_empty() && seen.insert(*word) && table::by_error(word).next().is_none());
    let mut causes: Vec<Diagnosis> = Vec::new();
    for word in words {
        let mut found = by_name(word)?;
        if let Some(scope) = scopes.first() {
            found.args = found.args.with("scope", *scope);
            found = refused_scope::by_owner(found, scope);
        }
        if !causes
            .iter()
            .any(|other| (&other.id, &other.code) == (&found.id, &found.code))
        {
            causes.push(found);
        }
    }
    (!causes.is_empty()).then_some(causes)
}

/// Returns the OAuth error of a text that has nothing else: `invalid_grant`, `{"error":"invalid_grant"}`, `HTTP 400
/// invalid_grant`.
fn bare_error(text: &str) -> Option<String> {
    let around = |word: &str| {
        let known = ["http", "status", "error", "code", "bad", "request"];
        word.bytes().all(|byte| byte.is_ascii_digit()) || known.contains(&word.to_lowercase().as_str())
    };
    let (rest, named) = match pasted_response(text) {
        Some(received) if text.starts_with('{') => {
            let parts = received.parts().into_iter().map(|(_, value)| value);
            (parts.collect::<Vec<_>>().join(" "), received.error?)
        }
        _ => (without_trace_ids(text), without_trace_ids(text)),
    };
    // What else an object has, such as a path, tells whose error it is.
    let names_place = ["\"path\"", "\"instance\""].iter().any(|key| text.contains(key));
    let is_of_other = matches!(
        service_of(text),
        Some(Service::Other | Service::Exchange | Service::Api)
    );
    let mut errors = mentioned_errors(&named).filter(|word| is_oauth_name(word));
    let error = errors.next().filter(|_| !names_place && !is_of_other)?.to_lowercase();
    rest.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .all(|word| around(word) || word.eq_ignore_ascii_case(&error))
        .then_some(error)
}

/// Removes the trace ids with their names.
fn without_trace_ids(text: &str) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for trace in trace_ids_in(text) {
        out.push_str(text.get(from..trace.at.start).unwrap_or_default());
        from = trace.at.end;
    }
    out + text.get(from..).unwrap_or_default()
}

/// Returns the trace id, in lower case, of a text that may be one and has nothing else: `6426…`, `(trace_id: 6426…)`.
pub fn bare_trace_id(text: &str) -> Option<String> {
    let text = normalise(text);
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(trace) = trace_ids_in(bare).into_iter().next() {
        // After the trace id, `traceparent` has the id of the span and flags (W3C Trace Context).
        let is_rest = |c: char| c.is_ascii_hexdigit() || c == '-';
        let is_parent = bare.to_ascii_lowercase().starts_with("traceparent");
        let rest = &bare[trace.at.end..];
        let is_whole = rest.is_empty() || (is_parent && rest.chars().all(is_rest));
        return (trace.at.start == 0 && is_whole).then_some(trace.id);
    }
    let fits = bare.len() >= 6 && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    fits.then(|| bare.to_ascii_lowercase())
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
            ("403 forbidden", "forbidden", "scope-not-granted"),
            (
                "invalid_grant (trace_id: 35666614aa)",
                "invalid_grant",
                "organisation-mismatch",
            ),
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
            ("scope-not-granted toll:eu/movement/air", &["scope-not-granted"]),
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
            &format!("Sporings-ID: {id}"),
            &format!("Hei, trace id er {id}, hva er galt?"),
            &format!("ERROR it broke trace_id={id}"),
        ] {
            assert_eq!(
                interpret(pasted),
                Interpretation::TraceIds(vec![id.to_owned()]),
                "{pasted}"
            );
        }
        // A shorter id is a trace id only if a saved check has it.
        assert!(matches!(interpret("35666614aa"), Interpretation::NotAnError(_)));
        for (pasted, found) in [
            ("35666614aa", Some("35666614aa")),
            ("correlation id: abc-def-012", Some("abc-def-012")),
            (
                "traceparent: 00-00112233445566778899aabbccddeeff-0011223344556677-01",
                Some("00112233445566778899aabbccddeeff"),
            ),
            (
                "traceparent: 00-00112233445566778899aabbccddeeff-0011223344556677-01\nExpired key",
                None,
            ),
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
