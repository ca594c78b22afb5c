//! Parsing of pasted text into a diagnosis: a code, an id, a whole response, a line of a log.

use serde_json::Value;

use super::{
    Diagnosis, Received,
    classify::text_args::placeholders,
    received::{code_in, trace_id_in},
    table::{self, DiagnosisEntry},
};
use crate::journey::Who;

/// The text argument that selects a variant, and its value for text that is no error of a service.
pub(super) const VARIANT: &str = "variant";
pub(super) const NOT_AN_ERROR: &str = "not-an-error";

/// Returns the diagnosis of a text. If nothing in it is known, it is `unknown`, with the text shown as received.
pub fn parse_pasted(text: &str) -> Diagnosis {
    let text = text.trim();
    if let Some(found) = named(text) {
        return found;
    }
    let pasted = pasted_response(text);
    let is_response = pasted.is_some() || mentioned_errors(text).next().is_some();
    let received = pasted.unwrap_or_else(|| Received::plain_text(None, text));
    let code = received.code().or_else(|| code_in(text));
    let known = table::by_answer(code.as_deref(), &received.all()).or_else(|| table::by_words(text));
    let mut found = diagnosis(known.unwrap_or_else(unknown), code, Some(received));
    found.trace_id = found.trace_id.or_else(|| trace_id_in(text));
    if let Some(scope) = scope_in(text) {
        found.args = found.args.with("scope", scope);
    }
    // Only the user can act on text that no service sent.
    if known.is_none() && !is_response && found.code.is_none() && found.trace_id.is_none() {
        found.who = Who::You;
        found.args = found.args.with(VARIANT, NOT_AN_ERROR);
    }
    found
}

/// Returns the diagnosis of a text that is an id or a code and nothing else.
pub(super) fn named(text: &str) -> Option<Diagnosis> {
    if let Some(known) = table::known(&text.to_lowercase()) {
        return Some(diagnosis(known, None, None));
    }
    let code = bare_code(text)?;
    match table::by_code(&code) {
        Some(known) => Some(diagnosis(known, Some(code), None)),
        // A bare number is a code only if it is a known one.
        None => code_in(text).map(|code| diagnosis(unknown(), Some(code), None)),
    }
}

/// Finds the OAuth errors in a text that stand as words of their own.
pub(super) fn mentioned_errors(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .filter(|word| table::by_error(word).next().is_some())
}

fn unknown() -> &'static DiagnosisEntry {
    table::known("unknown").unwrap_or(&table::table()[0])
}

pub(super) fn diagnosis(known: &DiagnosisEntry, code: Option<String>, received: Option<Received>) -> Diagnosis {
    Diagnosis {
        id: known.id.clone(),
        // A pasted response keeps its own code; a bare id gets the entry's.
        code: code.or_else(|| {
            known
                .codes
                .first()
                .or(known.also.first())
                .cloned()
                .filter(|_| received.is_none())
        }),
        stage: known.stage,
        who: known.who,
        step: known.step.clone(),
        trace_id: received.as_ref().and_then(Received::trace_id),
        received,
        findings: Vec::new(),
        args: placeholders(),
    }
}

/// Finds the scope in an error.
fn scope_in(text: &str) -> Option<&str> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/' | '.' | '_' | '-');
    text.split(|c| !inside(c))
        .map(|word| word.trim_end_matches(['.', ':']))
        .find(|word| word.starts_with("toll:") || word.starts_with("digdir:"))
}

/// Returns the code of a text that is one and nothing else: `MP-122`, `mp122`, `122`.
fn bare_code(text: &str) -> Option<String> {
    let digits = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits {
        return Some(format!("MP-{text}"));
    }
    code_in(text).filter(|_| text.len() <= "MP-000".len())
}

/// Finds the error in a JSON object inside a text.
pub(super) fn pasted_response(text: &str) -> Option<Received> {
    let (start, end) = (text.find('{')?, text.rfind('}')?);
    let Ok(Value::Object(object)) = serde_json::from_str(text.get(start..=end)?) else {
        return None;
    };
    let status = object
        .get("status")
        .and_then(Value::as_u64)
        .and_then(|status| u16::try_from(status).ok());
    // klarert's own report may be pasted too.
    let inner = ["received", "diagnosis"].into_iter().find_map(|name| object.get(name));
    let object = inner
        .and_then(|inner| inner.get("received").or(Some(inner)))
        .and_then(Value::as_object)
        .unwrap_or(&object);
    Received::read(status, object)
        .ok()
        .filter(|received| !received.parts().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_text_gets_its_id_code_and_trace_id() {
        for (pasted, id, code, trace_id) in [
            ("MP-122", "organisation-mismatch", Some("MP-122"), None),
            ("mp122", "organisation-mismatch", Some("MP-122"), None),
            ("012", "grant-reused", Some("MP-012"), None),
            ("clock-ahead", "clock-ahead", Some("MP-130"), None),
            ("MP-302", "authorization-details", Some("MP-302"), None),
            (
                r#"{"error":"invalid_scope","error_description":"Token request contains invalid scopes for client, toll:movement/road/v2 (trace_id: 35666614aa)","error_uri":"https://test.maskinporten.no/errors/MP-200"}"#,
                "scope-not-on-client",
                Some("MP-200"),
                Some("35666614aa"),
            ),
            (
                r#"HTTP 400 {"error":"invalid_grant","error_description":"Unknown key identifier (kid) for client. (correlation id: abc-def-012)"} from token"#,
                "kid-unknown",
                None,
                Some("abc-def-012"),
            ),
            (
                "2026-11-22 ERROR Token refused: Invalid JWT signature (trace_id: 00ff00ff)",
                "signature-invalid",
                None,
                Some("00ff00ff"),
            ),
            (
                "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene",
                "terms-not-signed",
                None,
                None,
            ),
            (
                "Not authorized to request scope toll:movement/entry",
                "customs-not-authorised",
                None,
                None,
            ),
            (
                "curl: (6) Could not resolve host: maskinporten.no",
                "name-not-found",
                None,
                None,
            ),
            (
                "SSLError: self-signed certificate in certificate chain",
                "tls-untrusted",
                None,
                None,
            ),
            ("pkcs12: mac verify failure", "certificate-unreadable", None, None),
            ("the moon is full", "unknown", None, None),
            ("MP-999", "unknown", Some("MP-999"), None),
            ("{", "unknown", None, None),
            ("", "unknown", None, None),
        ] {
            let found = parse_pasted(pasted);
            assert_eq!(found.id, id, "{pasted}");
            assert_eq!(found.code.as_deref(), code, "{pasted}");
            assert_eq!(found.trace_id.as_deref(), trace_id, "{pasted}");
        }
    }

    #[test]
    fn scope_in_finds_the_scope() {
        for (text, scope) in [
            ("not allowed: toll:movement/road/v2.", Some("toll:movement/road/v2")),
            ("scope \"digdir:verksemd.eu\"", Some("digdir:verksemd.eu")),
            ("a toll", None),
        ] {
            assert_eq!(scope_in(text), scope);
        }
    }

    #[test]
    fn own_report_is_parsed() {
        let ours = r#"{"profile":"acme","diagnosis":{"id":"x","received":{"status":403,"error":"forbidden",
            "error_description":"Consumer has not been granted access to the scope toll:movement/air","error_uri":null}}}"#;
        assert_eq!(parse_pasted(ours).id, "scope-not-granted");
    }
}
